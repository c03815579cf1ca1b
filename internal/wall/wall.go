// Package wall is what a desk shows to a room: countries in large figures, the newest critical, alarms with their age and how many were
// told, what changed within the hour, and the heartbeat of every source. It is a model with several printers: the watch screen, its plain
// lines, and one frame.
//
// # Privacy
//
// A wall is read by whoever passes. With [Public], the default, nothing leaves this package but:
//
//   - of staff, how many are in a country, from [Least] on and in steps of as many; below that "<5". No split by recruitment or sex and no sum
//     over countries is given, so that nothing suppressed can be worked out from what is shown, or from what was shown before;
//   - of what happened, its act, country and first administrative level; no place, no narrative, no figure of people, no source's words.
//     Of what its source wants kept, and of sexual violence, that there was an incident in the country;
//     What was refuted, or that nobody has confirmed it, is said;
//   - of alarms, the rule, the severity and the country, and that somebody has it, not who; not their numbers, of which those that are missing
//     would tell that there are others, nor how many rang together;
//   - nothing of movements, visits and whatever else is due, nor of the alarms about it;
//   - nothing of restricted matters, not even that there are any: they are in no count either, or a count that rises while nothing is told
//     would tell. (The estimate rests on everything: it is a word that many things move.)
//
// With [Desk] it is what a duty officer may see.
package wall

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"vigil/internal/alarm"
	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/picture"
)

// Privacy is who may be reading.
type Privacy uint8

// The degrees. Public is the zero value, so that nothing is shown by omission.
const (
	Public Privacy = iota // whoever passes
	Desk                  // duty officers only
)

var privacies = [...]string{"wall", "desk"}

// String is the word of the command line.
func (p Privacy) String() string { return privacies[min(int(p), len(privacies)-1)] }

// ParsePrivacy reads the word.
func ParsePrivacy(s string) (Privacy, error) {
	i := slices.Index(privacies[:], s)
	if i < 0 {
		return Public, fmt.Errorf("%q is no privacy: write %s", s, strings.Join(privacies[:], " or "))
	}
	return Privacy(i), nil
}

// Least is the smallest number of people that is shown in public.
const Least = 5

// Model is what the wall shows of a picture.
type Model struct {
	Desk       string
	Exercise   bool
	Privacy    Privacy
	At         time.Time
	Live       bool
	Unread     bool // files are being read: more may come
	Unrecorded string
	Trouble    bool   // something is wrong with the desk, such as a duty log that could be read in part only: alarms may be missing
	Watch      string // that somebody has the watch, in public not who, or that nobody has; empty where nobody ever took it
	Countries  []Country
	Blind      int // countries nobody sees, those not listed too
	Partial    int
	Alarms     []Alarm // open, those that need somebody most first
	Listed     []Alarm // the same as a screen lists them: in a flood by rule and country
	Flood      bool
	Changes    []Change // within [Lately], the newest first
	Beats      []Beat   // of every source, the worst first
}

// Country is one country in figures. Each figure is a word: "?" where nobody could know it.
type Country struct {
	Code           country.Code
	Name           string
	LevelMax       int
	Level          string // the official range, such as 3–5; "?" without
	Driver         string // letter of the driving threat category
	DrivenBy       string // and its name; empty where it is not known
	Expired        bool   // an area's level is past its validity
	Estimate       string // vigil's own
	EstimatePlain  string // the same in English, for letters that other scripts lack
	Band           int    // of the estimate, for its colour, see [figure.BandColour]
	Day, Week      string
	Month, Own     string
	Staff          string
	StaffAge       string // and how old that is
	StaffOld       bool
	Cannot         string // what no source covers; empty where all is
	Blind, Partial bool
	BlindFor       string
	worst          [3]int
}

// Alarm is one open alarm; among those listed in a flood also several of one rule in one country.
type Alarm struct {
	Key      string // of what is the same; never shown
	Called   string // A17; of several how many they are, such as 12×; in public empty of one
	Severity duty.Severity
	Standing string
	Rings    bool // nobody has it
	Untold   bool // it is critical or high, and somebody who must know was not told
	Came     time.Time
	Words    string
	Told     string // 1/4; empty where nobody must be
	// Knows and Lacks are who of those who must know was told and who was not, as functions; empty in public.
	Knows, Lacks []string
	Country      country.Code
}

// Beat is the heartbeat of a source.
type Beat struct {
	Name   string
	State  health.State
	Word   string
	Age    string // of what it said last; empty where it never spoke
	Sees   bool
	Unread bool
}

