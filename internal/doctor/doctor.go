// Package doctor looks at what a console will run on, and says what vigil will do about each: the terminal, the link to it, the file
// systems of the desk and of its state, the limits of the process, and the clock.
//
// What it guarantees:
//
//   - Nothing that it makes stays: a directory for its tries is made in the state, and removed before it returns.
//   - Nothing waits without end: each try has a limit of its own, and a file system that hangs is said to hang.
//   - It reads no environment and asks no clock but what it is given; TERM and the like are text from outside, and made safe.
//
// It knows nothing of desks: what it looks at are directories, and what else is known of a desk is added by who asks.
package doctor

import (
	"time"

	"vigil/internal/safetext"
)

// State is how well a finding is.
type State uint8

// The states of a finding.
const (
	Well   State = iota
	Lesser       // vigil works, and something is less than it could be
	Unable       // vigil cannot work
)

// String is the word in JSON.
func (s State) String() string { return [...]string{"well", "lesser", "unable"}[min(s, Unable)] }

// Section is what a finding is about.
type Section uint8

// The sections, in the order in which they are told.
const (
	Terminal Section = iota
	Link
	Files
	Limits
	Clock
	sections
)

// String is the section's title.
func (s Section) String() string {
	return [...]string{"terminal", "link", "files", "limits", "clock"}[min(s, sections-1)]
}

// Finding is one thing that was looked at.
type Finding struct {
	Section Section
	Name    string        // TERM, locale, events
	Found   safetext.Text // what is there
	Does    safetext.Text // what vigil does about it
	State   State
}

// Report is everything that was found.
type Report struct {
	At       time.Time
	Findings []Finding
}

// Able reports whether vigil can work at all.
func (r *Report) Able() bool {
	for i := range r.Findings {
		if r.Findings[i].State == Unable {
			return false
		}
	}
	return true
}

// Add adds findings.
func (r *Report) Add(findings ...Finding) { r.Findings = append(r.Findings, findings...) }

// finding is one in which all is well.
func finding(s Section, name, found, does string) Finding {
	return Finding{Section: s, Name: name, Found: safetext.Clean(found), Does: safetext.Clean(does)}
}

// lesser is one in which something is less than it could be.
func lesser(s Section, name, found, does string) Finding {
	f := finding(s, name, found, does)
	f.State = Lesser
	return f
}
