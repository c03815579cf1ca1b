package picture

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"vigil/internal/calendar"
	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Due is something that is expected at a time. It has not happened, and is in no count.
type Due struct {
	Key       string // the same as long as it is the same thing
	Kind      string // of the calendar, the act of a forecast, "level expires", "flash", "ack ends", or "shelf ends"
	Title     safetext.Text
	Details   safetext.Text
	Countries []country.Code
	Inferred  bool
	Area      safetext.Text
	// Start and End are instants: End is the first after, and equal to Start where it has no duration.
	Start, End time.Time
	// From and To are the same as clocks of the place show them; zero where that is not known. Where AllDay is
	// set they are dates, To the one after the last.
	From, To   time.Time
	AllDay     bool
	State      calendar.State
	Recurs     bool
	Restricted bool
	Incident   ID // of a forecast; 0 of everything else
	Level      bool
	Flash      bool          // a flash report that was promised
	Alarm      string        // what a flash report is about, or what rings again then: the id of the entry that raised it
	About      ID            // the incident that a flash report is about
	Called     string        // what a flash report is on, or the alarm that rings again then, as people call it
	Number     int           // of a flash report
	Owner      safetext.Text // of the alarm that rings again, where it is its acknowledgement that ends
	Source     safetext.Text // what said so: a source, or the file
	Origin     incident.Origin
}

// Limits of what is due.
const (
	// forecastOverdue is for how long a forecast whose time is over is overdue: nobody has said whether it came.
	forecastOverdue = 2 * Day
	// levelsAhead is how long before a level expires that is due.
	levelsAhead = 30 * Day
)

// SetCalendar replaces the calendar as a whole. What differs is logged, but for what is over long since.
func (s *Store) SetCalendar(entries []calendar.Entry, seen time.Time) {
	before, _ := s.calendar.at(seen)
	s.calendar = append(s.calendar, version[[]calendar.Entry]{seen, entries})
	s.waits = time.Time{}
	for _, d := range calendar.Diff(before, entries) {
		if due, ok := dueOfEntry(d.Entry, seen); ok {
			s.record(Change{At: seen, Kind: CalendarChanged, Calendar: CalendarChange{d.Change, due}})
			if due.State == calendar.Overdue {
				s.toldOverdue(&due) // the change says so
			}
		}
	}
}

// noteOverdue logs what is overdue since the last look. It looks when the next thing that is waited for ends.
func (s *Store) noteOverdue(now time.Time) {
	if s.waits.After(now) {
		return
	}
	entries, _ := s.calendar.at(now)
	s.waits = now.Add(Day)
	for i := range entries {
		e := &entries[i]
		if !e.Kind.Ends() || e.Done {
			continue
		}
		due, ok := dueOfEntry(e, now)
		switch {
		case !ok:
		case due.State == calendar.Overdue && s.toldOverdue(&due):
			s.record(Change{At: now, Kind: CalendarChanged, Calendar: CalendarChange{calendar.Waited, due}})
		case due.End.After(now) && due.End.Before(s.waits):
			s.waits = due.End
		}
	}
}

// toldOverdue reports whether it is told for the first time that a thing is overdue.
func (s *Store) toldOverdue(d *Due) bool {
	key := d.Key + " " + d.End.Format(time.RFC3339)
	if s.overdue[key] {
		return false
	}
	if s.overdue == nil {
		s.overdue = map[string]bool{}
	}
	s.overdue[key] = true
	return true
}

// forecast is an incident that only announces something, and when that is expected.
type forecast struct {
	item     item
	from, to incident.When
}

// expected is when a version expects what it announces. It is read once: versions never change.
func (s *Store) expected(h handle) (f forecast) {
	if have, ok := s.expects[h]; ok {
		return have
	}
	i := s.rows.whole(h)
	f.from, f.to = i.ExpectedFrom, i.ExpectedTo
	if s.expects == nil {
		s.expects = make(map[handle]forecast)
	}
	s.expects[h] = f
	return f
}

// Due lists what is expected, and what is overdue or has ended within the week: forecasts, the calendar,
// levels that expire, flash reports that were promised, and alarms that ring again by themselves. What is overdue stands first, the longest first; then by when it begins.
// What recurs is one entry.
func (v View) Due() []Due {
	list := slices.Clone(v.p.planned())
	for _, f := range v.p.forecasts {
		if d, ok := v.forecast(f); ok {
			list = append(list, d)
		}
	}
	for i := range v.p.summary {
		list = append(list, v.expiries(&v.p.summary[i])...)
	}
	list = append(list, v.promised()...)
	slices.SortStableFunc(list, func(a, b Due) int {
		return cmp.Or(
			cmp.Compare(min(a.State, calendar.Present), min(b.State, calendar.Present)),
			overdueFirst(&a, &b), a.Start.Compare(b.Start), a.End.Compare(b.End), strings.Compare(a.Key, b.Key),
		)
	})
	return list
}

