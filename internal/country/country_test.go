package country_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zones must exist, whatever the machine has

	"pgregory.net/rapid"

	"vigil/internal/country"
)

var languages = []string{"ar", "en", "es", "fr", "ru", "zh"}

func TestAllIsSortedAndWhole(t *testing.T) {
	all := country.All()
	const isoAndKosovo = 249 + 1
	if len(all) != isoAndKosovo {
		t.Errorf("%d countries, want %d", len(all), isoAndKosovo)
	}
	if !slices.IsSorted(all) || !slices.IsSortedFunc(all, func(a, b country.Code) int {
		return strings.Compare(a.Alpha3(), b.Alpha3())
	}) {
		t.Error("codes and alpha-3 codes do not sort alike")
	}
	all[0] = country.Unknown
	if country.All()[0] != country.ABW {
		t.Error("a change to the slice of All changed the table")
	}
	seen := make(map[string]country.Code)
	for _, c := range country.All() {
		for _, code := range []string{c.Alpha2(), c.Alpha3()} {
			if other, ok := seen[code]; ok || code == "" {
				t.Errorf("%s and %s have the code %q", c, other, code)
			}
			seen[code] = c
		}
		if !c.Known() || c.Numeric() <= 0 || c.Numeric() > 999 || c.Name() == "" || c.ShortName() == "" {
			t.Errorf("%s: %d, %q, %q", c, c.Numeric(), c.Name(), c.ShortName())
		}
		if (c.Region() == "" || c.Subregion() == "") && c != country.ATA {
			t.Errorf("%s is in no region", c)
		}
	}
}

func TestFacts(t *testing.T) {
	for _, tt := range []struct {
		code                              country.Code
		alpha2, alpha3                    string
		numeric                           int
		fips, name, short, region, subreg string
	}{
		{country.AFG, "AF", "AFG", 4, "AF", "Afghanistan", "Afghanistan", "Asia", "Southern Asia"},
		{country.COD, "CD", "COD", 180, "CG", "Democratic Republic of the Congo", "Congo - Kinshasa", "Africa", "Middle Africa"},
		{country.COG, "CG", "COG", 178, "CF", "Congo", "Congo - Brazzaville", "Africa", "Middle Africa"},
		{country.GBR, "GB", "GBR", 826, "UK", "United Kingdom of Great Britain and Northern Ireland", "United Kingdom", "Europe", "Northern Europe"},
		{country.MLI, "ML", "MLI", 466, "ML", "Mali", "Mali", "Africa", "Western Africa"},
		{country.NAM, "NA", "NAM", 516, "WA", "Namibia", "Namibia", "Africa", "Southern Africa"},
		{country.PSE, "PS", "PSE", 275, "GZ", "State of Palestine", "Palestinian Territories", "Asia", "Western Asia"},
		{country.SRB, "RS", "SRB", 688, "RI", "Serbia", "Serbia", "Europe", "Southern Europe"},
		{country.SSD, "SS", "SSD", 728, "OD", "South Sudan", "South Sudan", "Africa", "Eastern Africa"},
		{country.SYR, "SY", "SYR", 760, "SY", "Syrian Arab Republic", "Syria", "Asia", "Western Asia"},
		{country.VNM, "VN", "VNM", 704, "VM", "Viet Nam", "Vietnam", "Asia", "South-eastern Asia"},
		{country.XKX, "XK", "XKX", 983, "KV", "Kosovo", "Kosovo", "Europe", "Southern Europe"},
		{country.ATA, "AQ", "ATA", 10, "AY", "Antarctica", "Antarctica", "", ""},
		{country.ALA, "AX", "ALA", 248, "", "Åland Islands", "Åland Islands", "Europe", "Northern Europe"},
		{country.Unknown, "", "", 0, "", "", "", "", ""},
		{country.Code(60000), "", "", 0, "", "", "", "", ""},
	} {
		c := tt.code
		if c.Alpha2() != tt.alpha2 || c.Alpha3() != tt.alpha3 || c.String() != tt.alpha3 || c.Numeric() != tt.numeric || c.FIPS() != tt.fips {
			t.Errorf("%s: codes %q %q %q %d %q", tt.alpha3, c.Alpha2(), c.Alpha3(), c, c.Numeric(), c.FIPS())
		}
		if c.Name() != tt.name || c.ShortName() != tt.short {
			t.Errorf("%s: names %q, %q", tt.alpha3, c.Name(), c.ShortName())
		}
		if c.Region() != tt.region || c.Subregion() != tt.subreg {
			t.Errorf("%s: in %q, %q", tt.alpha3, c.Region(), c.Subregion())
		}
		if c.Known() != (tt.alpha3 != "") {
			t.Errorf("%s: known is %t", tt.alpha3, c.Known())
		}
	}
}

