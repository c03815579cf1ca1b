// Package told is the told-sheet of an alarm: who must know of it, who knows, and whom to call next.
//
// On top, and always in sight, stands the next one to call with the channel and the number, and what comes when nobody answers.
// One key writes what became of the call; what was written wrongly is put right by writing again. Under it is the sheet in the
// order of the call tree. The cursor goes with the next one to call; moved to somebody else, that one stands on top instead, and of
// who knows already a key is about the call that was answered. Who stands on top may change by what others write: a key
// that comes within a moment of that is not taken, because it was meant for the one before. Then everything that was written, the last first. The five-minute actions and where staff assemble stand beside from 132 cells on, else below.
//
// A number is shown only here, only of the one who stands on top, only to a role that tells people, and only live.
package told

import (
	"fmt"
	"strings"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/theme"
	"vigil/internal/tui/aloud"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// Screen is the told-sheet of one alarm.
type Screen struct {
	id   string
	body *page.Body
	top  top
}

// New shows the told-sheet of the alarm that the entry with that id raised.
func New(id string) *Screen {
	s := &Screen{id: id}
	s.body = page.NewBody(page.Two, s.draw)
	return s
}

// Scope is the part of the binding table that is in force.
func (s *Screen) Scope() keys.Scope { return keys.Told }

// Title names the alarm.
func (s *Screen) Title(f screen.Frame) string {
	if sheet := s.sheet(f); sheet != nil {
		return f.Sayf("Told %s", sheet.Alarm.Called())
	}
	return f.SayAs("sheet", "Told")
}

// sheet is the told-sheet; nil where there is no such alarm.
func (s *Screen) sheet(f screen.Frame) *duty.Sheet {
	if f.View.IsZero() {
		return nil
	}
	a, ok := f.View.Duty().Alarm(s.id)
	if !ok {
		return nil
	}
	return f.View.Sheet(a, f.Now)
}

var outcomes = map[keys.ID]duty.Outcome{
	keys.ToldTried: duty.Tried, keys.ToldMissed: duty.NoAnswer, keys.ToldRefused: duty.Refused,
	keys.ToldAnswered: duty.Answered, keys.ToldReadBack: duty.ReadBack,
}

// Key does what a binding asks for.
func (s *Screen) Key(id keys.ID, f screen.Frame) screen.Ask {
	if why := s.Cannot(id, f); why != "" {
		return screen.Ask{Say: why}
	}
	s.see(f)
	sheet := s.sheet(f)
	if outcome, is := outcomes[id]; is {
		return screen.Ask{Do: action.Record{Body: s.top.ask(sheet, outcome, f.Instant)}}
	}
	if id == keys.ShowFlash {
		return screen.Ask{Go: screen.ToFlash, Subject: screen.Subject{Alarm: s.id}}
	}
	if id == keys.Open {
		return screen.Ask{Prefill: "told " + sheet.Alarm.Called() + " " + words(s.top.current(sheet)) + " "}
	}
	ask, _ := s.body.Key(id, f)
	s.follow(f, sheet)
	return ask
}

// see takes in who stands on top now, and has the cursor go along.
func (s *Screen) see(f screen.Frame) {
	sheet := s.sheet(f)
	if sheet == nil {
		return
	}
	began := s.top.began
	if !s.top.see(sheet, f.Instant) || s.top.on == "" {
		return
	}
	s.body.Forget()
	elsewhere := false
	if began {
		l, ok := s.body.Selected(f)
		elsewhere = !ok || !strings.HasPrefix(l.Key, postKey)
	}
	if !elsewhere {
		s.body.GoTo("sheet", postKey+s.top.on)
	}
}

// follow puts on top who the cursor was moved to.
func (s *Screen) follow(f screen.Frame, sheet *duty.Sheet) {
	if l, ok := s.body.Selected(f); ok && strings.HasPrefix(l.Key, postKey) && s.top.choose(sheet, strings.TrimPrefix(l.Key, postKey)) {
		s.body.Forget()
	}
}

// postKey begins the keys of the lines of the sheet.
const postKey = "post "

// Cannot says why a binding cannot be used just now.
func (s *Screen) Cannot(id keys.ID, f screen.Frame) string {
	_, outcome := outcomes[id]
	if !outcome && id != keys.Open && id != keys.ShowFlash {
		return s.body.Cannot(id, f)
	}
	sheet := s.sheet(f)
	if id == keys.ShowFlash && sheet != nil {
		return ""
	}
	switch {
	case sheet == nil:
		return f.Say("there is no such alarm in this picture")
	case !f.View.Live():
		return f.Say("this picture is of the past: nobody is told in it")
	case s.top.pending(sheet, f.Instant):
		return f.Say("the last outcome is being written: wait until it stands on the sheet")
	case s.top.current(sheet) == nil && len(f.View.Profiles()) == 0:
		return f.Sayf("%s; write who was told as a note: %s", f.NobodyToTell(sheet), ":note")
	case s.top.current(sheet) == nil:
		return f.Sayf("%s; write who it was: %s", f.NobodyToTell(sheet), ":told "+sheet.Alarm.Called()+" FUNCTION CHANNEL answered")
	case outcome && s.top.justMoved(sheet, f.Instant):
		return f.Sayf("CALL has just moved on to %s: press again", called(s.top.current(sheet), f.Hand))
	}
	return ""
}

// Arrived takes a new picture in.
func (s *Screen) Arrived(f screen.Frame) { s.see(f) }

// Lines draws the screen.
func (s *Screen) Lines(f screen.Frame) []string {
	s.see(f)
	return s.body.Lines(f)
}

// Click selects the line at a cell.
func (s *Screen) Click(x, y int, f screen.Frame) (hit, again bool) { return s.body.Click(x, y, f) }

// Linear is the screen as plain lines.
func (s *Screen) Linear(f screen.Frame) []string { return s.body.Linear(f) }

// Calls says whom to call now.
func (s *Screen) Calls(f screen.Frame) []string {
	sheet := s.sheet(f)
	if sheet == nil {
		return nil
	}
	d := &drawing{f: &f, sheet: sheet, current: s.top.current(sheet)}
	w := page.NewWriter(f.Palette, page.LinearWidth, 0)
	d.whom(w)
	said := make([]string, len(w.Lines))
	for i := range w.Lines {
		said[i] = w.Lines[i].Spoken(f.Language)
	}
	return said
}

func (s *Screen) draw(f screen.Frame, widths []int) ([]page.Line, []page.Column) {
	sheet := s.sheet(f)
	if sheet == nil {
		w := page.NewWriter(f.Palette, f.Width, 0)
		w.Say(theme.Text, 0, f.Say("There is no such alarm in this picture."))
		return nil, []page.Column{{Width: f.Width, Sections: []page.Section{{Key: "none", Title: f.SayAs("sheet", "TOLD"), Lines: w.Lines}}}}
	}
	d := &drawing{f: &f, sheet: sheet, current: s.top.current(sheet)}
	columns := []page.Column{{Width: widths[0], Sections: []page.Section{d.posts(widths[0])}}}
	last := widths[len(widths)-1]
	if len(widths) > 1 {
		columns = append(columns, page.Column{Width: last})
	}
	beside := &columns[len(columns)-1]
	if first, ok := d.actions(last); ok {
		beside.Sections = append(beside.Sections, first)
	}
	columns[0].Sections = append(columns[0].Sections, d.history(widths[0]))
	if where, ok := d.places(last); ok {
		beside.Sections = append(beside.Sections, where)
	}
	if len(widths) > 1 && len(beside.Sections) == 0 {
		beside.Sections = []page.Section{d.nothing(last)}
	}
	return d.top(f.Width), columns
}

// drawing is one drawing of a sheet.
type drawing struct {
	f       *screen.Frame
	sheet   *duty.Sheet
	current *duty.Post
}

// nearFrom is from how many lines of the screen on there is room above the sheet for who is near: whom to call goes first.
const nearFrom = 16

// top is what stands above the sheet: what rang, and whom to call.
func (d *drawing) top(width int) []page.Line {
	a := d.sheet.Alarm
	w := page.NewWriter(d.f.Palette, width, 9)
	age, _ := d.f.Age(a.Came, d.f.Now, 0)
	words := d.f.AlarmText(d.f.View, a)
	d.one(w, figure.SeverityOf(a.Severity), fmt.Sprintf("%s %s %s  %s", a.Called(), d.f.SeverityWord(a.Severity), age, words))
	said := page.Safe(d.f.Palette, aloud.Line(d.f.Language, words))
	w.Lines[len(w.Lines)-1].Said = aloud.Row(aloud.Line(d.f.Language, a.Called()+" "+d.f.SeverityWord(a.Severity)), aloud.Cell(d.f.Language, "AGE", age), said)
	if now := d.f.AlarmNow(d.f.View, a); now != "" {
		w.Say(theme.Text, 0, d.f.Sayf("NOW: %s", now)) // it ends with how far that is established, which is never cut
	}
	if near, ok := figure.AlarmNear(d.f.View, a); ok && d.f.Height >= nearFrom {
		d.one(w, theme.Text, d.near(&near))
	}
	if !a.Reopened.IsZero() {
		d.one(w, theme.Warning, d.f.Sayf("TELL AGAIN everybody who was told, %s", d.f.TellAgainSince(d.f.View, a, d.f.Now)))
	}
	for _, trouble := range d.f.ProfileTrouble(d.sheet.Profile, d.f.Now) {
		d.one(w, theme.Warning, trouble)
	}
	d.whom(w)
	return w.Lines
}

// whom is whom to call, or why nobody.
func (d *drawing) whom(w *page.Writer) {
	if d.sheet.Next() == nil {
		if none := d.f.NobodyToTell(d.sheet); none != "" {
			d.one(w, theme.Warning, d.f.Sayf("NOBODY TO CALL: %s", none))
		} else {
			told, of := d.sheet.Figures()
			d.one(w, theme.Text, d.f.Sayf("ALL TOLD: %d of %d", told, of))
		}
	}
	switch {
	case d.current == nil:
	case d.current.State.IsTold():
		d.heard(w)
	default:
		d.call(w)
	}
}

// near is who is near, under a heading that says so.
func (d *drawing) near(n *figure.StaffNear) string {
	return d.f.Sayf("NEAR: %s", n.Bare(d.f.Now, d.f.Hand, true))
}

// one adds one line, cut where it has no room: what stands on top must not push the sheet away.
func (d *drawing) one(w *page.Writer, role theme.Role, text string) {
	w.Add(widget.Span{Text: widget.Truncate(page.Safe(w.Palette, text), w.Width-1, w.Palette.Glyph(theme.Ellipsis)), Role: role})
}

// call is whom to call, and how.
func (d *drawing) call(w *page.Writer) {
	who, channel, number, then := d.f.Call(d.f.View, d.current, d.f.Now)
	d.one(w, theme.Focus, d.f.Sayf("CALL %s", who))
	if channel != "" {
		d.one(w, theme.Title, "  "+channel+"  "+number)
	}
	if then != "" {
		d.one(w, theme.Dim, "  "+then)
	}
}

// heard is of whom a key would write who knows already, and who comes next.
func (d *drawing) heard(w *page.Writer) {
	d.one(w, theme.Focus, d.f.Sayf("TOLD %s", d.f.Heard(d.current)))
	if next := d.sheet.Next(); next != nil {
		d.one(w, theme.Dim, "  "+d.f.Sayf("next to call: %s", called(next, d.f.Hand)))
	}
}
