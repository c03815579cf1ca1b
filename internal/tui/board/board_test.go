package board

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/profile"
	"vigil/internal/risk"
	"vigil/internal/safetext"
	"vigil/internal/saying"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
	"vigil/internal/tui/widget"
)

// TestDueIsWorkedIn: the pane takes the keys, Enter goes to the forecast or the plan, and why says who expects it.
func TestDueIsWorkedIn(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Expecting().View(), tuitest.Sizes[1])
	b := New()
	b.Arrived(f)
	for range int(panes) {
		if b.focus == duePane {
			break
		}
		b.Key(keys.NextPane, f)
	}
	if b.focus != duePane {
		t.Fatal("the pane is not reached")
	}
	if ask := b.Key(keys.Open, f); ask.Go != screen.ToPlan {
		t.Errorf("%+v", ask)
	}
	if ask := b.Key(keys.ShowWhy, f); ask.Say != "calendar/plan.yaml:1 expects it" {
		t.Errorf("%+v", ask)
	}
	if ask := b.Key(keys.ShowCountry, f); ask.Go != screen.ToCountry || ask.Subject.Country.String() != "MLI" {
		t.Errorf("%+v", ask)
	}
	if ask := b.Key(keys.Copy, f); !strings.HasPrefix(ask.Copy, "!OVERDUE 37m") {
		t.Errorf("%+v", ask)
	}
	b.Key(keys.Bottom, f)
	if ask := b.Key(keys.Open, f); ask.Go != screen.ToEvent || ask.Subject.Incident == 0 {
		t.Errorf("a forecast: %+v", ask)
	}
}

func TestDueGoldens(t *testing.T) {
	v := tuitest.Expecting().View()
	for _, size := range append(slices.Clone(tuitest.Sizes), tuitest.Size{Width: 40, Height: 12}) {
		f := tuitest.Frame(t, v, size)
		b := New()
		b.Arrived(f)
		lines := b.Lines(f)
		tuitest.Exact(t, f, lines)
		tuitest.Golden(t, "due-"+size.String(), lines)
		if size == tuitest.Sizes[0] {
			tuitest.Golden(t, "due-ascii", b.Lines(tuitest.ASCII(t, f)))
			tuitest.Golden(t, "due-mono", b.Lines(tuitest.Mono(t, f)))
			tuitest.Golden(t, "due-linear", b.Linear(f))
		}
	}
}

func TestContract(t *testing.T) { tuitest.Walk(t, func() screen.Screen { return New() }) }

// open is a board with the Sahel desk, drawn once.
func open(t *testing.T, size tuitest.Size) (*Board, *tuitest.Desk, screen.Frame) {
	t.Helper()
	d := tuitest.Sahel()
	f := tuitest.Frame(t, d.View(), size)
	b := New()
	b.Arrived(f)
	b.Lines(f)
	return b, d, f
}

func arrive(b *Board, d *tuitest.Desk, f *screen.Frame, id string) {
	d.Arrive(tuitest.Report{Source: "radio", ID: id, When: "2026-11-20T14:30:00Z", Country: "MLI", Place: "Gao", Act: incident.Shooting})
	f.View = d.View()
	b.Arrived(*f)
}

func toEvents(b *Board, f screen.Frame) {
	for b.focus != eventsPane {
		b.Key(keys.NextPane, f)
	}
}

func TestBoundaryStandsBetweenTheDayAndWhatWasBefore(t *testing.T) {
	b, _, f := open(t, tuitest.Sizes[0])
	at := slices.Index(b.events.list, boundary)
	if at <= 0 || at == len(b.events.list)-1 {
		t.Fatalf("the boundary is at %d of %d", at, len(b.events.list))
	}
	from := f.View.Valid().Add(-window)
	for i, id := range b.events.list {
		if r, ok := f.View.Row(id); ok && !r.Restricted && r.Placed.Before(from) != (i > at) {
			t.Errorf("row %d of %s is on the wrong side", i, r.Placed)
		}
	}
	toEvents(b, f)
	seen := map[picture.ID]bool{}
	for range b.events.list {
		if b.events.selected() == boundary {
			t.Fatal("the cursor stands on the boundary on the way down")
		}
		seen[b.events.selected()] = true
		b.Key(keys.Down, f)
	}
	if len(seen) != len(b.events.list)-1 {
		t.Errorf("going down reached %d incidents of %d", len(seen), len(b.events.list)-1)
	}
	for range b.events.list {
		b.Key(keys.Up, f)
		if b.events.selected() == boundary {
			t.Fatal("the cursor stands on the boundary on the way up")
		}
	}
	if b.events.cursor.Selected != 0 {
		t.Errorf("going up ends at row %d", b.events.cursor.Selected)
	}
}

