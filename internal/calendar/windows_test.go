package calendar

import (
	"slices"
	"testing"
	"time"
	_ "time/tzdata" // every zone must be in the one that the program carries
)

func TestWindowsZone(t *testing.T) {
	for name, want := range map[string]string{
		"Romance Standard Time":           "Europe/Paris",
		"W. Central Africa Standard Time": "Africa/Lagos",
		" egypt  standard TIME ":          "Africa/Cairo",
		"Afghanistan Standard Time":       "Asia/Kabul",
		"UTC":                             "Etc/UTC",
		"UTC-02":                          "Etc/GMT+2", // whose sign is the other way round
		"tzone://Microsoft/Utc":           "Etc/UTC",
		"tzone://Microsoft/Custom":        "",
		"Customized Time Zone":            "",
		"Africa/Bamako":                   "",
		"":                                "",
	} {
		if got, ok := WindowsZone(name); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %t; want %q", name, got, ok, want)
		}
	}
}

func TestEveryWindowsZoneHasClocks(t *testing.T) {
	if !slices.IsSortedFunc(windowsZones[:], func(a, b windowsZone) int {
		if a.windows < b.windows {
			return -1
		}
		return 1
	}) {
		t.Error("the names are not in order, or one stands twice")
	}
	for _, z := range windowsZones {
		if _, err := time.LoadLocation(z.zone); err != nil {
			t.Errorf("%s: %v", z.windows, err)
		}
	}
}
