// Package keys is the one table of key bindings.
//
// Dispatch, the help screen, the footer and the README's key table are all made
// from it, so none of them can say what the others do not do. The table is
// data: it holds no functions and no state. What a binding does is decided by
// whoever looked it up, by [ID]; why a binding cannot be used just now is given
// by the screen (see [Reason]) when help or footer are drawn.
//
// Guarantees: a [Table] is never changed after it is made and is safe to share.
// Within what is reachable from one scope a key means one thing; a test holds
// the table to that with [Table.Conflicts].
package keys

import (
	"fmt"
	"slices"
	"strings"

	"vigil/internal/lang"
)

// Scope says where a binding is in force. A scope other than [Prompt], [Form] and
// [Confirm] also reaches the bindings of [List] and [Global]; those three take
// every key for themselves, because there a letter is text or an answer.
type Scope string

// The scopes, in the order in which help lists them.
const (
	Global  Scope = "global"  // everywhere but in a prompt or a question
	List    Scope = "list"    // moving the selection, on every screen
	Board   Scope = "board"   // screen 1
	Country Scope = "country" // screen 2
	Events  Scope = "events"  // screen 3
	Alarms  Scope = "alarms"  // screen 5
	Sources Scope = "sources" // screen 6
	Map     Scope = "map"     // screen 7
	Log     Scope = "log"     // screen 8
	Plan    Scope = "plan"    // screen 9
	Told    Scope = "told"    // the told-sheet of an alarm
	Hand    Scope = "handover"
	Watch   Scope = "watch"   // the hands-free screen
	First   Scope = "first"   // the first run: there is no desk
	Why     Scope = "why"     // the derivation of a figure
	Help    Scope = "help"    // the help screen
	Prompt  Scope = "prompt"  // the filter and the command line
	Form    Scope = "form"    // fields that are filled in
	Confirm Scope = "confirm" // a yes or no question
	Copying Scope = "copying" // what of an event is copied
)

// scopes is every scope, in help's order, with its heading.
var scopes = []struct {
	scope Scope
	title string
}{
	{Global, lang.Heading("Everywhere")},
	{List, lang.Heading("Lists and text")},
	{Board, lang.Heading("Board")},
	{Country, lang.Heading("Country")},
	{Events, lang.Heading("Events")},
	{Alarms, lang.Heading("Alarms")},
	{Sources, lang.Heading("Sources")},
	{Map, lang.Heading("Map")},
	{Log, lang.Heading("Duty log")},
	{Plan, lang.Heading("Plan")},
	{Told, lang.Heading("Told-sheet")},
	{Hand, lang.Heading("Handover")},
	{Watch, lang.Heading("Watch")},
	{First, lang.Heading("Without a desk")},
	{Why, lang.Heading("Why")},
	{Help, lang.Heading("Help")},
	{Prompt, lang.Heading("Filter and command line")},
	{Form, lang.Heading("Forms")},
	{Confirm, lang.Heading("Questions")},
	{Copying, lang.Heading("Copying an event")},
}

// Title is the scope's heading in help, marked to be said; an unknown scope is its own heading.
func (s Scope) Title() string {
	for _, known := range scopes {
		if known.scope == s {
			return known.title
		}
	}
	return string(s)
}

// chain is the scopes whose bindings are in force in s, nearest first.
func (s Scope) chain() []Scope {
	switch s {
	case Prompt, Form, Confirm, Copying, Global:
		return []Scope{s}
	case List:
		return []Scope{List, Global}
	default:
		return []Scope{s, List, Global}
	}
}

// ID names what a binding does.
type ID string

