// Package ring makes a new alarm known on the terminal, beside what the screen shows: by its bell, and by notifications of the
// terminal's own. It is pure: what comes out are the bytes, which the one writer of terminal output takes.
//
//   - Each occurrence of an alarm rings once: that it was raised, came back or escalated, and that an acknowledgement or a shelf
//     ended. What rings already when the console is opened rings once, together.
//   - There is at most one ring a second ([Apart]); what came meanwhile rings with the next. A higher severity than that of the
//     last ring does not wait.
//   - The words of an alarm are text from outside: they are shown as they are everywhere else, without anything that could end
//     the sequence or begin another.
package ring

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/lang"
	"vigil/internal/safetext"
	"vigil/internal/term"
)

// Ways are the ways by which a terminal rings.
type Ways uint8

// The ways. Which notification a terminal knows only its documentation tells: most ignore the others.
const (
	Bell   Ways = 1 << iota // BEL
	OSC9                    // iTerm2, Windows Terminal, Ghostty, WezTerm
	OSC777                  // urxvt, foot, VTE with a patch
	OSC99                   // kitty
)

var words = map[string]Ways{"bell": Bell, "osc9": OSC9, "osc777": OSC777, "osc99": OSC99}

// Parse reads the words of vigil.toml; nil, where it says nothing, is the bell.
func Parse(list []string) Ways {
	if list == nil {
		return Bell
	}
	var w Ways
	for _, word := range list {
		w |= words[word]
	}
	return w
}

// On are those of the ways that a terminal can be sent: one that knows no such sequences would print them.
func (w Ways) On(c term.Caps) Ways {
	if c.Dumb || c.Bare {
		return w & Bell
	}
	return w
}

// Apart is the shortest time between two rings of one severity.
const Apart = time.Second

// Ringer knows what has rung. The zero value rings in no way; it belongs to one goroutine.
type Ringer struct {
	Ways     Ways
	Hides    func(*duty.Alarm) bool // what is not to be said in words; nil hides nothing
	Language *lang.Language         // of the words; nil is English
	rung     map[string]int         // the occurrence that has, by the alarm's id
	last     time.Time
	severity duty.Severity // the highest of the last ring
}

// Ring gives the bytes for what rings at now and has not rung yet, with what it says as one line of text; none if there is
// nothing, or if it waits.
func (r *Ringer) Ring(alarms []*duty.Alarm, exercise bool, now time.Time) (bytes, line string) {
	first, fresh := r.take(alarms, now)
	if first == nil {
		return "", ""
	}
	return r.bytes(first, fresh, exercise), r.said(r.Language, first, fresh, exercise)
}

// Line is the same as one line of text, for a console without a screen: whoever prints it rings the bell.
func (r *Ringer) Line(alarms []*duty.Alarm, exercise bool, now time.Time) string {
	first, fresh := r.take(alarms, now)
	if first == nil {
		return ""
	}
	return r.said(r.Language, first, fresh, exercise)
}

// take gives the highest of what is to ring now, and how many they are.
func (r *Ringer) take(alarms []*duty.Alarm, now time.Time) (first *duty.Alarm, fresh int) {
	for _, a := range alarms {
		if a.Rings(now) && r.rung[a.ID] < a.Occurrence(now) {
			fresh++
			if first == nil || a.Severity.Above(first.Severity) || a.Severity == first.Severity && a.Came.After(first.Came) {
				first = a
			}
		}
	}
	if since := now.Sub(r.last); first == nil || since >= 0 && since < Apart && !first.Severity.Above(r.severity) {
		return nil, 0
	}
	if r.rung == nil {
		r.rung = map[string]int{}
	}
	for _, a := range alarms {
		if a.Rings(now) {
			r.rung[a.ID] = a.Occurrence(now)
		}
	}
	r.last, r.severity = now, first.Severity
	return first, fresh
}

// longest is how much a notification holds, in bytes.
const longest = 200

// said is the text of a ring, safe for one line.
func (r *Ringer) said(l *lang.Language, a *duty.Alarm, fresh int, exercise bool) string {
	text := a.Raise.WordsIn(figure.NewHand(false, l))
	if r.Hides != nil && r.Hides(a) {
		text = l.Say("Restricted incident")
	}
	s := l.Sayf("%s %s: %s", strings.ToUpper(l.SayAs("alarm", string(a.Severity))), a.Called(), text)
	if fresh > 1 {
		s = l.Sayf("%d new alarms, the gravest %s", fresh, s)
	}
	if exercise {
		s = l.Say("EXERCISE") + " " + s
	}
	if len(s) <= longest {
		return safetext.Said(s).String()
	}
	return safetext.CleanMax(s, longest).String()
}

func (r *Ringer) bytes(a *duty.Alarm, fresh int, exercise bool) string {
	var b strings.Builder
	// In ASCII: the last byte of many a character in UTF-8 ends such a sequence for a terminal that goes by bytes, and the rest of
	// the text would be printed into the screen.
	l := r.Language
	if !l.Latin() {
		l = nil // of other scripts ASCII leaves nothing that could be read
	}
	text := safetext.Clean(r.said(l, a, fresh, exercise)).ASCII()
	if r.Ways&Bell != 0 {
		b.WriteByte('\a')
	}
	if r.Ways&OSC9 != 0 {
		b.WriteString(ansi.Notify("vigil: " + text)) // a number first would mean something else to ConEmu
	}
	if r.Ways&OSC777 != 0 {
		b.WriteString(ansi.URxvtExt("notify", "vigil", strings.ReplaceAll(text, ";", ",")))
	}
	if r.Ways&OSC99 != 0 {
		urgency := "u=1"
		if a.Severity == duty.Critical {
			urgency = "u=2"
		}
		b.WriteString(ansi.DesktopNotification(text, "i="+a.Called(), urgency))
	}
	return b.String()
}
