package app

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"vigil/internal/desk"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/presence"
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
		if e.Kind == source.KindFailed && (e.Cause == source.CauseUnrecognised || e.Cause == source.CauseMissing) {
			return false, nil // listed among what is ignored; a desk need not have every folder
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

// folder is what the hub needs of levels and presence alike.
type folder interface {
	take(file string, e source.Event) (bool, error)
	publish(h *hub, at time.Time)
}

// deskFile takes an event of a file of levels or presence.
func (h *hub) deskFile(ctx context.Context, e source.Event, f folder) error {
	var half error
	err := h.do(ctx, func() {
		before := h.reading[e.Spec]
		h.caughtUp(e)
		changed := before && !h.reading[e.Spec] // the first reading counts as one change
		if e.File != "" {
			var took bool
			took, half = f.take(h.relative(e.File), e)
			changed = changed || took
		}
		if changed && !h.reading[e.Spec] {
			f.publish(h, e.At)
			h.dirty = true
		}
	})
	if err != nil {
		return err
	}
	return half
}

// levelFiles are the files of levels/.
type levelFiles struct {
	keeper[[]level.Country]
	across []problem.Problem
	last   []byte // the set that the store has, encoded
}

func newLevelFiles() levelFiles {
	return levelFiles{keeper: newKeeper(
		func(file string, e source.Event) ([]level.Country, []problem.Problem, error) {
			return desk.ParseLevels(file, e.Data, e.ModTime)
		},
		level.Vanished,
	)}
}

func (l *levelFiles) problems() []problem.Problem { return slices.Concat(l.allProblems(), l.across) }

// publish gives the store all levels that hold, unless they are what it has.
func (l *levelFiles) publish(h *hub, at time.Time) {
	all := slices.Concat(l.good()...)
	l.across = desk.CheckLevels(all)
	set := level.Merge(all)
	encoded := encodeLevels(set)
	if l.last != nil && bytes.Equal(encoded, l.last) {
		h.notes()
		return
	}
	l.last = encoded
	h.store.SetLevels(set, at)
	h.recorder.levels(encoded, at)
	h.notes()
}

// presenceFiles are the files of presence/.
type presenceFiles struct {
	keeper[presence.File]
	last []byte
}

func newPresenceFiles() presenceFiles {
	return presenceFiles{keeper: newKeeper(
		func(file string, e source.Event) (presence.File, []problem.Problem, error) {
			return desk.ParsePresence(file, e.Data, e.ModTime)
		},
		func(old, now presence.File) bool {
			return len(now.People) < len(old.People) || len(now.Headcounts) < len(old.Headcounts)
		},
	)}
}

func (p *presenceFiles) problems() []problem.Problem { return p.allProblems() }

// publish gives the store who is where, unless it is what it has. The intake keeps counts only.
func (p *presenceFiles) publish(h *hub, at time.Time) {
	ledger := presence.Reconcile(p.good())
	encoded := encodePresence(&ledger)
	h.store.SetPresence(picture.PresenceSet{Ledger: ledger}, at)
	if !bytes.Equal(encoded, p.last) {
		p.last = encoded
		h.recorder.presence(encoded, at)
	}
	h.notes()
}

// notes tells the store what stands against the desk's own files.
func (h *hub) notes() {
	h.store.SetNotes(slices.Concat(h.levels.troubles(), h.presence.troubles()))
}

// configFile is vigil.toml.
type configFile struct {
	problems []problem.Problem
	trouble  []safetext.Text
}

// configEvent takes a new vigil.toml: validated whole, then swapped; a bad edit changes nothing.
func (h *hub) configEvent(e source.Event) {
	h.caughtUp(e)
	h.dirty = true
	switch e.Kind {
	case source.KindSnapshot:
		config, problems := parseConfig(e.Data)
		h.configs.problems, h.configs.trouble = problems, nil
		if n := desk.CountErrors(problems); n > 0 {
			h.configs.trouble = []safetext.Text{safetext.Clean("vigil.toml has errors, the last good one holds: " + firstError(problems))}
			return
		}
		h.reconfigure(config)
	case source.KindFailed:
		if e.Cause != source.CauseMissing {
			h.configs.trouble = []safetext.Text{safetext.Clean("vigil.toml: " + e.Reason.String() + "; the last good one holds")}
		}
	case source.KindRemoved:
		h.configs.trouble = []safetext.Text{safetext.Const("vigil.toml is gone; the last good one holds")}
	default:
	}
}

func firstError(problems []problem.Problem) string {
	i := slices.IndexFunc(problems, func(p problem.Problem) bool { return !p.Warning })
	return problems[max(0, i)].String()
}

// version tells apart what a configuration says of a source.
func version(c *desk.Config, label string) string {
	for i := range c.Sources {
		if s := &c.Sources[i]; sourceLabel(s) == label {
			return specVersion(s)
		}
	}
	return ""
}

// reconfigure swaps the configuration. What cannot change in a running desk is said.
func (h *hub) reconfigure(c desk.Config) {
	if c.Exercise != h.config.Exercise {
		h.configs.trouble = append(h.configs.trouble, safetext.Const("exercise cannot change while the desk is open: the old value holds; close vigil and use another desk"))
		c.Exercise = h.config.Exercise
	}
	if c.State != h.config.State {
		h.configs.trouble = append(h.configs.trouble, safetext.Const("state changes when vigil is started again"))
	}
	before := h.config
	h.config = c
	h.store.SetOptions(h.pictureOptions())
	for _, label := range h.labels() {
		fs := h.feeds[label]
		if version(&before, label) != version(&c, label) {
			for _, f := range fs.files { // they are read anew
				fs.base = max(fs.base, f.generation-min(f.generation, h.base))
			}
		}
		for i := range c.Sources {
			if sourceLabel(&c.Sources[i]) == label && fs.format != nil {
				h.configure(fs, fs.format, &c.Sources[i], source.Event{})
			}
		}
	}
	if h.onConfig != nil {
		h.onConfig(c)
	}
}
