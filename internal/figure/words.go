package figure

import "vigil/internal/lang"

// vocabulary marks the words of the domain, which are said by name: [Hand.Words] and [Hand.Say] of what an enumeration is called. The test of it
// asks for every value of every enumeration; what stands in another group already is not repeated.
var vocabulary = [...]string{
	// threats
	lang.Msg("unknown"), lang.Msg("armed conflict"), lang.Msg("terrorism"), lang.Msg("crime"), lang.Msg("civil unrest"), lang.Msg("hazard"),
	// threats, short
	lang.Msg("conflict"), lang.Msg("terror"), lang.Msg("unrest"), lang.Msg("hazards"),
	// acts
	lang.Msg("killing"), lang.Msg("complex attack"), lang.Msg("shooting"), lang.Msg("bombing ied"), lang.Msg("landmine erw"), lang.Msg("shelling"),
	lang.Msg("aerial attack"), lang.Msg("assault"), lang.Msg("sexual violence"), lang.Msg("armed robbery"), lang.Msg("burglary"), lang.Msg("theft"),
	lang.Msg("looting"), lang.Msg("hijacking"), lang.Msg("arson fire"), lang.Msg("abduction"), lang.Msg("hostage taking"), lang.Msg("arrest detention"),
	lang.Msg("intimidation"), lang.Msg("harassment"), lang.Msg("threat"), lang.Msg("surveillance"), lang.Msg("protest"), lang.Msg("riot"),
	lang.Msg("access denial"), lang.Msg("expulsion"), lang.Msg("attack on premises"), lang.Msg("attack on vehicle"), lang.Msg("attack on convoy"),
	lang.Msg("attack on medical facility"), lang.Msg("cyber threat"), lang.Msg("hoax"), lang.Msg("road accident"), lang.Msg("aviation accident"),
	lang.Msg("other accident"), lang.Msg("medical emergency"), lang.Msg("disease outbreak"), lang.Msg("earthquake"), lang.Msg("cyclone"),
	lang.Msg("flood"), lang.Msg("volcano"), lang.Msg("drought"), lang.Msg("wildfire"), lang.Msg("tsunami"), lang.Msg("other"),
	// targets
	lang.Msg("personnel"), lang.Msg("premises"), lang.Msg("vehicle"), lang.Msg("convoy"), lang.Msg("aircraft"), lang.Msg("medical"),
	// holders
	lang.Msg("state"), lang.Msg("de facto authority"), lang.Msg("non state"),
	// severities and impacts
	lang.Msg("negligible"), lang.Msg("minor"), lang.Msg("moderate"), lang.Msg("severe"), lang.Msg("critical"),
	lang.Msg("severity|unknown"), lang.Msg("severity|negligible"), lang.Msg("severity|minor"), lang.Msg("severity|moderate"), lang.Msg("severity|severe"),
	lang.Msg("severity|critical"),
	lang.Msg("threat|unknown"),
	// verification
	lang.Msg("unconfirmed"), lang.Msg("probable"), lang.Msg("confirmed"), lang.Msg("refuted"),
	// handling
	lang.Msg("public"), lang.Msg("internal"), lang.Msg("restricted"), lang.Msg("strictly confidential"),
	// types, classes and status
	lang.Msg("new"), lang.Msg("update"), lang.Msg("cancel"), lang.Msg("withdraw"), lang.Msg("incident"), lang.Msg("report"), lang.Msg("actual"),
	lang.Msg("exercise"), lang.Msg("test"), lang.Msg("system"), lang.Msg("draft"),
	// populations
	lang.Msg("un"), lang.Msg("associated"), lang.Msg("ngo"), lang.Msg("red cross"), lang.Msg("unrwa area"), lang.Msg("contractor"),
	lang.Msg("civilian"), lang.Msg("anybody"), lang.Msg("staff"),
	// recruitments and sexes
	lang.Msg("national"), lang.Msg("international"), lang.Msg("f"), lang.Msg("m"),
	// outcomes
	lang.Msg("killed"), lang.Msg("injured"), lang.Msg("abducted"), lang.Msg("detained"), lang.Msg("assaulted"), lang.Msg("sexually assaulted"),
	lang.Msg("robbed"), lang.Msg("burgled"), lang.Msg("hijacked"), lang.Msg("intimidated"), lang.Msg("harassed"), lang.Msg("missing"), lang.Msg("ill"),
	lang.Msg("none"),
	// sources
	lang.Msg("never"), lang.Msg("failed"), lang.Msg("stale"), lang.Msg("quiet"), lang.Msg("live"), lang.Msg("NEVER"), lang.Msg("FAILED"),
	lang.Msg("STALE"), lang.Msg("QUIET"), lang.Msg("LIVE"), lang.Msg("accumulates"), lang.Msg("complete"), lang.Msg("forgets"), lang.Msg("extract"),
	// recording
	lang.Msg("NOT RECORDED"), lang.Msg("NOT CONFIRMED"),
	// coverage
	lang.Msg("blind"), lang.Msg("partial"), lang.Msg("covered"), lang.Msg("recorded"), lang.Msg("being read"),
	// positions
	lang.Msg("current"), lang.Msg("time unknown"), lang.Msg("time ahead"), lang.Msg("no fix"),
	// calendar
	lang.Msg("election"), lang.Msg("curfew"), lang.Msg("visit"), lang.Msg("landfall"), lang.Msg("movement"), lang.Msg("task"), lang.Msg("overdue"),
	lang.Msg("now"), lang.Msg("expected"), lang.Msg("past"), lang.Msg("cancelled"), lang.Msg("changed"), lang.Msg("done"), lang.Msg("gone"),
	// changes
	lang.Msg("level"), lang.Msg("presence"), lang.Msg("source"), lang.Msg("advisory"), lang.Msg("calendar"),
	// bands, likelihoods
	lang.Msg("low"), lang.Msg("medium"), lang.Msg("high"), lang.Msg("very high"), lang.Msg("unacceptable"), lang.Msg("Low"), lang.Msg("Medium"),
	lang.Msg("High"), lang.Msg("V.High"), lang.Msg("Unacc."), lang.Msg("very unlikely"), lang.Msg("unlikely"), lang.Msg("moderately likely"),
	lang.Msg("likely"), lang.Msg("very likely"),
	// fields of a record
	lang.Msg("occurred"), lang.Msg("countries"), lang.Msg("position"), lang.Msg("place"), lang.Msg("admin1"), lang.Msg("act"), lang.Msg("target"),
	lang.Msg("holder"), lang.Msg("means"), lang.Msg("actor"), lang.Msg("severity"), lang.Msg("affected"),
	// alarms
	lang.Msg("unacknowledged"), lang.Msg("latched"), lang.Msg("acknowledged"), lang.Msg("shelved"), lang.Msg("closed"), lang.Msg("CRIT"),
	lang.Msg("HIGH"), lang.Msg("MED"), lang.Msg("LOW"),
	// telling
	lang.Msg("not told"), lang.Msg("trying"), lang.Msg("no answer"), lang.Msg("refused"), lang.Msg("answered"), lang.Msg("read back"),
	lang.Msg("tried"),
	// the watch and the handover
	lang.Msg("taken"), lang.Msg("left"), lang.Msg("taken over"), lang.Msg("awake"), lang.Msg("accepted"), lang.Msg("declined"), lang.Msg("signed off"),
	lang.Msg("DECLINED"), lang.Msg("security lead"), lang.Msg("duty officer"),
	// refutations
	lang.Msg("false-alarm"), lang.Msg("duplicate"), lang.Msg("drill"),
	// what rules are asked of
	lang.Msg("country"), lang.Msg("area"), lang.Msg("due"), lang.Msg("desk"),
	// the rules that ship
	lang.Msg("staff killed, abducted or missing"), lang.Msg("staff harmed"), lang.Msg("incident near staff"), lang.Msg("single-source critical"),
	lang.Msg("restricted incident"), lang.Msg("official level changed"), lang.Msg("estimate rose"), lang.Msg("surge"),
	lang.Msg("official level expired"), lang.Msg("country blind"), lang.Msg("source stale"), lang.Msg("area with staff and no warden"),
	lang.Msg("next report due"), lang.Msg("vigilance check not answered"), lang.Msg("watch too long"), lang.Msg("watch taken over"),
	lang.Msg("network down"), lang.Msg("not recorded"), lang.Msg("late or first read"),
	// channels
	lang.Msg("phone"), lang.Msg("mobile"), lang.Msg("satellite"), lang.Msg("VHF"), lang.Msg("HF"), lang.Msg("email"), lang.Msg("messenger"),
	lang.Msg("in person"),
	// entries of the duty log
	lang.Msg("entry|merge"), lang.Msg("entry|unmerge"), lang.Msg("entry|note"), lang.Msg("entry|report"), lang.Msg("entry|raise"),
	lang.Msg("entry|clear"), lang.Msg("entry|escalate"), lang.Msg("entry|send"), lang.Msg("entry|acknowledge"), lang.Msg("entry|shelve"),
	lang.Msg("entry|unshelve"), lang.Msg("entry|close"), lang.Msg("entry|told"), lang.Msg("entry|reopen"), lang.Msg("entry|flash"),
	lang.Msg("entry|watch"), lang.Msg("entry|offer"), lang.Msg("entry|answer"), lang.Msg("entry|sign"), lang.Msg("entry|claim"),
	lang.Msg("entry|refresh"), lang.Msg("entry|poll"), lang.Msg("entry|refute"), lang.Msg("entry|verify"), lang.Msg("entry|repair"),
}
