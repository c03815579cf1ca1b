package voice

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/incident"
)

var now = time.Date(2026, 11, 20, 14, 32, 7, 0, time.UTC)

func TestParseWhen(t *testing.T) {
	for text, want := range map[string]string{
		"now": "2026-11-20T14:32:07Z", "14:20": "2026-11-20T14:20:00Z", "1420Z": "2026-11-20T14:20:00Z", "14:20 utc": "2026-11-20T14:20:00Z",
		"14:33": "2026-11-20T14:33:00Z", // clocks drift
		"15:40": "2026-11-19T15:40:00Z", // the last one of that name
		"2026":  "2026", "20:26": "2026-11-19T20:26:00Z", "2026z": "2026-11-19T20:26:00Z",
		"16:20+02:00": "2026-11-20T14:20:00Z", "0:05": "2026-11-20T00:05:00Z",
		"20 min ago": "2026-11-20T14:12:07Z", "20m ago": "2026-11-20T14:12:07Z", "about 2 hours ago": "2026-11-20T12:32:07Z",
		"1h30 ago": "2026-11-20T13:02:07Z", "1.5 h ago": "2026-11-20T13:02:07Z", "3 days ago": "2026-11-17T14:32:07Z",
		"today": "2026-11-20", "Yesterday": "2026-11-19", "2026-11-18": "2026-11-18", "2026-11": "2026-11",
		"2026-11-18 14:20": "2026-11-18T14:20:00Z", "2026-11-18T14:20Z": "2026-11-18T14:20:00Z", "2026-11-18t16:20:30+02:00": "2026-11-18T14:20:30Z",
		"": "", "unknown": "", "?": "",
		"24:00": "error", "14:60": "error", "soon": "error", "2026-11-21": "error", "2026-11-20 18:00": "error", "20 min": "error", "2026-13-40 10:00": "error",
	} {
		got, err := ParseWhen(text, now)
		switch {
		case want == "error":
			if err == nil || !got.IsZero() {
				t.Errorf("%q gave %v, want an error", text, got)
			}
		case err != nil || got.String() != want:
			t.Errorf("%q gave %q, %v; want %q", text, got, err, want)
		}
	}
}

func TestWhenWords(t *testing.T) {
	for text, want := range map[string]string{
		"now": "14:32Z, now", "14:20": "14:20Z, 12 min ago", "15:40": "15:40Z on 19 Nov 2026, 22 h ago", "2026-11-10 10:00": "10:00Z on 10 Nov 2026, 10 days ago",
		"yesterday": "2026-11-19, no time of day", "unknown": "",
	} {
		w, err := ParseWhen(text, now)
		if got := WhenWords(w, now); err != nil || got != want {
			t.Errorf("%q is understood as %q, %v; want %q", text, got, err, want)
		}
	}
}

func TestPeople(t *testing.T) {
	for text, want := range map[string]string{
		"2 national NGO abducted":                "2 national ngo abducted; sex not said",
		"2 nat ngo taken and 1 woman dead":       "2 national ngo unknown-sex abducted, 1 unknown-recruitment unknown-population f killed",
		"? civilians killed; 3 int un m wounded": "? unknown-recruitment civilian unknown-sex killed, 3 international un m injured",
		"abducted":                               "? abducted; neither recruitment nor sex said; not said whether staff",
		"2 staff abducted":                       "2 staff abducted; neither recruitment nor sex said",
		"3 civilians ill":                        "3 civilian ill; neither recruitment nor sex said",
		"4 staff of the ngo missing":             "4 ngo missing; neither recruitment nor sex said",
		"1 unknown-sex national killed":          "1 national unknown-sex killed",
		"2 3 killed":                             "error", "2 blue killed": "error", "1 unknown killed": "error", "-1 killed": "error", ",": "error",
		"1 killed injured": "error",
	} {
		var r Report
		got, err := r.Set(People, text, now)
		if want == "error" {
			if !errors.Is(err, ErrField) || r.Says(People) {
				t.Errorf("%q gave %q, %v; want an error", text, got, err)
			}
			continue
		}
		if err != nil || got != want {
			t.Errorf("%q is understood as %q, %v; want %q", text, got, err, want)
		}
	}
}

