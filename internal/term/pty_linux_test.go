package term_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"vigil/internal/term/termtest"
)

// patience is how long a test waits for what has to happen; it is met only
// where something hangs.
const patience = 30 * time.Second

// session is the program of program_test.go under a pseudo-terminal.
type session struct {
	*termtest.Terminal
	before unix.Termios // of the device
	t      *testing.T
	cmd    *exec.Cmd
	keys   *bufio.Scanner
}

func start(t *testing.T, settings string, width, height int) *session {
	t.Helper()
	keysRead, keysWrite, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { keysRead.Close() })
	cmd := exec.Command(os.Args[0])
	cmd.Env = []string{programEnv + "=run " + settings, "TERM=xterm-256color", "LANG=C.UTF-8"}
	cmd.Stderr, cmd.ExtraFiles = os.Stderr, []*os.File{keysWrite}
	s := &session{Terminal: termtest.Open(t, width, height), t: t, cmd: cmd, keys: bufio.NewScanner(keysRead)}
	s.before = s.Settings() // the program changes them as soon as it runs
	s.Run(cmd)
	keysWrite.Close()
	return s
}

// shows waits until the screen shows text.
func (s *session) shows(text string) {
	s.t.Helper()
	deadline := time.After(patience)
	for !strings.Contains(s.Screen(), text) {
		select {
		case <-s.Received:
		case err := <-s.Ended:
			s.t.Fatalf("the program ended (%v) without showing %q:\n%s", err, text, s.Screen())
		case <-deadline:
			s.t.Fatalf("the screen never showed %q:\n%s", text, s.Screen())
		}
	}
}

// press types a key and waits until the program says that it has seen it.
func (s *session) press(key string) {
	s.t.Helper()
	if _, err := io.WriteString(s.Far, key); err != nil {
		s.t.Fatal(err)
	}
	seen := make(chan bool, 1)
	go func() { seen <- s.keys.Scan() }()
	select {
	case ok := <-seen:
		if !ok || !strings.HasPrefix(s.keys.Text(), key+" ") {
			s.t.Fatalf("pressed %q, the program saw %q (%v)", key, s.keys.Text(), s.keys.Err())
		}
	case <-time.After(patience):
		s.t.Fatalf("the program never saw %q", key)
	}
}

func (s *session) end() {
	s.t.Helper()
	select {
	case err := <-s.Ended:
		if err != nil {
			s.t.Fatalf("the program ended with %v", err)
		}
	case <-time.After(patience):
		s.t.Fatal("the program did not end")
	}
}

// tabs is every way to move by tab stops: HT, CHT and CBT.
var tabs = regexp.MustCompile("\t|\x1b\\[[0-9]*[IZ]")

func TestScreenOnARealTerminal(t *testing.T) {
	s := start(t, "", 80, 24)
	s.Serve()
	s.shows("footer")
	s.shows("00001")
	s.press("j")
	s.shows(">" + strings.Repeat(" ", 15) + "1002")
	received := s.Sent()
	if !strings.Contains(received, "\x1b[5n") {
		t.Error("the terminal was never asked")
	}
	if at := tabs.FindStringIndex(received); at != nil {
		t.Errorf("a movement by tab stops was sent: %q", received[at[0]:at[1]])
	}
	// The emulator has tab stops at every eighth column, so this alone would not
	// see the hazard; a terminal without them is why there may be no tab at all.
	for i, line := range strings.Split(s.Screen(), "\n")[2:23] {
		if want := fmt.Sprintf("%4d", 1000+i+1); line[16:20] != want {
			t.Errorf("line %d is %q, want %s from column 17 on", i, line, want)
		}
	}
	s.press("q")
	s.end()
	if after := s.Settings(); after != s.before {
		t.Errorf("the terminal's settings are %+v, were %+v", after, s.before)
	}
	for deadline := time.After(patience); s.OnAltScreen(); {
		select {
		case <-s.Received:
		case <-deadline:
			t.Fatal("the terminal was left in the alternate screen")
		}
	}
}

// TestStoppedAndContinued has a shell between: it set the terminal up for itself, wrote on the screen and took the answer.
func TestStoppedAndContinued(t *testing.T) {
	s := start(t, "", 80, 24)
	s.Serve()
	s.shows("footer")
	s.Set(s.before)
	s.Draw("\x1b[2J$ fg")
	if err := s.cmd.Process.Signal(unix.SIGCONT); err != nil {
		t.Fatal(err)
	}
	s.shows("footer")
	// The last frame before the terminal is given back and taken anew may be what showed it.
	for deadline := time.After(patience); s.Settings().Lflag&(unix.ICANON|unix.ECHO) != 0; {
		select {
		case <-s.Received:
		case <-deadline:
			t.Fatalf("keys wait for Enter: %+v", s.Settings())
		}
	}
	s.press("q")
	s.end()
}

// TestTabsWithoutPreparation shows that the test above would see the hazard.
func TestTabsWithoutPreparation(t *testing.T) {
	s := start(t, "TABS=1", 80, 24)
	s.Serve()
	s.shows("footer")
	s.shows("00002")
	if !tabs.MatchString(s.Sent()) {
		t.Error("Bubble Tea did not move by tab stops: PrepareTTY is not needed any more")
	}
}

// TestStalledTerminal has a far end that answers twice and then takes nothing
// more: keys have to go on being answered, and quitting has to work.
func TestStalledTerminal(t *testing.T) {
	s := start(t, "EVENTS=200", 200, 60)
	var queries int
	buf := make([]byte, 4096)
	for queries < 2 {
		n, err := s.Far.Read(buf)
		if err != nil {
			t.Fatal(err)
		}
		for range bytes.Count(buf[:n], []byte("\x1b[5n")) {
			queries++
			if _, err := io.WriteString(s.Far, "\x1b[0n"); err != nil {
				t.Fatal(err)
			}
		}
	}
	for range 50 {
		s.press("j")
	}
	s.press("q")
	s.end()
}

// TestSilentStalledTerminal answers nothing and takes nothing at all: frames are
// written unasked until the device is full and a write blocks.
func TestSilentStalledTerminal(t *testing.T) {
	s := start(t, "EVENTS=200", 200, 60)
	fds := []unix.PollFd{{Fd: int32(s.Device.Fd()), Events: unix.POLLOUT}}
	for full := false; !full; {
		s.press("j")
		n, err := unix.Poll(fds, 0)
		if err != nil && !errors.Is(err, unix.EINTR) {
			t.Fatal(err)
		}
		full = err == nil && n == 0
	}
	for range 50 {
		s.press("j")
	}
	s.press("q")
	s.end()
}
