package figure

import (
	"slices"
	"strings"
	"time"

	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/profile"
)

// TellAgain marks an alarm that is over, and of which not everybody who was told knows that.
var TellAgain = lang.Msg("TELL AGAIN")

// ToldOf is how many of those who must know of an alarm were told: "told 1/4"; empty where nobody must. "Delivered" is not told.
func (h Hand) ToldOf(v picture.View, a *duty.Alarm, now time.Time) string {
	told, of := v.Sheet(a, now).Figures()
	if of == 0 {
		return ""
	}
	return h.Sayf("told %d/%d", told, of)
}

// ToldBefore is [ToldOf] to stand before the words of the alarm.
func (h Hand) ToldBefore(v picture.View, a *duty.Alarm, now time.Time) string {
	if text := h.ToldOf(v, a, now); text != "" {
		return text + "  "
	}
	return ""
}

// Remark is what is to be said of what somebody just did beside that it is done: what a critical was closed without, and that who was told
// counts for nobody who must know. It is empty where there is nothing.
func (h Hand) Remark(v picture.View, body duty.Body, now time.Time) string {
	if b, is := body.(*duty.Told); is {
		return h.outside(v, b, now)
	}
	return h.LooseEnds(v, body, now)
}

// outside says of a call to somebody who need not know of the alarm that it counts for nobody who must.
func (h Hand) outside(v picture.View, b *duty.Told, now time.Time) string {
	a, ok := v.Duty().Alarm(b.Alarm)
	if !ok {
		return ""
	}
	if p, on := v.Sheet(a, now).Named(b.Contact); on && p.Needed {
		return ""
	}
	return h.Sayf("%s is none of those who must know of %s: it counts for nobody of them", h.Function(duty.Words(b.Contact).String()), a.Called())
}

// LooseEnds is what was left undone of a critical alarm that somebody closes: "A4 was never acknowledged, told 0/6"; empty where somebody
// acknowledged it and everybody who must be was told, and of what does not close one.
func (h Hand) LooseEnds(v picture.View, body duty.Body, now time.Time) string {
	b, is := body.(*duty.Close)
	if !is {
		return ""
	}
	a, ok := v.Duty().Alarm(b.Alarm)
	if !ok || a.Severity != duty.Critical {
		return ""
	}
	var left []string
	if len(a.Acks) == 0 {
		left = append(left, h.Say("was never acknowledged"))
	}
	if told, of := v.Sheet(a, now).Figures(); told < of {
		left = append(left, h.ToldOf(v, a, now))
	}
	if len(left) == 0 {
		return ""
	}
	return a.Called() + " " + strings.Join(left, ", ")
}

// PostState is how far telling a post is, in at most nine cells: AGAIN where it must be told again, "need not" where it must not.
func (h Hand) PostState(p *duty.Post) string {
	switch {
	case p.State.IsTold():
	case !p.Needed:
		return h.Say("need not")
	case p.Again && p.State == duty.NotTold:
		return h.Say("AGAIN")
	}
	return h.Words(p.State.String())
}

// PostStep is the step of post i of a sheet in the call tree: "2=" where others are told at the same time, "-" outside of it.
func (h Hand) PostStep(s *duty.Sheet, i int) string {
	step := s.Posts[i].Step
	if step == 0 {
		return "-"
	}
	text := h.Number(step)
	for k := range s.Posts {
		if k != i && s.Posts[k].Step == step {
			return text + "="
		}
	}
	return text
}

// PostHow is by which channel the state of a post came about, and in how many tries.
func (h Hand) PostHow(p *duty.Post) string {
	how := p.How
	if channel, is := strings.CutPrefix(how, p.Name+" by "); is {
		how = channel
	} else if how == p.Name {
		how = "" // nobody wrote by which channel
	}
	how = h.Channel(how)
	if p.Tried > 1 {
		return joined(", ", how, h.Sayf("%d tries", p.Tried))
	}
	return how
}

// Call is whom to call of a post, how that stands, and what comes then. number is the number for who may see it; it is for the
// told-sheet alone.
func (h Hand) Call(v picture.View, p *duty.Post, now time.Time) (who, channel, number, then string) {
	c, ok := p.Next()
	if !ok {
		return h.Function(p.Name), "", "", h.Say("the profile has no channel of it")
	}
	who = h.Function(c.Contact.Called)
	if !c.Contact.CallSign.IsZero() {
		who += ", " + c.Contact.CallSign.String()
	}
	switch {
	case p.State == duty.Trying:
		age, _ := h.Age(p.At, now, 0)
		who = h.Sayf("%s, tried %s ago, no answer yet", who, age)
	case p.Pass > 0:
		who = h.Sayf("%s, %s through all channels in vain", who, h.Plural(p.Pass, "time"))
	}
	var rest []string
	for _, more := range p.Rest() {
		name := h.Channel(more.Channel.Called)
		if more.Contact != c.Contact {
			name = h.Function(more.Contact.Called) + " " + name
		}
		rest = append(rest, name)
	}
	var notes []string
	if len(rest) > 0 {
		notes = append(notes, h.Sayf("then %s", strings.Join(rest, ", ")))
	}
	if !c.Contact.Hours.IsZero() {
		notes = append(notes, c.Contact.Hours.String())
	}
	var languages []string
	for _, l := range c.Contact.Languages {
		languages = append(languages, l.String())
	}
	if len(languages) > 0 {
		notes = append(notes, strings.Join(languages, ", "))
	}
	return who, h.Channel(c.Channel.Called), h.dial(v, c.Channel), strings.Join(notes, h.Say("; "))
}

