package picture

import (
	"time"

	"vigil/internal/incident"
	"vigil/internal/problem"
)

// Counts say what became of the records that a source holds now:
// Records = Incidents + Updates + Duplicates + Conflicts + Cancels + Rejected + Excluded.
type Counts struct {
	Records, Incidents, Updates, Duplicates, Conflicts, Cancels, Rejected, Excluded int
}

func (c *Counts) add(o *Counts) {
	c.Records += o.Records
	c.Incidents += o.Incidents
	c.Updates += o.Updates
	c.Duplicates += o.Duplicates
	c.Conflicts += o.Conflicts
	c.Cancels += o.Cancels
	c.Rejected += o.Rejected
	c.Excluded += o.Excluded
}

// fileState is what one file of a source holds in its present content.
type fileState struct {
	source     *sourceState
	generation uint64
	counts     Counts
	seen       map[ID]handle
	also       map[ID][]handle // further versions of one incident within this content
	problems   []problem.Problem
	nproblems  int
	newest     time.Time // newest reported or occurred time, never a forecast or a disbelieved one
	declared   time.Time // the content time that the content itself states
	modified   time.Time
	refused    *problem.Problem // the whole file could not be used; what it held before stands
	doubted    int              // missing, but a record could not be read: perhaps one of them
	missing    []ID             // no longer listed by a complete source, once; a second equal read withdraws them
}

func (f *fileState) holds(id ID, h handle) bool {
	if f.seen[id] == h {
		return true
	}
	for _, a := range f.also[id] {
		if a == h {
			return true
		}
	}
	return false
}

// classify counts the record among what this content holds, by this content alone: the counts are
// the same whatever the desk knew before.
func (f *fileState) classify(s *Store, id ID, hash incident.Hash, i *incident.Incident) {
	first, seen := f.seen[id]
	switch {
	case seen && f.said(s, id, hash):
		f.counts.Duplicates++
	case i.Type >= incident.Cancel:
		f.counts.Cancels++
	case !seen && i.Type == incident.Update:
		f.counts.Updates++
	case !seen:
		f.counts.Incidents++
	case i.Type == incident.Update, i.Version != s.rows.at(first).incident.Version:
		f.counts.Updates++
	case s.rows.at(first).incident.Type != incident.New:
		f.counts.Incidents++ // the record that an earlier update or cancel spoke of
	default:
		f.counts.Conflicts++
	}
}

func (f *fileState) said(s *Store, id ID, hash incident.Hash) bool {
	if s.rows.at(f.seen[id]).hash == hash {
		return true
	}
	for _, h := range f.also[id] {
		if s.rows.at(h).hash == hash {
			return true
		}
	}
	return false
}

// see notes that this content holds version h of the incident.
func (f *fileState) see(src *sourceState, id ID, h handle) {
	if _, seen := f.seen[id]; seen {
		if !f.holds(id, h) {
			f.also[id] = append(f.also[id], h)
		}
		return
	}
	f.seen[id] = h
	if src.ever[id]++; src.ever[id] == 1 {
		src.listed++
	}
}

// time keeps the newest time that the content speaks of, and how far back the source's knowledge goes. A time that cannot be
// believed refreshes nothing.
func (f *fileState) time(i *incident.Incident, received time.Time) {
	for _, t := range [...]time.Time{i.Reported, i.Occurred.Start} {
		if t.IsZero() || t.After(received.Add(incident.FutureTolerance)) {
			continue
		}
		if t.After(f.newest) {
			f.newest = t
		}
	}
	f.source.reaches(proven(i, received))
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
