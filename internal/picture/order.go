package picture

import (
	"cmp"
	"slices"
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
)

// compareItems orders newest first; equal times by later arrival first.
func compareItems(a, b item) int {
	return cmp.Or(cmp.Compare(b.key, a.key), cmp.Compare(b.id, a.id))
}

// leafSize bounds what one insertion moves and what a publication must copy again.
const leafSize = 512

// leaf is a sorted run of items; epoch is the publication before which it was last copied.
type leaf struct {
	items []item
	epoch uint64
}

// order is a sorted list that can be published without being copied: a snapshot shares the leaves,
// and a later change copies only the leaf that it touches.
type order struct {
	leaves []*leaf
	epoch  uint64
	n      int
}

// timeline is a published order: immutable.
type timeline struct {
	leaves []*leaf
	starts []int // position of the first item of each leaf
	n      int
}

func (o *order) publish() timeline {
	t := timeline{leaves: slices.Clone(o.leaves), starts: make([]int, len(o.leaves)), n: o.n}
	at := 0
	for i, l := range t.leaves {
		t.starts[i] = at
		at += len(l.items)
	}
	o.epoch++
	return t
}

// find is the leaf in which it belongs.
func (o *order) find(it item) int {
	i, _ := slices.BinarySearchFunc(o.leaves, it, func(l *leaf, it item) int {
		if compareItems(l.items[len(l.items)-1], it) < 0 {
			return -1
		}
		return 1
	})
	return min(i, len(o.leaves)-1)
}

// own makes leaf i safe to change: published leaves are copied first.
func (o *order) own(i int) *leaf {
	l := o.leaves[i]
	if l.epoch != o.epoch {
		items := make([]item, len(l.items), leafSize)
		copy(items, l.items)
		l = &leaf{items: items, epoch: o.epoch}
		o.leaves[i] = l
	}
	return l
}

func (o *order) insert(it item) {
	o.n++
	if len(o.leaves) == 0 {
		o.leaves = append(o.leaves, &leaf{items: append(make([]item, 0, leafSize), it), epoch: o.epoch})
		return
	}
	i := o.find(it)
	l := o.own(i)
	if len(l.items) == leafSize {
		half := leafSize / 2
		right := &leaf{items: append(make([]item, 0, leafSize), l.items[half:]...), epoch: o.epoch}
		l.items = l.items[:half]
		o.leaves = slices.Insert(o.leaves, i+1, right)
		if compareItems(l.items[half-1], it) < 0 {
			l = right
		}
	}
	at, _ := slices.BinarySearchFunc(l.items, it, compareItems)
	l.items = slices.Insert(l.items, at, it)
}

func (o *order) remove(it item) {
	i := o.find(it)
	l := o.own(i)
	at, found := slices.BinarySearchFunc(l.items, it, compareItems)
	if !found {
		return
	}
	o.n--
	l.items = slices.Delete(l.items, at, at+1)
	if len(l.items) == 0 {
		o.leaves = slices.Delete(o.leaves, i, i+1)
	}
}

// at is the item at position i, newest first.
func (t *timeline) at(i int) item {
	l, found := slices.BinarySearch(t.starts, i)
	if !found {
		l--
	}
	return t.leaves[l].items[i-t.starts[l]]
}

// all yields every item, newest first.
func (t *timeline) all(yield func(item) bool) {
	for _, l := range t.leaves {
		for _, it := range l.items {
			if !yield(it) {
				return
			}
		}
	}
}

// listings finds the item of an incident by its ID; published like the order, block by block.
type listings struct {
	blocks []*listingBlock
	epoch  uint64
}

type listingBlock struct {
	items [blockSize]item
	epoch uint64
}

func (l *listings) set(it item) {
	b := int(it.id) / blockSize
	for len(l.blocks) <= b {
		l.blocks = append(l.blocks, &listingBlock{epoch: l.epoch})
	}
	if l.blocks[b].epoch != l.epoch {
		own := *l.blocks[b]
		own.epoch = l.epoch
		l.blocks[b] = &own
	}
	l.blocks[b].items[int(it.id)%blockSize] = it
}

func (l *listings) publish() listings {
	out := listings{blocks: slices.Clone(l.blocks)}
	l.epoch++
	return out
}

// of is the item of an incident; ok is false for an ID that is not listed.
func (l *listings) of(id ID) (it item, ok bool) {
	b := int(id) / blockSize
	if id == 0 || b >= len(l.blocks) {
		return item{}, false
	}
	it = l.blocks[b].items[int(id)%blockSize]
	return it, it.id != 0
}
