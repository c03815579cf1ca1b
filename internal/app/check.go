package app

import (
	"context"
	"path/filepath"
	"slices"

	"vigil/internal/health"
	"vigil/internal/ownfeed"
	"vigil/internal/picture"
	"vigil/internal/problem"
	"vigil/internal/safetext"
	"vigil/internal/source"
)

// Check reads the desk once and reports every problem of its files, and what each source promises.
func Check(ctx context.Context, o Options) (Report, error) {
	h, ignored, err := readOnce(ctx, o, true)
	if err != nil {
		return Report{}, err
	}
	view := h.store.Publish(h.clock()).For(picture.DutyOfficer)
	report := Report{
		Name: view.Desk().Name.String(), Exercise: view.Desk().Exercise, At: view.Known(),
		Problems: slices.Concat(
			h.problems(), h.unreadable(), h.secretProblems(), h.outProblems(), contradictions(view), h.unfinished(), h.dutyProblems(), h.everywhere(view),
			h.staleProfiles(view.Known()), h.leaderless(), h.unanswered(),
		),
	}
	for s := range view.Sources() {
		report.Problems = append(report.Problems, s.Problems...)
		if more := s.ProblemsTotal - len(s.Problems); more > 0 {
			report.Problems = append(report.Problems, problem.Problem{
				File: s.Info.Where(), Warning: true,
				Message: safetext.Clean(plural(more, "more problem", "more problems") + " of this source, counted and not listed"),
			})
		}
		switch {
		case !s.Info.Format.IsZero():
		case s.State == health.Never && !s.Info.URL.IsZero() && s.Facts.LastAttempt.IsZero():
			report.Problems = append(report.Problems, problem.Problem{
				File: s.Info.URL, Warning: true, Message: safetext.Const("not polled yet: vigil and vigil tail poll it, check does not"),
			})
		default:
			report.Problems = append(report.Problems, unknown(s))
		}
		report.Sources = append(report.Sources, sourceReport(s))
	}
	for _, i := range ignored {
		if h.claimed(source.Event{Spec: i.Spec, File: i.Path}) {
			continue // a [[source]] reads it
		}
		if filepath.Base(i.Path) == ownfeed.LockName {
			continue // vigil's own
		}
		report.Ignored = append(report.Ignored, IgnoredFile{h.relative(i.Path), i.Reason.String()})
	}
	slices.SortStableFunc(report.Problems, problem.Compare)
	return report, nil
}

// unknown is what is wrong with a source of which nothing tells the format.
func unknown(s *picture.Source) problem.Problem {
	p := problem.Problem{File: s.Info.Where(), Message: s.Reason}
	if s.Info.URL.IsZero() && s.State == health.Stale || s.Reason.String() == unfinishedEnd { // nothing failed: there is only the beginning of a record
		p.Line, p.Message = 1, safetext.Const("the first record is not whole, and nothing is read before it is: end its line with a line feed, or wait until it is written")
	}
	return p
}

// unfinished are the files of which the last line does not end.
func (h *hub) unfinished() []problem.Problem {
	var list []problem.Problem
	for _, fs := range h.feeds {
		for _, f := range fs.files {
			if f.cut > 0 {
				list = append(list, problem.Problem{
					File: f.context.File, Line: f.cut, Warning: true,
					Message: safetext.Const("an incomplete record at the end of the file, which is held until the line ends: write the rest of it, and a line feed"),
				})
			}
		}
	}
	return list
}

func sourceReport(s *picture.Source) SourceReport {
	r := SourceReport{
		Name: s.Info.Name.String(), Format: s.Info.Format.String(), Authority: s.Info.Authority.String(),
		Path: s.Info.Path.String(), Memory: s.Info.Profile.Memory.String(),
		Expect: health.Period(s.Info.Profile.Expect), Lag: health.Period(s.Info.Profile.Lag),
		Covers: s.Info.Profile.Covers.Words(), Records: s.Counts.Records, Rejected: s.Counts.Rejected,
	}
	if !s.Info.URL.IsZero() {
		r.URL, r.Every = s.Info.URL.String(), health.Period(s.Poll.Every)
	}
	if s.Info.Profile.Reach > 0 {
		r.Reach = health.Period(s.Info.Profile.Reach)
	}
	for _, c := range s.Info.Profile.Countries {
		r.Countries = append(r.Countries, c.String())
	}
	return r
}
