package told

import (
	"fmt"
	"slices"
	"strings"

	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/profile"
	"vigil/internal/theme"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// posts is the sheet.
func (d *drawing) posts(width int) page.Section {
	told, of := d.sheet.Figures()
	s := page.Section{Key: "sheet", Title: "TOLD-SHEET", Note: fmt.Sprintf("told %d/%d", told, of)}
	t := page.NewTable(
		d.f.Palette, width,
		widget.Column{Title: "STEP", Width: 4},
		widget.Column{Title: "WHO", Width: 18, Grow: 3},
		widget.Column{Title: "STATE", Width: 9},
		widget.Column{Title: "UTC", Width: 5},
		widget.Column{Title: "HOW", Width: 14, Grow: 2, Drop: 2},
		widget.Column{Title: "BY", Width: 8, Drop: 1},
	)
	if len(d.sheet.Posts) == 0 {
		w := page.NewWriter(d.f.Palette, width, 0)
		w.Say(theme.Text, 0, "Nobody was told, and "+d.sheet.None+".")
		s.Lines = w.Lines
		return s
	}
	s.Lines = append(s.Lines, t.Head())
	for i := range d.sheet.Posts {
		s.Lines = append(s.Lines, d.post(t, i))
	}
	return s
}

// post is one line of the sheet.
func (d *drawing) post(t *page.Table, i int) page.Line {
	p := &d.sheet.Posts[i]
	step := "-"
	if p.Step > 0 {
		step = figure.Number(p.Step)
		if d.together(i) {
			step += "="
		}
	}
	mark, role := "", theme.Text
	state := p.State.String()
	switch {
	case p.State.IsTold():
		role = theme.Text
	case !p.Needed:
		role, state = theme.Dim, "need not"
	case p.Again && p.State == duty.NotTold:
		mark, role, state = d.f.Palette.Glyph(theme.Attention), theme.Warning, "AGAIN"
	default:
		mark, role = d.f.Palette.Glyph(theme.Attention), theme.Warning
	}
	at, by := "", p.By.String()
	if !p.At.IsZero() {
		at = p.At.UTC().Format("15:04")
	}
	how := p.How
	if channel, is := strings.CutPrefix(how, p.Name+" by "); is {
		how = channel
	}
	if p.Tried > 1 {
		how += fmt.Sprintf(", %d tries", p.Tried)
	}
	row := t.Row(
		mark, widget.Cell{Text: step, Role: theme.Dim}, widget.Cell{Text: p.Name, Role: theme.Text}, widget.Cell{Text: state, Role: role},
		widget.Cell{Text: at}, widget.Cell{Text: how, Role: theme.Dim}, widget.Cell{Text: by, Role: theme.Dim},
	)
	row.Key = postKey + p.Name
	row.Copy = p.Name + ": " + state
	return row
}

// together reports whether others are told at the same time.
func (d *drawing) together(i int) bool {
	n := 0
	for k := range d.sheet.Posts {
		if d.sheet.Posts[k].Step == d.sheet.Posts[i].Step {
			n++
		}
	}
	return n > 1
}

// history is everything that was written on the sheet, the last first.
func (d *drawing) history(width int) page.Section {
	w := page.NewWriter(d.f.Palette, width, 0)
	for _, t := range slices.Backward(d.sheet.Alarm.Sheet) {
		text := t.At.UTC().Format("15:04Z") + "  " + t.Contact
		if t.Channel != "" {
			text += " by " + t.Channel
		}
		text += ": " + string(t.Outcome)
		if !t.Words.IsZero() {
			text += ", " + t.Words.String()
		}
		if !t.By.IsZero() {
			text += "  " + t.By.String()
		}
		role := theme.Text
		if t.At.Before(d.sheet.Alarm.Reopened) {
			role = theme.Dim
		}
		w.Say(role, 0, text)
	}
	if len(w.Lines) == 0 {
		w.Say(theme.Dim, 0, "Nothing was written yet. What was sent out by a channel is no telling.")
	}
	return page.Section{Key: "history", Title: "WRITTEN", Note: figure.Number(len(d.sheet.Alarm.Sheet)), Lines: w.Lines}
}

// actions are what to do in the first five minutes. Of a restricted incident the kind is not shown.
func (d *drawing) actions(width int) (page.Section, bool) {
	p := d.sheet.Profile
	if p == nil {
		return page.Section{}, false
	}
	kind, lines := p.Actions(about(d.f, d.sheet.Alarm))
	if len(lines) == 0 {
		return page.Section{}, false
	}
	w := page.NewWriter(d.f.Palette, width, 0)
	for i, line := range lines {
		w.Say(theme.Text, 0, figure.Number(i+1)+" "+line)
	}
	title := "FIRST FIVE MINUTES"
	if kind != profile.Any {
		title += ": " + figure.Words(kind)
	}
	return page.Section{Key: "actions", Title: title, Lines: w.Lines}, true
}

// about is the act and the threat of the incident of an alarm; unknown where there is none, or the viewer may not see it.
func about(f *screen.Frame, a *duty.Alarm) (incident.Act, incident.Threat) {
	if a.Raise.Incident.IsZero() {
		return incident.ActUnknown, incident.ThreatUnknown
	}
	id, ok := f.View.IDOf(a.Raise.Incident.Identity())
	if !ok {
		return incident.ActUnknown, incident.ThreatUnknown
	}
	row, _ := f.View.Row(id)
	return row.Act.Value, row.Threat.Value
}

// places are where staff assemble and meet.
func (d *drawing) places(width int) (page.Section, bool) {
	p := d.sheet.Profile
	if p == nil || len(p.Points)+len(p.Rendezvous) == 0 {
		return page.Section{}, false
	}
	w := page.NewWriter(d.f.Palette, width, 0)
	for i := range p.Points {
		a := &p.Points[i]
		text := join(", ", a.Name.String(), a.Zone.String(), a.Where.String())
		if !a.Fallback.IsZero() {
			text += "; else " + a.Fallback.String()
			if a.After > 0 {
				text += " after " + health.Period(a.After)
			}
		}
		w.Say(theme.Text, 0, "assemble: "+text)
	}
	for i := range p.Rendezvous {
		r := &p.Rendezvous[i]
		w.Say(theme.Text, 0, "rendezvous: "+join(", ", r.Name.String(), r.Zone.String(), r.Where.String(), "at "+join(" ", r.Times...)+" local"))
	}
	return page.Section{Key: "places", Title: "WHERE TO GO", Lines: w.Lines}, true
}

// nothing says that there is nothing beside the sheet.
func (d *drawing) nothing(width int) page.Section {
	w := page.NewWriter(d.f.Palette, width, 0)
	w.Say(theme.Dim, 0, "No five-minute actions and no assembly points: they stand in the profile of the country.")
	return page.Section{Key: "nothing", Title: "FIRST FIVE MINUTES", Lines: w.Lines}
}

func join(sep string, words ...string) string {
	text := ""
	for _, w := range words {
		if w != "" && text != "" {
			text += sep
		}
		text += w
	}
	return text
}
