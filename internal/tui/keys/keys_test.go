package keys_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/tui/keys"
)

func TestDefaultHasNoConflicts(t *testing.T) {
	for _, c := range keys.Default().Conflicts() {
		t.Error(c)
	}
}

func TestConflictsAreSeen(t *testing.T) {
	tests := []struct {
		name     string
		bindings []keys.Binding
		want     string
	}{
		{"same scope", []keys.Binding{{ID: "a", Keys: []string{"x"}, Help: "A", Scope: keys.Board}, {ID: "b", Keys: []string{"x"}, Help: "B", Scope: keys.Board}}, `in board "x" means a (board) and b (board)`},
		{"hidden global", []keys.Binding{{ID: "a", Keys: []string{"x"}, Help: "A", Scope: keys.Global}, {ID: "b", Keys: []string{"x"}, Help: "B", Scope: keys.Events}}, `in events "x" means b (events) and a (global)`},
		{"no help", []keys.Binding{{ID: "a", Keys: []string{"x"}, Scope: keys.Global}}, "lacks"},
		{"no key", []keys.Binding{{ID: "a", Help: "A", Scope: keys.Global}}, "lacks"},
		{"unknown scope", []keys.Binding{{ID: "a", Keys: []string{"x"}, Help: "A", Scope: "attic"}}, "unknown scope"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := strings.Join(keys.New(tt.bindings...).Conflicts(), "\n")
			if !strings.Contains(got, tt.want) {
				t.Errorf("conflicts are %q, want %q", got, tt.want)
			}
		})
	}
	apart := keys.New(
		keys.Binding{ID: "a", Keys: []string{"x"}, Help: "A", Scope: keys.Global},
		keys.Binding{ID: "b", Keys: []string{"x"}, Help: "B", Scope: keys.Prompt},
	)
	if got := apart.Conflicts(); len(got) > 0 {
		t.Errorf("a prompt takes every key for itself, but: %q", got)
	}
}

// TestLookup presses real keys, so that the table's spelling is Bubble Tea's.
func TestLookup(t *testing.T) {
	tests := []struct {
		scope keys.Scope
		key   tea.Key
		want  keys.ID
	}{
		{keys.Board, tea.Key{Code: 'j', Text: "j"}, keys.Down},
		{keys.Board, tea.Key{Code: tea.KeyDown}, keys.Down},
		{keys.Board, tea.Key{Code: 'g', Text: "G", Mod: tea.ModShift, ShiftedCode: 'G'}, keys.Bottom},
		{keys.Events, tea.Key{Code: tea.KeySpace, Text: " "}, keys.Release},
		{keys.Country, tea.Key{Code: tea.KeySpace, Text: " "}, ""},
		{keys.Sources, tea.Key{Code: tea.KeyPgDown}, keys.PageDown},
		{keys.Country, tea.Key{Code: 'd', Mod: tea.ModCtrl}, keys.HalfPageDown},
		{keys.Country, tea.Key{Code: tea.KeyEnter}, keys.Open},
		{keys.Why, tea.Key{Code: tea.KeyEscape}, keys.Back},
		{keys.Board, tea.Key{Code: tea.KeyTab, Mod: tea.ModShift}, keys.PreviousPane},
		{keys.Board, tea.Key{Code: '/', Text: "/"}, keys.Filter},
		{keys.Board, tea.Key{Code: ';', Text: ":", Mod: tea.ModShift, ShiftedCode: ':'}, keys.Command},
		{keys.Board, tea.Key{Code: '/', Text: "?", Mod: tea.ModShift, ShiftedCode: '?'}, keys.ShowHelp},
		{keys.Board, tea.Key{Code: 'c', Mod: tea.ModCtrl}, keys.Interrupt},
		{keys.Board, tea.Key{Code: '6', Text: "6"}, keys.ShowSources},
		{keys.Board, tea.Key{Code: '4', Text: "4"}, ""},
		{keys.Board, tea.Key{Code: tea.KeyF3}, ""},
		{keys.Board, tea.Key{Code: 'q', Text: "q"}, keys.Quit},
		{keys.Prompt, tea.Key{Code: 'q', Text: "q"}, ""},
		{keys.Prompt, tea.Key{Code: tea.KeyEscape}, keys.Cancel},
		{keys.Prompt, tea.Key{Code: tea.KeyBackspace}, keys.EraseBack},
		{keys.Prompt, tea.Key{Code: tea.KeyDelete}, keys.EraseOn},
		{keys.Prompt, tea.Key{Code: 'c', Mod: tea.ModCtrl}, keys.Interrupt},
		{keys.Confirm, tea.Key{Code: 'y', Text: "y"}, keys.Yes},
		{keys.Board, tea.Key{Code: 'y', Text: "y"}, keys.Copy},
	}
	table := keys.Default()
	for _, tt := range tests {
		name := tea.KeyPressMsg(tt.key).String()
		b, ok := table.Lookup(tt.scope, name)
		if b.ID != tt.want || ok != (tt.want != "") {
			t.Errorf("%q in %s means %q (%v), want %q", name, tt.scope, b.ID, ok, tt.want)
		}
	}
}

