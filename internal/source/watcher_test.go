package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/google/go-cmp/cmp"
)

// live runs a watcher; its periodic looks come from the test, its notifications from the kernel.
type live struct {
	t      *testing.T
	desk   string
	w      *Watcher
	tick   chan time.Time
	events chan Event
	stop   func() error
}

func newLive(t *testing.T, opt Options, specs ...Spec) *live {
	t.Helper()
	l := &live{t: t, desk: t.TempDir(), tick: make(chan time.Time), events: make(chan Event)}
	must(t, os.Mkdir(filepath.Join(l.desk, "feeds"), 0o755))
	opt.Tick = l.tick
	l.w = New(func(ctx context.Context, e Event) error {
		e.Lines = cloneLines(e.Lines)
		select {
		case l.events <- e:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}, opt)
	must(t, l.w.Set(l.specs(specs)))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- l.w.Run(ctx) }()
	l.stop = sync.OnceValue(func() error { cancel(); return <-done })
	t.Cleanup(func() { must(t, l.stop()) })
	return l
}

func (l *live) specs(specs []Spec) []Spec {
	for i := range specs {
		specs[i].Root = l.desk
		if specs[i].Mode == nil {
			specs[i].Mode = byName
		}
	}
	return specs
}

func cloneLines(lines []Line) []Line {
	var c []Line
	for _, l := range lines {
		c = append(c, Line{l.Number, l.Offset, bytes.Clone(l.Text)})
	}
	return c
}

// next waits for an event of the kind, passing over others.
func (l *live) next(spec string, k Kind) Event {
	l.t.Helper()
	for {
		select {
		case e := <-l.events:
			if e.Kind == k && e.Spec == spec {
				return e
			}
		case <-l.t.Context().Done():
			l.t.Fatalf("no %v of %s", k, spec)
		}
	}
}

func (l *live) append(name, s string) {
	l.t.Helper()
	(&rig{t: l.t, desk: l.desk}).append(name, s)
}

func TestNotificationBringsLinesWithoutAPeriodicLook(t *testing.T) {
	l := newLive(t, Options{}, Spec{Name: "all", Path: "feeds/*"})
	if e := l.next("all", KindWatch); e.Polling {
		t.Skipf("the kernel does not notify here: %v", e.Reason)
	}
	l.append(log, "one\n")
	if e := l.next("all", KindLines); string(e.Lines[0].Text) != "one" {
		t.Errorf("got %q", e.Lines[0].Text)
	}
	must(t, os.Rename(filepath.Join(l.desk, log), filepath.Join(l.desk, log+".1")))
	l.append(log, "two\n")
	l.next("all", KindRotated)
	l.next("all", KindLines)
	if got := l.w.Ignored(); len(got) > 1 {
		t.Errorf("ignored %v", got)
	}
}

func TestNotificationWhereALinkLeads(t *testing.T) {
	l := newLive(t, Options{}, Spec{Name: "one", Path: "a.csv"})
	if e := l.next("one", KindWatch); e.Polling {
		t.Skipf("the kernel does not notify here: %v", e.Reason)
	}
	l.append("feeds/real.csv", "v1")
	must(t, os.Symlink("feeds/real.csv", filepath.Join(l.desk, "a.csv")))
	l.next("one", KindSnapshot)
	l.append("feeds/real.csv", "v2")
	if e := l.next("one", KindSnapshot); string(e.Data) != "v1v2" {
		t.Errorf("got %q", e.Data)
	}
}

func TestDirectoryMadeAgainIsWatchedAgain(t *testing.T) {
	l := newLive(t, Options{}, Spec{Name: "all", Path: "feeds/*"})
	if e := l.next("all", KindWatch); e.Polling {
		t.Skipf("the kernel does not notify here: %v", e.Reason)
	}
	must(t, os.Remove(filepath.Join(l.desk, "feeds")))
	l.next("all", KindFailed)
	must(t, os.Mkdir(filepath.Join(l.desk, "feeds"), 0o755))
	l.tick <- time.Time{}
	l.next("all", KindReachable)
	l.append(log, "one\n") // no further look is asked for
	l.next("all", KindLines)
}

func TestPollingOnly(t *testing.T) {
	l := newLive(t, Options{PollOnly: true}, Spec{Name: "all", Path: "feeds/*"})
	if e := l.next("all", KindWatch); !e.Polling || e.Reason.IsZero() {
		t.Errorf("polling %v, %q", e.Polling, e.Reason)
	}
	l.append(log, "one\n")
	l.tick <- time.Time{}
	l.next("all", KindLines)
}

