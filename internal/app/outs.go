package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"vigil/internal/desk"
	"vigil/internal/fetch"
	"vigil/internal/fetch/address"
	"vigil/internal/notify"
	"vigil/internal/notify/channel"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

// ErrNoChannel is wrapped by the error of a channel that vigil.toml does not have.
var ErrNoChannel = errors.New("no such channel")

// TestOut sends a message that is marked as a test by the channel of that name, once, and returns its text. What a program prints
// on its standard error goes to stderr.
func TestOut(ctx context.Context, o Options, name string, stderr io.Writer) (string, error) {
	h, err := load(o, true, false)
	if err != nil {
		return "", err
	}
	var names []string
	for i := range h.config.Outs {
		c := &h.config.Outs[i]
		if c.Name == name {
			return notify.Test(ctx, c, h.outOptions(), stderr)
		}
		names = append(names, c.Name)
	}
	if len(names) == 0 {
		return "", fmt.Errorf("%w: %s has no [[out]] that can be used: write one, and see vigil check -C %s", ErrNoChannel, desk.ConfigName, o.Dir)
	}
	return "", fmt.Errorf("%w: %q is no [[out]] of %s that can be used: there is %s", ErrNoChannel, safetext.CleanMax(name, channel.MaxName), desk.ConfigName, strings.Join(names, ", "))
}

// outOptions say how alarms leave this desk.
func (h *hub) outOptions() notify.Options {
	return notify.Options{Desk: h.describe().Name, Exercise: h.config.Exercise, Dir: h.paths.Dir, Clock: h.clock, Lookup: h.options.lookup}
}

// outProblems say what keeps alarms from leaving the desk, and its heart from beating. They are warnings: the environment of check
// may be another than that of the console.
func (h *hub) outProblems() []problem.Problem {
	var list []problem.Problem
	warn := func(line int, what, why string) {
		if why != "" {
			list = append(list, problem.Problem{File: safetext.Const(desk.ConfigName), Line: line, Warning: true, Message: safetext.Clean(what + ": " + why)})
		}
	}
	secret := func(s address.Secret) string { return fetch.CheckSecret(s, h.options.lookup, h.paths.Dir) }
	for i := range h.config.Outs {
		c := &h.config.Outs[i]
		warn(c.Line, "channel "+c.Name, secret(c.URL))
		if c.Kind == channel.Exec {
			if _, err := notify.Program(c.Command[0], h.paths.Dir, h.options.lookup); err != nil {
				warn(c.Line, "channel "+c.Name, err.Error())
			}
		}
	}
	beat := h.config.Heartbeat
	warn(beat.Line, "heartbeat", secret(beat.URL))
	if beat.File != "" {
		if info, err := os.Stat(filepath.Dir(h.absolute(beat.File))); err != nil || !info.IsDir() {
			warn(beat.Line, "heartbeat", "the directory of its file is not there: make it")
		}
	}
	return list
}
