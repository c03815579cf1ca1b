package alarm

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/duty"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/picture"
)

// cannotExclude begins the words of what is not known.
const cannotExclude = "cannot exclude: "

// clock writes a time into words that are read later, with its date where that is not the day on which it rang. Ages would not stay true.
func clock(t, now time.Time) string { return health.Moment(t, now) + "Z" }

// counted writes a number of what there are so many of.
func counted(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// restrictedWords is all that is said of what the duty officer may not see.
const restrictedWords = "Restricted incident: security lead only"

// OfRestricted reports whether an alarm rang for an incident that was restricted by then: the log does not name which. Of what became
// restricted since, the picture knows (HidesAlarm).
func OfRestricted(r *duty.Raise) bool {
	return r.Rule == rule.RestrictedIncident || strings.HasPrefix(r.Words.String(), restrictedWords)
}

// words of an incident: where, what, to whom, how sure, who is near.
func (s *incidentSubject) words(near bool) string {
	if s.facts.Hidden() {
		return restrictedWords
	}
	parts := []string{s.where() + " " + s.did()}
	if harm := s.harm(); harm != "" {
		parts = append(parts, harm)
	}
	if v, listed := s.facts.Verification(); listed {
		parts = append(parts, v.String())
	} else {
		parts = append(parts, "verification unknown")
	}
	n, _ := s.facts.Tellings()
	parts = append(parts, counted(n, "source", "sources"))
	out := strings.Join(parts, ", ")
	if near {
		for km, n := range s.near {
			out += "; " + NearWords(&n, km, s.now)
			break
		}
	}
	return out
}

func (s *incidentSubject) did() string {
	a, listed := s.facts.Act()
	if !listed {
		if text := s.version().Act.Text; !text.IsZero() {
			return text.String()
		}
	}
	return strings.ReplaceAll(a.String(), "_", " ")
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
func (s *incidentSubject) harm() string {
	b := s.version().Affected
	var sure, unsaid []string
	for _, o := range worded {
		n, known := b.Staff(o)
		word := strings.ReplaceAll(o.String(), "_", " ")
		if n > 0 {
			sure = append(sure, fmt.Sprintf("%d %s", n, word))
		}
		if all, counted := b.Outcome(o); !known && counted && all > n {
			unsaid = append(unsaid, fmt.Sprintf("%d %s", all-n, word))
		}
	}
	words := strings.Join(sure, " ")
	if len(unsaid) == 0 {
		return words
	}
	if words != "" {
		words += ", "
	}
	return words + strings.Join(unsaid, " ") + " (not said whether staff)"
}

// NearWords says who is near, and of when that is: "near 31 (28n 3i) +9 no fix, presence of 12:30Z".
func NearWords(n *picture.Near, km float64, now time.Time) string {
	var b strings.Builder
	fmt.Fprintf(&b, "near (%g km) %d", km, n.Sure.Total)
	if n.Sure.National+n.Sure.International > 0 {
		fmt.Fprintf(&b, " (%dn %di)", n.Sure.National, n.Sure.International)
	}
	if vague := n.Perhaps.Total - n.NoFix.Total; vague > 0 {
		fmt.Fprintf(&b, " +%d perhaps", vague)
	}
	if n.NoFix.Total > 0 {
		fmt.Fprintf(&b, " +%d no fix", n.NoFix.Total)
	}
	if n.Unbounded {
		b.WriteString(" +? others")
	}
	if !n.Located {
		b.WriteString(", place of the incident unknown")
	}
	switch {
	case n.AsOf.IsZero():
		b.WriteString(", presence of unknown age")
	default:
		b.WriteString(", presence of " + clock(n.AsOf, now))
	}
	return b.String()
}

// words of a country: what the rule asks about.
func (s *countrySubject) words(uses func(string) bool) string {
	var parts []string
	if uses("level_raised") || uses("level_lowered") {
		parts = append(parts, changeWords(s.changes)...)
	}
	if uses("levels_expired") || uses("level") {
		if n := s.c.Level.Expired; n > 0 {
			parts = append(parts, counted(n, "official level expired", "official levels expired"))
		}
	}
	if uses("estimate") || uses("estimate_rise") {
		band := "estimate unknown"
		if s.c.Estimate.Known {
			band = "estimate " + s.c.Estimate.Worst.Band.Label()
			if was := int(s.c.Estimate.Worst.Band) - int(s.rise.Lo); s.rise.Known() && s.rise.Lo > 0 {
				band += ", from " + level.Band(was).Label()
			}
		}
		parts = append(parts, band)
	}
	if uses("trend") || uses("recent") {
		t := &s.c.Trend
		if t.Known {
			parts = append(parts, fmt.Sprintf("%.1f times its own normal, %d in 30 days to %s", t.Ratio, t.Recent, t.Until.UTC().Format(time.DateOnly)))
		} else {
			parts = append(parts, "its own normal is not known")
		}
	}
	if uses("blind") || uses("partial") || uses("blind_hours") {
		parts = append(parts, s.blindWords())
	}
	if s.c.HasStaff && (uses("staff") || uses("blind")) {
		parts = append(parts, fmt.Sprintf("%d staff", s.c.Staff.Total))
	}
	return strings.TrimSpace(s.c.Code.Alpha3() + " " + s.c.Name.String() + ": " + strings.Join(parts, ", "))
}

func (s *countrySubject) blindWords() string {
	since := ", no source ever covered it"
	if t := s.c.Coverage.Since; !t.IsZero() {
		since = " since " + clock(t, s.now)
	}
	switch s.c.Coverage.State {
	case health.Blind:
		return "BLIND" + since
	case health.Partial:
		var unseen []string
		for _, t := range s.c.Coverage.Unseen() {
			unseen = append(unseen, strings.ReplaceAll(t.String(), "_", " "))
		}
		return "cannot see " + strings.Join(unseen, ", ") + since
	case health.Covered, health.Recorded, health.Reading:
	}
	return "coverage " + s.c.Coverage.State.String()
}

func changeWords(changes []level.Change) []string {
	var parts []string
	for i := range changes {
		c := &changes[i]
		switch {
		case c.From == 0:
			parts = append(parts, fmt.Sprintf("%s official level %d, new", c.Area, c.To))
		case c.To == 0:
			parts = append(parts, fmt.Sprintf("%s official level %d withdrawn", c.Area, c.From))
		default:
			parts = append(parts, fmt.Sprintf("%s official level %d to %d", c.Area, c.From, c.To))
		}
	}
	return parts
}

func (s *sourceSubject) words() string {
	out := s.s.Info.Name.String() + " " + strings.ToUpper(s.s.State.String())
	if since := s.s.Facts.EndedAt(&s.s.Info.Profile); troubled(s.s) && !since.IsZero() {
		out += " since " + clock(since, s.now)
	}
	if _, reason := s.s.Facts.Lasting(&s.s.Info.Profile, s.now); !reason.IsZero() {
		out += ": " + reason.String()
	}
	return out
}

func (s *areaSubject) words() string {
	name := s.staff.Area.String()
	if name == "" {
		name = "area unknown"
	}
	out := fmt.Sprintf("%s %s: %d staff", s.staff.Country.Alpha3(), name, s.staff.Staff)
	switch {
	case s.staff.Zones > 0:
		out += ", " + counted(s.staff.Zones, "warden zone", "warden zones")
	case s.staff.Counted == s.staff.Staff && s.staff.Staff > 0:
		out += ", only counted: of warden zones nothing is known"
	default:
		out += ", no warden zone"
	}
	if s.area != nil && s.area.Expired(s.now) {
		out += ", official level expired"
	}
	return out
}

func (s *dueSubject) words() string {
	title := s.d.Title.String()
	if title == "" {
		title = s.d.Kind
	}
	if area := s.d.Area.String(); area != "" && !s.d.Restricted && !strings.Contains(strings.ToLower(title), strings.ToLower(area)) {
		title += ", " + area
	}
	when := "due " + clock(s.d.End, s.now)
	if s.now.After(s.d.End) {
		when = "OVERDUE since " + clock(s.d.End, s.now)
	}
	return s.d.Kind + ": " + title + ", " + when
}

func (s *deskSubject) words(uses func(string) bool) string {
	var parts []string
	if uses("network_down") || uses("polled") || uses("polled_failed") {
		parts = append(parts, fmt.Sprintf("%d of %d fetched sources failed", s.failed, s.polled))
	}
	if uses("not_recorded") {
		if r := s.v.Desk().Recording; !r.IsZero() {
			parts = append(parts, r.String())
		}
	}
	if uses("blind") {
		blind, _ := s.v.Blindness()
		parts = append(parts, counted(blind, "country blind", "countries blind"))
	}
	parts = append(parts, s.watchWords(uses)...)
	if uses("alarms") {
		parts = append(parts, counted(s.alarms, "alarm needs somebody", "alarms need somebody"))
	}
	if len(parts) == 0 {
		parts = append(parts, "the desk")
	}
	return strings.Join(parts, ", ")
}
