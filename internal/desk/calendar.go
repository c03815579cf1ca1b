package desk

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"vigil/internal/calendar"
	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

// maxEntries caps the entries of a calendar file.
const maxEntries = 2000

// ParseCalendar reads a calendar by its name: iCalendar (.ics), or YAML with a list of entries. YAML is
// all or nothing, since people edit it; of iCalendar, which others write, an entry that cannot be used
// is left out with its line and the others hold. The error is for a file that cannot be used at all, and
// wraps [ErrHalf] or [ErrRefused].
//
// iCalendar is read by hand: no library tells on which line a value stands, which every problem must, and
// the one there is for recurrence looks for the date of a rule that never holds until the year 9999.
func ParseCalendar(file string, data []byte) ([]calendar.Entry, []problem.Problem, error) {
	r := newReader(file)
	var entries []calendar.Entry
	var refused bool
	if strings.EqualFold(filepath.Ext(file), ".ics") {
		entries, refused = r.icalendar(data)
	} else {
		entries = r.calendarList(data)
		refused = CountErrors(r.problems) > 0
	}
	if len(entries) > maxEntries {
		r.errorf(place{}, "the file has %d entries, of which %d are read at most: divide it", len(entries), maxEntries)
		refused = true
	}
	r.sort()
	if refused {
		return nil, r.problems, fmt.Errorf("%s: %w", r.file, whole(data))
	}
	for i := range entries {
		entries[i].Bound()
	}
	return entries, r.problems, nil
}

// dated is an entry of a YAML calendar as it is being read.
type dated struct {
	calendar.Entry
	at                       place
	from, to, until          *node
	repeat, zone             *node
	except                   []*node
	saidTitle, saidFrom, utc bool
}

var entryKeys = []key[dated]{
	{"title", func(r *reader, n *node, d *dated) { d.Title, d.saidTitle = r.words(n), true }},
	{"kind", func(r *reader, n *node, d *dated) {
		if s, ok := r.scalar(n); ok && r.oneOf(n.at, "kind", s, calendar.Kinds()) {
			d.Kind, _ = calendar.ParseKind(s)
		}
	}},
	{"country", func(r *reader, n *node, d *dated) { d.Country = r.country(n) }},
	{"area", func(r *reader, n *node, d *dated) { d.Area = r.words(n) }},
	{"details", func(r *reader, n *node, d *dated) { d.Details = r.words(n) }},
	{"id", func(r *reader, n *node, d *dated) { d.ID = r.words(n) }},
	{"from", func(_ *reader, n *node, d *dated) { d.from, d.saidFrom = n, true }},
	{"to", func(_ *reader, n *node, d *dated) { d.to = n }},
	{"zone", func(_ *reader, n *node, d *dated) { d.zone = n }},
	{"repeat", func(_ *reader, n *node, d *dated) { d.repeat = n }},
	{"until", func(_ *reader, n *node, d *dated) { d.until = n }},
	{"except", func(r *reader, n *node, d *dated) { d.except = r.items(n) }},
	{"status", func(r *reader, n *node, d *dated) {
		if s, ok := r.scalar(n); ok && r.oneOf(n.at, "status", s, []string{"expected", "cancelled", "done"}) {
			d.Cancelled, d.Done = s == "cancelled", s == "done"
		}
	}},
}

// calendarList reads a YAML calendar.
func (r *reader) calendarList(data []byte) []calendar.Entry {
	root := r.yaml(data)
	if root == nil {
		return nil
	}
	if root.kind != listNode {
		r.errorf(root.at, "here stands %s, where a list of entries should be: begin each with a hyphen, - title: …", root.kind)
		return nil
	}
	var entries []calendar.Entry
	lines := make(map[string]int)
	for _, item := range root.list {
		d := &dated{at: item.at}
		before := len(r.problems)
		readTable(r, item, entryKeys, d)
		if !r.failed(before) {
			r.checkEntry(d)
		}
		if id := d.ID.String(); id != "" {
			if line, again := lines[id]; again {
				r.errorf(d.at, "id %s stands in line %d already: give each entry its own", quote(id), line)
			}
			lines[id] = d.at.line
		}
		d.Origin = incident.Origin{File: r.file, Line: d.at.line}
		entries = append(entries, d.Entry)
	}
	return entries
}

// checkEntry reads the times of an entry, which need one another.
func (r *reader) checkEntry(d *dated) {
	if !d.saidTitle || d.Title.IsZero() {
		r.errorf(d.at, "the entry has no title: write title: …")
	}
	if !d.saidFrom {
		r.errorf(d.at, "the entry has no time: write from: 2026-12-06, or from: 2026-12-06T08:00")
		return
	}
	zone, zoned := r.entryZone(d)
	start, date, ok := r.wall(d, d.from, zone, zoned, calendar.Wall{})
	if !ok {
		return
	}
	d.Start, d.End, d.AllDay, d.Zone = start, start, date, zone
	if d.utc {
		d.Zone = calendar.Zone{}
	}
	if date {
		d.End = start.AddDate(0, 0, 1)
	}
	if d.to != nil {
		end, endDate, ok := r.wall(d, d.to, zone, zoned, start)
		switch {
		case !ok:
			return
		case endDate != date:
			r.errorf(d.to.at, "from and to must both be dates, or both times: which hour is meant cannot be told")
			return
		case endDate:
			end = end.AddDate(0, 0, 1) // the last day counts whole
		}
		if d.End = end; !end.After(start) && end != start {
			r.errorf(d.to.at, "to is before from")
			return
		}
	}
	r.repeats(d, zone, zoned)
}