func TestNothingOfTheDay(t *testing.T) {
	d := tuitest.Empty()
	d.Arrive(tuitest.Report{Source: "radio", ID: "1", When: "2026-11-01T10:00:00Z", Received: 300 * time.Hour, Country: "MLI", Act: incident.Shooting})
	f := tuitest.Frame(t, d.View(), tuitest.Sizes[0])
	b := New()
	b.Arrived(f)
	if slices.Contains(b.events.list, boundary) {
		t.Error("a boundary with nothing above it")
	}
	if title := b.events.title(inASCII(f)); title != "none seen in 24 h, older below" {
		t.Errorf("title: %q", title)
	}
}

func TestEmptyDoesNotLookCalm(t *testing.T) {
	d := tuitest.Empty()
	d.Store.SetOptions(picture.Options{Desk: picture.Desk{Name: safetext.Const("Nowhere")}})
	f := tuitest.Frame(t, d.View(), tuitest.Size{Width: 40, Height: 12})
	b := New()
	b.Arrived(f)
	lines := b.Lines(f)
	tuitest.Exact(t, f, lines)
	text := strings.Join(strings.Fields(strings.Join(append(lines, b.Linear(f)...), " ")), " ") // as if nothing were broken into lines
	for _, want := range []string{noCountryOf(f)[0], "No incident has reached this desk.", "That is not calm"} {
		if strings.Count(text, want) != 2 {
			t.Errorf("%q is not on the screen and in the plain lines:\n%s", want, text)
		}
	}
}

// TestNoSources: a desk that nothing was put into says where things go.
func TestNoSources(t *testing.T) {
	v := picture.NewStore(picture.Options{Desk: picture.Desk{Name: safetext.Const("New")}}).Publish(tuitest.Now).For(picture.DutyOfficer)
	for _, s := range []tuitest.Size{{Width: 40, Height: 12}, {Width: 80, Height: 24}} {
		f := tuitest.Frame(t, v, s)
		b := New()
		b.Arrived(f)
		lines := b.Lines(f)
		tuitest.Exact(t, f, lines)
		tuitest.Golden(t, "new-"+s.String(), lines)
	}
}

func TestInsideTheListHoldsAndSpaceLetsIn(t *testing.T) {
	b, d, f := open(t, tuitest.Sizes[0])
	toEvents(b, f)
	b.Key(keys.Down, f)
	b.Key(keys.Down, f)
	was := b.events.selected()
	before := len(b.events.list)
	if b.Cannot(keys.Release, f) == "" {
		t.Error("nothing is held back, and Release can be used")
	}
	for i := range 3 {
		arrive(b, d, &f, fmt.Sprint("N-", i))
	}
	if b.events.held != 3 || len(b.events.list) != before || !strings.Contains(b.events.title(inASCII(f)), "3 new ^") {
		t.Fatalf("held %d, title %q", b.events.held, b.events.title(inASCII(f)))
	}
	if _, ok := keys.Default().Lookup(b.Scope(), "space"); !ok {
		t.Error("space does nothing on the board")
	}
	b.Key(keys.Release, f)
	if b.events.held != 0 || b.events.selected() != was || b.events.cursor.Selected != 5 {
		t.Errorf("after release: held %d, selected %d (was %d) in row %d", b.events.held, b.events.selected(), was, b.events.cursor.Selected)
	}
}

func TestFilterSaysWhatMayMatch(t *testing.T) {
	b, _, f := open(t, tuitest.Sizes[0])
	b.SetFilter("act:abduction", b.events.ids[:2], 2)
	b.SetUndecided(64)
	if got, want := b.events.title(inASCII(f)), "2 found . 64 maybe . /act:abduction"; !strings.HasPrefix(got, want) {
		t.Errorf("title %q, want %q", got, want)
	}
	b.SetFilter("act:none", nil, 0)
	if got := b.events.nothing(f); len(got) != 2 || !strings.Contains(got[0], "No incident surely matches") {
		t.Errorf("nothing found: %q", got)
	}
	b.SetFilter("act:none", nil, -1)
	if got := b.events.nothing(f); !strings.Contains(got[0], "Searching") {
		t.Errorf("while searching: %q", got)
	}
}

