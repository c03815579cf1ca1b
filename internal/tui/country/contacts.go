package country

import (
	"strings"

	"vigil/internal/figure"
	"vigil/internal/lang"
	"vigil/internal/theme"
	"vigil/internal/tui/page"
	"vigil/internal/tui/widget"
)

// contacts are whom the country's profile names, and by what kinds of channels each is reached. A number stands on the told-sheet alone,
// when somebody is to be told.
func (p *pen) contacts() page.Section {
	s := page.Section{Key: "contacts", Title: p.Say("CONTACTS")}
	w := p.writer(0)
	of, ok := p.View.Profile(p.c.Code)
	if !ok {
		s.Note = p.Say("no profile")
		w.Say(theme.Warning, 0, p.Sayf("Nobody is named: there is no profile of %s. Put one into profiles/, as in examples/profile.yaml: without it no alarm says whom to tell.", p.c.Code.Alpha3()))
		s.Lines = w.Lines
		return s
	}
	age := p.Sayf(lang.Heading("reviewed %s"), figure.Unknown)
	if !of.Reviewed.IsZero() && !of.Reviewed.Start.After(p.Now) {
		ago, _ := p.Age(of.Reviewed.Start, p.Now, 0)
		age = p.Sayf(lang.Heading("reviewed %s ago"), ago)
	}
	s.Note = p.Number(len(of.Contacts)) + p.dot() + age
	for _, trouble := range p.ProfileTrouble(of, p.Now) {
		w.Say(theme.Warning, 0, trouble)
	}
	if len(of.Contacts) == 0 {
		w.Say(theme.Warning, 0, p.Sayf("The profile names nobody: %s has no contacts.", of.Origin.File))
		s.Lines = w.Lines
		return s
	}
	t := page.NewTable(
		p.Palette, p.width,
		widget.Column{Title: p.Say("WHO"), Width: 19, Grow: 2}, widget.Column{Title: p.Say("CALL SIGN"), Width: 10, Grow: 1, Drop: 1},
		widget.Column{Title: p.Say("REACHED BY"), Width: 22, Grow: 2},
	)
	w.Lines = append(w.Lines, t.Head())
	for i := range of.Contacts {
		c := &of.Contacts[i]
		var by []string
		for k := range c.Channels {
			by = append(by, p.Channel(c.Channels[k].Called))
		}
		channels := widget.Cell{Text: strings.Join(by, ", ")}
		if len(by) == 0 {
			channels = widget.Cell{Text: p.Say("no channel"), Role: theme.Warning}
		}
		sign := figure.Nothing
		if !c.CallSign.IsZero() {
			sign = c.CallSign.OneLine().String()
		}
		row := t.Row("", widget.Cell{Text: p.Function(c.Called)}, widget.Cell{Text: sign, Role: theme.Accent}, channels)
		row.Key = "contact " + c.Called
		w.Lines = append(w.Lines, row)
		if widget.Width(page.Safe(p.Palette, channels.Text)) > t.Cells(2) {
			w.Say(theme.Dim, 2, channels.Text)
		}
	}
	s.Lines = w.Lines
	return s
}
