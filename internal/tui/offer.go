package tui

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sahilm/fuzzy"

	typed "vigil/internal/order"
	"vigil/internal/theme"
	"vigil/internal/tui/aloud"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/page"
	"vigil/internal/tui/widget"
)

// offer is what the command line offers to be taken, of what was typed so far.
type offer struct {
	typed string // what the list was made of
	list  []suggestion
	at    int // which of them stands in the command line, from 1; 0 is none
}

// suggestion is a command line with what it does.
type suggestion struct {
	text string // as it is typed
	name string // by what else it is found
	help string
	more bool // something follows
}

// Matching is by what may be typed for it: the line, then the name.
type suggestions []suggestion

func (s suggestions) String(i int) string { return s[i].text + " " + s[i].name }
func (s suggestions) Len() int            { return len(s) }

// everything is all that can be offered: commands, aliases, views, countries, sources.
func (m *Model) everything() suggestions {
	var all suggestions
	for _, o := range orders() {
		help := m.hand.Say(o.help)
		if key := m.keyOf(o.word); key != "" {
			help += " (" + key + ")"
		}
		all = append(all, suggestion{text: o.word, help: strings.TrimSpace(o.usage + "  " + help), more: o.usage != ""})
	}
	for _, a := range m.o.Aliases {
		all = append(all, suggestion{text: a.Name, help: m.hand.Sayf("alias of %s", a.Line)})
	}
	for _, name := range m.viewNames() {
		v, _ := m.saved(name)
		all = append(all, suggestion{text: "view " + name, help: strings.TrimSpace(v.Line + " " + v.Filter)})
	}
	if m.view.IsZero() {
		return all
	}
	for c := range m.view.Countries() {
		all = append(all, suggestion{text: "country " + c.Code.Alpha3(), name: bothNames(c.Name.String(), m.hand.NameOf(c)), help: m.hand.NameOf(c)})
	}
	for _, name := range m.sourceNames() {
		all = append(all, suggestion{text: "sources " + name, help: m.hand.Say("its health, rejects and records")})
	}
	return all
}

// bothNames are the names by which a country is found: that of the desk, and that in the reader's language.
func bothNames(desk, reader string) string {
	if desk == reader {
		return desk
	}
	return reader + " " + desk
}

// keyFor is the key of an action on the screen that is shown.
func (m *Model) keyFor(id keys.ID) string {
	for _, b := range m.o.Keys.ForScope(m.top().screen.Scope()) {
		if b.ID == id {
			return b.KeyLabel(m.palette.ASCII)
		}
	}
	return ":" + string(id)
}

// keyOf is the key that opens the screen of a command.
func (m *Model) keyOf(word string) string {
	for _, b := range m.o.Keys.Of(keys.Global) {
		if string(b.ID) == "show-"+word || string(b.ID) == word {
			return b.KeyLabel(m.palette.ASCII)
		}
	}
	return ""
}

// offered is what is offered for what is typed: what begins so before what holds its letters in that order.
func (m *Model) offered() []suggestion {
	text := m.command.Value()
	if m.offer.at > 0 {
		text = m.offer.typed
	} else if m.offer.list != nil && m.offer.typed == text {
		return m.offer.list
	}
	all := m.everything()
	var list []suggestion
	if strings.TrimSpace(text) == "" {
		list = all
	} else {
		for _, match := range fuzzy.FindFrom(text, all) {
			list = append(list, all[match.Index])
		}
		low := strings.ToLower(text)
		begins := func(s suggestion) int {
			switch {
			case strings.HasPrefix(s.text, low):
				return 0
			case strings.HasPrefix(strings.ToLower(s.name), low):
				return 1
			}
			return 2
		}
		slices.SortStableFunc(list, func(a, b suggestion) int {
			return cmp.Or(cmp.Compare(begins(a), begins(b)), cmp.Compare(m.rank(all, a, begins(a)), m.rank(all, b, begins(b))))
		})
	}
	m.offer.typed, m.offer.list = text, list
	return list
}

// rank keeps what begins as it was typed in the order of the table, and leaves the rest to how well it matches.
func (m *Model) rank(all suggestions, s suggestion, begins int) int {
	if begins == 2 {
		return 0
	}
	return slices.IndexFunc(all, func(o suggestion) bool { return o.text == s.text })
}

// completeCommand takes what is offered, then the next, or completes what follows a command.
func (m *Model) completeCommand(back bool) {
	if m.offer.at == 0 && m.completeRest() {
		m.offer = offer{}
		return
	}
	list := m.offered()
	if len(list) == 0 {
		return
	}
	switch n := len(list); {
	case back:
		m.offer.at = (m.offer.at+n-2+n)%n + 1
	default:
		m.offer.at = m.offer.at%n + 1
	}
	s := list[m.offer.at-1]
	text := s.text
	if s.more {
		text += " "
	}
	m.command.Set(text)
}

// completeRest completes what follows the word of a command, and reports whether anything was.
func (m *Model) completeRest() bool {
	if start, _ := m.command.Word(); start == 0 {
		return false
	}
	before := m.command.Value()
	word, _, _ := strings.Cut(before, " ")
	o, ok := orderNamed(word)
	switch {
	case ok && o.rest != nil:
		o.rest(m, &m.command, len([]rune(word))+1)
	case ok && !m.view.IsZero():
		m.completeFrom(&m.command, typed.Next(before, m.view, m.now))
	}
	return m.command.Value() != before || m.say != ""
}

// offerLines are the lines above the command line, as many as there is room for.
func (m *Model) offerLines() []string {
	const most = 8
	list := m.offered()
	room := min(most, m.height/3)
	if len(list) == 0 || room < 1 {
		return nil
	}
	first := max(0, min(m.offer.at-room, len(list)-room))
	list = list[first:min(len(list), first+room)]
	cells := 0
	for _, s := range list {
		cells = max(cells, widget.Width(s.text))
	}
	cells = min(cells, m.width/2)
	lines := make([]string, len(list))
	for i, s := range list {
		selected := first+i+1 == m.offer.at
		if m.reading.on {
			lines[i] = widget.Fit(m.offerWords(s, selected), m.width, "")
			continue
		}
		mark, role := " ", theme.Key
		if selected {
			mark, role = m.palette.Glyph(theme.Pointer), theme.Selected
		}
		lines[i] = widget.Line(m.palette, m.width, widget.Span{Text: mark}, widget.Span{Text: widget.Fit(page.Safe(m.palette, s.text), cells, m.palette.Glyph(theme.Ellipsis)), Role: role},
			widget.Span{Text: "  " + page.Safe(m.palette, s.help), Role: theme.Dim})
	}
	return lines
}

func (m *Model) offerWords(s suggestion, selected bool) string {
	words := m.hand.Sayf("%s: %s", s.text, aloud.Line(m.hand.Language, s.help))
	if selected {
		words = aloud.Selected(m.hand.Language) + words
	}
	return words
}
