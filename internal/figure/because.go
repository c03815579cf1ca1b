package figure

import (
	"vigil/internal/correlate"
	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/risk"
)

// impactRules are what an impact may rest on, and likenesses what may be said of two incidents: they are said by the domain's words.
var (
	impactRules = []string{
		lang.Msg("nothing seen"),
		lang.Msg("staff killed in one incident, at or above critical_killed"),
		lang.Msg("graded critical by its source"),
		lang.Msg("staff killed in one incident, at or above severe_killed"),
		lang.Msg("staff abducted"),
		lang.Msg("sexual violence"),
		lang.Msg("graded severe by its source"),
		lang.Msg("staff injured"),
		lang.Msg("staff detained"),
		lang.Msg("graded moderate by its source"),
		lang.Msg("staff harmed otherwise"),
		lang.Msg("graded minor by its source"),
		lang.Msg("no staff known to be harmed"),
		lang.Msg("no staff present"),
		lang.Msg("a restricted incident: security lead only"),
	}
	likenesses = []string{
		lang.Msg("both carry the id %s"),
		lang.Msg("both refer to %s"),
		lang.Msg("%d s apart"),
		lang.Msg("%d min apart"),
		lang.Msg("within %d h"),
		lang.Msg("the same day"),
		lang.Msg("the same month; one of them gives no day"),
		lang.Msg("the same year; one of them gives no month"),
		lang.Msg("%s apart"),
		lang.Msg("%d min apart: another shock"),
		lang.Msg("%d km apart"),
		lang.Msg("%d km apart, and names of the place agree"),
		lang.Msg("%d km apart, which says little: one of them does not know better"),
		lang.Msg("%d km apart, which one of them does not know better; names of the place agree"),
		lang.Msg("names of the place agree"),
		lang.Msg("the same region"),
		lang.Msg("names of the region differ"),
		lang.Msg("the same country; no more is known of the place"),
		lang.Msg("one is a hazard and the other is not"),
		lang.Msg("the same act: %s"),
		lang.Msg("acts that go together: %s, %s"),
		lang.Msg("acts that do not go together: %s, %s"),
		lang.Msg("the same figures: %s affected"),
		lang.Msg("figures differ: %d and %d affected"),
		lang.Msg("figures have nobody in common: %d and %d affected"),
		lang.Msg("%d affected by the one, nobody by the other"),
		lang.Msg("the same kind of organisation"),
		lang.Msg("different kinds of organisation"),
		lang.Msg("%s in common that tell, %d %% of the shorter text"),
		lang.Msg("words enough in both, and none in common that tells"),
		lang.Msg("one title alone tells of a second one, or of another"),
		lang.Msg("one authority lists them as two"),
		lang.Msg("a report is not an occurrence"),
		lang.Msg("one of them is only expected"),
		lang.Msg("an exercise or test is not real"),
		lang.Msg("one of them is restricted and the other is open"),
		lang.Msg("different countries"),
	}
)

// ImpactRule is what an impact rests on.
func (h Hand) ImpactRule(r risk.Rule) string { return h.Say(r.String()) }

// Points writes tenths of points of a comparison: +4.0, -1.5.
func (h Hand) Points(tenths int) string {
	sign := "+"
	if tenths < 0 {
		sign = ""
	}
	return sign + h.Decimal(float64(tenths)/10, 1)
}

// Because lists what is said for and against that two incidents are one, each with its points: "the same day +4.0".
func (h Hand) Because(b *picture.Because) []string {
	if b.Bar != correlate.NoBar {
		return []string{h.Say(b.Bar.String())}
	}
	list := make([]string, len(b.Reasons))
	for i, r := range b.Reasons {
		sentence, args := r.Told()
		for n, a := range args {
			switch a := a.(type) {
			case incident.Act:
				args[n] = h.Words(a.String())
			case correlate.Counted:
				args[n] = h.countedWord(a)
			}
		}
		list[i] = h.Sayf(sentence, args...) + " " + h.Points(r.Points)
	}
	return list
}

// countedWord is a number with what is counted.
func (h Hand) countedWord(c correlate.Counted) string {
	switch {
	case c.Word == "day":
		return h.Plural(c.N, "day")
	case c.Word == "word":
		return h.Plural(c.N, "word")
	case c.N == 1:
		return h.Say("1 person")
	}
	return h.Sayf("%s people", h.Number(c.N))
}
