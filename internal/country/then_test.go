package country_test

import (
	"slices"
	"testing"
	"time"

	"vigil/internal/country"
)

func TestThen(t *testing.T) {
	day := func(s string) time.Time {
		at, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	given := []country.Code{country.SDN, country.TCD}
	for _, tt := range []struct {
		codes []country.Code
		at    time.Time
		want  []country.Code
	}{
		{given, day("2011-07-08"), []country.Code{country.SDN, country.TCD, country.SSD}},
		{given, day("2011-07-09"), given},
		{given, time.Time{}, []country.Code{country.SDN, country.TCD, country.SSD}},
		{[]country.Code{country.SRB}, day("2007-01-01"), []country.Code{country.SRB, country.XKX}},
		{[]country.Code{country.SSD}, day("2010-01-01"), []country.Code{country.SSD}},
		{nil, day("2000-01-01"), nil},
	} {
		if got := country.Then(tt.codes, tt.at); !slices.Equal(got, tt.want) {
			t.Errorf("%v at %s: %v, want %v", tt.codes, tt.at, got, tt.want)
		}
	}
	if len(given) != 2 {
		t.Error("the given slice was changed")
	}
}
