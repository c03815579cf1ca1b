package tui

import (
	"context"
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/query"
	"vigil/internal/search"
	"vigil/internal/tui/screen"
)

// again is how often at most a filter in force is searched anew while pictures come.
const again = time.Second

// searching is the one search that may be under way: of the filter of the screen on top.
type searching struct {
	seq    int
	cancel context.CancelFunc // of the search under way; nil when there is none
	stale  bool               // the picture has changed since it began
	began  time.Time
	text   string // the filter as typed
	// opened tells that the screen was opened for the prompt, and goes away if it is cancelled; before is
	// the filter to go back to.
	opened bool
	before string
}

// foundMsg is an answer of the search with that number.
type foundMsg struct {
	seq    int
	result search.Result
	ok     bool // false when the search has ended
	next   <-chan search.Result
}

func waitFound(seq int, results <-chan search.Result) tea.Cmd {
	return func() tea.Msg {
		r, ok := <-results
		return foundMsg{seq, r, ok, results}
	}
}

// openFilter opens the prompt on a screen that can be filtered, else on the events.
func (m *Model) openFilter() tea.Cmd {
	var cmd tea.Cmd
	m.search.opened = false
	if !m.filters() {
		cmd = m.open(screen.Ask{Go: screen.ToEvents})
		m.search.opened = true
		if _, ok := m.top().screen.(screen.Filterable); !ok {
			return cmd
		}
	}
	m.search.before = m.top().filter
	m.filter.Set(m.top().filter)
	m.turn(filtering)
	return cmd
}

// filters reports whether the screen on top has a filter of its own.
func (m *Model) filters() bool {
	switch m.top().screen.(type) {
	case screen.Filterable, screen.Narrowable:
		return true
	}
	return false
}

// checked says what is wrong with a filter of the screen on top.
func (m *Model) checked(text string) error {
	if s, ok := m.top().screen.(screen.Narrowable); ok {
		return s.Narrow(text)
	}
	_, err := query.Parse(text, search.Vocabulary(m.view))
	return err
}

// edited searches for what is typed so far. A mistake is pointed at and changes nothing that is shown: the
// list stays that of the last filter that could be read.
func (m *Model) edited() tea.Cmd {
	m.frame.redraw()
	text := m.filter.Value()
	if err := m.checked(text); err != nil {
		m.mistaken(err)
		return nil
	}
	m.filter.SetError("", -1)
	m.top().filter = text
	return m.searchNew()
}

func (m *Model) mistaken(err error) {
	column := 0
	message := m.why(err)
	if e := (*query.Error)(nil); errors.As(err, &e) {
		column, message = e.Column, m.why(e.Why)
	}
	m.filter.SetError(message, column-1)
}

// closeFilter ends typing: with the filter kept, or with things as they were before.
func (m *Model) closeFilter(keep bool) tea.Cmd {
	if keep {
		if err := m.checked(m.filter.Value()); err != nil {
			m.mistaken(err)
			m.frame.redraw()
			return nil
		}
		text := strings.TrimSpace(m.filter.Done()) // without the blank that completion leaves
		m.turn(browsing)
		m.top().filter = text
		if _, events := m.top().screen.(screen.Filterable); !events || text == "" {
			return nil
		}
		return m.remember(Kept{Filter: keptFilter(text)})
	}
	m.filter.Clear()
	m.turn(browsing)
	if m.search.opened {
		m.stack = m.stack[:len(m.stack)-1]
		return m.searchNew()
	}
	if m.top().filter == m.search.before {
		return nil
	}
	m.top().filter = m.search.before
	return m.searchNew()
}

// searchNew searches for the filter of the screen on top, or takes it off. What was under way ends.
func (m *Model) searchNew() tea.Cmd {
	if m.search.cancel != nil {
		m.search.cancel()
		m.search.cancel = nil
	}
	m.search.seq++
	if s, ok := m.top().screen.(screen.Narrowable); ok {
		if err := s.Narrow(m.top().filter); err != nil {
			m.tell(m.hand.Sayf("filter: %s", m.why(err)))
		}
		m.frame.redraw()
		return nil
	}
	target, ok := m.top().screen.(screen.Filterable)
	if !ok || m.view.IsZero() {
		return nil
	}
	text := m.top().filter
	q, err := query.Parse(text, search.Vocabulary(m.view))
	if err != nil {
		m.tell(m.hand.Sayf("filter: %s", m.why(err)))
		return nil
	}
	m.search.stale, m.search.text = false, text
	if q.IsZero() {
		if target.Filter() != "" {
			target.SetFilter("", nil, 0)
			m.frame.redraw()
		}
		return nil
	}
	ctx, cancel := context.WithCancel(m.ctx)
	m.search.cancel, m.search.began = cancel, m.o.Clock()
	return waitFound(m.search.seq, search.Start(ctx, m.view, q, max(m.height, MinHeight)))
}

// searchAgain searches anew when the picture has changed since, but not while a search is under way and
// not more often than once in a while.
func (m *Model) searchAgain() tea.Cmd {
	if !m.search.stale || m.search.cancel != nil || m.top().filter == "" || m.o.Clock().Sub(m.search.began) < again {
		return nil
	}
	return m.searchNew()
}

// found shows what a search has found, unless another has begun since.
func (m *Model) found(msg foundMsg) tea.Cmd {
	if msg.seq != m.search.seq {
		return nil
	}
	if !msg.ok {
		if m.search.cancel != nil {
			m.search.cancel()
			m.search.cancel = nil
		}
		return nil
	}
	if target, ok := m.top().screen.(screen.Filterable); ok {
		total := -1
		if msg.result.Whole {
			total = len(msg.result.IDs)
		}
		target.SetFilter(m.search.text, msg.result.IDs, total)
		if msg.result.Whole {
			target.SetUndecided(msg.result.Undecided)
		}
		m.frame.redraw()
	}
	return waitFound(msg.seq, msg.next)
}
