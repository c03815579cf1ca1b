package picture

import (
	"hash/maphash"
	"time"

	"vigil/internal/incident"
)

// prepared is what follows from a record alone, whatever else the store holds. It is most of the work of taking a
// record in, and whoever decodes records on several processors can have it done there: see [Store.Prepare].
type prepared struct {
	by     *Store // whose seeds the hashes are by; nil when nothing was prepared
	hash   fingerprint
	tag    uint32 // of the name
	timed  bool
	row    row       // but for when, and for what the store gives: what it indexes
	start  int64     // of the interval, Unix nanoseconds
	length int64     // of the interval in nanoseconds
	lasts  int64     // until when what lasts is active, Unix nanoseconds
	placed int64     // where in the order what has no time stands, see placedOf; Unix nanoseconds
	newest time.Time // that it speaks of, and that can be believed
	proven time.Time // that it proves its source to have known of
	// Keys of what the store keeps once: see rowIndex.
	place, admin1, nations, persons uint64
}

// Prepare works out what follows from the record of an arrival alone, so that Arrive and Restore need not: they do it
// themselves where nobody has. It may be called by any goroutine at any time, for an arrival of its own, whose Incident and
// Received are then not to change.
func (s *Store) Prepare(a *Arrival) {
	a.prepared = prepared{by: s}
	s.seeds.prepare(&a.prepared, a.Incident, a.Received)
}

// prepare is Prepare where nobody has.
func (s *Store) prepare(a *Arrival) {
	if a.prepared.by != s {
		s.Prepare(a)
	}
}

// seeds are of the running program's own, so that nobody can make two records or names of which the hashes are equal. They
// never change.
type seeds struct{ content, name, place, admin1 maphash.Seed }

func newSeeds() seeds {
	return seeds{maphash.MakeSeed(), maphash.MakeSeed(), maphash.MakeSeed(), maphash.MakeSeed()}
}

// fingerprint is a hash of what a record says. It is compared only among the versions of one incident.
type fingerprint uint64

// canonicalSize holds what most records say.
const canonicalSize = 1 << 10

func (s *seeds) fingerprint(i *incident.Incident) fingerprint {
	var buf [canonicalSize]byte
	return fingerprint(maphash.Bytes(s.content, i.AppendCanonical(buf[:0])))
}

// tag is 32 bits by which a name is looked up.
func (s *seeds) tag(name incident.Identity) uint32 {
	authority, id := maphash.String(s.name, name.Authority.String()), maphash.String(s.name, name.ID.String())
	return uint32((authority<<1 ^ id) >> 16)
}

func (s *seeds) prepare(p *prepared, i *incident.Incident, received time.Time) {
	p.hash, p.tag = s.fingerprint(i), s.tag(i.Identity)
	p.row = row{hash: p.hash, start: untimed, traits: traitsOf(i)}
	p.row.pack(i)
	iv, timed := i.Interval(received)
	p.newest, p.proven = newest(time.Time{}, i, received), proven(i, received)
	if p.timed = timed; timed {
		p.start = nanos(iv.Start)
		p.length = nanos(iv.End) - p.start
	}
	if timed && p.row.traits&lasts != 0 {
		p.lasts = nanos(activeUntil(i, received, iv))
	}
	if p.row.traits&isReport != 0 || !timed {
		p.placed = nanos(placedOf(i, received, iv))
	}
	p.place = maphash.String(s.place, i.Place.String())
	p.admin1 = maphash.String(s.admin1, i.Admin1.String())
	p.nations, p.persons = nationsKey(i.Countries), personsKey(i.Affected)
}

// placedOf is where in the order stands what did not happen at a time: a report when it was told; what is only expected, by
// when it is over, if that is past; anything else when it was reported, else when it came.
func placedOf(i *incident.Incident, received time.Time, iv incident.Interval) time.Time {
	if i.Future(received) {
		return received // of what is not believed nothing else is either
	}
	at := told(i.Reported, received, iv)
	if i.Forecast() {
		if over := expectedEnd(i.ExpectedFrom, i.ExpectedTo); over.Before(at) {
			return over
		}
	}
	return at
}

// expectedEnd is when what is expected is over, as far as a record says.
func expectedEnd(from, to incident.When) time.Time {
	if end := to.End(); !to.IsZero() && end.After(from.Start) {
		return end
	}
	return from.End()
}
