package country

import (
	"strings"
	"time"

	"vigil/internal/level"
	"vigil/internal/theme"
	"vigil/internal/tui/page"
	"vigil/internal/tui/plot"
	"vigil/internal/tui/widget"
)

// A column of the steps is two weeks, and all of them are a year.
const (
	stepLength = 14 * 24 * time.Hour
	stepCount  = 26
)

// steps is the official level of an area at the end of each of the last columns, oldest first; 0 where nobody can say: before a level's
// own date, and before the desk saw it change. changes are those of the country, newest first.
func steps(a *level.Area, changes []level.Change, valid time.Time) []int {
	values := make([]int, stepCount)
	for i := range values {
		values[i] = levelAt(a, changes, valid.Add(-time.Duration(stepCount-1-i)*stepLength))
	}
	values[stepCount-1] = a.Level // now
	return values
}

// levelAt is the level of an area at a time, 0 if unknown. Its own date goes before when the desk saw it change; of what was
// before the first change that the desk saw nobody knows for how long, so that it stands for one column.
func levelAt(a *level.Area, changes []level.Change, at time.Time) int {
	stands, from := a.Level, a.Since.Start
	if !from.IsZero() && !at.Before(from) {
		return stands
	}
	var first time.Time // of the changes so far
	for _, ch := range changes {
		if ch.Area != a.Name || ch.To != stands {
			continue // of another area
		}
		if from.IsZero() || ch.Seen.Before(from) {
			from = ch.Seen
		}
		if !at.Before(from) {
			return stands
		}
		stands, first, from = ch.From, from, time.Time{}
	}
	if !first.IsZero() && !at.Before(first.Add(-stepLength)) {
		return stands
	}
	return 0
}

// levelSteps are the areas' levels over a year, a line each.
func (p *pen) levelSteps(w *page.Writer) {
	if p.c.Levels == nil || len(p.c.Levels.Areas) == 0 {
		return
	}
	name := min(20, max(8, p.width-stepCount-3))
	for i := range p.c.Levels.Areas {
		a := &p.c.Levels.Areas[i]
		values := steps(a, p.changes, p.View.Valid())
		spans := plot.Steps(p.Palette, values, func(v int) theme.Role { return areaRole(p.c, v) })
		line := w.Add(append([]widget.Span{{Text: widget.Fit(page.Safe(p.Palette, a.Name.String()), name, p.Palette.Glyph(theme.Ellipsis)) + " ", Role: theme.Label}}, spans...)...)
		line.Key, line.Said = "steps "+a.Name.String(), p.stepWords(a.Name.String(), values)
	}
	w.Add(widget.Span{Text: page.Safe(p.Palette, p.Say("a year, two weeks a column; ? is unknown to this desk")), Role: theme.Dim}).Still = true
}

// stepWords says when a level changed.
func (p *pen) stepWords(name string, values []int) string {
	var said []string
	last := -1
	for i, v := range values {
		if v == last {
			continue
		}
		last = v
		day := p.View.Valid().Add(-time.Duration(stepCount-1-i) * stepLength).Format(time.DateOnly)
		if v == 0 {
			said = append(said, p.Sayf("unknown at %s", day))
			continue
		}
		said = append(said, p.Sayf("level %s at %s", p.Number(v), day))
	}
	return p.Sayf("%s: %s", name, strings.Join(said, p.Say(", then ")))
}
