package desk

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/presence"
)

var mali = country.MustParse("MLI")

func parsePresence(t *testing.T, text string, modified time.Time) (presence.File, string) {
	t.Helper()
	file, problems, err := ParsePresence("presence/f.csv", []byte(text), modified)
	if err != nil {
		t.Fatalf("%v\n%s", err, printed(problems))
	}
	return file, printed(problems)
}

func TestRosterIsRead(t *testing.T) {
	file, problems := parsePresence(t, `person_id,name,sex,organization,population,recruitment,country,area,place,lat,lon,warden_zone,dependants,status,last_contact
P-1,Oscar One,f,UNHCR,un,national,MLI,Gao region,Gao,16.27,-0.04,Gao 1,2,safe,2026-11-20T06:10:00Z
P-2,Oscar Two,,UNHCR,ngo,,Burkina Faso,,,,,,,,2026-11
`, time.Time{})
	if problems != "" || len(file.People) != 2 {
		t.Fatalf("%d people\n%s", len(file.People), problems)
	}
	p := file.People[0]
	if p.ID.String() != "P-1" || p.Name.Reveal().String() != "Oscar One" || !p.Sex.Is(incident.Female) || !p.Recruitment.Is(incident.National) ||
		!p.Population.Is(incident.PopulationUN) || p.Country != mali || !p.HasPoint || p.Point.Lat != 16.27 || p.Dependants != 2 ||
		p.WardenZone.String() != "Gao 1" || p.Status.String() != "safe" || p.LastContact.String() != "2026-11-20T06:10:00Z" || p.Origin.Line != 2 {
		t.Errorf("wrong: %+v", p)
	}
	p = file.People[1]
	if p.Sex.Value != incident.SexAny || p.Recruitment.Value != incident.RecruitmentAny || p.HasPoint || p.Dependants != -1 || p.LastContact.Precision != incident.ToMonth {
		t.Errorf("wrong: %+v", p)
	}
	if want := time.Date(2026, 11, 20, 6, 10, 0, 0, time.UTC); !file.AsOf.Equal(want) {
		t.Errorf("as of %v", file.AsOf)
	}
}

func TestCallSigns(t *testing.T) {
	tests := []struct{ name, csv, id, sign string }{
		{"beside an id", "person_id,name,call_sign,country\nP-1,A,Oscar 8,MLI\n", "P-1", "Oscar 8"},
		{"of a tracker", "person_id,name,country,Tracker ID\nP-1,A,MLI,ANDROID-1\n", "P-1", "ANDROID-1"},
		{"alone", "callsign,name,country\nOscar 8,A,MLI\n", "Oscar 8", "Oscar 8"},
		{"none", "person_id,name,country\nP-1,A,MLI\n", "P-1", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, _, err := ParsePresence("presence/x.csv", []byte(tt.csv), time.Time{})
			if err != nil || len(f.People) != 1 {
				t.Fatalf("%v, %d people", err, len(f.People))
			}
			if p := &f.People[0]; p.ID.String() != tt.id || p.CallSign.Reveal().String() != tt.sign {
				t.Errorf("id %q, call sign %q", p.ID, p.CallSign.Reveal())
			}
		})
	}
}

func TestHeadcountIsRead(t *testing.T) {
	file, problems := parsePresence(t, `country,area,organization,population,recruitment,sex,count,as_of
MLI,Gao,WFP,un,national,f,11,2026-11-20
mali,,WFP,un,,,"1,204",2026-11
MLI,Total,All,,Total,both,0,2026
`, time.Time{})
	if problems != "" || len(file.Headcounts) != 3 {
		t.Fatalf("%+v\n%s", file, problems)
	}
	if h := file.Headcounts[1]; h.Count != 1204 || h.Recruitment.Value != incident.RecruitmentAny || h.AsOf.Precision != incident.ToMonth {
		t.Errorf("wrong: %+v", h)
	}
	if h := file.Headcounts[2]; !h.Area.IsZero() || !h.Organization.IsZero() || h.Sex.Value != incident.SexAny || h.Recruitment.Value != incident.RecruitmentAny {
		t.Errorf("words for everyone are no dimensions: %+v", h)
	}
}

