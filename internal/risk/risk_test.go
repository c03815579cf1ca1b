package risk

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/incident"
	"vigil/internal/level"
)

const day = 24 * time.Hour

var now = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)

// years is knowledge of so many years up to an age ago.
func years(n int, ago time.Duration) Knowledge {
	return Knowledge{Covered: true, Periods: []incident.Interval{{Start: now.AddDate(-n, 0, 0), End: now.Add(-ago)}}}
}

func crime(k Knowledge) map[incident.Threat]Knowledge {
	return map[incident.Threat]Knowledge{incident.Crime: k}
}

func estimate(k Knowledge, evidence ...Evidence) Category {
	e := New(Default(), now, crime(k), 0, false, true)
	for i := range evidence {
		e.Add(&evidence[i])
	}
	for _, c := range e.Estimate().Categories {
		if c.Threat == incident.Crime {
			return c
		}
	}
	panic("no category")
}

func injury(ago time.Duration) Evidence {
	return Evidence{At: now.Add(-ago), Threat: incident.Crime, Harms: true, Injured: 1, Severity: incident.Minor, Reference: 7}
}

func TestEstimate(t *testing.T) {
	many := func(n int, every time.Duration, e Evidence) []Evidence {
		var list []Evidence
		for k := range n {
			next := e
			next.At = next.At.Add(-time.Duration(k) * every)
			list = append(list, next)
		}
		return list
	}
	kill := func(n int) Evidence {
		e := injury(10 * day)
		e.Killed = n
		return e
	}
	hole := Knowledge{Covered: true, Periods: []incident.Interval{
		{Start: now.AddDate(-8, 0, 0), End: now.AddDate(-2, 0, 0)}, {Start: now.Add(-10 * day), End: now},
	}}
	tests := []struct {
		name       string
		knowledge  Knowledge
		evidence   []Evidence
		why        Unknown
		likelihood Likelihood
		impact     Impact
		band       level.Band
	}{
		{name: "nobody looks", why: NoCoverage},
		{name: "nobody looks, whatever was seen", evidence: many(20, day, injury(day)), why: NoCoverage},
		{name: "too short to say", knowledge: Knowledge{Covered: true, Periods: []incident.Interval{{Start: now.Add(-3 * day), End: now}}}, why: NoHistory},
		{name: "years of quiet", knowledge: years(8, 0), likelihood: VeryUnlikely, impact: Negligible, band: level.Low},
		{name: "one injury last week", knowledge: years(8, 0), evidence: []Evidence{injury(7 * day)}, likelihood: Unlikely, impact: Moderate, band: level.Low},
		{name: "one every ten days for years", knowledge: years(8, 0), evidence: many(250, 10*day, injury(5*day)), likelihood: VeryLikely, impact: Moderate, band: level.High},
		{
			name: "harmless of late, harmful before", knowledge: years(8, 0), likelihood: VeryUnlikely, impact: Moderate, band: level.Low,
			evidence: []Evidence{injury(500 * day), {At: now.Add(-day), Threat: incident.Crime}},
		},
		{name: "one killed", knowledge: years(8, 0), evidence: []Evidence{kill(1)}, likelihood: Unlikely, impact: Severe, band: level.Medium},
		{name: "three killed", knowledge: years(8, 0), evidence: []Evidence{kill(3)}, likelihood: Unlikely, impact: Critical, band: level.Medium},
		{name: "what is incomplete raises", knowledge: years(8, 180*day), evidence: many(17, 10*day, injury(5*day)), likelihood: Likely, impact: Moderate, band: level.High},
		{name: "what is incomplete does not lower", knowledge: years(8, 180*day), evidence: many(100, 10*day, injury(190*day)), likelihood: VeryLikely, impact: Moderate, band: level.High},
		{name: "years that nobody watched do not calm", knowledge: hole, evidence: many(100, 10*day, injury(740*day)), likelihood: ModeratelyLikely, impact: Moderate, band: level.Medium},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := estimate(tt.knowledge, tt.evidence...)
			if c.Known != (tt.why == NotUnknown) || c.Why != tt.why {
				t.Fatalf("known %v why %v, want %v", c.Known, c.Why, tt.why)
			}
			if c.Likelihood != tt.likelihood || c.Impact != tt.impact || c.Band != tt.band {
				t.Errorf("%v (%.3f) × %v = %v, want %v × %v = %v; %+v",
					c.Likelihood, c.Probability, c.Impact, c.Band, tt.likelihood, tt.impact, tt.band, c.Reasons.RatePerMonth)
			}
		})
	}
}

