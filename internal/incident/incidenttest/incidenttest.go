// Package incidenttest draws incidents for property tests: every one that decoding can give.
package incidenttest

import (
	"math"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// The generators make every incident that decoding can give: text that is clean, lists that are
// sorted, words that no vocabulary has.

func aLine(t *rapid.T, label string) safetext.Text {
	return safetext.Clean(rapid.OneOf(
		rapid.Just(""), rapid.StringN(0, 20, 80), rapid.SampledFrom([]string{"Gao", "open", "NA", `"quoted" \ back`, "<U+0000>", "مقديشو"}),
	).Draw(t, label))
}

func anID(t *rapid.T, label string) safetext.Text {
	for {
		if id := aLine(t, label); !id.IsZero() {
			return id
		}
	}
}

func aCode[T ~uint8](t *rapid.T, label string, words []string, parse func(string) incident.Coded[T]) incident.Coded[T] {
	s := rapid.OneOf(rapid.Just(""), rapid.SampledFrom(words), rapid.String()).Draw(t, label)
	return parse(safetext.Clean(s).String())
}

func aTime(t *rapid.T, label string) time.Time {
	first, last := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).Unix(), time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC).Unix()
	return time.Unix(rapid.Int64Range(first, last).Draw(t, label), rapid.Int64Range(0, 999_999_999).Draw(t, label+" ns")).UTC()
}

func aWhen(t *rapid.T, label string) incident.When {
	at := aTime(t, label)
	s := rapid.SampledFrom([]string{
		"", at.Format("2006"), at.Format("2006-01"), at.Format(time.DateOnly), at.Format(time.RFC3339Nano),
	}).Draw(t, label+" precision")
	w, err := incident.ParseWhen(s)
	if err != nil {
		t.Fatalf("ParseWhen(%q): %v", s, err)
	}
	return w
}

func aBreakdown(t *rapid.T) incident.Breakdown {
	var b incident.Breakdown
	for range rapid.IntRange(0, 4).Draw(t, "entries") {
		b = append(b, incident.Affected{
			Population:  aCode(t, "population", incident.PopulationWords(), incident.ParsePopulation),
			Recruitment: aCode(t, "recruitment", incident.RecruitmentWords(), incident.ParseRecruitment),
			Sex:         aCode(t, "sex", incident.SexWords(), incident.ParseSex),
			Outcome:     aCode(t, "outcome", incident.OutcomeWords(), incident.ParseOutcome),
			Count:       rapid.OneOf(rapid.Just(incident.Uncounted), rapid.IntRange(0, 1_000_000_000)).Draw(t, "count"),
		})
	}
	return b
}

func aCountryList(t *rapid.T, i *incident.Incident) {
	all := country.All()
	for range rapid.IntRange(0, 3).Draw(t, "countries") {
		i.Countries = append(i.Countries, rapid.SampledFrom(all).Draw(t, "country"))
	}
	for range rapid.IntRange(0, 2).Draw(t, "country texts") {
		i.CountryText = append(i.CountryText, anID(t, "country text"))
	}
	slices.Sort(i.Countries)
	i.Countries = slices.Compact(i.Countries)
	slices.SortFunc(i.CountryText, func(a, b safetext.Text) int { return strings.Compare(a.String(), b.String()) })
	i.CountryText = slices.Compact(i.CountryText)
}

// Incident draws an incident.
func Incident(t *rapid.T) incident.Incident {
	i := incident.Incident{
		Identity:     incident.Identity{Authority: anID(t, "authority"), ID: anID(t, "id")},
		Class:        rapid.SampledFrom([]incident.Class{incident.Occurrence, incident.Report}).Draw(t, "class"),
		Version:      rapid.Int64Range(0, 1<<53).Draw(t, "version"),
		Type:         rapid.SampledFrom([]incident.Type{incident.New, incident.Update, incident.Cancel, incident.Withdraw}).Draw(t, "type"),
		Status:       rapid.SampledFrom([]incident.Status{incident.Actual, incident.Exercise, incident.Test, incident.System, incident.Draft}).Draw(t, "status"),
		Occurred:     aWhen(t, "occurred"),
		ExpectedFrom: aWhen(t, "expected from"), ExpectedTo: aWhen(t, "expected to"),
		Admin1: aLine(t, "admin1"), Place: aLine(t, "place"),
		Threat: aCode(t, "threat", incident.ThreatWords(), incident.ParseThreat),
		Act:    aCode(t, "act", incident.ActWords(), incident.ParseAct),
		Target: aCode(t, "target", incident.TargetWords(), incident.ParseTarget),
		Holder: aCode(t, "holder", []string{"state", "non_state", "unknown"}, incident.ParseHolder),
		Means:  aLine(t, "means"), Actor: aLine(t, "actor"),
		Severity:     aCode(t, "severity", incident.SeverityWords(), incident.ParseSeverity),
		Title:        safetext.CleanMax(safetext.Clean(rapid.StringN(0, 600, -1).Draw(t, "title")).String(), 512),
		Details:      safetext.Block(rapid.String().Draw(t, "details") + "\r\n" + rapid.String().Draw(t, "more")),
		Affected:     aBreakdown(t),
		Verification: aCode(t, "verification", incident.VerificationWords(), incident.ParseVerification),
		Grade:        aLine(t, "grade"),
		Handling:     aCode(t, "handling", incident.HandlingWords(), incident.ParseHandling),
		NoOnward:     rapid.Bool().Draw(t, "no onward"),
		Accuracy:     rapid.OneOf(rapid.Just(0.0), rapid.Float64Range(0, 20000)).Draw(t, "accuracy"),
	}
	for range rapid.IntRange(0, 3).Draw(t, "replaces") {
		if o := (incident.Identity{Authority: anID(t, "other authority"), ID: anID(t, "other id")}); o != i.Identity {
			i.Replaces = append(i.Replaces, o)
		}
	}
	slices.SortFunc(i.Replaces, incident.CompareIdentities)
	i.Replaces = slices.Compact(i.Replaces)
	if rapid.Bool().Draw(t, "has reported") {
		i.Reported = aTime(t, "reported")
	}
	if rapid.Bool().Draw(t, "ongoing") {
		i.Ongoing = true
	} else {
		i.Until = aWhen(t, "until")
	}
	if rapid.Bool().Draw(t, "has point") {
		i.HasPoint = true
		i.Point = incident.Point{
			Lat: rapid.Float64Range(-90, 90).Draw(t, "lat") + 0,
			Lon: rapid.Float64Range(-180, 180).Draw(t, "lon") + 0,
		}
		if math.Signbit(i.Point.Lat) && i.Point.Lat == 0 || math.Signbit(i.Point.Lon) && i.Point.Lon == 0 {
			t.Fatal("a negative zero")
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "links") {
		i.Links = append(i.Links, aLine(t, "link"))
	}
	i.Links = slices.DeleteFunc(i.Links, safetext.Text.IsZero)
	if len(i.Links) == 0 {
		i.Links = nil
	}
	aCountryList(t, &i)
	i.Inferred = len(i.Countries) > 0 && rapid.Bool().Draw(t, "inferred")
	if i.HasPoint && len(i.Countries)+len(i.CountryText) == 0 {
		i.Accuracy = 20000 // or its position would tell a country
	}
	i.DropReversed()
	return i
}
