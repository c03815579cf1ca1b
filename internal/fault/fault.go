// Package fault turns a panic into an error that says where it happened and never with what: the
// value of a panic may hold a name or a record, and an error is printed and logged.
//
// A goroutine that is not the terminal's own defers [Into]. An unrecovered panic there would kill the
// process with its value on the screen and the terminal as the console had set it; as an error it
// ends the session in order. Everything here is safe for concurrent use.
package fault

import (
	"errors"
	"fmt"
	"path"
	"runtime"
	"strings"
)

// Error is where the program panicked.
type Error struct {
	Kind   string   // the type of the panic's value
	Frames []string // function and file:line, innermost first
}

// Error names the place in one line.
func (e *Error) Error() string {
	where := "an unknown place"
	if len(e.Frames) > 0 {
		where = e.Frames[0]
	}
	return fmt.Sprintf("stopped by a fault of its own (%s) in %s; nothing on the desk was changed; please report this line", e.Kind, where)
}

// Into is deferred: it adds a panic of the function that defers it to that function's error.
func Into(err *error) {
	if value := recover(); value != nil {
		*err = errors.Join(*err, recovered(value))
	}
}

// depth is how many frames are kept, those of the runtime aside.
const depth = 32

// recovered is called while the frames of the panic are still on the stack.
func recovered(value any) *Error {
	e := &Error{Kind: fmt.Sprintf("%T", value)}
	pcs := make([]uintptr, depth)
	// Left out are Callers, this function and Into.
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		f, more := frames.Next()
		if f.Function != "" && !strings.HasPrefix(f.Function, "runtime.") {
			e.Frames = append(e.Frames, fmt.Sprintf("%s %s:%d", f.Function, path.Base(f.File), f.Line))
		}
		if !more {
			return e
		}
	}
}