func TestOneLineForEachAreaThatChanged(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
	gao, bamako := safetext.Const("Gao region"), safetext.Const("Bamako")
	change := func(area safetext.Text, from, to int, ago time.Duration) level.Change {
		return level.Change{Country: tuitest.Country("MLI"), Area: area, From: from, To: to, Seen: tuitest.Now.Add(-ago)}
	}
	list := changeNeeds(f, figure.PlainASCII, []level.Change{
		change(gao, 4, 5, time.Minute), change(bamako, 3, 2, time.Hour), change(gao, 3, 4, 2*time.Hour), change(gao, 2, 3, 50*time.Hour),
	}, func(*level.Change) bool { return false })
	var got []string
	for i := range list {
		got = append(got, list[i].line())
	}
	want := []string{"!LEVEL 1m  MLI Gao region: official level 4>5, 3 changes in 7d", " LEVEL 1h  MLI Bamako: official level 3>2"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestOrder is the order of countries that the package comment states.
func TestOrder(t *testing.T) {
	b, _, _ := open(t, tuitest.Sizes[0])
	for i := 1; i < len(b.rows); i++ {
		x, y := b.rows[i-1], b.rows[i]
		if x.Home != y.Home && !x.Home {
			t.Errorf("%s is no home country and stands before %s", x.Code, y.Code)
		}
		if x.Home == y.Home && bandOrder(x) < bandOrder(y) {
			t.Errorf("%s stands before %s, which is worse", x.Code, y.Code)
		}
	}
	unknown, high, medium := picture.Country{}, picture.Country{}, picture.Country{}
	high.Estimate.Known, high.Estimate.Worst.Band = true, level.High
	medium.Estimate.Known, medium.Estimate.Worst.Band = true, level.Medium
	if compare(&high, &unknown) >= 0 || compare(&unknown, &medium) >= 0 {
		t.Error("an unknown estimate does not stand between High and Medium")
	}
}

// TestFiguresAreNeverCut draws large figures in the narrow columns: what does not fit says that it is more.
func TestFiguresAreNeverCut(t *testing.T) {
	c := picture.Country{Code: tuitest.Country("MLI"), Name: safetext.Const("Mali"), HasStaff: true}
	c.Staff.National, c.Staff.International = 1_234_567, 54_321
	c.Month = picture.Window{Sure: 98_765, Known: true}
	f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
	table := countryTable(f)
	tell := teller{now: f.Now, palette: f.Palette, hand: figure.PlainASCII, widths: table.Layout(f.Width)}
	cells := tell.cells(&c)
	for column, want := range map[int]string{5: "98k+", 8: "1M+", 9: "54k+"} {
		if cells[column].Text != want {
			t.Errorf("%s is %q, want %q", columns[column].Title, cells[column].Text, want)
		}
	}
}

// TestNobodyHarmedIsCutAway where names leave room for their words; the table is as wide as before, and no other column is narrower.
func TestNobodyHarmedIsCutAway(t *testing.T) {
	_, d, f := open(t, tuitest.Sizes[2])
	table, _ := split(f)
	was := countryTable(table)
	before := was.Layout(table.Width)
	for i, outcome := range []incident.Outcome{incident.Killed, incident.Injured, incident.Abducted, incident.Detained} {
		d.Arrive(tuitest.Report{
			Source: "radio", ID: fmt.Sprint("harmed ", i), When: tuitest.Now.Add(-time.Hour).Format(time.RFC3339), Country: "MLI", Place: "Gao", Act: incident.Shooting,
			Affected: incident.Breakdown{tuitest.People(incident.PopulationNGO, incident.National, incident.Male, outcome, 12)},
		})
	}
	table.View = d.View()
	c, _ := table.View.Country(tuitest.Country("MLI"))
	words := f.Harmed(&c.Outcomes)
	now := countryTable(table)
	after := now.Layout(table.Width)
	if widget.Width(words) <= before[harmedColumn] || after[harmedColumn] < min(widget.Width(words), before[harmedColumn]+before[0]-nameCells) {
		t.Errorf("%q has %d cells, and had %d", words, after[harmedColumn], before[harmedColumn])
	}
	if columns[harmedColumn].figure != screen.FigureOutcomes {
		t.Error("another column is taken for that of the harmed")
	}
	for i := range after {
		if i != 0 && i != harmedColumn && after[i] != before[i] || i == 0 && after[i] < nameCells {
			t.Errorf("%s has %d cells, and had %d", columns[i].Title, after[i], before[i])
		}
	}
}

// TestSelectedWeeksAreFigures: a plot in reverse shows the heights that its bars do not have.
func TestSelectedWeeksAreFigures(t *testing.T) {
	b, _, f := open(t, tuitest.Sizes[2])
	for range trendColumn {
		b.Key(keys.Right, f)
	}
	if columns[b.column].Title != "8 WEEKS" {
		t.Fatalf("the cursor is in %s", columns[b.column].Title)
	}
	tell := teller{now: f.Now, palette: f.Palette, names: f.View.CountryNames(), hand: f.Hand}
	at := b.countryCursor.Selected
	if got := b.countryRow(at, &tell).Cells[trendColumn]; got.Text != "10111125" || got.Role != theme.Selected {
		t.Errorf("selected: %+v", got)
	}
	if got := b.countryRow(at+1, &tell).Cells[trendColumn].Text; strings.ContainsAny(got, "0123456789") {
		t.Errorf("not selected: %q", got)
	}
	if got := digits([]picture.Tally{{Sure: 10, Whole: true}, {Sure: 9, Whole: true}, {Sure: 3}, {Whole: true}}); got != "+9?0" {
		t.Errorf("%q", got)
	}
}

func TestWhyOfEveryColumn(t *testing.T) {
	b, _, f := open(t, tuitest.Sizes[2])
	for i := range columns {
		ask := b.Key(keys.ShowWhy, f)
		if ask.Go != screen.ToWhy || ask.Subject.Figure != columns[i].figure || ask.Subject.Country != b.country {
			t.Errorf("why in %s asks for %+v", columns[i].Title, ask)
		}
		b.Key(keys.Right, f)
	}
}

// Many old exports must not push out of sight what needs somebody.
func TestSilentSourcesTakeOneLine(t *testing.T) {
	d := tuitest.Sahel()
	seen := tuitest.Now.Add(-time.Minute)
	for n := range 9 {
		name := fmt.Sprintf("export-%d", n)
		d.Store.Configure(name, picture.SourceInfo{
			Name: safetext.Clean(name), Format: safetext.Const("csv"), Profile: health.Profile{Expect: time.Hour, Memory: health.Complete},
		})
		d.Store.Observe(name, health.Facts{LastAttempt: seen, LastSuccess: seen, ContentTime: tuitest.Now.Add(-100 * 24 * time.Hour)})
	}
	f := tuitest.Frame(t, d.View(), tuitest.Sizes[0])
	var words []string
	stale := ""
	list := needsOf(f, nil)
	for i := range list {
		words = append(words, list[i].word)
		if strings.Contains(list[i].text, "export-") {
			stale += list[i].line() + "\n"
		}
	}
	if !strings.Contains(stale, "9 sources") || strings.Count(stale, "\n") != 1 || !strings.Contains(stale, "and 6 more") {
		t.Errorf("the exports take %q", stale)
	}
	place := func(word string) int { return slices.Index(words, word) }
	if e, s := place("EXPIRED"), slices.Index(words[place("EXPIRED"):], "STALE"); e < 0 || s < 0 {
		t.Errorf("an expired level stands behind the silent sources: %q", words)
	}
	if place("FAILED") > len(words)-1-slices.Index(reversed(words), "STALE") {
		t.Errorf("what fails stands behind what is silent: %q", words)
	}
}

func reversed(words []string) []string {
	out := slices.Clone(words)
	slices.Reverse(out)
	return out
}

// TestPanesNobodyIsInShowTheirWorst: what comes in above the first line is not out of sight, and before a key is pressed the
// first country is selected, whichever that is.
func TestPanesNobodyIsInShowTheirWorst(t *testing.T) {
	d := tuitest.Sahel()
	f := tuitest.Frame(t, d.View(), tuitest.Size{Width: 80, Height: 12})
	b := New()
	b.Arrived(f)
	b.Lines(f)
	first := b.needs[0].key
	for i := range 6 {
		d.Source(fmt.Sprint("aaa", i), "native", health.Profile{Expect: time.Hour, Covers: tuitest.Every, Countries: []country.Code{country.Code(i + 1)}}, health.Facts{
			LastAttempt: tuitest.Now, Failure: safetext.Const("permission denied"),
		})
	}
	f.View = d.View()
	b.Arrived(f)
	if b.needCursor != (widget.Cursor{}) {
		t.Errorf("the pane stands at %+v", b.needCursor)
	}
	for b.focus != needsPane {
		b.Key(keys.NextPane, f)
	}
	b.Key(keys.Bottom, f)
	last := b.need
	b.Arrived(f)
	if b.need != last || b.needs[b.needCursor.Selected].key != last {
		t.Errorf("who is in the pane loses the selection: %q, then %q (first %q)", last, b.need, first)
	}
}

func TestManyBlindingSourcesTakeOneLine(t *testing.T) {
	d := tuitest.Empty()
	for i := range 5 {
		d.Source(fmt.Sprint("hazards-", i), "gdacs", health.Profile{Expect: time.Hour, Covers: health.Set(incident.Hazard)}, health.Facts{
			LastAttempt: tuitest.Now, LastSuccess: tuitest.Now, ContentTime: tuitest.Now.Add(-48 * time.Hour),
		})
	}
	f := tuitest.Frame(t, d.View(), tuitest.Sizes[1])
	b := New()
	b.Arrived(f)
	var stale []string
	for i := range b.needs {
		if b.needs[i].word == "STALE" {
			stale = append(stale, b.needs[i].line())
		}
	}
	if len(stale) != 1 || !strings.Contains(stale[0], "!STALE") || !strings.Contains(stale[0], "5 sources, hazards unseen in MLI MRT: hazards-0, hazards-1, hazards-2 and 2 more") {
		t.Errorf("%q", stale)
	}
}

// TestProposalsAreListed: one line below what is urgent, and Enter finds them.
func TestProposalsAreListed(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Convoy().View(), tuitest.Sizes[0])
	b := New()
	b.Arrived(f)
	n := b.needs[len(b.needs)-1]
	if n.line() != " PROPOSED   2 events that others may tell of, too: Enter lists them, m merges" || n.urgent {
		t.Errorf("%q", n.line())
	}
	if n.ask.Go != screen.ToEvents || n.ask.Subject.Filter != "event:proposed" {
		t.Errorf("%+v", n.ask)
	}
}

// TestRightToLeftIsIsolated: what stands beside a name in Arabic stays where it is.
func TestRightToLeftIsIsolated(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Expecting().View(), tuitest.Sizes[1])
	b := New()
	b.Arrived(f)
	seen := false
	for _, line := range b.Lines(f) {
		if i := strings.Index(line, "تقرير"); i >= 0 {
			seen = true
			if !strings.HasSuffix(line[:i], "\u2068") || !strings.Contains(line[i:], "\u2069") {
				t.Errorf("not isolated: %q", line)
			}
		}
	}
	if !seen {
		t.Fatal("the desk has changed: it expects nothing in Arabic")
	}
}

