package figure

import (
	"fmt"
	"time"

	"vigil/internal/duty"
	"vigil/internal/health"
	"vigil/internal/picture"
	"vigil/internal/theme"
)

// SeverityWord is the severity of an alarm in four cells at most.
func SeverityWord(s duty.Severity) string {
	switch s {
	case duty.Critical:
		return "CRIT"
	case duty.High:
		return "HIGH"
	case duty.Medium:
		return "MED"
	case duty.Low:
		return "LOW"
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

// AlarmStanding says in a few cells whether somebody has the alarm: NOT ACKED, ENDED UNSEEN, who owns it, SHELVED, closed.
func AlarmStanding(a *duty.Alarm, now time.Time) string {
	switch a.State(now) {
	case duty.Latched:
		return "ENDED UNSEEN"
	case duty.Owned:
		k, _ := a.Ack(now)
		return k.Owner.String()
	case duty.Shelved:
		return "SHELVED " + health.Age(a.Shelf.Until.Sub(now))
	case duty.Normal:
		return "closed"
	}
	if _, expired := a.Expired(now); expired {
		return "ACK EXPIRED"
	}
	return "NOT ACKED"
}

// AlarmText is [AlarmWords] as the viewer may read them.
func AlarmText(v picture.View, a *duty.Alarm) string {
	if v.HidesAlarm(a) {
		return "Restricted incident" + alarmCourse(a)
	}
	return AlarmWords(a)
}

// AlarmRule is the rule that rang, which may say what the incident is.
func AlarmRule(v picture.View, a *duty.Alarm) string {
	if v.HidesAlarm(a) {
		return Nothing
	}
	return duty.Words(a.Raise.Rule).String()
}

// AlarmWords is what rang, with what there is to know of it beside: that it is not certain, how often it came back, how often nobody
// took it in time.
func AlarmWords(a *duty.Alarm) string { return a.Raise.Text() + alarmCourse(a) }

// alarmCourse is what became of an alarm since it rang.
func alarmCourse(a *duty.Alarm) string {
	text := ""
	if a.Again > 0 {
		text += fmt.Sprintf(", back %s", Plural(a.Again, "time"))
	}
	if a.Level > 0 {
		text += fmt.Sprintf(", ESCALATED %d", a.Level)
	}
	return text
}

// AlarmLine is [AlarmText] with who sees to it.
func AlarmLine(v picture.View, a *duty.Alarm, now time.Time) string {
	if c, ok := v.Duty().ClaimOfAlarm(a.ID, now); ok && a.Open() {
		return ClaimWords(&c) + "  " + AlarmText(v, a)
	}
	return AlarmText(v, a)
}

// ClaimWords are who sees to something, and until when. It is no acknowledgement.
func ClaimWords(c *duty.Claimed) string {
	return c.Holder.String() + " sees to it until " + c.Until.UTC().Format("15:04Z")
}

// AlarmSummary is the alarms in a few words, for the rule of a pane and the header: how many nobody has, of how many.
func AlarmSummary(b *duty.Book, now time.Time) string {
	alarms := b.Alarms(now)
	if len(alarms) == 0 {
		return ""
	}
	ringing, latest := 0, 0
	for _, a := range alarms {
		if a.Rings(now) {
			ringing++
		}
		if now.Sub(a.Came) < time.Hour {
			latest++
		}
	}
	return fmt.Sprintf("%d not acked, %d open, %d rang in 1 h", ringing, len(alarms), latest)
}
