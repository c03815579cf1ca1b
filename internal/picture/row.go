package picture

import (
	"math"
	"sync/atomic"
	"time"

	"vigil/internal/country"
	"vigil/internal/geo"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// row is one version of one incident: what windows, estimates and filters ask of a million of them. It has a
// fixed size and no pointers, so that the garbage collector has nothing to do with it; what it says in
// words is in the [Texts], under the number of its handle. It is written once, before it can be seen by a
// reader.
type row struct {
	hash    fingerprint
	start   uint32 // of the interval, whole seconds from startsFrom, or inStarts; untimed when it is unknown or not believed
	length  uint32 // of the interval in whole seconds, or inLengths
	persons uint32 // index into persons
	nations uint16 // index into nations, or inText
	place   uint16 // index into places, or inText
	admin1  uint16 // index into admin1s, or inText
	traits  traits
	act     incident.Act
	kinds   uint8 // type, status and verification
	grades  uint8 // threat and severity
	holds   uint8 // holder and handling
}

const (
	noTime     = math.MinInt64
	startsFrom = -631152000 // 1950, in Unix seconds: until 2086
	untimed    = math.MaxUint32
	inStarts   = math.MaxUint32 - 1
	inLengths  = math.MaxUint32
	inText     = math.MaxUint16
)

// traits are what the totals and filters ask of a version, worked out once.
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
	isMisplaced  // its position is certainly in none of the countries that it states
	// The word of this field is one that no vocabulary has.
	strangeAct
	strangeThreat
	strangeSeverity
	strangeVerification
	strangeHandling
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
		{misplaced(i), isMisplaced},
		{i.Act.Unlisted(), strangeAct},
		{i.Threat.Unlisted(), strangeThreat},
		{i.Severity.Unlisted(), strangeSeverity},
		{i.Verification.Unlisted(), strangeVerification},
		{i.Handling.Unlisted(), strangeHandling},
	} {
		if c.is {
			t |= c.t
		}
	}
	return t
}

// misplaced reports whether the position and the countries that a record states contradict each other. Which
// of them is wrong nobody can say, so that neither is changed. A country may have held more at the time; a hazard is felt where its position is not.
func misplaced(i *incident.Incident) bool {
	return i.HasPoint && !i.Inferred && i.Class == incident.Occurrence && !i.Hazard() && !i.Act.Value.Hazard() &&
		geo.Outside(i.Point, country.Then(i.Countries, i.Occurred.Start), i.Accuracy)
}

// pack sets the small vocabularies: the type in two bits, the status and the verification in three each, the others in four.
func (r *row) pack(i *incident.Incident) {
	r.act = i.Act.Value
	r.kinds = uint8(i.Type) | uint8(i.Status)<<2 | uint8(i.Verification.Value)<<5
	r.grades = uint8(i.Threat.Value) | uint8(i.Severity.Value)<<4
	r.holds = uint8(i.Holder.Value) | uint8(i.Handling.Value)<<4
}

func (r *row) kind() incident.Type { return incident.Type(r.kinds & 3) }

func (r *row) status() incident.Status { return incident.Status(r.kinds >> 2 & 7) }

func (r *row) verification() incident.Verification { return incident.Verification(r.kinds >> 5) }

func (r *row) threat() incident.Threat { return incident.Threat(r.grades & 15) }

func (r *row) severity() incident.Severity { return incident.Severity(r.grades >> 4) }

func (r *row) holder() incident.Holder { return incident.Holder(r.holds & 15) }

func (r *row) handling() incident.Handling { return incident.Handling(r.holds >> 4) }

// content reports whether the version describes the incident, and does not only cancel it.
func (r *row) content() bool { return r.kind() != incident.Cancel && r.kind() != incident.Withdraw }

// timed reports whether it is known when it happened.
func (r *row) timed() bool { return r.start != untimed }

// nanos is t in Unix nanoseconds; what does not fit is as far away as can be.
func nanos(t time.Time) int64 {
	switch year := t.Year(); {
	case year > 2261:
		return math.MaxInt64
	case year < 1678:
		return math.MinInt64 + 1
	default:
		return t.UnixNano()
	}
}

func fromNanos(n int64) time.Time { return time.Unix(0, n).UTC() }

// The accessors of rows.

// received is when the version arrived.
func (r *rows) received(h handle) time.Time { return fromNanos(r.batch(h).received) }

// source is the index of the source that gave the version.
func (r *rows) source(h handle) int { return r.contents[r.batch(h).content].source }

// origin is where the version was read.
func (r *rows) origin(h handle) incident.Origin {
	c := &r.contents[r.batch(h).content]
	line, offset := r.texts.Place(uint32(h))
	return incident.Origin{File: c.file, Line: line, Offset: offset, Generation: c.generation}
}

// file is the file that the version was read from, and its content.
func (r *rows) file(h handle) (file safetext.Text, generation uint64) {
	c := &r.contents[r.batch(h).content]
	return c.file, c.generation
}

// version is the number that the source gave the version; 0 when none.
func (r *rows) version(h handle) int64 {
	if v := r.block(h).versions.Load(); v != nil {
		return v[h%blockSize]
	}
	return 0
}

// interval is when it happened; zero when that is not known.
func (r *rows) interval(h handle) incident.Interval {
	x := r.at(h)
	if !x.timed() {
		return incident.Interval{}
	}
	start := r.start(h)
	return incident.Interval{Start: fromNanos(start), End: fromNanos(start + r.length(h, x))}
}

