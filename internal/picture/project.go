package picture

import (
	"slices"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Row is one incident as a list shows it to the viewer.
type Row struct {
	ID        ID
	When      incident.When
	Interval  incident.Interval // zero when the time is unknown or not believed
	Future    bool              // claims a time after its receipt: flagged, and in no window
	Received  time.Time
	Told      time.Time // what the age of a row counts from: when it was reported, as far as that is known
	Placed    time.Time // where in the order it stands, see [Facts.Placed]
	Countries []country.Code
	Admin1    safetext.Text
	Place     safetext.Text
	Act       incident.Coded[incident.Act]
	Threat    incident.Coded[incident.Threat]
	Target    incident.Coded[incident.Target]
	Severity  incident.Coded[incident.Severity]
	Verified  incident.Coded[incident.Verification]
	Grade     safetext.Text
	Title     safetext.Text
	Source    safetext.Text
	Killed    Count
	Injured   Count
	Abducted  Count
	Detained  Count
	Further   []incident.Harm // how else people came to harm
	// Of staff: those who surely are, and known only where all who may be were counted and are said to be.
	StaffKilled   Count
	StaffAbducted Count
	StaffMissing  Count
	National      Count // people affected
	International Count // international staff affected
	Status        incident.Status
	Restricted    bool // the viewer may not see the content: everything but ID, Received and Source is blank
	NoOnward      bool // its source wants it kept: it may be seen here and passed on nowhere
	Conflict      bool
	Cancelled     bool
	Withdrawn     bool
	Held          bool
	Refuted       bool
	Ongoing       bool // still active at the picture's time
	Forecast      bool
	Over          bool // a forecast of what was expected by a time that has passed
	Hazard        bool
	Report        bool // what was written about something: in no count
	Misplaced     bool // its position is in none of the countries that it states: one of the two is wrong
	Inferred      bool // the countries were found by the position or in the title
	// Tellings is how many incidents of different sources tell of the event: 1 where this one alone does, 0 where the
	// viewer may not know. Also names the other sources, and Proposed says that there may be more.
	Tellings int
	Also     []safetext.Text
	Proposed bool
	// Filled is what the incident leaves unsaid, and another telling of the event says: all else is its own.
	Filled []Filled
}

// Detail is one incident whole, with every version that stands or stood.
type Detail struct {
	Row   Row
	Shown Version
	// Incident is what Shown says with what it leaves unsaid as others say it, see Row.Filled; not to be changed, nil when restricted.
	Incident *incident.Incident
	Versions []Version // newest first; empty when restricted
}

// Version is what one source said at one time.
type Version struct {
	Incident *incident.Incident // not to be changed; nil when restricted
	Source   safetext.Text
	Origin   incident.Origin
	Received time.Time
	Stands   bool
}

// Row is the incident as the viewer may see it. ok is false for an ID that the picture lacks.
func (v View) Row(id ID) (r Row, ok bool) {
	it, ok := v.item(id)
	if !ok {
		return Row{}, false
	}
	return v.row(it), true
}

func (v View) item(id ID) (item, bool) {
	if v.p == nil {
		return item{}, false
	}
	return v.p.listed.of(id)
}

// ChangedRow is the version that a change brought, as the viewer may see it.
func (v View) ChangedRow(c *Change) Row {
	it, ok := v.item(c.id)
	if ok && v.hidden(it.shown) {
		return v.row(it) // restricted since: what was said before is, too
	}
	if ok && c.version == it.shown {
		return v.row(it)
	}
	return v.draw(v.p.own(c.version), it.marks)
}

// hidden reports whether the viewer may not see the content of a version: it is restricted, or the picture is of the past and the
// incident is restricted by now.
func (v View) hidden(h handle) bool {
	return v.role < SecurityLead && (v.restricted(h) || v.p.listed.veiled[v.p.rows.id(h)])
}

// row is an incident as lists show it, with what it takes from others that tell of the same event.
func (v View) row(it item) Row { return v.draw(v.p.account(it), it.marks) }

func (v View) draw(a account, m marks) Row {
	h := a.h
	received := v.p.rows.received(h)
	row := Row{ID: v.p.rows.id(h), Received: received, Told: received, Placed: received, Source: v.p.sources[v.p.rows.source(h)].Info.Name}
	if v.hidden(h) {
		row.Restricted = true
		row.Title = safetext.Const("Restricted incident")
		return row
	}
	row.Tellings, row.Proposed = v.sources(row.ID, m)
	row.Also = v.also(row.ID, m)
	row.Filled = v.p.filled(a)
	i := a.whole()
	row.When, row.Interval = i.Occurred, a.interval()
	row.Future = !i.Occurred.IsZero() && row.Interval.IsZero()
	row.Told, row.Placed = told(i.Reported, received, row.Interval), fromNanos(a.key())
	row.Countries, row.Admin1, row.Place = i.Countries, i.Admin1, i.Place
	row.Act, row.Threat, row.Target, row.Severity = i.Act, i.Threat, i.Target, i.Severity
	row.Verified, row.Grade, row.Title, row.Status = i.Verification, i.Grade, i.Title, i.Status
	people := a.people()
	row.Killed, row.Injured = people.count(killedCount), people.count(injuredCount)
	row.Abducted, row.Detained = people.count(abductedCount), people.count(detainedCount)
	row.Further = i.Affected.Further()
	row.StaffKilled = figure(i.Affected.Staff(incident.Killed))
	row.StaffAbducted = figure(i.Affected.Staff(incident.Abducted))
	row.StaffMissing = figure(i.Affected.Staff(incident.Missing))
	row.National, row.International = people.count(nationalCount), people.count(internationalCount)
	row.NoOnward = i.NoOnward
	row.Conflict = m&conflicting != 0
	row.Cancelled, row.Withdrawn, row.Held = m&cancelled != 0, m&withdrawn != 0, m&held != 0
	row.Refuted = a.refuted()
	row.Ongoing = v.p.activeAt(a)
	is := a.traits()
	row.Report, row.Misplaced, row.Inferred = is&isReport != 0, is&isMisplaced != 0, i.Inferred
	row.Over = i.Forecast() && !expectedEnd(i.ExpectedFrom, i.ExpectedTo).After(v.p.valid)
	row.Forecast, row.Hazard = is&isForecast != 0, is&isHazard != 0
	return row
}

// told is the time that the age of a row counts from: when it was reported. A record that does not say
// was reported when it came, unless that is more than a day after it happened: a file of last year that
// was read a minute ago is not news of a minute ago.
func told(reported, received time.Time, iv incident.Interval) time.Time {
	switch {
	case !reported.IsZero() && !reported.After(received):
		return reported
	case !iv.IsZero() && received.Sub(iv.End) > Day:
		return iv.End
	default:
		return received
	}
}

// Identity is the name of an incident; blank when it is restricted for the viewer.
func (v View) Identity(id ID) incident.Identity {
	it, ok := v.item(id)
	if !ok || v.hidden(it.shown) {
		return incident.Identity{}
	}
	return v.p.rows.whole(it.shown).Identity
}

// Token stands for an incident where its name may not be written, see [incident.Identity.Token].
func (v View) Token(id ID) string {
	it, ok := v.item(id)
	if !ok {
		return ""
	}
	return v.p.rows.whole(it.shown).Identity.Token()
}

// Party lists the incidents that tell of one event with id, itself among them.
func (v View) Party(id ID) []ID {
	if v.p != nil {
		if party := v.p.tellings.at(id).party(); len(party) > 0 {
			return slices.Clone(party)
		}
	}
	return []ID{id}
}

// Detail is the incident whole.
func (v View) Detail(id ID) (Detail, bool) {
	it, ok := v.item(id)
	if !ok {
		return Detail{}, false
	}
	d := Detail{Row: v.row(it), Shown: v.version(it.shown)}
	if d.Row.Restricted {
		return d, true
	}
	d.Incident = v.p.account(it).whole()
	for h := it.last; h != 0; h = v.p.rows.before(h) {
		if v.hidden(h) {
			continue
		}
		d.Versions = append(d.Versions, v.version(h))
	}
	d.Versions = v.story(id, d.Versions)
	return d, true
}

// stands reports whether a version stands in this picture, whatever has happened since.
func (v View) stands(h handle) bool {
	if !v.p.live {
		return v.p.rows.stoodAt(h, v.p.known.UnixNano())
	}
	_, n := v.p.rows.ended(h)
	return n == 0 || n > v.p.ends
}

func (v View) version(h handle) Version {
	out := Version{
		Source: v.p.sources[v.p.rows.source(h)].Info.Name, Origin: v.p.rows.origin(h), Received: v.p.rows.received(h),
		Stands: v.stands(h),
	}
	if !v.hidden(h) {
		out.Incident = v.p.rows.whole(h)
	} else {
		out.Origin = incident.Origin{}
	}
	return out
}

// Words is the text of an incident, and of those that tell of the same event, that free words search, folded by nobody yet; empty when it is
// restricted for the viewer.
func (v View) Words(id ID) string {
	it, ok := v.item(id)
	if !ok {
		return ""
	}
	if v.hidden(it.shown) {
		return ""
	}
	words := wordsOf(v.p.rows.whole(it.shown))
	if it.marks&several == 0 {
		return words
	}
	for _, other := range v.p.tellings.at(id).members[1:] {
		if it, ok := v.item(other); ok && !v.hidden(it.shown) {
			words += "\n" + wordsOf(v.p.rows.whole(it.shown))
		}
	}
	return words
}

func wordsOf(i *incident.Incident) string {
	parts := []string{
		i.Title.String(), i.Place.String(), i.Admin1.String(), i.Details.String(), i.Actor.String(),
		i.Means.String(), i.Identity.ID.String(), i.Act.Text.String(),
	}
	for _, c := range i.Countries {
		parts = append(parts, c.Name(), c.ShortName())
	}
	return strings.Join(parts, "\n")
}

// Affected is the breakdown of the people affected; nil when it is restricted for the viewer.
func (v View) Affected(id ID) incident.Breakdown {
	it, ok := v.item(id)
	if !ok || v.hidden(it.shown) {
		return nil
	}
	return v.p.account(it).whole().Affected
}

// ExcludedRow is a record kept out of every figure; it may be listed only under a watermark.
func (v View) ExcludedRow(i int) Row { return v.draw(v.p.own(v.p.excluded[i]), 0) }

// Excluded is how many records ExcludedRow has.
func (v View) Excluded() int { return len(v.p.excluded) }

// sameName compares two place names without regard to case and outer space.
func sameName(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}
