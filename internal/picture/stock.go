package picture

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"vigil/internal/background"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/presence"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

// stock is what a file gives beside incidents: each entry stands until the file says otherwise. None of it
// enters a window, an outcome or an estimate.
type stock struct {
	advisories []level.Advisory // by name, each once
	positions  []presence.Position
	rates      []background.Rate
}

// TakeAdvisory takes what an authority advises of a country. A date ahead of the clock is not believed, so that it
// outranks none that is in force.
func (s *Store) TakeAdvisory(label string, a level.Advisory, received time.Time) {
	f := s.stocking(label, a.Origin, received)
	f.counts.Advisories++
	f.speaks(a.Updated.Start, received)
	f.coming.advisories = append(f.coming.advisories, believable(a, received))
}

// believable is an advisory without a date that is ahead of its receipt.
func believable(a level.Advisory, received time.Time) level.Advisory {
	if a.Ahead(received) {
		a.Updated = incident.When{}
	}
	return a
}

// TakePosition takes where something tracked was. Of each only the newest position is kept; a time ahead
// of the clock is not believed, so that it stands in the way of no later position.
func (s *Store) TakePosition(label string, p presence.Position, received time.Time) {
	f := s.stocking(label, p.Origin, received)
	f.counts.Positions++
	f.speaks(p.At, received)
	if p.At.After(received.Add(incident.FutureTolerance)) {
		p.At = time.Time{}
	}
	f.coming.positions = append(f.coming.positions, p)
}

// TakeRate takes a background rate.
func (s *Store) TakeRate(label string, r background.Rate, received time.Time) {
	f := s.stocking(label, r.Origin, received)
	f.counts.Aggregates++
	f.speaks(r.Period.End, received)
	f.coming.rates = append(f.coming.rates, r)
}

func (s *Store) stocking(label string, o incident.Origin, received time.Time) *fileState {
	src := s.source(label)
	f := src.file(o)
	f.counts.Records++
	src.heard(received)
	return f
}

// speaks notes a time that the content speaks of; one ahead of the clock refreshes nothing.
func (f *fileState) speaks(t, received time.Time) {
	if t.After(f.newest) && !t.After(received.Add(incident.FutureTolerance)) {
		f.newest = t
	}
	f.reaches(t)
}

// SettleStock ends a content, or a batch of lines, of a file: what it gave beside incidents stands now. It
// returns the advisories of the source if they have changed, for the intake.
func (s *Store) SettleStock(label string, file safetext.Text, at time.Time) (changed []level.Advisory, any bool) {
	src := s.source(label)
	f := src.files[file]
	if f == nil {
		return nil, false
	}
	before := src.advisories()
	f.recall()
	f.settle(src.profile.Memory)
	s.gathered = nil
	return s.advised(src, before, at)
}

// recall makes what the intake remembers of a file that was not read before its stock: what it says now is compared with it, and
// an older copy of the file takes nothing back.
func (f *fileState) recall() {
	if f.stocked || len(f.stock.advisories) > 0 {
		return
	}
	for _, a := range f.source.remembered {
		if f.source.files[a.Origin.File] == f {
			f.stock.advisories = append(f.stock.advisories, a)
		}
	}
}

// supersede takes out of what a content says of advisories that which is older than what is held, and says so of each: a copy
// of an old file is no change of anybody's advice. older reports whether all that differs in time is older, so that what the content does
// not list was not dropped by it, but came after it.
func (f *fileState) supersede(fresh []level.Advisory) (kept []level.Advisory, older bool) {
	newer := false
	for i := range fresh {
		a := &fresh[i]
		at, held := findAdvisory(f.stock.advisories, a)
		if !held {
			continue
		}
		old := &f.stock.advisories[at]
		switch said, stands := a.Updated.Start, old.Updated.Start; {
		case said.IsZero() || stands.IsZero():
		case said.After(stands):
			newer = true
		case said.Before(stands):
			older = true
			f.complain([]problem.Problem{{
				File: a.Origin.File, Line: a.Origin.Line, Warning: true,
				Message: safetext.Clean(fmt.Sprintf(
					"what is advised of %s is of %s here, older than that of %s, which stands: is this an older copy of the file?",
					a.Country.Alpha3(), a.Updated, old.Updated)),
			}})
			fresh[i] = *old
		}
	}
	return fresh, older && !newer
}

