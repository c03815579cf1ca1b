package risk

import "vigil/internal/incident"

// impact is the worst that a set of incidents did, with the rule that says so.
type impact struct {
	band   Impact
	rule   string
	hidden bool // the rule is of what is not to be told
}

// restrictedRule is the rule of an incident of which nothing is to be told, as a harm or a grade would say what it was.
const restrictedRule = "a restricted incident: security lead only"

func (i *impact) add(ev *Evidence, p *Params) {
	band, rule := impactOf(ev, p)
	if band < i.band || band == i.band && (!i.hidden || ev.Restricted) {
		return
	}
	if ev.Restricted {
		rule = restrictedRule
	}
	*i = impact{band, rule, ev.Restricted}
}

// impactOf is the impact of one incident: the highest rule that holds.
func impactOf(ev *Evidence, p *Params) (Impact, string) {
	switch {
	case ev.Killed >= p.CriticalKilled:
		return Critical, "staff killed in one incident, at or above critical_killed"
	case ev.Severity == incident.Critical:
		return Critical, "graded critical by its source"
	case ev.Killed >= p.SevereKilled:
		return Severe, "staff killed in one incident, at or above severe_killed"
	case ev.Abducted > 0:
		return Severe, "staff abducted"
	case ev.Sexual:
		return Severe, "sexual violence"
	case ev.Severity == incident.Severe:
		return Severe, "graded severe by its source"
	case ev.Injured > 0:
		return Moderate, "staff injured"
	case ev.Detained > 0:
		return Moderate, "staff detained"
	case ev.Severity == incident.Moderate:
		return Moderate, "graded moderate by its source"
	case ev.Harms:
		return Minor, "staff harmed otherwise"
	case ev.Severity == incident.Minor:
		return Minor, "graded minor by its source"
	default:
		return Negligible, "no staff known to be harmed"
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
		worst = impact{band: Negligible, rule: "nothing seen"}
	}
	r.ImpactRule = worst.rule
	switch {
	case e.staffed && e.staff == 0:
		r.ImpactRule = "no staff present"
		return Negligible
	case e.staffed && e.staff >= e.params.ExposedStaff && worst.band > Negligible && worst.band < Critical:
		r.Exposed = true
		return worst.band + 1
	default:
		return worst.band
	}
}
