package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/dutylog"
	"vigil/internal/feed"
	"vigil/internal/incident"
	"vigil/internal/ownfeed"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/saying"
	"vigil/internal/voice"
)

// ErrReport is wrapped by the error of a report that the desk does not take.
var ErrReport = saying.Errorf("not reported")

// Reported is what a report became.
type Reported struct {
	Incident incident.Incident // as it stands now; its text is restricted if it says so
	New      bool
	Alarms   []string // as people call them: those of which everybody must be told again
	Stands   bool     // it was refuted, and is so no more
	Unkept   string   // who people were by the version before, which its numbers have no room for
}

// reporting is a report on its way to the disk. It holds what had to be asked of the store.
type reporting struct {
	envelope action.Envelope
	command  action.Report
	name     incident.Identity  // that it is written under
	own      bool               // the name is one of the own feed
	base     *incident.Incident // of another source: what the desk's word begins with
	of       []duty.Judged
	about    []incident.Identity // what alarms may name that are about this
	book     *duty.Book
	repeats  bool // a command of the shell that makes a new incident: what is there by that name an earlier attempt wrote
	status   incident.Status
	written  *incident.Incident // by an earlier attempt
	logged   bool               // by that too
	unkept   string             // of the last version, see [voice.Report.Unkept]
	stands   bool               // the last version was refuted, and this one is not
}

// report asks the store what a report is about.
func (h *hub) report(e *action.Envelope, c action.Report) (reporting, error) {
	r := reporting{envelope: *e, command: c, book: h.book}
	if h.config.Exercise {
		r.status = incident.Exercise
	}
	if c.Said.IsZero() {
		return r, saying.Errorf("%s: it says nothing: say at least what happened, or where", ErrReport)
	}
	if c.Refuted == "" && c.Said.Says(voice.Verification) && c.Said.Verification() == incident.Refuted && c.Continues != (incident.Identity{}) {
		return r, saying.Errorf("%s: say why it is refuted: false-alarm, hoax, duplicate or drill", ErrReport)
	}
	anew := incident.Identity{Authority: ownfeed.Authority, ID: newID(e.ID)}
	if c.Continues == (incident.Identity{}) {
		if !c.Said.Source().IsZero() {
			anew.Authority = c.Said.Source()
		}
		r.name, r.about = anew, []incident.Identity{anew}
		return r, nil
	}
	return r, h.continues(&r, anew)
}

// newID is the id of an incident that a command makes: of the random part of the command's own, so that another attempt writes the
// same.
func newID(command string) safetext.Text {
	const random = 8 // 40 bits in base 32: enough for the reports of one desk
	return safetext.Clean("R-" + command[:min(random, len(command))])
}

// continues finds what a report says more of.
func (h *hub) continues(r *reporting, anew incident.Identity) error {
	name := r.command.Continues
	if word, is := r.book.Word(name); is {
		name = word // the desk has spoken of it before
	}
	r.name, r.about = name, []incident.Identity{name, r.command.Continues}
	view := h.store.Publish(h.clock()).For(picture.SecurityLead)
	id, listed := h.store.Find(r.command.Continues)
	if listed {
		if event, ok := view.Event(id); ok {
			for i := range event.Tellings {
				r.about = append(r.about, event.Tellings[i].Identity)
			}
		}
	}
	if before, known := r.book.Reported(name); known {
		r.own = true
		for i := range before.Of {
			r.about = append(r.about, before.Of[i].Identity())
		}
		if len(before.Of) > 0 {
			r.of = judged(view, id, name) // what they say by now
		}
		return nil
	}
	if last, err := ownFeed(h).Last(name); err != nil {
		return saying.Errorf("%s: %s", ErrReport, err)
	} else if last != nil {
		r.own = true
		return nil
	}
	d, ok := view.Detail(id)
	switch {
	case !listed || !ok || d.Shown.Incident == nil:
		return saying.Errorf("%s: %s: %s", ErrReport, name.ID, picture.ErrUnknownIncident)
	case d.Shown.Incident.Class == incident.Report:
		return saying.Errorf("%s: %s is what somebody wrote about something, and nothing that happened: report that anew", ErrReport, called(d.Shown.Incident))
	}
	base := *d.Shown.Incident
	base.Identity, base.Version, base.Type, base.Replaces = anew, 0, incident.New, nil
	r.name, r.base, r.of = anew, &base, judged(view, id, anew)
	r.about = append(r.about, anew)
	return nil
}

// judged are the records of others that tell of an event, as they stand.
func judged(view picture.View, id picture.ID, own incident.Identity) []duty.Judged {
	e, ok := view.Event(id)
	if !ok {
		return nil
	}
	var list []duty.Judged
	for i := range e.Tellings {
		if t := &e.Tellings[i]; t.Identity != own && t.Shown.Incident != nil {
			list = append(list, duty.Judged{Name: duty.NameOf(t.Identity), Content: duty.ContentOf(t.Shown.Incident)})
		}
	}
	return list
}

func ownFeed(h *hub) *ownfeed.Feed { return ownfeed.New(h.paths.Feeds, ownfeed.Options{}) }

