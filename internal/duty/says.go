package duty

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"vigil/internal/safetext"
	"vigil/internal/saying"
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

// Says is what an entry says in English, on one line and safe to show. Which alarm it is about stands beside it.
func Says(body Body) string { return SaysIn(saying.English, body) }

// SaysIn is [Says] in another language; what people wrote stays as it is.
func SaysIn(v saying.Voice, body Body) string {
	switch b := body.(type) {
	case *Merge:
		return because(v, v.Sayf("one event: %s", names(b.Incidents)), b.Reason)
	case *Unmerge:
		return because(v, v.Sayf("not one event: %s", names(b.Incidents)), b.Reason)
	case *Note:
		text := b.Text.Line().String()
		if b.Significant {
			text = v.Sayf("significant: %s", text)
		}
		return text
	case *Report:
		return because(v, b.says(v), b.Reason)
	case *Flash:
		return b.says(v)
	case *Watch:
		return because(v, b.says(v), b.Reason)
	case *Claim:
		return b.says(v)
	case *Offer, *Answer, *Sign:
		return handoverSays(v, body)
	case *Repair:
		return v.Sayf("the log was repaired: %s", b.Words)
	default:
		return alarmSays(v, body)
	}
}

// says what an entry about no alarm and no incident is of; and the date of what is due, since a time that was mistyped may be tomorrow's.
func (b *Flash) says(v saying.Voice) string {
	text := v.Sayf("flash report %d", b.Number)
	if b.Country != "" {
		text = v.Sayf("flash report %d on %s", b.Number, safetext.Clean(b.Country))
	}
	if !b.Next.IsZero() {
		text += v.Sayf(", the next is due at %s", b.Next.UTC().Format(time.DateOnly+" "+clock))
	}
	return text
}

// clock is how a time of day is written.
const clock = "15:04Z"

// alarmSays is what entries about an alarm say.
func alarmSays(v saying.Voice, body Body) string {
	switch b := body.(type) {
	case *Raise:
		return v.Sayf("%s alarm: %s", v.Say(string(b.Severity)), b.TextIn(v))
	case *Clear:
		if len(b.Members) > 0 {
			return becauseOf(v, v.Say("over in part"), said(v, b.Words, b.Said))
		}
		return becauseOf(v, v.Say("over"), said(v, b.Words, b.Said))
	case *Escalate:
		if !b.To.IsZero() {
			return becauseOf(v, v.Sayf("escalated, level %d, to %s", b.Level, FunctionIn(v, b.To.String())), said(v, b.Reason, b.Said))
		}
		return becauseOf(v, v.Sayf("escalated, level %d", b.Level), said(v, b.Reason, b.Said))
	case *Send:
		if !b.Failed.IsZero() {
			return v.Sayf("NOT sent by %s: %s", Words(b.Channel), b.Failed)
		}
		if b.Correction > 0 {
			return v.Sayf("correction sent by %s", Words(b.Channel))
		}
		return v.Sayf("sent by %s", Words(b.Channel))
	case *Ack:
		text := v.Sayf("%s has it until %s", b.Owner, b.Until.UTC().Format(clock))
		if !b.Instead.IsZero() {
			text += v.Sayf(", in place of %s, until %s", b.Instead, b.Had.UTC().Format(clock))
		}
		return because(v, text, b.Reason)
	case *Shelve:
		return because(v, v.Sayf("shelved until %s", b.Until.UTC().Format(clock)), b.Reason)
	case *Unshelve:
		return because(v, v.Say("off the shelf"), b.Reason)
	case *Close:
		return because(v, v.Say("closed"), b.Reason)
	case *Told:
		text := FunctionIn(v, Words(b.Contact).String())
		if b.Channel != "" {
			text = v.Sayf("%s by %s", text, ChannelIn(v, Words(b.Channel).String()))
		}
		return because(v, v.Sayf("%s: %s", text, v.Say(string(b.Outcome))), b.Words)
	case *Reopen:
		return because(v, v.Say("all who were told must be told again"), b.Reason)
	}
	return ""
}

func (b *Report) says(v saying.Voice) string {
	text := v.Sayf("reported %s, version %d", names([]Name{b.Incident}), b.Version)
	if b.Verification != "" {
		text += v.Sayf(", now %s", v.Say(Words(b.Verification).String()))
	}
	if b.Refuted != "" {
		text += v.Sayf(", refuted as %s", v.Say(Words(b.Refuted).String()))
	}
	return text
}

func (b *Watch) says(v saying.Voice) string {
	text := v.Say("awake")
	switch b.Act {
	case WatchTaken:
		text = v.Say("the watch was taken")
	case WatchLeft:
		text = v.Say("the watch was left")
	case WatchTakenOver:
		text = v.Say("the watch was taken over")
	case WatchAwake:
	}
	if !b.Holder.IsZero() {
		text = v.Sayf("%s by %s", text, b.Holder)
	}
	return text
}

func (b *Claim) says(v saying.Voice) string {
	what := v.Say("it")
	if b.Alarm == "" {
		what = names([]Name{b.Incident})
	}
	if b.Released {
		text := v.Sayf("%s lets go of %s", b.Holder, what)
		if !b.Instead.IsZero() {
			text += v.Sayf(", which %s saw to", b.Instead)
		}
		return text
	}
	text := v.Sayf("%s sees to %s until %s", b.Holder, what, b.Until.UTC().Format(clock))
	if !b.Instead.IsZero() {
		text += v.Sayf(", in place of %s", b.Instead)
	}
	return text
}

