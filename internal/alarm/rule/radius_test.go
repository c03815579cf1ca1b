package rule_test

import (
	"testing"

	"vigil/internal/alarm/rule"
	"vigil/internal/duty"
)

// TestRadii are those of the rules: of every other rule that of the shipped one for staff nearby, as the desk has it.
func TestRadii(t *testing.T) {
	if r := rule.With(nil).Radii(); r[""] != 25 || r["incident near staff"] != 25 {
		t.Errorf("shipped: %v", r)
	}
	high, own, near := duty.High, `act == 'riot' and (staff_near(5) > 0 or staff_near( 7.5 ) > 40)`, `staff_near(60) > 0`
	var rules []rule.Rule
	for _, d := range []rule.Draft{{Name: "riot near", When: &own, Severity: &high}, {Name: "incident near staff", When: &near}} {
		r, err := d.Rule()
		if err != nil {
			t.Fatal(err)
		}
		rules = append(rules, r)
	}
	r := rule.With(rules).Radii()
	if r["riot near"] != 7.5 || r["incident near staff"] != 60 || r[""] != 60 {
		t.Errorf("own: %v", r)
	}
	if _, has := r["source stale"]; has {
		t.Error("a rule that asks for no staff has a distance")
	}
}
