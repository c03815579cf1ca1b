package picture

import (
	"slices"
	"time"

	"vigil/internal/incident"
)

// What the incident that leads an event leaves unsaid is shown as the next best telling of the event says it, marked with whose it
// is. Nothing that the lead says is changed, nothing is worked out of two tellings, and of people all figures are one telling's.
//
// A telling that is refuted, or no longer stands, fills nothing. Nor does one that is restricted or not to be passed on where the
// lead is not: what is shown of an event goes wherever its lead may go.

// Field is one thing that an incident says, or leaves unsaid.
type Field uint8

// The fields that are taken from another telling. Countries come first and the position before the names, because what is taken
// must agree with them.
const (
	FieldWhen Field = iota
	FieldCountries
	FieldPosition
	FieldPlace
	FieldAdmin1
	FieldThreat
	FieldAct
	FieldTarget
	FieldHolder
	FieldMeans
	FieldActor
	FieldSeverity
	FieldPeople
	fieldCount
)

// String is the word for it on screens and in JSON.
func (f Field) String() string {
	return [...]string{
		"occurred", "countries", "position", "place", "admin1", "threat", "act", "target", "holder", "means", "actor", "severity", "affected",
	}[min(f, fieldCount-1)]
}

// fill is what one version takes from others. It is immutable.
type fill struct {
	of      handle             // the version that leads
	from    [fieldCount]handle // the version that says it; 0 where the lead does, or nobody
	traits  traits             // of the whole
	lasting int64              // until when it is active, where it lasts and when it began is taken from another
}

// gap is how a field is taken from another telling.
type gap struct {
	// wants reports whether what is said so far leaves the field unsaid, and the other says it.
	wants func(f *filling, o *other) bool
	take  func(to, from *incident.Incident)
	// spoils reports whether the field does not go with the rest; nil where it always does.
	spoils func(f *filling, with *incident.Incident) bool
}

var gaps = [fieldCount]gap{
	FieldWhen: {wants: (*filling).wantsWhen, take: func(to, from *incident.Incident) { to.Occurred = from.Occurred }},
	FieldCountries: {
		wants:  (*filling).wantsCountries,
		take:   func(to, from *incident.Incident) { to.Countries, to.Inferred = from.Countries, from.Inferred },
		spoils: (*filling).misplaces,
	},
	FieldPosition: {
		wants: (*filling).wantsPosition,
		take: func(to, from *incident.Incident) {
			to.Point, to.HasPoint, to.Accuracy = from.Point, from.HasPoint, from.Accuracy
		},
		spoils: (*filling).misplaces,
	},
	FieldPlace: {
		wants: func(f *filling, o *other) bool { return f.said.Place.IsZero() && !o.Place.IsZero() && f.here(o) },
		take:  func(to, from *incident.Incident) { to.Place = from.Place },
	},
	FieldAdmin1: {
		wants: func(f *filling, o *other) bool { return f.said.Admin1.IsZero() && !o.Admin1.IsZero() && f.here(o) },
		take:  func(to, from *incident.Incident) { to.Admin1 = from.Admin1 },
	},
	FieldThreat: {
		wants:  func(f *filling, o *other) bool { return unsaid(f.said.Threat) && says(o.Threat) },
		take:   func(to, from *incident.Incident) { to.Threat = from.Threat },
		spoils: (*filling).mixes,
	},
	FieldAct: {
		wants:  func(f *filling, o *other) bool { return unsaid(f.said.Act) && says(o.Act) },
		take:   func(to, from *incident.Incident) { to.Act = from.Act },
		spoils: func(f *filling, with *incident.Incident) bool { return f.mixes(with) || f.closes(with) },
	},
	FieldTarget: {
		wants: func(f *filling, o *other) bool {
			return unsaid(f.said.Target, incident.TargetUnknown) && says(o.Target, incident.TargetUnknown)
		},
		take: func(to, from *incident.Incident) { to.Target = from.Target },
	},
	FieldHolder: {
		wants: func(f *filling, o *other) bool {
			return unsaid(f.said.Holder, incident.HolderUnknown) && says(o.Holder, incident.HolderUnknown)
		},
		take: func(to, from *incident.Incident) { to.Holder = from.Holder },
	},
	FieldMeans: {
		wants: func(f *filling, o *other) bool { return f.said.Means.IsZero() && !o.Means.IsZero() },
		take:  func(to, from *incident.Incident) { to.Means = from.Means },
	},
	FieldActor: {
		wants: func(f *filling, o *other) bool { return f.said.Actor.IsZero() && !o.Actor.IsZero() },
		take:  func(to, from *incident.Incident) { to.Actor = from.Actor },
	},
	FieldSeverity: {
		wants: func(f *filling, o *other) bool { return unsaid(f.said.Severity) && says(o.Severity) },
		take:  func(to, from *incident.Incident) { to.Severity = from.Severity },
	},
	FieldPeople: {
		wants:  func(f *filling, o *other) bool { return o.Affected.Refines(f.said.Affected) },
		take:   func(to, from *incident.Incident) { to.Affected = from.Affected },
		spoils: (*filling).closes,
	},
}

