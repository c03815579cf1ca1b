package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"vigil/internal/term/termtest"
)

// terminal is the program under a pseudo-terminal, with an emulator at its far end.
type terminal struct {
	*termtest.Terminal
	t   *testing.T
	cmd *exec.Cmd
}

func onTerminal(t *testing.T, width, height int, env []string, args ...string) *terminal {
	t.Helper()
	return onTerminalIn(t, "", width, height, env, args...)
}

// onTerminalIn is onTerminal in a current directory.
func onTerminalIn(t *testing.T, dir string, width, height int, env []string, args ...string) *terminal {
	t.Helper()
	cmd := vigil(t, args...)
	cmd.Env, cmd.Dir = append(cmd.Env, env...), dir
	return onTerminalOf(t, width, height, cmd)
}

// onTerminalOf has a command run on a terminal of its own.
func onTerminalOf(t *testing.T, width, height int, cmd *exec.Cmd) *terminal {
	t.Helper()
	x := &terminal{Terminal: termtest.Open(t, width, height), t: t, cmd: cmd}
	x.Run(cmd)
	x.Serve()
	return x
}

// await waits until the screen holds want.
func (x *terminal) await(want string) {
	x.t.Helper()
	x.awaitThat(func() bool { return strings.Contains(x.Screen(), want) }, want)
}

// awaitThat waits until something holds of the screen.
func (x *terminal) awaitThat(holds func() bool, what string) {
	x.t.Helper()
	again := time.NewTicker(patience / 100) // for what types: keys are thrown away while a terminal changes hands
	defer again.Stop()
	for limit := time.After(patience); !holds(); {
		select {
		case <-again.C:
		case <-x.Received: // also what a program that has ended wrote last
		case <-limit:
			x.t.Fatalf("waited in vain for %q:\n%s", what, x.Screen())
		}
	}
}

func (x *terminal) press(keys string) {
	x.t.Helper()
	if _, err := x.Far.WriteString(keys); err != nil {
		x.t.Fatal(err)
	}
}

// ends waits for the program and checks that it gave the terminal back as it was.
func (x *terminal) ends(before unix.Termios) {
	x.t.Helper()
	select {
	case err := <-x.Ended:
		if err != nil {
			x.t.Errorf("it ended with %v:\n%s", err, x.Screen())
		}
	case <-time.After(patience):
		x.t.Fatalf("it does not end:\n%s", x.Screen())
	}
	if after := x.Settings(); after != before {
		x.t.Errorf("the terminal's settings are\n%+v, were\n%+v", after, before)
	}
	// What the program wrote last may still be on its way.
	for limit := time.After(patience); x.OnAltScreen(); {
		select {
		case <-x.Received:
		case <-limit:
			x.t.Fatal("it left the terminal on the alternate screen")
		}
	}
}

// freshSettings are those of a new pseudo-terminal, before any program changed them.
func freshSettings(t *testing.T) unix.Termios {
	t.Helper()
	return termtest.Open(t, 80, 24).Settings()
}

// The console opens on a desk, shows what arrives while it is open, and q gives the terminal back.
func TestConsoleOnTerminal(t *testing.T) {
	before := freshSettings(t)
	for _, env := range [][]string{
		{"TERM=xterm-256color", "LC_ALL=C.UTF-8"},
		{"TERM=linux", "LC_ALL=C"},
		{"TERM=vt100", "LC_ALL=C", "NO_COLOR=1"},
		{"TERM=screen", "LC_ALL=C.UTF-8"},
		{"TERM=tmux-256color", "LC_ALL=C.UTF-8", "TMUX=/tmp/tmux-0/default,1,0"},
		{"TERM=putty", "LC_ALL=C.UTF-8"},
		{"TERM=xterm-mono", "LC_ALL=C.UTF-8"},
		{"TERM=ansi", "LC_ALL=C"},
	} {
		t.Run(strings.Join(env, " "), func(t *testing.T) {
			dir := makeDesk(t)
			x := onTerminal(t, 80, 24, env, "-C", dir)
			x.await("VIGIL")
			appendTo(t, filepath.Join(dir, "feeds", "radio.jsonl"),
				`{"id":"R-2","country":"MLI","act":"shelling","title":"Seen while it was open","occurred":"`+time.Now().UTC().Format(time.DateOnly)+`"}`)
			x.await("MLI")
			x.press("3")
			x.await("Shelling")
			x.press("\x1b") // Esc goes back and never quits
			x.await("COUNTRY")
			x.press("q")
			x.ends(before)
		})
	}
}

// On a terminal that cannot place its cursor, and wherever it is asked for, the console is lines: it reads what is typed, answers,
// and tells what happens, and no byte of it steers the terminal.
func TestConsoleByLines(t *testing.T) {
	before := freshSettings(t)
	for _, c := range []struct {
		env  []string
		args []string
	}{
		{[]string{"TERM=dumb", "LC_ALL=C"}, nil},
		{[]string{"TERM=xterm-256color", "LC_ALL=C.UTF-8"}, []string{"--linear"}},
	} {
		t.Run(c.env[0], func(t *testing.T) {
			dir := makeDesk(t)
			x := onTerminal(t, 120, 200, c.env, append(c.args, "-C", dir)...)
			x.await("Type help")
			appendTo(t, filepath.Join(dir, "feeds", "radio.jsonl"),
				`{"id":"R-2","country":"MLI","act":"shelling","title":"Seen while it was open","occurred":"`+time.Now().UTC().Format(time.DateOnly)+`"}`)
			x.await("incident new MLI")
			x.press("events act:shelling\n")
			x.await("EVENTS /act:shelling: ")
			x.press("6\n")
			x.await("selected: ")
			x.press("launch\n")
			x.await("not done: no such command")
			x.press("quit\n")
			x.ends(before)
			for _, r := range x.Sent() {
				if r < ' ' && !strings.ContainsRune("\r\n\a", r) || r == 0x7f || r >= 0x80 && r < 0xa0 || r >= 0x2500 && r <= 0x259f {
					t.Fatalf("%q is written to the terminal: %q", r, x.Sent())
				}
			}
		})
	}
}

