package figure

import (
	"strconv"
	"strings"

	"vigil/internal/level"
)

// Advisory writes what an authority advises, on its own scale and in its own words: "3 of 4, Reconsider
// Travel"; "none" where it advises nothing.
func (h Hand) Advisory(a *level.Advisory) string {
	var parts []string
	if a.Level > 0 {
		of := strconv.Itoa(a.Level)
		if a.Max > 0 {
			of = h.Sayf("%d of %d", a.Level, a.Max)
		}
		parts = append(parts, of)
	}
	if !a.Label.IsZero() {
		parts = append(parts, a.Label.OneLine().String())
	}
	for _, s := range a.Statuses {
		parts = append(parts, h.Words(s.OneLine().String()))
	}
	if len(parts) == 0 {
		return h.Say("none")
	}
	return strings.Join(parts, ", ")
}

// AdvisoryShort is Advisory where there is little room: the level alone, where the scale has levels.
func (h Hand) AdvisoryShort(a *level.Advisory) string {
	if a.Level > 0 {
		return strconv.Itoa(a.Level)
	}
	return h.Advisory(a)
}

// AdvisoryChange writes a change of an advisory: "US State Department 3→4 of 4, Do Not Travel".
func (h Hand) AdvisoryChange(c *level.AdvisoryChange) string {
	of := c.Of().Authority.OneLine().String()
	switch {
	case c.From == nil:
		return h.Sayf("%s advises %s", of, h.Advisory(c.To))
	case c.To == nil:
		return h.Sayf("%s advises no longer (was %s)", of, h.Advisory(c.From))
	default:
		return h.Sayf("%s advises %s", of, h.AdvisoryShort(c.From)+h.Right+h.Advisory(c.To))
	}
}
