package doctor_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vigil/internal/doctor"
	"vigil/internal/lang"
	"vigil/internal/term"
)

func screen(width, height int, tty bool, env ...string) doctor.Screen {
	return doctor.Screen{
		Env: env, Input: tty, Output: tty, Width: width, Height: height, Least: [2]int{40, 12},
		Caps: term.Detect(env), Theme: "default", Colours: "sixteen colours", Language: lang.English,
	}
}

// onLight is a terminal that tells of its light background.
func onLight(own bool) doctor.Screen {
	s := screen(80, 24, true, "TERM=xterm", "COLORFGBG=0;15")
	s.OwnGround = own
	return s
}

func saying(s doctor.Screen, wanted, language string) doctor.Screen {
	s.Wanted, s.Language = wanted, language
	return s
}

func named(t *testing.T, all []doctor.Finding, name string) doctor.Finding {
	t.Helper()
	for _, f := range all {
		if f.Name == name {
			return f
		}
	}
	t.Fatalf("nothing is said of %s: %+v", name, all)
	return doctor.Finding{}
}

func TestTerminal(t *testing.T) {
	for _, tt := range []struct {
		s           doctor.Screen
		name        string
		found, does string
		state       doctor.State
	}{
		{screen(80, 24, true, "TERM=screen-256color", "LANG=C.UTF-8"), "TERM", "screen-256color: 256 colours", "screens, with UTF-8 marks", doctor.Well},
		{screen(80, 24, true, "TERM=linux", "LANG=C.UTF-8"), "TERM", "linux: 16 colours", "ASCII marks: the console's font", doctor.Well},
		{screen(80, 24, true, "TERM=vt100"), "TERM", "vt100: no colours", "lines are written over", doctor.Well},
		{screen(80, 24, true, "TERM=dumb"), "TERM", "dumb: no cursor to place", "plain lines instead of screens", doctor.Lesser},
		{screen(80, 24, true, "TERM=dumb"), "terminal", "are one", "lines are read and answered", doctor.Well},
		{screen(80, 24, true, "TERM=dumb"), "size", "80 by 24", "no screens; tables for 80 columns", doctor.Well},
		{screen(80, 24, true, "TERM=dumb"), "theme", "default", "plain lines have no styles", doctor.Well},
		{screen(80, 24, true, "TERM=dumb", "SSH_TTY=/dev/pts/1"), "SSH", "over SSH", "nothing is asked", doctor.Well},
		{screen(80, 24, true, "TERM=dumb"), "clipboard", "none: plain lines", "copying prints the text", doctor.Well},
		{screen(80, 24, true, "TERM=linux"), "clipboard", "none, by TERM", "say that there is none", doctor.Well},
		{screen(80, 24, true, "TERM=xterm-256color"), "clipboard", "OSC 52", "y copies", doctor.Well},
		{screen(80, 24, true, "TERM=xterm-kitty"), "links", "takes them", "lead there", doctor.Well},
		{screen(80, 24, true, "TERM=xterm"), "links", "not known", "addresses are text", doctor.Well},
		{screen(80, 24, true, "TERM=vt220", "LANG=C.UTF-8"), "locale", "a VT does not read", "nearest likeness", doctor.Well},
		{screen(80, 24, true, "TERM=xterm", "COLORTERM=truecolor"), "PuTTY", "cannot be told", "true colour; if it is PuTTY", doctor.Well},
		{screen(80, 24, true, "TERM=vt52"), "TERM", "vt52: no cursor to place", "plain lines instead of screens", doctor.Lesser},
		{screen(80, 24, true), "TERM", "not set", "plain lines instead of screens", doctor.Lesser},
		{screen(80, 24, true, "TERM=\x1b[2Jx"), "TERM", "[2Jx", "screens", doctor.Well},
		{screen(80, 24, false, "TERM=xterm"), "terminal", "neither", "plain lines", doctor.Lesser},
		{screen(30, 10, true, "TERM=xterm"), "size", "30 by 10", "one line that says so: screens need 40 by 12", doctor.Lesser},
		{screen(40, 12, true, "TERM=xterm"), "size", "40 by 12", "fewer panes", doctor.Well},
		{screen(80, 24, false, "TERM=xterm"), "size", "unknown", "tables for 80 columns", doctor.Well},
		{screen(80, 24, true, "TERM=xterm", "NO_COLOR=1"), "colours", "NO_COLOR=1", "none: bold, underline and reverse", doctor.Well},
		{screen(80, 24, true, "TERM=xterm", "COLORTERM=truecolor"), "colours", "COLORTERM=truecolor", "true colour where a theme asks", doctor.Well},
		{screen(80, 24, true, "TERM=xterm-mono"), "theme", "default", "that of mono", doctor.Well},
		{onLight(true), "theme", "default, on a light background (COLORFGBG)", "take high-contrast-light", doctor.Lesser},
		{onLight(false), "theme", "default, on a light background (COLORFGBG)", "sixteen colours", doctor.Well},
		{screen(80, 24, true, "TERM=xterm", "LC_ALL=C", "LANG=C.UTF-8"), "locale", "LC_ALL=C: not UTF-8", "ASCII marks", doctor.Lesser},
		{screen(80, 24, true, "TERM=xterm", "LANG=fr_FR.UTF-8"), "locale", "LANG=fr_FR.UTF-8: UTF-8", "UTF-8 marks and text", doctor.Well},
		{saying(screen(80, 24, true, "TERM=xterm"), "", lang.English), "language", "none is asked for", "in English", doctor.Well},
		{saying(screen(80, 24, true, "TERM=xterm"), "fr-CD", "fr"), "language", "fr-CD", "in French", doctor.Well},
		{saying(screen(80, 24, true, "TERM=xterm"), "zh", "zh"), "language", "zh", "in Chinese, headings and states", doctor.Well},
		{saying(screen(80, 24, true, "TERM=xterm"), "en-GB", lang.English), "language", "en-GB", "in English", doctor.Well},
		{saying(screen(80, 24, true, "TERM=xterm"), "pt-BR", lang.English), "language", "pt-BR, which vigil has not", "in English", doctor.Well},
		{saying(screen(80, 24, true, "TERM=linux"), "ar", "fr"), "language", "ar, whose letters this terminal does not have", "in French; for its letters set a UTF-8", doctor.Lesser},
		{screen(80, 24, true, "TERM=tmux-256color", "TMUX=/tmp/x"), "between", "tmux", "set-clipboard", doctor.Well},
		{screen(80, 24, true, "TERM=screen", "STY=1.pts"), "between", "GNU screen", "handed through it", doctor.Well},
		{screen(80, 24, true, "TERM=xterm", "TMUX=/tmp/x"), "between", "TERM names another terminal", "default-terminal", doctor.Lesser},
		{screen(80, 24, true, "TERM=putty-256color"), "PuTTY", "by TERM", "UTF-8", doctor.Well},
		{screen(80, 24, true, "TERM=xterm"), "PuTTY", "cannot be told", "putty-256color", doctor.Well},
		{screen(80, 24, true, "TERM=xterm", "SSH_TTY=/dev/pts/1"), "SSH", "over SSH", "wait for the terminal's answer", doctor.Well},
	} {
		all := tt.s.Look()
		if all[0].Name != "TERM" {
			t.Errorf("%q is named first", all[0].Name)
		}
		f := named(t, all, tt.name)
		if !strings.Contains(f.Found.String(), tt.found) || !strings.Contains(f.Does.String(), tt.does) || f.State != tt.state {
			t.Errorf("%v: %s: %s → %s (%s), want %s → %s (%s)", tt.s.Env, f.Name, f.Found, f.Does, f.State, tt.found, tt.does, tt.state)
		}
		if strings.ContainsRune(f.Found.String(), '\x1b') {
			t.Errorf("%q steers the terminal", f.Found)
		}
	}
}

