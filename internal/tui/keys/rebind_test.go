package keys_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"vigil/internal/tui/keys"
)

func TestRebound(t *testing.T) {
	table, wrong := keys.Default().Rebound([]keys.Change{
		{Action: "acknowledge", Keys: []string{"A", "Ctrl-A"}},
		{Action: "quit", Keys: []string{"Q"}},
		{Action: "watch-not", Scope: "board"},
		{Scope: "prompt", Action: "complete", Keys: []string{"ctrl+space", "tab"}},
		{Action: "show-watch"},
	})
	if len(wrong) != 1 || wrong[0].Change != 2 {
		t.Fatalf("wrong is %+v", wrong)
	}
	for _, c := range []struct {
		scope keys.Scope
		key   string
		want  keys.ID
	}{
		{keys.Board, "A", keys.Acknowledge},
		{keys.Alarms, "ctrl+a", keys.Acknowledge},
		{keys.Board, "a", ""},
		{keys.Told, "a", keys.ToldAnswered},
		{keys.Board, "Q", keys.Quit},
		{keys.Board, "q", ""},
		{keys.Prompt, "ctrl+space", keys.Complete},
		{keys.Board, "w", ""},
	} {
		if b, _ := table.Lookup(c.scope, c.key); b.ID != c.want {
			t.Errorf("%q in %s means %q, want %q", c.key, c.scope, b.ID, c.want)
		}
	}
	if c := table.Conflicts(); len(c) > 0 {
		t.Error(c)
	}
	for _, h := range table.Footer(nil, keys.Board, false, nil) {
		if h.Word == "quit" && h.Key != "Q" {
			t.Errorf("the footer says %+v", h)
		}
	}
}

func TestReboundRefuses(t *testing.T) {
	for _, c := range []struct {
		change keys.Change
		key    int
		want   string
	}{
		{keys.Change{Action: "acknowlege", Keys: []string{"a"}}, keys.WrongAction, `did you mean acknowledge?`},
		{keys.Change{Action: "xyzzy-plugh-frotz", Keys: []string{"a"}}, keys.WrongAction, `is no action: such as `},
		{keys.Change{Scope: "bord", Action: "acknowledge", Keys: []string{"a"}}, keys.WrongScope, `did you mean board?`},
		{keys.Change{Action: "complete", Keys: []string{"tab"}}, keys.WrongAction, "write it under [keys.prompt]"},
		{keys.Change{Action: "quit"}, keys.WrongAction, "quit needs a key"},
		{keys.Change{Action: "help", Keys: []string{}}, keys.WrongAction, "help needs a key"},
		{keys.Change{Action: "back", Keys: []string{"esc", "z"}}, 1, `"z" is shelve already (Alarms)`},
		{keys.Change{Action: "acknowledge", Keys: []string{"q"}}, 0, `"q" is quit already (Everywhere)`},
		{keys.Change{Action: "acknowledge", Keys: []string{"f3"}}, 0, "F3"},
		{keys.Change{Action: "acknowledge", Keys: []string{"ctrl+M"}}, 0, "ctrl+m as enter"},
		{keys.Change{Action: "acknowledge", Keys: []string{"a", "ctrl+i"}}, 1, "ctrl+i as tab"},
		{keys.Change{Action: "acknowledge", Keys: []string{"Ctrl-["}}, 0, "ctrl+[ as esc"},
		{keys.Change{Action: "acknowledge", Keys: []string{"ctrl+1"}}, 0, "kitty's keyboard protocol send ctrl+1, others 1:"},
		{keys.Change{Action: "acknowledge", Keys: []string{"shift+enter"}}, 0, "send shift+enter, others enter:"},
		{keys.Change{Action: "acknowledge", Keys: []string{"Ctrl+Shift+Q"}}, 0, "send ctrl+shift+q, others ctrl+q:"},
		{keys.Change{Action: "acknowledge", Keys: []string{"a", "ctrl+alt+."}}, 1, "others alt+.:"},
		{keys.Change{Action: "acknowledge", Keys: []string{"ctrl+shift+tab"}}, 0, "others shift+tab:"},
		{keys.Change{Action: "acknowledge", Keys: []string{"shift+space"}}, 0, "others space:"},
		{keys.Change{Action: "acknowledge", Keys: []string{"b", "esc"}}, 1, "esc goes back"},
		{keys.Change{Action: "acknowledge", Keys: []string{"strg+a"}}, 0, "is no key"},
		{keys.Change{Action: "acknowledge", Keys: []string{"b", "b"}}, 1, "twice"},
		{keys.Change{Scope: "form", Action: "save", Keys: []string{"s"}}, 0, "is text there"},
	} {
		_, wrong := keys.Default().Rebound([]keys.Change{c.change})
		if len(wrong) == 0 || wrong[0].Key != c.key || !strings.Contains(wrong[0].Text, c.want) {
			t.Errorf("%+v: %+v, want %q at %d", c.change, wrong, c.want, c.key)
		}
	}
	// Two that change places are no conflict.
	if _, wrong := keys.Default().Rebound([]keys.Change{{Action: "shelve", Keys: []string{"a"}}, {Scope: "alarms", Action: "acknowledge", Keys: []string{"z"}}}); len(wrong) > 0 {
		t.Errorf("two that change places: %+v", wrong)
	}
}

