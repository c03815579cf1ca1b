package native

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

var textual = cmp.Comparer(func(a, b safetext.Text) bool { return a == b })

func decode(t *testing.T, line string) feed.Record {
	t.Helper()
	rec, ok := decodeLine(feed.NewContext("feeds/radio.jsonl"), []byte(line), feed.Place{Line: 7, Offset: 900})
	if !ok {
		t.Fatalf("no record in %q", line)
	}
	if rec.Line != 7 || rec.Offset != 900 {
		t.Errorf("the record is at line %d, offset %d", rec.Line, rec.Offset)
	}
	return rec
}

func messages(rec feed.Record) []string {
	var all []string
	for _, p := range rec.Problems {
		all = append(all, p.String())
	}
	return all
}

func at(s string) incident.When {
	w, err := incident.ParseWhen(s)
	if err != nil {
		panic(err)
	}
	return w
}

const full = `{"id":"R-2026-0412","source":"radio","version":2,"type":"update","status":"exercise",` +
	`"occurred":"2026-11-20T14:21:00+02:00","until":null,"reported":"2026-11-20T14:30:00Z","expected_from":null,"expected_to":"2026-12",` +
	`"country":"mli","countries":["Niger",854],"admin1":"Gao","place":"Ansongo","lat":15.66,"lon":0.5,` +
	`"threat":"armed_conflict","act":"abduction","target":"convoy","holder":"non_state",` +
	`"means":"two pick-ups","actor":"not known","severity":"severe","title":"Convoy stopped","details":"First line\nSecond line",` +
	`"affected":[{"population":"ngo","recruitment":"national","sex":"f","outcome":"abducted","count":2},{"outcome":"killed","count":null}],` +
	`"verification":"probable","grade":"B2","handling":"restricted","no_onward":true,"links":["https://example.org/1",""]}`

func TestDecodeEverything(t *testing.T) {
	rec := decode(t, full)
	want := incident.Incident{
		Identity: incident.Identity{Authority: safetext.Const("radio"), ID: safetext.Const("R-2026-0412")},
		Version:  2, Type: incident.Update, Status: incident.Exercise,
		Occurred: at("2026-11-20T12:21:00Z"), Reported: at("2026-11-20T14:30:00Z").Start, ExpectedTo: at("2026-12"),
		Countries: []country.Code{country.MustParse("BFA"), country.MustParse("MLI"), country.MustParse("NER")},
		Admin1:    safetext.Const("Gao"), Place: safetext.Const("Ansongo"),
		Point: incident.Point{Lat: 15.66, Lon: 0.5}, HasPoint: true,
		Threat: incident.Known(incident.ArmedConflict), Act: incident.Known(incident.Abduction),
		Target: incident.Known(incident.TargetConvoy), Holder: incident.Known(incident.HolderNonState),
		Means: safetext.Const("two pick-ups"), Actor: safetext.Const("not known"),
		Severity: incident.Known(incident.Severe), Title: safetext.Const("Convoy stopped"),
		Details: safetext.Const("First line\nSecond line"),
		Affected: incident.Breakdown{
			{
				Population: incident.Known(incident.PopulationNGO), Recruitment: incident.Known(incident.National),
				Sex: incident.Known(incident.Female), Outcome: incident.Known(incident.Abducted), Count: 2,
			},
			{Outcome: incident.Known(incident.Killed), Count: incident.Uncounted},
		},
		Verification: incident.Known(incident.Probable), Grade: safetext.Const("B2"),
		Handling: incident.Known(incident.Restricted), NoOnward: true,
		Links: []safetext.Text{safetext.Const("https://example.org/1")},
	}
	if diff := cmp.Diff(want, rec.Incident, textual); diff != "" {
		t.Errorf("decoded otherwise (-want +got):\n%s", diff)
	}
	if rec.Kind != feed.Incident || len(rec.Problems) != 0 || !rec.Repairs.IsZero() {
		t.Errorf("kind %v, problems %q, repairs %+v", rec.Kind, messages(rec), rec.Repairs)
	}
}

