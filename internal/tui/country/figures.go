package country

import (
	"fmt"
	"strings"
	"time"

	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/lang"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/aloud"
	"vigil/internal/tui/ground"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// pen draws the panes of one country.
type pen struct {
	screen.Frame
	width  int
	few    bool // the panes share one column
	c      *picture.Country
	lately *lately
	waits  bool // what takes a look at everything waits until the keys rest
	// changes are those of its official levels, newest first
	changes []level.Change
}

func (p *pen) writer(label int) *page.Writer {
	return page.NewWriter(p.Palette, p.width, p.Room(label))
}

// why is what the derivation of one of the country's figures is asked for with.
func (p *pen) why(fig screen.Figure) screen.Subject {
	return screen.Subject{Country: p.c.Code, Figure: fig, Area: -1}
}

func (p *pen) dot() string { return " " + p.Dot + " " }

// figures is the row of the board, a figure a line, each with what it means.
func (p *pen) figures() page.Section {
	w := p.writer(14)
	c := p.c
	p.figure(w, levelName, p.Say(lang.Heading("Official level")), p.Level(c), levelRole(c), p.levelMeaning(), screen.FigureLevel)
	estimate := p.Say("unknown: nothing here is covered well enough")
	if c.Estimate.Known {
		estimate = ground.Estimate(p.Hand, &c.Estimate.Worst) + ", " + p.Threat(c.Estimate.Worst.Threat)
	}
	p.figure(w, estimateName, p.Say(lang.Heading("EST, vigil's")), p.Estimate(c.Estimate), theme.RiskRole(figure.Band(c.Estimate)), estimate, screen.FigureEstimate)
	for _, win := range []struct {
		key, name string
		w         picture.Window
		fig       screen.Figure
	}{
		{"Incidents 24 h", p.Say(lang.Heading("Incidents 24 h")), c.Day, screen.FigureDay},
		{"7 d", p.Say(lang.Heading("7 d")), c.Week, screen.FigureWeek},
		{"30 d", p.Say(lang.Heading("30 d")), c.Month, screen.FigureMonth},
	} {
		p.figure(w, win.key, win.name, p.Window(win.w), theme.Accent, p.windowMeaning(win.w), win.fig)
	}
	trend := p.Sayf("%s in the last 30 whole days, %s in the 360 before", p.Number(c.Trend.Recent), p.Number(c.Trend.Before))
	if c.Trend.Old {
		trend = p.Sayf("%s in the 30 days to %s, the last that are whole, %s in the 360 before", p.Number(c.Trend.Recent), c.Trend.Until.Format(time.DateOnly), p.Number(c.Trend.Before))
	}
	if !c.Trend.Known {
		trend = p.Say("unknown: less than 390 days are whole, or nothing happened before")
	}
	p.figure(w, "own normal", p.Sayf(lang.Heading("%s own normal"), p.Times), p.Own(c.Trend), theme.Accent, trend, screen.FigureTrend)
	p.figure(w, "Staff", p.Say(lang.Heading("Staff")), p.Total(c), theme.Accent, p.staffMeaning(), screen.FigureStaff)
	hazards, outcomes := p.Say("active now, counted apart"), p.Say("staff, in 30 d")
	if !c.Hazards.Known {
		hazards += p.Say("; no source that can be relied on looks")
	}
	if !c.Outcomes.Known {
		outcomes += p.Say("; the window is not whole, there may be more")
	}
	p.figure(w, "Hazards", p.Say(lang.Heading("Hazards")), p.Hazards(&c.Hazards), theme.Hazard, hazards, screen.FigureHazards)
	p.figure(w, "Harmed", p.Say(lang.Heading("Harmed")), p.Harmed(&c.Outcomes), theme.Accent, outcomes, screen.FigureOutcomes)
	cannot := p.Cannot(c, p.Now)
	p.figure(w, "Cannot see", p.Say(lang.Heading("Cannot see")), cannot, coverRole(cannot), p.coverageWords(), screen.FigureCoverage)
	return page.Section{Key: "figures", Title: p.Say("FIGURES"), Note: p.Sayf(lang.Heading("as of %s"), p.Time(p.View.Valid())), Lines: w.Lines}
}

// The keys of figures that plain lines say otherwise.
const (
	levelName    = "Official level"
	estimateName = "EST, vigil's"
)

// coverageWords is the state of the coverage, with what it does not say of the past.
func (p *pen) coverageWords() string {
	c := p.c
	s := p.Sayf("coverage: %s", p.Words(c.Coverage.State.String()))
	if c.Coverage.State == health.Covered && c.TooLate == 0 && !c.Month.Known {
		s = p.Sayf("coverage: %s now; no source can answer for all of the time before", p.Words(c.Coverage.State.String()))
	}
	return s
}

func coverRole(cannot string) theme.Role {
	if cannot == figure.Nothing {
		return theme.Live
	}
	return theme.Partial
}

// narrowest is the room in which a meaning still reads well beside its figure.
const narrowest = 20

// figure is a name, with its key, the figure itself, and its meaning under it where there is no room beside.
func (p *pen) figure(w *page.Writer, key, name, value string, role theme.Role, meaning string, fig screen.Figure) {
	const cells = 9
	value = page.Safe(p.Palette, value)
	lead := []widget.Span{
		{Text: widget.Fit(page.Safe(p.Palette, name), w.Label, p.Palette.Glyph(theme.Ellipsis)) + " ", Role: theme.Label},
		{Text: value, Role: role},
	}
	pad := strings.Repeat(" ", max(2, cells+2-widget.Width(value)))
	room := p.width - 2 - w.Label - widget.Width(value) - len(pad)
	indent := strings.Repeat(" ", w.Label+1+max(cells, widget.Width(value))+2)
	beside := room >= narrowest
	if !beside {
		indent = "   "
		room = p.width - 2 - len(indent)
	}
	parts := widget.Wrap(page.Safe(p.Palette, meaning), max(1, room))
	if beside {
		lead = append(lead, widget.Span{Text: pad + parts[0], Role: theme.Dim})
		parts = parts[1:]
	}
	l := w.Add(lead...)
	l.Key, l.Why = key, p.why(fig)
	l.Said = aloud.Row(p.said(key, name, value), aloud.Line(p.Language, page.Safe(p.Palette, meaning)))
	if p.Linear {
		return
	}
	for _, part := range parts {
		w.Add(widget.Span{Text: indent + part, Role: theme.Dim})
		rest := &w.Lines[len(w.Lines)-1]
		rest.Why = p.why(fig)
	}
}

// said is a figure with its name, for plain lines.
func (p *pen) said(key, name, value string) string {
	switch key {
	case levelName:
		return fmt.Sprintf(p.SayAs("aloud", "official %s"), aloud.Cell(p.Language, "LEVEL", value))
	case estimateName:
		return fmt.Sprintf(p.SayAs("aloud", "vigil's %s"), aloud.Cell(p.Language, "EST", value))
	}
	return aloud.Field(p.Language, aloud.Text(p.Language, name), value)
}

func (p *pen) levelMeaning() string {
	l := p.c.Levels
	if l == nil {
		return p.Say("no level file says anything of this country")
	}
	s := p.Plural(len(l.Areas), "area") + ", " + l.Scheme.String()
	if !l.Authority.IsZero() {
		s += " " + p.Sayf("by %s", l.Authority.String())
	}
	if p.c.Level.Expired > 0 {
		s = p.Sayf("%s EXPIRED of %s", p.Number(p.c.Level.Expired), s)
	}
	return s
}

func (p *pen) windowMeaning(w picture.Window) string {
	switch {
	case !p.View.Live():
		return p.Say("recorded, whole or not")
	case w.Known && w.Maybe > 0:
		return p.Sayf("%s more may belong: their times are not exact", p.Number(w.Maybe))
	case w.Known:
		return p.SayAs("window", "whole")
	case w.Sure+w.Maybe == 0:
		return p.Say("nothing seen, and nobody could have said so")
	default:
		return p.Say("not whole: seen so far, more may have happened")
	}
}

func (p *pen) staffMeaning() string {
	if !p.c.HasStaff {
		return p.Say("no file says who is here: unknown, not nobody")
	}
	t := &p.c.Staff
	age, old := p.StaffAge(p.c, p.Now)
	age = strings.TrimSuffix(age, "!")
	switch {
	case t.AsOf.IsZero():
		age = p.Say("of no known time")
	case old:
		age = p.Sayf("%s old, which is too old", age)
	default:
		age = p.Sayf("%s old", age)
	}
	parts := []string{p.Tally(t.National, "national"), p.Tally(t.International, "international")}
	if t.RecruitmentUnknown > 0 {
		parts = append(parts, p.Sayf("%s recruitment unknown", p.Number(t.RecruitmentUnknown)))
	}
	female, male := p.Sayf("%s f", p.Number(t.Female)), p.Sayf("%s m", p.Number(t.Male))
	if p.Linear {
		female, male = aloud.Cell(p.Language, "F", p.Number(t.Female)), aloud.Cell(p.Language, "M", p.Number(t.Male))
	}
	parts = append(parts, female, male)
	if t.SexUnknown > 0 {
		parts = append(parts, p.Sayf("%s sex unknown", p.Number(t.SexUnknown)))
	}
	return strings.Join(parts, ", ") + p.Say("; ") + age
}

// history is the changes of official levels that this desk has seen.
func (p *pen) history() page.Section {
	w := p.writer(0)
	p.levelSteps(w)
	for _, ch := range p.changes {
		age, _ := p.Age(ch.Seen, p.Now, 0)
		role := theme.Text
		if ch.To > ch.From {
			role = theme.Warning
		}
		w.Add(
			widget.Span{Text: p.Time(ch.Seen) + widget.PadLeft(age, 6, "") + "  ", Role: theme.Dim},
			widget.Span{Text: widget.Fit(p.LevelChange(&ch), 9, "") + " ", Role: role},
			widget.Span{Text: page.Safe(p.Palette, ch.Area.String())},
		)
	}
	if len(p.changes) == 0 {
		w.Say(theme.Dim, 0, p.Say("This desk has not seen a level of this country change."))
	}
	return page.Section{Key: "history", Title: p.Say("LEVEL HISTORY"), Note: p.Say("when this desk saw it"), Lines: w.Lines}
}
