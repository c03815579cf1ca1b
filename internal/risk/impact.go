package risk

import "vigil/internal/incident"

// impact is the worst that a set of incidents did, with the rule that says so.
type impact struct {
	band   Impact
	rule   Rule
	hidden bool // the rule is of what is not to be told
}

// Rule is why an impact is what it is.
type Rule uint8

// The rules, in the order in which the highest that holds is looked for. RuleRestricted is of an incident of which nothing is to be told, as a
// harm or a grade would say what it was.
const (
	RuleNothingSeen Rule = iota
	RuleCriticalKilled
	RuleGradedCritical
	RuleSevereKilled
	RuleAbducted
	RuleSexual
	RuleGradedSevere
	RuleInjured
	RuleDetained
	RuleGradedModerate
	RuleHarmed
	RuleGradedMinor
	RuleNoHarm
	RuleNoStaff
	RuleRestricted
	ruleCount
)

// Rules lists them all.
func Rules() []Rule {
	list := make([]Rule, ruleCount)
	for i := range list {
		list[i] = Rule(i)
	}
	return list
}

// String is the rule in words.
func (r Rule) String() string {
	return [...]string{
		"nothing seen", "staff killed in one incident, at or above critical_killed", "graded critical by its source",
		"staff killed in one incident, at or above severe_killed", "staff abducted", "sexual violence", "graded severe by its source", "staff injured",
		"staff detained", "graded moderate by its source", "staff harmed otherwise", "graded minor by its source", "no staff known to be harmed",
		"no staff present", "a restricted incident: security lead only",
	}[min(r, ruleCount-1)]
}

func (i *impact) add(ev *Evidence, p *Params) {
	band, rule := impactOf(ev, p)
	if band < i.band || band == i.band && (!i.hidden || ev.Restricted) {
		return
	}
	if ev.Restricted {
		rule = RuleRestricted
	}
	*i = impact{band, rule, ev.Restricted}
}

// impactOf is the impact of one incident: the highest rule that holds.
func impactOf(ev *Evidence, p *Params) (Impact, Rule) {
	switch {
	case ev.Killed >= p.CriticalKilled:
		return Critical, RuleCriticalKilled
	case ev.Severity == incident.Critical:
		return Critical, RuleGradedCritical
	case ev.Killed >= p.SevereKilled:
		return Severe, RuleSevereKilled
	case ev.Abducted > 0:
		return Severe, RuleAbducted
	case ev.Sexual:
		return Severe, RuleSexual
	case ev.Severity == incident.Severe:
		return Severe, RuleGradedSevere
	case ev.Injured > 0:
		return Moderate, RuleInjured
	case ev.Detained > 0:
		return Moderate, RuleDetained
	case ev.Severity == incident.Moderate:
		return Moderate, RuleGradedModerate
	case ev.Harms:
		return Minor, RuleHarmed
	case ev.Severity == incident.Minor:
		return Minor, RuleGradedMinor
	default:
		return Negligible, RuleNoHarm
	}
}

// impact is the band of a category: the worst that was seen within the impact window. Where nothing in
// it did harm, it is the worst that is remembered at all: what harmed staff once is what is likely to
// again, and a year without it says so by its likelihood. Many staff raise it by one band.
func (e *Estimator) impact(t *tally, r *Reasons) Impact {
	worst := t.recent
	if worst.band <= Negligible {
		worst, r.ImpactOld = t.ever, true
	}
	if worst.band == ImpactNone {
		worst = impact{band: Negligible, rule: RuleNothingSeen}
	}
	r.ImpactRule = worst.rule
	switch {
	case e.staffed && e.staff == 0:
		r.ImpactRule = RuleNoStaff
		return Negligible
	case e.staffed && e.staff >= e.params.ExposedStaff && worst.band > Negligible && worst.band < Critical:
		r.Exposed = true
		return worst.band + 1
	default:
		return worst.band
	}
}
