package board

import (
	"strings"
	"time"

	"vigil/internal/calendar"
	"vigil/internal/figure"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/plan"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// dueWithin is how far ahead the board looks; the plan shows all.
const dueWithin = 7 * 24 * time.Hour

// dueOf is what is overdue, under way or expected within a week. Levels that expire stand under NEEDS YOU.
func dueOf(f screen.Frame) []picture.Due {
	var list []picture.Due
	for _, d := range f.View.Due() {
		if d.Level || d.State > calendar.Expected || d.Start.After(f.View.Valid().Add(dueWithin)) {
			continue
		}
		list = append(list, d)
	}
	return list
}

func dueTable(list []picture.Due, f screen.Frame) widget.Table {
	local, what := f.DueLocalCells(list, f.Now, 28)
	return widget.Table{
		NoHeader: true,
		Columns: []widget.Column{
			{Title: "STATE", Width: f.Room(12)},
			{Title: "WHEN", Width: figure.DueCells},
			{Title: "LOCAL", Width: local, Drop: 1},
			{Title: "CODE", Width: 5},
			{Title: "KIND", Width: f.Room(10), Drop: 3},
			{Title: "WHAT", Width: what, Grow: 1, Words: true},
		},
	}
}

func dueRow(d *picture.Due, f screen.Frame) widget.Row {
	role, what := theme.Text, theme.Text
	var r widget.Row
	switch d.State {
	case calendar.Overdue:
		r.Mark, role, what = "!", theme.Warning, theme.Warning
	case calendar.Present:
		role = theme.Accent
	default:
	}
	r.Cells = []widget.Cell{
		{Text: f.DueState(d, f.Now), Role: role},
		{Text: f.DueWhen(d, f.Now)},
		{Text: f.DueLocal(d, f.Now), Role: theme.Dim},
		{Text: f.DueCountry(d)},
		{Text: f.DueKind(d)},
		{Text: f.DueWhat(d), Role: what},
	}
	return r
}

// dueLine is the same in plain words.
func dueLine(d *picture.Due, f screen.Frame) string {
	mark := " "
	if d.State == calendar.Overdue {
		mark = "!"
	}
	var words []string
	for _, w := range []string{
		f.DueState(d, f.Now), f.DueWhen(d, f.Now), f.DueLocal(d, f.Now), f.DueCountry(d), f.DueKind(d), f.DueWhat(d),
	} {
		if w != "" {
			words = append(words, w)
		}
	}
	return mark + strings.Join(words, "  ")
}

// dueTitle says how many there are, and how many are overdue.
func (b *Board) dueTitle(f screen.Frame, shown int) string {
	overdue := 0
	for i := range b.due {
		if b.due[i].State == calendar.Overdue {
			overdue++
		}
	}
	text := f.Number(len(b.due))
	if overdue > 0 {
		text = f.Sayf("%s overdue, %s in all", f.Number(overdue), text)
	}
	if shown < len(b.due) {
		text = f.Sayf(lang.Heading("%s, %s shown"), text, f.Number(shown))
	}
	return text
}

func (b *Board) drawDue(f screen.Frame) []string {
	table := dueTable(b.due, f)
	return drawPane(&table, f, b.sizes.due, &b.dueCursor, b.focus == duePane, len(b.due), func(i int) widget.Row {
		r := dueRow(&b.due[i], f)
		if b.focus == duePane && i == b.dueCursor.Selected {
			r.Cells[1].Role = theme.Selected
		}
		return r
	})
}

// selectedDue is the one that the cursor points at.
func (b *Board) selectedDue() *picture.Due { return &b.due[b.dueCursor.Selected] }

// openDue goes to where something can be done about it, or to the plan.
func (b *Board) openDue() screen.Ask {
	if ask := plan.Opens(b.selectedDue()); ask.Go == screen.ToEvent || ask.Go == screen.ToFlash || ask.Go == screen.ToAlarm {
		return ask
	}
	return screen.Ask{Go: screen.ToPlan}
}

// whyDue is where it was said.
func (b *Board) whyDue(f screen.Frame) screen.Ask {
	d := b.selectedDue()
	if d.Incident != 0 {
		return screen.Ask{Go: screen.ToWhy, Subject: screen.Subject{Figure: screen.FigureIncident, Incident: d.Incident, Area: -1}}
	}
	return screen.Ask{Say: f.Sayf("%s expects it", plan.Said(d))}
}
