package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestSource(t *testing.T) {
	const doc = `{"supplemental":{"windowsZones":{"mapTimezones":[
		{"mapZone":{"_other":"W. Exercise Standard Time","_type":"Africa/Bamako","_territory":"001"}},
		{"mapZone":{"_other":"W. Exercise Standard Time","_type":"Africa/Bamako Africa/Dakar","_territory":"ML"}},
		{"mapZone":{"_other":"Exercise Standard Time","_type":"Africa/Lagos","_territory":"001"}}]}}}`
	got, err := source([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	want := "{\"exercise standard time\", \"Africa/Lagos\"},\n\t{\"w. exercise standard time\", \"Africa/Bamako\"},\n}"
	if !strings.Contains(string(got), want) || strings.Contains(string(got), "Dakar") {
		t.Errorf("got\n%s", got)
	}
	for _, bad := range []string{"", "{}", "[]"} {
		if _, err := source([]byte(bad)); err == nil {
			t.Errorf("%q made a table", bad)
		}
	}
}

func TestMissingPackagesAreExplained(t *testing.T) {
	out := filepath.Join(t.TempDir(), "zz.go")
	for npm, want := range map[string]string{"": "-npm", t.TempDir(): archive} {
		if err := run(npm, out); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", npm, err)
		}
	}
}
