package alarm

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/duty"
	"vigil/internal/level"
	"vigil/internal/picture"
)

// Ring is one alarm of a replay.
type Ring struct {
	At       time.Time
	Rule     string
	Severity duty.Severity
	Unsure   bool
	Words    string
	Country  string
	Together int
	// AsIf says that nobody was there when it came: it is taken to have come when it was reported, or happened.
	AsIf bool
}

// Replayed is what rules would have rung in a time of the past.
type Replayed struct {
	From, To  time.Time
	Rings     []Ring
	Incidents int // that came in that time, on which the rules were asked
	AsIf      int // of them, those of which the time of arrival is not recorded
	// Restricted are incidents that are left out: they were there at the first reading, and the role may not see of when they are.
	Restricted int
	Skipped    []string // rules that cannot be replayed, and why
	Flooded    int      // rings that came while a flood was on
	Median     float64  // rings in 12 hours
	Most       int      // in 12 hours
	Hour       int      // the most in one hour outside of a flood
	Crowded    bool     // too many to be played through the duty book: every condition is listed as a ring, and the figures are of these
}

// Replay plays the past as the rules would have rung. It is fed the picture of today, for incidents, and that of each day, for
// countries, and then played. What it can do is what a picture knows of the past:
//
//   - An incident is as it is known today. It comes when it came to this desk; where it was there at the first reading of its source,
//     when it was reported, else at some time of when it happened, spread evenly and the same in every run.
//   - Who is near, and the levels, are those of today. States of sources, coverage, the calendar and the desk are not replayed.
//   - What came late rings one by one, where the desk waits up to an hour for more of it.
//   - Somebody acknowledges each alarm ten minutes after it rang, for twelve hours.
type Replay struct {
	rules   rule.Set
	out     Replayed
	events  []replayed
	days    map[time.Time][]Condition
	bands   *Evaluator
	flooded []int // rings that came while a flood was on
}

type replayed struct {
	at   time.Time
	asIf bool
	c    Condition
}

// most is how many conditions are played through a duty book.
const mostReplayed = 20_000

// NewReplay plays the rules in force from one time to another.
func NewReplay(rules rule.Set, from, to time.Time) *Replay {
	r := &Replay{out: Replayed{From: from, To: to}, days: map[time.Time][]Condition{}}
	for _, x := range rules.InForce() {
		switch why := unreplayed(&x); why {
		case "":
			r.rules = append(r.rules, x)
		default:
			r.out.Skipped = append(r.out.Skipped, x.Name+": "+why)
		}
	}
	r.bands = NewEvaluator(r.rules)
	return r
}

// unreplayed says why a rule cannot be replayed; empty if it can.
func unreplayed(r *rule.Rule) string {
	switch r.On {
	case rule.Incident:
		return ""
	case rule.Country:
		for _, f := range [...]string{"blind", "partial", "blind_hours"} {
			if r.When.Uses(f) {
				return "what was covered in the past is not recorded"
			}
		}
		return ""
	case rule.Source, rule.Desk:
		return "states of sources and of the desk in the past are not recorded"
	case rule.Area, rule.Due:
		return "presence and the calendar are not kept"
	}
	return "it is asked of nothing that is kept"
}

// Countries reports whether pictures of each day are needed.
func (r *Replay) Countries() bool {
	return slices.ContainsFunc(r.rules, func(x rule.Rule) bool { return x.On == rule.Country })
}

// Incidents takes the incidents of a picture.
func (r *Replay) Incidents(v picture.View) {
	a := asking{v: v, book: new(duty.Book), now: v.Valid(), sources: map[string]time.Time{}}
	for s := range v.Sources() {
		a.sources[s.Info.Name.String()] = s.Facts.FirstSeen
	}
	for id := range v.Incidents() {
		f, ok := v.Facts(id)
		if !ok {
			continue
		}
		at, asIf := a.came(id, &f)
		if asIf && f.Hidden() {
			r.out.Restricted++
			continue
		}
		if at.Before(r.out.From) || !at.Before(r.out.To) {
			continue
		}
		if is, _ := stands(v, id, &f); !is {
			continue
		}
		r.out.Incidents++
		if asIf {
			r.out.AsIf++
		}
		s := &incidentSubject{v: v, id: id, facts: f, now: at}
		for _, c := range r.bands.conditions(&a, s) {
			if c.Unsure {
				c.Words = duty.ShortWords(cannotExclude + c.Rule + ": " + c.Words)
			}
			if !asIf && a.late(&f) {
				c = Condition{Key: keyOf(rule.Together, at.String()), Rule: rule.Together, Severity: c.Severity, Moment: true, Together: 1, Through: at, Words: "came late: " + c.Words}
				if at.Sub(f.Placed()) > Dated && c.Severity.Above(duty.Medium) {
					c.Severity = duty.Medium
				}
			}
			r.events = append(r.events, replayed{at, asIf, c})
		}
	}
}

// came is when an incident came to this desk, or would have.
func (a *asking) came(id picture.ID, f *picture.Facts) (at time.Time, asIf bool) {
	const content = time.Minute
	first := a.sources[f.Source().String()]
	if !first.IsZero() && f.Received().Sub(first) >= content {
		return f.Received(), false
	}
	if f.Hidden() {
		return f.Received(), true
	}
	iv := f.Interval()
	switch r, ok := a.v.Row(id); {
	case ok && r.Told.Before(f.Received()) && (iv.IsZero() || r.Told.After(iv.End)):
		return r.Told, true
	case iv.IsZero():
		return f.Received(), true
	}
	length := iv.End.Sub(iv.Start)
	if length <= 0 {
		return iv.Start, true
	}
	token := append([]byte(a.v.Token(id)), make([]byte, 8)...)
	return iv.Start.Add(time.Duration(binary.BigEndian.Uint64(token) % uint64(length))), true
}

