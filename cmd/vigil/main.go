// Command vigil is a terminal console for a security duty desk. See the README.
//
// This package is flags, environment and exit codes; everything else is in internal. Exit codes: 0
// when all went well (check: no errors), 1 when something failed, 2 when the command line or the
// environment asked for something that cannot be.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // the clocks of a place are known on a machine without zones, too

	"vigil/internal/safetext"
)

const (
	exitOK      = 0
	exitFailure = 1
	exitUsage   = 2
)

func main() {
	p := &program{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		environ: os.Environ(), now: time.Now,
	}
	os.Exit(p.run(context.Background(), os.Args[1:]))
}

// program is one run of vigil: what it is given by the process, and the flags of all commands.
type program struct {
	stdin, stdout, stderr *os.File
	environ               []string
	now                   func() time.Time
	flags                 flags
}

// run does what the command line says and returns the exit code.
func (p *program) run(ctx context.Context, args []string) (code int) {
	// A reader that goes away (vigil status | head) is no failure: writes then say EPIPE.
	signal.Ignore(syscall.SIGPIPE)
	defer func() {
		if value := recover(); value != nil {
			newFault(value).tell(p.stderr)
			code = exitFailure
		}
	}()
	root := newRoot(p)
	root.SetArgs(args)
	return p.finish(root.ExecuteContext(ctx))
}

// errFailed is a failure that has been told already, such as the problems that check lists.
var errFailed = errors.New("failed")

// usageError is a command line or an environment that asks for something that cannot be.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// finish tells the error and chooses the exit code.
func (p *program) finish(err error) int {
	var usage usageError
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE):
		return exitOK
	case errors.Is(err, errFailed):
		return exitFailure
	case errors.As(err, &usage):
		p.say(p.stderr, err)
		return exitUsage
	default:
		p.say(p.stderr, err)
		return exitFailure
	}
}

// say writes a message as every message of the program looks. It may hold file names and feed text.
func (p *program) say(w io.Writer, message any) {
	fmt.Fprintf(w, "vigil: %s\n", safetext.Clean(fmt.Sprint(message)).Isolated())
}

// interrupted is a context that ends with SIGINT, SIGTERM or SIGQUIT, and with SIGHUP unless nohup(1) or the like
// has it ignored; a second signal kills as usual, a second SIGQUIT with a trace of where the program is.
func interrupted(ctx context.Context) (context.Context, context.CancelFunc) {
	signals := []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGQUIT}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(ctx, signals...)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}
