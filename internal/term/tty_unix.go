//go:build linux || darwin || freebsd || dragonfly

package term

import (
	"fmt"

	xterm "github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// PrepareTTY makes the terminal at fd ready for Bubble Tea and returns what undoes
// it. Call it before Program.Run, and restore after Run has returned. If fd is no
// terminal, nothing is done.
//
// Bubble Tea's renderer moves the cursor over blank cells with hard tabs if the
// device's settings do not say that tabs are expanded (TAB0). A terminal whose tab stops are not every eight
// cells then puts figures under the wrong heading. Setting TAB3 beforehand
// makes it use cursor movements instead; while the program runs the device
// passes output through untouched, so nothing is expanded.
func PrepareTTY(fd uintptr) (restore func() error, err error) {
	if !xterm.IsTerminal(fd) {
		return func() error { return nil }, nil
	}
	t, err := unix.IoctlGetTermios(int(fd), getTermios)
	if err != nil {
		return nil, fmt.Errorf("read the terminal's settings: %w", err)
	}
	before := t.Oflag & unix.TABDLY
	t.Oflag = t.Oflag&^unix.TABDLY | unix.TAB3
	if err := unix.IoctlSetTermios(int(fd), setTermios, t); err != nil {
		return nil, fmt.Errorf("set up the terminal's tabs: %w", err)
	}
	return func() error {
		t, err := unix.IoctlGetTermios(int(fd), getTermios)
		if err != nil {
			return fmt.Errorf("read the terminal's settings: %w", err)
		}
		// Only these bits: Bubble Tea restores the others, and someone may have
		// run stty in the meantime.
		t.Oflag = t.Oflag&^unix.TABDLY | before
		if err := unix.IoctlSetTermios(int(fd), setTermios, t); err != nil {
			return fmt.Errorf("restore the terminal's tabs: %w", err)
		}
		return nil
	}, nil
}
