package why

import (
	"testing"

	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

// scheme is the name of the levels of the United Nations.
const scheme = "sls"

func TestLanguages(t *testing.T) {
	v := tuitest.Sahel().View()
	tuitest.Languages(t, "month", v, func() screen.Screen { return New(subjects()["month"]) })
	tuitest.Languages(t, "estimate", v, func() screen.Screen { return New(subjects()["estimate"]) })
	for name, subject := range subjects() {
		t.Run(name, func(t *testing.T) {
			tuitest.Said(t, v, func() screen.Screen { return New(subject) }, scheme)
			for _, tag := range []string{"fr", "es"} {
				f := tuitest.In(t, tag, tuitest.Frame(t, v, tuitest.Sizes[0]))
				tuitest.Golden(t, name+"-"+tag+"-linear", New(subject).Linear(f))
			}
		})
	}
	for name, v := range map[string]*tuitest.Desk{"patchy": tuitest.Patchy(), "convoy": tuitest.Convoy()} {
		t.Run(name, func(t *testing.T) {
			subject := screen.Subject{Incident: v.View().At(0), Figure: screen.FigureIncident, Area: -1}
			tuitest.Languages(t, name, v.View(), func() screen.Screen { return New(subject) })
		})
	}
	for _, subject := range []screen.Subject{
		{Area: -1},
		{Country: tuitest.Country("FJI"), Figure: screen.FigureDay, Area: -1},
		{Incident: 9999, Figure: screen.FigureIncident, Area: -1},
		{Source: "radio", Figure: screen.FigureSource, Area: -1},
		{Country: tuitest.Country("MLI"), Figure: screen.FigureEstimate, Area: -1},
	} {
		tuitest.Said(t, v, func() screen.Screen { return New(subject) }, scheme)
	}
}
