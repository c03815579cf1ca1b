package table

import "vigil/internal/incident"

// threatRule gives a threat category to rows of these codes; an empty set is any code.
type threatRule struct {
	means   set
	context set
	motive  set
	actor   set
	threat  incident.Threat
	because string // why the codes say so
}

func codes[T ~uint8](list ...T) set {
	var s set
	for _, c := range list {
		s |= 1 << c
	}
	return s
}

func allBut[T ~uint8](list ...T) set { return ^codes(list...) }

func (s set) holds(code uint8) bool { return s == 0 || s&(1<<code) != 0 }

// threatRules tell the threat category, the first that fits holding. AWSD has no such column, so
// they go by the words of the United Nations Security Level System: armed conflict is organised
// violence between parties, terrorism violence of groups against civilians, crime is for gain,
// civil unrest a disturbance of public order. Where the codes do not settle it, no rule does, and
// the threat is unknown: a shooting by nobody knows whom could be any of them, and an arrest by the
// host state is none.
var threatRules = []threatRule{
	{
		means:  codes(aerialBombardment, shelling, landmine),
		threat: incident.ArmedConflict, because: "these are weapons of war, and mines what war leaves",
	},
	{
		context: codes(crossfire),
		threat:  incident.ArmedConflict, because: "it happened in combat",
	},
	{
		context: codes(mob),
		threat:  incident.CivilUnrest, because: "a mob did it",
	},
	{
		motive: codes(economic), means: allBut(detentionArrest),
		threat: incident.Crime, because: "it was for gain, whoever did it",
	},
	{
		actor:  codes(criminal),
		threat: incident.Crime, because: "criminals did it",
	},
	{
		actor: codes(private), motive: allBut(political),
		means:  allBut(bodyIED, vehicleIED, roadsideIED, otherExplosives, complexAttack, detentionArrest),
		threat: incident.Crime, because: "a private person did it for no political reason and with no means of war",
	},
	{
		actor: codes(armedGroup), motive: codes(political), means: allBut(detentionArrest),
		threat: incident.Terrorism, because: "a group aimed at aid workers for a political reason",
	},
	{
		actor: codes(armedGroup), means: codes(bodyIED, vehicleIED, complexAttack),
		threat: incident.Terrorism, because: "a group used the means of terrorism, whomever it aimed at",
	},
	{
		actor: codes(armedGroup), motive: codes(incidental), means: allBut(detentionArrest, rape),
		threat: incident.ArmedConflict, because: "aid workers were hit by a group that fought somebody else",
	},
	{
		actor: codes(foreignForces), means: codes(shooting, roadsideIED, otherExplosives),
		threat: incident.ArmedConflict, because: "forces of another state fought there",
	},
}

func (c *awsdCodes) threat() incident.Threat {
	for _, rule := range threatRules {
		if rule.means.holds(uint8(c.means)) && rule.context.holds(uint8(c.context)) &&
			rule.motive.holds(uint8(c.motive)) && rule.actor.holds(uint8(c.actor.actor)) {
			return rule.threat
		}
	}
	return incident.ThreatUnknown
}
