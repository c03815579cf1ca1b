package aloud

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"vigil/internal/lang"
)

// TestHeadingsAreToldApart wants that no two headings that are said otherwise are one word in a language: a column is known by
// its heading as it is drawn.
func TestHeadingsAreToldApart(t *testing.T) {
	for _, tag := range lang.Tags() {
		l, err := lang.Load(tag, false)
		if err != nil {
			t.Fatal(err)
		}
		by := map[string]string{}
		for _, title := range slices.Sorted(maps.Keys(columns)) {
			said := l.Say(title)
			if before, is := by[said]; is && !alike(columns[before], columns[title]) {
				t.Errorf("%s: %s and %s are both %q", tag, before, title, said)
			}
			by[said] = title
		}
	}
}

func alike(a, b column) bool {
	return a.format == b.format && a.unsaid == b.unsaid && reflect.ValueOf(a.of).Pointer() == reflect.ValueOf(b.of).Pointer()
}
