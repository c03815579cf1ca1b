package sources

import (
	"fmt"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/picture"
	"vigil/internal/problem"
	"vigil/internal/theme"
	"vigil/internal/tui/ground"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// Detail is one source whole: what it promises, what was observed, what became of its records, and every
// problem with its place.
type Detail struct {
	*page.Body
	name string
}

// NewDetail makes the detail of the source called name.
func NewDetail(name string) *Detail {
	d := &Detail{name: name}
	d.Body = page.NewBody(page.Two, d.draw)
	return d
}

// Scope is the part of the binding table that is in force.
func (d *Detail) Scope() keys.Scope { return keys.Sources }

// Title names the screen.
func (d *Detail) Title(f screen.Frame) string { return f.Sayf("Source %s", d.name) }

// Key does what a binding asks for.
func (d *Detail) Key(id keys.ID, f screen.Frame) screen.Ask {
	if why := d.Cannot(id, f); why != "" {
		return screen.Ask{Say: why}
	}
	if id == keys.ShowWhy {
		return screen.Ask{Go: screen.ToWhy, Subject: screen.Subject{Source: d.name, Figure: screen.FigureSource, Area: -1}}
	}
	ask, _ := d.Body.Key(id, f)
	return ask
}

// Cannot says why a binding cannot be used just now.
func (d *Detail) Cannot(id keys.ID, f screen.Frame) string {
	switch id {
	case keys.ShowWhy:
		return ""
	case keys.ShowCountry:
		return f.Say("a source is of no one country")
	}
	return d.Body.Cannot(id, f)
}

// Arrived takes a new picture in.
func (d *Detail) Arrived(screen.Frame) {}

func find(v picture.View, name string) *picture.Source {
	if v.IsZero() {
		return nil
	}
	for s := range v.Sources() {
		if s.Info.Name.String() == name {
			return s
		}
	}
	return nil
}

func (d *Detail) draw(f screen.Frame, widths []int) ([]page.Line, []page.Column) {
	columns := make([]page.Column, len(widths))
	for i := range columns {
		columns[i].Width = widths[i]
	}
	s := find(f.View, d.name)
	if s == nil {
		w := page.NewWriter(f.Palette, widths[0], 0)
		w.Say(theme.Text, 0, f.Sayf("This desk has no source called %s.", d.name))
		columns[0].Sections = []page.Section{{Key: "source", Title: f.Say("SOURCE"), Lines: w.Lines}}
		return nil, columns
	}
	last := &columns[len(columns)-1]
	first := &columns[0]
	first.Sections = append(first.Sections, observed(&f, first.Width, s), promised(&f, first.Width, s), counts(&f, first.Width, s))
	last.Sections = append(last.Sections, problems(&f, last.Width, s))
	return nil, columns
}

func observed(f *screen.Frame, width int, s *picture.Source) page.Section {
	w := page.NewWriter(f.Palette, width, f.Room(14))
	l := w.Field(f.SayAs("source", "state"), f.SourceState(s), sourceRole(s))
	l.Why = screen.Subject{Source: s.Info.Name.String(), Figure: screen.FigureSource, Area: -1}
	if reason := f.SourceReason(s, f.View.Known()); reason != "" {
		w.Field(f.Say("because"), reason, theme.Text)
	}
	if !s.Info.Note.IsZero() {
		w.Field(f.Say("note"), s.Info.Note.OneLine().String(), theme.Text)
	}
	w.Field(f.Say("last attempt"), ago(f, s.Facts.LastAttempt), theme.Text)
	w.Field(f.Say("last success"), ago(f, s.Facts.LastSuccess), theme.Text)
	w.Field(f.Say("content time"), ago(f, s.Facts.ContentTime), theme.Text)
	w.Field(f.Say("heartbeat"), ago(f, s.Facts.Heartbeat), theme.Text)
	w.Field(f.Say("oldest record"), ago(f, s.Facts.Oldest), theme.Text)
	w.Field(f.Say("first seen"), ago(f, s.Facts.FirstSeen), theme.Text)
	if !s.Info.URL.IsZero() {
		polling(f, w, s)
	}
	known := s.Facts.KnownSince(&s.Info.Profile)
	complete := s.Facts.CompleteUntil(&s.Info.Profile)
	w.Field(f.Say("knows since"), ago(f, known), theme.Text)
	w.Field(f.Say("told all until"), ago(f, complete), theme.Text)
	for _, g := range s.Facts.Gaps {
		w.Field(f.Say("gap"), f.Sayf("%s to %s: records may be missing", f.Time(g.Start), f.Time(g.End)), theme.Warning)
	}
	if len(s.Facts.Gaps) == 0 {
		w.Field(f.Say("gaps"), f.Say("none recorded"), theme.Dim)
	}
	return page.Section{Key: "observed", Title: f.Say("OBSERVED"), Note: s.Info.Name.String(), Lines: w.Lines}
}

// polling is how the polling of a source by its address stands.
func polling(f *screen.Frame, w *page.Writer, s *picture.Source) {
	status := f.Say("no answer yet")
	if s.Poll.Status > 0 {
		status = fmt.Sprintf("HTTP %d", s.Poll.Status)
	}
	w.Field(f.Say("last answer"), status, theme.Text)
	w.Field(f.Say("kept answer"), ago(f, s.Poll.Kept), theme.Text)
	w.Field(f.Say("not changed"), ago(f, s.Facts.Unchanged), theme.Text)
	if !f.View.Live() {
		return
	}
	next := f.Say("nobody polls it")
	if !s.Poll.Next.IsZero() {
		next = f.Sayf("%s, or :poll %s", f.Time(s.Poll.Next), s.Info.Name)
	}
	w.Field(f.Say("next poll"), next, theme.Text)
}

func ago(f *screen.Frame, t time.Time) string {
	if t.IsZero() {
		return f.Say("never")
	}
	return f.Sayf("%s, %s ago", f.Time(t), ground.Age(f.Hand, t, ground.Receipts(*f)))
}

func promised(f *screen.Frame, width int, s *picture.Source) page.Section {
	w := page.NewWriter(f.Palette, width, f.Room(14))
	p := &s.Info.Profile
	w.Field(f.Say("format"), figure.Text(s.Info.Format), theme.Text)
	authority := w.Field(f.Say("authority"), figure.Text(s.Info.Authority), theme.Text)
	if s.Info.Authority.IsZero() { // none agrees with it
		authority.Said = f.Sayf("%s: %s", f.Say("authority"), f.SayAs("authority", "none"))
	}
	if s.Info.URL.IsZero() {
		w.Field(f.Say("path"), figure.Text(s.Info.Path), theme.Text).Copy = s.Info.Path.String()
	} else {
		w.Field(f.Say("url"), figure.Text(s.Info.URL), theme.Text).Copy = s.Info.URL.String()
		w.Field(f.Say("every"), f.Sayf("asked every %s", ground.Duration(f.Hand, s.Poll.Every)), theme.Text)
	}
	expect := f.Sayf("speaks at least every %s", ground.Duration(f.Hand, p.Expect))
	if !p.Awaited() {
		expect = f.Say("nothing: it is late at no time")
	}
	w.Field(f.Say("expect"), expect, theme.Text)
	lag := f.Say("speaks of an event as soon as it hears of it")
	if p.Lag > 0 {
		lag = f.Sayf("speaks of an event within %s of it", ground.Duration(f.Hand, p.Lag))
	}
	w.Field(f.Say("lag"), lag, theme.Text)
	memory := map[health.Memory]string{
		health.Accumulates: f.Say("accumulates: records are added and stay"),
		health.Complete:    f.Say("complete: what is no longer listed was withdrawn"),
		health.Forgets:     f.Say("forgets: what is no longer listed is kept"),
		health.Extract:     f.Say("extract: what is no longer listed is kept; it looks at the countries that occur in it"),
	}[p.Memory]
	if p.Memory == health.Forgets {
		memory += f.Sayf("; reaches back %s", ground.Duration(f.Hand, p.Reach))
	}
	w.Field(f.Say("memory"), memory, theme.Text)
	covers := f.Say("nothing")
	if p.Covers != 0 {
		var list []string
		for _, t := range p.Covers.Threats() {
			list = append(list, f.Threat(t))
		}
		covers = strings.Join(list, ", ")
	}
	w.Field(f.Say("covers"), covers, theme.Text)
	w.Field(f.Say("countries"), everywhere(f, p.Countries), theme.Text)
	return page.Section{Key: "promised", Title: f.Say("PROMISED"), Note: f.Say("by its format, or vigil.toml"), Lines: w.Lines}
}

func everywhere(f *screen.Frame, list []country.Code) string {
	if len(list) == 0 {
		return f.Say("everywhere")
	}
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = c.Alpha3()
	}
	return strings.Join(names, ", ")
}

