// Package source turns files and directories into bytes with the facts about them:
// which file, which generation of it, which lines, how old, and why not.
//
// It does not decode and knows nothing of incidents. What it promises:
//
//   - Events of the file system are hints; a periodic look at every file (at most every
//     [DefaultInterval]) is the truth. Losing every hint costs time, never data.
//   - A complete line that was in a file when that file was looked at is delivered
//     exactly once for each generation of the file, in order, or a [KindGap] says that
//     something may be missing. A snapshot is delivered whole or not at all.
//   - Nothing is dropped to keep pace: a sink that is slow slows the reading of its own
//     source, and of no other. Memory is bounded by one buffer of [MaxLine] bytes for each
//     source that is reading, and by one whole file (capped) for each snapshot in flight.
//   - What is not read is named: failures as events, droppings of editors and second
//     names of one file in [Watcher.Ignored].
//   - Only regular files are opened. Devices, pipes, sockets, and links that leave the
//     desk are refused by their stat, before any open, and the open itself neither
//     blocks nor follows a link that was put there in the meantime.
//   - Files are read by pread, never mapped: a truncation must not kill the process.
//
// One [Watcher] serves the process and holds its only fsnotify watcher, on directories,
// never on files (editors replace files; the kernel allows 128 instances). Each [Spec] has
// one goroutine, so that a network file system that hangs stops its own source only; all
// of them end with the context given to [Watcher.Run]. [ReadOnce] reads the same way
// without watching and leaves no goroutine behind.
//
// fsnotify has no polling fallback, and tailing libraries read on by name or drop the
// partial line at a rotation; hence the polling and the fingerprints here are our own.
package source

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"
)

const (
	// DefaultInterval is how often every file is looked at without a hint.
	DefaultInterval = 5 * time.Second
	// MaxLine is the longest line that is delivered, in bytes, without its line end.
	MaxLine = 1 << 20
	// DefaultMaxSnapshot is the largest file that is read whole unless [Spec.MaxSnapshot]
	// says otherwise, in bytes.
	DefaultMaxSnapshot = 256 << 20
	// PartialAfter is how long a record may stay unfinished before [KindIncomplete] says so.
	PartialAfter = 10 * time.Second
	// MaxBackoff is the longest pause between two attempts at a file that cannot be read.
	MaxBackoff = 30 * time.Second
	// HeadSize is how many bytes of a file's beginning a [Spec.Mode] is shown, and how much
	// of its beginning and of what lies before the read offset its fingerprint covers.
	HeadSize = 4 << 10
)

// ErrHalf is what a sink returns for a snapshot that is not whole (a record cut off, a
// root element not closed). The last good one stays in force and the file is read again
// when it changes; if it does not for [PartialAfter], [KindIncomplete] follows.
var ErrHalf = errors.New("source: the snapshot is half-written")

// Mode is how the content of a file is to be read.
type Mode uint8

const (
	// ModeUndecided means that the head is too short to tell; asked again as it grows.
	ModeUndecided Mode = iota
	// ModeLines is for files that grow by whole lines: JSONL, logs.
	ModeLines
	// ModeSnapshot is for files that only mean something whole: CSV, XML, YAML, TOML, JSON.
	ModeSnapshot
	// ModeSkip is for content that nobody recognises: reported as [CauseUnrecognised].
	ModeSkip
)

// Fixed is a [Spec.Mode] for files whose way of reading is known beforehand.
func Fixed(m Mode) func(path string, head []byte) Mode {
	return func(string, []byte) Mode { return m }
}

