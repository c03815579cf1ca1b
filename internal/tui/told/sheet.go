package told

import (
	"slices"

	"vigil/internal/theme"
	"vigil/internal/tui/page"
	"vigil/internal/tui/widget"
)

// posts is the sheet.
func (d *drawing) posts(width int) page.Section {
	told, of := d.sheet.Figures()
	s := page.Section{Key: "sheet", Title: d.f.Say("TOLD-SHEET"), Note: d.f.Sayf("told %d/%d", told, of)}
	state := d.f.Room(9)
	who, how := d.room(14 + 9 - state)
	t := page.NewTable(
		d.f.Palette, width,
		widget.Column{Title: d.f.Say("STEP"), Width: 4},
		widget.Column{Title: d.f.Say("WHO"), Width: who, Grow: 3},
		widget.Column{Title: d.f.Say("STATE"), Width: state},
		widget.Column{Title: "UTC", Width: 5},
		widget.Column{Title: d.f.Say("HOW"), Width: how, Grow: 2, Drop: 2},
		widget.Column{Title: d.f.Say("BY"), Width: 8, Drop: 1},
	)
	if len(d.sheet.Posts) == 0 {
		w := page.NewWriter(d.f.Palette, width, 0)
		w.Say(theme.Text, 0, d.f.Sayf("Nobody was told, and %s.", d.f.NobodyToTell(d.sheet)))
		s.Lines = w.Lines
		return s
	}
	s.Lines = append(s.Lines, t.Head())
	for i := range d.sheet.Posts {
		s.Lines = append(s.Lines, d.post(t, i))
	}
	return s
}

// leastWho is the room of whoever is told beside a column of how they were that is full.
const leastWho = 18

// room shares the cells of who is told and how between the two: how has most at the most, and what it does not need is for names, which are
// long in some languages.
func (d *drawing) room(most int) (who, how int) {
	who, how = leastWho, widget.Width(d.f.Say("HOW"))
	longest := leastWho
	for i := range d.sheet.Posts {
		p := &d.sheet.Posts[i]
		longest = max(longest, widget.Width(d.f.Function(p.Name)))
		how = max(how, widget.Width(d.f.PostHow(p)))
	}
	how = max(min(how, most), most-(longest-leastWho))
	return who + most - how, how
}

// post is one line of the sheet.
func (d *drawing) post(t *page.Table, i int) page.Line {
	p := &d.sheet.Posts[i]
	mark, role := "", theme.Text
	switch {
	case p.State.IsTold():
	case !p.Needed:
		role = theme.Dim
	default:
		mark, role = d.f.Palette.Glyph(theme.Attention), theme.Warning
	}
	at := ""
	if !p.At.IsZero() {
		at = p.At.UTC().Format("15:04")
	}
	state := d.f.PostState(p)
	row := t.Row(
		mark, widget.Cell{Text: d.f.PostStep(d.sheet, i), Role: theme.Dim}, widget.Cell{Text: d.f.Function(p.Name), Role: theme.Text}, widget.Cell{Text: state, Role: role},
		widget.Cell{Text: at}, widget.Cell{Text: d.f.PostHow(p), Role: theme.Dim}, widget.Cell{Text: p.By.String(), Role: theme.Dim},
	)
	row.Key = postKey + p.Name
	row.Copy = d.f.Sayf("%s: %s", d.f.Function(p.Name), state)
	return row
}

// history is everything that was written on the sheet, the last first.
func (d *drawing) history(width int) page.Section {
	w := page.NewWriter(d.f.Palette, width, 0)
	for _, t := range slices.Backward(d.sheet.Alarm.Sheet) {
		role := theme.Text
		if t.At.Before(d.sheet.Alarm.Reopened) {
			role = theme.Dim
		}
		w.Say(role, 0, d.f.Telling(&t))
	}
	if len(w.Lines) == 0 {
		w.Say(theme.Dim, 0, d.f.Say("Nothing was written yet. What was sent out by a channel is no telling."))
	}
	return page.Section{Key: "history", Title: d.f.SayAs("sheet", "WRITTEN"), Note: d.f.Number(len(d.sheet.Alarm.Sheet)), Lines: w.Lines}
}

// actions are what to do in the first five minutes.
func (d *drawing) actions(width int) (page.Section, bool) {
	title, lines := d.f.FirstMinutes(d.f.View, d.sheet)
	w := page.NewWriter(d.f.Palette, width, 0)
	for i, line := range lines {
		w.Say(theme.Text, 0, d.f.Number(i+1)+" "+line)
	}
	return page.Section{Key: "actions", Title: title, Lines: w.Lines}, len(lines) > 0
}

// places are where staff assemble and meet.
func (d *drawing) places(width int) (page.Section, bool) {
	w := page.NewWriter(d.f.Palette, width, 0)
	for _, line := range d.f.Places(d.sheet.Profile) {
		w.Say(theme.Text, 0, line)
	}
	return page.Section{Key: "places", Title: d.f.Say("WHERE TO GO"), Lines: w.Lines}, len(w.Lines) > 0
}

// nothing says that there is nothing beside the sheet.
func (d *drawing) nothing(width int) page.Section {
	w := page.NewWriter(d.f.Palette, width, 0)
	w.Say(theme.Dim, 0, d.f.Say("No five-minute actions and no assembly points: they stand in the profile of the country."))
	return page.Section{Key: "nothing", Title: d.f.Say("FIRST FIVE MINUTES"), Lines: w.Lines}
}
