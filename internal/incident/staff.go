package incident

import "slices"

// Whether people belong to the humanitarian community. A record that does not say who they were does not say that they were staff, nor that
// they were not.
type belonging uint8

const (
	unsaid belonging = iota
	staff
	others
)

// belongs is whether the people of an entry are staff, by what the entry says. Whoever was recruited is somebody's staff. Of
// anybody who was there nobody can say so: the dead of a battle are never dead staff.
func (a *Affected) belongs() belonging {
	switch p := a.Population; {
	case p.Unlisted():
		return unsaid
	case p.Value == PopulationCivilian, p.Value == PopulationAnybody:
		return others
	case p.Value > PopulationUnknown:
		return staff
	case a.Recruitment.Is(National), a.Recruitment.Is(International):
		return staff
	default:
		return unsaid
	}
}

// OfStaff reports whether the people of an entry are of the humanitarian community, as far as the entry says.
func (a *Affected) OfStaff() bool { return a.belongs() == staff }

// whose is what a record says of populations.
type whose struct {
	named, staff, others, unsaid bool
	apart                        bool // together with outcomes
}

func (b Breakdown) whose() (w whose) {
	for i := range b {
		d := b[i].dimensions()
		if d&byPopulation == 0 {
			continue
		}
		w.named = true
		w.apart = w.apart || d&byOutcome != 0
		switch b[i].belongs() {
		case staff:
			w.staff = true
		case others:
			w.others = true
		case unsaid:
			w.unsaid = true
		}
	}
	return w
}

// Staff is the number of people of the humanitarian community with one outcome. In a record that names others alone there were none,
// and people who are not staff leave nothing open. Where it is not said of all of them whether they were staff, known is
// false, and n is how many surely were.
func (b Breakdown) Staff(o Outcome) (n int, known bool) {
	return b.staffOf(func(a *Affected) bool { return a.Outcome.Is(o) })
}

// staffOf is Staff of those with an outcome that holds takes.
func (b Breakdown) staffOf(holds func(*Affected) bool) (n int, known bool) {
	w := b.whose()
	switch {
	case w.named && !w.staff && !w.unsaid:
		return 0, true
	case w.staff && !w.others && !w.unsaid && !w.apart: // how organisations and outcomes go together is not said, and they are all staff
		return b.figure(byOutcome, holds)
	}
	tell := byOutcome
	switch {
	case w.apart:
		tell |= byPopulation
	case slices.ContainsFunc(b, func(a Affected) bool { return a.dimensions()&byRecruitment != 0 && a.dimensions()&byOutcome != 0 }):
		tell |= byRecruitment
	}
	var sure, perhaps Breakdown
	for i := range b {
		a := b[i]
		if a.dimensions()&tell != tell {
			if w.apart || a.dimensions()&byOutcome == 0 {
				continue
			}
			perhaps = append(perhaps, a) // a total of people who are told apart elsewhere, or not
			continue
		}
		is := a.belongs()
		if is == others {
			a.Count = 0
		}
		perhaps = append(perhaps, a)
		if is == unsaid {
			a.Count = 0
		}
		sure = append(sure, a)
	}
	n, counted := sure.figure(byOutcome, holds)
	return n, counted && perhaps.atMost(n, holds)
}

// atMost reports whether no set of dimensions has more people whom holds takes, or leaves open how many.
func (b Breakdown) atMost(n int, holds func(*Affected) bool) bool {
	var sums [allDimensions]int
	for i := range b {
		if a := &b[i]; holds(a) {
			d := a.dimensions()
			if sums[d] += a.Count; a.Count == Uncounted || sums[d] > n {
				return false
			}
		}
	}
	return true
}

// HarmsStaff reports whether anyone of the humanitarian community was harmed, counted or not. Where some entries name
// populations, they alone decide; one that counts nobody harmed nobody that we know of.
func (b Breakdown) HarmsStaff() bool { return b.harms(staff) }

// MayHarmStaff reports whether it cannot be excluded that anyone of the humanitarian community was harmed: somebody was, or may have
// been, and the record does not say that they were others.
func (b Breakdown) MayHarmStaff() bool { return b.harms(staff) || b.harms(unsaid) }

func (b Breakdown) harms(whom belonging) bool {
	named, some, namedSome := false, false, false
	for i := range b {
		a := &b[i]
		if a.Count == 0 || a.Outcome.Is(Unharmed) {
			continue
		}
		is := a.belongs() == whom
		some = some || is
		if a.Population.Value != PopulationAny {
			named = true
			namedSome = namedSome || is
		}
	}
	if named {
		return namedSome
	}
	return some
}
