package app

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"vigil/internal/desk"
	"vigil/internal/feed"
	"vigil/internal/feed/formats"
	"vigil/internal/fetch"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/ownfeed"
	"vigil/internal/picture"
	"vigil/internal/problem"
	"vigil/internal/safetext"
	"vigil/internal/source"
)

// feedState is what the hub knows of one source of incidents.
type feedState struct {
	label string
	// base is added to the generations of its files: it counts on where an earlier reading, under another
	// [[source]] block, ended.
	base    uint64
	format  *feed.Format
	was     *feed.Format // as the intake remembers it
	profile health.Profile
	facts   health.Facts
	files   map[string]*feedFile // by path in the desk
	polling safetext.Text
	// directory says why the directory that a pattern reaches cannot be looked at.
	directory safetext.Text
	address   *fetched // of a source that is fetched; else nil
	// gone says that no file of a source that the intake remembers is there.
	gone     safetext.Text
	lastRead time.Time // content time of the last content of a source that forgets
}

// feedFile is one file of a source.
type feedFile struct {
	generation uint64
	failure    safetext.Text // why its content cannot be used
	useless    safetext.Text // why nothing of its content can be used, though it was read
	unread     safetext.Text // why it could not be read at the last attempt
	note       safetext.Text
	part       safetext.Text // why the content is not all there is
	cut        int           // number of the last line, when it was seen to be unfinished for long
	context    *feed.Context
	format     *feed.Format
	fetched    bool           // it is a kept answer
	kept       *fetch.Checker // tells whether it is what was fetched; nil for other files
	modified   time.Time      // of the content that was read last
	tail       int            // records, where only its end was read
	// lines are those decoded last, and those before them; their memory is used again for the next.
	lines    [2][]decoded
	decoders []feed.LineDecoder
	decoding *feed.Format // whose these are
	// oddities of the records that are being taken in, told once for all of them.
	oddities oddities
}

// batch is decoded content on its way to the store.
type batch struct {
	event    source.Event
	lines    *decoding
	document feed.Document
	whole    bool
}

// feedEvent takes an event of an incident source. Decoding happens here, in the goroutine of the
// source, so that sources decode beside one another; only what follows goes through the hub.
func (h *hub) feedEvent(ctx context.Context, e source.Event) error {
	if e.File == "" || e.File == h.paths.Feeds {
		if err := h.besides.of(e.Spec).over(); err != nil {
			return err
		}
		return h.do(ctx, func() { h.specEvent(e) })
	}
	return h.feedFileEvent(ctx, e, rotationOf(e.File))
}

// feedFileEvent takes an event of one file. If the file is a rotation, of is the log that it was.
func (h *hub) feedFileEvent(ctx context.Context, e source.Event, of string) error {
	before := h.besides.of(e.Spec)
	if before.continues(e) {
		return h.lines(ctx, before, before.file, e)
	}
	if err := before.over(); err != nil {
		return err
	}
	var f *feedFile
	if err := h.do(ctx, func() {
		// What a [[source]] reads is passed over here, and what was still said of it under feeds/ before a
		// reload comes too late: it must not bring back a source that was retired.
		if !h.claimed(e) && !h.unspoken(e) {
			f = h.feedFile(e, of)
		}
	}); err != nil || f == nil {
		return err
	}
	if f.kept != nil && (e.Kind == source.KindLines || e.Kind == source.KindSnapshot) {
		if err := f.kept.Check(e.File); err != nil {
			return h.disowned(ctx, f, e, err)
		}
	}
	switch e.Kind {
	case source.KindLines:
		return h.lines(ctx, before, f, e)
	case source.KindSnapshot:
		doc, err := decodeWhole(f, e)
		if err != nil {
			if stop := h.doFor(ctx, f, e, func() { h.keepLast(e, f, err) }); stop != nil {
				return stop
			}
			return source.ErrHalf
		}
		unfollowed(f, &doc)
		return h.doFor(ctx, f, e, func() { h.takeWhole(f, batch{event: e, document: doc, whole: true}) })
	default:
		return h.doFor(ctx, f, e, func() { h.takeFact(f, e) })
	}
}

