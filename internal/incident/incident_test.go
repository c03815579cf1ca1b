package incident

import (
	"reflect"
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/safetext"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func TestIntervalIsClipped(t *testing.T) {
	tests := []struct {
		name, occurred, reported string
		start, end               string
		ok                       bool
	}{
		{name: "none"},
		{"an instant", "2026-11-20T10:00:00Z", "", "2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z", true},
		{"a date in the past", "2026-11-10", "", "2026-11-10T00:00:00Z", "2026-11-11T00:00:00Z", true},
		{"today ends with its receipt", "2026-11-20", "", "2026-11-20T00:00:00Z", "2026-11-20T12:00:00Z", true},
		{"or with its report", "2026-11-20", "2026-11-20T08:00:00Z", "2026-11-20T00:00:00Z", "2026-11-20T08:00:00Z", true},
		{"a report before it happened clips nothing", "2026-11-10", "2026-11-09T08:00:00Z", "2026-11-10T00:00:00Z", "2026-11-11T00:00:00Z", true},
		{"a month", "2026-10", "", "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z", true},
		{"a year", "2026", "", "2026-01-01T00:00:00Z", "2026-11-20T12:00:00Z", true},
		{"just after receipt is a clock that drifts", "2026-11-20T12:02:00Z", "", "2026-11-20T12:02:00Z", "2026-11-20T12:02:00Z", true},
		{"later is not believed", "2026-11-20T12:02:01Z", "", "", "", false},
		{"tomorrow is not believed", "2026-11-21", "", "", "", false},
	}
	for _, tt := range tests {
		w, err := ParseWhen(tt.occurred)
		if err != nil {
			t.Fatal(err)
		}
		reported, err := ParseWhen(tt.reported)
		if err != nil {
			t.Fatal(err)
		}
		i := Incident{Occurred: w, Reported: reported.Start}
		iv, ok := i.Interval(noon)
		if ok != tt.ok {
			t.Errorf("%s: ok %v", tt.name, ok)
			continue
		}
		if ok && (iv.Start.Format(time.RFC3339) != tt.start || iv.End.Format(time.RFC3339) != tt.end) {
			t.Errorf("%s: [%s, %s), want [%s, %s)", tt.name, iv.Start.Format(time.RFC3339), iv.End.Format(time.RFC3339), tt.start, tt.end)
		}
	}
}

