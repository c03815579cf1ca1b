package figure

import (
	"strings"
	"time"

	"vigil/internal/calendar"
	"vigil/internal/picture"
)

// dueDate writes a date as a list of what is due has room for: 6 Dec, and with its year in another year.
func (h Hand) dueDate(t, now time.Time) string {
	if t.Year() != now.Year() {
		return t.Format(time.DateOnly)
	}
	return h.Date(t, "2 Jan")
}

// dueTime writes an instant in UTC: 16:00 of today, 21 Nov 16:00 of another date.
func (h Hand) dueTime(t, now time.Time) string {
	t, now = t.UTC(), now.UTC()
	if h.dueDate(t, now) == h.dueDate(now, now) {
		return t.Format("15:04")
	}
	return h.dueDate(t, now) + t.Format(" 15:04")
}

// dueDates are the first and the last of some days, 28-29 Nov or 30 Nov-2 Dec: a column has room for no more. With a
// year they are told whole.
func (h Hand) dueDates(from, last, now time.Time) string {
	switch {
	case from.Year() != now.Year() || last.Year() != now.Year():
		return h.Sayf("%s to %s", h.dueDate(from, now), h.dueDate(last, now))
	case from.Month() == last.Month():
		return from.Format("2") + "-" + h.dueDate(last, now)
	default:
		return h.dueDate(from, now) + "-" + h.dueDate(last, now)
	}
}

// DueState is the word of a state that needs one: OVERDUE 37m, of a level EXPIRED 2d, NOW, PAST 8h, CANCELLED; empty for what is to come.
func (h Hand) DueState(d *picture.Due, now time.Time) string {
	switch d.State {
	case calendar.Overdue:
		if d.Level {
			return h.Sayf("EXPIRED %s", h.Span(now.Sub(d.End)))
		}
		return h.Sayf("OVERDUE %s", h.Span(now.Sub(d.End)))
	case calendar.Present:
		return h.Say("NOW")
	case calendar.Past:
		return h.Sayf("PAST %s", h.Span(now.Sub(d.End)))
	case calendar.Cancelled:
		return h.Say("CANCELLED")
	default:
		return ""
	}
}

// DueCells is the room for what [DueWhen] writes of this year.
const DueCells = 19

// dueSpan writes from when to when, in UTC: 21:00-05:00, where the end is before the same hour of the next day; 22:34-29 Nov 02:34; and 21 Nov 20:00-23 Nov, where
// there is no room for the hour of the end. whole is false of that, ok where not even the date has room.
func (h Hand) dueSpan(start, end, now time.Time) (text string, whole, ok bool) {
	text = h.dueTime(start, now) + "-"
	if end.Sub(start) < 24*time.Hour {
		text += end.UTC().Format("15:04")
		return text, true, width(text) <= DueCells
	}
	day := text + h.dueDate(end.UTC(), now.UTC())
	if text = day + end.UTC().Format(" 15:04"); width(text) <= DueCells {
		return text, true, true
	}
	return day, false, width(day) <= DueCells
}

// DueWhen writes when something is due, in UTC: 16:00 of today, 21 Nov 20:00, 6 Dec for a date; of what lasts from when to
// when, as far as [DueCells] go; of what is under way until when.
func (h Hand) DueWhen(d *picture.Due, now time.Time) string {
	if d.AllDay {
		last := d.To.AddDate(0, 0, -1)
		switch {
		case d.State == calendar.Present && !last.After(d.From):
			return h.Say("today")
		case d.State == calendar.Present:
			return h.Sayf("to %s", h.dueDate(last, now))
		case last.After(d.From):
			return h.dueDates(d.From, last, now)
		default:
			return h.dueDate(d.From, now)
		}
	}
	if d.State == calendar.Present || d.State == calendar.Overdue && d.End.After(d.Start) {
		return h.Sayf("to %s", h.dueTime(d.End, now))
	}
	if d.End.After(d.Start) {
		if span, _, ok := h.dueSpan(d.Start, d.End, now); ok {
			return span
		}
	}
	return h.dueTime(d.Start, now)
}

// DueUntil is the end of what is to come, where DueWhen has not told it whole: "to 2027-01-04 05:00Z"; else empty.
func (h Hand) DueUntil(d *picture.Due, now time.Time) string {
	if d.AllDay || d.State == calendar.Present || d.State == calendar.Overdue || !d.End.After(d.Start) {
		return ""
	}
	if _, whole, ok := h.dueSpan(d.Start, d.End, now); ok && whole {
		return ""
	}
	return h.Sayf("to %s", h.Time(d.End))
}

// dueLocalCells is the least room for what [DueLocal] writes.
const dueLocalCells = 11

// DueLocalCells is the room that the local hours of a list need, and with them what is left of the room for what is due.
func (h Hand) DueLocalCells(list []picture.Due, now time.Time, what int) (local, left int) {
	local = dueLocalCells
	for i := range list {
		local = max(local, width(h.DueLocal(&list[i], now)))
	}
	return local, what + dueLocalCells - local
}

// DueLocal is the same hour as clocks of the place show it, "18:00 local", or the same hours where DueWhen tells two, "01:34-05:34 local";
// "from 18:00 local" where it tells of the end no hour, or the same one of another day. It is empty where that is not known, and for dates.
func (h Hand) DueLocal(d *picture.Due, now time.Time) string {
	if d.AllDay || d.Restricted {
		return ""
	}
	clock := func(t, local time.Time) (string, bool) {
		switch {
		case !d.From.IsZero():
			return local.Format("15:04"), true
		case len(d.Countries) != 1:
			return "", false
		}
		return clockIn(t, d.Countries[0])
	}
	start, known := clock(d.Start, d.From)
	end, endKnown := clock(d.End, d.To)
	lasts := d.End.After(d.Start)
	switch {
	case d.State == calendar.Present, d.State == calendar.Overdue && lasts:
		return h.local(end)
	case !lasts, !known, !endKnown:
		return h.local(start)
	}
	_, whole, ok := h.dueSpan(d.Start, d.End, now)
	switch {
	case ok && whole && start != end:
		return h.local(start + "-" + end)
	case ok:
		return h.Sayf("from %s local", start)
	default:
		return h.local(start)
	}
}

// DueCountry is where: MLI, MLI+2 for three, ~MLI where only the position or the title says so; "-" for none.
func (h Hand) DueCountry(d *picture.Due) string {
	if len(d.Countries) == 0 {
		return Nothing
	}
	return h.Countries(&picture.Row{Countries: d.Countries, Inferred: d.Inferred, Restricted: d.Restricted})
}

// dueTitle is what is due: what follows from the duty log in words of the reader's language, all else as it was written.
func (h Hand) dueTitle(d *picture.Due) string {
	switch {
	case d.Flash && d.Number > 0:
		return h.Sayf("flash %d on %s", d.Number, h.Say(d.Called))
	case d.Called != "" && !d.Flash && !d.Owner.IsZero():
		return h.Sayf("%s rings again: ack of %s ends", d.Called, d.Owner)
	case d.Called != "" && !d.Flash:
		return h.Sayf("%s rings again: its shelf ends", d.Called)
	}
	return d.Title.OneLine().String()
}

// DueWhat is what is due, with the area where its title does not name it, and whether it recurs.
func (h Hand) DueWhat(d *picture.Due) string {
	text := h.dueTitle(d)
	if area := d.Area.OneLine().String(); area != "" && !d.Restricted && !strings.Contains(strings.ToLower(text), strings.ToLower(area)) {
		text += ", " + area
	}
	if d.Recurs {
		text += h.Say(" (recurs)")
	}
	return text
}
