package plain

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"vigil/internal/calendar"
	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/picture"
)

// TailOptions say what a Tail writes, and how.
type TailOptions struct {
	JSON bool // vigil.tail/1 instead of text
	// Start is when the session began. What became known before it was remembered by the desk; what
	// became known at the first reading was only read then.
	Start time.Time
	// Since is how far back it is told what there was before; 0 tells nothing of it but the state of
	// the sources.
	Since  time.Duration
	Layout Layout
}

// Tail writes one line for each incident, level change, presence change, source state change, change of an advisory and change
// of the calendar.
//
// Every change that comes after the first reading is told once, whatever its time. Of what the
// desk remembers and of the first reading of its files, which may hold decades, only what is
// news is told:
//
//   - of an incident: what may have happened, or was reported, within Since. One that states no
//     time, or whose time the viewer may not see, counts as news when the desk learnt it within Since,
//     but not when that was only the first reading of a file, which says nothing of its age.
//   - of levels and presence: what the desk learnt within Since.
//   - of the calendar: what has become overdue within Since.
//   - of sources: the state that each is in, always, because a silent tail must not look like a
//     calm world.
//
// What is left out is counted in [Tail.Untold]. A Tail belongs to one goroutine.
type Tail struct {
	w       io.Writer
	options TailOptions
	seq     int  // of the last change told or left out
	whole   bool // the first reading is over
	untold  int
}

// NewTail makes a Tail that writes to w.
func NewTail(w io.Writer, o TailOptions) *Tail { return &Tail{w: w, options: o} }

// Untold is how many changes of the first reading were left out as no news.
func (t *Tail) Untold() int { return t.untold }

// Show writes what v has that no earlier view had. reading says that the first reading of the files
// is still going on; the view that ends it is the first with false.
func (t *Tail) Show(v picture.View, reading bool) error {
	first := !t.whole
	t.whole = t.whole || !reading
	p := t.options.Layout.printer(t.w, v)
	for c := range v.Changes(t.seq) {
		t.seq = c.Seq
		if first && !t.news(v, c) {
			t.untold++
			continue
		}
		if t.options.JSON {
			if err := writeLine(t.w, changeJSON(v, c)); err != nil {
				return err
			}
			continue
		}
		if p.line(t.describe(v, c)); p.err != nil {
			return p.err
		}
	}
	return nil
}

// news reports whether a change of the first reading is told.
func (t *Tail) news(v picture.View, c *picture.Change) bool {
	from := t.options.Start.Add(-t.options.Since)
	switch {
	case c.Kind == picture.SourceChanged:
		return true
	case t.options.Since <= 0:
		return false
	case c.Kind == picture.CalendarChanged: // it is in no intake: that it was read says nothing of its age
		d := &c.Calendar.Due
		return d.State == calendar.Overdue && !d.End.Before(from)
	case c.Kind != picture.IncidentChanged:
		return !c.At.Before(from)
	}
	r := v.ChangedRow(c)
	if when, ok := latest(v, &r); ok {
		return !when.Before(from)
	}
	return !c.At.Before(from) && c.At.Before(t.options.Start)
}

// latest is the last instant at which the incident may have happened, or at which it was reported;
// ok is false where nothing is said.
func latest(v picture.View, r *picture.Row) (when time.Time, ok bool) {
	if r.Restricted {
		return time.Time{}, false
	}
	when = r.Interval.End
	if d, found := v.Detail(r.ID); found && d.Shown.Incident != nil {
		if reported := d.Shown.Incident.Reported; reported.After(when) && !reported.After(r.Received.Add(incident.FutureTolerance)) {
			when = reported
		}
	}
	return when, !when.IsZero()
}

// restricted is the name of an incident whose own must not be shown: the same for as long as the
// program runs.
func restricted(id picture.ID) string { return "restricted-" + strconv.Itoa(int(id)) }

// hidden reports whether a line must say nothing of the incident: its content, or that which
// it has now, is not for the viewer.
func hidden(v picture.View, r *picture.Row) bool {
	return r.Restricted || v.Identity(r.ID) == incident.Identity{}
}

// told is what a line tells of a change: the version that it brought. A cancel that is no more than an
// id says by itself nothing of what was cancelled, so that the incident it names is told.
func told(v picture.View, c *picture.Change) picture.Row {
	r := v.ChangedRow(c)
	if c.Effect == picture.Cancelled && len(r.Countries) == 0 {
		if shown, ok := v.Row(r.ID); ok {
			return shown
		}
	}
	return r
}

// changeWord says what a version did to its incident.
func changeWord(c *picture.Change) string {
	switch {
	case c.Withdrawn:
		return lang.MsgAs("change", "withdrawn")
	case c.Effect == picture.Updated:
		return lang.MsgAs("change", "update")
	case c.Effect == picture.Conflicted:
		return lang.MsgAs("change", "conflict")
	case c.Effect == picture.Cancelled:
		return lang.MsgAs("change", "cancel")
	case c.Effect == picture.Outdated:
		return lang.MsgAs("change", "outdated")
	default:
		return lang.MsgAs("change", "new")
	}
}

