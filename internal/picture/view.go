package picture

import (
	"iter"
	"sort"
	"time"

	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/presence"
	"vigil/internal/risk"
	"vigil/internal/safetext"
)

// Role is what a viewer may see.
type Role uint8

// The roles. A duty officer sees everything but restricted records, a security lead these as well. The
// one local viewer is a duty officer; the zero Role is one, so that nobody becomes a lead by omission.
const (
	DutyOfficer Role = iota
	SecurityLead
)

// String is the role as the duty log writes it.
func (r Role) String() string {
	if r == SecurityLead {
		return "security lead"
	}
	return "duty officer"
}

// View is the picture as one viewer may see it. It is a small value, immutable like its
// Picture, and the only thing that screens, printers, search and exports are given.
type View struct {
	p    *Picture
	role Role
}

// For is the picture as role may see it.
func (p *Picture) For(role Role) View { return View{p, role} }

// IsZero reports whether there is no picture yet.
func (v View) IsZero() bool { return v.p == nil }

// Same reports whether two views show the same picture to the same role, so that what was drawn
// of the one stands for the other.
func (v View) Same(o View) bool { return v == o }

// Role is whose view it is.
func (v View) Role() Role { return v.role }

// Desk is the desk as a whole.
func (v View) Desk() Desk { return v.p.options.Desk }

// Attended is when a person last did anything at the desk: what is written in its log, or a key on a console; zero if nobody is known to
// have. What is dated later than now, by a clock that was ahead, says nothing of when that was.
func (v View) Attended() (at time.Time) {
	if v.IsZero() {
		return time.Time{}
	}
	for _, sign := range [...]time.Time{v.Duty().Attended(), v.p.options.Desk.Attended} {
		if sign.After(at) && !sign.After(v.p.valid.Add(incident.FutureTolerance)) {
			at = sign
		}
	}
	return at
}

// Duty is what is open at the desk by its duty log: alarms, who was told, who has the watch. Never nil.
func (v View) Duty() *duty.Book {
	if v.IsZero() || v.p.options.Desk.Duty == nil {
		return emptyBook
	}
	return v.p.options.Desk.Duty
}

var emptyBook = duty.NewDraft().Book()

// CountryNames is which names of countries the desk shows; the default of a view of nothing.
func (v View) CountryNames() country.Naming {
	if v.IsZero() {
		return country.M49
	}
	return v.p.options.Desk.CountryNames
}

// Known is the knowledge time of the picture.
func (v View) Known() time.Time { return v.p.known }

// Valid is the time as of which it is evaluated.
func (v View) Valid() time.Time { return v.p.valid }

// Live reports whether both times are now; otherwise coverage is "recorded".
func (v View) Live() bool { return v.p.live }

// Totals count the incidents of the picture.
func (v View) Totals() Totals { return v.p.totals }

// Notes is what stands against the levels and presence shown, such as a bad file whose last good
// state is kept.
func (v View) Notes() []safetext.Text { return v.p.notes }

// Sources yields the sources by name.
func (v View) Sources() iter.Seq[*Source] {
	return func(yield func(*Source) bool) {
		for _, i := range v.p.bySource {
			if !yield(&v.p.sources[i]) {
				return
			}
		}
	}
}

// StateCounts is how many sources are in each state, indexed by health.State.
type StateCounts [health.Live + 1]int

// States counts the sources by state: the header of every screen shows it. Those whose files are still unread, or
// read in part only, are left out: what they are is not known yet.
func (v View) States() StateCounts {
	var n StateCounts
	for _, i := range v.p.bySource {
		if !v.p.sources[i].Unread {
			n[v.p.sources[i].State]++
		}
	}
	return n
}

// Blindness is how many of the countries shown are blind and partly covered.
func (v View) Blindness() (blind, partial int) { return blindness(v.Countries()) }

func blindness(countries iter.Seq[*Country]) (blind, partial int) {
	for c := range countries {
		switch c.Coverage.State {
		case health.Blind:
			blind++
		case health.Partial:
			partial++
		case health.Covered, health.Recorded, health.Reading:
		}
	}
	return blind, partial
}

// Countries yields the countries by code: home countries, those with staff or levels, and those
// with an incident in the last year. The pointed-to rows must not be changed.
func (v View) Countries() iter.Seq[*Country] {
	return func(yield func(*Country) bool) {
		for i := range v.p.summary {
			if !yield(&v.p.summary[i]) {
				return
			}
		}
	}
}

// Country is the row of one country.
func (v View) Country(c country.Code) (*Country, bool) {
	for i := range v.p.summary {
		if v.p.summary[i].Code == c {
			return &v.p.summary[i], true
		}
	}
	return nil, false
}

// Covers lists, for the coverage matrix, the sources that look at category t in c, by name.
func (v View) Covers(c country.Code, t incident.Threat) []*Source {
	var list []*Source
	for s := range v.Sources() {
		cover := health.Source{Profile: s.Info.Profile}
		if cover.Looks(c, t) {
			list = append(list, s)
		}
	}
	return list
}

