package desk

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/problem"
	"vigil/internal/risk"
)

// printed is what check would print, for comparison; a warning says so.
func printed(problems []problem.Problem) string {
	var b strings.Builder
	for _, p := range problems {
		if p.Warning {
			b.WriteString("warning: ")
		}
		fmt.Fprintln(&b, p)
	}
	return b.String()
}

func TestEmptyConfigIsValid(t *testing.T) {
	for _, text := range []string{"", "\n", "# only a comment\n", "\uFEFF", "[ui]\n[risk]\n[retention]\n"} {
		cfg, problems := ParseConfig("vigil.toml", []byte(text))
		if len(problems) > 0 {
			t.Errorf("%q: %s", text, printed(problems))
		}
		if cfg.Risk != risk.Default() || cfg.Exercise || len(cfg.Sources) > 0 {
			t.Errorf("%q: not the default: %+v", text, cfg)
		}
	}
}

func TestConfigIsRead(t *testing.T) {
	_, problems := ParseConfig("vigil.toml", []byte(`
name = "Sahel"
countries = ["MLI", "Burkina Faso", 562]
exercise = true
state = "state"
source = [{name = "inline", path = "feeds/inline.csv"}]
ui = {theme = "mono", glyphs = "ascii"}
ui.local_time = true
[retention]
intake = "3y"
[risk]
horizon = "2w"
bands = [0.1, 0.2, 0.3, 0.9]
`))
	want := "vigil.toml:8:1: this is not TOML: key ui is already defined; mend it first: until then no line of the file holds, and feeds are judged by their content alone\n"
	if got := printed(problems); got != want {
		t.Errorf("an inline table cannot be added to: got %q", got)
	}
	cfg, problems := ParseConfig("vigil.toml", []byte(`
name = "Sahel"
countries = ["MLI", "Burkina Faso", "562"]
exercise = true
state = "state"
ui = {theme = "mono", glyphs = "ascii", local_time = true, language = "pt-BR"}
risk.horizon = "2w"
risk.bands = [0.1, 0.2, 0.3, 0.9]
[[source]]
path = "feeds/radio.jsonl"
countries = ["NER"]
covers = ["crime", "terrorism"]
expect = "12h"
lag = "0s"
grade = "B2"
handling = "restricted"
empty_ok = true
[retention]
intake = "3y"
[[source]]
name = "awsd"
path = "feeds/awsd.csv"
covers = []
`))
	const noRetention = "warning: vigil.toml:19:10: this version drops nothing from the intake, a later one will: what is older is kept\n"
	if got := printed(problems); got != noRetention {
		t.Fatalf("%s\nwant %s", got, noRetention)
	}
	if cfg.Name.String() != "Sahel" || !cfg.Exercise || cfg.State != "state" || cfg.Retention.Intake != 3*year {
		t.Errorf("wrong: %+v", cfg)
	}
	if diff := cmp.Diff([]string{"MLI", "BFA", "NER"}, alpha3(cfg.Countries)); diff != "" {
		t.Error(diff)
	}
	if cfg.UI.Theme != "mono" || cfg.UI.Glyphs != GlyphsASCII || !cfg.UI.LocalTime || cfg.UI.Language != "pt-BR" {
		t.Errorf("wrong: %+v", cfg.UI)
	}
	if cfg.Risk.Horizon != 2*week || cfg.Risk.Bands != [4]float64{0.1, 0.2, 0.3, 0.9} || cfg.Risk.LongHalfLife != risk.Default().LongHalfLife {
		t.Errorf("wrong: %+v", cfg.Risk)
	}
	if len(cfg.Sources) != 2 {
		t.Fatalf("%d sources", len(cfg.Sources))
	}
	radio, awsd := &cfg.Sources[0], &cfg.Sources[1]
	if radio.Name.String() != "radio" || radio.Line != 9 || radio.Handling.Value != incident.Restricted || !radio.EmptyOK {
		t.Errorf("wrong: %+v", radio)
	}
	defaults := health.Profile{Expect: day, Lag: time.Hour, Reach: day, Covers: health.Set(incident.Hazard), Memory: health.Forgets}
	got := radio.Profile(defaults)
	want2 := health.Profile{
		Expect: 12 * time.Hour, Reach: day, Covers: health.Set(incident.Crime, incident.Terrorism),
		Countries: []country.Code{country.MustParse("NER")}, Memory: health.Forgets,
	}
	if diff := cmp.Diff(want2, got); diff != "" {
		t.Error(diff)
	}
	// An empty list of categories is an answer, and not the format's default.
	if p := awsd.Profile(defaults); p.Covers != 0 || p.Expect != day || p.Countries != nil {
		t.Errorf("wrong: %+v", p)
	}
}

