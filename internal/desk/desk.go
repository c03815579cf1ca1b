// Package desk reads the desk: the directory of files that people edit and tools replace. It holds
// the contracts of vigil.toml, of levels/, presence/, calendar/ and profiles/, checks them strictly, and makes a new desk
// for vigil init.
//
// # Guarantees
//
//   - Parsers are pure: bytes in, values and positioned problems out. Nothing here reads a clock, and
//     only [Init] and [IsDesk] touch files.
//   - A file is validated whole and every problem in it is reported, not only the first. [ParseConfig]
//     and [ParseLevels] take all of a file or nothing, so that a picture is never half of an old file
//     and half of a new one; [ParsePresence] refuses single rows and goes on, since one bad
//     row must not make everybody else unaccounted for, and says which.
//   - What is refused as a whole is an error that wraps [ErrHalf] or [ErrRefused]: the caller keeps the
//     last good content and says so.
//   - Hostile input costs time linear in its size: sizes are capped, YAML is checked for depth, aliases,
//     anchors and tags before its parser runs.
//   - A problem never holds a person's name nor any other cell of a roster but those of closed
//     lists, whatever is wrong with the row; nor a number of a profile.
//
// All text leaves this package as safetext; all functions are safe for concurrent use.
package desk

import (
	"errors"
	"os"
	"path/filepath"
	"slices"

	"vigil/internal/problem"
)

// ErrHalf is wrapped when a file ends in the middle: it is being written, or was cut off.
var ErrHalf = errors.New("the file is not complete; write it whole under another name and rename it")

// ErrRefused is wrapped when a file is whole and cannot be used as it is.
var ErrRefused = errors.New("the file is refused as a whole until it is corrected")

// Names of what a desk holds.
const (
	ConfigName  = "vigil.toml"
	LevelsDir   = "levels"
	PresenceDir = "presence"
	CalendarDir = "calendar"
	FeedsDir    = "feeds"
	ProfilesDir = "profiles"
	IntakeDir   = "intake"  // written by vigil only
	DutyLogDir  = "dutylog" // written by vigil only
	StateName   = "state.json"
)

// Paths are the places of a desk.
type Paths struct {
	Dir      string
	Config   string
	Levels   string
	Presence string
	Feeds    string
	State    string // where vigil writes: the desk itself unless the configuration says otherwise
}

// PathsOf gives the places of the desk in dir. state is the configured state directory, relative to
// the desk or absolute; empty is the desk itself.
func PathsOf(dir, state string) Paths {
	p := Paths{
		Dir:      dir,
		Config:   filepath.Join(dir, ConfigName),
		Levels:   filepath.Join(dir, LevelsDir),
		Presence: filepath.Join(dir, PresenceDir),
		Feeds:    filepath.Join(dir, FeedsDir),
		State:    dir,
	}
	switch {
	case filepath.IsAbs(state):
		p.State = filepath.Clean(state)
	case state != "":
		p.State = filepath.Join(dir, state)
	}
	return p
}

// IsDesk reports whether dir looks like a desk: it has a vigil.toml, or one of the directories that
// are watched, since an empty vigil.toml and none mean the same.
func IsDesk(dir string) bool {
	if info, err := os.Stat(filepath.Join(dir, ConfigName)); err == nil && !info.IsDir() {
		return true
	}
	return slices.ContainsFunc([]string{FeedsDir, LevelsDir, PresenceDir}, func(name string) bool {
		info, err := os.Stat(filepath.Join(dir, name))
		return err == nil && info.IsDir()
	})
}

// CountErrors counts the problems that are not warnings.
func CountErrors(problems []problem.Problem) int {
	n := 0
	for i := range problems {
		if !problems[i].Warning {
			n++
		}
	}
	return n
}

// CountGrave counts the errors for which the file cannot be relied on: those that are not aside.
func CountGrave(problems []problem.Problem) int {
	n := 0
	for i := range problems {
		if !problems[i].Warning && !problems[i].Aside {
			n++
		}
	}
	return n
}
