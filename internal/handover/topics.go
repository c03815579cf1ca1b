package handover

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"vigil/internal/calendar"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/lang"
	"vigil/internal/level"
	"vigil/internal/picture"
)

// clock writes an instant, always with its date: without that of today, every item would read otherwise after midnight than it was signed,
// and nothing have changed.
func (d *desk) clock(t time.Time) string { return d.Time(t) }

// because puts a reason behind words.
func (d *desk) because(words, why string) string {
	if why == "" {
		return words
	}
	return d.Sayf("%s: %s", words, why)
}

// called begins the words of everything about an alarm.
func (d *desk) called(a *duty.Alarm) string { return a.Called() + " " + d.SeverityWord(a.Severity) }

// which lists the open alarms in some states.
func (d *desk) which(prefix string, words func(*duty.Alarm) string, states ...duty.State) []Thing {
	var list []Thing
	for _, a := range d.book.Alarms(d.now) {
		if slices.Contains(states, a.State(d.now)) {
			list = append(list, Thing{Key: prefix + " " + a.ID, Alarm: a.ID, Severity: a.Severity, Words: words(a), Urgent: a.Rings(d.now)})
		}
	}
	return list
}

func (d *desk) alarms() []Thing {
	return d.which("alarm", func(a *duty.Alarm) string {
		state, since := d.Say("NOT ACKED"), a.Came
		switch k, expired := a.Expired(d.now); {
		case a.State(d.now) == duty.Latched:
			state, since = d.Say("ENDED UNSEEN"), a.Cleared
		case expired && !k.TakenOver.IsZero():
			state, since = d.Sayf("ACK of %s ENDED: watch taken over by %s", k.Owner, k.TakenOver), k.Until
		case expired:
			state, since = d.Sayf("ACK of %s EXPIRED", k.Owner), k.Until
		}
		return d.Sayf("%s %s since %s  %s", d.called(a), state, d.clock(since), d.AlarmText(d.v, a))
	}, duty.Unacknowledged, duty.Latched)
}

func (d *desk) owned() []Thing {
	return d.which("alarm", func(a *duty.Alarm) string {
		k, _ := a.Ack(d.now)
		return d.Sayf("%s %s has it until %s (%s)  %s", d.called(a), k.Owner, d.clock(k.Until), k.Why(d), d.AlarmText(d.v, a))
	}, duty.Owned)
}

func (d *desk) shelves() []Thing {
	return d.which("alarm", func(a *duty.Alarm) string {
		return d.Sayf("%s SHELVED until %s (%s)  %s", d.called(a), d.clock(a.Shelf.Until), a.Shelf.Reason, d.AlarmText(d.v, a))
	}, duty.Shelved)
}

func (d *desk) told() []Thing {
	var list []Thing
	sheets := d.v.Untold(d.now)
	slices.SortStableFunc(sheets, func(a, b *duty.Sheet) int { return cmp.Compare(a.Alarm.Severity.Rank(), b.Alarm.Severity.Rank()) })
	for _, s := range sheets {
		told, of := s.Figures()
		words := d.Sayf("%s told %d/%d", d.called(s.Alarm), told, of)
		if next := s.Next(); next != nil {
			words += d.Sayf(", next %s", duty.FunctionIn(d, next.Name))
		}
		if !s.Alarm.Reopened.IsZero() {
			words += ", " + d.because(d.Say("TELL AGAIN"), figure.ReopenWhy(d.v, s.Alarm))
		}
		list = append(list, Thing{Key: "told " + s.Alarm.ID, Told: s.Alarm.ID, Severity: s.Alarm.Severity, Words: words + "  " + d.AlarmText(d.v, s.Alarm), Urgent: true})
	}
	return list
}