// claimed reports whether a file in feeds/ is read by a [[source]].
func (h *hub) claimed(e source.Event) bool {
	return e.Spec == specFeeds && slices.ContainsFunc(h.config.Sources, func(s desk.Source) bool {
		return claims(h.paths.Dir, s.Path, e.File)
	})
}

func decodeWhole(f *feedFile, e source.Event) (feed.Document, error) {
	if f.format == nil || f.format.Lines() {
		return feed.Document{}, feed.Half(f.context.Reject(0, 0, "no format that vigil knows: see the README for the formats, or set format in a [[source]] block"))
	}
	ctx := *f.context
	ctx.Received = e.At
	return formats.Decode(f.format, &ctx, e.Data)
}

// feedFile finds or makes what is known of the file of an event, and its format, which may change
// with its content. If the file is a rotation, of is the log that it was.
func (h *hub) feedFile(e source.Event, of string) *feedFile {
	file := h.relative(e.File)
	if of != "" && h.owners[file] == "" {
		h.rotated[file] = h.relative(of)
	}
	label, config := h.label(e.Spec, file)
	fs := h.feed(label)
	f := fs.files[file]
	if f == nil {
		f = &feedFile{context: feed.NewContext(file)}
		if log, is := h.rotated[file]; is {
			f.context.Stem = safetext.Clean(stem(log)) // it keeps its name
		}
		if fs.address != nil {
			f.fetched, f.kept = true, &fs.address.kept
			f.context.Stem = safetext.Clean(label) // an address has no name of its own
		}
		fs.files[file] = f
	}
	tellContext(f.context, config)
	f.context.Languages = languagesOf(h.options.Language, &h.config, h.options.Languages)
	format := f.format
	switch {
	case config != nil && config.Format != "":
		format, _ = formats.ByName(config.Format)
	case e.Kind == source.KindSnapshot:
		format, _ = formats.DetectWhole(f.context, e.Data)
	case e.Kind == source.KindLines && (f.format == nil || f.generation != h.generation(fs, e)):
		format, _ = formats.Detect(e.Lines[0].Text)
		if format == nil || !format.Lines() {
			format, _ = formats.ByName("native")
		}
	}
	if format != nil && (f.format != format || fs.format == nil) {
		f.format = format
		if fs.format == nil || !isLinked(fs, e) { // an index speaks for what it links to
			h.configure(fs, format, config, e)
		}
	}
	return f
}

// original is the path in the desk under which a file was written, before any rotation.
func (h *hub) original(file string) string {
	file = h.relative(file)
	if log, is := h.rotated[file]; is {
		return log
	}
	return file
}

func (h *hub) feed(label string) *feedState {
	fs := h.feeds[label]
	if fs == nil {
		fs = &feedState{label: label, files: map[string]*feedFile{}, facts: h.store.Facts(label)}
		h.feeds[label] = fs
	}
	return fs
}

// configure tells the store what the source promises.
func (h *hub) configure(fs *feedState, format *feed.Format, config *desk.Source, e source.Event) {
	fs.format, fs.profile = format, format.Profile
	info := picture.SourceInfo{
		Name: safetext.Clean(fs.label), Format: safetext.Clean(format.Name),
		Authority: safetext.Clean(format.Authority), Path: safetext.Clean(h.original(e.File)),
	}
	if config != nil {
		fs.profile = config.Profile(format.Profile)
		info.Path, info.URL = safetext.Clean(config.Path), safetext.Clean(config.Poll.URL.String())
		info.EmptyOK = config.EmptyOK
		if !config.Authority.IsZero() {
			info.Authority = config.Authority
		}
	} else if h.original(e.File) == desk.FeedsDir+"/"+ownfeed.Name {
		// What people report to the desk is no look-out: that nobody called is not calm, and needs nobody.
		fs.profile.Covers, fs.profile.Expect = 0, health.Unhurried
	}
	info.Profile = fs.profile
	h.store.Configure(fs.label, info)
	h.recorder.source(fs.label, format.Name)
}

