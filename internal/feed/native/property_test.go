package native

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"vigil/internal/feed"
	"vigil/internal/incident/incidenttest"
)

// TestEncodeDecode is what intake stands on: whatever a format can make of its input is written
// and read back as the same incident.
func TestEncodeDecode(t *testing.T) {
	ctx := feed.NewContext("intake")
	rapid.Check(t, func(t *rapid.T) {
		want := incidenttest.Incident(t)
		line := Encode(&want)
		if n := bytes.Count(line, []byte("\n")); n != 1 || line[len(line)-1] != '\n' {
			t.Fatalf("not one line: %q", line)
		}
		rec, ok := decodeLine(ctx, line, feed.Place{Line: 1})
		if !ok || rec.Kind != feed.Incident {
			t.Fatalf("refused: %q\n%s", messages(rec), line)
		}
		if diff := cmp.Diff(want, rec.Incident, textual); diff != "" {
			t.Fatalf("another incident (-want +got):\n%s\n%s", diff, line)
		}
		if want.Hash() != rec.Incident.Hash() {
			t.Fatal("the same incident with another hash")
		}
	})
}

// FuzzLine holds for every input: no panic, a reason for each refusal, only warnings on what is
// used, and what is used is written and read back as the same.
func FuzzLine(f *testing.F) {
	f.Add([]byte(full))
	f.Add([]byte(`{"heartbeat":"2026-11-20T14:30:00Z","source":"radio"}`))
	f.Add([]byte(`{"id":"1","act":"attack\u00a0on premises","country":"NA ","affected":[{"sex":"\u202e","count":1e2}],"lat":-0,"lon":"1e-7"}`))
	f.Add([]byte("\xa0\xa0\xa0\x10")) // blanks of Windows-1252 in front
	f.Add([]byte("\xEF\xBB\xBF{\"id\":\"B\xE9ni\",\"act\":\"riot\",\"countries\":\"?\",\"until\":\" Open\"}\r"))
	ctx := feed.NewContext("fuzz")
	f.Fuzz(func(t *testing.T, line []byte) {
		rec, ok := decodeLine(ctx, line, feed.Place{Line: 1})
		if !ok {
			return
		}
		recognise(line)
		for n, p := range rec.Problems {
			if reason := n == 0 && rec.Kind == feed.Rejected; reason && p.Warning || rec.Kind != feed.Rejected && !p.Warning {
				t.Errorf("%v with the problem %q, warning %t", rec.Kind, p, p.Warning)
			}
			if p.Column > len(line)+1 {
				t.Errorf("column %d of a line of %d bytes", p.Column, len(line))
			}
		}
		switch rec.Kind {
		case feed.Rejected:
			if len(rec.Problems) == 0 {
				t.Error("refused without a reason")
			}
		case feed.Incident:
			again, _ := decodeLine(ctx, Encode(&rec.Incident), feed.Place{Line: 1})
			if diff := cmp.Diff(rec.Incident, again.Incident, textual); diff != "" {
				t.Errorf("read back as another (-want +got):\n%s", diff)
			}
		default:
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	ctx := feed.NewContext("bench")
	line := []byte(full)
	b.ReportAllocs()
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		if rec, _ := decodeLine(ctx, line, feed.Place{Line: 1}); rec.Kind != feed.Incident {
			b.Fatal(messages(rec))
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	rec, _ := decodeLine(feed.NewContext("bench"), []byte(full), feed.Place{Line: 1})
	buf := make([]byte, 0, 4096)
	b.ReportAllocs()
	b.SetBytes(int64(len(Encode(&rec.Incident))))
	for b.Loop() {
		buf = Append(buf[:0], &rec.Incident)
	}
}
