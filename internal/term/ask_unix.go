//go:build linux || darwin || freebsd || dragonfly

package term

import (
	"errors"
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// Ask measures the link to the terminal by requests for its status (DSR 5), as [Output] does. It takes [AskLimit] for each of four
// answers at the most, and gives the terminal back as it was. What is typed meanwhile is lost.
func Ask(in, out *os.File, now func() time.Time) (found Link, err error) {
	fd := int(in.Fd())
	before, err := unix.IoctlGetTermios(fd, getTermios)
	if err != nil {
		return Link{}, fmt.Errorf("read the terminal's settings: %w", err)
	}
	raw := *before
	raw.Lflag &^= unix.ECHO | unix.ICANON
	raw.Cc[unix.VMIN], raw.Cc[unix.VTIME] = 0, 1 // a read ends after a tenth of a second
	if err := unix.IoctlSetTermios(fd, setTermios, &raw); err != nil {
		return Link{}, fmt.Errorf("set up the terminal: %w", err)
	}
	defer func() {
		_ = discardInput(in.Fd()) // a late answer is not for the shell
		err = errors.Join(err, unix.IoctlSetTermios(fd, setTermios, before))
	}()
	return ask(device{fd, out}, now)
}

// device is a terminal of which a read ends soon.
type device struct {
	fd int
	*os.File
}

func (d device) readSome(p []byte) (int, error) {
	n, err := unix.Read(d.fd, p)
	if errors.Is(err, unix.EINTR) || errors.Is(err, unix.EAGAIN) {
		return 0, nil
	}
	return max(n, 0), err
}