// script is a notifier whose failures the test decides.
type script struct {
	add    error
	events chan fsnotify.Event
	errs   chan error
}

func (s *script) Add(string) error              { return s.add }
func (s *script) Remove(string) error           { return nil }
func (s *script) Close() error                  { return nil }
func (s *script) Events() <-chan fsnotify.Event { return s.events }
func (s *script) Errors() <-chan error          { return s.errs }

func TestLimitsOfTheKernelLeadToPolling(t *testing.T) {
	for name, open := range map[string]func() (notifier, error){
		"max_user_watches":   func() (notifier, error) { return &script{add: syscall.ENOSPC}, nil },
		"max_user_instances": func() (notifier, error) { return nil, syscall.EMFILE },
	} {
		t.Run(name, func(t *testing.T) {
			l := newLive(t, Options{notify: open}, Spec{Name: "all", Path: "feeds/*"})
			if e := l.next("all", KindWatch); !e.Polling || !strings.Contains(e.Reason.String(), name) {
				t.Errorf("polling %v, %q", e.Polling, e.Reason)
			}
			if st := l.w.State(); !st.Specs[0].Polling {
				t.Errorf("state %+v", st)
			}
			l.append(log, "one\n")
			l.tick <- time.Time{}
			l.next("all", KindLines)
		})
	}
}

func TestQueueOverflowMakesEverythingBeLookedAt(t *testing.T) {
	n := &script{errs: make(chan error)}
	l := newLive(t, Options{notify: func() (notifier, error) { return n, nil }}, Spec{Name: "all", Path: "feeds/*"})
	if e := l.next("all", KindWatch); e.Polling {
		t.Errorf("polling: %q", e.Reason)
	}
	l.append(log, "one\n") // nobody notifies
	n.errs <- fsnotify.ErrEventOverflow
	l.next("all", KindLines)
	if e := l.next("all", KindWatch); !e.Polling || e.Reason.IsZero() {
		t.Errorf("polling %v, %q", e.Polling, e.Reason)
	}
	if n := l.w.State().Overflows; n != 1 {
		t.Errorf("%d overflows", n)
	}
	l.tick <- time.Time{}
	if e := l.next("all", KindWatch); e.Polling {
		t.Errorf("still polling: %q", e.Reason)
	}
}

func TestSpecsAreReplacedWhileRunning(t *testing.T) {
	a := Spec{Name: "a", Path: "feeds/a.jsonl"}
	b := Spec{Name: "b", Path: "feeds/b.jsonl"}
	l := newLive(t, Options{}, a)
	l.next("a", KindCaughtUp)
	l.append("feeds/a.jsonl", "one\n")
	l.append("feeds/b.jsonl", "one\n")
	l.tick <- time.Time{}
	l.next("a", KindLines)

	must(t, l.w.Set(l.specs([]Spec{a, b})))
	l.next("b", KindLines)
	l.append("feeds/a.jsonl", "two\n")
	l.tick <- time.Time{}
	if e := l.next("a", KindLines); e.Lines[0].Number != 2 {
		t.Errorf("a was read anew: line %d", e.Lines[0].Number)
	}
	a.Version = "2"
	must(t, l.w.Set(l.specs([]Spec{a})))
	if e := l.next("a", KindLines); e.Lines[0].Number != 1 || e.Generation != 1 {
		t.Errorf("a was not read anew: line %d", e.Lines[0].Number)
	}
	if err := l.w.Set(l.specs([]Spec{a, {Name: "a", Path: "x"}})); err == nil {
		t.Error("two sources of one name were accepted")
	}
	if st := l.w.State(); len(st.Specs) != 1 || st.Specs[0].Name != "a" {
		t.Errorf("state %+v", st)
	}
}

func TestSlowSinkSlowsItsOwnSourceOnly(t *testing.T) {
	desk := t.TempDir()
	must(t, os.WriteFile(filepath.Join(desk, "slow.jsonl"), bytes.Repeat([]byte("one\n"), 1<<20), 0o644))
	must(t, os.WriteFile(filepath.Join(desk, "fast.jsonl"), []byte("one\n"), 0o644))
	blocked, fast := make(chan Event), make(chan Event)
	w := New(func(ctx context.Context, e Event) error {
		if e.Kind != KindLines {
			return nil
		}
		c := fast
		if e.Spec == "slow" {
			c = blocked
		}
		e.Lines = cloneLines(e.Lines)
		select {
		case c <- e:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}, Options{PollOnly: true})
	must(t, w.Set([]Spec{
		{Name: "slow", Path: "slow.jsonl", Root: desk, Mode: byName},
		{Name: "fast", Path: "fast.jsonl", Root: desk, Mode: byName},
	}))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- w.Run(ctx) }()
	<-fast // although nobody takes what the slow one offers
	next := int64(1)
	for next <= 1<<20 {
		for _, l := range (<-blocked).Lines {
			if l.Number != next {
				t.Fatalf("line %d, not %d", l.Number, next)
			}
			next++
		}
	}
	cancel()
	must(t, <-done)
}

