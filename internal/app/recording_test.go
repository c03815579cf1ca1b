package app

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json"

	"vigil/internal/incident"
	"vigil/internal/intake"
	"vigil/internal/journal"
	"vigil/internal/journal/journaltest"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

// anArrival is a record to be kept.
func anArrival(id string, at time.Time) picture.Arrival {
	return picture.Arrival{
		Incident: &incident.Incident{Identity: incident.Identity{Authority: safetext.Const("room"), ID: safetext.Clean(id)}},
		Source:   "radio", Received: at,
	}
}

// recorded are the ids of the incidents in an intake, in their order.
func recorded(t *testing.T, dir string) []string {
	t.Helper()
	var ids []string
	for e, err := range intake.Replay(dir) {
		if err != nil {
			t.Fatal(err)
		}
		var payload struct {
			ID string `json:"id"`
		}
		if e.Kind != intake.KindIncident {
			continue
		}
		if err := json.Unmarshal(e.Payload, &payload); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, payload.ID)
	}
	return ids
}

func TestAFollowerRecordsWhatTheCollectorCouldNot(t *testing.T) {
	dir := t.TempDir()
	clock := newWatch(time.Now().UTC())
	first := newCollector(dir, Options{}, false, clock.now)
	first.open()
	second := newCollector(dir, Options{}, false, clock.now)
	r := second.open()
	r.incident(anArrival("long recorded", clock.now()))
	clock.forward(2 * provenAfter)
	if err := first.log.WriteState(first.record.state()); err != nil {
		t.Fatal(err)
	}
	if second.takeOver() || len(second.record.waiting) != 0 {
		t.Fatalf("beside a living collector, %d entries wait; it has recorded them", len(second.record.waiting))
	}
	r.incident(anArrival("after its end", clock.now()))
	if err := first.close(); err != nil {
		t.Fatal(err)
	}
	if second.takeOver() {
		t.Fatal("took over from a collector that gave a sign of life just now")
	}
	clock.forward(intake.SilentAfter + time.Second)
	if !second.takeOver() {
		t.Fatalf("did not take over: %s", r.word())
	}
	if !second.record.write() {
		t.Error(r.word())
	}
	if err := second.close(); err != nil {
		t.Fatal(err)
	}
	if got := recorded(t, dir); len(got) != 1 || got[0] != "after its end" {
		t.Errorf("the intake has %q, want what arrived after the first one's end", got)
	}
}

func TestASilentCollectorThatHoldsTheLockIsSaid(t *testing.T) {
	dir := t.TempDir()
	clock := newWatch(time.Now().UTC())
	first := newCollector(dir, Options{}, false, clock.now)
	first.open()
	defer first.close()
	if err := first.log.WriteState(first.record.state()); err != nil {
		t.Fatal(err)
	}
	second := newCollector(dir, Options{}, false, clock.now)
	r := second.open()
	clock.forward(intake.SilentAfter + time.Second)
	if second.takeOver() || r.word().IsZero() {
		t.Errorf("a collector that holds the lock and is silent: %q", r.word())
	}
	if err := first.log.WriteState(first.record.state()); err != nil {
		t.Fatal(err)
	}
	if second.takeOver() || !r.word().IsZero() {
		t.Errorf("once it speaks again: %q", r.word())
	}
}

