package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"vigil/internal/action"
	"vigil/internal/correlate"
	"vigil/internal/desk"
	"vigil/internal/duty"
	"vigil/internal/dutylog"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/problem"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// dutyProblems are what stands against the duty log, for check.
func (h *hub) dutyProblems() []problem.Problem {
	var list []problem.Problem
	file := safetext.Clean(h.relative(dutiesDir(h.paths)))
	if d := &h.duties; !d.trouble.IsZero() {
		list = append(list, problem.Problem{File: file, Message: safetext.Clean(d.trouble.String())})
	}
	if d := &h.duties; !d.torn.IsZero() {
		list = append(list, problem.Problem{File: file, Warning: true, Message: safetext.Clean(d.torn.String())})
	}
	return list
}

// take writes an entry into the book, and what it says of incidents. It reports false of one that is there.
func (d *duties) take(e *duty.Entry) bool {
	if !d.draft.Add(e) {
		return false
	}
	switch b := e.Body.(type) {
	case *duty.Merge:
		d.choices = append(d.choices, choiceOf(e, false, b.Incidents, b.Reason))
	case *duty.Unmerge:
		d.choices = append(d.choices, choiceOf(e, true, b.Incidents, b.Reason))
	case *duty.Report:
		if len(b.Of) > 0 {
			d.choices = append(d.choices, wordOf(e, b))
		}
	}
	return true
}

func choiceOf(e *duty.Entry, apart bool, names []duty.Name, reason duty.Text) correlate.Choice {
	words := fmt.Sprintf("entry %d of the duty log, %s", e.Seq, e.At.Format("2006-01-02 15:04Z"))
	for _, t := range []safetext.Text{e.By, reason.Line()} {
		if !t.IsZero() {
			words += ", " + t.String()
		}
	}
	return correlate.Choice{At: e.At, Apart: apart, Incidents: identitiesOf(names), ID: safetext.Clean(words).String()}
}

// wordOf is the choice that the desk's own word on records of others makes: they tell of one event.
func wordOf(e *duty.Entry, b *duty.Report) correlate.Choice {
	names := []duty.Name{b.Incident}
	for i := range b.Of {
		names = append(names, b.Of[i].Name)
	}
	c := choiceOf(e, false, names, b.Reason)
	c.Leads = func(n int, i *incident.Incident) bool { return b.Of[n].SameContent(i) }
	return c
}

func identitiesOf(names []duty.Name) []incident.Identity {
	list := make([]incident.Identity, len(names))
	for i, n := range names {
		list[i] = n.Identity()
	}
	return list
}

// ErrChoice is wrapped by the error of a merge or unmerge that the desk does not do.
var ErrChoice = saying.Errorf("not done")

// entryOf is the entry of the duty log that a command asks for, if the desk can do it.
func (h *hub) entryOf(e *action.Envelope) (duty.Entry, error) {
	c, ok := e.Command.(action.Record)
	if !ok {
		return duty.Entry{}, action.ErrNotSupported
	}
	var names []duty.Name
	apart := false
	switch b := c.Body.(type) {
	case *duty.Merge:
		names = b.Incidents
	case *duty.Unmerge:
		names, apart = b.Incidents, true
	}
	if names != nil {
		if err := h.store.MayChoose(identitiesOf(names), apart); err != nil {
			return duty.Entry{}, saying.Errorf("%s: %s", ErrChoice, err)
		}
	}
	if err := h.book.May(c.Body, h.clock()); err != nil {
		return duty.Entry{}, err
	}
	by := duty.ActsBy(c.Body, e.Actor.Name)
	if err := h.book.MayBy(c.Body, by); err != nil {
		return duty.Entry{}, err
	}
	return h.stamp(duty.Entry{ID: e.ID, Role: safetext.Clean(e.Actor.Role.String()), By: by, Body: c.Body}), nil
}

// stamp gives an entry its time and where it comes from.
func (h *hub) stamp(e duty.Entry) duty.Entry {
	e.V, e.At, e.Word = dutylog.Version, h.clock().UTC(), e.Body.Kind()
	newStamp(h.options.Version).on(&e)
	return e
}

// Do records what a person decided ([action.Record]) or reported ([action.Report]). It returns when it is on the disk, and the next picture shows it. The
// same envelope may be sent again after any error.
func (s *Session) Do(ctx context.Context, e action.Envelope) error {
	if _, is := e.Command.(action.Report); is {
		_, err := s.Report(ctx, e)
		return err
	}
	var entry duty.Entry
	var err error
	if done := s.hub.do(ctx, func() { entry, err = s.hub.entryOf(&e) }); done != nil {
		return done // the hub may be at it still: what it makes of it must not be read
	}
	if err != nil {
		return err
	}
	if err := appendEntry(ctx, s.hub.paths, entry); err != nil {
		return err
	}
	return s.hub.do(ctx, func() { s.hub.stand(entry) })
}

