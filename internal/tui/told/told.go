// Package told is the told-sheet of an alarm: who must know of it, who knows, and whom to call next.
//
// On top, and always in sight, stands the next one to call with the channel and the number, and what comes when nobody answers.
// One key writes what became of the call; what was written wrongly is put right by writing again. Under it is the sheet in the
// order of the call tree; with the cursor on somebody who is not told yet, that one stands on top instead. Then everything
// that was written, the last first. The five-minute actions and where staff assemble stand beside from 132 cells on, else below.
//
// A number is shown only here, only of the one who stands on top, only to a role that tells people, and only live.
package told

import (
	"fmt"
	"strings"
	"time"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// writing is for how long keys wait for an outcome to be seen in the log: pressed twice it would count for the next channel.
const writing = 5 * time.Second

// Screen is the told-sheet of one alarm.
type Screen struct {
	id     string
	body   *page.Body
	chosen string // the post that the reader went to; empty for whoever is next
	known  int    // how much was on the sheet when an outcome was asked for
	asked  time.Time
	began  bool // the cursor has been put on the first to call
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
		return "Told " + sheet.Alarm.Called()
	}
	return "Told"
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
	return figure.ToldSheet(f.View, a, f.Now)
}

// current is the post that stands on top: the chosen one while it is to be told, else the next; nil when everybody knows.
func (s *Screen) current(sheet *duty.Sheet) *duty.Post {
	if p, ok := sheet.Named(s.chosen); ok && s.chosen != "" && !p.State.IsTold() {
		return p
	}
	return sheet.Next()
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
	sheet := s.sheet(f)
	if outcome, is := outcomes[id]; is {
		p := s.current(sheet)
		s.known, s.asked = len(sheet.Alarm.Sheet), f.Now
		if outcome.IsTold() || outcome == duty.Refused {
			s.chosen = ""
		}
		s.body.Forget()
		return screen.Ask{Do: action.Record{Body: body(sheet.Alarm, p, outcome)}}
	}
	if id == keys.ShowFlash {
		return screen.Ask{Go: screen.ToFlash, Subject: screen.Subject{Alarm: s.id}}
	}
	if id == keys.Open {
		return screen.Ask{Prefill: "told " + sheet.Alarm.Called() + " " + words(s.current(sheet)) + " "}
	}
	ask, _ := s.body.Key(id, f)
	s.follow(f, sheet)
	return ask
}

// body is the entry of an outcome of the next call to a post.
func body(a *duty.Alarm, p *duty.Post, outcome duty.Outcome) *duty.Told {
	b := &duty.Told{Alarm: a.ID, Contact: p.Name, Outcome: outcome}
	if c, ok := p.Next(); ok {
		b.Contact, b.Channel = c.Contact.Called, c.Channel.Called
	}
	return b
}

// words name the next call to a post as the command line does.
func words(p *duty.Post) string {
	if c, ok := p.Next(); ok {
		return c.Contact.Called + " " + c.Channel.Called
	}
	return p.Name
}

// follow puts on top who the cursor was moved to.
func (s *Screen) follow(f screen.Frame, sheet *duty.Sheet) {
	before := s.chosen
	s.chosen = ""
	if l, ok := s.body.Selected(f); ok && strings.HasPrefix(l.Key, postKey) {
		if name := strings.TrimPrefix(l.Key, postKey); sheet.Next() == nil || name != sheet.Next().Name {
			s.chosen = name
		}
	}
	if s.chosen != before {
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
		return "there is no such alarm in this picture"
	case !f.View.Live():
		return "this picture is of the past: nobody is told in it"
	case s.pending(sheet, f.Now):
		return "the last outcome is being written: wait until it stands on the sheet"
	case s.current(sheet) == nil && sheet.None != "":
		return sheet.None + "; write who it was: :told " + sheet.Alarm.Called() + " FUNCTION CHANNEL answered"
	case s.current(sheet) == nil:
		return "everybody who must know has been told; a correction is written with :told " + sheet.Alarm.Called()
	}
	return ""
}

