package duty

import (
	"slices"
	"time"

	"vigil/internal/incident"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// MaxFlashAhead is how far ahead the next flash report may be due: later than a shift, somebody else would have to know.
const MaxFlashAhead = 24 * time.Hour

// Flashed is a flash report that was given.
type Flashed struct {
	ID string // of the entry
	At time.Time
	By safetext.Text
	*Flash
	Line Line // of the duty log
}

// Subject is what flash reports are about: those of one subject are numbered and follow one another.
type Subject struct {
	Alarm    string // the id of the entry that raised it
	Incident Name
	Country  string
}

// Subject is what the report is about: its alarm, else its incident, else its country.
func (b *Flash) Subject() Subject {
	switch {
	case b.Alarm != "":
		return Subject{Alarm: b.Alarm}
	case !b.Incident.IsZero():
		return Subject{Incident: b.Incident}
	}
	return Subject{Country: b.Country}
}

func (d *Draft) flash(e *Entry, b *Flash) bool {
	if b.Alarm != "" && d.b.alarms[b.Alarm] == nil {
		return false
	}
	d.b.flashes = append(slices.Clip(d.b.flashes), Flashed{e.ID, e.At, e.By, b, e.Line})
	return true
}

// Flashes are the reports on a subject, the first first.
func (b *Book) Flashes(of Subject) []Flashed {
	var list []Flashed
	for _, f := range b.flashes {
		if f.Subject() == of {
			list = append(list, f)
		}
	}
	return list
}

// LastFlash is the last report on a subject.
func (b *Book) LastFlash(of Subject) (Flashed, bool) {
	for i := len(b.flashes) - 1; i >= 0; i-- {
		if b.flashes[i].Subject() == of {
			return b.flashes[i], true
		}
	}
	return Flashed{}, false
}

// Incidents yields the incidents that entries name, each once, in the order in which they were named first.
func (b *Book) Incidents(yield func(incident.Identity) bool) {
	for _, n := range b.named {
		if !yield(n) {
			return
		}
	}
}

// NextFlash is the number of the next report on a subject, from 1.
func (b *Book) NextFlash(of Subject) int {
	if last, ok := b.LastFlash(of); ok {
		return last.Number + 1
	}
	return 1
}

// FlashesPromised are the reports that promised a further one for that time, whatever was given since.
func (b *Book) FlashesPromised(at time.Time) []Flashed {
	var list []Flashed
	for _, f := range b.flashes {
		if f.Next.Equal(at) && !at.IsZero() {
			list = append(list, f)
		}
	}
	return list
}

// FlashesDue are the last reports of those subjects that promise a further one, the one that is due first first. What was promised
// is due whether or not its alarm is closed: those who were told wait for it. A last report that promises none ends it.
func (b *Book) FlashesDue() []Flashed {
	var list []Flashed
	seen := map[Subject]bool{}
	for _, f := range slices.Backward(b.flashes) {
		if s := f.Subject(); !seen[s] {
			seen[s] = true
			if !f.Next.IsZero() {
				list = append(list, f)
			}
		}
	}
	slices.SortStableFunc(list, func(x, y Flashed) int { return x.Next.Compare(y.Next) })
	return list
}

// mayFlash says why a flash report cannot be given.
func (b *Book) mayFlash(c *Flash, now time.Time) error {
	if c.Alarm != "" {
		if err := b.known(c.Alarm); err != nil {
			return err
		}
	}
	want := b.NextFlash(c.Subject())
	switch {
	case c.Subject() == Subject{}:
		return saying.Errorf("%s: it is about no alarm, no incident and no country", ErrNot)
	case c.Number != want:
		return saying.Errorf("%s: flash report %d was given meanwhile, so that this one is %d: read it, and give this one again", ErrNot, want-1, want)
	case !c.Next.IsZero() && !c.Next.After(now):
		return saying.Errorf("%s: the next report must be due later than now", ErrNot)
	case !c.Next.IsZero() && c.Next.Sub(now) > MaxFlashAhead:
		return saying.Errorf("%s: the next report can be due within %d h", ErrNot, int(MaxFlashAhead.Hours()))
	}
	return nil
}
