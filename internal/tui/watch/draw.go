package watch

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"vigil/internal/figure"
	"vigil/internal/health"
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
}

// Lines draws the screen in exactly f.Height lines.
func (s *Screen) Lines(f screen.Frame) []string {
	if f.View.IsZero() {
		return widget.Height([]string{widget.Line(f.Palette, f.Width, widget.Span{Text: " " + f.Say("There is no picture yet."), Role: theme.Dim})}, f.Width, f.Height)
	}
	m := s.take(f)
	d := &drawing{f: f, m: m, at: s.index(), hold: s.hold, asked: len(s.o.Only) > 0, still: s.o.Still}
	d.banner()
	d.country()
	d.parts()
	return widget.Height(d.lines, f.Width, f.Height)
}

func (d *drawing) add(spans ...widget.Span) {
	d.lines = append(d.lines, widget.Line(d.f.Palette, d.f.Width, spans...))
}

func (d *drawing) safe(s string) string { return page.Safe(d.f.Palette, s) }

// calm says that no critical alarm waits, or that nobody can say so.
func (d *drawing) calm() (string, theme.Role) {
	switch {
	case d.m.Trouble:
		return d.f.Say("DESK TROUBLE, alarms may be missing: no critical one is known of."), theme.Error
	case d.still:
		return d.f.Say("No critical alarm waits; alarms ring while vigil runs on the desk."), theme.Dim
	}
	return d.f.Say("No critical alarm waits for anybody."), theme.Dim
}

// banner is the newest critical alarm that nobody has.
func (d *drawing) banner() {
	a := d.m.Critical()
	if a == nil {
		text, role := d.calm()
		d.add(widget.Span{Text: widget.Fit(d.safe(" "+text), d.f.Width, d.f.Palette.Glyph(theme.Ellipsis)), Role: role})
		return
	}
	text := d.f.Sayf("!CRITICAL %s %s %s  %s", a.Called, a.Standing, age(a, d), a.Words)
	if a.Told != "" {
		text = d.f.Sayf("!CRITICAL %s %s %s  told %s  %s", a.Called, a.Standing, age(a, d), a.Told, a.Words)
	}
	role := theme.Alarm
	if !a.Rings { // somebody has it, and not everybody knows
		role = theme.Warning
	}
	d.add(widget.Span{Text: widget.Fit(d.safe(text), d.f.Width, d.f.Palette.Glyph(theme.Ellipsis)), Role: role})
}

func age(a *wall.Alarm, d *drawing) string {
	text, _ := d.f.Age(a.Came, d.m.At, 0)
	return text
}

// large is one large figure.
type large struct {
	label, text string
	role        theme.Role
	keep        int    // what has no room goes by this, the highest first
	plain       string // text in English; empty where it is no word
}

// figures are the large figures of a country, in the order in which they stand.
func (d *drawing) figures(c *wall.Country) []large {
	f := &d.f
	list := []large{{label: f.Say("OFFICIAL LEVEL"), text: c.Level, role: theme.LevelRole(c.LevelMax), keep: 1}}
	if c.Blind {
		label := f.Say("NOBODY SEES IT")
		if c.BlindFor != "" {
			label += " " + c.BlindFor
		}
		list = append(list, large{label: label, text: f.Say("BLIND"), role: theme.Blind, plain: "BLIND"})
	}
	if b, n, ok := d.m.Worst(); ok && !b.Sees && !b.Unread {
		number := strconv.Itoa(n) + " "
		list = append(list, large{label: f.Say("SOURCES, THE WORST"), text: number + f.State(b.State), role: roles[b.State], keep: 2, plain: number + figure.Plain.State(b.State)})
	}
	list = append(
		list, large{label: f.Say("ESTIMATE"), text: c.Estimate, role: theme.RiskRole(c.Band), keep: 3, plain: c.EstimatePlain},
		large{label: f.Say("24 H"), text: c.Day, keep: 4}, large{label: f.Say("7 D"), text: c.Week, keep: 5}, large{label: f.Say("30 D"), text: c.Month, keep: 6},
		large{label: f.Say("UTC"), text: d.m.At.UTC().Format("15:04"), role: theme.Dim, keep: 7},
	)
	return list
}

var roles = map[health.State]theme.Role{health.Live: theme.Live, health.Quiet: theme.Quiet, health.Stale: theme.Stale, health.Failed: theme.Failed, health.Never: theme.Never}

// The sizes from which on figures are large, and larger.
const (
	largeHeight, largeWidth   = 16, 60
	largerHeight, largerWidth = 38, 120
	between                   = 3 // cells between two large figures, and twice that between larger ones: they would read as one from afar
)

