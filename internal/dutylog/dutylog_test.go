package dutylog_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"vigil/internal/duty"
	"vigil/internal/dutylog"
	"vigil/internal/journal"
	"vigil/internal/safetext"
)

var at = time.Date(2026, 11, 20, 14, 32, 7, 0, time.UTC)

func name(authority, id string) duty.Name {
	return duty.Name{Authority: duty.Words(authority), ID: duty.Words(id)}
}

func merge(id string) duty.Entry {
	return duty.Entry{
		V: dutylog.Version, ID: id, At: at, Role: safetext.Const("duty officer"), By: safetext.Const("Oscar"), Word: duty.KindMerge,
		Mono: duty.Mono{Boot: "b", Since: time.Hour}, From: safetext.Const("host console pts/1"),
		Body: &duty.Merge{Incidents: []duty.Name{name("radio", "R-1"), name("acled", "MLI42")}, Reason: duty.Words("same convoy")},
	}
}

func names(e *duty.Entry) *[]duty.Name { return &e.Body.(*duty.Merge).Incidents }

// all reads the log to its present end.
func all(t *testing.T, r *dutylog.Reader) (list []duty.Entry) {
	t.Helper()
	for {
		e, err := r.Next()
		switch {
		case errors.Is(err, io.EOF):
			return list
		case err != nil:
			t.Fatal(err)
		}
		list = append(list, e)
	}
}

var text = cmp.Options{
	cmp.Comparer(func(a, b safetext.Text) bool { return a == b }), cmp.Comparer(func(a, b duty.Text) bool { return a == b }),
}

func TestAppendedIsRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dutylog")
	r := dutylog.NewReader(dir)
	defer r.Close()
	if got := all(t, r); len(got) != 0 {
		t.Fatalf("before there is a log: %v", got)
	}
	log := dutylog.New(dir, dutylog.Options{})
	want := merge("1")
	for range 2 { // the second is a retry
		if err := log.Append(t.Context(), want); err != nil {
			t.Fatal(err)
		}
	}
	want.Seq = 1
	if diff := cmp.Diff([]duty.Entry{want}, all(t, r), text, cmpopts.IgnoreFields(duty.Entry{}, "Line")); diff != "" {
		t.Error(diff)
	}
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v: only the owner may look into the log", info.Mode(), err)
	}
}

// TestAnIDIsOfOneEntry: what is written under an id that something else has is not lost without a word.
func TestAnIDIsOfOneEntry(t *testing.T) {
	dir := t.TempDir()
	log := dutylog.New(dir, dutylog.Options{})
	defer log.Close()
	if err := log.Append(t.Context(), merge("1")); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(e *duty.Entry){
		"another reason":   func(e *duty.Entry) { e.Body.(*duty.Merge).Reason = duty.Words("another convoy") },
		"another kind":     func(e *duty.Entry) { e.Body, e.Word = &duty.Note{Text: duty.Words("x")}, duty.KindNote },
		"of somebody else": func(e *duty.Entry) { e.By = safetext.Const("Papa") },
	} {
		e := merge("1")
		change(&e)
		if err := log.Append(t.Context(), e); !errors.Is(err, dutylog.ErrTaken) || !errors.Is(err, dutylog.ErrNotRecorded) {
			t.Errorf("%s: %v", name, err)
		}
	}
	same := merge("1")
	same.At = same.At.Add(time.Minute) // it is tried again later
	if err := log.Append(t.Context(), same); err != nil {
		t.Error(err)
	}
	for n := range 2 { // two consoles find the same alarm, and one of them knows more of it
		own := merge("2")
		own.By, own.Body, own.Word = duty.Vigil, &duty.Clear{Alarm: "a", Words: duty.Words(fmt.Sprint(n))}, duty.KindClear
		if err := log.Append(t.Context(), own); err != nil {
			t.Error(err)
		}
	}
	r := dutylog.NewReader(dir)
	defer r.Close()
	if got := all(t, r); len(got) != 2 {
		t.Errorf("%d entries", len(got))
	}
}

