package country

import (
	"testing"

	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

// outside are names of a scheme and of zones, and days of the week, which are the locale's.
var outside = []string{"sls", "Nouakchott", "Ouagadougou", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}

func TestLanguages(t *testing.T) {
	tuitest.Languages(t, "mali", tuitest.Sahel().View(), func() screen.Screen { return New(tuitest.Country("MLI")) }, outside...)
	for _, code := range []string{"BFA", "NER", "COD", "MRT", "FJI"} {
		t.Run(code, func(t *testing.T) {
			tuitest.Said(t, tuitest.Sahel().View(), func() screen.Screen { return New(tuitest.Country(code)) }, outside...)
		})
	}
	tuitest.Said(t, tuitest.Expecting().View(), func() screen.Screen { return New(tuitest.Country("MLI")) }, outside...)
	tuitest.Said(t, tuitest.Past(), func() screen.Screen { return New(tuitest.Country("MLI")) }, outside...)
	d := tuitest.Sahel()
	for _, s := range []string{"gdacs", "radio"} {
		d.Advise(s, "MLI")
	}
	tuitest.Said(t, d.View(), func() screen.Screen { return New(tuitest.Country("MLI")) }, outside...)
}
