package picture

import (
	"encoding/binary"

	"vigil/internal/incident"
)

// persons is what a breakdown comes to: the figures that lists, windows, estimates and filters ask for. A
// million records have few different ones, so each is kept once.
type persons struct {
	speaks  bool // the record speaks of people at all
	harms   bool // staff were harmed, counted or not
	may     bool // that they were cannot be excluded
	sure    uint8
	figures [everyoneCount + 1]int // by headcount; sure has a bit for each that is known
	staff   [summed]int            // of the outcomes that windows sum, in their order: those who surely were staff
	certain uint8                  // has a bit for each of staff that is known to be all
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
	p := persons{speaks: len(b) > 0, harms: b.HarmsStaff(), may: b.MayHarmStaff()}
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
	for k := range p.staff {
		n, known := b.FurtherStaff()
		if k < len(summedOutcomes) {
			n, known = b.Staff(summedOutcomes[k])
		}
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

// personsKey is all of a breakdown that figures depend on where it is of at most one entry; 0 for others.
func personsKey(b incident.Breakdown) uint64 {
	if len(b) == 0 {
		return 1 // no count with nothing else is one: see shapeOf
	}
	a := &b[0]
	if len(b) > 1 || int(int32(a.Count)) != a.Count {
		return 0
	}
	shape := shapeOf(a)
	key := uint64(uint32(a.Count)) << 32
	for k, v := range shape {
		key |= uint64(v) << (8 * k)
	}
	if key <= 1 {
		return 0
	}
	return key
}

func (r *rows) personsOf(short uint64, b incident.Breakdown) uint32 {
	if short != 0 {
		if n, known := r.index.shapes[short]; known {
			return n
		}
		n := r.addPersons(b)
		if len(r.index.shapes) < maxShapes {
			r.index.shapes[short] = n
		}
		return n
	}
	key := r.index.key[:0]
	for k := range b {
		shape := shapeOf(&b[k])
		key = binary.AppendVarint(append(key, shape[:]...), int64(b[k].Count))
	}
	r.index.key = key
	if n, known := r.index.crowds[string(key)]; known {
		return n
	}
	n := r.addPersons(b)
	if len(r.index.crowds) < maxShapes {
		r.index.crowds[string(key)] = n
	}
	return n
}

func (r *rows) addPersons(b incident.Breakdown) uint32 {
	p := personsIn(b)
	n, known := r.index.persons[p]
	if !known {
		n = uint32(len(r.persons.list))
		r.index.persons[p] = n
		r.persons.list = append(r.persons.list, p)
	}
	return n
}

// shapeOf is all of an entry that figures depend on, but for its count.
func shapeOf(a *incident.Affected) [4]byte {
	const strange = 1 << 7 // the word is one that no vocabulary has
	mark := func(value uint8, unlisted bool) byte {
		if unlisted {
			return value | strange
		}
		return value
	}
	return [...]byte{
		mark(uint8(a.Population.Value), a.Population.Unlisted()), mark(uint8(a.Recruitment.Value), a.Recruitment.Unlisted()),
		mark(uint8(a.Sex.Value), a.Sex.Unlisted()), mark(uint8(a.Outcome.Value), a.Outcome.Unlisted()),
	}
}
