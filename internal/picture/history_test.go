package picture

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/incident"
)

func TestHistory(t *testing.T) {
	b := newBench(t)
	ago := func(d time.Duration) incident.When { return incident.At(now.Add(-d)) }
	hazard := func(i *incident.Incident) {
		i.Threat, i.Act = incident.Known(incident.Hazard), incident.Known(incident.Flood)
	}
	elsewhere := func(i *incident.Incident) { i.Countries = []country.Code{country.NER} }
	refuted := func(i *incident.Incident) { i.Verification = incident.Known(incident.Refuted) }
	day := now.Add(-20 * Day)
	for n, edits := range [][]edit{
		{occurred(ago(time.Hour))},
		{occurred(ago(time.Hour))},
		{occurred(ago(8 * Day))},
		{occurred(ago(100 * Day))},
		{occurred(ago(time.Hour)), hazard},
		{occurred(ago(time.Hour)), elsewhere},
		{occurred(ago(time.Hour)), refuted},
		{occurred(when(t, day.Format(time.DateOnly)))},
		{occurred(when(t, now.AddDate(-1, 0, 0).Format("2006-01")))},
		{occurred(incident.When{}), reported(-time.Hour)},
		{occurred(ago(66 * Week))},
		{occurred(when(t, now.Add(-6*Week).Format("2006-01")))}, // of no one week, and of the quarter
	} {
		b.say("whole", record(fmt.Sprint("h", n), edits...))
	}
	b.finish("whole")
	h := b.view().History(country.MLI, time.UTC)
	counts := map[int]int{}
	for i, w := range h.Weeks {
		if w.Sure > 0 {
			counts[HistoryWeeks-1-i] = w.Sure
		}
		if i > 0 && !h.Weeks[i-1].To.Equal(w.From) {
			t.Errorf("week %d does not follow the one before", i)
		}
	}
	if len(counts) != 4 || counts[0] != 2 || counts[1] != 1 || counts[2] != 1 || counts[14] != 1 {
		t.Errorf("weeks ago: %v", counts)
	}
	if h.Spread != 2 || h.Undated != 1 || h.Timed != 3 || h.Untimed != 2 {
		t.Errorf("spread %d, undated %d, timed %d, untimed %d, want 2, 1, 3, 2", h.Spread, h.Undated, h.Timed, h.Untimed)
	}
	if h.Threats[incident.ArmedConflict].Sure != 5 || h.Threats[incident.Hazard].Sure != 1 {
		t.Errorf("threats: %+v", h.Threats)
	}
	at := now.Add(-time.Hour)
	if h.Hours[at.Weekday()][at.Hour()] != 2 {
		t.Errorf("hours: %v", h.Hours)
	}
	east := b.view().History(country.MLI, time.FixedZone("", 2*3600)).Hours
	if at = at.Add(2 * time.Hour); east[at.Weekday()][at.Hour()] != 2 {
		t.Errorf("hours two hours to the east: %v", east)
	}
}

