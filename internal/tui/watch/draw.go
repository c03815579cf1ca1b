package watch

import (
	"slices"
	"strings"

	"vigil/internal/figure"
	"vigil/internal/theme"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
	"vigil/internal/wall"
)

// drawing is one drawing of the wall.
type drawing struct {
	f     screen.Frame
	m     *wall.Model
	at    int // the country that stands; -1 if there is none
	hold  bool
	asked bool // for certain countries alone
	still bool // as [Options.Still]
	lines []string
	under int          // the line below the large figures; 0 if there is none
	shown map[int]bool // the figures that have room, by their keep
}

// Lines draws the screen in exactly f.Height lines.
func (s *Screen) Lines(f screen.Frame) []string {
	if f.View.IsZero() {
		return widget.Height([]string{widget.Line(f.Palette, f.Width, widget.Span{Text: " " + f.Say("There is no picture yet."), Role: theme.Dim})}, f.Width, f.Height)
	}
	m := s.take(f)
	d := &drawing{f: f, m: m, at: s.index(), hold: s.hold, asked: len(s.o.Only) > 0, still: s.o.Still, shown: map[int]bool{}}
	d.banner()
	d.country()
	d.parts()
	d.unfold()
	return widget.Height(d.lines, f.Width, f.Height)
}

func (d *drawing) add(spans ...widget.Span) {
	d.lines = append(d.lines, widget.Line(d.f.Palette, d.f.Width, spans...))
}

func (d *drawing) safe(s string) string { return page.Safe(d.f.Palette, s) }

// ours is a heading of vigil's own, in what the terminal has.
func (d *drawing) ours(s string) string {
	if d.f.Palette.ASCII {
		return d.safe(s)
	}
	return s
}

// calm says that no critical alarm waits, or that nobody can say so.
func (d *drawing) calm() (string, theme.Role) {
	switch {
	case d.m.Trouble:
		return d.f.Say("DESK TROUBLE, alarms may be missing: no critical one is known of."), theme.Error
	case !d.f.View.Desk().Reading.IsZero():
		return d.f.Say("Being read: no critical alarm is known of yet."), theme.Warning
	case len(d.m.Beats) == 0: // that is not calm
		return d.f.Say("NO SOURCES: nothing is watched. Exports and logs go into feeds/."), theme.Error
	case d.still && d.m.Privacy == wall.Public:
		return d.f.Say("No critical alarm that a wall may show; alarms ring while vigil runs."), theme.Dim
	case d.still:
		return d.f.Say("No critical alarm waits; alarms ring while vigil runs on the desk."), theme.Dim
	case d.m.Privacy == wall.Public: // there may be others
		return d.f.Say("No critical alarm that a wall may show."), theme.Dim
	}
	return d.f.Say("No critical alarm waits for anybody."), theme.Dim
}

// country is the country that stands, in large figures.
func (d *drawing) country() {
	if d.at < 0 {
		why := d.f.Say("No country: name the home countries in vigil.toml.")
		if d.m.Unread && !d.asked {
			why = "" // there may be some in what is not read yet
		}
		if d.asked {
			why = d.f.Say("No country of these is known: it is no home country, and has neither staff, levels nor incidents.")
		}
		for _, line := range widget.Wrap(d.safe(why), max(1, d.f.Width-2)) {
			if line == "" {
				continue
			}
			d.add(widget.Span{Text: " " + line, Role: theme.Warning})
		}
		if list := d.unseen(); len(list) > 0 { // as large as risk would be
			if !d.tight() {
				list = append(list, d.utc())
			}
			d.show(list)
		}
		return
	}
	c := &d.m.Countries[d.at]
	title := " " + strings.ToUpper(c.Name)
	if local, ok := d.f.Local(d.m.At, c.Code); ok {
		title += "  " + local
	}
	right := d.f.Sayf("%d of %d", d.at+1, len(d.m.Countries))
	if d.hold {
		right = d.f.SayAs("watch", "HELD") + "  " + right
	}
	d.lines = append(d.lines, widget.Rule(d.f.Palette, d.f.Width, widget.Span{Text: d.safe(title), Role: theme.Title}, widget.Span{Text: right, Role: theme.Dim}))
	d.show(d.figures(c))
	if pieces := d.pieces(c, 1); len(pieces) > 0 {
		d.under = len(d.lines)
		d.lines = append(d.lines, d.folded(pieces, 1)[0])
	}
}

