package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"vigil/internal/desk"
	"vigil/internal/feed"
	"vigil/internal/feed/answer"
	"vigil/internal/feed/formats"
	"vigil/internal/fetch"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/intake"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/source"
)

// A source with an address is polled by the collector alone, which keeps its answers below the intake. Every
// process reads them there as files, and beside them what is known of the polling: that, and not when a kept
// answer was read, is what its health rests on.

// fetched is what the hub knows of a source that is fetched.
type fetched struct {
	every time.Duration
	meta  fetch.Meta
	// confirmed is the confirmation that was acted upon last.
	confirmed time.Time
	// unlinked are the contents that the answer no longer links to, until that is confirmed.
	unlinked []safetext.Text
	// pointers are the incidents of the answer that only point to linked contents, by the files of these.
	pointers map[string][]incident.Identity
	// kept tells whether what is kept is what was fetched.
	kept fetch.Checker
}

// addressSpec reads the kept answers of a source.
func addressSpec(s *desk.Source, dir string) source.Spec {
	dir = filepath.Join(dir, fetch.DirName(sourceLabel(s), s.Poll.URL))
	mode := detected("", nil)
	if f, ok := formats.ByName(s.Format); ok {
		mode = source.Fixed(modeOf(f))
	}
	return source.Spec{
		Name: specName(s), Path: "[alm]*", Root: dir, EmptyOK: s.EmptyOK, Version: specVersion(s),
		Mode: func(file string, head []byte) source.Mode {
			if filepath.Base(file) == fetch.MetaName {
				return source.ModeSnapshot
			}
			return mode(file, head)
		},
	}
}

// fetchInto says where the kept answers are, and lists anew what is to be read.
func (h *hub) fetchInto(dir string) {
	h.fetched = dir
	h.specs = specsOf(h.paths, &h.config, dir)
	maps.DeleteFunc(h.reading, func(spec string, _ bool) bool { // what is read no more need not be waited for
		return spec != specIntake && !slices.ContainsFunc(h.specs, func(s source.Spec) bool { return s.Name == spec })
	})
	for i := range h.config.Sources {
		s := &h.config.Sources[i]
		if s.Poll.URL.IsZero() {
			continue
		}
		h.dirs[fetch.DirName(sourceLabel(s), s.Poll.URL)] = s
		fs := h.feed(sourceLabel(s))
		if fs.address == nil {
			fs.address = &fetched{}
		}
		fs.address.every = interval(s)
	}
}

// interval is how often a source is polled.
func interval(s *desk.Source) time.Duration {
	p := s.Profile(health.Profile{})
	if f, ok := formats.ByName(s.Format); ok {
		p = s.Profile(f.Profile)
	}
	return s.Poll.Interval(p.Expect)
}

// addressOf is the address of a kept answer, as it may be shown; empty for other files.
func (h *hub) addressOf(path string) string {
	dir, file := filepath.Split(path)
	dir = filepath.Clean(dir)
	if h.fetched == "" || filepath.Dir(dir) != filepath.Clean(h.fetched) {
		return ""
	}
	s := h.dirs[filepath.Base(dir)]
	if s == nil {
		return ""
	}
	return fetch.Shown(s.Poll.URL, file)
}

// disowned takes a kept answer that is not what was fetched for none at all.
func (h *hub) disowned(ctx context.Context, f *feedFile, e source.Event, why error) error {
	err := h.doFor(ctx, f, e, func() { h.keepLast(e, f, feed.Half(f.context.Reject(0, 0, "%v", why))) })
	if err == nil && e.Kind == source.KindSnapshot {
		return source.ErrHalf
	}
	return err
}

// isLinked reports whether an event is of a content that the answer of its source only links to.
func isLinked(fs *feedState, e source.Event) bool {
	return fs.address != nil && fetch.IsLinked(filepath.Base(e.File))
}

// addressEvent takes an event of a source that is fetched.
func (h *hub) addressEvent(ctx context.Context, e source.Event) error {
	configured := false
	if err := h.do(ctx, func() { _, config := h.label(e.Spec, ""); configured = config != nil }); err != nil || !configured {
		return err
	}
	switch base := filepath.Base(e.File); {
	case e.File != "" && fetch.IsContent(base):
		return h.feedFileEvent(ctx, e, "")
	case base == fetch.MetaName:
		return h.metaEvent(ctx, e)
	case e.Kind == source.KindFailed && e.Cause == source.CauseMissing:
		e.Kind = source.KindReachable // nothing is kept yet
	}
	return h.do(ctx, func() { h.specEvent(e) })
}

