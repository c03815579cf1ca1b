package app

import (
	"time"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/dutylog"
	"vigil/internal/feed"
	"vigil/internal/incident"
	"vigil/internal/ownfeed"
	"vigil/internal/saying"
)

// again looks for what an earlier attempt of the same command wrote. What is there stands, and is not written twice; other words under its
// id are refused.
func (r *reporting) again(h *hub) error {
	entry, logged := h.entry(r.envelope.ID)
	anew := r.command.Continues == (incident.Identity{})
	if !logged && !anew {
		return nil // what an attempt wrote that is not in the log is compared when it is written
	}
	versions, err := ownFeed(h).Versions(r.name)
	if err != nil {
		return saying.Errorf("%s: %s", ownfeed.ErrNotRecorded, err)
	}
	taken := saying.Errorf("%s: %s: %s", dutylog.ErrNotRecorded, dutylog.ErrTaken, r.envelope.ID)
	var told *duty.Report
	version := int64(1)
	if logged {
		b, is := entry.Body.(*duty.Report)
		if !is || entry.By != r.envelope.Actor.Name || b.Incident.Identity() != r.name {
			return taken
		}
		told, version = b, b.Version
	}
	var before *incident.Incident
	for i := range versions {
		switch v := &versions[i]; {
		case v.Version < version:
			before = v
		case v.Version == version:
			if !r.says(before, v, h.clock()) || told != nil && !r.tells(told, v) {
				return taken
			}
			r.written, r.logged = v, logged
			if before != nil {
				r.unkept = unkept(&r.command.Said, before)
			}
			return nil
		}
	}
	if logged {
		return saying.Errorf("%s: %s, version %d, which this attempt wrote, is in feeds/%s no more", ErrReport, r.name.ID, version, ownfeed.Name)
	}
	return nil
}

// entry is the entry of an id.
func (h *hub) entry(id string) (duty.Entry, bool) {
	for i := range h.book.Len() {
		if e := h.book.At(i); e.ID == id {
			return *e, true
		}
	}
	return duty.Entry{}, false
}

// says reports whether the report is the one that made a version of the one before it. Of the desk's first word on what others report
// nobody knows any more what it began with: there it is whether it would change anything.
func (r *reporting) says(before, version *incident.Incident, now time.Time) bool {
	base := before
	switch {
	case base != nil:
	case r.command.Continues != (incident.Identity{}):
		base = version
	default:
		base = &incident.Incident{}
	}
	i := r.command.Said.Upon(base)
	i.Status = version.Status
	if sameMoment(i.Occurred, version.Occurred, now.Sub(version.Reported)) {
		i.Occurred = version.Occurred
	}
	feed.Infer(&i)
	return ownfeed.Same(&i, version)
}

// sameMoment reports whether two times are of the same words, said one after the other: "20 min ago" moves on by what passed in between.
func sameMoment(later, first incident.When, between time.Duration) bool {
	apart := later.Start.Sub(first.Start)
	return later.Precision == first.Precision && !first.IsZero() &&
		(apart.Abs() <= time.Minute || (apart-between).Abs() <= time.Minute)
}

// tells reports whether the log has of a version what this report says of it.
func (r *reporting) tells(b *duty.Report, version *incident.Incident) bool {
	own := r.entry(version)
	return own.Reason == b.Reason && own.Verification == b.Verification && own.Refuted == b.Refuted
}

// reportOnce is a report of the shell: with the id of an attempt that went wrong what that wrote is not written again.
func (h *hub) reportOnce(e *action.Envelope, c action.Report) (reporting, error) {
	r, err := h.report(e, c)
	if err != nil {
		return r, err
	}
	r.repeats = c.Continues == (incident.Identity{})
	return r, r.again(h)
}
