package native

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"vigil/internal/feed"
	"vigil/internal/incident/incidenttest"
)

// exactly is the exact decoder alone.
func exactly(ctx *feed.Context, line []byte) (feed.Record, bool) {
	r, _ := readers.Get().(*reader)
	defer r.release()
	var rec feed.Record
	r.begin(ctx, feed.Place{Line: 1}, &rec)
	return rec, r.decode(line)
}

// scanning reports whether the scanner reads the line.
func scanning(ctx *feed.Context, line []byte) bool {
	r, _ := readers.Get().(*reader)
	defer r.release()
	r.begin(ctx, feed.Place{Line: 1}, new(feed.Record))
	return r.scan(string(line))
}

// agree fails unless both decoders make the same record of a line.
func agree(tb interface {
	Helper()
	Fatalf(format string, args ...any)
}, line []byte,
) {
	tb.Helper()
	ctx := &feed.Context{}
	got, ok := decodeLine(ctx, line, feed.Place{Line: 1})
	want, wantOK := exactly(ctx, line)
	if diff := cmp.Diff(want, got, textual); ok != wantOK || diff != "" {
		tb.Fatalf("the two decoders differ over %q (-exact +both):\n%s", line, diff)
	}
	// What was learnt of other lines, and of this one, changes nothing.
	decode, rec := newLines(), new(feed.Record)
	for _, l := range []string{full, string(line), string(line)} {
		ok = decode(ctx, l, feed.Place{Line: 1}, rec)
	}
	if diff := cmp.Diff(want, *rec, textual); ok != wantOK || diff != "" {
		tb.Fatalf("after other lines %q is decoded otherwise (-exact +after):\n%s", line, diff)
	}
}

// TestScannerReadsWhatIsCommon: what intake wrote, and what a feed ordinarily holds, is read by the fast way.
func TestScannerReadsWhatIsCommon(t *testing.T) {
	for _, line := range []string{
		strings.Replace(full, `,854`, `,"BFA"`, 1),
		`{"id":"R-1","act":"shooting","country":"MLI"}`,
		`{ "id": "R-1", "act": "shooting",	"country": "MLI", "lat": -16.27, "lon": 0.04, "version": 3 }`,
		`{"id":"R-1","act":"unknown","country":"unknown","title":null,"details":"a \"word\"\nand another"}`,
		`{"id":"R-1","act":"riot","countries":["MLI","BFA"],"affected":[{"outcome":"killed","count":2},{"outcome":"injured","count":null}]}`,
		`{"id":"مقديشو","act":"riot","country":"SOM","place":"مقديشو"}`,
	} {
		if !scanning(&feed.Context{}, []byte(line)) {
			t.Errorf("left to the exact decoder: %s", line)
		}
		agree(t, []byte(line))
	}
}

