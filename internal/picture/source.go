package picture

import (
	"fmt"
	"slices"
	"time"

	"vigil/internal/health"
	"vigil/internal/incident"
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
	if spans := s.spans(); len(spans) > 0 {
		facts.Oldest = spans[0].Start
		facts.Gaps = append(slices.Clone(facts.Gaps), health.Between(spans, s.profile.Expect)...)
	}
	return facts
}

// spans are the times of which the files speak of a source whose contents are each a whole or an extract: nobody looked at
// what lies before, after and between them, whatever the desk remembers of earlier contents. A log that is added to
// speaks without a break, and of what forgets only the receipt counts: they have none.
func (s *sourceState) spans() []incident.Interval {
	if m := s.profile.Memory; m != health.Complete && m != health.Extract {
		return nil
	}
	var spans []incident.Interval
	for _, f := range s.files {
		if !f.oldest.IsZero() {
			spans = append(spans, incident.Interval{Start: f.oldest, End: f.content()})
		}
	}
	slices.SortFunc(spans, func(a, b incident.Interval) int { return a.Start.Compare(b.Start) })
	return spans
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

// shrunken says what stands against contents that list less than those before them: what is missing and not withdrawn, or
// withdrawn and more than what is left, as where an export was cut off.
func (s *sourceState) shrunken() safetext.Text {
	doubted, withdrawn := 0, 0
	for _, f := range s.files {
		doubted += f.doubted
		withdrawn += f.withdrawn
	}
	switch {
	case doubted > 0 && s.records() == 0:
		return safetext.Clean(fmt.Sprintf("no record is left in it: %d that it listed before are not withdrawn; export it again, or, if that is an answer, write empty_ok = true in a [[source]] of it", doubted))
	case doubted > 0:
		return safetext.Clean(fmt.Sprintf("records cannot be read: %d that are no longer listed are not withdrawn until they can", doubted))
	case withdrawn > s.listed && (s.listed > 0 || !s.info.EmptyOK):
		return safetext.Clean(fmt.Sprintf("withdrawn: %d that it listed before, left: %d; if it was cut off, put the whole of it back", withdrawn, s.listed))
	default:
		return safetext.Text{}
	}
}

// records is how many records its files hold now.
func (s *sourceState) records() int {
	n := 0
	for _, f := range s.files {
		n += f.counts.Records
	}
	return n
}

// Unended and TailOnly are the reasons of a source of which not all has been read yet.
const (
	Unended  = "not read to its end yet: what is shown of it is what was read so far or recorded before"
	TailOnly = "only the end of a file has been read: what it is and can answer for is not known before all of it is"
)

func (s *sourceState) publish(now time.Time, unread bool) Source {
	out := Source{Info: s.info, Facts: s.knowledge(), Poll: s.poll, Unread: s.tail, retired: s.retired}
	out.Info.Profile = s.looks()
	if out.Facts.Note.IsZero() {
		out.Facts.Note = s.shrunken()
	}
	out.State, out.Reason = out.Facts.State(&s.profile, now)
	switch {
	case unread && s.facts.LastAttempt.IsZero() && !s.tail:
		out.Unread, out.Reason = true, safetext.Const(Unended)
	case s.tail:
		out.Reason = safetext.Const(TailOnly)
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
