package app

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"syscall"
	"testing"
	"time"

	"vigil/internal/desk"
	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/feed/native"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/query"
	"vigil/internal/safetext"
	"vigil/internal/search"
	"vigil/internal/spool"
)

// deskOf makes a desk with one feed of n incidents.
func deskOf(b *testing.B, n int, now time.Time) (dir string, size int64) {
	b.Helper()
	dir = b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, desk.ConfigName), []byte("name = \"bench\"\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "feeds"), 0o700); err != nil {
		b.Fatal(err)
	}
	return dir, feedtest.WriteFeed(b, filepath.Join(dir, "feeds", "radio.jsonl"), n, now)
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkIngest prints how a feed is read into a picture: its rate, the time of processors that it takes, and
// what the picture keeps in memory.
func BenchmarkIngest(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			now := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
			dir, size := deskOf(b, n, now)
			b.SetBytes(size)
			var cpu time.Duration
			for b.Loop() {
				before, began := heapNow(), cpuTime()
				p, err := Snapshot(context.Background(), Options{Dir: dir, Now: func() time.Time { return now }}, time.Time{}, time.Time{})
				if err != nil {
					b.Fatal(err)
				}
				cpu += cpuTime() - began
				if got := p.For(0).Len(); got != n {
					b.Fatalf("%d incidents, want %d", got, n)
				}
				b.ReportMetric(float64(heapNow()-before)/float64(n), "B/incident")
				runtime.KeepAlive(p)
			}
			b.ReportMetric(cpu.Seconds()/float64(b.N), "cpu-s/op")
		})
	}
}

func heapNow() uint64 {
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkFilter prints how soon filters over a million incidents have a first page and the exact count.
func BenchmarkFilter(b *testing.B) {
	const n = 1_000_000
	now := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	dir, _ := deskOf(b, n, now)
	p, err := Snapshot(context.Background(), Options{Dir: dir, Now: func() time.Time { return now }}, time.Time{}, time.Time{})
	if err != nil {
		b.Fatal(err)
	}
	v := p.For(picture.DutyOfficer)
	for _, text := range []string{"country:MLI", "killed>2", "since:7d act:abduction", "convoy", "place:gao", "R-00500000", "unheardof"} {
		b.Run(text, func(b *testing.B) {
			q, err := query.Parse(text, search.Vocabulary(v))
			if err != nil {
				b.Fatal(err)
			}
			var first time.Duration
			matches := 0
			for b.Loop() {
				began, pages := time.Now(), 0
				for r := range search.Start(context.Background(), v, q, 40) {
					if pages++; pages == 1 {
						first += time.Since(began)
					}
					matches = len(r.IDs)
				}
			}
			b.ReportMetric(float64(first.Microseconds())/1000/float64(b.N), "ms-to-first-page")
			b.ReportMetric(float64(matches), "matches")
		})
	}
}

// BenchmarkRecord prints how long a desk that is open takes to read and to record a feed, and to have it back from
// its intake without the file.
func BenchmarkRecord(b *testing.B) {
	const n = 1_000_000
	now := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	dir, size := deskOf(b, n, now)
	b.SetBytes(size)
	o := Options{Dir: dir, Now: func() time.Time { return now }}
	for b.Loop() {
		if err := os.RemoveAll(filepath.Join(dir, desk.IntakeDir)); err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		var first time.Duration
		s, err := Open(context.Background(), o)
		if err != nil {
			b.Fatal(err)
		}
		for p := range s.Pictures() {
			v := p.For(picture.DutyOfficer)
			if first == 0 && v.Len() > 0 {
				first = time.Since(began)
			}
			if v.Len() == n && v.Desk().Reading.IsZero() {
				break
			}
		}
		read := time.Since(began)
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(first.Seconds(), "s-to-first-picture")
		b.ReportMetric(read.Seconds(), "s-to-whole-picture")
		b.ReportMetric(time.Since(began).Seconds(), "s-to-recorded")
	}
	if err := os.Rename(filepath.Join(dir, "feeds", "radio.jsonl"), filepath.Join(dir, "radio.jsonl")); err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	p, err := Snapshot(context.Background(), o, time.Time{}, time.Time{})
	if err != nil || p.For(picture.DutyOfficer).Len() != n {
		b.Fatalf("%v, or not all is remembered", err)
	}
	b.ReportMetric(time.Since(began).Seconds(), "s-to-remember")
}

// BenchmarkTake prints what it takes to put a million decoded records into an empty store, and to prepare them for it,
// which the processors that decode do.
func BenchmarkTake(b *testing.B) {
	const n = 1_000_000
	now := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	dir, _ := deskOf(b, n, now)
	data, err := os.ReadFile(filepath.Join(dir, "feeds", "radio.jsonl"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		store := picture.NewStoreOn(picture.Options{}, spool.New(b.TempDir()))
		store.Configure("radio", picture.SourceInfo{Name: safetext.Const("radio"), Profile: native.Format.Profile})
		ctx := feed.NewContext("feeds/radio.jsonl")
		var prepare, take time.Duration
		const run = 2048
		arrivals := make([]picture.Arrival, 0, run)
		records := make([]feed.Record, run)
		flush := func() {
			began := time.Now()
			for k := range arrivals {
				store.Prepare(&arrivals[k])
			}
			prepare += time.Since(began)
			began = time.Now()
			for k := range arrivals {
				store.Arrive(arrivals[k])
			}
			take += time.Since(began)
			arrivals = arrivals[:0]
		}
		line := 0
		for text := range bytes.Lines(data) {
			line++
			r := &records[len(arrivals)]
			*r, _ = native.Format.Line(ctx, text, feed.Place{Line: line})
			arrivals = append(arrivals, picture.Arrival{
				Incident: &r.Incident, Source: "radio", Received: now, Line: string(text), Context: ctx,
				Origin: incident.Origin{File: ctx.File, Line: line, Generation: 1},
			})
			if len(arrivals) == run {
				flush()
			}
		}
		flush()
		if got := store.Publish(now).For(picture.DutyOfficer).Len(); got != n {
			b.Fatalf("%d incidents, want %d", got, n)
		}
		b.ReportMetric(float64(prepare.Nanoseconds())/n, "ns-to-prepare")
		b.ReportMetric(float64(take.Nanoseconds())/n, "ns-to-take")
	}
}