// TestNobodyElseSees: without a row of any country nobody is said to see what a source would, unless somebody does.
func TestNobodyElseSees(t *testing.T) {
	store := picture.NewStore(picture.Options{Desk: picture.Desk{Name: safetext.Const("none")}})
	say := func(name string, failure string) {
		store.Configure(name, picture.SourceInfo{Name: safetext.Clean(name), Profile: health.Profile{Expect: time.Hour, Covers: health.Set(incident.Hazard)}})
		facts := health.Facts{LastAttempt: tuitest.Now, LastSuccess: tuitest.Now, ContentTime: tuitest.Now, Failure: safetext.Clean(failure)}
		store.Observe(name, facts)
	}
	line := func() string {
		f := tuitest.Frame(t, store.Publish(tuitest.Now).For(picture.DutyOfficer), tuitest.Sizes[1])
		b := New()
		b.Arrived(f)
		return b.needs[0].line()
	}
	say("web", "refused")
	if got := line(); !strings.HasPrefix(got, "!FAILED") || !strings.Contains(got, "web: hazards unseen; ") {
		t.Errorf("alone: %q", got)
	}
	say("other", "")
	if got := line(); !strings.HasPrefix(got, " FAILED") || !strings.Contains(got, "web: others see what it would; ") {
		t.Errorf("beside one that lives: %q", got)
	}
}

