// Package app wires a desk together and runs it: files and their health (source), formats (feed),
// the desk's own files (desk), what arrived (intake) and the picture.
//
// It owns every goroutine but those of the terminal. Data goes one way: source → feed → picture, with
// what arrives kept in the intake on the side, and pictures go out through a mailbox of capacity one,
// so that a slow reader never slows the store. [Open] runs until its context ends; [Snapshot] and
// [Check] read everything once, take no lock, write nothing and leave nothing running.
package app

import (
	"errors"
	"time"

	"vigil/internal/country"
	"vigil/internal/problem"
)

// ErrNoDesk says that a directory is not a desk: it has neither a vigil.toml nor one of the folders that
// are watched.
var ErrNoDesk = errors.New("not a desk")

// ErrConfig says that a desk is not opened because its vigil.toml cannot be relied on.
var ErrConfig = errors.New("until that is mended the desk is not opened: nobody could be certain what of it is exercise")

// lookup reads a variable of the environment.
func (o *Options) lookup(name string) (string, bool) {
	if o.Lookup == nil {
		return "", false
	}
	return o.Lookup(name)
}

// Options say which desk to open, and how.
type Options struct {
	Dir     string           // the desk's directory
	State   string           // where intake and logs live; empty is what vigil.toml says, else the desk itself
	Version string           // of the program
	Now     func() time.Time // the clock; nil is time.Now
	// Lookup reads a variable of the environment, for the secrets and the proxies of sources that are fetched;
	// nil finds none.
	Lookup func(name string) (string, bool)
	// Language is the one that was asked for, before that of vigil.toml; empty is none.
	Language string
	// Languages are those of whoever reads, the best first, where vigil.toml does not say.
	Languages []string
	// NoRecord opens the desk without ever becoming the collector.
	NoRecord bool
	// Asked are countries that are shown even where nothing has happened of late.
	Asked []country.Code
	// Ahead shows the ends of large files first, while all of them is read: for somebody who looks at the pictures,
	// and not for who follows what changes.
	Ahead bool

	patience time.Duration // how long alarms and reports wait for the duty log; 0 is the usual

	quiet  bool          // asks no alarm rule: for tests of what alarms would be in the way of
	ahead  bool          // of the session that does
	sizes  sizes         // by which it does
	runner func() string // whose polls count, as the session knows that it runs ahead of
}

func (o *Options) now() time.Time {
	if o.Now != nil {
		return o.Now().UTC()
	}
	return time.Now().UTC()
}

// Report is what check found.
type Report struct {
	Name     string // of the desk
	Exercise bool
	At       time.Time
	Problems []problem.Problem // by file, line and column
	Sources  []SourceReport    // by name
	Ignored  []IgnoredFile     // what lies in the desk's folders and is not read
}

// SourceReport is one source as configured and found. Durations are as written in vigil.toml.
type SourceReport struct {
	Name, Format, Authority, Path string
	URL, Every                    string // of a source that is fetched, else empty; the address without its query
	Expect, Lag, Reach            string
	Memory                        string // accumulates, complete or forgets
	Covers                        []string
	Countries                     []string // alpha-3; empty is everywhere
	Records, Rejected             int
}

// IgnoredFile is a file that is not read, and why.
type IgnoredFile struct{ Path, Reason string }
