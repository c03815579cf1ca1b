package tui

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/action"
	"vigil/internal/country"
	"vigil/internal/lang"
	typed "vigil/internal/order"
	"vigil/internal/query"
	"vigil/internal/safetext"
	"vigil/internal/search"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// order is one word of the command line.
type order struct {
	word  string
	usage string // what may follow the word, such as "[COUNTRY]"
	help  string // what it does, in a line
	// rest says what may follow, for completion.
	rest func(m *Model, p *widget.Prompt, from int)
	run  func(m *Model, rest string) (tea.Cmd, error)
	// always tells that it needs no picture.
	always bool
	keeps  keeping // what of it is remembered
}

// orders are the words of the command line. A word is the order that it names, else the first that begins with it, so that
// ":q" quits.
func orders() []order {
	all := []order{
		{"quit", "", lang.Msg("quit vigil"), nil, func(m *Model, _ string) (tea.Cmd, error) { return m.quit(), nil }, true, keepNot},
		{"board", "", lang.Msg("every country at a glance"), nil, opens(screen.ToBoard), false, keepLine},
		{"country", "[COUNTRY]", lang.Msg("levels, risk, staff and incidents of a country"), (*Model).completeCountry, (*Model).orderCountry, false, keepLine},
		{"alarms", "[A17]", lang.Msg("what rings and who has it; or one alarm"), nil, (*Model).orderAlarms, false, keepLine},
		{"events", "[FILTER]", lang.Msg("what happened, newest first"), (*Model).completeQuery, (*Model).orderEvents, false, keepFilter},
		{"sources", "[NAME]", lang.Msg("health, rejects and coverage; or one source"), (*Model).completeSource, (*Model).orderSources, false, keepLine},
		{"log", "[NUMBER]", lang.Msg("what was done, by whom and when; or one entry"), nil, (*Model).orderLog, false, keepLine},
		{"plan", "", lang.Msg("what is due, by day"), nil, opens(screen.ToPlan), false, keepLine},
		{"help", "", lang.Msg("the keys and what the signs mean"), nil, opens(screen.ToHelp), false, keepLine},
		{"handover", "", lang.Msg("what one watch hands to the next"), nil, opens(screen.ToHandover), false, keepLine},
		{"watch", "", lang.Msg("hands-free, in large figures"), nil, opens(screen.ToWatch), false, keepLine},
		{"why", "[COUNTRY FIGURE|SOURCE|ID]", lang.Msg("how a figure came about; of nothing named, that of the selected"), (*Model).completeWhy, (*Model).orderWhy, false, keepLine},
		{"event", "ID", lang.Msg("everything about one incident"), nil, (*Model).orderEvent, false, keepLine},
		{"report", "[WORDS]", lang.Msg("write down what somebody tells"), nil, (*Model).orderReport, false, keepWord},
		{"flash", "[A17|ID|COUNTRY]", lang.Msg("give a flash report"), nil, (*Model).orderFlash, false, keepWord},
		{"filter", "[FILTER]", lang.Msg("show of the list only what matches; of nothing, all"), (*Model).completeQuery, (*Model).orderFilter, false, keepFilter},
		{"copy", "[coordinates|text|share [ID]]", lang.Msg("copy of an event; what may be shared has no names, numbers, sources and places"), nil, (*Model).orderCopy, false, keepLine},
		{"view", "NAME", lang.Msg("a screen that was saved, or that vigil.toml names"), (*Model).completeView, (*Model).orderView, false, keepLine},
		{"save", "NAME", lang.Msg("save the screen that is open, with its filter, as a view"), nil, (*Model).orderSave, false, keepNot},
		{"forget", "NAME", lang.Msg("forget a view that was saved"), (*Model).completeView, (*Model).orderForget, false, keepNot},
		{"back", "", lang.Msg("one level back"), nil, func(m *Model, _ string) (tea.Cmd, error) { return m.back(), nil }, false, keepNot},
		{"linear", "", lang.Msg("plain lines, or the drawn screen"), nil, func(m *Model, _ string) (tea.Cmd, error) { return m.read(), nil }, true, keepLine},
		{"mouse", "[on|off]", lang.Msg("click selects, click again opens, wheel scrolls; or leave it to the terminal"), func(m *Model, p *widget.Prompt, _ int) { m.completeFrom(p, []string{"on", "off"}) }, (*Model).orderMouse, true, keepLine},
		{"theme", "NAME", lang.Msg("other colours"), (*Model).completeTheme, (*Model).orderTheme, true, keepLine},
		{"poll", "[NAME]", lang.Msg("ask a source that is fetched now"), (*Model).completePoll, (*Model).orderPoll, false, keepLine},
		{"refresh", "", lang.Msg("look at the desk's files now"), nil, func(m *Model, _ string) (tea.Cmd, error) { return m.act(action.Refresh{}) }, false, keepLine},
	}
	for _, o := range typed.All() {
		usage := strings.TrimSpace(strings.TrimPrefix(o.Usage, o.Word))
		all = append(all, order{o.Word, usage, o.Help, nil, func(m *Model, rest string) (tea.Cmd, error) { return m.orderTyped(o.Word + " " + rest) }, false, keepWord})
	}
	return append(all, order{"map", "[COUNTRY]", lang.Msg("the map, with the cursor on a country"), (*Model).completeCountry, (*Model).orderMap, false, keepLine})
}

