package picture

import (
	"time"

	"vigil/internal/calendar"
	"vigil/internal/health"
	"vigil/internal/level"
	"vigil/internal/presence"
	"vigil/internal/safetext"
)

// ChangeKind says what a change is of.
type ChangeKind uint8

// The kinds of change.
const (
	IncidentChanged ChangeKind = iota
	LevelChanged
	PresenceChanged
	SourceChanged
	AdvisoryChanged
	CalendarChanged
)

// String is the word used in JSON.
func (k ChangeKind) String() string {
	return [...]string{"incident", "level", "presence", "source", "advisory", "calendar"}[min(int(k), 5)]
}

// Change is one entry of the change log: something that became known to the desk. Entries are
// never dropped and never change.
type Change struct {
	Seq  int       // 1 for the first
	At   time.Time // when the desk learnt it
	Kind ChangeKind

	id        ID // of an incident, read through View.ChangedRow
	version   handle
	Effect    Effect
	Withdrawn bool // its source no longer lists it

	Level    level.Change
	Presence presence.Change
	Advisory level.AdvisoryChange
	Calendar CalendarChange

	Source   safetext.Text // of a source
	From, To health.State
	Reason   safetext.Text
}

// Incident is the incident that changed; 0 where the change is not of one.
func (c *Change) Incident() ID { return c.id }

// CalendarChange is what became of an entry of the calendar. Of one that is gone it is as it was.
type CalendarChange struct {
	What calendar.Change
	Due  Due
}
