package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"vigil/internal/desk"
	"vigil/internal/incident"
)

// attendanceEvery is how often a console tells the others that keys are pressed on it.
const attendanceEvery = 10 * time.Second

// attendance is when a key was last pressed on a console of the desk. Consoles tell each other by a file in the intake: a check of
// whether somebody is awake must not ask who is at work on the screen beside. Where the file cannot be written each console knows of its
// own keys alone.
type attendance struct {
	own    atomic.Int64 // of this process, in nanoseconds; written by whoever reads the keyboard
	last   time.Time    // of all
	wrote  time.Time
	failed bool
}

func attendanceFile(p desk.Paths) string { return filepath.Join(p.State, desk.IntakeDir, "attended") }

// Attend notes that a key was pressed. It never blocks.
func (s *Session) Attend() { s.hub.attendance.own.Store(s.hub.clock().UnixNano()) }

// attend reads what the consoles of the desk know of keys, and tells what this one knows.
func (h *hub) attend() {
	a, now := &h.attendance, h.clock()
	a.putRight(now)
	file := attendanceFile(h.paths)
	if text, err := os.ReadFile(file); err == nil {
		if at, err := time.Parse(time.RFC3339, strings.TrimSpace(string(text))); err == nil {
			a.note(at, now)
		}
	}
	nanos := a.own.Load()
	if nanos == 0 {
		return
	}
	own := time.Unix(0, nanos).UTC()
	if !a.note(own, now) || h.options.NoRecord || a.failed || own.Sub(a.wrote) < attendanceEvery {
		return
	}
	// A file that is torn by a crash is read as nothing, and is written anew with the next key.
	const private = 0o600
	switch err := os.WriteFile(file, []byte(own.Format(time.RFC3339)+"\n"), private); {
	case errors.Is(err, fs.ErrNotExist): // nothing is recorded yet
	case err != nil:
		a.failed = true
	default:
		a.wrote = own
	}
}

// putRight lets go of times that the clock has not come to.
func (a *attendance) putRight(now time.Time) {
	for _, t := range [...]*time.Time{&a.last, &a.wrote} {
		if t.Sub(now) > incident.FutureTolerance {
			*t = time.Time{}
		}
	}
}

// note takes a time in, that of a clock beside which runs a little ahead as now: what is further ahead was said before a clock was put
// right, and would pass for a key until that time comes. It reports false of one that says nothing.
func (a *attendance) note(at, now time.Time) bool {
	if at.Sub(now) > incident.FutureTolerance {
		return false
	}
	if at.After(now) {
		at = now
	}
	if at.After(a.last) {
		a.last = at
	}
	return true
}
