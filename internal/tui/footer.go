package tui

import (
	"slices"

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
	case m.mode == copying:
		left := append([]widget.Span{{Text: m.copyLead(), Role: theme.Warning}}, m.hints(keys.Copying, m.width-widget.Width(m.copyLead()))...)
		return widget.StatusLine(m.palette, m.width, theme.Footer, left, nil)
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
	if m.reading.on {
		return widget.Fit(m.hintWords(keys.Prompt), m.width, "")
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
		if id == keys.Quit || id == keys.ShowHelp || m.top().screen.Scope() == keys.Help && slices.Contains(moves, id) {
			return "" // which do not wait for one
		}
		return m.hand.Say("there is no picture yet")
	case id == keys.ShowBoard && len(m.stack) == 1:
		return m.hand.Say("this is the board")
	case id == keys.Back && len(m.stack) == 1 && m.top().filter == "":
		return m.hand.Say("this is the first screen")
	case id == keys.Filter && !m.filters():
		return "" // it is that of the events
	case id == keys.ShowCountry:
		if !m.someCountry().Known() {
			return m.hand.Say("no country is shown: name home countries in vigil.toml, or write :country MLI")
		}
		return "" // where none is selected, one that was or the first
	}
	return m.top().screen.Cannot(id, m.area())
}

// opened are the screens that keys open without a subject: the one that is shown is not offered.
var opened = map[keys.ID]screen.Target{keys.ShowEvents: screen.ToEvents, keys.ShowSources: screen.ToSources, keys.ShowLog: screen.ToLog, keys.ShowPlan: screen.ToPlan}

// hints are the keys and their words, as many as fit whole.
func (m *Model) hints(scope keys.Scope, room int) []widget.Span {
	return widget.Hints(m.offers(scope), room)
}

// offers are the keys and their words that can be used on the screen that is shown.
func (m *Model) offers(scope keys.Scope) []keys.Hint {
	cannot := func(id keys.ID) string {
		if to, is := opened[id]; is && to == m.top().is {
			return m.hand.Say("it is shown")
		}
		why := m.cannot(id)
		if id == keys.Filter && why == "" { // which leads away from a screen without one
			return m.top().screen.Cannot(id, m.area())
		}
		return why
	}
	if scope == keys.Prompt || scope == keys.Confirm || scope == keys.Copying {
		cannot = nil
	}
	return m.o.Keys.Footer(m.hand.Language, scope, m.palette.ASCII || m.reading.on, cannot)
}

// copyLead stands before what can be copied.
func (m *Model) copyLead() string { return " " + m.hand.Say("Copy:") + " " }
