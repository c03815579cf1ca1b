package picture

import (
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/risk"
	"vigil/internal/safetext"
)

// account is what lists, windows, estimates, filters and alarms take an incident to say: the version that is shown, and what that
// leaves unsaid from other tellings of the same event (fill.go). It answers as rows do, each thing from the one version that says it.
type account struct {
	rows *rows
	h    handle
	fill *fill // nil where nothing is taken from another: of nearly all
	// veiled says that it is restricted by now, in a picture of the past.
	veiled bool
}

// account is that of an incident as it is listed.
func (p *Picture) account(it item) account {
	a := account{rows: &p.rows, h: it.shown, veiled: p.listed.veiled[it.id]}
	if it.marks&several != 0 {
		a.fill = p.tellings.fillOf(it)
	}
	return a
}

// own is the account of a version alone.
func (p *Picture) own(h handle) account { return account{rows: &p.rows, h: h} }

// fillOf is what the version shown of an incident takes from others.
func (t *tellings) fillOf(it item) *fill {
	if is := t.at(it.id); is != nil && is.fill != nil && is.fill.of == it.shown {
		return is.fill
	}
	return nil
}

// keyOf is the place in the list of an incident, by the events as they are now.
func (s *Store) keyOf(it item) int64 {
	return account{rows: &s.rows, h: it.shown, fill: s.tellings.fillOf(it)}.key()
}

// by is the version that says a field, or else leaves it unsaid.
func (a account) by(f Field) handle {
	if a.fill != nil && a.fill.from[f] != 0 {
		return a.fill.from[f]
	}
	return a.h
}

func (a account) row() *row { return a.rows.at(a.h) }

func (a account) traits() traits {
	is := a.rows.at(a.h).traits
	if a.fill != nil {
		is = a.fill.traits
	}
	if a.veiled {
		is |= isRestricted
	}
	return is
}

// refuted incidents leave the windows and stay visible.
func (a account) refuted() bool { return a.traits()&isRefuted != 0 }

func (a account) span() span { return a.rows.span(a.by(FieldWhen)) }

func (a account) interval() incident.Interval { return a.rows.interval(a.by(FieldWhen)) }

func (a account) timed() bool { return a.rows.at(a.by(FieldWhen)).timed() }

func (a account) key() int64 {
	if when := a.by(FieldWhen); when != a.h {
		return a.rows.end(when, a.rows.at(when))
	}
	return a.rows.key(a.h)
}

func (a account) countries() []country.Code { return a.rows.countries(a.by(FieldCountries)) }

func (a account) in(c country.Code) bool { return a.rows.in(a.by(FieldCountries), c) }

func (a account) spot() spot {
	if a.fill == nil {
		return a.rows.spot(a.h)
	}
	return spot{a.rows.spot(a.by(FieldPlace)).place, a.rows.spot(a.by(FieldAdmin1)).admin1}
}

func (a account) people() *persons { return a.rows.people(a.by(FieldPeople)) }

func (a account) severity() incident.Severity { return a.rows.at(a.by(FieldSeverity)).severity() }

func (a account) threat() incident.Threat { return a.rows.at(a.by(FieldThreat)).threat() }

func (a account) act() incident.Act { return a.rows.at(a.by(FieldAct)).act }

func (a account) holder() incident.Holder { return a.rows.at(a.by(FieldHolder)).holder() }

// activeAt reports whether it is active at t.
func (a account) activeAt(t time.Time) bool {
	when := a.by(FieldWhen)
	if when == a.h {
		return a.rows.activeAt(a.h, t)
	}
	at := nanos(t)
	switch {
	case a.rows.start(when) >= at:
		return false
	case a.traits()&lasts != 0:
		return a.fill.lasting > at
	default:
		return a.rows.end(when, a.rows.at(when))+int64(incident.BriefHold) > at
	}
}

// heardUntil is as that of rows.
func (a account) heardUntil() (until int64, ok bool) {
	if a.by(FieldWhen) == a.h {
		return a.rows.heardUntil(a.h)
	}
	if a.traits()&lasts == 0 {
		return 0, false
	}
	return a.fill.lasting, a.fill.lasting == a.rows.batch(a.h).received+int64(incident.OngoingHold)
}

// evidence is the incident as the estimate sees it.
func (a account) evidence(when span) risk.Evidence {
	p := a.people()
	ev := risk.Evidence{
		Threat: a.threat(), Harms: p.harms, MayHarm: p.may, Severity: a.severity(), Reference: uint32(a.rows.id(a.h)),
		Restricted: a.traits()&isRestricted != 0,
	}
	if when.start != noTime {
		ev.At = fromNanos(when.middle())
	}
	if ev.Harms {
		ev.Killed, ev.Injured, ev.Abducted, ev.Detained = p.staff[0], p.staff[1], p.staff[2], p.staff[3]
		if held := a.holder(); held != incident.HolderState && held != incident.HolderUnstated {
			ev.Abducted, ev.Detained = ev.Abducted+ev.Detained, 0
		}
		ev.Sexual = a.act() == incident.SexualViolence && a.traits()&strangeAct == 0
	}
	return ev
}

// whole is all that is said. It must not be changed.
func (a account) whole() *incident.Incident {
	i := a.rows.whole(a.h)
	if a.fill == nil {
		return i
	}
	own := *i
	for f, from := range a.fill.from {
		if from != 0 {
			gaps[f].take(&own, a.rows.whole(from))
		}
	}
	return &own
}

// Filled is a thing that the incident which leads an event leaves unsaid, and that is shown as another telling of the event says it.
type Filled struct {
	Field  Field
	By     ID // the incident that says it
	Source safetext.Text
}

// filled lists what is taken from others, in the order of the fields.
func (p *Picture) filled(a account) []Filled {
	if a.fill == nil {
		return nil
	}
	var list []Filled
	for f, from := range a.fill.from {
		if from != 0 {
			list = append(list, Filled{Field(f), p.rows.id(from), p.sources[p.rows.source(from)].Info.Name})
		}
	}
	return list
}