// metaEvent takes what is known of the polling from where the collector writes it.
func (h *hub) metaEvent(ctx context.Context, e source.Event) error {
	var m fetch.Meta
	var trouble safetext.Text
	switch e.Kind {
	case source.KindSnapshot:
		var err error
		if m, err = fetch.Parse(e.Data); err != nil {
			trouble = safetext.Error(err)
		}
	case source.KindFailed:
		trouble = safetext.Clean("what is known of its polling cannot be read: " + e.Reason.String())
	default:
		return nil
	}
	return h.do(ctx, func() {
		label, _ := h.label(e.Spec, "")
		fs := h.feed(label)
		h.ensure(fs, e)
		fs.directory = trouble
		if trouble.IsZero() {
			h.polled(label, m)
			return
		}
		h.observe(fs)
	})
}

// polled takes what is known of the polling of a source. It comes from the poller of this process and from
// the file that any collector writes: the newer one holds.
func (h *hub) polled(label string, m fetch.Meta) {
	fs := h.feed(label)
	if fs.address == nil || m.Attempted.Before(fs.address.meta.Attempted) {
		return
	}
	fs.address.meta = m
	h.confirmPolled(fs, h.clock())
	h.observe(fs)
}

// confirmPolled acts on a poll that found everything as the one before: what was missing from a source that
// is complete is withdrawn then. Two polls are what two equal reads of a file are.
func (h *hub) confirmPolled(fs *feedState, at time.Time) {
	a := fs.address
	if a.meta.Confirmed.IsZero() || a.meta.Confirmed.Equal(a.confirmed) {
		return
	}
	for _, f := range fs.files {
		if f.generation == 0 || f.modified.After(a.meta.Fetched.Add(granularity)) {
			return // what was confirmed is not what was read
		}
	}
	a.confirmed = a.meta.Confirmed
	for _, name := range sortedKeys(fs.files) {
		h.confirm(fs.label, safetext.Clean(name), at)
	}
	for _, file := range a.unlinked {
		h.confirm(fs.label, file, at)
	}
	a.unlinked = nil
}

// granularity is how exactly file systems keep the time of a file.
const granularity = 2 * time.Second

// unfollowed tells of an index in a file, which points to what nobody fetches.
func unfollowed(f *feedFile, doc *feed.Document) {
	left := 0
	for i := range doc.Records {
		if doc.Records[i].Linked != "" {
			left++
		}
	}
	if left > 0 && !f.fetched {
		doc.Problems = append(doc.Problems, f.context.Warn(0, 0,
			"entries that only link to the whole of what they tell of: %d; what they say is shown. A [[source]] with the url of the index brings the whole, too", left))
	} else if n := len(doc.Linked); n > 0 && !f.fetched {
		doc.Problems = append(doc.Problems, f.context.Warn(0, 0,
			"further contents that it only links to (of KML: NetworkLinks) are not followed from a file, and are nowhere shown: %d; put them into feeds/ as well, or name the url of this one in a [[source]]: those on the same server are followed then", n))
	}
}

// unlinked lets go of a content that the answer no longer links to, as of one that has become empty.
func (h *hub) unlinked(fs *feedState, e source.Event) {
	name := h.relative(e.File)
	file := safetext.Clean(name)
	h.store.Begin(fs.label, file, h.generation(fs, e)+1)
	for _, a := range h.store.Finish(fs.label, file, e.At) {
		h.recorder.incident(a)
	}
	delete(fs.files, name)
	fs.address.unlinked = append(fs.address.unlinked, file)
	h.observe(fs)
}

// unchangedUntil notes, before a new content of a source that forgets is taken, until when the one before was
// known to be the newest: nothing that happened before then is missing from it.
func (h *hub) unchangedUntil(fs *feedState, e source.Event) {
	if fs.address == nil || fs.profile.Memory != health.Forgets || fs.lastRead.IsZero() {
		return
	}
	for _, t := range [...]time.Time{fs.address.meta.Before, fs.address.meta.Succeeded} {
		if t.Before(e.ModTime) && t.After(fs.lastRead) {
			h.recorder.read(fs.label, t, t.Sub(fs.lastRead), e.At) // it reaches back to the content before
			fs.lastRead = t
		}
	}
}