// TestDetailShowsWhatOthersAdvise beside the official level, with its age, and marked where its source is silent.
func TestDetailShowsWhatOthersAdvise(t *testing.T) {
	d := tuitest.Sahel()
	for _, s := range []string{"gdacs", "radio"} { // the one is stale, the other lives
		d.Advise(s, "MLI")
	}
	for _, size := range tuitest.Sizes[1:3] {
		f := tuitest.Frame(t, d.View(), size)
		b := New()
		b.Arrived(f)
		lines := b.Lines(f)
		tuitest.Exact(t, f, lines)
		tuitest.Golden(t, "advised-"+size.String(), lines)
		if text := ansi.Strip(strings.Join(lines, "\n")); !regexp.MustCompile(`Authority of g\S+ +3 of 4 +2d!`).MatchString(text) ||
			!regexp.MustCompile(`Authority of r\S+ +3 of 4 +2d\s`).MatchString(text) {
			t.Errorf("at %s:\n%s", size, text)
		}
	}
}

func TestDutyGoldens(t *testing.T) {
	tuitest.Goldens(t, "duty", tuitest.OnDuty().View(), func() screen.Screen { return New() })
}

// TestAcknowledgingFromTheBoard: a is about the selected alarm, else about the first that nobody has.
func TestAcknowledgingFromTheBoard(t *testing.T) {
	b, f := New(), tuitest.Frame(t, tuitest.OnDuty().View(), tuitest.Sizes[0])
	b.Arrived(f)
	if ask := b.Key(keys.Acknowledge, f); ask.Prefill != "ack A6 " {
		t.Errorf("%+v", ask)
	}
	for b.focus != needsPane {
		b.Key(keys.NextPane, f)
	}
	b.Key(keys.Down, f)
	if ask := b.Key(keys.Acknowledge, f); ask.Prefill != "ack A5 " {
		t.Errorf("%+v", ask)
	}
	if ask := b.Key(keys.Open, f); ask.Go != screen.ToAlarm || ask.Subject.Alarm != "entry-10" {
		t.Errorf("%+v", ask)
	}
	calm := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
	b.Arrived(calm)
	if ask := b.Key(keys.Acknowledge, calm); ask.Say != "no alarm is open" {
		t.Errorf("%+v", ask)
	}
}

