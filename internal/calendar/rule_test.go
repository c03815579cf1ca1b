package calendar

import (
	"testing"
	"time"

	"github.com/teambition/rrule-go"
	"pgregory.net/rapid"
)

// weekdays of the oracle, by ours.
var weekdays = map[time.Weekday]rrule.Weekday{
	time.Monday: rrule.MO, time.Tuesday: rrule.TU, time.Wednesday: rrule.WE, time.Thursday: rrule.TH,
	time.Friday: rrule.FR, time.Saturday: rrule.SA, time.Sunday: rrule.SU,
}

// TestRulesAgreeWithAnother: what rules mean is what another program makes of them.
func TestRulesAgreeWithAnother(t *testing.T) {
	freqs := map[Frequency]rrule.Frequency{Daily: rrule.DAILY, Weekly: rrule.WEEKLY, Monthly: rrule.MONTHLY, Yearly: rrule.YEARLY}
	rapid.Check(t, func(t *rapid.T) {
		r := Rule{
			Freq: Frequency(rapid.IntRange(0, 3).Draw(t, "freq")), Interval: rapid.IntRange(1, 4).Draw(t, "interval"),
			Count: rapid.SampledFrom([]int{0, 0, 1, 5, 40}).Draw(t, "count"), Week: time.Weekday(rapid.IntRange(0, 6).Draw(t, "week")),
		}
		start := time.Date(2026, time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 31).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		until := start.AddDate(rapid.IntRange(0, 3).Draw(t, "years"), 0, rapid.IntRange(0, 100).Draw(t, "days"))
		few := func(name string, n int) []int {
			if n == 0 || !rapid.Bool().Draw(t, name+"?") {
				return nil
			}
			return rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) int {
				return rapid.SampledFrom([]int{-1, 1}).Draw(t, "sign") * rapid.IntRange(1, n).Draw(t, name)
			}), 1, 3, rapid.ID).Draw(t, name)
		}
		o := rrule.ROption{Freq: freqs[r.Freq], Interval: r.Interval, Count: r.Count, Wkst: weekdays[r.Week], Dtstart: start, Until: until}
		if rapid.Bool().Draw(t, "months?") {
			for _, m := range rapid.SliceOfNDistinct(rapid.IntRange(1, 12), 1, 3, rapid.ID).Draw(t, "months") {
				r.Months, o.Bymonth = append(r.Months, time.Month(m)), append(o.Bymonth, m)
			}
		}
		if r.Freq != Weekly {
			r.MonthDays = few("monthday", 31)
			o.Bymonthday = r.MonthDays
		}
		if r.Freq == Yearly {
			r.YearDays = few("yearday", 366)
			o.Byyearday = r.YearDays
		}
		if rapid.Bool().Draw(t, "days?") {
			// The other program takes weekdays with and without a number as two conditions: not both at once.
			numbered := rapid.Bool().Draw(t, "numbered")
			for _, d := range rapid.SliceOfNDistinct(rapid.IntRange(0, 6), 1, 3, rapid.ID).Draw(t, "days") {
				n := Nth{Day: time.Weekday(d)}
				if numbered && r.Freq >= Monthly {
					n.N = rapid.SampledFrom([]int{1, 2, 5, -1, -2}).Draw(t, "nth")
				}
				r.Days = append(r.Days, n)
				day := weekdays[n.Day]
				if n.N != 0 {
					day = day.Nth(n.N)
				}
				o.Byweekday = append(o.Byweekday, day)
			}
		}
		// The other program begins the first week at the start and not on its first day.
		if len(r.Months)+len(r.MonthDays)+len(r.YearDays)+len(r.Days) > 0 && r.Freq >= Monthly {
			r.Positions = few("position", 3)
			o.Bysetpos = r.Positions
		}
		other, err := rrule.NewRRule(o)
		if err != nil {
			t.Skip("the other program refuses it: ", err)
		}
		r.Until = until
		want := other.All()
		got := r.dates(start, start, until, 1<<20)
		if len(got) != len(want) {
			t.Fatalf("%s: %d dates, want %d\n%v\n%v", other, len(got), len(want), got, want)
		}
		for i := range got {
			if !got[i].Equal(want[i]) {
				t.Fatalf("%s: %v, want %v", other, got[i], want[i])
			}
		}
	})
}

func TestRuleThatNeverHolds(t *testing.T) {
	r := Rule{Freq: Yearly, Months: []time.Month{time.February}, MonthDays: []int{30}, Positions: []int{1}, Count: 1 << 30}
	start := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	if got := r.dates(start, start, start.AddDate(9000, 0, 0), 10); got != nil {
		t.Errorf("%v", got)
	}
}

func BenchmarkRule(b *testing.B) {
	r := Rule{Freq: Daily, Count: 1 << 30}
	start := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	now := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	for b.Loop() {
		r.dates(start, now, now.AddDate(0, 0, 60), 100)
	}
}