func (d *desk) flashes() []Thing {
	var list []Thing
	for _, f := range d.book.FlashesDue() {
		late := !f.Next.After(d.now)
		words := d.Sayf("flash %d on %s, due %s", f.Number+1, d.Say(figure.FlashSubject(d.v, f.Flash)), d.clock(f.Next))
		if late {
			words = d.Say("OVERDUE") + " " + words
		}
		list = append(list, Thing{Key: "flash " + f.ID, Flash: f.Flash, Words: words, Urgent: late})
	}
	return list
}

func (d *desk) stays() []Thing {
	var list []Thing
	for _, h := range d.book.Stays() {
		for _, i := range Veiled(d.v, h).Declined() {
			words := d.Sayf("item %s stays with %s, declined at %s (%s)  %s", h.Called(i.Number), h.From, d.clock(i.At), i.Reason, d.Say(i.Words.String()))
			list = append(list, Thing{Key: staysKey(h, i.Number), Words: words, Urgent: true})
		}
	}
	return list
}

func (d *desk) claims() []Thing {
	var list []Thing
	for _, c := range d.book.Claims(d.now) {
		t := Thing{Alarm: c.Alarm}
		what := c.Incident.ID.String()
		t.Key = "claim " + c.Incident.Authority.String() + "/" + what
		if a, ok := d.book.Alarm(c.Alarm); ok {
			if !a.Open() {
				continue
			}
			t.Key, what = "claim "+a.ID, a.Called()
		} else if id, ok := d.v.IDOf(c.Incident); ok {
			t.Incident = id
		}
		t.Words = d.Sayf("%s sees to %s until %s", c.Holder, what, d.clock(c.Until))
		list = append(list, t)
	}
	return list
}

// dueKind is the kind of what is due: as the calendar has it in English, which the log keeps.
func (d *desk) dueKind(due *picture.Due) string {
	if d.Tag() == lang.English {
		return due.Kind
	}
	return d.DueKind(due)
}

// soon is how far ahead a handover looks.
const soon = 12 * time.Hour

// elsewhere are kinds of what is due that are in topics of their own.
var elsewhere = [...]string{"flash", "ack ends", "shelf ends"}

// due lists what is expected, but for what other topics hold.
func (d *desk) due() []Thing {
	var list []Thing
	for _, due := range d.v.Due() {
		overdue := due.State == calendar.Overdue
		if slices.Contains(elsewhere[:], due.Kind) || !overdue && (due.State > calendar.Expected || due.Start.After(d.now.Add(soon))) {
			continue
		}
		words := d.dueKind(&due) + " " + d.DueWhat(&due)
		if due.Restricted {
			words = d.Say("Restricted")
		}
		if len(due.Countries) > 0 {
			words = due.Countries[0].Alpha3() + " " + words
		}
		words += ", " + d.clock(due.Start)
		if overdue {
			words = d.Sayf("OVERDUE since %s", d.clock(due.End)) + "  " + words
		}
		list = append(list, Thing{Key: "due " + due.Key, Words: words, Incident: due.Incident, Urgent: overdue && due.Incident == 0})
	}
	return list
}

func (d *desk) sources() []Thing {
	var list []Thing
	for s := range d.v.Sources() {
		if s.State.Sees() || s.Unread {
			continue
		}
		words := s.Info.Name.String() + " " + d.State(s.State)
		if since := s.Facts.EndedAt(&s.Info.Profile); !since.IsZero() {
			words = d.Sayf("%s since %s", words, d.clock(since))
		}
		list = append(list, Thing{Key: "source " + s.Info.Name.String(), Source: s.Info.Name.String(), Words: d.because(words, d.Say(lasting(s.Reason.String())))})
	}
	return list
}

// lasting is a reason as long as it is the same: one that counts, such as how old the content is, would be another each minute, and is
// left to the screen of the source.
func lasting(reason string) string {
	if strings.ContainsAny(reason, "0123456789") {
		return ""
	}
	return reason
}

