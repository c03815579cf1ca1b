package picture

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/country"
	"vigil/internal/incident"
)

// TestDisclosedIsAsIfThereWereNone: what is withheld is in no figure that is disclosed: they are those of a desk to which it never came. A
// security lead's are whole.
func TestDisclosedIsAsIfThereWereNone(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all, open := newBench(t), newBench(t)
		for _, b := range []*bench{all, open} { // how far back and forth a source tells is known from what it has
			b.say("whole", record("first", occurred(incident.At(now.AddDate(-2, 0, 0))), in(country.MLI)))
			b.say("whole", record("last", occurred(incident.At(now.Add(-time.Minute))), in(country.MLI)))
		}
		hidden := 0
		for i := range rapid.IntRange(1, 30).Draw(rt, "n") {
			at := now.Add(-time.Duration(rapid.IntRange(1, 14*30*24).Draw(rt, "hours")) * time.Hour)
			moment := incident.At(at)
			if rapid.Bool().Draw(rt, "a day") {
				moment = when(t, at.Format(time.DateOnly))
			}
			rec := record(fmt.Sprint(i), occurred(moment), in(rapid.SampledFrom([]country.Code{country.MLI, country.NER, country.UKR}).Draw(rt, "country")))
			if rapid.IntRange(0, 2).Draw(rt, "handling") == 0 {
				rec.Handling = incident.Known(incident.Restricted)
				all.say("whole", rec)
				hidden++
				continue
			}
			all.say("whole", rec)
			open.say("whole", rec)
		}
		all.finish("whole")
		open.finish("whole")
		want := figures(open.view())
		if got := figures(all.view()); fmt.Sprint(got) != fmt.Sprint(want) {
			rt.Fatalf("of %d hidden ones it tells\n%v\nwant\n%v", hidden, got, want)
		}
		lead, whole := all.store.Publish(all.at).For(SecurityLead), 0
		for c := range lead.Disclosed() {
			whole += c.LastYear
		}
		for c := range lead.Countries() {
			whole -= c.LastYear
		}
		if whole != 0 {
			rt.Fatalf("something is withheld from the lead: %d", whole)
		}
	})
}

// figures are what is disclosed.
func figures(v View) (list []string) {
	for c := range v.Disclosed() {
		list = append(list, fmt.Sprint(c.Code, c.Day, c.Week, c.Month, c.LastYear, c.Trend.Known, c.Trend.Ratio))
	}
	return list
}
