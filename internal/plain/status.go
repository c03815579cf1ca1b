package plain

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"vigil/internal/background"
	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/presence"
	"vigil/internal/safetext"
	"vigil/internal/tui/widget"
)

// StatusTable writes v for people: what it is a picture of, the countries, the sources, the sums,
// and what stands against any of them. only lists the countries wanted; empty is all. Columns
// that have no room are named, never left out in silence.
func StatusTable(w io.Writer, v picture.View, only []country.Code, l Layout) error {
	s := status{printer: deskPrinter(w, v), v: v, l: l, now: v.Valid()}
	s.head()
	s.watch()
	s.line("")
	s.alarms(only, false)
	s.line("")
	s.countries(only)
	s.due(only)
	s.line("")
	s.sources(only)
	s.line("")
	s.totals()
	return s.err
}

type status struct {
	*printer
	v   picture.View
	l   Layout
	now time.Time
}

// say writes a sentence, on as many lines as it takes.
func (s *status) say(text string) {
	for _, line := range widget.Wrap(text, s.room(s.l)) {
		s.line(line)
	}
}

// table writes a table and returns the titles of the columns that had no room.
func (s *status) table(columns []column, rows [][]string) (gone []string) {
	lines, gone := table(s.l, s.room(s.l), columns, rows)
	for _, line := range lines {
		s.line(line)
	}
	if len(gone) > 0 {
		s.say("no room at this width for " + strings.Join(gone, ", "))
	}
	return gone
}

// head says whose picture it is, of when, and how far it can be believed.
func (s *status) head() {
	title := "VIGIL"
	if name := s.v.Desk().Name; !name.IsZero() {
		title += " " + s.l.text(name)
	}
	if s.v.Live() {
		s.say(title + "  " + clock(s.v.Valid()))
	} else {
		s.say(title + "  RECORDED  as of " + clock(s.v.Valid()) + ", known at " + clock(s.v.Known()))
		s.say("figures are what is recorded, whole or not; what was told after " + clock(s.v.Known()) + " is not in them")
	}
	s.say("sources: " + Sources(s.v))
	blind, partial := s.v.Blindness()
	if blind+partial > 0 {
		s.say(fmt.Sprintf("countries: %d BLIND, %d seen in part", blind, partial))
	}
	if note := s.v.Desk().Recording; !note.IsZero() {
		s.say("recording: " + s.l.text(safetext.Clean(note.String())))
	}
	for _, notes := range [...][]safetext.Text{inEnglish(s.v.Desk().Trouble), s.v.Notes()} {
		for _, n := range notes {
			s.say("! " + s.l.text(n))
		}
	}
}

