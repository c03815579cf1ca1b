package tui

import (
	"strings"

	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// footer is the last line: the question, else the answer to the last key, else what the keys do here.
func (m *Model) footer() string {
	switch {
	case m.mode == asking:
		return m.questionLine()
	case !m.vigilance.asked.IsZero():
		return m.vigilanceLine()
	case !m.link.since.IsZero():
		return m.fallLine()
	case m.say != "":
		return widget.StatusLine(m.palette, m.width, theme.Footer, []widget.Span{{Text: " " + m.say, Role: theme.Warning}}, nil)
	}
	return m.hintLine(m.top().screen.Scope())
}

// questionLine is the question with how it is answered: what is to be answered is cut before that.
func (m *Model) questionLine() string {
	const answers = " y/n"
	text := " " + m.question
	hints := m.hints(keys.Confirm, m.width-widget.Width(text)-2)
	if len(hints) == 0 {
		text = widget.Truncate(text, m.width-len(answers), m.palette.Glyph(theme.Ellipsis)) + answers
	}
	return widget.StatusLine(m.palette, m.width, theme.Footer, []widget.Span{{Text: text, Role: theme.Warning}}, hints)
}

// promptHints is the line under an open prompt: the candidates, or what the keys do.
func (m *Model) promptHints() string {
	if m.say != "" {
		return widget.StatusLine(m.palette, m.width, theme.Footer, []widget.Span{{Text: " " + m.say}}, nil)
	}
	return m.hintLine(keys.Prompt)
}

func (m *Model) hintLine(scope keys.Scope) string {
	right := m.meter()
	room := m.width - 1
	for _, s := range right {
		room -= widget.Width(s.Text)
	}
	left := append([]widget.Span{{Text: " "}}, m.hints(scope, room)...)
	return widget.StatusLine(m.palette, m.width, theme.Footer, left, right)
}

// cannot says why a binding cannot be used just now: the root's reasons, then the screen's.
func (m *Model) cannot(id keys.ID) string {
	switch {
	case !m.drawable():
		return "there is no picture yet"
	case id == keys.ShowBoard && len(m.stack) == 1:
		return "this is the board"
	case id == keys.Back && len(m.stack) == 1 && m.top().filter == "":
		return "this is the first screen"
	}
	return m.top().screen.Cannot(id, m.area())
}

// opened are the screens that keys open without a subject: the one that is shown is not offered.
var opened = map[keys.ID]screen.Target{keys.ShowEvents: screen.ToEvents, keys.ShowSources: screen.ToSources, keys.ShowLog: screen.ToLog, keys.ShowPlan: screen.ToPlan}

// hints are the keys and their words, as many as fit whole. Help and quit have their place first: the one
// tells all others, the other is what nobody must have to search for.
func (m *Model) hints(scope keys.Scope, room int) []widget.Span {
	cannot := func(id keys.ID) string {
		if to, is := opened[id]; is && to == m.top().is {
			return "it is shown"
		}
		return m.cannot(id)
	}
	if scope == keys.Prompt || scope == keys.Confirm {
		cannot = nil
	}
	all := m.o.Keys.Footer(scope, m.palette.ASCII, cannot)
	const gap = 2
	width := func(h keys.Hint) int { return widget.Width(h.Key) + 1 + widget.Width(h.Word) + gap }
	kept := map[keys.Hint]bool{}
	keep := func(h keys.Hint) {
		if w := width(h); !kept[h] && w <= room {
			kept[h] = true
			room -= w
		}
	}
	for _, h := range all {
		if h.Word == "help" || h.Word == "quit" {
			keep(h)
		}
	}
	for _, h := range all {
		if h.Word == "filter" { // where a screen can be filtered, that is wanted before other screens
			keep(h)
		}
	}
	for _, h := range all {
		keep(h)
	}
	var spans []widget.Span
	for _, h := range all {
		if kept[h] {
			spans = append(spans, widget.Span{Text: h.Key, Role: theme.Key}, widget.Span{Text: " " + h.Word + strings.Repeat(" ", gap)})
		}
	}
	return spans
}
