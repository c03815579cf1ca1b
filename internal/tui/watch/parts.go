package watch

import (
	"fmt"
	"strings"

	"vigil/internal/figure"
	"vigil/internal/lang"
	"vigil/internal/theme"
	"vigil/internal/tui/aloud"
	"vigil/internal/tui/page"
	"vigil/internal/tui/widget"
	"vigil/internal/wall"
)

// alarms are the open alarms.
func (d *drawing) alarms() part {
	p := part{title: d.f.Say("ALARMS"), least: 2}
	for i := range d.m.Listed {
		a := &d.m.Listed[i]
		role, mark := theme.Dim, ""
		if a.Rings {
			role, mark = figure.SeverityOf(a.Severity), d.f.Palette.Glyph(theme.Attention)
		}
		told := ""
		if a.Told != "" {
			told = d.f.Sayf("told %s", a.Told)
		}
		cells := []widget.Cell{
			{Text: a.Called, Role: role},
			{Text: d.f.SeverityWord(a.Severity), Role: role},
			{Text: a.Standing, Role: role},
			{Text: age(a, d)},
			{Text: told},
			{Text: a.Words},
		}
		if !d.called() {
			cells = cells[1:]
		}
		p.lines = append(p.lines, d.alarmTable().Row(mark, cells...))
	}
	waiting := 0
	for i := range d.m.Alarms {
		if d.m.Alarms[i].Rings {
			waiting++
		}
	}
	p.note = d.f.Sayf(lang.Heading("%s, %s"), d.f.TallyAs("alarms", waiting, lang.Heading("not acked")), d.f.TallyAs("alarms", len(d.m.Alarms), lang.Heading("open")))
	if d.m.Flood {
		p.note = d.f.Say("FLOOD") + "  " + p.note
	}
	if len(p.lines) == 0 {
		none := d.f.Say("No alarm is open.")
		if d.m.Privacy == wall.Public {
			none = d.f.Say("No alarm is open that a wall may show.")
		}
		if !d.f.View.Desk().Reading.IsZero() {
			none, _ = d.calm()
		}
		p.lines = []page.Line{d.say(theme.Dim, none)}
	}
	return p
}

func (d *drawing) alarmTable() *page.Table {
	columns := []widget.Column{
		{Width: 4}, {Width: 4}, {Width: d.f.Room(12)}, {Width: 5, Right: true}, {Width: d.f.Room(9), Drop: 1}, {Width: 20, Grow: 1, Words: true},
	}
	if !d.called() {
		columns = columns[1:]
	}
	return page.NewTable(d.f.Palette, d.f.Width, columns...)
}

// called reports whether an alarm has a number, or a line how many it is of: in public no alarm has one.
func (d *drawing) called() bool { return d.m.Privacy == wall.Desk || d.m.Flood }

func (d *drawing) say(role theme.Role, text string) page.Line {
	return page.Line{Spans: []widget.Span{{Text: d.safe(text), Role: role}}}
}