// Whatever is asked for: where nothing is wrong, the table has no conflict, and one can quit, go back and get help on every screen.
func TestReboundNeverLosesTheWay(t *testing.T) {
	var actions []string
	for _, b := range allBindings() {
		actions = append(actions, string(b.ID))
	}
	change := rapid.Custom(func(t *rapid.T) keys.Change {
		return keys.Change{
			Scope:  rapid.SampledFrom([]string{"", "", "", "board", "alarms", "prompt", "form", "confirm"}).Draw(t, "scope"),
			Action: rapid.SampledFrom(actions).Draw(t, "action"),
			Keys:   rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "B", "0", "4", "ctrl+g", "alt+x", "f5", "enter", "insert"}), 0, 2).Draw(t, "keys"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		table, wrong := keys.Default().Rebound(rapid.SliceOfN(change, 1, 4).Draw(t, "changes"))
		if len(wrong) > 0 {
			return
		}
		if c := table.Conflicts(); len(c) > 0 {
			t.Fatal(c)
		}
		for _, s := range []keys.Scope{keys.Board, keys.Events, keys.Alarms, keys.Help} {
			has := map[keys.ID]bool{}
			for _, b := range table.ForScope(s) {
				has[b.ID] = true
			}
			if !has[keys.Quit] || !has[keys.Back] || !has[keys.ShowHelp] || !has[keys.Interrupt] {
				t.Fatalf("in %s there is %v", s, has)
			}
		}
	})
}

// TestSpelling: what is written in vigil.toml is what Bubble Tea says of the key.
func TestSpelling(t *testing.T) {
	for written, key := range map[string]tea.Key{
		"Ctrl+A": {Code: 'a', Mod: tea.ModCtrl}, "alt-x": {Code: 'x', Mod: tea.ModAlt}, "F5": {Code: tea.KeyF5}, "PgUp": {Code: tea.KeyPgUp},
		"G": {Code: 'g', Text: "G", Mod: tea.ModShift, ShiftedCode: 'G'}, "shift+up": {Code: tea.KeyUp, Mod: tea.ModShift}, "é": {Code: 'é', Text: "é"},
		"ctrl+alt+k": {Code: 'k', Mod: tea.ModCtrl | tea.ModAlt}, "insert": {Code: tea.KeyInsert},
	} {
		table, wrong := keys.New(keys.Binding{ID: "quit", Keys: []string{"q"}, Help: "Quit", Scope: keys.Global}).Rebound([]keys.Change{{Action: "quit", Keys: []string{written}}})
		if len(wrong) > 0 {
			t.Errorf("%q: %+v", written, wrong)
		}
		if b, ok := table.Lookup(keys.Global, tea.KeyPressMsg(key).String()); !ok || b.ID != keys.Quit {
			t.Errorf("%q is not what the terminal sends: %q", written, tea.KeyPressMsg(key).String())
		}
	}
}

// TestOneMistakeIsOneError: on however many parts of the console a key means something already, and however many actions stand under a part that
// is none.
func TestOneMistakeIsOneError(t *testing.T) {
	for _, c := range []struct {
		changes []keys.Change
		want    string
	}{
		{[]keys.Change{{Action: "quit", Keys: []string{"i"}}}, `"i" is report already (Board, Country, Events, 7 more): give that another key too, or take another here`},
		{[]keys.Change{{Action: "open", Keys: []string{"a"}}}, `"a" is acknowledge already (Board, Alarms), told-answered (Told-sheet), hand-accept (Handover): give each of those another key too, or take another here`},
		{[]keys.Change{{Scope: "bord", Action: "help", Keys: []string{"a"}}, {Scope: "bord", Action: "quit", Keys: []string{"b"}}}, `"bord" is no part of the console: did you mean board?`},
	} {
		if _, wrong := keys.Default().Rebound(c.changes); len(wrong) != 1 || wrong[0].Text != c.want {
			t.Errorf("%v: %+v, want %s", c.changes, wrong, c.want)
		}
	}
	if _, wrong := keys.Default().Rebound([]keys.Change{{Action: "quit", Keys: []string{"i", "a"}}}); len(wrong) != 2 {
		t.Errorf("two keys that are wrong are %+v", wrong)
	}
	if _, wrong := keys.Default().Rebound([]keys.Change{{Action: "quit", Keys: []string{"i"}}, {Action: "report", Keys: []string{"q"}}}); len(wrong) > 0 {
		t.Errorf("two that change places are %+v", wrong)
	}
}
