package duty

import (
	"time"

	"vigil/internal/safetext"
)

// Telling is one attempt to tell a contact of an alarm.
type Telling struct {
	At      time.Time
	By      safetext.Text
	Contact string // its function in the country's profile
	Channel string
	Outcome Outcome
	Words   safetext.Text
}
