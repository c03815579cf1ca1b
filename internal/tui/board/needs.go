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
	said   string // in place of word, in plain lines
	role   theme.Role
	age    string
	state  health.State // of a source
	unseen unseen       // of a source: what nobody sees because of it
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
			key: "conflicts", rank: rankConflict, word: f.Say("CONFLICT"), role: theme.Warning,
			text: f.Sayf("%s whose records differ; the worse is shown", f.Plural(n, "incident")),
			ask:  screen.Ask{Go: screen.ToEvents, Subject: screen.Subject{Filter: "event:conflict"}},
		})
	}
	if n := f.View.Totals().Proposed; n > 0 {
		list = append(list, need{
			key: "proposed", rank: rankProposed, word: f.Say("PROPOSED"), role: theme.Text, text: proposedText(f, n),
			ask: screen.Ask{Go: screen.ToEvents, Subject: screen.Subject{Filter: "event:proposed"}},
		})
	}
	slices.SortStableFunc(list, func(a, b need) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.order, b.order)) })
	return list
}

// proposedText says what there is to decide, and how.
func proposedText(f screen.Frame, n int) string {
	if n == 1 {
		return f.Say("1 event that another may tell of, too: Enter lists it, m merges")
	}
	return f.Sayf("%s events that others may tell of, too: Enter lists them, m merges", f.Number(n))
}

var sourceRoles = map[health.State]theme.Role{health.Stale: theme.Stale, health.Failed: theme.Failed, health.Never: theme.Never}

// sourceNeeds are the sources that cannot be relied on, those that fail first, and those that refused records.
func sourceNeeds(f screen.Frame) []need {
	var list []need
	silent := map[health.State][]need{} // those that blind nobody
	blinding := map[consequence][]need{}
	for s := range f.View.Sources() {
		name := s.Info.Name.String()
		if s.Counts.Rejected > 0 {
			list = append(list, need{
				key: "rejected " + name, rank: rankRejected, word: f.Say("REJECTED"), role: theme.Warning,
				text: f.Sayf("%s: %s could not be used", name, f.Plural(s.Counts.Rejected, "record")),
				ask:  screen.Ask{Go: screen.ToSource, Subject: screen.Subject{Source: name}},
			})
		}
		switch n := sourceNeed(f, s); {
		case s.State.Sees(), s.Unread: // READ says it of all that is being read
		case n.rank == rankSource:
			silent[s.State] = append(silent[s.State], n)
		case n.urgent:
			what := consequence{n.state, n.unseen}
			blinding[what] = append(blinding[what], n)
		default:
			list = append(list, n)
		}
	}
	for state, those := range silent {
		list = append(list, folded(f, "sources "+state.String(), f.Say("of which none blinds anybody"), those)...)
	}
	for what, those := range blinding {
		list = append(list, folded(f, "blinding "+what.state.String()+" "+what.unseen.key(), what.unseen.words(f), those)...)
	}
	slices.SortStableFunc(list, func(a, b need) int {
		return cmp.Or(cmp.Compare(urgency(a.state), urgency(b.state)), strings.Compare(a.key, b.key))
	})
	return list
}

// consequence is that sources in a state make something invisible.
type consequence struct {
	state  health.State
	unseen unseen
}

// urgency is the place of a source's state: what fails can be mended, what is silent may speak again, and what was
// never heard has taught nobody to rely on it.
func urgency(s health.State) int {
	return slices.Index([]health.State{health.Failed, health.Stale, health.Never}, s)
}

// sourceNeed is the line of a source that cannot be relied on.
func sourceNeed(f screen.Frame, s *picture.Source) need {
	name := s.Info.Name.String()
	n := need{
		key: "source " + name, rank: rankSource, state: s.State, word: f.State(s.State), role: sourceRoles[s.State],
		age: sourceAge(s, f), ask: screen.Ask{Go: screen.ToSource, Subject: screen.Subject{Source: name}},
	}
	n.unseen = blinds(f.View, s)
	switch {
	case n.unseen.categories != 0:
		n.rank, n.urgent = rankBlinding, true
	case s.State == health.Failed:
		n.rank = rankFailed
	}
	means := n.unseen.words(f)
	switch {
	case n.unseen.categories != 0:
	case f.View.Unread():
		means = f.Say("what nobody sees is not known yet")
	case s.Info.Profile.Covers == 0:
		means = f.Say("it watches nothing by itself")
	default:
		means = f.Say("others see what it would")
	}
	n.text = f.Sayf("%s: %s", name, means)
	if reason := f.SourceReason(s, f.View.Known()); reason != "" {
		n.text += f.Say("; ") + reason
	}
	return n
}