// settle makes what came the stock of the file.
func (f *fileState) settle(memory health.Memory) {
	came := f.coming
	f.coming = stock{}
	f.stock.positions = newestPositions(append(f.stock.positions, came.positions...))
	if memory == accumulates {
		f.stock.rates = append(f.stock.rates, came.rates...)
	} else {
		f.stock.rates = came.rates
	}
	fresh, older := f.supersede(lastAdvisories(came.advisories))
	f.stocked, f.unlisted = true, 0
	f.leaving = nil
	for i := range f.stock.advisories {
		old := &f.stock.advisories[i]
		if _, listed := findAdvisory(fresh, old); listed {
			continue
		}
		// What is no longer listed stands: for good where the source forgets, else until a second
		// equal read shows that it was not only half a list.
		fresh = append(fresh, *old)
		f.unlisted++
		if memory == health.Complete && f.counts.Rejected == 0 && !older {
			f.leaving = append(f.leaving, *old)
		}
	}
	slices.SortFunc(fresh, func(a, b level.Advisory) int { return level.CompareAdvisories(&a, &b) })
	f.stock.advisories = fresh
}

// ConfirmStock says that a file was read again with equal content: what it no longer listed is gone.
func (s *Store) ConfirmStock(label string, file safetext.Text, at time.Time) (changed []level.Advisory, any bool) {
	src := s.source(label)
	f := src.files[file]
	if f == nil || len(f.leaving) == 0 {
		return nil, false
	}
	before := src.advisories()
	f.stock.advisories = slices.DeleteFunc(slices.Clone(f.stock.advisories), func(a level.Advisory) bool {
		_, leaves := findAdvisory(f.leaving, &a)
		return leaves
	})
	f.unlisted -= len(f.leaving)
	f.leaving = nil
	return s.advised(src, before, at)
}

// RestoreAdvisories takes in what the intake remembers of the advisories of a source.
func (s *Store) RestoreAdvisories(label string, set []level.Advisory, at time.Time) {
	src := s.source(label)
	before := src.advisories()
	set = slices.Clone(set)
	for i := range set { // earlier releases kept dates that cannot be believed
		set[i] = believable(set[i], at)
	}
	src.remembered, src.hasAdvised = set, true
	src.heard(at)
	s.noteAdvisories(before, set, at, len(before) > 0)
}

// advised logs what has changed in the advisories of a source, and notes the new whole.
func (s *Store) advised(src *sourceState, before []level.Advisory, at time.Time) ([]level.Advisory, bool) {
	after := src.advisories()
	if slices.EqualFunc(before, after, func(a, b level.Advisory) bool {
		return level.CompareAdvisories(&a, &b) == 0 && a.Same(&b) && a.Updated == b.Updated
	}) {
		return nil, false
	}
	// What stood at the first reading did not change now.
	s.noteAdvisories(before, after, at, src.hasAdvised)
	src.hasAdvised = true
	return after, true
}

func (s *Store) noteAdvisories(before, after []level.Advisory, at time.Time, log bool) {
	if log {
		for _, c := range level.DiffAdvisories(before, after, at) {
			s.record(Change{At: at, Kind: AdvisoryChanged, Advisory: c})
		}
	}
	s.advisories = append(s.advisories, version[[]level.Advisory]{at, s.allAdvisories()})
}

// advisories are those of all files of a source; of a file that was not read yet, those that the intake remembers.
func (s *sourceState) advisories() []level.Advisory {
	all := s.awaited()
	for _, name := range slices.SortedFunc(maps.Keys(s.files), func(a, b safetext.Text) int { return cmp.Compare(a.String(), b.String()) }) {
		all = append(all, s.files[name].stock.advisories...)
	}
	return lastAdvisories(all)
}

// awaited are the remembered advisories of files that were not read yet, or are gone.
func (s *sourceState) awaited() []level.Advisory {
	return slices.DeleteFunc(slices.Clone(s.remembered), func(a level.Advisory) bool {
		f := s.files[a.Origin.File]
		return f != nil && f.stocked
	})
}

