package level

import (
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

func on(s string) incident.When {
	w, err := incident.ParseWhen(s)
	if err != nil {
		panic(err)
	}
	return w
}

func area(name string, level int, threats [6]int) Area {
	return Area{Name: safetext.Clean(name), Level: level, Threats: threats}
}

func TestSummarise(t *testing.T) {
	now := on("2026-11-20").Start
	expired := area("C", 4, [6]int{})
	expired.ValidUntil = on("2026-11-19")
	lasting := area("C", 4, [6]int{})
	lasting.ValidUntil = on("2026-11-20")
	for name, c := range map[string]struct {
		areas []Area
		want  Summary
		ok    bool
	}{
		"none":    {},
		"one":     {[]Area{area("A", 3, [6]int{})}, Summary{Min: 3, Max: 3}, true},
		"range":   {[]Area{area("A", 3, [6]int{0, 1, 5}), area("B", 5, [6]int{0, 4, 2})}, Summary{Min: 3, Max: 5, Driver: incident.ArmedConflict}, true},
		"equal":   {[]Area{area("A", 5, [6]int{0, 0, 0, 2}), area("B", 5, [6]int{0, 0, 0, 0, 4})}, Summary{Min: 5, Max: 5, Driver: incident.CivilUnrest}, true},
		"expired": {[]Area{area("A", 3, [6]int{}), expired}, Summary{Min: 3, Max: 4, Expired: 1}, true},
		// Valid through the last instant of the day that is written.
		"the last day":      {[]Area{lasting}, Summary{Min: 4, Max: 4}, true},
		"no level at all":   {[]Area{area("A", 0, [6]int{0, 5})}, Summary{}, false},
		"one without level": {[]Area{area("A", 0, [6]int{0, 5}), area("B", 2, [6]int{})}, Summary{Min: 2, Max: 2}, true},
	} {
		got, ok := (&Country{Areas: c.areas}).Summarise(now)
		if got != c.want || ok != c.ok {
			t.Errorf("%s: %+v, %v", name, got, ok)
		}
	}
}

func TestContentTime(t *testing.T) {
	modified := on("2026-11-20T12:00:00Z").Start
	since := area("A", 3, [6]int{})
	since.Since = on("2026-11-01")
	planned := area("B", 4, [6]int{})
	planned.Since = on("2027-01-01")
	for name, c := range map[string]struct {
		country Country
		want    time.Time
	}{
		"no times":             {Country{}, time.Time{}},
		"reviewed":             {Country{Reviewed: on("2026-11-19"), Areas: []Area{since}}, on("2026-11-19").Start},
		"since":                {Country{Areas: []Area{since}}, on("2026-11-01").Start},
		"a plan is no news":    {Country{Areas: []Area{since, planned}}, on("2026-11-01").Start},
		"reviewed after write": {Country{Reviewed: on("2026-11-21"), Areas: []Area{since}}, on("2026-11-01").Start},
	} {
		if got := c.country.ContentTime(modified); !got.Equal(c.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestDiff(t *testing.T) {
	seen := on("2026-11-20").Start
	mli := country.MustParse("MLI")
	before := &Country{Country: mli, Areas: []Area{area("A", 3, [6]int{}), area("B", 4, [6]int{}), area("C", 2, [6]int{})}}
	after := &Country{Country: mli, Areas: []Area{area("A", 3, [6]int{5}), area("B", 5, [6]int{}), area("D", 1, [6]int{})}}
	got := Diff(before, after, seen)
	want := [][2]int{{4, 5}, {0, 1}, {2, 0}}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i, c := range got {
		if c.From != want[i][0] || c.To != want[i][1] || c.Country != mli || !c.Seen.Equal(seen) {
			t.Errorf("%+v", c)
		}
	}
	if c := Diff(nil, nil, seen); c != nil {
		t.Error(c)
	}
	if c := Diff(before, before, seen); c != nil {
		t.Error(c)
	}
}

func TestBandsAndNames(t *testing.T) {
	for _, w := range BandWords() {
		if b, ok := ParseBand(w); !ok || b.String() != w || b.Label() == "?" {
			t.Errorf("%s: %v", w, b)
		}
	}
	if b, ok := ParseBand("very high"); ok || b != BandNone {
		t.Error("an unknown word is no band")
	}
	if b, ok := ParseBand(""); ok || b != BandNone {
		t.Error("nothing is no band")
	}
	un := Country{Scheme: safetext.Const(UNSLS)}
	if un.Name(6) != "Extreme" || un.Name(7) != "" || un.Name(0) != "" {
		t.Error("names of un-sls")
	}
}