// Exports as they come: other headings, a title above, other separators and encodings.
func TestMessyExports(t *testing.T) {
	latin := func(s string) string {
		b, err := charmap.Windows1252.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	utf16 := func(s string) string {
		b := []byte{0xFF, 0xFE}
		for _, r := range s {
			b = append(b, byte(r), byte(r>>8))
		}
		return string(b)
	}
	const export = "Staff ID;First name;Last Name;Gender;Agency;Nationality Type;Country of Assignment;Duty Station;Last seen;Category\r\n" +
		"0017;Oscar;One;Female;UNHCR;Locally recruited;Côte d'Ivoire;Abidjan;20/11/2026;G5\r\n" +
		"0018;Oscar;Two;MALE;UNHCR;Expatriate;Côte d'Ivoire;Abidjan;03/11/2026 14:30;P4\r\n" +
		";;;;;;;;;\r\n" +
		"0019;Oscar;Three;non-binary;UNHCR;Consultant;Côte d'Ivoire;Abidjan;05-Nov-2026;P4;\r\n"
	for name, text := range map[string]string{
		"plain":        export,
		"mark":         "\uFEFF" + export,
		"1252":         latin(export),
		"utf16":        utf16(export),
		"tabs":         strings.ReplaceAll(export, ";", "\t"),
		"sep":          "sep=;\r\n" + export,
		"title":        "Staff list, monthly;;\r\n\r\n" + export,
		"hxl":          strings.Replace(export, "\r\n0017", "\r\n;;#meta;;;;#country;;;\r\n0017", 1),
		"no line end":  strings.TrimSuffix(export, "\r\n"),
		"line feeds":   strings.ReplaceAll(export, "\r\n", "\n"),
		"quoted":       strings.ReplaceAll(export, "UNHCR", "\"UNHCR\""),
		"bars":         strings.ReplaceAll(export, ";", "|"),
		"upper header": strings.Replace(export, "Staff ID;First name", "STAFF_ID;FIRST NAME", 1),
	} {
		file, problems := parsePresence(t, text, time.Time{})
		if len(file.People) != 3 {
			t.Errorf("%s: %d people\n%s", name, len(file.People), problems)
			continue
		}
		one, two, three := file.People[0], file.People[1], file.People[2]
		if one.ID.String() != "0017" || one.Name.Reveal().String() != "Oscar One" || one.Country != country.MustParse("CIV") || !one.Recruitment.Is(incident.National) ||
			one.Place.String() != "Abidjan" || one.LastContact.String() != "2026-11-20" {
			t.Errorf("%s: %+v", name, one)
		}
		// The first date shows that the day comes first; a clock without a zone leaves the date.
		if !two.Sex.Is(incident.Male) || !two.Recruitment.Is(incident.International) || two.LastContact.String() != "2026-11-03" {
			t.Errorf("%s: %+v", name, two)
		}
		if three.Sex.Value != incident.SexUnknown || three.Sex.Text.String() != "non-binary" || three.Recruitment.Value != incident.RecruitmentUnknown {
			t.Errorf("%s: %+v", name, three)
		}
		for _, want := range []string{`column "Category" is not known`, "the sex is a word that is not known", "the recruitment is a word", "the time has no zone"} {
			if !strings.Contains(problems, want) {
				t.Errorf("%s: no %q in\n%s", name, want, problems)
			}
		}
		if strings.Contains(problems, "Windows-1252") != (name == "1252") {
			t.Errorf("%s: %s", name, problems)
		}
	}
}

func TestPresenceProblems(t *testing.T) {
	roster := "person_id,name,country,lat,lon,dependants,last_contact\n"
	counts := "country,area,count,as_of\n"
	for text, want := range map[string]string{
		roster + "P-1,Secret,Nowhere,,,,\n":               "presence/f.csv:2:12: this is no country that is known: the row is left out; write an alpha-3 code, such as MLI\n",
		roster + ",,MLI,,,,\nP-2,,MLI,,,,\n":              "presence/f.csv:2: this row has neither a person_id nor a name: it is left out; complete it or remove it\n",
		roster + "P-1,Secret,MLI,,,,,,Secret\n":           "presence/f.csv:2:20: this row has 9 cells and the heading 7: put a text with a separator in it into quotes\n",
		roster + "P-1,Sec\"ret,MLI,,,,\nP-2,,MLI,,,,\n":   "presence/f.csv:2:8: a quote stands inside a cell: write it twice and put the cell in quotes; this row is left out\n",
		roster + "P-1,\"Sec\"ret,MLI,,,,\nP-2,,MLI,,,,\n": "presence/f.csv:2:9: a quote stands inside a cell in quotes: write it twice; this row is left out\n",
		roster + ",Secret,,,,,\n": "warning: presence/f.csv:2:1: person_id is missing: this person cannot be matched with other files; give it the one that these use\n" +
			"warning: presence/f.csv:2:9: the country is missing: unless another file gives it, this person is counted in no country\n",
		roster + "P-1,,MLI,91,0,,\nP-2,,MLI,1,,,\n": "warning: presence/f.csv:2:10: the position is not on the earth: it is taken as not given; write degrees with a point, such as 15.66 and 0.5 (2 rows, the first is here)\n",
		roster + "P-1,,MLI,,,many,\n":               "warning: presence/f.csv:2:12: dependants is not a number: it is taken as not given\n",
		roster + "P-1,,MLI,,,,03/04/2026\n":         "warning: presence/f.csv:2:13: the time cannot be read, or can be read as two dates: it is taken as not given; write 2026-11-20T14:21:00Z or 2026-11-20\n",
		roster + "P-1,,MLI,,,,2027-01-01\n":         "warning: presence/f.csv:2:13: the time is later than the file was written: it makes nothing fresh\n",
		roster:                                      "warning: presence/f.csv: the file lists nobody: if that is not so, it was cut off\n",
		counts + "MLI,,-1,2026\n":                   "presence/f.csv:2:6: the count is not a whole number of 0 or more: the row is left out; write 0 if nobody is there\n",
		counts + "MLI,,,2026\n":                     "presence/f.csv:2:6: the count is not",
		counts + "MLI,,\"1,20\",2026\n":             "presence/f.csv:2:6: the count is not",
		counts + "MLI,,1e3,2026\n":                  "presence/f.csv:2:6: the count is not",
		counts + ",,4,2026\n":                       "presence/f.csv:2:1: this is no country",
		counts + "Total,,4,2026\n":                  "warning: presence/f.csv:2:1: the row is a total over countries: it is left out, as its people would be counted twice\n",
		"country,count\nMLI,4\n":                    "warning: presence/f.csv:1: there is no column as_of: nobody can say how old these figures are\n",
		"name,country,sex\nA,MLI,f\n":               "warning: presence/f.csv:1: there is no column person_id",
		"person_id,status\nP-1,safe\n":              "warning: presence/f.csv:1: there is no column country",
	} {
		file, problems := parsePresence(t, text, time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC))
		if !strings.HasPrefix(problems, want) {
			t.Errorf("%q:\n got %s\nwant %s", text, problems, want)
		}
		if strings.Contains(problems, "Sec") {
			t.Errorf("a cell of a roster in a problem: %s", problems)
		}
		if n := strings.Count(text, "P-2"); n > 0 && len(file.People) == 0 {
			t.Errorf("%q: the rest did not go on", text)
		}
	}
}

