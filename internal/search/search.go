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

// row is one incident of the view as a query sees it. It is moved along from incident to incident, and
// fetches each part only when it is asked for.
type row struct {
	view  picture.View
	id    picture.ID
	have  bool
	shown picture.Row
}

func (r *row) to(id picture.ID) { r.id, r.have = id, false }

func (r *row) get() *picture.Row {
	if !r.have {
		r.shown, _ = r.view.Row(r.id)
		r.have = true
	}
	return &r.shown
}

// Text is folded here because the picture keeps texts as they are shown.
func (r *row) Text(f query.Field) string {
	switch f {
	case query.FieldPlace:
		s := r.get()
		if s.Admin1.IsZero() || s.Admin1 == s.Place {
			return query.Fold(s.Place.String())
		}
		return query.Fold(s.Place.String() + "\n" + s.Admin1.String())
	case query.FieldID:
		return query.Fold(r.view.Identity(r.id).ID.String())
	default:
		return query.Fold(r.view.Words(r.id))
	}
}

// Severity is the source's own grading, when it is one that is known.
func (r *row) Severity() (rank int, known bool) {
	s := r.get()
	if s.Restricted || s.Severity.Unlisted() || s.Severity.Value == 0 {
		return 0, false
	}
	return int(s.Severity.Value), true
}

// Count is a number of people.
func (r *row) Count(f query.Field) (n int, exact bool) {
	s := r.get()
	if s.Restricted {
		return 0, false
	}
	var c picture.Count
	switch f {
	case query.FieldKilled:
		c = s.Killed
	case query.FieldInjured:
		c = s.Injured
	case query.FieldAbducted:
		c = s.Abducted
	case query.FieldDetained:
		c = s.Detained
	default:
		c.N, c.Known = r.view.Affected(r.id).Figure(everyone)
	}
	if !c.Known {
		return 0, false
	}
	return c.N, true
}

// Time is when it may have happened.
func (r *row) Time() (start, end time.Time, known bool) {
	s := r.get()
	return s.Interval.Start, s.Interval.End, !s.Interval.IsZero()
}
