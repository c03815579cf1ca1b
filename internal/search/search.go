// Package search finds the incidents of a view that a query asks for.
//
// It adapts picture to query, which know nothing of one another: [Vocabulary] is what may be
// written in a query about this view, and a row of the view answers a query's questions. Rows answer from
// the view, so that what a viewer may not see cannot be found either: of a restricted incident only the
// source can be asked, everything else is "not said".
//
// A search runs in a goroutine of its own ([Start]), newest first. It gives a first page as soon as
// there is one and the whole with its exact count after, and ends early when its context is cancelled. It
// reads an immutable view and no clock: relative times count from the view's own time.
package search

import (
	"context"
	"time"

	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/query"
)

// Result is what has been found so far.
type Result struct {
	// IDs are the incidents that surely match, newest first. A later result of the same search begins with
	// the IDs of the earlier one; neither is changed afterwards.
	IDs []picture.ID
	// Undecided counts the incidents of which it cannot be told whether they match, because their record
	// does not say. They are not among IDs.
	Undecided int
	// Whole is true when all incidents have been looked at: len(IDs) is then the exact count.
	Whole bool
}

// step is how many incidents are looked at between two looks at the context.
const step = 1024

// Start searches v for q. The channel gives at most two results, a first page of page incidents and the
// whole, and is then closed; when all matches fit the page, only the whole. It never blocks the search, so a
// reader may leave it. After ctx is cancelled it is closed without further results.
func Start(ctx context.Context, v picture.View, q query.Query, page int) <-chan Result {
	out := make(chan Result, 2)
	go func() {
		defer close(out)
		r, err := run(ctx, v, q, page, func(first Result) { out <- first })
		if err == nil {
			out <- r
		}
	}()
	return out
}

// Run is Start for those who wait for the whole. The error is that of ctx.
func Run(ctx context.Context, v picture.View, q query.Query) (Result, error) {
	return run(ctx, v, q, -1, nil)
}

func run(ctx context.Context, v picture.View, q query.Query, page int, first func(Result)) (Result, error) {
	var found Result
	if err := ctx.Err(); err != nil {
		return found, err
	}
	if v.IsZero() {
		found.Whole = true
		return found, nil
	}
	r := row{view: v}
	now := v.Valid()
	looked := 0
	for id := range v.Incidents() {
		if looked++; looked%step == 0 && ctx.Err() != nil {
			return found, ctx.Err()
		}
		r.to(id)
		switch q.Eval(&r, now) {
		case query.Yes:
			// The page is handed out when the next match shows that it is not all.
			if len(found.IDs) == page {
				first(Result{IDs: found.IDs[:page:page], Undecided: found.Undecided})
			}
			found.IDs = append(found.IDs, id)
		case query.Maybe:
			found.Undecided++
		case query.No:
		}
	}
	found.Whole = true
	return found, nil
}

// row is one incident of the view as a query sees it. It is moved along from incident to incident, and asks
// the picture's columns: only words are read, and only where they may hold what is sought.
type row struct {
	view  picture.View
	id    picture.ID
	facts picture.Facts
	found map[string]*picture.Finder
}

func (r *row) to(id picture.ID) {
	r.id = id
	r.facts, _ = r.view.Facts(id)
}

// May rules out most incidents by what the picture can tell of their words without reading them.
func (r *row) May(f query.Field, text string) bool {
	if f == query.FieldPlace {
		return true // its text is at hand
	}
	finder := r.found[text]
	if finder == nil {
		if r.found == nil {
			r.found = map[string]*picture.Finder{}
		}
		finder = r.view.Find(text, query.Fold)
		r.found[text] = finder
	}
	return finder.May(r.id)
}

// Text is folded here because the picture keeps texts as they are shown.
func (r *row) Text(f query.Field) string {
	if r.facts.Hidden() {
		return ""
	}
	switch f {
	case query.FieldPlace:
		place, admin1 := r.facts.Where()
		if admin1.IsZero() || admin1 == place {
			return query.Fold(place.String())
		}
		return query.Fold(place.String() + "\n" + admin1.String())
	case query.FieldID:
		return query.Fold(r.view.Identity(r.id).ID.String())
	default:
		return query.Fold(r.view.Words(r.id))
	}
}

// Severity is the source's own grading, when it is one that is known.
func (r *row) Severity() (rank int, known bool) {
	if r.facts.Hidden() {
		return 0, false
	}
	s, listed := r.facts.Severity()
	return int(s), listed && s != incident.SeverityUnknown
}

// Count is a number of people.
func (r *row) Count(f query.Field) (n int, exact bool) {
	if r.facts.Hidden() {
		return 0, false
	}
	switch f {
	case query.FieldKilled:
		n, exact = r.facts.Outcome(incident.Killed)
	case query.FieldInjured:
		n, exact = r.facts.Outcome(incident.Injured)
	case query.FieldAbducted:
		n, exact = r.facts.Outcome(incident.Abducted)
	case query.FieldDetained:
		n, exact = r.facts.Outcome(incident.Detained)
	default:
		n, exact = r.facts.Affected()
	}
	if !exact {
		return 0, false
	}
	return n, true
}

// Time is when it may have happened.
func (r *row) Time() (start, end time.Time, known bool) {
	if r.facts.Hidden() {
		return start, end, false
	}
	iv := r.facts.Interval()
	return iv.Start, iv.End, !iv.IsZero()
}
