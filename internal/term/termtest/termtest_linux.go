// Package termtest is the far end of a terminal for tests that run a whole program under one: what a person has before them, with an emulator
// that draws what arrives and answers what is asked.
package termtest

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// Terminal is a pseudo-terminal with a program at its near end. Nothing of what the program writes is read before Serve.
type Terminal struct {
	Far      *os.File      // what a person types is written here
	Device   *os.File      // the program's end, kept open to see its settings
	Received chan struct{} // capacity 1: something was received since
	Ended    chan error    // how the program ended

	tb       testing.TB
	mu       sync.Mutex
	emulator *vt.Emulator // guarded as well, but for reading its answers
	sent     bytes.Buffer
}

// Open is a terminal of so many cells, for as long as the test runs.
func Open(tb testing.TB, width, height int) *Terminal {
	tb.Helper()
	far, device, err := pty.Open()
	if err != nil {
		tb.Fatalf("a pseudo-terminal is needed: %v", err)
	}
	t := &Terminal{
		Far: far, Device: device, Received: make(chan struct{}, 1), Ended: make(chan error, 1), tb: tb, emulator: vt.NewEmulator(width, height),
	}
	tb.Cleanup(func() {
		_ = far.Close()
		_ = device.Close()
		// The emulator's own Close is not safe while another goroutine reads its answers.
		_ = t.emulator.InputPipe().(io.Closer).Close()
	})
	t.setSize(width, height)
	return t
}

// Run has a program run on the terminal, as the leader of a session of its own; it is killed at the end of the test.
func (t *Terminal) Run(cmd *exec.Cmd) {
	t.tb.Helper()
	cmd.Stdin, cmd.Stdout = t.Device, t.Device
	if cmd.Stderr == nil {
		cmd.Stderr = t.Device
	}
	cmd.SysProcAttr = &unix.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.tb.Fatal(err)
	}
	t.tb.Cleanup(func() { _ = cmd.Process.Kill() })
	go func() { t.Ended <- cmd.Wait() }()
}

// Serve draws what arrives and answers it, until the terminal is closed.
func (t *Terminal) Serve() {
	go func() { _, _ = io.Copy(t.Far, t.emulator) }() // ends when either is closed
	go func() {
		buf := make([]byte, 4096)
		for {
			n, err := t.Far.Read(buf)
			if err != nil {
				return
			}
			t.mu.Lock()
			t.sent.Write(buf[:n])
			_, _ = t.emulator.Write(buf[:n])
			t.mu.Unlock()
			select {
			case t.Received <- struct{}{}:
			default:
			}
		}
	}()
}

// Screen is what stands on the screen, without styles, a line for each of its lines.
func (t *Terminal) Screen() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.emulator.String()
}

// OnAltScreen reports whether the screen is the one that programs draw on.
func (t *Terminal) OnAltScreen() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.emulator.IsAltScreen()
}

// Sent is every byte that the program wrote since the start, or since Forget.
func (t *Terminal) Sent() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.sent.String()
}

// Forget empties Sent.
func (t *Terminal) Forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sent.Reset()
}

// Draw puts text on the screen that is not the program's, as a shell does.
func (t *Terminal) Draw(text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, _ = t.emulator.Write([]byte(text))
}

// Resize gives the terminal another size, at both ends.
func (t *Terminal) Resize(width, height int) {
	t.tb.Helper()
	t.mu.Lock()
	t.emulator.Resize(width, height)
	t.mu.Unlock()
	t.setSize(width, height)
}

func (t *Terminal) setSize(width, height int) {
	t.tb.Helper()
	if err := pty.Setsize(t.Far, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)}); err != nil {
		t.tb.Fatal(err)
	}
}

// Settings are the device's.
func (t *Terminal) Settings() unix.Termios {
	t.tb.Helper()
	s, err := unix.IoctlGetTermios(int(t.Device.Fd()), unix.TCGETS)
	if err != nil {
		t.tb.Fatal(err)
	}
	return *s
}

// Set changes the device's settings, as stty does.
func (t *Terminal) Set(s unix.Termios) {
	t.tb.Helper()
	if err := unix.IoctlSetTermios(int(t.Device.Fd()), unix.TCSETS, &s); err != nil {
		t.tb.Fatal(err)
	}
}
