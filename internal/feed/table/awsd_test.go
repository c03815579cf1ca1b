package table

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/feed/grid"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

func testdata(tb testing.TB, name string) []byte {
	tb.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	return body
}

func decode(t *testing.T, body []byte) feed.Document {
	t.Helper()
	if !AWSD.Recognise(body[:min(len(body), feed.HeadSize)]) {
		t.Fatal("not recognised")
	}
	doc, err := AWSD.Document(feed.NewContext("feeds/x.csv"), body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func when(s string) incident.When {
	w, err := incident.ParseWhen(s)
	if err != nil {
		panic(err)
	}
	return w
}

func people(r incident.Recruitment, o incident.Outcome, n int) incident.Affected {
	a := outcome(r, o)
	a.Count = n
	return a
}

func population(p incident.Population, n int) incident.Affected {
	return incident.Affected{Population: incident.Known(p), Count: n}
}

func sex(s incident.Sex, n int) incident.Affected {
	return incident.Affected{Sex: incident.Known(s), Count: n}
}

func TestRows(t *testing.T) {
	doc := decode(t, testdata(t, "awsd44.csv"))
	if len(doc.Records) != 6 || len(doc.Problems) != 0 {
		t.Fatalf("%d records, problems %v", len(doc.Records), doc.Problems)
	}
	identity := func(id string) incident.Identity {
		return incident.Identity{Authority: safetext.Const("awsd"), ID: safetext.Clean(id)}
	}
	want := []incident.Incident{
		{
			Identity: identity("9001"), Occurred: when("2031-03-14"),
			Countries: []country.Code{country.MustParse("MLI")},
			Admin1:    safetext.Const("Gao"), Place: safetext.Const("Ansongo"),
			Point: incident.Point{Lat: 15.66, Lon: 0.5}, HasPoint: true,
			Threat: incident.Known(incident.Crime), Act: incident.Known(incident.Shooting), Target: incident.Known(incident.TargetVehicle),
			Means: safetext.Const("Shooting"), Actor: safetext.Const("Criminal"),
			Details: safetext.Const("EXERCISE. One INGO and one NNGO national staff hit in an ambush.\nThe vehicle was taken.\n" +
				"Attack context: Ambush; Location: Road; Motive: Economic; Actor type: Criminal; Source: Official Report"),
			Affected: incident.Breakdown{
				population(incident.PopulationNGO, 2),
				people(incident.National, incident.Killed, 1), people(incident.National, incident.Injured, 1),
				sex(incident.Male, 1), sex(incident.Female, 1),
			},
			Verification: incident.Known(incident.Confirmed),
		},
		{
			Identity: identity("9002"), Occurred: when("2031-03"),
			Countries: []country.Code{country.MustParse("NAM")},
			Admin1:    safetext.Const("Khomas"), Place: safetext.Const("Windhoek"),
			Point: incident.Point{Lat: -22.56, Lon: 17.08}, HasPoint: true,
			Act: incident.Known(incident.Abduction), Target: incident.Known(incident.TargetPersonnel),
			Holder: incident.Known(incident.HolderNonState), Means: safetext.Const("Kidnapping"),
			Actor: safetext.Const("Group X-RAY (Non-state armed group: Global)"),
			Details: safetext.Const("EXERCISE. Two UN staff taken; the caller said \"two days\".\n" +
				"Attack context: Individual attack; Location: Home; Motive: Unknown; Actor type: Non-state armed group: Global; Source: Focal Point"),
			Affected: incident.Breakdown{
				population(incident.PopulationUN, 2), people(incident.National, incident.Abducted, 2), sex(incident.SexUnknown, 2),
			},
		},
		{
			Identity: identity("9003"), Occurred: when("2031"),
			CountryText: []safetext.Text{safetext.Const("Chechnya")}, Countries: []country.Code{country.RUS}, Inferred: true,
			Threat: incident.Known(incident.ArmedConflict), Act: incident.Known(incident.Landmine),
			Target: incident.Known(incident.TargetPersonnel), Means: safetext.Const("Landmine"),
			Details: safetext.Const("EXERCISE. Mine.\n" +
				"Attack context: Unknown; Location: Road; Motive: Incidental; Actor type: Unknown; Source: Archived"),
			Affected: incident.Breakdown{
				population(incident.PopulationRedCross, 3), people(incident.National, incident.Killed, 3), sex(incident.SexUnknown, 3),
			},
		},
		{
			Identity: identity("9004"), Occurred: when("2031-04-02"),
			Act: incident.Known(incident.Detention), Target: incident.Known(incident.TargetPersonnel),
			Holder: incident.Known(incident.HolderState), Means: safetext.Const("Detention/arrest"),
			Actor: safetext.Const("Police (Host State)"),
			Details: safetext.Const("EXERCISE. Held at a checkpoint.\n" +
				"Attack context: Detention; Location: Custody; Motive: Political; Actor type: Host State; Source: Media"),
			Affected: incident.Breakdown{
				population(incident.PopulationOther, 1), people(incident.International, incident.Detained, 1), sex(incident.Female, 1),
			},
		},
	}
	for n, w := range want {
		rec := &doc.Records[n]
		if diff := cmp.Diff(w, rec.Incident, feedtest.Text); diff != "" || len(rec.Problems) != 0 {
			t.Errorf("line %d: problems %q (-want +got):\n%s", rec.Line, feedtest.Messages(rec), diff)
		}
	}
	if i := &doc.Records[4].Incident; !i.Restricted() || !i.Threat.Is(incident.Crime) {
		t.Errorf("sexual violence: restricted %t, threat %v", i.Restricted(), i.Threat)
	}
	if i := &doc.Records[5].Incident; i.Identity != want[3].Identity || i.Hash() == want[3].Hash() {
		t.Error("the second incident of one id is lost")
	}
	var lines []int
	for n := range doc.Records {
		lines = append(lines, doc.Records[n].Line)
		feedtest.RoundTrip(t, &doc.Records[n].Incident)
	}
	if diff := cmp.Diff([]int{3, 6, 7, 8, 9, 10}, lines); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}

// TestEntitiesInCells: the forms of AWSD leave entities of HTML in its tables, also of what safetext makes visible.
func TestEntitiesInCells(t *testing.T) {
	body := bytes.Replace(testdata(t, "awsd44.csv"), []byte("EXERCISE. Mine."), []byte("EXERCISE.&nbsp;Mine &amp; a driver&rsquo;s car, R&D.&#27;[31m"), 1)
	details := decode(t, body).Records[2].Incident.Details
	if got := details.String(); !strings.HasPrefix(got, "EXERCISE. Mine & a driver’s car, R&D.") || strings.ContainsRune(got, 0x1b) {
		t.Errorf("%q", got)
	}
}

// TestOlderExport: who was detained is unknown in it, and what else there is stays known.
func TestOlderExport(t *testing.T) {
	doc := decode(t, testdata(t, "awsd41.csv"))
	if len(doc.Records) != 6 || len(doc.Problems) != 1 || !strings.Contains(doc.Problems[0].String(), "Nationals detained") {
		t.Fatalf("%d records, problems %v", len(doc.Records), doc.Problems)
	}
	i := &doc.Records[0].Incident
	figures := map[incident.Cut]int{
		{Outcome: incident.Killed}:                                       1,
		{Recruitment: incident.International, Outcome: incident.Injured}: 0,
		{Recruitment: incident.National}:                                 2,
		{Recruitment: incident.International}:                            0,
		{Population: incident.PopulationNGO}:                             2,
		{Sex: incident.Female}:                                           1,
		{}:                                                               2,
	}
	for cut, want := range figures {
		if n, known := i.Affected.Figure(cut); !known || n != want {
			t.Errorf("%+v: %d, known %t; want %d", cut, n, known, want)
		}
	}
	if n, known := i.Affected.Outcome(incident.Detained); known {
		t.Errorf("%d detained, which nobody said", n)
	}
	for n := range doc.Records {
		feedtest.RoundTrip(t, &doc.Records[n].Incident)
	}
}

// TestTagsAlone: a table whose only header is the row of tags gives the same, but for the columns
// that have none.
func TestTagsAlone(t *testing.T) {
	whole, tagged := decode(t, testdata(t, "awsd44.csv")), decode(t, testdata(t, "tags.csv"))
	if len(tagged.Records) != len(whole.Records) || len(tagged.Problems) != 1 {
		t.Fatalf("%d records, problems %v", len(tagged.Records), tagged.Problems)
	}
	a, b := whole.Records[0].Incident, tagged.Records[0].Incident
	if !b.Verification.Is(incident.Unconfirmed) {
		t.Errorf("verified as %v by a column that is not there", b.Verification)
	}
	a.Verification, a.Details, b.Details = b.Verification, safetext.Text{}, safetext.Text{}
	if diff := cmp.Diff(a, b, feedtest.Text); diff != "" {
		t.Errorf("another incident (-headers +tags):\n%s", diff)
	}
}

func TestSeparatorsAndCharacterSets(t *testing.T) {
	want := decode(t, testdata(t, "awsd44.csv"))
	original := string(testdata(t, "awsd44.csv"))
	forms := map[string]string{
		"byte order mark": "\xEF\xBB\xBF" + original,
		"CRLF":            strings.ReplaceAll(strings.ReplaceAll(original, "\r\n", "\n"), "\n", "\r\n"),
		"columns moved":   moveLastFirst(original),
		"blank lines":     strings.Replace(original, "\n9002", "\n\n\r\n9002", 1) + "\n,,,\n",
		"spaces and case": strings.Replace(original, `"Incident ID",Year`, `"incident_id "," YEAR"`, 1),
	}
	for name, form := range forms {
		t.Run(name, func(t *testing.T) {
			doc := decode(t, []byte(form))
			if len(doc.Records) != len(want.Records) {
				t.Fatalf("%d records, problems %v", len(doc.Records), doc.Problems)
			}
			for n := range doc.Records {
				if diff := cmp.Diff(want.Records[n].Incident, doc.Records[n].Incident, feedtest.Text); diff != "" {
					t.Errorf("line %d (-want +got):\n%s", doc.Records[n].Line, diff)
				}
			}
		})
	}
	for name, form := range map[string]string{
		"semicolons": strings.ReplaceAll(small, ",", ";"), "tabs": strings.ReplaceAll(small, ",", "\t"),
	} {
		if doc := decode(t, []byte(form)); len(doc.Records) != 1 || doc.Records[0].Kind != feed.Incident {
			t.Errorf("%s: %+v", name, doc)
		}
	}
	doc := decode(t, []byte(strings.Replace(small, "Somewhere", "B\xE9ni", 1)))
	if got := doc.Records[0].Incident.Place.String(); got != "Béni" || doc.Repairs.Converted != 1 {
		t.Errorf("Windows-1252 is read as %q, repairs %+v", got, doc.Repairs)
	}
}

// moveLastFirst moves the last column of a table in front.
func moveLastFirst(s string) string {
	content, err := grid.Open(feed.NewContext("x"), []byte(s))
	if err != nil {
		panic(err)
	}
	rows, r, _, err := content.Find(func([]string) bool { return true })
	if err != nil {
		panic(err)
	}
	var out strings.Builder
	for {
		cells := append([]string{r.Cells[len(r.Cells)-1]}, r.Cells[:len(r.Cells)-1]...)
		for n, cell := range cells {
			if n > 0 {
				out.WriteByte(',')
			}
			out.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
		}
		out.WriteByte('\n')
		if r, err = rows.Next(); err != nil {
			return out.String()
		}
	}
}

// small is the least that is in the format, and more columns in the order of their use.
const (
	smallHeader = "Incident ID,Year,Nationals killed,Internationals killed,Means of attack,Month,Day,Country Code,Country,City,Latitude,Longitude,UN,Total killed,Verified,Actor type\n"
	smallRow    = "1,2031,1,0,Shooting,5,6,ML,Mali,Somewhere,1.5,2.5,1,1,Yes,Unknown\n"
	small       = smallHeader + smallRow
)

func TestCellsThatAreWrong(t *testing.T) {
	tests := []struct {
		name, old, cell, want string
		check                 func(i *incident.Incident) bool
	}{
		{"a day that is none", ",5,6,", ",2,30,", `:2:23: "30" is no day of 2031-02`, func(i *incident.Incident) bool {
			return i.Occurred == when("2031-02")
		}},
		{"a month that is none", ",5,6,", ",13,6,", `:2:21: "13" is no month`, func(i *incident.Incident) bool {
			return i.Occurred == when("2031")
		}},
		{"a year that is none", ",2031,", ",soon,", `"soon" is not a whole number`, func(i *incident.Incident) bool {
			return i.Occurred.IsZero()
		}},
		{"a count in words", ",2031,1,", ",2031,one,", `:2:8: "one" is not a whole number: Nationals killed is taken as unknown`, func(i *incident.Incident) bool {
			n, known := i.Affected.Figure(incident.Cut{Recruitment: incident.National, Outcome: incident.Killed})
			total, knownTotal := i.Affected.Outcome(incident.Killed)
			return !known && n == 0 && knownTotal && total == 1
		}},
		{"half a person", ",1,1,Yes", ",1.5,1,Yes", `"1.5" is not a whole number: UN`, func(i *incident.Incident) bool {
			_, known := i.Affected.Figure(incident.Cut{Population: incident.PopulationUN})
			return !known
		}},
		{"totals that do not add up", ",1,1,Yes", ",1,4,Yes", `Total killed is 4 and its parts make 1`, func(i *incident.Incident) bool {
			n, known := i.Affected.Outcome(incident.Killed)
			return known && n == 1 && len(i.Affected) > 3
		}},
		{"a place off the earth", ",1.5,2.5,", ",91,2.5,", `is no position in degrees`, func(i *incident.Incident) bool {
			return !i.HasPoint
		}},
		{"a code that is new", ",Shooting,", ",Drone strike,", `:2:12: "Drone strike" is no code of Means of attack`, func(i *incident.Incident) bool {
			return i.Act.Unlisted() && i.Act.Text.String() == "Drone strike" && i.Means == i.Act.Text
		}},
		{"an actor that is new", ",Yes,Unknown", ",Yes,Mercenary", `"Mercenary" is no code of Actor type`, func(i *incident.Incident) bool {
			return i.Actor.String() == "Mercenary"
		}},
		{"a verification that is new", ",Yes,Unknown", ",Disproved,Unknown", `"Disproved" is no code of Verified`, func(i *incident.Incident) bool {
			return i.Verification.Value == incident.Unconfirmed && i.Verification.Text.String() == "Disproved"
		}},
		{"a code of another country", ",ML,Mali,", ",NE,Mali,", `another country: the code is taken`, func(i *incident.Incident) bool {
			return i.In(country.MustParse("NER")) && len(i.Countries) == 1
		}},
		{"a code that is none", ",ML,Mali,", ",??,Mali,", `"??" is no country code: the name is taken`, func(i *incident.Incident) bool {
			return i.In(country.MustParse("MLI"))
		}},
		{"neither code nor name", ",ML,Mali,", ",X9,,", `"X9" is no country code: it is kept`, func(i *incident.Incident) bool {
			return len(i.Countries) == 0 && i.CountryText[0].String() == "X9"
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := decode(t, []byte(strings.Replace(small, tt.old, tt.cell, 1)))
			rec := &doc.Records[0]
			if rec.Kind != feed.Incident || len(rec.Problems) == 0 {
				t.Fatalf("%v %q", rec.Kind, feedtest.Messages(rec))
			}
			if !strings.Contains(strings.Join(feedtest.Messages(rec), "\n"), tt.want) {
				t.Errorf("said %q, want %q", feedtest.Messages(rec), tt.want)
			}
			for _, p := range rec.Problems {
				if !p.Warning {
					t.Errorf("not a warning: %s", p)
				}
			}
			if !tt.check(&rec.Incident) {
				t.Errorf("decoded as %+v", rec.Incident)
			}
			feedtest.RoundTrip(t, &rec.Incident)
		})
	}
}

func TestCellsInSilence(t *testing.T) {
	tests := []struct {
		name, old, cell string
		check           func(i *incident.Incident) bool
	}{
		{"36.0 is 36", "1,2031,1,", "36.0,2031.0, 36.0 ,", func(i *incident.Incident) bool {
			n, known := i.Affected.Figure(incident.Cut{Recruitment: incident.National, Outcome: incident.Killed})
			return i.Identity.ID.String() == "36" && known && n == 36 && i.Occurred == when("2031-05-06")
		}},
		{"a count that is not there is unknown", ",1,1,Yes", ",,1,Yes", func(i *incident.Incident) bool {
			_, known := i.Affected.Figure(incident.Cut{Population: incident.PopulationUN})
			return !known
		}},
		{"nobody", "1,2031,1,", "1,2031,0,", func(i *incident.Incident) bool {
			n, known := i.Affected.Figure(incident.Cut{Recruitment: incident.International, Outcome: incident.Killed})
			return known && n == 0
		}},
		{"a country's own name without a code", ",ML,Mali,", ",,Mali,", func(i *incident.Incident) bool {
			return i.In(country.MustParse("MLI"))
		}},
		{"no country", ",ML,Mali,", ",,,", func(i *incident.Incident) bool {
			return len(i.Countries)+len(i.CountryText) == 0
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			form := strings.Replace(small, tt.old, tt.cell, 1)
			if tt.name == "nobody" || tt.name == "36.0 is 36" {
				form = strings.Replace(form, ",1,1,Yes", ",1,,Yes", 1)
			}
			doc := decode(t, []byte(form))
			rec := &doc.Records[0]
			if rec.Kind != feed.Incident || len(rec.Problems) != 0 {
				t.Fatalf("%v %q", rec.Kind, feedtest.Messages(rec))
			}
			if !tt.check(&rec.Incident) {
				t.Errorf("decoded as %+v", rec.Incident)
			}
			feedtest.RoundTrip(t, &rec.Incident)
		})
	}
}
