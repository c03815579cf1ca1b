package app

import (
	"cmp"
	"fmt"
	"slices"

	"vigil/internal/figure"
	"vigil/internal/picture"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

// maxContradictions is how many incidents that contradict themselves are named; the rest are counted.
const maxContradictions = 50

// contradictions are the incidents that are told twice under one identity, and not alike. None is lost, but which of them is
// right somebody has to say.
func contradictions(v picture.View) []problem.Problem {
	var list []problem.Problem
	more := 0
	for id := range v.Incidents() {
		switch f, ok := v.Facts(id); {
		case !ok || !f.Conflict():
		default:
			if p, ok := contradiction(v, id); ok && len(list) < maxContradictions {
				list = append(list, p)
			} else {
				more++
			}
		}
	}
	if more > 0 {
		list = append(list, problem.Problem{
			File: safetext.Const(specFeeds), Warning: true,
			Message: safetext.Clean(figure.Plain.Plural(more, "more incident") + " with versions that contradict each other, restricted ones among them: counted and not listed"),
		})
	}
	return list
}

// contradiction says where the versions stand. What the viewer may not see is only counted.
func contradiction(v picture.View, id picture.ID) (p problem.Problem, ok bool) {
	d, ok := v.Detail(id)
	if !ok {
		return p, false
	}
	versions := slices.DeleteFunc(d.Versions, func(w picture.Version) bool { return !w.Stands || w.Incident == nil })
	if len(versions) < 2 {
		return p, false
	}
	slices.SortStableFunc(versions, func(a, b picture.Version) int {
		return cmp.Or(cmp.Compare(a.Origin.Generation, b.Origin.Generation), cmp.Compare(a.Origin.Line, b.Origin.Line))
	})
	first, last := &versions[0].Origin, &versions[len(versions)-1].Origin
	where := first.File.String()
	if first.Line > 0 {
		where = fmt.Sprintf("%s:%d", where, first.Line)
	}
	return problem.Problem{
		File: last.File, Line: last.Line, Warning: true,
		Message: safetext.Clean(fmt.Sprintf("%q says something else than at %s: both are kept, and the worse is shown; "+
			"have it mended where it is made: a correction needs a higher version, another incident an id of its own", v.Identity(id).ID.String(), where)),
	}, true
}
