// Package report is the form in which the duty officer writes down what somebody reports: a new incident, or what is said more of
// one.
//
// Its rules. Every field may stay empty: then it is not known, and of a known incident it stays as it was. What is filled in by vigil
// itself says where it is from and is typed over by the first letter: the time is that at which the form was opened, the source
// that of the last report, and a place that the picture knows brings its country, its area and its position. Only what a
// person typed, or left standing, is saved. How a text is understood stands beside it, and what is wrong under it.
//
// Of an incident that another source tells of nothing is changed: the desk writes its own word beside it.
package report

import (
	"slices"
	"strings"
	"time"

	"vigil/internal/action"
	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/search"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
	"vigil/internal/voice"
)

// Screen is the form.
type Screen struct {
	of     picture.ID // what it says more of; 0 for a new one
	name   incident.Identity
	known  duty.Reported
	own    bool // the desk's own feed has it
	form   *widget.Form
	places *search.Places
	among  string // why the place that was typed brings nothing
	speech speech
	now    time.Time
	saving bool
	fail   string
	x, y   int
}

// Fields that are not those of a record.
const (
	refuted = "refuted"
	reason  = "reason"
)

// New makes the form; of is the incident that it says more of, 0 for a new one.
func New(of picture.ID) *Screen { return &Screen{of: of} }

// Scope is the part of the binding table that is in force.
func (s *Screen) Scope() keys.Scope { return keys.Form }

// Title names the screen.
func (s *Screen) Title(f screen.Frame) string { return f.SayAs("form", "Report") }

// Cannot says why a binding cannot be used just now.
func (s *Screen) Cannot(id keys.ID, f screen.Frame) string {
	if s.form == nil {
		return f.Say("there is no picture yet")
	}
	if s.saving && id == keys.Save {
		return f.Say("it is being saved")
	}
	return ""
}

// Arrived takes a new picture in. The form itself stays as it was typed.
func (s *Screen) Arrived(f screen.Frame) {
	s.now = f.Now
	if s.form == nil && !f.View.IsZero() {
		s.begin(f)
	}
}

// field is one line of the form, its words marked to be said.
type field struct {
	is    voice.Field
	label string
	blank string
}

// fields are in the order in which a caller tells: what, where, when, whom, and how far it is to be believed.
var fields = []field{
	{voice.Act, lang.Msg("What"), lang.Msg("unknown")},
	{voice.Place, lang.Msg("Place"), lang.Msg("unknown")},
	{voice.Country, lang.Msg("Country"), lang.Msg("unknown")},
	{voice.Admin1, lang.Msg("Area"), lang.Msg("unknown")},
	{voice.When, lang.Msg("When (UTC)"), lang.Msg("unknown")},
	{voice.People, lang.Msg("People"), ""},
	{voice.Source, lang.Msg("Source"), lang.Msg("unknown")},
	{voice.Grade, lang.Msg("Grade"), lang.Msg("none; A-F for the source, 1-6 for what it says")},
	{voice.Verification, lang.Msg("Verification"), lang.Msg("unconfirmed")},
	{voice.Severity, lang.Msg("Severity"), lang.Msg("unknown")},
	{voice.Title, lang.Msg("Title"), lang.Msg("none")},
	{voice.Details, lang.Msg("Details"), lang.Msg("none; never a person's name")},
	{voice.Threat, lang.Msg("Threat"), lang.Msg("unknown")},
	{voice.Target, lang.Msg("Target"), lang.Msg("unknown")},
	{voice.Position, lang.Msg("Position"), lang.Msg("unknown; lat lon in degrees")},
	{voice.Actor, lang.Msg("Done by"), lang.Msg("unknown")},
	{voice.Means, lang.Msg("Means"), lang.Msg("unknown")},
	{voice.Holder, lang.Msg("Held by"), lang.Msg("unknown")},
	{voice.Handling, lang.Msg("Handling"), lang.Msg("as usual for what happened")},
}

// begin makes the form from what the picture knows.
func (s *Screen) begin(f screen.Frame) {
	s.places = search.NewPlaces(f.View)
	s.speech = speech{f.Hand, f.View.CountryNames()}
	var list []widget.Field
	for _, d := range fields {
		list = append(list, s.field(d))
	}
	if s.of != 0 {
		list = append(list, widget.Field{
			Key: refuted, Label: f.Say("Refuted as"), Blank: f.Say("not refuted"), Strict: true, Words: func(typed string) []string {
				var words []string
				for _, r := range duty.Refutations() {
					words = append(words, string(r))
				}
				return s.speech.offered(words, typed)
			},
		}, widget.Field{Key: reason, Label: f.Say("Reason"), Blank: f.Say("of a verification or refutation; for the duty log")})
	}
	s.form = widget.NewForm(list...)
	if s.of == 0 {
		s.form.Fill(string(voice.When), f.Now.UTC().Format("15:04"), "")
		if last := lastSource(f.View); last != "" {
			s.form.Fill(string(voice.Source), last, f.Say("as of the last report"))
		}
		return
	}
	s.stands(f)
}

