package figure

import (
	"strings"
	"time"

	"vigil/internal/duty"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/theme"
)

// SeverityWord is the severity of an alarm in four cells at most.
func (h Hand) SeverityWord(s duty.Severity) string {
	switch s {
	case duty.Critical:
		return h.Say("CRIT")
	case duty.High:
		return h.Say("HIGH")
	case duty.Medium:
		return h.Say("MED")
	case duty.Low:
		return h.Say("LOW")
	}
	return "?"
}

// SeverityOf is the role of an alarm's severity.
func SeverityOf(s duty.Severity) theme.Role {
	switch s {
	case duty.Critical:
		return theme.Alarm
	case duty.High:
		return theme.Error
	case duty.Medium:
		return theme.Warning
	default:
		return theme.Text
	}
}

// AlarmStanding says in a few cells whether somebody has the alarm: NOT ACKED, ACK EXPIRED, ACK ENDED where the watch of
// who had it was taken over, ENDED UNSEEN, who owns it, SHELVED, closed.
func (h Hand) AlarmStanding(a *duty.Alarm, now time.Time) string {
	switch a.State(now) {
	case duty.Latched:
		return h.Say("ENDED UNSEEN")
	case duty.Owned:
		k, _ := a.Ack(now)
		return k.Owner.String()
	case duty.Shelved:
		return h.Sayf("SHELVED %s", h.Span(a.Shelf.Until.Sub(now)))
	case duty.Normal:
		return h.Say("closed")
	}
	switch k, expired := a.Expired(now); {
	case expired && !k.TakenOver.IsZero():
		return h.Say("ACK ENDED")
	case expired:
		return h.Say("ACK EXPIRED")
	}
	return h.Say("NOT ACKED")
}

// AlarmHeld is [AlarmStanding] as it is read out, where a call sign alone does not tell what it is there for: "Oscar has it".
func (h Hand) AlarmHeld(a *duty.Alarm, now time.Time) string {
	if a.State(now) == duty.Owned {
		return h.Sayf("%s has it", h.AlarmStanding(a, now))
	}
	return h.AlarmStanding(a, now)
}

// AlarmText is [AlarmWords] as the viewer may read them, of an alarm for several with what is known now of the worst of them.
func (h Hand) AlarmText(v picture.View, a *duty.Alarm) string {
	if v.HidesAlarm(a) {
		return h.Say("Restricted incident") + h.alarmCourse(a)
	}
	if worst := h.incidentNow(v, a.Raise.Worst); worst != "" {
		return h.Sayf("%s, the worst: %s", a.Raise.TextIn(h), worst) + h.alarmCourse(a)
	}
	return h.AlarmWords(a)
}

// ReopenWhy is why everybody must be told again of an alarm: what a report said of the incident. It is empty where that is restricted by now.
func ReopenWhy(v picture.View, a *duty.Alarm) string {
	if v.HidesAlarm(a) || !a.Raise.About().IsZero() && v.Withholds(a.Raise.About().Identity()) {
		return ""
	}
	return a.ReopenWhy.String()
}

// TellAgainRefuted is as what an alarm was refuted of which everybody must be told again, with a blank behind it: "REFUTED hoax  ", or
// that its source says it is not so: "CANCELLED  ". It is empty of what was reopened for another reason, and where it may not be said.
func (h Hand) TellAgainRefuted(v picture.View, a *duty.Alarm) string {
	if a.Reopened.IsZero() {
		return ""
	}
	why := ReopenWhy(v, a)
	switch why {
	case duty.WasRefuted:
		return h.Say("REFUTED") + "  "
	case duty.WasCancelled:
		return h.Say("CANCELLED") + "  "
	case duty.WasWithdrawn:
		return h.Say("WITHDRAWN") + "  "
	}
	as, refuted := strings.CutPrefix(why, "refuted: ")
	if !refuted {
		return ""
	}
	return h.Say("REFUTED") + " " + h.Words(as) + "  "
}

// TellAgainSince is that everybody must be told again, since when, and why, where that may be said.
func (h Hand) TellAgainSince(v picture.View, a *duty.Alarm, now time.Time) string {
	since := h.ClockOf(a.Reopened, now)
	if why := ReopenWhy(v, a); why != "" {
		switch why {
		case duty.BecameWorse:
			why = h.Say("it became worse")
		case duty.SoAfterAll:
			why = h.Say("it is said again after all")
		case duty.WasRefuted:
			why = h.Say("it was refuted")
		case duty.WasCancelled:
			why = h.Say("it was cancelled")
		case duty.WasWithdrawn:
			why = h.Say("its source withdrew it")
		}
		return h.Sayf("since %s: %s", since, why)
	}
	return h.Sayf("since %s", since)
}

