package journal

import (
	"errors"
	"fmt"
)

// Every error of [Log.Append] is exactly one of ErrNotRecorded and ErrNotConfirmed.
var (
	// ErrNotRecorded: nothing of this call is in the log, now or after a restart. It may
	// be tried again.
	ErrNotRecorded = errors.New("not recorded")
	// ErrNotConfirmed: the records were written, but the disk did not confirm them. They
	// may or may not be there after a restart.
	ErrNotConfirmed = errors.New("not confirmed")
	// ErrReadOnly: an earlier failure left the log in a state that only opening it again
	// can verify. The cause is wrapped beside it.
	ErrReadOnly = errors.New("the log is read-only until it is opened again")
	// ErrClosed: the log was closed.
	ErrClosed = errors.New("the log is closed")
	// ErrPayload: a payload cannot be a line of the log.
	ErrPayload = errors.New("payload cannot be recorded")
	// ErrNewerFormat: a newer version wrote this log. It cannot be added to; it can be read
	// as far as the newer version allows.
	ErrNewerFormat = errors.New("written by a newer version")
	// ErrReplaced: another log stands where the one that was being read stood.
	ErrReplaced = errors.New("another log is in its place; read it from its beginning")
	// ErrDamaged is matched by every [DamageError].
	ErrDamaged = errors.New("the log is damaged")
)

// Position is a place in a log that a person can go to.
type Position struct {
	File   string // path of the segment
	Line   int    // from 1, the header being line 1; 0 where it is about the whole file
	Offset int64  // bytes from the start of the file
}

func (p Position) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d (byte %d)", p.File, p.Line, p.Offset)
}

// DamageError says where a log stops being what was written, and what to do. Everything
// before it is whole; nothing after it is delivered.
type DamageError struct {
	Position
	LastGood uint64 // sequence of the last record before the damage; 0 if there is none
	Err      error  // what is wrong there
}

func (e *DamageError) Error() string {
	good := "no record before it can be read"
	if e.LastGood > 0 {
		good = fmt.Sprintf("the records up to %d are whole and can be read", e.LastGood)
	}
	return fmt.Sprintf("%s: damaged: %v; %s; copy the directory before anything else, then put back this file "+
		"from a backup, or move the directory away to begin a new log", e.Position, e.Err, good)
}

// Unwrap makes a DamageError match ErrDamaged and its cause.
func (e *DamageError) Unwrap() []error { return []error{ErrDamaged, e.Err} }
