package duty

import (
	"fmt"
	"strings"
)

// AlarmOf is the id of the alarm that an entry is about; empty if it is about none. Of what raised one it is empty, too: that
// entry's own id is the alarm's.
func AlarmOf(b Body) string {
	switch b := b.(type) {
	case *Note:
		return b.Alarm
	case *Clear:
		return b.Alarm
	case *Escalate:
		return b.Alarm
	case *Send:
		return b.Alarm
	case *Ack:
		return b.Alarm
	case *Shelve:
		return b.Alarm
	case *Unshelve:
		return b.Alarm
	case *Close:
		return b.Alarm
	case *Told:
		return b.Alarm
	case *Reopen:
		return b.Alarm
	case *Flash:
		return b.Alarm
	case *Claim:
		return b.Alarm
	}
	return ""
}

// NamesOf are the incidents that an entry names itself; what its alarm is about is not among them.
func NamesOf(b Body) []Name {
	var one Name
	switch b := b.(type) {
	case *Merge:
		return b.Incidents
	case *Unmerge:
		return b.Incidents
	case *Note:
		return b.Incidents
	case *Report:
		one = b.Incident
	case *Raise:
		one = b.About()
	case *Flash:
		one = b.Incident
	case *Claim:
		one = b.Incident
	}
	if one.IsZero() {
		return nil
	}
	return []Name{one}
}

// Says is what an entry says, on one line and safe to show. Which alarm it is about stands beside it.
func Says(body Body) string {
	const clock = "15:04Z"
	switch b := body.(type) {
	case *Merge:
		return because("one event: "+names(b.Incidents), b.Reason)
	case *Unmerge:
		return because("not one event: "+names(b.Incidents), b.Reason)
	case *Note:
		text := b.Text.Line().String()
		if b.Significant {
			text = "significant: " + text
		}
		return text
	case *Report:
		text := fmt.Sprintf("reported %s, version %d", names([]Name{b.Incident}), b.Version)
		if b.Verification != "" {
			text += ", now " + Words(b.Verification).String()
		}
		if b.Refuted != "" {
			text += ", refuted as " + Words(b.Refuted).String()
		}
		return because(text, b.Reason)
	case *Raise:
		return string(b.Severity) + " alarm: " + b.Text()
	case *Clear:
		if len(b.Members) > 0 {
			return because("over in part", b.Words)
		}
		return because("over", b.Words)
	case *Escalate:
		text := fmt.Sprintf("escalated, level %d", b.Level)
		if !b.To.IsZero() {
			text += ", to " + b.To.String()
		}
		return because(text, b.Reason)
	case *Send:
		text := "sent by " + Words(b.Channel).String()
		if !b.Failed.IsZero() {
			text = "NOT sent by " + Words(b.Channel).String() + ": " + b.Failed.String()
		}
		return text
	case *Ack:
		return because(b.Owner.String()+" has it until "+b.Until.UTC().Format(clock), b.Reason)
	case *Shelve:
		return because("shelved until "+b.Until.UTC().Format(clock), b.Reason)
	case *Unshelve:
		return because("off the shelf", b.Reason)
	case *Close:
		return because("closed", b.Reason)
	case *Told:
		text := Words(b.Contact).String()
		if b.Channel != "" {
			text += " by " + Words(b.Channel).String()
		}
		return because(text+": "+string(b.Outcome), b.Words)
	case *Reopen:
		return because("all who were told must be told again", b.Reason)
	case *Flash:
		text := fmt.Sprintf("flash report %d", b.Number)
		if !b.Next.IsZero() {
			text += ", the next is due at " + b.Next.UTC().Format(clock)
		}
		return text
	case *Watch:
		text := "the watch was " + string(b.Act)
		if b.Act == WatchAwake {
			text = "awake"
		}
		if !b.Holder.IsZero() {
			text += " by " + b.Holder.String()
		}
		return because(text, b.Reason)
	case *Offer:
		text := b.By.String() + " hands over and signs, with nothing open"
		if n := len(b.Items); n > 0 {
			text = fmt.Sprintf("%s hands over and signs, with %d open: %s", b.By, n, itemized(b.Items))
		}
		if !b.Notes.IsZero() {
			text += "; notes: " + b.Notes.String()
		}
		return text
	case *Answer:
		return because(fmt.Sprintf("%s %s", b.Verdict, numbers(b.Items)), b.Reason)
	case *Sign:
		text := b.Holder.String() + " takes over and signs"
		if n := len(b.Since); n > 0 {
			text += fmt.Sprintf(", with %d that came since: %s", n, itemized(b.Since))
		}
		return text
	case *Claim:
		what := "it"
		if b.Alarm == "" {
			what = names([]Name{b.Incident})
		}
		if b.Released {
			text := b.Holder.String() + " lets go of " + what
			if !b.Instead.IsZero() {
				text += ", which " + b.Instead.String() + " saw to"
			}
			return text
		}
		text := b.Holder.String() + " sees to " + what + " until " + b.Until.UTC().Format(clock)
		if !b.Instead.IsZero() {
			text += ", in place of " + b.Instead.String()
		}
		return text
	case *Repair:
		return "the log was repaired: " + b.Words.String()
	}
	return ""
}

// CannotExclude begins the words of an alarm that is not certain.
const CannotExclude = "cannot exclude"

// Text is what rang, on one line and safe to show, and that it is not certain where it is not.
func (b *Raise) Text() string {
	text := b.Words.String()
	if b.Unsure && !strings.Contains(strings.ToLower(text), CannotExclude) {
		text = CannotExclude + ": " + text
	}
	return text
}

func because(what string, why Text) string {
	if why.IsZero() {
		return what
	}
	return what + ": " + why.String()
}

// numbers names items of a handover: item 3, items 1 2 5.
func numbers(items []int) string {
	word := "items"
	if len(items) == 1 {
		word = "item"
	}
	for _, n := range items {
		word += fmt.Sprintf(" %d", n)
	}
	return word
}

// itemized names what is handed over.
func itemized(items []Item) string {
	words := make([]string, len(items))
	for i := range items {
		words[i] = fmt.Sprintf("%d %s", i+1, items[i].Words)
	}
	return strings.Join(words, "; ")
}

func names(list []Name) string {
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = n.Authority.String() + "/" + n.ID.String()
	}
	return strings.Join(words, ", ")
}
