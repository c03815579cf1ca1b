package calendar

import (
	"cmp"
	"slices"
	"strings"
)

//go:generate go run ./gen -npm $CLDR

// windowsZone is a zone of Windows by its name in small letters, and its name in the tz database.
type windowsZone struct{ windows, zone string }

// WindowsZone is the name in the tz database of a zone of Windows, such as Europe/Paris of "Romance Standard Time", in any
// case, or of the name that Outlook has for UTC. The clocks of all places that Windows puts into the zone agree at
// present. ok is false for a name that is none.
func WindowsZone(name string) (zone string, ok bool) {
	name = strings.ToLower(strings.Join(strings.Fields(name), " "))
	if name == "tzone://microsoft/utc" {
		name = "utc"
	}
	n, ok := slices.BinarySearchFunc(windowsZones[:], name, func(z windowsZone, name string) int { return cmp.Compare(z.windows, name) })
	if !ok {
		return "", false
	}
	return windowsZones[n].zone, true
}