func TestErrorOfTheSinkEndsRun(t *testing.T) {
	desk := t.TempDir()
	full := errors.New("no room")
	w := New(func(context.Context, Event) error { return full }, Options{})
	must(t, w.Set([]Spec{{Name: "a", Path: "a.csv", Root: desk, Mode: byName}, {Name: "b", Path: "b.csv", Root: desk, Mode: byName}}))
	if err := w.Run(t.Context()); !errors.Is(err, full) || isStop(err) {
		t.Errorf("got %v", err)
	}
}

func TestSinkMayReplaceTheSpecs(t *testing.T) {
	desk := t.TempDir()
	must(t, os.WriteFile(filepath.Join(desk, "vigil.toml"), []byte("x"), 0o644))
	must(t, os.WriteFile(filepath.Join(desk, "b.csv"), []byte("v1"), 0o644))
	config := Spec{Name: "vigil.toml", Path: "vigil.toml", Root: desk, Mode: Fixed(ModeSnapshot)}
	got := make(chan Event, 100)
	var w *Watcher
	w = New(func(_ context.Context, e Event) error {
		if e.Kind == KindSnapshot && e.Spec == config.Name {
			return w.Set([]Spec{config, {Name: "b", Path: "*.csv", Root: desk, Mode: byName}})
		}
		if e.Kind == KindSnapshot {
			got <- e
		}
		return nil
	}, Options{})
	must(t, w.Set([]Spec{config}))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- w.Run(ctx) }()
	if e := <-got; string(e.Data) != "v1" {
		t.Errorf("got %q", e.Data)
	}
	cancel()
	must(t, <-done)
}

