//go:build !linux && !darwin && !freebsd && !dragonfly

package term

import (
	"errors"
	"os"
)

// PrepareTTY has nothing to do here: Bubble Tea uses hard tabs only on systems
// whose terminal settings can say so.
func PrepareTTY(uintptr) (restore func() error, err error) {
	return func() error { return nil }, nil
}

func discardOutput(uintptr) error { return errors.ErrUnsupported }

func discardInput(uintptr) error { return errors.ErrUnsupported }

func reopen(uintptr) (*os.File, error) { return nil, errors.ErrUnsupported }
