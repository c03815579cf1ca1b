package widget

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"vigil/internal/golden"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
)

func palette(t interface{ Fatal(...any) }, name string, ascii bool) *theme.Palette {
	th, err := theme.LoadShipped(name)
	if err != nil {
		t.Fatal(err)
	}
	return th.Palette(colorprofile.ANSI, ascii)
}

// hostile is text of every kind: any code point, isolates, wide and combining
// characters, control sequences.
func hostile() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.String(),
		rapid.StringMatching(`[a-z 0-9]{0,40}`),
		rapid.StringOf(rapid.SampledFrom([]rune("ab é東京\u0301\u2066\u2067\u2068\u2069\x1b[31m\t\n\r\x00\x7f\u0085\u2028\u200d👩\ufe0f🇲🇱غزة"))),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
	)
}

// exact checks the one promise of every widget.
func exact(t *rapid.T, what string, lines []string, width, height int) {
	if height >= 0 && len(lines) != height {
		t.Fatalf("%s has %d lines, want %d", what, len(lines), height)
	}
	for _, line := range lines {
		if w := ansi.StringWidthWc(line); w != max(width, 0) {
			t.Fatalf("%s is %d cells wide, want %d: %q", what, w, width, line)
		}
		plain := ansi.Strip(line)
		if strings.ContainsFunc(plain, control) || !utf8.ValidString(plain) {
			t.Fatalf("%s holds a control character: %q", what, line)
		}
		depth := 0
		for _, r := range plain {
			switch {
			case r >= isolateFirst && r <= isolateLast:
				depth++
			case r == isolateEnd && depth > 0:
				depth--
			}
		}
		if depth > 0 && what == "wrapped" {
			t.Fatalf("%s leaves an isolate open: %q", what, line)
		}
	}
}

func TestEveryWidgetHasItsWidth(t *testing.T) {
	p := palette(t, theme.HighContrastDark, false)
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(-1, 60).Draw(t, "width")
		height := rapid.IntRange(0, 6).Draw(t, "height")
		texts := rapid.SliceOfN(hostile(), 6, 6).Draw(t, "texts")
		role := func(name string) theme.Role {
			return theme.Role(rapid.IntRange(0, len(theme.Roles())).Draw(t, name))
		}
		ellipsis := rapid.SampledFrom([]string{"", "…", "~"}).Draw(t, "ellipsis")

		exact(t, "fitted", []string{Fit(texts[0], width, ellipsis)}, width, 1)
		exact(t, "padded", []string{PadLeft(texts[0], width, ellipsis)}, width, 1)
		exact(t, "rule", []string{Rule(p, width, Span{texts[0], role("title")}, Span{texts[1], role("right")})}, width, 1)
		spans := []Span{{texts[0], role("a")}, {texts[1], role("b")}}
		exact(t, "line", []string{Line(p, width, spans...)}, width, 1)
		exact(t, "status line", []string{StatusLine(p, width, role("base"), spans, []Span{{texts[2], role("c")}})}, width, 1)

		for i, line := range Wrap(texts[3], width) {
			if w := Width(line); w > max(width, 0) {
				t.Fatalf("line %d of the wrapped text is %d cells wide, want at most %d: %q", i, w, width, line)
			}
			exact(t, "wrapped", []string{Fit(line, width, "")}, width, 1)
		}

		var view Viewport
		view.Move(rapid.IntRange(-9, 9).Draw(t, "scroll"), 3, height)
		exact(t, "viewport", view.Render(p, width, height, 3, func(i int) []Span { return spans[:i%3] }), width, height)

		periods := rapid.SliceOf(rapid.Custom(func(t *rapid.T) Period {
			return Period{rapid.Float64().Draw(t, "value"), rapid.Bool().Draw(t, "incomplete")}
		})).Draw(t, "periods")
		exact(t, "sparkline", []string{Sparkline(p, width, periods)}, width, 1)

		exact(t, "table", hostileTable(t, p, width, height, texts), width, height)
		prompt, cursor := hostilePrompt(t, p, width, texts)
		exact(t, "prompt", prompt, width, -1)
		if cursor < 0 || cursor >= max(width, 1) {
			t.Fatalf("the prompt's cursor is in cell %d of %d", cursor, width)
		}
	})
}

func hostileTable(t *rapid.T, p *theme.Palette, width, height int, texts []string) []string {
	table := Table{
		Focused:  rapid.Bool().Draw(t, "focused"),
		NoHeader: rapid.Bool().Draw(t, "no header"),
		Gap:      rapid.IntRange(0, 3).Draw(t, "gap"),
		Columns: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Column {
			return Column{
				Title: hostile().Draw(t, "heading"), Width: rapid.IntRange(0, 30).Draw(t, "column width"),
				Grow: rapid.IntRange(0, 3).Draw(t, "grow"), Right: rapid.Bool().Draw(t, "right"), Drop: rapid.IntRange(0, 3).Draw(t, "drop"),
			}
		}), 0, 6).Draw(t, "columns"),
	}
	var cursor *Cursor
	if rapid.Bool().Draw(t, "selection") {
		cursor = &Cursor{rapid.IntRange(-5, 50).Draw(t, "selected"), rapid.IntRange(-5, 50).Draw(t, "offset")}
	}
	total := rapid.IntRange(0, 20).Draw(t, "rows")
	return table.Render(p, width, height, cursor, total, func(i int) Row {
		if i < 0 || i >= total {
			t.Fatalf("row %d of %d was asked for", i, total)
		}
		var cells []Cell
		for n, text := range texts {
			cells = append(cells, Cell{Text: text, Role: theme.Role(n * 5)})
		}
		return Row{Mark: texts[5], Cells: cells, Role: theme.Role(i)}
	})
}