// countries are all countries, a line each.
func (d *drawing) countries() part {
	t := page.NewTable(
		d.f.Palette, d.f.Width,
		widget.Column{Title: d.f.Say("COUNTRY"), Width: 12, Grow: 1}, widget.Column{Title: d.f.Say("LEVEL"), Width: 7}, widget.Column{Title: d.f.Say("EST"), Width: 6},
		widget.Column{Title: d.f.Say("24H"), Width: 5, Right: true}, widget.Column{Title: d.f.Say("7D"), Width: 5, Right: true, Drop: 3}, widget.Column{Title: d.f.Say("30D"), Width: 5, Right: true, Drop: 2},
		widget.Column{Title: d.f.SayAs("column", "STAFF"), Width: 6, Right: true, Drop: 4}, widget.Column{Title: d.f.Say("AGE"), Width: 4, Right: true, Drop: 4},
		widget.Column{Title: d.f.Say("CANNOT SEE"), Width: 10, Grow: 1, Drop: 1},
	)
	if len(d.m.Countries) == 0 && !d.asked { // that there is none is said above
		return part{}
	}
	p := part{title: d.f.Say("COUNTRIES"), lines: []page.Line{t.Head()}, head: 1, least: 4, from: max(0, d.at)}
	for i := range d.m.Countries {
		c := &d.m.Countries[i]
		level := c.Level
		if c.Driver != "" {
			level += " " + c.Driver
		}
		if c.Expired {
			level += "!"
		}
		cannot, role := c.Cannot, theme.Text
		if c.Blind {
			cannot, role = d.f.Sayf("BLIND %s", c.Cannot), theme.Blind
		}
		mark := ""
		if i == d.at {
			mark = d.f.Palette.Glyph(theme.Pointer)
		}
		l := t.Row(
			mark, widget.Cell{Text: d.name(c, t.Cells(0))}, widget.Cell{Text: level, Role: theme.LevelRole(c.LevelMax)}, widget.Cell{Text: c.Estimate, Role: theme.RiskRole(c.Band)},
			widget.Cell{Text: c.Day}, widget.Cell{Text: c.Week}, widget.Cell{Text: c.Month}, widget.Cell{Text: c.Staff}, widget.Cell{Text: c.StaffAge}, widget.Cell{Text: cannot, Role: role},
		)
		p.lines = append(p.lines, l)
	}
	if d.m.Blind > 0 {
		p.note = d.f.Tally(d.m.Blind, "BLIND")
	}
	if d.m.Partial > 0 {
		p.note = strings.TrimSpace(p.note + " " + d.f.Tally(d.m.Partial, lang.Heading("partial")))
	}
	if d.m.Privacy == wall.Public { // always, so that it tells nothing
		p.note = strings.TrimSpace(p.note + "  " + d.f.Say("without restricted matters"))
	}
	return p
}

// name is the name of a country for so many cells. It is never cut, for its beginning may be another country: without room its code stands.
func (d *drawing) name(c *wall.Country, cells int) string {
	name := d.f.CountryName(d.f.View.CountryNames(), c.Code, cells)
	if widget.Width(name) > cells {
		return c.Code.Alpha3()
	}
	return name
}

// sources are the heartbeats, each in the colour of its own state.
func (d *drawing) sources() part {
	p := part{title: d.f.Say("SOURCES"), least: 1}
	words := make([]widget.Span, 0, len(d.m.Beats))
	for i := range d.m.Beats {
		b, role := &d.m.Beats[i], theme.Text
		if !b.Sees {
			role = roles[b.State]
		}
		words = append(words, widget.Span{Text: strings.TrimSpace(b.Name + " " + b.Word + " " + b.Age), Role: role})
	}
	p.count = fmt.Sprint(len(d.m.Beats))
	if d.m.Unrecorded != "" {
		p.note = strings.ToUpper(d.m.Unrecorded) + "  " + p.note
	}
	if len(words) == 0 {
		words = []widget.Span{{Text: d.f.Say("NO SOURCES: nothing is watched. Exports and logs go into feeds/.")}}
	}
	for _, spans := range d.wrapped(words, d.bullet()) {
		p.lines = append(p.lines, page.Line{Spans: spans})
		p.holds = append(p.holds, (len(spans)+1)/2) // with what is between
	}
	if total(p.holds) != len(words) { // a name goes on in the next line
		p.holds = nil
	}
	p.from = max(0, d.at) % max(1, len(p.lines)) // with each country that comes up the next ones
	return p
}

// bullet is a mark between pieces.
func (d *drawing) bullet() string { return " " + d.f.Palette.Glyph(theme.Bullet) + " " }

// wrapped are pieces side by side, with something between them that stands where no line ends or begins. A piece goes on in another line only
// where none has room for it.
func (d *drawing) wrapped(pieces []widget.Span, between string) (lines [][]widget.Span) {
	room, has := max(1, d.f.Width-1), 0
	for _, piece := range pieces {
		text := d.safe(piece.Text)
		if n, more := len(lines), widget.Width(between+text); n > 0 && has+more <= room {
			lines[n-1] = append(lines[n-1], widget.Span{Text: between}, widget.Span{Text: text, Role: piece.Role})
			has += more
			continue
		}
		for _, line := range widget.Wrap(text, room) {
			lines = append(lines, []widget.Span{{Text: line, Role: piece.Role}})
			has = widget.Width(line)
		}
	}
	return lines
}

