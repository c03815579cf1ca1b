package country

import (
	"fmt"
	"time"

	"vigil/internal/figure"
	"vigil/internal/presence"
	"vigil/internal/theme"
	"vigil/internal/tui/ground"
	"vigil/internal/tui/page"
	"vigil/internal/tui/widget"
)

// tracked is what is tracked in the country, each with its age. What is no longer where it was says so in a
// word.
func (p *pen) tracked() page.Section {
	list := p.View.TrackedIn(p.c.Code)
	s := page.Section{Key: "tracked", Title: p.Say("TRACKED")}
	w := p.writer(0)
	t := page.NewTable(
		p.Palette, p.width,
		widget.Column{Title: p.Say("CALL SIGN"), Width: 10, Grow: 1}, widget.Column{Title: p.Say("STATE"), Width: 12},
		widget.Column{Title: p.Say("AGE"), Width: 5, Right: true}, widget.Column{Title: p.Say("WHERE"), Width: 18, Grow: 1, Drop: 2},
		widget.Column{Title: p.Say("KIND"), Width: 11, Drop: 4},
	)
	w.Lines = append(w.Lines, t.Head())
	stale := 0
	for i := range list {
		at := &list[i]
		state := widget.Cell{Text: p.Words(at.Fix.String()), Role: theme.Text}
		if at.Fix == presence.Current && at.Stale.IsZero() {
			state.Text = p.Say("last known") // nobody said until when it is good
		}
		mark := ""
		if at.Fix == presence.Stale {
			stale++
			mark = p.Palette.Glyph(theme.Attention)
			state = widget.Cell{Text: p.Say("STALE"), Role: theme.Stale}
		}
		name := at.CallSign.Reveal()
		if name.IsZero() {
			name = at.ID
		}
		age := widget.Cell{Text: figure.Unknown}
		if !at.At.IsZero() {
			age.Text = p.Span(p.Now.Sub(at.At))
		}
		row := t.Row(mark, widget.Cell{Text: name.OneLine().String()}, state, age, widget.Cell{Text: p.whereTracked(at)}, widget.Cell{Text: p.Words(at.Kind.String()), Role: theme.Dim})
		row.Key = "tracked " + at.Authority.String() + " " + at.ID.String()
		w.Lines = append(w.Lines, row)
		if !t.Shows(3) {
			w.Say(theme.Dim, 2, p.whereTracked(at))
		}
		switch {
		case at.Fix != presence.Stale:
		case at.Stale.IsZero():
			w.Say(theme.Stale, 2, p.Sayf("states no end, and is older than its source may be silent (%s): where it was, and not surely where it is", ground.Duration(p.Hand, at.Expect)))
		default:
			w.Say(theme.Stale, 2, p.Sayf("valid until %sZ: where it was, and no longer where it is", at.Stale.UTC().Format(time.DateTime)))
		}
	}
	s.Lines = w.Lines
	s.Note = p.Number(len(list))
	if stale > 0 {
		s.Note += p.dot() + p.Tally(stale, "STALE")
	}
	return s
}

// whereTracked is the position, with how far off it may be; a person's is the security lead's alone.
func (p *pen) whereTracked(t *presence.Tracked) string {
	switch {
	case t.Withheld:
		return p.Say("security lead only")
	case !t.HasPoint:
		return p.Say("unknown")
	case t.Accuracy > 0:
		return fmt.Sprintf("%.4f %.4f, %.0f m", t.Point.Lat, t.Point.Lon, t.Accuracy)
	default:
		return fmt.Sprintf("%.4f %.4f", t.Point.Lat, t.Point.Lon)
	}
}