func TestPresenceRefusedWhole(t *testing.T) {
	roster := "person_id,name,country,status\n"
	for text, want := range map[string]error{
		"":                             ErrRefused,
		"   \n\n":                      ErrRefused,
		"a,b,c\n1,2,3\n":               ErrRefused,
		"Secret Person,MLI\n":          ErrRefused,
		roster + "P-1,Secret Person,M": ErrHalf,
		roster + "P-1,Secret Person,MLI,safe\nP-2,\"Secret":                           ErrHalf,
		roster + "P-1,\"Secret Person,MLI,safe\nP-2,x,MLI,safe\n":                     ErrRefused,
		roster + "P-1,\"Secret Person,MLI,safe\nP-2,\"x\",MLI,safe\nP-3,y,MLI,safe\n": ErrRefused,
		roster + "P-1,\"Secret Person,MLI,safe\nP-2,x\",MLI\nP-3,y,MLI,safe\n":        ErrRefused,
		"person_id,na": ErrHalf,
	} {
		file, problems, err := ParsePresence("f.csv", []byte(text), time.Time{})
		if !errors.Is(err, want) || len(file.People) > 0 || CountErrors(problems) == 0 {
			t.Errorf("%q: %v, %d people\n%s", text, err, len(file.People), printed(problems))
		}
		if strings.Contains(printed(problems)+err.Error(), "Secret") {
			t.Errorf("a name in a problem: %s %v", printed(problems), err)
		}
	}
	if _, problems, err := ParsePresence("f.csv", make([]byte, maxTable+1), time.Time{}); err == nil || CountErrors(problems) != 1 {
		t.Errorf("too large: %v", err)
	}
}

