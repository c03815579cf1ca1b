package tui

import (
	"context"
	"strings"
	"testing"

	"vigil/internal/action"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

// What lasts is done after yes only; neither no nor Ctrl-C agrees to it, or quits.
func TestWhatLastsIsAskedBefore(t *testing.T) {
	for _, tt := range []struct {
		key  string
		done bool
	}{{"y", true}, {"enter", true}, {"n", false}, {"esc", false}, {"ctrl+c", false}} {
		t.Run(tt.key, func(t *testing.T) {
			var done []action.Command
			r := start(t, tuitest.Sahel().View(), normal, func(o *Options) {
				o.Act = func(_ context.Context, e action.Envelope) error { done = append(done, e.Command); return nil }
			})
			r.do(screen.Ask{Do: action.Refresh{}, Question: "Take out field/F-7? :merge undoes it."})
			if last := r.lines()[len(r.lines())-1]; r.mode != asking || len(done) > 0 || !strings.Contains(last, "Take out field/F-7?") || !strings.Contains(last, "yes") {
				t.Fatalf("asked %q, done %v", last, done)
			}
			r.press(tt.key)
			if (len(done) == 1) != tt.done || r.quitted || r.mode != browsing {
				t.Errorf("done %v, quit %t, mode %d", done, r.quitted, r.mode)
			}
		})
	}
}
