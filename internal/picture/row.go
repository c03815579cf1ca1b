package picture

import (
	"sync/atomic"
	"time"

	"vigil/internal/incident"
	"vigil/internal/risk"
)

// row is one version of one incident. All of it but ended is written once, before the row can be
// seen by a reader.
type row struct {
	incident *incident.Incident
	hash     incident.Hash
	id       ID
	source   int // index into the store's sources
	origin   incident.Origin
	received time.Time
	interval incident.Interval // zero when the time is unknown or not believed
	evidence risk.Evidence     // what the estimate makes of it, worked out once
	traits   traits
	// supersedes is the version that this one replaced; 0 is none.
	supersedes handle
	// endedAt is when the version ceased to stand (Unix nanoseconds), and ended the place of that among
	// all such ends, by which a picture knows whether it came after its publication; both 0 while the
	// version stands.
	endedAt atomic.Int64
	ended   atomic.Uint64
}

// traits are what the totals ask of a version, worked out once.
type traits uint16

const (
	isHazard traits = 1 << iota
	isForecast
	isRefuted
	isRestricted
	usesUnlisted // a word that no vocabulary has
	isPlaceless  // in no country that we know
	lasts        // has a duration, ended or not
	isReport     // what was written about something, and not what happened
)

func traitsOf(i *incident.Incident) traits {
	var t traits
	for _, c := range [...]struct {
		is bool
		t  traits
	}{
		{i.Hazard(), isHazard},
		{i.Forecast(), isForecast},
		{i.Verification.Is(incident.Refuted), isRefuted},
		{i.Restricted(), isRestricted},
		{unlisted(i), usesUnlisted},
		{len(i.Countries) == 0, isPlaceless},
		{i.Ongoing || !i.Until.IsZero(), lasts},
		{i.Class == incident.Report, isReport},
	} {
		if c.is {
			t |= c.t
		}
	}
	return t
}

// stoodAt reports whether the version stood at a knowledge time of the past.
func (r *row) stoodAt(known int64) bool {
	if r.received.UnixNano() > known {
		return false
	}
	return r.ended.Load() == 0 || r.endedAt.Load() > known
}

// content reports whether the version describes the incident, and does not only cancel it.
func (r *row) content() bool {
	return r.incident.Type != incident.Cancel && r.incident.Type != incident.Withdraw
}

// key is the version's place in the list.
func (r *row) key() int64 {
	if r.traits&isReport != 0 {
		return told(r).UnixNano()
	}
	if r.interval.IsZero() {
		return r.received.UnixNano()
	}
	return r.interval.End.UnixNano()
}

const blockSize = 1024

// rows is an append-only sequence in blocks: growing never moves a row, so a published header
// stays valid while the owner appends.
type rows struct {
	blocks []*[blockSize]row
	n      int // rows, the unused handle 0 included
}

func newRows() rows { return rows{blocks: []*[blockSize]row{new([blockSize]row)}, n: 1} }

func (r *rows) at(h handle) *row { return &r.blocks[h/blockSize][h%blockSize] }

// next is the row that add will hand out.
func (r *rows) add() (handle, *row) {
	h := handle(r.n)
	if r.n%blockSize == 0 {
		r.blocks = append(r.blocks, new([blockSize]row))
	}
	r.n++
	return h, r.at(h)
}
