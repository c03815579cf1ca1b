// Package why derives a figure: what it is, by which rule, from which sources and incidents, down to file and
// line, and what about it nobody can know.
//
// A derivation is read from top to bottom, as it would be checked by hand: the figure, the rule, who could
// have told, and then what was counted, item by item. Where the viewer may not see an incident, it is counted and not listed. Where
// what is listed does not add up to the figure, the page says so: a derivation that does not derive is a fault to
// be reported, not to be hidden.
//
// What needs a look at all incidents is made once for each picture; the items are drawn only when they are
// visible.
package why

import (
	"slices"

	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/ground"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/listing"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
)

// Screen is the derivation of one figure.
type Screen struct {
	*page.Body
	subject screen.Subject
	// what was found out for a picture, which does not depend on size or clock
	view   picture.View
	behind behind
	log    ground.LevelLog
}

// New makes the derivation of the subject's figure. Area is the index of a security level area, −1 for the country.
func New(subject screen.Subject) *Screen {
	s := &Screen{subject: subject}
	s.Body = page.NewBody(page.One, s.draw)
	return s
}

// Scope is the part of the binding table that is in force.
func (s *Screen) Scope() keys.Scope { return keys.Why }

// Title names the screen.
func (s *Screen) Title(f screen.Frame) string {
	title := f.Say(names[min(int(s.subject.Figure), len(names)-1)])
	if s.subject.Country.Known() {
		title += ", " + ground.Name(f.Hand, f.View.CountryNames(), s.subject.Country, 30)
	}
	return title
}

// names are the figures as a title has them, by screen.Figure.
var names = [...]string{
	screen.NoFigure: lang.Heading("Why nothing"), screen.FigureLevel: lang.Heading("Why the level"), screen.FigureEstimate: lang.Heading("Why the estimate"),
	screen.FigureDay: lang.Heading("Why 24 h"), screen.FigureWeek: lang.Heading("Why 7 d"), screen.FigureMonth: lang.Heading("Why 30 d"), screen.FigureTrend: lang.Heading("Why the trend"),
	screen.FigureStaff: lang.Heading("Why the staff"), screen.FigureHazards: lang.Heading("Why the hazards"), screen.FigureOutcomes: lang.Heading("Why the outcomes"),
	screen.FigureCoverage: lang.Heading("Why the coverage"), screen.FigureIncident: lang.Heading("Why the event"), screen.FigureSource: lang.Heading("Why the source"),
}

// Key does what a binding asks for.
func (s *Screen) Key(id keys.ID, f screen.Frame) screen.Ask {
	if why := s.Cannot(id, f); why != "" {
		return screen.Ask{Say: why}
	}
	if id == keys.ShowCountry {
		return screen.Ask{Go: screen.ToCountry, Subject: screen.Subject{Country: s.subject.Country, Area: -1}}
	}
	ask, _ := s.Body.Key(id, f)
	return ask
}

// Cannot says why a binding cannot be used just now.
func (s *Screen) Cannot(id keys.ID, f screen.Frame) string {
	if id == keys.ShowCountry {
		if !s.subject.Country.Known() {
			return f.Say("this figure is of no one country")
		}
		return ""
	}
	return s.Body.Cannot(id, f)
}

// Arrived takes a new picture in.
func (s *Screen) Arrived(screen.Frame) {}

// Succeeded finds the incident again in the picture that takes the place of one that was made ahead.
func (s *Screen) Succeeded(f screen.Frame) (lost bool) {
	s.Rename(listing.Renamer(f.View))
	if s.subject.Incident == 0 {
		return false
	}
	now, ok := f.View.Successor(s.subject.Incident)
	s.subject.Incident = now
	return !ok
}

// deriver writes the derivation of one figure into sections.
type deriver struct {
	screen.Frame
	width   int
	subject screen.Subject
	c       *picture.Country
	behind  *behind
	log     *ground.LevelLog
	out     []page.Section
}