func TestFields(t *testing.T) {
	for _, tt := range []struct {
		field    Field
		text, as string // an as that begins with "error" is a part of one
	}{
		{Act, "Abduction", ""},
		{Act, "kidnapping", ""},
		{Act, "abductoin", "error: write one of unknown, killing"},
		{Act, "?", ""},
		{Country, "Mali", "Mali"},
		{Country, "MLI, bfa", "Mali, Burkina Faso"},
		{Country, "Atlantis", "error: \"Atlantis\" is no country"},
		{Grade, "c3", "source fairly reliable, possibly true"},
		{Grade, "G1", "error: write A to F"},
		{Grade, "C", "error: write A to F"},
		{Position, "15.67 -0.5", "lat 15.67, lon -0.5"},
		{Position, "15.67N, 0.5W", "lat 15.67, lon -0.5"},
		{Position, "95 200", "error: swapped"},
		{Position, "15.67", "error: write latitude"},
		{Position, "NaN 1", "error: write latitude"},
		{Source, "Field Office", "field-office"},
		{Source, "a/b", "error: without a slash"},
		{Source, "police", ""},
		{Handling, "secret", "error: restricted"},
		{Title, strings.Repeat("x", 401), "error: at most 400"},
		{"colour", "red", "error: no field"},
	} {
		var r Report
		as, err := r.Set(tt.field, tt.text, now)
		if want, is := strings.CutPrefix(tt.as, "error: "); is {
			if !errors.Is(err, ErrField) || !strings.Contains(err.Error(), want) || !r.IsZero() {
				t.Errorf("%s %q gave %q, %v; want an error with %q", tt.field, tt.text, as, err, want)
			}
		} else if err != nil || as != tt.as || !r.Says(tt.field) {
			t.Errorf("%s %q is understood as %q, %v; want %q", tt.field, tt.text, as, err, tt.as)
		}
	}
}

// TestOutcomesAreNotLost: entries that say more and less of people are counted all.
func TestOutcomesAreNotLost(t *testing.T) {
	first := say(t, map[Field]string{People: "2 national ngo abducted, 1 f killed"})
	i := first.Upon(&incident.Incident{})
	var second Report
	for o, n := range map[incident.Outcome]int{incident.Killed: 3, incident.Injured: 4} {
		if err := second.Count(o, n); err != nil {
			t.Fatal(err)
		}
	}
	j := second.Upon(&i)
	for _, tt := range []struct {
		of      incident.Breakdown
		outcome incident.Outcome
		want    int
	}{
		{i.Affected, incident.Killed, 1},
		{i.Affected, incident.Abducted, 2},
		{j.Affected, incident.Killed, 3},
		{j.Affected, incident.Injured, 4},
		{j.Affected, incident.Abducted, 2},
	} {
		if n, known := tt.of.Outcome(tt.outcome); !known || n != tt.want {
			t.Errorf("%d %s, known %v; want %d of %+v", n, tt.outcome, known, tt.want, tt.of)
		}
	}
	if err := second.Count(incident.Killed, -1); err == nil {
		t.Error("fewer than nobody were killed")
	}
}

