package plot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"
	"pgregory.net/rapid"

	"vigil/internal/theme"
	"vigil/internal/tui/tuitest"
	"vigil/internal/tui/widget"
)

func text(r Row) string {
	var b strings.Builder
	for _, s := range r {
		b.WriteString(s.Text)
	}
	return b.String()
}

func draw(rows []Row) string {
	lines := make([]string, len(rows))
	for i, r := range rows {
		lines[i] = strings.TrimRight(text(r), " ")
	}
	return strings.Join(lines, "\n")
}

func weeks(values ...float64) []widget.Period {
	list := make([]widget.Period, len(values))
	for i, v := range values {
		list[i] = widget.Period{Value: v, Incomplete: v < 0}
	}
	return list
}

func TestBars(t *testing.T) {
	tests := []struct {
		name    string
		ascii   bool
		width   int
		periods []widget.Period
		band    Band
		want    string
	}{
		{"nothing", false, 20, nil, Band{}, "\n\n"},
		{"calm", false, 20, weeks(0, 0, 0), Band{}, "   1\n\n   0"},
		{"rises", false, 20, weeks(0, 1, 2, 4, 6), Band{}, "   6     █\n        ██\n   0  ▄███"},
		{"not known", false, 20, weeks(3, 6, -1, -1), Band{}, "   6  █░░\n     ▄█░░\n   0 ██░░"},
		{"usual", false, 20, weeks(0, 0, 3, 0, 12), Band{Mean: 2, High: 6}, "  12     █\n     ····█\n   0 ──▆─█"},
		{"the newest", false, 8, weeks(9, 9, 9, 1, 2, 3), Band{}, "   3   █\n      ██\n   0 ███"},
		{"nothing is known", false, 20, weeks(-1, -1), Band{}, "     ░░\n     ░░\n     ░░"},
		{"ascii", true, 20, weeks(2, 6, -1), Band{Mean: 1, High: 4}, "   6 .@/\n      @/\n   0 @@/"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := tuitest.Palette(t, theme.Default, colorprofile.NoTTY, tt.ascii)
			if got := draw(Bars(p, tt.width, 3, tt.periods, tt.band)); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// TestBarsAreHonest: whatever is drawn has the room it was given, what is not known is hatched over the whole height, what is more than
// nothing is seen, and what is more is never lower.
func TestBarsAreHonest(t *testing.T) {
	utf8, ascii := tuitest.Palette(t, theme.Default, colorprofile.NoTTY, false), tuitest.Palette(t, theme.Default, colorprofile.NoTTY, true)
	rapid.Check(t, func(t *rapid.T) {
		p := utf8
		if rapid.Bool().Draw(t, "ascii") {
			p = ascii
		}
		width, height := rapid.IntRange(0, 90).Draw(t, "width"), rapid.IntRange(1, 12).Draw(t, "height")
		periods := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) widget.Period {
			return widget.Period{Value: float64(rapid.IntRange(0, 2000).Draw(t, "value")), Incomplete: rapid.Bool().Draw(t, "incomplete")}
		}), 0, 70).Draw(t, "periods")
		band := Band{Mean: rapid.Float64Range(0, 100).Draw(t, "mean")}
		band.High = band.Mean + rapid.Float64Range(0, 100).Draw(t, "over")
		rows := Bars(p, width, height, periods, band)
		shown := periods[len(periods)-min(len(periods), max(0, width-axis)):]
		if len(rows) != height {
			t.Fatalf("%d rows", len(rows))
		}
		tall := func(i int) (cells int) {
			for _, r := range rows {
				if g := string([]rune(text(r))[axis+i]); strings.Contains(sparks(p), g) {
					cells++
				}
			}
			return cells
		}
		for _, r := range rows {
			if w := widget.Width(text(r)); w != axis+len(shown) {
				t.Fatalf("a row is %d cells wide, want %d", w, axis+len(shown))
			}
		}
		for i, period := range shown {
			for _, r := range rows {
				if g := string([]rune(text(r))[axis+i]); (g == p.Glyph(theme.Hatch)) != period.Incomplete {
					t.Fatalf("period %d of %v is drawn as %q", i, shown, g)
				}
			}
			if period.Incomplete {
				continue
			}
			if (tall(i) > 0) != (period.Value > 0) && !p.ASCII { // in ASCII the marks of bars are those of the band as well
				t.Fatalf("%v is %d cells tall", period.Value, tall(i))
			}
			for k, other := range shown {
				if !other.Incomplete && other.Value > period.Value && tall(k) < tall(i) && !p.ASCII {
					t.Fatalf("%v is %d cells tall, and %v %d", other.Value, tall(k), period.Value, tall(i))
				}
			}
		}
	})
}

func sparks(p *theme.Palette) string {
	var all string
	for g := theme.Spark1; g <= theme.Spark8; g++ {
		all += p.Glyph(g)
	}
	return all
}

func weekday(d time.Weekday) string { return d.String()[:3] }

