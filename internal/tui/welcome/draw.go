package welcome

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/lang"
	"vigil/internal/safetext"
	"vigil/internal/term"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/widget"
)

// part is a paragraph, or, with a key, what that key does.
type part struct {
	key   string
	text  string
	short string // said in place of text where not all of it fits
	role  theme.Role
	shell bool // for who knows shells: left out where not all of it fits
}

// parts are what is said: what vigil is, why it shows this, and what can be done.
func parts(l *lang.Language, where safetext.Text) []part {
	return []part{
		{
			text:  l.Say("vigil watches a desk, a directory of incident feeds, official security levels and staff presence, and shows live what is known of each country, and what is not."),
			short: l.Say("vigil watches a desk: files of incidents, security levels and staff."),
		},
		{
			text:  l.Sayf("No desk is here (%s), and neither -C DIR nor $VIGIL_DESK names one.", where.Isolated()),
			short: l.Say("There is no desk here."), role: theme.Warning,
		},
		{
			key: "d", text: l.Say("Demo: an exercise, played live. All of it is invented, and nothing of it stays."),
			short: l.Say("Demo: an exercise, played live."),
		},
		{key: "i", text: l.Say("Init: make a desk, and open it.")},
		{text: l.Say("The same from a shell: vigil demo, vigil init DIR, vigil -C DIR; vigil help lists the rest."), role: theme.Dim, shell: true},
	}
}

// more is what help says beyond that.
func more(l *lang.Language) []part {
	return []part{
		{text: l.Say("A desk is a directory of files. vigil.toml says what it is called and where it is at home; every key of it is optional. Drop exports and logs into feeds/: they are recognised by their content. levels/ has the official security levels, presence/ rosters and headcounts.")},
		{text: l.Say("Init makes these directories, a vigil.toml that explains every key, and examples/, which is not read. Files that are there already stay as they are. vigil check -C DIR then names every problem of every file.")},
		{text: l.Say("Demo writes an exercise into a temporary directory and opens the console on it; with vigil demo --dir DIR it is kept. Everything in it is marked EXERCISE.")},
		{text: l.Say("vigil doctor says what vigil finds of this terminal, and what it does about it.")},
	}
}

// Plain is the same without a screen, in English as all that is printed: lines of at most width cells, without what only a key would do.
func Plain(where safetext.Text, width int) []string {
	var lines []string
	for _, p := range parts(nil, where) {
		switch p.key {
		case "d":
			p.text = "vigil demo: " + strings.TrimPrefix(p.text, "Demo: ")
		case "i":
			p.text = "vigil init DIR: makes a desk; then vigil -C DIR opens it."
		default:
			if p.shell || p.role == theme.Warning { // the one stands here already, and the other is the error
				continue
			}
		}
		lines = append(lines, widget.Wrap(p.text, width)...)
	}
	return lines
}

// View is the frame: drawn only when something changed, and not while the terminal is behind.
func (m *Model) View() tea.View {
	if m.drawn || m.view.Content != "" && m.o.Output != nil && !m.o.Output.Ready() {
		return m.view
	}
	m.view, m.drawn = tea.View{AltScreen: true, WindowTitle: "vigil"}, true
	if m.width <= 0 || m.height <= 0 {
		return m.view
	}
	var lines []string
	if m.width < m.o.Least[0] || m.height < m.o.Least[1] {
		lines = widget.TooSmall(m.o.Language, m.o.Palette, "", m.width, m.height, m.o.Least)
	} else {
		lines = m.lines()
	}
	for i := range lines {
		lines[i] = m.o.Palette.Ground(lines[i])
		if m.o.Caps.Basic {
			lines[i] = term.Overwrite(lines[i])
		}
	}
	m.view.Content = strings.Join(lines, "\n")
	return m.view
}

// room is how many lines the body has.
func (m *Model) room() int { return max(0, m.height-len(m.foot())-2) }