func TestWhatAFullDiskRefusesWaits(t *testing.T) {
	full := false
	disk := &journaltest.FS{Fail: func(op journaltest.Op, _ string) (int, error) {
		if full && op == journaltest.OpWrite {
			return 7, syscall.ENOSPC
		}
		return 0, nil
	}}
	dir := t.TempDir()
	clock := newWatch(time.Now().UTC())
	log, _, err := intake.Open(dir, intake.Options{Now: clock.now, FS: disk})
	if err != nil {
		t.Fatal(err)
	}
	r := newRecording(clock.now)
	r.attach(log, "run")
	full = true
	r.incident(anArrival("a", clock.now()))
	if r.write() || r.word().IsZero() {
		t.Fatalf("a full disk: %q", r.word())
	}
	r.incident(anArrival("b", clock.now()))
	r.confirmed(log.Flush())
	if r.word().IsZero() {
		t.Error("a confirmation of nothing takes the warning back")
	}
	full = false
	if !r.write() || !r.word().IsZero() {
		t.Fatalf("once there is space: %q", r.word())
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	if got := recorded(t, dir); len(got) != 2 {
		t.Errorf("the intake has %q, want both", got)
	}
}

func TestOneEntryThatCannotBeRecordedKeepsNoOtherOut(t *testing.T) {
	dir := t.TempDir()
	clock := newWatch(time.Now().UTC())
	c := newCollector(dir, Options{}, false, clock.now)
	r := c.open()
	r.incident(anArrival("a", clock.now()))
	c.record.add(intake.Entry{Kind: intake.KindGap, Source: "radio", Payload: []byte("no JSON")})
	r.incident(anArrival("b", clock.now()))
	if !c.record.write() || c.record.lost != 1 || r.word().IsZero() {
		t.Errorf("%d lost, want 1: %q", c.record.lost, r.word())
	}
	if err := c.close(); err != nil {
		t.Fatal(err)
	}
	if got := recorded(t, dir); len(got) != 2 {
		t.Errorf("the intake has %q, want the two that are well", got)
	}
}

// TestAFileNameThatIsNotText: state.json cannot hold it as it is.
func TestAFileNameThatIsNotText(t *testing.T) {
	d := newDesk(t, home)
	name := "feeds/r\xff\u202e.jsonl"
	if err := os.WriteFile(d.path(name), []byte(d.line("a", time.Hour, "")+"\n"), 0o600); err != nil {
		t.Skip("the file system has no such names: ", err)
	}
	d.open()
	d.await("its record", total(1))
	d.close()
	state, err := intake.ReadState(filepath.Join(d.dir, "intake"))
	if err != nil {
		t.Fatal(err)
	}
	var form stateForm
	if err := state.Decode(&form); err != nil {
		t.Fatal(err)
	}
	found := false
	for key, pos := range form.Read {
		found = found || statePath(key) == name && pos.Offset > 0
	}
	if !found {
		t.Errorf("state.json has %v, not how far %q was read", form.Read, name)
	}
}

func FuzzStateKey(f *testing.F) {
	for _, s := range []string{"feeds/radio.jsonl", "feeds/\xff.jsonl", "/elsewhere/é", "base64:%%%", "base64:YQ=="} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, file string) {
		key := stateKey(file)
		if back := statePath(key); back != file || !utf8.ValidString(key) {
			t.Errorf("%q becomes %q by way of %q", file, back, key)
		}
	})
}

// TestALargeFileIsRemembered: what was recorded in blocks is there after a restart, and the file is not needed for it.
func TestALargeFileIsRemembered(t *testing.T) {
	d := newDesk(t, home)
	const n = 2500
	lines := make([]string, n)
	for k := range lines {
		lines[k] = d.line(fmt.Sprint("r", k), time.Duration(k)*time.Minute, fmt.Sprintf(`,"title":"the %d"`, k))
	}
	d.add("feeds/log.jsonl", lines...)
	d.open()
	d.await("all of it", total(n))
	d.close()
	if err := os.Remove(d.path("feeds/log.jsonl")); err != nil {
		t.Fatal(err)
	}
	blocks := 0
	for e, err := range journalEntries(t, filepath.Join(d.dir, "intake")) {
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(e, `"kind":"block"`) {
			blocks++
		}
	}
	if blocks < n/intake.MaxBlock {
		t.Errorf("%d blocks", blocks)
	}
	d.open()
	defer d.close()
	d.await("all of it, remembered", total(n))
	v := d.last
	titles := map[string]bool{}
	for id := range v.Incidents() {
		r, _ := v.Row(id)
		titles[r.Title.String()] = true
	}
	if len(titles) != n {
		t.Errorf("%d titles, want %d", len(titles), n)
	}
}

// journalEntries are the lines of the journal as they stand on the disk.
func journalEntries(t *testing.T, dir string) iter.Seq2[string, error] {
	t.Helper()
	return func(yield func(string, error) bool) {
		r := journal.NewReader(dir, 0)
		defer r.Close()
		for {
			rec, err := r.Next()
			if errors.Is(err, io.EOF) || !yield(string(rec.Payload), err) || err != nil {
				return
			}
		}
	}
}

// TestRecordingThatIsBehind says how much waits, and that nobody needs to wait for it.
func TestRecordingThatIsBehind(t *testing.T) {
	for behind, want := range map[int]string{
		recordingBehind: "",
		12_345:          "recording… 12,345 to go: quitting is safe, what is left is recorded then or read again",
	} {
		r := newRecording(time.Now)
		r.log, r.behind = &intake.Log{}, behind
		if got := r.word().String(); got != want {
			t.Errorf("%d: %q", behind, got)
		}
	}
}
