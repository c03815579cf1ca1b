//go:build linux || darwin || freebsd || dragonfly

package term

import (
	"os"
	ossignal "os/signal"
	"sync"

	xterm "github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// listen hears SIGTSTP and SIGCONT until stop is called; it is nil where there is no terminal.
func (j *job) listen() (stop func()) {
	if !xterm.IsTerminal(j.fd) {
		return nil
	}
	on := make(chan os.Signal, 4)
	ossignal.Notify(on, unix.SIGCONT, unix.SIGTSTP)
	var ended sync.WaitGroup
	ended.Go(func() {
		for s := range on {
			j.hear(s)
		}
	})
	return func() {
		ossignal.Stop(on)
		close(on)
		ended.Wait()
	}
}

func isStop(s os.Signal) bool { return s == unix.SIGTSTP }

// stopGroup stops the process and those that the shell has started with it, as the terminal does at Ctrl-Z.
func stopGroup() error { return unix.Kill(0, unix.SIGSTOP) }

// hasShell reports whether somebody is there who gave the program a process group of its own, and so can have it go on: a session's first
// process and what runs beside it have nobody.
func hasShell() bool {
	session, err := unix.Getsid(0)
	if err != nil || session == unix.Getpgrp() {
		return false
	}
	parents, err := unix.Getsid(os.Getppid())
	return err == nil && os.Getppid() != 0 && parents == session
}

// foreground makes the terminal raw. In the background that stops the process again, until it is in the foreground.
func (j *job) foreground() error {
	_, err := xterm.MakeRaw(j.fd)
	return err
}
