package source

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"vigil/internal/fault"
)

// TestAPanicEndsTheWatching: in the goroutine of a source a panic would end the process as it stands.
func TestAPanicEndsTheWatching(t *testing.T) {
	r := newRig(t)
	r.write(log, "a name\n")
	w := New(func(_ context.Context, e Event) error {
		if e.Kind == KindLines {
			panic(string(e.Lines[0].Text))
		}
		return nil
	}, Options{Now: func() time.Time { return r.now }})
	must(t, w.Set([]Spec{{Name: "feeds/", Path: "feeds/*", Root: r.desk, Mode: Fixed(ModeLines)}}))
	err := w.Run(t.Context())
	var f *fault.Error
	if !errors.As(err, &f) || strings.Contains(err.Error(), "a name") {
		t.Errorf("got %v, want a fault without its value", err)
	}
}