// stands fills in what is known of the incident.
func (s *Screen) stands(f screen.Frame) {
	d, ok := f.View.Detail(s.of)
	if !ok || d.Shown.Incident == nil {
		return
	}
	i := d.Shown.Incident
	s.name = i.Identity
	s.known, s.own = f.View.Duty().Reported(s.name)
	for _, fd := range fields {
		if fd.is == voice.Verification && i.Verification.Value == incident.Unconfirmed {
			continue
		}
		s.form.Fill(string(fd.is), s.speech.shown(fd.is, voice.Text(fd.is, i)), f.Say("as it stands"))
	}
}

// lastSource is who told the last report that the log has, and that may be named: never who told of what is restricted.
func lastSource(v picture.View) string {
	b := v.Duty()
	for n := b.Len() - 1; n >= 0; n-- {
		if r, is := b.At(n).Body.(*duty.Report); is && r.Version == 1 && len(r.Of) == 0 {
			if name := r.Incident.Identity(); name.Authority.String() != own && v.Nameable(name) {
				return name.Authority.String()
			}
		}
	}
	return ""
}

// own is the authority of reports that do not say who told them.
const own = "own"

func (s *Screen) field(d field) widget.Field {
	h := s.speech
	w := widget.Field{Key: string(d.is), Label: h.Say(d.label), Blank: h.Say(d.blank), Read: func(text string) (string, error) { return h.understood(d.is, text, s.now) }}
	switch d.is {
	case voice.Place:
		w.Read = func(text string) (string, error) {
			if as, err := h.understood(d.is, text, s.now); err != nil || as != "" {
				return as, err
			}
			return s.among, nil
		}
		w.Words = func(typed string) []string { return s.places.Complete(typed, s.country()) }
	case voice.Admin1:
		w.Words = func(typed string) []string { return s.places.CompleteArea(typed, s.country()) }
	case voice.When:
		w.Words = h.times
	case voice.Act:
		w.Strict = true
		w.Words = func(typed string) []string {
			if typed == "" {
				return h.words(oftenest)
			}
			return h.offered(voice.Words(voice.Act), typed)
		}
	case voice.People:
		w.Blank, w.Words = h.Sayf(`unknown; such as "%s"`, h.people()), h.completed
	case voice.Details:
		w.Rows = 3
	default:
		if words := voice.Words(d.is); words != nil {
			w.Strict = true
			w.Words = func(typed string) []string { return h.offered(words, typed) }
		}
	}
	return w
}

// oftenest are the acts that are offered where nothing is typed: those that are told of most often.
var oftenest = []string{
	"abduction", "killing", "shooting", "armed_robbery", "arrest_detention", "bombing_ied", "attack_on_vehicle", "threat", "protest", "road_accident", "medical_emergency",
}

// completed completes the last word of what was typed of people.
func (h speech) completed(typed string) []string {
	at := strings.LastIndexAny(typed, " ,;") + 1
	if typed[at:] == "" || strings.Trim(typed[at:], "0123456789?") == "" {
		return nil
	}
	var words []string
	for _, w := range voice.PeopleWords() {
		words = append(words, h.affected(w))
	}
	list := widget.Begins(words, typed[at:])
	for i := range list {
		list[i] = typed[:at] + list[i]
	}
	return list
}

// country is the one that stands in the form, if it is one that a person typed or that can be read.
func (s *Screen) country() country.Code {
	if s.form == nil || !s.form.Own(string(voice.Country)) && s.of == 0 {
		return country.Unknown // it follows the place
	}
	c, _ := country.Parse(s.form.Value(string(voice.Country)))
	return c
}

// follow fills in what a known place brings.
func (s *Screen) follow() {
	name := s.form.Value(string(voice.Place))
	if !s.form.Own(string(voice.Place)) {
		return
	}
	area := ""
	if s.form.Own(string(voice.Admin1)) {
		area = s.form.Value(string(voice.Admin1))
	}
	fields, as, among := s.places.Brings(name, s.country(), area)
	from := ""
	s.among = ""
	if as != "" {
		from = s.speech.Sayf("as known of %s", as)
	} else if len(among) > 0 {
		s.among = s.speech.Sayf("known in %s: nothing is filled in", strings.Join(among, ", "))
	}
	for f, value := range fields {
		s.form.Fill(string(f), value, from)
	}
}

// Key does what a binding asks for.
func (s *Screen) Key(id keys.ID, f screen.Frame) screen.Ask {
	if why := s.Cannot(id, f); why != "" {
		return screen.Ask{Say: why}
	}
	s.now, s.fail = f.Now, ""
	switch s.form.Key(id) {
	case widget.Edited:
		s.edited()
	case widget.Moved:
		s.follow()
	case widget.Saved:
		s.follow()
		return s.save()
	case widget.Leave:
		if s.form.Typed() {
			return screen.Ask{Close: true, Question: f.Say("Throw away what was typed?")}
		}
		return screen.Ask{Close: true}
	}
	return screen.Ask{}
}

