package mapped_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/feed/mapped"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// read applies a map to the values of one record.
func read(t *testing.T, m *feed.Map, values map[string]string) (i incident.Incident, warned []string, err error) {
	t.Helper()
	g, err := mapped.New(m)
	if err != nil {
		t.Fatal(err)
	}
	rec := mapped.Record{
		Get:  func(place string) (string, bool) { v, ok := values[place]; return v, ok },
		Warn: func(place, message string) { warned = append(warned, place+": "+message) },
	}
	err = g.Incident(feed.NewContext("feeds/log.csv"), rec, new(feed.Text), &i)
	return i, warned, err
}

func when(s string) incident.When {
	w, err := incident.ParseWhen(s)
	if err != nil {
		panic(err)
	}
	return w
}

func TestIncident(t *testing.T) {
	m := &feed.Map{
		Fields: map[string]string{
			"id": "No", "occurred": "Date", "dates": "=dmy", "country": "Where", "place": "Town", "point": "Position", "accuracy_km": "=25",
			"threat": "=crime", "act": "Kind", "actor": "Who", "title": "Title", "details": "Text", "links": "See", "status": "=exercise",
			"affected.ngo.killed": "Dead", "affected.ngo.injured": "Hurt", "grade": "=C3", "reported": "Told", "version": "Told", "until": "=open",
		},
		Values: map[string]map[string]string{"act": {"Car  jacking": "hijacking", "*": "other"}, "country": {"OPT": "PSE"}},
	}
	i, warned, err := read(t, m, map[string]string{
		"No": " 17.0 ", "Date": "03/04/2031", "Where": "OPT", "Town": "Alpha", "Position": "31.5, 34.4", "Kind": "car jacking",
		"Title": "EXERCISE", "Text": "One.\nTwo.", "See": "https://a.example/1, https://b.example/2", "Dead": "2", "Told": "2031-04-05T10:00:00Z",
	})
	if err != nil || len(warned) > 0 {
		t.Fatal(err, warned)
	}
	ngo := func(o incident.Outcome, n int) incident.Affected {
		return incident.Affected{Population: incident.Known(incident.PopulationNGO), Outcome: incident.Known(o), Count: n}
	}
	want := incident.Incident{
		Identity: incident.Identity{Authority: safetext.Const("log"), ID: safetext.Const("17")},
		Version:  when("2031-04-05T10:00:00Z").Start.Unix(), Status: incident.Exercise,
		Occurred: when("2031-04-03"), Reported: when("2031-04-05T10:00:00Z").Start, Ongoing: true,
		Countries: []country.Code{country.MustParse("PSE")}, Place: safetext.Const("Alpha"),
		Point: incident.Point{Lat: 31.5, Lon: 34.4}, HasPoint: true, Accuracy: 25,
		Threat: incident.Known(incident.Crime), Act: incident.Known(incident.Hijacking),
		Title: safetext.Const("EXERCISE"), Details: safetext.Const("One.\nTwo."), Grade: safetext.Const("C3"),
		Links: []safetext.Text{safetext.Const("https://a.example/1"), safetext.Const("https://b.example/2")},
		// How many were hurt is not known, and what the map does not name is not 0.
		Affected: incident.Breakdown{
			ngo(incident.Injured, incident.Uncounted), ngo(incident.Killed, 2), ngo(incident.Abducted, incident.Uncounted), ngo(incident.Detained, incident.Uncounted),
		},
	}
	if diff := cmp.Diff(want, i, feedtest.Text); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	feedtest.RoundTrip(t, &i)
}

