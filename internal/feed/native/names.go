package native

import "strings"

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
		if d := distance(strings.ToLower(name), known); d < best || d == best && known < at {
			best, at = d, known
		}
	}
	if best > slips || best >= len(at) {
		return ""
	}
	return at
}

// distance is the Levenshtein distance in bytes. The names are short and nothing pinned in
// go.mod computes it.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