// What can be asked for by a key.
const (
	Quit         ID = "quit"          // leave vigil
	Interrupt    ID = "interrupt"     // close the prompt, else ask whether to quit
	Back         ID = "back"          // one level back; never quits
	Open         ID = "open"          // go into what is selected
	Filter       ID = "filter"        // open the filter prompt
	Command      ID = "command"       // open the command prompt
	ShowHelp     ID = "help"          // open help
	NextPane     ID = "next-pane"     // focus the next pane
	PreviousPane ID = "previous-pane" // focus the pane before
	ShowBoard    ID = "show-board"    // screen 1
	ShowCountry  ID = "show-country"  // screen 2
	ShowEvents   ID = "show-events"   // screen 3
	ShowAlarms   ID = "show-alarms"   // screen 5
	ShowSources  ID = "show-sources"  // screen 6
	ShowMap      ID = "show-map"      // screen 7
	ShowLog      ID = "show-log"      // screen 8
	ShowPlan     ID = "show-plan"     // screen 9
	ShowWhy      ID = "why"           // derive the selected figure
	Copy         ID = "copy"          // copy the selection to the terminal's clipboard
	ToggleMouse  ID = "mouse"         // take the mouse from the terminal, or give it back
	ToggleLinear ID = "linear"        // plain lines, or the drawn screen
	Redraw       ID = "redraw"        // draw the whole screen anew
	Suspend      ID = "suspend"       // give the terminal to the shell until it goes on
	Release      ID = "release"       // show the events held back while reading
	Merge        ID = "merge"         // say that the selected proposal tells of the same event
	Report       ID = "report"        // write down what somebody reports
	Continue     ID = "continue"      // write down what is said more of the selected incident
	Verify       ID = "verify"        // move how far the selected incident is established
	Unmerge      ID = "unmerge"       // say that the selected telling is of another event
	Note         ID = "note"          // write a note into the duty log
	Acknowledge  ID = "acknowledge"   // own the selected alarm
	Shelve       ID = "shelve"        // keep the selected alarm from ringing for a time
	Unshelve     ID = "unshelve"      // let it ring again
	CloseAlarm   ID = "close-alarm"   // close an alarm that nothing ends
	Group        ID = "group"         // in a flood, show groups of alarms or each

	Claim        ID = "claim"         // say that one sees to what is selected
	ShowTold     ID = "show-told"     // the told-sheet of the selected alarm
	ShowFlash    ID = "show-flash"    // the form of a flash report on what is selected
	ToldTried    ID = "told-tried"    // called, and no answer yet
	ToldMissed   ID = "told-missed"   // no answer: the next channel
	ToldRefused  ID = "told-refused"  // answered, and would not take it
	ToldAnswered ID = "told-answered" // told
	ToldReadBack ID = "told-readback" // told, and read back

	ShowHandover ID = "show-handover" // what one watch hands to the next
	HandSeen     ID = "hand-seen"     // the outgoing has gone through the item
	HandAccept   ID = "hand-accept"   // the incoming has it
	HandDecline  ID = "hand-decline"  // it stays with the outgoing
	HandSignOff  ID = "hand-signoff"  // the outgoing is done with what was declined
	HandSign     ID = "hand-sign"     // the outgoing hands over, the incoming takes over

	ShowWatch ID = "show-watch" // the hands-free screen
	Hold      ID = "hold"       // let the country stand that stands
	Privacy   ID = "privacy"    // show what a wall may show, or all

	ZoomIn  ID = "zoom-in"  // a smaller part of the earth
	ZoomOut ID = "zoom-out" // a larger one
	Shade   ID = "shade"    // countries by their level, or by the estimate
	Layers  ID = "layers"   // what is shown besides the countries
	Dots    ID = "dots"     // the characters that the map is made of

	ShowDemo ID = "demo" // open an exercise
	MakeDesk ID = "init" // make a desk and open it

	Up           ID = "up"             // one line up
	Down         ID = "down"           // one line down
	Left         ID = "left"           // one column to the left
	Right        ID = "right"          // one column to the right
	PageUp       ID = "page-up"        // one page up
	PageDown     ID = "page-down"      // one page down
	HalfPageUp   ID = "half-page-up"   // half a page up
	HalfPageDown ID = "half-page-down" // half a page down
	Top          ID = "top"            // to the first line
	Bottom       ID = "bottom"         // to the last line

	Accept       ID = "accept"        // apply what is typed
	Cancel       ID = "cancel"        // close the prompt and leave things as they were
	Complete     ID = "complete"      // complete the word
	CompleteBack ID = "complete-back" // the offer before
	Older        ID = "older"         // the entry before, from history
	Newer        ID = "newer"         // the next entry, from history
	CursorBack   ID = "cursor-back"   // the prompt's cursor one character back
	CursorOn     ID = "cursor-on"     // the prompt's cursor one character on
	LineStart    ID = "line-start"    // the prompt's cursor to the start
	LineEnd      ID = "line-end"      // the prompt's cursor to the end
	EraseBack    ID = "erase-back"    // erase the character before the cursor
	EraseOn      ID = "erase-on"      // erase the character under the cursor
	EraseWord    ID = "erase-word"    // erase the word before the cursor
	EraseLine    ID = "erase-line"    // erase everything before the cursor

	Save          ID = "save"           // save the form
	NextField     ID = "next-field"     // the next field of the form
	PreviousField ID = "previous-field" // the field before

	CopyPosition ID = "copy-position" // its coordinates
	CopyText     ID = "copy-text"     // everything that it says
	CopyShare    ID = "copy-share"    // what may leave the desk
	CopyLine     ID = "copy-line"     // its line in the list

	Yes ID = "yes" // answer a question with yes
	No  ID = "no"  // answer a question with no
)