func TestWhatIsWrong(t *testing.T) {
	tests := []struct {
		name, field, value, warned, refused string
		check                               func(i *incident.Incident) bool
	}{
		{"a date of two readings", "occurred", "03/04/2031", `x: occurred: "03/04/2031": which is the day`, "", func(i *incident.Incident) bool { return i.Occurred == when("2031") }},
		{"a time without a zone", "occurred", "2031-04-03 10:00", `write zone = "=UTC"`, "", func(i *incident.Incident) bool { return i.Occurred == when("2031-04-03") }},
		{"no date", "occurred", "soon", `x: occurred: "soon" is no time`, "", func(i *incident.Incident) bool { return i.Occurred.IsZero() }},
		{"no country", "country", "Atlantis", `"Atlantis" is no country`, "", func(i *incident.Incident) bool {
			return len(i.Countries) == 0 && i.CountryText[0].String() == "Atlantis"
		}},
		{"no single country", "country", "International waters", "", "", func(i *incident.Incident) bool { return len(i.Countries)+len(i.CountryText) == 0 }},
		{"two countries", "country", "Mali; Niger", "", "", func(i *incident.Incident) bool { return len(i.Countries) == 2 }},
		{"FIPS", "country.fips", "AJ", "", "", func(i *incident.Incident) bool { return i.In(country.MustParse("AZE")) }},
		{"no FIPS", "country.fips", "??", "is no country code of FIPS", "", func(i *incident.Incident) bool { return len(i.Countries) == 0 }},
		{"a word of nobody", "act", "voodoo", `x: act: "voodoo" is not one of our words: it is kept`, "", func(i *incident.Incident) bool { return i.Act.Text.String() == "voodoo" }},
		{"a mark that nobody can read", "handling", "TLP:RED", "counts as strictly confidential", "", func(i *incident.Incident) bool { return i.Restricted() }},
		{"a hazard", "act", "earthquake", "", "", func(i *incident.Incident) bool { return i.Hazard() }},
		{"no position", "point", "here", "is no position", "", func(i *incident.Incident) bool { return !i.HasPoint }},
		{"a position off the earth", "point", "91, 0", "is no position in degrees", "", func(i *incident.Incident) bool { return !i.HasPoint }},
		{"a position as text", "point", "POINT (0.5 15.66)", "", "", func(i *incident.Incident) bool { return i.Point.Lat == 15.66 }},
		{"a comma for the point", "point", "15,66; 0,5", "", "", func(i *incident.Incident) bool { return i.Point.Lat == 15.66 && i.Point.Lon == 0.5 }},
		{"a distance that is none", "accuracy_km", "-3", "is no distance", "", func(i *incident.Incident) bool { return i.Accuracy == 0 }},
		{"thousands are not guessed at", "affected.killed", "1,000", "is no number of people", "", func(i *incident.Incident) bool { return i.Affected == nil }},
		{"half a person", "affected.killed", "1.5", "is no number of people", "", func(i *incident.Incident) bool { return i.Affected == nil }},
		{"a month of report", "reported", "2031-04", "known to the month only", "", func(i *incident.Incident) bool { return i.Reported.IsZero() }},
		{"a type that nobody knows", "type", "retracted", "", `type (x): "retracted" is no word for it`, nil},
		{"a version that is none", "version", "final", "", `"final" is neither a whole number nor a time`, nil},
		{"no id", "id", "", "", "the record has none", nil},
		{"a long id", "id", strings.Repeat("x", 300), "", "more than the 256", nil},
		{"not onward", "no_onward", "x", "", "", func(i *incident.Incident) bool { return i.NoOnward }},
		{"onward", "no_onward", "No", "", "", func(i *incident.Incident) bool { return !i.NoOnward }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := &feed.Map{Fields: map[string]string{"id": "=1", tt.field: "x"}}
			i, warned, err := read(t, m, map[string]string{"x": tt.value})
			if (err != nil) != (tt.refused != "") || err != nil && !strings.Contains(err.Error(), tt.refused) {
				t.Fatalf("refused with %v", err)
			}
			if tt.refused != "" {
				return
			}
			if all := strings.Join(warned, "\n"); (all != "") != (tt.warned != "") || !strings.Contains(all, tt.warned) {
				t.Errorf("warned of %q, want %q", all, tt.warned)
			}
			if !tt.check(&i) {
				t.Errorf("read as %+v", i)
			}
			feedtest.RoundTrip(t, &i)
		})
	}
}

// TestAnEndBeforeTheBeginning is no end: a flood with one would be over before it came.
func TestAnEndBeforeTheBeginning(t *testing.T) {
	m := &feed.Map{Fields: map[string]string{"id": "=1", "occurred": "a", "until": "b", "expected_from": "a", "expected_to": "b"}}
	i, warned, err := read(t, m, map[string]string{"a": "2031-04-03", "b": "2031-03-04"})
	all := strings.Join(warned, "\n")
	if err != nil || !i.Until.IsZero() || !i.ExpectedTo.IsZero() || i.Occurred != when("2031-04-03") {
		t.Errorf("%v: %+v", err, i)
	}
	for _, want := range []string{"b: until: 2031-03-04 is before it happened (2031-04-03)", "b: expected_to: 2031-03-04 is before it is expected (2031-04-03)"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in %q", want, all)
		}
	}
}

