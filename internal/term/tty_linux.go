package term

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

const (
	getTermios = unix.TCGETS
	setTermios = unix.TCSETS
)

// discardOutput throws away what the device has not sent yet.
func discardOutput(fd uintptr) error {
	return unix.IoctlSetInt(int(fd), unix.TCFLSH, unix.TCOFLUSH)
}

// discardInput throws away what was typed or answered and not read.
func discardInput(fd uintptr) error {
	return unix.IoctlSetInt(int(fd), unix.TCFLSH, unix.TCIFLUSH)
}

// reopen opens the terminal at fd a second time, without blocking. The flag that
// makes a write return instead of waiting belongs to the open file, and the
// one we were started with is shared with the shell and with standard input.
func reopen(fd uintptr) (*os.File, error) {
	return os.OpenFile(fmt.Sprintf("/proc/self/fd/%d", fd), os.O_WRONLY|unix.O_NOCTTY|unix.O_NONBLOCK, 0)
}