// lately is what changed within the hour.
func (d *drawing) lately() part {
	p := part{title: d.f.Say("CHANGED WITHIN 1 H"), count: d.f.Number(len(d.m.Changes)), note: d.f.Say("incidents of 48 h"), least: 1}
	for i := range d.m.Changes {
		c := &d.m.Changes[i]
		age, _ := d.f.Age(c.At, d.m.At, 0)
		mark := ""
		if c.Worse {
			mark = d.f.Palette.Glyph(theme.Attention)
		}
		ellipsis := d.f.Palette.Glyph(theme.Ellipsis)
		l := page.Line{Mark: mark, Spans: []widget.Span{{Text: widget.FitWords(widget.PadLeft(age, 4, "")+"  "+d.safe(c.Words), max(1, d.f.Width-1), ellipsis)}}}
		p.lines = append(p.lines, l)
	}
	if len(p.lines) == 0 {
		p.lines = []page.Line{d.say(theme.Dim, d.f.Say("Nothing that this desk knows of."))}
	}
	return p
}

// twin is the wall as plain lines.
func (d *drawing) twin() []string {
	var out []string
	if a := d.m.Critical(); a != nil {
		told := ""
		if a.Told != "" {
			told = aloud.Line(d.f.Language, d.f.Sayf("told %s", a.Told))
		}
		out = append(out, d.f.Say("CRITICAL")+" "+aloud.Row(a.Called, aloud.Line(d.f.Language, a.Standing), aloud.Cell(d.f.Language, "AGE", age(a, d)), told, aloud.Line(d.f.Language, a.Words)))
		out = append(out, d.who(a)...)
	} else {
		text, _ := d.calm()
		out = append(out, text)
	}
	for i := range d.m.Countries {
		c := &d.m.Countries[i]
		words := []string{strings.ToUpper(c.Name), d.f.Sayf("official %s", aloud.Cell(d.f.Language, "LEVEL", strings.TrimSpace(c.Level+" "+c.Driver))), aloud.Cell(d.f.Language, "EST", c.Estimate), aloud.Cell(d.f.Language, "24H", c.Day), aloud.Cell(d.f.Language, "7D", c.Week)}
		if c.Blind {
			words = append(words, aloud.Line(d.f.Language, strings.TrimSpace(d.f.Say("BLIND")+" "+c.BlindFor)))
		}
		out = append(out, aloud.Row(append(words, d.spokenUnder(c)...)...))
	}
	if d.m.Privacy == wall.Public {
		out = append(out, d.f.Say("without restricted matters"))
	}
	for _, p := range []part{d.alarms(), d.sources(), d.lately()} {
		out = append(out, "")
		out = append(out, page.Linear(d.f.Language, page.Section{Title: p.title, Note: strings.TrimSpace(p.count + "  " + p.note), Lines: p.lines})...)
	}
	return out
}

// spokenUnder is what stands below the large figures, in words.
func (d *drawing) spokenUnder(c *wall.Country) []string {
	words := []string{d.f.Sayf("staff %s", aloud.Cell(d.f.Language, "", c.Staff))}
	if c.StaffAge != "" && c.Staff != figure.Unknown {
		words = append(words, aloud.Cell(d.f.Language, "STAFF AGE", c.StaffAge))
	}
	if c.Expired {
		words = append(words, d.f.Say("LEVEL EXPIRED"))
	}
	words = append(words, aloud.Cell(d.f.Language, "30D", c.Month), aloud.Cell(d.f.Language, "×OWN", c.Own))
	if c.Cannot != "" && c.Cannot != figure.Nothing {
		words = append(words, d.f.Sayf("CANNOT SEE %s", aloud.Line(d.f.Language, c.Cannot)))
	}
	return words
}
