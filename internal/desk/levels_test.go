package desk

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"vigil/internal/incident"
	"vigil/internal/level"
)

const maliYAML = `country: MLI
scheme: un-sls
authority: UNDSS
reviewed: 2026-11-20
areas:
  - {name: Gao region, level: 5, since: 2026-10-01, valid_until: 2027-01-01, places: [Gao, Ansongo],
     threats: {armed_conflict: 4, terrorism: 5, crime: 3, civil_unrest: 2, hazard: 2},
     srm: [{threat: terrorism, band: high, approved_by: designated official, valid_until: 2027-01-01}]}
  - name: Bamako
    level: 3
`

const maliCSV = `country,scheme,authority,reviewed,name,level,since,valid_until,places,threat_armed_conflict,threat_terrorism,threat_crime,threat_civil_unrest,threat_hazard,srm_threat,srm_band,srm_approved_by,srm_valid_until
MLI,un-sls,UNDSS,2026-11-20,Gao region,5,2026-10-01,2027-01-01,Gao; Ansongo,4,5,3,2,2,terrorism,high,designated official,2027-01-01
Mali,UN-SLS,,,Bamako,3,,,,,,,,,,,,
`

// The two forms of a level file say the same.
func TestLevelsAreRead(t *testing.T) {
	fromYAML, problems, err := ParseLevels("levels/mali.yaml", []byte(maliYAML), time.Time{})
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v\n%s", err, printed(problems))
	}
	fromCSV, problems, err := ParseLevels("levels/all.CSV", []byte(maliCSV), time.Time{})
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v\n%s", err, printed(problems))
	}
	if got := []int{fromYAML[0].Areas[0].Origin.Line, fromYAML[0].Areas[1].Origin.Line, fromCSV[0].Areas[0].Origin.Line, fromCSV[0].Areas[1].Origin.Line}; !cmp.Equal(got, []int{6, 9, 2, 3}) {
		t.Errorf("origins at lines %v", got)
	}
	for _, c := range [][]level.Country{fromYAML, fromCSV} {
		for i := range c[0].Areas {
			c[0].Areas[i].Origin = incident.Origin{}
		}
	}
	shown := func(c []level.Country) string { return fmt.Sprintf("%+v", c) }
	if diff := cmp.Diff(shown(fromYAML), shown(fromCSV)); diff != "" {
		t.Error(diff)
	}
	c := fromYAML[0]
	if c.Country.Alpha3() != "MLI" || c.Scheme.String() != level.UNSLS || c.Authority.String() != "UNDSS" || c.Reviewed.String() != "2026-11-20" {
		t.Errorf("wrong: %+v", c)
	}
	gao := c.Areas[0]
	if gao.Name.String() != "Gao region" || gao.Level != 5 || gao.Threats != [6]int{0, 4, 5, 3, 2, 2} || len(gao.Places) != 2 {
		t.Errorf("wrong: %+v", gao)
	}
	if len(gao.Risks) != 1 || gao.Risks[0].Band != level.High || gao.Risks[0].ApprovedBy.String() != "designated official" {
		t.Errorf("wrong: %+v", gao.Risks)
	}
	if s, ok := c.Summarise(time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)); !ok || s.Min != 3 || s.Max != 5 || s.Driver != incident.Terrorism {
		t.Errorf("wrong: %+v", s)
	}
}

func TestOwnScheme(t *testing.T) {
	c, _, err := ParseLevels("a.yaml", []byte("country: NO\nscheme: acme\nauthority: ACME\nnames: {0x1: no}\nareas: [{name: All, level: 1}]\n"), time.Time{})
	if err == nil {
		t.Errorf("0x1 is no level: %v", c)
	}
	c, problems, err := ParseLevels("a.yaml", []byte("country: NO\nscheme: acme\nauthority: ACME\nnames: {1: Calm, 10: Storm}\nareas: [{name: All, level: 10}]\n"), time.Time{})
	if err != nil || len(problems) > 0 || c[0].Country.Alpha3() != "NOR" || c[0].Name(10) != "Storm" {
		t.Errorf("%v %v\n%s", c, err, printed(problems))
	}
	_, problems, err = ParseLevels("a.csv", []byte("country,scheme,authority,name,level,level_name\nMLI,acme,ACME,North,2,Tense\nMLI,acme,ACME,South,1,Calm\n"), time.Time{})
	if err != nil || len(problems) > 0 {
		t.Errorf("%v\n%s", err, printed(problems))
	}
	// The security risk management process has no level: an approved present risk stands for itself.
	c, problems, err = ParseLevels("a.yaml", []byte("country: MLI\nscheme: un-srm\nauthority: UNDSS\nareas: [{name: Gao, srm: [{threat: crime, band: low, approved_by: DO}]}]\n"), time.Time{})
	if err != nil || len(problems) > 0 || c[0].Areas[0].Level != 0 {
		t.Errorf("%v %v\n%s", c, err, printed(problems))
	}
	if s, ok := c[0].Summarise(time.Time{}); ok {
		t.Errorf("a country without any level has a range: %+v", s)
	}
}

