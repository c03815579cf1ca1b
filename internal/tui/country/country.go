// Package country is a screen of the console.
package country

import (
	"vigil/internal/country"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
)

// Screen shows it.
type Screen struct{ body *page.Body }

// New makes it.
func New(country.Code) *Screen {
	return &Screen{body: page.NewBody(page.One, func(screen.Frame, []int) ([]page.Line, []page.Column) { return nil, nil })}
}

// Scope is the part of the binding table that is in force.
func (s *Screen) Scope() keys.Scope { return keys.Country }

// Title names the screen.
func (s *Screen) Title(screen.Frame) string { return "Country" }

// Key does what a binding asks for.
func (s *Screen) Key(id keys.ID, f screen.Frame) screen.Ask { a, _ := s.body.Key(id, f); return a }

// Cannot says why a binding cannot be used just now.
func (s *Screen) Cannot(id keys.ID, f screen.Frame) string { return s.body.Cannot(id, f) }

// Arrived takes a new picture in.
func (s *Screen) Arrived(screen.Frame) {}

// Lines draws the screen.
func (s *Screen) Lines(f screen.Frame) []string { return s.body.Lines(f) }

// Linear is the same as plain lines.
func (s *Screen) Linear(f screen.Frame) []string { return s.body.Linear(f) }
