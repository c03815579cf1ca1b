package worldmap

import (
	"slices"
	"strings"

	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/atlas"
	"vigil/internal/tui/ground"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// Disclaimer is what stands below a map.
var Disclaimer = lang.Msg("Boundaries are coarse and express no opinion on the status of any territory.")

// layout deals the lines and cells out.
type layout struct {
	width, height int // of the map
	beside        int // cells of the pane beside it; 0 is none
	figures       int // lines of what is under the cursor
	legend        int // lines of what signs mean; 0 is none
	boundary      bool
}

// The sizes from which on there is room for more than the map and the figures of what is under the cursor.
const (
	besideFrom, besideWidth  = 110, 42
	legendFrom, boundaryFrom = 16, 20
	figureLines              = 3
	gap                      = 2
)

func layoutOf(f screen.Frame) layout {
	l := layout{width: f.Width, figures: min(figureLines, max(1, f.Height/5)), boundary: f.Height >= boundaryFrom}
	if f.Height >= legendFrom {
		l.legend = legendLines(f)
	}
	if f.Width >= besideFrom {
		l.figures = min(l.figures, 2)
		l.beside = besideWidth
		l.width = f.Width - besideWidth - gap
	}
	l.height = max(0, f.Height-1-l.figures-l.legend-truth(l.boundary))
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
		p: s.projection(f), dots: s.dots(f), by: s.by, layers: s.layers, cursor: s.cursor, event: s.selected(f.View), signs: l.legend == 0,
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
	key := f
	key.Palette = f.Palette.Solid() // as the map is drawn
	lines = append(lines, flow(key, legend(f, a), l.legend)...)
	if l.boundary {
		lines = append(lines, widget.Line(f.Palette, f.Width, widget.Span{Text: " " + f.Say(Disclaimer), Role: theme.Dim}))
	}
	return widget.Height(lines, f.Width, f.Height)
}

// rule is the heading: what the shade says, and what the map cannot show. What has no room goes from the end, and what is in no place goes
// last.
func (s *Screen) rule(f screen.Frame, a ask) string {
	title := " " + mapBy(f, a.by)
	if f.Width < narrow {
		title = " " + [...]string{ByLevel: f.Say("MAP level"), ByEstimate: f.Say("MAP EST")}[a.by]
	}
	parts := s.counts(f)
	parts = append(parts, f.Sayf("a line is %.0f km", a.p.Kilometres()))
	text := parts[0]
	for _, p := range parts[1:] {
		more := text + " " + f.Palette.Glyph(theme.Bullet) + " " + p
		if widget.Width(title)+widget.Width(more)+around > f.Width {
			break
		}
		text = more
	}
	return widget.Rule(f.Palette, f.Width, widget.Span{Text: title, Role: theme.Title}, widget.Span{Text: text, Role: theme.Label})
}

// around is the cells that a rule takes beside its texts.
const around = 7

// narrow is the width below which the heading is in short words.
const narrow = 72

// counts are how many incidents there are, in no place and on this part of the earth.
func (s *Screen) counts(f screen.Frame) []string {
	n := &s.news
	seen, hazards := n.total(f)
	parts := []string{f.Sayf("%s in 7 d", seen)}
	if f.Width < narrow {
		parts[0] = f.Sayf("7 d %s", seen)
	}
	switch off := n.unplaced + n.restricted; {
	case off > 0 && f.Width < narrow:
		parts = append(parts, f.Sayf("%s unplaced", f.Number(off)))
	case off > 0:
		if n.unplaced > 0 {
			parts = append(parts, f.Sayf("%s not placed", f.Number(n.unplaced)))
		}
		if n.restricted > 0 {
			parts = append(parts, f.Tally(n.restricted, lang.Heading("restricted")))
		}
	}
	if s.chart.nameless > 0 {
		parts = append(parts, f.Sayf("%s without room for a name", f.Number(s.chart.nameless)))
	}
	if s.layers.incidents() && len(n.events) > 0 {
		parts = append(parts, f.Sayf("%s here", f.Number(s.chart.shown)))
	}
	if hazards > 0 && f.Width >= narrow {
		parts = append(parts, f.Sayf("hazards %s", f.Number(hazards)))
	}
	return parts
}

// figures are those of the country under the cursor, in the order in which they are given up, the last first; and the incident that is selected.
func (s *Screen) figures(f screen.Frame, a ask) [][]widget.Span {
	if !s.cursor.Known() {
		return [][]widget.Span{{{Text: f.Say("No country is on the desk: name home countries in vigil.toml."), Role: theme.Warning}}}
	}
	c, _ := f.View.Country(s.cursor)
	list := countrySpans(c, f)
	if e := a.event; e != nil {
		return append([][]widget.Span{list[0], {{Text: e.words(f, s.cursor), Role: theme.Accent}}, {{Text: near(f, e, a.p)}}}, list[1:]...)
	}
	return append(list, []widget.Span{{Text: s.lies(f, c)}})
}

// near says who is within the ring, and how large it is.
func near(f screen.Frame, e *event, p atlas.Projection) string {
	n := f.View.Near(e.id, nearStaff)
	text := nearWords(&n, e, f)
	if e.ring() < p.Kilometres()/2 {
		text = f.Sayf("%s, smaller than a cell", text)
	}
	return text
}

// nearWords is the same without the map.
func nearWords(n *picture.Near, e *event, f screen.Frame) string {
	near := figure.StaffNear{Near: *n, Km: nearStaff}
	return f.Sayf("%s; ring %.0f km", near.Words(f.Now, f.Hand, true), e.ring())
}

// lies says how many incidents and staff of a country stand on the map, and how many in no place.
func (s *Screen) lies(f screen.Frame, row *picture.Country) string {
	c := row.Code
	all, on := len(s.news.of(c, false)), len(s.news.of(c, true))
	count, hazards := s.news.count(row, f)
	n := 2 // "1+" may be more
	if count == "1" {
		n = 1
	}
	text := f.Shown(count, n, "incident in 7 d", "incidents in 7 d")
	if hazards > 0 {
		text += ", " + f.Sayf("hazards %s", f.Number(hazards))
	}
	if all > on {
		text = f.Sayf("%s, %s not placed", text, f.Number(all-on))
	}
	areas, off := s.news.staffIn(c), 0
	for i := range areas {
		if !areas[i].Placed {
			off++
		}
	}
	if len(areas) > 0 {
		text = f.Sayf("%s; staff in %s", text, f.Plural(len(areas), "area"))
	}
	if off > 0 {
		text = f.Sayf("%s, %s not placed", text, f.Number(off))
	}
	return text
}

// countrySpans are the figures of a country: its name with level and estimate first.
func countrySpans(c *picture.Country, f screen.Frame) [][]widget.Span {
	m := f.Hand
	name := page.Safe(f.Palette, ground.Name(f.Hand, f.View.CountryNames(), c.Code, 30))
	list := [][]widget.Span{{{Text: name, Role: theme.Title}}}
	say := func(label, text string, role theme.Role) {
		list = append(list, []widget.Span{{Text: label + " ", Role: theme.Label}, {Text: text, Role: role}})
	}
	if c.Coverage.State == health.Blind {
		list = append(list, []widget.Span{{Text: f.Say("BLIND"), Role: theme.Blind}})
	}
	say(f.Say("level"), strings.Join(strings.Fields(m.Level(c)), " "), theme.LevelRole(c.Level.Max))
	say(f.Say("EST"), f.Estimate(c.Estimate), theme.RiskRole(figure.Band(c.Estimate)))
	say(f.Say("24 h"), f.Window(c.Day), theme.Text)
	say(f.Say("7 d"), f.Window(c.Week), theme.Text)
	say(f.Say("30 d"), f.Window(c.Month), theme.Text)
	age, old := f.StaffAge(c, f.Now)
	role := theme.Text
	if old {
		role = theme.Stale
	}
	staff := figure.Unknown
	if c.HasStaff {
		staff = f.Sayf("%sn %si %s", f.National(c), f.International(c), age)
	}
	say(f.Say("staff"), staff, role)
	say(f.Say("CANNOT SEE"), f.Cannot(c, f.Now), theme.Text)
	return list
}

// flow sets pieces one after another in so many lines; what has no room is left out, but for the last line, which is cut with a mark.
func flow(f screen.Frame, pieces [][]widget.Span, lines int) []string {
	out := make([]string, 0, lines)
	for _, r := range rowsOf(f, pieces, lines) {
		out = append(out, widget.Line(f.Palette, f.Width, atWord(f, r)...))
	}
	return widget.Height(out, f.Width, lines)
}

// atWord cuts a row that has no room between two words: half of a figure is another figure.
func atWord(f screen.Frame, row []widget.Span) []widget.Span {
	mark := f.Palette.Glyph(theme.Ellipsis)
	used := 0
	for i, span := range row {
		n := widget.Width(span.Text)
		room := f.Width - used - widget.Width(mark)
		if used+n > f.Width && room >= 0 {
			text := span.Text
			for text != "" && widget.Width(text) > room {
				text = text[:max(0, strings.LastIndexByte(text, ' '))]
			}
			return append(slices.Clone(row[:i]), widget.Span{Text: text + mark, Role: span.Role})
		}
		used += n
	}
	return row
}

// rowsOf are the pieces in at most so many rows.
func rowsOf(f screen.Frame, pieces [][]widget.Span, most int) [][]widget.Span {
	var rows [][]widget.Span
	used := 0
	for _, piece := range pieces {
		n := 0
		for i := range piece {
			piece[i].Text = page.Safe(f.Palette, piece[i].Text)
			n += widget.Width(piece[i].Text)
		}
		if len(rows) == 0 || used+between+n > f.Width && len(rows) < most {
			rows = append(rows, []widget.Span{{Text: " "}})
			used = 1 + n
		} else {
			piece = append([]widget.Span{{Text: strings.Repeat(" ", between)}}, piece...)
			used += between + n
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], piece...)
	}
	return rows
}

// between is how many cells stand between two pieces.
const between = 2