// TestPromisedReportsAreDue: the board leads to the form of each, and names none that the viewer may not know of.
func TestPromisedReportsAreDue(t *testing.T) {
	v := tuitest.Promising().View()
	for _, size := range tuitest.Sizes[:2] {
		f := tuitest.Frame(t, v, size)
		b := New()
		b.Arrived(f)
		lines := b.Lines(f)
		tuitest.Exact(t, f, lines)
		tuitest.Golden(t, "promised-"+size.String(), lines)
	}
	b, f := New(), tuitest.Frame(t, v, tuitest.Sizes[1])
	b.Arrived(f)
	b.Lines(f)
	for b.focus != duePane {
		b.Key(keys.NextPane, f)
	}
	for _, want := range []struct {
		words string
		ask   screen.Ask
	}{
		{"!OVERDUE 9m  14:23  15:23 local  NER  flash  flash 2 on A2", screen.Ask{Go: screen.ToFlash, Subject: screen.Subject{Alarm: "entry-4", Country: tuitest.Country("NER"), Area: -1}}},
		{" 14:45  14:45 local  MLI  flash  flash 2 on A6", screen.Ask{Go: screen.ToFlash, Subject: screen.Subject{Alarm: "entry-11", Country: tuitest.Country("MLI"), Area: -1}}},
		{" 14:52  -  ack ends  A4 rings again: ack of Oscar ends", screen.Ask{Go: screen.ToAlarm, Subject: screen.Subject{Alarm: "entry-8", Area: -1}}},
		{" 15:17  -  flash  flash 3 on a restricted incident", screen.Ask{Go: screen.ToFlash, Subject: screen.Subject{Incident: b.due[3].About, Area: -1}}},
		{" 18:32  18:32 local  MRT  shelf ends  A3 rings again: its shelf ends", screen.Ask{Go: screen.ToAlarm, Subject: screen.Subject{Alarm: "entry-6", Area: -1}}},
	} {
		d := b.selectedDue()
		if got := dueLine(d, f); got != want.words {
			t.Errorf("%q, want %q", got, want.words)
		}
		if ask := b.Key(keys.Open, f); ask != want.ask {
			t.Errorf("%s opens %+v", want.words, ask)
		}
		if ask := b.Key(keys.ShowWhy, f); !strings.Contains(ask.Say, "dutylog/000000000001.log:") {
			t.Errorf("%s: why says %+v", want.words, ask)
		}
		b.Key(keys.Down, f)
	}
	if b.due[3].About == 0 || strings.Contains(strings.Join(b.Linear(f), "\n"), tuitest.SecretID) {
		t.Error("the restricted incident is named, or not found")
	}
}

// TestAFloodIsGrouped on the board as well: no alarm is left out, what is done about one is not done about a group, and the cursor stays
// with its alarm.
func TestAFloodIsGrouped(t *testing.T) {
	d, l := tuitest.OnDutyLog()
	f := tuitest.Frame(t, l.On(d).View(), tuitest.Sizes[1])
	b := New()
	b.Arrived(f)
	for b.focus != needsPane {
		b.Key(keys.NextPane, f)
	}
	for range 2 { // to A2, of Niger
		b.Key(keys.Down, f)
	}
	if got := b.needs[b.needCursor.Selected].key; got != "alarm entry-4" {
		t.Fatalf("the cursor is on %s", got)
	}
	tuitest.Flood(l)
	v := l.On(d).View()
	f = tuitest.Frame(t, v, tuitest.Sizes[1])
	b.Arrived(f)
	n := b.needs[b.needCursor.Selected]
	if n.key != "group incident near staff/NER" || n.line() != "!3× HIGH NOT ACKED 2m  incident near staff, NER: A14 A13 A2" {
		t.Errorf("the cursor is on %q", n.line())
	}
	if got := b.Key(keys.Acknowledge, f).Say; got != "this is a group of 3 alarms: Enter lists them" {
		t.Errorf("%q", got)
	}
	if ask := b.Key(keys.Open, f); ask.Go != screen.ToAlarms || ask.Subject.Alarm != n.alarms[0].ID {
		t.Errorf("%+v", ask)
	}
	seen := map[string]int{}
	for _, n := range b.needs {
		for _, a := range n.alarms {
			seen[a.ID]++
		}
	}
	for _, a := range v.Duty().Alarms(f.Now) {
		want := 1
		if a.OnShelf(f.Now) {
			want = 0
		}
		if seen[a.ID] != want {
			t.Errorf("%s stands %d times under NEEDS YOU", a.Called(), seen[a.ID])
		}
	}
	f.Now = f.Now.Add(15 * time.Minute)
	b.Arrived(f)
	if got := b.needs[b.needCursor.Selected].key; got != "alarm entry-4" {
		t.Errorf("after the flood the cursor is on %s", got)
	}
	for _, size := range tuitest.Sizes[:2] {
		f := tuitest.Frame(t, v, size)
		b := New()
		b.Arrived(f)
		lines := b.Lines(f)
		tuitest.Exact(t, f, lines)
		tuitest.Golden(t, "flood-"+size.String(), lines)
	}
}