// country is the country that stands, in large figures.
func (d *drawing) country() {
	if d.at < 0 {
		why := d.f.Say("No country: name the home countries in vigil.toml.")
		if d.asked {
			why = d.f.Say("No country of these is known: it is no home country, and has neither staff, levels nor incidents.")
		}
		for _, line := range widget.Wrap(d.safe(why), max(1, d.f.Width-2)) {
			d.add(widget.Span{Text: " " + line, Role: theme.Warning})
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
	scale := 0
	switch {
	case d.f.Height >= largerHeight && d.f.Width >= largerWidth:
		scale = 2
	case d.f.Height >= largeHeight && d.f.Width >= largeWidth:
		scale = 1
	}
	list := d.figures(c)
	if scale == 0 {
		d.small(list)
	} else {
		rest := d.large(list, scale)
		if scale > 1 && len(rest) > 0 {
			d.large(rest, 1)
		}
	}
	d.add(widget.Span{Text: widget.Fit(d.safe(" "+d.under(c)), d.f.Width, d.f.Palette.Glyph(theme.Ellipsis))})
}

// small are the figures as text, where there is no room for large ones.
func (d *drawing) small(list []large) {
	var words []string
	for i := range list {
		words = append(words, list[i].label+" "+list[i].text)
	}
	for _, line := range widget.Wrap(d.safe(strings.Join(words, "   ")), max(1, d.f.Width-1)) {
		d.add(widget.Span{Text: " " + line, Role: theme.Accent})
	}
}

// large are the figures in large letters, as many as have room, the most needed kept longest; rest are those that have none.
func (d *drawing) large(list []large, scale int) (rest []large) {
	for i := range list { // a script without large letters has the word beside what it is of, and large in English
		if l := &list[i]; l.plain != "" && !widget.HasBig(l.text) {
			l.label, l.text = l.label+" "+l.text, l.plain
		}
	}
	width := func(l *large) int { return max(widget.BigWidth(l.text, scale), widget.Width(l.label)) }
	room, space := d.f.Width-2, between*scale
	for {
		sum, last := 0, -1
		for i := range list {
			sum += width(&list[i]) + space
			if last < 0 || list[i].keep > list[last].keep {
				last = i
			}
		}
		if sum-space <= room || len(list) < 2 {
			break
		}
		rest = append(rest, list[last])
		list = append(list[:last:last], list[last+1:]...)
	}
	slices.SortFunc(rest, func(a, b large) int { return cmp.Compare(a.keep, b.keep) })
	fill := "█"
	if d.f.Palette.ASCII {
		fill = "#"
	}
	labels := []widget.Span{{Text: " "}}
	rows := make([][]widget.Span, widget.BigRows*scale)
	for i := range rows {
		rows[i] = []widget.Span{{Text: " "}}
	}
	gap := strings.Repeat(" ", space)
	for i := range list {
		l := &list[i]
		w := width(l)
		if i == len(list)-1 {
			gap = ""
		}
		labels = append(labels, widget.Span{Text: widget.Fit(l.label, w, "") + gap, Role: theme.Label})
		for r, line := range widget.Big(l.text, scale, fill) {
			rows[r] = append(rows[r], widget.Span{Text: widget.Fit(line, w, "") + gap, Role: plain(l.role)})
		}
	}
	d.add(labels...)
	for _, r := range rows {
		d.add(r...)
	}
	return rest
}

// plain is the role of large letters: they are blocks already, which a reversed role would fill up.
func plain(r theme.Role) theme.Role {
	if r == theme.Blind || r == theme.Alarm {
		return theme.Error
	}
	return r
}

// under is what stands below the large figures.
func (d *drawing) under(c *wall.Country) string {
	f := &d.f
	parts := []string{f.Sayf("staff %s", c.Staff)}
	if c.StaffAge != "" && c.Staff != figure.Unknown {
		parts[0] = f.Sayf("staff %s (%s old)", c.Staff, c.StaffAge)
	}
	if c.Expired {
		parts = append(parts, f.Say("LEVEL EXPIRED"))
	}
	if c.Driver != "" {
		parts = append(parts, f.Sayf("driven by %s", c.Driver))
	}
	parts = append(parts, f.Sayf("30 d %s", c.Month), f.Sayf("× own normal %s", c.Own))
	if c.Cannot != "" && c.Cannot != figure.Nothing {
		parts = append(parts, f.Sayf("CANNOT SEE %s", c.Cannot))
	}
	return strings.Join(parts, ", ")
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