// unsaid reports whether a word says nothing: it is the zero of its vocabulary, or unknown. A word that the vocabulary lacks says
// something that we do not know.
func unsaid[T ~uint8](c incident.Coded[T], unknown ...T) bool {
	return !c.Unlisted() && (c.Value == 0 || slices.Contains(unknown, c.Value))
}

// says reports whether a word says something that we know.
func says[T ~uint8](c incident.Coded[T], unknown ...T) bool {
	return !c.Unlisted() && c.Value != 0 && !slices.Contains(unknown, c.Value)
}

// other is another telling of the event, from which something may be taken.
type other struct {
	*incident.Incident
	h handle
}

// filling is a fill while it is made.
type filling struct {
	rows     *rows
	fill     fill
	said     incident.Incident // what the lead says, with what was taken so far
	received time.Time         // the lead
	interval incident.Interval
}

// fillOf is what the first of the incidents that tell of an event takes from the others, in their order; nil where that is nothing.
func (s *Store) fillOf(members []ID, listed *listings) *fill {
	if len(members) == 0 {
		return nil
	}
	lead, _ := listed.of(members[0])
	i, err := s.rows.texts.Incident(uint32(lead.shown))
	if err != nil {
		return nil // what it says and what it leaves unsaid cannot be told apart
	}
	f := filling{
		rows: &s.rows, said: *i, received: s.rows.received(lead.shown), interval: s.rows.interval(lead.shown),
		fill: fill{of: lead.shown, traits: s.rows.at(lead.shown).traits},
	}
	for _, id := range members[1:] {
		it, _ := listed.of(id)
		if listed.veiled[id] && !listed.veiled[lead.id] || !f.may(it) {
			continue
		}
		if o, err := s.rows.texts.Incident(uint32(it.shown)); err == nil && (!o.NoOnward || i.NoOnward) {
			f.takeFrom(&other{o, it.shown})
		}
	}
	return f.done()
}

// may reports whether the lead may take anything from an incident.
func (f *filling) may(it item) bool {
	if it.shown == 0 || it.marks&(cancelled|withdrawn|elsewhere) != 0 {
		return false
	}
	theirs := f.rows.at(it.shown).traits
	return theirs&(isReport|isRefuted|isForecast) == 0 && (theirs&isRestricted == 0 || f.fill.traits&isRestricted != 0)
}

func (f *filling) takeFrom(o *other) {
	for n := range gaps {
		g := &gaps[n]
		if !g.wants(f, o) {
			continue
		}
		with := f.said
		g.take(&with, o.Incident)
		if g.spoils != nil && g.spoils(f, &with) {
			continue
		}
		f.said, f.fill.from[n] = with, o.h
		if Field(n) == FieldWhen {
			f.interval = f.rows.interval(o.h)
		}
	}
}

// closes reports whether what is open would be restricted.
func (f *filling) closes(with *incident.Incident) bool {
	return with.Restricted() && f.fill.traits&isRestricted == 0
}

// mixes reports whether threat and act are not of one incident: what people did is no hazard.
func (f *filling) mixes(with *incident.Incident) bool {
	if with.Threat.Is(incident.ThreatUnknown) || with.Act.Unlisted() || with.Act.Is(incident.ActUnknown) || with.Act.Is(incident.ActOther) {
		return false
	}
	return with.Hazard() != with.Act.Value.Hazard()
}

// wantsWhen: a time is taken where the lead has none, or knows it less exactly and the other's lies in it. A time that is not
// believed is said, and what is only expected has none.
func (f *filling) wantsWhen(o *other) bool {
	theirs := f.rows.interval(o.h)
	switch {
	case theirs.IsZero() || f.said.Forecast():
		return false
	case f.said.Occurred.IsZero():
		return true
	default:
		return o.Occurred.Precision > f.said.Occurred.Precision && theirs.Within(f.interval.Start, f.interval.End)
	}
}

// done is what was taken; nil where nothing was.
func (f *filling) done() *fill {
	if f.fill.from == [fieldCount]handle{} {
		return nil
	}
	out := f.fill
	const byFields = isHazard | isPlaceless | isMisplaced
	out.traits = out.traits&^byFields | traitsOf(&f.said)&byFields
	if out.from[FieldWhen] != 0 && out.traits&lasts != 0 {
		out.lasting = nanos(activeUntil(&f.said, f.received, f.interval))
	}
	return &out
}