// Of is what the wall shows of a picture to a reader: of the countries asked for, in their order; of all without any, the worst first. Of no
// picture it is nothing.
func Of(h figure.Hand, v picture.View, p Privacy, only []country.Code, now time.Time) Model {
	if v.IsZero() {
		return Model{Privacy: p, At: now}
	}
	shared := v.Shared()
	m := Model{Desk: v.Desk().Name.String(), Exercise: v.Desk().Exercise, Privacy: p, At: now, Live: v.Live(), Unread: v.Unread() || v.Ahead()}
	m.Trouble = len(v.Desk().Trouble) > 0
	short, _, _ := strings.Cut(v.Desk().Recording.In(h), ":")
	m.Unrecorded = strings.TrimSpace(short)
	moved := v.LevelChanges(now.Add(-Lately))
	countries, blindness := v.Countries(), v.Blindness
	if p == Public {
		countries, blindness = v.Disclosed(), v.DisclosedBlindness
	}
	m.Blind, m.Partial = blindness()
	m.Watch = strings.TrimSpace(watchWords(h, v, p, now, ""))
	for c := range countries {
		if len(only) == 0 || slices.Contains(only, c.Code) {
			m.Countries = append(m.Countries, countryOf(h, c, p, now))
		}
	}
	slices.SortStableFunc(m.Countries, func(a, b Country) int {
		if len(only) > 0 {
			return cmp.Compare(slices.Index(only, a.Code), slices.Index(only, b.Code))
		}
		return cmp.Or(cmp.Compare(b.worst[0], a.worst[0]), cmp.Compare(b.worst[1], a.worst[1]), cmp.Compare(b.worst[2], a.worst[2]), cmp.Compare(a.Code, b.Code))
	})
	shows := showing(only)
	m.alarms(h, shared, shows)
	m.changes(h, shared, moved, shows)
	m.beats(h, v)
	return m
}

// WatchWords are who has the watch and for how long, for a frame without a header; empty where nobody ever took it.
func WatchWords(h figure.Hand, v picture.View, p Privacy, now time.Time) string {
	w, _ := v.Duty().Watch()
	return watchWords(h, v, p, now, h.Span(w.For(now)))
}

func watchWords(h figure.Hand, v picture.View, p Privacy, now time.Time, lasted string) string {
	w, _ := v.Duty().Watch()
	switch {
	case !v.Duty().WatchMatters(now):
		return ""
	case !w.Held():
		return h.Say("NO WATCH")
	case p == Public:
		return h.Sayf("WATCH held %s", lasted)
	}
	return h.Sayf("WATCH %s %s", w.Holder, lasted)
}

func countryOf(h figure.Hand, c *picture.Country, p Privacy, now time.Time) Country {
	out := Country{
		Code: c.Code, Name: h.NameOf(c), Level: figure.Unknown, Estimate: h.Estimate(c.Estimate), EstimatePlain: figure.Plain.Estimate(c.Estimate), Band: figure.Band(c.Estimate),
		Day: h.Window(c.Day), Week: h.Window(c.Week), Month: h.Window(c.Month), Own: h.Own(c.Trend), Staff: staff(h, c, p),
	}
	if c.Levels != nil && len(c.Levels.Areas) > 0 {
		out.LevelMax, out.Level, out.Driver, out.Expired = c.Level.Max, h.LevelRange(c.Level), c.Level.Driver.Letter(), c.Level.Expired > 0
		if c.Level.Driver != incident.ThreatUnknown {
			out.DrivenBy = h.Threat(c.Level.Driver)
		}
	}
	if p == Desk || !c.HasStaff || c.Staff.Total >= Least { // when somebody of a few was last heard of is theirs
		out.StaffAge, out.StaffOld = h.StaffAge(c, now)
	}
	out.Blind, out.Partial = c.Coverage.State == health.Blind, c.Coverage.State == health.Partial
	out.Cannot = h.Cannot(c, now)
	if out.Blind && !c.Coverage.Since.IsZero() {
		out.BlindFor = h.Span(now.Sub(c.Coverage.Since))
	}
	home, band := 0, 2*int(level.High)-1 // what is not known stands between Medium and High
	if c.Home {
		home = 1
	}
	if c.Estimate.Known {
		band = 2 * int(c.Estimate.Worst.Band)
	}
	out.worst = [3]int{home, band, c.Level.Max}
	return out
}

// staff is how many are in a country, as far as it may be said: in public in steps, for the difference of two exact figures is how many came,
// went or were taken.
func staff(h figure.Hand, c *picture.Country, p Privacy) string {
	switch {
	case !c.HasStaff:
		return figure.Unknown
	case p == Public && c.Staff.Total < Least:
		return fmt.Sprintf("<%d", Least)
	case p == Public:
		return h.AtLeast(c.Staff.Total/Least*Least, false)
	}
	return h.Number(c.Staff.Total)
}

