package voice

import (
	"slices"

	"vigil/internal/incident"
	"vigil/internal/saying"
)

// This file puts the number of people of an outcome, "3 killed", together with what was said of who they were, "1 national staff killed":
// what was said stays, and of the rest nothing is known. Nothing is counted twice, and nothing is left out without a word.

// ErrPeople is wrapped by the errors for a number of an outcome that contradicts what is said of the people.
var ErrPeople = saying.Errorf("number and people contradict each other")

// dims are the dimensions that an entry tells people apart by. Entries of the same ones are one breakdown; those of others tell of
// the same people again.
type dims struct{ population, recruitment, sex, outcome bool }

func dimsOf(a *incident.Affected) dims {
	return dims{
		a.Population.Value != incident.PopulationAny, a.Recruitment.Value != incident.RecruitmentAny,
		a.Sex.Value != incident.SexAny, a.Outcome.Value != incident.OutcomeAny,
	}
}

// described reports whether an entry says anything of who the people are.
func described(a *incident.Affected) bool {
	return a.Population.Unlisted() || a.Recruitment.Unlisted() || a.Sex.Unlisted() || a.Population.Value > incident.PopulationUnknown ||
		a.Recruitment.Value > incident.RecruitmentUnknown || a.Sex.Value > incident.SexUnknown
}

// counted puts the number of people of an outcome into a breakdown. Who they were is kept as far as it fits; lost is what does not, of all
// of an outcome: entries that count more people than there are now, or that do not count them.
func counted(list incident.Breakdown, o incident.Outcome, n int) (out, lost incident.Breakdown) {
	var sets []dims
	for i := range list {
		if d := dimsOf(&list[i]); !slices.Contains(sets, d) {
			sets = append(sets, d)
		}
	}
	if len(sets) <= 1 {
		out, lost = fitted(list, o, n)
		return together(out), lost
	}
	told := false
	for _, d := range sets {
		var set incident.Breakdown
		for i := range list {
			if dimsOf(&list[i]) == d {
				set = append(set, list[i])
			}
		}
		if d.outcome {
			var more incident.Breakdown
			set, more = fitted(set, o, n)
			set, lost, told = together(set), append(lost, more...), true
		}
		out = append(out, set...)
	}
	if !told {
		out = append(out, incident.Affected{Outcome: incident.Known(o), Count: n})
	}
	return out, lost
}

// fitted is counted within entries that all tell people apart in the same way.
func fitted(list incident.Breakdown, o incident.Outcome, n int) (out, lost incident.Breakdown) {
	var known incident.Breakdown
	sum, open := 0, false
	for _, a := range list {
		switch {
		case !a.Outcome.Is(o):
			out = append(out, a)
		case described(&a):
			known = append(known, a)
			sum, open = sum+max(a.Count, 0), open || a.Count == incident.Uncounted
		}
	}
	if open || sum > n {
		known, lost, sum = nil, slices.DeleteFunc(known, func(a incident.Affected) bool { return a.Count == 0 }), 0
	}
	out = append(out, known...)
	if rest := n - sum; rest > 0 || len(known) == 0 {
		out = append(out, incident.Affected{Outcome: incident.Known(o), Count: rest})
	}
	return out, lost
}

// agree reports what a report says of the people that its own numbers of outcomes contradict.
func (r *Report) agree() error {
	if !r.said[People] {
		return nil
	}
	for _, c := range r.counts {
		for i := range r.says.Affected {
			if a := &r.says.Affected[i]; a.Count != 0 && a.Outcome.Value <= incident.OutcomeUnknown && !a.Outcome.Unlisted() {
				return saying.Errorf("%s: %d %s, and of %q it is not said what became of each: say it", ErrPeople, c.people, c.outcome, peopleText(r.says.Affected))
			}
		}
		switch _, lost := counted(r.says.Affected, c.outcome, c.people); {
		case slices.ContainsFunc(lost, func(a incident.Affected) bool { return a.Count == incident.Uncounted }):
			return saying.Errorf("%s: %d %s, and how many are %q is not said: say it, or leave the number out", ErrPeople, c.people, c.outcome, peopleText(lost))
		case len(lost) > 0, unsaidMore(r.says.Affected, c):
			return saying.Errorf("%s: %d %s, and the people are %q, which is more", ErrPeople, c.people, c.outcome, peopleText(having(r.says.Affected, c.outcome)))
		}
	}
	return nil
}

// having are the entries of an outcome.
func having(list incident.Breakdown, o incident.Outcome) incident.Breakdown {
	return slices.DeleteFunc(slices.Clone(list), func(a incident.Affected) bool { return !a.Outcome.Is(o) })
}

// unsaidMore reports whether more people of an outcome are named than its number, though nothing be said of who they are.
func unsaidMore(list incident.Breakdown, c count) bool {
	n, known := having(list, c.outcome).Outcome(c.outcome)
	return known && n > c.people
}

// Unkept is what the last version of an incident said of who people were that the report's plain numbers leave no room for, in words; empty
// where all of it stays, or the report itself says who they were.
func (r *Report) Unkept(last *incident.Incident) string {
	if r.said[People] {
		return ""
	}
	list := last.Affected
	var all incident.Breakdown
	for _, c := range r.counts {
		var lost incident.Breakdown
		list, lost = counted(list, c.outcome, c.people)
		all = append(all, lost...)
	}
	return peopleText(all)
}
