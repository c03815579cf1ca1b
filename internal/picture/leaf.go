package picture

import (
	"slices"
	"sort"
	"time"
)

// leaf is a sorted run of places, as columns; epoch is the publication before which it was last copied.
type leaf struct {
	secs  []uint32 // the keys, whole seconds from startsFrom
	odd   []int64  // the keys instead, where one of them is none of these
	ids   []ID
	epoch uint64
}

func newLeaf(epoch uint64) *leaf {
	return &leaf{secs: make([]uint32, 0, leafSize), ids: make([]ID, 0, leafSize), epoch: epoch}
}

// seconds is a time as whole seconds from startsFrom; ok is false where it is not to be said so, or is kept for other
// things.
func seconds(nanos int64) (n uint32, ok bool) {
	secs := nanos/int64(time.Second) - startsFrom
	if nanos%int64(time.Second) != 0 || secs < 0 || secs >= inStarts {
		return 0, false
	}
	return uint32(secs), true
}

// fromSeconds is the time, Unix nanoseconds.
func fromSeconds(n uint32) int64 { return (int64(n) + startsFrom) * int64(time.Second) }

func (l *leaf) at(k int) place {
	if l.odd != nil {
		return place{l.odd[k], l.ids[k]}
	}
	return place{fromSeconds(l.secs[k]), l.ids[k]}
}

func (l *leaf) last() place { return l.at(len(l.ids) - 1) }

func (l *leaf) find(p place) (int, bool) {
	at := sort.Search(len(l.ids), func(k int) bool { return comparePlaces(l.at(k), p) >= 0 })
	return at, at < len(l.ids) && l.at(at) == p
}

func (l *leaf) insert(at int, p place) {
	n, whole := seconds(p.key)
	if l.odd == nil && !whole {
		l.odd = make([]int64, len(l.secs), leafSize)
		for k, secs := range l.secs {
			l.odd[k] = fromSeconds(secs)
		}
		l.secs = nil
	}
	if l.odd != nil {
		l.odd = slices.Insert(l.odd, at, p.key)
	} else {
		l.secs = slices.Insert(l.secs, at, n)
	}
	l.ids = slices.Insert(l.ids, at, p.id)
}

// add puts a place behind the others.
func (l *leaf) add(p place) { l.insert(len(l.ids), p) }

// take adds the places of another leaf, from one on.
func (l *leaf) take(o *leaf, from int) *leaf {
	for k := from; k < len(o.ids); k++ {
		l.add(o.at(k))
	}
	return l
}

// cut leaves the first n places.
func (l *leaf) cut(n int) {
	if l.ids = l.ids[:n]; l.odd != nil {
		l.odd = l.odd[:n]
	} else {
		l.secs = l.secs[:n]
	}
}

func (l *leaf) remove(at int) {
	if l.ids = slices.Delete(l.ids, at, at+1); l.odd != nil {
		l.odd = slices.Delete(l.odd, at, at+1)
	} else {
		l.secs = slices.Delete(l.secs, at, at+1)
	}
}
