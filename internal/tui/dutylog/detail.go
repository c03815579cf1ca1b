package dutylog

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/lang"
	"vigil/internal/logbook"
	"vigil/internal/safetext"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
)

// Detail is one entry whole.
type Detail struct {
	seq  uint64
	body *page.Body
}

// NewDetail shows the entry with that number.
func NewDetail(seq uint64) *Detail {
	d := &Detail{seq: seq}
	d.body = page.NewBody(page.Two, d.draw)
	return d
}

// Scope is the part of the binding table that is in force.
func (d *Detail) Scope() keys.Scope { return keys.Log }

// Title names the entry.
func (d *Detail) Title(f screen.Frame) string { return f.Sayf("Entry %d", d.seq) }

// Key does what a binding asks for.
func (d *Detail) Key(id keys.ID, f screen.Frame) screen.Ask {
	if why := d.Cannot(id, f); why != "" {
		return screen.Ask{Say: why}
	}
	if id == keys.Note {
		return screen.Ask{Prefill: "note "}
	}
	ask, _ := d.body.Key(id, f)
	return ask
}

// Cannot says why a binding cannot be used just now.
func (d *Detail) Cannot(id keys.ID, f screen.Frame) string {
	if id == keys.Note {
		return ""
	}
	return d.body.Cannot(id, f)
}

// Arrived takes a new picture in.
func (d *Detail) Arrived(screen.Frame) {}

// Lines draws the screen.
func (d *Detail) Lines(f screen.Frame) []string { return d.body.Lines(f) }

// Click selects the line at a cell.
func (d *Detail) Click(x, y int, f screen.Frame) (hit, again bool) { return d.body.Click(x, y, f) }

// Linear is the screen as plain lines.
func (d *Detail) Linear(f screen.Frame) []string { return d.body.Linear(f) }

func (d *Detail) entry(b *duty.Book) *duty.Entry {
	for i := range b.Len() {
		if e := b.At(i); e.Seq == d.seq {
			return e
		}
	}
	return nil
}

func (d *Detail) draw(f screen.Frame, widths []int) ([]page.Line, []page.Column) {
	columns := make([]page.Column, len(widths))
	for i, w := range widths {
		columns[i].Width = w
	}
	book := f.View.Duty()
	e := d.entry(book)
	if e == nil {
		w := page.NewWriter(f.Palette, widths[0], 0)
		w.Say(theme.Text, 0, f.Say("There is no such entry in this picture."))
		columns[0].Sections = []page.Section{{Key: "none", Title: f.Say("ENTRY"), Lines: w.Lines}}
		return nil, columns
	}
	last := &columns[len(columns)-1]
	as := logbook.In(f.View).For(f.Hand)
	columns[0].Sections = append(columns[0].Sections, says(&f, widths[0], &as, e))
	if list := as.About(e); len(list) > 0 {
		columns[0].Sections = append(columns[0].Sections, lookedUp(&f, widths[0], list))
	}
	last.Sections = append(last.Sections, made(&f, last.Width, e), stands(&f, last.Width, e))
	return nil, columns
}

// kind is what an entry does, as a word; one that this version does not know as the log has it.
func kind(f *screen.Frame, e *duty.Entry) string {
	return f.EntryKind(safetext.Clean(string(e.Word)).OneLine().String())
}

// The names of the parts of entries are said in the language.
var _ = [...]string{
	lang.Msg("text"), lang.Msg("confirmed"), lang.Msg("not confirmed"), lang.Msg("not known"), lang.Msg("action"), lang.Msg("notes"), lang.Msg("alarms"), lang.Msg("told"),
	lang.Msg("flash"), lang.Msg("owned"), lang.Msg("shelves"), lang.Msg("stays"), lang.Msg("claims"), lang.Msg("due"), lang.Msg("sources"),
	lang.Msg("blind"), lang.Msg("levels"), lang.Msg("events"),
}

