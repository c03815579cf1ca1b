package picture

import (
	"slices"
	"time"

	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/problem"
)

// Counts say what became of the records that a source holds now:
// Records = Incidents + Reports + Updates + Duplicates + Conflicts + Cancels + Advisories + Positions +
// Aggregates + Rejected + Excluded.
type Counts struct {
	Records, Incidents, Reports, Updates, Duplicates, Conflicts, Cancels int
	Advisories, Positions, Aggregates, Rejected, Excluded                int
}

// Sum is what Records must be.
func (c *Counts) Sum() int {
	return c.Incidents + c.Reports + c.Updates + c.Duplicates + c.Conflicts + c.Cancels +
		c.Advisories + c.Positions + c.Aggregates + c.Rejected + c.Excluded
}

func (c *Counts) add(o *Counts) {
	c.Records += o.Records
	c.Incidents += o.Incidents
	c.Reports += o.Reports
	c.Updates += o.Updates
	c.Duplicates += o.Duplicates
	c.Conflicts += o.Conflicts
	c.Cancels += o.Cancels
	c.Advisories += o.Advisories
	c.Positions += o.Positions
	c.Aggregates += o.Aggregates
	c.Rejected += o.Rejected
	c.Excluded += o.Excluded
}

// fileState is what one file of a source holds in its present content.
type fileState struct {
	source     *sourceState
	generation uint64
	counts     Counts
	// Of an append-only file: the versions that this content has given, the first and the further ones.
	seen pages[handle]
	also map[ID][]handle
	// Of a file that is read whole: what the content being read says of each incident, in the order in
	// which they come; and what the last content read says of them in the end.
	said      map[ID][]claim
	order     []ID
	listed    map[ID][]fingerprint
	held      bool // listed is counted among what the source holds; what the intake remembers is not
	problems  []problem.Problem
	nproblems int
	oldest    time.Time // of what it proves that its source knew of
	newest    time.Time // newest reported or occurred time, never a forecast or a disbelieved one
	declared  time.Time // the content time that the content itself states
	modified  time.Time
	refused   *problem.Problem // the whole file could not be used; what it held before stands
	doubted   int              // missing, but a record could not be read: perhaps one of them
	withdrawn int              // because this content does not list them
	missing   []ID             // no longer listed by a complete source, once; a second equal read withdraws them
	// What it gives beside incidents: as it stands, of the content being read, and what a complete source
	// has ceased to list, once.
	stock, coming stock
	leaving       []level.Advisory
	stocked       bool // a content of it has settled
	unlisted      int  // advisories of the stock that the content does not list
}

func newFile(src *sourceState, generation uint64) *fileState {
	return &fileState{
		source: src, generation: generation, seen: pages[handle]{step: 1},
		also: map[ID][]handle{}, said: map[ID][]claim{}, listed: map[ID][]fingerprint{},
	}
}

// mention is what one content has said of an incident before the record at hand.
type mention struct {
	any     bool
	same    bool  // the same content
	version int64 // of the first record
	ended   bool  // the first record was an update or a cancel
}

// before is what an append-only content has said of an incident.
func (f *fileState) before(s *Store, id ID, hash fingerprint) mention {
	h := f.seen.at(id)
	if h == 0 {
		return mention{}
	}
	first := s.rows.at(h)
	t := mention{any: true, same: first.hash == hash, version: s.rows.version(h), ended: first.kind() != incident.New}
	for _, also := range f.also[id] {
		t.same = t.same || s.rows.at(also).hash == hash
	}
	return t
}

// classify counts the record among what this content holds, by this content alone: the counts are
// the same whatever the desk knew before.
func (c *Counts) classify(i *incident.Incident, before mention) {
	switch {
	case before.same:
		c.Duplicates++
	case i.Type >= incident.Cancel:
		c.Cancels++
	case !before.any && i.Type == incident.Update:
		c.Updates++
	case !before.any:
		*c.of(i)++
	case i.Type == incident.Update, i.Version != before.version:
		c.Updates++
	case before.ended:
		*c.of(i)++ // the record that an earlier update or cancel spoke of
	default:
		c.Conflicts++
	}
}

// of is the count of first records of the class.
func (c *Counts) of(i *incident.Incident) *int {
	if i.Class == incident.Report {
		return &c.Reports
	}
	return &c.Incidents
}

// see notes that this content holds version h of the incident.
func (f *fileState) see(src *sourceState, id ID, h handle) {
	first := f.seen.at(id)
	switch {
	case first == 0:
		f.seen.set(id, h)
		src.hold(id)
	case first != h && !slices.Contains(f.also[id], h):
		f.also[id] = append(f.also[id], h)
	}
}

// hold counts one more file that holds the incident.
func (s *sourceState) hold(id ID) {
	n := s.ever.at(id)
	if n == 0 {
		n = gave
		s.given++
	}
	if s.ever.set(id, n+1); n == gave {
		s.listed++
	}
}

// gives notes that the source has given the incident, whether a file still holds it or not.
func (s *sourceState) gives(id ID) {
	if s.ever.at(id) == 0 {
		s.ever.set(id, gave)
		s.given++
	}
}

// holds is how many files hold the incident.
func (s *sourceState) holds(id ID) int { return max(0, int(s.ever.at(id))-gave) }

// release takes a file's old content out of what the source holds.
func (s *sourceState) release(f *fileState) {
	drop := func(id ID) {
		n := s.ever.at(id) - 1
		if s.ever.set(id, n); n == gave {
			s.listed--
		}
	}
	for id := range f.seen.all {
		drop(id)
	}
	if f.held {
		for id := range f.listed {
			drop(id)
		}
	}
}

// time keeps the newest time that the content speaks of, and how far back the source's knowledge goes. A time that cannot be
// believed refreshes nothing.
func (f *fileState) time(p *prepared) {
	if p.newest.After(f.newest) {
		f.newest = p.newest
	}
	f.reaches(p.proven)
}

// remembers notes the newest time that a remembered record speaks of.
func (s *sourceState) remembers(p *prepared) {
	if p.newest.After(s.last) {
		s.last = p.newest
	}
}

// newest is the later of last and what a record speaks of.
func newest(last time.Time, i *incident.Incident, received time.Time) time.Time {
	for _, t := range [...]time.Time{i.Reported, i.Occurred.Start} {
		if t.After(last) && !t.After(received.Add(incident.FutureTolerance)) {
			last = t
		}
	}
	return last
}

// proven is the time that a record proves its source to have known of: not the beginning of a year of
// which one day is meant.
func proven(i *incident.Incident, received time.Time) time.Time {
	if iv, ok := i.Interval(received); ok {
		return iv.End
	}
	if i.Reported.After(received) {
		return time.Time{}
	}
	return i.Reported
}

func (f *fileState) complain(what []problem.Problem) {
	for _, p := range what {
		f.nproblems++
		if len(f.problems) < ProblemsKept {
			f.problems = append(f.problems, p)
		}
	}
}