func TestLevelProblems(t *testing.T) {
	head := "country: MLI\nscheme: un-sls\nauthority: UNDSS\n"
	for text, want := range map[string]string{
		"country: Mallli\nscheme: un-sls\nauthority: U\nareas: [{name: A, level: 1}]\n": `f.yaml:1:10: "Mallli" is no country`,
		"scheme: un-sls\nauthority: U\nareas: [{name: A, level: 1}]\n":                  `f.yaml:1:1: the country is missing`,
		"country: MLI\nauthority: U\nareas: [{name: A, level: 1}]\n":                    `f.yaml:1:1: the scheme is missing`,
		head:                                       `f.yaml:1:1: there is no area`,
		head + "areas: []\n":                       `f.yaml:1:1: there is no area`,
		head + "areas: {name: A}\n":                `f.yaml:4:8: here stands a table, where a list should be`,
		head + "areas: [{name: A, level: 7}]\n":    `f.yaml:4:9: level 7 is none of un-sls: write 1 to 6`,
		head + "areas: [{name: A, level: 0}]\n":    `f.yaml:4:26: "0" is out of range`,
		head + "areas: [{name: A, level: five}]\n": `f.yaml:4:26: here stands a text, where a whole number should be`,
		head + "areas: [{name: A}]\n":              `f.yaml:4:9: the area has no level`,
		head + "areas: [{level: 3}]\n":             `f.yaml:4:9: the area has no name`,
		head + "areas: [{name: A, level: 3, valid_untl: 2027-01-01}]\n":                                `f.yaml:4:29: unknown key "valid_untl": did you mean valid_until?`,
		head + "areas: [{name: A, level: 3, valid_until: 01/02/2027}]\n":                               `f.yaml:4:42: "01/02/2027" is not a time, date, month or year`,
		head + "areas: [{name: A, level: 3, since: 2027, valid_until: 2026}]\n":                        `f.yaml:4:9: valid_until (2026) is before since (2027): correct one of the two`,
		head + "areas: [{name: A, level: 3, threats: {crime: 6}}]\n":                                   `f.yaml:4:46: "6" is out of range: write a whole number from 1 to 5`,
		head + "areas: [{name: A, level: 3, threats: {crimes: 3}}]\n":                                  `f.yaml:4:39: unknown key "crimes": did you mean crime?`,
		head + "areas: [{name: A, level: 3}, {name: ' a', level: 4}]\n":                                `f.yaml:4:30: area "a" stands in line 4 already`,
		head + "areas:\n- name: A\n  level: 3\n  level: 4\n":                                           `f.yaml:7:3: `,
		head + "areas: [{name: A, level: 3, srm: [{threat: crime, band: highest, approved_by: x}]}]\n": `f.yaml:4:57: band "highest" is not known`,
		head + "areas: [{name: A, level: 3, srm: [{threat: crime, band: high}]}]\n":                    `f.yaml:4:35: the present risk has no approved_by`,
		head + "areas: [{name: A, level: 3, srm: [{band: high, approved_by: x}]}]\n":                   `f.yaml:4:35: the present risk has no threat`,
		head + "areas: [{name: A, level: 3, srm: [{threat: crime, approved_by: x}]}]\n":                `f.yaml:4:35: the present risk has no band`,
		head + "names: {1: Calm}\nareas: [{name: A, level: 3}]\n":                                      `f.yaml:1:1: scheme un-sls has names of its own`,
		"country: MLI\nscheme: own\nauthority: U\nnames: {1: Calm}\nareas: [{name: A, level: 3}]\n":    `f.yaml:5:9: level 3 is none of those that names lists`,
		"- a\n- b\n":      `f.yaml:1:1: here stands a list, where a table of keys should be`,
		"":                `f.yaml: the file is empty`,
		"# nothing\n":     `f.yaml: the file is empty`,
		"country: \xff\n": `f.yaml: the text is not UTF-8`,
		head + "areas: &a [{name: A, level: 3}]\n": `f.yaml:4:8: anchors, aliases and merge keys`,
		head + "areas: *a\n":                       `f.yaml:4:8: anchors, aliases and merge keys`,
		"<<: {a: b}\n" + head:                      `f.yaml:1:1: anchors, aliases and merge keys`,
		"country: !!str MLI\n":                     `f.yaml:1:10: tags, directives and complex keys`,
		"? a\n: b\n":                               `f.yaml:1:1: tags, directives and complex keys`,
		maliYAML + "---\n" + maliYAML:              `f.yaml:12:1: a second document`,
	} {
		countries, problems, err := ParseLevels("f.yaml", []byte(text), time.Time{})
		if err == nil || countries != nil || !errors.Is(err, ErrRefused) && text != "" {
			t.Errorf("%q: %v, %v", text, countries, err)
		}
		if got := printed(problems); !strings.HasPrefix(got, want) {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestLevelWarnings(t *testing.T) {
	_, problems, err := ParseLevels("f.yaml", []byte("country: MLI\nscheme: un-sls\nreviewed: 2027-01-01\nareas:\n- {name: A, level: 3, places: [Gao]}\n- {name: B, level: 4, places: [gao]}\n"),
		time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC))
	want := "warning: f.yaml:1:1: the authority is missing: write who set these levels\n" +
		"warning: f.yaml:3:11: reviewed is later than the file was written: it makes nothing fresh\n" +
		"warning: f.yaml:6:3: place \"gao\" is in another area too: the first one is used\n"
	if diff := cmp.Diff(want, printed(problems)); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestLevelTableProblems(t *testing.T) {
	head := "country,scheme,authority,name,level"
	for text, want := range map[string]string{
		"":                               "f.csv: NO DATA",
		"country,scheme,name\nMLI,u,a\n": "f.csv:1: column level is missing",
		head + ",valid_untl\n":           `f.csv:1:37: column "valid_untl" is not known: did you mean valid_until?`,
		head + ",level\n":                `f.csv:1:37: column "level" stands there twice`,
		head + "\nMLI,un-sls,U,A,five\n": `f.csv:2:16: here stands "five", where a whole number should be`,
		head + "\nMLI,un-sls,U,A,7\n":    "f.csv:2: level 7 is none of un-sls",
		head + "\nMLI,un-sls,U,A,3,,x\n": "f.csv:2:18: this row has 7 cells and the heading 5",
		head + "\nMLI,un-sls,U,A,3\nMLI,un-sls,U,a ,4\n":                                       `f.csv:3: area "a" stands in line 2 already`,
		head + "\nMLI,un-sls,U,A,3\nMLI,un-sls,V,B,4\n":                                        "f.csv:3: the authority differs from the one in line 2",
		head + "\nMLI,un-sls,U,A,3\nMLI,un-sls,\"U,B,4\n":                                      "f.csv:3:19: a cell in quotes that begins in line 3",
		head + "\nMLI,un-sls,U,A,3\nMLI,un-sls,U\n":                                            "f.csv:3: the area has no name",
		head + ",srm_band\nMLI,un-sls,U,A,3,high\n":                                            "f.csv:2:18: srm_band stands there without srm_threat",
		head + ",srm_threat,srm_band,srm_approved_by\nMLI,un-sls,U,A,3,crime;hazard,high,DO\n": "f.csv:2:31: srm_band has 1 parts and srm_threat has 2",
	} {
		countries, problems, err := ParseLevels("f.csv", []byte(text), time.Time{})
		if err == nil || countries != nil {
			t.Errorf("%q: %v, %v", text, countries, err)
		}
		if got := printed(problems); !strings.HasPrefix(got, want) {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
	c, _, err := ParseLevels("f.csv", []byte("\uFEFFcountry;scheme;authority;Name;level;srm_threat;srm_band;srm_approved_by\r\n#country;;;;;;;\r\nMLI;un-sls;U;\"Kidal; north\";4;crime,hazard;low;DO\r\n\r\nNER;un-sls;U;Niamey;2;;;\r\n"), time.Time{})
	if err == nil {
		t.Errorf("a threat that is none passed: %v", c)
	}
	c, problems, err := ParseLevels("f.csv", []byte("\uFEFFcountry;scheme;authority;Name;level\r\n#country;;;;\r\nMLI;un-sls;U;\"Kidal; north\";4\r\n\r\nNER;un-sls;U;Niamey;2\r\n"), time.Time{})
	if err != nil || len(problems) > 0 || len(c) != 2 || c[0].Areas[0].Name.String() != "Kidal; north" {
		t.Errorf("%v %v\n%s", c, err, printed(problems))
	}
}

// TestLevelTableFaultsTogether: a fault of the heading hides neither another one nor those of the rows.
func TestLevelTableFaultsTogether(t *testing.T) {
	for text, want := range map[string][]string{
		"contry,scheme,authority,name,levl\nMLI,un-sls,U,A,five\nATLANTIS,un-sls,U,B,9\n": { // misspelt columns are read as meant
			`f.csv:1:1: column "contry" is not known: did you mean country?`,
			`f.csv:1:30: column "levl" is not known: did you mean level?`,
			`f.csv:2:16: here stands "five", where a whole number should be`,
			"f.csv:3: level 9 is none of un-sls",
			`f.csv:3:1: "ATLANTIS" is no country`,
		},
		"country,name,since,since,mood\nMLI,A,x,y,z\n": {
			"f.csv:1: column scheme is missing",
			"f.csv:1: column level is missing",
			`f.csv:1:20: column "since" stands there twice`,
			`f.csv:1:26: column "mood" is not known`,
			"f.csv:2:7: ",
		},
	} {
		countries, problems, err := ParseLevels("f.csv", []byte(text), time.Time{})
		if err == nil || countries != nil {
			t.Errorf("%q: %v, %v", text, countries, err)
		}
		lines := strings.Split(strings.TrimSpace(printed(problems)), "\n")
		if len(lines) != len(want) {
			t.Errorf("%q:\n%s", text, strings.Join(lines, "\n"))
			continue
		}
		for n, begin := range want {
			if !strings.HasPrefix(lines[n], begin) {
				t.Errorf("%q: %s, want %s", text, lines[n], begin)
			}
		}
	}
}

// Several present risks of an area stand in step in one row.
func TestLevelTableRisks(t *testing.T) {
	c, problems, err := ParseLevels("f.csv", []byte("country,scheme,authority,name,level,srm_threat,srm_band,srm_approved_by,srm_valid_until\n"+
		"MLI,un-sls,U,Gao,4,crime;terrorism,low;very_high,DO,2027\n"), time.Time{})
	if err != nil || len(problems) > 0 || len(c[0].Areas[0].Risks) != 2 {
		t.Fatalf("%v %v\n%s", c, err, printed(problems))
	}
	if r := c[0].Areas[0].Risks[1]; r.Band != level.VeryHigh || !r.Threat.Is(incident.Terrorism) || r.ValidUntil.String() != "2027" || r.ApprovedBy.String() != "DO" {
		t.Errorf("wrong: %+v", r)
	}
}

// A file cut off at any byte is never taken for another whole one: it is refused, or it says the
// same as the areas it still holds, whole.
func TestHalfWrittenLevels(t *testing.T) {
	for file, text := range map[string]string{"f.yaml": maliYAML, "f.csv": maliCSV} {
		whole, _, err := ParseLevels(file, []byte(text), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		for n := range text {
			c, _, err := ParseLevels(file, []byte(text[:n]), time.Time{})
			if err != nil {
				if Unterminated([]byte(text[:n])) != errors.Is(err, ErrHalf) {
					t.Errorf("%s cut at %d: %v", file, n, err)
				}
				continue
			}
			if len(c) == 0 || Unterminated([]byte(text[:n])) {
				continue // a heading alone, or what the caller has to read twice
			}
			for i := range c[0].Areas {
				if !cmp.Equal(fmt.Sprint(c[0].Areas[i]), fmt.Sprint(whole[0].Areas[i])) {
					t.Errorf("%s cut at %d: %v", file, n, c[0].Areas[i])
				}
			}
		}
	}
}

func TestHostileYAML(t *testing.T) {
	deep := func(s string) string { return strings.Repeat(s, 100_000/len(s)) }
	stairs := ""
	for i := range 200 {
		stairs += strings.Repeat(" ", i) + "a:\n"
	}
	for _, text := range []string{
		deep("["), deep("{a: "), deep("- "), deep("a: "), deep("? "), deep("!a "), deep("&a "), deep("[{"), "areas: " + deep("["), stairs,
		deep("'"), deep("\""), deep("|\n"), deep("---\n"), deep("\t"), deep("%a\n"), deep("#\n"), deep("]"), deep("\r"), "a: " + deep("x"), "\x00", "a: \"\\",
		deep("a: {b: [c, "), deep("- a: "), "a: |\n  " + deep("\r"), "areas: [" + deep(","), deep("@"), deep("-\n"), "areas: [" + deep("[],"), "{a: b}: c\n", "[a]: b\n", "a: b: c\n", strings.Repeat("x", maxYAML+1), "areas:\n" + deep("- {}\n"),
	} {
		c, problems, err := ParseLevels("f.yaml", []byte(text), time.Time{})
		if err == nil || c != nil || CountErrors(problems) == 0 {
			t.Errorf("%.20q passed: %v", text, c)
		}
		checkPlaces(t, problems, []byte(text))
	}
}

func TestCheckLevelsNamesBothFiles(t *testing.T) {
	a, _, errA := ParseLevels("levels/a.yaml", []byte(maliYAML), time.Time{})
	b, _, errB := ParseLevels("levels/b.csv", []byte(maliCSV), time.Time{})
	other, _, errO := ParseLevels("levels/o.yaml", []byte(strings.ReplaceAll(maliYAML, "un-sls", "acme")), time.Time{})
	if err := errors.Join(errA, errB, errO); err != nil {
		t.Fatal(err)
	}
	if problems := CheckLevels(append(a, other...)); problems != nil {
		t.Error(printed(problems))
	}
	want := "levels/b.csv:2: area \"Gao region\" of MLI stands in levels/a.yaml:6 too: keep one of the two\n" +
		"levels/b.csv:3: area \"Bamako\" of MLI stands in levels/a.yaml:9 too: keep one of the two\n"
	if diff := cmp.Diff(want, printed(CheckLevels(append(a, b...)))); diff != "" {
		t.Error(diff)
	}
}

// What is written in order is read back in order, in both forms.
func TestLevelsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.StringMatching(`[A-Z][a-z]{1,8}( [a-z]{2,5})?`), 1, 8, func(s string) string { return foldWord(s) }).Draw(t, "names")
		yaml := "country: TCD\nscheme: un-sls\nauthority: UNDSS\nareas:\n"
		csv := "country,scheme,authority,name,level,threat_crime\n"
		levels := make([]int, len(names))
		for i, n := range names {
			levels[i] = rapid.IntRange(level.UNSLSMin, level.UNSLSMax).Draw(t, "level")
			crime := rapid.IntRange(1, level.ThreatMax).Draw(t, "crime")
			yaml += fmt.Sprintf("- {name: %q, level: %d, threats: {crime: %d}}\n", n, levels[i], crime)
			csv += fmt.Sprintf("TCD,un-sls,UNDSS,%s,%d,%d\n", n, levels[i], crime)
		}
		for file, text := range map[string]string{"a.yaml": yaml, "a.csv": csv} {
			c, problems, err := ParseLevels(file, []byte(text), time.Time{})
			if err != nil || len(c[0].Areas) != len(names) {
				t.Fatalf("%v\n%s", err, printed(problems))
			}
			for i, a := range c[0].Areas {
				if a.Name.String() != names[i] || a.Level != levels[i] {
					t.Fatalf("%+v", a)
				}
			}
		}
	})
}

func FuzzParseLevels(f *testing.F) {
	f.Add(true, []byte(maliYAML))
	f.Add(false, []byte(maliCSV))
	f.Add(true, []byte("a: [b, {c: d}]\n- e\n"))
	f.Add(false, []byte("sep=;\ncountry;scheme;name;level\n\"a\nb\";c\n"))
	f.Fuzz(func(t *testing.T, isYAML bool, data []byte) {
		file := "f.csv"
		if isYAML {
			file = "f.yaml"
		}
		countries, problems, err := ParseLevels(file, data, time.Time{})
		if (err != nil) != (CountErrors(problems) > 0) {
			t.Errorf("%v with %s", err, printed(problems))
		}
		if err != nil && !errors.Is(err, ErrHalf) && !errors.Is(err, ErrRefused) {
			t.Errorf("no sentinel: %v", err)
		}
		for i := range countries {
			c := &countries[i]
			for _, a := range c.Areas {
				if !c.Country.Known() || a.Name.IsZero() || c.Scheme.String() == level.UNSLS && (a.Level < 1 || a.Level > 6) {
					t.Errorf("passed: %+v", c)
				}
			}
		}
	})
}