// recalled is how many advisories stand that no file of the source holds now.
func (s *sourceState) recalled() int {
	n := len(s.awaited())
	for _, f := range s.files {
		n += f.unlisted
	}
	return n
}

// allAdvisories are those of all sources, sorted. Where two give the same, the one updated last stands.
func (s *Store) allAdvisories() []level.Advisory {
	var all []level.Advisory
	for _, src := range s.sources {
		if src.retired {
			continue
		}
		for _, a := range src.advisories() {
			a.Source = src.info.Name
			all = append(all, a)
		}
	}
	return lastAdvisories(all)
}

// lastAdvisories sorts, and keeps of each name the one updated last: of equal ones the later.
func lastAdvisories(all []level.Advisory) []level.Advisory {
	return lastOf(all, level.CompareAdvisories, func(a *level.Advisory) time.Time { return a.Updated.Start })
}

func findAdvisory(list []level.Advisory, of *level.Advisory) (int, bool) {
	i := slices.IndexFunc(list, func(a level.Advisory) bool { return level.CompareAdvisories(&a, of) == 0 })
	return i, i >= 0
}

// newestPositions keeps of each tracked thing the newest position; of equal times the later in the list.
func newestPositions(all []presence.Position) []presence.Position {
	compare := func(a, b *presence.Position) int {
		return cmp.Or(cmp.Compare(a.Authority.String(), b.Authority.String()), cmp.Compare(a.ID.String(), b.ID.String()))
	}
	return lastOf(all, compare, func(p *presence.Position) time.Time { return p.At })
}

// lastOf sorts by what names an entry, and keeps the last of each name: that of the latest time, of equal times the
// later in the list.
func lastOf[T any](all []T, compare func(a, b *T) int, at func(*T) time.Time) []T {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b T) int { return cmp.Or(compare(&a, &b), at(&a).Compare(at(&b))) })
	out := sorted[:0]
	for i := range sorted {
		if n := len(out); n > 0 && compare(&out[n-1], &sorted[i]) == 0 {
			out[n-1] = sorted[i]
			continue
		}
		out = append(out, sorted[i])
	}
	return out
}

// gathered is what stands beside the incidents of all sources, sorted. It is gathered when something of it has
// changed and not for each picture: a publisher of statistics gives a hundred thousand rows.
type gathered struct {
	positions []presence.Position
	rates     []background.Rate
}

func (s *Store) gatherStock() *gathered {
	if s.gathered != nil {
		return s.gathered
	}
	b := &gathered{}
	for _, src := range s.sources {
		if src.retired {
			continue
		}
		for _, f := range src.files {
			for _, o := range f.stock.positions {
				o.Expect = src.profile.Expect
				b.positions = append(b.positions, o)
			}
			b.rates = append(b.rates, f.stock.rates...)
		}
	}
	b.positions = newestPositions(b.positions)
	slices.SortStableFunc(b.rates, compareRates)
	s.gathered = b
	return b
}

// stockOf gives a picture what stands beside the incidents.
func (s *Store) stockOf(p *Picture) {
	p.advisories, _ = s.advisories.by(p)
	b := s.gatherStock()
	p.positions, p.rates = b.positions, b.rates
	if p.live {
		return
	}
	p.advisories = slices.DeleteFunc(slices.Clone(p.advisories), func(a level.Advisory) bool { return a.Updated.Start.After(p.valid) })
	// Only the newest position is kept: where something was before it is not known.
	p.positions = slices.DeleteFunc(slices.Clone(p.positions), func(o presence.Position) bool { return o.At.After(p.valid) })
	p.rates = slices.DeleteFunc(slices.Clone(p.rates), func(r background.Rate) bool { return r.Period.End.After(p.valid) })
}

// compareRates orders by country, publisher, kind and period, then place, the newest first.
func compareRates(a, b background.Rate) int {
	return cmp.Or(
		cmp.Compare(a.Country, b.Country), cmp.Compare(a.Authority.String(), b.Authority.String()),
		cmp.Compare(a.Kind.String(), b.Kind.String()),
		b.Period.End.Compare(a.Period.End),
		cmp.Compare(a.Admin1.String(), b.Admin1.String()), cmp.Compare(a.Admin2.String(), b.Admin2.String()),
	)
}
