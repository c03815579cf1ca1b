package widget

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"vigil/internal/theme"
	"vigil/internal/tui/keys"
)

func TestFit(t *testing.T) {
	tests := []struct {
		in   string
		w    int
		want string
	}{
		{"Mali", 6, "Mali  "},
		{"Mali", 4, "Mali"},
		{"Burkina Faso", 8, "Burkina…"},
		{"Burkina Faso", 1, "…"},
		{"Burkina Faso", 0, ""},
		{"東京都", 4, "東… "},
		{"東京都", 6, "東京都"},
		{"Tillabe\u0301ri", 9, "Tillabe\u0301ri"},
		{"Tillabe\u0301ri", 8, "Tillabe\u0301…"},
		{"\u2068غزة\u2069", 4, "\u2068غزة\u2069 "},
		{"\u2068غزة اليوم\u2069", 4, "\u2068غزة\u2069…"},
		{"a\x1b[2Jb", 6, "a?[2Jb"},
		{"a\xffb", 3, "a\ufffdb"},
	}
	for _, tt := range tests {
		if got := Fit(tt.in, tt.w, "…"); got != tt.want {
			t.Errorf("Fit(%q, %d) = %q, want %q", tt.in, tt.w, got, tt.want)
		}
	}
}

func TestNumbersAreNeverCut(t *testing.T) {
	if got := PadLeft("1,101", 7, "…"); got != "  1,101" {
		t.Errorf("padded to %q", got)
	}
	p := palette(t, theme.Mono, true)
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(0, 40).Draw(t, "width")
		column := rapid.Custom(func(t *rapid.T) Column {
			return Column{Width: rapid.IntRange(1, 8).Draw(t, "w"), Right: true, Grow: rapid.IntRange(0, 2).Draw(t, "grow"), Drop: rapid.IntRange(0, 2).Draw(t, "drop")}
		})
		table := Table{NoHeader: true, Columns: rapid.SliceOfN(column, 1, 5).Draw(t, "columns")}
		var row Row
		for range table.Columns {
			n := rapid.IntRange(0, 1e7).Draw(t, "number")
			row.Cells = append(row.Cells, Cell{Text: strconv.Itoa(n)})
		}
		line := table.Render(p, width, 1, nil, 1, func(int) Row { return row })[0]
		for word := range strings.FieldsSeq(line) {
			whole := strings.Trim(word, "~") == "" || slices.ContainsFunc(row.Cells, func(c Cell) bool { return c.Text == word })
			if !whole {
				t.Fatalf("%q shows %q, which is none of %v", line, word, row.Cells)
			}
		}
	})
}

func TestWrap(t *testing.T) {
	tests := []struct {
		in   string
		w    int
		want []string
	}{
		{"", 10, []string{""}},
		{"one two three", 7, []string{"one two", "three"}},
		{"one  two\n\nthree", 20, []string{"one two", "", "three"}},
		{"abcdefghij kl", 4, []string{"abcd", "efgh", "ij", "kl"}},
		{"ab abcdefghij", 4, []string{"ab", "abcd", "efgh", "ij"}},
		{"東京都", 3, []string{"東", "京", "都"}},
		{"東a", 1, []string{"?", "a"}},
		{"\u2068غزة اليوم\u2069 x", 5, []string{"\u2068غزة\u2069", "\u2068اليوم\u2069", "x"}},
		{"x", 0, []string{""}},
		{"des 48 h : « un mot » !", 8, []string{"des 48", "h : « un", "mot » !"}},
		{": a", 2, []string{":", "a"}},
	}
	for _, tt := range tests {
		got := Wrap(tt.in, tt.w)
		if !slices.Equal(got, tt.want) {
			t.Errorf("Wrap(%q, %d) = %q, want %q", tt.in, tt.w, got, tt.want)
		}
	}
}

func TestWrapKeepsEveryWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([a-zé東]{1,12} ?){0,30}`).Draw(t, "text")
		lines := Wrap(text, rapid.IntRange(2, 30).Draw(t, "width"))
		if got, want := strings.Join(strings.Fields(strings.Join(lines, "")), ""), strings.Join(strings.Fields(text), ""); got != want {
			t.Fatalf("wrapping lost text:\n got %q\nwant %q", got, want)
		}
	})
}

func TestCursorKeepsTheSelectionInSight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c Cursor
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			total := rapid.IntRange(0, 40).Draw(t, "total")
			height := rapid.IntRange(1, 12).Draw(t, "height")
			before := c
			c.Move(rapid.IntRange(-20, 20).Draw(t, "delta"), total, height)
			if total == 0 {
				if c != (Cursor{}) {
					t.Fatalf("cursor %+v in nothing", c)
				}
				continue
			}
			if c.Selected < 0 || c.Selected >= total || c.Offset > c.Selected || c.Selected >= c.Offset+height {
				t.Fatalf("%+v of %d rows, %d shown", c, total, height)
			}
			if c.Offset > 0 && c.Offset+height > total {
				t.Fatalf("%+v leaves empty rows below %d", c, total)
			}
			visible := before.Offset <= c.Selected && c.Selected < before.Offset+height && before.Offset+height <= total
			if visible && c.Offset != before.Offset {
				t.Fatalf("scrolled from %+v to %+v without need", before, c)
			}
		}
	})
}

func TestColumnsGiveWayInOrder(t *testing.T) {
	table := Table{Columns: []Column{{Width: 5, Grow: 1}, {Width: 5, Drop: 1}, {Width: 5, Drop: 3}, {Width: 5, Drop: 2}}}
	for width, want := range map[int][]int{
		40: {21, 5, 5, 5}, // one for the mark, three gaps
		24: {5, 5, 5, 5},
		23: {10, 5, -1, 5},
		18: {5, 5, -1, 5},
		17: {10, 5, -1, -1},
		11: {10, -1, -1, -1},
		4:  {3, -1, -1, -1},
	} {
		if got := table.Layout(width); !slices.Equal(got, want) {
			t.Errorf("in %d cells the columns are %v, want %v", width, got, want)
		}
	}
}

func TestOnlyVisibleRowsAreAskedFor(t *testing.T) {
	table := Table{Columns: []Column{{Width: 5}}}
	asked := 0
	table.Render(palette(t, theme.Mono, false), 20, 11, &Cursor{Selected: 500_000}, 1_000_000, func(int) Row {
		asked++
		return Row{}
	})
	if asked != 10 {
		t.Errorf("%d rows were asked for, want the 10 that are seen", asked)
	}
}

func TestPromptEditing(t *testing.T) {
	var e Prompt
	do := func(ids ...keys.ID) {
		t.Helper()
		for _, id := range ids {
			if !e.Edit(id) {
				t.Fatalf("%s was not taken", id)
			}
		}
	}
	want := func(text string) {
		t.Helper()
		if e.Value() != text {
			t.Fatalf("the text is %q, want %q", e.Value(), text)
		}
	}
	e.Insert("country:MLI since:7d")
	do(keys.EraseWord)
	want("country:MLI ")
	do(keys.EraseWord)
	want("")
	e.Insert("act:abduction\n\x1b[2Jx")
	want("act:abduction [2Jx")
	do(keys.LineStart, keys.EraseOn, keys.CursorOn, keys.EraseBack)
	want("t:abduction [2Jx")
	do(keys.LineEnd, keys.CursorBack, keys.EraseLine)
	want("x")
	if e.Done() != "x" {
		t.Error("Done did not return the text")
	}
	e.Insert("y")
	e.Done()
	e.Insert("y")
	e.Done() // a repetition
	e.Insert("draft")
	do(keys.Older)
	want("y")
	do(keys.Older)
	want("x")
	do(keys.Older)
	want("x") // the oldest
	do(keys.Newer, keys.Newer)
	want("draft")
	do(keys.Newer)
	want("draft")
	e.Clear()
	e.Fail("wrong")
	do(keys.Older)
	want("wrong")
	do(keys.Older)
	want("y")
	do(keys.Newer, keys.Newer)
	want("")
	e.Insert("z")
	e.Done()
	e.Fail("z") // it was found out later
	do(keys.Older)
	want("z")
	e.Clear()
	e.Insert("x")
	e.Done()
	do(keys.Older, keys.Older)
	want("y") // what did not run is gone when something has
	if e.Edit(keys.Accept) || e.Edit(keys.Cancel) || e.Edit(keys.Complete) || e.Edit(keys.Interrupt) {
		t.Error("the prompt took a key that is its owner's")
	}
}

func TestPromptCompletion(t *testing.T) {
	tests := []struct {
		typed      string
		candidates []string
		want       string
		changed    bool
	}{
		{"cou", []string{"country:"}, "country: ", true},
		{"x sever", []string{"severity", "severity>="}, "x severity", true},
		{"x severity", []string{"severity", "severity>="}, "x severity", false},
		{"zzz", nil, "zzz", false},
	}
	for _, tt := range tests {
		var e Prompt
		e.Insert(tt.typed)
		if changed := e.Complete(tt.candidates); changed != tt.changed || e.Value() != tt.want {
			t.Errorf("%q completed to %q (%v), want %q (%v)", tt.typed, e.Value(), changed, tt.want, tt.changed)
		}
	}
}

func TestPromptShowsItsCursor(t *testing.T) {
	p := palette(t, theme.Mono, false)
	e := Prompt{Label: "/"}
	e.Insert("0123456789東京")
	lines, cursor := e.Render(p, 10)
	if got := ansi.Strip(lines[0]); got != "/6789東京 " || cursor != 9 {
		t.Errorf("the prompt is %q with the cursor in %d", got, cursor)
	}
	e.Edit(keys.LineStart)
	lines, cursor = e.Render(p, 10)
	if got := ansi.Strip(lines[0]); got != "/012345678" || cursor != 1 {
		t.Errorf("the prompt is %q with the cursor in %d", got, cursor)
	}
}

func TestViewportTellsWhatIsHidden(t *testing.T) {
	v := Viewport{}
	v.Move(3, 10, 4)
	if above, below := v.More(10, 4); above != 3 || below != 3 {
		t.Errorf("%d above, %d below, want 3 and 3", above, below)
	}
	v.Move(100, 10, 4)
	if above, below := v.More(10, 4); above != 6 || below != 0 {
		t.Errorf("%d above, %d below at the end", above, below)
	}
	v.Move(-100, 2, 4)
	if above, below := v.More(2, 4); above != 0 || below != 0 {
		t.Errorf("%d above, %d below where all is shown", above, below)
	}
}

func TestBeside(t *testing.T) {
	got := Beside(2, []int{3, 2}, []string{"abc"}, []string{"de", "fg"})
	if want := []string{"abc  de", "     fg"}; !slices.Equal(got, want) {
		t.Errorf("beside each other: %q, want %q", got, want)
	}
}

func TestSparklineDoesNotShowWhatIsNotKnown(t *testing.T) {
	p := palette(t, theme.Mono, true)
	got := Sparkline(p, 5, []Period{{Value: 0}, {Value: 4}, {Value: 8}, {Value: 99, Incomplete: true}})
	if want := "  =@/"; got != want {
		t.Errorf("the sparkline is %q, want %q", got, want)
	}
}

func BenchmarkTable(b *testing.B) {
	p := palette(b, theme.Default, false)
	table := Table{Focused: true, Columns: []Column{{Title: "COUNTRY", Width: 20, Grow: 1}, {Title: "LEVEL", Width: 7}, {Title: "24H", Width: 5, Right: true}, {Title: "AGE", Width: 5, Right: true}, {Title: "CANNOT SEE", Width: 14, Drop: 1}}}
	row := Row{Cells: []Cell{{Text: "Côte d'Ivoire"}, {Text: "3–5 T↑", Role: theme.Level5}, {Text: "4+2"}, {Text: "2h", Role: theme.Dim}, {Text: "crime, <7 d", Role: theme.Blind}}}
	b.ReportAllocs()
	for b.Loop() {
		table.Render(p, 200, 60, &Cursor{Selected: 3}, 1000, func(int) Row { return row })
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N), "µs/screen")
}
