package picture

import (
	"encoding/binary"
	"sort"
	"sync/atomic"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

const blockSize = 1024

// block is a run of rows. What few versions have is beside them, made with the first that has it. The rows are an
// allocation of their own because they are of a size that is then not rounded up.
type block struct {
	rows *[blockSize]row
	// The rows are nearly always of incidents that follow one another: their IDs are shift less than their handles, unless
	// ids says otherwise.
	shift    handle
	ids      atomic.Pointer[[blockSize]ID]
	batch    uint32                            // that of the first row
	befores  atomic.Pointer[[blockSize]handle] // the version that each followed; 0 is none
	starts   atomic.Pointer[[blockSize]int64]  // of intervals that do not begin at whole seconds, Unix nanoseconds
	versions atomic.Pointer[[blockSize]int64]
	lasting  atomic.Pointer[[blockSize]int64] // until when what lasts is active, Unix nanoseconds
	lengths  atomic.Pointer[[blockSize]int64] // of intervals that are not of whole seconds, nanoseconds
	placed   atomic.Pointer[[blockSize]int64] // where in the order what has no time, and a report, stands, Unix nanoseconds
	ends     atomic.Pointer[[blockSize]end]
}

// besides is the column, made if it is not there. Only the owner of the store calls it.
func besides[T any](column *atomic.Pointer[[blockSize]T]) *[blockSize]T {
	if column.Load() == nil {
		column.Store(new([blockSize]T))
	}
	return column.Load()
}

// content is one content of one file of a source; batch is what arrived of it at one time.
type content struct {
	source     int
	file       safetext.Text
	generation uint64
}

type batch struct {
	content  uint32
	first    handle // of its rows, which follow one another
	received int64  // Unix nanoseconds
}

// spot is where in a country.
type spot struct{ place, admin1 safetext.Text }

// rows is an append-only sequence in blocks: growing never moves a row, so a published header
// stays valid while the owner appends. The same holds for what rows index.
type rows struct {
	blocks   []*block
	n        int // rows, the unused handle 0 included
	texts    Texts
	batches  []batch
	contents []content
	nations  words[[]country.Code]
	places   words[safetext.Text]
	admin1s  words[safetext.Text]
	persons  breakdowns
	index    *rowIndex
}

// rowIndex is the owner's: it finds what rows index.
type rowIndex struct {
	contents map[content]uint32
	nations  map[uint64]uint16 // by nationsKey
	unions   map[string]uint16 // of countries that have none
	places   map[uint64]uint16 // by a hash of the text
	admin1s  map[uint64]uint16
	persons  map[persons]uint32
	shapes   map[uint64]uint32 // by personsKey: persons by the breakdown they were worked out from
	crowds   map[string]uint32 // of breakdowns that have none
	key      []byte
	content  uint32 // the one asked for last
}

// words are what is said again and again, each once.
type words[T any] struct{ list []T }

func (w *words[T]) at(n int) T { return w.list[n] }

func newRows(texts Texts) rows {
	return rows{
		blocks: []*block{{rows: new([blockSize]row)}}, n: 1, texts: texts,
		index: &rowIndex{
			contents: map[content]uint32{}, nations: map[uint64]uint16{}, unions: map[string]uint16{},
			places: map[uint64]uint16{}, admin1s: map[uint64]uint16{},
			persons: map[persons]uint32{}, shapes: map[uint64]uint32{}, crowds: map[string]uint32{},
		},
	}
}

func (r *rows) block(h handle) *block { return r.blocks[h/blockSize] }

func (r *rows) at(h handle) *row { return &r.blocks[h/blockSize].rows[h%blockSize] }

// add appends a version, of an arrival that is prepared.
func (r *rows) add(a *Arrival, id ID, source int, before handle) handle {
	h := handle(r.n)
	batch := r.batchOf(h, content{source, a.Origin.File, a.Origin.Generation}, nanos(a.Received))
	if r.n%blockSize == 0 {
		r.blocks = append(r.blocks, &block{rows: new([blockSize]row), shift: h - handle(id), batch: batch})
	}
	r.n++
	i, p, x := a.Incident, &a.prepared, r.at(h)
	*x = p.row
	r.setID(h, id)
	if before != 0 {
		besides(&r.block(h).befores)[h%blockSize] = before
	}
	x.persons, x.nations = r.personsOf(p.persons, i.Affected), r.nationsOf(p.nations, i.Countries)
	x.place = index(&r.places, r.index.places, p.place, i.Place)
	x.admin1 = index(&r.admin1s, r.index.admin1s, p.admin1, i.Admin1)
	if p.timed {
		r.setInterval(h, x, p.start, p.length)
	}
	if i.Version != 0 {
		besides(&r.block(h).versions)[h%blockSize] = i.Version
	}
	if p.timed && x.traits&lasts != 0 {
		besides(&r.block(h).lasting)[h%blockSize] = p.lasts
	}
	if (x.traits&isReport != 0 || !p.timed) && p.placed != nanos(a.Received) {
		besides(&r.block(h).placed)[h%blockSize] = p.placed
	}
	r.texts.Keep(a)
	return h
}

// activeUntil is when what lasts is no longer taken to be active, by the rules of
// [incident.Incident.ActiveAt].
func activeUntil(i *incident.Incident, received time.Time, iv incident.Interval) time.Time {
	if !i.Until.IsZero() {
		return i.Until.End()
	}
	last := i.LastWord(received)
	if last.Before(iv.Start) {
		last = iv.Start
	}
	return last.Add(incident.OngoingHold)
}

func (r *rows) setInterval(h handle, x *row, start, length int64) {
	if secs, whole := seconds(start); whole {
		x.start = secs
	} else {
		x.start = inStarts
		besides(&r.block(h).starts)[h%blockSize] = start
	}
	if secs := length / int64(time.Second); length >= 0 && length%int64(time.Second) == 0 && secs < inLengths {
		x.length = uint32(secs)
		return
	}
	x.length = inLengths
	besides(&r.block(h).lengths)[h%blockSize] = length
}

// setEnded notes that the version has ceased to stand.
func (r *rows) setEnded(h handle, at time.Time, n uint64) {
	e := &besides(&r.block(h).ends)[h%blockSize]
	e.at.Store(nanos(at))
	e.n.Store(n)
}

// id is the incident of which it is a version; 0 for what is excluded.
func (r *rows) id(h handle) ID {
	b := r.block(h)
	if ids := b.ids.Load(); ids != nil {
		return ids[h%blockSize]
	}
	return ID(h - b.shift)
}

func (r *rows) setID(h handle, id ID) {
	b := r.block(h)
	ids := b.ids.Load()
	if ids == nil {
		if ID(h-b.shift) == id {
			return
		}
		ids = new([blockSize]ID)
		for old := h - h%blockSize; old < h; old++ {
			ids[old%blockSize] = ID(old - b.shift)
		}
		ids[h%blockSize] = id
		b.ids.Store(ids)
		return
	}
	ids[h%blockSize] = id
}

// before is the version after which it came; 0 for the first of an incident.
func (r *rows) before(h handle) handle {
	if b := r.block(h).befores.Load(); b != nil {
		return b[h%blockSize]
	}
	return 0
}

// batch is what the version arrived with.
func (r *rows) batch(h handle) *batch {
	k := int(h / blockSize)
	from, to := int(r.blocks[k].batch), len(r.batches)
	if k+1 < len(r.blocks) {
		to = min(to, int(r.blocks[k+1].batch)+1)
	}
	// Most often it is the first or the last: many rows arrive at once.
	if to-from > 1 && r.batches[from+1].first <= h {
		if r.batches[to-1].first <= h {
			from = to - 1
		} else {
			from += sort.Search(to-from, func(n int) bool { return r.batches[from+n].first > h }) - 1
		}
	}
	return &r.batches[from]
}

func (r *rows) batchOf(h handle, c content, received int64) uint32 {
	n := r.index.content
	if int(n) >= len(r.contents) || r.contents[n] != c {
		var known bool
		if n, known = r.index.contents[c]; !known {
			n = uint32(len(r.contents))
			r.index.contents[c] = n
			r.contents = append(r.contents, c)
		}
		r.index.content = n
	}
	last := len(r.batches) - 1
	if last < 0 || r.batches[last].content != n || r.batches[last].received != received {
		r.batches = append(r.batches, batch{n, h, received})
		last++
	}
	return uint32(last)
}

// nationsKey is all of a list of countries where that fits; 0 for longer ones.
func nationsKey(list []country.Code) uint64 {
	const most = 3
	if len(list) > most {
		return 0
	}
	key := uint64(len(list) + 1)
	for _, c := range list {
		key = key<<16 | uint64(c)
	}
	return key
}

func (r *rows) nationsOf(short uint64, list []country.Code) uint16 {
	if short != 0 {
		n, known := r.index.nations[short]
		if !known {
			if n = r.addNations(list); n != inText {
				r.index.nations[short] = n
			}
		}
		return n
	}
	key := r.index.key[:0]
	for _, c := range list {
		key = binary.LittleEndian.AppendUint16(key, uint16(c))
	}
	r.index.key = key
	n, known := r.index.unions[string(key)]
	if !known {
		if n = r.addNations(list); n != inText {
			r.index.unions[string(key)] = n
		}
	}
	return n
}

func (r *rows) addNations(list []country.Code) uint16 {
	if len(r.nations.list) == inText {
		return inText
	}
	r.nations.list = append(r.nations.list, append([]country.Code(nil), list...))
	return uint16(len(r.nations.list) - 1)
}

// index is the place of a text among those that are said again and again, at most [inText] of them. Of two with the
// same hash the second is not among them.
func index(w *words[safetext.Text], known map[uint64]uint16, hash uint64, t safetext.Text) uint16 {
	n, is := known[hash]
	if is && w.list[n] == t {
		return n
	}
	if is || len(w.list) == inText {
		return inText
	}
	n = uint16(len(w.list))
	known[hash] = n
	w.list = append(w.list, t.Clone())
	return n
}
