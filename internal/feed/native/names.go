package native

import (
	"strings"

	"vigil/internal/misspelt"
)

// unknown warns of a member that the format does not have. It is not kept.
func (r *reader) unknown(offset int, name string, table map[string]member) {
	if near := nearest(name, table); near != "" {
		r.warn(offset, "%q is not known and left out: did you mean %q?", name, near)
		return
	}
	r.warn(offset, "%q is not known and left out: the README lists the members", name)
}

// nearest is the name of the table that a misspelt one is most like, or none.
func nearest(name string, table map[string]member) string {
	const (
		longest = 40 // what is longer is no slip of the hand
		slips   = 2
	)
	if len(name) > longest {
		return ""
	}
	best, at := slips+1, ""
	for known := range table {
		// The order of a map is random: of two as near, the first by the alphabet.
		if d := misspelt.Distance(strings.ToLower(name), known); d < best || d == best && known < at {
			best, at = d, known
		}
	}
	if best > slips || best >= len(at) {
		return ""
	}
	return at
}
