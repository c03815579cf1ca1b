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
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// patience is how long a test waits for what has to happen; it is met only
// where something hangs.
const patience = 30 * time.Second

// session is the program of program_test.go under a pseudo-terminal.
type session struct {
	before   unix.Termios // of the device
	t        *testing.T
	cmd      *exec.Cmd
	terminal *os.File // the far end
	device   *os.File // the program's end, kept open to see its settings
	keys     *bufio.Scanner

	mu       sync.Mutex
	bytes    bytes.Buffer // everything received
	emulator *vt.Emulator // guarded as well, but for reading its answers
	received chan struct{}
	ended    chan error
}

func start(t *testing.T, settings string, width, height int) *session {
	t.Helper()
	terminal, device, err := pty.Open()
	if err != nil {
		t.Fatalf("a pseudo-terminal is needed: %v", err)
	}
	if err := pty.Setsize(terminal, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)}); err != nil {
		t.Fatal(err)
	}
	keysRead, keysWrite, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	before, err := unix.IoctlGetTermios(int(device.Fd()), unix.TCGETS) // the program changes them as soon as it runs
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = []string{programEnv + "=run " + settings, "TERM=xterm-256color", "LANG=C.UTF-8"}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = device, device, os.Stderr
	cmd.ExtraFiles = []*os.File{keysWrite}
	cmd.SysProcAttr = &unix.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	keysWrite.Close()
	s := &session{
		t: t, before: *before, cmd: cmd, terminal: terminal, device: device, keys: bufio.NewScanner(keysRead),
		emulator: vt.NewEmulator(width, height), received: make(chan struct{}, 1), ended: make(chan error, 1),
	}
	go func() { s.ended <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		for _, f := range []io.Closer{terminal, device, keysRead} {
			f.Close()
		}
		// Its own Close is not safe while another goroutine reads its answers.
		s.emulator.InputPipe().(io.Closer).Close()
	})
	return s
}

// serve is the terminal at work: it draws what it receives and answers.
func (s *session) serve() {
	go func() { _, _ = io.Copy(s.terminal, s.emulator) }() // ends when either is closed
	go func() {
		buf := make([]byte, 4096)
		for {
			n, err := s.terminal.Read(buf)
			if err != nil {
				return
			}
			s.mu.Lock()
			s.bytes.Write(buf[:n])
			_, _ = s.emulator.Write(buf[:n])
			s.mu.Unlock()
			select {
			case s.received <- struct{}{}:
			default:
			}
		}
	}()
}

func (s *session) screen() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.emulator.String()
}

func (s *session) leftScreen() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.emulator.IsAltScreen()
}

// shows waits until the screen shows text.
func (s *session) shows(text string) {
	s.t.Helper()
	deadline := time.After(patience)
	for !strings.Contains(s.screen(), text) {
		select {
		case <-s.received:
		case err := <-s.ended:
			s.t.Fatalf("the program ended (%v) without showing %q:\n%s", err, text, s.screen())
		case <-deadline:
			s.t.Fatalf("the screen never showed %q:\n%s", text, s.screen())
		}
	}
}

// press types a key and waits until the program says that it has seen it.
func (s *session) press(key string) {
	s.t.Helper()
	if _, err := io.WriteString(s.terminal, key); err != nil {
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
	case err := <-s.ended:
		if err != nil {
			s.t.Fatalf("the program ended with %v", err)
		}
	case <-time.After(patience):
		s.t.Fatal("the program did not end")
	}
}

func (s *session) settings() unix.Termios {
	s.t.Helper()
	t, err := unix.IoctlGetTermios(int(s.device.Fd()), unix.TCGETS)
	if err != nil {
		s.t.Fatal(err)
	}
	return *t
}

// tabs is every way to move by tab stops: HT, CHT and CBT.
var tabs = regexp.MustCompile("\t|\x1b\\[[0-9]*[IZ]")

func TestScreenOnARealTerminal(t *testing.T) {
	s := start(t, "", 80, 24)
	s.serve()
	s.shows("footer")
	s.shows("00001")
	s.press("j")
	s.shows(">" + strings.Repeat(" ", 15) + "1002")
	s.mu.Lock()
	received := s.bytes.String()
	s.mu.Unlock()
	if !strings.Contains(received, "\x1b[5n") {
		t.Error("the terminal was never asked")
	}
	if at := tabs.FindStringIndex(received); at != nil {
		t.Errorf("a movement by tab stops was sent: %q", received[at[0]:at[1]])
	}
	// The emulator has tab stops at every eighth column, so this alone would not
	// see the hazard; a terminal without them is why there may be no tab at all.
	for i, line := range strings.Split(s.screen(), "\n")[2:23] {
		if want := fmt.Sprintf("%4d", 1000+i+1); line[16:20] != want {
			t.Errorf("line %d is %q, want %s from column 17 on", i, line, want)
		}
	}
	s.press("q")
	s.end()
	if after := s.settings(); after != s.before {
		t.Errorf("the terminal's settings are %+v, were %+v", after, s.before)
	}
	for deadline := time.After(patience); !s.leftScreen(); {
		select {
		case <-s.received:
		case <-deadline:
			t.Fatal("the terminal was left in the alternate screen")
		}
	}
}

// TestStoppedAndContinued has a shell between: it set the terminal up for itself, wrote on the screen and took the answer.
func TestStoppedAndContinued(t *testing.T) {
	s := start(t, "", 80, 24)
	s.serve()
	s.shows("footer")
	cooked := s.before
	if err := unix.IoctlSetTermios(int(s.device.Fd()), unix.TCSETS, &cooked); err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	_, _ = s.emulator.Write([]byte("\x1b[2J$ fg"))
	s.mu.Unlock()
	if err := s.cmd.Process.Signal(unix.SIGCONT); err != nil {
		t.Fatal(err)
	}
	s.shows("footer")
	if now := s.settings(); now.Lflag&(unix.ICANON|unix.ECHO) != 0 {
		t.Errorf("keys wait for Enter: %+v", now)
	}
	s.press("q")
	s.end()
}

// TestTabsWithoutPreparation shows that the test above would see the hazard.
func TestTabsWithoutPreparation(t *testing.T) {
	s := start(t, "TABS=1", 80, 24)
	s.serve()
	s.shows("footer")
	s.shows("00002")
	s.mu.Lock()
	defer s.mu.Unlock()
	if !tabs.MatchString(s.bytes.String()) {
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
		n, err := s.terminal.Read(buf)
		if err != nil {
			t.Fatal(err)
		}
		for range bytes.Count(buf[:n], []byte("\x1b[5n")) {
			queries++
			if _, err := io.WriteString(s.terminal, "\x1b[0n"); err != nil {
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
	fds := []unix.PollFd{{Fd: int32(s.device.Fd()), Events: unix.POLLOUT}}
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
