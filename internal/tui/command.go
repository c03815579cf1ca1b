package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/action"
	"vigil/internal/country"
	typed "vigil/internal/order"
	"vigil/internal/query"
	"vigil/internal/safetext"
	"vigil/internal/search"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// order is one word of the command line.
type order struct {
	word string
	// rest says what may follow, for completion.
	rest func(m *Model, p *widget.Prompt, from int)
	run  func(m *Model, rest string) (tea.Cmd, error)
}

// orders are the words of the command line. The first word that begins with what was typed is meant, so
// that ":q" quits.
func orders() []order {
	all := []order{
		{"quit", nil, func(m *Model, _ string) (tea.Cmd, error) { return m.quit(), nil }},
		{"board", nil, opens(screen.ToBoard)},
		{"country", (*Model).completeCountry, (*Model).orderCountry},
		{"alarms", nil, opens(screen.ToAlarms)},
		{"events", (*Model).completeQuery, (*Model).orderEvents},
		{"sources", nil, opens(screen.ToSources)},
		{"log", nil, opens(screen.ToLog)},
		{"plan", nil, opens(screen.ToPlan)},
		{"help", nil, opens(screen.ToHelp)},
		{"handover", nil, opens(screen.ToHandover)},
		{"watch", nil, opens(screen.ToWatch)},
		{"theme", (*Model).completeTheme, (*Model).orderTheme},
		{"poll", (*Model).completePoll, (*Model).orderPoll},
		{"refresh", nil, func(m *Model, _ string) (tea.Cmd, error) { return m.act(action.Refresh{}) }},
	}
	for _, o := range typed.All() {
		all = append(all, order{o.Word, nil, func(m *Model, rest string) (tea.Cmd, error) { return m.orderTyped(o.Word + " " + rest) }})
	}
	return all
}

func opens(to screen.Target) func(*Model, string) (tea.Cmd, error) {
	return func(m *Model, _ string) (tea.Cmd, error) { return m.jump(screen.Ask{Go: to}), nil }
}

// obey runs what the command line says. A mistake is said under it and leaves it open.
func (m *Model) obey() tea.Cmd {
	text := strings.TrimSpace(m.command.Value())
	if text == "" {
		m.command.Clear()
		m.turn(browsing)
		return nil
	}
	word, rest, _ := strings.Cut(text, " ")
	o, ok := orderNamed(word)
	if !ok {
		m.command.SetError("no such command: known are "+strings.Join(orderWords(), ", "), 0)
		m.frame.redraw()
		return nil
	}
	if m.view.IsZero() && o.word != "quit" && o.word != "theme" {
		m.command.SetError("there is no picture yet: wait for the first", -1)
		m.frame.redraw()
		return nil
	}
	cmd, err := o.run(m, strings.TrimSpace(rest))
	if err != nil {
		at := len([]rune(word)) + 1
		if e := new(typed.Error); errors.As(err, &e) {
			at += e.Column - len([]rune(o.word)) - 2
		}
		m.command.SetError(safetext.Error(err).String(), at)
		m.frame.redraw()
		return nil
	}
	m.command.Done()
	m.turn(browsing)
	return cmd
}

func orderNamed(word string) (order, bool) {
	if word == "" {
		return order{}, false
	}
	for _, o := range orders() {
		if strings.HasPrefix(o.word, strings.ToLower(word)) {
			return o, true
		}
	}
	return order{}, false
}

func orderWords() []string {
	var words []string
	for _, o := range orders() {
		words = append(words, o.word)
	}
	return words
}

func (m *Model) orderCountry(rest string) (tea.Cmd, error) {
	if rest == "" {
		return m.toCountry(), nil
	}
	c, ok := country.Parse(rest)
	if !ok {
		return nil, fmt.Errorf("%q is no country: write a code or a name, such as MLI or Mali", rest)
	}
	if _, ok := m.view.Country(c); !ok {
		return nil, fmt.Errorf("nothing is known of %s: it is no home country, and has neither staff, levels nor incidents", m.view.CountryNames().Name(c))
	}
	return m.jump(screen.Ask{Go: screen.ToCountry, Subject: screen.Subject{Country: c}}), nil
}

