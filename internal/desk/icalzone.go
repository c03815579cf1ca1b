package desk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"vigil/internal/calendar"
	"vigil/internal/country"
)

// time reads a time. One without a zone is of the zone of the calendar, else of the country where that
// has one; else only its date is sure. So it is of one whose zone nobody knows: that it is the calendar's or the country's
// would be a guess.
func (v *icalReader) time(p *property, c country.Code) (wallTime, error) {
	w, utc, date, err := parseWall(p.value)
	if err != nil {
		return wallTime{}, fmt.Errorf("%s: %w", p.name, err)
	}
	out := wallTime{wall: w, date: date}
	if utc {
		return out, nil
	}
	named := p.params["TZID"]
	if named != "" {
		var ok bool
		if out.zone, ok = v.zone(named); ok {
			return out, nil
		}
	}
	var known bool
	if out.zone, known = v.floating, v.hasFloating; !known {
		out.zone, known = zoneOf(c)
	}
	switch at := (place{line: p.line}); {
	case date:
	case named != "":
		out.vague = true
		v.tallies.note(at, fmt.Sprintf("%s is no time zone, and the file does not define it: only the date is used; write a name such as Africa/Bamako, or a time in UTC with a Z", quote(named)))
	case !known:
		out.vague = true
		v.tallies.note(at, p.name+" has no zone: only its date is used; name a TZID or a country with one zone")
	}
	return out, nil
}

// zoneOf is the zone of a country that has one.
func zoneOf(c country.Code) (calendar.Zone, bool) {
	name, ok := c.Zone()
	if !ok {
		return calendar.Zone{}, false
	}
	loc, ok := location(name)
	return calendar.Zone{Location: loc}, ok
}

// zone finds a zone: by the name of the tz database, also behind the path that some programs put before it, else as the
// file defines it, else by its name in Windows.
func (v *icalReader) zone(name string) (calendar.Zone, bool) {
	rest, path := strings.CutPrefix(name, "/")
	for rest != "" {
		if loc, ok := location(rest); ok {
			return calendar.Zone{Location: loc}, true
		}
		if !path {
			break
		}
		_, rest, _ = strings.Cut(rest, "/")
	}
	for _, defined := range []string{name, unescape(name)} {
		if zone, ok := v.zones[defined]; ok {
			return zone, true
		}
	}
	if known, ok := calendar.WindowsZone(name); ok {
		loc, ok := location(known)
		return calendar.Zone{Location: loc}, ok
	}
	return calendar.Zone{}, false
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