// handoverSays is what entries of a handover say.
func handoverSays(v saying.Voice, body Body) string {
	switch b := body.(type) {
	case *Offer:
		text := b.opening(v)
		if len(b.Items) > 0 {
			text += v.Sayf(": %s", strings.Join(Numbered(b.Items), v.Say("; ")))
		}
		return text + b.rest(v)
	case *Answer:
		return because(v, v.Say(string(b.Verdict))+" "+b.numbers(v), b.Reason)
	case *Sign:
		if n := len(b.Since); n > 0 {
			return v.Sayf("%s takes over and signs, with %d that came since: %s", b.Holder, n, strings.Join(Numbered(b.Since), v.Say("; ")))
		}
		return v.Sayf("%s takes over and signs", b.Holder)
	}
	return ""
}

// opening is who signs, and how much is open.
func (b *Offer) opening(v saying.Voice) string {
	if n := len(b.Items); n > 0 {
		return v.Sayf("%s hands over and signs, with %d open", b.By, n)
	}
	return v.Sayf("%s hands over and signs, with nothing open", b.By)
}

// rest is what was carried over, and the notes.
func (b *Offer) rest(v saying.Voice) (text string) {
	if b.Anew != "" {
		text = v.Say("; ") + b.Carried(v)
	}
	if !b.Notes.IsZero() {
		text += v.Sayf("; notes: %s", b.Notes)
	}
	return text
}

// Summary is what the offer says without its items.
func (b *Offer) Summary(v saying.Voice) string { return b.opening(v) + b.rest(v) }

// Numbered are items of a handover, each with the number by which it is accepted or declined.
func Numbered(items []Item) []string {
	list := make([]string, len(items))
	for i := range items {
		list[i] = fmt.Sprintf("%d %s", i+1, items[i].Words)
	}
	return list
}

// Carried says what an offer that is signed anew has of the one before.
func (b *Offer) Carried(v saying.Voice) string {
	list := func(numbers []int) string {
		if len(numbers) == 0 {
			return v.Say("none")
		}
		return strings.Trim(fmt.Sprint(numbers), "[]")
	}
	return v.Sayf("signed anew, and carried over: accepted %s, declined %s; new: %s", list(b.KeptAccepted), list(b.KeptDeclined), list(b.New))
}

// CannotExclude begins the words of an alarm that is not certain.
const CannotExclude = "cannot exclude"

// Text is what rang, on one line and safe to show, and that it is not certain where it is not.
func (b *Raise) Text() string { return b.TextIn(saying.English) }

// TextIn is [Raise.Text] in another language, as far as [Raise.WordsIn] is.
func (b *Raise) TextIn(v saying.Voice) string {
	text := b.WordsIn(v)
	if b.Unsure && !strings.Contains(strings.ToLower(b.Words.String()), CannotExclude) {
		text = v.Sayf("cannot exclude: %s", text)
	}
	return text
}

// WordsIn are the words with which it rang in another language, on one line and safe to show. Where the entry does not have what they were
// made of, or that makes other words, they are as they rang: in English.
func (b *Raise) WordsIn(v saying.Voice) string { return said(v, b.Words, b.Said) }

// said are words of an entry in another language, by what they were made of; as they stand where the entry does not have that, or that makes
// other words.
func said(v saying.Voice, words Text, of saying.Saying) string {
	if of.IsZero() || saying.IsEnglish(v) {
		return words.String()
	}
	english := of.String()
	switch short := ShortWords(english); {
	case short != words.raw:
		return words.String()
	case short != english:
		return of.In(v) + "…"
	}
	return of.In(v)
}

// ShortWords cuts words with which something rings to what an entry may hold.
func ShortWords(s string) string {
	const most = MaxShort - 8
	if len(s) <= most {
		return s
	}
	s = s[:most]
	for !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s + "…"
}

func because(v saying.Voice, what string, why Text) string { return becauseOf(v, what, why.String()) }

func becauseOf(v saying.Voice, what, why string) string {
	if why == "" {
		return what
	}
	return v.Sayf("%s: %s", what, why)
}

// numbers names items of a handover: item 3, items 1 2 5, items 4-138, as they are typed. What is signed off is of one that may be long over: item 56.3.
func (b *Answer) numbers(v saying.Voice) string {
	word, of := v.Say("items"), &Handover{}
	if len(b.Items) == 1 {
		word = v.Say("item")
	}
	if b.Verdict == ItemSignedOff {
		of.Entry = b.Entry
	}
	const run = 3 // from how many in a row on they are a range
	for i := 0; i < len(b.Items); i++ {
		word += " " + of.Called(b.Items[i])
		last := i
		for last+1 < len(b.Items) && b.Items[last+1] == b.Items[last]+1 {
			last++
		}
		if last-i+1 >= run && b.Verdict != ItemSignedOff {
			word += "-" + of.Called(b.Items[last])
			i = last
		}
	}
	return word
}

func names(list []Name) string {
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = n.String()
	}
	return strings.Join(words, ", ")
}