func TestRefused(t *testing.T) {
	tests := []struct{ name, line, want string }{
		{"no id", `{"act":"riot","country":"ML"}`, `:7: "id" is missing`},
		{"empty id", `{"id":" ","act":"riot","country":"ML"}`, `:7: "id" is missing`},
		{"long id", `{"id":"` + strings.Repeat("x", 300) + `","act":"riot","country":"ML"}`, `:7:7: the id has 300 bytes`},
		{"no act", `{"id":"1","country":"ML"}`, `:7: "act" is missing`},
		{"empty act", `{"id":"1","act":"","country":"ML"}`, `:7: "act" is missing`},
		{"no country", `{"id":"1","act":"riot"}`, `:7: "country" is missing`},
		{"empty country", `{"id":"1","act":"riot","country":"","countries":[]}`, `:7: "country" is missing`},
		{"unlisted type", `{"id":"1","act":"riot","country":"ML","type":"updated"}`, `:7:46: "updated" is no "type"`},
		{"unlisted status", `{"id":"1","act":"riot","country":"ML","status":"drill"}`, `:7:48: "drill" is no "status"`},
		{"version in words", `{"id":"1","act":"riot","country":"ML","version":"two"}`, `:7:49: "version" is not a whole number`},
		{"dimension that is no text", `{"id":"1","act":"riot","country":"ML","affected":[{"sex":["f"],"count":1}]}`, `:7:58: "sex" is a list`},
		{"entry that is no object", `{"id":"1","act":"riot","country":"ML","affected":[3]}`, `:7:51: an entry of "affected" is a number`},
		{"more after the object", `{"id":"1","act":"riot","country":"ML"}garbage`, `there is more after the object`},
		{"a comma after the object", `{"id":"1","act":"riot","country":"ML"},`, `there is more after the object`},
		{"name twice", `{"id":"1","act":"riot","country":"ML","severity":"minor","severity":"critical"}`, `:7:58: a name stands twice`},
		{"name twice in an entry", `{"id":"1","act":"riot","country":"ML","affected":[{"count":1,"count":9}]}`, `a name stands twice`},
		{"cut off", `{"id":"1","act":"riot","coun`, `:7:29: the line ends in the middle of a record`},
		{"not JSON", `id=1 act=riot`, `:7:1: not`},
		{"not an object", `["1","riot"]`, `:7:1: not a record`},
		{"two objects", `{"id":"1","act":"riot","country":"ML"} {"id":"2"}`, `there is more after the object`},
		{"heartbeat without a time", `{"heartbeat":"now","source":"radio"}`, `:7:14: the heartbeat has no time`},
		{"heartbeat of a day", `{"heartbeat":"2026-11-20"}`, `the heartbeat has no time`},
		{"heartbeat and incident", `{"heartbeat":"2026-11-20T14:30:00Z","id":"1"}`, `both a heartbeat and an incident`},
		{"column in characters", `{"title":"Évacué","id":"1","act":"riot","country":"ML","type":"no"}`, `:7:63: "no" is no "type"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rec := decode(t, tt.line)
			if rec.Kind != feed.Rejected {
				t.Fatalf("used as %v with %q", rec.Kind, messages(rec))
			}
			if p := rec.Problems[0]; p.Warning || !strings.Contains(p.String(), tt.want) {
				t.Errorf("said %q (warning %t), want %q", p, p.Warning, tt.want)
			}
			if !rec.Incident.Identity.ID.IsZero() {
				t.Error("a refused record carries an incident")
			}
		})
	}
}

func TestUsedWithAWarning(t *testing.T) {
	const head = `{"id":"1","act":"riot","country":"ML",`
	tests := []struct {
		name, member, want string
		check              func(i *incident.Incident) bool
	}{
		{
			"a date that is none is unknown, not now", `"occurred":"yesterday"`, `:7:50: "occurred" is taken as unknown`,
			func(i *incident.Incident) bool { return i.Occurred.IsZero() },
		},
		{
			"a time without a zone is unknown", `"occurred":"2026-11-20T14:21:00"`, `"occurred" is taken as unknown`,
			func(i *incident.Incident) bool { return i.Occurred.IsZero() },
		},
		{
			"a report needs its hour", `"reported":"2026-11-20"`, `:7:50: "reported" is taken as unknown: it needs a time of day`,
			func(i *incident.Incident) bool { return i.Reported.IsZero() },
		},
		{
			"an end before the beginning", `"occurred":"2026-11-28T01:00:00Z","until":"2026-11-10"`, `"until" (2026-11-10) is before "occurred" (2026-11-28T01:00:00Z)`,
			func(i *incident.Incident) bool { return i.Until.IsZero() && !i.Occurred.IsZero() },
		},
		{
			"what is expected to end before it begins", `"expected_from":"2026-11","expected_to":"2025"`, `"expected_to" (2025) is before "expected_from" (2026-11)`,
			func(i *incident.Incident) bool { return i.ExpectedTo.IsZero() && !i.ExpectedFrom.IsZero() },
		},
		{
			"an unlisted word is kept", `"threat":"piracy"`, `"piracy" is not a word of "threat"`,
			func(i *incident.Incident) bool {
				return i.Threat.Value == incident.ThreatUnknown && i.Threat.Text.String() == "piracy"
			},
		},
		{
			"unlisted handling restricts", `"handling":"eyes only"`, `counts as strictly confidential`,
			func(i *incident.Incident) bool { return i.Restricted() },
		},
		{
			"handling that is no text restricts", `"handling":3`, `counts as strictly confidential`,
			func(i *incident.Incident) bool { return i.Restricted() },
		},
		{
			"no_onward that is no truth value holds back", `"no_onward":"yes"`, `taken as true`,
			func(i *incident.Incident) bool { return i.NoOnward },
		},
		{
			"a slip in a name", `"Severity":"critical"`, `:7:39: "Severity" is not known and left out: did you mean "severity"?`,
			func(i *incident.Incident) bool { return i.Severity == incident.Coded[incident.Severity]{} },
		},
		{
			"a name of somebody's own", `"frequency_khz":{"day":[7,8]}`, `"frequency_khz" is not known`,
			func(*incident.Incident) bool { return true },
		},
		{
			"an unknown name in affected", `"affected":[{"gender":"f","count":1}]`, `"gender" is not known`,
			func(i *incident.Incident) bool { return len(i.Affected) == 1 && i.Affected[0].Count == 1 },
		},
		{
			"a place off the earth", `"lat":95,"lon":1`, `it is not on the earth`,
			func(i *incident.Incident) bool { return !i.HasPoint && i.Point == incident.Point{} },
		},
		{
			"half a position", `"lat":15`, `needs both`,
			func(i *incident.Incident) bool { return !i.HasPoint && i.Point == incident.Point{} },
		},
		{
			"a position in words", `"lat":"north","lon":1`, `not a number of degrees`,
			func(i *incident.Incident) bool { return !i.HasPoint && i.Point == incident.Point{} },
		},
		{
			"a quoted position", `"lat":"15.5","lon":-0`, `write the number without quotes`,
			func(i *incident.Incident) bool { return i.HasPoint && i.Point == incident.Point{Lat: 15.5} },
		},
		{
			"a list of one without brackets", `"links":"https://example.org"`, `:7:47: "links" is not a list`,
			func(i *incident.Incident) bool { return len(i.Links) == 1 },
		},
		{
			"an unknown country beside a known one", `"countries":["Atlantis"]`, `"Atlantis" is no country`,
			func(i *incident.Incident) bool {
				return len(i.Countries) == 1 && len(i.CountryText) == 1 && i.CountryText[0].String() == "Atlantis"
			},
		},
		{
			"text that is an object", `"place":{"name":"Gao"}`, `:7:47: "place" is left out: it is an object`,
			func(i *incident.Incident) bool { return i.Place.IsZero() },
		},
		{
			"a number for a text", `"place":17`, `"place" is a number`,
			func(i *incident.Incident) bool { return i.Place.String() == "17" },
		},
		{
			"a count in quotes", `"affected":[{"outcome":"killed","count":"36.0"}]`, `"count" is a text`,
			func(i *incident.Incident) bool { n, ok := i.Affected.Outcome(incident.Killed); return ok && n == 36 },
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rec := decode(t, head+tt.member+"}")
			if rec.Kind != feed.Incident {
				t.Fatalf("%v: %q", rec.Kind, messages(rec))
			}
			if len(rec.Problems) != 1 || !rec.Problems[0].Warning || !strings.Contains(rec.Problems[0].String(), tt.want) {
				t.Errorf("said %q, want one warning of %q", messages(rec), tt.want)
			}
			if !tt.check(&rec.Incident) {
				t.Errorf("decoded as %+v", rec.Incident)
			}
		})
	}
}

func TestUsedInSilence(t *testing.T) {
	tests := []struct {
		name, line string
		check      func(i *incident.Incident) bool
	}{
		{"unknown country", `{"id":"1","act":"riot","country":"unknown"}`, func(i *incident.Incident) bool {
			return i.Countries == nil && i.CountryText == nil
		}},
		{"a country by the position alone", `{"id":"1","act":"riot","country":"unknown","lat":12.64,"lon":-8}`, func(i *incident.Incident) bool {
			return i.In(country.MLI) && i.Inferred
		}},
		{"a country that is stated, and a position elsewhere", `{"id":"1","act":"riot","country":"NER","lat":12.64,"lon":-8}`, func(i *incident.Incident) bool {
			return i.In(country.NER) && !i.In(country.MLI) && !i.Inferred
		}},
		{"Namibia", `{"id":"1","act":"riot","country":"NA"}`, func(i *incident.Incident) bool {
			return i.In(country.MustParse("NAM"))
		}},
		{"a cancel needs its id alone", `{"id":"1","type":"cancel"}`, func(i *incident.Incident) bool {
			return i.Type == incident.Cancel
		}},
		{"still lasts", `{"id":"1","act":"abduction","country":"ML","until":"open"}`, func(i *incident.Incident) bool {
			return i.Ongoing && i.Until.IsZero()
		}},
		{"words as people write them", `{"id":"1","act":"Attack on Convoy","country":"Mali","threat":"Civil unrest"}`, func(i *incident.Incident) bool {
			return i.Act.Is(incident.AttackOnConvoy) && i.Threat.Is(incident.CivilUnrest)
		}},
		{"nobody counted", `{"id":"1","act":"abduction","country":"ML","affected":[{"outcome":"abducted"}]}`, func(i *incident.Incident) bool {
			_, known := i.Affected.Outcome(incident.Abducted)
			return !known && i.Affected.MayHarmStaff()
		}},
		{"the file's name is the authority", `{"id":"1","act":"riot","country":"ML"}`, func(i *incident.Incident) bool {
			return i.Identity.Authority.String() == "radio"
		}},
		{"a word that is no country's", `{"id":"1","act":"riot","country_text":["Mali"]}`, func(i *incident.Incident) bool {
			return len(i.Countries) == 0 && len(i.CountryText) == 1 && i.CountryText[0].String() == "Mali"
		}},
		{"half a surrogate pair", `{"id":"1","act":"riot","country":"ML","title":"a\ud83d"}`, func(i *incident.Incident) bool {
			return i.Title.String() == "a\uFFFD"
		}},
		{"an escaped name", `{"\u0069d":"1","act":"riot","country":"ML"}`, func(i *incident.Incident) bool {
			return i.Identity.ID.String() == "1"
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rec := decode(t, tt.line)
			if rec.Kind != feed.Incident || len(rec.Problems) != 0 {
				t.Fatalf("%v: %q", rec.Kind, messages(rec))
			}
			if !tt.check(&rec.Incident) {
				t.Errorf("decoded as %+v", rec.Incident)
			}
		})
	}
}

func TestHeartbeat(t *testing.T) {
	rec := decode(t, `{"heartbeat":"2026-11-20T16:30:00+02:00","source":"radio"}`)
	if want := time.Date(2026, 11, 20, 14, 30, 0, 0, time.UTC); rec.Kind != feed.Heartbeat || !rec.Heartbeat.Equal(want) {
		t.Errorf("%v at %v: %q", rec.Kind, rec.Heartbeat, messages(rec))
	}
}

func TestNoRecord(t *testing.T) {
	for _, line := range []string{"", "  \t\r", "\xEF\xBB\xBF", "\x00"} {
		if rec, ok := decodeLine(feed.NewContext("a"), []byte(line), feed.Place{}); ok {
			t.Errorf("%q became %+v", line, rec)
		}
	}
}

func TestRepairsAreCounted(t *testing.T) {
	tests := []struct {
		name, title, want string
		repairs           feed.Repairs
	}{
		{"Windows-1252", "B\xE9ni \x96 Butembo", "Béni – Butembo", feed.Repairs{Converted: 2}},
		{"no character set", "Béni \xE9", "Béni \uFFFD", feed.Repairs{Invalid: 1}},
		{"NUL", "a\x00b", "ab", feed.Repairs{NUL: 1}},
		{"a control", `a\u001b[31mb`, "a<U+001B>[31mb", feed.Repairs{Text: safetext.Report{Replaced: 1}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rec := decode(t, `{"id":"1","act":"riot","country":"ML","title":"`+tt.title+`"}`)
			if got := rec.Incident.Title.String(); got != tt.want || rec.Repairs != tt.repairs {
				t.Errorf("%q with %+v, want %q with %+v", got, rec.Repairs, tt.want, tt.repairs)
			}
		})
	}
	if rec := decode(t, "\xEF\xBB\xBF"+`{"id":"1","act":"riot","country":"ML"}`+"\r"); rec.Repairs.Marks != 1 {
		t.Errorf("a byte order mark is not counted: %+v", rec.Repairs)
	}
}

func TestSourceSpeaksForItsRecords(t *testing.T) {
	ctx := feed.NewContext("feeds/radio.jsonl")
	ctx.Authority = safetext.Const("base")
	ctx.Grade = safetext.Const("C3")
	ctx.Handling = incident.Known(incident.Internal)
	one := func(line string) incident.Incident {
		rec, _ := decodeLine(ctx, []byte(line), feed.Place{Line: 1})
		return rec.Incident
	}
	i := one(`{"id":"1","act":"riot","country":"ML"}`)
	if i.Identity.Authority.String() != "base" || i.Grade.String() != "C3" || !i.Handling.Is(incident.Internal) {
		t.Errorf("the source's word is not taken: %+v", i)
	}
	i = one(`{"id":"1","source":"team","act":"riot","country":"ML","grade":"A1","handling":"public"}`)
	if i.Identity.Authority.String() != "team" || i.Grade.String() != "A1" || !i.Handling.Is(incident.Public) {
		t.Errorf("the record's own word is not taken: %+v", i)
	}
	if i = one(`{"id":"1","act":"sexual_violence","country":"ML"}`); !i.Restricted() {
		t.Error("the source's handling opens a case of sexual violence")
	}
}

func TestRecognise(t *testing.T) {
	for _, head := range []string{
		full,
		full[:100] + "\n", // damaged, with the next line whole
		`{"heartbeat":"2026-11-20T14:30:00Z"}`,
		"\xEF\xBB\xBF\r\n" + `{"id":"1","act":"riot","country":"ML"}` + "\r\n",
		`{"id":"1","act":"riot","details":"` + strings.Repeat("x", 9000), // a long line cut off
	} {
		if strings.HasSuffix(head, "\n") {
			head += full
		}
		if !recognise([]byte(head)) {
			t.Errorf("not recognised: %.80q", head)
		}
	}
	for _, head := range []string{
		"", "{", "[1]", "Incident ID,Year\n1,2020", `{"type":"FeatureCollection","features":[]}`,
		"<rss/>", `{"data":[{"id":1}]}`, "{\n\"id\": 1,\n\"act\": 2\n}",
	} {
		if recognise([]byte(head)) {
			t.Errorf("taken for native: %.80q", head)
		}
	}
}
