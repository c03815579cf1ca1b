package keys

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"vigil/internal/misspelt"
)

// Change is what somebody wants other keys for.
type Change struct {
	Scope  string // empty is every scope in which keys are not text
	Action string // an [ID]
	Keys   []string
}

// Wrong is what stands against a change.
type Wrong struct {
	Change int // which one
	Key    int // which of its keys; −1 is the action, −2 the scope
	Text   string
}

// What of a change can be wrong beside one of its keys.
const (
	WrongAction = -1
	WrongScope  = -2
)

// essential are the actions that must have a key: without them nobody finds out, back or away.
var essential = []ID{Quit, ShowHelp, Back, Interrupt, Accept, Cancel, Yes, No}

// Rebound is the table with other keys. Each change takes all keys of its action away and gives it those that it names; no keys take
// the action off the keyboard. The table holds as far as nothing is wrong with the changes.
//
// Wrong is: an action or a scope that is none, a key that no terminal sends under that name, a letter where letters are
// text, F3 (which terminals send in the form of a report), Esc for anything but going back, a key that would mean two things at
// once, and an action without keys that nobody can do without.
func (t *Table) Rebound(changes []Change) (*Table, []Wrong) {
	bindings := slices.Clone(t.bindings)
	var wrong []Wrong
	changed := map[int]int{} // which change a binding is of
	for n, c := range changes {
		hit, why := t.meant(c)
		if why != nil {
			if why.Key != WrongScope || !slices.ContainsFunc(changes[:n], func(before Change) bool { return before.Scope == c.Scope }) { // a table is named once
				wrong = append(wrong, Wrong{n, why.Key, why.Text})
			}
			continue
		}
		list, faults := spelled(c, bindings[hit[0]].Scope)
		for _, f := range faults {
			wrong = append(wrong, Wrong{n, f.Key, f.Text})
		}
		if len(list) == 0 && slices.Contains(essential, ID(c.Action)) && len(faults) == 0 {
			wrong = append(wrong, Wrong{n, WrongAction, fmt.Sprintf("%s needs a key: without it nobody could do that", c.Action)})
			continue
		}
		if len(faults) > 0 {
			continue
		}
		for _, i := range hit {
			bindings[i].Keys, changed[i] = list, n
		}
	}
	wrong = append(wrong, twice(bindings, changed, changes)...)
	bindings = slices.DeleteFunc(bindings, func(b Binding) bool { return len(b.Keys) == 0 })
	return New(bindings...), wrong
}

// meant are the bindings that a change is about.
func (t *Table) meant(c Change) (hit []int, why *Wrong) {
	scope := Scope(c.Scope)
	if c.Scope != "" && !slices.Contains(t.Scopes(), scope) {
		return nil, &Wrong{Key: WrongScope, Text: fmt.Sprintf("%q is no part of the console: %s", c.Scope, instead(c.Scope, t.scopeWords()))}
	}
	elsewhere := Scope("")
	for i, b := range t.bindings {
		switch {
		case b.ID != ID(c.Action):
		case b.Scope == scope, c.Scope == "" && !b.Scope.typed():
			hit = append(hit, i)
		default:
			elsewhere = b.Scope
		}
	}
	switch {
	case len(hit) > 0:
		return hit, nil
	case elsewhere != "":
		return nil, &Wrong{Key: WrongAction, Text: fmt.Sprintf("%s is an action of %s: write it under [keys.%s]", c.Action, elsewhere, elsewhere)}
	default:
		return nil, &Wrong{Key: WrongAction, Text: fmt.Sprintf("%q is no action: %s; vigil keys lists them", c.Action, instead(c.Action, t.actions()))}
	}
}

// typed reports whether keys are text or answers there.
func (s Scope) typed() bool { return s == Prompt || s == Form || s == Confirm || s == Copying }

func (t *Table) scopeWords() []string {
	var words []string
	for _, s := range t.Scopes() {
		words = append(words, string(s))
	}
	return words
}

func (t *Table) actions() []string {
	var words []string
	for _, b := range t.bindings {
		if !slices.Contains(words, string(b.ID)) {
			words = append(words, string(b.ID))
		}
	}
	return words
}

// instead says what to write in place of a word.
func instead(word string, known []string) string {
	if best, ok := misspelt.Nearest(word, known); ok {
		return "did you mean " + best + "?"
	}
	const most = 12
	if len(known) > most {
		return "such as " + strings.Join(known[:most], ", ")
	}
	return "they are " + strings.Join(known, ", ")
}

// spelled are the keys of a change as Bubble Tea names them, with what is wrong with them.
func spelled(c Change, in Scope) (list []string, wrong []Wrong) {
	for i, written := range c.Keys {
		name, ok := spell(written)
		text := ""
		switch {
		case !ok:
			text = fmt.Sprintf("%q is no key: write a letter or sign as it is typed, or enter, esc, tab, space, backspace, delete, up, down, left, right, home, end, pgup, pgdown, f1 to f12, with ctrl+ or alt+ or shift+ before it", written)
		case strings.HasSuffix(name, "f3"):
			text = "terminals send F3 in the form of a report: take another key"
		case sentAs[name] != "":
			text = fmt.Sprintf("most terminals send %s as %s: take another key", name, sentAs[name])
		case without(name) != "":
			text = fmt.Sprintf("only terminals with kitty's keyboard protocol send %s, others %s: take another key", name, without(name))
		case in.typed() && in != Confirm && in != Copying && utf8.RuneCountInString(name) == 1:
			text = fmt.Sprintf("%q is text there: take a key with ctrl+, or one that writes nothing", name)
		case name == "esc" && !slices.Contains([]ID{Back, Cancel, No}, ID(c.Action)):
			text = "esc goes back, and never does anything else: take another key"
		case slices.Contains(list, name):
			text = fmt.Sprintf("%q stands there twice: remove one of the two", written)
		}
		if text != "" {
			wrong = append(wrong, Wrong{Key: i, Text: text})
			continue
		}
		list = append(list, name)
	}
	return list, wrong
}