// few is how many sources of one state and consequence have a line each. More would push out of sight what needs somebody.
const few = 2

// folded makes one line of many sources of one state and consequence.
func folded(f screen.Frame, key, what string, those []need) []need {
	if len(those) <= few {
		return those
	}
	names := make([]string, len(those))
	for i := range those {
		names[i] = those[i].ask.Subject.Source
	}
	const most = 3
	text := f.Sayf("%d sources, %s: %s", len(those), what, strings.Join(names[:min(most, len(names))], ", "))
	if more := len(names) - most; more > 0 {
		text = f.Sayf("%s and %d more", text, more)
	}
	return []need{{
		key: key, rank: those[0].rank, urgent: those[0].urgent, state: those[0].state, word: those[0].word, role: those[0].role, text: text,
		ask: screen.Ask{Go: screen.ToSources},
	}}
}

// sourceAge is how old the source's last word is.
func sourceAge(s *picture.Source, f screen.Frame) string {
	last := s.Facts.LastWord(&s.Info.Profile)
	if last.IsZero() {
		return ""
	}
	age, _ := f.Age(last, f.Now, 0)
	return age
}

// unseen is what nobody sees because a source does not; the zero value is nothing.
type unseen struct {
	categories health.ThreatSet
	where      string // codes of countries with blanks between them; empty is anywhere
}

// key names it, in whatever language it is said.
func (u unseen) key() string {
	var words []string
	for _, t := range u.categories.Threats() {
		words = append(words, t.String())
	}
	return strings.Join(words, " ") + " " + u.where
}

// words say it: "hazards unseen in BFA MLI NER".
func (u unseen) words(f screen.Frame) string {
	switch {
	case u.categories == 0:
		return ""
	case u.where == "":
		return f.Sayf("%s unseen", f.Categories(u.categories))
	}
	const most = 5
	where := strings.Fields(u.where)
	places := strings.Join(where[:min(len(where), most)], " ")
	if more := len(where) - most; more > 0 {
		places = f.Sayf("%s and %d more", places, more)
	}
	return f.Sayf("%s unseen in %s", f.Categories(u.categories), places)
}

// blinds is what nobody sees because this source does not.
func blinds(v picture.View, s *picture.Source) unseen {
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
	return unseen{categories, strings.Join(where, " ")}
}

// blindsAnywhere is blinds where no country is shown: what no source that can be relied on looks at, wherever that is.
func blindsAnywhere(v picture.View, s *picture.Source) unseen {
	for range v.Countries() {
		return unseen{}
	}
	covers := s.Info.Profile.Covers
	for other := range v.Sources() {
		if other.State.Sees() {
			covers &^= other.Info.Profile.Covers
		}
	}
	return unseen{categories: covers}
}

// deskNeeds are the desk's own files.
func deskNeeds(f screen.Frame) []need {
	var list []need
	if r := f.View.Desk().Reading; !r.IsZero() {
		// How far it is comes first, for narrow screens; READING in the header says that what is shown is not whole.
		text := f.Sayf("%s; what is shown is not whole", readingText(f))
		if f.View.Ahead() { // which part it is stands over the events
			text = f.Sayf("%s; shown: %s", readingText(f), f.Unread(f.View))
		}
		list = append(list, need{key: "reading", rank: rankDesk, urgent: true, word: f.SayAs("files", "READ"), role: theme.Warning, text: text})
	}
	if r := f.View.Desk().Recording; !r.IsZero() {
		list = append(list, need{key: "recording", rank: rankDesk, urgent: true, word: f.SayAs("files", "RECORD"), role: theme.Error, text: r.In(f)})
	}
	for _, t := range f.View.Desk().Trouble {
		list = append(list, need{key: "desk " + t.String(), rank: rankDesk, urgent: true, word: f.Say("DESK"), role: theme.Error, text: t.In(f)})
	}
	if n := f.View.Desk().Waiting; n > 0 {
		list = append(list, need{
			key: "waiting", rank: rankProposed, word: f.SayAs("alarms", "WAIT"), role: theme.Text,
			text: f.Sayf("%s of medium or low severity: no more than %s of each ring in an hour", f.Plural(n, "alarm"), f.Number(alarm.RateLimit)),
		})
	}
	for _, t := range f.View.Notes() {
		list = append(list, need{key: "note " + t.String(), rank: rankDesk, urgent: true, word: f.Say("FILE"), role: theme.Error, text: t.OneLine().String()})
	}
	for i := range list {
		list[i].ask = screen.Ask{Say: list[i].text}
	}
	return list
}

