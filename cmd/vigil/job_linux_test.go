package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"vigil/internal/term"
)

// inShell runs vigil in a shell with job control: when it stops, the shell says so, and lets it go on after a line.
func inShell(t *testing.T, env []string, args ...string) *terminal {
	t.Helper()
	v := vigil(t, args...)
	named := filepath.Join(t.TempDir(), "vigil") // by which the test binary is vigil
	if err := os.Symlink(v.Path, named); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", append([]string{"-c", `set -m; "$@"; while echo THE SHELL; read line && [ "$line" != end ]; do fg; done`, "sh", named}, v.Args[1:]...)...)
	cmd.Env = append(v.Env, env...)
	return onTerminalOf(t, 80, 24, cmd)
}

// vigilPid is the process that the shell has started.
func (x *terminal) vigilPid() int {
	x.t.Helper()
	shell := strconv.Itoa(x.cmd.Process.Pid)
	children, err := os.ReadFile(filepath.Join("/proc", shell, "task", shell, "children"))
	if err != nil {
		x.t.Skipf("the kernel does not list the children of a process: %v", err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(children)))
	if err != nil {
		x.t.Fatal(err)
	}
	return pid
}

// givenBack waits until the shell has the terminal, and checks that it is as it was; ended is that vigil has.
func (x *terminal) givenBack(before unix.Termios, ended bool) {
	x.t.Helper()
	x.awaitThat(func() bool { // said anew: what stood on the main screen is there again at once
		return strings.Contains(x.Sent(), "THE SHELL")
	}, "the shell")
	if x.OnAltScreen() {
		x.t.Error("the alternate screen is left on")
	}
	if now := x.Settings(); now != before {
		x.t.Errorf("the terminal's settings are\n%+v, were\n%+v", now, before)
	}
	sent := x.Sent()
	if !ended && !strings.Contains(sent, "vigil stands still") {
		x.t.Error("that nothing rings meanwhile is not said")
	}
	for on, off := range map[string]string{"\x1b[?25l": "\x1b[?25h", "\x1b[?2004h": "\x1b[?2004l", "\x1b[?1002h": "\x1b[?1002l"} {
		if strings.LastIndex(sent, on) > strings.LastIndex(sent, off) {
			x.t.Errorf("%q is not followed by %q", on, off)
		}
	}
	x.Forget()
}

// Ctrl-Z and SIGTSTP give the terminal to the shell as it was, and fg takes it back whole, at the size that it has by then, with a prompt that
// was open.
func TestSuspend(t *testing.T) {
	for _, env := range [][]string{
		{"TERM=xterm-256color", "LC_ALL=C.UTF-8"}, {"TERM=linux", "LC_ALL=C"}, {"TERM=vt100", "LC_ALL=C", "NO_COLOR=1"},
	} {
		for name, args := range map[string][]string{"console": {"-C"}, "watch": {"watch", "-C"}} {
			t.Run(name+" "+env[0], func(t *testing.T) {
				before := freshSettings(t)
				bare := term.Detect(env).Bare // it has one screen, which is cleared
				x := inShell(t, env, append(args, makeDesk(t))...)
				drawn := func() bool { return (bare || x.OnAltScreen()) && strings.Contains(x.Screen(), "VIGIL") }
				x.await("VIGIL")
				x.press("M")
				for range 3 {
					x.press("\x1a")
					x.givenBack(before, false)
					x.Resize(100, 30)
					x.press("\r")
					x.awaitThat(drawn, "the frame")
				}
				if name == "console" {
					x.press(":boar")
					x.await(":boar")
				}
				if err := unix.Kill(x.vigilPid(), unix.SIGTSTP); err != nil {
					t.Fatal(err)
				}
				x.givenBack(before, false)
				x.press("\r")
				x.awaitThat(drawn, "the frame")
				if name == "console" {
					x.await(":boar")
					x.press("\x1b")
				}
				x.await("quit")
				x.press("q")
				x.givenBack(before, true)
				x.press("end\r")
				<-x.Ended
			})
		}
	}
}