func (d *desk) blind() []Thing {
	var list []Thing
	for c := range d.v.Countries() {
		if c.Coverage.State != health.Blind {
			continue
		}
		words := d.Say("BLIND, no source ever saw it")
		if !c.Coverage.Since.IsZero() {
			words = d.Sayf("BLIND since %s", d.clock(c.Coverage.Since))
		}
		code := c.Code.Alpha3()
		list = append(list, Thing{Key: "blind " + code, Country: code, Words: code + " " + d.NameOf(c) + " " + words})
	}
	return list
}

func (d *desk) levels() []Thing {
	var list []Thing
	for _, c := range d.v.LevelChanges(d.since) {
		list = append(list, Thing{
			Key: fmt.Sprintf("level %s %s %d", c.Country.Alpha3(), c.Area, c.Seen.Unix()), Country: c.Country.Alpha3(),
			Words: d.Sayf("%s %s official level %s, seen %s", c.Country.Alpha3(), c.Area, d.moved(&c), d.clock(c.Seen)),
		})
	}
	return list
}

func (d *desk) moved(c *level.Change) string {
	switch {
	case c.From == 0:
		return d.Sayf("%d, new", c.To)
	case c.To == 0:
		return d.Sayf("%d withdrawn", c.From)
	}
	return d.Sayf("%d to %d", c.From, c.To)
}

// events are what rang in this watch and is closed, and what was reported at the desk: what rings still stands above.
func (d *desk) events() []Thing {
	var list []Thing
	for _, a := range d.book.Closed(d.since) {
		words := d.Sayf("%s closed at %s", d.called(a), d.clock(a.Closed))
		list = append(list, Thing{Key: "closed " + a.ID, Alarm: a.ID, Words: d.because(words, a.CloseWhy.String()) + "  " + d.AlarmText(d.v, a)})
	}
	for _, r := range d.book.ReportedSince(d.since) {
		t := Thing{Key: reportTopic + " " + r.Name.Authority.String() + "/" + r.Name.ID.String() + " " + strconv.FormatInt(r.Version, 10)}
		words := []string{d.Sayf("reported %s at %s", r.Name.ID, d.clock(r.At))}
		if id, ok := d.v.IDOf(r.Name); ok {
			t.Incident = id
			row, _ := d.v.Row(id)
			words = append(words, d.incident(&row)...)
		}
		if r.Verification != "" {
			words = append(words, d.Sayf("now %s", d.Say(duty.Words(r.Verification).String())))
		}
		if r.Refuted != "" && !d.v.Withholds(r.Name) {
			words = append(words, d.Sayf("refuted as %s", d.Say(string(r.Refuted))))
		}
		t.Words = strings.Join(words, ", ")
		list = append(list, t)
	}
	return list
}

// incident is a row in words, of which nothing is said where it is restricted.
func (d *desk) incident(r *picture.Row) []string {
	if r.Restricted {
		return []string{d.Say("restricted")}
	}
	var codes []string
	for _, c := range r.Countries {
		codes = append(codes, c.Alpha3())
	}
	words := []string{strings.TrimSpace(strings.Join(codes, " ") + " " + d.Act(r))}
	if place := figure.Place(r); place != "" {
		words = append(words, place)
	}
	return words
}

// notes are those that were written in this watch, the significant ones first.
func (d *desk) notes() []Thing {
	var significant, others []Thing
	for i := range d.book.Len() {
		e := d.book.At(i)
		n, is := e.Body.(*duty.Note)
		if !is || e.At.Before(d.since) {
			continue
		}
		words := d.clock(e.At)
		if !e.By.IsZero() {
			words += " " + e.By.String()
		}
		if a, ok := d.book.Alarm(n.Alarm); ok {
			words = d.Sayf("%s, on %s", words, a.Called())
		}
		if n.Corrects != "" {
			words = d.Sayf("%s, corrects an earlier entry", words)
		}
		t := Thing{Key: "note " + e.ID, Entry: e.Seq, Words: d.because(words, n.Text.Line().String())}
		if n.Significant {
			t.Words = d.Say("SIGNIFICANT") + " " + t.Words
			significant = append(significant, t)
			continue
		}
		others = append(others, t)
	}
	return append(significant, others...)
}