// Len is the number of incidents listed, cancelled ones included. In a picture of the past, those that
// had not begun are not listed.
func (v View) Len() int { return v.p.timeline.n }

// At is the incident at position i of the list, newest first.
func (v View) At(i int) ID { return v.p.timeline.at(i).id }

// Incidents yields the incidents listed, newest first.
func (v View) Incidents() iter.Seq[ID] {
	return func(yield func(ID) bool) {
		for it := range v.p.timeline.all {
			if !yield(it.id) {
				return
			}
		}
	}
}

// Groups yields the staff of a country, by area, organisation, population, recruitment and sex.
func (v View) Groups(c country.Code) []presence.Group {
	var list []presence.Group
	for _, g := range v.p.presence.Groups {
		if g.Country == c {
			list = append(list, g)
		}
	}
	return list
}

// Differences lists where a roster and a headcount of c disagree; the roster is what is shown.
func (v View) Differences(c country.Code) []presence.Difference {
	var list []presence.Difference
	for _, d := range v.p.presence.Differences {
		if d.Country == c {
			list = append(list, d)
		}
	}
	return list
}

// Merged is how many roster rows spoke of a person who stands elsewhere too.
func (v View) Merged() int { return v.p.presence.Merged }

// LastChange is the sequence number of the newest change; 0 when there is none.
func (v View) LastChange() int { return v.p.log.n }

// Changes yields the changes after sequence number seq, oldest first.
func (v View) Changes(seq int) iter.Seq[*Change] {
	return func(yield func(*Change) bool) {
		for i := max(0, seq); i < v.p.log.n; i++ {
			c := v.p.log.at(i, &v.p.rows)
			if !yield(&c) {
				return
			}
		}
	}
}

// OtherChanges yields those of Changes that are not of incidents, which may be a million.
func (v View) OtherChanges(seq int) iter.Seq[*Change] {
	return func(yield func(*Change) bool) {
		others := v.p.log.others
		first := sort.Search(len(others), func(k int) bool { return others[k].Seq > seq })
		for k := first; k < len(others); k++ {
			if others[k].Kind != IncidentChanged && !yield(&others[k]) {
				return
			}
		}
	}
}

// LevelChanges lists the changes of official levels seen since t, newest first.
func (v View) LevelChanges(since time.Time) []level.Change {
	var list []level.Change
	for c := range v.p.log.backward {
		if c.Kind == LevelChanged && !c.At.Before(since) {
			list = append(list, c.Level)
		}
	}
	return list
}

// Estimate is the estimate of a country again, with the incidents behind it.
func (v View) Estimate(c country.Code) risk.Estimate {
	known, ok := v.Country(c)
	if !ok {
		return risk.Estimate{}
	}
	return v.estimate(known, known.Staff.Total, known.HasStaff, func(account) bool { return true })
}

// AreaEstimate is the estimate of one security level area, from the incidents that can be placed in
// it by their place or first administrative level, and the staff whose area it is.
func (v View) AreaEstimate(c *Country, area int) risk.Estimate {
	staff, staffed := 0, false
	for _, g := range v.Groups(c.Code) {
		if sameName(g.Area.String(), c.Levels.Areas[area].Name.String()) {
			staff, staffed = staff+g.Total, true
		}
	}
	return v.estimate(c, staff, staffed, func(a account) bool {
		in, ok := areaOf(c.Levels, a.spot())
		return ok && in == area
	})
}

func areaOf(levels *level.Country, at spot) (int, bool) {
	if levels == nil {
		return 0, false
	}
	if in, ok := levels.AreaOf(at.place, sameName); ok {
		return in, true
	}
	return levels.AreaOf(at.admin1, sameName)
}

func (v View) estimate(c *Country, staff int, staffed bool, takes func(account) bool) risk.Estimate {
	p := v.p
	e := risk.New(p.options.Risk, p.valid, p.knowledge(c.Code, &c.Coverage), staff, staffed, true)
	for it := range p.items {
		if a := p.account(it); p.counts(it) && a.in(c.Code) && !a.refuted() && takes(a) {
			ev := a.evidence(a.span())
			e.Add(&ev)
		}
	}
	return e.Estimate()
}

// Behind lists the incidents behind the window of length in c, newest first: sure ones and those
// that only may belong.
func (v View) Behind(c country.Code, length time.Duration) (sure, maybe []ID) {
	p := v.p
	from := p.valid.Add(-length)
	for it := range p.items {
		a := p.account(it)
		if !p.counts(it) || !a.in(c) || a.traits()&isHazard != 0 || a.refuted() {
			continue
		}
		switch iv := a.interval(); {
		case iv.Within(from, p.valid):
			sure = append(sure, it.id)
		case iv.Overlaps(from, p.valid):
			maybe = append(maybe, it.id)
		}
	}
	return sure, maybe
}
