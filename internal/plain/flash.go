package plain

import (
	"io"

	"vigil/internal/figure"
	"vigil/internal/picture"
)

// FlashesDue prints the flash reports that were promised, the first due first.
func FlashesDue(w io.Writer, v picture.View, l Layout) error {
	var lines []string
	warnings := trouble(v, l)
	for _, f := range v.Duty().FlashesDue() {
		lines = append(lines, figure.Plain.FlashDue(v, &f, v.Known()))
	}
	if len(lines) == 0 {
		lines = []string{"no flash report is due"}
	}
	return printed(w, l, append(warnings, lines...))
}