// pending reports whether an outcome that was asked for is not on the sheet yet.
func (s *Screen) pending(sheet *duty.Sheet, now time.Time) bool {
	return !s.asked.IsZero() && len(sheet.Alarm.Sheet) <= s.known && now.Sub(s.asked) < writing
}

// Arrived takes a new picture in. Where nobody was chosen the cursor goes with the next one to call.
func (s *Screen) Arrived(f screen.Frame) {
	sheet := s.sheet(f)
	if sheet == nil || !s.began {
		return
	}
	l, ok := s.body.Selected(f)
	if next := s.current(sheet); next != nil && ok && strings.HasPrefix(l.Key, postKey) && l.Key != postKey+next.Name {
		s.body.GoTo("sheet", postKey+next.Name)
	}
}

// Lines draws the screen.
func (s *Screen) Lines(f screen.Frame) []string { return s.body.Lines(f) }

// Linear is the screen as plain lines.
func (s *Screen) Linear(f screen.Frame) []string { return s.body.Linear(f) }

func (s *Screen) draw(f screen.Frame, widths []int) ([]page.Line, []page.Column) {
	sheet := s.sheet(f)
	if sheet == nil {
		w := page.NewWriter(f.Palette, f.Width, 0)
		w.Say(theme.Text, 0, "There is no such alarm in this picture.")
		return nil, []page.Column{{Width: f.Width, Sections: []page.Section{{Key: "none", Title: "TOLD", Lines: w.Lines}}}}
	}
	d := &drawing{f: &f, sheet: sheet, current: s.current(sheet)}
	if !s.began && d.current != nil {
		s.began = true
		s.body.GoTo("sheet", postKey+d.current.Name)
	}
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

// top is what stands above the sheet: what rang, and whom to call.
func (d *drawing) top(width int) []page.Line {
	a := d.sheet.Alarm
	w := page.NewWriter(d.f.Palette, width, 9)
	age, _ := figure.Age(a.Came, d.f.Now, 0)
	words := figure.AlarmText(d.f.View, a)
	d.one(w, figure.SeverityOf(a.Severity), fmt.Sprintf("%s %s %s  %s", a.Called(), figure.SeverityWord(a.Severity), age, words))
	if !a.Reopened.IsZero() {
		age, _ := figure.Age(a.Reopened, d.f.Now, 0)
		d.one(w, theme.Warning, "TELL AGAIN everybody who was told, since "+age+": "+a.ReopenWhy.String())
	}
	for _, trouble := range figure.ProfileTrouble(d.sheet.Profile, d.f.Now) {
		d.one(w, theme.Warning, trouble)
	}
	switch {
	case d.current != nil:
		d.call(w)
	case d.sheet.None != "":
		d.one(w, theme.Warning, "NOBODY TO CALL: "+d.sheet.None)
	default:
		told, of := d.sheet.Figures()
		d.one(w, theme.Text, fmt.Sprintf("ALL TOLD: %d of %d", told, of))
	}
	return w.Lines
}

// one adds one line, cut where it has no room: what stands on top must not push the sheet away.
func (d *drawing) one(w *page.Writer, role theme.Role, text string) {
	w.Add(widget.Span{Text: widget.Truncate(page.Safe(w.Palette, text), w.Width-1, w.Palette.Glyph(theme.Ellipsis)), Role: role})
}

// call is whom to call, and how.
func (d *drawing) call(w *page.Writer) {
	who, channel, number, then := figure.Call(d.f.View, d.current, d.f.Now)
	d.one(w, theme.Focus, "CALL "+who)
	if channel != "" {
		d.one(w, theme.Title, "  "+channel+"  "+number)
	}
	if then != "" {
		d.one(w, theme.Dim, "  "+then)
	}
}
