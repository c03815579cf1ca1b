package picture

import (
	"cmp"
	"math"
	"slices"
	"sync"
	"time"

	"vigil/internal/background"
	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/presence"
	"vigil/internal/profile"
	"vigil/internal/safetext"
)

// Picture is the desk's picture at one pair of times. It is immutable.
type Picture struct {
	options  Options
	known    time.Time
	valid    time.Time
	live     bool
	rows     rows
	listed   listings
	ends     uint64 // versions that had ceased to stand by the publication
	timeline timeline
	excluded []handle
	sources  []Source // in the order of their labels' first sight, which rows index
	bySource []int    // the same by name
	cover    []health.Source
	// staffCover are those of cover that say whether staff were harmed.
	staffCover []health.Source
	levels     LevelSet
	presence   presence.Ledger
	notes      []safetext.Text
	// What stands beside the incidents.
	advisories []level.Advisory
	positions  []presence.Position
	tracked    func() []presence.Tracked // the same joined to the ledger, worked out once
	located    func() (presence.Ledger, []presence.Tracked)
	// whereabouts is where staff are, worked out when it is asked for.
	whereabouts func() *whereabouts
	rates       []background.Rate
	forecasts   []forecast
	planned     func() []Due // what the calendar expects, worked out once
	profiles    profile.Set
	subjects    map[incident.Identity]ID // that the duty log names
	log         changelog
	// replacements are all that have arrived; those of incidents that are not listed are passed over.
	replacements []replacement
	tellings     tellings
	uncompared   int
	successors   map[ID]ID // of the incidents of a picture made ahead
	totals       Totals
	summary      []Country
}

// Totals count the incidents of the picture.
type Totals struct {
	Total          int // distinct, actual, uncancelled; hazards included, a conflict once
	Hazards        int
	UnknownTime    int
	UnknownCountry int
	Conflicts      int
	Cancelled      int // cancelled or withdrawn
	Refuted        int
	Excluded       int // of the status of another desk (exercise or test on a real one, actual on an exercise), drafts, and messages of systems
	UnknownWords   int // incidents with a word that no vocabulary has
	Restricted     int
	Forecasts      int
	Misplaced      int // whose position is in none of the countries that they state
	Reports        int // what was written, apart from what happened
	Merged         int // incidents that are not counted because another source's tells of the same event
	Proposed       int // events of which another source may tell, too
	SingleSource   int // events of which one source alone tells
}

// Publish makes the live picture at now.
func (s *Store) Publish(now time.Time) *Picture {
	s.gather(s.portion())
	p := &Picture{
		options: s.options, known: now, valid: now, live: true,
		rows: s.rows, excluded: s.excluded,
		tellings: s.tellings.publish(), uncompared: s.events.Left(),
		timeline: s.order.publish(), listed: s.listed.publish(),
		sources: s.drawSources(now),
	}
	s.noteStates(p.sources, now)
	s.noteOverdue(now)
	p.levels, _ = s.levels.by(p)
	s.settle(p)
	return p
}

// At makes the picture of what was known at known, evaluated as of valid. Neither may be later than
// now, the time of the newest arrival.
func (s *Store) At(known, valid, now time.Time) *Picture {
	if !known.Before(now) && !valid.Before(now) {
		return s.Publish(now)
	}
	p := &Picture{options: s.options, known: known, valid: valid, rows: s.rows, sources: s.drawSources(now)}
	if d := p.options.Desk.Duty; d != nil { // what people did after either time they had not done
		p.options.Desk.Duty = d.Until(slices.MinFunc([]time.Time{known, valid}, time.Time.Compare))
	}
	if known.Before(now) {
		p.timeline, p.listed, p.tellings = s.orderAt(known)
	} else {
		s.gather(math.MaxInt)
		p.timeline, p.listed, p.tellings = s.order.publish(), s.listed.publish(), s.tellings.publish()
	}
	p.timeline = p.begunOf(p.timeline)
	for _, h := range s.excluded {
		if !s.rows.received(h).After(known) {
			p.excluded = append(p.excluded, h)
		}
	}
	p.levels, _ = s.levels.at(known)
	p.levels = levelsInForce(p.levels, valid)
	s.settle(p)
	return p
}

