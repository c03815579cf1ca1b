// Package order is the typed commands by which people work at a desk: one grammar for the console's command line, for
// "vigil ack A17 …" and for plain consoles, so that a key, a script and a person at a dumb terminal do the same.
//
//	ack A17 for 30m on it, calling the convoy
//
// [Parse] makes an [action.Command] of a line; nothing is done by it. A line is refused with the column of what is wrong and
// the words that would do. Everything is pure: the picture, the actor and the time are passed in.
package order

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// Order is one word and what may follow it.
type Order struct {
	Word  string // small letters
	Usage string // such as "ack A17 [for 30m] REASON"
	Help  string // in a line
	parse func(*line) (action.Command, error)
	// follow lists what may stand as word n; the order itself is word 0.
	follow func(l *line, n int) []string
}

// Parse is [ParseIn] of who reads English.
func Parse(text string, v picture.View, who action.Actor, now time.Time) (action.Command, error) {
	return ParseIn(saying.English, text, v, who, now)
}

// ParseIn makes a command of a line. Whom somebody tells, and by what, may also be called what the voice calls it. The error is an [*Error].
func ParseIn(in saying.Voice, text string, v picture.View, who action.Actor, now time.Time) (action.Command, error) {
	l := &line{text: text, view: v, who: who, now: now, in: in}
	o, err := l.order()
	if err != nil {
		return nil, err
	}
	l.usage = o.Usage
	c, err := o.parse(l)
	if err != nil {
		return nil, l.wrong(err)
	}
	if r, is := c.(action.Record); is && !v.IsZero() {
		if why := v.Duty().NotBy(r.Body, duty.ActsBy(r.Body, who.Name)); why != nil {
			return nil, l.wrong(why)
		}
	}
	return c, nil
}

// Next lists what may stand as the last word of a line that is being typed; behind a space that is a word of which nothing is
// there yet.
func Next(text string, v picture.View, now time.Time) []string {
	typed, _ := splitLast(text)
	n := len(strings.Fields(typed))
	if n == 0 {
		var words []string
		for _, o := range All() {
			words = append(words, o.Word)
		}
		return words
	}
	l := &line{text: typed, view: v, now: now, in: saying.English}
	o, err := l.order()
	if err != nil || o.follow == nil {
		return nil
	}
	return o.follow(l, n)
}

// splitLast cuts the word that is being typed off a line.
func splitLast(text string) (before, word string) {
	i := strings.LastIndexByte(text, ' ') + 1
	return text[:i], text[i:]
}

// All lists the orders by their words.
func All() []Order {
	all := slices.Clone(orders())
	slices.SortFunc(all, func(a, b Order) int { return strings.Compare(a.Word, b.Word) })
	return all
}

// Find is the order of a word.
func Find(word string) (Order, bool) {
	for _, o := range orders() {
		if o.Word == strings.ToLower(word) {
			return o, true
		}
	}
	return Order{}, false
}

// Error says what is wrong with a line, and where.
type Error struct {
	Column int // of the first wrong character, counted in characters from 1
	Err    error
	Usage  string // empty where the word itself is none
	// Mistake says that the line cannot mean anything; else it does, and the desk cannot do it as it stands.
	Mistake bool
}

// mistaken is what is wrong with a line whatever stands at the desk: something is missing, or no such word.
type mistaken struct{ err error }

func mistake(err error) error { return &mistaken{err} }

func (m *mistaken) Error() string { return m.err.Error() }

// In is the text in a voice.
func (m *mistaken) In(v saying.Voice) string { return saying.In(v, m.err) }

func (m *mistaken) Unwrap() error { return m.err }

// Error is the message with how it is written.
func (e *Error) Error() string {
	if e.Usage == "" {
		return e.Err.Error()
	}
	return e.Err.Error() + ": write " + e.Usage
}