// TestEscNeverQuits and F3 stays free: terminals send it in the form of a report.
func TestPromises(t *testing.T) {
	table := keys.Default()
	for _, scope := range table.Scopes() {
		for _, b := range table.ForScope(scope) {
			for _, k := range b.Keys {
				if k == "esc" && b.ID != keys.Back && b.ID != keys.Cancel && b.ID != keys.No {
					t.Errorf("Esc in %s means %s", scope, b.ID)
				}
				if strings.HasSuffix(k, "f3") {
					t.Errorf("%s is bound in %s", k, scope)
				}
			}
		}
		if b, ok := table.Lookup(scope, "ctrl+c"); !ok || b.ID != keys.Interrupt {
			t.Errorf("Ctrl-C in %s means %q", scope, b.ID)
		}
	}
}

func TestFooterAndHelp(t *testing.T) {
	table := keys.Default()
	cannot := func(id keys.ID) string {
		if id == keys.Release {
			return "no events are held back"
		}
		return ""
	}
	words := func(hints []keys.Hint) string {
		var all []string
		for _, h := range hints {
			all = append(all, h.Key+" "+h.Word)
		}
		return strings.Join(all, ", ")
	}
	const rest = "i report, I more, v verify, Enter open, 1-9 screens, / filter, e why, Esc back, ? help, q quit"
	if got, want := words(table.Footer(nil, keys.Events, false, nil)), "Space new, "+rest; got != want {
		t.Errorf("footer is %q, want %q", got, want)
	}
	if got := words(table.Footer(nil, keys.Events, false, cannot)); got != rest {
		t.Errorf("footer without what cannot be done is %q, want %q", got, rest)
	}
	sections := table.Help(nil, keys.Events, false, cannot)
	if len(sections) != 3 || sections[0].Title != "Events" || sections[0].Lines[0].Cannot != "no events are held back" {
		t.Errorf("help is %+v", sections)
	}
	if got := table.Help(nil, keys.Events, false, nil)[1].Lines[0].Keys; got != "↑ k" {
		t.Errorf("the keys for up are %q", got)
	}
	if got := table.Help(nil, keys.Events, true, nil)[1].Lines[0].Keys; got != "Up k" {
		t.Errorf("the keys for up in ASCII are %q", got)
	}
}

func TestMarkdown(t *testing.T) {
	md := keys.Default().Markdown()
	for _, want := range []string{
		"| Where | Keys | What |\n|---|---|---|\n",
		"| Everywhere | `Esc` | Back one level; never quits |\n",
		"| Lists and text | `PgDn` | One page down |\n",
		"| Lists and text | `Ctrl-D` | Half a page down |\n",
		"| Events | `Space` | Show the events held back while reading |\n",
	} {
		if !strings.Contains(md, want) {
			t.Errorf("the table lacks %q:\n%s", want, md)
		}
	}
	if n := strings.Count(md, "\n"); n != len(allBindings())+2 {
		t.Errorf("%d lines for %d bindings", n, len(allBindings()))
	}
}

func allBindings() []keys.Binding {
	var all []keys.Binding
	table := keys.Default()
	for _, s := range table.Scopes() {
		all = append(all, table.Of(s)...)
	}
	return all
}

// TestNamed: each key is found by the name that help gives it.
func TestNamed(t *testing.T) {
	for _, b := range allBindings() {
		for i, name := range strings.Fields(b.Label(true)) {
			if got := keys.Named(name); got != b.Keys[i] {
				t.Errorf("%s means %q, not %q", name, got, b.Keys[i])
			}
		}
	}
	for name, want := range map[string]string{"Escape": "esc", "return": "enter", "PageDown": "pgdown", "ctrl+d": "ctrl+d", "G": "G", "?": "?"} {
		if got := keys.Named(name); got != want {
			t.Errorf("%s means %q, not %q", name, got, want)
		}
	}
}
