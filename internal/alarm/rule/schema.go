package rule

import (
	"slices"

	"vigil/internal/alarm/three"
	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/level"
)

// The cuts of people that an outcome can be asked of: everybody of the humanitarian community, staff by recruitment, or a
// population.
const (
	Staff         = "staff"
	National      = "national"
	International = "international"
)

// Schema is what can be asked of a kind of subject.
func Schema(on On) *three.Schema { return schemas[on] }

// later are things that rules will ask of once the desk has them.
var later = map[string]string{
	"movement_overdue": "movements", "movement": "movements", "roll_call": "roll calls", "roll_call_overdue": "roll calls",
	"check_in_missed": "radio checks", "radio_check_missed": "radio checks", "site_silent": "radio checks",
	"compliance_expired": "compliance in the country profiles",
}

var schemas = map[On]*three.Schema{
	Incident: {Later: later, Fields: incidentFields()},
	Country: {Later: later, Fields: []three.Field{
		nation("its alpha-3 code"),
		truth("home", "a home country of the desk"),
		number("staff", "how many staff are there; unknown where no file says anything"),
		number("staff_age", "how old the oldest of these figures is, in hours"),
		number("level", "the highest official level of its areas"),
		truth("level_raised", "an official level of an area was raised within the last day"),
		truth("level_lowered", "an official level of an area was lowered or withdrawn within the last day"),
		number("levels_expired", "how many areas have a level that has expired"),
		scale("estimate", level.BandWords(), "vigil's own estimate, never the official level"),
		number("estimate_rise", "by how many bands the estimate rose within the last day, while this desk was open"),
		number("trend", "incidents of the last 30 complete days over the country's own normal"),
		number("recent", "how many incidents these 30 days had"),
		truth("trend_old", "these 30 days ended more than 30 days ago"),
		truth("blind", "no source covers any threat category there"),
		truth("partial", "some threat categories are covered and others not"),
		number("blind_hours", "for how long it has been blind or partial; unknown where no source ever covered it, 0 where it is covered"),
	}},
	Source: {Later: later, Fields: []three.Field{
		word("source", nil, "its name"),
		word("state", states(), "its state"),
		number("hours", "for how long it has been stale or failed; unknown where it never spoke, 0 otherwise"),
		word("reason", nil, "why it is in that state"),
		truth("polled", "it is fetched from an address"),
		truth("gap", "records may be lost"),
		number("rejected", "how many records it holds that were rejected"),
	}},
	Area: {Later: later, Fields: []three.Field{
		nation("its alpha-3 code"),
		word("area", nil, "its name"),
		number("staff", "how many staff are there"),
		number("warden_zones", "how many warden zones the rosters name there; unknown where some of its staff are only counted"),
		number("unzoned", "how many staff there have no warden zone; unknown for those only counted"),
		number("level", "its official level"),
		truth("expired", "its level has expired"),
	}},
	Due: {Later: later, Fields: []three.Field{
		word("kind", nil, "of the calendar, or flash, level expires, an act that is forecast"),
		word("title", nil, "what it is"),
		nation("its alpha-3 code"),
		number("hours", "hours since it was due; less than 0 before"),
		truth("overdue", "it should be over or done, and nobody said that it is"),
		truth("forecast", "it is only expected, and nobody has to do it"),
	}},
	Desk: {Later: later, Fields: []three.Field{
		number("polled", "how many sources are fetched from an address"),
		number("polled_failed", "how many of them failed at their last attempt"),
		truth("network_down", "two or more sources are fetched from addresses of different hosts, and all of them failed at their last attempt"),
		truth("not_recorded", "what arrives is not recorded as it should be"),
		number("blind", "how many countries are blind"),
		number("alarms", "how many alarms need somebody"),
		number("watch_hours", "for how long the watch has been held by one person, in hours; 0 where nobody has it"),
		truth("watch_silent", "whoever has the watch has not answered the vigilance check of the night for 5 minutes"),
		truth("watch_taken_over", "the watch was taken over without a handover within the last day"),
	}},
}

func states() []string {
	var list []string
	for s := health.Never; s <= health.Live; s++ {
		list = append(list, s.String())
	}
	return list
}

func truth(name, about string) three.Field {
	return three.Field{Name: name, Kind: three.IsTruth, About: about}
}

func number(name, about string) three.Field {
	return three.Field{Name: name, Kind: three.IsNumber, About: about}
}

func word(name string, words []string, about string) three.Field {
	return three.Field{Name: name, Kind: three.IsWord, Words: words, About: about}
}

// nation is the country. Rules name it as people do; one that is no country would never ring.
func nation(about string) three.Field {
	f := word("country", nil, about)
	f.Read = func(s string) (string, bool) {
		c, _ := country.Parse(s)
		return c.Alpha3(), c.Known()
	}
	return f
}

func scale(name string, words []string, about string) three.Field {
	return three.Field{Name: name, Kind: three.IsNumber, Words: words, About: about}
}

// without leaves words out of a vocabulary: what says that something is not known is not asked for by its name.
func without(words []string, out ...string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(out, w) })
}

func people(name, about string) three.Field {
	cuts := append([]string{Staff, National, International}, without(incident.PopulationWords(), "unknown", Staff)...)
	return three.Field{Name: name, Kind: three.IsNumber, Takes: &three.Argument{Words: cuts}, Bare: true, About: about}
}

func incidentFields() []three.Field {
	list := []three.Field{
		word("act", without(incident.ActWords(), "unknown"), "what was done"),
		word("threat", without(incident.ThreatWords(), "unknown"), "its threat category"),
		word("target", without(incident.TargetWords(), "unknown"), "what was hit or aimed at"),
		scale("severity", without(incident.SeverityWords(), "unknown"), "the source's own grading"),
		word("verification", incident.VerificationWords(), "how far it is established"),
		word("grade", nil, "reliability of source and information, such as B2"),
		number("sources", "how many sources tell of it"),
		word("source", nil, "the name of the source that is shown"),
		nation("the alpha-3 codes of where it happened; it equals each of them"),
		word("admin1", nil, "the first administrative level"),
		word("place", nil, "the place"),
		truth("located", "it says a position"),
		number("age", "hours since it happened"),
		truth("ongoing", "it still goes on"),
		truth("conflict", "versions of it contradict each other"),
		truth("restricted", "only the security lead may see what it says"),
		truth("people", "it speaks of people affected, counted or not"),
		{
			Name: "staff_near", Kind: three.IsNumber, Takes: &three.Argument{},
			About: "how many staff are within so many km of it, see below",
		},
		number("staff_there", "how many staff are recorded in the same place, area or first administrative level, by name"),
		people("affected", "people affected, whatever happened to them"),
		people("harmed", "people harmed: those below together"),
	}
	for _, o := range without(incident.OutcomeWords(), "unknown", "none") {
		list = append(list, people(o, "people"))
	}
	return list
}
