package picture

import (
	"cmp"
	"slices"
	"sort"
)

// item is one incident in the list, newest first.
type item struct {
	key   int64 // the latest time at which it may have happened, else when it was received; Unix nanoseconds
	id    ID
	shown handle // the version shown: the worst of those that stand
	last  handle // the newest version; older ones hang on it by supersedes
	marks marks
}

// marks are the states of an incident that change over its life; they stand in the list, not in
// the rows, because rows never change.
type marks uint8

const (
	conflicting marks = 1 << iota // versions that contradict each other stand side by side
	cancelled                     // its source cancelled it
	withdrawn                     // its source withdrew it, or no longer lists it where it lists all
	held                          // an update or a cancel whose target is unknown
	elsewhere                     // it is told with another incident, and not listed: see replace.go
	within                        // another source's incident leads the event that it tells of, and is listed: see event.go
	several                       // it leads an event that several incidents tell of
	perhaps                       // others are proposed to tell of the same event
)

const (
	// unlisted incidents are found with another one.
	unlistedMarks = elsewhere | within
	eventMarks    = within | several | perhaps
)

// place is where an incident stands in the list.
type place struct {
	key int64
	id  ID
}

func (it item) place() place { return place{it.key, it.id} }

// comparePlaces orders newest first; equal times by later arrival first.
func comparePlaces(a, b place) int {
	return cmp.Or(cmp.Compare(b.key, a.key), cmp.Compare(b.id, a.id))
}

// leafSize bounds what one insertion moves and what a publication must copy again.
const leafSize = 512

// order is a sorted list that can be published without being copied: a snapshot shares the leaves,
// and a later change copies only the leaf that it touches.
type order struct {
	leaves []*leaf
	epoch  uint64
	n      int
	coming []place // inserted, and not in a leaf yet
}

// timeline is a published order: immutable.
type timeline struct {
	leaves []*leaf
	starts []int // position of the first place of each leaf
	n      int
}

func (o *order) publish() timeline {
	o.settle()
	t := timeline{leaves: slices.Clone(o.leaves), starts: make([]int, len(o.leaves)), n: o.n}
	at := 0
	for i, l := range t.leaves {
		t.starts[i] = at
		at += len(l.ids)
	}
	o.epoch++
	return t
}

// find is the leaf in which it belongs.
func (o *order) find(p place) int {
	i := sort.Search(len(o.leaves), func(k int) bool { return comparePlaces(o.leaves[k].last(), p) >= 0 })
	return min(i, len(o.leaves)-1)
}

// own makes leaf i safe to change: published leaves are copied first.
func (o *order) own(i int) *leaf {
	l := o.leaves[i]
	if l.epoch != o.epoch {
		l = newLeaf(o.epoch).take(l, 0)
		o.leaves[i] = l
	}
	return l
}

// insert adds a place. Those that come together are put in their leaves together.
func (o *order) insert(p place) {
	o.n++
	o.coming = append(o.coming, p)
	if len(o.coming) >= together {
		o.settle()
	}
}

// together is how many places wait at most to be put in their leaves. Fewer than few are not worth merging.
const (
	together = 4 * leafSize
	few      = 16
)

// settle puts the places that wait into their leaves.
func (o *order) settle() {
	coming := o.coming
	if len(coming) == 0 {
		return
	}
	if len(coming) < few {
		for _, p := range coming {
			o.put(p)
		}
	} else {
		if comparePlaces(coming[0], coming[len(coming)-1]) > 0 {
			slices.Reverse(coming) // a feed comes oldest first
		}
		slices.SortFunc(coming, comparePlaces)
		for len(coming) > 0 {
			coming = o.merge(coming)
		}
	}
	o.coming = o.coming[:0]
	if cap(o.coming) > together {
		o.coming = nil
	}
}

