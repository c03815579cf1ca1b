package figure

import (
	"strings"
	"time"

	"vigil/internal/duty"
	"vigil/internal/picture"
	"vigil/internal/theme"
)

// DeclinedWord is the word for an item that stays with the outgoing.
const DeclinedWord = "DECLINED"

// Verdict is what was said to an item of a handover, in at most ten cells; empty while nobody has.
func Verdict(i *duty.Handed) string {
	if i.Verdict == duty.ItemDeclined {
		return DeclinedWord
	}
	return string(i.Verdict)
}

// ItemSaid is what was said to an item, by whom, when and why.
func (h Hand) ItemSaid(i *duty.Handed) string {
	said, at := h.Say(Verdict(i)), i.At.UTC().Format("15:04Z")
	text := h.Sayf("%s at %s", said, at)
	if !i.By.IsZero() {
		text = h.Sayf("%s by %s at %s", said, i.By, at)
	}
	if !i.Reason.IsZero() {
		text = h.Sayf("%s: %s", text, i.Reason.String())
	}
	return text
}

// ClockOf writes an instant in UTC: the time of day, with its date where that is not today's.
func (h Hand) ClockOf(t, now time.Time) string {
	if t.IsZero() {
		return Unknown
	}
	if t, now := t.UTC(), now.UTC(); t.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return t.Format("15:04Z")
	}
	return h.Time(t)
}

// ClockInText leaves the date of today out of a text that was written with [Time], as [ClockOf] does with one instant.
func (h Hand) ClockInText(text string, now time.Time) string {
	today := now.UTC().Format(time.DateOnly) + " "
	for from := 0; ; {
		i := strings.Index(text[from:], today)
		if i < 0 {
			return text
		}
		from += i
		rest := text[from+len(today):]
		if _, err := time.Parse("15:04Z", rest[:min(len("15:04Z"), len(rest))]); err != nil {
			from += len(today)
			continue
		}
		text = text[:from] + rest
	}
}

// HandoverStatus says how far the handover is; open is how many things are open now, and prompt stands before a command where it is typed: ":" or
// "vigil ".
func (h Hand) HandoverStatus(v picture.View, open int, prompt string, now time.Time) (text string, role theme.Role) {
	w, _ := v.Duty().Watch()
	over := v.Duty().Handover()
	switch {
	case over != nil:
		text = h.Sayf("%s signed %s, %s: %s, %s", over.From, h.ClockOf(over.At, now), h.Plural(len(over.Items), "item"), h.Tally(over.Said(duty.ItemAccepted), "accepted"), h.Tally(len(over.Declined()), "declined"))
		if off := over.Said(duty.ItemSignedOff); off > 0 {
			text += ", " + h.Tally(off, "signed off")
		}
		if n := len(over.Waiting()); n > 0 {
			return text + h.Sayf(", %d to answer", n), theme.Warning
		}
		return text + h.Say("; the incoming can sign"), theme.Accent
	case w.Held():
		return h.Sayf("%s has had the watch for %s: %s open", w.Holder, h.Span(w.For(now)), h.Number(open)), theme.Text
	}
	return h.Sayf("Nobody has the watch: take it with %stake CALLSIGN; %s open", prompt, h.Number(open)), theme.Warning
}

// HandoverWaiting is a handover that waits for the incoming, in a line for a board.
func (h Hand) HandoverWaiting(over *duty.Handover) string {
	if len(over.Waiting()) == 0 {
		return h.Sayf("%s hands over %s, all answered: the incoming can sign", over.From, h.Plural(len(over.Items), "item"))
	}
	return h.Sayf("%s hands over: %d of %s answered", over.From, len(over.Items)-len(over.Waiting()), h.Plural(len(over.Items), "item"))
}

// HandoverDone is a handover that was signed, in a line.
func (h Hand) HandoverDone(over *duty.Handover) string {
	text := h.Sayf("%s to %s, signed %s: %s", over.From, over.To, h.Time(over.Signed), h.Plural(len(over.Items), "item"))
	if n := len(over.Declined()); n > 0 {
		text += ", " + h.Tally(n, "declined and not signed off")
	}
	if n := len(over.Since); n > 0 {
		text += ", " + h.Tally(n, "came while it waited")
	}
	return text
}