func opens(to screen.Target) func(*Model, string) (tea.Cmd, error) {
	return func(m *Model, _ string) (tea.Cmd, error) { return m.jump(screen.Ask{Go: to}), nil }
}

func orderNamed(word string) (order, bool) {
	if word == "" {
		return order{}, false
	}
	word = strings.ToLower(word)
	all := orders()
	for _, is := range []func(string) bool{func(s string) bool { return s == word }, func(s string) bool { return strings.HasPrefix(s, word) }} {
		if i := slices.IndexFunc(all, func(o order) bool { return is(o.word) }); i >= 0 {
			return all[i], true
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
	return m.jumpTo(screen.ToCountry, rest)
}

func (m *Model) orderMap(rest string) (tea.Cmd, error) {
	if rest == "" {
		return m.toMap(), nil
	}
	return m.jumpTo(screen.ToMap, rest)
}

// jumpTo opens a screen of a country of which something is known.
func (m *Model) jumpTo(to screen.Target, name string) (tea.Cmd, error) {
	c, ok := country.Parse(name)
	if !ok {
		return nil, errors.New(m.hand.Sayf("%q is no country: write a code or a name, such as MLI or Mali", name))
	}
	if _, ok := m.view.Country(c); !ok {
		return nil, errors.New(m.hand.Sayf("nothing is known of %s: it is no home country, and has neither staff, levels nor incidents", m.hand.CountryWhole(m.view.CountryNames(), c)))
	}
	return m.jump(screen.Ask{Go: to, Subject: screen.Subject{Country: c}}), nil
}

func (m *Model) orderEvents(rest string) (tea.Cmd, error) {
	if _, err := query.Parse(rest, search.Vocabulary(m.view)); err != nil {
		return nil, err
	}
	return m.jump(screen.Ask{Go: screen.ToEvents, Subject: screen.Subject{Filter: rest}}), nil
}

func (m *Model) orderTheme(name string) (tea.Cmd, error) {
	switch {
	case name == "":
		return nil, errors.New(m.hand.Sayf("which theme? known are %s", strings.Join(m.o.ThemeNames, ", ")))
	case m.o.LoadTheme == nil:
		return nil, errors.New(m.hand.Say("themes cannot be changed here"))
	}
	m.themes++
	seq, load := m.themes, m.o.LoadTheme
	return func() tea.Msg {
		t, err := load(name)
		return loadedMsg{seq, name, t, err}
	}, nil
}

// orderPoll asks for a source to be polled now.
func (m *Model) orderPoll(name string) (tea.Cmd, error) {
	names := m.fetchedNames()
	switch {
	case len(names) == 0:
		return nil, errors.New(m.hand.Say("no source of this desk is fetched: files are looked at by :refresh"))
	case name == "" && len(names) > 1:
		return nil, errors.New(m.hand.Sayf("which source? fetched are %s", strings.Join(names, ", ")))
	case name == "":
		name = names[0]
	case !slices.Contains(names, name):
		return nil, errors.New(m.hand.Sayf("%q is not fetched: fetched are %s", name, strings.Join(names, ", ")))
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

// orderAlarms opens the alarms, or one of them.
func (m *Model) orderAlarms(name string) (tea.Cmd, error) {
	if name == "" {
		return m.jump(screen.Ask{Go: screen.ToAlarms}), nil
	}
	a, ok := m.view.Duty().Find(name)
	if !ok {
		return nil, errors.New(m.hand.Sayf("there is no alarm %q: alarms lists them", safetext.CleanMax(name, 20).String()))
	}
	return m.jump(screen.Ask{Go: screen.ToAlarm, Subject: screen.Subject{Alarm: a.ID}}), nil
}

// orderSources opens the sources, or one of them.
func (m *Model) orderSources(name string) (tea.Cmd, error) {
	switch {
	case name == "":
		return m.jump(screen.Ask{Go: screen.ToSources}), nil
	case !slices.Contains(m.sourceNames(), name):
		return nil, errors.New(m.hand.Sayf("%q is no source of this desk: they are %s", safetext.CleanMax(name, 40).String(), strings.Join(m.sourceNames(), ", ")))
	}
	return m.jump(screen.Ask{Go: screen.ToSource, Subject: screen.Subject{Source: name, Area: -1}}), nil
}

// orderLog opens the duty log, or one entry.
func (m *Model) orderLog(number string) (tea.Cmd, error) {
	if number == "" {
		return m.jump(screen.Ask{Go: screen.ToLog}), nil
	}
	n, err := strconv.ParseUint(number, 10, 64)
	if err != nil {
		return nil, errors.New(m.hand.Sayf("%q is no entry: write its number, as the log has it", safetext.CleanMax(number, 20).String()))
	}
	return m.jump(screen.Ask{Go: screen.ToEntry, Subject: screen.Subject{Entry: n}}), nil
}