// merge puts the first of the sorted places into their leaf, with those after them that belong there, and gives the others.
func (o *order) merge(coming []place) (rest []place) {
	if len(o.leaves) == 0 {
		o.leaves = append(o.leaves, newLeaf(o.epoch))
		o.fill(0, coming, false)
		return nil
	}
	i, n := o.find(coming[0]), len(coming)
	if end := len(o.leaves) - 1; i < end {
		last := o.leaves[i].last()
		n = sort.Search(n, func(k int) bool { return comparePlaces(coming[k], last) > 0 })
	}
	own, old := make([]place, 0, len(o.leaves[i].ids)+n), o.leaves[i]
	at := 0
	for k := range old.ids {
		p := old.at(k)
		for at < n && comparePlaces(coming[at], p) < 0 {
			own = append(own, coming[at])
			at++
		}
		own = append(own, p)
	}
	own = append(own, coming[at:n]...)
	o.fill(i, own, i == 0 && own[0] == coming[0])
	return coming[n:]
}

// fill makes leaf i of sorted places, and as many more leaves behind it as they need. Those at the end of the list to which a
// feed adds stay full; others share evenly, so that what comes between them finds room.
func (o *order) fill(i int, places []place, atFront bool) {
	n := (len(places) + leafSize - 1) / leafSize
	fresh := make([]*leaf, n)
	for k := range fresh {
		size := (len(places) + n - k - 1) / (n - k)
		switch {
		case atFront && n > 1:
			size = len(places) - (n-k-1)*leafSize
		case i == len(o.leaves)-1:
			size = min(leafSize, len(places))
		}
		l := newLeaf(o.epoch)
		for _, p := range places[:size] {
			l.add(p)
		}
		fresh[k], places = l, places[size:]
	}
	o.leaves = slices.Replace(o.leaves, i, i+1, fresh...)
}

// put puts one place into its leaf.
func (o *order) put(p place) {
	if len(o.leaves) == 0 {
		o.leaves = append(o.leaves, newLeaf(o.epoch))
		o.leaves[0].insert(0, p)
		return
	}
	i := o.find(p)
	full := len(o.leaves[i].ids) == leafSize
	switch end := len(o.leaves) - 1; {
	case full && i == 0 && comparePlaces(p, o.leaves[0].at(0)) < 0:
		// A feed comes in the order of its times: what is full at either end stays full.
		o.leaves = slices.Insert(o.leaves, 0, newLeaf(o.epoch))
	case full && i == end && comparePlaces(o.leaves[end].last(), p) < 0:
		o.leaves = append(o.leaves, newLeaf(o.epoch))
		i++
	case full && i < end && len(o.leaves[i+1].ids) <= roomy:
		i = o.share(i, p)
	case full:
		i = o.split(i, p)
	}
	l := o.own(i)
	at, _ := l.find(p)
	l.insert(at, p)
}

// roomy is how many places a leaf may have for its neighbour to give it some of its own instead of being divided, which
// keeps leaves fuller.
const roomy = leafSize * 7 / 8

// share moves some of a full leaf to the next, and gives the one in which p belongs.
func (o *order) share(i int, p place) int {
	l, next := o.own(i), o.leaves[i+1]
	keep := leafSize - (leafSize-len(next.ids)+1)/2
	o.leaves[i+1] = newLeaf(o.epoch).take(l, keep).take(next, 0)
	l.cut(keep)
	if comparePlaces(l.last(), p) < 0 {
		return i + 1
	}
	return i
}

// split divides a full leaf, and gives the half in which p belongs.
func (o *order) split(i int, p place) int {
	const half = leafSize / 2
	l := o.own(i)
	right := newLeaf(o.epoch).take(l, half)
	l.cut(half)
	o.leaves = slices.Insert(o.leaves, i+1, right)
	if comparePlaces(l.last(), p) < 0 {
		return i + 1
	}
	return i
}

func (o *order) remove(p place) {
	o.settle()
	if len(o.leaves) == 0 {
		return
	}
	i := o.find(p)
	l := o.own(i)
	at, found := l.find(p)
	if !found {
		return
	}
	o.n--
	l.remove(at)
	if len(l.ids) == 0 {
		o.leaves = slices.Delete(o.leaves, i, i+1)
	}
}

// at is the place at position i, newest first.
func (t *timeline) at(i int) place {
	l, found := slices.BinarySearch(t.starts, i)
	if !found {
		l--
	}
	return t.leaves[l].at(i - t.starts[l])
}

// all yields every place, newest first.
func (t *timeline) all(yield func(place) bool) {
	for _, l := range t.leaves {
		for k := range l.ids {
			if !yield(l.at(k)) {
				return
			}
		}
	}
}