func TestActive(t *testing.T) {
	at := func(d time.Duration) When { return At(noon.Add(d)) }
	tests := []struct {
		name string
		i    Incident
		want bool
	}{
		{"an hour ago, no duration", Incident{Occurred: at(-time.Hour)}, true},
		{"two days ago, no duration", Incident{Occurred: at(-48 * time.Hour)}, false},
		{"ended", Incident{Occurred: at(-48 * time.Hour), Until: at(-time.Hour)}, false},
		{"not ended", Incident{Occurred: at(-480 * time.Hour), Until: at(time.Hour)}, true},
		{"ongoing, reported lately", Incident{Occurred: at(-480 * time.Hour), Ongoing: true, Reported: noon.Add(-time.Hour)}, true},
		{"ongoing, and no word for long", Incident{Occurred: at(-480 * time.Hour), Ongoing: true, Reported: noon.Add(-200 * time.Hour)}, false},
		{"no time", Incident{Ongoing: true}, false},
		{"not begun", Incident{Occurred: at(time.Minute), Until: at(time.Hour)}, false},
	}
	for _, tt := range tests {
		if got := tt.i.ActiveAt(noon, noon); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	ahead := Incident{Occurred: at(-480 * time.Hour), Ongoing: true, Reported: noon.Add(9999 * time.Hour)}
	if later := noon.Add(OngoingHold); ahead.ActiveAt(later, noon) {
		t.Error("a report that claims to be of years to come keeps it active")
	}
}

func TestRestrictedByNature(t *testing.T) {
	assaulted := Breakdown{{Outcome: Known(SexuallyAssaulted), Count: 1}}
	tests := []struct {
		name string
		i    Incident
		want bool
	}{
		{"says nothing", Incident{}, false},
		{"sexual violence", Incident{Act: Known(SexualViolence)}, true},
		{"by its outcome", Incident{Affected: assaulted}, true},
		{"its source opens it", Incident{Act: Known(SexualViolence), Handling: Known(Internal)}, false},
		{"marked restricted", Incident{Handling: Known(Restricted)}, true},
		{"a mark that nobody can read", Incident{Handling: ParseHandling("eyes only")}, true},
	}
	for _, tt := range tests {
		if got := tt.i.Restricted(); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// TestEveryFieldIsHashed changes one field after another: a field that the hash left out would make an
// update look like a repetition.
func TestEveryFieldIsHashed(t *testing.T) {
	notHashed := map[string]bool{"Version": true, "Type": true}
	var plain Incident
	before := plain.Hash()
	typ := reflect.TypeFor[Incident]()
	for k := range typ.NumField() {
		var i Incident
		f := reflect.ValueOf(&i).Elem().Field(k)
		switch v := f.Addr().Interface().(type) {
		case *Identity:
			v.ID = safetext.Const("x")
		case *When:
			*v = At(noon)
		case *time.Time:
			*v = noon
		case *bool:
			*v = true
		case *[]country.Code:
			*v = []country.Code{country.MLI}
		case *[]safetext.Text:
			*v = []safetext.Text{safetext.Const("x")}
		case *safetext.Text:
			*v = safetext.Const("x")
		case *Point:
			v.Lat = 1
		case *float64:
			*v = 1
		case *[]Identity:
			*v = []Identity{{ID: safetext.Const("x")}}
		case *Breakdown:
			*v = Breakdown{{Count: 1}}
		default:
			if f.Kind() == reflect.Struct { // a coded value
				f.Field(0).SetUint(1)
			} else if f.CanUint() {
				f.SetUint(1)
			} else {
				f.SetInt(1)
			}
		}
		if changed := i.Hash() != before; changed == notHashed[typ.Field(k).Name] {
			t.Errorf("field %s: hash changed %v", typ.Field(k).Name, changed)
		}
	}
}

func TestUpdateSaysTheSame(t *testing.T) {
	a, b := Incident{Type: New}, Incident{Type: Update}
	if a.Hash() != b.Hash() {
		t.Error("the same content as an update has another hash")
	}
	b.Type = Cancel
	if a.Hash() == b.Hash() {
		t.Error("a cancel has the hash of what it cancels")
	}
}

func TestVocabulariesReadBack(t *testing.T) {
	check := func(name string, words []string, read func(string) string) {
		t.Helper()
		for _, w := range words {
			if got := read(w); got != w {
				t.Errorf("%s %q reads back as %q", name, w, got)
			}
		}
	}
	check("act", ActWords(), func(w string) string { return ParseAct(w).Value.String() })
	check("threat", ThreatWords(), func(w string) string { return ParseThreat(w).Value.String() })
	check("target", TargetWords(), func(w string) string { return ParseTarget(w).Value.String() })
	check("severity", SeverityWords(), func(w string) string { return ParseSeverity(w).Value.String() })
	check("verification", VerificationWords(), func(w string) string { return ParseVerification(w).Value.String() })
	check("handling", HandlingWords(), func(w string) string { return ParseHandling(w).Value.String() })
	check("population", PopulationWords(), func(w string) string { return ParsePopulation(w).Value.String() })
	check("recruitment", RecruitmentWords(), func(w string) string { return ParseRecruitment(w).Value.String() })
	check("sex", SexWords(), func(w string) string { return ParseSex(w).Value.String() })
	check("outcome", OutcomeWords(), func(w string) string { return ParseOutcome(w).Value.String() })
	if c := ParseAct("moon landing"); c.Value != ActUnknown || c.Text.String() != "moon landing" {
		t.Errorf("an unlisted act became %+v", c)
	}
	if c := ParseAct("Hostage taking"); !c.Is(HostageTaking) {
		t.Errorf("spaces and capitals make %+v", c)
	}
}

func TestCompareWeight(t *testing.T) {
	dead := Incident{Affected: Breakdown{{Outcome: Known(Killed), Count: 1}}, Severity: Known(Minor)}
	critical := Incident{Severity: Known(Critical)}
	unknown := Incident{}
	minor := Incident{Severity: Known(Minor)}
	if CompareWeight(&dead, &critical) <= 0 {
		t.Error("a death weighs less than a grading")
	}
	if CompareWeight(&unknown, &minor) <= 0 || CompareWeight(&unknown, &critical) != 0 {
		t.Error("unknown severity must rank with the highest")
	}
}

// BenchmarkCanonical prints what the bytes that a record is compared by cost.
func BenchmarkCanonical(b *testing.B) {
	i := Incident{
		Identity: Identity{safetext.Const("radio"), safetext.Const("R-0000000")}, Occurred: At(noon), Reported: noon,
		Countries: []country.Code{country.MLI}, Admin1: safetext.Const("Region 11"), Place: safetext.Const("Place 545"),
		Point: Point{16, -3}, HasPoint: true, Title: safetext.Const("Bridge goods no village reported later south"),
		Details:  safetext.Const("stopped by road released vehicle night bank stopped river road reported goods taken night night"),
		Affected: Breakdown{{Outcome: Known(Injured), Count: 2}}, Grade: safetext.Const("C3"),
	}
	var buf []byte
	for b.Loop() {
		buf = i.AppendCanonical(buf[:0])
	}
	b.SetBytes(int64(len(buf)))
}
