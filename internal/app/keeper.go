package app

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"vigil/internal/desk"
	"vigil/internal/problem"
	"vigil/internal/safetext"
	"vigil/internal/source"
)

// settleAfter is how long a file of levels or presence may be gone before what it said is: long
// enough for an editor that removes a file and writes it again.
const settleAfter = source.DefaultInterval

// kept is what holds of one desk file: its last good content, and what stands against a newer one.
type kept[T any] struct {
	good    T
	has     bool
	held    *T      // a newer content that holds once it is read again equal
	content against // the content that was read whole last
	half    against // what is on the disk now, while that is half-written
	unread  safetext.Text
	gone    time.Time // when the file was first missed; zero while it is there
}

// against is what stands against a content.
type against struct {
	problems []problem.Problem
	trouble  safetext.Text
}

// now is what stands against what is on the disk now.
func (f *kept[T]) now() against {
	a := f.content
	if !f.half.trouble.IsZero() {
		a = f.half
	}
	if !f.unread.IsZero() {
		a.trouble = f.unread
	}
	return a
}

// keeper keeps the files of one folder of the desk.
type keeper[T any] struct {
	files map[string]*kept[T]
	// parse reads a file; vanished reports whether something of old is missing in new.
	parse    func(file string, e source.Event) (T, []problem.Problem, error)
	vanished func(old, new T) bool
}

func newKeeper[T any](parse func(string, source.Event) (T, []problem.Problem, error), vanished func(old, new T) bool) keeper[T] {
	return keeper[T]{files: map[string]*kept[T]{}, parse: parse, vanished: vanished}
}

// take brings an event of one file to what is kept of it. It reports whether what holds changed, or what
// stands against it.
func (k *keeper[T]) take(file string, e source.Event) (changed bool, err error) {
	f := k.files[file]
	if f == nil {
		if e.Kind == source.KindFailed && e.Cause == source.CauseMissing {
			return false, nil // a desk need not have every folder
		}
		f = &kept[T]{}
		k.files[file] = f
	}
	switch e.Kind {
	case source.KindSnapshot:
		f.there()
		return true, k.read(f, file, e)
	case source.KindSame:
		changed = f.there() || !f.half.trouble.IsZero()
		f.half = against{}
		if f.held != nil {
			f.good, f.has, f.held, f.content.trouble = *f.held, true, nil, safetext.Text{}
			changed = true
		}
		return changed, nil
	case source.KindReachable:
		return f.there(), nil
	case source.KindIncomplete:
		f.half.trouble = keptWords(f.has, "it is not complete")
		return true, nil
	case source.KindRemoved:
		if f.gone.IsZero() {
			f.gone = e.At
		}
		return true, nil
	case source.KindFailed:
		if e.Cause == source.CauseUnrecognised {
			why := fmt.Sprintf("%s holds files that end in %s", e.Spec, strings.Join(endings(e.Spec), " "))
			f.content = against{
				problems: []problem.Problem{{
					File: safetext.Clean(file), Warning: true, Message: safetext.Clean("not read: " + why + "; save it as one of these, or move it away"),
				}},
				trouble: keptWords(f.has, why),
			}
			return true, nil
		}
		f.unread = keptWords(f.has, e.Reason.String())
		return true, nil
	default:
		return false, nil
	}
}

// there notes that the file is there and can be looked at; it reports whether that is news.
func (f *kept[T]) there() bool {
	news := !f.gone.IsZero() || !f.unread.IsZero()
	f.gone, f.unread = time.Time{}, safetext.Text{}
	return news
}