// observeAddress makes the polling's facts those of the source: when its kept answer was read says nothing.
func (h *hub) observeAddress(fs *feedState) {
	a, f := fs.address, &fs.facts
	m := &a.meta
	f.LastAttempt, f.LastSuccess, f.Kept = m.Attempted, m.Succeeded, time.Time{}
	read := len(fs.files) > 0 // before that, nobody knows what the answer says
	if !m.Has() || !read {
		f.LastSuccess = time.Time{}
	}
	// A 304 is the server's own word that there is nothing new. The same old content sent again is nobody's.
	if f.Fetched = m.Fetched; read {
		f.Unchanged = m.Unchanged
	}
	poll := picture.Poll{Every: a.every, Status: m.Status, Kept: m.Fetched}
	if note := safetext.Clean(m.Note); f.Note.IsZero() {
		f.Note = note
	}
	switch polls := h.running != "" && h.running == m.Run; {
	case polls:
		poll.Next = m.Next
		if m.Failure != "" && f.Failure.IsZero() {
			f.Failure = failedWords(m, h.clock())
		}
	case m.Has() && read && f.Failure.IsZero():
		f.Kept = m.Succeeded
	case !m.Has() && f.Failure.IsZero() && m.Failure != "":
		f.Note = safetext.Clean("polled " + health.Moment(m.Attempted, h.clock()) + ", and failed: " + m.Failure)
	case !m.Has() && f.Failure.IsZero() && f.Note.IsZero():
		f.Note = safetext.Const("not polled yet")
	}
	h.store.Polled(fs.label, poll)
}

// failedWords say why the newest poll failed, and what is shown all the same.
func failedWords(m *fetch.Meta, now time.Time) safetext.Text {
	words := m.Failure
	if m.Has() {
		words += "; kept answer of " + health.Moment(m.Succeeded, now)
	}
	return safetext.Clean(words)
}

// runOf is the run of the process that is the collector, by its sign of life; empty if there is none.
func runOf(dir string, now time.Time) string {
	state, err := intake.ReadState(dir)
	if err != nil || state.Silent(now) {
		return ""
	}
	var body stateForm
	if state.Decode(&body) != nil {
		return ""
	}
	return body.Run
}

// Runs reports whether something runs on a desk that rings and sends: the console, vigil tail or another that keeps the intake, by its sign
// of life. It writes nothing.
func Runs(o Options) bool {
	h, err := load(o, true, false)
	if err != nil {
		return true // what is wrong is said elsewhere
	}
	state, err := intake.ReadState(intakeDir(h.paths))
	return err == nil && !state.Silent(h.clock())
}

// lookForRunner notes whose polls count now, and what that means for the sources.
func (h *hub) lookForRunner() {
	if len(h.dirs) == 0 {
		return
	}
	h.running = h.runner()
	for _, label := range h.labels() {
		if fs := h.feeds[label]; fs.address != nil {
			h.observe(fs)
		}
	}
}

// inspect makes the function that looks at the answers of a source before they are kept. What it may use is
// what is decoded again when the kept answer is read: this costs a decoding, and keeps a bad answer from taking
// the place of a good one.
func inspect(s *desk.Source) func(body []byte) ([]fetch.Pointer, error) {
	fixed, _ := formats.ByName(s.Format)
	shown, label := s.Poll.URL.String(), safetext.Clean(sourceLabel(s))
	config := *s
	return func(body []byte) ([]fetch.Pointer, error) {
		c := feed.NewContext(shown)
		c.Stem = label
		tellContext(c, &config)
		format := fixed
		if format == nil {
			format, _ = formats.DetectWhole(c, body)
		}
		if format == nil {
			if err := answer.Check(c, body); err != nil {
				return nil, errors.New(feed.AsProblem(c, err).Message.String())
			}
			return nil, fmt.Errorf("it is in no format that vigil knows (vigil formats lists them): %s", looks(body))
		}
		if format.Lines() {
			return nil, inspectLines(c, format, body)
		}
		doc, err := formats.Decode(format, c, body)
		if err != nil {
			p := feed.AsProblem(c, err)
			if p.Line > 0 {
				return nil, fmt.Errorf("line %d: %s", p.Line, p.Message)
			}
			return nil, errors.New(p.Message.String())
		}
		if err := allRejected(doc.Records); err != nil {
			return nil, err
		}
		return pointers(doc.Linked), nil
	}
}

// allRejected is an error if there are records and none of them can be used: such an answer must not take the place of
// a good one.
func allRejected(records []feed.Record) error {
	for n := range records {
		if records[n].Kind != feed.Rejected {
			return nil
		}
	}
	if len(records) == 0 || len(records[0].Problems) == 0 {
		return nil
	}
	p := &records[0].Problems[0]
	return fmt.Errorf("none of its records (%d) can be used; the first, line %d: %s", len(records), p.Line, p.Message)
}

// inspectLines refuses lines of which none can be used.
func inspectLines(c *feed.Context, format *feed.Format, body []byte) error {
	var first error
	number := 0
	for line := range bytes.Lines(body) {
		number++
		r, ok := format.Line(c, bytes.TrimRight(line, "\r\n"), feed.Place{Line: number})
		switch {
		case ok && r.Kind != feed.Rejected:
			return nil
		case ok && first == nil && len(r.Problems) > 0:
			first = fmt.Errorf("line %d: %s", number, r.Problems[0].Message)
		}
	}
	return first
}