// lines is the frame: a header, an empty line, the body, and the footer or the prompt.
func (m *Model) lines() []string {
	p, foot := m.o.Palette, m.foot()
	title := m.o.Language.Say("no desk yet")
	if m.mode == helping {
		title = m.o.Language.Say("help")
	}
	lines := []string{
		widget.StatusLine(p, m.width, theme.Header, []widget.Span{{Text: " VIGIL  " + title}}, nil),
		widget.Line(p, m.width),
	}
	body := m.body()
	body = body[min(m.top, len(body)):]
	if room := m.room(); len(body) > room && room > 0 {
		body = append(body[:room-1:room-1], widget.Line(p, m.width, widget.Span{Text: " " + p.Glyph(theme.Down) + " " + m.o.Language.Say("more"), Role: theme.Dim}))
	}
	lines = append(lines, widget.Height(body, m.width, m.room())...)
	if m.mode == naming {
		_, x := m.prompt.Render(p, m.width)
		m.view.Cursor = tea.NewCursor(x, len(lines))
		m.view.Cursor.Blink = false
	}
	return append(lines, foot...)
}

// foot is the last lines: what the keys do, and before that what is being typed.
func (m *Model) foot() []string {
	p := m.o.Palette
	scope := keys.First
	var lines []string
	switch m.mode {
	case naming:
		scope = keys.Prompt
		lines, _ = m.prompt.Render(p, m.width)
	case making:
		lines = []string{widget.Line(p, m.width, widget.Span{Text: " " + m.o.Language.Say("making the desk"), Role: theme.Dim})}
	default:
	}
	hints := widget.Hints(m.o.Keys.Footer(m.o.Language, scope, p.ASCII, nil), m.width-1)
	return append(lines, widget.StatusLine(p, m.width, theme.Footer, append([]widget.Span{{Text: " "}}, hints...), nil))
}

// body is what is said, in as many lines as it takes; what matters least is left out where it does not fit.
func (m *Model) body() []string {
	if m.mode == helping {
		return append(m.laid(more(m.o.Language)), m.bindings()...)
	}
	all := parts(m.o.Language, m.o.Where)
	lines := m.laid(all)
	if len(lines) > m.room() {
		all = slices.DeleteFunc(all, func(p part) bool { return p.shell })
		lines = m.laid(all)
	}
	if len(lines) > m.room() {
		for i := range all {
			if all[i].short != "" {
				all[i].text = all[i].short
			}
		}
		lines = m.laid(all)
	}
	return lines
}

// laid lays paragraphs out, with an empty line before each that is not one of several keys.
func (m *Model) laid(all []part) []string {
	p, width := m.o.Palette, min(m.width, 100)
	var lines []string
	for i, part := range all {
		if i > 0 && (part.key == "" || all[i-1].key == "") {
			lines = append(lines, widget.Line(p, m.width))
		}
		first, indent := " ", 1
		if part.key != "" {
			first, indent = "   "+part.key+"  ", 6
		}
		for n, text := range widget.Wrap(part.text, width-indent-1) {
			spans := []widget.Span{{Text: strings.Repeat(" ", indent)}, {Text: text, Role: part.role}}
			if n == 0 {
				spans[0] = widget.Span{Text: first, Role: theme.Key}
			}
			lines = append(lines, widget.Line(p, m.width, spans...))
		}
	}
	return lines
}

// bindings is every key, from the table.
func (m *Model) bindings() []string {
	p := m.o.Palette
	lines := []string{widget.Line(p, m.width)}
	for _, section := range m.o.Keys.Help(m.o.Language, keys.First, p.ASCII, nil) {
		lines = append(lines, widget.Line(p, m.width, widget.Span{Text: " " + section.Title, Role: theme.Title}))
		for _, line := range section.Lines {
			lines = append(lines, widget.Line(p, m.width, widget.Span{Text: " " + widget.Fit(line.Keys, 12, ""), Role: theme.Key}, widget.Span{Text: " " + line.Text}))
		}
	}
	return lines
}
