package picture

import (
	"testing"
	"time"

	"vigil/internal/country"
)

// The desk chooses which names of countries are shown, and may choose anew while it runs.
func TestCountryNames(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	o := Options{Countries: []CountryOption{{Code: country.SYR}}}
	s := NewStore(o)
	for _, tt := range []struct {
		names country.Naming
		want  string
	}{
		{country.M49, "Syrian Arab Republic"},
		{country.CLDR, "Syria"},
	} {
		o.Desk.CountryNames = tt.names
		s.SetOptions(o)
		v := s.At(now, now, now).For(DutyOfficer)
		c, ok := v.Country(country.SYR)
		if !ok || c.Name.String() != tt.want || v.CountryNames() != tt.names {
			t.Errorf("%v: %v, %t, %v", tt.names, c, ok, v.CountryNames())
		}
	}
	if (View{}).CountryNames() != country.M49 {
		t.Error("a view of nothing has other names")
	}
}