func (s *Screen) draw(f screen.Frame, widths []int) ([]page.Line, []page.Column) {
	d := &deriver{Frame: f, width: widths[0], subject: s.subject, behind: &s.behind, log: &s.log}
	d.derive(s)
	return nil, []page.Column{{Width: widths[0], Sections: d.out}}
}

func (d *deriver) derive(s *Screen) {
	if d.View.IsZero() {
		d.say("why", d.Say("NO PICTURE"), theme.Text, d.Say("There is no picture yet."))
		return
	}
	switch d.subject.Figure {
	case screen.NoFigure:
		d.say("why", d.Say("NO FIGURE"), theme.Text, d.Say("No figure was selected."))
		return
	case screen.FigureIncident:
		d.incident()
		return
	case screen.FigureSource:
		d.source()
		return
	}
	c, ok := d.View.Country(d.subject.Country)
	if !ok {
		d.say("why", d.Say("NO SUCH COUNTRY"), theme.Text, d.Sayf("This picture has no row for %s.", ground.Name(d.Hand, d.View.CountryNames(), d.subject.Country, 60)))
		return
	}
	d.c = c
	if !s.view.Same(d.View) {
		s.view, s.behind = d.View, behind{}
	}
	switch d.subject.Figure {
	case screen.FigureLevel:
		d.level()
	case screen.FigureEstimate:
		d.estimate()
	case screen.FigureDay:
		d.window(d.Say("24 h"), picture.Day, c.Day)
	case screen.FigureWeek:
		d.window(d.Say("7 d"), picture.Week, c.Week)
	case screen.FigureMonth:
		d.window(d.Say("30 d"), picture.Month, c.Month)
	case screen.FigureTrend:
		d.trend()
	case screen.FigureStaff:
		d.staff()
	case screen.FigureHazards:
		d.hazards()
	case screen.FigureOutcomes:
		d.outcomes()
	case screen.FigureCoverage:
		d.coverage()
	}
}

func (d *deriver) writer(label int) *page.Writer {
	return page.NewWriter(d.Palette, d.width, d.Room(label))
}

func (d *deriver) add(key, title, note string, w *page.Writer) {
	d.out = append(d.out, page.Section{Key: key, Title: title, Note: note, Lines: w.Lines})
}

func (d *deriver) say(key, title string, role theme.Role, text string) {
	w := d.writer(0)
	w.Say(role, 0, text)
	d.add(key, title, "", w)
}

// list is a section of incidents with file and line. Those that the viewer may not see are counted in a line.
func (d *deriver) list(key, title string, ids []picture.ID) {
	g := listing.NewTraced(&d.Frame, d.width)
	shown, restricted := d.visible(ids)
	s := page.Section{Key: key, Title: title, Note: d.Number(len(ids))}
	w := d.writer(0)
	if restricted > 0 {
		w.Say(theme.Restricted, 0, d.Forms(restricted, "restricted incident counted and not listed: security lead only.", "restricted incidents counted and not listed: security lead only."))
	}
	switch {
	case len(shown) > 0:
		w.Lines = append(w.Lines, g.Head())
	case restricted == 0:
		w.Say(theme.Dim, 0, d.Say("None."))
	}
	s.Lines, s.Count = w.Lines, len(shown)
	s.Row = func(i int) page.Line { return g.Line(&d.Frame, shown[i]) }
	s.Find = func(key string) (int, bool) {
		id, ok := listing.ID(key)
		at := slices.Index(shown, id)
		return at, ok && at >= 0
	}
	d.out = append(d.out, s)
}

func (d *deriver) visible(ids []picture.ID) (shown []picture.ID, restricted int) {
	if d.View.Totals().Restricted == 0 || d.View.Role() >= picture.SecurityLead {
		return ids, 0
	}
	for _, id := range ids {
		if r, ok := d.View.Row(id); ok && r.Restricted {
			restricted++
			continue
		}
		shown = append(shown, id)
	}
	return shown, restricted
}

// ids are references of an estimate as the picture names incidents.
func ids(references []uint32) []picture.ID {
	list := make([]picture.ID, len(references))
	for i, r := range references {
		list[i] = picture.ID(r)
	}
	return list
}
