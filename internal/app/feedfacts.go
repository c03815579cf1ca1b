package app

import (
	"time"

	"vigil/internal/feed"
	"vigil/internal/feed/formats"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/problem"
	"vigil/internal/safetext"
	"vigil/internal/saying"
	"vigil/internal/source"
)

// keepLast notes a content that cannot be used: what was good before stays, marked.
func (h *hub) keepLast(e source.Event, f *feedFile, err error) {
	label, _ := h.label(e.Spec, h.relative(e.File))
	fs := h.feed(label)
	p := feed.AsProblem(f.context, err)
	fs.facts.LastAttempt = e.At
	if f.generation == 0 {
		h.ensure(fs, e)
		f.failure = safetext.Clean("nothing could be read: " + p.String())
	} else {
		f.note = safetext.Clean("last good content kept: " + p.String())
	}
	h.store.Refuse(label, f.context.File, p)
	h.observe(fs)
}

// takeFact takes what an event says of a file beyond its content.
func (h *hub) takeFact(f *feedFile, e source.Event) {
	if h.tailFact(f, e) {
		return
	}
	h.heardOf[e.Spec] = e.At
	label, _ := h.label(e.Spec, h.relative(e.File))
	fs := h.feed(label)
	file := safetext.Clean(h.relative(e.File))
	h.ensure(fs, e)
	fs.facts.LastAttempt = e.At
	switch e.Kind {
	case source.KindSame:
		if fs.address == nil { // to read a kept answer again proves nothing of the source
			h.confirm(label, file, e.At)
		}
		h.confirmStock(label, file, e.At)
		h.content(fs, e, h.store.Declared(label, file))
		f.note = safetext.Text{} // a content that was half-written is whole again
		h.heard(fs, f, e)
	case source.KindRotated:
		h.position(fs, e)
		h.heard(fs, f, e)
	case source.KindReachable:
		h.heard(fs, f, e)
	case source.KindIncomplete:
		switch {
		case f.format == nil: // there is no content before this one
			f.failure = safetext.Const(unfinishedEnd)
		case f.format.Lines():
			f.note, f.cut = safetext.Const(unfinishedEnd), int(e.Line.Number)
		default:
			f.failure = safetext.Const("half-written: the last good content is kept")
		}
	case source.KindTooLong:
		h.began(f, e)
		h.store.Reject(label, incident.Origin{File: file, Line: int(e.Line.Number), Offset: e.Line.Offset, Generation: f.generation},
			[]problem.Problem{f.context.Reject(int(e.Line.Number), 0, "a record of %d bytes: the longest that is read has %d; shorten it or split it", e.Length, source.MaxLine)})
	case source.KindGap:
		h.gap(fs, e.From, e.To)
		f.note = e.Reason
		h.recorder.gap(label, e.From, e.To, e.Reason, e.At)
		if e.Position.Generation > 0 {
			h.position(fs, e)
		}
	case source.KindRemoved:
		if isLinked(fs, e) {
			h.unlinked(fs, e)
			return
		}
		if _, is := h.rotated[h.relative(e.File)]; is {
			h.forget(fs, e) // old logs are removed in the end, and nothing is missing then
			return
		}
		f.unread = safetext.Const(health.NoData + ": the file is gone")
	case source.KindFailed:
		f.unread = failureWords(e)
	default:
	}
	h.observe(fs)
}

// confirm says that the source has been found with equal content: what was missing is withdrawn now.
func (h *hub) confirm(label string, file safetext.Text, at time.Time) {
	for _, name := range h.store.Confirm(label, file, at) {
		h.recorder.withdrawn(label, name, at)
	}
}

// forget lets go of a rotated file that is gone; what it held is retained.
func (h *hub) forget(fs *feedState, e source.Event) {
	file := h.relative(e.File)
	h.store.Begin(fs.label, safetext.Clean(file), h.generation(fs, e))
	delete(fs.files, file)
	h.observe(fs)
}

// unfinishedEnd is said of a file whose last record does not end.
const unfinishedEnd = "incomplete record at the end of the file"

func failureWords(e source.Event) safetext.Text {
	switch e.Cause {
	case source.CauseMissing, source.CauseEmpty:
		return safetext.Clean(health.NoData + ": " + e.Reason.String())
	case source.CauseUnrecognised:
		return safetext.Clean("no format that vigil knows (vigil formats lists them): " + looks(e.Data))
	default:
		return e.Reason
	}
}

