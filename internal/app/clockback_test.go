package app

import (
	"strings"
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/picture"
)

// TestAClockThatIsSetBack takes nothing from the screen, and is said.
func TestAClockThatIsSetBack(t *testing.T) {
	d := newDesk(t, "countries = [\"MLI\"]\n")
	d.write("levels/mli.yaml", "country: MLI\nscheme: un-sls\nauthority: EXERCISE\nareas:\n  - {name: Gao, level: 4, threats: {terrorism: 4}}\n")
	d.add("feeds/radio.jsonl", d.line("R-1", time.Hour, ""))
	d.open()
	has := func(v picture.View) bool {
		c, ok := v.Country(country.MLI)
		return ok && c.Levels != nil && v.Totals().Total == 1
	}
	d.await("levels and an incident", has)
	if strings.Contains(describe(d.last), "clock") {
		t.Errorf("before: %s", describe(d.last))
	}
	d.clock.forward(-10 * time.Minute)
	v := d.await("a word on the clock", func(v picture.View) bool { return strings.Contains(describe(v), "was set back by") })
	if !has(v) {
		t.Errorf("the clock took something away: %s", describe(v))
	}
	d.clock.forward(2 * time.Hour)
	d.await("its end", func(v picture.View) bool { return !strings.Contains(describe(v), "was set back by") })
	d.close()
}
