package tui

import (
	"encoding/base64"
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/picture"
	"vigil/internal/report"
	"vigil/internal/term"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
)

// copy copies the selected line; of an event it asks what of it.
func (m *Model) copy() tea.Cmd {
	p, ok := m.top().screen.(screen.Pointer)
	if !ok {
		return m.forward(keys.Copy)
	}
	id, ok := p.Incident(m.area())
	if !ok {
		return m.forward(keys.Copy)
	}
	m.copies = id
	m.turn(copying)
	return nil
}

// copied is a key while it is asked what is copied. Any other than those that are offered copies nothing.
func (m *Model) copied(msg tea.KeyPressMsg) tea.Cmd {
	b, ok := m.o.Keys.Lookup(keys.Copying, msg.String())
	m.turn(browsing)
	switch {
	case !ok || b.ID == keys.Cancel || b.ID == keys.Interrupt:
		m.tell(m.hand.Say("nothing is copied"))
		return nil
	case b.ID == keys.CopyLine:
		return m.forward(keys.Copy)
	}
	return m.copyOf(b.ID, m.copies)
}

// copyOf copies a part of an event.
func (m *Model) copyOf(what keys.ID, id picture.ID) tea.Cmd {
	var text, name string
	var err error
	switch what {
	case keys.CopyPosition:
		name = m.hand.Say("coordinates")
		text, err = report.Coordinates(m.view, id)
	case keys.CopyText:
		name = m.hand.Say("text")
		text, err = report.EventText(m.view, id)
	default:
		name = m.hand.Say("text to share")
		text, err = report.Share(m.view, id, m.now)
	}
	if err != nil {
		m.tell(m.hand.Sayf("not copied: %s", err))
		return nil
	}
	m.tell(m.hand.Sayf("%s, copied if the terminal allows it: %s", name, firstLine(text)))
	return m.toClipboard(text)
}

// toClipboard hands text to the terminal's clipboard. Where lines are only added the text itself is the answer, and a terminal that does
// not know such sequences would print it over the screen.
func (m *Model) toClipboard(text string) tea.Cmd {
	switch {
	case m.reading.printed:
		m.tell(text)
		return nil
	case m.o.Caps.Dumb, m.o.Caps.Bare:
		m.tell(m.hand.Say("this terminal has no clipboard: nothing is copied"))
		return nil
	}
	if takes := m.link.takes(base64.StdEncoding.EncodedLen(len(text))); takes > copyWithin {
		m.tell(m.hand.Sayf("not copied: it would take %s on this link, and hold up all else", m.hand.Span(takes)))
		return nil
	}
	switch m.o.Caps.Within {
	case term.Tmux:
		m.tell(m.hand.Sayf("copied only if tmux has set-clipboard on: %s", firstLine(text)))
	case term.GNUScreen:
		m.tell(m.hand.Sayf("copied only if the terminal outside of GNU screen allows it: %s", firstLine(text)))
		return tea.Raw(m.o.Caps.Within.Clipboard(text))
	}
	return tea.SetClipboard(text)
}

// firstLine is the beginning of a text of several lines.
func firstLine(text string) string {
	first, _, more := strings.Cut(text, "\n")
	if more {
		first += " …"
	}
	return first
}

// copyWithin is how long the way of a text to the terminal's clipboard may take: it goes at once, and before all that is drawn.
const copyWithin = 10 * time.Second

// orderCopy copies a part of an event that is named, else of the one that is selected.
func (m *Model) orderCopy(rest string) (tea.Cmd, error) {
	word, name, _ := strings.Cut(rest, " ")
	what, ok := map[string]keys.ID{"coordinates": keys.CopyPosition, "text": keys.CopyText, "share": keys.CopyShare}[word]
	switch {
	case rest == "":
		return m.copy(), nil
	case !ok:
		return nil, errors.New(m.hand.Sayf("%q is nothing of an event: write coordinates, text or share", word))
	case name != "":
		of, err := m.incidentNamed(strings.TrimSpace(name))
		if err != nil {
			return nil, err
		}
		return m.copyOf(what, of.Incident), nil
	}
	if p, ok := m.top().screen.(screen.Pointer); ok {
		if id, ok := p.Incident(m.area()); ok {
			return m.copyOf(what, id), nil
		}
	}
	return nil, errors.New(m.hand.Sayf("no event is selected: write copy %s ID", word))
}