// settle draws the conclusions of a picture whose rows are chosen.
func (s *Store) settle(p *Picture) {
	set, _ := s.presence.by(p)
	p.presence = set.Ledger
	if !p.live {
		p.presence = presenceBy(p.presence, p.valid)
	}
	p.notes = s.notes
	p.ends = s.ends
	p.successors = s.successors
	p.log, p.replacements = s.log, s.replacements
	if !p.live {
		p.log = s.log.until(p.known, &s.rows)
	}
	s.stockOf(p)
	p.located = sync.OnceValues(func() (presence.Ledger, []presence.Tracked) {
		return presence.Locate(p.presence, p.positions, p.valid)
	})
	p.tracked = func() []presence.Tracked {
		_, tracked := p.located()
		return tracked
	}
	p.whereabouts = sync.OnceValue(p.whereaboutsOf)
	if !p.unread() { // until then nobody answers for anything
		p.cover = coverSources(p.sources)
		p.staffCover = tellingOfStaff(p.cover)
	}
	for i := range p.sources {
		if !p.sources[i].retired {
			p.bySource = append(p.bySource, i)
		}
	}
	slices.SortFunc(p.bySource, func(a, b int) int {
		return cmp.Compare(p.sources[a].Info.Name.String(), p.sources[b].Info.Name.String())
	})
	p.profiles, _ = s.profiles.by(p)
	p.subjects = s.subjects.settle(s, p.options.Desk.Duty)
	entries, _ := s.calendar.by(p)
	p.planned = sync.OnceValue(func() []Due { return p.planDue(entries) })
	all := s.surveyOf(p)
	p.forecasts = all.forecasts
	p.summarise(all)
}

// orderAt lists the incidents as the desk knew them at known.
func (s *Store) orderAt(known time.Time) (timeline, listings, tellings) {
	var o order
	l := listings{veiled: s.restrictedNow()}
	at := known.UnixNano()
	for id := ID(1); int(id) <= s.names.n; id++ {
		past := *s.open(id)
		for past.last != 0 && s.rows.received(past.last).UnixNano() > at {
			past.last = s.rows.before(past.last)
		}
		if past.last == 0 {
			continue
		}
		it := s.itemOf(&past, id, func(h handle) bool { return s.rows.stoodAt(h, at) }, at)
		l.set(it)
	}
	t := s.tellingsAt(&l, known)
	for id := ID(1); int(id) <= s.names.n; id++ {
		it, ok := l.of(id)
		if !ok {
			continue
		}
		if m := t.marks(it.id); m != 0 {
			it.marks |= m
			l.set(it)
		}
		it.key = account{rows: &s.rows, h: it.shown, fill: t.fillOf(it)}.key()
		if it.marks&unlistedMarks == 0 {
			o.insert(it.place())
		}
	}
	return o.publish(), l.publish(), t
}