// A file that claims the future, or was copied later, is no fresher for it.
func TestPresenceContentTime(t *testing.T) {
	modified := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for last, want := range map[string]time.Time{
		"2026-11-19T10:00:00Z": time.Date(2026, 11, 19, 10, 0, 0, 0, time.UTC),
		"2026-11-20T12:01:00Z": modified, // within the tolerance of clocks
		"2027-01-01":           {},
		"":                     {},
	} {
		file, _ := parsePresence(t, "person_id,country,last_contact\nP-1,MLI,"+last+"\n", modified)
		if !file.AsOf.Equal(want) {
			t.Errorf("%q: %v", last, file.AsOf)
		}
	}
}

func TestDates(t *testing.T) {
	type result struct {
		when         string
		zoneless, ok bool
	}
	for s, want := range map[string]result{
		"":                          {"", false, true},
		"2026-11-20T14:21:00+01:00": {"2026-11-20T13:21:00Z", false, true},
		"2026-11-20 14:21:00":       {"2026-11-20", true, true},
		"2026/11/20":                {"2026-11-20", false, true},
		"5-Nov-2026":                {"2026-11-05", false, true},
		"05 November 2026":          {"2026-11-05", false, true},
		"5.11.2026 08:00":           {"2026-11-05", true, true},
		"20/11/2026":                {"", false, false},
		"45981":                     {"", false, false}, // a spreadsheet's number of days
		"0001-01-01 00:00":          {"", false, false},
		"yesterday":                 {"", false, false},
	} {
		w, zoneless, ok := moment(s, orderUnknown)
		if got := (result{w.String(), zoneless, ok}); got != want {
			t.Errorf("%q: %+v", s, got)
		}
	}
	for _, c := range []struct {
		order dateOrder
		s     string
		want  string
	}{
		{dayFirst, "03/04/2026", "2026-04-03"},
		{monthFirst, "03/04/2026", "2026-03-04"},
		{orderMixed, "03/04/2026", ""},
		{dayFirst, "31/02/2026", ""},
		{monthFirst, "13/01/2026", ""},
		{dayFirst, "3/4/26", ""},
	} {
		if w, _, _ := moment(c.s, c.order); w.String() != c.want {
			t.Errorf("%v %s: %s", c.order, c.s, w)
		}
	}
	learned := func(dates ...string) (o dateOrder) {
		for _, d := range dates {
			o = o.learn(d)
		}
		return o
	}
	for want, dates := range map[dateOrder][]string{
		orderUnknown: {"01/02/2026", "", "x"}, dayFirst: {"01/02/2026", "13/02/2026"}, monthFirst: {"02/13/2026 10:00"}, orderMixed: {"13/02/2026", "02/13/2026"},
	} {
		if got := learned(dates...); got != want {
			t.Errorf("%v: %v", dates, got)
		}
	}
}

