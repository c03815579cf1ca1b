package intake_test

import (
	"bytes"
	"testing"
	"time"

	"vigil/internal/intake"
)

func typical() intake.Entry {
	e := incident(1)
	e.Payload = []byte(`{"id":"R-2026-0412","title":"` + string(bytes.Repeat([]byte("x"), 450)) + `"}`)
	return e
}

// BenchmarkReplay is how fast a console starts on what it remembers: checksum and chain
// verified, envelopes decoded, payloads left as they are.
func BenchmarkReplay(b *testing.B) {
	dir := b.TempDir()
	log := open(b, dir, intake.Options{MaxDelay: time.Hour, MaxPending: 1 << 30})
	batch := make([]intake.Entry, 1000)
	for i := range batch {
		batch[i] = typical()
	}
	const batches = 100
	for range batches {
		add(b, log, batch...)
	}
	entries := 0
	var bytes int64
	b.ReportAllocs()
	for b.Loop() {
		for e, err := range intake.Replay(dir) {
			if err != nil {
				b.Fatal(err)
			}
			entries++
			bytes += int64(len(e.Payload))
		}
	}
	b.SetBytes(bytes / int64(b.N))
	b.ReportMetric(b.Elapsed().Seconds()*1e6/float64(entries), "s/million")
}

// BenchmarkAdd is how fast what arrives can be recorded, by entries at a time.
func BenchmarkAdd(b *testing.B) {
	for _, n := range []int{1, 1000} {
		b.Run(map[int]string{1: "single", 1000: "batch"}[n], func(b *testing.B) {
			log := open(b, b.TempDir(), intake.Options{MaxPending: 1 << 30})
			batch := make([]intake.Entry, n)
			for i := range batch {
				batch[i] = typical()
			}
			b.SetBytes(int64(n * len(batch[0].Payload)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := log.Add(batch...); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
