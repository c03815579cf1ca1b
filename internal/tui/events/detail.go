package events

import (
	"strings"

	"vigil/internal/action"
	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/ground"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/listing"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/telling"
	"vigil/internal/tui/verdict"
)

// Detail is one incident whole: what it says, whom it affected, and every version with where it was read. Of
// a restricted incident it shows that there is one, and no more.
type Detail struct {
	*detail
}

// NewDetail makes the detail of an incident.
func NewDetail(id picture.ID) *Detail { return &Detail{newDetail(id)} }

// Scope is the part of the binding table that is in force.
func (d *Detail) Scope() keys.Scope { return keys.Events }

// Incident is the event.
func (d *Detail) Incident(screen.Frame) (id picture.ID, ok bool) { return d.id, true }

// Title names the screen. The title of the incident is text from outside and not part of it.
func (d *Detail) Title(f screen.Frame) string {
	if r, ok := f.View.Row(d.id); ok && !r.Restricted {
		return f.Sayf("Event %s %s", f.Countries(&r), f.Act(&r))
	}
	return f.Say("Event")
}

// Arrived takes a new picture in.
func (d *Detail) Arrived(screen.Frame) {}

// detail is the page of one incident, alone or beside the list.
type detail struct {
	*page.Body
	id picture.ID
}

func newDetail(id picture.ID) *detail {
	d := &detail{id: id}
	d.Body = page.NewBody(page.Two, d.draw)
	return d
}

// Key does what a binding asks for.
func (d *detail) Key(id keys.ID, f screen.Frame) screen.Ask {
	if why := d.Cannot(id, f); why != "" {
		return screen.Ask{Say: why}
	}
	switch id {
	case keys.ShowCountry:
		r, _ := f.View.Row(d.id)
		return screen.Ask{Go: screen.ToCountry, Subject: screen.Subject{Country: r.Countries[0], Area: -1}}
	case keys.ShowFlash:
		return screen.Ask{Go: screen.ToFlash, Subject: screen.Subject{Incident: d.id}}
	case keys.ShowWhy:
		return screen.Ask{Go: screen.ToWhy, Subject: screen.Subject{Incident: d.id, Figure: screen.FigureIncident, Area: -1}}
	case keys.Merge, keys.Unmerge:
		c, ask, _ := d.decision(id, f)
		return screen.Ask{Do: c, Question: ask}
	case keys.Report, keys.Continue, keys.Verify, keys.Claim:
		return verdict.Ask(id, d.id, f)
	}
	ask, _ := d.Body.Key(id, f)
	return ask
}

// Cannot says why a binding cannot be used just now.
func (d *detail) Cannot(id keys.ID, f screen.Frame) string {
	switch id {
	case keys.ShowCountry:
		if r, ok := f.View.Row(d.id); !ok || len(r.Countries) == 0 {
			return f.Say("the country of this event is not known")
		}
		return ""
	case keys.ShowWhy, keys.ShowFlash:
		if _, ok := f.View.Row(d.id); !ok {
			return f.Say("there is no such event in this picture")
		}
		return ""
	}
	if id == keys.Report {
		return verdict.Closed(f)
	}
	if id == keys.Continue || id == keys.Verify || id == keys.Claim {
		return verdict.Cannot(d.id, f)
	}
	if id == keys.Merge || id == keys.Unmerge {
		_, _, why := d.decision(id, f)
		return why
	}
	return d.Body.Cannot(id, f)
}

// decision is the command of a key that merges or unmerges with the question before it, or why there is none.
func (d *detail) decision(id keys.ID, f screen.Frame) (c action.Command, ask, why string) {
	if f.View.Ahead() {
		return nil, "", telling.NotYet(f.Hand)
	}
	e, ok := f.View.Event(d.id)
	if !ok {
		return nil, "", f.Say("there is no such event in this picture")
	}
	var selected picture.ID
	if l, ok := d.Selected(f); ok {
		selected = l.Open.Subject.Incident
	}
	if id == keys.Merge {
		return telling.Merge(f.Hand, &e, selected)
	}
	return telling.Unmerge(f.Hand, &e, selected)
}

