package tui

import (
	"strings"

	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/widget"
)

// footer is the last line: the question, else the answer to the last key, else what the keys do here.
func (m *Model) footer() string {
	switch {
	case m.mode == asking:
		return widget.StatusLine(m.palette, m.width, theme.Footer,
			[]widget.Span{{Text: " Quit vigil?", Role: theme.Warning}}, m.hints(keys.Confirm, m.width-14))
	case m.say != "":
		return widget.StatusLine(m.palette, m.width, theme.Footer, []widget.Span{{Text: " " + m.say, Role: theme.Warning}}, nil)
	}
	return m.hintLine(m.top().screen.Scope())
}

// promptHints is the line under an open prompt: the candidates, or what the keys do.
func (m *Model) promptHints() string {
	if m.say != "" {
		return widget.StatusLine(m.palette, m.width, theme.Footer, []widget.Span{{Text: " " + m.say}}, nil)
	}
	return m.hintLine(keys.Prompt)
}

func (m *Model) hintLine(scope keys.Scope) string {
	left := append([]widget.Span{{Text: " "}}, m.hints(scope, m.width-1)...)
	return widget.StatusLine(m.palette, m.width, theme.Footer, left, nil)
}

// hints are the keys and their words, as many as fit whole; help is kept for last, since it tells the rest.
func (m *Model) hints(scope keys.Scope, room int) []widget.Span {
	cannot := func(id keys.ID) string {
		if !m.drawable() || scope == keys.Prompt || scope == keys.Confirm {
			return ""
		}
		return m.top().screen.Cannot(id, m.area())
	}
	all := m.o.Keys.Footer(scope, m.palette.ASCII, cannot)
	const gap = 2
	var spans []widget.Span
	for _, h := range all {
		w := widget.Width(h.Key) + 1 + widget.Width(h.Word) + gap
		if w > room {
			continue
		}
		room -= w
		spans = append(spans, widget.Span{Text: h.Key, Role: theme.Key}, widget.Span{Text: " " + h.Word + strings.Repeat(" ", gap)})
	}
	return spans
}