func TestLink(t *testing.T) {
	for _, tt := range []struct {
		l    term.Link
		err  error
		want string
		well bool
	}{
		{term.Link{RoundTrip: 2 * time.Millisecond}, nil, "after 2 ms, more than 100 kB/s", true},
		{term.Link{RoundTrip: 600 * time.Millisecond, Rate: 960}, nil, "after 600 ms, about 960 B/s", false},
		{term.Link{RoundTrip: 600 * time.Millisecond, Rate: 9600}, nil, "after 600 ms, about 9600 B/s", true},
		{term.Link{RoundTrip: 600 * time.Millisecond, Rate: 60}, nil, "about 60 B/s", false},
		{term.Link{RoundTrip: time.Millisecond, Rate: 5e8}, nil, "more than 100 kB/s", true},
		{term.Link{}, term.ErrSilent, "none within 3s", false},
		{term.Link{}, errors.New("no such device"), "not measured: no such device", false},
	} {
		f := doctor.LinkAsked(tt.l, tt.err, 80*24)
		if !strings.Contains(f.Found.String(), tt.want) || (f.State == doctor.Well) != tt.well {
			t.Errorf("%+v, %v: %s (%s), want %s", tt.l, tt.err, f.Found, f.State, tt.want)
		}
	}
}

// TestPlaces: where vigil may write everything is tried, and nothing is left.
func TestPlaces(t *testing.T) {
	dir := t.TempDir()
	all := doctor.Place{Name: "state", Dir: dir, Write: true}.Look(t.Context(), time.Now)
	for _, name := range []string{"state", "state free", "sync", "locks", "events"} {
		named(t, all, name)
	}
	if f := named(t, all, "locks"); f.State != doctor.Well || !strings.Contains(f.Found.String(), "refused") {
		t.Errorf("locks: %s", f.Found)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left are %v, %v", left, err)
	}
	if all := (doctor.Place{Name: "desk", Dir: dir}).Look(t.Context(), time.Now); len(all) != 1 {
		t.Errorf("where vigil only reads it says %+v", all)
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	gone := doctor.Place{Name: "state", Dir: file, Write: true}.Look(t.Context(), time.Now)
	if f := named(t, gone, "state writable"); f.State != doctor.Lesser || !strings.Contains(f.Does.String(), "--state DIR") {
		t.Errorf("of what cannot be written it says %s → %s", f.Found, f.Does)
	}
	if got := doctor.Existing(filepath.Join(dir, "a", "b")); got != dir {
		t.Errorf("above what is not there it looks at %s, want %s", got, dir)
	}
}

func TestClock(t *testing.T) {
	now := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		times doctor.Times
		want  string
		well  bool
	}{
		{doctor.Times{Now: now, Zone: time.UTC}, "2026-11-20 14:00:00Z", true},
		{doctor.Times{Now: now, Zone: time.UTC, Built: now.Add(time.Hour)}, "before this vigil was made (2026-11-20 15:00Z)", false},
		{doctor.Times{Now: now, Zone: time.UTC, Newest: now.Add(time.Hour), Of: "the newest of intake/"}, "before the newest of intake/ of 2026-11-20 15:00:00Z", false},
		{doctor.Times{Now: now, Zone: time.UTC, Newest: now.Add(time.Second), Of: "x"}, "14:00:00Z", true},
	} {
		f := named(t, tt.times.Look(), "clock")
		if !strings.Contains(f.Found.String(), tt.want) || (f.State == doctor.Well) != tt.well {
			t.Errorf("%+v: %s (%s), want %s", tt.times, f.Found, f.State, tt.want)
		}
	}
	for zone, want := range map[*time.Location]string{
		time.UTC: "UTC, UTC+00:00", time.FixedZone("IST", 5*3600+1800): "IST, UTC+05:30", time.FixedZone("NST", -3*3600-1800): "NST, UTC-03:30",
	} {
		if f := named(t, doctor.Times{Now: now, Zone: zone}.Look(), "zone"); f.Found.String() != want {
			t.Errorf("%s: %s, want %s", zone, f.Found, want)
		}
	}
}

func TestAble(t *testing.T) {
	r := doctor.Report{}
	r.Add(doctor.Finding{State: doctor.Lesser})
	if !r.Able() {
		t.Error("what could be better makes it unable")
	}
	r.Add(doctor.Finding{State: doctor.Unable})
	if r.Able() {
		t.Error("what cannot work leaves it able")
	}
}
