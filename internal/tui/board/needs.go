package board

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
	"vigil/internal/theme"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// expiresSoon is how long before its end a level's validity is worth a line.
const expiresSoon = 14 * 24 * time.Hour

// need is one line of NEEDS YOU.
type need struct {
	key    string // the same as long as it is the same thing
	rank   rank
	order  int  // within the rank
	urgent bool // marked with "!"
	word   string
	role   theme.Role
	age    string
	unseen string // of a source: what nobody sees because of it
	text   string
	ask    screen.Ask
	alarms []*duty.Alarm // that the line is about: one, or those of a group
	group  *alarm.Group  // nil of everything else
}

// rank orders needs, the first first.
type rank uint8

const (
	rankAlarm    rank = iota // an alarm that nobody has, or of which somebody who must know of it has not been told
	rankOwned                // one that somebody has
	rankHandover             // a handover that waits, and what was declined and not signed off
	rankBlinding             // a source that cannot be relied on, and nobody else sees what it saw
	rankDesk                 // the desk's own files
	rankRaised               // an official level that was raised within a day
	rankExpired              // a level past its validity
	rankFailed               // a source that cannot be read, and blinds nobody
	rankChanged              // an official level that changed
	rankAdvisory             // what another authority advises changed
	rankSource               // sources that are silent, and blind nobody
	rankProposed             // events of which another source may tell, too
	rankConflict             // incidents whose versions contradict each other
	rankExpires              // a level that soon expires
	rankRejected             // records that could not be used
)

// why is the derivation of the line.
func (n *need) why() screen.Ask {
	s := n.ask.Subject
	s.Area = -1
	switch {
	case s.Source != "":
		s.Figure = screen.FigureSource
	case s.Country.Known():
		s.Figure = screen.FigureLevel
	default:
		return screen.Ask{Say: n.text}
	}
	return screen.Ask{Go: screen.ToWhy, Subject: s}
}

// line is the need in plain words.
func (n *need) line() string {
	mark := " "
	if n.urgent {
		mark = "!"
	}
	return strings.TrimRight(fmt.Sprintf("%s%s %s  %s", mark, n.word, n.age, n.text), " ")
}

// needsOf gathers what needs somebody.
func needsOf(f screen.Frame, moved []level.Change) []need {
	list := append(alarmNeeds(f), handoverNeeds(f)...)
	m := f.Hand
	if f.View.Live() {
		list = append(list, slices.DeleteFunc(sourceNeeds(f), func(n need) bool {
			return told(list, func(r *duty.Raise) bool {
				return r.Source != "" && r.Source == n.ask.Subject.Source && n.rank != rankRejected
			})
		})...)
	}
	list = append(list, deskNeeds(f)...)
	list = append(list, changeNeeds(f, m, moved, func(c *level.Change) bool {
		return told(list, func(r *duty.Raise) bool { return alarm.RangForLevel(r, c) })
	})...)
	list = append(list, advisoryNeeds(f, m)...)
	for c := range f.View.Countries() {
		list = append(list, expiryNeeds(f, c)...)
	}
	if n := f.View.Totals().Conflicts; n > 0 {
		list = append(list, need{
			key: "conflicts", rank: rankConflict, word: "CONFLICT", role: theme.Warning,
			text: f.Plural(n, "incident") + " whose records differ; the worse is shown",
			ask:  screen.Ask{Go: screen.ToEvents, Subject: screen.Subject{Filter: "event:conflict"}},
		})
	}
	if n := f.View.Totals().Proposed; n > 0 {
		list = append(list, need{
			key: "proposed", rank: rankProposed, word: "PROPOSED", role: theme.Text, text: proposedText(n),
			ask: screen.Ask{Go: screen.ToEvents, Subject: screen.Subject{Filter: "event:proposed"}},
		})
	}
	slices.SortStableFunc(list, func(a, b need) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.order, b.order)) })
	return list
}

// proposedText says what there is to decide, and how.
func proposedText(n int) string {
	if n == 1 {
		return "1 event that another may tell of, too: Enter lists it, m merges"
	}
	return figure.Plain.Number(n) + " events that others may tell of, too: Enter lists them, m merges"
}

var sourceRoles = map[health.State]theme.Role{health.Stale: theme.Stale, health.Failed: theme.Failed, health.Never: theme.Never}

