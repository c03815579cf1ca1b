package picture

import (
	"io"
	"slices"
	"time"

	"vigil/internal/incident"
)

// Arrival is one record that a source gave.
type Arrival struct {
	Incident *incident.Incident
	Source   string
	Origin   incident.Origin
	Received time.Time
	// Line and Context are what the incident was decoded from, where whoever keeps the texts can decode it
	// again; they are read while the arrival is taken in, and not kept.
	Line    string
	Context any
	// Content, where it is set, is what Line was read from, at the Offset of Origin, and can still be read.
	Content io.ReaderAt

	prepared prepared
}

// Effect is what an arrival did to the picture.
type Effect uint8

// The effects.
const (
	Unchanged  Effect = iota // its content was known
	Added                    // an incident nobody had reported under this identity
	Updated                  // it took the place of what stood
	Outdated                 // a lower version than what stands: kept, not shown
	Repeated                 // its content was known, under a lower version: later versions are held against it
	Conflicted               // it contradicts what stands: both are kept
	Cancelled                // it cancelled or withdrew the incident
	Excluded                 // exercise or test on a real desk, actual on an exercise desk, or a draft or a message of systems on any
)

// entry is one incident while it is worked on: all versions that arrived under one identity. What the store
// keeps of each is only its newest version, from which the rest nearly always follows.
type entry struct {
	id       ID
	standing []handle // versions not superseded; more than one is a conflict
	last     handle   // the newest version; the others hang on it by supersedes
	version  int64    // the highest that any record of it carried
	one      [1]handle
}

// open is an incident as the store knows it. What is changed of it must be shut again.
func (s *Store) open(id ID) *entry {
	e := &entry{id: id, last: s.listed.head(id)}
	if e.last == 0 {
		return e
	}
	if odd, is := s.standing[id]; is {
		e.standing = odd
	} else {
		e.one[0] = e.last
		e.standing = e.one[:]
	}
	e.version = max(s.raised[id], s.highest(e.last))
	return e
}

// highest is the highest version number of an incident's versions.
func (s *Store) highest(last handle) (v int64) {
	for h := last; h != 0; h = s.rows.before(h) {
		v = max(v, s.rows.version(h))
	}
	return v
}

// shut keeps what has changed of an incident.
func (s *Store) shut(e *entry) {
	if s.listed.head(e.id) == 0 && e.last != 0 {
		delete(s.names.unsaid, e.id)
	}
	s.listed.setHead(e.id, e.last)
	if len(e.standing) == 1 && e.standing[0] == e.last {
		delete(s.standing, e.id)
	} else if e.last != 0 {
		s.standing[e.id] = slices.Clone(e.standing)
	}
	if e.version > s.highest(e.last) {
		s.raised[e.id] = e.version
	}
}

// Arrive takes one record in. Identity, versions and conflicts are decided as "Identity and
// versions" of the product's promises says; the counts of the source follow. A record of a content that
// is read whole is decided with all others of it, by Finish, and is Unchanged until then.
func (s *Store) Arrive(a Arrival) Effect {
	s.arriving = a // so that its address can be passed on without an allocation for each
	effect := s.arrive(&s.arriving)
	s.arriving = Arrival{}
	return effect
}

func (s *Store) arrive(a *Arrival) Effect {
	s.prepare(a)
	src := s.source(a.Source)
	f := src.file(a.Origin)
	f.counts.Records++
	f.time(&a.prepared)
	src.heard(a.Received)
	src.saw(a.Incident.Countries)
	if s.excludes(a.Incident) {
		f.counts.Excluded++
		return s.exclude(a)
	}
	whole := src.profile.Memory != accumulates
	id := s.identifyBy(a, !whole)
	s.foresee(a.Incident)
	if whole {
		a.Line, a.Context, a.Content = "", nil, nil // they are gone when the content is whole
		f.hear(id, claim{*a})
		return Unchanged
	}
	f.counts.classify(a.Incident, f.before(s, id, a.prepared.hash))
	h, effect := s.take(a, id)
	f.see(src, id, h)
	return effect
}

// Restore takes in what the intake remembers, in its order. It is decided like an arrival, with the time
// and generation of then, and is in no count of what the source holds now. EndRestore must follow the last.
func (s *Store) Restore(a Arrival) Effect {
	s.arriving = a
	effect := s.restore(&s.arriving)
	s.arriving = Arrival{}
	return effect
}

func (s *Store) restore(a *Arrival) Effect {
	s.prepare(a)
	src := s.source(a.Source)
	src.heard(a.Received)
	src.saw(a.Incident.Countries)
	src.reaches(a.prepared.proven)
	src.remembers(&a.prepared)
	if s.excludes(a.Incident) {
		return s.exclude(a)
	}
	whole := src.profile.Memory != accumulates
	id := s.identifyBy(a, !whole)
	s.foresee(a.Incident)
	src.gives(id)
	if whole {
		a.Line, a.Context, a.Content = "", nil, nil
		s.remember(src, id, claim{*a})
		return Unchanged
	}
	_, effect := s.take(a, id)
	return effect
}

// excludes reports whether a record's status keeps it out of this desk's picture.
func (s *Store) excludes(i *incident.Incident) bool {
	switch i.Status {
	case incident.System, incident.Draft:
		return true
	default:
		return (i.Status != incident.Actual) != s.options.Desk.Exercise
	}
}