// TestVersionAhead: a time as a version that had not come when the record was read is none.
func TestVersionAhead(t *testing.T) {
	m := &feed.Map{Fields: map[string]string{"id": "=1", "version": "v"}}
	g, err := mapped.New(m)
	if err != nil {
		t.Fatal(err)
	}
	ctx := feed.NewContext("feeds/log.csv")
	ctx.Received = when("2031-03-10").Start
	for v, want := range map[string]int64{"2031-03-12": 0, "2031-03-09": when("2031-03-09").Start.Unix(), "7": 7} {
		var i incident.Incident
		warned := 0
		rec := mapped.Record{Get: func(string) (string, bool) { return v, true }, Warn: func(string, string) { warned++ }}
		if err := g.Incident(ctx, rec, new(feed.Text), &i); err != nil || i.Version != want || (warned > 0) != (want == 0) {
			t.Errorf("%s: version %d, %d warnings, %v", v, i.Version, warned, err)
		}
	}
}

// TestAnybody: a figure of all who were there is not added to those of whom it holds.
func TestAnybody(t *testing.T) {
	m := &feed.Map{Fields: map[string]string{
		"id": "=1", "affected.staff.killed": "s", "affected.anybody.killed": "a", "affected.civilian.killed": "c", "affected.anybody.injured": "i",
	}}
	i, _, err := read(t, m, map[string]string{"s": "1", "c": "2", "a": "5", "i": "4"})
	if err != nil {
		t.Fatal(err)
	}
	staff, known := i.Affected.Staff(incident.Killed)
	if all, ok := i.Affected.Outcome(incident.Killed); staff != 1 || !known || all != 5 || !ok {
		t.Errorf("%d staff (known %t) of %d killed: %+v", staff, known, all, i.Affected)
	}
	if _, known := i.Affected.Staff(incident.Injured); known {
		t.Error("how many of the staff were injured is in no column")
	}
	feedtest.RoundTrip(t, &i)
}