// Type takes a character, or what was pasted.
func (s *Screen) Type(text string, f screen.Frame) screen.Ask {
	if s.form == nil {
		return screen.Ask{}
	}
	s.now, s.fail = f.Now, ""
	s.form.Type(text)
	s.edited()
	return screen.Ask{}
}

// Wrong is what is wrong with the field that is typed into.
func (s *Screen) Wrong(f screen.Frame) string {
	if s.form == nil {
		return ""
	}
	return s.form.Wrong(f.Language)
}

func (s *Screen) edited() {
	if s.form.Focus() == string(voice.Place) {
		s.follow()
	}
}

// save is the command that the form makes.
func (s *Screen) save() screen.Ask {
	c := action.Report{Continues: s.name}
	for _, d := range fields {
		key := string(d.is)
		text := s.speech.meant(d.is, s.form.Value(key))
		if s.of != 0 && !s.said(d.is) || s.of == 0 && text == "" {
			continue
		}
		if _, err := c.Said.Set(d.is, text, s.now); err != nil {
			s.form.Fault(key, s.speech.wrong(d.is, err))
			return screen.Ask{}
		}
	}
	if s.of != 0 {
		c.Reason = duty.Words(s.form.Value(reason))
		if why := s.form.Value(refuted); why != "" {
			c.Refuted = duty.Refutation(s.speech.refutation(why))
			if _, err := c.Said.Set(voice.Verification, incident.Refuted.String(), s.now); err != nil {
				s.form.Fault(string(voice.Verification), s.speech.wrong(voice.Verification, err))
				return screen.Ask{}
			}
		} else if c.Said.Says(voice.Verification) && c.Said.Verification() == incident.Refuted {
			s.form.Fault(refuted, s.speech.Sayf("why is it refuted? write %s, %s, %s or %s", s.speech.word("false-alarm"), s.speech.word("hoax"), s.speech.word("duplicate"), s.speech.word("drill")))
			return screen.Ask{}
		}
	}
	if c.Said.IsZero() {
		return screen.Ask{Say: s.speech.Say("nothing was typed: Esc leaves")}
	}
	if s.of == 0 && !s.form.Typed() {
		return screen.Ask{Say: s.speech.Say("say at least what happened, or where: Esc leaves")}
	}
	s.saving = true
	return screen.Ask{Do: c, Close: true}
}

// said reports whether the form says something of a field of a known incident: a person typed there, or a new place brought it.
func (s *Screen) said(f voice.Field) bool {
	brought := slices.Contains([]voice.Field{voice.Country, voice.Admin1, voice.Position}, f)
	return s.form.Own(string(f)) || brought && s.form.Own(string(voice.Place)) && s.form.Value(string(f)) != ""
}

// Refused says that the desk did not take it.
func (s *Screen) Refused(why string) { s.saving, s.fail = false, why }

// Lines draws the form.
func (s *Screen) Lines(f screen.Frame) []string {
	if s.form == nil {
		return widget.Height([]string{widget.Line(f.Palette, f.Width, widget.Span{Text: " " + f.Say("There is no picture yet."), Role: theme.Dim})}, f.Width, f.Height)
	}
	s.now = f.Now
	left, right := s.heading(f)
	lines := []string{widget.Rule(f.Palette, f.Width, widget.Span{Text: " " + left, Role: theme.Title}, widget.Span{Text: right, Role: theme.Dim})}
	if s.fail != "" {
		lines = append(lines, widget.Line(f.Palette, f.Width, widget.Span{Text: " " + f.Sayf("NOT SAVED: %s", s.fail), Role: theme.Error}))
	}
	form, x, y := s.form.Render(f.Language, f.Palette, f.Width, f.Height-len(lines))
	s.x, s.y = x, y+len(lines)
	return widget.Height(append(lines, form...), f.Width, f.Height)
}

// heading says what is being written.
func (s *Screen) heading(f screen.Frame) (left, right string) {
	right = f.Say("empty is unknown")
	switch {
	case s.of == 0:
		left = f.Say("REPORT, new")
	case s.own:
		left, right = f.Sayf("REPORT, version %d of %s/%s", s.known.Version+1, s.name.Authority, s.name.ID), f.Say("untouched stays")
	case s.name.ID.IsZero():
		left = f.Say("REPORT on what is in this picture no more")
	default:
		left, right = f.Sayf("REPORT, the desk's own word on %s/%s", s.name.Authority, s.name.ID), f.Say("untouched stays")
	}
	if f.View.Desk().Exercise {
		left = f.Say("EXERCISE") + " " + left
	}
	return left, right
}

// Cursor is where the terminal's cursor belongs.
func (s *Screen) Cursor(screen.Frame) (x, y int, shown bool) { return s.x, s.y, s.form != nil }

// Linear is the form as plain lines.
func (s *Screen) Linear(f screen.Frame) []string {
	if s.form == nil {
		return []string{f.Say("There is no picture yet.")}
	}
	left, right := s.heading(f)
	lines := []string{left + " (" + right + ")"}
	if s.fail != "" {
		lines = append(lines, f.Sayf("NOT SAVED: %s", s.fail))
	}
	return append(lines, s.form.Linear(f.Language)...)
}
