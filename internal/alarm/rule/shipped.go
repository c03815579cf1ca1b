package rule

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"vigil/internal/alarm/three"
	"vigil/internal/duty"
)

// The names of the shipped rules that package alarm itself refers to.
const (
	// Together rings once for what was there at the first read, and for what came late.
	Together = "late or first read"
	// RestrictedIncident rings in place of every other rule for what the duty officer may not see.
	RestrictedIncident = "restricted incident"
	// TakenOver rings when the watch was taken without the outgoing: the lead is to be told.
	TakenOver = "watch taken over"
	// Surge rings for what happens more often than is normal for a country.
	Surge = "surge"
	// nearStaff says within which distance staff are near.
	nearStaff = "incident near staff"
)

// shipped is one rule of the set. What it leaves to "cannot exclude", and what it takes for no by sure(), is said beside it.
type shipped struct {
	name     string
	on       On
	when     string
	severity duty.Severity
	escalate []Rung
	moment   bool
}

const (
	// held or killed: the worst that can happen to staff. Of a record that says nothing of people, only acts that are aimed at
	// people cannot be excluded; else every storm and every battle of a feed would ring.
	worst  = `killed('staff') + abducted('staff') + missing('staff') > 0 and (people or act in ['killing', 'abduction', 'hostage_taking'])`
	refute = `verification != 'refuted'`
	// serious are acts that endanger whoever is near.
	serious = `act in ['killing', 'complex_attack', 'shooting', 'bombing_ied', 'shelling', 'aerial_attack', 'abduction', 'hostage_taking', ` +
		`'attack_on_premises', 'attack_on_vehicle', 'attack_on_convoy', 'attack_on_medical_facility', 'riot', 'earthquake', 'tsunami', 'volcano', 'cyclone']`
)

var shippedRules = [...]shipped{
	{"staff killed, abducted or missing", Incident, worst + ` and ` + refute, duty.Critical, minutes(5, 15, 30), true},
	{"staff harmed", Incident, `people and harmed('staff') > 0 and not sure(` + worst + `) and ` + refute, duty.High, minutes(15, 60), true},
	// What may have harmed staff rings by the rules above, with who is near beside it: one event is one alarm.
	{nearStaff, Incident, `staff_near(25) > 0 and ` + serious + ` and sure(not (` + worst + `)) and sure(not (people and harmed('staff') > 0)) and ` + refute, duty.High, minutes(15, 60), true},
	{
		"single-source critical", Incident,
		`sure(severity == 'critical') and sources == 1 and verification == 'unconfirmed' and not sure(people and harmed('staff') > 0)`,
		duty.Medium, nil, true,
	},
	{RestrictedIncident, Incident, `restricted`, duty.High, minutes(15, 60), true},
	{"official level changed", Country, `level_raised or level_lowered`, duty.High, minutes(30), true},
	{"estimate rose", Country, `sure(estimate_rise >= 1) and sure(estimate >= 'high')`, duty.Medium, nil, true},
	// Where the country's own normal is not known, that is for the board to say (CANNOT SEE): as an alarm it would never end.
	{Surge, Country, `sure(trend >= 2) and recent >= 5 and not trend_old`, duty.Medium, nil, false},
	{"official level expired", Country, `levels_expired > 0`, duty.Low, nil, false},
	{"country blind", Country, `blind and (home or staff > 0)`, duty.Medium, nil, false},
	{"source stale", Source, `state in ['stale', 'failed']`, duty.Medium, nil, false},
	{"area with staff and no warden", Area, `staff > 0 and warden_zones == 0`, duty.Low, nil, false},
	{"next report due", Due, `kind == 'flash' and hours >= 0`, duty.High, minutes(10, 30), false},
	{"overdue", Due, `overdue and not forecast and kind not in ['flash', 'level expires']`, duty.Medium, nil, false},
	{"vigilance check not answered", Desk, `watch_silent`, duty.High, minutes(5, 15), false},
	{"watch too long", Desk, `watch_hours >= 12`, duty.Medium, minutes(60), false},
	{TakenOver, Desk, `watch_taken_over`, duty.High, minutes(15, 60), true},
	{"network down", Desk, `network_down`, duty.High, minutes(15), false},
	{"not recorded", Desk, `not_recorded`, duty.High, minutes(15), false},
}

// ladder are the functions that learn of an alarm, one with each rung; the last has the further ones, too.
var ladder = [...]string{"security adviser", "designated official"}

// minutes are rungs after so many minutes each. That of an alarm which nobody owned for the first time goes to the security adviser, the
// further ones to the designated official.
func minutes(list ...int) []Rung {
	var out []Rung
	for i, m := range list {
		out = append(out, Rung{time.Duration(m) * time.Minute, ladder[min(i, len(ladder)-1)]})
	}
	return out
}

// Usually is after how long without an owner an alarm escalates that no one rule rings for.
func Usually(s duty.Severity) []Rung {
	switch s {
	case duty.Critical:
		return minutes(5, 15, 30)
	case duty.High:
		return minutes(15, 60)
	case duty.Medium, duty.Low:
	}
	return nil
}

var compiled = sync.OnceValue(func() Set {
	set := make(Set, 0, len(shippedRules)+1)
	for i := range shippedRules {
		s := &shippedRules[i]
		when, err := three.Compile(s.when, Schema(s.on))
		if err != nil {
			panic(fmt.Sprintf("shipped rule %q: %v", s.name, err)) // the tests compile them all
		}
		set = append(set, Rule{
			Name: s.name, On: s.on, When: when, Severity: s.severity, Escalate: s.escalate, Moment: s.moment, Shipped: true,
		})
	}
	return set
})

// Shipped is the set that ships. It must not be changed.
func Shipped() Set { return slices.Clip(compiled()) }