func TestConsolesWriteTogether(t *testing.T) {
	dir := t.TempDir()
	const consoles, each = 4, 10
	var wg sync.WaitGroup
	for c := range consoles {
		wg.Go(func() {
			log := dutylog.New(dir, dutylog.Options{Patience: time.Minute})
			for n := range each {
				if err := log.Append(t.Context(), merge(fmt.Sprintf("%d-%d", c, n))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	r := dutylog.NewReader(dir)
	defer r.Close()
	ids := map[string]bool{}
	for _, e := range all(t, r) {
		ids[e.ID] = true
	}
	if len(ids) != consoles*each {
		t.Errorf("%d of %d entries", len(ids), consoles*each)
	}
}

func TestWhatCannotBeRecordedIsNot(t *testing.T) {
	dir := t.TempDir()
	log := dutylog.New(dir, dutylog.Options{})
	for _, tt := range []struct {
		name string
		with func(e *duty.Entry)
	}{
		{"no id", func(e *duty.Entry) { e.ID = "" }},
		{"a control character in the id", func(e *duty.Entry) { e.ID = "a\x1bb" }},
		{"no time", func(e *duty.Entry) { e.At = time.Time{} }},
		{"another kind", func(e *duty.Entry) { e.Body = nil }},
		{"one incident", func(e *duty.Entry) { *names(e) = (*names(e))[:1] }},
		{"one incident twice", func(e *duty.Entry) { (*names(e))[1] = (*names(e))[0] }},
		{"an incident without an id", func(e *duty.Entry) { (*names(e))[1].ID = duty.Text{} }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := merge("1")
			tt.with(&e)
			if err := log.Append(t.Context(), e); !errors.Is(err, dutylog.ErrNotRecorded) || !errors.Is(err, duty.ErrEntry) {
				t.Errorf("error %v", err)
			}
		})
	}
	r := dutylog.NewReader(dir)
	defer r.Close()
	if got := all(t, r); len(got) > 0 {
		t.Errorf("recorded: %v", got)
	}
}

func TestNewerEntriesAreDeliveredAndBadOnesSaid(t *testing.T) {
	dir := t.TempDir()
	log, _, err := journal.Open(dir, journal.Options{Sync: journal.SyncAlways})
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{
		`{"v":2,"id":"n","at":"2026-11-20T14:00:00Z","role":"","by":"","kind":"sealed","incidents":[],"reason":"","colour":"red"}`,
		`{"v":1,"id":"b","at":"yesterday","role":"","by":"","kind":"merge","incidents":[],"reason":""}`,
		`{"v":1,"id":"c","at":"2026-11-20T14:00:00Z","role":"","by":"\u001b[31mOscar","kind":"sing","incidents":[],"reason":""}`,
	}
	for _, l := range lines {
		if _, err := log.Append([]byte(l)); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	if err := dutylog.New(dir, dutylog.Options{}).Append(t.Context(), merge("d")); err != nil {
		t.Fatalf("what this version cannot read keeps nobody from writing: %v", err)
	}
	r := dutylog.NewReader(dir)
	defer r.Close()
	newer, err := r.Next()
	if err != nil || newer.Understood() {
		t.Errorf("%+v, %v", newer, err)
	}
	if _, err := r.Next(); !errors.Is(err, dutylog.ErrBad) || !strings.Contains(err.Error(), ":3:") {
		t.Errorf("of the bad entry: %v", err)
	}
	note, err := r.Next()
	if err != nil || note.Understood() || strings.ContainsRune(note.By.String(), 0x1b) {
		t.Errorf("%+v, %v", note, err)
	}
	if last, err := r.Next(); err != nil || last.ID != "d" || last.Seq != 4 {
		t.Errorf("%+v, %v", last, err)
	}
}

func TestADamagedLogIsNeitherSkippedNorAddedTo(t *testing.T) {
	dir := t.TempDir()
	log := dutylog.New(dir, dutylog.Options{})
	for n := range 3 {
		if err := log.Append(t.Context(), merge(fmt.Sprint(n))); err != nil {
			t.Fatal(err)
		}
	}
	segments, err := filepath.Glob(filepath.Join(dir, "*.log"))
	if err != nil || len(segments) != 1 {
		t.Fatal(segments, err)
	}
	body, err := os.ReadFile(segments[0])
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(body), "\n")
	lines[2] = strings.Replace(lines[2], "same convoy", "other words", 1)
	if err := os.WriteFile(segments[0], []byte(strings.Join(lines, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := dutylog.New(dir, dutylog.Options{}).Append(t.Context(), merge("3")); !errors.Is(err, dutylog.ErrNotRecorded) || !errors.Is(err, dutylog.ErrDamaged) {
		t.Errorf("added to a damaged log: %v", err)
	}
	r := dutylog.NewReader(dir)
	defer r.Close()
	if e, err := r.Next(); err != nil || e.ID != "0" {
		t.Errorf("before the damage: %+v, %v", e, err)
	}
	if _, err := r.Next(); !errors.Is(err, dutylog.ErrDamaged) {
		t.Errorf("at the damage: %v", err)
	}
}

// TestWhatACrashLeftIsSaid: the end of an entry that was never acknowledged is put aside, and the log says so, whether the log
// was open before or not.
func TestWhatACrashLeftIsSaid(t *testing.T) {
	dir := t.TempDir()
	log := dutylog.New(dir, dutylog.Options{})
	defer log.Close()
	for n := range 3 {
		if n == 2 {
			if err := log.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if err := log.Append(t.Context(), merge(fmt.Sprint(n))); err != nil {
			t.Fatal(err)
		}
		f, err := os.OpenFile(filepath.Join(dir, "000000000001.log"), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString("00000000"); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	r := dutylog.NewReader(dir)
	defer r.Close()
	var got []string
	for _, e := range all(t, r) {
		got = append(got, string(e.Word)+" "+e.By.String())
		if b, is := e.Body.(*duty.Repair); is && !strings.Contains(b.Words.String(), "8 bytes") {
			t.Error(b.Words)
		}
	}
	if want := "[merge Oscar repair vigil merge Oscar repair vigil merge Oscar]"; fmt.Sprint(got) != want {
		t.Errorf("got %v", got)
	}
	aside, err := filepath.Glob(filepath.Join(dir, "*.torn-*"))
	if err != nil || len(aside) != 2 {
		t.Errorf("put aside: %v, %v", aside, err)
	}
}

func TestTheLockIsWaitedForAndNamed(t *testing.T) {
	dir := t.TempDir()
	log := dutylog.New(dir, dutylog.Options{Patience: 30 * time.Millisecond})
	release := hold(t, filepath.Join(dir, "lock"))
	err := log.Append(t.Context(), merge("1"))
	if !errors.Is(err, dutylog.ErrNotRecorded) || !strings.Contains(err.Error(), "held by another process") {
		t.Errorf("error %v", err)
	}
	release()
	if err := log.Append(t.Context(), merge("1")); err != nil {
		t.Error(err)
	}
}

func TestEntriesComeBackAsTheyWere(t *testing.T) {
	dir := t.TempDir()
	log := dutylog.New(dir, dutylog.Options{})
	r := dutylog.NewReader(dir)
	defer r.Close()
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		e := merge(fmt.Sprint("x", n))
		e.At = at.Add(time.Duration(rapid.Int64Range(0, 1e15).Draw(rt, "at")))
		e.By = safetext.Clean(rapid.String().Draw(rt, "by"))
		raw := duty.Words(rapid.String().Draw(rt, "text")) // exactly as it was written
		switch rapid.IntRange(0, 2).Draw(rt, "kind") {
		case 0:
			e.Body = &duty.Note{Text: duty.Words("x" + rapid.String().Draw(rt, "note"))}
		case 1:
			e.Body = &duty.Unmerge{Incidents: *names(&e), Reason: raw}
		default:
			(*names(&e))[0].ID = duty.Words("i" + rapid.String().Draw(rt, "id"))
		}
		e.Word = e.Body.Kind()
		if err := log.Append(t.Context(), e); err != nil {
			rt.Fatal(err)
		}
		e.Seq = uint64(n)
		if diff := cmp.Diff([]duty.Entry{e}, all(t, r), text, cmpopts.IgnoreFields(duty.Entry{}, "Line")); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// TestWhereAnEntryStands is what somebody with sed and sha256sum would find.
func TestWhereAnEntryStands(t *testing.T) {
	dir := t.TempDir()
	log := dutylog.New(dir, dutylog.Options{})
	defer log.Close()
	for n := range 3 {
		if err := log.Append(t.Context(), merge(fmt.Sprint(n))); err != nil {
			t.Fatal(err)
		}
	}
	r := dutylog.NewReader(dir)
	defer r.Close()
	for n, e := range all(t, r) {
		body, err := os.ReadFile(filepath.Join(dir, e.Line.File))
		if err != nil {
			t.Fatal(err)
		}
		line := strings.SplitAfter(string(body), "\n")[e.Line.Number-1]
		if e.Line.Hash != fmt.Sprintf("%x", sha256.Sum256([]byte(line))) || !strings.Contains(line, fmt.Sprintf(`"id":"%d"`, n)) {
			t.Errorf("entry %d is said to stand at %+v: %s", n, e.Line, line)
		}
	}
}
