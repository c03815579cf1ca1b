package picture

import (
	"encoding/binary"

	"vigil/internal/incident"
)

// persons is what a breakdown comes to: the figures that lists, windows, estimates and filters ask for. A
// million records have few different ones, so each is kept once.
type persons struct {
	speaks  bool // the record speaks of people at all
	harms   bool // staff were harmed, or may have been
	sure    uint8
	figures [everyoneCount + 1]int // by headcount; sure has a bit for each that is known
	staff   [len(summedOutcomes)]int
	certain uint8 // has a bit for each of staff that is known
}

// headcount is one of the figures.
type headcount uint8

const (
	killedCount headcount = iota
	injuredCount
	abductedCount
	detainedCount
	nationalCount
	internationalCount
	everyoneCount
)

var cuts = [...]incident.Cut{
	killedCount: {Outcome: incident.Killed}, injuredCount: {Outcome: incident.Injured},
	abductedCount: {Outcome: incident.Abducted}, detainedCount: {Outcome: incident.Detained},
	nationalCount: {Recruitment: incident.National}, internationalCount: {Recruitment: incident.International},
	everyoneCount: {},
}

func personsIn(b incident.Breakdown) persons {
	p := persons{speaks: len(b) > 0, harms: b.HarmsStaff()}
	if !p.speaks {
		return p
	}
	for k, cut := range cuts {
		n, known := b.Figure(cut)
		p.figures[k] = n
		if known {
			p.sure |= 1 << k
		}
	}
	for k, o := range summedOutcomes {
		n, known := b.Staff(o)
		p.staff[k] = n
		if known {
			p.certain |= 1 << k
		}
	}
	return p
}

// figure is one of the figures; known is false when the record cannot say.
func (p *persons) figure(k headcount) (n int, known bool) { return p.figures[k], p.sure>>k&1 != 0 }

// count is the figure as rows show it.
func (p *persons) count(k headcount) Count { return figure(p.figure(k)) }

// breakdowns are all persons of the store, each once, and append-only.
type breakdowns struct{ list []persons }

// maxShapes is how many breakdowns are remembered with what they come to, so that it need not be worked out
// again.
const maxShapes = 1 << 16

func (r *rows) personsOf(b incident.Breakdown) uint32 {
	key := r.index.key[:0]
	for k := range b {
		key = appendShape(key, &b[k])
	}
	r.index.key = key
	if n, known := r.index.shapes[string(key)]; known {
		return n
	}
	p := personsIn(b)
	n, known := r.index.persons[p]
	if !known {
		n = uint32(len(r.persons.list))
		r.index.persons[p] = n
		r.persons.list = append(r.persons.list, p)
	}
	if len(r.index.shapes) < maxShapes {
		r.index.shapes[string(key)] = n
	}
	return n
}

// appendShape appends all of an entry that figures depend on.
func appendShape(key []byte, a *incident.Affected) []byte {
	const strange = 1 << 7 // the word is one that no vocabulary has
	mark := func(value uint8, unlisted bool) byte {
		if unlisted {
			return value | strange
		}
		return value
	}
	key = append(key,
		mark(uint8(a.Population.Value), a.Population.Unlisted()), mark(uint8(a.Recruitment.Value), a.Recruitment.Unlisted()),
		mark(uint8(a.Sex.Value), a.Sex.Unlisted()), mark(uint8(a.Outcome.Value), a.Outcome.Unlisted()))
	return binary.AppendVarint(key, int64(a.Count))
}