func TestNameIn(t *testing.T) {
	for _, tt := range []struct {
		code country.Code
		lang string
		want string
		ok   bool
	}{
		{country.SYR, "en", "Syria", true},
		{country.SYR, "fr", "Syrie", true},
		{country.SYR, "FR-cd", "Syrie", true},
		{country.SYR, "fr_ML.UTF-8", "Syrie", true},
		{country.SYR, "es", "Siria", true},
		{country.SYR, "ar", "سوريا", true},
		{country.SYR, "ru", "Сирия", true},
		{country.SYR, "zh-Hans", "叙利亚", true},
		{country.SYR, "fra", "", false},
		{country.SYR, "pt", "", false},
		{country.SYR, "C", "", false},
		{country.SYR, "", "", false},
		{country.Unknown, "en", "", false},
	} {
		if got, ok := tt.code.NameIn(tt.lang); got != tt.want || ok != tt.ok {
			t.Errorf("%s in %q: %q, %t; want %q, %t", tt.code, tt.lang, got, ok, tt.want, tt.ok)
		}
	}
}

func TestZones(t *testing.T) {
	for _, c := range country.All() {
		zones := c.Zones()
		for _, zone := range zones {
			if _, err := time.LoadLocation(zone); err != nil {
				t.Errorf("%s: %v", c, err)
			}
		}
		zone, ok := c.Zone()
		if ok != (len(zones) == 1) || ok && zone != zones[0] {
			t.Errorf("%s: zone %q, %t of %q", c, zone, ok, zones)
		}
	}
	if zone, ok := country.MLI.Zone(); zone != "Africa/Bamako" || !ok {
		t.Errorf("Mali: %q, %t", zone, ok)
	}
	if zone, ok := country.COD.Zone(); ok {
		t.Errorf("the Democratic Republic of the Congo has two zones, got %q alone", zone)
	}
	if zones := country.Unknown.Zones(); zones != nil {
		t.Errorf("unknown: %q", zones)
	}
	country.COD.Zones()[0] = "changed"
	if country.COD.Zones()[0] == "changed" {
		t.Error("a change to the slice of Zones changed the table")
	}
}

func TestText(t *testing.T) {
	type record struct {
		Country country.Code         `json:"country"`
		Staff   map[country.Code]int `json:"staff"`
	}
	in := record{country.PSE, map[country.Code]int{country.MLI: 3, country.Unknown: 1}}
	text, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"country":"PSE","staff":{"":1,"MLI":3}}`; string(text) != want {
		t.Errorf("marshalled %s, want %s", text, want)
	}
	var out record
	if err := json.Unmarshal([]byte(`{"country":"oPt","staff":{"":1,"Mali":3}}`), &out); err != nil {
		t.Fatal(err)
	}
	if out.Country != in.Country || out.Staff[country.MLI] != 3 || out.Staff[country.Unknown] != 1 {
		t.Errorf("unmarshalled %v", out)
	}

	kept := country.MLI
	err = kept.UnmarshalText([]byte("Atlantis" + strings.Repeat("!", 1000)))
	if !errors.Is(err, country.ErrUnrecognised) || kept != country.MLI {
		t.Errorf("%v, and the code became %s", err, kept)
	}
	if len(err.Error()) > 200 {
		t.Errorf("the error repeats %d bytes of its input", len(err.Error()))
	}
	if err := kept.UnmarshalText(nil); err != nil || kept != country.Unknown {
		t.Errorf("empty text: %v, %s", err, kept)
	}
}

func TestTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(append(country.All(), country.Unknown)).Draw(t, "code")
		text, err := c.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		appended, err := c.AppendText([]byte("x"))
		if err != nil || string(appended) != "x"+string(text) {
			t.Fatalf("appended %q, %v", appended, err)
		}
		var back country.Code
		if err := back.UnmarshalText(text); err != nil || back != c {
			t.Fatalf("%s came back as %s, %v", c, back, err)
		}
	})
}

func TestCapital(t *testing.T) {
	for alpha3, want := range map[string]string{"MLI": "Bamako", "TCD": "N'Djamena", "MMR": "Nay Pyi Taw", "XKX": "Pristina", "ATA": ""} {
		name, lat, lon, ok := country.MustParse(alpha3).Capital()
		if name != want || ok != (want != "") || ok == (lat == 0 && lon == 0) {
			t.Errorf("%s: %q at %v, %v, %t", alpha3, name, lat, lon, ok)
		}
	}
	if _, _, _, ok := country.Unknown.Capital(); ok {
		t.Error("Unknown has a capital")
	}
}