func alpha3(codes []country.Code) []string {
	var list []string
	for _, c := range codes {
		list = append(list, c.Alpha3())
	}
	return list
}

// Every mistake of a file is reported, at its place and with what to do.
func TestConfigProblems(t *testing.T) {
	_, problems := ParseConfig("vigil.toml", []byte(`nmae = "Sahel"
countries = ["MLI", "Malli", "mali"]
exercise = "yes"
[[source]]
name = "radio"
path = "feeds/radio.jsonl"
covers = ["crime", "hazards"]
expect = "often"
lag = "-3h"
grade = "Z9"
handling = "secret"
[[source]]
name = "Radio"
path = "feeds/radio.jsonl"
url = "https://example.org/feed"
[[source]]
name = "nowhere"
[[source]]
path = "intake/x"
[risk]
horizont = "30d"
short_weight = 1.5
bands = [0.05, 0.5, 0.2, 0.8]
prior_incidents = nan
short_half_life = "2y"
critical_killed = 0
table = [["low"], 3, ["low"], ["low"], ["low"]]
[retention]
intake = "1h"
[ui]
glyphs = "unicode"
local_time = 1
`))
	want := `vigil.toml:1:1: unknown key "nmae": did you mean name?
vigil.toml:2:21: "Malli" is no country that is known: write its alpha-3 code, such as MLI
warning: vigil.toml:2:30: MLI is in the list already: remove one of the two
vigil.toml:3:12: here stands a text, where true or false should be
vigil.toml:7:20: threat category "hazards" is not known: did you mean hazard?
vigil.toml:8:10: "often" is not a length of time: write it as 90m, 12h, 30d, 2w or 3y
vigil.toml:9:7: "-3h" is not a length of time: write it as 90m, 12h, 30d, 2w or 3y
vigil.toml:10:9: grade "Z9" is none: write a letter from A to F, with or without a digit from 1 to 6, such as B2
vigil.toml:11:12: handling "secret" is not known: write one of public, internal, restricted, strictly_confidential
vigil.toml:12: source "Radio" is in line 4 already: give one of the two another name
vigil.toml:12: path "feeds/radio.jsonl" is read by the source in line 4 already: remove one of the two
vigil.toml:15:7: this source has a path and a url: write one of the two, or two sources
vigil.toml:16:3: this source has no path: write path = "feeds/…", or url = "https://…"
vigil.toml:19:8: intake/ is written by vigil and is no source: put the file into feeds/
vigil.toml:20:2: short_half_life (2y) has to be shorter than long_half_life (1y)
vigil.toml:21:1: unknown key "horizont": did you mean horizon?
vigil.toml:22:16: "1.5" is out of range: write a number from 0 to 1
vigil.toml:23:21: "0.2" is not between the one before and 1: the bands have to rise
vigil.toml:24:19: "nan" is out of range: write a number from 1e-06 to 1e+06
vigil.toml:26:19: "0" is out of range: write a whole number of at least 1
vigil.toml:27:11: the row has 1 bands, where 5 should be: negligible impact first, critical last
vigil.toml:27:19: here stands a whole number, where a list should be: write it in [ ]
vigil.toml:27:23: the row has 1 bands, where 5 should be: negligible impact first, critical last
vigil.toml:27:32: the row has 1 bands, where 5 should be: negligible impact first, critical last
vigil.toml:27:41: the row has 1 bands, where 5 should be: negligible impact first, critical last
vigil.toml:29:10: "1h" is too short: write at least 1d
vigil.toml:31:10: glyphs "unicode" is not known: write one of auto, utf8, ascii
vigil.toml:32:14: here stands a whole number, where true or false should be
`
	if diff := cmp.Diff(want, printed(problems)); diff != "" {
		t.Error(diff)
	}
}

