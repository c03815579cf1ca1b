package desk

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"vigil/internal/problem"
)

// Rebinding is other keys for an action of the console. Which actions, scopes and keys there are only the console knows: see
// [Config.CheckKeys].
type Rebinding struct {
	Scope  string // empty is every one in which keys are not text
	Action string
	Keys   []string // none takes the action off the keyboard

	scopeAt, at place
	keysAt      []place
}

// Alias is a short name for a command line of the console.
type Alias struct {
	Name, Line string

	at, lineAt place
}

// View is a screen of the console that has a name: which one, what it is of, and its filter.
type View struct {
	Name   string
	Screen string // as the command line calls it
	Of     string // a country, an alarm, a source
	Filter string

	at, screenAt, filterAt place
}

// Line is the command line that opens it.
func (v *View) Line() string { return strings.TrimSpace(v.Screen + " " + v.Of) }

// apart reads what nothing else of the file depends on: a slip in the keys of the console must not keep the desk shut.
func (r *reader) apart(read func()) {
	r.aside = true
	read()
	r.aside = false
}

// rebindings reads [keys]: an action with its keys, or a scope with such.
func (r *reader) rebindings(n *node) []Rebinding {
	if n.kind != tableNode {
		r.errorf(n.at, `here stands %s, where keys should be: write [keys] and below it acknowledge = ["a", "ctrl+a"]`, n.kind)
		return nil
	}
	var list []Rebinding
	for _, f := range n.fields {
		if f.value.kind != tableNode {
			list = append(list, r.rebinding(Rebinding{Action: f.key, at: f.at}, f.value))
			continue
		}
		for _, in := range f.value.fields {
			list = append(list, r.rebinding(Rebinding{Scope: f.key, scopeAt: f.at, Action: in.key, at: in.at}, in.value))
		}
	}
	seen := map[[2]string]int{}
	return slices.DeleteFunc(list, func(b Rebinding) bool {
		name := [2]string{b.Scope, b.Action}
		line, again := seen[name]
		if again {
			r.errorf(b.at, "%s stands in line %d already: remove one of the two", quote(b.Action), line)
		}
		seen[name] = b.at.line
		return again || b.Keys == nil
	})
}

// rebinding reads the keys of one action; they are nil where they cannot be read.
func (r *reader) rebinding(b Rebinding, n *node) Rebinding {
	items := []*node{n}
	if n.kind == listNode {
		items = n.list
	}
	b.Keys = []string{}
	for _, item := range items {
		if item.kind != textNode {
			r.errorf(item.at, `here stands %s, where a key should be: write ["a", "ctrl+a"]`, item.kind)
			b.Keys = nil
			return b
		}
		b.Keys, b.keysAt = append(b.Keys, r.plainText(item).String()), append(b.keysAt, item.at)
	}
	return b
}

// shortName is what an alias or a view may be called: it is typed.
var shortName = regexp.MustCompile(`^[a-z][a-z0-9-]{0,30}$`)

const shortNameRule = "write small letters, digits and -, a letter first"

// aliases reads [alias]: a name with the command line that it stands for.
func (r *reader) aliases(n *node) []Alias {
	if n.kind != tableNode {
		r.errorf(n.at, `here stands %s, where aliases should be: write [alias] and below it gao = "events place:Gao"`, n.kind)
		return nil
	}
	var list []Alias
	seen := map[string]int{}
	for _, f := range n.fields {
		line, again := seen[f.key]
		seen[f.key] = f.at.line
		switch {
		case again:
			r.errorf(f.at, "alias %s stands in line %d already: remove one of the two", quote(f.key), line)
		case !shortName.MatchString(f.key):
			r.errorf(f.at, "%s cannot be typed as a command: %s", quote(f.key), shortNameRule)
		case f.value.kind != textNode:
			r.errorf(f.value.at, `here stands %s, where a command line should be, such as "events place:Gao"`, f.value.kind)
		default:
			list = append(list, Alias{f.key, strings.TrimSpace(r.plainText(f.value).String()), f.at, f.value.at})
		}
	}
	return list
}

