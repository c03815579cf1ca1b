package level

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

var now = time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)

func when(t *testing.T, s string) incident.When {
	t.Helper()
	w, err := incident.ParseWhen(s)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func area(name string, n int, threats ...int) Area {
	a := Area{Name: safetext.Clean(name), Level: n}
	copy(a.Threats[1:], threats)
	return a
}

func mali(areas ...Area) Country {
	return Country{Country: country.MLI, Scheme: safetext.Const(UNSLS), Areas: areas}
}

func TestSummarise(t *testing.T) {
	expired := area("Gao", 5)
	expired.ValidUntil = when(t, "2026-11-19")
	today := area("Mopti", 4)
	today.ValidUntil = when(t, "2026-11-20")
	tests := []struct {
		name  string
		areas []Area
		want  Summary
		ok    bool
	}{
		{"none", nil, Summary{}, false},
		{"one", []Area{area("Gao", 4, 3, 5)}, Summary{Min: 4, Max: 4, Driver: incident.Terrorism}, true},
		{"a range, driven by the worst area", []Area{area("Bamako", 3, 1, 1, 5), area("Gao", 5, 4, 3)}, Summary{Min: 3, Max: 5, Driver: incident.ArmedConflict}, true},
		{"no categories", []Area{area("Gao", 2)}, Summary{Min: 2, Max: 2}, true},
		{"expired is still the last word", []Area{expired, area("Bamako", 3)}, Summary{Min: 3, Max: 5, Expired: 1}, true},
		{"valid through its last day", []Area{today}, Summary{Min: 4, Max: 4}, true},
	}
	for _, tt := range tests {
		c := mali(tt.areas...)
		got, ok := c.Summarise(now)
		if ok != tt.ok || got != tt.want {
			t.Errorf("%s: %+v %v, want %+v %v", tt.name, got, ok, tt.want, tt.ok)
		}
	}
}

func TestDiff(t *testing.T) {
	change := func(area string, from, to int) Change {
		return Change{country.MLI, safetext.Clean(area), from, to, safetext.Const(UNSLS), now}
	}
	before, after := mali(area("Gao", 4), area("Bamako", 3), area("Kidal", 5)), mali(area("Gao", 5), area("Bamako", 3), area("Mopti", 4))
	if diff := cmp.Diff([]Change{change("Gao", 4, 5), change("Mopti", 0, 4), change("Kidal", 5, 0)}, Diff(&before, &after, now),
		cmp.Comparer(func(a, b safetext.Text) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
	if got := Diff(&before, &before, now); len(got) != 0 {
		t.Errorf("no change gives %v", got)
	}
	if got := Diff(nil, &before, now); len(got) != 3 {
		t.Errorf("a new country gives %d changes, want 3", len(got))
	}
}

func TestMergeKeepsSchemesApart(t *testing.T) {
	own := Country{Country: country.MLI, Scheme: safetext.Const("own"), Areas: []Area{area("Gao", 2)}}
	merged := Merge([]Country{own, mali(area("Gao", 5)), mali(area("Bamako", 3), area("Gao", 1))})
	if len(merged) != 2 || merged[0].Scheme.String() != UNSLS || len(merged[0].Areas) != 2 {
		t.Fatalf("merged %+v", merged)
	}
	if merged[0].Areas[0].Level != 5 {
		t.Errorf("of an area given twice the first stands, got level %d", merged[0].Areas[0].Level)
	}
	if !Vanished([]Country{own}, []Country{mali(area("Gao", 2))}) || Vanished([]Country{own}, merged) {
		t.Error("an area has vanished only when its scheme no longer has it")
	}
}

func TestBands(t *testing.T) {
	for _, word := range BandWords() {
		b, ok := ParseBand(word)
		if !ok || b.String() != word || b == BandNone {
			t.Errorf("%q reads as %v", word, b)
		}
	}
	if _, ok := ParseBand(""); ok {
		t.Error("an empty word is a band")
	}
}