// Binding ties keys to what they ask for.
type Binding struct {
	ID    ID
	Keys  []string // as tea.KeyPressMsg.String gives them; the first is the one shown in the footer
	Help  string   // a sentence without full stop, for help and README; marked to be said
	Short string   // one word for the footer, marked to be said as of a key; empty keeps the binding out of the footer
	Scope Scope
}

// Label is the binding's keys as people read them: "↑ k" is what it is for "up", "k".
// With ascii the arrows are spelled out.
func (b Binding) Label(ascii bool) string {
	labels := make([]string, len(b.Keys))
	for i, k := range b.Keys {
		labels[i] = label(k, ascii)
	}
	return strings.Join(labels, " ")
}

// KeyLabel is the first key as people read it.
func (b Binding) KeyLabel(ascii bool) string { return label(b.Keys[0], ascii) }

var arrows = map[string]string{"up": "↑", "down": "↓", "left": "←", "right": "→"}

var named = map[string]string{
	"up": "Up", "down": "Down", "left": "Left", "right": "Right", "pgup": "PgUp", "pgdown": "PgDn", "home": "Home", "end": "End",
	"enter": "Enter", "esc": "Esc", "tab": "Tab", "shift+tab": "Shift-Tab", "space": "Space", "backspace": "Backspace", "delete": "Delete", "f1": "F1",
}

func label(key string, ascii bool) string {
	if a, ok := arrows[key]; ok && !ascii {
		return a
	}
	if n, ok := named[key]; ok {
		return n
	}
	if letter, ok := strings.CutPrefix(key, "ctrl+"); ok {
		return "Ctrl-" + strings.ToUpper(letter)
	}
	if n := strings.TrimPrefix(key, "f"); n != key && strings.Trim(n, "0123456789") == "" && n != "" {
		return "F" + n
	}
	return key
}

// Digits stand in the footer for the keys of all screens.
const Digits = "1-9"

// Reason says why the binding cannot be used just now, in a few words, or is
// empty if it can. A nil Reason finds everything usable.
type Reason func(ID) string

// Table is an immutable set of bindings.
type Table struct {
	bindings []Binding
	byKey    map[Scope]map[string]int // index into bindings
}

// New makes a table of bindings, in their order. Conflicting bindings are kept
// out of look-ups after the first: see [Table.Conflicts].
func New(bindings ...Binding) *Table {
	t := &Table{bindings: slices.Clone(bindings), byKey: map[Scope]map[string]int{}}
	for i, b := range t.bindings {
		if t.byKey[b.Scope] == nil {
			t.byKey[b.Scope] = map[string]int{}
		}
		for _, k := range b.Keys {
			if _, taken := t.byKey[b.Scope][k]; !taken {
				t.byKey[b.Scope][k] = i
			}
		}
	}
	return t
}

// Lookup finds what key asks for in scope. key is what tea.KeyPressMsg.String
// returns. In [Prompt] and [Form] a key that is not found is text.
func (t *Table) Lookup(scope Scope, key string) (Binding, bool) {
	for _, s := range scope.chain() {
		if i, ok := t.byKey[s][key]; ok {
			return t.bindings[i], true
		}
	}
	return Binding{}, false
}