func (s *Store) exclude(a *Arrival) Effect {
	key := exclusion{a.Incident.Identity, a.prepared.hash}
	if s.seenExcluded[key] {
		return Unchanged
	}
	s.seenExcluded[key] = true
	h := s.write(a, 0, 0)
	s.excluded = append(s.excluded, h)
	return Excluded
}

// take decides what the record does to its incident, and returns the version that holds its
// content.
func (s *Store) take(a *Arrival, id ID) (handle, Effect) {
	if s.listed.head(id) == 0 && a.Incident.Type < incident.Cancel && len(a.Incident.Replaces) == 0 && s.outlived[id] == nil {
		return s.takeFirst(a, id), Added
	}
	e := s.open(id)
	if h, known := s.recall(e, a); known {
		if a.Incident.Version > e.version {
			e.version = a.Incident.Version
			s.shut(e)
			return h, Repeated
		}
		return h, Unchanged
	}
	h := s.write(a, id, e.last)
	e.last = h
	effect := s.judge(e, id, a)
	if effect == Outdated {
		s.end(h, a.Received)
	} else {
		e.standing = append(e.standing, h)
	}
	s.shut(e)
	s.relist(id)
	s.replace(a, id, h)
	s.brought(h, effect)
	s.generation++
	return h, effect
}

// takeFirst is take for the first that arrives of an incident which no other incident has named, where nothing has to be
// decided: of a large file, nearly every record.
func (s *Store) takeFirst(a *Arrival, id ID) handle {
	h := s.write(a, id, 0)
	it := item{key: s.rows.key(h), id: id, shown: h, last: h, marks: held | s.tellings.marks(id)}
	if a.Incident.Type == incident.New {
		it.marks &^= held
	}
	if len(s.names.unsaid) > 0 {
		delete(s.names.unsaid, id)
	}
	s.order.insert(it.place())
	s.listed.set(it)
	s.stir(id)
	s.brought(h, Added)
	s.generation++
	return h
}

// recall finds a version of the same content, if the record says nothing new by repeating it.
func (s *Store) recall(e *entry, a *Arrival) (handle, bool) {
	hash := a.prepared.hash
	for _, h := range e.standing {
		if s.rows.at(h).hash == hash {
			return h, true
		}
	}
	for h := e.last; h != 0; h = s.rows.before(h) {
		r := s.rows.at(h)
		if r.hash != hash {
			continue
		}
		return h, !s.returns(e, a)
	}
	return 0, false
}

// returns reports whether a record that repeats a version which no longer stands brings it back: one
// of a higher version, or an update that came later than what stands. Anything else is only the same
// file read again.
func (s *Store) returns(e *entry, a *Arrival) bool {
	switch {
	case a.Incident.Version > 0 && e.version > 0 && a.Incident.Version != e.version:
		return a.Incident.Version > e.version
	case a.Incident.Type != incident.Update:
		return false
	default:
		return !slices.ContainsFunc(e.standing, func(h handle) bool { return !s.follows(a, h) })
	}
}

// follows reports whether an update came after a version that stands: further down the same content, or,
// where the file was begun anew, with a later report.
func (s *Store) follows(a *Arrival, h handle) bool {
	if file, generation := s.rows.file(h); file == a.Origin.File && generation == a.Origin.Generation {
		return a.Origin.Offset > s.rows.origin(h).Offset
	}
	return a.Incident.Reported.After(s.rows.whole(h).Reported)
}

// judge decides how a new version stands to the old ones, and ends those that it replaces.
func (s *Store) judge(e *entry, id ID, a *Arrival) Effect {
	if s.replaced(id, a.Incident.Version, s.source(a.Source).index) {
		e.version = max(e.version, a.Incident.Version)
		return Outdated
	}
	if len(e.standing) == 0 {
		e.version = max(e.version, a.Incident.Version)
		if a.Incident.Type >= incident.Cancel {
			return Cancelled
		}
		return s.isNews(a.Incident)
	}
	newest := e.version
	e.version = max(newest, a.Incident.Version)
	versioned := a.Incident.Version > 0 && newest > 0
	switch {
	case versioned && a.Incident.Version < newest:
		return Outdated
	case versioned && a.Incident.Version > newest, a.Incident.Type != incident.New:
		s.endAll(e, a.Received)
	case s.awaited(e):
		return s.arriveLate(e)
	}
	switch {
	case a.Incident.Type >= incident.Cancel:
		return Cancelled
	case len(e.standing) > 0:
		return Conflicted
	default:
		return Updated
	}
}

// awaited reports whether nothing but updates and cancels of this incident had arrived: the record
// that they spoke of does not contradict them.
func (s *Store) awaited(e *entry) bool {
	for h := s.rows.before(e.last); h != 0; h = s.rows.before(h) {
		if s.rows.at(h).kind() == incident.New {
			return false
		}
	}
	return true
}

// arriveLate places the awaited record: behind an update, which says more; beside a cancel, whose
// content it is.
func (s *Store) arriveLate(e *entry) Effect {
	for _, h := range e.standing {
		if s.rows.at(h).content() {
			return Outdated
		}
	}
	return Updated
}

func (s *Store) endAll(e *entry, at time.Time) {
	for _, h := range e.standing {
		s.end(h, at)
	}
	e.standing = e.standing[:0]
}

func (s *Store) end(h handle, at time.Time) {
	s.ends++
	s.rows.setEnded(h, at, s.ends)
}

// write appends a version.
func (s *Store) write(a *Arrival, id ID, supersedes handle) handle {
	return s.rows.add(a, id, s.source(a.Source).index, supersedes)
}
