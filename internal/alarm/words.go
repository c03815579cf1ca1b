package alarm

import (
	"slices"
	"strings"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/duty"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/saying"
)

// cannotExclude begins the words of what is not known.
const cannotExclude = "cannot exclude: "

// clock writes a time into words that are read later, with its date where that is not the day on which it rang. Ages would not stay true.
func clock(t, now time.Time) string { return health.Moment(t, now) + "Z" }

// word is a word of a file contract as people read it.
func word(snake string) saying.Saying { return saying.Word(strings.ReplaceAll(snake, "_", " ")) }

// restrictedWords is all that is said of what the duty officer may not see.
const restrictedWords = "Restricted incident: security lead only"

// OfRestricted reports whether an alarm rang for an incident that was restricted by then: the log does not name which. Of what became
// restricted since, the picture knows (HidesAlarm).
func OfRestricted(r *duty.Raise) bool {
	return r.Rule == rule.RestrictedIncident || strings.HasPrefix(r.Words.String(), restrictedWords)
}

// words of an incident: where, what, to whom, how sure, who is near.
func (s *incidentSubject) words(near bool) saying.Saying {
	if s.facts.Hidden() {
		return saying.Of("Restricted incident: security lead only")
	}
	sure := saying.Of("verification unknown")
	if v, listed := s.facts.Verification(); listed {
		sure = saying.Word(v.String())
	}
	n, _ := s.facts.Tellings()
	out := saying.Join(", ", saying.Join(" ", append(s.where(), s.did())...), s.harm(), sure, saying.Count(n, "source", "sources"))
	if near {
		for km, n := range s.near {
			return saying.Join("; ", out, nearWords(&n, km, s.now))
		}
	}
	return out
}

func (s *incidentSubject) did() saying.Saying {
	a, listed := s.facts.Act()
	if !listed {
		if text := s.version().Act.Text; !text.IsZero() {
			return saying.Text(text.String())
		}
	}
	return word(a.String())
}

// worded are the harms in the order in which words tell them: what a life depends on first.
var worded = func() []incident.Outcome {
	list := []incident.Outcome{incident.Killed, incident.Abducted, incident.Missing, incident.Injured, incident.Detained}
	for _, w := range harms {
		if o := incident.ParseOutcome(w).Value; !slices.Contains(list, o) {
			list = append(list, o)
		}
	}
	return list
}()

// harm is what happened to staff, and to people of whom it is not said whether they are staff, as far as it was counted.
func (s *incidentSubject) harm() saying.Saying {
	b := s.version().Affected
	var sure, unsaid []saying.Saying
	for _, o := range worded {
		n, known := b.Staff(o)
		word := strings.ReplaceAll(o.String(), "_", " ")
		if n > 0 {
			sure = append(sure, saying.Count(n, word, word))
		}
		if all, counted := b.Outcome(o); !known && counted && all > n {
			unsaid = append(unsaid, saying.Count(all-n, word, word))
		}
	}
	words := saying.Join(" ", sure...)
	if len(unsaid) == 0 {
		return words
	}
	return saying.Join(", ", words, saying.Of("%s (not said whether staff)", saying.Join(" ", unsaid...)))
}

// nearWords says who is near, and of when that is: "near (25 km) 31 (28n 3i) +9 no fix, presence of 12:30Z".
func nearWords(n *picture.Near, km float64, now time.Time) saying.Saying {
	who := []saying.Saying{saying.Of("near (%s km) %d", saying.Exact(km), n.Sure.Total)}
	if n.Sure.National+n.Sure.International > 0 {
		who = append(who, saying.Of("(%dn %di)", n.Sure.National, n.Sure.International))
	}
	if vague := n.Perhaps.Total - n.NoFix.Total; vague > 0 {
		who = append(who, saying.Of("+%d perhaps", vague))
	}
	if n.NoFix.Total > 0 {
		who = append(who, saying.Of("+%d no fix", n.NoFix.Total))
	}
	if n.Unbounded {
		who = append(who, saying.Of("+? others"))
	}
	parts := []saying.Saying{saying.Join(" ", who...)}
	if !n.Located {
		parts = append(parts, saying.Of("place of the incident unknown"))
	}
	if n.AsOf.IsZero() {
		parts = append(parts, saying.Of("presence of unknown age"))
	} else {
		parts = append(parts, saying.Of("presence of %s", clock(n.AsOf, now)))
	}
	return saying.Join(", ", parts...)
}

// words of a country: what the rule asks about.
func (s *countrySubject) words(uses func(string) bool) saying.Saying {
	var parts []saying.Saying
	if uses("level_raised") || uses("level_lowered") {
		parts = append(parts, changeWords(s.changes)...)
	}
	if n := s.c.Level.Expired; n > 0 && (uses("levels_expired") || uses("level")) {
		parts = append(parts, saying.Count(n, "official level expired", "official levels expired"))
	}
	if uses("estimate") || uses("estimate_rise") {
		parts = append(parts, s.estimateWords())
	}
	if uses("trend") || uses("recent") {
		if t := &s.c.Trend; t.Known {
			parts = append(parts, saying.Of("%s times its own normal, %d in 30 days to %s", saying.Decimal(t.Ratio, 1), t.Recent, t.Until.UTC().Format(time.DateOnly)))
		} else {
			parts = append(parts, saying.Of("its own normal is not known"))
		}
	}
	if uses("blind") || uses("partial") || uses("blind_hours") {
		parts = append(parts, s.blindWords())
	}
	if s.c.HasStaff && (uses("staff") || uses("blind")) {
		parts = append(parts, staffWords(s.c.Staff.Total))
	}
	code := s.c.Code.Alpha3()
	where := saying.Join(" ", saying.Text(code), saying.Country(code, s.c.Name.String()))
	if len(parts) == 0 {
		return saying.Of("%s:", where)
	}
	return saying.Of("%s: %s", where, saying.Join(", ", parts...))
}