func (d *detail) draw(f screen.Frame, widths []int) ([]page.Line, []page.Column) {
	first, last := widths[0], widths[len(widths)-1]
	columns := []page.Column{{Width: first}}
	if len(widths) > 1 {
		columns = append(columns, page.Column{Width: last})
	}
	whole, ok := picture.Detail{}, false
	if !f.View.IsZero() {
		whole, ok = f.View.Detail(d.id)
	}
	switch {
	case !ok:
		w := page.NewWriter(f.Palette, first, 0)
		w.Say(theme.Text, 0, f.Say("No such event in this picture."))
		columns[0].Sections = []page.Section{{Key: "event", Title: f.Say("EVENT"), Lines: w.Lines}}
		return nil, columns
	case whole.Row.Restricted:
		columns[0].Sections = []page.Section{restricted(&f, first, &whole)}
		return nil, columns
	}
	e, _ := f.View.Event(d.id)
	columns[0].Sections = []page.Section{facts(&f, first, &whole, len(e.Tellings))}
	columns[0].Sections = append(columns[0].Sections, telling.Sections(&f, first, &e)...)
	columns[0].Sections = append(columns[0].Sections, people(&f, first, &whole))
	if len(whole.Versions) > 0 {
		to := &columns[len(columns)-1]
		if s, ok := conflict(&f, last, &whole); ok {
			to.Sections = append(to.Sections, s)
		}
		to.Sections = append(to.Sections, versions(&f, last, &whole))
	}
	return nil, columns
}

func restricted(f *screen.Frame, width int, d *picture.Detail) page.Section {
	w := page.NewWriter(f.Palette, width, f.Room(10))
	w.Say(theme.Restricted, 0, f.Say("RESTRICTED: the content of this incident is for the security lead only."))
	age := ground.Age(f.Hand, d.Row.Received, ground.Receipts(*f))
	w.Field(f.Say("Source"), f.Source(&d.Row), theme.Text)
	w.Field(f.Say("Received"), f.Sayf("%s, %s ago", f.Time(d.Row.Received), age), theme.Text)
	return page.Section{Key: "event", Title: f.Say("EVENT"), Note: f.Say("restricted"), Lines: w.Lines}
}

// facts is what the record says.
func facts(f *screen.Frame, width int, d *picture.Detail, tellings int) page.Section {
	w := page.NewWriter(f.Palette, width, f.Room(13))
	r := &d.Row
	states(f, w, r)
	if d.Shown.Incident != nil {
		verdict.Say(w, f, d.Shown.Incident.Identity)
	}
	if lead := f.View.Lead(d.Row.ID); lead != d.Row.ID {
		w.Say(theme.Warning, 0, f.Say("ONE OF SEVERAL that tell of one event: another is listed and counted in its place."))
	}
	if !r.Title.IsZero() {
		w.Say(theme.Accent, 0, r.Title.OneLine().String())
	}
	i := d.Incident
	w.Field(f.SayAs("record", "id"), i.Identity.Authority.String()+" "+i.Identity.ID.String(), theme.Text)
	w.Field(f.Say("when"), occurred(f, r)+toldBy(f, r, picture.FieldWhen.String()), theme.Text)
	var unsaid []string
	for _, fd := range f.Fields(f.View.CountryNames(), i) {
		switch {
		case apart[fd.Name], strings.HasPrefix(fd.Name, figure.Affected):
		case fd.Value == "" && optional[fd.Name]:
		case fd.Value == "":
			unsaid = append(unsaid, f.Say(fd.Name))
		default:
			w.Field(f.Say(fd.Name), fd.Value+toldBy(f, r, fd.Name), roleOf(fd.Name, i))
		}
	}
	if len(unsaid) > 0 {
		w.Field(f.Say(figure.NotSaid), strings.Join(unsaid, ", "), theme.Dim)
	}
	age := ground.Age(f.Hand, r.Received, ground.Receipts(*f))
	w.Field(f.Say("received"), f.Sayf("%s, %s ago", f.Time(r.Received), age), theme.Text)
	from := w.Field(f.Say("read from"), r.Source.String()+", "+listing.File(&d.Shown.Origin), theme.Text)
	from.Open = screen.Ask{Go: screen.ToSource, Subject: screen.Subject{Source: r.Source.String(), Area: -1}}
	from.Copy = listing.File(&d.Shown.Origin)
	if !i.Details.IsZero() {
		w.Blank()
		w.SayBlock(theme.Text, 0, i.Details.String())
	}
	for _, l := range i.Links {
		w.Address(f.Say("link"), l.String(), theme.Text)
	}
	note := f.Standing(r)
	if count := telling.Count(f.Hand, tellings); !strings.Contains(note, count) {
		note += " " + f.Palette.Glyph(theme.Bullet) + " " + count
	}
	return page.Section{Key: "event", Title: f.Say("EVENT"), Note: note, Lines: w.Lines}
}

