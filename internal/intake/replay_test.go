package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-json-experiment/json/jsontext"
	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"vigil/internal/journal"
	"vigil/internal/journal/journaltest"
)

func TestMain(m *testing.M) {
	if !journaltest.Process(func(dir string) (func(string) error, error) {
		log, _, err := Open(dir, Options{MaxDelay: -1, SegmentSize: 20_000})
		if err != nil {
			return nil, err
		}
		return func(payload string) error {
			_, err := log.Add(Entry{Kind: KindIncident, Source: "radio", Payload: fmt.Appendf(nil, "%q", payload)})
			return err
		}, nil
	}) {
		goleak.VerifyTestMain(m)
	}
}

// TestEnvelopeIsFrozen: other desks and later versions read these bytes.
func TestEnvelopeIsFrozen(t *testing.T) {
	e := Entry{
		V: 1, Desk: "D", Seq: 7, ID: "E", Kind: KindIncident, Received: time.Date(2026, 11, 20, 14, 30, 0, 120_000_000, time.UTC),
		Source: `ra"dio`, Origin: Origin{File: "feeds/é.jsonl", Line: 3, Offset: 99, Generation: 2}, Payload: []byte("{\"a\": [1,\n 2]}"),
	}
	const want = `{"v":1,"desk":"D","seq":7,"id":"E","kind":"incident","received":"2026-11-20T14:30:00.12Z","source":"ra\"dio",` +
		`"origin":{"file":"feeds/é.jsonl","line":3,"offset":99,"generation":2},"payload":{"a":[1,2]}}`
	got, err := appendEntry(nil, &e)
	if err != nil || string(got) != want {
		t.Errorf("%v\ngot  %s\nwant %s", err, got, want)
	}
}

func drawEntry(t *rapid.T) Entry {
	text := rapid.OneOf(rapid.StringMatching(`[a-z./]{1,9}`), rapid.StringN(1, 9, -1))
	return Entry{
		V: 1, Desk: text.Draw(t, "desk"), Seq: rapid.Uint64Range(1, 1<<40).Draw(t, "seq"), ID: text.Draw(t, "id"), Kind: Kind(text.Draw(t, "kind")),
		Received: time.Unix(rapid.Int64Range(0, 1<<33).Draw(t, "s"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")).UTC(),
		Source:   text.Draw(t, "source"),
		Origin: Origin{
			File: text.Draw(t, "file"), Line: rapid.Int().Draw(t, "line"),
			Offset: rapid.Int64().Draw(t, "offset"), Generation: rapid.Uint64().Draw(t, "generation"),
		},
		Payload: jsontext.Value(rapid.SampledFrom([]string{"null", `{"a":1}`, `"é"`, `[{"}":"{"}]`}).Draw(t, "payload")),
	}
}

// TestDecodeEncode: what is recorded comes back as it was, whatever the strings and numbers.
func TestDecodeEncode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := drawEntry(t)
		line, err := appendEntry(nil, &e)
		if err != nil {
			t.Fatal(err)
		}
		var d decoder
		got, err := d.decode(line)
		if err != nil || !reflect.DeepEqual(got, e) {
			t.Fatalf("%s\ncame back as %+v, %v", line, got, err)
		}
	})
}

// FuzzDecode: where the fast decoder says yes, the exact one says the same.
func FuzzDecode(f *testing.F) {
	e := Entry{
		V: 1, Desk: "D", Seq: 7, ID: "E", Kind: KindGap, Received: time.Unix(1e9, 5).UTC(), Source: "radio",
		Origin: Origin{File: "f", Line: 3, Offset: 99, Generation: 2}, Payload: []byte(`{"a":1}`),
	}
	line, err := appendEntry(nil, &e)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(line)
	f.Add(bytes.Replace(line, []byte("7"), []byte("07"), 1))
	f.Add(bytes.Replace(line, []byte("99"), []byte("-99"), 1))
	f.Add(bytes.Replace(line, []byte("T01:"), []byte("T1:"), 1))
	f.Add(bytes.Replace(line, []byte("."), []byte(","), 1))
	f.Add(bytes.Replace(line, []byte("radio"), []byte(`r\u0061dio`), 1))
	f.Add(bytes.Replace(line, []byte(`"v":1`), []byte(`"v":2,"new":0`), 1))
	f.Fuzz(func(t *testing.T, line []byte) {
		var d decoder
		fast, ok := d.decodeFast(line)
		if !ok || !fast.Payload.IsValid() {
			return
		}
		// The fast decoder leaves the payload as it stands, space around it included; the
		// exact one gives the value alone.
		fast.Payload = bytes.TrimSpace(fast.Payload)
		exact, err := decodeExact(line)
		if err != nil || !reflect.DeepEqual(fast, exact) {
			t.Errorf("fast  %+v\nexact %+v, %v", fast, exact, err)
		}
	})
}

