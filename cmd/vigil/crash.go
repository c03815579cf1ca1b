package main

import (
	"fmt"
	"io"
	"runtime"
	"strings"
)

// fault is where the program panicked, without the value of the panic: that may hold a name.
type fault struct {
	kind   string
	frames []string
}

// newFault is called where the panic is recovered, while its frames are still on the stack.
func newFault(value any) *fault {
	f := &fault{kind: fmt.Sprintf("%T", value)}
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for {
		frame, more := frames.Next()
		if !strings.HasPrefix(frame.Function, "runtime.") {
			f.frames = append(f.frames, fmt.Sprintf("%s %s:%d", frame.Function, frame.File, frame.Line))
		}
		if !more {
			return f
		}
	}
}

func (f *fault) tell(w io.Writer) {
	fmt.Fprintf(w, "vigil: stopped by a fault of its own (%s); nothing on the desk was changed; please report these lines\n", f.kind)
	for _, frame := range f.frames {
		fmt.Fprintf(w, "\t%s\n", frame)
	}
}