// ensure makes the source known to the store even before any content has shown its format.
func (h *hub) ensure(fs *feedState, e source.Event) {
	if fs.format != nil || fs.was != nil || fs.facts.LastAttempt.Equal(e.At) {
		return // what the intake remembers of the source stands until its file is read
	}
	_, config := h.label(e.Spec, h.relative(e.File))
	info := picture.SourceInfo{Name: safetext.Clean(fs.label), Path: safetext.Clean(h.relative(e.File))}
	if config != nil {
		info.URL = safetext.Clean(config.Poll.URL.String())
		info.Path, info.Format, info.Authority = safetext.Clean(config.Path), safetext.Clean(config.Format), config.Authority
		info.Profile = config.Profile(health.Profile{})
		if f, ok := formats.ByName(config.Format); ok {
			info.Profile = config.Profile(f.Profile)
		}
	}
	h.store.Configure(fs.label, info)
}

// heard notes that the file was read and nothing stood against it.
func (h *hub) heard(fs *feedState, f *feedFile, e source.Event) {
	fs.facts.LastAttempt = e.At
	if f.useless.IsZero() {
		fs.facts.LastSuccess = e.At
	}
	f.unread = safetext.Text{}
	switch e.Kind {
	case source.KindLines:
		f.failure, f.note = safetext.Text{}, safetext.Text{}
	case source.KindSnapshot, source.KindSame:
		f.failure = safetext.Text{}
	default: // the file was looked at, and its content not
	}
	h.observe(fs)
}

// observe tells the store the facts of a source, gathered over its files.
func (h *hub) observe(fs *feedState) {
	fs.facts.Failure, fs.facts.Note = fs.directory, fs.polling
	if len(fs.files) > 0 {
		fs.gone = safetext.Text{}
	}
	if fs.facts.Failure.IsZero() {
		fs.facts.Failure = fs.gone
	}
	for _, name := range sortedKeys(fs.files) {
		f := fs.files[name]
		for _, why := range [...]safetext.Text{f.unread, f.failure, f.useless} {
			if fs.facts.Failure.IsZero() {
				fs.facts.Failure = why
			}
		}
		if fs.facts.Note.IsZero() {
			fs.facts.Note = f.note
		}
		if fs.facts.Note.IsZero() {
			fs.facts.Note = f.part
		}
	}
	if fs.address != nil {
		h.observeAddress(fs)
	}
	h.store.Observe(fs.label, fs.facts)
	h.dirty = true
}

// specEvent takes what is said of a spec as a whole: how it is watched, and whether the directory that
// its pattern reaches can be looked at. What cannot be seen is held against every source in there.
func (h *hub) specEvent(e source.Event) {
	h.caughtUp(e)
	if e.Spec == specFeeds {
		h.lookAtFeeds(e)
	}
	for i := range h.config.Sources {
		if label := sourceLabel(&h.config.Sources[i]); specName(&h.config.Sources[i]) == e.Spec {
			h.ensure(h.feed(label), e)
		}
	}
	for _, label := range h.labels() {
		fs := h.feeds[label]
		if h.specOf(label) != e.Spec {
			continue
		}
		switch e.Kind {
		case source.KindWatch:
			fs.polling = safetext.Text{}
			if e.Polling && !h.options.ahead { // which always polls
				fs.polling = safetext.Clean("polling: " + e.Reason.String())
			}
		case source.KindFailed:
			fs.facts.LastAttempt = e.At
			fs.directory = failureWords(e)
		case source.KindReachable:
			fs.directory = safetext.Text{}
		default:
			continue
		}
		h.observe(fs)
	}
}

// lookAtFeeds notes whether feeds/ can be read: without it nobody knows which sources there would be.
func (h *hub) lookAtFeeds(e source.Event) {
	switch {
	case e.Kind == source.KindFailed && e.Cause != source.CauseMissing:
		h.feedsClosed = saying.Of("feeds/ cannot be read: %s", e.Reason)
	case e.Kind == source.KindFailed, e.Kind == source.KindReachable:
		h.feedsClosed = saying.Saying{}
	default:
	}
	h.dirty = true
}

// unreadable are the folders of the desk that are there and cannot be read, as problems.
func (h *hub) unreadable() []problem.Problem {
	var list []problem.Problem
	add := func(folder string, why safetext.Text) {
		if !why.IsZero() {
			list = append(list, problem.Problem{
				File:    safetext.Clean(folder),
				Message: safetext.Clean(why.String() + "; give this user the right to read the directory"),
			})
		}
	}
	add(specFeeds, safetext.Clean(h.feedsClosed.String()))
	add(specLevels, h.levels.closed)
	add(specPresence, h.presence.closed)
	add(specProfiles, h.profiles.closed)
	add(specCalendar, h.calendar.closed)
	return list
}

// specOf names the spec that reads a source.
func (h *hub) specOf(label string) string {
	for i := range h.config.Sources {
		if sourceLabel(&h.config.Sources[i]) == label {
			return specName(&h.config.Sources[i])
		}
	}
	return specFeeds
}
