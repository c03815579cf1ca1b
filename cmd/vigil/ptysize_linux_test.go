package main

import (
	"path/filepath"
	"strings"
	"testing"

	"vigil/internal/desk"
	"vigil/internal/tui"
)

// lines is the screen, line by line.
func (x *terminal) lines() []string { return strings.Split(x.Screen(), "\n") }

// Dumb terminals get plain lines, after one line that says why, and no control sequence.
func TestLinesOnDumbTerminals(t *testing.T) {
	for env, why := range map[string]string{
		"TERM=dumb": "TERM is dumb or not set", "TERM=": "TERM is dumb or not set", "TERM=vt52": "TERM says that no cursor can be placed",
	} {
		t.Run(env, func(t *testing.T) {
			x := onTerminal(t, 80, 24, []string{env, "LC_ALL=C.UTF-8"}, "-C", makeDesk(t))
			x.await("Type help")
			if first := x.lines()[0]; !strings.HasPrefix(first, "vigil: "+why) {
				t.Errorf("the first line is %q", first)
			}
			x.press("quit\r")
			<-x.Ended
			if strings.ContainsRune(x.Sent(), '\x1b') {
				t.Errorf("it wrote control sequences: %q", x.Sent())
			}
		})
	}
}

// Every size has a frame: whole from the smallest on, one honest line below it.
func TestSizesOnTerminal(t *testing.T) {
	before := freshSettings(t)
	x := onTerminal(t, 80, 24, []string{"TERM=xterm-256color", "LC_ALL=C.UTF-8"}, "-C", makeDesk(t))
	x.await("COUNTRY")
	for _, size := range [][2]int{{40, 12}, {300, 100}, {132, 43}, {200, 60}, {41, 13}} {
		x.Resize(size[0], size[1])
		x.await("quit") // the footer comes with every frame
		x.awaitFrame(size[0], size[1])
	}
	for _, size := range [][2]int{{39, 24}, {80, 11}, {20, 5}} {
		x.Resize(size[0], size[1])
		x.await("too small")
	}
	x.Resize(80, 24)
	x.awaitFrame(80, 24)
	x.press("q")
	x.ends(before)
}

// A storm of sizes ends with the frame of the last one, and nothing of those before is left.
func TestResizeStorm(t *testing.T) {
	before := freshSettings(t)
	env := []string{"TERM=xterm-256color", "LC_ALL=C.UTF-8"}
	dir := makeDesk(t)
	x := onTerminal(t, 80, 24, env, "-C", dir)
	x.await("COUNTRY")
	for i := range 200 {
		x.Resize(tui.MinWidth-5+(i*37)%160, tui.MinHeight-3+(i*17)%50)
	}
	x.Resize(100, 30)
	x.awaitFrame(100, 30)
	x.press("q")
	x.ends(before)
}

// awaitFrame waits until the screen is one whole frame of a size: header, footer, and what is between them as a program that
// has never had another size draws it.
func (x *terminal) awaitFrame(width, height int) {
	x.t.Helper()
	x.awaitThat(func() bool { // a frame of the size before may be on its way still
		lines := x.lines()
		if len(lines) < height {
			return false
		}
		header := strings.TrimRight(lines[0], " ")
		return strings.HasPrefix(header, " VIGIL") && strings.HasSuffix(header, "Z") && len([]rune(header)) == width && strings.Contains(lines[height-1], "quit") &&
			strings.Count(x.Screen(), "COUNTRY") == 1 && strings.Count(x.Screen(), "? help") == 1
	}, "a frame of the size")
}

// The doctor asks a terminal that answers, gives it back as it was, and does not wait long for one that does not.
func TestDoctorOnTerminal(t *testing.T) {
	before := freshSettings(t)
	env := []string{"TERM=xterm-256color", "LC_ALL=C.UTF-8"}
	x := onTerminal(t, 80, 60, env, "doctor", "--link", "-C", makeDesk(t))
	x.await("zone")
	if s := x.Screen(); !strings.Contains(s, " answer") || !strings.Contains(s, "after ") || strings.Contains(s, "[0n") {
		t.Errorf("of the link it says:\n%s", s)
	}
	x.ends(before)
}

// Without a desk a screen offers a demo and to make a desk, which then opens; the desk that was made is one.
func TestFirstRunOnTerminal(t *testing.T) {
	before := freshSettings(t)
	for _, env := range [][]string{{"TERM=xterm-256color", "LC_ALL=C.UTF-8"}, {"TERM=vt100", "LC_ALL=C", "NO_COLOR=1"}} {
		dir := t.TempDir()
		x := onTerminalIn(t, dir, 40, 12, env)
		x.await("no desk yet")
		x.press("i")
		x.await("directory: desk")
		x.press("2\r")
		x.await("COUNTRY") // the board of the new desk
		x.press("q")
		x.ends(before)
		if !desk.IsDesk(filepath.Join(dir, "desk2")) {
			t.Error("it made no desk")
		}
	}
	x := onTerminalIn(t, t.TempDir(), 80, 24, []string{"TERM=xterm-256color", "LC_ALL=C.UTF-8", "TMPDIR=" + t.TempDir()})
	x.await("no desk yet")
	x.press("d")
	x.await("EXERCISE")
	x.press("q")
	x.ends(before)
	x = onTerminalIn(t, t.TempDir(), 80, 24, []string{"TERM=xterm-256color", "LC_ALL=C.UTF-8"})
	x.await("no desk yet")
	x.press("q")
	x.ends(before)
}
