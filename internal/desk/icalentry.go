package desk

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"vigil/internal/calendar"
	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// vcalendar reads the entries of one calendar.
func (r *reader) vcalendar(c *component) []calendar.Entry {
	v := &icalReader{reader: r, zones: map[string]calendar.Zone{}}
	for _, part := range c.parts {
		if part.name == "VTIMEZONE" {
			v.timezone(part)
		}
	}
	if p, ok := c.prop("X-WR-TIMEZONE"); ok && unescape(p.value) != "" {
		if v.floating, v.hasFloating = v.zone(unescape(p.value)); !v.hasFloating {
			r.warnf(place{line: p.line}, "%s is no time zone: times that name no other are taken as if this line were not there", quote(p.value))
		}
	}
	cancelled := strings.EqualFold(c.text("METHOD"), "CANCEL")
	var entries []*drafted
	for _, part := range c.parts {
		if part.name != "VEVENT" && part.name != "VTODO" {
			continue
		}
		d, err := v.entry(part)
		if err != nil {
			r.errorf(place{line: d.line}, "%s is left out: %v", entryName(d.Title), err)
			continue
		}
		d.Cancelled = d.Cancelled || cancelled
		entries = append(entries, d)
	}
	v.tallies.flush(r, "times")
	return v.assemble(entries)
}

// icalReader reads the entries of one VCALENDAR.
type icalReader struct {
	*reader
	zones       map[string]calendar.Zone // defined in the file, by TZID
	floating    calendar.Zone            // of times that name no zone
	hasFloating bool
	tallies     tallies
}

// drafted is an entry before what is moved is put to the entry that it moves.
type drafted struct {
	calendar.Entry
	line      int
	recurring calendar.Wall // RECURRENCE-ID; zero for the entry itself
	moves     bool
	stamp     string
}

// wallTime is a time as iCalendar gives it.
type wallTime struct {
	wall  calendar.Wall
	zone  calendar.Zone
	date  bool
	vague bool // it has a clock, and nobody can say of which zone: only its date is sure
}

var (
	errNoStart = errors.New("it has no DTSTART: nobody can say when it is")
	errEnd     = errors.New("it ends before it begins")
)

// entry reads an event or a task.
func (v *icalReader) entry(c *component) (*drafted, error) {
	d := &drafted{line: c.line}
	d.Origin = incident.Origin{File: v.file, Line: c.line}
	d.ID, d.Title = safetext.Clean(c.text("UID")), safetext.Clean(c.text("SUMMARY"))
	d.Details = safetext.Block(c.text("DESCRIPTION"))
	d.Sequence, _ = strconv.Atoi(c.text("SEQUENCE"))
	d.stamp = cmp.Or(c.text("LAST-MODIFIED"), c.text("DTSTAMP"))
	d.where(c)
	d.kind(c)
	status := strings.ToUpper(c.text("STATUS"))
	d.Cancelled, d.Done = status == "CANCELLED", status == "COMPLETED"
	if d.Title.IsZero() {
		d.Title = safetext.Const("(no title)")
	}
	if err := v.times(d, c); err != nil {
		return d, err
	}
	return d, v.recurrence(d, c)
}

// where reads the country and the area: those that LOCATION names, else the country that a category or
// what stands before a colon in the title is.
func (d *drafted) where(c *component) {
	location := c.text("LOCATION")
	if code, ok := country.Parse(location); ok {
		d.Country = code
		return
	}
	if cut := strings.LastIndexByte(location, ','); cut >= 0 {
		if code, ok := country.Parse(strings.TrimSpace(location[cut+1:])); ok {
			d.Country, d.Area = code, safetext.Clean(strings.TrimSpace(location[:cut]))
			return
		}
	}
	d.Area = safetext.Clean(location)
	for _, p := range c.props {
		if p.name != "CATEGORIES" && p.name != "X-VIGIL-COUNTRY" {
			continue
		}
		for word := range strings.SplitSeq(unescape(p.value), ",") {
			if code, ok := country.Parse(strings.TrimSpace(word)); ok {
				d.Country = code
				return
			}
		}
	}
	if before, _, ok := strings.Cut(c.text("SUMMARY"), ":"); ok {
		d.Country, _ = country.Parse(strings.TrimSpace(before))
	}
}

