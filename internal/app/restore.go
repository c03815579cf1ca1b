package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/go-json-experiment/json"

	"vigil/internal/feed"
	"vigil/internal/feed/formats"
	"vigil/internal/incident"
	"vigil/internal/intake"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/saying"
	"vigil/internal/source"
)

// memory is what reading the intake back came to.
type memory struct {
	entries   int
	unknown   int // kinds of a newer version
	damaged   int // entries that could not be understood
	trouble   saying.Saying
	formats   map[string]string
	generated uint64 // the highest generation seen
}

// restore reads the intake back into the store, for as long as goOn, which is asked now and then and told how many bytes
// were read, allows. Damage never stops the desk: what can be read is there, and what cannot is said.
func (h *hub) restore(dir string, goOn func(read int64) bool) memory {
	m := memory{formats: map[string]string{}}
	// A process that began later has higher generations, also than one that still runs beside it.
	h.base = uint64(max(0, h.clock().Unix()))
	for r, err := range replayed(dir) {
		var bad *intake.EntryError
		switch {
		case errors.As(err, &bad):
			m.damaged++
			continue
		case errors.Is(err, fs.ErrNotExist):
			return m
		case err != nil:
			m.trouble = saying.Of("the intake could be read in part only: %s", err)
			continue
		}
		if m.entries++; m.entries%askEvery == 0 && !goOn(r.read) {
			break
		}
		m.generated = max(m.generated, r.entry.Origin.Generation)
		if err := h.remember(&m, r); err != nil {
			m.damaged++
		}
	}
	h.store.EndRestore()
	if m.damaged+m.unknown > 0 && m.trouble.IsZero() {
		m.trouble = saying.Of("the intake has %s that could not be understood and %d of a newer version", saying.Count(m.damaged, "entry", "entries"), m.unknown)
	}
	h.base = max(h.base, m.generated)
	return m
}

// askEvery is how many entries are read back between two questions whether to go on.
const askEvery = 1024

func (h *hub) remember(m *memory, r *recalled) error {
	e := r.entry
	switch e.Kind {
	case intake.KindIncident:
		return h.rememberIncident(r)
	case intake.KindWithdraw:
		return decodeInto(e, func(w withdrawForm) {
			h.store.RestoreWithdrawal(e.Source, incident.Identity{Authority: w.Authority, ID: w.ID}, e.Received)
		})
	case intake.KindLevel:
		set, err := decodeLevels(e.Payload)
		if err == nil {
			h.store.SetLevels(set, e.Received)
			h.levels.last, h.levels.before, h.levels.held = encodeLevels(set), set, true
		}
		return err
	case intake.KindPresence:
		ledger, err := decodePresence(e.Payload)
		if err == nil {
			h.store.SetPresence(picture.PresenceSet{Ledger: ledger}, e.Received)
			h.presence.last, h.presence.before, h.presence.held = encodePresence(&ledger), ledger, true
		}
		return err
	case intake.KindRead:
		return decodeInto(e, func(r readForm) { h.rememberRead(e, r) })
	case intake.KindGap:
		return decodeInto(e, func(g gapForm) { h.gap(h.feed(e.Source), g.From, g.To) })
	case intake.KindAdvisory:
		set, err := decodeAdvisories(e.Payload)
		if err == nil {
			h.store.RestoreAdvisories(e.Source, set, e.Received)
		}
		return err
	case kindSource:
		return decodeInto(e, func(s sourceForm) { h.rememberSource(m, e.Source, s.Format) })
	case intake.KindRepair, intake.KindKey:
		return nil
	default:
		m.unknown++
		return nil
	}
}

func decodeInto[T any](e intake.Entry, use func(T)) error {
	var v T
	if err := json.Unmarshal(e.Payload, &v); err != nil {
		return fmt.Errorf("intake entry %d: %w", e.Seq, err)
	}
	use(v)
	return nil
}

