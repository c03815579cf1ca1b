package tui

import (
	"slices"
	"strings"
	"time"

	"vigil/internal/duty"
	"vigil/internal/logbook"
	"vigil/internal/tui/aloud"
	"vigil/internal/tui/screen"
)

// This file is what a teleprinter tells unasked.

// arrived tells what a picture brings.
func (t *Teleprinter) arrived() {
	v := t.m.view
	if v.IsZero() || !v.Desk().Reading.IsZero() {
		return
	}
	if t.silent {
		t.silent = false
		t.announce(t.m.hand.Say("pictures come again"))
	}
	first := !t.ready
	if t.ready = true; first {
		t.print(t.m.Linear())
		t.out.line(t.m.hand.Say("Type help for what can be asked, an empty line for what has changed, quit to end."))
		t.since = t.m.now
	}
	if first || t.o.Thin == nil || t.o.Thin.Idle() {
		t.news(func(line string) { t.tell(&t.out, line) })
	}
	t.deeds(first)
	t.ring()
	if now := t.calls(); now != t.called && now != "" && !t.asked {
		t.out.lines(strings.Split(now, "\n"))
		t.called = now
	}
}

// news gives what the picture has that was not told.
func (t *Teleprinter) news(tell func(line string)) {
	if t.o.Announce == nil {
		return
	}
	var b strings.Builder
	if err := t.o.Announce(&b, t.m.view); err != nil && t.out.err == nil {
		t.out.err = err
	}
	for line := range strings.Lines(b.String()) {
		tell(aloud.Text(t.m.hand.Language, line))
	}
}

// calls are the lines of whom to call now, where the screen is one from which people are called.
func (t *Teleprinter) calls() string {
	if s, ok := t.m.top().screen.(screen.Caller); ok {
		return strings.Join(s.Calls(t.m.area()), "\n")
	}
	return ""
}

// deeds tells what people have done since the picture before: an alarm that somebody owns now, a note, the watch. What vigil
// itself writes are alarms and messages, which are told as such.
func (t *Teleprinter) deeds(first bool) {
	v := t.m.view
	if !v.Live() {
		return
	}
	book := v.Duty()
	from := t.entries
	if t.entries = book.Len(); first || from > book.Len() {
		return // what was there before can be asked for
	}
	log := logbook.In(v).For(t.m.hand)
	for i := from; i < book.Len(); i++ {
		e := book.At(i)
		if e.By == duty.Vigil {
			continue
		}
		said, whole := cutAfter(aloud.Text(t.m.hand.Language, log.What(e).OneLine().String()), deedLength)
		if !whole {
			said = t.m.hand.Sayf("%s … log %d says all of it", said, e.Seq)
		}
		t.dated(&t.out, e.At, t.m.hand.Sayf("log %s: %s", logbook.Who(e).OneLine(), said))
	}
}

// deedLength is how many characters of an entry are told unasked: a handover has a hundred items, and a note 64 KiB, and while one of them is
// read out nothing else is.
const deedLength = 240

// cutAfter is the words of s that have room in n characters, and whether that is all of them.
func cutAfter(s string, n int) (string, bool) {
	letters := []rune(s)
	if len(letters) <= n {
		return s, true
	}
	s = string(letters[:n])
	if at := strings.LastIndexByte(s, ' '); at > 0 {
		s = s[:at]
	}
	return s, false
}

// ring says an alarm that has not been said.
func (t *Teleprinter) ring() {
	v := t.m.view
	if v.IsZero() || !v.Live() {
		return
	}
	t.ringer.Hides = v.HidesAlarm
	bytes, line := t.ringer.Ring(v.Duty().Alarms(t.m.now), false, t.m.now) // the line says that it is an exercise
	if line == "" {
		return
	}
	if bytes != "" {
		t.urgent.bell()
	}
	t.announce(t.m.hand.Sayf("ALARM %s", aloud.Text(t.m.hand.Language, line)))
}

// ticked tells what time alone brings: that no picture comes, that an alarm rings again, that somebody is asked whether they are
// awake.
func (t *Teleprinter) ticked() {
	if t.m.view.IsZero() {
		if t.waited++; t.waited == patience {
			t.out.line(t.m.hand.Say("Reading the desk: no picture yet."))
		}
		return
	}
	if !t.ready {
		if t.waited++; t.waited == patience {
			t.out.line(t.m.hand.Say("The files are being read, and nothing is whole before that is over. Lines are answered from what there is."))
		}
	}
	if age := t.m.pictureAge(); age > printerLimit && !t.silent {
		t.silent = true
		t.announce(t.m.hand.Sayf("NOT WATCHING: no picture has come for %s", age.Round(time.Second)))
	}
	asks := !t.m.vigilance.asked.IsZero()
	if asks && !t.awake {
		t.urgent.bell()
		t.announce(t.m.pressEnter())
	}
	t.awake = asks
	t.ring()
}

// printerLimit is the age of the last picture from which it is said that none comes: a line that was said stands for good, so
// that it must not be one that is over a moment later.
const printerLimit = 30 * time.Second

// announce tells something that is so now.
func (t *Teleprinter) announce(text string) { t.dated(&t.urgent, t.m.now, text) }

// dated tells something with its time, and that it is an exercise.
func (t *Teleprinter) dated(to *printer, at time.Time, text string) {
	mark := ""
	if !t.m.view.IsZero() && t.m.view.Desk().Exercise {
		mark = t.m.hand.Say("EXERCISE") + " "
	}
	t.tell(to, mark+at.UTC().Format("2006-01-02T15:04:05Z")+" "+text)
}

// restrictedWords are all that any line says of a restricted record.
const restrictedWords = "Restricted incident"

// restrictedSince reports whether a line tells that a record became restricted, of which lines before it may say what it was. Which ones
// nobody knows any more: they were printed, and are not printed again.
func restrictedSince(line string) bool {
	return strings.Contains(line, " incident update ") && strings.Contains(line, restrictedWords)
}

// tell prints a change, and keeps it for who asks what has changed.
func (t *Teleprinter) tell(to *printer, line string) {
	t.keep(line)
	to.line(line)
}

func (t *Teleprinter) keep(line string) {
	if restrictedSince(line) {
		t.withhold()
		t.under.withhold()
	}
	t.add(line)
}

// withhold forgets all lines that may say what is restricted now.
func (k *gathered) withhold() {
	all := len(k.changes)
	k.changes = slices.DeleteFunc(k.changes, func(s string) bool { return !strings.Contains(s, restrictedWords) })
	k.withheld += all - len(k.changes)
}

// add keeps lines, and forgets the oldest of too many.
func (k *gathered) add(lines ...string) {
	const most = 500
	if k.changes = append(k.changes, lines...); len(k.changes) > most {
		k.dropped += len(k.changes) - most
		k.changes = slices.Delete(k.changes, 0, len(k.changes)-most)
	}
}

// leavesOut forgets what is still on its way to a thin link: who types something else has seen enough. Changes that were asked for and may be
// among it are kept for whoever asks again.
func (t *Teleprinter) leavesOut() {
	if t.o.Thin == nil {
		return
	}
	if n := t.o.Thin.LeaveOut(); n > 0 {
		t.out.line(t.m.hand.Forms(n, "line left out, not sent yet; an empty line says what has changed", "lines left out, not sent yet; an empty line says what has changed"))
		if !t.under.since.IsZero() {
			later := t.gathered
			t.gathered = t.under
			t.withheld, t.dropped = t.withheld+later.withheld, t.dropped+later.dropped
			t.add(later.changes...)
		}
	}
	t.under = gathered{}
}
