// Package incident holds what one report says happened: the taxonomy (threat × act), the
// people affected, the times as exactly as the source knows them, identity and versions.
//
// Everything here is a pure value: nothing reads the clock or a file. An Incident is
// normalised (times in UTC, codes resolved, text made safe), so that two records say the same
// exactly when their [Incident.Hash] is equal. The threat categories, acts and outcomes follow
// General Assembly resolution 71/129 and the United Nations Security Level System.
package incident

import (
	"slices"
	"time"

	"vigil/internal/country"
	"vigil/internal/safetext"
)

// Identity names an incident: an id is only unique under the authority that gave it.
type Identity struct {
	Authority safetext.Text
	ID        safetext.Text
}

// Point is a position in degrees, WGS 84.
type Point struct{ Lat, Lon float64 }

// Valid reports whether the position is on the earth.
func (p Point) Valid() bool {
	return p.Lat >= -90 && p.Lat <= 90 && p.Lon >= -180 && p.Lon <= 180
}

// Incident is one record of a feed after decoding: what one source says, at one version.
type Incident struct {
	Identity Identity
	Class    Class
	Version  int64 // 0 when the source gives none; higher wins
	Type     Type
	// Replaces names other incidents, each once, sorted: what this record says takes the place of every lower
	// version of them, or cancels them where it is a cancel. Sources that give each message an id of its own say so.
	Replaces []Identity
	Status   Status

	Occurred When
	Until    When // end of what lasts; unstated when it does not last or the end is not known
	Ongoing  bool // lasts, and had not ended when reported
	Reported time.Time
	// A forecast is not an occurrence: it never enters a count.
	ExpectedFrom, ExpectedTo When

	Countries   []country.Code  // each once, sorted; empty when none could be told
	CountryText []safetext.Text // words that name no country we know, each once, sorted
	// Inferred says that the source names no country: those listed were found by the position or
	// in the title, and may be wrong.
	Inferred bool
	Admin1   safetext.Text
	Place    safetext.Text
	Point    Point
	HasPoint bool
	// Accuracy is how far from Point it may have happened, in kilometres; 0 when nobody said.
	Accuracy float64

	Threat   Coded[Threat]
	Act      Coded[Act]
	Target   Coded[Target]
	Holder   Coded[Holder]
	Means    safetext.Text
	Actor    safetext.Text
	Severity Coded[Severity]
	Title    safetext.Text
	Details  safetext.Text

	Affected Breakdown

	Verification Coded[Verification]
	Grade        safetext.Text // reliability of source and information, such as B2
	Handling     Coded[Handling]
	NoOnward     bool
	Links        []safetext.Text
}

// Origin is where a record was read: every figure can be followed back to it.
type Origin struct {
	File       safetext.Text
	Line       int // 1-based line on which the record begins; 0 when the format has no lines
	Offset     int64
	Generation uint64 // counts the contents that a source's file has had
}

// FutureTolerance is how far ahead of its receipt a time may be before it is not believed
// (clocks of reporting radios drift).
const FutureTolerance = 2 * time.Minute

// Interval is when the incident happened, as known: its precision gives the length, clipped
// to the time it was reported, and received, because nothing is reported before it happens.
// ok is false when no time is given, and when the time given is more than FutureTolerance
// after receipt and so cannot be believed.
func (i *Incident) Interval(received time.Time) (iv Interval, ok bool) {
	if i.Occurred.IsZero() || i.Future(received) {
		return Interval{}, false
	}
	iv = Interval{Start: i.Occurred.Start, End: i.Occurred.End()}
	clip := received
	if !i.Reported.IsZero() && i.Reported.Before(received) {
		clip = i.Reported
	}
	if clip.After(iv.Start) && clip.Before(iv.End) {
		iv.End = clip
	}
	return iv, true
}

// DropReversed takes an end that lies before its beginning as unknown: what has such an end would count as over while it
// lasts. It reports which of the two ends, of what happened and of what is expected, it took away.
func (i *Incident) DropReversed() (until, expected bool) {
	if until = i.Until.endsBefore(i.Occurred); until {
		i.Until = When{}
	}
	if expected = i.ExpectedTo.endsBefore(i.ExpectedFrom); expected {
		i.ExpectedTo = When{}
	}
	return until, expected
}

// Future reports whether the record claims a time more than FutureTolerance after its receipt.
func (i *Incident) Future(received time.Time) bool {
	return !i.Occurred.IsZero() && i.Occurred.Start.After(received.Add(FutureTolerance))
}

// ReportedAhead reports whether the record claims to have been reported more than FutureTolerance after its receipt.
func (i *Incident) ReportedAhead(received time.Time) bool {
	return i.Reported.After(received.Add(FutureTolerance))
}

// Forecast reports whether the record only announces something.
func (i *Incident) Forecast() bool { return i.Occurred.IsZero() && !i.ExpectedFrom.IsZero() }

// Hazard reports whether the incident is a natural or technological hazard, which is
// counted apart from what people did.
func (i *Incident) Hazard() bool { return i.Threat.Is(Hazard) }

// OngoingHold is how long something reported as ongoing counts as active without a new
// report of it, and BriefHold how long something without any duration does. Past them the
// honest word is not "active": nobody has said so lately.
const (
	OngoingHold = 7 * 24 * time.Hour
	BriefHold   = 24 * time.Hour
)

// ActiveAt reports whether what happened was still going on at t. Duration is not
// uncertainty: Until ends it; what is open is active while its last word is younger than
// OngoingHold; what has no duration is active for BriefHold.
func (i *Incident) ActiveAt(t, received time.Time) bool {
	iv, ok := i.Interval(received)
	if !ok || !iv.Start.Before(t) {
		return false
	}
	if !i.Until.IsZero() {
		return i.Until.End().After(t)
	}
	if !i.Ongoing {
		return iv.End.After(t.Add(-BriefHold))
	}
	last := i.LastWord(received)
	if last.Before(iv.Start) {
		last = iv.Start
	}
	return last.After(t.Add(-OngoingHold))
}

// LastWord is when somebody last spoke of it: when it was reported, else when it was received. A report that claims to be
// later than its receipt is not believed, and keeps nothing alive.
func (i *Incident) LastWord(received time.Time) time.Time {
	if i.Reported.IsZero() || i.ReportedAhead(received) {
		return received
	}
	return i.Reported
}

// Restricted reports whether only a security lead may see the record's content. Sexual violence
// is restricted unless the record says otherwise, and a mark that we cannot read restricts.
func (i *Incident) Restricted() bool {
	if i.Handling.Value == HandlingUnstated {
		return i.sexualViolence()
	}
	return i.Handling.Value >= Restricted
}

func (i *Incident) sexualViolence() bool {
	if i.Act.Is(SexualViolence) {
		return true
	}
	// Any breakdown will do, counted or not: what one of them says must not be shown.
	return slices.ContainsFunc(i.Affected, func(a Affected) bool {
		return a.Outcome.Is(SexuallyAssaulted) && a.Count != 0
	})
}

// In reports whether the incident happened in c.
func (i *Incident) In(c country.Code) bool {
	for _, have := range i.Countries {
		if have == c {
			return true
		}
	}
	return false
}