// sentAs are keys for which a terminal sends the same byte as for another one, unless it has kitty's protocol.
var sentAs = map[string]string{"ctrl+m": "enter", "ctrl+i": "tab", "ctrl+[": "esc", "ctrl+@": "ctrl+space"}

// without is what a terminal without kitty's protocol sends for a key that only those with it can tell from another; empty for all other keys. Vigil
// asks for the protocol, and vigil.toml is for every terminal of the desk.
func without(name string) string {
	rest, ctrl := strings.CutPrefix(name, "ctrl+")
	rest, alt := strings.CutPrefix(rest, "alt+")
	base, shift := strings.CutPrefix(rest, "shift+")
	switch {
	case slices.Contains([]string{"enter", "esc", "backspace"}, base), base == "tab" && ctrl, base == "space" && shift:
	case utf8.RuneCountInString(base) == 1 && ctrl && (shift || !controls(base)):
	default:
		return ""
	}
	as := base
	if controls(base) || base == "space" && ctrl {
		as = "ctrl+" + base
	} else if base == "tab" && shift {
		as = "shift+tab"
	}
	if alt {
		as = "alt+" + as
	}
	if as == name {
		return ""
	}
	return as
}

// controls reports whether there is a control character for a letter or sign.
func controls(base string) bool {
	return len(base) == 1 && (base[0] >= 'a' && base[0] <= 'z' || strings.Contains(`\]^_`, base))
}

var keyNames = []string{
	"enter", "esc", "tab", "space", "backspace", "delete", "insert", "up", "down", "left", "right", "home", "end", "pgup", "pgdown",
	"f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12",
}

// spell gives the name of a key as tea.KeyPressMsg.String does: Ctrl-A, ctrl+A and ctrl+a are one.
func spell(written string) (name string, ok bool) {
	rest, mods := written, ""
	for _, mod := range []string{"ctrl", "alt", "shift"} { // the order in which they are named
		for _, sep := range []string{"+", "-"} {
			if n := len(mod) + 1; len(rest) > n && strings.EqualFold(rest[:n], mod+sep) {
				rest, mods = rest[n:], mods+mod+"+"
				break
			}
		}
	}
	if utf8.RuneCountInString(rest) == 1 {
		r, _ := utf8.DecodeRuneInString(rest)
		switch {
		case r <= ' ' || r == 0x7f || r == utf8.RuneError, strings.HasPrefix(mods, "shift"):
			return "", false // shift with a letter is the capital
		case mods != "":
			return mods + strings.ToLower(rest), true
		}
		return rest, true
	}
	rest = strings.ToLower(rest)
	return mods + rest, slices.Contains(keyNames, rest)
}

// clash is a key of a change that means something else already: one mistake, on however many parts of the console it shows.
type clash struct {
	change, key int
	name        string
	others      []ID
	in          map[ID][]string // the titles of the parts
}

// twice finds the keys that would mean two things at once: said once, at the change that brings it about.
func twice(bindings []Binding, changed map[int]int, changes []Change) []Wrong {
	var found []*clash
	for _, s := range scopes {
		reach := s.scope.chain()
		taken := map[string]int{}
		for i, b := range bindings {
			if !slices.Contains(reach, b.Scope) {
				continue
			}
			for _, k := range b.Keys {
				first, is := taken[k]
				taken[k] = i
				if !is || bindings[first].ID == b.ID {
					continue
				}
				of, other := i, first
				n, mine := changed[of]
				if !mine {
					if n, mine = changed[first]; !mine {
						continue
					}
					other = i
				}
				if key := keyAt(changes[n], k); key >= 0 {
					found = clashes(found, n, key, k, &bindings[other])
				}
			}
		}
	}
	wrong := make([]Wrong, len(found))
	for i, c := range found {
		wrong[i] = Wrong{c.change, c.key, c.String()}
	}
	return wrong
}

// clashes adds that a key of a change means other already.
func clashes(found []*clash, change, key int, name string, other *Binding) []*clash {
	i := slices.IndexFunc(found, func(c *clash) bool { return c.change == change && c.key == key })
	if i < 0 {
		i = len(found)
		found = append(found, &clash{change: change, key: key, name: name, in: map[ID][]string{}})
	}
	c := found[i]
	if !slices.Contains(c.others, other.ID) {
		c.others = append(c.others, other.ID)
	}
	if title := other.Scope.Title(); !slices.Contains(c.in[other.ID], title) {
		c.in[other.ID] = append(c.in[other.ID], title)
	}
	return found
}

// String says what the key means already, in at most so many parts of the console for each.
func (c *clash) String() string {
	const most = 3
	means := make([]string, len(c.others))
	for i, id := range c.others {
		in := c.in[id]
		if n := len(in); n > most {
			in = append(slices.Clone(in[:most]), fmt.Sprintf("%d more", n-most))
		}
		already := ""
		if i == 0 {
			already = " already"
		}
		means[i] = fmt.Sprintf("%s%s (%s)", id, already, strings.Join(in, ", "))
	}
	that := "that"
	if len(means) > 1 {
		that = "each of those"
	}
	return fmt.Sprintf("%q is %s: give %s another key too, or take another here", c.name, strings.Join(means, ", "), that)
}

func keyAt(c Change, key string) int {
	return slices.IndexFunc(c.Keys, func(written string) bool {
		name, _ := spell(written)
		return name == key
	})
}
