package picture

import (
	"fmt"
	"slices"
	"time"

	"vigil/internal/health"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

// Source is the health of one source as of the picture.
type Source struct {
	Info     SourceInfo
	State    health.State
	Reason   safetext.Text
	Facts    health.Facts
	Unread   bool // its files have been read in part only, or not at all: State is not known yet, and Counts are of that part
	Poll     Poll
	Counts   Counts
	Listed   int // incidents the source holds now, each once
	Retained int // incidents, reports and advisories that the desk remembers and the source no longer holds
	// Problems are in the order of the files; at most ProblemsKept, while ProblemsTotal counts all.
	Problems      []problem.Problem
	ProblemsTotal int
	retired       bool
}

// knowledge is the facts with what the store worked out from the arrivals.
func (s *sourceState) knowledge() health.Facts {
	facts := s.facts
	for _, f := range s.files {
		if t := f.content(); t.After(facts.ContentTime) {
			facts.ContentTime = t
		}
	}
	if s.content.After(facts.ContentTime) {
		facts.ContentTime = s.content
	}
	if facts.ContentTime.IsZero() {
		facts.ContentTime = s.last
	}
	facts.Oldest = s.oldest
	return facts
}

// content is the content time of a file: what it declares, else the newest time it speaks of, and
// never later than its modification, so that neither a copy nor a clock makes old content fresh.
func (f *fileState) content() time.Time {
	t := f.declared
	if t.IsZero() {
		t = f.newest
	}
	if !f.modified.IsZero() && t.After(f.modified) {
		t = f.modified
	}
	return t
}

// doubted counts the incidents that may be missing only because a record could not be read.
func (s *sourceState) doubted() int {
	n := 0
	for _, f := range s.files {
		n += f.doubted
	}
	return n
}

// records is how many records its files hold now.
func (s *sourceState) records() int {
	n := 0
	for _, f := range s.files {
		n += f.counts.Records
	}
	return n
}

func (s *sourceState) publish(now time.Time, unread bool) Source {
	out := Source{Info: s.info, Facts: s.knowledge(), Poll: s.poll, Unread: s.tail, retired: s.retired}
	out.Info.Profile = s.looks()
	if doubt := s.doubted(); doubt > 0 && out.Facts.Note.IsZero() {
		why := "records cannot be read: %s no longer listed are not withdrawn until they can"
		if s.records() == 0 {
			why = "no record is left in it: %s it listed before are not withdrawn; export it again, or, if that is an answer, write empty_ok = true in a [[source]] of it"
		}
		out.Facts.Note = safetext.Clean(fmt.Sprintf(why, fmt.Sprint(doubt, " that")))
	}
	out.State, out.Reason = out.Facts.State(&s.profile, now)
	switch {
	case unread && s.facts.LastAttempt.IsZero() && !s.tail:
		out.Unread, out.Reason = true, safetext.Const("not read to its end yet: what is shown of it is what was read so far or recorded before")
	case s.tail:
		out.Reason = safetext.Const("only the end of a file has been read: what it is and can answer for is not known before all of it is")
	}
	out.Facts.Gaps = slices.Clone(out.Facts.Gaps)
	files := make([]*fileState, 0, len(s.files))
	for _, f := range s.files {
		files = append(files, f)
		out.Counts.add(&f.counts)
		out.ProblemsTotal += f.nproblems
		if f.refused != nil {
			out.ProblemsTotal++
			out.Problems = append(out.Problems, *f.refused)
		}
	}
	out.Listed, out.Retained = s.listed, s.given-s.listed+s.recalled()
	for _, f := range files {
		out.Problems = append(out.Problems, f.problems...)
	}
	slices.SortStableFunc(out.Problems, problem.Compare)
	out.Problems = out.Problems[:min(len(out.Problems), ProblemsKept)]
	return out
}

// drawSources draws up all sources.
func (s *Store) drawSources(now time.Time) []Source {
	list := make([]Source, len(s.sources))
	unread := s.options.Ahead || !s.options.Desk.Reading.IsZero()
	for i, src := range s.sources {
		list[i] = src.publish(now, unread)
	}
	return list
}

// noteStates logs the states that changed since the last publication.
func (s *Store) noteStates(list []Source, now time.Time) {
	for i, src := range s.sources {
		if src.retired || list[i].Unread || src.stated && src.state == list[i].State {
			continue // the first state is told whatever it is
		}
		s.record(Change{
			At: now, Kind: SourceChanged, Source: src.info.Name,
			From: src.state, To: list[i].State, Reason: list[i].Reason,
		})
		src.state, src.stated = list[i].State, true
	}
}

// coverSources are the sources that coverage rests on.
func coverSources(list []Source) []health.Source {
	cover := make([]health.Source, 0, len(list))
	for i := range list {
		if !list[i].retired {
			cover = append(cover, health.Source{Profile: list[i].Info.Profile, Facts: list[i].Facts})
		}
	}
	return cover
}

// tellingOfStaff are the sources of which the records say whether staff were harmed: what they are silent of, nobody was harmed by
// as far as they see. Of the others silence says nothing.
func tellingOfStaff(cover []health.Source) []health.Source {
	dumb := func(s health.Source) bool { return s.Profile.NoStaff }
	if !slices.ContainsFunc(cover, dumb) {
		return cover
	}
	return slices.DeleteFunc(slices.Clone(cover), dumb)
}
