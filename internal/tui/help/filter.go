package help

import (
	"slices"
	"strings"

	"vigil/internal/lang"
	"vigil/internal/theme"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
)

// Narrow shows only what has all the words of text in it.
func (s *Screen) Narrow(text string) error {
	if text != s.filter {
		s.filter = text
		s.Forget()
	}
	return nil
}

// Complete offers nothing: any words may be looked for.
func (s *Screen) Complete(string, int) (from int, candidates []string) { return 0, nil }

// head says what is looked for, and where nothing has it.
func (s *Screen) head(f *screen.Frame, width int, columns []page.Column) []page.Line {
	if s.filter == "" {
		return nil
	}
	w := page.NewWriter(f.Palette, width, 0)
	w.Say(theme.Focus, 0, f.Sayf("What has /%s in it; Esc shows all", s.filter))
	if !slices.ContainsFunc(columns, func(c page.Column) bool { return len(c.Sections) > 0 }) {
		w.Say(theme.Warning, 0, f.Say("Nothing here has that."))
	}
	return w.Lines
}

// has reports whether a sign and what it means are looked for.
type has func(sign, text string) bool

// under is has for what stands under a title, which tells what all of it is about.
func (h has) under(title string) has {
	return func(sign, text string) bool { return h(sign, title+" "+text) }
}

// sought is [has] for what a filter's words all stand in, be they written in capitals or not.
func sought(filter string) has {
	parts := lang.Fields(strings.ToLower(filter))
	return func(sign, text string) bool {
		all := strings.ToLower(sign + " " + text)
		return !slices.ContainsFunc(parts, func(part string) bool { return !strings.Contains(all, part) })
	}
}
