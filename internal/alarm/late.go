package alarm

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/duty"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/saying"
)

// firstRead rings once for everything that was there and has not rung before, as where a log was carried over from elsewhere.
func (e *Evaluator) firstRead(a *asking) {
	rest, words := map[picture.ID][]Condition{}, saying.Of("nothing would have rung")
	for id, list := range e.held {
		if e.rang(a, id) { // it stands in the book, with who has it
			words = saying.Of("nothing more would have rung")
			continue
		}
		rest[id] = list
	}
	clear(e.opened) // all of it rings together, from whatever source
	c := a.gather(firstOf, rest)
	c.Together, c.Through = max(1, a.v.Totals().Total), a.v.Known()
	if c.Severity == "" {
		c.Severity = duty.Low
		c.says(words)
	}
	c.says(saying.Of("first read, %s; of the last 48 h: %s", saying.Count(c.Together, "incident was there", "incidents were there"), c.Said))
	e.post(a, c)
	e.first, a.first = c.Through, c.Through
}

// post has a condition ring until it is written.
func (e *Evaluator) post(a *asking, c Condition) {
	e.pending = append(e.pending, c)
	e.through = later(a.through, c.Through)
	a.through = e.through
	clear(e.late)
}

// lateOnes rings once for what came late, and for the first content of a source.
func (e *Evaluator) lateOnes(a *asking) {
	waiting, late := map[picture.ID][]Condition{}, 0
	for id, is := range e.late {
		if f, ok := a.v.Facts(id); ok && is && len(e.held[id]) > 0 {
			waiting[id] = e.held[id]
			if a.late(&f) {
				late++
			}
		}
	}
	if len(waiting) == 0 {
		return
	}
	c := a.gather("", waiting)
	if last, ok := a.lastTogether(); ok && late == len(waiting) && a.now.Sub(last.Came) < lateEvery && !c.Severity.Above(last.Raise.Severity) {
		return // they wait for one another
	}
	c.Of = "through " + c.Through.UTC().Format(time.RFC3339Nano)
	c.Key = keyOf(rule.Together, c.Of)
	c.says(saying.Of("%s: %s", came(late, c.Together-late), c.Said))
	e.post(a, c)
}

// came says how records came that ring together: each word only where it is so.
func came(late, atOnce int) saying.Saying {
	cameLate := saying.Count(late, "record came late", "records came late")
	switch {
	case atOnce == 0:
		return cameLate
	case late == 0:
		return saying.Count(atOnce, "record came at once", "records came at once")
	}
	return saying.Of("%s and %d at once", cameLate, atOnce)
}

// lastTogether is the alarm that rang last for several together.
func (a *asking) lastTogether() (last *duty.Alarm, ok bool) {
	through := a.book.Through()
	if through.IsZero() {
		return nil, false
	}
	if last, ok = a.book.Standing(keyOf(rule.Together, "through "+through.UTC().Format(time.RFC3339Nano))); ok {
		return last, true
	}
	return a.book.Standing(firstKey)
}

// gravest is the incident that would ring with the highest severity; of several the newest, then the first by name.
type gravest struct {
	severity duty.Severity
	at       time.Time
	name     incident.Identity
}

func (g *gravest) take(severity duty.Severity, at time.Time, name incident.Identity) {
	order := cmp.Or(at.Compare(g.at), incident.CompareIdentities(g.name, name))
	if g.severity == "" || severity.Above(g.severity) || severity == g.severity && order > 0 {
		*g = gravest{severity, at, name}
	}
}

// gather makes one condition of what would ring for several incidents.
func (a *asking) gather(of string, each map[picture.ID][]Condition) Condition {
	c := Condition{Key: keyOf(rule.Together, of), Rule: rule.Together, Of: of, Moment: true}
	type tally struct {
		severity duty.Severity
		n        int
	}
	rules := map[string]*tally{}
	var newest time.Time
	var worst gravest
	where := map[duty.Severity]map[string]bool{} // the countries of what rings so; "" is one that nobody may know
	for id, list := range each {
		f, ok := a.v.Facts(id)
		if !ok {
			continue
		}
		c.Together++
		if f.Received().After(c.Through) {
			c.Through = f.Received()
		}
		if !f.Hidden() && f.Placed().After(newest) {
			newest = f.Placed()
		}
		for i := range list {
			severity := list[i].Severity
			if a.now.Sub(f.Placed()) > Dated && severity.Above(duty.Medium) {
				severity = duty.Medium
			}
			if c.Severity == "" || severity.Above(c.Severity) {
				c.Severity = severity
			}
			if !f.Hidden() {
				worst.take(severity, f.Placed(), a.v.Identity(id))
			}
			if where[severity] == nil {
				where[severity] = map[string]bool{}
			}
			in := list[i].Country
			if f.Hidden() {
				in, c.Tell = "", []string{leadFunction}
			}
			where[severity][in] = true
			t := rules[list[i].Rule]
			if t == nil {
				t = &tally{severity: severity}
				rules[list[i].Rule] = t
			}
			if t.n++; severity.Above(t.severity) {
				t.severity = severity
			}
		}
	}
	if in := slices.Collect(maps.Keys(where[c.Severity])); len(in) == 1 {
		c.Country = in[0] // whom to tell is known: those of the one country
	}
	var parts []saying.Saying
	for name, t := range rules {
		parts = append(parts, saying.Of("%d %s (%s)", t.n, saying.Word(name), saying.Word(string(t.severity))))
	}
	slices.SortFunc(parts, func(a, b saying.Saying) int { return cmp.Compare(a.String(), b.String()) })
	c.says(saying.Join(", ", parts...))
	if worst.severity != "" {
		c.Worst = duty.NameOf(worst.name)
	}
	if !newest.IsZero() {
		c.says(saying.Of("%s, the newest %s", c.Said, health.Moment(newest, a.now)))
	}
	return c
}

// together keeps the alarms that rang for several for as long as what happened stands.
func (e *Evaluator) together(a *asking) {
	for _, alarm := range a.book.Alarms(a.now) {
		if alarm.Raise.Rule == rule.Together && alarm.Cleared.IsZero() && a.now.Sub(alarm.Came) < Late {
			a.out.Held[alarm.Raise.Key] = true
		}
	}
}
