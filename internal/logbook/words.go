package logbook

import (
	"fmt"
	"strings"

	"vigil/internal/duty"
)

// line is what an entry says. It may hold what people wrote, made safe.
func line(b *duty.Book, e *duty.Entry) string {
	s := said(b, e)
	if s == "" {
		s = "a newer version of vigil wrote this, and this one does not know what it says"
	}
	return s
}

func said(b *duty.Book, e *duty.Entry) string {
	switch v := e.Body.(type) {
	case *duty.Note:
		return note(b, v)
	case *duty.Merge:
		return names(v.Incidents, " and ") + " are one event" + because(v.Reason)
	case *duty.Unmerge:
		return names(v.Incidents[:1], "") + " is another event than " + names(v.Incidents[1:], ", ") + because(v.Reason)
	case *duty.Report:
		return report(v)
	case *duty.Repair:
		return v.Words.String()
	case *duty.Watch:
		return watch(v)
	case *duty.Offer:
		return fmt.Sprintf("handover offered by %s: %s", v.By, plural(len(v.Items), "open item"))
	case *duty.Answer:
		return answer(v)
	case *duty.Sign:
		return fmt.Sprintf("the watch was signed for by %s", v.Holder)
	case *duty.Claim:
		if v.Released {
			return fmt.Sprintf("%s lets go of %s", v.Holder, called(b, v.Subject))
		}
		return fmt.Sprintf("%s has %s until %s", v.Holder, called(b, v.Subject), until(v.Until, e.At))
	}
	return alarm(b, e)
}

// alarm is what an entry says of an alarm.
func alarm(b *duty.Book, e *duty.Entry) string {
	switch v := e.Body.(type) {
	case *duty.Raise:
		return called(b, e.ID) + " " + string(v.Severity) + ": " + v.Words.String()
	case *duty.Clear:
		return called(b, v.Alarm) + " is over" + because(v.Words)
	case *duty.Escalate:
		to := ""
		if !v.To.IsZero() {
			to = " to " + v.To.String()
		}
		if v.Severity != "" {
			to += ", now " + string(v.Severity)
		}
		return fmt.Sprintf("%s escalated%s, level %d%s", called(b, v.Alarm), to, v.Level, because(v.Reason))
	case *duty.Send:
		if !v.Failed.IsZero() {
			return fmt.Sprintf("%s could not be sent by %s after %s%s", called(b, v.Alarm), v.Channel, tries(v.Tries), because(v.Failed))
		}
		return fmt.Sprintf("%s sent by %s", called(b, v.Alarm), v.Channel)
	case *duty.Ack:
		return fmt.Sprintf("%s owned by %s until %s%s", called(b, v.Alarm), v.Owner, until(v.Until, e.At), because(v.Reason))
	case *duty.Shelve:
		return fmt.Sprintf("%s shelved until %s%s", called(b, v.Alarm), until(v.Until, e.At), because(v.Reason))
	case *duty.Unshelve:
		return called(b, v.Alarm) + " taken off the shelf" + because(v.Reason)
	case *duty.Close:
		return called(b, v.Alarm) + " closed" + because(v.Reason)
	case *duty.Told:
		channel := ""
		if v.Channel != "" {
			channel = " by " + v.Channel
		}
		return fmt.Sprintf("%s: %s%s: %s%s", called(b, v.Alarm), v.Contact, channel, v.Outcome, because(v.Words))
	case *duty.Reopen:
		return called(b, v.Alarm) + ": all who were told must be told again" + because(v.Reason)
	case *duty.Flash:
		return flash(b, e, v)
	}
	return ""
}

func note(b *duty.Book, v *duty.Note) string {
	s := v.Text.String()
	if v.Significant {
		s = "significant: " + s
	}
	var about []string
	if v.Alarm != "" {
		about = append(about, "about "+called(b, v.Alarm))
	}
	if len(v.Incidents) > 0 {
		about = append(about, "about "+names(v.Incidents, ", "))
	}
	if v.Corrects != "" {
		about = append(about, "corrects entry "+v.Corrects)
	}
	if len(about) > 0 {
		s += " (" + strings.Join(about, "; ") + ")"
	}
	return s
}

func report(v *duty.Report) string {
	s := fmt.Sprintf("%s version %d", names([]duty.Name{v.Incident}, ""), v.Version)
	if v.Verification != "" {
		s += ", " + v.Verification
	}
	if v.Refuted != "" {
		s += ": " + v.Refuted
	}
	return s + because(v.Reason)
}

func watch(v *duty.Watch) string {
	s := "watch " + string(v.Act)
	if !v.Holder.IsZero() {
		s += " by " + v.Holder.String()
	}
	if !v.LeadWas.IsZero() {
		s += ", " + v.LeadWas.String() + " was told"
	}
	return s + because(v.Reason)
}

func answer(v *duty.Answer) string {
	word := "declined"
	switch {
	case v.Accepted:
		word = "accepted"
	case v.SignOff:
		word = "signed off"
	}
	return word + ": " + v.Key + because(v.Reason)
}

func flash(b *duty.Book, e *duty.Entry, v *duty.Flash) string {
	of := called(b, v.Alarm)
	switch {
	case v.Alarm != "":
	case !v.Incident.IsZero():
		of = names([]duty.Name{v.Incident}, "")
	default:
		of = v.Country
	}
	s := fmt.Sprintf("%s: flash report %d", of, v.Number)
	if !v.Next.IsZero() {
		s += ", next due " + until(v.Next, e.At)
	}
	return s
}

// called is what people call an alarm, else the name of what it is.
func called(b *duty.Book, id string) string {
	if b != nil {
		if a, ok := b.Alarm(id); ok {
			return a.Called()
		}
	}
	return id
}

func names(list []duty.Name, between string) string {
	var words []string
	for _, n := range list {
		words = append(words, n.Authority.String()+"/"+n.ID.String())
	}
	return strings.Join(words, between)
}

func because(t duty.Text) string {
	if t.IsZero() {
		return ""
	}
	return ": " + t.String()
}

func tries(n int) string { return plural(max(n, 1), "attempt") }

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
