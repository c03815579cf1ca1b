package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/action"
	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/misspelt"
	typed "vigil/internal/order"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// obey runs what the command line says. A mistake is said under it and leaves it open; what did not run is in no history, and can be recalled only
// to mend it.
func (m *Model) obey() tea.Cmd {
	text := strings.TrimSpace(m.command.Value())
	if text == "" {
		m.command.Clear()
		m.turn(browsing)
		return nil
	}
	cmd, err := m.execute(text)
	if wrong := (*mistake)(nil); errors.As(err, &wrong) {
		m.command.SetError(m.why(wrong.cause), wrong.column)
		m.command.Fail(text)
		m.frame.redraw()
		return nil
	}
	line := m.command.Done()
	m.offer = offer{}
	m.turn(browsing)
	return m.outcome(cmd, line)
}

// failedMsg is the answer to a command of a line that did not run.
type failedMsg struct {
	line   string
	answer tea.Msg
}

// outcome waits for what comes of a line, and has it remembered if it ran.
func (m *Model) outcome(cmd tea.Cmd, line string) tea.Cmd {
	keep := m.remember(Kept{Command: m.keptLine(line)})
	if cmd == nil {
		return keep
	}
	return func() tea.Msg {
		answer := cmd()
		switch a := answer.(type) {
		case actedMsg:
			if a.err != nil {
				return failedMsg{line, answer}
			}
		case loadedMsg:
			if a.err != nil {
				return failedMsg{line, answer}
			}
		}
		if keep == nil {
			return answer
		}
		return tea.BatchMsg{func() tea.Msg { return answer }, keep}
	}
}

// keptLine is what of a line is remembered: of an alias its name.
func (m *Model) keptLine(line string) string {
	word, _, _ := strings.Cut(line, " ")
	if _, is := m.alias(word); is {
		return strings.ToLower(word)
	}
	return kept(line)
}

// alias is the line that an alias stands for.
func (m *Model) alias(word string) (line string, is bool) {
	word = strings.ToLower(word) // as commands are
	i := slices.IndexFunc(m.o.Aliases, func(a Alias) bool { return a.Name == word })
	if i < 0 {
		return "", false
	}
	return m.o.Aliases[i].Line, true
}

// noSuchCommand says what may have been meant.
func noSuchCommand(h figure.Hand, word string) error {
	words := orderWords()
	if best, ok := misspelt.Nearest(word, words); ok {
		return errors.New(h.Sayf("no such command: did you mean %s?", best))
	}
	return errors.New(h.Sayf("no such command: known are %s", strings.Join(words, ", ")))
}

// unknown says what may have been meant by a word that was typed. Where it is read out, the commands are not: there are over forty.
func (m *Model) unknown(word string) error {
	if _, near := misspelt.Nearest(word, orderWords()); m.reading.printed && !near {
		return errors.New(m.hand.Say("no such command: help lists them"))
	}
	return noSuchCommand(m.hand, word)
}

// mistake is what is wrong with a line that was typed.
type mistake struct {
	cause  error
	column int // in characters from 0; −1 for none in particular
}

func (e *mistake) Error() string { return e.cause.Error() }
func (e *mistake) Unwrap() error { return e.cause }

// execute does what a line says. The error is a [*mistake].
func (m *Model) execute(text string) (tea.Cmd, error) {
	word, rest, _ := strings.Cut(text, " ")
	if line, is := m.alias(word); is {
		word, rest, _ = strings.Cut(strings.TrimSpace(line+" "+rest), " ")
	}
	o, ok := orderNamed(word)
	if !ok {
		if line, is := m.place(text); is {
			return m.execute(line)
		}
		return nil, &mistake{m.unknown(word), 0}
	}
	if m.view.IsZero() && !o.always {
		return nil, &mistake{errors.New(m.hand.Say("there is no picture yet: wait for the first")), -1}
	}
	cmd, err := o.run(m, strings.TrimSpace(rest))
	if err != nil {
		at := len([]rune(word)) + 1
		if e := new(typed.Error); errors.As(err, &e) {
			at += e.Column - len([]rune(o.word)) - 2
		}
		return nil, &mistake{err, at}
	}
	return cmd, nil
}

// place is the command that leads to what a line names and nothing else: a country, by its code or name, a saved view, a source.
func (m *Model) place(text string) (line string, is bool) {
	if c, ok := country.Parse(text); ok && !m.view.IsZero() {
		if _, known := m.view.Country(c); known {
			return "country " + c.Alpha3(), true
		}
	}
	for _, list := range []struct {
		order string
		names []string
	}{{"view", m.viewNames()}, {"sources", m.sourceNames()}} {
		if i := slices.IndexFunc(list.names, func(n string) bool { return strings.EqualFold(n, text) }); i >= 0 {
			return list.order + " " + list.names[i], true
		}
	}
	return "", false
}

// orderTyped is a command by which people work at the desk.
func (m *Model) orderTyped(line string) (tea.Cmd, error) {
	if words := strings.Fields(line); len(words) == 2 && words[0] == "told" { // of whom nothing is said: the sheet is looked at
		if a, ok := m.view.Duty().Find(words[1]); ok {
			return m.jump(screen.Ask{Go: screen.ToTold, Subject: screen.Subject{Alarm: a.ID}}), nil
		}
	}
	c, err := typed.ParseIn(m.hand, line, m.view, m.o.Actor, m.now)
	if err != nil {
		return nil, err
	}
	return m.act(c)
}

func (m *Model) completePoll(p *widget.Prompt, _ int) { m.completeFrom(p, m.fetchedNames()) }

// act hands a command to the desk.
func (m *Model) act(c action.Command) (tea.Cmd, error) { return m.attempt(action.NewID(), c, nil) }

// attempt hands a command to the desk under an id, for the screen that it closes when it is done.
func (m *Model) attempt(id string, c action.Command, from *level) (tea.Cmd, error) {
	if m.o.Act == nil {
		return nil, fmt.Errorf("%s: %w", m.verb(c.Verb()), action.ErrNotSupported)
	}
	e := action.Envelope{ID: id, Actor: m.o.Actor, Command: c}
	act, ctx := m.o.Act, m.ctx
	done := m.doneWords(c) // by the picture in which it was decided
	return func() tea.Msg { return actedMsg{m.verb(c.Verb()), done, act(ctx, e), from} }, nil
}

// verb is what is done by a command, as a noun.
func (m *Model) verb(word string) string { return m.hand.EntryKind(word) }

// doneWords are what is said of a command once it is done: of a claim or an acknowledgement that takes the place of somebody else's, whose; else what [figure.Hand.Remark]
// says of it.
func (m *Model) doneWords(c action.Command) string {
	if r, ok := c.(action.Record); ok {
		if claim, is := r.Body.(*duty.Claim); is && !claim.Instead.IsZero() {
			return duty.SaysIn(m.hand, claim)
		}
		if ack, is := r.Body.(*duty.Ack); is && !ack.Instead.IsZero() {
			return duty.SaysIn(m.hand, ack)
		}
		if o, is := r.Body.(*duty.Offer); is && o.Anew != "" {
			return m.hand.Sayf("done; %s", o.Carried(m.hand))
		}
		if left := m.hand.Remark(m.view, r.Body, m.now); left != "" {
			return m.hand.Sayf("done; %s", left)
		}
	}
	return m.hand.Say("done")
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
