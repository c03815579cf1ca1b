package tui

import (
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/country"
	"vigil/internal/safetext"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// This file is the commands that name an incident, an alarm, a figure or a source.

// incidentNamed is the incident of that id, with its authority before it where it needs one, or the one that an alarm of that name is about.
func (m *Model) incidentNamed(name string) (screen.Subject, error) {
	switch ids := m.view.NamedIDs(name); {
	case len(ids) > 1:
		first := m.view.Identity(ids[0])
		return screen.Subject{}, errors.New(m.hand.Sayf("several are called %q: write the authority before it, such as %s/%s", safetext.CleanMax(name, 80).String(), first.Authority, first.ID))
	case len(ids) == 1:
		return screen.Subject{Incident: ids[0], Area: -1}, nil
	}
	if a, ok := m.view.Duty().Find(name); ok && !m.view.HidesAlarm(a) && !a.Raise.Incident.IsZero() { // the one that an alarm is about
		if id, ok := m.view.IDOf(a.Raise.Incident.Identity()); ok {
			return screen.Subject{Incident: m.view.Lead(id), Area: -1}, nil
		}
	}
	return screen.Subject{}, errors.New(m.hand.Sayf("no incident is called %q", safetext.CleanMax(name, 80).String()))
}

func (m *Model) orderEvent(name string) (tea.Cmd, error) {
	if name == "" {
		return nil, errors.New(m.hand.Say("which incident? write its id, as its source gives it"))
	}
	of, err := m.incidentNamed(name)
	if err != nil {
		return nil, err
	}
	return m.jump(screen.Ask{Go: screen.ToEvent, Subject: of}), nil
}

// orderReport opens the form with what was said in its first field.
func (m *Model) orderReport(words string) (tea.Cmd, error) {
	cmd := m.asked(keys.Report)
	if t, ok := m.top().screen.(screen.Typist); ok && words != "" {
		cmd = tea.Batch(cmd, m.do(t.Type(words, m.area())))
	}
	return cmd, nil
}

// orderFlash opens the form of a flash report on what is named, else on what the screen has selected.
func (m *Model) orderFlash(name string) (tea.Cmd, error) {
	if name == "" {
		if !slices.ContainsFunc(m.o.Keys.Of(m.top().screen.Scope()), func(b keys.Binding) bool { return b.ID == keys.ShowFlash }) {
			return nil, errors.New(m.hand.Say("on what? write flash with an alarm, the id of an incident or a country behind it"))
		}
		return m.forward(keys.ShowFlash), nil
	}
	of := screen.Subject{}
	if a, ok := m.view.Duty().Find(name); ok {
		of.Alarm = a.ID
	} else if c, ok := country.Parse(name); ok {
		of.Country = c
	} else {
		var err error
		if of, err = m.incidentNamed(name); err != nil {
			return nil, errors.New(m.hand.Sayf("%q is neither an alarm nor a country: %s", safetext.CleanMax(name, 80).String(), err))
		}
	}
	return m.open(screen.Ask{Go: screen.ToFlash, Subject: of}), nil
}

// orderFilter filters what is shown.
func (m *Model) orderFilter(text string) (tea.Cmd, error) {
	if !m.filters() {
		return nil, errors.New(m.hand.Say("there is no list here to filter: events FILTER lists those that match"))
	}
	if err := m.checked(text); err != nil {
		return nil, err
	}
	m.top().filter = text
	m.frame.redraw()
	return m.searchNew(), nil
}

// whyFigures are the figures of a country as ":why" names them, and as the board does where that is another word.
var whyFigures = []struct {
	word   string
	figure screen.Figure
	also   []string
}{
	{"level", screen.FigureLevel, nil},
	{"estimate", screen.FigureEstimate, []string{"est"}},
	{"24h", screen.FigureDay, nil},
	{"7d", screen.FigureWeek, nil},
	{"30d", screen.FigureMonth, nil},
	{"own", screen.FigureTrend, []string{"×own", "xown"}},
	{"staff", screen.FigureStaff, []string{"nat", "int"}},
	{"harmed", screen.FigureOutcomes, nil},
	{"hazards", screen.FigureHazards, nil},
	{"coverage", screen.FigureCoverage, []string{"cannot see"}},
}

// orderWhy derives a figure of a country, the state of a source, or what an incident is.
func (m *Model) orderWhy(rest string) (tea.Cmd, error) {
	if rest == "" {
		return m.forward(keys.ShowWhy), nil
	}
	of, err := m.whyNamed(rest)
	if err != nil {
		return nil, err
	}
	return m.open(screen.Ask{Go: screen.ToWhy, Subject: of}), nil
}

func (m *Model) whyNamed(rest string) (screen.Subject, error) {
	if slices.Contains(m.sourceNames(), rest) {
		return screen.Subject{Source: rest, Figure: screen.FigureSource, Area: -1}, nil
	}
	name, fig := rest, screen.FigureEstimate
	for _, f := range whyFigures {
		for _, word := range append([]string{f.word}, f.also...) {
			if at := len(rest) - len(" "+word); at > 0 && strings.EqualFold(rest[at:], " "+word) {
				name, fig = rest[:at], f.figure
			}
		}
	}
	if c, ok := country.Parse(strings.TrimSpace(name)); ok {
		if _, known := m.view.Country(c); !known {
			return screen.Subject{}, errors.New(m.hand.Sayf("nothing is known of %s", m.hand.CountryWhole(m.view.CountryNames(), c)))
		}
		return screen.Subject{Country: c, Figure: fig, Area: -1}, nil
	}
	of, err := m.incidentNamed(rest)
	if err != nil {
		return of, errors.New(m.hand.Sayf("%s: write why COUNTRY FIGURE, with the figure %s; why SOURCE; or why ID", err, strings.Join(whyWords(), ", ")))
	}
	of.Figure = screen.FigureIncident
	return of, nil
}

func whyWords() []string {
	words := make([]string, len(whyFigures))
	for i, f := range whyFigures {
		words[i] = f.word
	}
	return words
}

// sourceNames are the sources of the desk.
func (m *Model) sourceNames() []string {
	var names []string
	if !m.view.IsZero() {
		for s := range m.view.Sources() {
			names = append(names, s.Info.Name.String())
		}
	}
	return names
}

func (m *Model) completeView(p *widget.Prompt, _ int) { m.completeFrom(p, m.viewNames()) }

func (m *Model) completeSource(p *widget.Prompt, _ int) { m.completeFrom(p, m.sourceNames()) }

func (m *Model) completeWhy(p *widget.Prompt, from int) {
	if start, _ := p.Word(); start > from {
		m.completeFrom(p, whyWords())
		return
	}
	m.completeCountry(p, from)
}