func TestHours(t *testing.T) {
	p := tuitest.Palette(t, theme.Default, colorprofile.NoTTY, false)
	var counts [7][24]int
	counts[1][6], counts[1][7], counts[0][23], counts[5][12] = 4, 8, 120, 2
	got := draw(Hours(p, weekday, 40, &counts, true))
	want := strings.Join([]string{
		"      0  2  4  6  8 10 12 14 16 18 20 22",
		"Mon   ·  ·  · 12  ·  ·  ·  ·  ·  ·  ·  ·",
		"Tue   ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·",
		"Wed   ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·",
		"Thu   ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·",
		"Fri   ·  ·  ·  ·  ·  ·  2  ·  ·  ·  ·  ·",
		"Sat   ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·",
		"Sun   ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·120",
	}, "\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	counts[0][23] = 10
	if row := draw(Hours(p, weekday, 80, &counts, true)[1:2]); row != "Mon   ·  ·  ·  ·  ·  ·  4▅ 8  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·" {
		t.Errorf("an hour a column: %q", row)
	}
	if row := draw(Hours(p, weekday, 40, &counts, false)[1:2]); row != "Mon   ?  ?  ? 12  ?  ?  ?  ?  ?  ?  ?  ?" && row != "Mon   ?  ?  ?█12  ?  ?  ?  ?  ?  ?  ?  ?" {
		t.Errorf("not whole: %q", row)
	}
}

// TestHoursAddUp: no count is lost, however many hours a column holds.
func TestHoursAddUp(t *testing.T) {
	p := tuitest.Palette(t, theme.Default, colorprofile.NoTTY, true)
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(dayCells+6, 90).Draw(t, "width")
		var counts [7][24]int
		want := 0
		for range rapid.IntRange(0, 60).Draw(t, "n") {
			counts[rapid.IntRange(0, 6).Draw(t, "day")][rapid.IntRange(0, 23).Draw(t, "hour")]++
			want++
		}
		rows := Hours(p, weekday, width, &counts, rapid.Bool().Draw(t, "whole"))
		got := 0
		for _, r := range rows[1:] {
			line := text(r)
			if w := widget.Width(line); w > width || (w-dayCells)%3 != 0 {
				t.Fatalf("a row is %d cells wide in %d", w, width)
			}
			for at := dayCells; at < len(line); at += 3 {
				n := 0
				for _, c := range line[at+1 : at+3] {
					if c >= '0' && c <= '9' {
						n = 10*n + int(c-'0')
					}
				}
				got += n
			}
		}
		if got != want {
			t.Fatalf("%d of %d", got, want)
		}
	})
}

func TestShares(t *testing.T) {
	p := tuitest.Palette(t, theme.Default, colorprofile.NoTTY, false)
	got := strings.Join(Shares(p, 8, []int{100, 50, 1, 0}), "|")
	if got != "████████|████|█|" {
		t.Error(got)
	}
	if got := Shares(p, 8, []int{0, 0}); got[0]+got[1] != "" {
		t.Errorf("nothing has bars: %q", got)
	}
}

// TestTimes: a name stands where its time begins, below the bar of that period, and none is cut or runs into another.
func TestTimes(t *testing.T) {
	names := map[int]string{0: "Oct", 3: "Nov", 7: "Dec", 9: "'26", 14: "Feb"}
	name := func(i int) string { return names[i] }
	for _, tt := range []struct {
		width int
		want  string
	}{
		{30, "     Oct    Dec    Feb"}, // Nov and the year would run into the one before
		{21, "     Oct    Dec"},
		{16, "       Dec"},
		{5, ""},
		{0, ""},
	} {
		row := Times(tt.width, 16, name)
		if got := strings.TrimRight(text(row), " "); got != tt.want {
			t.Errorf("at %d cells: %q, want %q", tt.width, got, tt.want)
		}
	}
}

// TestHoursInASCIIAreFiguresAlone: a shade of letters beside a figure would be read with it.
func TestHoursInASCIIAreFiguresAlone(t *testing.T) {
	var counts [7][24]int
	counts[6][7], counts[6][8], counts[6][9] = 6, 7, 10
	day := func(d time.Weekday) string { return d.String()[:3] }
	for _, ascii := range []bool{false, true} {
		p := tuitest.Palette(t, theme.Default, colorprofile.NoTTY, ascii)
		row := strings.Join(strings.Fields(text(Hours(p, day, 80, &counts, true)[6])), " ")
		if got := strings.Contains(row, " 6 7 10 "); got != ascii {
			t.Errorf("ascii %v: %q", ascii, row)
		}
	}
}

// TestSteps: each step is in the role of its own value, and what is not known in that of none.
func TestSteps(t *testing.T) {
	p := tuitest.Palette(t, theme.Default, colorprofile.NoTTY, false)
	row := Steps(p, []int{0, 0, 3, 3, 4, 4, 4, 0, 3}, theme.LevelRole)
	if got := text(row); got != "??3─4──?3" {
		t.Error(got)
	}
	want := Row{{Text: "??", Role: theme.Dim}, {Text: "3─", Role: theme.Level3}, {Text: "4──", Role: theme.Level4}, {Text: "?", Role: theme.Dim}, {Text: "3", Role: theme.Level3}}
	if !slices.Equal(row, want) {
		t.Errorf("%v, want %v", row, want)
	}
}
