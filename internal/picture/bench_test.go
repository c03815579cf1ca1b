package picture

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/risk"
	"vigil/internal/safetext"
)

// million fills a store with n incidents over ten years in sixty countries.
func million(b *testing.B, n int) *Store {
	b.Helper()
	s := NewStore(Options{Risk: risk.Default()})
	s.Configure("radio", SourceInfo{Name: safetext.Const("radio"), Profile: radio})
	s.Observe("radio", health.Facts{LastAttempt: now, LastSuccess: now})
	codes := country.All()[:60]
	file := safetext.Const("feeds/radio.jsonl")
	for k := range n {
		at := now.Add(-time.Duration(k) * (10 * year / time.Duration(n)))
		s.Arrive(Arrival{
			Source: "radio", Received: at, Origin: incident.Origin{File: file, Line: k + 1, Generation: 1},
			Incident: &incident.Incident{
				Identity:  incident.Identity{Authority: safetext.Const("radio"), ID: safetext.Clean(fmt.Sprint("R-", k))},
				Occurred:  incident.At(at),
				Countries: []country.Code{codes[k%len(codes)]},
				Threat:    incident.Known(incident.Threats()[k%5]), Act: incident.Known(incident.Shooting),
				Affected: incident.Breakdown{{Outcome: incident.Known(incident.Injured), Count: 1}},
			},
		})
	}
	return s
}

// BenchmarkSweep prints the cost of a picture when nothing has arrived: the windows, outcomes and
// hazards of all countries at a later time.
func BenchmarkSweep(b *testing.B) {
	for _, n := range []int{5_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := million(b, n)
			s.Publish(now)
			for b.Loop() {
				s.Publish(now)
			}
		})
	}
}

// BenchmarkWindows prints the cost of the windows, outcomes and hazards of all countries alone, out of a million incidents.
func BenchmarkWindows(b *testing.B) {
	p := million(b, 1_000_000).Publish(now)
	var counted tallies
	p.countLately(&counted) // what is said of a country apart from its windows is gathered once
	n := 0
	for b.Loop() {
		for _, t := range counted {
			if t != nil {
				t.Day, t.Week, t.Month, t.Outcomes, t.Hazards = Window{}, Window{}, Window{}, Outcomes{}, Hazards{}
			}
		}
		p.countLately(&counted)
	}
	for _, t := range counted {
		if t != nil {
			n += t.Month.Sure + t.Month.Maybe
		}
	}
	b.ReportMetric(float64(n), "incidents-in-windows")
}

// BenchmarkPublish prints the cost of a whole picture, all history surveyed anew: totals, trends and
// estimates of every country as well.
func BenchmarkPublish(b *testing.B) {
	for _, n := range []int{5_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := million(b, n)
			at := now
			for b.Loop() {
				at = at.Add(2 * surveyHolds)
				s.Publish(at)
			}
		})
	}
}

// BenchmarkMemory prints what the store keeps of each million incidents.
func BenchmarkMemory(b *testing.B) {
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	for b.Loop() {
		before := heap()
		s := million(b, 1_000_000)
		b.ReportMetric(float64(heap()-before)/1e6, "MB/million")
		runtime.KeepAlive(s)
	}
}

// BenchmarkArrive prints the cost of taking one record in.
func BenchmarkArrive(b *testing.B) {
	s := million(b, 100_000)
	k := 0
	for b.Loop() {
		k++
		s.Arrive(Arrival{
			Source: "radio", Received: now, Origin: incident.Origin{Line: k, Generation: 1},
			Incident: record(fmt.Sprint("new", k)),
		})
	}
}