// Every heading belongs to one column, and the contract's own are all there.
func TestHeadings(t *testing.T) {
	seen := map[string]column{}
	for c, list := range headings {
		for _, h := range list {
			if foldHeading(h) != h {
				t.Errorf("%q is not folded and will never be found", h)
			}
			if other, again := seen[h]; again {
				t.Errorf("%q is of columns %d and %d", h, other, c)
			}
			seen[h] = c
		}
	}
	for _, h := range strings.Split("person_id,name,sex,organization,population,recruitment,country,area,place,lat,lon,warden_zone,dependants,status,last_contact,count,as_of", ",") {
		if seen[foldHeading(h)] == noColumn {
			t.Errorf("%s is not known", h)
		}
	}
	for w := range sexWords {
		checkFolded(t, w)
	}
	for w := range recruitmentWords {
		checkFolded(t, w)
	}
	for w := range populationWords {
		checkFolded(t, w)
	}
	for _, w := range incident.PopulationWords() {
		if word(populationWords, w, incident.ParsePopulation).Unlisted() {
			t.Errorf("population %s is not known", w)
		}
	}
}

func checkFolded(t *testing.T, w string) {
	t.Helper()
	if foldHeading(w) != w {
		t.Errorf("%q is not folded and will never be found", w)
	}
}

// A big roster with the same thing wrong in every row says so once.
func TestWarningsAreCounted(t *testing.T) {
	var b strings.Builder
	b.WriteString("person_id,country,sex,last_contact\n")
	for i := range 1000 {
		fmt.Fprintf(&b, "P-%d,MLI,x,2026-11-20 10:00\n", i)
	}
	file, problems := parsePresence(t, b.String(), time.Time{})
	want := "warning: presence/f.csv:2:9: the sex is a word that is not known: it counts as unknown; write f, m or unknown (1000 rows, the first is here)\n" +
		"warning: presence/f.csv:2:11: the time has no zone: only its date is used; write 2026-11-20T14:21:00Z (1000 rows, the first is here)\n"
	if diff := cmp.Diff(want, problems); diff != "" || len(file.People) != 1000 {
		t.Error(diff)
	}
}

// A roster cut off at any byte lists no wrong people: it is refused or holds whole rows.
func TestHalfWrittenRoster(t *testing.T) {
	const text = "person_id,name,country,status\nP-1,\"One, Oscar\",MLI,safe\nP-2,Two,NER,safe\n"
	whole, _ := parsePresence(t, text, time.Time{})
	for n := range text {
		file, _, err := ParsePresence("presence/f.csv", []byte(text[:n]), time.Time{})
		if err != nil || Unterminated([]byte(text[:n])) {
			continue
		}
		for i, p := range file.People {
			if p.ID != whole.People[i].ID || p.Name != whole.People[i].Name || p.Status != whole.People[i].Status {
				t.Errorf("cut at %d: %v", n, p.ID)
			}
		}
	}
}

func FuzzParsePresence(f *testing.F) {
	f.Add([]byte("person_id,name,country,status,last_contact\nP-1,N,MLI,safe,2026-11-20\n"))
	f.Add([]byte("Country;Headcount;Date;Gender\r\nMali;12;20/11/2026;F\r\n"))
	f.Add([]byte("sep=\t\n#a\t#b\ncount\tcountry\n\"1\n2\"\tMLI"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, problems, err := ParsePresence("f.csv", data, time.Unix(1_800_000_000, 0))
		if err != nil && (len(file.People)+len(file.Headcounts) > 0 || CountErrors(problems) == 0) {
			t.Errorf("refused, with rows or without a reason: %v", err)
		}
		if len(file.People) > 0 && len(file.Headcounts) > 0 {
			t.Error("a roster and a headcount in one")
		}
		for _, p := range file.People {
			if p.ID.IsZero() && p.Name.IsZero() {
				t.Error("a person who is nobody")
			}
		}
		for _, h := range file.Headcounts {
			if h.Count < 0 || !h.Country.Known() {
				t.Errorf("passed: %+v", h)
			}
		}
		l := presence.Reconcile([]presence.File{file})
		for _, c := range l.Countries() {
			if n, ok := l.Totals(c); !ok || n.Total < 0 {
				t.Errorf("%s: %+v", c, n)
			}
		}
	})
}
