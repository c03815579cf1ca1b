package ownfeed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"vigil/internal/feed"
	"vigil/internal/feed/native"
	"vigil/internal/incident"
	"vigil/internal/journal/journaltest"
	"vigil/internal/safetext"
)

var now = time.Date(2026, 11, 20, 14, 32, 0, 0, time.UTC)

func name(id string) incident.Identity {
	return incident.Identity{Authority: Authority, ID: safetext.Clean(id)}
}

// says makes the next version with that title.
func says(title string) Next {
	return func(last *incident.Incident) (incident.Incident, error) {
		i := incident.Incident{Act: incident.Known(incident.Abduction)}
		if last != nil {
			i = *last
		}
		i.Title, i.Reported = safetext.Clean(title), now
		return i, nil
	}
}

// read is what the file holds, as a console reads it: titles by id and version, and the lines that are none.
func read(t *testing.T, dir string) (held map[string]string, bad int) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, Name))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return decode(t, content)
}

func decode(t interface{ Fatal(...any) }, content []byte) (held map[string]string, bad int) {
	held = map[string]string{}
	decoder := native.Format.Decoder()
	for line := range bytes.Lines(content) {
		var rec feed.Record
		if !decoder(feed.NewContext(Name), string(line), feed.Place{}, &rec) {
			continue
		}
		if rec.Kind != feed.Incident {
			bad++
			continue
		}
		key := fmt.Sprintf("%s/%s %d", rec.Incident.Identity.Authority, rec.Incident.Identity.ID, rec.Incident.Version)
		if other, twice := held[key]; twice && other != rec.Incident.Title.String() {
			t.Fatal(key + " stands twice, and differs")
		}
		held[key] = rec.Incident.Title.String()
	}
	return held, bad
}

func TestVersionsFollow(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "feeds")
	f := New(dir, Options{})
	for n, title := range []string{"one", "two", "two", "three"} {
		i, err := f.Add(t.Context(), name("R-1"), says(title))
		if err != nil {
			t.Fatal(err)
		}
		if want := []int64{1, 2, 2, 3}[n]; i.Version != want {
			t.Errorf("%q became version %d, want %d", title, i.Version, want)
		}
	}
	held, bad := read(t, dir)
	if len(held) != 3 || bad > 0 || held["own/R-1 3"] != "three" {
		t.Errorf("%v, %d bad", held, bad)
	}
	last, err := f.Last(name("R-1"))
	if err != nil || last.Version != 3 || last.Type != incident.Update {
		t.Errorf("%+v, %v", last, err)
	}
	if last, err := f.Last(name("R-2")); last != nil || err != nil {
		t.Errorf("%+v, %v", last, err)
	}
}

func TestAHalfLineSwallowsNothing(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, Name), []byte(`{"id":"R-0","act":"abd`), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := New(dir, Options{}).Add(t.Context(), name("R-1"), says("whole")); err != nil {
		t.Fatal(err)
	}
	if held, bad := read(t, dir); held["own/R-1 1"] != "whole" || bad != 1 {
		t.Errorf("%v, %d bad", held, bad)
	}
}

func TestRefused(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, Name), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := New(dir, Options{}).Add(t.Context(), name("R-1"), says("x")); !errors.Is(err, ErrNotRecorded) {
		t.Errorf("a pipe gave %v", err)
	}
	elsewhere := t.TempDir()
	if err := os.Symlink(filepath.Join(elsewhere, "x"), filepath.Join(elsewhere, Name)); err != nil {
		t.Fatal(err)
	}
	if _, err := New(elsewhere, Options{}).Add(t.Context(), name("R-1"), says("x")); !errors.Is(err, ErrNotRecorded) {
		t.Errorf("a link gave %v", err)
	}
	mine := errors.New("mine")
	dir = t.TempDir()
	_, err := New(dir, Options{}).Add(t.Context(), name("R-1"), func(*incident.Incident) (incident.Incident, error) { return incident.Incident{}, mine })
	if held, _ := read(t, dir); !errors.Is(err, mine) || len(held) > 0 {
		t.Errorf("%v, %v", err, held)
	}
}

