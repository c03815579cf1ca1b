package journal_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"vigil/internal/journal"
)

// payload is as long as an entry with an incident usually is.
var payload = []byte(`{"kind":"incident","text":"` + string(bytes.Repeat([]byte("x"), 500)) + `"}`)

// BenchmarkDurableAppend prints what a durable record costs beside the least it could
// cost: one write of as many bytes and one fsync, in turn, so that both meet the same
// disk. The goal is a ratio of 1.2.
func BenchmarkDurableAppend(b *testing.B) {
	dir := b.TempDir()
	log := open(b, filepath.Join(dir, "log"), journal.Options{Sync: journal.SyncAlways})
	raw, err := os.OpenFile(filepath.Join(dir, "raw"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		b.Fatal(err)
	}
	defer raw.Close()
	line := append(make([]byte, 95), payload...)
	var durable, bare time.Duration
	for b.Loop() {
		start := time.Now()
		if _, err := log.Append(payload); err != nil {
			b.Fatal(err)
		}
		middle := time.Now()
		if _, err := raw.Write(line); err != nil {
			b.Fatal(err)
		}
		if err := raw.Sync(); err != nil {
			b.Fatal(err)
		}
		durable += middle.Sub(start)
		bare += time.Since(middle)
	}
	b.ReportMetric(float64(durable.Microseconds())/float64(b.N), "µs/durable")
	b.ReportMetric(float64(bare.Microseconds())/float64(b.N), "µs/bare")
	b.ReportMetric(float64(durable)/float64(bare), "durable/bare")
}

// BenchmarkBatchAppend is the rate at which a source that is read for the first time can be
// recorded.
func BenchmarkBatchAppend(b *testing.B) {
	for _, n := range []int{1, 100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			log := open(b, b.TempDir(), journal.Options{})
			batch := make([][]byte, n)
			for i := range batch {
				batch[i] = payload
			}
			b.SetBytes(int64(n * len(payload)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := log.Append(batch...); err != nil {
					b.Fatal(err)
				}
			}
			if err := log.Sync(); err != nil {
				b.Fatal(err)
			}
		})
	}
}

// BenchmarkRead is the rate of reading with checksum and chain verified.
func BenchmarkRead(b *testing.B) {
	dir := b.TempDir()
	log := open(b, dir, journal.Options{})
	batch := make([][]byte, 1000)
	for i := range batch {
		batch[i] = payload
	}
	const batches = 100
	for range batches {
		if _, err := log.Append(batch...); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(batches * len(batch) * len(payload)))
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range journal.Read(dir, 0) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
