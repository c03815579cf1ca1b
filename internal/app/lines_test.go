package app

import (
	"fmt"
	"testing"
	"time"

	"vigil/internal/feed"
	"vigil/internal/feed/native"
	"vigil/internal/picture"
	"vigil/internal/source"
)

// TestLinesAreTakenInTheirOrder: however many are decoded at once.
func TestLinesAreTakenInTheirOrder(t *testing.T) {
	f := &feedFile{context: &feed.Context{}, format: native.Format}
	for _, n := range []int{1, fewLines, fewLines + 1, manyLines + 1, 5000, 3} {
		lines := make([]source.Line, n)
		for k := range lines {
			lines[k] = source.Line{Number: int64(k + 1), Text: fmt.Appendf(nil, `{"id":"R-%d","act":"riot","country":"MLI"}`, k)}
			if k%10 == 9 {
				lines[k].Text = nil // holds no record
			}
		}
		d := f.decode(source.Event{Lines: lines, At: time.Time{}}, picture.NewStore(picture.Options{}).Prepare)
		want := 0
		for l := range d.records {
			if want%10 == 9 {
				want++
			}
			if l.record.Line != want+1 || l.record.Incident.Identity.ID.String() != fmt.Sprint("R-", want) {
				t.Fatalf("of %d lines number %d is %d, %q", n, want+1, l.record.Line, l.record.Incident.Identity.ID)
			}
			want++
		}
		if err := d.wait(); err != nil || want < n-1 || d.broken {
			t.Fatalf("of %d lines %d: %v", n, want, err)
		}
	}
}

// TestALineThatCannotBeDecodedEndsTheRest: a fault of a decoder is an error of the event, and what follows is not taken.
func TestALineThatCannotBeDecodedEndsTheRest(t *testing.T) {
	f := &feedFile{context: &feed.Context{}, format: &feed.Format{
		Line: func(_ *feed.Context, _ []byte, at feed.Place) (feed.Record, bool) {
			if at.Line == 700 {
				panic("a fault of this test")
			}
			return feed.Record{Line: at.Line}, true
		},
	}}
	lines := make([]source.Line, 1000)
	for k := range lines {
		lines[k].Number = int64(k + 1)
	}
	d := f.decode(source.Event{Lines: lines, At: time.Time{}}, picture.NewStore(picture.Options{}).Prepare)
	last := 0
	for l := range d.records {
		last = l.record.Line
	}
	if err := d.wait(); err == nil || last >= 700 || !d.broken {
		t.Errorf("error %v, last line %d", err, last)
	}
}