func (d *drafted) kind(c *component) {
	if c.name == "VTODO" {
		d.Kind = calendar.Task
	}
	for _, p := range c.props {
		if p.name != "CATEGORIES" {
			continue
		}
		for word := range strings.SplitSeq(unescape(p.value), ",") {
			if k, ok := calendar.ParseKind(word); ok {
				d.Kind = k
				return
			}
		}
	}
}

// times reads when it is. A task is at the time by which it is due.
func (v *icalReader) times(d *drafted, c *component) error {
	name := "DTSTART"
	if _, ok := c.prop("DUE"); ok && c.name == "VTODO" {
		name = "DUE"
	}
	p, ok := c.prop(name)
	if !ok {
		return errNoStart
	}
	start, err := v.time(p, d.Country)
	if err != nil {
		return err
	}
	d.Start, d.End, d.Zone, d.AllDay = start.wall, start.wall, start.zone, start.date
	if start.date {
		d.End = start.wall.AddDate(0, 0, 1)
	}
	if start.vague {
		d.dates(start.wall)
	}
	if name == "DUE" {
		return nil
	}
	if p, ok := c.prop("DTEND"); ok {
		end, err := v.time(p, d.Country)
		if err != nil {
			return err
		}
		if !start.date && !end.date && (start.vague || end.vague) {
			if dateOf(end.wall).Before(dateOf(start.wall)) {
				return errEnd
			}
			d.dates(end.wall)
			return nil
		}
		d.End = start.zone.Wall(end.zone.UTC(end.wall))
		if start.date {
			d.End = end.wall
		}
		if start.date != end.date || d.End.Before(d.Start) {
			return errEnd
		}
		if start.date && d.End.Equal(d.Start) {
			d.End = d.Start.AddDate(0, 0, 1) // some programs give the last day instead of the one after
		}
	} else if p, ok := c.prop("DURATION"); ok {
		length, err := parseLength(p.value)
		if err != nil {
			return err
		}
		if start.vague {
			d.dates(start.wall.Add(length))
			return nil
		}
		d.End = d.Start.Add(length)
	}
	return nil
}

// dates leaves of the times of an entry the dates, the last of which is the one that the end lies in.
func (d *drafted) dates(end calendar.Wall) {
	d.Start, d.AllDay = dateOf(d.Start), true
	if d.End = dateOf(end); d.End.Before(end) || !d.End.After(d.Start) {
		d.End = d.End.AddDate(0, 0, 1)
	}
}

// maxListed caps the dates that one entry adds or leaves out.
const maxListed = 2000

// recurrence reads how an entry recurs.
func (v *icalReader) recurrence(d *drafted, c *component) error {
	for i := range c.props {
		p := &c.props[i]
		switch p.name {
		case "RRULE":
			if d.Rule != nil {
				return fmt.Errorf("it has two RRULE: %w", errRule)
			}
			rule, err := parseRule(p.value, d.Zone)
			if err != nil {
				return err
			}
			d.Rule = rule
		case "RDATE", "EXDATE":
			for value := range strings.SplitSeq(p.value, ",") {
				one := *p
				one.value, _, _ = strings.Cut(value, "/") // a period: its beginning
				t, err := v.time(&one, d.Country)
				if err != nil {
					return err
				}
				w := d.onClock(t)
				if p.name == "RDATE" {
					d.Also = append(d.Also, w)
				} else {
					d.Except = append(d.Except, w)
				}
			}
			if len(d.Also)+len(d.Except) > maxListed {
				return fmt.Errorf("it has more than %d RDATE and EXDATE", maxListed)
			}
		case "EXRULE":
			v.warnf(place{line: p.line}, "EXRULE is not read: occurrences that it leaves out are shown")
		case "RECURRENCE-ID":
			t, err := v.time(p, d.Country)
			if err != nil {
				return err
			}
			d.recurring, d.moves = d.onClock(t), true
			if p.params["RANGE"] != "" {
				v.warnf(place{line: p.line}, "RANGE is not read: only this one occurrence is moved")
			}
		}
	}
	return nil
}