// TestScannerDoubts: a line that needs a warning, or that the scanner does not know, is the exact decoder's.
func TestScannerDoubts(t *testing.T) {
	for _, line := range []string{
		``, `{`, `{}`, `[]`, `{"id":"1"`, `{"id":"1",}`, `{"id":"1"}}`, `{"id":"1" "act":"riot"}`, `{"id":"1","id":"2","act":"riot","country":"MLI"}`,
		`{"id":1,"act":"riot","country":"MLI"}`, `{"id":"1","act":"dancing","country":"MLI"}`, `{"id":"1","act":"riot","country":"Atlantis"}`,
		`{"id":"1","act":"riot","country":"MLI","place":"\u0047ao"}`, "{\"id\":\"1\",\"act\":\"riot\",\"country\":\"MLI\",\"place\":\"a\x01b\"}",
		"{\"id\":\"1\",\"act\":\"riot\",\"country\":\"MLI\",\"place\":\"a\\\nb\"}", `{"id":"1","act":"riot","country":"MLI","place":"a\`,
		`{"id":"1","act":"riot","country":"MLI","version":1.5}`, `{"id":"1","act":"riot","country":"MLI","version":01}`,
		`{"id":"1","act":"riot","country":"MLI","lat":1e1,"lon":2}`, `{"id":"1","act":"riot","country":"MLI","lat":1}`, `{"id":"1","act":"riot","country":"MLI","lat":91,"lon":1}`,
		`{"id":"1","act":"riot","country":"MLI","occurred":"yesterday"}`, `{"id":"1","act":"riot","country":"MLI","reported":"2026-11-20"}`,
		`{"id":"1","act":"riot","country":"MLI","affected":[{"count":1,"count":2}]}`, `{"id":"1","act":"riot","country":"MLI","affected":{"count":1}}`,
		`{"id":"1","act":"riot","country":"MLI","colour":"red"}`, `{"heartbeat":"2026-11-20T14:30:00Z"}`,
		`{"id":"1","act":"","threat":"unknown","country":"MLI"}`, `{"id":"1","act":"riot","country":"MLI","no_onward":1}`,
	} {
		if scanning(&feed.Context{}, []byte(line)) {
			t.Errorf("read by the scanner: %q", line)
		}
		agree(t, []byte(line))
	}
}

// TestScannerDoubtsWhatIsCutOff: wherever a line ends too early.
func TestScannerDoubtsWhatIsCutOff(t *testing.T) {
	for n := range len(full) {
		for _, line := range []string{full[:n], full[:n] + "}"} {
			if scanning(&feed.Context{}, []byte(line)) {
				t.Errorf("read by the scanner: %q", line)
			}
			agree(t, []byte(line))
		}
	}
}

// TestDecodersAgree: whatever incident is written, both decoders read the same.
func TestDecodersAgree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		i := incidenttest.Incident(rt)
		agree(rt, Encode(&i))
	})
}

// FuzzScan holds the scanner against the exact decoder.
func FuzzScan(f *testing.F) {
	f.Add([]byte(full))
	for _, part := range []string{
		`"until":" Open"`, `"affected":[null,{"sex":"F","count":3}]`, `"country":null`, `"threat":""`, `"title":"\"\\\/\b\f\n\r\t"`,
		`"lat":-0.0,"lon":180`, `"class":"report"`, `"type":"cancel"`, `"handling":"secret"`, `"grade":"B2","links":["a","b"]`, `"accuracy_km":7`,
		`"inferred":true,"no_onward":false`, `"expected_from":"2026","expected_to":"2026-11"`,
	} {
		f.Add([]byte(`{"id":"1","act":"riot","country":"MLI",` + part + `}`))
	}
	f.Fuzz(func(t *testing.T, line []byte) { agree(t, line) })
}

// sample is the line of a feed of the usual size.
func sample(k int) []byte {
	return fmt.Appendf(nil, `{"id":"R-2026-%07d","source":"radio-room","occurred":"2026-11-%02dT14:21:00Z","reported":"2026-11-20T14:30:00Z",`+
		`"country":"MLI","admin1":"Gao","place":"Gao, market road","lat":16.27%03d,"lon":-0.04,"threat":"armed_conflict","act":"shooting",`+
		`"target":"premises","actor":"unidentified","severity":"severe","title":"Shots fired near the market, two injured",`+
		`"details":"%s","affected":[{"population":"ngo","recruitment":"national","sex":"unknown","outcome":"injured","count":2}],`+
		`"verification":"probable","grade":"B2","handling":"internal"}`, k, k%28+1, k%1000, strings.Repeat("Reported by radio. ", 4))
}

// BenchmarkLine prints how fast lines are decoded: many of a file, as they are kept in memory, or each alone; and by the
// exact decoder.
func BenchmarkLine(b *testing.B) {
	ctx, at := &feed.Context{}, feed.Place{Line: 1}
	var lines []string
	size := 0
	for k := range 1000 {
		lines = append(lines, string(sample(k)))
		size += len(lines[k])
	}
	many := newLines()
	for _, way := range []struct {
		name   string
		decode func(line string, rec *feed.Record) bool
	}{
		{"lines", func(line string, rec *feed.Record) bool { return many(ctx, line, at, rec) }},
		{"line", func(line string, rec *feed.Record) (ok bool) {
			*rec, ok = decodeLine(ctx, []byte(line), at)
			return ok
		}},
		{"exact", func(line string, rec *feed.Record) (ok bool) {
			*rec, ok = exactly(ctx, []byte(line))
			return ok
		}},
	} {
		b.Run(way.name, func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			rec := new(feed.Record)
			for b.Loop() {
				for _, l := range lines {
					if !way.decode(l, rec) || rec.Kind != feed.Incident || len(rec.Problems) > 0 {
						b.Fatalf("%v", rec.Problems)
					}
				}
			}
		})
	}
}
