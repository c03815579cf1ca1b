package intake_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"vigil/internal/intake"
)

func TestPseudonyms(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "intake")
	if _, err := intake.ReadPseudonyms(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without an intake: %v", err)
	}
	log := open(t, dir, intake.Options{})
	p := log.Pseudonym("P-017")
	if !regexp.MustCompile(`^[a-z2-7]{16}$`).MatchString(p) || p != log.Pseudonym("P-017") || p == log.Pseudonym("P-018") {
		t.Errorf("pseudonyms %q and %q", p, log.Pseudonym("P-018"))
	}
	_ = log.Close()
	log, rec, err := intake.Open(dir, intake.Options{})
	if err != nil || rec.KeyLost != nil || log.Pseudonym("P-017") != p {
		t.Errorf("after a restart: %q, %+v, %v", log.Pseudonym("P-017"), rec, err)
	}
	_ = log.Close()
	if read, err := intake.ReadPseudonyms(dir); err != nil || read.Pseudonym("P-017") != p {
		t.Errorf("a follower: %v", err)
	}
	other := open(t, filepath.Join(t.TempDir(), "other"), intake.Options{})
	if other.Pseudonym("P-017") == p || intake.NewPseudonyms().Pseudonym("P-017") == p {
		t.Error("another desk has the same pseudonyms")
	}
}

// TestKeyLost: recording goes on with another key, and everybody is told.
func TestKeyLost(t *testing.T) {
	for name, lose := range map[string]func(path string) error{
		"missing": os.Remove,
		"another": func(path string) error {
			return os.WriteFile(path, []byte(strings.Repeat("0123456789abcdef", 4)), 0o600)
		},
		"garbage": func(path string) error { return os.WriteFile(path, []byte("swordfish"), 0o600) },
	} {
		dir := filepath.Join(t.TempDir(), "intake")
		log := open(t, dir, intake.Options{})
		old := log.Pseudonym("P-017")
		_ = log.Close()
		path := filepath.Join(dir, "pseudonym.key")
		if err := lose(path); err != nil {
			t.Fatal(err)
		}
		if _, err := intake.ReadPseudonyms(dir); !errors.Is(err, intake.ErrKeyLost) || strings.Contains(err.Error(), "swordfish") {
			t.Errorf("%s: a follower is told %v", name, err)
		}
		log, rec, err := intake.Open(dir, intake.Options{Now: fixed})
		if err != nil || !errors.Is(rec.KeyLost, intake.ErrKeyLost) || !strings.Contains(rec.KeyLost.Error(), path) {
			t.Fatalf("%s: %+v, %v", name, rec, err)
		}
		made := log.Pseudonym("P-017")
		_ = log.Close()
		if got := replay(t, dir); len(got) != 1 || got[0].Kind != intake.KindKey {
			t.Errorf("%s: remembered as %+v", name, got)
		}
		log, rec, err = intake.Open(dir, intake.Options{})
		if err != nil || rec.KeyLost != nil || log.Pseudonym("P-017") != made || made == old {
			t.Errorf("%s: told twice, or no lasting key: %+v, %v", name, rec, err)
		}
		_ = log.Close()
	}
}

func TestState(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "intake")
	if _, err := intake.ReadState(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("before any collector: %v", err)
	}
	c := &clock{noon}
	log := open(t, dir, intake.Options{Now: c.Now, Version: "1.2.3"})
	add(t, log, incident(1))
	type body struct {
		Sources map[string]string `json:"sources"`
	}
	for _, word := range []string{"live", "stale"} {
		c.now = c.now.Add(intake.StateInterval)
		if err := log.WriteState(body{map[string]string{"radio": word}}); err != nil {
			t.Fatal(err)
		}
		s, err := intake.ReadState(dir)
		if err != nil || s.PID != os.Getpid() || s.Version != "1.2.3" || s.Desk != log.Identity().Desk || !s.Written.Equal(c.now) ||
			s.Seq != 1 || s.Durable != 0 {
			t.Errorf("%+v, %v", s, err)
		}
		var b body
		if err := s.Decode(&b); err != nil || b.Sources["radio"] != word {
			t.Errorf("%+v, %v", b, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	if err := log.WriteState(make(chan int)); err == nil {
		t.Error("wrote a state that cannot be written")
	}
	for text, want := range map[string]string{`{"v":9}`: "newer version", "{": "not a collector's state"} {
		if err := os.WriteFile(filepath.Join(dir, "state.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := intake.ReadState(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestSilent(t *testing.T) {
	s := intake.State{Written: noon}
	for age, want := range map[time.Duration]bool{
		0: false, 15 * time.Second: false, 15*time.Second + 1: true, -15 * time.Second: false, -15*time.Second - 1: true,
	} {
		if got := s.Silent(noon.Add(age)); got != want {
			t.Errorf("%v old: silent = %t", age, got)
		}
	}
	if !(intake.State{}).Silent(noon) {
		t.Error("no state proves nothing")
	}
}