// ForScope is the bindings in force in scope, the scope's own first.
func (t *Table) ForScope(scope Scope) []Binding {
	var found []Binding
	for _, s := range scope.chain() {
		found = append(found, t.Of(s)...)
	}
	return found
}

// Of is the bindings of scope alone.
func (t *Table) Of(scope Scope) []Binding {
	var found []Binding
	for _, b := range t.bindings {
		if b.Scope == scope {
			found = append(found, b)
		}
	}
	return found
}

// Scopes is the scopes that have bindings, in help's order.
func (t *Table) Scopes() []Scope {
	var found []Scope
	for _, s := range scopes {
		if len(t.byKey[s.scope]) > 0 {
			found = append(found, s.scope)
		}
	}
	return found
}

// Conflicts is one sentence for each key that would mean two things at once,
// and for each binding that cannot be reached or explained.
func (t *Table) Conflicts() []string {
	var found []string
	for _, b := range t.bindings {
		if len(b.Keys) == 0 || b.Help == "" || b.ID == "" {
			found = append(found, fmt.Sprintf("binding %q in %s lacks an ID, a key or a help text", b.ID, b.Scope))
		}
		if !slices.Contains(t.Scopes(), b.Scope) {
			found = append(found, fmt.Sprintf("binding %q is in the unknown scope %q", b.ID, b.Scope))
		}
	}
	for _, s := range t.Scopes() {
		taken := map[string]Binding{}
		for _, b := range t.ForScope(s) {
			for _, k := range b.Keys {
				if first, ok := taken[k]; ok {
					found = append(found, fmt.Sprintf("in %s %q means %s (%s) and %s (%s)", s, k, first.ID, first.Scope, b.ID, b.Scope))
				}
				taken[k] = b
			}
		}
	}
	return found
}

// Hint is one entry of the footer.
type Hint struct {
	Key  string
	Word string // in the language of whoever reads
	ID   ID
}

// Footer is the short hints of scope in a language, the scope's own first; what cannot be
// used just now is left out, because help says why.
func (t *Table) Footer(in *lang.Language, scope Scope, ascii bool, cannot Reason) []Hint {
	var hints []Hint
	for _, b := range t.ForScope(scope) {
		if b.Short == "" || (cannot != nil && cannot(b.ID) != "") {
			continue
		}
		key := b.KeyLabel(ascii)
		if b.ID == ShowBoard && key == "1" {
			key = Digits // one hint for all of them: the footer's room is for what can be done here
		}
		hints = append(hints, Hint{Key: key, Word: in.SayAs("key", b.Short), ID: b.ID})
	}
	return hints
}

// HelpLine is one line of the help screen.
type HelpLine struct {
	ID     ID
	Keys   string // as people read them
	Text   string // what they do
	Cannot string // why not just now; empty if usable
}

// HelpSection is one heading of the help screen with its lines.
type HelpSection struct {
	Scope Scope
	Title string
	Lines []HelpLine
}

// Help is the help screen for scope in a language: what is in force there, by heading.
func (t *Table) Help(in *lang.Language, scope Scope, ascii bool, cannot Reason) []HelpSection {
	var sections []HelpSection
	for _, s := range scope.chain() {
		section := HelpSection{Scope: s, Title: in.Say(s.Title())}
		for _, b := range t.Of(s) {
			line := HelpLine{ID: b.ID, Keys: b.Label(ascii), Text: in.Say(b.Help)}
			if cannot != nil {
				line.Cannot = cannot(b.ID)
			}
			section.Lines = append(section.Lines, line)
		}
		if len(section.Lines) > 0 {
			sections = append(sections, section)
		}
	}
	return sections
}

// Markdown is the README's key table. It is made, never edited by hand: a test
// compares the README with it.
func (t *Table) Markdown() string {
	var b strings.Builder
	b.WriteString("| Where | Keys | What |\n|---|---|---|\n")
	for _, s := range t.Scopes() {
		for _, binding := range t.Of(s) {
			keys := make([]string, len(binding.Keys))
			for i, k := range binding.Keys {
				keys[i] = "`" + strings.ReplaceAll(label(k, true), "|", `\|`) + "`"
			}
			fmt.Fprintf(&b, "| %s | %s | %s |\n", s.Title(), strings.Join(keys, " "), binding.Help)
		}
	}
	return b.String()
}
