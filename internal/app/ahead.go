package app

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"vigil/internal/geo"
	"vigil/internal/intake"
	"vigil/internal/picture"
	"vigil/internal/saying"
	"vigil/internal/source"
)

const (
	// aheadFrom is from how many bytes of large files on their ends are shown first: less is read before anybody
	// has looked.
	aheadFrom = 16 << 20
	// tailOver is how large a file of lines may be to be read whole all the same, and tailBytes how much of
	// the end of a larger one is.
	tailOver  = 2 << 20
	tailBytes = 512 << 10
	// aheadIntake is the largest intake that is read back for it, in bytes: what is in a larger one takes longer to read
	// than anybody wants to wait.
	aheadIntake = 1 << 20
	// aheadLooks is the time between two looks at the files: there are no notifications for it, of which the
	// process has few.
	aheadLooks = time.Second
	// aheadEvery is the shortest time between two pictures that differ in the progress of the reading alone.
	aheadEvery = 500 * time.Millisecond
)

// ahead is what is shown while large files are read, which takes a while and begins with their oldest records: a second
// session on the same desk that reads of each large file the end, and everything else. It records nothing, polls nothing and knows
// nothing: no figure of it is whole. Its pictures go when what they lack has been read.
//
// It shares nothing with the session that reads everything, so that nothing of it can be left in there.
type ahead struct {
	session *Session
	files   []source.LargeFile
	shown   *picture.Picture // the newest; nil before the first
	over    bool
	geo     sync.WaitGroup
}

// sizes are what ahead goes by, in bytes; the zero value is as in production.
type sizes struct{ from, over, tail int64 }

func (z sizes) orUsual() sizes {
	if z == (sizes{}) {
		return sizes{aheadFrom, tailOver, tailBytes}
	}
	return z
}

// lookAhead opens a session that runs ahead of s; nil where there is nothing that takes long to read.
func (s *Session) lookAhead(ctx context.Context) *ahead {
	o := s.hub.options
	if !o.Ahead {
		return nil
	}
	sizes := o.sizes.orUsual()
	a := &ahead{files: source.LargeFiles(s.hub.specs, sizes.over)}
	var size int64
	for _, f := range a.files {
		size += f.Size
	}
	if size < sizes.from {
		return nil
	}
	a.geo.Go(geo.Unpack) // or the first position that is looked at would wait for it
	o.Ahead, o.NoRecord, o.ahead, o.runner = false, true, true, s.hub.runner
	var err error
	if a.session, err = Open(ctx, o); err != nil {
		a.geo.Wait()
		return nil // what is wrong with the desk s says itself
	}
	return a
}

// close ends it, if it has not ended, and waits for it. What went wrong takeAhead has said while it mattered.
func (a *ahead) close() {
	_ = a.session.Close()
	a.geo.Wait()
}

// pictures is the mailbox; nil where none will come.
func (a *ahead) pictures() <-chan *picture.Picture {
	if a == nil || a.over {
		return nil
	}
	return a.session.Pictures()
}

// stands reports whether h is still reading something of which it shows the end.
func (a *ahead) stands(h *hub) bool {
	return a != nil && !a.over && (h.reading[specIntake] ||
		slices.ContainsFunc(a.files, func(f source.LargeFile) bool { return h.reading[f.Spec] && !h.stuck(f.Spec, h.clock()) }))
}

// waits reports whether it is over and its last picture still shown.
func (a *ahead) waits(h *hub) bool { return a != nil && !a.stands(h) }

// take takes what came out of the mailbox.
func (s *Session) takeAhead(p *picture.Picture, ok bool) {
	if ok {
		s.ahead.shown = p
		return
	}
	s.ahead.over = true
	if err := s.ahead.session.Close(); err != nil { // it has ended by itself
		s.hub.configs.trouble = append(s.hub.configs.trouble, saying.Of("the ends of large files are not shown first: %s", err))
	}
}

// endAhead lets the pictures of the store take the place of those that were made ahead.
func (s *Session) endAhead() {
	a := s.ahead
	s.ahead = nil
	a.session.stop() // run waits for it
	if a.shown != nil {
		s.hub.store.Succeed(a.shown)
	}
}

// awaitAhead shows the first picture that was made ahead before anything else is read: the two would take turns, and it
// would come several times as late. What it cannot have by then comes while the rest is read.
func (s *Session) awaitAhead(ctx context.Context) {
	late := time.NewTimer(firstWithin)
	defer late.Stop()
	if s.ahead == nil {
		return
	}
	select {
	case p, ok := <-s.ahead.pictures():
		s.takeAhead(p, ok)
		s.publish()
	case <-late.C:
	case <-ctx.Done():
	}
}

// remembers reports whether the intake, which has been read back, holds all but the newest of the files.
func (h *hub) remembers(files []source.LargeFile) bool {
	state, err := intake.ReadState(intakeDir(h.paths))
	if err != nil {
		return false
	}
	var last stateForm
	if err := state.Decode(&last); err != nil {
		return false
	}
	return !slices.ContainsFunc(files, func(f source.LargeFile) bool {
		return last.Read[stateKey(h.relative(f.Path))].Offset < f.Size-h.options.sizes.orUsual().over
	})
}

// intakeSize is how many bytes an intake has.
func intakeSize(dir string) (size int64) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error { // what cannot be looked at cannot be read either
		if errors.Is(err, fs.ErrNotExist) || err == nil && d.Name() == fetchedName {
			return fs.SkipDir
		}
		if err == nil && d.Type().IsRegular() {
			if info, err := d.Info(); err == nil {
				size += info.Size()
			}
		}
		return nil
	})
	return size
}

// takeTail puts the records of the end of a file into a picture that is made ahead. Nothing follows from them for their
// source: what it is, and what it can answer for, only the whole of the file tells.
func (h *hub) takeTail(f *feedFile, b batch) {
	fs := h.began(f, b.event)
	for l := range b.lines.records {
		f.tail++
		h.takeRecord(fs, f, b.event, &l.record, &l.arrival)
	}
	h.tellOddities(fs, f)
	h.store.Tail(fs.label)
	f.modified = b.event.ModTime
	h.dirty = true
}

// tails are the ends of files that are all of them here, by name.
func (h *hub) tails() []picture.Tail {
	var list []picture.Tail
	for _, label := range h.labels() {
		files := h.feeds[label].files
		for _, name := range sortedKeys(files) {
			if f := files[name]; f.tail > 0 {
				list = append(list, picture.Tail{File: f.context.File, Records: f.tail})
			}
		}
	}
	return list
}

// tailFact takes of what is said of a file whose end alone is read what does not need the rest.
func (h *hub) tailFact(f *feedFile, e source.Event) (taken bool) {
	switch {
	case !e.Tail && f.tail == 0:
		return false
	case e.Kind == source.KindTooLong:
		f.tail++
		return false
	default:
		return e.Kind != source.KindFailed && e.Kind != source.KindRemoved
	}
}