// label names the source that a file belongs to. A file without a [[source]] is a source of its own,
// by its name up to the first dot; where two files share that, the later is known by its whole name.
// A rotation belongs to the source of the log that it was.
func (h *hub) label(spec, file string) (string, *desk.Source) {
	for i := range h.config.Sources {
		if s := &h.config.Sources[i]; specName(s) == spec {
			return sourceLabel(s), s
		}
	}
	if label, is := strings.CutPrefix(spec, addressPrefix); is {
		return label, nil // it has just been taken out of vigil.toml
	}
	if log, is := h.rotated[file]; is {
		for i := range h.config.Sources {
			if s := &h.config.Sources[i]; claims(h.paths.Dir, s.Path, filepath.Join(h.paths.Dir, filepath.FromSlash(log))) {
				return sourceLabel(s), s
			}
		}
		file = log
	}
	if label, known := h.owners[file]; known {
		return label, nil
	}
	label := stem(file)
	for _, other := range h.owners {
		if other == label {
			label = file
			break
		}
	}
	for i := range h.config.Sources {
		if sourceLabel(&h.config.Sources[i]) == label {
			label = file
		}
	}
	h.owners[file] = label
	return label, nil
}

// takeLines puts the records of an append-only file into the picture.
func (h *hub) takeLines(f *feedFile, b batch) {
	if b.event.Tail {
		h.takeTail(f, b)
		return
	}
	f.tail = 0
	fs := h.began(f, b.event)
	for l := range b.lines.records {
		h.takeRecord(fs, f, b.event, &l.record, &l.arrival)
	}
	h.tellOddities(fs, f)
	if b.lines.broken {
		return // nothing may say that all of it was read
	}
	h.settleStock(fs.label, safetext.Clean(h.relative(b.event.File)), b.event.At)
	h.content(fs, b.event, time.Time{})
	h.position(fs, b.event)
	f.modified = b.event.ModTime
	if !h.unread() || ends(b.event) {
		h.heard(fs, f, b.event)
	} // else more of it is to come, and how old it is may change with every line
	h.caughtUp(b.event)
}

// takeWhole puts a whole content into the picture, in one step: nobody sees half of it.
func (h *hub) takeWhole(f *feedFile, b batch) {
	f.generation, f.note, f.part = 0, safetext.Text{}, b.document.Note
	fs := h.began(f, b.event)
	if b.document.Reach > 0 && fs.profile.Reach != b.document.Reach {
		fs.profile.Reach = b.document.Reach
		h.reach(fs)
	}
	if fs.address != nil {
		h.point(fs, &b)
	}
	file := safetext.Clean(h.relative(b.event.File))
	h.store.Warn(fs.label, incident.Origin{File: file}, b.document.Problems)
	h.repaired(fs, f, b.document.Repairs)
	h.hollow(fs, f, &b)
	for i := range b.document.Records {
		h.takeRecord(fs, f, b.event, &b.document.Records[i], &picture.Arrival{})
	}
	h.tellOddities(fs, f)
	for _, a := range h.store.Finish(fs.label, file, b.event.At) {
		h.recorder.incident(a)
	}
	h.settleStock(fs.label, file, b.event.At)
	f.modified = b.event.ModTime
	if f.useless = uselessWords(b.document.Records); !f.useless.IsZero() {
		h.heard(fs, f, b.event) // that it was made today says nothing of what is in it
		return
	}
	made := h.believed(fs, f, b.document.ContentTime, b.event.At)
	h.content(fs, b.event, made)
	h.unchangedUntil(fs, b.event)
	h.readAgain(fs, made, b.event.At)
	h.heard(fs, f, b.event)
}

// uselessWords are why a content is none: it has records, and none of them can be used. As an answer of a url it would not even be kept.
func uselessWords(records []feed.Record) safetext.Text {
	if err := allRejected(records); err != nil {
		return safetext.Clean(err.Error())
	}
	return safetext.Text{}
}

// hollow says of a content that should list everything and lists nothing that this is taken for a failed export.
func (h *hub) hollow(fs *feedState, f *feedFile, b *batch) {
	if _, config := h.label(b.event.Spec, h.relative(b.event.File)); fs.profile.Memory != health.Complete ||
		len(b.document.Records) > 0 || config != nil && config.EmptyOK {
		return
	}
	h.store.Warn(fs.label, incident.Origin{File: f.context.File}, []problem.Problem{f.context.Warn(0, 0,
		"NO DATA: there is no record in it; export it again, or, if that is an answer, write empty_ok = true in a [[source]] of it")})
}