// SIGTERM ends the console in good order too, and so does SIGQUIT, whose trace would go over a terminal that is not given back.
func TestConsoleTerminated(t *testing.T) {
	before := freshSettings(t)
	for _, sig := range []unix.Signal{unix.SIGTERM, unix.SIGQUIT} {
		x := onTerminal(t, 80, 24, []string{"TERM=xterm", "LC_ALL=C.UTF-8"}, "-C", makeDesk(t))
		x.await("VIGIL")
		if err := x.cmd.Process.Signal(sig); err != nil {
			t.Fatal(err)
		}
		x.ends(before)
	}
}

// The demo says EXERCISE on its screens, and leaves nothing behind.
func TestDemoOnTerminal(t *testing.T) {
	before := freshSettings(t)
	tmp := t.TempDir()
	x := onTerminal(t, 80, 24, []string{"TERM=xterm-256color", "LC_ALL=C.UTF-8", "TMPDIR=" + tmp}, "demo", "--speed", "60")
	for _, key := range []string{"1", "3", "6", "?"} {
		x.press(key)
		x.await("EXERCISE")
	}
	x.press("q")
	x.ends(before)
	if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
		t.Errorf("the exercise left %v behind, %v", left, err)
	}
}

// A usage error on a terminal is a line of text: nothing is asked of the terminal, and nothing coloured.
func TestErrorsOnTerminal(t *testing.T) {
	x := onTerminal(t, 80, 24, []string{"TERM=xterm-256color", "LC_ALL=C.UTF-8"}, "bogus")
	<-x.Ended
	x.await("not a command")
	if strings.ContainsRune(x.Sent(), '\x1b') {
		t.Errorf("it wrote control sequences: %q", x.Sent())
	}
}

// Where there are colours, fang draws the help.
func TestHelpOnTerminal(t *testing.T) {
	for term, styled := range map[string]bool{"xterm-256color": true, "dumb": false, "vt100": false} {
		x := onTerminal(t, 80, 60, []string{"TERM=" + term, "LC_ALL=C.UTF-8"}, "status", "--help")
		x.await("known-at")
		if err := <-x.Ended; err != nil {
			t.Errorf("%s: %v", term, err)
		}
		if got := strings.ContainsRune(x.Sent(), '\x1b'); got != styled {
			t.Errorf("%s: control sequences %v, want %v:\n%s", term, got, styled, x.Screen())
		}
	}
}

// A theme that does not exist is a usage error before anything is drawn.
func TestUnknownTheme(t *testing.T) {
	x := onTerminal(t, 80, 24, []string{"TERM=xterm-256color", "LC_ALL=C.UTF-8"}, "--theme", "nihgt", "-C", makeDesk(t))
	x.await("known are default, deuteranopia, ")
	if <-x.Ended; x.cmd.ProcessState.ExitCode() != exitUsage {
		t.Errorf("exit code %d, want %d", x.cmd.ProcessState.ExitCode(), exitUsage)
	}
}

// A theme of the desk's own is followed while the console is open, and a mistake in it is said.
func TestThemeFollowed(t *testing.T) {
	dir := makeDesk(t)
	if err := os.Mkdir(filepath.Join(dir, "themes"), 0o755); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "themes", "night.toml")
	writeWhole(t, file, "inherits = \"default\"\n[roles]\nheader = \"bold\"\n")
	x := onTerminal(t, 80, 24, []string{"TERM=xterm-256color", "LC_ALL=C.UTF-8"}, "--theme", "night", "-C", dir)
	x.await("COUNTRY")
	writeWhole(t, file, "inherits = \"default\"\n[roles]\nheader = \"bald\"\n")
	x.await("trouble")
}

// A voice reports: five fields are typed, the rest is there, and it is on the board and on the disk. Esc asks before it throws anything
// away.
func TestReportOnTerminal(t *testing.T) {
	before := freshSettings(t)
	dir := makeDesk(t)
	x := onTerminal(t, 80, 24, []string{"TERM=xterm-256color", "LC_ALL=C.UTF-8"}, "-C", dir)
	x.await("COUNTRY")
	x.press("i")
	x.await("REPORT, new")
	x.press("abd\rAnsongo\rMLI\r\r\r2 national ngo abducted\rfield\r")
	x.await("2 national ngo abducted")
	x.press("\x1b")
	x.await("Throw away what was typed?")
	x.press("n\x13") // Ctrl-S
	x.await("Ansongo")
	x.await("COUNTRY")
	own, err := os.ReadFile(filepath.Join(dir, "feeds", "own.jsonl"))
	if err != nil || !strings.Contains(string(own), `"place":"Ansongo","act":"abduction"`) || !strings.Contains(string(own), `"source":"field","version":1,"occurred":"`) {
		t.Errorf("%s, %v", own, err)
	}
	x.press("q")
	x.ends(before)
}
