package main

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

const secret = "the name of a person"

// faulty panics where it is told to.
type faulty struct{ where string }

func (f faulty) Init() tea.Cmd { return f.in("init") }

func (f faulty) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if f.where == "command" {
		return f, tea.Batch(nil, func() tea.Msg { panic(secret) }, func() tea.Msg { return 1 })
	}
	return f, f.in("update")
}

func (f faulty) View() tea.View {
	f.in("view")
	return tea.NewView("drawn")
}

func (f faulty) in(where string) tea.Cmd {
	if f.where == where {
		panic(secret)
	}
	return nil
}

// A panic anywhere in the model or its commands becomes a quit, and what is told of it does not
// hold its value.
func TestGuard(t *testing.T) {
	for _, where := range []string{"init", "update", "view", "command", "nowhere"} {
		t.Run(where, func(t *testing.T) {
			g := newGuard(faulty{where})
			g.Init()
			g.View()
			_, cmd := g.Update("a key")
			quit := false
			for queue := []tea.Cmd{cmd}; len(queue) > 0; queue = queue[1:] {
				if queue[0] == nil {
					continue
				}
				switch msg := queue[0]().(type) {
				case tea.BatchMsg:
					queue = append(queue, msg...)
				case tea.QuitMsg:
					quit = true
				case faultMsg:
					_, next := g.Update(msg)
					queue = append(queue, next)
				}
			}
			if quit != (where != "nowhere") || (g.fault != nil) != quit {
				t.Fatalf("quits %v with fault %v", quit, g.fault)
			}
			if g.fault == nil {
				return
			}
			var told strings.Builder
			g.fault.tell(&told)
			if strings.Contains(told.String(), secret) || !strings.Contains(told.String(), "guard_test.go") {
				t.Errorf("it tells\n%s", told.String())
			}
		})
	}
}