// unfold gives the line below the large figures the lines that nothing else has.
func (d *drawing) unfold() {
	room := d.f.Height - len(d.lines)
	if d.under == 0 || room <= 0 {
		return
	}
	lines := d.folded(d.pieces(&d.m.Countries[d.at], 1+room), 1+room)
	d.lines = slices.Replace(d.lines, d.under, d.under+1, lines...)
}

// folded are pieces in at most so many lines. What has no room is left out as a whole, for half of a figure is another figure.
func (d *drawing) folded(pieces []string, most int) (lines []string) {
	words := make([]widget.Span, len(pieces), len(pieces)+1)
	for i, piece := range pieces {
		words[i] = widget.Span{Text: piece}
	}
	all := d.wrapped(words, ", ")
	for n := len(words) - 1; n > 0 && len(all) > most; n-- {
		all = d.wrapped(append(words[:n], widget.Span{Text: d.f.Palette.Glyph(theme.Ellipsis)}), ", ")
	}
	for _, line := range all[:min(most, len(all))] {
		lines = append(lines, widget.Line(d.f.Palette, d.f.Width, append([]widget.Span{{Text: " "}}, line...)...))
	}
	return lines
}

// pieces are what stands below the large figures in so many lines at most, and has no room among them.
func (d *drawing) pieces(c *wall.Country, most int) []string {
	f := &d.f
	var parts []string
	switch {
	case d.shown[keepStaff]:
	case c.StaffAge != "" && c.Staff != figure.Unknown:
		parts = append(parts, f.Sayf("staff %s (%s old)", c.Staff, c.StaffAge))
	default:
		parts = append(parts, f.Sayf("staff %s", c.Staff))
	}
	if c.Expired {
		parts = append(parts, f.Say("LEVEL EXPIRED"))
	}
	if c.Driver != "" {
		driver := c.Driver
		const whole = 100 // cells from which on it has room in words, which need no legend
		if f.Width >= whole && c.DrivenBy != "" {
			driver = c.DrivenBy
		}
		parts = append(parts, f.Sayf("driven by %s", driver))
	}
	var last []string
	if !d.shown[keepMonth] {
		last = append(last, f.Sayf("30 d %s", c.Month))
	}
	if !d.shown[keepOwn] {
		last = append(last, f.Sayf("× own normal %s", c.Own))
	}
	if c.Cannot == "" || c.Cannot == figure.Nothing {
		return append(parts, last...)
	}
	cannot := f.Sayf("CANNOT SEE %s", c.Cannot)
	all := slices.Concat(parts, last, []string{cannot})
	// What nobody sees matters more than figures most of which the list below has, too. It stands at the end: it is a list itself.
	short := slices.Concat(parts, []string{d.f.Palette.Glyph(theme.Ellipsis), cannot})
	if most == 1 && len(last) > 0 && !d.lineHolds(all) && d.lineHolds(short) {
		return short
	}
	return all
}

// lineHolds reports whether a line has room for pieces.
func (d *drawing) lineHolds(pieces []string) bool {
	return widget.Width(d.safe(strings.Join(pieces, ", "))) < d.f.Width
}

// Linear is the screen as plain lines: all countries at once.
func (s *Screen) Linear(f screen.Frame) []string {
	f.Width = page.LinearWidth
	if f.View.IsZero() {
		return []string{f.Say("There is no picture yet.")}
	}
	m := s.take(f)
	d := &drawing{f: f, m: m, at: -1}
	return d.twin()
}
