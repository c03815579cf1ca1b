package source

import (
	"context"
	"io"
	"time"

	"vigil/internal/safetext"
)

// Sink receives the events. Calls for one spec never overlap and come in order; calls for
// different specs may overlap. It may block: only the reading of that spec waits. It returns
// nil, or [ErrHalf] for a [KindSnapshot] that is not whole; any other error ends the
// watching and is returned by [Watcher.Run]. It may call [Watcher.Set].
type Sink func(ctx context.Context, e Event) error

// Kind says what an [Event] tells, and so which of its fields are set.
type Kind uint8

const (
	// KindLines brings complete lines that follow those delivered before: Lines,
	// Position, Progress.
	KindLines Kind = iota + 1
	// KindSnapshot brings a file's whole content, different from what was delivered
	// last: Data. The sink may keep Data.
	KindSnapshot
	// KindSame says that a later read of a snapshot equals what was delivered last:
	// together they are the "two equal reads" that a vanished record needs.
	KindSame
	// KindReachable says that a file was looked at and holds nothing new. It is sent on
	// periodic looks only.
	KindReachable
	// KindIncomplete says that the last record has been unfinished for [PartialAfter] or
	// longer: Line.Number, Line.Offset and Length for lines; for a snapshot that the content
	// on disk is half-written, or its kind cannot be told.
	KindIncomplete
	// KindTooLong says that a line over [MaxLine] bytes was passed over: Line.Number,
	// Line.Offset, Length, Position. The lines after it follow as usual.
	KindTooLong
	// KindGap says that lines may have been lost between From and To: Reason. Generation and
	// Position are of what is read next, unless the loss is in a file that was rotated away:
	// then Generation is that file's and Position is zero.
	KindGap
	// KindRotated says that another file stands at the path now; the old one has been
	// read to its end. Generation and Position are the new one's.
	KindRotated
	// KindRemoved says that the file is gone; what was read from it remains true of its time.
	KindRemoved
	// KindFailed says that a file, or a pattern's directory, cannot be read: Cause, Reason,
	// Err; with [CauseUnrecognised] also Data, the beginning of the content. It is sent when the cause changes and again for each further attempt.
	KindFailed
	// KindCaughtUp says that everything that was there at the start has been delivered: Progress. It is
	// sent once for each spec, with an empty File.
	KindCaughtUp
	// KindWatch says whether the spec's files are noticed at once or by the periodic look
	// only: Polling, and if so Reason. It is sent when that changes, with an empty File.
	KindWatch
)

var kindNames = [...]string{
	"none", "lines", "snapshot", "same", "reachable", "incomplete", "too long", "gap", "rotated",
	"removed", "failed", "caught up", "watch",
}

// String names the kind in lower case, for logs and tests.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}

// Cause is why a file cannot be read.
type Cause uint8

const (
	// CauseMissing means there is no such file or directory: no data.
	CauseMissing Cause = iota + 1
	// CauseEmpty means the file has no content and [Spec.EmptyOK] is not set: no data.
	CauseEmpty
	// CausePermission means the operating system denies access.
	CausePermission
	// CauseIO means reading failed.
	CauseIO
	// CauseRefused means that it is no regular file, or a link leads out of the desk; it was
	// not opened.
	CauseRefused
	// CauseTooLarge means that a snapshot exceeds its cap.
	CauseTooLarge
	// CauseUnrecognised means that [Spec.Mode] answered [ModeSkip].
	CauseUnrecognised
)

var causeNames = [...]string{
	"none", "missing", "empty", "permission", "I/O", "refused", "too large", "unrecognised",
}

// String names the cause in lower case.
func (c Cause) String() string {
	if int(c) < len(causeNames) {
		return causeNames[c]
	}
	return "unknown"
}

// Line is one complete line without its line end (LF or CRLF); a byte order mark at the
// beginning of the file is left out too. Other bytes are as in the file.
type Line struct {
	// Number counts from 1 in each generation of the file; 0 where reading began near the end, see [Tail].
	Number int64
	// Offset is where Text begins in the file, in bytes.
	Offset int64
	// Text is valid until the sink returns: copy what is kept.
	Text []byte
}

// Progress is how much of a source has been read since its start, in bytes. Total is the
// sum of sizes at the last look, so it grows with the files.
type Progress struct{ Read, Total int64 }

// Event is one fact about a source. Kind says which fields are set beyond the first group.
type Event struct {
	Kind Kind
	// Spec is the [Spec.Name].
	Spec string
	// File is the path under which the content was found first: it stays the same when the file
	// is renamed or replaced. It is raw: clean it before it is shown.
	File string
	// Generation counts, from 1, the different contents that stood at File. Late lines of a
	// rotated file carry the number that was theirs.
	Generation int
	// At is when it was noticed, by the watcher's clock.
	At time.Time
	// ModTime is the file's modification time when it was looked at; zero if there is no file.
	ModTime time.Time
	// Size is the file's size in bytes when it was looked at.
	Size int64
	// Tail says that of the file only what lies near its end is delivered, see [Tail].
	Tail bool

	Lines []Line
	// Content is the file in which Lines stand, at their Offset. Only [ReadOnce] sets it: it may be kept and read after
	// the sink has returned, for as long as somebody holds it.
	Content  io.ReaderAt
	Data     []byte
	Line     Line
	Length   int64
	From, To time.Time
	Position Position
	Progress Progress
	Cause    Cause
	Reason   safetext.Text
	Err      error
	Polling  bool
}

// Ignored is a directory entry that a pattern matches and that is not read.
type Ignored struct {
	// Spec is the [Spec.Name] whose pattern matches.
	Spec string
	// Path is raw: clean it before it is shown.
	Path string
	// Reason says why, in our words and cleaned names.
	Reason safetext.Text
}