// sourceNeeds are the sources that cannot be relied on, those that fail first, and those that refused records.
func sourceNeeds(f screen.Frame) []need {
	var list []need
	silent := map[health.State][]need{} // those that blind nobody
	blinding := map[[2]string][]need{}  // the others, by state and by what is unseen
	for s := range f.View.Sources() {
		name := s.Info.Name.String()
		if s.Counts.Rejected > 0 {
			list = append(list, need{
				key: "rejected " + name, rank: rankRejected, word: "REJECTED", role: theme.Warning,
				text: name + ": " + f.Plural(s.Counts.Rejected, "record") + " could not be used",
				ask:  screen.Ask{Go: screen.ToSource, Subject: screen.Subject{Source: name}},
			})
		}
		switch n := sourceNeed(f, s); {
		case s.State.Sees(), s.Unread: // READ says it of all that is being read
		case n.rank == rankSource:
			silent[s.State] = append(silent[s.State], n)
		case n.urgent:
			what := [2]string{n.word, n.unseen}
			blinding[what] = append(blinding[what], n)
		default:
			list = append(list, n)
		}
	}
	for state, those := range silent {
		list = append(list, folded("sources "+state.String(), "of which none blinds anybody", those)...)
	}
	for what, those := range blinding {
		list = append(list, folded("blinding "+what[0]+" "+what[1], what[1], those)...)
	}
	slices.SortStableFunc(list, func(a, b need) int {
		return cmp.Or(cmp.Compare(urgency(a.word), urgency(b.word)), strings.Compare(a.key, b.key))
	})
	return list
}

// urgency is the place of a state's word: what fails can be mended, what is silent may speak again, and what was
// never heard has taught nobody to rely on it.
func urgency(word string) int {
	return slices.Index([]string{figure.Plain.State(health.Failed), figure.Plain.State(health.Stale), figure.Plain.State(health.Never)}, word)
}

// sourceNeed is the line of a source that cannot be relied on.
func sourceNeed(f screen.Frame, s *picture.Source) need {
	name := s.Info.Name.String()
	n := need{
		key: "source " + name, rank: rankSource, word: f.State(s.State), role: sourceRoles[s.State],
		age: sourceAge(s, f.Now), ask: screen.Ask{Go: screen.ToSource, Subject: screen.Subject{Source: name}},
	}
	unseen := blinds(f.View, s)
	switch {
	case unseen != "":
		n.rank, n.urgent, n.unseen = rankBlinding, true, unseen
	case s.State == health.Failed:
		n.rank = rankFailed
	}
	switch {
	case unseen != "":
	case f.View.Unread():
		unseen = "what nobody sees is not known yet"
	case s.Info.Profile.Covers == 0:
		unseen = "it watches nothing by itself"
	default:
		unseen = "others see what it would"
	}
	n.text = name + ": " + unseen
	if !s.Reason.IsZero() {
		n.text += "; " + s.Reason.OneLine().String()
	}
	return n
}

// few is how many sources of one state and consequence have a line each. More would push out of sight what needs somebody.
const few = 2

// folded makes one line of many sources of one state and consequence.
func folded(key, what string, those []need) []need {
	if len(those) <= few {
		return those
	}
	names := make([]string, len(those))
	for i := range those {
		names[i] = those[i].ask.Subject.Source
	}
	const most = 3
	text := fmt.Sprintf("%d sources, %s: %s", len(those), what, strings.Join(names[:min(most, len(names))], ", "))
	if more := len(names) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return []need{{
		key: key, rank: those[0].rank, urgent: those[0].urgent, word: those[0].word, role: those[0].role, text: text,
		ask: screen.Ask{Go: screen.ToSources},
	}}
}

// sourceAge is how old the source's last word is.
func sourceAge(s *picture.Source, now time.Time) string {
	last := s.Facts.LastWord(&s.Info.Profile)
	if last.IsZero() {
		return ""
	}
	age, _ := figure.Plain.Age(last, now, 0)
	return age
}

// blinds says what nobody sees because this source does not: "hazards unseen in BFA MLI NER".
func blinds(v picture.View, s *picture.Source) string {
	cover := health.Source{Profile: s.Info.Profile}
	var categories health.ThreatSet
	var where []string
	for c := range v.Countries() {
		hit := false
		for _, t := range incident.Threats() {
			if cover.Looks(c.Code, t) && c.Coverage.Category(t) == health.Blind {
				categories |= health.Set(t)
				hit = true
			}
		}
		if hit {
			where = append(where, c.Code.Alpha3())
		}
	}
	if len(where) == 0 {
		return blindsAnywhere(v, s)
	}
	const most = 5
	places := strings.Join(where[:min(len(where), most)], " ")
	if more := len(where) - most; more > 0 {
		places += fmt.Sprintf(" and %d more", more)
	}
	return figure.Plain.Categories(categories) + " unseen in " + places
}

