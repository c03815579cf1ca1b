package main

import (
	tea "charm.land/bubbletea/v2"
)

// guard runs a model so that a panic in it, or in one of its commands, ends the program in good order:
// the terminal is given back, and the fault is told without the value of the panic. Bubble Tea's own
// handling prints that value, which may hold a name.
type guard struct {
	model tea.Model
	view  tea.View // the last one
	fault *fault
}

func newGuard(m tea.Model) *guard { return &guard{model: m} }

// faultMsg says that a command has panicked.
type faultMsg struct{ fault *fault }

// Init starts the model.
func (g *guard) Init() tea.Cmd {
	defer g.recovered(nil)
	return guarded(g.model.Init())
}

// Update hands a message on; after a fault it quits.
func (g *guard) Update(msg tea.Msg) (_ tea.Model, cmd tea.Cmd) {
	defer g.recovered(&cmd)
	if f, ok := msg.(faultMsg); ok && g.fault == nil {
		g.fault = f.fault
	}
	if g.fault != nil {
		return g, tea.Quit
	}
	g.model, cmd = g.model.Update(msg)
	return g, guarded(cmd)
}

// View draws the model; after a fault it stays as it was until the next message quits.
func (g *guard) View() tea.View {
	defer g.recovered(nil)
	if g.fault == nil {
		g.view = g.model.View()
	}
	return g.view
}

func (g *guard) recovered(cmd *tea.Cmd) {
	if value := recover(); value != nil {
		g.fault = newFault(value)
		if cmd != nil {
			*cmd = tea.Quit
		}
	}
}

// guarded is a command that turns a panic into a message, and so are the commands that it gives.
func guarded(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if value := recover(); value != nil {
				msg = faultMsg{newFault(value)}
			}
		}()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = guarded(batch[i])
			}
		}
		return msg
	}
}
