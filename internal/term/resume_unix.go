//go:build linux || darwin || freebsd || dragonfly

package term

import (
	"os"
	ossignal "os/signal"
	"sync"
	"syscall"

	xterm "github.com/charmbracelet/x/term"
)

// Resumed makes the terminal at fd raw again each time the process goes on after it was stopped, and then calls again, which has the screen drawn anew:
// a shell that stopped it has set the terminal up for itself and written on it. If fd is no terminal, nothing is done. Call stop after Program.Run has
// returned; it returns when again will not be called any more.
//
// Without it a stopped console comes back with keys that wait for Enter and a picture that never moves again, because the answers that
// frames wait for wait for Enter as well.
func Resumed(fd uintptr, again func()) (stop func()) {
	if !xterm.IsTerminal(fd) {
		return func() {}
	}
	on := make(chan os.Signal, 1)
	ossignal.Notify(on, syscall.SIGCONT)
	var ended sync.WaitGroup
	ended.Go(func() {
		for range on {
			// In the background this stops the process again, until it is in the foreground.
			if _, err := xterm.MakeRaw(fd); err == nil {
				again()
			}
		}
	})
	return func() {
		ossignal.Stop(on)
		close(on)
		ended.Wait()
	}
}
