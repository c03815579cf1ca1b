//go:build !linux && !darwin && !freebsd && !dragonfly

package term

import (
	"errors"
	"os"
)

// No shell stops a program here.
func (*job) listen() (stop func()) { return nil }

func isStop(os.Signal) bool { return false }

func stopGroup() error { return errors.ErrUnsupported }

func hasShell() bool { return false }

func (*job) foreground() error { return errors.ErrUnsupported }
