package source

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// rig drives one unit by hand: real files, a clock that only the test moves, a look
// only when the test asks for it.
type rig struct {
	t      testing.TB
	desk   string
	now    time.Time
	claims *claims
	units  []*unit
	got    []Event
	answer func(Event) error
}

func newRig(t testing.TB, specs ...Spec) *rig {
	t.Helper()
	r := &rig{t: t, desk: t.TempDir(), now: time.Now(), claims: &claims{by: make(map[fileID]claim)}}
	if err := os.Mkdir(filepath.Join(r.desk, "feeds"), 0o755); err != nil {
		t.Fatal(err)
	}
	r.open(specs...)
	return r
}

// open starts the specs anew, as a restart would.
func (r *rig) open(specs ...Spec) {
	r.t.Helper()
	for _, u := range r.units {
		u.close()
	}
	r.units = nil
	for i := range specs {
		if specs[i].Root == "" {
			specs[i].Root = r.desk
		}
		if specs[i].Mode == nil {
			specs[i].Mode = byName
		}
		if specs[i].Name == "" {
			specs[i].Name = fmt.Sprint("s", i)
		}
	}
	p, err := newPlan(specs)
	if err != nil {
		r.t.Fatal(err)
	}
	for i, s := range specs {
		u := newUnit(s, p.targets[i], p.taken, r.sink, r.claims, Options{Now: func() time.Time { return r.now }})
		r.units = append(r.units, u)
		r.t.Cleanup(u.close)
	}
}

// byName reads .jsonl and its rotations by lines, and the rest whole.
func byName(path string, _ []byte) Mode {
	if strings.Contains(filepath.Base(path), ".jsonl") {
		return ModeLines
	}
	return ModeSnapshot
}

func (r *rig) sink(_ context.Context, e Event) error {
	if r.answer != nil {
		if err := r.answer(e); err != nil {
			return err
		}
	}
	lines := make([]Line, len(e.Lines))
	for i, l := range e.Lines {
		lines[i] = Line{l.Number, l.Offset, bytes.Clone(l.Text)}
	}
	e.Lines = lines
	r.got = append(r.got, e)
	return nil
}

// look polls all units until they have nothing more to read, and returns what came.
func (r *rig) look(periodic bool) []Event {
	r.t.Helper()
	r.got = nil
	for _, u := range r.units {
		for more := true; more; {
			var err error
			if more, err = u.poll(context.Background(), periodic); err != nil {
				r.t.Fatal(err)
			}
		}
	}
	return r.got
}

// hint is a look that a notification asked for; tick is a periodic one, an interval later.
func (r *rig) hint() []Event { r.t.Helper(); return r.look(false) }

func (r *rig) tick() []Event {
	r.t.Helper()
	r.now = r.now.Add(DefaultInterval)
	return r.look(true)
}

func (r *rig) path(name string) string { return filepath.Join(r.desk, name) }

func (r *rig) write(name, content string) {
	r.t.Helper()
	must(r.t, os.WriteFile(r.path(name), []byte(content), 0o644))
}

func (r *rig) append(name, content string) {
	r.t.Helper()
	f, err := os.OpenFile(r.path(name), os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o644)
	must(r.t, err)
	_, err = f.WriteString(content)
	must(r.t, err)
	must(r.t, f.Close())
}

func (r *rig) rename(from, to string) { r.t.Helper(); must(r.t, os.Rename(r.path(from), r.path(to))) }
func (r *rig) remove(name string)     { r.t.Helper(); must(r.t, os.RemoveAll(r.path(name))) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// brief words an event in one line, without what differs from run to run.
func (r *rig) brief(e Event) string {
	name := ""
	if e.File != "" {
		name, _ = filepath.Rel(r.desk, e.File)
	}
	s := fmt.Sprintf("%v %s g%d", e.Kind, name, e.Generation)
	switch e.Kind {
	case KindLines:
		for _, l := range e.Lines {
			s += fmt.Sprintf(" %d@%d:%s", l.Number, l.Offset, l.Text)
		}
	case KindSnapshot:
		s += " " + string(e.Data)
	case KindTooLong, KindIncomplete:
		s += fmt.Sprintf(" %d@%d+%d", e.Line.Number, e.Line.Offset, e.Length)
	case KindFailed:
		s += " " + e.Cause.String()
	case KindCaughtUp:
		s = e.Kind.String()
	}
	return s
}

// want compares what came with one line for each event.
func (r *rig) want(got []Event, want ...string) {
	r.t.Helper()
	var have []string
	for _, e := range got {
		have = append(have, r.brief(e))
	}
	if d := cmp.Diff(want, have); d != "" {
		r.t.Fatalf("events (-want +got):\n%s", d)
	}
}
