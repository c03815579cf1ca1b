package presence

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

var mli, ner = country.MustParse("MLI"), country.MustParse("NER")

func on(s string) incident.When {
	w, err := incident.ParseWhen(s)
	if err != nil {
		panic(err)
	}
	return w
}

// roster reads "id|name|organization|population|recruitment|sex|country|area|status|last contact".
func roster(source, asOf string, rows ...string) File {
	f := File{Source: source, AsOf: on(asOf).Start}
	for i, row := range rows {
		c := strings.Split(row, "|")
		p := Person{
			ID: safetext.Clean(c[0]), Name: NewName(safetext.Clean(c[1])), Organization: safetext.Clean(c[2]),
			Population: incident.ParsePopulation(c[3]), Recruitment: incident.ParseRecruitment(c[4]), Sex: incident.ParseSex(c[5]),
			Area: safetext.Clean(c[7]), Status: safetext.Clean(c[8]), Dependants: -1,
			LastContact: on(c[9]), Origin: incident.Origin{File: safetext.Clean(source), Line: i + 2},
		}
		p.Country, _ = country.Parse(c[6])
		f.People = append(f.People, p)
	}
	return f
}

// headcount reads "country|area|organization|population|recruitment|sex|count|as of".
func headcount(source string, rows ...string) File {
	f := File{Source: source}
	for i, row := range rows {
		c := strings.Split(row, "|")
		h := Headcount{
			Area: safetext.Clean(c[1]), Organization: safetext.Clean(c[2]), Population: incident.ParsePopulation(c[3]),
			Recruitment: incident.ParseRecruitment(c[4]), Sex: incident.ParseSex(c[5]), AsOf: on(c[7]),
			Origin: incident.Origin{File: safetext.Clean(source), Line: i + 2},
		}
		h.Country, _ = country.Parse(c[0])
		if _, err := fmt.Sscan(c[6], &h.Count); err != nil {
			panic(err)
		}
		f.Headcounts = append(f.Headcounts, h)
	}
	return f
}

// figures is a country's staff in short: total n national i international ? of unknown recruitment,
// f female m male ? of unknown sex, and as of when.
func figures(l *Ledger, c country.Code) string {
	t, ok := l.Totals(c)
	if !ok {
		return "unknown"
	}
	asOf := "unknown"
	if !t.AsOf.IsZero() {
		asOf = t.AsOf.Format(time.DateOnly)
	}
	return fmt.Sprintf("%d: %dn %di %d?, %df %dm %d?, %s", t.Total, t.National, t.International, t.RecruitmentUnknown, t.Female, t.Male, t.SexUnknown, asOf)
}

