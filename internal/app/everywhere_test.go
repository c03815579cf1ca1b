package app

import (
	"strings"
	"testing"
	"time"
)

// A source that nobody limits and that tells of some home countries only makes calm of the others: check says so.
func TestASourceOfOneCountryThatCoversAll(t *testing.T) {
	const says = "it covers every country by default, and its records are of MLI alone of the home countries: write countries = [\"MLI\"]"
	for name, tt := range map[string]struct {
		config, more string
		want         bool
	}{
		"no block":       {"", "", true},
		"a block":        {"[[source]]\nname = \"radio\"\npath = \"feeds/radio.jsonl\"\n", "", true},
		"limited":        {"[[source]]\nname = \"radio\"\npath = \"feeds/radio.jsonl\"\ncountries = [\"MLI\"]\n", "", false},
		"meant for all":  {"[[source]]\nname = \"radio\"\npath = \"feeds/radio.jsonl\"\ncountries = [\"MLI\", \"BFA\", \"NER\"]\n", "", false},
		"covers nothing": {"[[source]]\nname = \"radio\"\npath = \"feeds/radio.jsonl\"\ncovers = []\n", "", false},
		"tells of all":   {"", `,"countries":["MLI","BFA","NER"]`, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, "countries = [\"MLI\", \"BFA\", \"NER\"]\n"+tt.config)
			line := d.line("A-1", time.Minute, "")
			if tt.more != "" {
				line = strings.Replace(line, `,"country":"MLI"`, tt.more, 1)
			}
			d.add("feeds/radio.jsonl", line)
			said := false
			for _, p := range checked(t, d, "feeds/radio.jsonl") {
				if strings.Contains(p.String(), says) && strings.HasSuffix(p.String(), "or 0 is shown for BFA NER where nobody looked") && p.Warning {
					said = true
				} else {
					t.Errorf("%s", p)
				}
			}
			if said != tt.want {
				t.Errorf("said %t, want %t", said, tt.want)
			}
		})
	}
}
