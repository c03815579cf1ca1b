package tui

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/safetext"
	"vigil/internal/tui/aloud"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
)

// typed does what a line says.
func (t *Teleprinter) typed(line string) {
	m := t.m
	m.say = ""
	answer, _ := m.attend()
	t.start(answer, false)
	t.asked, t.key, t.moves, t.amiss, t.unsaved, t.before = true, false, false, false, false, t.look()
	line = strings.TrimSpace(safetext.Clean(line).String())
	_, form := m.top().screen.(screen.Typist)
	t.back = form // what it leads to was there before
	switch {
	case m.mode == asking:
		t.agreed(line)
	case m.mode == copying:
		t.start(m.copied(keyOfWord(line)), true)
	case m.mode == ordering:
		t.prefilled(line)
	case form && m.drawable():
		t.fill(line)
	case line == "":
		t.asked = false
		t.repeat()
	case line == "more":
		t.asked = false
		if len(t.rest) == 0 {
			t.out.line(t.m.hand.Say("There is no more."))
			break
		}
		t.print(t.rest)
	case line == "again":
		t.asked = false
		t.print(m.Linear())
	case line == "help":
		t.asked = false
		t.help()
	case strings.HasPrefix(line, "/"):
		t.order(t.filtering() + " " + line[1:])
	case t.press(line):
	default:
		t.order(strings.TrimPrefix(line, ":"))
	}
}

// filtering is the command for a filter: of the board it filters the events, which are the end of it.
func (t *Teleprinter) filtering() string {
	if t.m.top().screen.Scope() == keys.Board {
		return "events"
	}
	return "filter"
}

// repeat prints what has changed since it was last asked for.
func (t *Teleprinter) repeat() {
	if t.o.Thin != nil {
		if v := t.m.view; t.ready && v.Desk().Reading.IsZero() { // what was not told yet, because others were being sent
			t.news(t.keep)
		}
		t.under = t.gathered
	}
	from := t.since.UTC().Format("15:04:05Z")
	t.out.line(t.m.headerWords())
	if t.withheld > 0 {
		t.out.line(t.m.hand.Forms(t.withheld, "line not said again: something became restricted since. Board, events, alarms and sources say what there is.", "lines not said again: something became restricted since. Board, events, alarms and sources say what there is."))
	} else if len(t.changes) == 0 {
		t.out.line(t.m.hand.Sayf("Nothing has changed since %s.", from))
	}
	if t.dropped > 0 {
		t.out.line(t.m.hand.Forms(t.dropped, "older change not said again: the log and events have it.", "older changes not said again: the log and events have them."))
	}
	if len(t.changes) > 0 {
		t.out.line(t.m.hand.Sayf("%s since %s:", t.m.hand.Plural(len(t.changes), "change"), from))
		t.out.lines(t.changes)
	}
	t.gathered = gathered{since: t.m.now}
}

// order runs a command. A mistake says what to write.
func (t *Teleprinter) order(text string) {
	if text = strings.TrimSpace(text); text == "" {
		t.asked = false
		return
	}
	cmd, err := t.m.execute(text)
	if err != nil {
		t.asked = false
		t.out.line(t.m.hand.Sayf("not done: %s", t.m.why(err)))
		return
	}
	t.start(cmd, true)
	word, _, _ := strings.Cut(text, " ")
	o, _ := orderNamed(word)
	t.back = o.word == "back"
	// Who asks for a screen by name wants it printed, also when it is the one that there is.
	if t.m.top() == t.before.top && o.word == "board" {
		t.before.top = nil
	}
}