// alarms lists the open alarms that are not shelved.
func (m *Model) alarms(h figure.Hand, v picture.View, shows func(...country.Code) bool) {
	list := listed(v, m.Privacy, shows, m.At)
	for _, a := range list {
		m.Alarms = append(m.Alarms, m.alarm(h, v, a))
	}
	slices.SortStableFunc(m.Alarms, func(a, b Alarm) int { return cmp.Compare(a.place(), b.place()) })
	m.Listed = m.Alarms
	if flood, on := alarm.FloodOf(list, v.HidesAlarm, m.At); on { // those of others are no flood here
		m.Flood, m.Listed = true, m.grouped(h, v, flood.Groups, list)
	}
}

// grouped are the alarms in a flood: those that need somebody by rule and country, each critical by itself, and then those that somebody has.
func (m *Model) grouped(h figure.Hand, v picture.View, groups []alarm.Group, listed []*duty.Alarm) (list []Alarm) {
	in := map[*duty.Alarm]bool{}
	for i := range groups {
		g := &groups[i]
		for _, a := range g.Alarms {
			in[a] = true
		}
		if m.Privacy == Public { // the rule of what is kept would tell of it
			alone := slices.DeleteFunc(slices.Clone(g.Alarms), func(a *duty.Alarm) bool { return !keeps(v, a) })
			for _, a := range alone {
				list = append(list, m.alarm(h, v, a))
			}
			g.Alarms = slices.DeleteFunc(g.Alarms, func(a *duty.Alarm) bool { return keeps(v, a) })
		}
		switch len(g.Alarms) {
		case 0:
		case 1:
			list = append(list, m.alarm(h, v, g.Alarms[0]))
		default:
			newest := g.Alarms[0]
			list = append(list, Alarm{
				Key: g.Key(), Called: h.GroupCount(g), Severity: g.Severity, Standing: h.GroupStanding(g, m.At), Rings: true, Came: newest.Came, Words: h.GroupWhat(g), Country: newest.Country(),
			})
		}
	}
	for _, a := range listed {
		if !in[a] {
			list = append(list, m.alarm(h, v, a))
		}
	}
	slices.SortStableFunc(list, func(a, b Alarm) int { return cmp.Compare(a.place(), b.place()) })
	return list
}

// place orders alarms: those that nobody has by severity, and with those of their severity the grave ones of which not everybody was told;
// what somebody has and everybody knows of comes last.
func (a *Alarm) place() int {
	const settled = 100
	switch {
	case a.Rings:
		return 2 * a.Severity.Rank()
	case a.Untold:
		return 2*a.Severity.Rank() + 1
	}
	return settled
}

// beats lists the sources, the worst first.
func (m *Model) beats(h figure.Hand, v picture.View) {
	for s := range v.Sources() {
		b := Beat{Name: s.Info.Name.String(), State: s.State, Word: h.SourceState(s), Sees: s.State.Sees(), Unread: s.Unread}
		// What speaks only when somebody reports would tell that somebody did, and of what nothing is told.
		if !s.Facts.ContentTime.IsZero() && (m.Privacy == Desk || s.Info.Profile.Awaited()) {
			b.Age = h.Span(max(0, m.At.Sub(s.Facts.ContentTime)))
		}
		m.Beats = append(m.Beats, b)
	}
	slices.SortStableFunc(m.Beats, func(a, b Beat) int { return cmp.Or(cmp.Compare(a.State, b.State), cmp.Compare(a.Name, b.Name)) })
}

// Critical is the newest critical alarm that nobody has, and without one the newest of which not everybody was told who must know; nil if there is none.
func (m *Model) Critical() *Alarm {
	var newest *Alarm
	for i := range m.Alarms {
		a := &m.Alarms[i]
		if a.Severity != duty.Critical || !a.Rings && !a.Untold {
			continue
		}
		if newest == nil || a.Rings && !newest.Rings || a.Rings == newest.Rings && a.Came.After(newest.Came) {
			newest = a
		}
	}
	return newest
}

// Worst is the worst state of a source, and how many are in it; ok is false without sources.
func (m *Model) Worst() (b Beat, n int, ok bool) {
	for i := range m.Beats {
		if i == 0 {
			b = m.Beats[0]
		}
		if m.Beats[i].State == b.State {
			n++
		}
	}
	return b, n, len(m.Beats) > 0
}
