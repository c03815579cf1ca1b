package figure

import (
	"fmt"
	"strings"
	"time"

	"vigil/internal/duty"
	"vigil/internal/health"
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
func ItemSaid(i *duty.Handed) string {
	text := Verdict(i)
	if !i.By.IsZero() {
		text += " by " + i.By.String()
	}
	text += " at " + i.At.UTC().Format("15:04Z")
	if !i.Reason.IsZero() {
		text += ": " + i.Reason.String()
	}
	return text
}

// ClockOf writes an instant in UTC: the time of day, with its date where that is not today's.
func ClockOf(t, now time.Time) string {
	if t.IsZero() {
		return Unknown
	}
	if t, now := t.UTC(), now.UTC(); t.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return t.Format("15:04Z")
	}
	return Time(t)
}

// ClockInText leaves the date of today out of a text that was written with [Time], as [ClockOf] does with one instant.
func ClockInText(text string, now time.Time) string {
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

// HandoverStatus says how far the handover is; open is how many things are open now.
func HandoverStatus(v picture.View, open int, now time.Time) (text string, role theme.Role) {
	w, _ := v.Duty().Watch()
	h := v.Duty().Handover()
	switch {
	case h != nil:
		text = fmt.Sprintf("%s signed %s, %s: %d accepted, %d declined", h.From, ClockOf(h.At, now), Plural(len(h.Items), "item"), h.Said(duty.ItemAccepted), len(h.Declined()))
		if off := h.Said(duty.ItemSignedOff); off > 0 {
			text += fmt.Sprintf(", %d signed off", off)
		}
		if n := len(h.Waiting()); n > 0 {
			return text + fmt.Sprintf(", %d to answer", n), theme.Warning
		}
		return text + "; the incoming can sign", theme.Accent
	case w.Held():
		return fmt.Sprintf("%s has had the watch for %s: %s open", w.Holder, health.Age(w.For(now)), Number(open)), theme.Text
	}
	return fmt.Sprintf("Nobody has the watch: take it with take CALLSIGN; %s open", Number(open)), theme.Warning
}

// HandoverWaiting is a handover that waits for the incoming, in a line for a board.
func HandoverWaiting(h *duty.Handover) string {
	if len(h.Waiting()) == 0 {
		return fmt.Sprintf("%s hands over %s, all answered: the incoming can sign", h.From, Plural(len(h.Items), "item"))
	}
	return fmt.Sprintf("%s hands over: %d of %s answered", h.From, len(h.Items)-len(h.Waiting()), Plural(len(h.Items), "item"))
}

// HandoverDone is a handover that was signed, in a line.
func HandoverDone(h *duty.Handover) string {
	text := fmt.Sprintf("%s to %s, signed %s: %s", h.From, h.To, Time(h.Signed), Plural(len(h.Items), "item"))
	if n := len(h.Declined()); n > 0 {
		text += fmt.Sprintf(", %d declined and not signed off", n)
	}
	if n := len(h.Since); n > 0 {
		text += fmt.Sprintf(", %d came while it waited", n)
	}
	return text
}