var viewKeys = []key[View]{
	{"name", func(r *reader, n *node, v *View) {
		v.Name = r.plainText(n).String()
		if !shortName.MatchString(v.Name) {
			r.errorf(n.at, "view %s cannot be typed: %s", quote(v.Name), shortNameRule)
		}
	}},
	{"screen", func(r *reader, n *node, v *View) { v.Screen, v.screenAt = r.plainText(n).String(), n.at }},
	{"of", func(r *reader, n *node, v *View) { v.Of = r.plainText(n).String() }},
	{"filter", func(r *reader, n *node, v *View) { v.Filter, v.filterAt = r.plainText(n).String(), n.at }},
}

// views reads [[view]].
func (r *reader) views(n *node) []View {
	if n.kind != listNode {
		r.errorf(n.at, "here stands %s, where views should be: write [[view]]", n.kind)
		return nil
	}
	var list []View
	seen := map[string]int{}
	for _, item := range n.list {
		v := View{at: item.at}
		before := len(r.problems)
		readTable(r, item, viewKeys, &v)
		switch {
		case r.failed(before):
			continue
		case v.Name == "" || v.Screen == "":
			r.errorf(item.at, "this view lacks its name or its screen: write name = \"night\" and screen = \"events\"")
			continue
		}
		if line, again := seen[v.Name]; again {
			r.errorf(item.at, "view %s is in line %d already: give one of the two another name", quote(v.Name), line)
			continue
		}
		seen[v.Name] = item.at.line
		list = append(list, v)
	}
	return list
}

// WrongKey is what the console has against a [Rebinding]: Key is which of its keys, −1 the action, −2 the scope.
type WrongKey struct {
	Rebinding, Key int
	Text           string
}

// CheckKeys reports what the console has against [keys].
func (c *Config) CheckKeys(wrong []WrongKey) []problem.Problem {
	r := &reader{file: c.File, aside: true}
	for _, w := range wrong {
		b := &c.UI.Keys[w.Rebinding]
		at := b.at
		switch {
		case w.Key >= 0 && w.Key < len(b.keysAt):
			at = b.keysAt[w.Key]
		case w.Key == -2:
			at = b.scopeAt
		}
		r.errorf(at, "%s", w.Text)
	}
	return r.problems
}

// Lines tells what is wrong with a command line, in characters from its beginning, and with the filter of a screen.
type Lines interface {
	// Known reports whether a word is a command already.
	Known(word string) bool
	Line(line string) (column int, err error)
	// Screen tells what is wrong with what a view calls its screen.
	Screen(name string) error
	Filter(screen, filter string) (column int, err error)
}

// CheckLines reports what the console has against [alias] and [[view]].
func (c *Config) CheckLines(l Lines) []problem.Problem {
	r := &reader{file: c.File, aside: true}
	wrong := func(at place, column int, err error) {
		at.column += 1 + column // behind the quote
		r.errorf(at, "%v", err)
	}
	for i := range c.UI.Aliases {
		a := &c.UI.Aliases[i]
		if l.Known(a.Name) {
			r.errorf(a.at, "%s is a command already: give the alias another name", quote(a.Name))
		}
		word, _, _ := strings.Cut(a.Line, " ")
		if slices.ContainsFunc(c.UI.Aliases, func(other Alias) bool { return other.Name == word }) && !l.Known(word) {
			wrong(a.lineAt, 0, fmt.Errorf("an alias cannot name an alias: write what %s stands for", quote(word)))
		} else if column, err := l.Line(a.Line); err != nil {
			wrong(a.lineAt, column, err)
		}
	}
	for i := range c.UI.Views {
		v := &c.UI.Views[i]
		if err := l.Screen(v.Screen); err != nil {
			wrong(v.screenAt, 0, err)
		} else if column, err := l.Line(v.Line()); err != nil {
			wrong(v.screenAt, column, err)
		} else if column, err := l.Filter(v.Screen, v.Filter); err != nil {
			wrong(v.filterAt, column, err)
		}
	}
	return r.problems
}
