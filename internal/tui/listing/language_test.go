package listing_test

import (
	"testing"

	"vigil/internal/tui/listing"
	"vigil/internal/tui/tuitest"
)

func TestLanguages(t *testing.T) {
	v := tuitest.Sahel().View()
	var lines []string
	for _, size := range tuitest.Sizes {
		f := tuitest.Pseudo(tuitest.Frame(t, v, size))
		for _, g := range []*listing.Grid{listing.New(&f, size.Width), listing.NewIn(&f, size.Width), listing.NewTraced(&f, size.Width)} {
			head := g.Head()
			lines = append(lines, head.Text())
			for id := range v.Incidents() {
				r, _ := v.Row(id)
				lines = append(lines, text(g, &f, id), listing.SaidCountries(&r, &f))
			}
		}
	}
	tuitest.Untranslated(t, lines)
}
