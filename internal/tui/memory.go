package tui

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/figure"
	"vigil/internal/misspelt"
	"vigil/internal/picture"
	"vigil/internal/query"
	"vigil/internal/safetext"
	"vigil/internal/search"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// Memory is what a console knows of the person from before, the oldest first.
type Memory struct {
	Commands, Filters []string
	Views             []View
}

// View is a screen by name: the command line that opens it, and its filter.
type View struct {
	Name   string `json:"name"`
	Line   string `json:"line"`
	Filter string `json:"filter,omitempty"`
}

// Alias is a short name for a command line.
type Alias struct{ Name, Line string }

// Kept is one thing to be remembered. What could hold the name of a person is never among it but in a View, which was saved by
// hand: of a command there are its word, names of countries, alarms, sources, screens and views that there are, ids, and filters without words of
// their own; no reason, no note, no call sign.
type Kept struct {
	Command, Filter string
	View            View   // with its name, or none
	Forgotten       string // the name of a view that is to be forgotten
}

// recall puts in force what is remembered.
func (m *Model) recall() {
	m.command.Recall(m.o.Memory.Commands)
	m.filter.Recall(m.o.Memory.Filters)
	m.views = slices.Clone(m.o.Memory.Views)
}

// remember hands something on to be remembered. Only who saved a view is told that it was not.
func (m *Model) remember(k Kept) tea.Cmd {
	if m.o.Remember == nil || k == (Kept{}) {
		return nil
	}
	keep := m.o.Remember
	return func() tea.Msg {
		if err := keep(k); err != nil && (k.View.Name != "" || k.Forgotten != "") {
			return actedMsg{verb: m.hand.Say("not kept for the next time"), err: err}
		}
		return nil
	}
}

// keeping is what of a command may be remembered.
type keeping uint8

const (
	keepWord   keeping = iota // the word, and the name of an alarm behind it
	keepLine                  // all of it: codes, ids and names of sources
	keepFilter                // the filter, if it has no words of its own
	keepNot
)

var alarmName = regexp.MustCompile(`^[Aa]\d{1,9}$`)

// kept is what of a line is remembered; empty is nothing.
func kept(line string) string {
	word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	o, ok := orderNamed(word)
	if !ok {
		return ""
	}
	rest = strings.TrimSpace(rest)
	switch o.keeps {
	case keepNot:
		return ""
	case keepLine:
		return strings.TrimSpace(o.word + " " + rest)
	case keepFilter:
		return strings.TrimSpace(o.word + " " + keptFilter(rest))
	}
	if first, _, _ := strings.Cut(rest, " "); alarmName.MatchString(first) {
		return o.word + " " + first
	}
	return o.word
}

// keptFilter is a filter of events if it asks for coded values, places and times alone: a word of its own may be a name.
func keptFilter(text string) string {
	q, err := query.Parse(text, anySource())
	if err != nil || q.Uses(query.FieldWord) {
		return ""
	}
	return text
}

// anySource is the vocabulary of events in which every word may be a source: which there are is not known where there is no picture.
func anySource() query.Vocabulary {
	v := search.Vocabulary(picture.View{})
	resolve := v.Resolve
	v.Resolve = func(f query.Field, s string) (string, bool) {
		if f == query.FieldSource {
			return s, true
		}
		return resolve(f, s)
	}
	return v
}

var viewName = regexp.MustCompile(`^[a-z][a-z0-9-]{0,30}$`)

// saved is the view of that name: those of vigil.toml first.
func (m *Model) saved(name string) (View, bool) {
	for _, list := range [][]View{m.o.Named, m.views} {
		if i := slices.IndexFunc(list, func(v View) bool { return v.Name == name }); i >= 0 {
			return list[i], true
		}
	}
	return View{}, false
}

// orderView opens a view.
func (m *Model) orderView(name string) (tea.Cmd, error) {
	v, ok := m.saved(name)
	if near := widget.Begins(m.viewNames(), name); !ok && name != "" && len(near) == 1 { // as of a command
		v, ok = m.saved(near[0])
	}
	switch {
	case !ok && len(m.o.Named)+len(m.views) == 0:
		return nil, errors.New(m.hand.Say("no view is saved: save NAME saves the screen that is open, and [[view]] in vigil.toml makes one for everybody"))
	case !ok:
		return nil, errors.New(m.hand.Sayf("%q is no view: they are %s", safetext.CleanMax(name, 40).String(), strings.Join(m.viewNames(), ", ")))
	}
	cmd, err := m.execute(v.Line)
	if err != nil || v.Filter == "" {
		return cmd, err
	}
	filtered, err := m.orderFilter(v.Filter)
	return tea.Batch(cmd, filtered), err
}

func (m *Model) viewNames() []string {
	var names []string
	for _, v := range slices.Concat(m.o.Named, m.views) {
		names = append(names, v.Name)
	}
	return names
}

