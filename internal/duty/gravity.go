package duty

// Gravity is what of an incident makes its alarm worse: how many of the staff it is known to have harmed, and that it is confirmed. It is
// written into the log with what rang, so that whoever compares later compares with what was known then.
type Gravity struct {
	Killed    int  `json:"killed,omitzero"`
	Abducted  int  `json:"abducted,omitzero"`
	Missing   int  `json:"missing,omitzero"`
	Injured   int  `json:"injured,omitzero"`
	Detained  int  `json:"detained,omitzero"`
	Confirmed bool `json:"confirmed,omitzero"`
}

// harm are the figures, what a life depends on first.
func (g *Gravity) harm() [5]int {
	return [...]int{g.Killed, g.Abducted, g.Missing, g.Injured, g.Detained}
}

// above reports whether more is known to have been suffered: of two figures that differ the graver one decides, so that the release of
// those who were abducted is no worse for the injured among them.
func (g *Gravity) above(than *Gravity) bool {
	was := than.harm()
	for i, n := range g.harm() {
		if n != was[i] {
			return n > was[i]
		}
	}
	return false
}

// With is the gravity of two incidents that ring as one alarm: the graver harm, and whether both are confirmed.
func (g *Gravity) With(other *Gravity) *Gravity {
	if g == nil || other == nil {
		return nil
	}
	both := *g
	if other.above(g) {
		both = *other
	}
	both.Confirmed = g.Confirmed && other.Confirmed
	return &both
}

// Worse reports whether this is worse news of the same incident, though no higher severity: what could not be excluded is known, more of
// the staff were harmed, or what is critical is confirmed. Of alarms about anything else, and of entries that do not say how grave it was, it
// is not.
func (b *Raise) Worse(than *Raise) bool {
	if b.Gravity == nil || b.Unsure {
		return false
	}
	if than.Unsure {
		return true
	}
	return than.Gravity != nil && (b.Gravity.above(than.Gravity) || b.Severity == Critical && b.Gravity.Confirmed && !than.Gravity.Confirmed)
}
