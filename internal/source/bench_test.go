package source

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// BenchmarkLines prints how fast 100 MB of lines of an incident's usual size stream through.
func BenchmarkLines(b *testing.B) {
	desk := b.TempDir()
	line := append(bytes.Repeat([]byte("x"), 536), '\n')
	content := bytes.Repeat(line, 100_000_000/len(line))
	must(b, os.WriteFile(filepath.Join(desk, "a.jsonl"), content, 0o644))
	specs := []Spec{{Name: "a", Path: "a.jsonl", Root: desk, Mode: byName}}
	lines := 0
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		_, err := ReadOnce(b.Context(), specs, func(_ context.Context, e Event) error {
			lines += len(e.Lines)
			return nil
		}, Options{})
		must(b, err)
	}
	if lines != b.N*(len(content)/len(line)) {
		b.Fatalf("%d lines", lines)
	}
}

// BenchmarkEventToSink prints the time from the write to the sink with the kernel's notifications.
func BenchmarkEventToSink(b *testing.B) {
	desk := b.TempDir()
	path := filepath.Join(desk, "a.jsonl")
	f, err := os.Create(path)
	must(b, err)
	defer func() { must(b, f.Close()) }()
	ready, got := make(chan bool, 1), make(chan time.Time, 1)
	w := New(func(_ context.Context, e Event) error {
		switch e.Kind {
		case KindWatch:
			ready <- true
		case KindLines:
			got <- time.Now()
		}
		return nil
	}, Options{})
	must(b, w.Set([]Spec{{Name: "a", Path: "*.jsonl", Root: desk, Mode: byName}}))
	ctx, cancel := context.WithCancel(b.Context())
	done := make(chan error)
	go func() { done <- w.Run(ctx) }()
	<-ready
	var all []time.Duration
	for b.Loop() {
		time.Sleep(2 * pace) // an event of its own, not one of a burst
		start := time.Now()
		_, err := f.WriteString("{}\n")
		must(b, err)
		all = append(all, (<-got).Sub(start))
	}
	cancel()
	must(b, <-done)
	slices.Sort(all)
	b.ReportMetric(float64(all[len(all)/2].Microseconds()), "µs-p50")
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds()), "µs-p99")
}

// BenchmarkIdleLook prints what one periodic look costs when nothing changes in 20 files.
func BenchmarkIdleLook(b *testing.B) {
	r := newRig(b, Spec{Path: "feeds/*"})
	for i := range 20 {
		r.write("feeds/"+string(rune('a'+i))+".jsonl", "one\n")
	}
	r.look(true)
	for b.Loop() {
		r.look(true)
	}
}