// TestHistoryAgreesWithTheWindow: the last week is the window of 7 days, and no incident is counted twice.
func TestHistoryAgreesWithTheWindow(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := newBench(t)
		n := rapid.IntRange(0, 30).Draw(rt, "n")
		source := rapid.SampledFrom([]string{"radio", "whole"}).Draw(rt, "source")
		for i := range n {
			hours := rapid.IntRange(0, 70*7*24).Draw(rt, "hours")
			at := now.Add(-time.Duration(hours) * time.Hour)
			moment := incident.At(at)
			if rapid.Bool().Draw(rt, "a day") {
				moment = when(t, at.Format(time.DateOnly))
			}
			b.say(source, record(fmt.Sprint("r", i), occurred(moment)))
		}
		b.finish(source)
		v := b.view()
		c, ok := v.Country(country.MLI)
		if !ok {
			rt.Fatal("the country is missing")
		}
		h := v.History(country.MLI, time.UTC)
		if last := h.Weeks[HistoryWeeks-1]; last.Sure != c.Week.Sure || last.Whole != c.Week.Known {
			rt.Fatalf("the last week is %+v, the window %+v", last, c.Week)
		}
		sum, hours, recent := h.Spread, 0, 0
		for i, w := range h.Weeks {
			sum += w.Sure
			if n := i - (HistoryWeeks - HistoryRecent); n >= 0 && c.Weeks[n] != (Tally{w.Sure, w.Whole}) {
				rt.Fatalf("week %d of the row is %+v, of the history %+v", n, c.Weeks[n], w)
			}
			if i >= HistoryWeeks-HistoryRecent {
				recent += w.Sure
			}
		}
		for _, day := range h.Hours {
			for _, x := range day {
				hours += x
			}
		}
		threats := 0 // none of these is a hazard
		for _, tally := range h.Threats {
			threats += tally.Sure
		}
		if sum > n || hours != h.Timed || h.Timed+h.Untimed != threats || threats < recent {
			rt.Fatalf("%d of %d counted, %d by the hour, timed %d, untimed %d of %d, %d of them in one week", sum, n, hours, h.Timed, h.Untimed, threats, recent)
		}
	})
}

// TestHistoryWithholds: of what is restricted a history tells no category and no hour, and takes nothing beside it for all.
func TestHistoryWithholds(t *testing.T) {
	b := newBench(t)
	at := occurred(incident.At(now.Add(-time.Hour)))
	b.say("whole", record("secret", at, func(i *incident.Incident) { i.Handling = incident.Known(incident.Restricted) }))
	b.finish("whole")
	for role, told := range map[Role]int{DutyOfficer: 0, SecurityLead: 1} {
		h := b.store.Publish(now).For(role).History(country.MLI, time.UTC)
		if h.Weeks[HistoryWeeks-1].Sure != 1 || h.Withheld != 1-told {
			t.Errorf("role %d: %d in the week, %d withheld", role, h.Weeks[HistoryWeeks-1].Sure, h.Withheld)
		}
		hours := 0
		for d := range h.Hours {
			for _, n := range h.Hours[d] {
				hours += n
			}
		}
		if hours != told || h.Timed != told || h.Threats[incident.ArmedConflict].Sure != told {
			t.Errorf("role %d: %d by hour, %d timed, %+v", role, hours, h.Timed, h.Threats)
		}
		if told == 0 && (h.HoursWhole || h.Threats[incident.Crime].Whole) {
			t.Error("what is withheld may be of any hour and category")
		}
	}
}

// What a source had told of before it fell silent stands: the weeks that ended by then are drawn, and those since are not.
func TestHistoryBeforeTheSilence(t *testing.T) {
	b := newBench(t)
	b.say("radio", record("first", occurred(incident.At(now.Add(-200*Day)))))
	b.say("radio", record("last", occurred(incident.At(now.Add(-time.Hour))), reported(-time.Hour)))
	for _, source := range []string{"radio", "whole", "gdacs"} {
		b.finish(source)
	}
	b.store.Observe("radio", health.Facts{LastAttempt: now, LastSuccess: now})
	history := func(at time.Time) History { return b.store.Publish(at).For(DutyOfficer).History(country.MLI, time.UTC) }
	if h := history(now); !h.Weeks[HistoryWeeks-1].Whole || !h.HoursWhole {
		t.Fatal("while it speaks the last week is not whole")
	}
	h := history(now.Add(17 * Day))
	if h.HoursWhole || h.Threats[incident.Crime].Whole {
		t.Error("the quarter up to now is whole, of which nobody tells any more")
	}
	for _, w := range h.Weeks {
		if told := !w.From.Before(now.Add(-200*Day)) && !w.To.After(now.Add(-time.Hour)); w.Whole != told {
			t.Errorf("the week from %v is whole: %v, want %v", w.From, w.Whole, told)
		}
	}
}