// TestALevelThatRangIsToldOnce: the alarm of a change stands, and no line of the same change beside it.
func TestALevelThatRangIsToldOnce(t *testing.T) {
	rang := func(key string) string {
		d, l := tuitest.Sahel(), tuitest.NewLog()
		l.Say(22*time.Minute, tuitest.Vigil, &duty.Raise{Rule: "official level changed", Severity: duty.High, Key: key, Country: "MLI", Words: duty.Words("MLI Mali: Gao region official level 4 to 5"), Moment: true})
		f := tuitest.Frame(t, l.On(d).View(), tuitest.Sizes[1])
		b := New()
		b.Arrived(f)
		var lines []string
		for _, n := range b.needs {
			if strings.Contains(n.text, "official level 4") {
				lines = append(lines, n.word)
			}
		}
		return strings.Join(lines, ", ")
	}
	if got := rang("rule/official level changed/MLI Gao region 4-5, 2026-11-20"); got != "A1 HIGH NOT ACKED" {
		t.Errorf("of the same change: %s", got)
	}
	if got := rang("rule/official level changed/MLI Bamako 4-5, 2026-11-20"); got != "A1 HIGH NOT ACKED, LEVEL" {
		t.Errorf("of another: %s", got)
	}
}

// TestTheRuleSaysHowItStands: how many nobody has, how many of all who must know were told, how many rang in an hour; and of telling
// nothing where no profile says who must know.
func TestTheRuleSaysHowItStands(t *testing.T) {
	title := func(profiled bool, entries ...duty.Body) string {
		d, l := tuitest.OnDutyLog()
		for _, e := range entries {
			l.Say(time.Minute, "Oscar", e)
		}
		if l.On(d); profiled {
			d.Store.SetProfiles(profile.Set{tuitest.Profile()}, tuitest.Now.Add(-time.Hour))
		}
		f := tuitest.Frame(t, d.View(), tuitest.Sizes[1])
		b := New()
		b.Arrived(f)
		b.sizes.needs = len(b.needs)
		return b.needsTitle(f)
	}
	told := func(alarm, who string) duty.Body {
		return &duty.Told{Alarm: alarm, Contact: who, Outcome: duty.ReadBack}
	}
	critical := []duty.Body{told("entry-11", "designated official"), told("entry-11", "security adviser"), told("entry-11", "medical"), told("entry-11", "warden Gao région"), told("entry-11", "warden Mopti")}
	for what, c := range map[string]struct{ got, want string }{
		"without a profile":         {title(false), "3 not acked · 2 rings/h"},
		"nobody told":               {title(true), "3 not acked · told 0 of 6 · 2 rings/h"},
		"one told":                  {title(true, critical[0]), "3 not acked · told 1 of 6 · 2 rings/h"},
		"all told of the first":     {title(true, critical...), "3 not acked · told 0 of 1 · 2 rings/h"},
		"all told of both":          {title(true, append(critical, told("entry-10", "security adviser"))...), "3 not acked · all told · 2 rings/h"},
		"one of them has escalated": {title(true, &duty.Escalate{Alarm: "entry-10", Level: 1, Reason: duty.Words("nobody")}), "3 not acked · told 0 of 6 · 3 rings/h"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", what, c.got, c.want)
		}
	}
}

// TestTheMapTakesWhatIsLeft: below a short table beside the detail, never on narrow terminals, and never at the price of events.
func TestTheMapTakesWhatIsLeft(t *testing.T) {
	drawn := func(v picture.View, s tuitest.Size) (string, sizes) {
		f := tuitest.Frame(t, v, s)
		b := New()
		b.Arrived(f)
		return strings.Join(b.Lines(f), "\n"), b.sizes
	}
	few := tuitest.Sahel().View()
	for _, size := range tuitest.Sizes {
		if text, _ := drawn(few, size); strings.Contains(text, "MAP by official level") != (size.Width >= detailFrom) {
			t.Errorf("%s:\n%s", size, text)
		}
	}
	o := picture.Options{Desk: picture.Desk{Name: safetext.Const("Wide")}, Risk: risk.Default()}
	for _, c := range country.All()[:60] {
		o.Countries = append(o.Countries, picture.CountryOption{Code: c})
	}
	d := tuitest.Sahel()
	d.Store.SetOptions(o)
	text, s := drawn(d.View(), tuitest.Sizes[1])
	if strings.Contains(text, "MAP by") || s.events < s.countries-1 {
		t.Errorf("%+v:\n%s", s, text)
	}
}