// counts are what became of the records, which must add up.
func counts(f *screen.Frame, width int, s *picture.Source) page.Section {
	w := page.NewWriter(f.Palette, width, f.Room(14))
	c := &s.Counts
	sum := c.Sum()
	for _, k := range counted[:otherColumn] {
		role := theme.Text
		if k.n(s) > 0 && (k.word == "rejected" || k.word == "conflicts") {
			role = theme.Warning
		}
		w.Field(f.Say(k.word), widget.PadLeft(f.Number(k.n(s)), 9, ""), role)
	}
	note := f.Say("they add up")
	if sum != c.Records {
		note = f.Sayf("they do NOT add up: %d", sum)
	}
	w.Field(f.Say("listed"), widget.PadLeft(f.Number(s.Listed), 9, ""), theme.Text)
	w.Field(f.Say("retained"), widget.PadLeft(f.Number(s.Retained), 9, ""), theme.Text)
	w.Say(theme.Dim, 0, f.Say("Listed is what the source holds now, each incident and report once; retained is what the desk remembers and the source no longer holds."))
	return page.Section{Key: "counts", Title: f.Say("RECORDS"), Note: note, Lines: w.Lines}
}

// problems are the places of what was refused or noticed, as many as are kept.
func problems(f *screen.Frame, width int, s *picture.Source) page.Section {
	out := page.Section{Key: "problems", Title: f.Say("PROBLEMS"), Note: f.Number(s.ProblemsTotal)}
	w := page.NewWriter(f.Palette, width, 0)
	switch {
	case s.ProblemsTotal == 0 && s.Counts.Records == 0:
		w.Say(theme.Dim, 0, f.Say("No record was read, so none was refused."))
	case s.ProblemsTotal == 0:
		w.Say(theme.Dim, 0, f.Say("No record was refused."))
	case len(s.Problems) < s.ProblemsTotal:
		out.Note = f.Sayf("first %s of %s kept", f.Number(len(s.Problems)), f.Number(s.ProblemsTotal))
	}
	for i := range s.Problems {
		p := &s.Problems[i]
		word, role := f.SayAs("record", "refused"), theme.Error
		if p.Warning {
			word, role = f.Say("warning"), theme.Warning
		}
		at := place(p)
		w.Add(widget.Span{Text: page.Safe(f.Palette, at)}, widget.Span{Text: "  " + word, Role: role}).Copy = at
		first := len(w.Lines)
		w.Say(theme.Dim, 2, p.Message.OneLine().String())
		for n := first; n < len(w.Lines); n++ {
			w.Lines[n].Still = true
		}
	}
	out.Lines = w.Lines
	return out
}

// place is file:line:column, as far as it is known.
func place(p *problem.Problem) string {
	switch {
	case p.Line == 0:
		return p.File.String()
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	default:
		return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	}
}
