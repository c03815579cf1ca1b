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
func (d *Detail) Title(screen.Frame) string { return "Source " + d.name }

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
		return "a source is of no one country"
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
		w.Say(theme.Text, 0, "This desk has no source called "+d.name+".")
		columns[0].Sections = []page.Section{{Key: "source", Title: "SOURCE", Lines: w.Lines}}
		return nil, columns
	}
	last := &columns[len(columns)-1]
	first := &columns[0]
	first.Sections = append(first.Sections, observed(&f, first.Width, s), promised(&f, first.Width, s), counts(&f, first.Width, s))
	last.Sections = append(last.Sections, problems(&f, last.Width, s))
	return nil, columns
}

func observed(f *screen.Frame, width int, s *picture.Source) page.Section {
	w := page.NewWriter(f.Palette, width, 14)
	l := w.Field("state", f.SourceState(s), sourceRole(s))
	l.Why = screen.Subject{Source: s.Info.Name.String(), Figure: screen.FigureSource, Area: -1}
	if !s.Reason.IsZero() {
		w.Field("because", s.Reason.OneLine().String(), theme.Text)
	}
	if !s.Info.Note.IsZero() {
		w.Field("note", s.Info.Note.OneLine().String(), theme.Text)
	}
	for _, at := range []struct {
		name string
		t    time.Time
	}{
		{"last attempt", s.Facts.LastAttempt},
		{"last success", s.Facts.LastSuccess},
		{"content time", s.Facts.ContentTime},
		{"heartbeat", s.Facts.Heartbeat},
		{"oldest record", s.Facts.Oldest},
		{"first seen", s.Facts.FirstSeen},
	} {
		w.Field(at.name, ago(at.t, ground.Receipts(*f)), theme.Text)
	}
	if !s.Info.URL.IsZero() {
		polling(f, w, s)
	}
	known := s.Facts.KnownSince(&s.Info.Profile)
	complete := s.Facts.CompleteUntil(&s.Info.Profile)
	w.Field("knows since", ago(known, ground.Receipts(*f)), theme.Text)
	w.Field("told all until", ago(complete, ground.Receipts(*f)), theme.Text)
	for _, g := range s.Facts.Gaps {
		w.Field("gap", f.Time(g.Start)+" to "+f.Time(g.End)+": records may be missing", theme.Warning)
	}
	if len(s.Facts.Gaps) == 0 {
		w.Field("gaps", "none recorded", theme.Dim)
	}
	return page.Section{Key: "observed", Title: "OBSERVED", Note: s.Info.Name.String(), Lines: w.Lines}
}

// polling is how the polling of a source by its address stands.
func polling(f *screen.Frame, w *page.Writer, s *picture.Source) {
	status := "no answer yet"
	if s.Poll.Status > 0 {
		status = fmt.Sprintf("HTTP %d", s.Poll.Status)
	}
	w.Field("last answer", status, theme.Text)
	w.Field("kept answer", ago(s.Poll.Kept, ground.Receipts(*f)), theme.Text)
	w.Field("not changed", ago(s.Facts.Unchanged, ground.Receipts(*f)), theme.Text)
	if !f.View.Live() {
		return
	}
	next := "nobody polls it"
	if !s.Poll.Next.IsZero() {
		next = f.Time(s.Poll.Next) + ", or :poll " + s.Info.Name.String()
	}
	w.Field("next poll", next, theme.Text)
}

func ago(t, now time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return figure.Plain.Time(t) + ", " + ground.Age(t, now) + " ago"
}

func promised(f *screen.Frame, width int, s *picture.Source) page.Section {
	w := page.NewWriter(f.Palette, width, 14)
	p := &s.Info.Profile
	w.Field("format", figure.Text(s.Info.Format), theme.Text)
	w.Field("authority", figure.Text(s.Info.Authority), theme.Text)
	if s.Info.URL.IsZero() {
		w.Field("path", figure.Text(s.Info.Path), theme.Text).Copy = s.Info.Path.String()
	} else {
		w.Field("url", figure.Text(s.Info.URL), theme.Text).Copy = s.Info.URL.String()
		w.Field("every", "asked every "+ground.Duration(s.Poll.Every), theme.Text)
	}
	w.Field("expect", "speaks at least every "+ground.Duration(p.Expect), theme.Text)
	lag := "speaks of an event as soon as it hears of it"
	if p.Lag > 0 {
		lag = "speaks of an event within " + ground.Duration(p.Lag) + " of it"
	}
	w.Field("lag", lag, theme.Text)
	memory := map[health.Memory]string{
		health.Accumulates: "accumulates: records are added and stay",
		health.Complete:    "complete: what is no longer listed was withdrawn",
		health.Forgets:     "forgets: what is no longer listed is kept",
		health.Extract:     "extract: what is no longer listed is kept; it looks at the countries that occur in it",
	}[p.Memory]
	if p.Memory == health.Forgets {
		memory += "; reaches back " + ground.Duration(p.Reach)
	}
	w.Field("memory", memory, theme.Text)
	covers := "nothing"
	if p.Covers != 0 {
		covers = strings.ReplaceAll(strings.Join(p.Covers.Words(), ", "), "_", " ")
	}
	w.Field("covers", covers, theme.Text)
	w.Field("countries", everywhere(p.Countries), theme.Text)
	return page.Section{Key: "promised", Title: "PROMISED", Note: "by its format, or vigil.toml", Lines: w.Lines}
}

func everywhere(list []country.Code) string {
	if len(list) == 0 {
		return "everywhere"
	}
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = c.Alpha3()
	}
	return strings.Join(names, ", ")
}

// counts are what became of the records, which must add up.
func counts(f *screen.Frame, width int, s *picture.Source) page.Section {
	w := page.NewWriter(f.Palette, width, 14)
	c := &s.Counts
	sum := c.Sum()
	for _, k := range counted[:otherColumn] {
		role := theme.Text
		if k.n(s) > 0 && (k.word == "rejected" || k.word == "conflicts") {
			role = theme.Warning
		}
		w.Field(k.word, widget.PadLeft(f.Number(k.n(s)), 9, ""), role)
	}
	note := "they add up"
	if sum != c.Records {
		note = fmt.Sprintf("they do NOT add up: %d", sum)
	}
	w.Field("listed", widget.PadLeft(f.Number(s.Listed), 9, ""), theme.Text)
	w.Field("retained", widget.PadLeft(f.Number(s.Retained), 9, ""), theme.Text)
	w.Say(theme.Dim, 0, "Listed is what the source holds now, each incident and report once; retained is what the desk remembers and the source no longer holds.")
	return page.Section{Key: "counts", Title: "RECORDS", Note: note, Lines: w.Lines}
}

// problems are the places of what was refused or noticed, as many as are kept.
func problems(f *screen.Frame, width int, s *picture.Source) page.Section {
	out := page.Section{Key: "problems", Title: "PROBLEMS", Note: f.Number(s.ProblemsTotal)}
	w := page.NewWriter(f.Palette, width, 0)
	switch {
	case s.ProblemsTotal == 0 && s.Counts.Records == 0:
		w.Say(theme.Dim, 0, "No record was read, so none was refused.")
	case s.ProblemsTotal == 0:
		w.Say(theme.Dim, 0, "No record was refused.")
	case len(s.Problems) < s.ProblemsTotal:
		out.Note = "first " + f.Number(len(s.Problems)) + " of " + f.Number(s.ProblemsTotal) + " kept"
	}
	for i := range s.Problems {
		p := &s.Problems[i]
		word, role := "refused", theme.Error
		if p.Warning {
			word, role = "warning", theme.Warning
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
