package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"vigil/internal/action"
	"vigil/internal/correlate"
	"vigil/internal/desk"
	"vigil/internal/dutylog"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

// dutiesEvery is how often the duty log is looked at for what other consoles wrote.
const dutiesEvery = 500 * time.Millisecond

// duties is what people did at the desk, as far as it was read.
type duties struct {
	reader  *dutylog.Reader
	choices []correlate.Choice
	bad     int // entries that could not be read, or that a newer version wrote
	trouble safetext.Text
}

func dutiesDir(p desk.Paths) string { return filepath.Join(p.State, desk.DutyLogDir) }

// readDuties reads what is new in the duty log into the store, and reports whether anything is.
func (h *hub) readDuties() (news bool) {
	d := &h.duties
	if d.reader == nil {
		d.reader = dutylog.NewReader(dutiesDir(h.paths))
	}
	before := d.trouble
	for {
		e, err := d.reader.Next()
		switch {
		case errors.Is(err, io.EOF):
			if news {
				h.store.Choose(d.choices)
			}
			return news || d.trouble != before
		case errors.Is(err, dutylog.ErrBad) || err == nil && !e.Understood():
			d.bad++
			d.trouble = safetext.Clean("duty log: " + plural(d.bad, "entry", "entries") + " cannot be read, or a newer version wrote them")
		case err != nil:
			d.trouble = safetext.Clean("duty log: what people decided could be read in part only: " + err.Error())
			if news {
				h.store.Choose(d.choices)
			}
			return news || d.trouble != before
		default:
			d.choices = append(d.choices, choiceOf(&e))
			news = true
		}
	}
}

func choiceOf(e *dutylog.Entry) correlate.Choice {
	words := fmt.Sprintf("entry %d of the duty log, %s", e.Seq, e.At.Format("2006-01-02 15:04Z"))
	for _, t := range []safetext.Text{e.By, e.Reason} {
		if !t.IsZero() {
			words += ", " + t.String()
		}
	}
	return correlate.Choice{At: e.At, Apart: e.Kind == dutylog.Unmerge, Incidents: e.Incidents, ID: safetext.Clean(words).String()}
}

// ErrChoice is wrapped by the error of a merge or unmerge that the desk does not do.
var ErrChoice = errors.New("not done")

// entryOf is the entry of the duty log that a command asks for, if the desk can do it.
func (h *hub) entryOf(e *action.Envelope) (dutylog.Entry, error) {
	entry := dutylog.Entry{V: dutylog.Version, ID: e.ID, At: h.clock(), Role: safetext.Clean(e.Actor.Role.String()), By: e.Actor.Name}
	switch c := e.Command.(type) {
	case action.Merge:
		entry.Kind, entry.Incidents, entry.Reason = dutylog.Merge, c.Incidents, c.Reason
	case action.Unmerge:
		entry.Kind, entry.Incidents, entry.Reason = dutylog.Unmerge, c.Incidents, c.Reason
	default:
		return entry, fmt.Errorf("%s: %w", e.Command.Verb(), action.ErrNotSupported)
	}
	if err := h.store.MayChoose(entry.Incidents, entry.Kind == dutylog.Unmerge); err != nil {
		return entry, fmt.Errorf("%s: %w: %w", e.Command.Verb(), ErrChoice, err)
	}
	return entry, nil
}

// Decide records what a person decided: [action.Merge] or [action.Unmerge]. It returns when it is on the disk, and the next
// picture shows it. The same envelope may be sent again after any error.
func (s *Session) Decide(ctx context.Context, e action.Envelope) error {
	var entry dutylog.Entry
	var err error
	if done := s.hub.do(ctx, func() { entry, err = s.hub.entryOf(&e) }); done != nil || err != nil {
		return errors.Join(done, err)
	}
	if err := dutylog.New(dutiesDir(s.hub.paths), dutylog.Options{}).Append(ctx, entry); err != nil {
		return err
	}
	return s.hub.do(ctx, func() { s.hub.dirty = s.hub.readDuties() || s.hub.dirty })
}

// Decide reads the desk once, records what a person decided, and leaves nothing running. The command names incidents as they are
// written on a command line: "authority/id", or the id alone where no other incident has it. It returns their identities.
func Decide(ctx context.Context, o Options, actor action.Actor, names []string, command func([]incident.Identity) action.Command) ([]incident.Identity, error) {
	h, _, err := readOnce(ctx, o, false)
	if err != nil {
		return nil, err
	}
	view := h.store.Publish(h.clock()).For(actor.Role)
	var found []incident.Identity
	for _, name := range names {
		id, err := named(view, name)
		if err != nil {
			return nil, err
		}
		found = append(found, id)
	}
	entry, err := h.entryOf(&action.Envelope{ID: action.NewID(), Actor: actor, Command: command(found)})
	if err != nil {
		return nil, err
	}
	return found, dutylog.New(dutiesDir(h.paths), dutylog.Options{}).Append(ctx, entry)
}

// named finds the incident that is written on a command line.
func named(v picture.View, name string) (incident.Identity, error) {
	found := v.Named(name)
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return incident.Identity{}, fmt.Errorf("%w: no incident is called %q: vigil tail --json lists their authority and id", ErrChoice, name)
	default:
		return incident.Identity{}, fmt.Errorf("%w: %q is the id of %s: write the authority before it, such as %s/%s",
			ErrChoice, name, plural(len(found), "incident", "incidents"), found[0].Authority, found[0].ID)
	}
}
