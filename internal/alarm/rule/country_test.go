package rule

import (
	"testing"

	"vigil/internal/alarm/three"
	"vigil/internal/query"
)

// at answers one word to every field.
type at string

func (a at) Ask(string, any) any { return three.Say(string(a)) }

// TestCountriesAreNamedAsPeopleDo: a name that is compared as it stands would never ring.
func TestCountriesAreNamedAsPeopleDo(t *testing.T) {
	var m three.Machine
	for _, on := range []On{Incident, Country, Area, Due} {
		for _, when := range []string{"country == 'Mali'", "'ML' == country", "country in ['Niger', 'mali']", "country != 'NER'"} {
			p, err := three.Compile(when, Schema(on))
			if err != nil {
				t.Errorf("%s of %s: %v", when, on, err)
				continue
			}
			if m.Eval(p, at("MLI")) != query.Yes {
				t.Errorf("%s of %s is not so of MLI", when, on)
			}
		}
		for _, when := range []string{"country == 'Malli'", "country == ''"} {
			if _, err := three.Compile(when, Schema(on)); err == nil {
				t.Errorf("%s of %s is taken", when, on)
			}
		}
	}
}
