// Package search finds the incidents of a view that a query asks for.
//
// It adapts picture to query, which know nothing of one another: [Vocabulary] is what may be
// written in a query about this view, and a row of the view answers a query's questions. Rows answer from
// the view, so that what a viewer may not see cannot be found either: of a restricted incident only the
// source can be asked, everything else is "not said".
//
// A search runs in a goroutine of its own ([Start]), newest first. It gives a first page as soon as
// there is one and the whole with its exact count after, and ends early when its context is cancelled. It
// reads an immutable view and no clock: relative times count from the view's own time.
package search

import (
	"context"
	"time"

	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/query"
)

// Result is what has been found so far.
type Result struct {
	// IDs are the incidents that surely match, newest first. A later result of the same search begins with
	// the IDs of the earlier one; neither is changed afterwards.
	IDs []picture.ID
	// Undecided counts the incidents of which it cannot be told whether they match, because their record
	// does not say. They are not among IDs.
	Undecided int
	// Whole is true when all incidents have been looked at: len(IDs) is then the exact count.
	Whole bool
}

// step is how many incidents are looked at between two looks at the context.
const step = 1024

// Start searches v for q. The channel gives at most two results, a first page of page incidents and the
// whole, and is then closed; when all matches fit the page, only the whole. It never blocks the search, so a
// reader may leave it. After ctx is cancelled it is closed without further results.
func Start(ctx context.Context, v picture.View, q query.Query, page int) <-chan Result {
	out := make(chan Result, 2)
	go func() {
		defer close(out)
		r, err := run(ctx, v, q, page, func(first Result) { out <- first })
		if err == nil {
			out <- r
		}
	}()
	return out
}

// Run is Start for those who wait for the whole. The error is that of ctx.
func Run(ctx context.Context, v picture.View, q query.Query) (Result, error) {
	return run(ctx, v, q, -1, nil)
}

func run(ctx context.Context, v picture.View, q query.Query, page int, first func(Result)) (Result, error) {
	var found Result
	if err := ctx.Err(); err != nil {
		return found, err
	}
	if v.IsZero() {
		found.Whole = true
		return found, nil
	}
	r := row{view: v}
	now := v.Valid()
	looked := 0
	for id := range v.Incidents() {
		if looked++; looked%step == 0 && ctx.Err() != nil {
			return found, ctx.Err()
		}
		r.to(id)
		switch q.Eval(&r, now) {
		case query.Yes:
			// The page is handed out when the next match shows that it is not all.
			if len(found.IDs) == page {
				first(Result{IDs: found.IDs[:page:page], Undecided: found.Undecided})
			}
			found.IDs = append(found.IDs, id)
		case query.Maybe:
			found.Undecided++
		case query.No:
		}
	}
	found.Whole = true
	return found, nil
}

// row is one incident of the view as a query sees it. It is moved along from incident to incident, and
// fetches only what is asked for: to draw a whole [picture.Row] of a million incidents costs a second.
type row struct {
	view  picture.View
	id    picture.ID
	have  bool
	shown *incident.Incident // nil when it is restricted
	drawn bool
	line  picture.Row
}

func (r *row) to(id picture.ID) { r.id, r.have, r.drawn = id, false, false }

// get is the version shown, nil where the viewer may not see it.
func (r *row) get() *incident.Incident {
	if !r.have {
		r.shown, r.have = r.view.Shown(r.id), true
	}
	return r.shown
}

// draw is the incident as lists show it: for what the picture knows of it beyond what it says.
func (r *row) draw() *picture.Row {
	if !r.drawn {
		r.line, _ = r.view.Row(r.id)
		r.drawn = true
	}
	return &r.line
}

// Text is folded here because the picture keeps texts as they are shown.
func (r *row) Text(f query.Field) string {
	switch f {
	case query.FieldPlace:
		s := r.get()
		switch {
		case s == nil:
			return ""
		case s.Admin1.IsZero() || s.Admin1 == s.Place:
			return query.Fold(s.Place.String())
		default:
			return query.Fold(s.Place.String() + "\n" + s.Admin1.String())
		}
	case query.FieldID:
		return query.Fold(r.view.Identity(r.id).ID.String())
	default:
		return query.Fold(r.view.Words(r.id))
	}
}

// Severity is the source's own grading, when it is one that is known.
func (r *row) Severity() (rank int, known bool) {
	s := r.get()
	if s == nil || s.Severity.Unlisted() || s.Severity.Value == 0 {
		return 0, false
	}
	return int(s.Severity.Value), true
}

// Count is a number of people.
func (r *row) Count(f query.Field) (n int, exact bool) {
	s := r.get()
	if s == nil {
		return 0, false
	}
	switch f {
	case query.FieldKilled:
		n, exact = s.Affected.Outcome(incident.Killed)
	case query.FieldInjured:
		n, exact = s.Affected.Outcome(incident.Injured)
	case query.FieldAbducted:
		n, exact = s.Affected.Outcome(incident.Abducted)
	case query.FieldDetained:
		n, exact = s.Affected.Outcome(incident.Detained)
	default:
		n, exact = s.Affected.Figure(everyone)
	}
	if !exact {
		return 0, false
	}
	return n, true
}

// Time is when it may have happened.
func (r *row) Time() (start, end time.Time, known bool) {
	s := r.draw()
	return s.Interval.Start, s.Interval.End, !s.Interval.IsZero()
}
