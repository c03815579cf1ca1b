package picture

import (
	"slices"
	"sort"
	"time"
)

// changelog is the change log, append-only; a copy of it is a snapshot. What a million first readings change
// would be a million long entries, so that versions which follow one another with the same effect are one run.
type changelog struct {
	n      int
	runs   []run // all but the last
	last   run
	others []Change // what is in no run
}

// run is either versions that follow one another, each brought by a change of the same effect, or one other
// change.
type run struct {
	first  int // position in the changelog
	n      int
	from   handle // the first version; 0 for a change that stands in others
	effect Effect
	other  int // index into others
}

// add appends a change.
func (l *changelog) add(c *Change, rows *rows) {
	if c.Kind == IncidentChanged && !c.Withdrawn && c.version != 0 &&
		rows.id(c.version) == c.id && c.At.Equal(rows.received(c.version)) {
		l.brought(c.version, c.Effect)
		return
	}
	own := *c
	own.Seq = l.n + 1
	l.others = append(l.others, own)
	l.begin(run{other: len(l.others) - 1})
}

// brought appends the change that the arrival of a version was.
func (l *changelog) brought(h handle, effect Effect) {
	if l.last.from != 0 && l.last.effect == effect && l.last.from+handle(l.last.n) == h {
		l.last.n++
		l.n++
		return
	}
	l.begin(run{from: h, effect: effect, other: -1})
}

func (l *changelog) begin(r run) {
	if l.n > 0 {
		l.runs = append(l.runs, l.last)
	}
	r.first, r.n = l.n, 1
	l.last = r
	l.n++
}

// at is the change at a position from 0.
func (l *changelog) at(position int, rows *rows) Change {
	r := &l.last
	if position < l.last.first {
		r = &l.runs[sort.Search(len(l.runs), func(k int) bool { return l.runs[k].first > position })-1]
	}
	if r.from == 0 {
		return l.others[r.other]
	}
	h := r.from + handle(position-r.first)
	return Change{Seq: position + 1, At: rows.received(h), Kind: IncidentChanged, id: rows.id(h), version: h, Effect: r.effect}
}

// until is the part of the log that was known at a time of the past. Entries are not quite in the order of
// their times: what is restored keeps the time of then.
func (l *changelog) until(known time.Time, rows *rows) changelog {
	var part changelog
	for k := range l.n {
		if c := l.at(k, rows); !c.At.After(known) {
			part.add(&c, rows)
		}
	}
	return part
}

// backward yields the changes that are not of incidents, newest first.
func (l *changelog) backward(yield func(*Change) bool) {
	for k := range slices.Backward(l.others) {
		if l.others[k].Kind != IncidentChanged && !yield(&l.others[k]) {
			return
		}
	}
}