// clock writes an instant in UTC to the second.
func clock(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05Z") }

// Sources writes how many sources are in each state, those that see nothing in capitals: "3 live,
// 1 STALE"; "none" without sources.
func Sources(v picture.View) string {
	counts := v.States()
	var parts []string
	for _, state := range figure.States() {
		if n := counts[state]; n > 0 {
			parts = append(parts, figure.Plain.Number(n)+" "+figure.Plain.State(state))
		}
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}

func (s *status) countries(only []country.Code) {
	m := s.l.hand()
	columns := []column{
		{title: "ISO"},
		{title: "COUNTRY", least: 4, drop: 2},
		{title: "LEVEL"},
		{title: "REVIEWED", right: true, drop: 8},
		{title: "EST", drop: 1},
		{title: "24H", right: true},
		{title: "7D", right: true},
		{title: "30D", right: true},
		{title: m.Times + "OWN", right: true, drop: 5},
		{title: "HAZ", right: true, drop: 4},
		{title: "KIL INJ ABD DET OTH 30D", right: true, drop: 9},
		{title: "STAFF", right: true, drop: 7},
		{title: "NAT", right: true, drop: 3},
		{title: "INT", right: true, drop: 3},
		{title: "AGE", right: true, drop: 3},
		{title: cannotSee, drop: 6},
	}
	var rows [][]string
	unseen := map[string][]string{}
	for c := range s.v.Countries() {
		if len(only) > 0 && !slices.Contains(only, c.Code) {
			continue
		}
		age, _ := figure.Plain.StaffAge(c, s.now)
		cannot := figure.Plain.Cannot(c, s.now)
		unseen[cannot] = append(unseen[cannot], c.Code.Alpha3())
		rows = append(rows, []string{
			c.Code.Alpha3(), s.l.text(c.Name), m.Level(c), s.reviewed(c), figure.Plain.Estimate(c.Estimate),
			figure.Plain.Window(c.Day), figure.Plain.Window(c.Week), figure.Plain.Window(c.Month), figure.Plain.Own(c.Trend),
			figure.Plain.AtLeast(c.Hazards.Active, c.Hazards.Known), harmed(c.Outcomes),
			figure.Plain.Total(c), figure.Plain.National(c), figure.Plain.International(c), age, cannot,
		})
	}
	if len(rows) == 0 {
		s.say("no countries: name them in vigil.toml (countries = [\"MLI\"]), or add feeds, levels or presence")
	} else if gone := s.table(columns, rows); slices.Contains(gone, cannotSee) {
		s.unseen(unseen)
	}
	for c := range s.v.Countries() {
		if t := trackedIn(s.v, c.Code); t.Total > 0 && (len(only) == 0 || slices.Contains(only, c.Code)) {
			s.say("tracked in " + c.Code.Alpha3() + ": " + figure.Plain.Number(t.Total) + ", of which " + figure.Plain.Number(t.Current) + " where their position says")
		}
	}
	for _, c := range only {
		s.beside(c)
	}
	if n := s.v.AdvisedElsewhere(); n > 0 && len(only) == 0 {
		s.say("advised about elsewhere: " + figure.Plain.Number(n) + " of the countries not shown here; vigil status COUNTRY tells them, and countries in vigil.toml keeps a country in view")
	}
}

// tracked counts what is tracked in a country, and of it what is where its position says.
type tracked struct{ Total, Current int }

func trackedIn(v picture.View, c country.Code) (n tracked) {
	for _, t := range v.TrackedIn(c) {
		if n.Total++; t.Fix == presence.Current {
			n.Current++
		}
	}
	return n
}

// beside says of a country that was asked for what has no column: what others advise, and the newest that is recorded, however
// old it is.
func (s *status) beside(c country.Code) {
	for _, a := range s.v.Advisories(c) {
		text := c.Alpha3() + ": " + s.l.text(a.Authority) + " advises " + s.l.clean(figure.Plain.Advisory(&a))
		if !a.Updated.IsZero() {
			text += ", updated " + figure.Plain.WhenWhole(a.Updated) + s.ago(a.Updated.Start)
		}
		if state, silent := s.v.Silent(&a); silent {
			text += "; its source is " + figure.Plain.State(state)
		}
		s.say(text)
	}
	s.background(c)
	for id := range s.v.Incidents() {
		f, _ := s.v.Facts(id)
		if f.Hidden() || f.Over() || f.Forecast() || f.Class() == incident.Report || !slices.Contains(f.Countries(), c) {
			continue
		}
		when := "of an unknown time, and came " + figure.Plain.Time(f.Received())
		if r, _ := s.v.Row(id); !r.When.IsZero() {
			when = "of " + figure.Plain.WhenWhole(r.When) + s.ago(f.Placed())
		}
		s.say(c.Alpha3() + ": the newest incident that is recorded is " + when)
		return
	}
	s.say("! " + c.Alpha3() + ": no incident is recorded")
}

// background is how many events publishers of statistics counted in a country: rates, and no incidents.
func (s *status) background(c country.Code) {
	for _, r := range s.v.Background(c) {
		last := r.Period.End.AddDate(0, 0, -1) // its last day: the end is the first instant after it
		s.say(c.Alpha3() + ": background rate, in no window: " + s.l.clean(figure.Plain.Words(r.Kind.OneLine().String())) + ", " + counted(r.Events) + " events, " + counted(r.Fatalities) + " killed, " +
			figure.Plain.Date(r.Period.Start, "2006-01-02") + " to " + figure.Plain.Date(last, "2006-01-02") + ", by " + s.l.text(r.Authority))
	}
}

func counted(n int) string {
	if n == background.Uncounted {
		return figure.Unknown
	}
	return figure.Plain.Number(n)
}

// cannotSee is the column of what no source covers. It is never cut: where it has no room, it becomes
// lines.
const cannotSee = "CANNOT SEE"

// unseen says what cannot be seen, and in which countries.
func (s *status) unseen(countries map[string][]string) {
	for _, what := range slices.Sorted(maps.Keys(countries)) {
		if what != figure.Nothing {
			s.say("! cannot see " + what + ": " + strings.Join(countries[what], " "))
		}
	}
}

// reviewed is the age of the official levels.
func (s *status) reviewed(c *picture.Country) string {
	if c.Levels == nil {
		return figure.Nothing
	}
	if c.Levels.Reviewed.Start.After(s.now) {
		return figure.Unknown // in a picture of the past: what was reviewed before is not known
	}
	age, _ := figure.Plain.Age(c.Levels.Reviewed.Start, s.now, 0)
	return age
}

// harmed is the people killed, injured, abducted, detained and harmed otherwise in 30 days, each with "+" where more
// may be missing.
func harmed(o picture.Outcomes) string {
	parts := make([]string, 0, 5)
	for _, n := range o.Counts() {
		parts = append(parts, figure.Plain.AtLeast(n.N, n.Known))
	}
	return strings.Join(parts, " ")
}

// sources lists the sources; of countries that were asked for, those that have a say in them, and how many there are besides.
func (s *status) sources(only []country.Code) {
	columns := []column{
		{title: "SOURCE", least: 8},
		{title: "STATE"},
		{title: "CONTENT", right: true},
		{title: "HEARD", right: true, drop: 3},
		{title: "EXPECT", right: true, drop: 4},
		{title: "RECORDS", right: true, drop: 2},
		{title: "REJECTED", right: true, drop: 1},
		{title: "NOTE", least: 12, drop: 5},
	}
	var rows [][]string
	var reasons []string
	others := 0
	has := s.v.SayIn(only)
	for src := range s.v.Sources() {
		if len(only) > 0 && !has(src) {
			others++
			continue
		}
		f := &src.Facts
		rows = append(rows, []string{
			s.l.text(src.Info.Name), figure.Plain.State(src.State), s.age(f.ContentTime), s.age(f.LastSuccess),
			s.expect(src), figure.Plain.Number(src.Counts.Records), figure.Plain.Number(src.Counts.Rejected), s.l.text(src.Info.Note),
		})
		if !src.Reason.IsZero() {
			reasons = append(reasons, s.l.text(src.Info.Name)+" "+figure.Plain.State(src.State)+": "+s.l.text(src.Reason))
		}
		if src.ProblemsTotal > 0 {
			reasons = append(reasons, s.l.text(src.Info.Name)+": "+figure.Plain.Plural(src.ProblemsTotal, "problem")+
				" in its files: vigil check names each")
		}
	}
	switch {
	case len(rows) == 0 && others == 0:
		s.say("no sources: put files into feeds/; without them every country is BLIND")
		return
	case len(rows) == 0:
		s.say("! no source has a say here")
	default:
		s.table(columns, rows)
	}
	for _, r := range reasons {
		s.say("! " + r)
	}
	if others > 0 {
		s.say("not listed: " + figure.Plain.Plural(others, "source") + " that neither cover what was asked for nor tell of it; vigil status lists all")
	}
}

// age is how old something is; in a picture of the past, which has no age now, the time itself.
func (s *status) age(t time.Time) string {
	if !s.v.Live() {
		return figure.Plain.Time(t)
	}
	age, _ := figure.Plain.Age(t, s.now, 0)
	return age
}

// ago is the age of something in a live picture, behind its time.
func (s *status) ago(t time.Time) string {
	if !s.v.Live() {
		return ""
	}
	return ", " + s.age(t) + " ago"
}

func (s *status) expect(src *picture.Source) string {
	if src.Info.Format.IsZero() {
		return figure.Unknown
	}
	if !src.Info.Profile.Awaited() {
		return figure.Nothing
	}
	return health.Period(src.Info.Profile.Expect)
}

func (s *status) totals() {
	t := s.v.Totals()
	parts := []string{fmt.Sprintf("%s, %s of them hazards", figure.Plain.Plural(t.Total, "incident"), figure.Plain.Number(t.Hazards))}
	for _, c := range [...]struct {
		n    int
		what string
	}{
		{t.UnknownTime, "without a time"},
		{t.UnknownCountry, "without a country"},
		{t.Conflicts, "in conflict"},
		{t.Refuted, "refuted"},
		{t.Cancelled, "cancelled (not among them)"},
		{t.Excluded, s.excluded()},
		{t.Forecasts, "forecast (not among them)"},
		{t.Restricted, "restricted"},
		{t.Merged, "told by another source too (not among them)"},
		{t.Proposed, "of which another source may tell, too"},
		{t.Misplaced, "with a position outside their country"},
		{t.UnknownWords, "with words that no list has"},
	} {
		if c.n > 0 {
			parts = append(parts, figure.Plain.Number(c.n)+" "+c.what)
		}
	}
	if t.Reports > 0 {
		parts = append(parts, figure.Plain.Plural(t.Reports, "report")+" (not among them)")
	}
	s.say(strings.Join(parts, "; "))
	s.say("?: nobody could have said; 3+: seen, not the whole; 2?: may belong; !: old or expired")
}

// excluded is what the records that are kept out are, by their status.
func (s *status) excluded() string {
	var of [incident.Draft + 1]int
	for i := range s.v.Excluded() {
		if st := s.v.ExcludedRow(i).Status; int(st) < len(of) {
			of[st]++
		}
	}
	var list []string
	for _, c := range [...]struct {
		status incident.Status
		what   string
	}{
		{incident.Actual, "actual"},
		{incident.Exercise, "exercise"},
		{incident.Test, "test"},
		{incident.Draft, "draft"},
		{incident.System, "of systems, acknowledgements and errors among them"},
	} {
		if n := of[c.status]; n > 0 {
			list = append(list, figure.Plain.Number(n)+" "+c.what)
		}
	}
	return "kept out (not among them): " + strings.Join(list, ", ")
}

// Worst is the worst state of any source, with the names of the sources in it.
func Worst(v picture.View) (worst health.State, names []string) {
	worst = health.Live
	for s := range v.Sources() {
		switch {
		case s.State < worst:
			worst, names = s.State, []string{s.Info.Name.String()}
		case s.State == worst:
			names = append(names, s.Info.Name.String())
		}
	}
	return worst, names
}
