// Package flash is the form of a flash report: what is confirmed, not confirmed and not known, what was done, and when the next is
// due.
//
// It begins with what the versions of the incident say, by what is confirmed and what is not; whoever gives it types over that. Of a
// restricted incident nothing is filled in, and the form says that nothing of it belongs here. Above the form stands the report
// before, so that the new one says what changed. From 132 cells on the short form stands beside, as SMS and radio will have it,
// with its length.
package flash

import (
	"errors"
	"strings"
	"time"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/lang"
	"vigil/internal/order"
	"vigil/internal/picture"
	"vigil/internal/report"
	"vigil/internal/saying"
	"vigil/internal/theme"
	"vigil/internal/tui/aloud"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// The fields.
const (
	confirmed    = "confirmed"
	notConfirmed = "not confirmed"
	notKnown     = "not known"
	acted        = "action"
	next         = "next"
)

// beside is the width from which the short form stands beside.
const beside = 132

// Screen is the form.
type Screen struct {
	subject    screen.Subject
	about      duty.Subject
	form       *widget.Form
	hand       figure.Hand
	begun      bool
	restricted bool
	kept       int    // versions that are not to be passed on
	none       string // why there is nothing to give a report on
	refused    string
	now        time.Time
	x, y       int
	cursor     bool
}

// New begins a report on the alarm of the subject, else on its incident, else on its country.
func New(s screen.Subject) *Screen {
	f := &Screen{subject: s}
	f.fields(figure.Hand{})
	return f
}

// fields makes the form in the words of whoever fills it in.
func (s *Screen) fields(h figure.Hand) {
	s.hand = h
	var list []widget.Field
	for _, d := range asked {
		list = append(list, widget.Field{Key: d.key, Label: h.SayAs("flash", d.label), Blank: h.Say("nothing stated"), Rows: d.rows})
	}
	last := &list[len(list)-1]
	last.Blank, last.Words, last.Read = h.Say(usual), s.dueWords, s.readNext
	s.form = widget.NewForm(list...)
}

// usual is when the next report is due where nobody says it.
var usual = lang.Msg("in 30 minutes")

// asked are the fields with their labels, marked to be said.
var asked = []struct {
	key, label string
	rows       int
}{
	{confirmed, lang.MsgAs("flash", "Confirmed"), 4},
	{notConfirmed, lang.MsgAs("flash", "Not confirmed"), 4},
	{notKnown, lang.MsgAs("flash", "Not known"), 3},
	{acted, lang.MsgAs("flash", "Action taken"), 3},
	{next, lang.MsgAs("flash", "Next report"), 0},
}

// dueWords are what the next report is most often due in.
func (s *Screen) dueWords(typed string) []string {
	return widget.Begins([]string{"30m", "15m", "1h", "2h", s.hand.SayAs("flash", "none")}, typed)
}

// due is when the next report is due by what was typed; zero is never.
func (s *Screen) due(text string, now time.Time) (time.Time, error) {
	if strings.EqualFold(strings.TrimSpace(text), s.hand.SayAs("flash", "none")) {
		text = "none"
	}
	return order.NextDue(text, now)
}

func (s *Screen) readNext(text string) (string, error) {
	t, err := s.due(text, s.now)
	if err != nil {
		return "", errors.New(saying.In(s.hand, err))
	}
	if t.IsZero() {
		return s.hand.Say("this is the last report"), nil
	}
	return s.hand.Time(t), nil
}

// Scope is the part of the binding table that is in force.
func (s *Screen) Scope() keys.Scope { return keys.Form }

// Title names the screen.
func (s *Screen) Title(f screen.Frame) string {
	s.begin(f)
	number := f.View.Duty().NextFlash(s.about)
	if a, ok := f.View.Duty().Alarm(s.about.Alarm); ok {
		return f.Sayf("Flash %d on %s", number, a.Called())
	}
	return f.Sayf("Flash %d", number)
}

// begin fills the form in, once there is a picture.
func (s *Screen) begin(f screen.Frame) {
	s.now = f.Now
	if s.begun || f.View.IsZero() {
		return
	}
	s.begun = true
	s.fields(f.Hand)
	s.about, s.none = About(f.View, s.subject)
	s.none = f.Say(s.none)
	if s.none != "" {
		return
	}
	d := report.Draft(f.Hand, f.View, s.about, s.subject.Incident, f.Now)
	s.restricted, s.kept = d.Restricted, d.Kept
	if d.Restricted {
		return
	}
	from := f.Say("from the versions of the incident")
	for key, t := range map[string]duty.Text{confirmed: d.Confirmed, notConfirmed: d.NotConfirmed, notKnown: d.NotKnown} {
		if !t.IsZero() {
			s.form.Fill(key, strings.ReplaceAll(t.Safe().String(), "\n", "; "), from)
		}
	}
	if last, ok := f.View.Duty().LastFlash(s.about); ok && !last.Action.IsZero() {
		s.form.Fill(acted, last.Action.Line().String(), f.Sayf("from report %d", last.Number))
	}
}

// About is what a report on a subject of a screen is about, or why there can be none, marked to be said.
func About(v picture.View, s screen.Subject) (about duty.Subject, none string) {
	if _, ok := v.Duty().Alarm(s.Alarm); ok {
		return duty.Subject{Alarm: s.Alarm}, ""
	}
	if s.Incident != 0 {
		if name := v.Identity(s.Incident); !name.ID.IsZero() {
			return duty.Subject{Incident: duty.NameOf(name)}, ""
		}
		return duty.Subject{}, lang.Msg("this event is restricted: the security lead gives its reports")
	}
	if s.Country.Known() {
		return duty.Subject{Country: s.Country.Alpha3()}, ""
	}
	return duty.Subject{}, lang.Msg("no alarm, event or country is selected")
}

// Key does what a binding asks for.
func (s *Screen) Key(id keys.ID, f screen.Frame) screen.Ask {
	s.begin(f)
	if why := s.Cannot(id, f); why != "" {
		return screen.Ask{Say: why}
	}
	switch id {
	case keys.ShowHelp:
		return screen.Ask{Go: screen.ToHelp}
	case keys.Cancel, keys.Interrupt:
		if s.form.Typed() && s.none == "" {
			return screen.Ask{Close: true, Question: f.Say("Throw the report away?")}
		}
		return screen.Ask{Close: true}
	}
	if s.none != "" {
		return screen.Ask{Say: s.none}
	}
	if s.form.Key(id) == widget.Saved {
		return s.save(f)
	}
	s.refused = ""
	return screen.Ask{}
}

// Wrong is what is wrong with the field that is typed into.
func (s *Screen) Wrong(f screen.Frame) string {
	if s.form == nil {
		return ""
	}
	return s.form.Wrong(f.Language)
}

// save gives the report to the desk.
func (s *Screen) save(f screen.Frame) screen.Ask {
	b, err := s.body(f)
	if err != nil {
		s.refused = saying.In(f, err)
		return screen.Ask{Say: s.refused}
	}
	if err := b.Check(); err != nil {
		s.refused = saying.In(f, err)
		return screen.Ask{Say: s.refused}
	}
	s.refused = ""
	return screen.Ask{Do: action.Record{Body: b}, Close: true}
}

// body is the report that the form holds.
func (s *Screen) body(f screen.Frame) (*duty.Flash, error) {
	due, err := s.due(s.form.Value(next), f.Now)
	if err != nil {
		return nil, err
	}
	text := func(key string) duty.Text { return duty.Words(s.form.Value(key)) }
	return &duty.Flash{
		Alarm: s.about.Alarm, Incident: s.about.Incident, Country: s.about.Country, Number: f.View.Duty().NextFlash(s.about),
		Confirmed: text(confirmed), NotConfirmed: text(notConfirmed), NotKnown: text(notKnown), Action: text(acted), Next: due,
	}, nil
}

// Cannot says why a binding cannot be used just now.
func (s *Screen) Cannot(id keys.ID, f screen.Frame) string {
	if id == keys.Save && !f.View.IsZero() && !f.View.Live() {
		return f.Say("this picture is of the past: no report is given in it")
	}
	return ""
}

// Type takes text.
func (s *Screen) Type(text string, f screen.Frame) screen.Ask {
	s.begin(f)
	if s.none != "" {
		return screen.Ask{Say: s.none}
	}
	s.refused = ""
	s.form.Type(text)
	return screen.Ask{}
}

// Refused keeps the form with what the desk said.
func (s *Screen) Refused(why string) { s.refused = why }

// Cursor is where the terminal's cursor belongs.
func (s *Screen) Cursor(screen.Frame) (x, y int, shown bool) { return s.x, s.y, s.cursor }

// Arrived takes a new picture in. What was filled in stays: it is being read.
func (s *Screen) Arrived(f screen.Frame) { s.begin(f) }

// Lines draws the screen.
func (s *Screen) Lines(f screen.Frame) []string {
	s.begin(f)
	width := f.Width
	if width >= beside {
		width = page.Split(f.Width, 2)[0]
	}
	head := s.head(f, width)
	head = head[:max(0, min(len(head), f.Height-4))]
	var lines []string
	for i := range head {
		lines = append(lines, page.Draw(f.Palette, width, &head[i], false))
	}
	if s.none == "" {
		form, x, y := s.form.Render(f.Language, f.Palette, width, f.Height-len(lines))
		s.x, s.y, s.cursor = x, y+len(lines), true
		lines = append(lines, form...)
	}
	if width == f.Width {
		return widget.Height(lines, f.Width, f.Height)
	}
	widths := page.Split(f.Width, 2)
	w := page.NewWriter(f.Palette, widths[1], 0)
	s.short(f, w)
	var right []string
	for i := range w.Lines {
		right = append(right, page.Draw(f.Palette, widths[1], &w.Lines[i], false))
	}
	return widget.Height(widget.Beside(page.Gap, widths, widget.Height(lines, widths[0], f.Height), widget.Height(right, widths[1], f.Height)), f.Width, f.Height)
}

// head is what stands above the form.
func (s *Screen) head(f screen.Frame, width int) []page.Line {
	w := page.NewWriter(f.Palette, width, 0)
	one := func(role theme.Role, text string) {
		w.Add(widget.Span{Text: widget.Truncate(page.Safe(f.Palette, text), width-1, f.Palette.Glyph(theme.Ellipsis)), Role: role})
	}
	if s.none != "" {
		w.Say(theme.Warning, 0, s.none)
		return w.Lines
	}
	b := f.View.Duty()
	if a, ok := b.Alarm(s.about.Alarm); ok {
		one(figure.SeverityOf(a.Severity), a.Called()+" "+f.SeverityWord(a.Severity)+"  "+f.AlarmText(f.View, a))
	} else {
		one(theme.Text, figure.FlashSubject(f.View, &duty.Flash{Incident: s.about.Incident, Country: s.about.Country}))
	}
	if s.restricted {
		one(theme.Restricted, f.Say("RESTRICTED: write no place, sex, organisation or detail here; the log is read by others"))
	}
	if s.kept > 0 {
		one(theme.Warning, f.Sayf("%s of the incident must not be passed on: nothing of it is filled in", f.Plural(s.kept, "version")))
	}
	if last, ok := b.LastFlash(s.about); ok {
		age, _ := f.Age(last.At, f.Now, 0)
		text := f.Sayf("report %d, %s ago", last.Number, age)
		if !last.Next.IsZero() && last.Next.Before(f.Now) {
			late, _ := f.Age(last.Next, f.Now, 0)
			text += ", " + f.Sayf("this one is OVERDUE %s", late)
		}
		if !s.restricted && !last.Confirmed.IsZero() {
			text += f.Say("; ") + f.Sayf("it confirmed: %s", last.Confirmed.Line())
		}
		one(theme.Dim, text)
	}
	if s.refused != "" {
		one(theme.Error, f.Sayf("NOT GIVEN: %s", s.refused))
	}
	return w.Lines
}

// short is the form as SMS and radio will have it.
func (s *Screen) short(f screen.Frame, w *page.Writer) {
	if s.none != "" {
		return
	}
	b, err := s.body(f)
	if err != nil {
		w.Say(theme.Dim, 0, f.Say("The short form shows once the next report has a time."))
		return
	}
	out := report.FlashOf(f.View, duty.Flashed{At: f.Now, Flash: b})
	text := out.SMS()
	w.Add(widget.Span{Text: f.Sayf("SMS AND RADIO, %d of %d characters", len(text), report.MaxSMS), Role: theme.Title})
	w.Say(theme.Text, 0, text)
}

// Linear is the screen as plain lines.
func (s *Screen) Linear(f screen.Frame) []string {
	s.begin(f)
	f.Width = page.LinearWidth
	var out []string
	for _, l := range s.head(f, f.Width) {
		out = append(out, aloud.Line(f.Language, l.Text()))
	}
	if s.none != "" {
		return out
	}
	out = append(append(out, s.form.Linear(f.Language)...), "")
	w := page.NewWriter(f.Palette, f.Width, 0)
	s.short(f, w)
	for _, l := range w.Lines {
		out = append(out, strings.TrimSpace(l.Text()))
	}
	return out
}
