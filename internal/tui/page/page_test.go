package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

func palette(tb testing.TB) *theme.Palette {
	tb.Helper()
	t, err := theme.LoadShipped(theme.Default)
	if err != nil {
		tb.Fatal(err)
	}
	return t.Palette(colorprofile.NoTTY, false)
}

// section has a row for each name, keyed by it.
func section(key string, names ...string) Section {
	s := Section{Key: key, Title: strings.ToUpper(key)}
	for _, n := range names {
		s.Lines = append(s.Lines, Line{Key: n, Spans: []widget.Span{{Text: n}}})
	}
	return s
}

func pointed(lines []string) (row int, text string) {
	for i, l := range lines {
		if at := strings.Index(l, "▸"); at >= 0 {
			return i, strings.TrimSpace(l[at+len("▸"):])
		}
	}
	return -1, ""
}

func TestSelectionFollowsTheLineAndNotTheRow(t *testing.T) {
	p := palette(t)
	var r Reader
	names := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	page := func(names []string) []Column {
		return []Column{{Width: 20, Sections: []Section{section("s", names...)}}}
	}
	r.Draw(p, 5, page(names))
	for range 5 {
		r.Key(nil, keys.Down, page(names))
	}
	before := r.Draw(p, 5, page(names))
	row, text := pointed(before)
	if text != "f" {
		t.Fatalf("selected %q in row %d, want f", text, row)
	}
	more := append([]string{"new 1", "new 2", "new 3"}, names...)
	after := r.Draw(p, 5, page(more))
	if now, text := pointed(after); now != row || text != "f" {
		t.Errorf("after three lines came in above, %q is selected in row %d, want f in row %d", text, now, row)
	}
	less := []string{"a", "b", "g", "h"}
	if _, text := pointed(r.Draw(p, 5, page(less))); text == "" {
		t.Error("nothing is selected after the selected line went away")
	}
}

func TestPanesGoThroughAllColumns(t *testing.T) {
	p := palette(t)
	columns := []Column{
		{Width: 20, Sections: []Section{section("a", "a1", "a2"), section("b", "b1")}},
		{Width: 20, Sections: []Section{section("empty"), section("c", "c1")}},
	}
	var r Reader
	r.Draw(p, 8, columns)
	for _, want := range []string{"b1", "c1", "a1"} {
		r.Key(nil, keys.NextPane, columns)
		l, ok := r.Selected(columns)
		if !ok || l.Key != want {
			t.Errorf("next pane selects %q, want %q", l.Key, want)
		}
	}
	r.Key(nil, keys.PreviousPane, columns)
	if l, _ := r.Selected(columns); l.Key != "c1" {
		t.Errorf("the pane before selects %q, want c1", l.Key)
	}
	r.Key(nil, keys.Left, columns)
	if l, _ := r.Selected(columns); l.Key[0] == 'c' {
		t.Errorf("the column to the left selects %q", l.Key)
	}
	// The terminal becomes narrow: all in one column, the same line selected.
	was, _ := r.Selected(columns)
	narrow := []Column{{Width: 20, Sections: append(columns[0].Sections, columns[1].Sections...)}}
	if _, text := pointed(r.Draw(p, 8, narrow)); text != was.Key {
		t.Errorf("in one column %q is selected, want %q", text, was.Key)
	}
}

// TestPagesPassAPlot that is taller than they are, in both directions, and each of its rows is seen on the way.
func TestPagesPassAPlot(t *testing.T) {
	p := palette(t)
	plot := Section{Key: "plot", Title: "PLOT"}
	for i := range 10 {
		plot.Lines = append(plot.Lines, Line{Spans: []widget.Span{{Text: fmt.Sprintf("bar %d.", i)}}, Still: true})
	}
	columns := []Column{{Width: 20, Sections: []Section{section("above", "a", "b"), plot, section("below", "y", "z")}}}
	var r Reader
	r.Draw(p, 9, columns)
	for _, walk := range []struct {
		id   keys.ID
		want string
	}{{keys.PageDown, "z"}, {keys.PageUp, "a"}, {keys.HalfPageDown, "z"}, {keys.HalfPageUp, "a"}} {
		seen := ""
		for range 12 {
			seen += strings.Join(r.Draw(p, 9, columns), "\n")
			r.Key(nil, walk.id, columns)
		}
		seen += strings.Join(r.Draw(p, 9, columns), "\n")
		for i := range plot.Lines {
			if bar := fmt.Sprintf("bar %d.", i); !strings.Contains(seen, bar) {
				t.Errorf("%v: %s is never seen", walk.id, bar)
			}
		}
		if _, at := pointed(r.Draw(p, 9, columns)); at != walk.want {
			t.Errorf("%v ends at %q, want %q", walk.id, at, walk.want)
		}
	}
}

