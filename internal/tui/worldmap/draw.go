package worldmap

import (
	"fmt"
	"strings"

	"vigil/internal/alarm"
	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/atlas"
	"vigil/internal/tui/canvas"
	"vigil/internal/tui/ground"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// Disclaimer is what stands below a map.
const Disclaimer = "Boundaries are coarse and express no opinion on the status of any territory."

// layout deals the lines and cells out.
type layout struct {
	width, height    int // of the map
	beside           int // cells of the pane beside it; 0 is none
	figures          int // lines of what is under the cursor
	legend, boundary bool
}

// The sizes from which on there is room for more than the map and the figures of what is under the cursor.
const (
	besideFrom, besideWidth  = 110, 42
	legendFrom, boundaryFrom = 16, 20
	figureLines              = 3
	gap                      = 2
)

func layoutOf(f screen.Frame) layout {
	l := layout{width: f.Width, figures: min(figureLines, max(1, f.Height/5)), legend: f.Height >= legendFrom, boundary: f.Height >= boundaryFrom}
	if f.Width >= besideFrom {
		l.figures = min(l.figures, 2)
		l.beside = besideWidth
		l.width = f.Width - besideWidth - gap
	}
	l.height = max(0, f.Height-1-l.figures-truth(l.legend)-truth(l.boundary))
	return l
}

// Lines draws the map.
func (s *Screen) Lines(f screen.Frame) []string {
	if f.View.IsZero() {
		return widget.Blank(f.Width, f.Height)
	}
	s.settle(f)
	s.news.follow(f.View)
	l := layoutOf(f)
	a := ask{
		p: s.projection(f), dots: s.dots(f), by: s.by, layers: s.layers, cursor: s.cursor, event: s.selected(f.View),
	}
	drawn := s.chart.draw(f, &s.news, a)
	lines := make([]string, 0, f.Height)
	lines = append(lines, s.rule(f, a))
	if l.beside > 0 {
		pane := f
		pane.Width, pane.Height = l.beside, l.height
		drawn = widget.Beside(gap, []int{l.width, l.beside}, drawn, s.drawBeside(pane, a.event))
	}
	lines = append(lines, drawn...)
	lines = append(lines, flow(f, s.figures(f, a), l.figures)...)
	if l.legend {
		lines = append(lines, widget.Line(f.Palette, f.Width, legend(f, a)...))
	}
	if l.boundary {
		lines = append(lines, widget.Line(f.Palette, f.Width, widget.Span{Text: " " + Disclaimer, Role: theme.Dim}))
	}
	return widget.Height(lines, f.Width, f.Height)
}

// rule is the heading: what the shade says, and what the map cannot show. What has no room goes from the end, and what is in no place goes
// last.
func (s *Screen) rule(f screen.Frame, a ask) string {
	title := " MAP by " + a.by.String()
	if f.Width < narrow {
		title = [...]string{ByLevel: " MAP level", ByEstimate: " MAP EST"}[a.by]
	}
	parts := s.counts(f)
	if s.chart.nameless > 0 {
		parts = append(parts, f.Number(s.chart.nameless)+" without room for a name")
	}
	parts = append(parts, fmt.Sprintf("a line is %.0f km", a.p.Kilometres()))
	text := parts[0]
	const around = 7 // the rule's own cells
	for _, p := range parts[1:] {
		more := text + " " + f.Palette.Glyph(theme.Bullet) + " " + p
		if widget.Width(title)+widget.Width(more)+around > f.Width {
			break
		}
		text = more
	}
	return widget.Rule(f.Palette, f.Width, widget.Span{Text: title, Role: theme.Title}, widget.Span{Text: text, Role: theme.Label})
}

// narrow is the width below which the heading is in short words.
const narrow = 72

// counts are how many incidents there are, in no place and on this part of the earth.
func (s *Screen) counts(f screen.Frame) []string {
	n := &s.news
	seen := f.AtLeast(len(n.events), n.whole(f.View))
	parts := []string{seen + " in 7 d"}
	if f.Width < narrow {
		parts[0] = "7 d " + seen
	}
	switch off := n.unplaced + n.restricted; {
	case off > 0 && f.Width < narrow:
		parts = append(parts, f.Number(off)+" unplaced")
	case off > 0:
		if n.unplaced > 0 {
			parts = append(parts, f.Number(n.unplaced)+" not placed")
		}
		if n.restricted > 0 {
			parts = append(parts, f.Number(n.restricted)+" restricted")
		}
	}
	if s.layers.incidents() && len(n.events) > 0 {
		parts = append(parts, f.Number(s.chart.shown)+" here")
	}
	return parts
}

// figures are those of the country under the cursor, in the order in which they are given up, the last first; and the incident that is selected.
func (s *Screen) figures(f screen.Frame, a ask) [][]widget.Span {
	if !s.cursor.Known() {
		return [][]widget.Span{{{Text: "No country is on the desk: name home countries in vigil.toml.", Role: theme.Warning}}}
	}
	c, _ := f.View.Country(s.cursor)
	list := countrySpans(c, f)
	if e := a.event; e != nil {
		return append([][]widget.Span{list[0], {{Text: e.words(f, s.cursor), Role: theme.Accent}}, {{Text: near(f, e, a.p)}}}, list[1:]...)
	}
	return append(list, []widget.Span{{Text: s.lies(c)}})
}

// near says who is within the ring, and how large it is.
func near(f screen.Frame, e *event, p atlas.Projection) string {
	n := f.View.Near(e.id, nearStaff)
	text := nearWords(&n, e, f)
	if e.ring() < p.Kilometres()/2 {
		text += ", smaller than a cell"
	}
	return text
}

func nearWords(n *picture.Near, e *event, f screen.Frame) string {
	return fmt.Sprintf("%s; ring %.0f km", alarm.NearWords(n, nearStaff, f.Now), e.ring())
}

// lies says how many incidents and staff of a country stand on the map, and how many in no place.
func (s *Screen) lies(row *picture.Country) string {
	c := row.Code
	all, on := len(s.news.of(c, false)), len(s.news.of(c, true))
	text := s.news.count(row) + " incidents in 7 d"
	if text == "1 incidents in 7 d" {
		text = "1 incident in 7 d"
	}
	if all > on {
		text += ", " + figure.Plain.Number(all-on) + " not placed"
	}
	areas, off := s.news.staffIn(c), 0
	for i := range areas {
		if !areas[i].Placed {
			off++
		}
	}
	if len(areas) > 0 {
		text += "; staff in " + figure.Plain.Plural(len(areas), "area")
	}
	if off > 0 {
		text += ", " + figure.Plain.Number(off) + " not placed"
	}
	return text
}

// countrySpans are the figures of a country: its name with level and estimate first.
func countrySpans(c *picture.Country, f screen.Frame) [][]widget.Span {
	m := f.Hand
	name := page.Safe(f.Palette, ground.Name(f.View.CountryNames(), c.Code, 30))
	list := [][]widget.Span{{{Text: name, Role: theme.Title}}}
	say := func(label, text string, role theme.Role) {
		list = append(list, []widget.Span{{Text: label + " ", Role: theme.Label}, {Text: text, Role: role}})
	}
	if c.Coverage.State == health.Blind {
		list = append(list, []widget.Span{{Text: blind, Role: theme.Blind}})
	}
	say("level", strings.Join(strings.Fields(m.Level(c)), " "), theme.LevelRole(c.Level.Max))
	say("EST", f.Estimate(c.Estimate), theme.RiskRole(figure.Band(c.Estimate)))
	say("24 h", f.Window(c.Day), theme.Text)
	say("7 d", f.Window(c.Week), theme.Text)
	say("30 d", f.Window(c.Month), theme.Text)
	age, old := f.StaffAge(c, f.Now)
	role := theme.Text
	if old {
		role = theme.Stale
	}
	staff := figure.Unknown
	if c.HasStaff {
		staff = f.National(c) + "n " + f.International(c) + "i " + age
	}
	say("staff", staff, role)
	say("CANNOT SEE", f.Cannot(c, f.Now), theme.Text)
	return list
}

// flow sets pieces one after another in so many lines; what has no room is left out, but for the last line, which is cut with a mark.
func flow(f screen.Frame, pieces [][]widget.Span, lines int) []string {
	var rows [][]widget.Span
	used := 0
	for _, piece := range pieces {
		n := 2
		for i := range piece {
			piece[i].Text = page.Safe(f.Palette, piece[i].Text)
			n += widget.Width(piece[i].Text)
		}
		if len(rows) == 0 || used+n > f.Width && len(rows) < lines {
			rows = append(rows, []widget.Span{{Text: " "}})
			used = 1
		} else {
			piece = append([]widget.Span{{Text: "  "}}, piece...)
		}
		used += n
		rows[len(rows)-1] = append(rows[len(rows)-1], piece...)
	}
	out := make([]string, 0, lines)
	for _, r := range rows {
		out = append(out, widget.Line(f.Palette, f.Width, r...))
	}
	return widget.Height(out, f.Width, lines)
}

// legend says what shades and marks mean; what has no room goes from the end.
func legend(f screen.Frame, a ask) []widget.Span {
	spans := []widget.Span{{Text: " "}}
	used := 1
	say := func(piece ...widget.Span) {
		n := 0
		for _, p := range piece {
			n += widget.Width(p.Text)
		}
		if used += n; used <= f.Width {
			spans = append(spans, piece...)
		}
	}
	sample := func(fill canvas.Pattern, cells int, role theme.Role, word string) {
		say(widget.Span{Text: fill.Sample(a.dots, cells), Role: role}, widget.Span{Text: word + " "})
	}
	if a.by == ByEstimate {
		for n, word := range []string{"Low", "Medium", "High", "V.High", "Unacc."} {
			sample(canvas.Shade(n+2), 1, theme.RiskRole(min(n+2, 5)), word)
		}
	} else {
		for n := 1; n <= 6; n++ {
			sample(canvas.Shade(n), 2, theme.LevelRole(n), string(rune('0'+n)))
		}
	}
	sample(canvas.Hatch, 2, theme.Blind, blind)
	sample(canvas.Query, 2, theme.Unknown, figure.Unknown)
	if a.layers.incidents() {
		say(
			widget.Span{Text: " !", Role: theme.SeveritySevere}, widget.Span{Text: "+", Role: theme.New}, widget.Span{Text: " 24 h  "},
			widget.Span{Text: "xo", Role: theme.Dim}, widget.Span{Text: " 7 d  "},
		)
	}
	if a.layers.staff() {
		say(widget.Span{Text: staffMark, Role: theme.Accent}, widget.Span{Text: " staff  "})
	}
	if a.layers.incidents() {
		say(widget.Span{Text: "~", Role: theme.Hazard}, widget.Span{Text: " hazard  "})
		say(widget.Span{Text: "! x staff or severe  3! several  "})
	}
	if a.layers.staff() {
		say(widget.Span{Text: trackedMark + " ", Role: theme.Accent}, widget.Span{Text: goneMark, Role: theme.Stale}, widget.Span{Text: " tracked, STALE"})
	}
	return spans
}