// levelsInForce leaves out the areas whose level began after t: what held before it is not known.
func levelsInForce(set LevelSet, t time.Time) LevelSet {
	out := make(LevelSet, 0, len(set))
	for _, c := range set {
		areas := c.Areas[:0:0]
		for _, a := range c.Areas {
			if a.Since.IsZero() || a.Since.Start.Before(t) {
				areas = append(areas, a)
			}
		}
		if c.Areas = areas; len(areas) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// presenceBy leaves out figures of after t: where people were before is not known from them.
func presenceBy(l presence.Ledger, t time.Time) presence.Ledger {
	groups := l.Groups[:0:0]
	for _, g := range l.Groups {
		if g.AsOf.IsZero() || !g.AsOf.After(t) {
			groups = append(groups, g)
		}
	}
	l.Groups = groups
	l.People = slices.DeleteFunc(slices.Clone(l.People), func(p presence.Person) bool { return p.LastContact.Start.After(t) })
	return l
}

// counts reports whether the incident is in any figure: it stands, uncancelled, and had begun by
// the time of the picture.
func (p *Picture) counts(it item) bool {
	a := p.account(it)
	return it.marks&(cancelled|withdrawn) == 0 && a.traits()&(isForecast|isReport) == 0 && p.begun(a)
}

// begun reports whether an incident had begun by the time of the picture, or a report had been told. In a live one
// everything has: a clock that runs ahead by less than the tolerance hides nothing.
func (p *Picture) begun(a account) bool {
	switch {
	case p.live:
		return true
	case a.traits()&isReport != 0:
		told, ok := p.rows.placedAt(a.h)
		return !ok || told < nanos(p.valid)
	default:
		return !a.timed() || a.span().start < nanos(p.valid)
	}
}

// activeAt reports whether what happened is still going on at the time of the picture. Where the last word of something open is
// its receipt, that counts for no more than what it came in: a copy of an old file makes nothing active.
func (p *Picture) activeAt(a account) bool {
	if !a.activeAt(p.valid) {
		return false
	}
	if _, heard := a.heardUntil(); !heard {
		return true
	}
	content := p.sources[p.rows.source(a.h)].Facts.ContentTime
	return content.IsZero() || content.Add(incident.OngoingHold).After(p.valid)
}

// begunOf leaves out what had not begun by the time of the picture.
func (p *Picture) begunOf(t timeline) timeline {
	var o order
	for at := range t.all {
		it, _ := p.listed.of(at.id)
		if p.begun(p.account(it)) {
			o.insert(at)
		}
	}
	return o.publish()
}

// unlisted reports whether the incident uses a word that no vocabulary has.
func unlisted(i *incident.Incident) bool {
	if i.Act.Unlisted() || i.Threat.Unlisted() || i.Severity.Unlisted() || i.Verification.Unlisted() ||
		i.Target.Unlisted() || i.Holder.Unlisted() || i.Handling.Unlisted() {
		return true
	}
	for _, a := range i.Affected {
		if a.Outcome.Unlisted() || a.Population.Unlisted() || a.Recruitment.Unlisted() || a.Sex.Unlisted() {
			return true
		}
	}
	return false
}

func (t *Totals) add(p *Picture, it item, a account) {
	if it.marks&(cancelled|withdrawn) != 0 {
		t.Cancelled++
		return
	}
	is := a.traits()
	if is&isReport != 0 {
		if p.begun(a) {
			t.Reports++
		}
		return
	}
	if is&isForecast != 0 {
		t.Forecasts++
		return
	}
	if !p.begun(a) {
		return
	}
	t.Total++
	if n := len(p.tellings.at(it.id).party()); n > 1 {
		t.Merged += n - 1
	} else {
		t.SingleSource++
	}
	if it.marks&perhaps != 0 {
		t.Proposed++
	}
	count := func(n *int, is bool) {
		if is {
			*n++
		}
	}
	count(&t.UnknownTime, !a.timed())
	count(&t.Conflicts, it.marks&conflicting != 0)
	if is == 0 {
		return
	}
	count(&t.Hazards, is&isHazard != 0)
	count(&t.UnknownCountry, is&isPlaceless != 0)
	count(&t.Refuted, is&isRefuted != 0)
	count(&t.UnknownWords, is&usesUnlisted != 0)
	count(&t.Restricted, is&isRestricted != 0)
	count(&t.Misplaced, is&isMisplaced != 0)
}

// homeName is the display name of a country, as the desk chose.
func (p *Picture) homeName(c country.Code) safetext.Text {
	return safetext.Clean(p.options.Desk.CountryNames.Name(c))
}
