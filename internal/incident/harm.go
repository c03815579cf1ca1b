package incident

import "slices"

// principal are the outcomes that every record of the field counts, the gravest first. Figures give each its own number.
var principal = [...]Outcome{Killed, Injured, Abducted, Detained}

// Principal are the outcomes that figures give a number each: killed, injured, abducted, detained.
func Principal() []Outcome { return principal[:] }

// further are the other harmful outcomes, the gravest first.
var further = [...]Outcome{Missing, SexuallyAssaulted, Assaulted, Ill, Hijacked, Robbed, Burgled, Intimidated, Harassed, OutcomeUnknown}

// Harm is how many people a record tells to have come to harm in one way.
type Harm struct {
	Outcome Coded[Outcome]
	Count   int // persons, 1 or more, or Uncounted
}

// furtherHarm reports whether an entry tells of a harm that is not a principal one; a word that no vocabulary has is a harm, too.
func (a *Affected) furtherHarm() bool {
	return a.Outcome.Unlisted() || slices.Contains(further[:], a.Outcome.Value)
}

// Further are the harms besides the principal ones that a record says somebody came to, or may have, because nobody
// counted: the gravest first, and at the end those in words of the source's own.
func (b Breakdown) Further() []Harm {
	var list []Harm
	for i := range b {
		if a := &b[i]; a.Count != 0 && a.furtherHarm() && !slices.ContainsFunc(list, func(h Harm) bool { return h.Outcome == a.Outcome }) {
			list = append(list, Harm{Outcome: a.Outcome})
		}
	}
	place := func(h Harm) int {
		if h.Outcome.Unlisted() {
			return len(further)
		}
		return slices.Index(further[:], h.Outcome.Value)
	}
	slices.SortStableFunc(list, func(x, y Harm) int { return place(x) - place(y) })
	for k := range list {
		n, known := b.figure(byOutcome, func(a *Affected) bool { return a.Outcome == list[k].Outcome })
		if list[k].Count = n; !known || n == 0 {
			list[k].Count = Uncounted // one entry counts them, and another that tells more of them does not
		}
	}
	return list
}

// FurtherStaff is how many people of the humanitarian community came to other harm than the principal ones; known is as in
// [Breakdown.Staff].
func (b Breakdown) FurtherStaff() (n int, known bool) { return b.staffOf((*Affected).furtherHarm) }