func (h *hub) rememberIncident(r *recalled) error {
	if !r.ok || r.record.Kind != feed.Incident {
		return fmt.Errorf("intake entry %d holds no incident", r.entry.Seq)
	}
	e := &r.entry
	// Its memory is used again; what stands of a content read whole is decided later.
	i := r.record.Incident
	h.store.Restore(picture.Arrival{
		Incident: &i, Source: e.Source, Received: e.Received, Line: r.line, Context: r.context,
		Origin: incident.Origin{
			File: r.context.File, Line: e.Origin.Line, Offset: e.Origin.Offset, Generation: e.Origin.Generation,
		},
	})
	return nil
}

// rememberSource declares a source as it was, before its records are restored: what its contents
// mean depends on it.
func (h *hub) rememberSource(m *memory, label, format string) {
	m.formats[label] = format
	h.recorder.remembers(label, format)
	fs := h.feed(label)
	f, ok := formats.ByName(format)
	if !ok {
		return
	}
	for i := range h.config.Sources {
		if c := &h.config.Sources[i]; sourceLabel(c) == label {
			h.configure(fs, f, c, source.Event{File: c.Path})
			fs.format, fs.was = nil, f // to be told again when its file is read
			return
		}
	}
	h.configure(fs, f, nil, source.Event{})
	fs.format, fs.was = nil, f
}

func (h *hub) rememberRead(e intake.Entry, r readForm) {
	fs := h.feed(e.Source)
	reach, err := time.ParseDuration(r.Reach)
	if err != nil {
		return
	}
	if from := r.Content.Add(-reach); !fs.lastRead.IsZero() && from.After(fs.lastRead) {
		h.gap(fs, fs.lastRead, from)
	}
	if r.Content.After(fs.lastRead) {
		fs.lastRead = r.Content
	}
	h.store.Heard(e.Source, e.Received)
}

// missed looks for files that were replaced or truncated since the last collector read them: what it had
// not read is a gap. Files that still begin as they did are simply read on.
func (h *hub) missed(dir string) {
	state, err := intake.ReadState(dir)
	if err != nil {
		return // no collector has ever run, or its state is lost: the intake itself still stands
	}
	var last stateForm
	if err := state.Decode(&last); err != nil {
		h.configs.trouble = append(h.configs.trouble, saying.Of("state.json cannot be read: %s", err))
		return
	}
	for _, key := range sortedKeys(last.Read) {
		file, pos := statePath(key), last.Read[key]
		path := file
		if !filepath.IsAbs(path) {
			path = filepath.Join(h.paths.Dir, filepath.FromSlash(file))
		}
		stands, err := pos.Stands(path)
		if err == nil && !stands && !h.rotatedAway(path, pos) {
			h.lost(file, pos.At)
			continue
		}
		h.recorder.position(file, pos) // until it is read again; what cannot be read says so itself then
	}
}

// rotatedAway reports whether what had been read of a log lies beside it under the name of a rotation, in
// feeds/, where all files are read: nothing is lost then.
func (h *hub) rotatedAway(path string, pos source.Position) bool {
	dir, base := filepath.Split(path)
	if filepath.Clean(dir) != filepath.Clean(h.paths.Feeds) {
		return false
	}
	files, err := os.ReadDir(dir)
	return err == nil && slices.ContainsFunc(files, func(f fs.DirEntry) bool {
		if !source.Rotated(base, f.Name()) {
			return false
		}
		stands, err := pos.Stands(filepath.Join(dir, f.Name()))
		return err == nil && stands
	})
}

// lost notes a gap of a file that was replaced while nobody watched.
func (h *hub) lost(file string, since time.Time) {
	now := h.clock()
	for _, label := range h.labels() {
		if !h.holds(label, file) {
			continue
		}
		fs := h.feed(label)
		h.gap(fs, since, now)
		h.store.Observe(label, fs.facts)
		h.recorder.gap(label, since, now, safetext.Const("replaced or truncated while no collector watched"), now)
	}
}

// holds reports whether a file belongs to the source.
func (h *hub) holds(label, file string) bool {
	for i := range h.config.Sources {
		if s := &h.config.Sources[i]; claims(h.paths.Dir, s.Path, filepath.Join(h.paths.Dir, filepath.FromSlash(file))) {
			return sourceLabel(s) == label
		}
	}
	return stem(file) == label || file == label
}