// orderSave saves the screen that is open as a view.
func (m *Model) orderSave(name string) (tea.Cmd, error) {
	line, ok := m.line(m.top())
	switch {
	case !viewName.MatchString(name):
		return nil, errors.New(m.hand.Sayf("%q cannot be the name of a view: write small letters, digits and -, a letter first", safetext.CleanMax(name, 40).String()))
	case slices.ContainsFunc(m.o.Named, func(v View) bool { return v.Name == name }):
		return nil, errors.New(m.hand.Sayf("view %s is vigil.toml's: take another name", name))
	case !ok:
		return nil, errors.New(m.hand.Say("this screen is of one thing, which may not be there the next time: go to a list, or to a country"))
	}
	v := View{Name: name, Line: line, Filter: m.top().filter}
	m.views = append(slices.DeleteFunc(m.views, func(old View) bool { return old.Name == name }), v)
	m.tell(m.hand.Sayf("saved: view %s is %s", name, strings.TrimSpace(line+" "+v.Filter)))
	return m.remember(Kept{View: v}), nil
}

// orderForget forgets a view that was saved.
func (m *Model) orderForget(name string) (tea.Cmd, error) {
	i := slices.IndexFunc(m.views, func(v View) bool { return v.Name == name })
	if i < 0 {
		return nil, errors.New(m.hand.Sayf("%q is no view that was saved by save", safetext.CleanMax(name, 40).String()))
	}
	m.views = slices.Delete(m.views, i, i+1)
	m.tell(m.hand.Sayf("forgotten: view %s", name))
	return m.remember(Kept{Forgotten: name}), nil
}

// line is the command line that opens a level.
func (m *Model) line(l *level) (line string, ok bool) {
	switch l.is {
	case screen.ToCountry:
		return "country " + l.of.Country.Alpha3(), l.of.Country.Known()
	case screen.ToSource:
		return "sources " + l.of.Source, true
	case screen.ToMap:
		if l.of.Country.Known() {
			return "map " + l.of.Country.Alpha3(), true
		}
		return "map", true
	case screen.Stay, screen.ToBoard:
		return "board", l == m.stack[0]
	}
	word, ok := map[screen.Target]string{
		screen.ToEvents: "events", screen.ToAlarms: "alarms", screen.ToSources: "sources", screen.ToLog: "log", screen.ToPlan: "plan",
		screen.ToHandover: "handover", screen.ToWatch: "watch",
	}[l.is]
	return word, ok
}

// Check tells what is wrong with what vigil.toml says of command lines.
type Check struct{}

// Known reports whether a word is a command. So is "q": it quits on every desk, while any other beginning of a command may be the name of an
// alias, which then goes before it.
func (Check) Known(word string) bool {
	return word == "q" || slices.Contains(orderWords(), word)
}

// Line tells what is wrong with a command line, and at which character from 0.
func (c Check) Line(line string) (column int, err error) {
	word, rest, _ := strings.Cut(line, " ")
	o, ok := orderNamed(word)
	switch {
	case !ok:
		return 0, noSuchCommand(figure.Plain, word)
	case o.keeps == keepNot || o.word == "view":
		return 0, fmt.Errorf("%s is not for an alias or a view: it is typed by hand", o.word)
	case o.keeps == keepFilter:
		filter := strings.TrimLeft(rest, " ")
		at, err := c.Filter("events", filter)
		if err != nil {
			return len([]rune(line)) - len([]rune(filter)) + at, err
		}
	}
	return 0, nil
}

// viewScreens are the commands that open what a view may be of.
var viewScreens = []string{"board", "country", "events", "alarms", "sources", "map", "log", "plan", "handover", "watch", "why", "event", "help"}

// Screen tells what is wrong with what a view calls its screen.
func (Check) Screen(name string) error {
	if slices.Contains(viewScreens, name) {
		return nil
	}
	if near, ok := misspelt.Nearest(name, viewScreens); ok {
		return fmt.Errorf("%q is no screen: did you mean %s?", safetext.CleanMax(name, 40).String(), near)
	}
	return fmt.Errorf("%q is no screen: write one of %s", safetext.CleanMax(name, 40).String(), strings.Join(viewScreens, ", "))
}

// Filter tells what is wrong with the filter of a screen.
func (Check) Filter(name, filter string) (column int, err error) {
	if filter == "" {
		return 0, nil
	}
	v := anySource()
	switch name {
	case "events", "board":
	case "log":
		v = query.Vocabulary{Fields: query.EntryFields()}
	default:
		return 0, fmt.Errorf("%s has no list to filter: remove the filter", name)
	}
	_, err = query.Parse(filter, v)
	if e := (*query.Error)(nil); errors.As(err, &e) {
		return e.Column - 1, e.Why
	}
	return 0, err
}