func hostilePrompt(t *rapid.T, p *theme.Palette, width int, texts []string) ([]string, int) {
	e := Prompt{Label: texts[0]}
	ids := []keys.ID{
		keys.CursorBack, keys.CursorOn, keys.LineStart, keys.LineEnd, keys.EraseBack,
		keys.EraseOn, keys.EraseWord, keys.EraseLine, keys.Older, keys.Newer,
	}
	for range rapid.IntRange(0, 20).Draw(t, "edits") {
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 0:
			e.Insert(rapid.SampledFrom(texts).Draw(t, "insert"))
		case 1:
			e.Done()
		case 2:
			e.Complete(rapid.SliceOf(hostile()).Draw(t, "candidates"))
		case 3:
			e.SetError(texts[1], rapid.IntRange(-1, 50).Draw(t, "column"))
		default:
			if !e.Edit(rapid.SampledFrom(ids).Draw(t, "edit")) {
				t.Fatal("an edit was not taken")
			}
		}
	}
	return e.Render(p, width)
}

// TestGolden shows each widget once, for the eye; styles are written as ⟨…⟩.
func TestGolden(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		p := palette(t, theme.Default, ascii)
		var b strings.Builder
		show := func(title string, lines ...string) {
			fmt.Fprintf(&b, "%s\n", title)
			for _, l := range lines {
				l = strings.NewReplacer("\x1b[m", "⟨⟩", "\x1b[", "⟨").Replace(l)
				fmt.Fprintf(&b, "  |%s|\n", l)
			}
		}
		show("rule", Rule(p, 50, Span{"NEEDS YOU", theme.Title}, Span{"2 not acked", theme.Text}),
			Rule(p, 50, Span{"DUE", theme.Title}, Span{}), Rule(p, 16, Span{"NEEDS YOU", theme.Title}, Span{"2 not acked", theme.Text}), Rule(p, 5, Span{"NEEDS YOU", theme.Title}, Span{}))
		show("status line", StatusLine(p, 60, theme.Header, []Span{{" VIGIL Sahel", theme.Text}}, []Span{{"9 live ", theme.Live}, {"1 FAILED", theme.Failed}, {"  14:32:07Z", theme.Text}}),
			StatusLine(p, 30, theme.Header, []Span{{" VIGIL Sahel and Lake Chad", theme.Text}}, []Span{{"1 FAILED", theme.Failed}, {"  14:32:07Z", theme.Text}}))
		table := Table{Focused: true, Columns: []Column{
			{Title: "COUNTRY", Width: 8, Grow: 1}, {Title: "LEVEL", Width: 6}, {Title: "24H", Width: 4, Right: true}, {Title: "NAT", Width: 6, Right: true, Drop: 1}, {Title: "CANNOT SEE", Width: 12, Drop: 2},
		}}
		rows := []Row{
			{Cells: []Cell{{Text: "Mali", Role: theme.Text}, {Text: "3–5 T↑", Role: theme.Level5}, {Text: "4+2", Role: theme.Text}, {Text: "1,101", Role: theme.Text}, {Text: "-", Role: theme.Text}}},
			{Mark: "!", Cells: []Cell{{Text: "Burkina Faso", Role: theme.Text}, {Text: "4–5 T", Role: theme.Level5}, {Text: "12", Role: theme.Text}, {Text: "640", Role: theme.Text}, {Text: "ALL, 3h12", Role: theme.Blind}}},
			{Cells: []Cell{{Text: "Côte d'Ivoire", Role: theme.Text}, {Text: "2", Role: theme.Level2}, {Text: "12,345", Role: theme.Text}, {Text: "?", Role: theme.Unknown}}},
		}
		row := func(i int) Row { return rows[i] }
		for _, width := range []int{60, 40, 28, 12} {
			show(fmt.Sprintf("table %d", width), table.Render(p, width, 5, &Cursor{Selected: 1}, len(rows), row)...)
		}
		table.Focused = false
		show("table without focus, scrolled", table.Render(p, 40, 3, &Cursor{Selected: 2}, len(rows), row)...)
		show("sparkline", Sparkline(p, 14, []Period{{0, false}, {1, false}, {2, false}, {3, false}, {4, false}, {5, false}, {6, false}, {7, false}, {8, false}, {3, true}}))
		prompt := Prompt{Label: "/"}
		prompt.Insert("country:MLI severitty>=severe")
		lines, _ := prompt.Render(p, 40)
		show("prompt", lines...)
		prompt.SetError("unknown field", 12)
		lines, _ = prompt.Render(p, 40)
		show("prompt with an error", lines...)
		prompt.SetError("unknown field", 28)
		lines, _ = prompt.Render(p, 32)
		show("prompt with an error at its end", lines...)
		name := "widgets.golden"
		if ascii {
			name = "widgets-ascii.golden"
		}
		golden.File(t, name, b.String())
	}
}

// TestWrapKeepsNumbersWhole is that a line is not broken at the blank between the thousands of a number, which some languages have.
func TestWrapKeepsNumbersWhole(t *testing.T) {
	for width := 8; width < 32; width++ {
		if got := Wrap("events of MLI: 1\u00a0204 in all", width); !slices.ContainsFunc(got, func(l string) bool { return strings.Contains(l, "1\u00a0204") }) {
			t.Errorf("%d cells: %q", width, got)
		}
	}
}