func TestConfigSyntax(t *testing.T) {
	for text, want := range map[string]string{
		"name = \"a\"\nname = \"b\"\n":                                         "vigil.toml:2:1: this is not TOML: \"name\" stands in line 1 already: remove one of the two; mend it first: until then no line of the file holds",
		"[risk]\n[ui]\n[risk]\n":                                               "vigil.toml:3:2: this is not TOML: \"risk\" stands in line 1 already",
		"[[source]]\nname=\"a\"\n[[source]]\nname=\"a\"\n  name=\"b\"":         "vigil.toml:5:3: this is not TOML: \"name\" stands in line 4 already",
		"[keys]\nquit=\"a\"\n[keys.board]\nquit=\"a\"\nopen=\"b\"\nquit=\"c\"": "vigil.toml:6:1: this is not TOML: \"quit\" stands in line 4 already",
		"name = \"é\" x\n":                                                     "vigil.toml:1:12: this is not TOML:",
		"[[source]\n":                                                          "vigil.toml:1:",
		"[source]\npath = \"x\"\n":                                             "vigil.toml:1:2: a source is written [[source]]",
		"source = \"x\"\n":                                                     "vigil.toml:1:10: here stands a text, where a list should be",
		"source = [1]\n":                                                       "vigil.toml:1:11: here stands a whole number, where a table of keys should be",
		"name = \"\xff\"\n":                                                    "vigil.toml:1:9: this is not TOML:",
		"risk = 3\n":                                                           "vigil.toml:1:8: here stands a whole number, where a table of keys should be",
		"name = 1979-05-27\n":                                                  "vigil.toml:1:8: here stands a time, where a text should be",
		"state = \"  \"\n":                                                     "vigil.toml:1:9: the path is empty",
		"x = " + strings.Repeat("[", 100_000):                                  "vigil.toml:1:",
		"x = " + strings.Repeat("{a=", 80_000):                                 "vigil.toml:1:",
		strings.Repeat("#", maxConfig+1):                                       "vigil.toml: the file has 262145 bytes",
		strings.Repeat("a.", 100_000) + "b = 1":                                "vigil.toml:1:65: this key has more than 32 parts",
		"\"a\\u202eb\" = 1\n":                                                  "vigil.toml:1:1: unknown key \"a<U+202E>b\"",
		"[[source]]\npath=\"a\"\nname=\"\"\n":                                  "vigil.toml:3:6: the name of a source is empty",
		"[risk]\nbands = [0.1, 0.2]\n":                                         "vigil.toml:2:",
		"[risk]\nsevere_killed = 9\n":                                          "vigil.toml:1:2: severe_killed (9) may not be more than critical_killed (3)",
		"[risk]\nhorizon = \"101y\"\n":                                         "vigil.toml:2:11: \"101y\" is too long",
		"[risk]\nexposed_staff = 99999999999\n":                                "vigil.toml:2:17: \"99999999999\" is out of range",
		"[risk]\ntable = []\n":                                                 "vigil.toml:2:",
		"[risk]\nshort_weight = \"half\"\n":                                    "vigil.toml:2:16: here stands a text, where a number should be",
		"[risk.horizon]\n":                                                     "vigil.toml:1:7: here stands a table, where a text should be",
		"countries = \"MLI\"\n":                                                "vigil.toml:1:13: here stands a text, where a list should be",
		"countries = [[\"MLI\"]]\n":                                            "vigil.toml:1:15: here stands a list, where a single value should be",
		"[[source]]\npath=\"a\"\nlag=\"999999y\"":                              "vigil.toml:3:5: \"999999y\" is not a length of time",
	} {
		_, problems := ParseConfig("vigil.toml", []byte(text))
		if got := printed(problems); !strings.HasPrefix(got, want) || CountErrors(problems) == 0 {
			t.Errorf("%.40q: got %q, want %q", text, got, want)
		}
	}
}

func TestRiskTableMustRise(t *testing.T) {
	rows := make([]string, 5)
	for i := range rows {
		rows[i] = `["low", "low", "low", "low", "low"]`
	}
	rows[3] = `["low", "high", "medium", "high", "high"]`
	_, problems := ParseConfig("vigil.toml", []byte("[risk]\ntable = ["+strings.Join(rows, ",")+"]\n"))
	if n := CountErrors(problems); n == 0 || !strings.Contains(printed(problems), "lower than its neighbour") {
		t.Errorf("got %s", printed(problems))
	}
	if w := risk.Default().Table; w[4][4] != level.Unacceptable {
		t.Error("reading a bad table changed the default")
	}
}

