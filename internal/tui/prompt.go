package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/query"
	"vigil/internal/search"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// typed is a key while a prompt is open.
func (m *Model) typed(msg tea.KeyPressMsg) tea.Cmd {
	prompt := m.prompt()
	b, bound := m.o.Keys.Lookup(keys.Prompt, msg.String())
	switch {
	case !bound && msg.Text == "":
		return nil
	case !bound:
		prompt.Insert(msg.Text)
		return m.changed()
	}
	switch b.ID {
	case keys.Accept:
		if m.mode == filtering {
			return m.closeFilter(true)
		}
		return m.obey()
	case keys.Cancel, keys.Interrupt:
		if m.mode == filtering {
			return m.closeFilter(false)
		}
		m.command.Clear()
		m.offer = offer{}
		m.turn(browsing)
		return nil
	case keys.Complete, keys.CompleteBack:
		m.complete(b.ID == keys.CompleteBack)
		return m.completed()
	default:
		return m.edit(prompt, b.ID)
	}
}

// edit does what a key does to the text itself.
func (m *Model) edit(p *widget.Prompt, id keys.ID) tea.Cmd {
	before := p.Value()
	p.Edit(id)
	if p.Value() == before {
		m.frame.redraw() // the cursor may have moved
		return nil
	}
	return m.changed()
}

func (m *Model) pasted(text string) tea.Cmd {
	if m.mode == browsing {
		return m.written(text)
	}
	if m.mode != filtering && m.mode != ordering {
		return nil
	}
	m.prompt().Insert(text)
	return m.changed()
}

// prompt is the one that is open.
func (m *Model) prompt() *widget.Prompt {
	if m.mode == filtering {
		return &m.filter
	}
	return &m.command
}

// changed follows a change of the open prompt.
func (m *Model) changed() tea.Cmd {
	if m.mode == filtering {
		return m.edited()
	}
	m.offer = offer{}
	return m.completed()
}

// completed follows a completion, which leaves what is offered as it is.
func (m *Model) completed() tea.Cmd {
	if m.mode == filtering {
		return m.edited()
	}
	m.command.SetError("", -1)
	m.frame.redraw()
	return nil
}

// complete completes the word at the prompt's cursor; of a command, back is the offer before.
func (m *Model) complete(back bool) {
	if m.mode == ordering {
		m.completeCommand(back)
		return
	}
	m.completeQuery(&m.filter, 0)
}

// completeQuery completes a query that begins at the character from of a prompt.
func (m *Model) completeQuery(p *widget.Prompt, from int) {
	start, word := p.Word()
	text := []rune(p.Value())
	cursor := start + len([]rune(word))
	if from > start {
		return
	}
	at, candidates := m.completions(string(text[from:]), cursor-from, p == &m.filter)
	if at += from; at < start || len(candidates) == 0 {
		return // inside quotes: the prompt completes words
	}
	head := string(text[start:at])
	for i := range candidates {
		candidates[i] = head + candidates[i]
	}
	p.Complete(candidates)
	if len(candidates) == 1 && strings.ContainsAny(last(candidates[0]), ":>=") {
		p.Edit(keys.EraseBack) // the value follows without a space
		return
	}
	if len(candidates) > 1 {
		m.tell(strings.Join(candidates[:min(len(candidates), 12)], "  "))
	}
}

// completions are those of the events' language, or in the prompt of a filter of the screen's own.
func (m *Model) completions(text string, cursor int, filter bool) (int, []string) {
	if s, ok := m.top().screen.(screen.Narrowable); ok && filter {
		return s.Complete(text, cursor)
	}
	return query.Complete(text, cursor, search.Vocabulary(m.view))
}

func last(s string) string { return s[max(0, len(s)-1):] }

// completeFrom completes the word at the prompt's cursor from a list of words.
func (m *Model) completeFrom(p *widget.Prompt, words []string) {
	_, word := p.Word()
	var candidates []string
	for _, w := range words {
		if strings.HasPrefix(strings.ToLower(w), strings.ToLower(word)) {
			candidates = append(candidates, w)
		}
	}
	slices.Sort(candidates)
	p.Complete(candidates)
	if len(candidates) > 1 {
		m.tell(strings.Join(candidates[:min(len(candidates), 12)], "  "))
	}
}