// Heard is who knows of a post, since when and by which channel: "designated official, read back 14:31Z by mobile".
func (h Hand) Heard(p *duty.Post) string {
	text := h.Function(p.Who) + ", " + h.Words(p.State.String()) + " " + p.At.UTC().Format("15:04Z")
	if _, channel := p.Spoken(); channel != "" {
		return h.Sayf("%s by %s", text, h.Channel(channel))
	}
	return text
}

// Function is what a contact is called in the language, see [duty.FunctionIn].
func (h Hand) Function(called string) string { return duty.FunctionIn(h, called) }

// Channel is what a channel is called in the language.
func (h Hand) Channel(called string) string { return duty.ChannelIn(h, called) }

// dial is the number of a channel for who may see it.
func (h Hand) dial(v picture.View, c *profile.Channel) string {
	switch {
	case !v.Live():
		return h.Say("numbers are shown live only")
	case !v.MayDial():
		return h.Say("numbers are for those who tell people")
	case c.Number.IsZero():
		return h.Say("no number")
	}
	return c.Number.Dial().String()
}

// ProfileTrouble is what stands against the profile of a told-sheet: numbers that nobody has tried for long, a newer content with
// errors. Empty where nothing does.
func (h Hand) ProfileTrouble(p *profile.Profile, now time.Time) []string {
	var list []string
	if p == nil {
		return nil
	}
	if p.Stale(now) {
		if p.Reviewed.IsZero() {
			list = append(list, h.Say("OLD NUMBERS, last tried at no known time"))
		} else {
			list = append(list, h.Sayf("OLD NUMBERS, last tried %s", p.Reviewed))
		}
	}
	if !p.Trouble.IsZero() {
		list = append(list, h.Sayf("PROFILE %s", p.Trouble))
	}
	return list
}

// FirstMinutes are the five-minute actions for an alarm, with a heading. Of a restricted incident only those for anything are given
// to who may not see it.
func (h Hand) FirstMinutes(v picture.View, s *duty.Sheet) (title string, lines []string) {
	if s.Profile == nil {
		return "", nil
	}
	act, threat := incident.ActUnknown, incident.ThreatUnknown
	if name := s.Alarm.Raise.Sole(); !name.IsZero() {
		if id, ok := v.IDOf(name.Identity()); ok {
			row, _ := v.Row(id)
			act, threat = row.Act.Value, row.Threat.Value
		}
	}
	kind, lines := s.Profile.Actions(act, threat)
	title = h.Say("FIRST FIVE MINUTES")
	if kind != profile.Any && kind != "" {
		title = h.Sayf("%s: %s", title, h.Words(kind))
	}
	return title, lines
}

// Places are where staff assemble, and where they meet when nothing can be reached.
func (h Hand) Places(p *profile.Profile) []string {
	if p == nil {
		return nil
	}
	var list []string
	for i := range p.Points {
		a := &p.Points[i]
		text := h.Sayf("assemble: %s", joined(", ", a.Name.String(), a.Zone.String(), a.Where.String()))
		switch {
		case !a.Fallback.IsZero() && a.After > 0:
			text += h.Sayf("; else %s after %s", a.Fallback, h.Period(a.After))
		case !a.Fallback.IsZero():
			text += h.Sayf("; else %s", a.Fallback)
		}
		list = append(list, text)
	}
	for i := range p.Rendezvous {
		r := &p.Rendezvous[i]
		list = append(list, h.Sayf("rendezvous: %s", joined(", ", r.Name.String(), r.Zone.String(), r.Where.String(), h.Sayf("at %s local", strings.Join(r.Times, ", ")))))
	}
	return list
}

func joined(sep string, words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), sep)
}

// Telling is one attempt on a line: when, whom, how and what became of it, and who wrote it.
func (h Hand) Telling(t *duty.Telling) string {
	whom := h.Function(t.Contact)
	if t.Channel != "" {
		whom = h.Sayf("%s by %s", whom, h.Channel(t.Channel))
	}
	text := h.Sayf("%s: %s", whom, h.Words(string(t.Outcome)))
	if !t.Words.IsZero() {
		text += ", " + t.Words.String()
	}
	if !t.By.IsZero() {
		text = h.Sayf("%s: %s", t.By, text)
	}
	return t.At.UTC().Format("15:04Z") + "  " + text
}