// readingText says how far the first reading of the files is, how fast, and how long it still takes, in this order: on a narrow screen the
// end is cut off.
func readingText(f screen.Frame) string {
	p := f.View.Desk().Progress
	what := f.Say("reading the files")
	if p.Back {
		what = f.Say("reading back what was recorded")
	}
	percent, known := p.Percent()
	total := f.Decimal(float64(p.Total)/1e6, 1)
	switch {
	case !known:
		return what
	case p.Rate <= 0:
		return f.Sayf("%s: %d %%, of %s MB", what, percent, total)
	}
	left := max(time.Second, p.Left.Round(time.Second))
	return f.Sayf("%s: %d %%, %s MB/s, %s left, of %s MB", what, percent, f.Decimal(p.Rate/1e6, 1), left, total)
}

// expiryNeeds are the levels and approved risks of a country that have expired, or soon will.
func expiryNeeds(f screen.Frame, c *picture.Country) []need {
	if c.Levels == nil {
		return nil
	}
	var list []need
	add := func(until incident.When, key, what string) {
		left := until.End().Sub(f.Now)
		if until.IsZero() || left > expiresSoon {
			return
		}
		n := need{key: "expiry " + c.Code.Alpha3() + key, ask: toCountry(c.Code), role: theme.Expired}
		n.text = f.Sayf("%s %s, valid until %s", c.Code, what, f.WhenWhole(until))
		if left <= 0 {
			n.rank, n.urgent, n.word = rankExpired, true, f.Say("EXPIRED")
			n.age, _ = f.Age(until.End(), f.Now, 0)
		} else {
			n.rank, n.word, n.age = rankExpires, f.Say("EXPIRES"), f.Sayf("in %s", f.Span(left))
		}
		list = append(list, n)
	}
	for i := range c.Levels.Areas {
		a := &c.Levels.Areas[i]
		add(a.ValidUntil, a.Name.String(), f.Sayf("%s: level %d", a.Name, a.Level))
		for j := range a.Risks {
			r := &a.Risks[j]
			add(r.ValidUntil, a.Name.String()+" "+r.Threat.Value.String(), f.Sayf("%s: approved risk, %s", a.Name, f.Threat(r.Threat.Value)))
		}
	}
	return list
}

func toCountry(c country.Code) screen.Ask {
	return screen.Ask{Go: screen.ToCountry, Subject: screen.Subject{Country: c}}
}

// needTable lays the lines out; the first column is wider where alarms stand in it.
func needTable(first int, f screen.Frame) *widget.Table {
	return &widget.Table{NoHeader: true, Columns: []widget.Column{
		{Title: "WHAT", Width: first},
		{Title: "AGE", Width: f.Room(6), Right: true, Drop: 1},
		{Title: "TEXT", Width: 10, Grow: 1, Words: true},
	}}
}

// needCells is how wide the first column is.
func (b *Board) needCells(f screen.Frame) int {
	cells := f.Room(8)
	for i := range b.needs {
		if len(b.needs[i].alarms) > 0 {
			cells = max(cells, widget.Width(b.needs[i].word))
		}
	}
	return min(cells, f.Room(alarmCells))
}

func (n *need) row() widget.Row {
	r := widget.Row{Cells: []widget.Cell{{Text: n.word, Role: n.role}, {Text: n.age}, {Text: n.text}}}
	if n.urgent {
		r.Mark = "!"
	}
	return r
}