func TestRowsAreMadeOnlyWhenTheyAreVisible(t *testing.T) {
	p := palette(t)
	asked := 0
	s := Section{Key: "s", Title: "S", Count: 1_000_000}
	s.Row = func(i int) Line {
		asked++
		return Line{Key: fmt.Sprint("row ", i), Spans: []widget.Span{{Text: fmt.Sprint(i)}}}
	}
	s.Find = func(key string) (int, bool) {
		var i int
		_, err := fmt.Sscanf(key, "row %d", &i)
		return i, err == nil
	}
	columns := []Column{{Width: 30, Sections: []Section{s}}}
	var r Reader
	r.Draw(p, 20, columns)
	r.Key(nil, keys.Bottom, columns)
	asked = 0
	lines := r.Draw(p, 20, columns)
	if _, text := pointed(lines); text != "999999" {
		t.Errorf("the last line is %q", text)
	}
	if asked > 60 {
		t.Errorf("%d rows were made for 20 lines", asked)
	}
}

func TestRuleStaysOnTopAndTellsWhatIsHidden(t *testing.T) {
	p := palette(t)
	columns := []Column{{Width: 40, Sections: []Section{section("a", strings.Split("abcdefghijklmnopqrst", "")...)}}}
	var r Reader
	r.Draw(p, 6, columns)
	r.Key(nil, keys.Bottom, columns)
	lines := r.Draw(p, 6, columns)
	if !strings.HasPrefix(lines[0], " A ") || !strings.Contains(lines[0], "↑15") {
		t.Errorf("first line: %q", lines[0])
	}
}

func TestKeysSayWhatTheyCannot(t *testing.T) {
	columns := []Column{{Width: 40, Sections: []Section{section("a", "plain")}}}
	columns[0].Sections[0].Lines = append(columns[0].Sections[0].Lines, Line{
		Key: "figure", Spans: []widget.Span{{Text: "19"}}, Open: screen.Ask{Go: screen.ToHelp}, Why: screen.Subject{Figure: screen.FigureDay},
	})
	var r Reader
	for _, id := range []keys.ID{keys.Open, keys.ShowWhy} {
		if ask, _ := r.Key(nil, id, columns); ask.Go != screen.Stay || ask.Say == "" {
			t.Errorf("%s on a line without: %+v", id, ask)
		}
	}
	r.Key(nil, keys.Down, columns)
	if ask, _ := r.Key(nil, keys.Open, columns); ask.Go != screen.ToHelp {
		t.Errorf("open: %+v", ask)
	}
	if ask, _ := r.Key(nil, keys.ShowWhy, columns); ask.Go != screen.ToWhy || ask.Subject.Figure != screen.FigureDay {
		t.Errorf("why: %+v", ask)
	}
	if ask, _ := r.Key(nil, keys.Copy, columns); ask.Copy != "19" {
		t.Errorf("copy: %+v", ask)
	}
	if _, handled := r.Key(nil, keys.Quit, columns); handled {
		t.Error("a page quits")
	}
}

func TestSafe(t *testing.T) {
	p := palette(t)
	ascii := *p
	ascii.ASCII = true
	for _, c := range []struct{ in, utf8, ascii string }{
		{"plain", "plain", "plain"},
		{"  Tillabéri ", "  Tillabéri ", "  Tillaberi "},
		{"تمبكتو", "\u2068تمبكتو\u2069", "??????"},
		{"a\x1bb", "a<U+001B>b", "a<U+001B>b"},
	} {
		if got := Safe(p, c.in); got != c.utf8 {
			t.Errorf("Safe(%q) = %q, want %q", c.in, got, c.utf8)
		}
		if got := Safe(&ascii, c.in); got != c.ascii {
			t.Errorf("Safe(%q) in ASCII = %q, want %q", c.in, got, c.ascii)
		}
	}
}