// describe is a change in one line of text: when the desk learnt it, its kind, then what it is.
func (t *Tail) describe(v picture.View, c *picture.Change) string {
	m := t.options.Layout.hand()
	parts := []string{instant(c.At), m.Words(c.Kind.String())}
	switch c.Kind {
	case picture.IncidentChanged:
		parts = append(parts, t.incident(v, c))
	case picture.LevelChanged:
		parts = append(parts, c.Level.Country.String(), t.options.Layout.text(c.Level.Area), m.LevelChange(&c.Level))
	case picture.PresenceChanged:
		parts = append(parts, t.presence(c))
	case picture.AdvisoryChanged:
		parts = append(parts, c.Advisory.Of().Country.String(), t.options.Layout.clean(m.AdvisoryChange(&c.Advisory)))
	case picture.CalendarChanged:
		parts = append(parts, t.calendar(&c.Calendar))
	case picture.SourceChanged:
		state := m.State(c.To)
		if c.From != c.To { // a source that could not be read at all is NEVER before and after
			state = m.State(c.From) + m.Right + state
		}
		parts = append(parts, t.options.Layout.text(c.Source), state)
		if !c.Reason.IsZero() {
			parts = append(parts, "("+t.options.Layout.clean(t.reason(v, c))+")")
		}
	}
	return strings.Join(parts, " ")
}

// reason is why a source came into a state, in the language where that is English no more; else, and of a state that has passed, in the words of
// that time.
func (t *Tail) reason(v picture.View, c *picture.Change) string {
	h := t.options.Layout.words()
	if h.Tag() != lang.English {
		for s := range v.Sources() {
			if s.Info.Name == c.Source && s.State == c.To {
				if why := h.SourceReason(s, v.Known()); why != "" {
					return why
				}
			}
		}
	}
	return h.Say(c.Reason.OneLine().String())
}

func (t *Tail) incident(v picture.View, c *picture.Change) string {
	l := t.options.Layout
	h, r := l.words(), told(v, c)
	change := l.clean(h.SayAs("change", changeWord(c)))
	if hidden(v, &r) {
		return change + " --- " + l.clean(h.Say("Restricted incident")) + "; " + l.text(r.Source) + " " + restricted(r.ID)
	}
	what := h.Act(&r)
	if !r.Title.IsZero() {
		what = h.Sayf("%s: %s", what, r.Title.OneLine().String())
	}
	parts := []string{what, figure.Place(&r), h.People(&r), h.Sayf("severity %s", h.Severity(&r)), h.Standing(&r)}
	if r.Threat.Is(incident.Hazard) {
		parts[0] = h.Say("hazard") + ", " + parts[0]
	}
	if r.Future {
		parts = append(parts, h.Say("claims a time in the FUTURE"))
	}
	if filled := h.Filled(r.Filled); filled != "" {
		parts = append(parts, filled)
	}
	for i := range parts {
		parts[i] = l.clean(parts[i])
	}
	parts = append(parts, l.text(r.Source)+" "+l.text(v.Identity(r.ID).ID))
	if others := joinedWith(v, r.ID); len(others) > 0 {
		names := make([]string, len(others))
		for i, o := range others {
			names[i] = l.text(o.Row.Source) + " " + l.text(o.Identity.ID)
		}
		parts = append(parts, l.clean(h.Sayf("one event with %s", strings.Join(names, ", ")))) // in whatever order they came
	}
	return change + " " + h.Countries(&r) + " " + l.clean(h.WhenWhole(r.When)) + " " + joined(h, parts)
}

// joinedWith is who else tells of the event of an incident; nobody where the viewer may not know.
func joinedWith(v picture.View, id picture.ID) []picture.Telling {
	e, ok := v.Event(id)
	if !ok {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(e.Tellings), func(o picture.Telling) bool { return o.ID == id })
}

// calendar is what became of something that is expected: new MLI curfew Curfew, Gao region; 2026-11-20 21:00Z to 2026-11-21 05:00Z.
func (t *Tail) calendar(c *picture.CalendarChange) string {
	h, d := t.options.Layout.words(), &c.Due
	when := h.Time(d.Start)
	if d.End.After(d.Start) {
		when = h.Sayf("%s to %s", when, h.Time(d.End))
	}
	if d.AllDay {
		when = d.From.Format(time.DateOnly)
		if last := d.To.AddDate(0, 0, -1); last.After(d.From) {
			when = h.Sayf("%s to %s", when, last.Format(time.DateOnly))
		}
	}
	where := d.Source.OneLine().String()
	if d.Origin.Line > 0 {
		where += ":" + strconv.Itoa(d.Origin.Line)
	}
	return t.options.Layout.clean(joined(h, []string{h.Words(c.What.String()) + " " + h.DueCountry(d) + " " + h.Words(d.Kind) + " " + h.DueWhat(d), when, where}))
}

func (t *Tail) presence(c *picture.Change) string {
	l, p := t.options.Layout, &c.Presence
	h := l.hand()
	who := []string{p.Country.String(), l.text(p.Organization), l.clean(populationWord(h, c))}
	return strings.Join(lang.Fields(strings.Join(who, " ")), " ") + " " +
		people(h, p.From, p.Was) + h.Right + people(h, p.To, p.Is)
}

func populationWord(h figure.Hand, c *picture.Change) string {
	if c.Presence.Population.Unlisted() {
		return c.Presence.Population.Text.String() + figure.Unknown
	}
	return h.Words(c.Presence.Population.Value.String())
}

// people is a headcount, "none told" where no file told one.
func people(h figure.Hand, n int, told bool) string {
	if !told {
		return h.Say("none told")
	}
	return h.Number(n)
}

// joined is the parts that say something.
func joined(h figure.Hand, parts []string) string {
	var b strings.Builder
	for _, p := range parts {
		if p == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(h.Say("; "))
		}
		b.WriteString(p)
	}
	return b.String()
}