// start is when it began, Unix nanoseconds; noTime when that is unknown or not believed.
func (r *rows) start(h handle) int64 {
	switch n := r.at(h).start; n {
	case untimed:
		return noTime
	case inStarts:
		return r.block(h).starts.Load()[h%blockSize]
	default:
		return fromSeconds(n)
	}
}

func (r *rows) length(h handle, x *row) int64 {
	if x.length == inLengths {
		return r.block(h).lengths.Load()[h%blockSize]
	}
	return int64(x.length) * int64(time.Second)
}

// end is when that which has an interval had ended, Unix nanoseconds.
func (r *rows) end(h handle, x *row) int64 { return r.start(h) + r.length(h, x) }

// key is the version's place in the list.
func (r *rows) key(h handle) int64 {
	x := r.at(h)
	if x.traits&isReport == 0 && x.timed() {
		return r.end(h, x)
	}
	if placed, ok := r.placedAt(h); ok {
		return placed
	}
	return r.batch(h).received
}

// placedAt is where in the order stands what did not happen at a time, see placedOf; false where that is its receipt.
func (r *rows) placedAt(h handle) (at int64, ok bool) {
	placed := r.block(h).placed.Load()
	if placed == nil || placed[h%blockSize] == 0 {
		return 0, false
	}
	return placed[h%blockSize], true
}

// activeAt reports whether it is active at t.
func (r *rows) activeAt(h handle, t time.Time) bool {
	x, at := r.at(h), nanos(t)
	if !x.timed() || r.start(h) >= at {
		return false
	}
	if x.traits&lasts != 0 {
		return r.block(h).lasting.Load()[h%blockSize] > at
	}
	return r.end(h, x)+int64(incident.BriefHold) > at
}

// heardUntil is when what is open, and does not say when it was reported, is no longer taken to be active: its last word is its
// receipt. ok is false of everything else.
func (r *rows) heardUntil(h handle) (until int64, ok bool) {
	if r.at(h).traits&lasts == 0 {
		return 0, false
	}
	until = r.block(h).lasting.Load()[h%blockSize]
	return until, until == r.batch(h).received+int64(incident.OngoingHold)
}

// countries are where it happened. The slice must not be changed.
func (r *rows) countries(h handle) []country.Code {
	if n := r.at(h).nations; n != inText {
		return r.nations.at(int(n))
	}
	return r.whole(h).Countries
}

// in reports whether it happened in c.
func (r *rows) in(h handle, c country.Code) bool {
	for _, have := range r.countries(h) {
		if have == c {
			return true
		}
	}
	return false
}

// spot is the place and the first administrative level.
func (r *rows) spot(h handle) spot {
	x := r.at(h)
	if x.place == inText || x.admin1 == inText {
		i := r.whole(h)
		return spot{i.Place, i.Admin1}
	}
	return spot{r.places.at(int(x.place)), r.admin1s.at(int(x.admin1))}
}

// people is what the version says of people affected.
func (r *rows) people(h handle) *persons { return &r.persons.list[r.at(h).persons] }

// whole is all that the version says. It must not be changed.
func (r *rows) whole(h handle) *incident.Incident {
	i, err := r.texts.Incident(uint32(h))
	if err != nil {
		return r.wordless(h, err)
	}
	return i
}

// wordless is what is known of a version whose text cannot be read back.
func (r *rows) wordless(h handle, err error) *incident.Incident {
	x := r.at(h)
	i := &incident.Incident{
		Version: r.version(h), Type: x.kind(), Status: x.status(),
		Threat: incident.Known(x.threat()), Act: incident.Known(x.act), Holder: incident.Known(x.holder()),
		Severity: incident.Known(x.severity()), Verification: incident.Known(x.verification()),
		Handling: incident.Known(x.handling()),
		Title:    safetext.Clean("the text cannot be read back: " + err.Error()),
	}
	if x.nations != inText {
		i.Countries = r.countries(h)
	}
	if x.place != inText {
		i.Place = r.places.at(int(x.place))
	}
	if x.admin1 != inText {
		i.Admin1 = r.admin1s.at(int(x.admin1))
	}
	if x.traits&isReport != 0 {
		i.Class = incident.Report
	}
	if x.timed() {
		i.Occurred = incident.At(fromNanos(r.start(h)))
	}
	return i
}

// compareWeight orders two versions by how bad they are, as [incident.CompareWeight] does.
func (r *rows) compareWeight(a, b handle) int {
	return incident.CompareWeight(r.whole(a), r.whole(b))
}

// ended is when the version ceased to stand (Unix nanoseconds), and the place of that among all such ends,
// by which a picture knows whether it came after its publication; both 0 while the version stands.
func (r *rows) ended(h handle) (at int64, n uint64) {
	e := r.block(h).ends.Load()
	if e == nil {
		return 0, 0
	}
	end := &e[h%blockSize]
	n = end.n.Load()
	return end.at.Load(), n
}

// knownAt reports whether the version had arrived by a knowledge time.
func (r *rows) knownAt(h handle, known int64) bool { return r.batch(h).received <= known }

// stoodAt reports whether the version stood at a knowledge time of the past.
func (r *rows) stoodAt(h handle, known int64) bool {
	if !r.knownAt(h, known) {
		return false
	}
	at, n := r.ended(h)
	return n == 0 || at > known
}

// end of a version: written once, when it ceases to stand.
type end struct {
	at atomic.Int64
	n  atomic.Uint64
}