// TestOtherVersions: what a newer version wrote is delivered and counted, what is no envelope is
// reported, and reading goes on after both.
func TestOtherVersions(t *testing.T) {
	dir := t.TempDir()
	log, _, err := journal.Open(dir, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const rest = `"desk":"D","id":"E","received":"2026-11-20T14:30:00Z","source":"s","origin":{"file":"f","line":1,"offset":0,"generation":0},"payload":{}}`
	for _, line := range []string{
		`{"v":1,"seq":1,"kind":"incident",` + rest,
		`{"v":1,"seq":2,"kind":"drone",` + rest,
		`{"v":2,"seq":3,"kind":"incident","signature":"…",` + rest,
		`{"v":1,"seq":4,"kind":"incident","signature":"…",` + rest,
		`{"v":1,"seq":9,"kind":"incident",` + rest,
		`{"v":1,"seq":6,"Kind":"incident",` + rest,
		`{"v":1,"seq":7}`,
		`gibberish`,
		`{"v":1,"seq":9,"kind":"gap",` + rest,
	} {
		if _, err := log.Append([]byte(line)); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	var kinds []Kind
	var bad []uint64
	for e, err := range Replay(dir) {
		var one *EntryError
		switch {
		case errors.As(err, &one):
			bad = append(bad, one.Seq)
			if one.Line != int(one.Seq)+1 || one.File != filepath.Join(dir, "000000000001.log") {
				t.Errorf("%v", one)
			}
		case err != nil:
			t.Fatal(err)
		default:
			kinds = append(kinds, e.Kind)
		}
	}
	if fmt.Sprint(kinds) != "[incident drone incident gap]" || fmt.Sprint(bad) != "[4 5 6 7 8]" {
		t.Errorf("delivered %v, reported %v", kinds, bad)
	}
	r := NewReader(dir, 0)
	defer r.Close()
	for {
		if _, err := r.Next(); errors.Is(err, io.EOF) {
			break
		}
	}
	if r.Tally() != (Tally{Entries: 4, Unknown: 2, Bad: 5}) {
		t.Errorf("%+v", r.Tally())
	}
}

// TestFollow: a follower gets each entry once, from where it asked, at most one interval late.
func TestFollow(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		log, _, err := Open(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer log.Close()
		entry := func() Entry { return Entry{Kind: KindRead, Source: "radio", Payload: []byte("{}")} }
		record := func(n int) {
			for range n {
				if _, err := log.Add(entry()); err != nil {
					t.Error(err)
				}
			}
		}
		record(5)
		ctx, cancel := context.WithCancel(t.Context())
		var got []uint64
		var late time.Duration
		done := make(chan struct{})
		go func() {
			defer close(done)
			for e, err := range Follow(ctx, dir, 3) {
				if err != nil {
					t.Error(err)
				}
				got = append(got, e.Seq)
				late = max(late, time.Since(e.Received))
			}
		}()
		time.Sleep(PollInterval / 2)
		for range 4 {
			record(2)
			time.Sleep(3 * PollInterval)
		}
		cancel()
		<-done
		if fmt.Sprint(got) != "[3 4 5 6 7 8 9 10 11 12 13]" || late > PollInterval {
			t.Errorf("followed %v, %v late", got, late)
		}
	})
}

// TestFollowStops: a consumer that has enough, and damage, end it.
func TestFollowStops(t *testing.T) {
	dir := t.TempDir()
	log, err := journalOf(dir, "gibberish", "gibberish")
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	n := 0
	for range Follow(t.Context(), dir, 0) {
		n++
		break
	}
	journalDamage(t, dir)
	var last error
	for _, err := range Follow(t.Context(), dir, 0) {
		n++
		last = err
	}
	if n != 3 || !errors.Is(last, ErrDamaged) {
		t.Errorf("%d, %v", n, last)
	}
}

// journalOf makes a log of lines that need not be entries.
func journalOf(dir string, lines ...string) (*journal.Log, error) {
	log, _, err := journal.Open(dir, journal.Options{})
	if err != nil {
		return nil, err
	}
	for _, line := range lines {
		if _, err := log.Append([]byte(line)); err != nil {
			return log, err
		}
	}
	return log, nil
}

// journalDamage changes the last letter of the log.
func journalDamage(t *testing.T, dir string) {
	t.Helper()
	path := filepath.Join(dir, "000000000001.log")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text[len(text)-2] ^= 1
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}