// onClock is a time on the clock of the entry.
func (d *drafted) onClock(t wallTime) calendar.Wall {
	if d.AllDay {
		return dateOf(t.wall)
	}
	if t.date || t.vague {
		return dateOf(t.wall).Add(d.Start.Sub(dateOf(d.Start)))
	}
	return d.Zone.Wall(t.zone.UTC(t.wall))
}

// assemble puts moved occurrences to the entries that they move. Of two with one id the one with the
// higher sequence holds, of equal ones the one stamped last.
func (v *icalReader) assemble(all []*drafted) []calendar.Entry {
	newer := func(a, b *drafted) int {
		return cmp.Or(cmp.Compare(a.Sequence, b.Sequence), cmp.Compare(a.stamp, b.stamp))
	}
	masters := make(map[string]*drafted)
	var order []*drafted
	for _, d := range all {
		id := d.ID.String()
		have := masters[id]
		switch {
		case d.moves:
		case have == nil || id == "":
			masters[id] = d
			order = append(order, d)
		default:
			v.warnf(place{line: d.line}, "%s stands in line %d, too: the one with the higher SEQUENCE is used", entryName(d.Title), have.line)
			if newer(d, have) > 0 {
				masters[id] = d
				order[slices.Index(order, have)] = d
			}
		}
	}
	for _, d := range all {
		if !d.moves {
			continue
		}
		master := masters[d.ID.String()]
		if master == nil || d.ID.IsZero() {
			order = append(order, d) // its series is in no file: it is expected all the same
			continue
		}
		from := master.Zone.Wall(d.Zone.UTC(d.recurring))
		if master.AllDay {
			from = dateOf(d.recurring)
		}
		moved := calendar.Moved{From: from, Start: d.Start, End: d.End, Zone: d.Zone, Title: d.Title, Cancelled: d.Cancelled}
		if n := slices.IndexFunc(master.Moved, func(m calendar.Moved) bool { return m.From.Equal(from) }); n >= 0 {
			master.Moved[n] = moved
			continue
		}
		master.Moved = append(master.Moved, moved)
	}
	entries := make([]calendar.Entry, 0, len(order))
	for _, d := range order {
		entries = append(entries, d.Entry)
	}
	return entries
}

// parseLength reads a duration of iCalendar such as P1DT2H30M or P2W.
func parseLength(s string) (time.Duration, error) {
	bad := fmt.Errorf("DURATION: %s is none: write PT2H or P1D", quote(s))
	rest, ok := strings.CutPrefix(strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(s)), "+"), "P")
	if !ok || rest == "" {
		return 0, bad
	}
	units := map[byte]time.Duration{'W': 7 * 24 * time.Hour, 'D': 24 * time.Hour, 'H': time.Hour, 'M': time.Minute, 'S': time.Second}
	var total time.Duration
	for rest != "" {
		rest = strings.TrimPrefix(rest, "T")
		end := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
		if end <= 0 || units[rest[end]] == 0 {
			return 0, bad
		}
		n, err := strconv.ParseUint(rest[:end], 10, 16)
		if err != nil {
			return 0, bad
		}
		total += time.Duration(n) * units[rest[end]]
		rest = rest[end+1:]
	}
	if total > 400*24*time.Hour {
		return 0, bad
	}
	return total, nil
}
