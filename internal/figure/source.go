package figure

import "vigil/internal/picture"

// HasSources reports whether the desk has any source at all: without one nothing that it does not show is calm.
func HasSources(v picture.View) bool {
	for range v.Sources() {
		return true
	}
	return false
}
