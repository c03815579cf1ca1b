package app

import (
	"time"

	"vigil/internal/calendar"
	"vigil/internal/desk"
	"vigil/internal/problem"
	"vigil/internal/source"
)

// calendarFiles are the files of calendar/. They are not kept in the intake: what was expected at a time of
// the past is known for as long as vigil runs.
type calendarFiles struct {
	keeper[[]calendar.Entry]
	remembered // nothing: only whether the folder can be read
}

func newCalendarFiles() calendarFiles {
	return calendarFiles{keeper: newKeeper(
		func(file string, e source.Event) ([]calendar.Entry, []problem.Problem, error) {
			return desk.ParseCalendar(file, e.Data)
		},
		calendar.Vanished,
	)}
}

func (c *calendarFiles) problems() []problem.Problem { return c.allProblems() }

// publish gives the store all entries that hold.
func (c *calendarFiles) publish(h *hub, at time.Time) {
	h.store.SetCalendar(calendar.Merge(c.good()), at)
	h.notes()
}
