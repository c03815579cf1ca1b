package alarm

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"vigil/internal/duty"
	"vigil/internal/level"
)

// levelChange names a change of a level in the key of a condition.
func levelChange(c *level.Change) string { return fmt.Sprintf("%s %d-%d", c.Area, c.From, c.To) }

// changesOf names the changes of a country: another one is another thing. They are those of the newest day.
func changesOf(changes []level.Change) string {
	var out []string
	for i := range changes {
		if dayOf(&changes[i]) == dayOf(&changes[0]) {
			out = append(out, levelChange(&changes[i]))
		}
	}
	slices.Sort(out)
	if len(changes) > 0 {
		out = append(out, dayOf(&changes[0]))
	}
	return " " + strings.Join(out, ", ")
}

func dayOf(c *level.Change) string { return c.Seen.UTC().Format(time.DateOnly) }

// RangForLevel reports whether an alarm was raised for this change of a level.
func RangForLevel(r *duty.Raise, c *level.Change) bool {
	return slices.ContainsFunc(membersOf(r.Key), func(key string) bool {
		named, is := strings.CutPrefix(key, keyOf(r.Rule, c.Country.Alpha3()+" "))
		if !is {
			return false
		}
		changes, of := strings.CutSuffix(named, ", "+dayOf(c))
		return of && strings.Contains(", "+changes+", ", ", "+levelChange(c)+", ")
	})
}
