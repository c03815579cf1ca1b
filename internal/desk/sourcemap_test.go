package desk

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/feed"
)

func TestSourceMap(t *testing.T) {
	cfg, problems := ParseConfig("vigil.toml", []byte(`
[[source]]
path = "feeds/log.csv"
format = "csv"
sheet = "Incidents"
[source.map]
id = "Report no."
occurred = "Date"
"country.fips" = "#country+code"
affected.ngo.killed = "Dead"
"affected.staff.injured" = "Hurt"
act = "=shooting"
[source.map.values.country]
"OPT" = "PSE"
[source.map.values]
threat = {"Gang" = "crime", "*" = "unknown"}
"affected.staff.injured" = {"few" = ""}
[[source]]
path = "feeds/other.csv"
`))
	if len(problems) > 0 {
		t.Fatal(printed(problems))
	}
	want := &feed.Map{
		Fields: map[string]string{
			"id": "Report no.", "occurred": "Date", "country.fips": "#country+code",
			"affected.ngo.killed": "Dead", "affected.staff.injured": "Hurt", "act": "=shooting",
		},
		Values: map[string]map[string]string{
			"country": {"OPT": "PSE"}, "threat": {"Gang": "crime", "*": "unknown"}, "affected.staff.injured": {"few": ""},
		},
	}
	if diff := cmp.Diff(want, cfg.Sources[0].Map); diff != "" || cfg.Sources[0].Sheet != "Incidents" || cfg.Sources[1].Map != nil {
		t.Errorf("sheet %q, %v (-want +got):\n%s", cfg.Sources[0].Sheet, cfg.Sources[1].Map, diff)
	}
}

// Every mistake of a map is reported, at its place and with what to do.
func TestSourceMapProblems(t *testing.T) {
	_, problems := ParseConfig("vigil.toml", []byte(`
[[source]]
path = "feeds/a.csv"
[source.map]
ocurred = "Date"
id = 3
country = ""
dates = "Date"
threat = "=gang"
affected.ngos.killed = "Dead"
affected.un.ngo.killed = "Dead"
[source.map.values]
place = "shooting"
[source.map.values.act]
"car jacking" = "carjacking"
theft = 1
[source.map.values.affected.killed]
many = "lots"
[[source]]
path = "feeds/b.csv"
map = "x"
[[source]]
path = "feeds/c.csv"
map = {}
[[source]]
path = "feeds/d.csv"
map = {affected.un.killed = "a", "affected.killed.un" = "b"}
`))
	want := `vigil.toml:5:1: field "ocurred" is not known: did you mean occurred?
vigil.toml:6:6: here stands a whole number, where the heading, tag or path of a column should be, in quotes
vigil.toml:7:11: "country" has no column: write the heading, the tag or the path, or = and a text that holds for all records
vigil.toml:8:9: "dates" holds for all records: write "=dmy" where the day stands first, "=mdy" where the month does
vigil.toml:9:10: "gang" is no word of threat: write one of unknown, armed_conflict, terrorism, crime, civil_unrest, hazard
vigil.toml:10:24: "affected.ngos.killed": "ngos" is no population (unknown, un, associated, ngo, red_cross, unrwa_area, contractor, civilian, other, anybody, staff), recruitment (unknown, national, international), sex (f, m) or outcome (unknown, killed, injured, abducted, detained, assaulted, sexually_assaulted, robbed, burgled, hijacked, intimidated, harassed, missing, ill, none)
vigil.toml:11:26: "affected.un.ngo.killed": "ngo" and another word say the same: write one of them
vigil.toml:13:1: here should be a table of words: write [source.map.values.place], and under it a line for each word of the source
vigil.toml:15:17: "carjacking" is no word of act: write one of unknown, killing, complex_attack, shooting, bombing_ied, landmine_erw, shelling, aerial_attack, assault, sexual_violence, armed_robbery, burglary, theft, looting, hijacking, arson_fire, abduction, hostage_taking, arrest_detention, intimidation, harassment, threat, surveillance, protest, riot, access_denial, expulsion, attack_on_premises, attack_on_vehicle, attack_on_convoy, attack_on_medical_facility, cyber_threat, hoax, road_accident, aviation_accident, other_accident, medical_emergency, disease_outbreak, earthquake, cyclone, flood, volcano, drought, wildfire, tsunami, other
vigil.toml:16:9: here stands a whole number, where our word for "theft" should be, in quotes
vigil.toml:18:8: "lots" is no number of people
vigil.toml:21:7: here stands a text, where a table of fields should be: write [source.map] under the block
vigil.toml:24:7: the map names no field: vigil map FILE proposes one
vigil.toml:27:7: "affected.killed.un" and "affected.un.killed" are the same people: keep one
`
	if diff := cmp.Diff(want, printed(problems)); diff != "" {
		t.Error(diff)
	}
}