// AlarmNow is what is known now of the incident that an alarm is about: the alarm itself has the words with which it rang. It is empty
// where the viewer may not know, or where it is about none.
func (h Hand) AlarmNow(v picture.View, a *duty.Alarm) string {
	return h.incidentNow(v, a.Raise.Incident)
}

// incidentNow is what is known now of an incident that the log names; empty where the viewer may not know, or where it names none.
func (h Hand) incidentNow(v picture.View, n duty.Name) string {
	if n.IsZero() || v.Hides(n) {
		return ""
	}
	id, ok := v.IDOf(n.Identity())
	if !ok {
		return ""
	}
	r, listed := v.Row(v.Lead(id))
	if !listed || r.Restricted {
		return ""
	}
	return joined(", ", strings.TrimSpace(h.Countries(&r)+" "+Place(&r)), h.Act(&r), h.People(&r), h.Standing(&r))
}

// AlarmRule is the rule that rang, which may say what the incident is.
func (h Hand) AlarmRule(v picture.View, a *duty.Alarm) string {
	if v.HidesAlarm(a) {
		return Nothing
	}
	return h.RuleName(a.Raise.Rule)
}

// RuleName is what a rule is called: those that ship by their names in the language, the desk's own as it named them.
func (h Hand) RuleName(rule string) string { return h.Say(duty.Words(rule).String()) }

// AlarmWords is what rang, with what there is to know of it beside: that it is not certain, how often it came back, how often nobody
// took it in time.
func (h Hand) AlarmWords(a *duty.Alarm) string { return a.Raise.TextIn(h) + h.alarmCourse(a) }

// alarmCourse is what became of an alarm since it rang.
func (h Hand) alarmCourse(a *duty.Alarm) string {
	text := ""
	if back := a.Again - a.Worsened; back > 0 {
		text += h.Sayf(", back %s", h.Plural(back, "time"))
	}
	if a.Worsened > 0 {
		text += h.Say(", BECAME WORSE")
	}
	if a.Level > 0 {
		text += h.Sayf(", ESCALATED %d", a.Level)
	}
	return text
}

// AlarmLine is [AlarmText] with who sees to it.
func (h Hand) AlarmLine(v picture.View, a *duty.Alarm, now time.Time) string {
	if c, ok := v.Duty().ClaimOfAlarm(a.ID, now); ok && a.Open() {
		return h.ClaimWords(&c) + "  " + h.AlarmText(v, a)
	}
	return h.AlarmText(v, a)
}

// ClaimWords are who sees to something, and until when. It is no acknowledgement.
func (h Hand) ClaimWords(c *duty.Claimed) string {
	return h.Sayf("%s sees to it until %s", c.Holder, c.Until.UTC().Format("15:04Z"))
}

// AlarmSummary is the alarms in three figures: how many nobody has, how many of those who must know were told, by all told-sheets on which
// somebody is not, and how many rang within an hour: "2 not acked · told 1 of 9 · 3 rings/h". Where no call tree says who must know, nothing
// is said of telling. It is empty where there is nothing of it.
func (h Hand) AlarmSummary(v picture.View, now time.Time) string {
	open, rings := v.Duty().Alarms(now), v.Duty().Rings(time.Hour, now)
	telling := h.toldOfAll(v, open, now)
	if len(open) == 0 && telling == "" && rings == 0 {
		return ""
	}
	ringing := 0
	for _, a := range open {
		if a.Rings(now) {
			ringing++
		}
	}
	return joined(" "+h.Dot+" ", h.Tally(ringing, lang.Heading("not acked")), telling, h.Sayf(lang.Heading("%s/h"), h.Plural(rings, lang.Heading("ring"))))
}

// toldOfAll is how far telling is, over all alarms.
func (h Hand) toldOfAll(v picture.View, open []*duty.Alarm, now time.Time) string {
	told, of := 0, 0
	for _, s := range v.Untold(now) {
		t, o := s.Figures()
		told, of = told+t, of+o
	}
	if of > 0 {
		return h.Sayf(lang.Heading("told %d of %d"), told, of)
	}
	for _, a := range open {
		if _, o := v.Sheet(a, now).Figures(); o > 0 {
			return h.Say(lang.Heading("all told"))
		}
	}
	return ""
}
