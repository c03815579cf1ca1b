package picture

import (
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Facts is what the rows hold of what lists show of an incident: what filters ask of a million
// incidents, at the price of no text. Its methods do not allocate.
type Facts struct {
	p      *Picture
	says   account
	marks  marks
	hidden bool
}

// Facts of an incident; ok is false for an ID that the picture lacks.
func (v View) Facts(id ID) (f Facts, ok bool) {
	it, ok := v.item(id)
	if !ok {
		return Facts{}, false
	}
	return Facts{v.p, v.p.account(it), it.marks, v.hidden(it.shown)}, true
}

// Hidden reports whether the viewer may not see the content: nothing but Source, Received, Placed and Over may then be asked.
func (f Facts) Hidden() bool { return f.hidden }

// Source is the name of its source.
func (f Facts) Source() safetext.Text { return f.p.sources[f.p.rows.source(f.says.h)].Info.Name }

// From reports whether a source of that name tells of it, or of the same event.
func (f Facts) From(source string) bool {
	if f.Source().String() == source {
		return true
	}
	if f.hidden || f.marks&several == 0 {
		return false
	}
	for _, other := range f.p.tellings.at(f.p.rows.id(f.says.h)).members[1:] {
		if it, ok := f.p.listed.of(other); ok && f.p.sources[f.p.rows.source(it.shown)].Info.Name.String() == source {
			return true
		}
	}
	return false
}

// Received is when the version that lists show came to this desk. It may be asked of what is hidden, too.
func (f Facts) Received() time.Time { return f.p.rows.received(f.says.h) }

// Over reports whether it no longer stands: it was refuted, cancelled or withdrawn, or nothing is said of it. It may be asked of what is
// hidden, too.
func (f Facts) Over() bool { return f.marks&(cancelled|withdrawn|held) != 0 || f.says.refuted() }

// Placed is where in the order it stands: the latest time at which it may have happened; what has no time, when it was
// reported, else when it came; what is only expected, when that is over, if it is. Of what is hidden it is when it came.
func (f Facts) Placed() time.Time {
	if f.hidden {
		return f.Received()
	}
	return fromNanos(f.says.key())
}

// Forecast reports whether it is expected, and has not happened.
func (f Facts) Forecast() bool { return f.says.traits()&isForecast != 0 }

// Tellings is how many sources tell of the event, and whether others may.
func (f Facts) Tellings() (n int, proposed bool) {
	return View{p: f.p}.sources(f.p.rows.id(f.says.h), f.marks)
}

// Stamp is the same as long as everything that a row shows of an incident is, in live pictures of one store, to one viewer.
type Stamp struct {
	shown    handle
	marks    marks
	from     [fieldCount]handle
	tellings int
	proposed bool
	ongoing  bool
}

// Stamp tells whether what was read of the incident before still stands.
func (f Facts) Stamp() Stamp {
	s := Stamp{shown: f.says.h, marks: f.marks, ongoing: f.p.activeAt(f.says)}
	if f.says.fill != nil {
		s.from = f.says.fill.from
	}
	s.tellings, s.proposed = f.Tellings()
	return s
}

// Conflict reports whether versions of it contradict each other.
func (f Facts) Conflict() bool { return f.marks&conflicting != 0 }

// Countries are where it happened. The slice must not be changed.
func (f Facts) Countries() []country.Code { return f.says.countries() }

// Interval is when it happened; zero when that is not known.
func (f Facts) Interval() incident.Interval { return f.says.interval() }

// Where is the place and the first administrative level.
func (f Facts) Where() (place, admin1 safetext.Text) {
	s := f.says.spot()
	return s.place, s.admin1
}

// The coded values; listed is false where the record used a word that no vocabulary has.

// Act is what was done.
func (f Facts) Act() (a incident.Act, listed bool) {
	return f.says.act(), f.says.traits()&strangeAct == 0
}

// Threat is the threat category.
func (f Facts) Threat() (t incident.Threat, listed bool) {
	return f.says.threat(), f.says.traits()&strangeThreat == 0
}

// Severity is the source's own grading.
func (f Facts) Severity() (s incident.Severity, listed bool) {
	return f.says.severity(), f.says.traits()&strangeSeverity == 0
}

// Verification is how far it is established.
func (f Facts) Verification() (v incident.Verification, listed bool) {
	r := f.says.row()
	return r.verification(), r.traits&strangeVerification == 0
}

// Handling is who may see it.
func (f Facts) Handling() (h incident.Handling, listed bool) {
	r := f.says.row()
	return r.handling(), r.traits&strangeHandling == 0
}

// Class is whether it happened, or was written about something.
func (f Facts) Class() incident.Class {
	if f.says.traits()&isReport != 0 {
		return incident.Report
	}
	return incident.Occurrence
}

// The numbers of people; known is false when the record cannot say.

// Outcome is how many people had one of the outcomes that lists show: killed, injured, abducted, detained.
// Others are not known here.
func (f Facts) Outcome(o incident.Outcome) (n int, known bool) {
	for k, summed := range summedOutcomes {
		if o == summed {
			return f.says.people().figure(headcount(k))
		}
	}
	return 0, false
}

// Recruited is how many national or international staff were affected.
func (f Facts) Recruited(r incident.Recruitment) (n int, known bool) {
	if r == incident.National {
		return f.says.people().figure(nationalCount)
	}
	return f.says.people().figure(internationalCount)
}

// Affected is how many people were affected.
func (f Facts) Affected() (n int, known bool) { return f.says.people().figure(everyoneCount) }

// Finder rules out incidents in whose words a text cannot stand, without reading them all. It is for one
// goroutine.
type Finder struct {
	view View
	text string
	raw  interface{ May(n uint32) bool }
	// countries are those whose names hold the text, by code, as far as they were looked at.
	countries map[country.Code]bool
	fold      func(string) string
}

// Find makes a finder of a text that fold has folded, and that is compared with words folded by it. fold must
// make small letters of the capitals of ASCII, an apostrophe of a grave accent, and leave the rest of what is
// printable in ASCII as it is.
func (v View) Find(text string, fold func(string) string) *Finder {
	return &Finder{view: v, text: text, raw: v.p.rows.texts.Find(text), countries: map[country.Code]bool{}, fold: fold}
}

// May reports whether the text may stand in the words of an incident; false is sure.
func (f *Finder) May(id ID) bool {
	it, ok := f.view.item(id)
	if !ok || f.view.hidden(it.shown) {
		return false
	}
	if f.within(it.shown) {
		return true
	}
	if it.marks&several == 0 {
		return false
	}
	for _, other := range f.view.p.tellings.at(id).members[1:] { // their words are searched, too
		if it, ok := f.view.item(other); ok && f.within(it.shown) {
			return true
		}
	}
	return false
}

func (f *Finder) within(h handle) bool {
	for _, c := range f.view.p.rows.countries(h) {
		in, known := f.countries[c]
		if !known {
			in = strings.Contains(f.fold(c.Name()), f.text)
			f.countries[c] = in
		}
		if in {
			return true
		}
	}
	return f.raw.May(uint32(h))
}