// press is a line that is the name of a key: a digit, a letter, enter, esc; of those that move, also several times: gg, jjj, 12j. It reports
// whether it is.
func (t *Teleprinter) press(line string) bool {
	b, times, ok := t.keyOf(line)
	if !ok {
		return false
	}
	t.back = b.ID == keys.Back
	t.key, t.moves = true, b.Scope == keys.List && b.ID != keys.Open
	for range times - 1 {
		t.start(t.m.asked(b.ID), true)
	}
	switch {
	case ofScreens[b.ID]:
		t.asked = false
		t.out.line(t.m.hand.Say("here that is a line by itself: a command, or / with a filter behind it; help lists them"))
	case b.ID == keys.Interrupt:
		t.start(t.m.quit(), true)
	default:
		t.start(t.m.asked(b.ID), true)
		if b.ID == keys.ShowBoard {
			t.before.top = nil
		}
	}
	return true
}

// mostTimes is how often a key can be pressed by one line: what is farther is found by a filter.
const mostTimes = 999

// keyOf is what a line asks for that is the name of a key, and how many times.
func (t *Teleprinter) keyOf(line string) (b keys.Binding, times int, ok bool) {
	scope := t.m.top().screen.Scope()
	for _, name := range []string{line, keys.Named(line)} {
		if b, ok = t.m.o.Keys.Lookup(scope, name); ok {
			return b, 1, true
		}
	}
	name := strings.TrimLeft(line, "0123456789")
	if times, _ = strconv.Atoi(line[:len(line)-len(name)]); times == 0 {
		letter, _ := utf8.DecodeRuneInString(name)
		times, name = utf8.RuneCountInString(name), strings.TrimLeft(name, string(letter))
		if name != "" {
			return b, 0, false
		}
		name = string(letter)
	}
	b, ok = t.m.o.Keys.Lookup(scope, keys.Named(name))
	return b, min(times, mostTimes), ok && b.Scope == keys.List && b.ID != keys.Open
}

