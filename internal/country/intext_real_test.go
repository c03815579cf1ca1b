package country_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"vigil/internal/country"
)

// The names of ReliefWeb's disasters begin with the countries, and a GLIDE number ends with the alpha-3 code of one: what
// the text gives must hold that. Those written as the name of a storm have no country to find.
func TestInTextOfRealTitles(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(realDir(t), "reliefweb/v1-disasters-appname-vocabulary-preset-external-limit-1000.json"))
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Data []struct{ Fields struct{ Name, Glide string } }
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	checked, silent := 0, 0
	for _, d := range doc.Data {
		glide := d.Fields.Glide
		if len(glide) < 3 {
			continue
		}
		want, ok := country.Parse(glide[len(glide)-3:])
		if !ok {
			continue
		}
		checked++
		codes := country.InText(d.Fields.Name)
		switch {
		case len(codes) == 0:
			silent++
		case !slices.Contains(codes, want):
			t.Errorf("%q (%s): %v", d.Fields.Name, glide, codes)
		}
	}
	t.Logf("%d titles, %d without a country", checked, silent)
}