func staffWords(n int) saying.Saying { return saying.Count(n, "staff", "staff") }

func (s *countrySubject) estimateWords() saying.Saying {
	if !s.c.Estimate.Known {
		return saying.Of("estimate unknown")
	}
	band := s.c.Estimate.Worst.Band
	is := saying.Word(band.Label())
	if was := int(band) - int(s.rise.Lo); s.rise.Known() && s.rise.Lo > 0 {
		return saying.Of("estimate %s, from %s", is, saying.Word(level.Band(was).Label()))
	}
	return saying.Of("estimate %s", is)
}

func (s *countrySubject) blindWords() saying.Saying {
	since := s.c.Coverage.Since
	switch s.c.Coverage.State {
	case health.Blind:
		if since.IsZero() {
			return saying.Of("BLIND, no source ever covered it")
		}
		return saying.Of("BLIND since %s", clock(since, s.now))
	case health.Partial:
		var unseen []saying.Saying
		for _, t := range s.c.Coverage.Unseen() {
			unseen = append(unseen, word(t.String()))
		}
		what := saying.Join(", ", unseen...)
		if since.IsZero() {
			return saying.Of("cannot see %s, no source ever covered it", what)
		}
		return saying.Of("cannot see %s since %s", what, clock(since, s.now))
	case health.Covered, health.Recorded, health.Reading:
	}
	return saying.Of("coverage %s", saying.Word(s.c.Coverage.State.String()))
}

func changeWords(changes []level.Change) []saying.Saying {
	var parts []saying.Saying
	for i := range changes {
		c := &changes[i]
		area := c.Area.String()
		switch {
		case c.From == 0:
			parts = append(parts, saying.Of("%s official level %d, new", area, c.To))
		case c.To == 0:
			parts = append(parts, saying.Of("%s official level %d withdrawn", area, c.From))
		default:
			parts = append(parts, saying.Of("%s official level %d to %d", area, c.From, c.To))
		}
	}
	return parts
}

func (s *sourceSubject) words() saying.Saying {
	out := saying.Join(" ", saying.Text(s.s.Info.Name.String()), saying.Word(strings.ToUpper(s.s.State.String())))
	if since := s.s.Facts.EndedAt(&s.s.Info.Profile); troubled(s.s) && !since.IsZero() {
		out = saying.Of("%s since %s", out, clock(since, s.now))
	}
	if _, reason := s.s.Facts.Lasting(&s.s.Info.Profile, s.now); !reason.IsZero() {
		out = saying.Of("%s: %s", out, reason)
	}
	return out
}

func (s *areaSubject) words() saying.Saying {
	name := saying.Text(s.staff.Area.String())
	if name.IsZero() {
		name = saying.Of("area unknown")
	}
	parts := []saying.Saying{staffWords(s.staff.Staff)}
	switch {
	case s.staff.Zones > 0:
		parts = append(parts, saying.Count(s.staff.Zones, "warden zone", "warden zones"))
	case s.staff.Counted == s.staff.Staff && s.staff.Staff > 0:
		parts = append(parts, saying.Of("only counted: of warden zones nothing is known"))
	default:
		parts = append(parts, saying.Of("no warden zone"))
	}
	if s.area != nil && s.area.Expired(s.now) {
		parts = append(parts, saying.Of("official level expired"))
	}
	return saying.Of("%s: %s", saying.Join(" ", saying.Text(s.staff.Country.Alpha3()), name), saying.Join(", ", parts...))
}

func (s *dueSubject) words() saying.Saying {
	title := s.title()
	if area := s.d.Area.String(); area != "" && !s.d.Restricted && !strings.Contains(strings.ToLower(title.String()), strings.ToLower(area)) {
		title = saying.Join(", ", title, saying.Text(area))
	}
	when := saying.Of("due %s", clock(s.d.End, s.now))
	if s.now.After(s.d.End) {
		when = saying.Of("OVERDUE since %s", clock(s.d.End, s.now))
	}
	return saying.Of("%s: %s", word(s.d.Kind), saying.Join(", ", title, when))
}

// title is what is due: of what follows from the duty log in words that can be said, else as it was written.
func (s *dueSubject) title() saying.Saying {
	title := s.d.Title.String()
	if s.d.Flash && s.d.Number > 0 {
		if said := saying.Of("flash %d on %s", s.d.Number, saying.Word(s.d.Called)); said.String() == title {
			return said
		}
	}
	switch {
	case title == "":
		return word(s.d.Kind)
	case s.d.Restricted: // it is ours
		return saying.Word(title)
	}
	return saying.Text(title)
}

func (s *deskSubject) words(uses func(string) bool) saying.Saying {
	var parts []saying.Saying
	if uses("network_down") || uses("polled") || uses("polled_failed") {
		parts = append(parts, saying.Of("%d of %d fetched sources failed", s.failed, s.polled))
	}
	if uses("not_recorded") {
		parts = append(parts, s.v.Desk().Recording)
	}
	if uses("blind") {
		blind, _ := s.v.Blindness()
		parts = append(parts, saying.Count(blind, "country blind", "countries blind"))
	}
	parts = append(parts, s.watchWords(uses)...)
	if uses("alarms") {
		parts = append(parts, saying.Count(s.alarms, "alarm needs somebody", "alarms need somebody"))
	}
	if said := saying.Join(", ", parts...); !said.IsZero() {
		return said
	}
	return saying.Of("the desk")
}