// overdueFirst orders what is overdue by how long: that counts from its end.
func overdueFirst(a, b *Due) int {
	if a.State != calendar.Overdue || b.State != calendar.Overdue {
		return 0
	}
	return a.End.Compare(b.End)
}

// planDue is what the calendar expects.
func (p *Picture) planDue(entries []calendar.Entry) []Due {
	var list []Due
	for i := range entries {
		if d, ok := dueOfEntry(&entries[i], p.valid); ok {
			list = append(list, d)
		}
	}
	return list
}

// dueOfEntry is what an entry expects at a time; ok is false when that is over long since.
func dueOfEntry(e *calendar.Entry, at time.Time) (d Due, ok bool) {
	o, ok := e.At(at)
	if !ok {
		return Due{}, false
	}
	d = Due{
		Key: "entry " + e.Origin.File.String() + " " + cmp.Or(e.ID.String(), unnamed(e)), Kind: e.Kind.String(),
		Title: o.Title, Details: e.Details, Area: e.Area,
		Start: o.Start, End: o.End, AllDay: e.AllDay, State: o.State, Recurs: e.Recurs(),
		Source: e.Origin.File, Origin: e.Origin,
	}
	if e.AllDay || !e.Zone.IsUTC() {
		d.From, d.To = o.From, o.To
	}
	if e.Country.Known() {
		d.Countries = []country.Code{e.Country}
	}
	return d, true
}

// unnamed tells an entry without an id from others with its title: by where it is, and when it first begins. Its line is no part of it:
// a line that is put in above makes nothing another thing.
func unnamed(e *calendar.Entry) string {
	words := []string{e.Title.String(), e.Start.Format("2006-01-02T15:04:05")}
	if e.Country.Known() {
		words = append(words, e.Country.Alpha3())
	}
	if !e.Area.IsZero() {
		words = append(words, e.Area.String())
	}
	return strings.Join(words, " ")
}

// forecast is an incident that is expected, as the viewer may see it.
func (v View) forecast(f forecast) (Due, bool) {
	r := v.row(f.item)
	d := Due{
		Key: "forecast " + v.p.rows.origin(f.item.shown).File.String() + " " + f.from.String(), Kind: "expected",
		Title: r.Title, Countries: r.Countries, Inferred: r.Inferred, Area: r.Place,
		Start: f.from.Start, End: expectedEnd(f.from, f.to), AllDay: f.from.Precision == incident.ToDate,
		Restricted: r.Restricted, Incident: r.ID, Source: r.Source,
	}
	if identity := v.Identity(r.ID); !identity.ID.IsZero() {
		d.Key = "forecast " + identity.Authority.String() + " " + identity.ID.String()
	}
	if !r.Restricted {
		d.Origin = v.p.rows.origin(f.item.shown)
		d.Kind = strings.ReplaceAll(r.Act.Value.String(), "_", " ")
		if d.Area.IsZero() {
			d.Area = r.Admin1
		}
	}
	if !f.to.IsZero() && f.to.End().After(d.Start) {
		d.AllDay = d.AllDay && f.to.Precision == incident.ToDate
	}
	if d.AllDay {
		d.From, d.To = d.Start, d.End
	}
	switch t := v.p.valid; {
	case d.Start.After(t):
		d.State = calendar.Expected
	case d.End.After(t):
		d.State = calendar.Present
	case t.Sub(d.End) <= forecastOverdue:
		d.State = calendar.Overdue
	case t.Sub(d.End) <= calendar.OverdueFor:
		d.State = calendar.Past
	default:
		return Due{}, false
	}
	return d, true
}

// expiries are the levels of a country that expire soon or have expired.
func (v View) expiries(c *Country) []Due {
	if c.Levels == nil {
		return nil
	}
	var list []Due
	for i := range c.Levels.Areas {
		a := &c.Levels.Areas[i]
		end := a.ValidUntil.End()
		if a.ValidUntil.IsZero() || end.Sub(v.p.valid) > levelsAhead {
			continue
		}
		d := Due{
			Key: "level " + c.Code.String() + " " + a.Name.String(), Kind: "level expires", Title: a.Name,
			Countries: []country.Code{c.Code}, Area: a.Name, Start: end, End: end, State: calendar.Expected,
			Level: true, Source: a.Origin.File, Origin: a.Origin,
		}
		if !end.After(v.p.valid) {
			d.State = calendar.Overdue
		}
		list = append(list, d)
	}
	return list
}
