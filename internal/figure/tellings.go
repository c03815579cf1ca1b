package figure

import (
	"fmt"
	"slices"
	"strings"

	"vigil/internal/picture"
	"vigil/internal/safetext"
)

// Source is the name of the source, for a list: "field ?" where another may tell of the same event. How many do stands in
// Standing; where that has another word, it is "field +1". With "*" behind it something of the row is another's word.
func (h Hand) Source(r *picture.Row) string { return r.Source.String() + h.others(r) }

// SourceIn is Source in so many cells: the name gives way, and who else tells of the event does not. cut shortens a
// text to cells.
func (h Hand) SourceIn(r *picture.Row, cells int, cut func(s string, cells int) string) string {
	more := h.others(r)
	if more == "" || len(more) >= cells {
		return h.Source(r)
	}
	return cut(r.Source.String(), cells-len(more)) + more
}

// others says who else tells of the event, or may: "*" where something of the row is another's word.
func (h Hand) others(r *picture.Row) string {
	s := ""
	if len(r.Filled) > 0 {
		s = "*"
	}
	if r.Tellings > 1 && !inStanding(r) {
		s += fmt.Sprintf(" +%d", r.Tellings-1)
	}
	if r.Proposed {
		s += " " + Unknown
	}
	return s
}

// Filled says what of an incident is another source's word, because the one that is shown leaves it unsaid: "place, position told by
// field; affected told by acled". It is empty where all is its own.
func (h Hand) Filled(list []picture.Filled) string {
	var parts []string
	for _, by := range FilledBy(list) {
		words := make([]string, len(by.Fields))
		for i, field := range by.Fields {
			words[i] = h.Words(field)
		}
		parts = append(parts, h.Sayf("%s told by %s", strings.Join(words, ", "), by.Source))
	}
	return strings.Join(parts, h.Say("; "))
}

// Filling is what one other telling of an event says.
type Filling struct {
	By     picture.ID
	Source safetext.Text
	Fields []string
}

// FilledBy is what is taken from others, by who says it.
func FilledBy(list []picture.Filled) []Filling {
	var out []Filling
	for _, f := range list {
		at := slices.IndexFunc(out, func(o Filling) bool { return o.By == f.By })
		if at < 0 {
			at = len(out)
			out = append(out, Filling{By: f.By, Source: f.Source})
		}
		out[at].Fields = append(out[at].Fields, f.Field.String())
	}
	return out
}
