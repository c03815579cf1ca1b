package picture

import (
	"maps"
	"slices"
)

// listings finds the item of an incident by its ID; published like the order, block by block.
type listings struct {
	blocks []*listingBlock
	epoch  uint64
	veiled map[ID]bool // of a picture of the past: what is restricted by now, see veil.go
}

type listingBlock struct {
	last  page[handle]   // by step 1
	other map[int]handle // shown, of those of which that is not the last
	marks [blockSize]marks
	epoch uint64
}

const handleStep handle = 1

func (b *listingBlock) shown(k int) handle {
	if h, other := b.other[k]; other {
		return h
	}
	return b.last.at(k, handleStep)
}

func (b *listingBlock) show(k int, shown handle) {
	switch {
	case shown == b.last.at(k, handleStep):
		delete(b.other, k)
	case b.other == nil:
		b.other = map[int]handle{k: shown}
	default:
		b.other[k] = shown
	}
}

func (l *listings) set(it item) {
	b, k := l.own(it.id)
	b.last.set(k, handleStep, it.last)
	b.show(k, it.shown)
	b.marks[k] = it.marks
}

// setHead notes the newest version of an incident, listed or not.
func (l *listings) setHead(id ID, last handle) {
	b, k := l.own(id)
	if b.last.at(k, handleStep) == last {
		return
	}
	shown := b.shown(k)
	b.last.set(k, handleStep, last)
	b.show(k, shown)
}

// head is the newest version of an incident; 0 when nothing of it has arrived.
func (l *listings) head(id ID) handle {
	if b := int(id) / blockSize; b < len(l.blocks) {
		return l.blocks[b].last.at(int(id)%blockSize, handleStep)
	}
	return 0
}

// own makes what is kept of an incident safe to change: published blocks are copied first.
func (l *listings) own(id ID) (*listingBlock, int) {
	b := int(id) / blockSize
	for len(l.blocks) <= b {
		l.blocks = append(l.blocks, &listingBlock{epoch: l.epoch})
	}
	if l.blocks[b].epoch != l.epoch {
		own := *l.blocks[b]
		own.epoch, own.last, own.other = l.epoch, own.last.own(), maps.Clone(own.other)
		l.blocks[b] = &own
	}
	return l.blocks[b], int(id) % blockSize
}

func (l *listings) publish() listings {
	out := listings{blocks: slices.Clone(l.blocks), veiled: l.veiled}
	l.epoch++
	return out
}

// of is the item of an incident, but for its key; ok is false for an ID that is not listed.
func (l *listings) of(id ID) (it item, ok bool) {
	b := int(id) / blockSize
	if id == 0 || b >= len(l.blocks) {
		return item{}, false
	}
	k, block := int(id)%blockSize, l.blocks[b]
	it = item{id: id, shown: block.shown(k), last: block.last.at(k, handleStep), marks: block.marks[k]}
	return it, it.shown != 0
}

// items yields the incidents listed, newest first.
func (p *Picture) items(yield func(item) bool) {
	for at := range p.timeline.all {
		it, _ := p.listed.of(at.id)
		it.key = at.key
		if !yield(it) {
			return
		}
	}
}
