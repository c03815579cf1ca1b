package country_test

import (
	"testing"

	"vigil/internal/country"
)

func TestNaming(t *testing.T) {
	syria := country.SYR
	for i, word := range country.Namings() {
		n, ok := country.ParseNaming(word)
		if !ok || int(n) != i || n.String() != word {
			t.Errorf("%q is %v, %t", word, n, ok)
		}
	}
	if m49, cldr := country.M49.Name(syria), country.CLDR.Name(syria); m49 != "Syrian Arab Republic" || cldr != "Syria" {
		t.Errorf("%q and %q", m49, cldr)
	}
	for _, word := range []string{"", "iso", "M49"} {
		if _, ok := country.ParseNaming(word); ok {
			t.Errorf("%q is a choice", word)
		}
	}
	if country.CLDR.Name(country.Unknown) != "" {
		t.Error("Unknown has a name")
	}
}