// read takes a content. What might be part of a content only is held until it is read again equal: one
// in which something vanished, and one that ends inside a line, whose last figure may be cut short.
func (k *keeper[T]) read(f *kept[T], file string, e source.Event) error {
	value, problems, err := k.parse(file, e)
	if errors.Is(err, desk.ErrHalf) {
		f.half = against{problems, keptWords(f.has, "it is not complete")}
		return source.ErrHalf
	}
	f.half, f.held = against{}, nil
	f.content = against{problems: problems}
	switch {
	case err != nil:
		f.content.trouble = keptWords(f.has, "it has errors")
	case f.has && k.vanished(f.good, value):
		f.held, f.content.trouble = &value, keptWords(true, "something vanished from it, which must be read twice")
	case f.has && desk.Unterminated(e.Data):
		f.held, f.content.trouble = &value, keptWords(true, "its last line has no end, so it must be read twice")
	default:
		f.good, f.has = value, true
	}
	return nil
}

func keptWords(has bool, why string) safetext.Text {
	if has {
		return safetext.Clean("last good content kept: " + why)
	}
	return safetext.Clean("not used: " + why)
}

// settle lets go of files that have been gone long enough.
func (k *keeper[T]) settle(now time.Time) (changed bool) {
	for name, f := range k.files {
		if !f.gone.IsZero() && now.Sub(f.gone) >= settleAfter {
			delete(k.files, name)
			changed = true
		}
	}
	return changed
}

// good yields the contents that hold, by file name.
func (k *keeper[T]) good() []T {
	var list []T
	for _, name := range sortedKeys(k.files) {
		if f := k.files[name]; f.has {
			list = append(list, f.good)
		}
	}
	return list
}

func (k *keeper[T]) allProblems() []problem.Problem {
	var all []problem.Problem
	for _, name := range sortedKeys(k.files) {
		all = append(all, k.files[name].now().problems...)
	}
	return all
}

// troubles says of each file that is not what it shows.
func (k *keeper[T]) troubles() []string {
	var all []string
	for _, name := range sortedKeys(k.files) {
		f := k.files[name]
		switch {
		case !f.now().trouble.IsZero():
			all = append(all, name+": "+f.now().trouble.String())
		case !f.gone.IsZero():
			all = append(all, name+": the file is gone")
		}
	}
	return all
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// remembered is what the intake remembers of a folder until the folder itself has been read: a desk whose
// files were moved or are not mounted yet has lost no level and no staff.
type remembered struct {
	held   bool          // something is remembered that the files have not confirmed
	absent bool          // the folder itself is not there
	closed safetext.Text // why the folder cannot be read, although it is there
	since  time.Time     // when something of it was first missed
}

// keeps reports whether what is remembered still stands, although something of it vanished from the files:
// until a second look, and for as long as the folder is not there at all.
func (r *remembered) keeps(vanished bool, at time.Time) bool {
	if !r.held {
		return false
	}
	if vanished {
		if r.since.IsZero() {
			r.since = at
		}
		if r.absent || !r.closed.IsZero() || at.Sub(r.since) < settleAfter {
			return true
		}
	}
	r.held = false
	return false
}

func (r *remembered) note(folder string) []string {
	switch {
	case !r.closed.IsZero():
		return []string{folder + ": " + r.closed.String() + "; what was last known stands"}
	case !r.held || r.since.IsZero():
		return nil
	case r.absent:
		return []string{folder + ": the directory is not there; what was last known stands"}
	default:
		return []string{folder + ": something that was known is in no file; it stands until that has been read twice"}
	}
}

// look notes whether the folder is there.
func (r *remembered) look(e source.Event, dir string) {
	isFolder := slices.ContainsFunc([]string{desk.LevelsDir, desk.PresenceDir, desk.CalendarDir, desk.ProfilesDir}, func(name string) bool {
		return e.File == filepath.Join(dir, name)
	})
	switch {
	case isFolder && e.Kind == source.KindFailed:
		r.absent = e.Cause == source.CauseMissing
		r.closed = safetext.Text{}
		if !r.absent {
			r.closed = e.Reason
		}
	case e.File != "":
		r.absent, r.closed = false, safetext.Text{}
	}
}
