package country

import (
	"vigil/internal/background"
	"vigil/internal/figure"
	"vigil/internal/theme"
	"vigil/internal/tui/ground"
	"vigil/internal/tui/page"
	"vigil/internal/tui/widget"
)

// advisories are what other authorities advise, each on its own scale: beside the official level and never
// blended with it.
func (p *pen) advisories() page.Section {
	s := page.Section{Key: "advisories", Title: p.Say("ADVISORIES OF OTHERS"), Note: p.Say("each on its own scale")}
	w := p.writer(0)
	t := page.NewTable(
		p.Palette, p.width,
		widget.Column{Title: p.Say("AUTHORITY"), Width: 8, Grow: 1}, widget.Column{Title: p.Say("ADVISES"), Width: 14, Grow: 3},
		widget.Column{Title: p.Say("AGE"), Width: 5, Right: true},
	)
	w.Lines = append(w.Lines, t.Head())
	for _, a := range p.View.Advisories(p.c.Code) {
		age := figure.Unknown
		if !a.Updated.IsZero() {
			age = ground.Age(p.Hand, a.Updated.Start, ground.Receipts(p.Frame))
		}
		cell := widget.Cell{Text: age, Role: theme.Dim}
		state, silent := p.View.Silent(&a)
		if silent {
			cell = widget.Cell{Text: age + "!", Role: theme.Stale}
		}
		row := t.Row("", widget.Cell{Text: a.Authority.OneLine().String()}, widget.Cell{Text: p.Advisory(&a), Role: theme.Accent}, cell)
		row.Key = "advisory " + a.Scheme.String() + a.Authority.String()
		row.Copy = a.Link.String()
		w.Lines = append(w.Lines, row)
		if !a.Summary.IsZero() {
			w.Say(theme.Dim, 2, a.Summary.OneLine().String())
		}
		if silent {
			w.Say(theme.Stale, 2, p.Sayf("source %s is %s: it may advise something else by now", a.Source.OneLine(), p.State(state)))
		}
	}
	s.Lines = w.Lines
	return s
}

// background is how many events publishers of statistics counted: rates, and no incidents.
func (p *pen) background() page.Section {
	s := page.Section{Key: "background", Title: p.Say("BACKGROUND RATES"), Note: p.Say("counted by others, in no window")}
	w := p.writer(0)
	t := page.NewTable(
		p.Palette, p.width,
		widget.Column{Title: p.Say("KIND"), Width: 12, Grow: 2}, widget.Column{Title: p.Say("EVENTS"), Width: p.Room(7), Right: true},
		widget.Column{Title: p.Say("KILLED"), Width: p.Room(7), Right: true}, widget.Column{Title: p.Say("PERIOD"), Width: 23, Drop: 2},
		widget.Column{Title: p.Say("BY"), Width: 6, Grow: 1, Drop: 3},
	)
	w.Lines = append(w.Lines, t.Head())
	number := func(n int) widget.Cell {
		if n == background.Uncounted {
			return widget.Cell{Text: figure.Unknown}
		}
		return widget.Cell{Text: p.Number(n)}
	}
	for _, r := range p.View.Background(p.c.Code) {
		last := r.Period.End.AddDate(0, 0, -1) // its last day: the end is the first instant after it
		period := r.Period.Start.Format("2006-01-02") + "/" + last.Format("2006-01-02")
		row := t.Row("", widget.Cell{Text: p.Words(r.Kind.OneLine().String())}, number(r.Events), number(r.Fatalities),
			widget.Cell{Text: period}, widget.Cell{Text: r.Authority.OneLine().String(), Role: theme.Dim})
		row.Key = "background " + r.Authority.String() + " " + r.Kind.String()
		w.Lines = append(w.Lines, row)
		if !t.Shows(3) {
			w.Say(theme.Dim, 2, period)
		}
	}
	s.Lines = w.Lines
	return s
}
