package alarms

import (
	"fmt"
	"time"

	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/logbook"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
)

// Detail is one alarm with all that was done about it.
type Detail struct {
	id   string
	body *page.Body
}

// NewDetail shows the alarm that the entry with that id raised.
func NewDetail(id string) *Detail {
	d := &Detail{id: id}
	d.body = page.NewBody(page.Two, d.draw)
	return d
}

// Scope is the part of the binding table that is in force.
func (d *Detail) Scope() keys.Scope { return keys.Alarms }

// Title names the alarm.
func (d *Detail) Title(f screen.Frame) string {
	if a := d.alarm(f); a != nil {
		return f.Sayf("Alarm %s", a.Called())
	}
	return f.Say("Alarm")
}

func (d *Detail) alarm(f screen.Frame) *duty.Alarm {
	a, _ := f.View.Duty().Alarm(d.id)
	return a
}

// Key does what a binding asks for.
func (d *Detail) Key(id keys.ID, f screen.Frame) screen.Ask {
	if why := d.Cannot(id, f); why != "" {
		return screen.Ask{Say: why}
	}
	if ask, ok := Begin(id, d.alarm(f), f); ok {
		return ask
	}
	ask, _ := d.body.Key(id, f)
	return ask
}

// Cannot says why a binding cannot be used just now.
func (d *Detail) Cannot(id keys.ID, f screen.Frame) string {
	if why, about := Cannot(id, d.alarm(f), f); about {
		return why
	}
	if id == keys.Group {
		return f.Say("only the list of alarms has groups")
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

func (d *Detail) draw(f screen.Frame, widths []int) ([]page.Line, []page.Column) {
	a := d.alarm(f)
	if a == nil {
		w := page.NewWriter(f.Palette, f.Width, 0)
		w.Say(theme.Text, 0, f.Say("There is no such alarm in this picture."))
		return nil, []page.Column{{Width: f.Width, Sections: []page.Section{{Key: "none", Title: f.Say("ALARM"), Lines: w.Lines}}}}
	}
	columns := []page.Column{{Width: widths[0], Sections: []page.Section{standing(&f, widths[0], a)}}}
	done := history(&f, widths[len(widths)-1], a)
	if len(widths) > 1 {
		columns = append(columns, page.Column{Width: widths[1], Sections: []page.Section{done}})
	} else {
		columns[0].Sections = append(columns[0].Sections, done)
	}
	return nil, columns
}

// standing is what rang and how it stands.
func standing(f *screen.Frame, width int, a *duty.Alarm) page.Section {
	w := page.NewWriter(f.Palette, width, f.Room(13))
	role := theme.Text
	if a.Rings(f.Now) {
		role = figure.SeverityOf(a.Severity)
	}
	w.Field(f.Say("what"), f.AlarmText(f.View, a), theme.Text)
	if now := f.AlarmNow(f.View, a); now != "" {
		w.Field(f.SayAs("field", "now"), now, theme.Text)
	}
	if near, ok := figure.AlarmNear(f.View, a); ok {
		w.Field(f.Say("near"), near.Bare(f.Now, f.Hand, true), theme.Text)
	}
	w.Field(f.Say("severity"), f.SayAs("alarm", string(a.Severity)), role)
	state := f.Words(a.State(f.Now).String())
	if held := f.AlarmHeld(a, f.Now); a.Open() && held != f.Say("NOT ACKED") { // which the state says
		state += ", " + held
	}
	w.Field(f.SayAs("field", "state"), state, role)
	telling(f, w, a)
	if c, ok := f.View.Duty().ClaimOfAlarm(a.ID, f.Now); ok && a.Open() {
		w.Field(f.Say("claimed"), f.ClaimWords(&c), theme.Text)
	}
	w.Field(f.Say("rule"), f.AlarmRule(f.View, a), theme.Text)
	at := func(t time.Time) string {
		age, _ := f.Age(t, f.Now, 0)
		return f.Sayf("%s, %s ago", f.Time(t), age)
	}
	w.Field(f.SayAs("field", "raised"), at(a.Raised), theme.Text)
	switch back := a.Again - a.Worsened; {
	case back > 0:
		w.Field(f.Say("came back"), f.Sayf("%s, %s in all", at(a.Came), f.Plural(back, "time")), theme.Text)
	case a.Worsened > 0:
		w.Field(f.Say("worse"), at(a.Came), theme.Text)
	}
	if !a.Cleared.IsZero() {
		w.Field(f.Say("ended"), at(a.Cleared), theme.Text)
	}
	if !a.Closed.IsZero() {
		w.Field(f.SayAs("field", "closed"), at(a.Closed), theme.Text)
	}
	if n := a.Raise.Together; n > 0 {
		w.Field(f.Say("together"), f.Forms(n, "record that was there at the first read, or came over 48 h late, rings once", "records that were there at the first read, or came over 48 h late, ring once"), theme.Text)
	}
	if k, ok := a.Ack(f.Now); ok && a.Open() {
		w.Field(f.Say("owner"), f.Sayf("%s for %s: %s", k.Owner, f.Span(k.Until.Sub(f.Now)), k.Why(f.Hand)), theme.Text)
	}
	if k, ended := a.Expired(f.Now); ended && !k.TakenOver.IsZero() && a.Open() {
		w.Field(f.Say("owner"), f.Sayf("nobody: %s had it until %s, when the watch was taken over by %s", k.Owner, at(k.Until), k.TakenOver), theme.Text)
	}
	if a.OnShelf(f.Now) && a.Open() {
		w.Field(f.SayAs("field", "shelved"), f.Sayf("until %s: %s", f.Time(a.Shelf.Until), a.Shelf.Reason), theme.Text)
	}
	about(f, w, a)
	return page.Section{Key: "alarm", Title: f.Sayf("ALARM %s", a.Called()), Note: f.SeverityWord(a.Severity), Lines: w.Lines}
}

// telling is how far telling people is, and leads to the told-sheet.
func telling(f *screen.Frame, w *page.Writer, a *duty.Alarm) {
	sheet := f.View.Sheet(a, f.Now)
	told, of := sheet.Figures()
	text, role := fmt.Sprintf("%d/%d", told, of), theme.Text
	switch next := sheet.Next(); {
	case next != nil:
		role = theme.Warning
		text = f.Sayf("%s, next %s", text, f.Function(next.Name))
		if !a.Reopened.IsZero() {
			text += f.Say("; ") + f.Say(figure.TellAgain) + " " + f.TellAgainSince(f.View, a, f.Now)
		}
	case of == 0 && sheet.None != "":
		text = f.Sayf("nobody must know: %s", f.NobodyToTell(sheet))
		if !sheet.Says {
			text = f.Sayf("not known who must know: %s", f.NobodyToTell(sheet))
		}
	}
	w.Field(f.SayAs("field", "told"), text, role).Open = screen.Ask{Go: screen.ToTold, Subject: screen.Subject{Alarm: a.ID}}
}

// about leads to what the alarm is about.
func about(f *screen.Frame, w *page.Writer, a *duty.Alarm) {
	switch r := a.Raise; {
	case f.View.HidesAlarm(a):
		w.Field(f.Say("about"), f.Say("a restricted incident"), theme.Restricted)
	case !r.About().IsZero() && !f.View.Hides(r.About()):
		called, name := r.About(), r.About().Identity()
		if !f.View.Nameable(name) {
			called = called.Bare()
		}
		text := f.Sayf("incident %s", called)
		if r.Incident.IsZero() {
			text = f.Sayf("%s, the worst of them", text)
		}
		l := w.Field(f.Say("about"), text, theme.Accent)
		if id, ok := f.View.IDOf(name); ok {
			l.Open = screen.Ask{Go: screen.ToEvent, Subject: screen.Subject{Incident: id}}
		}
	case r.Source != "":
		w.Field(f.Say("about"), f.Sayf("source %s", duty.Words(r.Source)), theme.Accent).Open = screen.Ask{Go: screen.ToSource, Subject: screen.Subject{Source: r.Source}}
	case r.Country != "":
		if c, ok := country.Parse(r.Country); ok {
			w.Field(f.Say("about"), f.Sayf("country %s", c.Alpha3()), theme.Accent).Open = screen.Ask{Go: screen.ToCountry, Subject: screen.Subject{Country: c, Area: -1}}
		}
	}
}

// history is all that was done about the alarm, the last first.
func history(f *screen.Frame, width int, a *duty.Alarm) page.Section {
	w := page.NewWriter(f.Palette, width, 0)
	book, as, n := f.View.Duty(), logbook.In(f.View).For(f.Hand), 0
	for i := book.Len() - 1; i >= 0; i-- {
		e := book.At(i)
		if e.ID != a.ID && duty.AlarmOf(e.Body) != a.ID && !again(e, a) {
			continue
		}
		n++
		by := e.By.String()
		if by == "" {
			by = e.Role.String()
		}
		first := len(w.Lines)
		w.Say(theme.Text, 0, fmt.Sprintf("%s  %s", f.Time(e.At), f.Sayf("%s: %s", by, as.Says(e))))
		w.Lines[first].Key = e.ID
	}
	return page.Section{Key: "done", Title: f.Say("WHAT WAS DONE"), Note: f.Number(n), Lines: w.Lines}
}

// again reports whether the entry brought the alarm back.
func again(e *duty.Entry, a *duty.Alarm) bool {
	r, ok := e.Body.(*duty.Raise)
	return ok && r.Key == a.Raise.Key && e.At.After(a.Raised) && (a.Closed.IsZero() || e.At.Before(a.Closed))
}