// TestOneHalfLifeIsPoisson: without fading and with a flat prior, the probability is that of a Poisson
// rate, which can be worked out on paper: 12 in 360 days is one in 30.
// TestWhoIsNotSaidIsToldAndNotCounted: an incident in which people were harmed of whom nobody says whether they were staff changes nothing
// but that it is told.
func TestWhoIsNotSaidIsToldAndNotCounted(t *testing.T) {
	perhaps := Evidence{At: now.Add(-10 * day), Threat: incident.Crime, MayHarm: true}
	old := perhaps
	old.At = now.AddDate(-9, 0, 0)
	without, with := estimate(years(8, 0), injury(20*day)), estimate(years(8, 0), injury(20*day), perhaps, perhaps, old)
	if with.Reasons.Unsaid != 2 || without.Reasons.Unsaid != 0 {
		t.Errorf("%d and %d of whom it is not said", with.Reasons.Unsaid, without.Reasons.Unsaid)
	}
	if with.Probability != without.Probability || with.Impact != without.Impact || with.Band != without.Band || with.Reasons.Counted != without.Reasons.Counted {
		t.Errorf("%+v, without them %+v", with, without)
	}
	surely := injury(10 * day)
	surely.MayHarm = true // whatever is, may be
	if got := estimate(years(8, 0), surely); got.Reasons.Unsaid != 0 || got.Reasons.Counted != 1 {
		t.Errorf("%+v", got.Reasons)
	}
}

func TestOneHalfLifeIsPoisson(t *testing.T) {
	p := Default()
	p.ShortWeight, p.LongHalfLife, p.PriorIncidents, p.PriorExposure = 0, 1e6*time.Hour, 1e-9, time.Second
	e := New(p, now, crime(Knowledge{Covered: true, Periods: []incident.Interval{{Start: now.Add(-360 * day), End: now}}}), 0, false, false)
	for k := range 12 {
		ev := injury(time.Duration(15+30*k) * day)
		e.Add(&ev)
	}
	got := e.Estimate().Worst.Probability
	// The posterior predictive of Gamma(12, 360): 1 − (360/390)^12, a little below 1 − 1/e.
	if want := 1 - math.Pow(360.0/390.0, 12); math.Abs(got-want) > 0.005 {
		t.Errorf("probability %.4f, want %.4f", got, want)
	}
}

func TestStaffAndImpact(t *testing.T) {
	for _, tt := range []struct {
		staff   int
		staffed bool
		want    Impact
	}{{0, false, Moderate}, {0, true, Negligible}, {10, true, Moderate}, {5000, true, Severe}} {
		e := New(Default(), now, crime(years(8, 0)), tt.staff, tt.staffed, false)
		ev := injury(day)
		e.Add(&ev)
		if got := e.Estimate().Worst.Impact; got != tt.want {
			t.Errorf("%d staff (known %v): impact %v, want %v", tt.staff, tt.staffed, got, tt.want)
		}
	}
}

// TestMoreIsNeverLess: one more incident that harms staff never lowers the estimate.
func TestMoreIsNeverLess(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		k := years(rapid.IntRange(1, 10).Draw(rt, "years"), time.Duration(rapid.IntRange(0, 300).Draw(rt, "lag"))*day)
		var list []Evidence
		for range rapid.IntRange(0, 30).Draw(rt, "n") {
			list = append(list, injury(time.Duration(rapid.IntRange(1, 3000).Draw(rt, "ago"))*day))
		}
		before := estimate(k, list...)
		after := estimate(k, append(list, injury(time.Duration(rapid.IntRange(1, 3000).Draw(rt, "one more"))*day))...)
		if after.Probability < before.Probability-1e-12 || after.Band < before.Band {
			rt.Fatalf("from %v %v to %v %v", before.Probability, before.Band, after.Probability, after.Band)
		}
		if p := after.Probability; p < 0 || p > 1 || math.IsNaN(p) {
			rt.Fatalf("probability %v", p)
		}
	})
}

func TestTrend(t *testing.T) {
	for _, tt := range []struct {
		recent, before int
		whole, known   bool
		ratio          float64
	}{{2, 12, true, true, 2}, {0, 12, true, true, 0}, {2, 0, true, false, 0}, {2, 12, false, false, 0}} {
		if got := TrendOf(tt.recent, tt.before, tt.whole, now, now); got.Known != tt.known || got.Ratio != tt.ratio {
			t.Errorf("TrendOf(%d, %d, %v) = %+v", tt.recent, tt.before, tt.whole, got)
		}
	}
}

func BenchmarkAdd(b *testing.B) {
	e := New(Default(), now, crime(years(8, 0)), 0, false, false)
	ev := injury(day)
	for b.Loop() {
		e.Add(&ev)
	}
}

// TestImpactNamesNothingRestricted: what a restricted incident did weighs, and is named only as far as an open one did the same.
func TestImpactNamesNothingRestricted(t *testing.T) {
	secret := injury(day)
	secret.Sexual, secret.Restricted = true, true
	graded := injury(day)
	graded.Severity = incident.Severe
	for _, c := range []struct {
		evidence []Evidence
		rule     Rule
	}{
		{[]Evidence{secret}, RuleRestricted},
		{[]Evidence{secret, graded}, RuleGradedSevere},
		{[]Evidence{graded, secret}, RuleGradedSevere},
		{[]Evidence{secret, injury(day)}, RuleRestricted},
	} {
		got := estimate(years(8, 0), c.evidence...)
		if got.Impact != Severe || got.Reasons.ImpactRule != c.rule {
			t.Errorf("impact %v by %v, want severe by %v", got.Impact, got.Reasons.ImpactRule, c.rule)
		}
	}
}