// Whatever the sections are and whatever is pressed, a drawing is exactly as large as asked, and what is selected is
// in it.
func TestDrawIsExact(t *testing.T) {
	p := palette(t)
	rapid.Check(t, func(t *rapid.T) {
		var r Reader
		make := func() []Column {
			columns := []Column{}
			for range rapid.IntRange(1, 3).Draw(t, "columns") {
				c := Column{Width: rapid.IntRange(1, 60).Draw(t, "width")}
				for range rapid.IntRange(0, 4).Draw(t, "sections") {
					c.Sections = append(c.Sections, section(rapid.StringMatching("[a-d]").Draw(t, "key"), rapid.SliceOfN(rapid.String(), 0, 9).Draw(t, "lines")...))
				}
				columns = append(columns, c)
			}
			return columns
		}
		columns := make()
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			height := rapid.IntRange(1, 20).Draw(t, "height")
			if rapid.Bool().Draw(t, "change") {
				columns = make()
			}
			r.Key(nil, rapid.SampledFrom([]keys.ID{keys.Up, keys.Down, keys.PageDown, keys.PageUp, keys.NextPane, keys.Bottom, keys.Right, keys.Left}).Draw(t, "key"), columns)
			lines := r.Draw(p, height, columns)
			want := Gap * (len(columns) - 1)
			for _, c := range columns {
				want += c.Width
			}
			if len(lines) != height {
				t.Fatalf("%d lines, want %d", len(lines), height)
			}
			for _, l := range lines {
				if w := widget.Width(l); w != want {
					t.Fatalf("%q is %d cells wide, want %d", l, w, want)
				}
			}
		}
	})
}

// TestLinks: on a terminal that takes links the address of a line leads there, and nothing else does; the address is to be read anyway.
func TestLinks(t *testing.T) {
	p := palette(t)
	const address = "https://example.org/reports/0412"
	for _, c := range []struct {
		address string
		takes   bool
		want    bool
	}{
		{address, true, true},
		{address, false, false},
		{"file:///etc/passwd", true, false},
		{"https://example.org/a b", true, false},
		{"https://example.org/\x07\x1b]0;x", true, false},
		{"https://example.org/é", true, false},
	} {
		p.Links = c.takes
		w := NewWriter(p, 30, 6)
		w.Address("link", c.address, theme.Text)
		for i := range w.Lines {
			for _, selected := range []bool{false, true} {
				drawn := Draw(p, 60, &w.Lines[i], selected)
				if got := strings.Contains(drawn, "\x1b]8;;"+c.address+"\x07"); got != c.want {
					t.Errorf("%q where links are taken (%v) is %q", c.address, c.takes, drawn)
				}
				if text := ansi.Strip(drawn); widget.Width(text) != 60 || !strings.Contains(text, "example") && !strings.Contains(text, "etc") && i == 0 {
					t.Errorf("%q cannot be read: %q", c.address, text)
				}
			}
		}
	}
}

// TestAPlotKeepsItsLook: what is drawn of cells is not reversed with its line.
func TestAPlotKeepsItsLook(t *testing.T) {
	p := palette(t)
	th, err := theme.LoadShipped(theme.Default)
	if err != nil {
		t.Fatal(err)
	}
	coloured := th.Palette(colorprofile.ANSI, false)
	l := Line{Spans: []widget.Span{{Text: "crime "}, {Text: "3 "}, {Text: "███"}}, Plot: 1}
	if got := Draw(p, 14, &l, true); got != "▸crime 3 ███  " {
		t.Errorf("%q", got)
	}
	if got, want := Draw(coloured, 14, &l, true), coloured.Paint(theme.Selected, "▸crime 3 ")+"███  "; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for width := range 14 {
		if got := widget.Width(ansi.Strip(Draw(p, width, &l, true))); got != width {
			t.Errorf("%d cells where there is room for %d", got, width)
		}
	}
}
