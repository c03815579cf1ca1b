package incident

import "slices"

// Refines reports whether what b says of people is all that c says of them, and more: each figure that c knows b knows as
// well, and as the same, and b knows one that c does not. Where both speak of the same people, b may then stand for c. Whatever has a figure
// refines a record that says nothing of people.
//
// A statistic of whoever was there ([PopulationAnybody]) does not tell who they were: it refines nothing that speaks of people.
func (b Breakdown) Refines(c Breakdown) bool {
	if len(c) > 0 && b.anybody() && !c.anybody() {
		return false
	}
	more := false
	for _, cut := range cuts {
		n, known := b.Figure(cut)
		m, before := c.Figure(cut)
		if before && (!known || n != m) {
			return false
		}
		more = more || known && !before
	}
	return more && !slices.ContainsFunc(c, func(a Affected) bool { return !b.answers(c, &a) })
}

// answers reports whether b knows the figure of an entry of c.
func (b Breakdown) answers(c Breakdown, a *Affected) bool {
	if a.Population.Unlisted() || a.Recruitment.Unlisted() || a.Sex.Unlisted() || a.Outcome.Unlisted() {
		return false // what it counts nobody can ask for
	}
	cut := Cut{a.Population.Value, a.Recruitment.Value, a.Sex.Value, a.Outcome.Value}
	n, known := b.Figure(cut)
	m, before := c.Figure(cut)
	if !before {
		return known && n > 0 // there were some, and nobody counted them
	}
	return known && n == m
}

func (b Breakdown) anybody() bool {
	return slices.ContainsFunc(b, func(a Affected) bool { return a.Population.Is(PopulationAnybody) })
}

// Whoever reports whether b counts whoever was there ([PopulationAnybody]) and tells nobody apart.
func (b Breakdown) Whoever() bool {
	return b.anybody() && !slices.ContainsFunc(b, func(a Affected) bool {
		return a.Population.Value != PopulationAny && !a.Population.Is(PopulationAnybody)
	})
}

// cuts are everyone, and each value of each dimension.
var cuts = func() []Cut {
	list := []Cut{{}}
	for p := PopulationUnknown; p <= PopulationStaff; p++ {
		list = append(list, Cut{Population: p})
	}
	for r := RecruitmentUnknown; r <= International; r++ {
		list = append(list, Cut{Recruitment: r})
	}
	for s := SexUnknown; s <= Male; s++ {
		list = append(list, Cut{Sex: s})
	}
	for o := OutcomeUnknown; o <= Unharmed; o++ {
		list = append(list, Cut{Outcome: o})
	}
	return list
}()