// toldBy says behind a field whose word it is, where it is another's than that of the source shown.
func toldBy(f *screen.Frame, r *picture.Row, name string) string {
	for _, by := range r.Filled {
		if by.Field.String() == name {
			return f.Sayf(" (told by %s)", by.Source)
		}
	}
	return ""
}

// apart are the fields that stand elsewhere on the page.
var apart = map[string]bool{"record": true, "occurred": true, "title": true, "details": true, "links": true}

// optional fields are only told when they are said: most incidents have no use for them.
var optional = map[string]bool{
	"until": true, "ongoing": true, "expected from": true, "expected to": true, "no onward": true, "holder": true,
}

func roleOf(name string, i *incident.Incident) theme.Role {
	switch name {
	case "severity":
		return listing.SeverityRole(i.Severity)
	case "no onward":
		return theme.Warning
	default:
		return theme.Text
	}
}

// occurred is when it happened, with what the precision means where it is not an instant.
func occurred(f *screen.Frame, r *picture.Row) string {
	s := f.WhenWhole(r.When)
	if f.LocalTime && len(r.Countries) == 1 && r.When.Precision == incident.ToTime {
		if local, ok := f.Local(r.When.Start, r.Countries[0]); ok {
			s += " (" + local + ")"
		}
	}
	if r.When.Precision != incident.ToTime && !r.Interval.IsZero() {
		s = f.Sayf("%s: some time from %s to %s", s, f.Time(r.Interval.Start), f.Time(r.Interval.End))
	}
	return s
}

// states says in words what sets the incident apart, and what that means for the figures.
func states(f *screen.Frame, w *page.Writer, r *picture.Row) {
	for _, s := range []struct {
		is   bool
		text string
	}{
		{r.Withdrawn, f.Say("WITHDRAWN: its source took it back or no longer lists it. It is in no figure.")},
		{r.Cancelled && !r.Withdrawn, f.Say("CANCELLED by its source. It is in no figure.")},
		{r.Refuted, f.Say("REFUTED. It is in no window, rate or estimate.")},
		{r.Conflict, f.Say("CONFLICT: records contradict each other and none says that it replaces the other. The worse is shown.")},
		{r.Proposed, f.Say("PERHAPS TOLD BY ANOTHER SOURCE, too: below, with the reasons; m merges.")},
		{r.Held, f.Say("HELD: an update or a cancel of an incident that has not arrived.")},
		{r.Future, f.Say("FUTURE: it claims a time after its receipt, which is not believed. It is in no window.")},
		{r.Report, f.Say("REPORT: what was written about something. It is in no count.")},
		{r.Inferred, f.Say("COUNTRY INFERRED: the source names none; it was found by the position or in the title, and may be wrong.")},
		{r.Misplaced, f.Say("POSITION AND COUNTRY CONTRADICT EACH OTHER: the position is in none of the countries stated. It counts where it is stated.")},
		{r.When.IsZero() && !r.Forecast && !r.Report, f.Say("TIME UNKNOWN: it is in no window, and it is not \"now\".")},
		{r.Forecast && !r.Over, f.Say("FORECAST: it has not happened, and is in no count.")},
		{r.Over, f.Say("FORECAST OVER: the time for which it was expected has passed, and nobody has said whether it came. It is in no count.")},
		{r.Status == incident.Exercise, f.Say("EXERCISE")},
		{r.Status == incident.Test, f.Say("TEST")},
		{r.Status == incident.System, f.Say("SYSTEM")},
		{r.Status == incident.Draft, f.Say("DRAFT")},
		{r.Ongoing && r.Hazard, f.Say("ACTIVE: counted among the hazards while it lasts.")},
	} {
		if s.is {
			w.Say(theme.Warning, 0, s.text)
		}
	}
}