// Spec is one source: a file, or all files of a directory that match a pattern.
type Spec struct {
	// Name identifies the source; unique among the specs of one watcher.
	Name string
	// Path is a file or a link to one, or a directory and a pattern for names in it
	// ("feeds/*", "levels/*.yaml"; "feeds/" means "feeds/*"; see [filepath.Match]). Patterns
	// reach one directory deep. A relative path starts at Root.
	Path string
	// Root is the desk's directory, which no link may leave.
	Root string
	// AllowOutside permits a path or a link out of Root: only for what a person wrote into
	// vigil.toml as a single file.
	AllowOutside bool
	// Mode decides how a file is read, from its path and up to [HeadSize] bytes of its
	// beginning. It must be pure and safe for concurrent use.
	Mode func(path string, head []byte) Mode
	// Version is compared when the specs are replaced while running (see [Watcher.Set]): a
	// source whose Version changed is read again from its beginning, for a Mode, or a
	// decoder behind the sink, that would now answer differently.
	Version string
	// EmptyOK says that an empty file is an answer ("nobody is there"), not missing data.
	EmptyOK bool
	// MaxSnapshot is the size in bytes above which a snapshot is refused as
	// [CauseTooLarge]; 0 means [DefaultMaxSnapshot].
	MaxSnapshot int64
	// Rest leaves out what any other spec reaches, also by a pattern.
	Rest bool
	// Resume says, by [Event.File], where an earlier run stopped reading. A file that still
	// has that fingerprint is continued there, else its rotated predecessor is looked
	// for beside it, else a gap is reported and it is read from its beginning.
	Resume map[string]Position
}

// target is a Spec's path taken apart: pattern is empty for a single file.
type target struct {
	path    string // cleaned; the directory if there is a pattern
	pattern string
}

// target validates the spec and takes its path apart.
func (s Spec) target() (target, error) {
	fail := func(why string) (target, error) {
		return target{}, fmt.Errorf("source %q, path %q: %s", s.Name, s.Path, why)
	}
	switch {
	case s.Name == "":
		return fail("a source needs a name")
	case s.Path == "":
		return fail("a source needs a path")
	case s.Mode == nil:
		return fail("no way of reading is given")
	case s.Root == "" && !s.AllowOutside:
		return fail("no root directory is given that links must not leave")
	}
	path := s.Path
	if !filepath.IsAbs(path) {
		path = filepath.Join(s.Root, path)
	}
	dir, last := filepath.Split(filepath.Clean(path))
	dir = filepath.Clean(dir)
	const meta = `*?[\`
	if strings.HasSuffix(s.Path, string(filepath.Separator)) {
		dir, last = filepath.Clean(path), "*"
	}
	// The desk itself may live in a directory with such characters in its name.
	above := dir
	if rel, err := filepath.Rel(s.Root, dir); err == nil {
		above = rel
	}
	if strings.ContainsAny(above, meta) {
		return fail("a pattern may stand in the last element of the path only")
	}
	if !strings.ContainsAny(last, meta) {
		return target{path: filepath.Clean(path)}, nil
	}
	if _, err := filepath.Match(last, ""); err != nil {
		return fail("the pattern is malformed: write * ? or [a-z]")
	}
	return target{path: dir, pattern: last}, nil
}

// plan is a validated list of specs.
type plan struct {
	specs   []Spec
	targets []target
	taken   takings
}

// takings says which specs reach a path, so that others leave it out: that of a single file goes before every pattern, and
// every spec before one of the [Spec.Rest].
type takings struct {
	files    map[string]string // single files: the names of their specs
	patterns []taking
}

// taking is a pattern that is not of the rest.
type taking struct {
	target
	name string
}

// by is the spec that takes a path away from one that is, or is not, of the rest.
func (t *takings) by(path string, rest bool) (name string, ok bool) {
	if name, ok = t.files[path]; ok || !rest {
		return name, ok
	}
	dir, file := filepath.Split(path)
	for _, p := range t.patterns {
		if is, err := filepath.Match(p.pattern, file); is && err == nil && p.path == filepath.Clean(dir) {
			return p.name, true
		}
	}
	return "", false
}

// newPlan validates specs as a whole: names and single files must be unique.
func newPlan(specs []Spec) (plan, error) {
	p := plan{specs: specs, taken: takings{files: make(map[string]string)}}
	names := make(map[string]bool, len(specs))
	var errs []error
	for _, s := range specs {
		t, err := s.target()
		switch other, dup := p.taken.files[t.path]; {
		case err != nil:
			errs = append(errs, err)
		case names[s.Name]:
			errs = append(errs, fmt.Errorf("source %q: the name is given twice; rename one", s.Name))
		case t.pattern == "" && dup:
			errs = append(errs, fmt.Errorf("sources %q and %q both read %s; remove one", other, s.Name, t.path))
		case t.pattern == "":
			p.taken.files[t.path] = s.Name
		case !s.Rest:
			p.taken.patterns = append(p.taken.patterns, taking{t, s.Name})
		}
		names[s.Name] = true
		p.targets = append(p.targets, t)
	}
	return p, errors.Join(errs...)
}