func TestChecksOfNamesKnownElsewhere(t *testing.T) {
	cfg, problems := ParseConfig("vigil.toml", []byte("[ui]\ntheme = \"defualt\"\n[[source]]\npath = \"x\"\nformat = \"gdac\"\n"))
	if len(problems) > 0 {
		t.Fatal(printed(problems))
	}
	got := printed(append(cfg.CheckTheme([]string{"default", "mono"}), cfg.CheckFormats([]string{"native", "awsd", "gdacs"})...))
	want := "vigil.toml:2:9: theme \"defualt\" is not known: did you mean default?\n" +
		"vigil.toml:5:10: format \"gdac\" is not known: did you mean gdacs?\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if p := cfg.CheckFormats([]string{"gdac"}); p != nil {
		t.Error(printed(p))
	}
}

func TestDuration(t *testing.T) {
	for s, want := range map[string]time.Duration{
		"30d": 30 * day, "2w": 14 * day, "3y": 3 * year, "1y2w3d4h5m6s": year + 17*day + 4*time.Hour + 5*time.Minute + 6*time.Second,
		"90m": 90 * time.Minute, "12h": 12 * time.Hour, "0s": 0, "0d": 0, "1.5h": 90 * time.Minute, " 7d ": 7 * day, "250ms": 250 * time.Millisecond,
	} {
		if got, err := ParseDuration(s); err != nil || got != want {
			t.Errorf("%q: %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "d", "5", "-5d", "+5d", "1d2w", "1.5d", "d5", "1d1d", "293y", "9999999999y", "1h-1m", "30 d", "nan", "292y300d", "1e3d"} {
		if got, err := ParseDuration(s); err == nil {
			t.Errorf("%q is %v", s, got)
		}
	}
	for d, want := range map[time.Duration]string{
		30 * day: "30d", 14 * day: "2w", year: "1y", 36 * time.Hour: "1d12h", 12 * time.Hour: "12h", 90 * time.Minute: "1h30m",
		0: "0s", 45 * time.Second: "45s", 365*day + 7*day: "372d", 180 * day: "180d", -time.Hour: "0s", time.Minute: "1m",
	} {
		if got := FormatDuration(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		d := time.Duration(rapid.Int64Range(0, math.MaxInt64).Draw(t, "d"))
		if got, err := ParseDuration(FormatDuration(d)); err != nil || got != d {
			t.Fatalf("%v: %q is %v, %v", int64(d), FormatDuration(d), got, err)
		}
	})
}

func FuzzParseConfig(f *testing.F) {
	data, _ := template.ReadFile("template/vigil.toml")
	f.Add(data)
	f.Add([]byte(uncommented(string(data))))
	f.Add([]byte("[[source]]\npath = 'x'\na.b.c = {d = [1, {e = 2}]}\n[source.x]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, problems := ParseConfig("vigil.toml", data)
		checkPlaces(t, problems, data)
	})
}

// checkPlaces holds every problem to a place that is in the file.
func checkPlaces(t *testing.T, problems []problem.Problem, data []byte) {
	t.Helper()
	lines := strings.Count(string(data), "\n") + strings.Count(string(data), "\r") + 1
	for _, p := range problems {
		if p.Line < 0 || p.Line > lines+1 || p.Column < 0 || p.Message.IsZero() {
			t.Errorf("%d lines, but %s", lines, p)
		}
	}
}

func TestCountryNames(t *testing.T) {
	cfg, problems := ParseConfig("vigil.toml", []byte("country_names = \"cldr\"\n"))
	if len(problems) > 0 || cfg.CountryNames != country.CLDR {
		t.Errorf("%v, %s", cfg.CountryNames, printed(problems))
	}
	cfg, problems = ParseConfig("vigil.toml", []byte("country_names = \"iso\"\n"))
	want := "vigil.toml:1:17: country_names \"iso\" is not known: write one of m49, cldr\n"
	if got := printed(problems); got != want || cfg.CountryNames != country.M49 {
		t.Errorf("%v, %s", cfg.CountryNames, got)
	}
}
