package plan

import (
	"testing"

	"vigil/internal/country"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

// outside are days of the week, which are the locale's, and the directory of the duty log.
var outside = []string{"Fri", "Sat", "Sun", "dutylog"}

func TestLanguages(t *testing.T) {
	tuitest.Languages(t, "plan", tuitest.Expecting().View(), func() screen.Screen { return New(country.Unknown) }, outside...)
	tuitest.Said(t, tuitest.Promising().View(), func() screen.Screen { return New(country.Unknown) }, outside...)
	tuitest.Said(t, tuitest.Empty().View(), func() screen.Screen { return New(country.Unknown) }, outside...)
	tuitest.Said(t, tuitest.Empty().View(), func() screen.Screen { return New(tuitest.Country("MLI")) }, outside...)
}
