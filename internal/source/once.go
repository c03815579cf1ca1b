package source

import (
	"cmp"
	"context"
	"errors"
	"slices"
)

// ReadOnce reads everything that is there now, with the same events as a [Watcher] and
// without watching, in the order of the specs; single files come before patterns, and the rest last. What
// only a second look could tell (a vanished file, two equal reads) is not told. It returns
// what was ignored, and the error of the specs, of the sink, or of ctx.
func ReadOnce(ctx context.Context, specs []Spec, sink Sink, opt Options) ([]Ignored, error) {
	p, err := newPlan(specs)
	if err != nil {
		return nil, err
	}
	cs := &claims{by: make(map[fileID]claim)}
	units := make([]*unit, len(specs))
	for i, spec := range specs {
		units[i] = newUnit(spec, p.targets[i], p.taken, sink, cs, opt)
		units[i].once = true
	}
	slices.SortStableFunc(units, func(a, b *unit) int { return cmp.Compare(b.rank(), a.rank()) })
	var ignored []Ignored
	for _, u := range units {
		defer u.close()
		for more := true; more; {
			if more, err = u.poll(ctx, true); err != nil {
				var stop *stopError
				errors.As(err, &stop)
				return ignored, stop.err
			}
		}
		ignored = append(ignored, u.ignored...)
	}
	return ignored, nil
}