// entryZone is the zone of an entry: the one it names, else that of its country, where there is only one.
func (r *reader) entryZone(d *dated) (calendar.Zone, bool) {
	if d.zone != nil {
		name, _ := r.scalar(d.zone)
		loc, ok := location(name)
		if !ok {
			r.errorf(d.zone.at, "%s is no time zone: write a name such as Africa/Bamako", quote(name))
		}
		return calendar.Zone{Location: loc}, true
	}
	return zoneOf(d.Country)
}

// location finds a zone by its name in the tz database. "Local" is whatever the machine has, and so no
// answer.
func location(name string) (*time.Location, bool) {
	if name == "" || name == "Local" {
		return nil, false
	}
	loc, err := time.LoadLocation(name)
	return loc, err == nil
}

var wallLayouts = [...]string{"2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02 15:04:05"}

// wall reads a date, a time of the place, a time with its offset, or, where after is given, the clock
// alone: the next such time after it.
func (r *reader) wall(d *dated, n *node, zone calendar.Zone, zoned bool, after calendar.Wall) (w calendar.Wall, date, ok bool) {
	s, ok := r.scalar(n)
	if !ok {
		return w, false, false
	}
	s = strings.TrimSpace(s)
	if t, err := time.Parse(time.DateOnly, s); err == nil && inRange(t) {
		return t, true, true
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil && inRange(t) {
		if !zoned {
			d.utc = true
			return t.UTC(), false, true
		}
		return zone.Wall(t), false, true
	}
	if t, err := time.Parse("15:04", s); err == nil && !after.IsZero() {
		w = time.Date(after.Year(), after.Month(), after.Day(), t.Hour(), t.Minute(), 0, 0, time.UTC)
		if !w.After(after) {
			w = w.AddDate(0, 0, 1)
		}
		return w, false, true
	}
	for _, layout := range wallLayouts {
		t, err := time.Parse(layout, s)
		if err != nil || !inRange(t) {
			continue
		}
		if !zoned && !d.utc {
			r.errorf(n.at, "%s has no zone: write zone: beside it, with the name of the time zone of the place (%s), or the time in UTC as %sZ", quote(s), zoneNames(d.Country), t.Format("2006-01-02T15:04:05"))
			return w, false, false
		}
		return t, false, true
	}
	r.errorf(n.at, "%s is no date or time: write 2026-12-06, 2026-12-06T08:00 or 2026-12-06T08:00:00Z", quote(s))
	return w, false, false
}

// zoneNames are those that a time in the country may be of, for advice.
func zoneNames(c country.Code) string {
	names := c.Zones()
	const most = 4
	switch {
	case len(names) == 0:
		return "such as Africa/Bamako"
	case len(names) > most:
		return "one of " + strings.Join(names[:most], ", ") + " …"
	default:
		return strings.Join(names, " or ")
	}
}

func inRange(t time.Time) bool { return t.Year() >= firstYear && t.Year() <= lastYear }

// repeats reads how an entry recurs.
func (r *reader) repeats(d *dated, zone calendar.Zone, zoned bool) {
	if d.repeat == nil {
		if d.until != nil {
			r.errorf(d.until.at, "until without repeat means nothing: write repeat: daily, or the last day as to")
		}
		return
	}
	s, ok := r.scalar(d.repeat)
	if !ok {
		return
	}
	if !strings.Contains(s, "=") {
		if _, known := frequencies[strings.ToUpper(s)]; !known {
			r.errorf(d.repeat.at, "repeat %s is not known: write daily, weekly, monthly, yearly or a rule such as FREQ=WEEKLY;BYDAY=MO,FR", quote(s))
			return
		}
		s = "FREQ=" + s
	}
	rule, err := parseRule(s, d.Zone)
	if err != nil {
		r.errorf(d.repeat.at, "repeat: %v", err)
		return
	}
	d.Rule = rule
	if d.until != nil {
		until, date, ok := r.wall(d, d.until, zone, zoned, calendar.Wall{})
		if !ok {
			return
		}
		if date {
			until = until.Add(24*time.Hour - time.Second)
		}
		if until.Before(d.Start) {
			r.errorf(d.until.at, "until is before from")
		}
		rule.Until = until
	}
	for _, n := range d.except {
		w, date, ok := r.wall(d, n, zone, zoned, calendar.Wall{})
		if !ok {
			return
		}
		if date {
			w = w.Add(d.Start.Sub(dateOf(d.Start)))
		}
		d.Except = append(d.Except, w)
	}
}

func dateOf(w calendar.Wall) calendar.Wall {
	return time.Date(w.Year(), w.Month(), w.Day(), 0, 0, 0, 0, time.UTC)
}

// entryName names an entry in a message.
func entryName(title safetext.Text) string {
	if title.IsZero() {
		return "this entry"
	}
	return quote(title.String())
}
