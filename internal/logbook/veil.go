package logbook

import (
	"slices"

	"vigil/internal/duty"
	"vigil/internal/handover"
	"vigil/internal/saying"
)

// veiled is what an entry says as it may be read: what vigil, or a report, took into it from a record that became restricted since is left
// out. What people wrote in their own words stays: the log is theirs, and the entry itself is never changed.
func (r *Reading) veiled(e *duty.Entry) duty.Body { return r.unnamed(r.unsaid(e)) }

// unsaid is veiled with the names as they stand.
func (r *Reading) unsaid(e *duty.Entry) duty.Body {
	switch body := e.Body.(type) {
	case *duty.Offer:
		copied := *body
		copied.Items = r.veiledItems(body.Items)
		return &copied
	case *duty.Sign:
		copied := *body
		copied.Since = r.veiledItems(body.Since)
		return &copied
	}
	if r.View.IsZero() || !slices.ContainsFunc(r.names(e), func(n duty.Name) bool { return r.View.Withholds(n.Identity()) }) {
		return e.Body
	}
	switch body := e.Body.(type) {
	case *duty.Report:
		return &duty.Report{Incident: body.Incident, Version: body.Version}
	case *duty.Raise:
		if body.Sole().IsZero() {
			return body // for several it has numbers and rules alone
		}
		copied := *body
		copied.Words, copied.Said, copied.Unsure = duty.Words(restricted), saying.Saying{}, false
		return &copied
	case *duty.Clear:
		return &duty.Clear{Alarm: body.Alarm, Members: body.Members}
	case *duty.Reopen:
		return &duty.Reopen{Alarm: body.Alarm}
	case *duty.Flash:
		copied := *body
		copied.Confirmed, copied.NotConfirmed, copied.NotKnown, copied.Action = duty.Words(restricted), duty.Text{}, duty.Text{}, duty.Text{}
		return &copied
	}
	return e.Body
}

// unnamed names by their ids alone what may not be named whole.
func (r *Reading) unnamed(body duty.Body) duty.Body {
	switch b := body.(type) {
	case *duty.Merge:
		copied := *b
		copied.Incidents = r.nameable(b.Incidents...)
		return &copied
	case *duty.Unmerge:
		copied := *b
		copied.Incidents = r.nameable(b.Incidents...)
		return &copied
	case *duty.Note:
		copied := *b
		copied.Incidents = r.nameable(b.Incidents...)
		return &copied
	case *duty.Report:
		copied := *b
		copied.Incident = r.nameable(b.Incident)[0]
		return &copied
	case *duty.Claim:
		copied := *b
		copied.Incident = r.nameable(b.Incident)[0]
		return &copied
	}
	return body
}

func (r *Reading) nameable(names ...duty.Name) []duty.Name {
	names = slices.Clone(names)
	for i, n := range names {
		if !r.View.Nameable(n.Identity()) {
			names[i] = n.Bare()
		}
	}
	return names
}

// veiledItems are items of a handover. Their keys say what they are about: an alarm by its entry, a report by its name.
func (r *Reading) veiledItems(items []duty.Item) []duty.Item {
	if r.View.IsZero() || r.Book == nil {
		return items
	}
	items = slices.Clone(items)
	for i := range items {
		if handover.Withheld(r.View, r.Book, items[i].Key) {
			items[i].Words = duty.Words(restricted)
		}
	}
	return items
}
