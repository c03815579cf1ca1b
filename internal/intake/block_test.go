package intake

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestBlocksAreReadAsEntries: what was packed together is delivered one by one, between what stands around it.
func TestBlocksAreReadAsEntries(t *testing.T) {
	dir := t.TempDir()
	log, _, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 20, 14, 0, 0, 123, time.UTC)
	var members []Member
	for k := range MaxBlock {
		members = append(members, Member{Line: k + 7, Offset: int64(1000 * k), Payload: fmt.Appendf(nil, `{"id":"R-%d","act":"riot","country":"MLI"}`, k)})
	}
	var p Packer
	block, err := p.Block("radio", Origin{File: "feeds/radio.jsonl", Generation: 3}, at, members)
	if err != nil {
		t.Fatal(err)
	}
	gap := Entry{Kind: KindGap, Source: "radio", Payload: []byte(`{}`)}
	if _, err := log.Add(gap, block, gap); err != nil {
		t.Fatal(err)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	var got []Member
	kinds := map[Kind]int{}
	ids := map[string]bool{}
	for e, err := range Replay(dir) {
		if err != nil {
			t.Fatal(err)
		}
		kinds[e.Kind]++
		ids[e.ID] = true
		if e.Kind != KindIncident {
			continue
		}
		if e.Source != "radio" || !e.Received.Equal(at) || e.Origin.File != "feeds/radio.jsonl" || e.Origin.Generation != 3 || e.Seq != 2 || !e.Understood() {
			t.Fatalf("%+v", e)
		}
		got = append(got, Member{e.Origin.Line, e.Origin.Offset, bytes.Clone(e.Payload)})
	}
	if diff := cmp.Diff(members, got); diff != "" {
		t.Error(diff)
	}
	if kinds[KindGap] != 2 || len(ids) != len(members)+2 {
		t.Errorf("%v, %d ids", kinds, len(ids))
	}
}

// TestABlockThatIsNotWhole: it is one entry that cannot be understood, and reading goes on.
func TestABlockThatIsNotWhole(t *testing.T) {
	var p Packer
	whole, err := p.Pack([]Member{{1, 0, []byte(`{}`)}, {2, 3, []byte(`{}`)}})
	if err != nil {
		t.Fatal(err)
	}
	for name, payload := range map[string]string{
		"no zstd":       `{"n":1,"zstd":"AAAA"}`,
		"not a block":   `{"n":1}`,
		"another count": string(bytes.Replace(whole, []byte(`"n":2`), []byte(`"n":3`), 1)),
		"an unknown":    `{"n":1,"zstd":"","more":1}`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			log, _, err := Open(dir, Options{})
			if err != nil {
				t.Fatal(err)
			}
			after := Entry{Kind: KindGap, Source: "radio", Payload: []byte(`{}`)}
			if _, err := log.Add(Entry{Kind: KindBlock, Source: "radio", Payload: []byte(payload)}, after); err != nil {
				t.Fatal(err)
			}
			if err := log.Close(); err != nil {
				t.Fatal(err)
			}
			bad, good := 0, 0
			for _, err := range Replay(dir) {
				var one *EntryError
				if errors.As(err, &one) {
					bad++
				} else if err == nil {
					good++
				}
			}
			if bad != 1 || good != 1 {
				t.Errorf("%d entries that cannot be understood and %d that can, want 1 and 1", bad, good)
			}
		})
	}
}

// FuzzBlock: whatever a block holds, it is read as whole entries or refused.
func FuzzBlock(f *testing.F) {
	var p Packer
	whole, err := p.Pack([]Member{{1, 0, []byte(`{"id":"1"}`)}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(whole))
	f.Fuzz(func(t *testing.T, payload []byte) {
		var u unpacker
		if u.open(Entry{V: 1, Kind: KindBlock, Payload: payload}) != nil {
			return
		}
		for u.left > 0 {
			if e, err := u.next(); err == nil && (len(e.Payload) == 0 || e.Kind != KindIncident) {
				t.Errorf("%+v", e)
			}
		}
	})
}
