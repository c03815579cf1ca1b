package picture

import (
	"sync/atomic"

	"vigil/internal/incident"
)

// Texts keeps what versions say, beyond what the rows hold of them: titles, details, links and all that
// is read only when it is shown or searched. Versions have numbers, from 1, in the order of Keep.
//
// Keep is called by the store's owner only. Incident and Place are called by every reader, at the same
// time as Keep and as one another, for numbers that were kept before; what Incident returns is shared
// and must not be changed.
type Texts interface {
	// Keep keeps the incident of a and its place in its file, under the next number. It does not block for long.
	Keep(a *Arrival)
	// Incident is what was kept. An error says why it cannot be read back.
	Incident(n uint32) (*incident.Incident, error)
	// Place is where it stood in its file.
	Place(n uint32) (line int, offset int64)
	// Find makes what tells, for one goroutine, of which records a text cannot be part: May is false only where
	// none of the texts of record n holds text, when ASCII is compared without regard to case and "`" is "'".
	// Countries are told apart from this.
	Find(text string) interface{ May(n uint32) bool }
}

// heap is the Texts of a store that was given no other: everything stays in memory as it is.
type heap struct {
	n      uint32
	chunks atomic.Pointer[[]*[heapChunk]heapText]
}

func newHeap() *heap {
	t := &heap{}
	t.chunks.Store(&[]*[heapChunk]heapText{new([heapChunk]heapText)})
	return t
}

type heapText struct {
	incident *incident.Incident
	line     int
	offset   int64
}

const heapChunk = 1024

func (t *heap) at(n uint32) *heapText {
	return &(*t.chunks.Load())[n/heapChunk][n%heapChunk]
}

func (t *heap) Keep(a *Arrival) {
	t.n++ // from 1
	chunks := *t.chunks.Load()
	if int(t.n/heapChunk) == len(chunks) {
		chunks = append(chunks, new([heapChunk]heapText))
		t.chunks.Store(&chunks)
	}
	*t.at(t.n) = heapText{a.Incident, a.Origin.Line, a.Origin.Offset}
}

func (t *heap) Find(string) interface{ May(n uint32) bool } { return anything{} }

// anything may be anywhere.
type anything struct{}

func (anything) May(uint32) bool { return true }

func (t *heap) Incident(n uint32) (*incident.Incident, error) { return t.at(n).incident, nil }

func (t *heap) Place(n uint32) (line int, offset int64) { return t.at(n).line, t.at(n).offset }
