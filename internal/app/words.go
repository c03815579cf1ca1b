package app

import "vigil/internal/figure"

// plural counts in words.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return figure.Plain.Number(n) + " " + many
}
