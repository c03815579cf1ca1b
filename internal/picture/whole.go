package picture

import (
	"slices"
	"time"

	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// A file that is read whole is decided as a whole: what its content says of an incident in the end is
// compared with what stands, so that the same content read again, in whatever order and after whatever
// restart, changes nothing.

// claim is what one record of a whole content says.
type claim struct{ Arrival }

func (c *claim) hash() fingerprint { return c.prepared.hash }

// hear takes a record of the content that is being read.
func (f *fileState) hear(id ID, c claim) {
	claims := f.said[id]
	var before mention
	if len(claims) > 0 {
		first := claims[0].Incident
		before = mention{any: true, version: first.Version, ended: first.Type != incident.New}
		before.same = slices.ContainsFunc(claims, func(o claim) bool { return o.hash() == c.hash() })
	} else {
		f.order = append(f.order, id)
	}
	f.counts.classify(c.Incident, before)
	f.said[id] = append(claims, c)
}

// upshot is what the records of one content come to: those that stand in the end, by the rules of
// identity and versions.
func upshot(claims []claim) (standing []claim) {
	var version int64
	based := false // a new record was among those before
	for _, c := range claims {
		i := c.Incident
		versioned := i.Version > 0 && version > 0
		older, newer := versioned && i.Version < version, versioned && i.Version > version
		version = max(version, i.Version)
		if older || slices.ContainsFunc(standing, func(o claim) bool { return o.hash() == c.hash() }) {
			continue
		}
		awaited := i.Type == incident.New && len(standing) > 0 && !based
		based = based || i.Type == incident.New
		switch {
		case newer, i.Type != incident.New:
			standing = standing[:0]
		case awaited && slices.ContainsFunc(standing, func(o claim) bool { return o.Incident.Type == incident.Update }):
			continue // behind an update, which says more
		}
		standing = append(standing, c)
	}
	return standing
}

// Finish ends a content that was read whole, and returns the records that changed the picture, for the
// intake. Where the source lists everything, incidents that it no longer lists are marked missing.
func (s *Store) Finish(label string, file safetext.Text, at time.Time) []Arrival {
	src := s.source(label)
	f := src.files[file]
	if f == nil || src.profile.Memory == accumulates {
		return nil
	}
	src.release(f)
	f.held, f.listed = true, make(map[ID][]fingerprint, len(f.order))
	for _, id := range f.order {
		for _, c := range upshot(f.said[id]) {
			f.listed[id] = append(f.listed[id], c.hash())
		}
		src.hold(id)
	}
	var news []Arrival
	for _, id := range f.order {
		news = append(news, s.adopt(src, file, id, f.said[id], at)...)
	}
	f.said, f.order = map[ID][]claim{}, nil
	s.generation++
	s.miss(src, f)
	return news
}

// restoring gathers what the intake remembers of one content: it was recorded together, all that the
// content said of each incident that it changed, and is decided together again.
type restoring struct {
	source     *sourceState
	file       safetext.Text
	generation uint64
	order      []ID
	said       map[ID][]claim
}

func (s *Store) remember(src *sourceState, id ID, c claim) {
	r := &s.restoring
	if r.source != src || r.file != c.Origin.File || r.generation != c.Origin.Generation {
		s.EndRestore()
		*r = restoring{source: src, file: c.Origin.File, generation: c.Origin.Generation, said: map[ID][]claim{}}
	}
	if _, any := r.said[id]; !any {
		r.order = append(r.order, id)
	}
	r.said[id] = append(r.said[id], c)
}

// EndRestore decides what is left of what was restored.
func (s *Store) EndRestore() {
	r := s.restoring
	s.restoring = restoring{}
	if r.source == nil {
		return
	}
	f := r.source.file(incident.Origin{File: r.file, Generation: r.generation})
	for _, id := range r.order {
		claims := r.said[id]
		f.listed[id] = nil
		for _, c := range upshot(claims) {
			f.listed[id] = append(f.listed[id], c.hash())
		}
		s.adopt(r.source, r.file, id, claims, claims[0].Received)
	}
	s.generation++
}

// miss notes what a source that lists everything no longer lists. Where a record could not be read
// nothing is missing for sure: one of them may be it. Where there is no record at all the export is more likely to have failed
// than the world to have changed.
func (s *Store) miss(src *sourceState, f *fileState) {
	f.missing, f.doubted = nil, 0
	if src.profile.Memory != health.Complete {
		return
	}
	for id := range src.ever.all {
		if src.holds(id) == 0 && s.standsFrom(src, id) {
			f.missing = append(f.missing, id)
		}
	}
	slices.Sort(f.missing)
	if f.counts.Rejected > 0 || f.counts.Records == 0 && !src.info.EmptyOK {
		f.missing, f.doubted = nil, len(f.missing)
	}
}

// adopt makes what stands of an incident agree with what the source's files now say of it. If that is
// news it returns all that the content says of it, so that the intake knows what stood together.
func (s *Store) adopt(src *sourceState, file safetext.Text, id ID, claims []claim, at time.Time) (news []Arrival) {
	e := s.open(id)
	var top int64
	for _, c := range claims {
		top = max(top, c.Incident.Version)
	}
	standing := upshot(claims)
	changed := false
	if top > 0 && top < e.version {
		standing = nil // an older content: the highest version wins
	} else {
		changed = s.dismiss(e, src, file, id, at)
		standing = slices.DeleteFunc(standing, func(c claim) bool { return s.replaced(id, c.Incident.Version, s.source(c.Source).index) })
	}
	for _, c := range claims {
		if _, known := s.version(e, c.hash()); known && !s.wanting(e, standing, c.hash()) {
			continue
		}
		changed = true
		s.admit(e, id, c, slices.ContainsFunc(standing, func(o claim) bool { return o.hash() == c.hash() }), at)
	}
	e.version = max(e.version, top)
	s.shut(e)
	if changed {
		for _, c := range claims {
			news = append(news, c.Arrival)
		}
	}
	return news
}

// dismiss ends the versions that no file of the source gives any more, and reports whether there were
// any. Of a file that has not been read since the start nobody can say.
func (s *Store) dismiss(e *entry, src *sourceState, file safetext.Text, id ID, at time.Time) bool {
	before := len(e.standing)
	e.standing = slices.DeleteFunc(e.standing, func(h handle) bool {
		from, _ := s.rows.file(h)
		known := from == file || src.files[from] != nil
		if s.sources[s.rows.source(h)] != src || !known || src.says(id, s.rows.at(h).hash) {
			return false
		}
		s.end(h, at)
		return true
	})
	if len(e.standing) == before {
		return false
	}
	s.shut(e)
	s.relist(id)
	if len(e.standing) > 0 { // a conflict that the source has resolved
		s.record(Change{At: at, Kind: IncidentChanged, id: id, version: s.shownOf(id), Effect: Updated})
	}
	return true
}

// says reports whether some present content of the source gives a version in the end.
func (s *sourceState) says(id ID, hash fingerprint) bool {
	for _, f := range s.files {
		if slices.Contains(f.listed[id], hash) {
			return true
		}
	}
	return false
}

// wanting reports whether a version should stand and does not.
func (s *Store) wanting(e *entry, standing []claim, hash fingerprint) bool {
	return slices.ContainsFunc(standing, func(c claim) bool { return c.hash() == hash }) &&
		!slices.ContainsFunc(e.standing, func(h handle) bool { return s.rows.at(h).hash == hash })
}

// version finds a version of the same content, whether it stands or not.
func (s *Store) version(e *entry, hash fingerprint) (handle, bool) {
	for h := e.last; h != 0; h = s.rows.before(h) {
		if s.rows.at(h).hash == hash {
			return h, true
		}
	}
	return 0, false
}

// admit writes a version. One that does not stand is history: it came with its successor.
func (s *Store) admit(e *entry, id ID, c claim, stands bool, at time.Time) {
	first := e.last == 0
	h := s.write(&c.Arrival, id, e.last)
	e.last = h
	effect := Outdated
	if stands {
		if c.Incident.Type != incident.New || c.Incident.Version > e.version && e.version > 0 {
			s.endOthers(e, c, at)
		}
		e.standing = append(e.standing, h)
		effect = s.standingEffect(e, c, first)
	} else {
		s.end(h, at)
	}
	s.shut(e)
	s.relist(id)
	s.replace(&c.Arrival, id, h)
	s.brought(h, effect)
}

// endOthers ends what other sources said: a higher version, an update and a cancel hold against all.
func (s *Store) endOthers(e *entry, c claim, at time.Time) {
	e.standing = slices.DeleteFunc(e.standing, func(h handle) bool {
		if s.rows.source(h) == s.source(c.Source).index {
			return false
		}
		s.end(h, at)
		return true
	})
}

func (s *Store) standingEffect(e *entry, c claim, first bool) Effect {
	switch {
	case c.Incident.Type >= incident.Cancel:
		return Cancelled
	case first:
		return s.isNews(c.Incident)
	case len(e.standing) > 1:
		return Conflicted
	default:
		return Updated
	}
}