// What has no shell over it does not stop: nobody could let it go on.
func TestSuspendWithoutShell(t *testing.T) {
	before := freshSettings(t)
	x := onTerminal(t, 80, 24, []string{"TERM=xterm-256color", "LC_ALL=C.UTF-8"}, "-C", makeDesk(t))
	x.await("COUNTRY")
	x.press("\x1a")
	x.await("it does not stop")
	if err := x.cmd.Process.Signal(unix.SIGTSTP); err != nil {
		t.Fatal(err)
	}
	x.press("3")
	x.await("EVENTS")
	x.press("q")
	x.ends(before)
}

// SIGSTOP gives nothing back; SIGCONT takes everything again.
func TestStoppedAndContinued(t *testing.T) {
	before := freshSettings(t)
	x := onTerminal(t, 80, 24, []string{"TERM=xterm-256color", "LC_ALL=C.UTF-8"}, "-C", makeDesk(t))
	x.await("COUNTRY")
	if err := x.cmd.Process.Signal(unix.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	x.Set(before)
	x.Draw("\x1b[?1049l\x1b[2J$ fg")
	if err := x.cmd.Process.Signal(unix.SIGCONT); err != nil {
		t.Fatal(err)
	}
	x.await("COUNTRY")
	x.press("3")
	x.await("EVENTS")
	x.press("q")
	x.ends(before)
}

// Signals in any order and number leave a console that draws, takes keys, and gives the terminal back.
func TestSignalStorm(t *testing.T) {
	before := freshSettings(t)
	// Bubble Tea v2.1.1 reads the size in two goroutines when the terminal changes it just as it is taken again. What the race detector says of
	// that is not for the screen.
	quiet := "GORACE=log_path=" + filepath.Join(t.TempDir(), "race")
	x := inShell(t, []string{"TERM=xterm-256color", "LC_ALL=C.UTF-8", quiet}, "-C", makeDesk(t))
	x.await("COUNTRY")
	pid := x.vigilPid()
	for range 20 {
		for _, s := range []unix.Signal{unix.SIGTSTP, unix.SIGTSTP, unix.SIGCONT, unix.SIGCONT, unix.SIGSTOP, unix.SIGCONT, unix.SIGTSTP} {
			if err := unix.Kill(pid, s); err != nil {
				t.Fatal(err)
			}
		}
		x.Resize(100, 30)
		x.Resize(80, 24)
	}
	// A line ends with LF alone: SIGSTOP may have left the shell a terminal that makes no LF of a CR.
	x.awaitThat(func() bool { // whoever has the terminal, each of these brings nearer to the console
		if x.OnAltScreen() && strings.Contains(x.Screen(), "EVENTS") {
			return true
		}
		x.press("\n3")
		return false
	}, "the events")
	x.awaitThat(func() bool {
		if unix.Kill(pid, 0) != nil { // it has ended, and the shell knows
			return true
		}
		x.press("\nq")
		return false
	}, "the end")
	if now := x.Settings(); now != before {
		t.Errorf("the terminal's settings are\n%+v, were\n%+v", now, before)
	}
}

// A console that is stopped ends in good order on SIGTERM once it goes on.
func TestTerminatedWhileStopped(t *testing.T) {
	before := freshSettings(t)
	x := inShell(t, []string{"TERM=xterm-256color", "LC_ALL=C.UTF-8"}, "-C", makeDesk(t))
	x.await("COUNTRY")
	pid := x.vigilPid()
	x.press("\x1a")
	x.givenBack(before, false)
	if err := unix.Kill(pid, unix.SIGTERM); err != nil {
		t.Fatal(err)
	}
	x.press("\r")
	x.awaitThat(func() bool {
		return strings.Contains(x.Screen(), "THE SHELL") && !x.OnAltScreen() && unix.Kill(pid, 0) != nil
	}, "the end")
	if now := x.Settings(); now != before {
		t.Errorf("the terminal's settings are\n%+v, were\n%+v", now, before)
	}
}