// position notes how far a file of lines was read. A kept answer is always read whole: what is replaced there
// is not lost.
func (h *hub) position(fs *feedState, e source.Event) {
	if fs.address == nil {
		h.recorder.position(h.relative(e.File), e.Position)
	}
}

// reach tells the store of a reach that the content declares, unless vigil.toml states one.
func (h *hub) reach(fs *feedState) {
	for s := range h.config.Sources {
		if c := &h.config.Sources[s]; sourceLabel(c) == fs.label && c.Reach != nil {
			return
		}
	}
	h.store.SetReach(fs.label, fs.profile.Reach)
}

// began opens a new content of the file, if this is one.
func (h *hub) began(f *feedFile, e source.Event) *feedState {
	h.heardOf[e.Spec] = e.At
	file := h.relative(e.File)
	label, _ := h.label(e.Spec, file)
	fs := h.feed(label)
	if g := h.generation(fs, e); f.generation != g && !late(f, g, e) {
		f.generation = g
		h.store.Begin(label, safetext.Clean(file), g)
	}
	return fs
}

// generation is the number of an event's content, higher than those of all contents before it, in this run and
// in earlier ones.
func (h *hub) generation(fs *feedState, e source.Event) uint64 {
	return h.base + fs.base + uint64(e.Generation)
}

// late reports whether an event brings what was still written to a file after it had been rotated away. A
// source that is read anew, because vigil.toml changed, begins with its first line.
func late(f *feedFile, g uint64, e source.Event) bool {
	first := e.Line.Number
	if len(e.Lines) > 0 {
		first = e.Lines[0].Number
	}
	return g < f.generation && first > 1
}

// takeRecord puts a record into the picture. a is what was made ahead of its arrival.
func (h *hub) takeRecord(fs *feedState, f *feedFile, e source.Event, r *feed.Record, a *picture.Arrival) {
	origin := incident.Origin{File: f.context.File, Line: r.Line, Offset: r.Offset, Generation: h.generation(fs, e)}
	switch r.Kind {
	case feed.Rejected:
		h.store.Reject(fs.label, origin, r.Problems)
	case feed.Excluded:
		h.store.Exclude(fs.label, origin)
	case feed.Heartbeat:
		f.oddities.lookBeside(r, e.At)
		h.store.Heartbeat(fs.label, origin, r.Heartbeat, e.At)
	case feed.Advisory, feed.Position, feed.Aggregate:
		h.store.Warn(fs.label, origin, r.Problems)
		f.oddities.repair(r)
		f.oddities.lookBeside(r, e.At)
		h.takeBeside(fs.label, origin, r, e.At)
	case feed.Incident:
		h.store.Warn(fs.label, origin, r.Problems)
		f.oddities.repair(r)
		f.oddities.look(r, e.At)
		a.Incident, a.Source, a.Origin, a.Received = &r.Incident, fs.label, origin, e.At
		take := h.store.Arrive
		if origin.Generation < f.generation {
			take = h.store.Restore // a late line of a file that was rotated away: it is not what the source holds now
		}
		switch take(*a) {
		case picture.Unchanged:
		case picture.Repeated: // no version of its own
			h.recorder.incident(*a)
		default:
			h.recorder.kept(a, h.store.Kept())
		}
	}
}

func (h *hub) content(fs *feedState, e source.Event, declared time.Time) {
	h.store.Content(fs.label, safetext.Clean(h.relative(e.File)), declared, e.ModTime)
}

// readAgain notes a new content of a source that forgets: what lies between the last content and the
// beginning of this one is a gap.
func (h *hub) readAgain(fs *feedState, content, at time.Time) {
	if fs.profile.Memory != health.Forgets {
		return
	}
	if content.IsZero() || content.After(at) {
		content = at
	}
	from := content.Add(-fs.profile.Reach)
	if !fs.lastRead.IsZero() && from.After(fs.lastRead) {
		h.gap(fs, fs.lastRead, from)
	}
	if content.After(fs.lastRead) {
		fs.lastRead = content
		h.recorder.read(fs.label, content, fs.profile.Reach, at)
	}
}

func (h *hub) gap(fs *feedState, from, to time.Time) {
	fs.facts.Gaps = append(fs.facts.Gaps, incident.Interval{Start: from, End: to})
}