// In is the message in a voice.
func (e *Error) In(v saying.Voice) string {
	if e.Usage == "" {
		return saying.In(v, e.Err)
	}
	return v.Sayf("%s: write %s", saying.In(v, e.Err), e.Usage)
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// line is a line that is being read.
type line struct {
	text  string
	pos   int // byte after the last word that was taken
	last  int // byte at which it began
	usage string
	view  picture.View
	who   action.Actor
	now   time.Time
	in    saying.Voice
}

func (l *line) wrong(err error) error {
	return &Error{Column: utf8.RuneCountInString(l.text[:l.last]) + 1, Err: err, Usage: l.usage, Mistake: errors.As(err, new(*mistaken))}
}

func (l *line) order() (Order, error) {
	word := l.word()
	o, ok := Find(word)
	if !ok {
		var words []string
		for _, o := range All() {
			words = append(words, o.Word)
		}
		return o, l.wrong(mistake(saying.Errorf("%q is no command: known are %s", safetext.CleanMax(word, 40).String(), strings.Join(words, ", "))))
	}
	return o, nil
}

// word takes the next word; empty at the end.
func (l *line) word() string {
	rest := l.text[l.pos:]
	trimmed := strings.TrimLeft(rest, " \t")
	l.last = l.pos + len(rest) - len(trimmed)
	word, _, _ := strings.Cut(trimmed, " ")
	l.pos = l.last + len(word)
	return word
}

// peek is the next word, which is not taken.
func (l *line) peek() string {
	pos, last := l.pos, l.last
	w := l.word()
	l.pos, l.last = pos, last
	return w
}

// rest takes everything that is left.
func (l *line) rest() duty.Text {
	l.word()
	l.pos = len(l.text)
	return duty.Words(strings.TrimSpace(l.text[l.last:]))
}

// reason takes everything that is left, which must be something.
func (l *line) reason() (duty.Text, error) {
	t := l.rest()
	if t.IsZero() {
		return t, mistake(saying.Errorf("the reason is missing"))
	}
	return t, nil
}

// alarm takes the name of an alarm, such as A17. Without any it is the one that needs somebody most, where there is only one.
func (l *line) alarm() (*duty.Alarm, error) {
	word := l.word()
	if word == "" {
		return nil, mistake(saying.Errorf("which alarm?"))
	}
	a, ok := l.view.Duty().Find(word)
	if !ok {
		return nil, saying.Errorf("there is no alarm %q", safetext.CleanMax(word, 20).String())
	}
	l.usage = strings.Replace(l.usage, anAlarm, a.Called(), 1) // what is wrong is not the alarm
	return a, nil
}

// anAlarm is the alarm of the usages.
const anAlarm = "A17"

// incident takes the name of an incident: its id, with its authority before it where it needs one.
func (l *line) incident() (incident.Identity, error) {
	word := l.word()
	if word == "" {
		return incident.Identity{}, mistake(saying.Errorf("which incident?"))
	}
	switch found := l.view.Named(word); len(found) {
	case 1:
		return found[0], nil
	case 0:
		return incident.Identity{}, saying.Errorf("no incident is called %q", safetext.CleanMax(word, 80).String())
	default:
		return incident.Identity{}, saying.Errorf("several are called %q: write the authority before it, such as %s/%s", safetext.CleanMax(word, 80).String(), found[0].Authority, found[0].ID)
	}
}

// until takes "for 30m" or "until 15:10Z", and is usual where neither stands there.
func (l *line) until(usual time.Duration) (time.Time, error) {
	switch strings.ToLower(l.peek()) {
	case "for":
		l.word()
		word := l.word()
		d, err := Duration(word)
		if err != nil {
			return time.Time{}, err
		}
		return l.now.Add(d), nil
	case "until":
		l.word()
		return l.clock()
	}
	return l.now.Add(usual), nil
}

// clock takes a time of day in UTC, the next that there is: 15:10 or 15:10Z.
func (l *line) clock() (time.Time, error) {
	word := l.word()
	at, err := time.Parse("15:04", strings.TrimSuffix(strings.ToUpper(word), "Z"))
	if err != nil {
		return time.Time{}, mistake(saying.Errorf("%q is no time of day: write it in UTC, such as 15:10Z", safetext.CleanMax(word, 20).String()))
	}
	y, m, d := l.now.UTC().Date()
	t := time.Date(y, m, d, at.Hour(), at.Minute(), 0, 0, time.UTC)
	if !t.After(l.now) {
		t = t.AddDate(0, 0, 1)
	}
	return t, nil
}

// Duration reads how long: 30m, 2h, 1h30m; above 0.
func Duration(s string) (time.Duration, error) {
	d, err := time.ParseDuration(strings.ToLower(s))
	if err != nil || d <= 0 {
		return 0, mistake(saying.Errorf("%q is no duration: write 30m, 2h or 1h30m", safetext.CleanMax(s, 20).String()))
	}
	return d, nil
}

// holder is who acts: the actor's call sign, else who has the watch, else the function.
func (l *line) holder() duty.Text {
	if !l.who.Name.IsZero() {
		return duty.Words(l.who.Name.String())
	}
	if on := l.onWatch(); !on.IsZero() {
		return on
	}
	return duty.Words(l.who.Role.String())
}