func TestReconcileFigures(t *testing.T) {
	for name, c := range map[string]struct {
		files            []File
		mli, ner         string
		merged, aside    int
		superseded, away int
		differences      []string
	}{
		"nothing is unknown and not 0": {mli: "unknown", ner: "unknown"},
		"people": {
			files: []File{roster("a", "2026-11-20",
				"1|A|UNHCR|un|national|f|MLI|Gao||2026-11-20", "2|B|UNHCR|un|international|m|MLI|Gao||2026-11-01", "3|C|WFP|un|||MLI|||")},
			mli: "3: 1n 1i 1?, 1f 1m 1?, 2026-11-20", ner: "unknown",
		},
		"the newest contact decides where somebody is": {
			files: []File{
				roster("a", "2026-11-20", "1|A|UNHCR|un|national|f|MLI|Gao||2026-11-18", "2|B|UNHCR|un|national|f|MLI|Gao||2026-11-20"),
				roster("b", "2026-11-19", "1|A|UNHCR|un|national|f|NER|Diffa||2026-11-19"),
			},
			mli: "1: 1n 0i 0?, 1f 0m 0?, 2026-11-20", ner: "1: 1n 0i 0?, 1f 0m 0?, 2026-11-19", merged: 1,
		},
		"a row without a time is as old as its file": {
			files: []File{
				roster("a", "2026-11-20", "1|A|UNHCR|un|national|f|MLI|||"),
				roster("b", "2026-11-19", "1|A|UNHCR|un|national|f|NER|||2026-11-19"),
			},
			mli: "1: 1n 0i 0?, 1f 0m 0?, 2026-11-20", ner: "unknown", merged: 1,
		},
		"a warden list that says less takes nothing away": {
			files: []File{
				roster("hr", "2026-11-01", "1|A|UNHCR|un|national|f|MLI|Gao||2026-11-01"),
				roster("warden", "2026-11-20", "1|||||||| safe|2026-11-20"),
			},
			mli: "1: 1n 0i 0?, 1f 0m 0?, 2026-11-20", ner: "unknown", merged: 1,
		},
		"the same number in two organisations is two people": {
			files: []File{
				roster("a", "2026-11-20", "001|A|UNHCR|un|national|f|MLI|||2026-11-20"),
				roster("b", "2026-11-20", "001|B|ACME|ngo|national|m|MLI|||2026-11-20"),
			},
			mli: "2: 2n 0i 0?, 1f 1m 0?, 2026-11-20", ner: "unknown",
		},
		"the same number and name in two organisations is one": {
			files: []File{
				roster("a", "2026-11-20", "001|Oscar  One|UNHCR|un|national|f|MLI|||2026-11-20"),
				roster("b", "2026-11-20", "001|oscar one|UN Refugee Agency|un|national|f|MLI|||2026-11-19"),
			},
			mli: "1: 1n 0i 0?, 1f 0m 0?, 2026-11-20", ner: "unknown", merged: 1,
		},
		"a row without an organisation makes nobody more": {
			files: []File{
				roster("a", "2026-11-20", "001|A|UNHCR|un|national|f|MLI|||2026-11-20", "001|B|ACME|ngo|national|m|MLI|||2026-11-20"),
				roster("b", "2026-11-20", "001||||||MLI|||2026-11-19"),
			},
			mli: "2: 2n 0i 0?, 1f 1m 0?, 2026-11-20", ner: "unknown", merged: 1,
		},
		"without a number nobody can be told apart or together": {
			files: []File{roster("a", "2026-11-20", "|A|UNHCR|un|||MLI|||", "|A|UNHCR|un|||MLI|||")},
			mli:   "2: 0n 0i 2?, 0f 0m 2?, 2026-11-20", ner: "unknown",
		},
		"who left is listed and not counted": {
			files: []File{roster("a", "2026-11-20", "1|A|UNHCR|un|national|f|MLI||Left area|2026-11-20", "2|B|UNHCR|un|national|f|MLI||not_expected|2026-11-20",
				"3|C|UNHCR|un|national|f|MLI||no reply|2026-11-20", "4|D|UNHCR|un|national|f|MLI||missing|2026-11-20", "5|E|UNHCR|un|national|f|MLI||on leave|2026-11-20")},
			mli: "3: 3n 0i 0?, 3f 0m 0?, 2026-11-20", ner: "unknown", away: 2,
		},
		"a country that everybody left has 0 staff": {
			files: []File{roster("a", "2026-11-20", "1|A|UNHCR|un|national|f|MLI||departed|2026-11-20")},
			mli:   "0: 0n 0i 0?, 0f 0m 0?, 2026-11-20", ner: "unknown", away: 1,
		},
		"counts of different people are added, as old as the oldest": {
			files: []File{headcount("a", "MLI|Gao|WFP|un|national|f|11|2026-11-20", "MLI|Gao|WFP|un|international|m|3|2026-11-10", "MLI|Kidal|ACME|ngo|national|m|5|2026-11-19")},
			mli:   "19: 16n 3i 0?, 11f 8m 0?, 2026-11-10", ner: "unknown",
		},
		"the newest of one description holds": {
			files: []File{
				headcount("a", "MLI|Gao|WFP|un|national||11|2026-10-01", "MLI|Gao|WFP|un|national||9|2026-11-01"),
				headcount("b", "MLI|gao|Wfp|un|national||8|2026-09-01", "MLI|Gao|WFP|un|national||12|2026-11-01"),
			},
			mli: "12: 12n 0i 0?, 0f 0m 12?, 2026-11-01", ner: "unknown", superseded: 3,
		},
		"margins are the same people": {
			files: []File{headcount("a", "MLI|Gao|WFP|un|national||80|2026-11-20", "MLI|Gao|WFP|un|international||20|2026-11-20",
				"MLI|Gao|WFP|un||f|60|2026-11-20", "MLI|Gao|WFP|un||m|30|2026-11-20", "MLI|Gao|WFP|un|||100|2026-11-20")},
			mli: "100: 80n 20i 0?, 60f 30m 10?, 2026-11-20", ner: "unknown", aside: 1,
		},
		"the finest breakdown holds its dimensions": {
			files: []File{headcount("a", "MLI|Gao|WFP|un|national|f|40|2026-11-20", "MLI|Gao|WFP|un|national|m|40|2026-11-20", "MLI|Gao|WFP|un|national||79|2026-11-20")},
			mli:   "80: 80n 0i 0?, 40f 40m 0?, 2026-11-20", ner: "unknown", aside: 1,
		},
		"what a total has beyond its parts is unknown": {
			files: []File{headcount("a", "MLI|Gao|WFP|un|national||60|2026-11-20", "MLI|Gao|WFP|un|||100|2026-11-19")},
			mli:   "100: 60n 0i 40?, 0f 0m 100?, 2026-11-19", ner: "unknown",
		},
		"unknown is a value": {
			files: []File{headcount("a", "MLI|Gao|WFP|un|national|unknown|60|2026-11-20", "MLI|Gao|WFP|un|unknown|f|10|2026-11-20", "MLI|Gao|WFP|un|volunteer|f|5|2026-11-20")},
			mli:   "75: 60n 0i 15?, 15f 0m 60?, 2026-11-20", ner: "unknown",
		},
		"nobody said when": {
			files: []File{headcount("a", "MLI|Gao|WFP|un|||4|2026-11-20", "MLI|Gao|ACME|ngo|||4|")},
			mli:   "8: 0n 0i 8?, 0f 0m 8?, unknown", ner: "unknown",
		},
		"the roster wins and the difference is shown": {
			files: []File{
				roster("a", "2026-11-20", "1|A|UNHCR|un|national|f|MLI|Gao||2026-11-20", "2|B|UNHCR|un|national|m|MLI|Kidal||2026-11-20"),
				headcount("b", "MLI|Gao|UNHCR|un|national||3|2026-11-01", "MLI||unhcr|un|||5|2026-11-01", "MLI|Gao|WFP|un|national||4|2026-11-01"),
			},
			mli: "6: 6n 0i 0?, 1f 1m 4?, 2026-11-01", ner: "unknown", aside: 2, differences: []string{"MLI UNHCR un 2 5"},
		},
		"a roster that agrees": {
			files: []File{
				roster("a", "2026-11-20", "1|A|UNHCR|un|national|f|MLI|Gao||2026-11-20"),
				headcount("b", "MLI|Gao|UNHCR|un|national||1|2026-11-01"),
			},
			mli: "1: 1n 0i 0?, 1f 0m 0?, 2026-11-20", ner: "unknown", aside: 1,
		},
		"a total over organisations holds the people of a roster": {
			files: []File{
				roster("a", "2026-11-20", "1|A|UNHCR|un|national|f|MLI|Gao||2026-11-20"),
				headcount("b", "MLI|||un|||5|2026-11-01", "MLI|||ngo|||7|2026-11-10"),
			},
			mli: "12: 1n 0i 11?, 1f 0m 11?, 2026-11-01", ner: "unknown",
		},
		"populations with words of their own are not one": {
			files: []File{headcount("b", "MLI||WFP|porters|||5|2026-11-01", "MLI||WFP|guards|||7|2026-11-10")},
			mli:   "12: 0n 0i 12?, 0f 0m 12?, 2026-11-01", ner: "unknown",
		},
		"two breakdowns that cross": {
			files: []File{headcount("b", "MLI|Gao||un|||40|2026-11-20", "MLI|Kidal||un|||60|2026-11-20", "MLI||WFP|un|||70|2026-11-20", "MLI||UNHCR|un|||50|2026-11-20")},
			mli:   "120: 0n 0i 120?, 0f 0m 120?, 2026-11-20", ner: "unknown", aside: 2,
		},
	} {
		t.Run(name, func(t *testing.T) {
			l := Reconcile(c.files)
			if got := figures(&l, mli); got != c.mli {
				t.Errorf("MLI: %s, want %s", got, c.mli)
			}
			if got := figures(&l, ner); got != c.ner {
				t.Errorf("NER: %s, want %s", got, c.ner)
			}
			if l.Merged != c.merged || l.SetAside != c.aside || l.Superseded != c.superseded || l.NotExpected != c.away {
				t.Errorf("merged %d, aside %d, superseded %d, away %d", l.Merged, l.SetAside, l.Superseded, l.NotExpected)
			}
			var differences []string
			for _, d := range l.Differences {
				differences = append(differences, fmt.Sprint(d.Country, " ", d.Organization, " ", d.Population.Value, " ", d.Roster, " ", d.Headcount))
			}
			if diff := cmp.Diff(c.differences, differences); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTotalsOverAreasAreMargins(t *testing.T) {
	l := Reconcile([]File{headcount("a",
		"MLI|Gao|WFP|un|national||60|2026-11-20", "MLI|Kidal|WFP|un|||10|2026-11-20", // 70 in areas
		"MLI||WFP|un|||75|2026-11-20", // 5 more in no area that anybody names
		"MLI|||un|||75|2026-11-20",    // nobody more
		"MLI||||||80|2026-11-20",      // 5 more of whom nothing is known
	)})
	if got := figures(&l, mli); got != "80: 60n 0i 20?, 0f 0m 80?, 2026-11-20" {
		t.Error(got)
	}
	var areas []string
	for _, p := range l.ByArea(mli) {
		areas = append(areas, fmt.Sprint(p.Name, " ", p.Total))
	}
	if diff := cmp.Diff([]string{"Gao 60", "Kidal 10", " 10"}, areas); diff != "" {
		t.Error(diff)
	}
	var organizations []string
	for _, p := range l.ByOrganization(mli) {
		organizations = append(organizations, fmt.Sprint(p.Name, " ", p.Total))
	}
	if diff := cmp.Diff([]string{"WFP 75", " 5"}, organizations); diff != "" {
		t.Error(diff)
	}
	var populations []string
	for _, p := range l.ByPopulation(mli) {
		populations = append(populations, fmt.Sprint(p.Name, " ", p.Total))
	}
	if diff := cmp.Diff([]string{"un 75", " 5"}, populations); diff != "" {
		t.Error(diff)
	}
	if l.SetAside != 1 {
		t.Errorf("aside %d", l.SetAside)
	}
}

// A row that claims a time after the file was written does not win for it.
func TestTheFutureMakesNothingFresh(t *testing.T) {
	modified := on("2026-11-20T12:00:00Z").Start
	a := roster("a", "2026-11-19", "1|A|UNHCR|un|national|f|MLI|||2027-01-01")
	a.Modified = modified
	b := roster("b", "2026-11-20", "1|A|UNHCR|un|national|f|NER|||2026-11-20T11:00:00Z")
	b.Modified = modified
	l := Reconcile([]File{a, b})
	if _, ok := l.Totals(mli); ok {
		t.Error("the row from the future won")
	}
	if len(l.People) != 1 || l.People[0].Country != ner {
		t.Errorf("%+v", l.People)
	}
}

func TestDiff(t *testing.T) {
	before := Reconcile([]File{headcount("a", "MLI|Gao|WFP|un|||4|2026", "MLI|Kidal|WFP|un|||6|2026", "NER||ACME|ngo|||7|2026", "TCD||ACME|ngo|||7|2026")})
	after := Reconcile([]File{headcount("a", "MLI|Gao|wfp|un|||4|2026", "MLI|Kidal|WFP|un|||9|2026", "NER||ACME|ngo|||7|2026", "BFA||ACME|ngo|||0|2026")})
	seen := on("2026-11-20").Start
	var got []string
	for _, c := range Diff(&before, &after, seen) {
		got = append(got, fmt.Sprint(c.Country, " ", c.Organization, " ", c.Population.Value, " ", c.From, c.Was, " ", c.To, c.Is))
		if !c.Seen.Equal(seen) {
			t.Errorf("seen %v", c.Seen)
		}
	}
	if diff := cmp.Diff([]string{"BFA ACME ngo 0 false 0 true", "MLI WFP un 10 true 13 true", "TCD ACME ngo 7 true 0 false"}, got); diff != "" {
		t.Error(diff)
	}
	if c := Diff(nil, nil, seen); c != nil {
		t.Error(c)
	}
	if c := Diff(nil, &before, seen); len(c) != 3 {
		t.Errorf("%d changes from nothing", len(c))
	}
	if c := Diff(&before, &before, seen); c != nil {
		t.Error(c)
	}
}

// No way of printing a person prints the name.
func TestNameNeverPrints(t *testing.T) {
	p := Person{Name: NewName(safetext.Const("Secret"))}
	data, err := json.Marshal(p.Name)
	if err != nil {
		t.Fatal(err)
	}
	out := string(data)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T", "%10s"} {
		out += fmt.Sprintf(verb+" "+verb+" "+verb, p.Name, &p.Name, p)
	}
	out += fmt.Sprint(p, &p, []Person{p}, map[string]Person{"a": p}, fmt.Errorf("%v", p))
	for _, leak := range []string{"Secret", fmt.Sprintf("%x", "Secret"), fmt.Sprintf("%X", "Secret")} {
		if strings.Contains(out, leak) {
			t.Errorf("%q in %s", leak, out)
		}
	}
	if p.Name.Reveal().String() != "Secret" || p.Name.IsZero() || !(Name{}).IsZero() {
		t.Error("Reveal is the name")
	}
}