// blindsAnywhere is blinds where no country is shown: what no source that can be relied on looks at, wherever that is.
func blindsAnywhere(v picture.View, s *picture.Source) string {
	for range v.Countries() {
		return ""
	}
	unseen := s.Info.Profile.Covers
	for other := range v.Sources() {
		if other.State.Sees() {
			unseen &^= other.Info.Profile.Covers
		}
	}
	if unseen == 0 {
		return ""
	}
	return figure.Plain.Categories(unseen) + " unseen"
}

// deskNeeds are the desk's own files.
func deskNeeds(f screen.Frame) []need {
	var list []need
	if r := f.View.Desk().Reading; !r.IsZero() {
		// How far it is comes first, for narrow screens; READING in the header says that what is shown is not whole.
		text := strings.TrimPrefix(r.OneLine().String(), "still ")
		if f.View.Ahead() { // which part it is stands over the events
			text += "; shown: " + f.Unread(f.View)
		} else {
			text += "; what is shown is not whole"
		}
		list = append(list, need{key: "reading", rank: rankDesk, urgent: true, word: "READ", role: theme.Warning, text: text})
	}
	if r := f.View.Desk().Recording; !r.IsZero() {
		list = append(list, need{key: "recording", rank: rankDesk, urgent: true, word: "RECORD", role: theme.Error, text: r.OneLine().String()})
	}
	for _, t := range f.View.Desk().Trouble {
		list = append(list, need{key: "desk " + t.String(), rank: rankDesk, urgent: true, word: "DESK", role: theme.Error, text: t.OneLine().String()})
	}
	for _, t := range f.View.Notes() {
		list = append(list, need{key: "note " + t.String(), rank: rankDesk, urgent: true, word: "FILE", role: theme.Error, text: t.OneLine().String()})
	}
	for i := range list {
		list[i].ask = screen.Ask{Say: list[i].text}
	}
	return list
}

// expiryNeeds are the levels and approved risks of a country that have expired, or soon will.
func expiryNeeds(f screen.Frame, c *picture.Country) []need {
	if c.Levels == nil {
		return nil
	}
	var list []need
	add := func(until incident.When, what string) {
		left := until.End().Sub(f.Now)
		if until.IsZero() || left > expiresSoon {
			return
		}
		n := need{key: "expiry " + c.Code.Alpha3() + what, ask: toCountry(c.Code), role: theme.Expired}
		n.text = fmt.Sprintf("%s %s, valid until %s", c.Code, what, f.WhenWhole(until))
		if left <= 0 {
			n.rank, n.urgent, n.word = rankExpired, true, "EXPIRED"
			n.age, _ = f.Age(until.End(), f.Now, 0)
		} else {
			n.rank, n.word, n.age = rankExpires, "EXPIRES", "in "+f.Span(left)
		}
		list = append(list, n)
	}
	for i := range c.Levels.Areas {
		a := &c.Levels.Areas[i]
		add(a.ValidUntil, fmt.Sprintf("%s: level %d", a.Name, a.Level))
		for j := range a.Risks {
			r := &a.Risks[j]
			add(r.ValidUntil, fmt.Sprintf("%s: approved risk, %s", a.Name, f.Threat(r.Threat.Value)))
		}
	}
	return list
}

func toCountry(c country.Code) screen.Ask {
	return screen.Ask{Go: screen.ToCountry, Subject: screen.Subject{Country: c}}
}

// needTable lays the lines out; the first column is wider where alarms stand in it.
func needTable(first int) *widget.Table {
	return &widget.Table{NoHeader: true, Columns: []widget.Column{
		{Title: "WHAT", Width: first},
		{Title: "AGE", Width: 6, Right: true, Drop: 1},
		{Title: "TEXT", Width: 10, Grow: 1},
	}}
}

// needCells is how wide the first column is.
func (b *Board) needCells() int {
	cells := 8
	for i := range b.needs {
		if len(b.needs[i].alarms) > 0 {
			cells = max(cells, widget.Width(b.needs[i].word))
		}
	}
	return min(cells, alarmCells)
}

func (n *need) row() widget.Row {
	r := widget.Row{Cells: []widget.Cell{{Text: n.word, Role: n.role}, {Text: n.age}, {Text: n.text}}}
	if n.urgent {
		r.Mark = "!"
	}
	return r
}
