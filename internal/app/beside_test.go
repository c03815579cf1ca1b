package app

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"vigil/internal/picture"
	"vigil/internal/source"
)

// feeding brings a large file to a hub, a few lines at a time, as its source does.
type feeding struct {
	t    *testing.T
	d    *testDesk
	h    *hub
	next int64
}

func newFeeding(t *testing.T) *feeding {
	t.Helper()
	d := newDesk(t, home)
	h, err := load(d.options(), false, false)
	if err != nil {
		t.Fatal(err)
	}
	h.reading[specFeeds] = true
	done, ended := make(chan struct{}), make(chan error, 1)
	go func() { ended <- h.drain(done) }()
	t.Cleanup(func() {
		close(done)
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return &feeding{t: t, d: d, h: h}
}

// send hands an event of the file to the hub.
func (f *feeding) send(e source.Event) {
	f.t.Helper()
	e.Spec, e.File, e.At, e.ModTime = specFeeds, f.d.path("feeds/radio.jsonl"), f.d.clock.now(), f.d.clock.now()
	e.Size = 100 * source.MaxLine
	if e.Generation == 0 {
		e.Generation = 1
	}
	if err := f.h.sink(f.t.Context(), e); err != nil {
		f.t.Fatal(err)
	}
}

// lines sends so many lines from the middle of the file, and destroys them afterwards, as the next reading does.
func (f *feeding) lines(n int) {
	f.t.Helper()
	e := source.Event{Kind: source.KindLines, Position: source.Position{Offset: source.MaxLine}}
	for range n {
		f.next++
		e.Lines = append(e.Lines, source.Line{Number: f.next, Text: []byte(f.d.line(fmt.Sprint("R-", f.next), time.Hour, fmt.Sprintf(`,"title":"shots R-%d"`, f.next)))})
	}
	f.send(e)
	for _, l := range e.Lines {
		clear(l.Text)
	}
}

// picture is what is in the picture.
func (f *feeding) picture() (v picture.View) {
	f.t.Helper()
	if err := f.h.do(context.Background(), func() {
		f.h.store.SetDesk(f.h.describe())
		v = f.h.store.Publish(f.d.clock.now()).For(picture.DutyOfficer)
	}); err != nil {
		f.t.Fatal(err)
	}
	return v
}

// TestWhatIsDecodedBesideIsTakenInBeforeWhatFollows: whatever comes after the lines of a large file finds all of them in
// the picture, in their order and whole.
func TestWhatIsDecodedBesideIsTakenInBeforeWhatFollows(t *testing.T) {
	for _, kind := range []source.Kind{source.KindGap, source.KindRotated, source.KindReachable, source.KindIncomplete, source.KindTooLong} {
		t.Run(kind.String(), func(t *testing.T) {
			f := newFeeding(t)
			for _, n := range []int{1000, 1, 300, 700} {
				f.lines(n)
			}
			f.send(source.Event{Kind: kind, Generation: 2, From: f.d.clock.now(), To: f.d.clock.now()})
			if b := f.h.besides.of(specFeeds); b.taking != nil || b.file != nil {
				t.Error("lines are still being taken in")
			}
			v := f.picture()
			if v.Len() != 2001 {
				t.Errorf("%d incidents, want 2001", v.Len())
			}
			for k := range 2001 {
				id := picture.ID(k + 1)
				if got, want := v.Identity(id).ID.String(), fmt.Sprint("R-", k+1); got != want || !strings.Contains(v.Words(id), want) {
					t.Fatalf("incident %d is %q, with the words %q", k, got, v.Words(id))
				}
			}
		})
	}
}

// TestLinesOfARetiredSourceDoNotBringItBack: vigil.toml gave the file to another source while its lines were decoded.
func TestLinesOfARetiredSourceDoNotBringItBack(t *testing.T) {
	f := newFeeding(t)
	f.lines(500)
	if err := f.h.do(t.Context(), func() { f.h.retire("radio") }); err != nil {
		t.Fatal(err)
	}
	f.lines(500)
	if err := f.h.besides.of(specFeeds).over(); err != nil {
		t.Fatal(err)
	}
	if err := f.h.do(t.Context(), func() {
		if len(f.h.feeds) > 0 {
			t.Errorf("sources: %v", f.h.labels())
		}
	}); err != nil {
		t.Fatal(err)
	}
}
