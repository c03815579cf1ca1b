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
	v := &icalReader{reader: r, zones: map[string]calendar.Zone{}, warned: map[string]bool{}}
	for _, part := range c.parts {
		if part.name == "VTIMEZONE" {
			v.timezone(part)
		}
	}
	if name := c.text("X-WR-TIMEZONE"); name != "" {
		v.floating, v.hasFloating = v.zone(name)
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
	return v.assemble(entries)
}

// icalReader reads the entries of one VCALENDAR.
type icalReader struct {
	*reader
	zones       map[string]calendar.Zone // defined in the file, by TZID
	floating    calendar.Zone            // of times that name no zone
	hasFloating bool
	warned      map[string]bool
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
	wall calendar.Wall
	zone calendar.Zone
	date bool
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
	if name == "DUE" {
		return nil
	}
	if p, ok := c.prop("DTEND"); ok {
		end, err := v.time(p, d.Country)
		if err != nil {
			return err
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
		d.End = d.Start.Add(length)
	}
	return nil
}

// time reads a time. One without a zone is of the zone of the calendar, else of the country where that
// has one; else only its date is sure.
func (v *icalReader) time(p *property, c country.Code) (wallTime, error) {
	w, utc, date, err := parseWall(p.value)
	if err != nil {
		return wallTime{}, fmt.Errorf("%s: %w", p.name, err)
	}
	out := wallTime{wall: w, date: date}
	if utc {
		return out, nil
	}
	if name := p.params["TZID"]; name != "" {
		zone, ok := v.zone(name)
		if !ok {
			return wallTime{}, fmt.Errorf("%s: %s is no time zone, and the file does not define it: write a name such as Africa/Bamako, or a time in UTC with a Z", p.name, quote(name))
		}
		out.zone = zone
		return out, nil
	}
	if v.hasFloating {
		out.zone = v.floating
		return out, nil
	}
	if name, ok := c.Zone(); ok {
		if loc, ok := location(name); ok {
			out.zone = calendar.Zone{Location: loc}
			return out, nil
		}
	}
	if !date {
		v.warnf(place{line: p.line}, "%s has no zone: only its date is used; name a TZID or a country with one zone", p.name)
		out.wall, out.date = dateOf(w), true
	}
	return out, nil
}

// zone finds a zone: by the name of the tz database, else as the file defines it.
func (v *icalReader) zone(name string) (calendar.Zone, bool) {
	if loc, ok := location(strings.TrimPrefix(name, "/")); ok {
		return calendar.Zone{Location: loc}, true
	}
	zone, ok := v.zones[name]
	return zone, ok
}

// Limits of the zones that a file defines.
const (
	maxZones  = 64
	maxShifts = 16 // kinds of change of one zone
	lastShift = 2100
)

// timezone reads the definition of a zone.
func (v *icalReader) timezone(c *component) {
	name := c.text("TZID")
	var zone calendar.Zone
	kinds := 0
	for _, part := range c.parts {
		start, ok1 := part.prop("DTSTART")
		offset, ok2 := part.prop("TZOFFSETTO")
		if !ok1 || !ok2 || kinds == maxShifts {
			continue
		}
		w, _, _, err := parseWall(strings.Replace(start.value, "16010101", "19700101", 1)) // as some programs begin time
		length, ok := parseOffset(offset.value)
		if err != nil || !ok {
			v.warnf(place{line: part.line}, "a change of clocks of %s cannot be read: it is left out", quote(name))
			continue
		}
		kinds++
		zone.Shifts = append(zone.Shifts, calendar.Shift{Start: w, Offset: length})
		p, ok := part.prop("RRULE")
		if !ok {
			continue
		}
		rule, err := parseRule(p.value, calendar.Zone{})
		if err != nil {
			v.warnf(place{line: p.line}, "a change of clocks of %s: %v", quote(name), err)
			continue
		}
		until := time.Date(lastShift, 1, 1, 0, 0, 0, 0, time.UTC)
		for _, on := range rule.Expand(w, until, lastShift-firstYear) {
			zone.Shifts = append(zone.Shifts, calendar.Shift{Start: on, Offset: length})
		}
	}
	slices.SortStableFunc(zone.Shifts, func(a, b calendar.Shift) int { return a.Start.Compare(b.Start) })
	if name != "" && len(zone.Shifts) > 0 && len(v.zones) < maxZones {
		v.zones[name] = zone
	}
}

// parseOffset reads an offset of UTC such as +0100.
func parseOffset(s string) (time.Duration, bool) {
	s = strings.TrimSpace(s)
	if len(s) != 5 && len(s) != 7 || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[1:5], 10, 16)
	if err != nil || n/100 > 18 || n%100 > 59 {
		return 0, false
	}
	d := time.Duration(n/100)*time.Hour + time.Duration(n%100)*time.Minute
	if s[0] == '-' {
		d = -d
	}
	return d, true
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
	if d.AllDay || t.date {
		if d.AllDay {
			return dateOf(t.wall)
		}
		return t.wall.Add(d.Start.Sub(dateOf(d.Start)))
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