// next is the version that the report makes of the last one.
func (r *reporting) next(h *hub) ownfeed.Next {
	now := h.clock().Truncate(time.Second)
	return func(last *incident.Incident) (incident.Incident, error) {
		base := last
		switch {
		case last == nil && r.own:
			return incident.Incident{}, saying.Errorf("%s: %s is in feeds/%s no more", ErrReport, r.name.ID, ownfeed.Name)
		case last == nil && r.base != nil:
			base = r.base
		case last == nil:
			base = &incident.Incident{}
		}
		if s := r.command.Said.Source(); last != nil && !s.IsZero() && s != r.name.Authority {
			if last.Restricted() {
				return incident.Incident{}, saying.Errorf("%s: %s is what another reported: what %s says is a report of its own", ErrReport, r.name.ID, s)
			}
			return incident.Incident{}, saying.Errorf("%s: %s is what %s reported: what %s says is a report of its own, which can be merged with it",
				ErrReport, duty.NameOf(r.name), r.name.Authority, s)
		}
		i := r.command.Said.Upon(base)
		r.unkept = unkept(&r.command.Said, base)
		r.stands = base.Verification.Value == incident.Refuted && i.Verification.Value != incident.Refuted
		i.Status, i.Reported = r.status, now
		if last != nil && r.repeats {
			i.Occurred = last.Occurred // an attempt wrote it before this one, and "20 min ago" was then
		}
		if i.Occurred.Start.After(now.Add(incident.FutureTolerance)) {
			return incident.Incident{}, saying.Errorf("%s: it happened later than now: what is expected belongs into a calendar", ErrReport)
		}
		feed.Infer(&i)
		return i, nil
	}
}

// unkept is what [voice.Report.Unkept] says; of a version that was restricted no more than that there is something.
func unkept(said *voice.Report, base *incident.Incident) string {
	words := said.Unkept(base)
	switch {
	case words == "":
		return ""
	case base.Restricted():
		return "who the people were"
	}
	return strconv.Quote(words)
}

// entry is what the log says of it: no text of what was reported, and of what is restricted neither how far it is established nor why.
func (r *reporting) entry(i *incident.Incident) *duty.Report {
	b := &duty.Report{Incident: duty.NameOf(i.Identity), Version: i.Version, Of: r.of}
	if i.Restricted() {
		return b
	}
	b.Reason = r.command.Reason
	if r.command.Said.Says(voice.Verification) {
		b.Verification, b.Refuted = i.Verification.Value.String(), string(r.command.Refuted)
	}
	return b
}

// add puts the report into the own feed, unless an earlier attempt did.
func (r *reporting) add(ctx context.Context, h *hub) (incident.Incident, error) {
	if r.written != nil {
		return *r.written, nil
	}
	return ownFeed(h).Add(ctx, r.name, r.next(h))
}

// write puts the report on the disk, and then into the log that it is there. The same may be asked again after any error.
func (r *reporting) write(ctx context.Context, h *hub) (done Reported, err error) {
	i, err := r.add(ctx, h)
	if err != nil {
		return done, err
	}
	done.Incident, done.New, done.Unkept, done.Stands = i, i.Version == 1, r.unkept, r.stands
	log := dutylog.New(dutiesDir(h.paths), dutylog.Options{Patience: h.options.patience})
	defer func() { _ = log.Close() }() // what was written has been confirmed
	e := duty.Entry{ID: r.envelope.ID, Role: safetext.Clean(r.envelope.Actor.Role.String()), By: r.envelope.Actor.Name, Body: r.entry(&i)}
	if !r.logged {
		err = log.Append(ctx, h.stamp(e))
	}
	if errors.Is(err, dutylog.ErrTaken) { // the attempt before this one was recorded, and was about an earlier version
		e.ID = fmt.Sprintf("%s-%d", r.envelope.ID, i.Version)
		err = log.Append(ctx, h.stamp(e))
	}
	if err != nil {
		return done, saying.Errorf("%s is in feeds/%s, and that is not in the duty log; save again: %s", called(&i), ownfeed.Name, err)
	}
	if r.command.Refuted == "" {
		return done, nil
	}
	for _, a := range r.book.Told(slices.Compact(r.about)...) {
		e := e
		e.ID += "-" + a.Called()
		why := "refuted: " + string(r.command.Refuted)
		if i.Restricted() {
			why = "it does not stand any more"
		}
		e.Body = &duty.Reopen{Alarm: a.ID, Reason: duty.Words(why)}
		if err := log.Append(ctx, h.stamp(e)); err != nil {
			return done, saying.Errorf("%s is refuted, and that those who were told of %s must be told again is not in the duty log; do it again: %s",
				called(&i), a.Called(), err)
		}
		done.Alarms = append(done.Alarms, a.Called())
	}
	return done, nil
}

// Report writes down what somebody reported ([action.Report]). It returns when it is on the disk and the next picture can show it. The
// same envelope may be sent again after any error.
func (s *Session) Report(ctx context.Context, e action.Envelope) (Reported, error) {
	c, ok := e.Command.(action.Report)
	if !ok {
		return Reported{}, action.ErrNotSupported
	}
	var r reporting
	var err error
	if done := s.hub.do(ctx, func() { r, err = s.hub.report(&e, c) }); done != nil {
		return Reported{}, done // the hub may be at it still: what it makes of it must not be read
	}
	if err != nil {
		return Reported{}, err
	}
	reported, err := r.write(ctx, s.hub)
	s.Refresh()
	return reported, errors.Join(err, s.hub.do(ctx, func() { s.hub.dirty = s.hub.readDuties() || s.hub.dirty }))
}

// DoReport reads the desk once, writes down what command makes of it, and leaves nothing running. With the id of an attempt that went
// wrong what that wrote is not written again, and other words are refused ([dutylog.ErrTaken]).
func DoReport(ctx context.Context, o Options, actor action.Actor, id string, command func(picture.View) (action.Report, error)) (Reported, error) {
	h, _, err := readOnce(ctx, o, false)
	if err != nil {
		return Reported{}, err
	}
	c, err := command(h.store.Publish(h.clock()).For(actor.Role))
	if err != nil {
		return Reported{}, err
	}
	r, err := h.reportOnce(&action.Envelope{ID: id, Actor: actor, Command: c}, c)
	if err != nil {
		return Reported{}, err
	}
	return r.write(ctx, h)
}