func TestReadOnce(t *testing.T) {
	r := newRig(t)
	r.write("feeds/a.csv", "v1")
	r.write("feeds/b.jsonl", "one\ntw")
	r.write("feeds/c.csv~", "old")
	specs := []Spec{
		{Name: "all", Path: "feeds/*", Root: r.desk, Mode: byName},
		{Name: "b", Path: "feeds/b.jsonl", Root: r.desk, Mode: byName},
		{Name: "none", Path: "none.csv", Root: r.desk, Mode: byName},
	}
	ignored, err := ReadOnce(t.Context(), specs, r.sink, Options{})
	must(t, err)
	r.want(
		r.got, "lines feeds/b.jsonl g1 1@0:one", "caught up", "failed none.csv g0 missing", "caught up",
		"snapshot feeds/a.csv g1 v1", "caught up",
	)
	if len(ignored) != 2 {
		t.Errorf("ignored %v", ignored)
	}
	full := errors.New("no room")
	if _, err := ReadOnce(t.Context(), specs, func(context.Context, Event) error { return full }, Options{}); !errors.Is(err, full) || isStop(err) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ReadOnce(ctx, specs, r.sink, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestSpecsThatMakeNoSenseAreRefusedTogether(t *testing.T) {
	good := Spec{Name: "a", Path: "feeds/a.csv", Root: "/desk", Mode: byName}
	with := func(change func(*Spec)) Spec { s := good; change(&s); return s }
	for want, s := range map[string]Spec{
		"needs a name":       with(func(s *Spec) { s.Name = "" }),
		"needs a path":       with(func(s *Spec) { s.Path = "" }),
		"way of reading":     with(func(s *Spec) { s.Mode = nil }),
		"root":               with(func(s *Spec) { s.Root = "" }),
		"last element":       with(func(s *Spec) { s.Path = "*/a.csv" }),
		"malformed":          with(func(s *Spec) { s.Path = "feeds/[a" }),
		"given twice":        with(func(s *Spec) { s.Path = "feeds/b.csv" }),
		`"a" and "b"`:        with(func(s *Spec) { s.Name = "b" }),
		"\"a\" and \"link\"": with(func(s *Spec) { s.Name, s.Path = "link", "/desk/x/../feeds/a.csv" }),
	} {
		if _, err := newPlan([]Spec{good, s}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q: %v", want, err)
		}
	}
	p, err := newPlan([]Spec{good, with(func(s *Spec) { s.Name, s.Path = "b", "feeds/" }), with(func(s *Spec) { s.Name, s.Path, s.Root = "c", "levels/*.yaml", "/a[b]" })})
	if err != nil || p.targets[1] != (target{"/desk/feeds", "*"}) || p.targets[2] != (target{"/a[b]/levels", "*.yaml"}) {
		t.Errorf("%+v, %v", p.targets, err)
	}
}

// A logger that rotates as fast as it can write, and a watcher beside it: every line comes once.
func TestNothingIsLostOverFastRotations(t *testing.T) {
	for _, path := range []string{log, "feeds/*"} {
		t.Run(path, func(t *testing.T) {
			l := newLive(t, Options{}, Spec{Name: "all", Path: path})
			l.next("all", KindWatch)
			const rotations, each = 20, 500
			go func() {
				name := filepath.Join(l.desk, log)
				for i := range rotations {
					f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
					if err != nil {
						t.Error(err)
						return
					}
					for j := range each {
						if _, err := fmt.Fprintf(f, "%d\n", i*each+j); err != nil {
							t.Error(err)
						}
					}
					if err := errors.Join(f.Close(), os.Rename(name, fmt.Sprintf("%s.%d", name, i))); err != nil {
						t.Error(err)
					}
				}
				l.append(log, "end\n")
			}()
			seen := make(map[string]int)
			for len(seen) < rotations*each+1 {
				for _, line := range l.next("all", KindLines).Lines {
					seen[string(line.Text)]++
				}
			}
			for line, n := range seen {
				if n != 1 {
					t.Errorf("line %s came %d times", line, n)
				}
			}
		})
	}
}

// TestReadOnceLendsWhatItReads: lines can be read again after all is over, also when their file has no name any more.
func TestReadOnceLendsWhatItReads(t *testing.T) {
	r := newRig(t, Spec{Path: "feeds/a.jsonl"})
	r.write("feeds/a.jsonl", "\ufefffirst\r\nsecond\n")
	specs := []Spec{{Name: "a", Path: "feeds/*.jsonl", Root: r.desk, Mode: func(string, []byte) Mode { return ModeLines }}}
	type kept struct {
		content io.ReaderAt
		offset  int64
		text    string
	}
	var lines []kept
	_, err := ReadOnce(t.Context(), specs, func(_ context.Context, e Event) error {
		for _, l := range e.Lines {
			lines = append(lines, kept{e.Content, l.Offset, string(l.Text)})
		}
		return nil
	}, Options{})
	must(t, err)
	must(t, os.Remove(r.path("feeds/a.jsonl")))
	if len(lines) != 2 {
		t.Fatalf("lines: %v", lines)
	}
	for _, l := range lines {
		again := make([]byte, len(l.text))
		if _, err := l.content.ReadAt(again, l.offset); err != nil || string(again) != l.text {
			t.Errorf("%q is read again as %q, %v", l.text, again, err)
		}
	}
}

// TestWhatIsLeftToTheRest: a file is read by the spec that names it, else by the first whose pattern reaches it, and by the rest only
// where there is none, in whatever order they are given.
func TestWhatIsLeftToTheRest(t *testing.T) {
	r := newRig(t)
	for _, name := range []string{"a.jsonl", "b.jsonl", "c.jsonl", "d.csv"} {
		r.write("feeds/"+name, "x\n")
	}
	specs := []Spec{
		{Name: "rest", Path: "feeds/*", Root: r.desk, Mode: byName, Rest: true},
		{Name: "lines", Path: "feeds/*.jsonl", Root: r.desk, Mode: byName},
		{Name: "more", Path: "feeds/[bc].jsonl", Root: r.desk, Mode: byName},
		{Name: "one", Path: "feeds/a.jsonl", Root: r.desk, Mode: byName},
	}
	read := map[string]string{}
	ignored, err := ReadOnce(t.Context(), specs, func(_ context.Context, e Event) error {
		if e.Kind == KindLines || e.Kind == KindSnapshot {
			read[filepath.Base(e.File)] += e.Spec
		}
		return nil
	}, Options{})
	must(t, err)
	if d := cmp.Diff(map[string]string{"a.jsonl": "one", "b.jsonl": "lines", "c.jsonl": "lines", "d.csv": "rest"}, read); d != "" {
		t.Errorf("read by (-want +got):\n%s", d)
	}
	for _, i := range ignored {
		if filepath.Base(i.Path) == "b.jsonl" && i.Spec == "more" && i.Reason.String() != "another source reaches it, too, and reads it" {
			t.Errorf("%s: %s", i.Path, i.Reason)
		}
	}
}
