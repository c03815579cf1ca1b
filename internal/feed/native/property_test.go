package native

import (
	"bytes"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// TestEncodeDecode is what intake stands on: whatever a format can make of its input is written
// and read back as the same incident.
func TestEncodeDecode(t *testing.T) {
	ctx := feed.NewContext("intake")
	rapid.Check(t, func(t *rapid.T) {
		want := anIncident(t)
		line := Encode(&want)
		if n := bytes.Count(line, []byte("\n")); n != 1 || line[len(line)-1] != '\n' {
			t.Fatalf("not one line: %q", line)
		}
		rec, ok := decodeLine(ctx, line, feed.Place{Line: 1})
		if !ok || rec.Kind != feed.Incident {
			t.Fatalf("refused: %q\n%s", messages(rec), line)
		}
		if diff := cmp.Diff(want, rec.Incident, textual); diff != "" {
			t.Fatalf("another incident (-want +got):\n%s\n%s", diff, line)
		}
		if want.Hash() != rec.Incident.Hash() {
			t.Fatal("the same incident with another hash")
		}
	})
}

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
			Count:       rapid.OneOf(rapid.Just(incident.Uncounted), rapid.IntRange(0, maxCount)).Draw(t, "count"),
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
	sortCountries(i)
}

func anIncident(t *rapid.T) incident.Incident {
	var text feed.Text
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
		Title:        text.Title(rapid.StringN(0, 600, -1).Draw(t, "title")),
		Details:      text.Block(rapid.String().Draw(t, "details") + "\r\n" + rapid.String().Draw(t, "more")),
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
	return i
}

// FuzzLine holds for every input: no panic, a reason for each refusal, only warnings on what is
// used, and what is used is written and read back as the same.
func FuzzLine(f *testing.F) {
	f.Add([]byte(full))
	f.Add([]byte(`{"heartbeat":"2026-11-20T14:30:00Z","source":"radio"}`))
	f.Add([]byte(`{"id":"1","act":"attack\u00a0on premises","country":"NA ","affected":[{"sex":"\u202e","count":1e2}],"lat":-0,"lon":"1e-7"}`))
	f.Add([]byte("\xa0\xa0\xa0\x10")) // blanks of Windows-1252 in front
	f.Add([]byte("\xEF\xBB\xBF{\"id\":\"B\xE9ni\",\"act\":\"riot\",\"countries\":\"?\",\"until\":\" Open\"}\r"))
	ctx := feed.NewContext("fuzz")
	f.Fuzz(func(t *testing.T, line []byte) {
		rec, ok := decodeLine(ctx, line, feed.Place{Line: 1})
		if !ok {
			return
		}
		recognise(line)
		for n, p := range rec.Problems {
			if reason := n == 0 && rec.Kind == feed.Rejected; reason && p.Warning || rec.Kind != feed.Rejected && !p.Warning {
				t.Errorf("%v with the problem %q, warning %t", rec.Kind, p, p.Warning)
			}
			if p.Column > len(line)+1 {
				t.Errorf("column %d of a line of %d bytes", p.Column, len(line))
			}
		}
		switch rec.Kind {
		case feed.Rejected:
			if len(rec.Problems) == 0 {
				t.Error("refused without a reason")
			}
		case feed.Incident:
			again, _ := decodeLine(ctx, Encode(&rec.Incident), feed.Place{Line: 1})
			if diff := cmp.Diff(rec.Incident, again.Incident, textual); diff != "" {
				t.Errorf("read back as another (-want +got):\n%s", diff)
			}
		default:
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	ctx := feed.NewContext("bench")
	line := []byte(full)
	b.ReportAllocs()
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		if rec, _ := decodeLine(ctx, line, feed.Place{Line: 1}); rec.Kind != feed.Incident {
			b.Fatal(messages(rec))
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	rec, _ := decodeLine(feed.NewContext("bench"), []byte(full), feed.Place{Line: 1})
	buf := make([]byte, 0, 4096)
	b.ReportAllocs()
	b.SetBytes(int64(len(Encode(&rec.Incident))))
	for b.Loop() {
		buf = Append(buf[:0], &rec.Incident)
	}
}
