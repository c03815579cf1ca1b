// Package level holds official security levels as their authority set them: per security
// level area, imported and shown, never computed, averaged, converted or blended with anything
// that vigil calculates. A country shows the range of its areas, the driving category and every
// area: never the maximum alone.
//
// The scheme "un-sls" is the United Nations Security Level System, 1 (minimal) to 6 (extreme);
// an organisation may bring its own scheme with whole numbers and names of its own. Values are
// pure, the time is passed in.
package level

import (
	"slices"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// UNSLS is the scheme of the United Nations Security Level System; its levels run from UNSLSMin to UNSLSMax.
const (
	UNSLS    = "un-sls"
	UNSLSMin = 1
	UNSLSMax = 6
)

var unslsNames = [...]string{"", "Minimal", "Low", "Moderate", "Substantial", "High", "Extreme"}

// ThreatMax is the highest value of a threat category; the lowest is 1 and 0 is not given.
const ThreatMax = 5

// Band is a band of security risk, in rising order. It is used for approved present risks as
// imported here, and for vigil's own estimate (package risk), which are never mixed.
type Band uint8

// The bands.
const (
	BandNone Band = iota // not given, or not known
	Low
	Medium
	High
	VeryHigh
	Unacceptable
)

var bandWords = [...]string{"", "low", "medium", "high", "very_high", "unacceptable"}

// String is the word used in files and JSON.
func (b Band) String() string { return bandWords[min(int(b), len(bandWords)-1)] }

// Label is the word used on screens.
func (b Band) Label() string {
	return [...]string{"?", "Low", "Medium", "High", "V.High", "Unacc."}[min(int(b), len(bandWords)-1)]
}

// ParseBand reads a band in snake case.
func ParseBand(s string) (Band, bool) {
	i := slices.Index(bandWords[1:], s)
	return Band(i + 1), i >= 0
}

// BandWords lists the bands.
func BandWords() []string { return slices.Clone(bandWords[1:]) }

// PresentRisk is an approved present risk of a security risk management process, imported
// with the levels. Only it, never an estimate, decides programme criticality.
type PresentRisk struct {
	Threat     incident.Coded[incident.Threat]
	Band       Band
	ApprovedBy safetext.Text // a function, such as "designated official"
	ValidUntil incident.When
}

// Area is one security level area.
type Area struct {
	Name       safetext.Text
	Level      int // 0 is not given: only in a scheme without levels, such as un-srm
	Since      incident.When
	ValidUntil incident.When // through the last instant that the words may mean; unstated never expires
	Places     []safetext.Text
	Threats    [6]int // by incident.Threat: 1 to ThreatMax; 0 is not given
	Risks      []PresentRisk
	Origin     incident.Origin
}

// Expired reports whether the level is past its validity at t. An expired level is still
// shown, as expired: it is the last word of its authority, and it is old.
func (a *Area) Expired(t time.Time) bool {
	return !a.ValidUntil.IsZero() && !a.ValidUntil.End().After(t)
}

// Country is the levels of one country under one scheme.
type Country struct {
	Country   country.Code
	Scheme    safetext.Text
	Authority safetext.Text
	Reviewed  incident.When
	Names     []LevelName // of an organisation's own scheme; empty for un-sls
	Areas     []Area
}

// LevelName names a level of an organisation's own scheme.
type LevelName struct {
	Level int
	Name  safetext.Text
}

// ContentTime is the newest time that the content itself declares: its review, and since when its
// levels hold. What lies after modified, when the file was written, is a plan or a mistake and
// makes nothing fresh; a zero modified is not known. It is zero when no time is given.
func (c *Country) ContentTime(modified time.Time) time.Time {
	var newest time.Time
	take := func(w incident.When) {
		planned := !modified.IsZero() && w.Start.After(modified)
		if !planned && w.Start.After(newest) {
			newest = w.Start
		}
	}
	take(c.Reviewed)
	for i := range c.Areas {
		take(c.Areas[i].Since)
	}
	return newest
}

// Name is the name of level n in the country's scheme, or empty.
func (c *Country) Name(n int) string {
	for _, ln := range c.Names {
		if ln.Level == n {
			return ln.Name.String()
		}
	}
	if c.Scheme.String() == UNSLS && n >= UNSLSMin && n <= UNSLSMax {
		return unslsNames[n]
	}
	return ""
}

// Summary is what a country's row says of its levels.
type Summary struct {
	Min, Max int
	// Driver is the category with the highest value among the areas at Max; unknown when
	// no area there gives categories.
	Driver  incident.Threat
	Expired int // areas past their validity
}

// Summarise gives the range over all areas, expired ones included and counted. ok is false
// without an area that has a level.
func (c *Country) Summarise(t time.Time) (s Summary, ok bool) {
	for i := range c.Areas {
		a := &c.Areas[i]
		if a.Level == 0 {
			continue
		}
		if !ok {
			s.Min, ok = a.Level, true
		}
		s.Min, s.Max = min(s.Min, a.Level), max(s.Max, a.Level)
		if a.Expired(t) {
			s.Expired++
		}
	}
	if !ok {
		return Summary{}, false
	}
	highest := 0
	for i := range c.Areas {
		if c.Areas[i].Level != s.Max {
			continue
		}
		for _, th := range incident.Threats() {
			if v := c.Areas[i].Threats[th]; v > highest {
				highest, s.Driver = v, th
			}
		}
	}
	return s, true
}

// AreaOf finds the area that lists place (or is named like it), folded as given by same.
func (c *Country) AreaOf(place safetext.Text, same func(a, b string) bool) (int, bool) {
	if place.IsZero() {
		return 0, false
	}
	for i := range c.Areas {
		if same(c.Areas[i].Name.String(), place.String()) {
			return i, true
		}
		for _, p := range c.Areas[i].Places {
			if same(p.String(), place.String()) {
				return i, true
			}
		}
	}
	return 0, false
}

// Change is an official level that changed: an event of its own.
type Change struct {
	Country country.Code
	Area    safetext.Text
	From    int // 0: the area is new
	To      int // 0: the area is gone
	Scheme  safetext.Text
	Seen    time.Time // when this desk saw it
}

// Diff lists the changes from before to after, in the order of the areas. Either may be nil.
func Diff(before, after *Country, seen time.Time) []Change {
	var changes []Change
	find := func(c *Country, name safetext.Text) (int, bool) {
		if c == nil {
			return 0, false
		}
		for i := range c.Areas {
			if c.Areas[i].Name == name {
				return c.Areas[i].Level, true
			}
		}
		return 0, false
	}
	if after != nil {
		for _, a := range after.Areas {
			from, was := find(before, a.Name)
			if !was || from != a.Level {
				changes = append(changes, Change{after.Country, a.Name, from, a.Level, after.Scheme, seen})
			}
		}
	}
	if before != nil {
		for _, a := range before.Areas {
			if _, is := find(after, a.Name); !is {
				changes = append(changes, Change{before.Country, a.Name, a.Level, 0, before.Scheme, seen})
			}
		}
	}
	return changes
}
