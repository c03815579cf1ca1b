//go:build darwin || freebsd || dragonfly

package term

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

const (
	getTermios = unix.TIOCGETA
	setTermios = unix.TIOCSETA
)

// discardOutput throws away what the device has not sent yet.
func discardOutput(fd uintptr) error {
	return unix.IoctlSetPointerInt(int(fd), unix.TIOCFLUSH, unix.TCOFLUSH)
}

// discardInput throws away what was typed or answered and not read.
func discardInput(fd uintptr) error {
	return unix.IoctlSetPointerInt(int(fd), unix.TIOCFLUSH, unix.TCIFLUSH)
}

// reopen cannot be done here: /dev/fd gives the same open file again.
func reopen(uintptr) (*os.File, error) { return nil, errors.ErrUnsupported }
