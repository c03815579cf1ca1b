//go:build !linux && !darwin && !freebsd && !dragonfly

package term

import (
	"errors"
	"os"
	"time"
)

// Ask cannot be done here.
func Ask(_, _ *os.File, _ func() time.Time) (Link, error) { return Link{}, errors.ErrUnsupported }
