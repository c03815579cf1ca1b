package sources

import (
	"testing"

	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

// outside are a name and an address of a source, and of a protocol.
var outside = []string{"alerts", "feed", "HTTP"}

func TestLanguages(t *testing.T) {
	v := tuitest.Sahel().View()
	tuitest.Languages(t, "list", v, func() screen.Screen { return New() })
	for _, name := range []string{"radio", "gdacs"} {
		tuitest.Languages(t, name, v, func() screen.Screen { return NewDetail(name) })
	}
	for _, v := range []*tuitest.Desk{tuitest.Empty(), fetched(), tuitest.Ahead()} {
		tuitest.Said(t, v.View(), func() screen.Screen { return New() }, outside...)
		tuitest.Said(t, v.View(), func() screen.Screen { return NewDetail("alerts") }, outside...)
		tuitest.Said(t, v.View(), func() screen.Screen { return NewDetail("radio") }, outside...)
	}
}