// appendEntry writes one entry into the duty log of a desk, and leaves nothing open.
func appendEntry(ctx context.Context, p desk.Paths, e duty.Entry) error {
	log := dutylog.New(dutiesDir(p), dutylog.Options{})
	return errors.Join(log.Append(ctx, e), log.Close())
}

// Attempt is one try of a command of the shell. All tries of one command have one id, and are recorded once.
type Attempt struct {
	ID    string
	Words []string // of the command, as they were typed
}

// digest stands for the words in the log: they are compared with, and never read.
func (a Attempt) digest() string {
	sum := sha256.Sum256([]byte(a.ID + "\x00" + strings.Join(a.Words, "\x00")))
	const enough = 8
	return hex.EncodeToString(sum[:enough])
}

// recorded is the body of the entry that an earlier attempt of a command wrote; nil if there is none. Tried again, a command may ask for
// something that its first attempt has made impossible, or that says other times: it is the same if it is in the same words. Of an entry
// without them it is what the command makes now, nil if it cannot. Anything else under the id is an error, which says what is there.
func (h *hub) recorded(try Attempt, actor action.Actor, now duty.Body) (duty.Body, error) {
	for i := range h.book.Len() {
		there := h.book.At(i)
		if there.ID != try.ID {
			continue
		}
		if there.Body == nil {
			return nil, dutylog.Taken(there)
		}
		again := duty.Entry{By: duty.ActsBy(there.Body, actor.Name), Asked: try.digest(), Word: there.Word, Body: now}
		if now != nil {
			again.By, again.Word = duty.ActsBy(now, actor.Name), now.Kind()
		}
		if there.Asked == "" && now == nil || !dutylog.Same(there, &again) {
			return nil, dutylog.Taken(there)
		}
		return there.Body, nil
	}
	return nil, nil
}

// Do reads the desk once, records what command makes of it, and leaves nothing running. It returns what was done: of an id of which
// the log has an entry of the same person in the same words, that entry; of one under which something else is there, an error.
func Do(ctx context.Context, o Options, actor action.Actor, try Attempt, command func(picture.View) (action.Command, error)) (action.Command, error) {
	h, _, err := readOnce(ctx, o, false)
	if err != nil {
		return nil, err
	}
	c, err := command(h.store.Publish(h.clock()).For(actor.Role))
	before, taken := h.recorded(try, actor, bodyOf(c))
	switch {
	case taken != nil:
		return nil, taken
	case before != nil:
		return action.Record{Body: before}, nil // an earlier attempt wrote it: that it cannot be done twice is no failure
	}
	if err != nil {
		return nil, err
	}
	envelope := action.Envelope{ID: try.ID, Actor: actor, Command: c}
	if report, is := c.(action.Report); is {
		r, err := h.report(&envelope, report)
		if err == nil {
			_, err = r.write(ctx, h)
		}
		return c, err
	}
	entry, err := h.entryOf(&envelope)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Verb(), err)
	}
	entry.Asked = try.digest()
	return c, appendEntry(ctx, h.paths, entry)
}

// bodyOf is the body of the entry that a command makes; nil if it makes another thing, or there is none.
func bodyOf(c action.Command) duty.Body {
	if r, is := c.(action.Record); is {
		return r.Body
	}
	return nil
}

// Named finds the incidents that are written on a command line: "authority/id", or the id alone where no other incident has it.
func Named(v picture.View, names []string) ([]incident.Identity, error) {
	var found []incident.Identity
	for _, name := range names {
		id, err := named(v, name)
		if err != nil {
			return nil, err
		}
		found = append(found, id)
	}
	return found, nil
}

// named finds the incident that is written on a command line.
func named(v picture.View, name string) (incident.Identity, error) {
	found := v.Named(name)
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return incident.Identity{}, saying.Errorf("%s: no incident is called %q: vigil tail --json lists their authority and id", ErrChoice, name)
	default:
		return incident.Identity{}, saying.Errorf("%s: %q is the id of %s: write the authority before it, such as %s/%s",
			ErrChoice, name, plural(len(found), "incident", "incidents"), found[0].Authority, found[0].ID)
	}
}
