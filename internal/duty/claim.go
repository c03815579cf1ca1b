package duty

import (
	"maps"
	"slices"
	"time"

	"vigil/internal/incident"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// MaxClaim is the longest time for which somebody can say that they see to something.
const MaxClaim = 8 * time.Hour

// Claimed is a claim: somebody sees to an alarm or an incident. It is no acknowledgement: the alarm rings and escalates all the same.
type Claimed struct {
	Alarm    string            // the id of the entry that raised it, or
	Incident incident.Identity // this
	Holder   safetext.Text
	At       time.Time
	Until    time.Time
}

// of is what a claim is about, written in one way only.
func (b *Claim) of() Subject {
	if b.Alarm != "" {
		return Subject{Alarm: b.Alarm}
	}
	return Subject{Incident: NameOf(b.Incident.Identity())}
}

func (d *Draft) claim(e *Entry, b *Claim) bool {
	if d.b.mayClaim(b, e.At) != nil {
		return false
	}
	d.b.claims = maps.Clone(d.b.claims)
	if d.b.claims == nil {
		d.b.claims = map[Subject]Claimed{}
	}
	of := b.of()
	if b.Released {
		delete(d.b.claims, of)
		return true
	}
	maps.DeleteFunc(d.b.claims, func(_ Subject, c Claimed) bool { return !e.At.Before(c.Until) })
	d.b.claims[of] = Claimed{Alarm: b.Alarm, Incident: b.Incident.Identity(), Holder: b.Holder.Line(), At: e.At, Until: b.Until}
	return true
}

// mayClaim says why a claim cannot stand; empty if it can. Whoever else sees to it already is no reason: they are told apart by
// talking to each other, and the last word stands.
func (b *Book) mayClaim(c *Claim, at time.Time) error {
	if c.Alarm != "" {
		a, ok := b.alarms[c.Alarm]
		switch {
		case !ok:
			return saying.Errorf("there is no such alarm")
		case !a.Open() && !c.Released:
			return saying.Errorf("%s is closed", a.Called())
		}
	}
	if c.Released {
		if stands, ok := b.claims[c.of()]; !ok || !at.Before(stands.Until) {
			return saying.Errorf("nobody sees to it")
		}
		return nil
	}
	switch {
	case !c.Until.After(at):
		return saying.Errorf("the claim must end later than now")
	case c.Until.Sub(at) > MaxClaim:
		return saying.Errorf("a claim lasts for at most %d h: who has an alarm for longer acknowledges it", int(MaxClaim.Hours()))
	}
	return nil
}

// Before is who else sees to what a claim is about at now; empty where nobody does.
func (b *Book) Before(c *Claim, now time.Time) Text {
	stands, ok := b.claimed(c.of(), now)
	if !ok || SameSign(stands.Holder.String(), c.Holder.Line().String()) {
		return Text{}
	}
	return Words(stands.Holder.String())
}

// ClaimOfAlarm is who sees to an alarm at now.
func (b *Book) ClaimOfAlarm(id string, now time.Time) (Claimed, bool) {
	return b.claimed(Subject{Alarm: id}, now)
}

// ClaimOf is who sees to one of these incidents at now: the last who said so.
func (b *Book) ClaimOf(now time.Time, names ...incident.Identity) (last Claimed, ok bool) {
	for _, n := range names {
		if c, is := b.claimed(Subject{Incident: NameOf(n)}, now); is && (!ok || c.At.After(last.At)) {
			last, ok = c, true
		}
	}
	return last, ok
}

func (b *Book) claimed(of Subject, now time.Time) (Claimed, bool) {
	c, ok := b.claims[of]
	if !ok || !now.Before(c.Until) {
		return Claimed{}, false
	}
	return c, true
}

// Claims are those in force at now, the one that ends first first.
func (b *Book) Claims(now time.Time) []Claimed {
	var list []Claimed
	for _, c := range b.claims {
		if now.Before(c.Until) {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(x, y Claimed) int {
		if c := x.Until.Compare(y.Until); c != 0 {
			return c
		}
		return x.At.Compare(y.At)
	})
	return list
}