// says is what the entry says, whole.
func says(f *screen.Frame, width int, as *logbook.Reading, e *duty.Entry) page.Section {
	w := page.NewWriter(f.Palette, width, 0)
	parts := as.Parts(e)
	what := as.What(e).String()
	w.Say(theme.Text, 0, what)
	for _, p := range parts {
		if len(parts) == 1 && strings.Contains(what, p.Text.String()) {
			break // the line holds it whole
		}
		w.Blank()
		if len(parts) > 1 {
			w.Say(theme.Label, 0, f.Say(p.Name))
		}
		w.SayBlock(theme.Text, 0, p.Text.String())
	}
	if id := alarmOf(e); id != "" {
		if a, ok := as.Book.Alarm(id); ok {
			w.Blank()
			w.Say(theme.Accent, 0, f.Sayf("about alarm %s, %s", a.Called(), f.Words(a.State(f.Now).String())))
			w.Lines[len(w.Lines)-1].Open = screen.Ask{Go: screen.ToAlarm, Subject: screen.Subject{Alarm: id}}
		}
	}
	return page.Section{Key: "says", Title: f.Say("SAYS"), Note: kind(f, e), Lines: w.Lines}
}

// lookedUp is what the records said that the entry is about.
func lookedUp(f *screen.Frame, width int, list []logbook.About) page.Section {
	w := page.NewWriter(f.Palette, width, 0)
	for i := range list {
		a := &list[i]
		role := theme.Text
		switch a.State {
		case logbook.Withheld:
			role = theme.Restricted
		case logbook.Gone, logbook.Unread:
			role = theme.Unknown
		case logbook.Found:
		}
		first := len(w.Lines)
		w.Say(role, 0, a.Line().String())
		if id, ok := f.View.IDOf(a.Record); ok {
			w.Lines[first].Open = screen.Ask{Go: screen.ToEvent, Subject: screen.Subject{Incident: id}}
		}
	}
	return page.Section{Key: "about", Title: f.Say("ABOUT"), Note: f.Say("looked up now, no part of the entry"), Lines: w.Lines}
}

func alarmOf(e *duty.Entry) string {
	switch {
	case e.Word == duty.KindRaise:
		return e.ID
	case e.Understood():
		return duty.AlarmOf(e.Body)
	}
	return ""
}

// made is who made it, when and where.
func made(f *screen.Frame, width int, e *duty.Entry) page.Section {
	w := page.NewWriter(f.Palette, width, f.Room(13))
	age, _ := f.Age(e.At, f.Now, 0)
	w.Field(f.Say("by"), figure.Text(logbook.Who(e)), theme.Text)
	w.Field(f.Say("role"), f.Say(figure.Text(e.Role)), theme.Text)
	w.Field(f.Say("wall clock"), f.Sayf("%s, %s ago", logbook.Time(e.At), age), theme.Text)
	w.Field(f.Say("steady clock"), mono(f, e), theme.Text)
	w.Field(f.SayAs("entry", "from"), figure.Text(e.From), theme.Text)
	return page.Section{Key: "made", Title: f.Say("MADE"), Lines: w.Lines}
}

// mono is when it was made by the clock that nobody can set.
func mono(f *screen.Frame, e *duty.Entry) string {
	if e.Mono.Boot == "" {
		return f.Say("unknown")
	}
	return f.Sayf("%s since start %s of the machine", e.Mono.Since.Truncate(time.Millisecond), safetext.Clean(e.Mono.Boot))
}

// stands is where it can be checked.
func stands(f *screen.Frame, width int, e *duty.Entry) page.Section {
	w := page.NewWriter(f.Palette, width, f.Room(13))
	w.Field(f.Say("entry"), strconv.FormatUint(e.Seq, 10), theme.Text)
	w.Field(f.SayAs("record", "id"), safetext.Clean(e.ID).OneLine().String(), theme.Text).Copy = safetext.Clean(e.ID).OneLine().String()
	if e.Line.Number > 0 {
		at := fmt.Sprintf("%s:%d", e.Line.File, e.Line.Number)
		w.Field(f.SayAs("file", "line"), at, theme.Text).Copy = at
		w.Field(f.Say("SHA-256"), e.Line.Hash, theme.Text).Copy = e.Line.Hash
		w.Say(theme.Dim, 0, f.Say("The line after it carries this hash. vigil log verify checks the whole chain."))
	}
	return page.Section{Key: "stands", Title: f.Say("STANDS"), Note: f.Say("in dutylog/"), Lines: w.Lines}
}
