package exercise

import (
	"fmt"
	"strings"
	"time"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/order"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/voice"
)

// Colleague is Papa, who works at a second console of the exercise: what they do follows from the script, the picture and the clock. They
// write the same commands as everybody, and leave alone what somebody has done before them. They never have the watch, and hand
// nothing over.
type Colleague struct {
	script []act
	done   int       // of the script
	since  time.Time // since when they wait for what the next act is about; zero while they do not
	news   string    // the id of the alarm that they took from those that rang
}

// NewColleague is Papa at the beginning of the exercise.
func NewColleague() *Colleague { return &Colleague{script: script} }

// act is one thing that the colleague does, not before a step of the exercise. It is one of: a line as it is typed, in which {alarm} and
// {incident} are what it is about; what somebody tells by voice; a flash report.
type act struct {
	step  int
	about about
	line  string
	told  []said
	flash *duty.Flash // but for what it is about, and when the next is due
	next  string      // when that is
}

// said is one field of what somebody tells.
type said struct {
	field voice.Field
	words string
}

// about is what an act is about.
type about int

const (
	nothing about = iota
	convoy        // what is told of a convoy
	camp          // what is told of a camp, and is not so
	news          // an alarm that rang for something else
)

// awaited is how long the colleague waits for an alarm that should have rung, before they go on with something else.
const awaited = 2 * time.Minute

// Papa is who acts.
var Papa = action.Actor{Name: safetext.Const(papa), Role: picture.DutyOfficer}

// idOf is the id of an act: the same in each exercise.
func idOf(n int) string { return fmt.Sprintf("EXPAPA%02d", n+1) }

// Acts are the ids of the entries of everything that the colleague does, in that order.
func (c *Colleague) Acts() []string {
	ids := make([]string, len(c.script))
	for n := range c.script {
		ids[n] = idOf(n)
	}
	return ids
}

// Next is what the colleague does at a step of the exercise; ok is false where that is nothing. The picture has all that they did before.
func (c *Colleague) Next(step int, v picture.View, now time.Time) (e action.Envelope, ok bool) {
	if v.Unread() || v.Ahead() || !rangFirst(v) {
		return e, false
	}
	for c.done < len(c.script) && c.script[c.done].step <= step {
		a := &c.script[c.done]
		of, there := c.find(a, v, now)
		if !there && c.waits(now) {
			return e, false
		}
		c.since = time.Time{}
		id := idOf(c.done)
		c.done++
		if !there {
			continue
		}
		if command, err := a.command(&of, v, now); err == nil && isLeft(command, v, now) {
			return action.Envelope{ID: id, Actor: Papa, Command: command}, true
		}
	}
	return e, false
}

// waits reports whether what the next act is about may still come.
func (c *Colleague) waits(now time.Time) bool {
	if c.since.IsZero() {
		c.since = now
	}
	return now.Sub(c.since) < awaited
}

// rangFirst reports whether what was there has rung: what is told before would ring together with it.
func rangFirst(v picture.View) bool { return !v.Duty().Through().IsZero() }

// subject is what an act is about, as it stands.
type subject struct {
	incident incident.Identity
	alarm    *duty.Alarm
}

// find looks for what an act is about. What is told is there once it rings.
func (c *Colleague) find(a *act, v picture.View, now time.Time) (s subject, there bool) {
	switch {
	case a.about == nothing || a.told != nil:
		return s, true
	case a.about == news:
		s.alarm = c.taken(v, now)
		return s, s.alarm != nil
	}
	for n := range c.script {
		if c.script[n].told != nil && c.script[n].about == a.about {
			s.incident = incident.Identity{Authority: sourceOf(c.script[n].told), ID: safetext.Clean("R-" + idOf(n))}
		}
	}
	for id := range v.Incidents() {
		if v.Identity(id) == s.incident {
			s.alarm = ringsFor(v, id)
			break
		}
	}
	return s, s.alarm != nil
}

func sourceOf(told []said) safetext.Text {
	for _, s := range told {
		if s.field == voice.Source {
			return safetext.Clean(s.words)
		}
	}
	return safetext.Text{}
}

// ringsFor is the alarm that rang for an incident, or for another telling of it; the last, where there are several.
func ringsFor(v picture.View, id picture.ID) *duty.Alarm {
	party := map[incident.Identity]bool{}
	for _, member := range v.Party(id) {
		party[v.Identity(member)] = true
	}
	var found *duty.Alarm
	for i := range v.Duty().Len() {
		e := v.Duty().At(i)
		if r, is := e.Body.(*duty.Raise); is && !r.Incident.IsZero() && party[r.Incident.Identity()] {
			if a, ok := v.Duty().Alarm(e.ID); ok {
				found = a
			}
		}
	}
	return found
}

// taken is the alarm that the colleague takes from those that rang since the exercise began: one that nobody has.
func (c *Colleague) taken(v picture.View, now time.Time) *duty.Alarm {
	if a, ok := v.Duty().Alarm(c.news); ok {
		return a
	}
	for _, a := range v.Duty().Alarms(now) {
		_, claimed := v.Duty().ClaimOfAlarm(a.ID, now)
		ours := strings.HasPrefix(a.Raise.Incident.ID.Line().String(), "R-")
		if a.Rings(now) && !claimed && !ours && !a.Raise.Incident.IsZero() && !strings.HasPrefix(a.ID, nightID) {
			c.news = a.ID
			return a
		}
	}
	return nil
}

// command is what the act asks for.
func (a *act) command(of *subject, v picture.View, now time.Time) (action.Command, error) {
	switch {
	case a.told != nil:
		var r action.Report
		for _, s := range a.told {
			if _, err := r.Said.Set(s.field, s.words, now); err != nil {
				return nil, err
			}
		}
		return r, nil
	case a.flash != nil:
		f := *a.flash
		next, err := order.NextDue(a.next, now)
		if err != nil {
			return nil, err
		}
		f.Alarm, f.Next = of.alarm.ID, next
		return action.Record{Body: &f}, nil
	}
	line := a.line
	if of.alarm != nil {
		line = strings.NewReplacer("{alarm}", of.alarm.Called(), "{incident}", of.incident.Authority.String()+"/"+of.incident.ID.String()).Replace(line)
	}
	return order.Parse(line, v, Papa, now)
}

// isLeft reports whether nobody has done before what a command asks for.
func isLeft(c action.Command, v picture.View, now time.Time) bool {
	book := v.Duty()
	if r, is := c.(action.Report); is {
		before, known := book.Reported(r.Continues)
		return !known || before.Refuted == "" && (r.Refuted != "" || before.Verification == "")
	}
	record, is := c.(action.Record)
	if !is {
		return false
	}
	switch b := record.Body.(type) {
	case *duty.Ack:
		a, ok := book.Alarm(b.Alarm)
		return ok && a.Rings(now)
	case *duty.Claim:
		a, ok := book.Alarm(b.Alarm)
		claim, claimed := book.ClaimOfAlarm(b.Alarm, now)
		if b.Released {
			return claimed && claim.Holder == Papa.Name
		}
		return ok && a.Rings(now) && !claimed
	case *duty.Told:
		a, ok := book.Alarm(b.Alarm)
		if !ok {
			return false
		}
		post, listed := v.Sheet(a, now).Named(b.Contact)
		return listed && post.Needed && !post.State.IsTold()
	case *duty.Flash:
		return b.Number == book.NextFlash(b.Subject())
	}
	return true
}