func (m *Model) orderEvents(rest string) (tea.Cmd, error) {
	if _, err := query.Parse(rest, search.Vocabulary(m.view)); err != nil {
		return nil, err
	}
	return m.jump(screen.Ask{Go: screen.ToEvents, Subject: screen.Subject{Filter: rest}}), nil
}

// orderTyped is a command by which people work at the desk.
func (m *Model) orderTyped(line string) (tea.Cmd, error) {
	if words := strings.Fields(line); len(words) == 2 && words[0] == "told" { // of whom nothing is said: the sheet is looked at
		if a, ok := m.view.Duty().Find(words[1]); ok {
			return m.jump(screen.Ask{Go: screen.ToTold, Subject: screen.Subject{Alarm: a.ID}}), nil
		}
	}
	c, err := typed.Parse(line, m.view, m.o.Actor, m.now)
	if err != nil {
		return nil, err
	}
	return m.act(c)
}

func (m *Model) orderTheme(name string) (tea.Cmd, error) {
	switch {
	case name == "":
		return nil, fmt.Errorf("which theme? known are %s", strings.Join(m.o.ThemeNames, ", "))
	case m.o.LoadTheme == nil:
		return nil, errors.New("themes cannot be changed here")
	}
	m.themes++
	seq, load := m.themes, m.o.LoadTheme
	return func() tea.Msg {
		t, err := load(name)
		return loadedMsg{seq, t, err}
	}, nil
}

// orderPoll asks for a source to be polled now.
func (m *Model) orderPoll(name string) (tea.Cmd, error) {
	names := m.fetchedNames()
	switch {
	case len(names) == 0:
		return nil, errors.New("no source of this desk is fetched: files are looked at by :refresh")
	case name == "" && len(names) > 1:
		return nil, fmt.Errorf("which source? fetched are %s", strings.Join(names, ", "))
	case name == "":
		name = names[0]
	case !slices.Contains(names, name):
		return nil, fmt.Errorf("%q is not fetched: fetched are %s", name, strings.Join(names, ", "))
	}
	return m.act(action.Poll{Source: name})
}

// fetchedNames are the sources that have an address.
func (m *Model) fetchedNames() []string {
	var names []string
	if !m.view.IsZero() {
		for s := range m.view.Sources() {
			if !s.Info.URL.IsZero() {
				names = append(names, s.Info.Name.String())
			}
		}
	}
	return names
}

func (m *Model) completePoll(p *widget.Prompt, _ int) { m.completeFrom(p, m.fetchedNames()) }

// act hands a command to the desk.
func (m *Model) act(c action.Command) (tea.Cmd, error) { return m.attempt(action.NewID(), c, nil) }

// attempt hands a command to the desk under an id, for the screen that it closes when it is done.
func (m *Model) attempt(id string, c action.Command, from *level) (tea.Cmd, error) {
	if m.o.Act == nil {
		return nil, fmt.Errorf("%s: %w", c.Verb(), action.ErrNotSupported)
	}
	e := action.Envelope{ID: id, Actor: m.o.Actor, Command: c}
	act, ctx := m.o.Act, m.ctx
	return func() tea.Msg { return actedMsg{c.Verb(), act(ctx, e), from} }, nil
}

// completeCommand completes the command's word, or what follows it.
func (m *Model) completeCommand() {
	start, _ := m.command.Word()
	if start == 0 {
		m.completeFrom(&m.command, orderWords())
		return
	}
	word, _, _ := strings.Cut(m.command.Value(), " ")
	o, ok := orderNamed(word)
	switch {
	case ok && o.rest != nil:
		o.rest(m, &m.command, len([]rune(word))+1)
	case ok && !m.view.IsZero():
		m.completeFrom(&m.command, typed.Next(m.command.Value(), m.view, m.now))
	}
}

func (m *Model) completeTheme(p *widget.Prompt, _ int) {
	m.completeFrom(p, slices.Clone(m.o.ThemeNames))
}

func (m *Model) completeCountry(p *widget.Prompt, _ int) {
	var codes []string
	if !m.view.IsZero() {
		for c := range m.view.Countries() {
			codes = append(codes, c.Code.Alpha3())
		}
	}
	m.completeFrom(p, codes)
}
