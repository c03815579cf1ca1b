package picture

import (
	"fmt"
	"strings"
	"time"

	"vigil/internal/calendar"
	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// ringsWithin is how long before its acknowledgement ends it is due that an alarm rings again.
const ringsWithin = time.Hour

// RingsAgain reports whether it is an alarm's own return: no rule need ring for it.
func (d *Due) RingsAgain() bool { return d.Alarm != "" && !d.Flash }

// promised is what is due by the duty log: the next flash reports, and when alarms that somebody has or shelved ring again.
func (v View) promised() []Due {
	book := v.Duty()
	var list []Due
	for _, f := range book.FlashesDue() {
		list = append(list, v.flashDue(&f))
	}
	for _, a := range book.Alarms(v.p.valid) {
		if d, ok := v.ringsAgain(a); ok {
			list = append(list, d)
		}
	}
	return list
}

// Promised is what a flash report is to be about of which an alarm says that it is due; false of every other alarm. What a viewer may not
// know of is nothing that a report can be about.
func (v View) Promised(a *duty.Alarm) (duty.Subject, bool) {
	if a.Raise.Due.IsZero() {
		return duty.Subject{}, false
	}
	for _, f := range v.Duty().FlashesPromised(a.Raise.Due) {
		if d := v.flashDue(&f); strings.HasSuffix(a.Raise.Key, "/"+d.Occasion()) && (d.About != 0 || f.Subject().Incident.IsZero()) {
			return f.Subject(), true
		}
	}
	return duty.Subject{}, false
}

// Occasion is what it is, and when: the same until it is put off.
func (d *Due) Occasion() string { return d.Key + " " + d.End.UTC().Format(time.RFC3339) }

// flashDue is the report after one that promised it. It is due until it is given, however long that takes.
func (v View) flashDue(f *duty.Flashed) Due {
	about := f.Subject()
	d := Due{
		Kind: "flash", Flash: true, Alarm: about.Alarm, Number: f.Number + 1, Called: v.Called(about),
		Start: f.Next, End: f.Next, State: calendar.Expected,
	}
	d.Title = safetext.Clean(fmt.Sprintf("flash %d on %s", d.Number, d.Called))
	d.say(f.Line)
	switch {
	case about.Alarm != "":
		d.Key = "flash " + about.Alarm
		if a, ok := v.Duty().Alarm(about.Alarm); ok {
			d.in(a.Country())
		}
	case !about.Incident.IsZero():
		name := about.Incident.Identity()
		d.Key = "flash " + name.Authority.String() + "/" + name.ID.String()
		if id, ok := v.IDOf(name); ok {
			row, _ := v.Row(id)
			d.About, d.Countries, d.Inferred, d.Restricted = id, row.Countries, row.Inferred, row.Restricted
		}
	default:
		d.Key = "flash " + about.Country
		c, _ := country.Parse(about.Country)
		d.in(c)
	}
	if !d.End.After(v.p.valid) {
		d.State = calendar.Overdue
	}
	return d
}

// ringsAgain is when an alarm comes back by itself, if it does: at the end of its shelf, or of its acknowledgement once that is near.
func (v View) ringsAgain(a *duty.Alarm) (Due, bool) {
	now := v.p.valid
	d := Due{Alarm: a.ID, Called: a.Called(), State: calendar.Expected}
	if a.OnShelf(now) {
		d.Kind, d.End = "shelf ends", a.Shelf.Until
		d.Title = safetext.Clean(a.Called() + " rings again: its shelf ends")
		d.say(a.Shelf.Line)
	} else if k, owned := a.Ack(now); owned && k.Until.Sub(now) <= ringsWithin {
		d.Kind, d.End = "ack ends", k.Until
		d.Owner = k.Owner
		d.Title = safetext.Clean(a.Called() + " rings again: ack of " + k.Owner.String() + " ends")
		d.say(k.Line)
	}
	if d.Kind == "" || !a.Rings(d.End) {
		return Due{}, false
	}
	d.Start, d.Key = d.End, d.Kind+" "+a.ID
	d.in(a.Country())
	return d, true
}

// in says where it is, if that is known.
func (d *Due) in(c country.Code) {
	if c.Known() {
		d.Countries = []country.Code{c}
	}
}

// say says which line of the duty log it follows from; one that could not be written yet has none.
func (d *Due) say(l duty.Line) {
	d.Source = safetext.Const("duty log")
	if l.File != "" {
		d.Origin = incident.Origin{File: safetext.Clean("dutylog/" + l.File), Line: l.Number}
		d.Source = d.Origin.File
	}
}

// Called is what people call what a flash report is about: A17, the id of an incident, a country's code. An incident that the
// viewer may not know of is "a restricted incident". It is empty for an alarm that is not there.
func (v View) Called(s duty.Subject) string {
	switch {
	case s.Alarm != "":
		if a, ok := v.Duty().Alarm(s.Alarm); ok {
			return a.Called()
		}
		return ""
	case !s.Incident.IsZero():
		if v.Hides(s.Incident) {
			return "a restricted incident"
		}
		return s.Incident.ID.Line().String()
	}
	return duty.Words(s.Country).String()
}