// keyOfWord is the key for what is copied: its first letter, but for the line.
func keyOfWord(word string) tea.KeyPressMsg {
	name := "esc"
	if word = strings.ToLower(word); word == "line" {
		name = "y"
	} else if word != "" {
		name = string([]rune(word)[0])
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// agreed takes the answer to a question.
func (t *Teleprinter) agreed(line string) {
	name := strings.ToLower(line)
	switch name {
	case "yes", strings.ToLower(t.m.hand.Say("yes")):
		name = "y"
	case "no", "", strings.ToLower(t.m.hand.Say("no")):
		name = "n"
	}
	t.start(t.m.answered(tea.KeyPressMsg{Code: []rune(name)[0], Text: name}), true)
	switch {
	case t.m.mode == asking:
		t.asked = false
		t.out.line(t.m.hand.Sayf("yes or no? %s", t.m.question))
	case name == "n":
		t.key, t.moves = true, true // and says where one is
	}
}

// begun is a command that a key has begun, with what follows it, as the help has that: ack A6 [for 30m] REASON.
func begun(line string) string {
	words := strings.Fields(line)
	if len(words) == 0 {
		return line
	}
	if o, ok := orderNamed(words[0]); ok {
		usage := strings.Fields(o.usage)
		words = append(words, usage[min(len(words)-1, len(usage)):]...)
	}
	return strings.Join(words, " ")
}

// prefilled goes on with a command that a key has begun. One that lacks nothing is done as it stands by yes.
func (t *Teleprinter) prefilled(line string) {
	first := t.m.command.Value()
	t.m.command.Clear()
	t.m.turn(browsing)
	whole := !strings.HasSuffix(first, " ")
	switch yes := strings.ToLower(line); {
	case line == "":
		t.m.say = t.m.hand.SayAs("command", "left")
	case whole && (yes == "yes" || yes == strings.ToLower(t.m.hand.Say("yes"))):
		t.order(first)
	case whole:
		t.order(first + " " + line)
	default:
		t.order(first + line)
	}
}

// fill puts a line into the field of a form that has the keys, and goes on to the next if it can be read: who hears that it is wrong writes
// it again, and that must not go into another field. An empty line goes on in any case.
func (t *Teleprinter) fill(line string) {
	m := t.m
	t.key = true
	does := map[string]keys.ID{":save": keys.Save, ":cancel": keys.Cancel, "esc": keys.Cancel, ":previous": keys.PreviousField, "": keys.NextField}
	if id, ok := does[strings.ToLower(line)]; ok {
		t.start(m.forward(id), true)
		if id == keys.Save && t.wrong() != "" {
			t.amiss, t.unsaved = true, true
		}
		return
	}
	for _, id := range []keys.ID{keys.LineEnd, keys.EraseLine} {
		t.start(m.forward(id), true)
	}
	before := t.formLines()
	t.start(m.written(line), true)
	t.start(m.forward(keys.NextField), true)
	t.start(m.forward(keys.PreviousField), true)
	if t.wrong() != "" {
		t.amiss = true
		return
	}
	t.start(m.forward(keys.NextField), true)
	t.understood(before)
}

// wrong is what is wrong with the field of a form that has the keys.
func (t *Teleprinter) wrong() string {
	if typist, ok := t.m.top().screen.(screen.Typist); ok {
		return typist.Wrong(t.m.area())
	}
	return ""
}

// formLines are the lines of the form to the end of its fields, the selected like the others, and which one it is. What an empty line parts
// from the fields, such as what they come to on the radio, is not said after each of them.
func (t *Teleprinter) formLines() (f filled) {
	f.at = -1
	f.lines = t.m.top().screen.Linear(t.m.area())
	if end := slices.Index(f.lines, ""); end >= 0 {
		f.lines = f.lines[:end]
	}
	for i, line := range f.lines {
		if rest, is := strings.CutPrefix(line, aloud.Selected(t.m.hand.Language)); is {
			f.at, f.lines[i] = i, rest
		}
	}
	return f
}

// filled is a form in lines.
type filled struct {
	lines []string
	at    int // which is selected; -1 for none
}

// understood prints how the line that was typed is understood, or what is wrong with it, and what it has changed in other fields: before is the
// form without it.
func (t *Teleprinter) understood(before filled) {
	if before.at < 0 {
		return
	}
	now := t.formLines()
	if len(now.lines) != len(before.lines) {
		return
	}
	t.out.line(now.lines[before.at])
	for i, line := range now.lines {
		if i != before.at && line != before.lines[i] {
			t.out.line(line)
		}
	}
}

// ofScreens are what keys ask for that means nothing where lines are only ever added.
var ofScreens = map[keys.ID]bool{keys.Command: true, keys.Filter: true, keys.Redraw: true, keys.Suspend: true, keys.ToggleLinear: true, keys.ToggleMouse: true}

// help lists what can be typed.
func (t *Teleprinter) help() {
	h := t.m.hand
	lines := []string{
		h.Say("Type one of these, and Enter. The beginning of a word is enough: the first that it fits is meant."),
		h.Say("an empty line: what has changed since it was last asked for"), h.Say("more: the rest of a long answer"), h.Say("again: the whole screen once more"),
		h.Say("/FILTER: show of the list only what matches; / alone, all"),
	}
	for _, o := range orders() {
		lines = append(lines, h.Sayf("%s: %s", strings.TrimSpace(o.word+" "+o.usage), h.Say(o.help)))
	}
	lines = append(lines, h.Say("A key by its name does what it does on a screen, and says what is selected then:"))
	for _, s := range t.m.o.Keys.Help(h.Language, t.m.top().screen.Scope(), true, t.m.cannot) {
		lines = append(lines, strings.ToUpper(s.Title))
		for _, l := range s.Lines {
			if ofScreens[l.ID] {
				continue
			}
			text := h.Sayf("%s: %s", l.Keys, l.Text)
			if l.Cannot != "" {
				text += h.Sayf(" (not now: %s)", l.Cannot)
			}
			lines = append(lines, text)
		}
	}
	t.print(lines)
}