// TestWithoutCountriesAnotherPaneHasTheKeys until there is one, or somebody chose another.
func TestWithoutCountriesAnotherPaneHasTheKeys(t *testing.T) {
	d := tuitest.Empty()
	nowhere := picture.Options{Desk: picture.Desk{Name: safetext.Const("Nowhere")}}
	d.Store.SetOptions(nowhere)
	f := tuitest.Frame(t, d.View(), tuitest.Sizes[0])
	b := New()
	b.Arrived(f)
	if b.focus != needsPane || b.empty() || b.Cannot(keys.Open, f) != "" {
		t.Fatalf("pane %d has the keys, with %d lines in NEEDS YOU", b.focus, len(b.needs))
	}
	home := nowhere
	home.Countries = []picture.CountryOption{{Code: tuitest.Country("MLI")}}
	d.Store.SetOptions(home)
	f = tuitest.Frame(t, d.View(), tuitest.Sizes[0])
	if b.Arrived(f); b.focus != countriesPane {
		t.Errorf("with a country pane %d has the keys", b.focus)
	}
	b.Key(keys.NextPane, f)
	at := b.focus
	d.Store.SetOptions(nowhere)
	if b.Arrived(tuitest.Frame(t, d.View(), tuitest.Sizes[0])); b.focus != at {
		t.Errorf("the keys went from pane %d, which was chosen, to %d", at, b.focus)
	}
}

// inASCII is f with the marks of a terminal that has ASCII alone.
func inASCII(f screen.Frame) screen.Frame {
	f.Hand = figure.PlainASCII
	return f
}

// TestAlarmsThatWaitAreNoTrouble: they have a line that nobody must act on.
func TestAlarmsThatWaitAreNoTrouble(t *testing.T) {
	v := picture.NewStore(picture.Options{Desk: picture.Desk{Waiting: 1}}).Publish(tuitest.Now).For(picture.DutyOfficer)
	f := tuitest.Frame(t, v, tuitest.Sizes[0])
	list := deskNeeds(f)
	if len(list) == 0 {
		t.Fatal("nothing is said of what waits")
	}
	if n := list[0]; n.urgent || n.word != "WAIT" || !strings.HasPrefix(n.text, "1 alarm of medium or low severity: no more than 6") {
		t.Errorf("%+v", n)
	}
}

// TestTroubleIsSaidInTheLanguage of whoever reads it, and known by its English.
func TestTroubleIsSaidInTheLanguage(t *testing.T) {
	desk := picture.Desk{
		Recording: saying.Of("%s: %s", saying.Word("NOT RECORDED"), saying.Of("%s: %s", saying.Count(1200, "record waits", "records wait"), "no space left")),
		Trouble:   []saying.Saying{saying.Of("vigil.toml has errors, the last good one holds: %s", "vigil.toml:2:1: no such key")},
	}
	v := picture.NewStore(picture.Options{Desk: desk}).Publish(tuitest.Now).For(picture.DutyOfficer)
	f := tuitest.Frame(t, v, tuitest.Sizes[0])
	want := map[string][]string{
		"en": {"NOT RECORDED: 1,200 records wait: no space left", "vigil.toml has errors, the last good one holds: vigil.toml:2:1: no such key"},
		"fr": {"NON ENREGISTRÉ : 1 200 enregistrements attendent : no space left", "vigil.toml a des erreurs, le dernier bon fait foi : vigil.toml:2:1: no such key"},
	}
	for tag, texts := range want {
		list := deskNeeds(tuitest.In(t, tag, f))
		if len(list) != 2 || strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(list[0].text) != texts[0] || list[1].text != texts[1] || list[1].key != "desk "+want["en"][1] {
			t.Errorf("%s: %+v", tag, list)
		}
	}
}

// TestNarrowTablesHaveCodesAlone: a short name among codes would be taken for one.
func TestNarrowTablesHaveCodesAlone(t *testing.T) {
	v := tuitest.Sahel().View()
	f := tuitest.Frame(t, v, tuitest.Size{Width: 40, Height: 12})
	table := countryTable(f)
	tell := teller{now: f.Now, hand: f.Hand, palette: f.Palette, widths: table.Layout(f.Width)}
	for c := range v.Countries() {
		if got := tell.name(c); got != c.Code.Alpha3() {
			t.Errorf("%s under CC", got)
		}
	}
}

// TestStandingIsNeverCut in any language at 80 cells.
func TestStandingIsNeverCut(t *testing.T) {
	v := tuitest.Sahel().View()
	for _, tag := range lang.Tags() {
		f := tuitest.In(t, tag, tuitest.Frame(t, v, tuitest.Sizes[0]))
		table := eventTableIn(f)
		cells := table.Layout(f.Width)
		b := New()
		b.Arrived(f)
		for _, id := range b.events.list {
			r, _ := v.Row(id)
			if text := f.Standing(&r); widget.Width(text) > cells[standingColumn] {
				t.Errorf("%s: %q has %d cells", tag, text, cells[standingColumn])
			}
		}
		if cells[placeColumn] < 8 || cells[actColumn] < 8 {
			t.Errorf("%s: %v", tag, cells)
		}
	}
}