// TestUpon: what a report does not speak of stays, and what it calls unknown is taken back.
func TestUpon(t *testing.T) {
	first := say(t, map[Field]string{Act: "abduction", Place: "Ansongo", Country: "MLI", People: "2 abducted", When: "14:20", Position: "15.67 0.5"})
	one := first.Upon(&incident.Incident{Handling: incident.Known(incident.Restricted)})
	second := say(t, map[Field]string{People: "2 abducted, 1 killed", Position: "unknown", Verification: "probable"})
	two := second.Upon(&one)
	if two.Place.String() != "Ansongo" || two.HasPoint || len(two.Affected) != 2 || two.Verification.Value != incident.Probable ||
		!two.Restricted() || !two.Occurred.Start.Equal(now.Truncate(time.Hour).Add(20*time.Minute)) {
		t.Errorf("%+v", two)
	}
	if one.HasPoint != true || len(one.Affected) != 1 {
		t.Errorf("the first version changed: %+v", one)
	}
	flood := say(t, map[Field]string{Act: "flood"})
	if i := flood.Upon(&incident.Incident{}); !i.Hazard() {
		t.Error("a flood is no hazard")
	}
	harm := say(t, map[Field]string{Act: "sexual_violence"})
	if i := harm.Upon(&incident.Incident{}); !i.Restricted() {
		t.Error("sexual violence is not restricted")
	}
}

func say(t *testing.T, what map[Field]string) *Report {
	t.Helper()
	r := &Report{}
	for f, text := range what {
		if _, err := r.Set(f, text, now); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// TestTextReadsBack: what a form shows of an incident, saved as it stands, changes nothing.
func TestTextReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := &Report{}
		for f := range setters {
			var text string
			switch words := Words(f); {
			case f == People:
				text = rapid.SampledFrom([]string{"2 national ngo f abducted", "?, 1 m killed", "3 unknown-sex un", "0 injured"}).Draw(t, "people")
			case f == When:
				text = rapid.SampledFrom([]string{"now", "14:20", "yesterday", "2026-10", "2025", "3 days ago"}).Draw(t, "when")
			case f == Grade:
				text = rapid.SampledFrom([]string{"A1", "f6", ""}).Draw(t, "grade")
			case f == Country:
				text = rapid.SampledFrom([]string{"Mali", "MLI, NER", ""}).Draw(t, "country")
			case f == Position:
				text = rapid.SampledFrom([]string{"15.67 0.5", "0 0", "-89.999999 179.5", ""}).Draw(t, "position")
			case f == Source:
				text = "field"
			case len(words) > 0:
				text = rapid.SampledFrom(words).Draw(t, string(f))
			default:
				text = rapid.StringMatching(`[ -~éб]{0,60}`).Draw(t, string(f))
			}
			if _, err := r.Set(f, text, now); err != nil {
				t.Fatalf("%s %q: %v", f, text, err)
			}
		}
		one := r.Upon(&incident.Incident{Identity: r.says.Identity})
		again := &Report{}
		for f := range setters {
			if _, err := again.Set(f, Text(f, &one), now); err != nil {
				t.Fatalf("%s %q does not read back: %v", f, Text(f, &one), err)
			}
		}
		if two := again.Upon(&one); two.Hash() != one.Hash() {
			t.Fatalf("\n got %+v\nwant %+v", two, one)
		}
	})
}

func FuzzSet(f *testing.F) {
	for field := range setters {
		for _, text := range []string{"", "abduction", "2 national ngo abducted, ? killed", "1h30 ago", "14:20+02:00", "2026-11-20 14:20", "15.67N 0.5W", "C3", "MLI,BFA"} {
			f.Add(string(field), text)
		}
	}
	f.Fuzz(func(t *testing.T, field, text string) {
		var r Report
		as, err := r.Set(Field(field), text, now)
		if (err == nil) != r.Says(Field(field)) || err != nil && as != "" {
			t.Fatalf("%s %q: %q, %v", field, text, as, err)
		}
		if err != nil {
			return
		}
		i := r.Upon(&incident.Incident{})
		if i.HasPoint && !i.Point.Valid() || i.Occurred.Start.After(now.Add(incident.FutureTolerance)) {
			t.Fatalf("%s %q gave %+v", field, text, i)
		}
		for _, a := range i.Affected {
			if a.Count < incident.Uncounted || a.Count > maxPeople {
				t.Fatalf("%q gave %d people", text, a.Count)
			}
		}
	})
}
