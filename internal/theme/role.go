package theme

// Role is what a piece of the screen means. Screens name roles, never colours.
type Role uint8

// The roles. Their names in theme files are the ones [Role.String] returns.
const (
	Text   Role = iota // ordinary text
	Dim                // text of lesser weight: units, hints, older lines
	Title              // titles of panes and screens
	Header             // the header line
	Footer             // the footer line
	Border             // rules and frames
	Accent             // what the eye should find first among equals
	Key                // a key's name in footer and help
	Label              // column headings and field names

	Selected    // the selected row
	Focus       // the title of the pane that has the keys
	Match       // the part of a text that a filter found
	New         // what arrived since the reader last looked
	Hazard      // natural hazards, kept apart from incidents
	Restricted  // a matter the viewer may not see in full
	Unconfirmed // an incident nobody has verified

	Error    // something is wrong and stays wrong until a person acts
	Warning  // something needs a look
	Alarm    // an alarm not acknowledged
	Exercise // the word EXERCISE

	Live    // a source that answers in time
	Quiet   // a source that answers and has nothing new
	Stale   // a source, or a figure, older than it should be
	Failed  // a source that cannot be read
	Never   // a source that never answered
	Blind   // nothing covers this
	Partial // only part of this is covered
	Expired // a security level past its validity
	Unknown // a value nobody knows

	Level1 // security level 1, minimal
	Level2 // security level 2, low
	Level3 // security level 3, moderate
	Level4 // security level 4, substantial
	Level5 // security level 5, high
	Level6 // security level 6, extreme

	Risk1 // very low
	Risk2 // low
	Risk3 // medium
	Risk4 // high
	Risk5 // very high

	SeverityNegligible
	SeverityMinor
	SeverityModerate
	SeveritySevere
	SeverityCritical
	SeverityUnknown

	roleCount // not a role
)

var roleNames = [roleCount]string{
	Text: "text", Dim: "dim", Title: "title", Header: "header", Footer: "footer", Border: "border", Accent: "accent", Key: "key", Label: "label",
	Selected: "selected", Focus: "focus", Match: "match", New: "new", Hazard: "hazard", Restricted: "restricted", Unconfirmed: "unconfirmed",
	Error: "error", Warning: "warning", Alarm: "alarm", Exercise: "exercise",
	Live: "live", Quiet: "quiet", Stale: "stale", Failed: "failed", Never: "never", Blind: "blind", Partial: "partial", Expired: "expired", Unknown: "unknown",
	Level1: "level.1", Level2: "level.2", Level3: "level.3", Level4: "level.4", Level5: "level.5", Level6: "level.6",
	Risk1: "risk.1", Risk2: "risk.2", Risk3: "risk.3", Risk4: "risk.4", Risk5: "risk.5",
	SeverityNegligible: "severity.negligible", SeverityMinor: "severity.minor", SeverityModerate: "severity.moderate",
	SeveritySevere: "severity.severe", SeverityCritical: "severity.critical", SeverityUnknown: "severity.unknown",
}

var rolesByName = func() map[string]Role {
	m := make(map[string]Role, roleCount)
	for r, name := range roleNames {
		m[name] = Role(r)
	}
	return m
}()

// String is the role's name in theme files; a number that is no role has none.
func (r Role) String() string {
	if r >= roleCount {
		return "no role"
	}
	return roleNames[r]
}

// RoleNamed finds a role by its name in theme files.
func RoleNamed(name string) (Role, bool) {
	r, ok := rolesByName[name]
	return r, ok
}

// Roles is every role.
func Roles() []Role {
	all := make([]Role, roleCount)
	for i := range all {
		all[i] = Role(i)
	}
	return all
}

// LevelRole is the role of security level n, 1 to 6; any other n is [Unknown].
func LevelRole(n int) Role {
	if n < 1 || n > 6 {
		return Unknown
	}
	return Level1 + Role(n-1)
}

// RiskRole is the role of risk band n, 1 (very low) to 5 (very high); any other n is [Unknown].
func RiskRole(n int) Role {
	if n < 1 || n > 5 {
		return Unknown
	}
	return Risk1 + Role(n-1)
}