// Day takes the countries of a picture of the past. Days come in their order.
func (r *Replay) Day(v picture.View) {
	now := v.Valid()
	var ev Evaluation
	changes := levelChanges(v, now)
	for code, list := range changes {
		changes[code] = slices.DeleteFunc(list, func(c level.Change) bool { return c.Seen.After(now) })
	}
	r.bands.countries(v, now, changes, &ev)
	r.days[now] = ev.Conditions
}

// Result plays what was taken.
func (r *Replay) Result() Replayed {
	slices.SortStableFunc(r.events, func(a, b replayed) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.c.Key, b.c.Key)) })
	if len(r.events) > mostReplayed {
		r.out.Crowded = true
		for _, e := range r.events {
			r.out.Rings = append(r.out.Rings, ringOf(e.at, &e.c, e.asIf))
		}
	} else {
		r.play()
	}
	r.figures()
	return r.out
}

func ringOf(at time.Time, c *Condition, asIf bool) Ring {
	return Ring{At: at, Rule: c.Rule, Severity: c.Severity, Unsure: c.Unsure, Words: c.Words, Country: c.Country, Together: c.Together, AsIf: asIf}
}

// player is a duty room in which somebody acknowledges what rings.
type player struct {
	*Replay
	draft *duty.Draft
	acks  []ack
	n     int
}

type ack struct {
	at    time.Time
	alarm string
}

func (p *player) add(at time.Time, b duty.Body) string {
	p.n++
	id := fmt.Sprint("replay-", p.n)
	p.draft.Add(&duty.Entry{ID: id, At: at, Body: b, Word: b.Kind(), By: duty.Vigil})
	return id
}

// play steps through the times at which something comes, and an hour after, for what the rate limit held back.
func (r *Replay) play() {
	p := &player{Replay: r, draft: duty.NewDraft()}
	var times []time.Time
	asIf := map[string]bool{}
	for _, e := range r.events {
		times = append(times, e.at)
		asIf[e.c.Key] = e.asIf
	}
	for t := range r.days {
		times = append(times, t)
	}
	slices.SortFunc(times, time.Time.Compare)
	times = slices.CompactFunc(times, time.Time.Equal)
	var day []Condition
	from := 0
	for k := 0; k < len(times); k++ {
		now := times[k]
		if list, is := r.days[now]; is {
			day = list
		}
		for from < len(r.events) && r.events[from].at.Before(now.Add(-Late)) {
			from++
		}
		ev := Evaluation{Whole: true, Conditions: slices.Clone(day)}
		for i := from; i < len(r.events) && !r.events[i].at.After(now); i++ {
			ev.Conditions = append(ev.Conditions, r.events[i].c)
		}
		if held := p.step(&ev, now, asIf); held > 0 {
			again := now.Add(time.Hour + time.Second)
			if k+1 == len(times) || again.Before(times[k+1]) {
				times = slices.Insert(times, k+1, again)
			}
		}
	}
}

// step is one look at a time of the past.
func (p *player) step(ev *Evaluation, now time.Time, asIf map[string]bool) (heldBack int) {
	for len(p.acks) > 0 && !p.acks[0].at.After(now) {
		a := p.acks[0]
		p.acks = p.acks[1:]
		p.add(a.at, &duty.Ack{Alarm: a.alarm, Owner: duty.Words("duty officer"), Reason: duty.Words("replay"), Until: a.at.Add(12 * time.Hour)})
	}
	steps := Step(ev, p.rules, p.draft.Book(), Manned{}, now)
	rang := len(p.out.Rings)
	for _, w := range steps.Writes {
		switch b := w.Body.(type) {
		case *duty.Raise:
			id := p.add(now, b)
			p.out.Rings = append(p.out.Rings, Ring{
				At: now, Rule: b.Rule, Severity: b.Severity, Unsure: b.Unsure, Words: b.Words.String(), Country: b.Country, Together: b.Together, AsIf: asIf[b.Key],
			})
			p.acks = append(p.acks, ack{now.Add(10 * time.Minute), id})
		case *duty.Clear:
			p.add(now, b)
		}
	}
	if _, on := Flood(p.draft.Book(), nil, now); on {
		p.out.Flooded += len(p.out.Rings) - rang
		for i := rang; i < len(p.out.Rings); i++ {
			p.flooded = append(p.flooded, i)
		}
	}
	return steps.HeldBack
}

// figures counts the rings in 12 hours, from 06:00 and 18:00 UTC, and in any hour.
func (r *Replay) figures() {
	const watch = 12 * time.Hour
	begin := r.out.From.UTC().Truncate(watch).Add(-6 * time.Hour)
	var counts []int
	for t := begin; t.Before(r.out.To); t = t.Add(watch) {
		counts = append(counts, 0)
	}
	for _, ring := range r.out.Rings {
		if n := int(ring.At.Sub(begin) / watch); n >= 0 && n < len(counts) {
			counts[n]++
		}
	}
	slices.Sort(counts)
	if n := len(counts); n > 0 {
		r.out.Median, r.out.Most = float64(counts[(n-1)/2]+counts[n/2])/2, counts[n-1]
	}
	flooded := map[int]bool{}
	for _, i := range r.flooded {
		flooded[i] = true
	}
	var calm []time.Time
	for i, ring := range r.out.Rings {
		if !flooded[i] {
			calm = append(calm, ring.At)
		}
	}
	slices.SortFunc(calm, time.Time.Compare)
	first := 0
	for i, t := range calm {
		for t.Sub(calm[first]) >= time.Hour {
			first++
		}
		r.out.Hour = max(r.out.Hour, i-first+1)
	}
}