func TestMapsThatAreWrong(t *testing.T) {
	for name, m := range map[string]*feed.Map{
		"a field of nobody":   {Fields: map[string]string{"colour": "x"}},
		"no column":           {Fields: map[string]string{"id": " "}},
		"the same people":     {Fields: map[string]string{"affected.un.killed": "a", "affected.killed.un": "b"}},
		"nobody's people":     {Fields: map[string]string{"affected.killed": "a", "affected.anybody.killed": "b"}},
		"unknown of what":     {Fields: map[string]string{"affected.unknown": "a"}},
		"a word of nobody":    {Fields: map[string]string{"act": "=voodoo"}},
		"our word is none":    {Values: map[string]map[string]string{"act": {"x": "voodoo"}}},
		"values of no field":  {Values: map[string]map[string]string{"colour": {"x": "red"}}},
		"a zone that is none": {Fields: map[string]string{"zone": "=Nairobi"}},
	} {
		if _, err := mapped.New(m); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// TestFieldsAlreadyThere: what the caller knew and the map does not name stays.
func TestFieldsAlreadyThere(t *testing.T) {
	g, err := mapped.New(&feed.Map{Fields: map[string]string{"act": "=flood"}})
	if err != nil {
		t.Fatal(err)
	}
	i := incident.Incident{
		Identity: incident.Identity{ID: safetext.Const("f-1")}, Point: incident.Point{Lat: 1, Lon: 2}, HasPoint: true, Accuracy: 3,
		Countries: []country.Code{country.MustParse("MLI")}, Inferred: true,
	}
	rec := mapped.Record{Get: func(string) (string, bool) { return "", false }, Warn: func(place, message string) { t.Errorf("%s: %s", place, message) }}
	if err := g.Incident(feed.NewContext("feeds/x.geojson"), rec, new(feed.Text), &i); err != nil {
		t.Fatal(err)
	}
	if !i.HasPoint || i.Accuracy != 3 || !i.Inferred || len(i.Countries) != 1 || i.Identity.ID.String() != "f-1" || !i.Hazard() {
		t.Errorf("%+v", i)
	}
}

// TestTimeOfItsOwn: a time of day that has a column of its own makes the date exact.
func TestTimeOfItsOwn(t *testing.T) {
	for name, tt := range map[string]struct{ zone, clock, want, warned string }{
		"with a zone":      {"=UTC", "14:30", "2031-04-13T14:30:00Z", ""},
		"without a zone":   {"", "14:30", "2031-04-13", `Clock: time: 14:30:00 is a time of day without a zone: only the date is taken; write zone = "=UTC", or an offset such as "=+03:00", into the [source.map]`},
		"none":             {"=UTC", "", "2031-04-13", ""},
		"no clock at all":  {"=UTC", "morning", "2031-04-13", `Clock: time: "morning" is no time, date, month or year that can be read for a time of day: only the date is taken`},
		"a zone of itself": {"", "14:30Z", "2031-04-13T14:30:00Z", ""},
	} {
		fields := map[string]string{"id": "No", "occurred": "Date", "time": "Clock"}
		if tt.zone != "" {
			fields["zone"] = tt.zone
		}
		i, warned, err := read(t, &feed.Map{Fields: fields}, map[string]string{"No": "1", "Date": "2031-04-13", "Clock": tt.clock})
		if err != nil || i.Occurred.String() != tt.want || strings.Join(warned, "|") != tt.warned {
			t.Errorf("%s: %s, %q, %v", name, i.Occurred, warned, err)
		}
	}
}

// TestDateInParts: a date out of its year, month and day is as exact as these are known.
func TestDateInParts(t *testing.T) {
	for _, tt := range []struct{ occurred, year, month, day, want, warned string }{
		{"", "2031", "4", "13", "2031-04-13", ""},
		{"", "2031.0", "04", "13.0", "2031-04-13", ""},
		{"", "2031", "apr", "13", "2031-04-13", ""},
		{"", "2031", "April", "0", "2031-04", ""},
		{"", "2031", "4", "", "2031-04", ""},
		{"", "2031", "0", "13", "2031", ""},
		{"", "2031", "", "", "2031", ""},
		{"", "0", "4", "13", "", ""},
		{"", "", "4", "13", "", ""},
		{"", "2031", "13", "4", "2031", `M: month: "13" is no month from 1 to 12: it is taken as unknown`},
		{"", "2031", "2", "30", "2031-02", `D: day: "30" is no day from 1 to 28: it is taken as unknown`},
		{"", "31", "4", "13", "", `Y: year: "31" is no year from 1900 to 9999: it is taken as unknown`},
		{"", "2031", "4", "-9", "2031-04", `D: day: "-9" is no day from 1 to 30: it is taken as unknown`},
		{"2031-05-01", "2031", "4", "13", "2031-05-01", ""},
	} {
		m := &feed.Map{Fields: map[string]string{"id": "No", "occurred": "Date", "year": "Y", "month": "M", "day": "D"}}
		i, warned, err := read(t, m, map[string]string{"No": "1", "Date": tt.occurred, "Y": tt.year, "M": tt.month, "D": tt.day})
		if err != nil || i.Occurred.String() != tt.want || strings.Join(warned, "|") != tt.warned {
			t.Errorf("%v: %s, %q, %v", tt, i.Occurred, warned, err)
		}
	}
}

// TestSums: the row below a table that adds it up is no incident.
func TestSums(t *testing.T) {
	m := &feed.Map{Fields: map[string]string{"id": "No", "occurred": "Date", "country": "Where", "title": "Title", "affected.killed": "Dead", "act": "=shooting"}}
	for _, tt := range []struct {
		values map[string]string
		sum    bool
	}{
		{map[string]string{"No": "Total", "Dead": "12"}, true},
		{map[string]string{"No": "Grand  TOTAL:", "Dead": "12"}, true},
		{map[string]string{"No": "9", "Title": "Total général", "Dead": "12"}, true},
		{map[string]string{"No": "9", "Where": "Total", "Dead": "12"}, true},
		{map[string]string{"No": "Total", "Date": "2031-04-13", "Dead": "12"}, false},
		{map[string]string{"No": "Total", "Where": "MLI", "Dead": "12"}, false},
		{map[string]string{"No": "9", "Title": "Total loss of a vehicle"}, false},
	} {
		_, _, err := read(t, m, tt.values)
		if (err != nil && strings.Contains(err.Error(), "adds up others")) != tt.sum {
			t.Errorf("%v: %v", tt.values, err)
		}
	}
}

// TestWhateverTheValues: what is read is written and read back as the same.
func TestWhateverTheValues(t *testing.T) {
	fields := map[string]string{"id": "=1"}
	for n, f := range mapped.Fields() {
		if f != "dates" && f != "zone" && f != "id" && f != "affected" {
			fields[f] = fmt.Sprint("c", n)
		}
	}
	fields["affected.anybody.killed"], fields["affected.staff.national.f.injured"] = "k", "f"
	words := []string{"", "1", "2031-04-03", "MLI", "crime", "shooting", "open", "new", "incident", "report", "actual", "15.5", "-0", "1e300", "\x1b[31m", "Ж", "a\nb", "unknown", "none", "\u202e"}
	rapid.Check(t, func(rt *rapid.T) {
		values := map[string]string{}
		for _, place := range fields {
			values[place] = rapid.OneOf(rapid.SampledFrom(words), rapid.String()).Draw(rt, place)
		}
		i, _, err := read(t, &feed.Map{Fields: fields}, values)
		if err == nil {
			feedtest.RoundTrip(t, &i)
			if t.Failed() {
				rt.FailNow()
			}
		}
	})
}