// TestFaults makes every call to the file system fail in turn, then cuts the power: what was acknowledged is there, what was not can be
// asked again, and no line is half of two.
func TestFaults(t *testing.T) {
	dir := t.TempDir() // for the lock; the feed is on a disk in memory
	for _, fault := range []error{syscall.EIO, syscall.ENOSPC} {
		for _, short := range []int{0, 5, journaltest.Done} {
			for at, failed := 1, true; failed; at++ {
				calls := 0
				failed = false
				disk := journaltest.NewDisk(filepath.Dir(dir))
				disk.Fail = func(journaltest.Op, string) (int, error) {
					if calls++; calls == at {
						failed = true
						return short, fault
					}
					return 0, nil
				}
				f := New(dir, Options{FS: disk})
				titles := []string{"one", "two", "three"}
				for _, title := range titles {
					_, err := f.Add(t.Context(), name(title), says(title))
					if err != nil && !errors.Is(err, ErrNotRecorded) && !errors.Is(err, ErrNotConfirmed) {
						t.Fatalf("call %d, %v: %v says neither", at, fault, err)
					}
					if err != nil {
						_, err = f.Add(t.Context(), name(title), says(title)) // again
					}
					if err != nil {
						t.Fatalf("call %d, %v: again: %v", at, fault, err)
					}
				}
				disk.Crash(none{})
				held, bad := decode(t, disk.Content(f.Path()))
				for _, title := range titles {
					if held["own/"+title+" 1"] != title {
						t.Fatalf("call %d, %v: %q was acknowledged and is gone: %v", at, fault, title, held)
					}
				}
				if bad > 0 || len(held) != len(titles) {
					t.Fatalf("call %d, %v: %v, %d lines that are none", at, fault, held, bad)
				}
			}
		}
	}
}

// none are dice that always fall on the first.
type none struct{}

func (none) IntN(int) int { return 0 }

// TestPowerCuts cuts the power at any operation, with any part of what was not confirmed on the disk.
func TestPowerCuts(t *testing.T) {
	dir := t.TempDir()
	cuts, acknowledgedAll := 0, 0
	for seed := range uint64(journaltest.Times(300, 10_000)) {
		dice := rand.New(rand.NewPCG(seed, 1))
		disk := journaltest.NewDisk(filepath.Dir(dir))
		acknowledged := map[string]string{}
		for cut := range 1 + dice.IntN(3) {
			disk.CutAt(1+dice.IntN(40), dice.IntN(2) == 0)
			f := New(dir, Options{FS: disk})
			for n := range dice.IntN(5) {
				id, title := fmt.Sprintf("R-%d", dice.IntN(3)), fmt.Sprintf("%d.%d", cut, n)
				if i, err := f.Add(context.Background(), name(id), says(title)); err == nil {
					acknowledged[fmt.Sprintf("own/%s %d", id, i.Version)] = title
					acknowledgedAll++
				}
			}
			disk.Crash(dice)
			cuts++
			held, _ := decode(t, disk.Content(f.Path()))
			for key, title := range acknowledged {
				if held[key] != title {
					t.Fatalf("seed %d: %s was acknowledged as %q and is %q; %v", seed, key, title, held[key], held)
				}
			}
		}
	}
	t.Logf("%d power cuts, %d acknowledged versions, 0 lost", cuts, acknowledgedAll)
}

// TestWriter is a process of [TestManyProcesses].
func TestWriter(t *testing.T) {
	dir := os.Getenv("OWNFEED_TEST_DIR")
	if dir == "" {
		return // it is no test by itself
	}
	f := New(dir, Options{Patience: time.Minute})
	for n := range 50 {
		if _, err := f.Add(t.Context(), name("shared"), says(fmt.Sprintf("%d.%d", os.Getpid(), n))); err != nil {
			t.Fatal(err)
		}
	}
}

func TestManyProcesses(t *testing.T) {
	dir := t.TempDir()
	const processes = 4
	var running []*exec.Cmd
	for range processes {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestWriter$")
		cmd.Env = append(os.Environ(), "OWNFEED_TEST_DIR="+dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		running = append(running, cmd)
	}
	for _, cmd := range running {
		if err := cmd.Wait(); err != nil {
			t.Fatal(err)
		}
	}
	held, bad := read(t, dir)
	if len(held) != processes*50 || bad > 0 {
		t.Errorf("%d versions of %d, %d lines that are none", len(held), processes*50, bad)
	}
	titles := map[string]bool{}
	for n := 1; n <= processes*50; n++ {
		titles[held[fmt.Sprintf("own/shared %d", n)]] = true
	}
	if titles[""] || len(titles) != processes*50 || strings.Contains(fmt.Sprint(held), "%!") {
		t.Errorf("versions are missing or stand twice: %d titles", len(titles))
	}
}
