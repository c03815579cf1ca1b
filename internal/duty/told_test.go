package duty_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/profile"
	"vigil/internal/safetext"
)

// callTree is a profile: the designated official has two channels, the adviser an alternate, there are two wardens.
func callTree() *profile.Profile {
	contact := func(function, zone string, kinds ...profile.Kind) profile.Contact {
		c := profile.Contact{Function: safetext.Clean(function), Zone: safetext.Clean(zone)}
		for _, k := range kinds {
			c.Channels = append(c.Channels, profile.Channel{Kind: k, Number: profile.NumberOf(safetext.Const("EXERCISE"))})
		}
		return c
	}
	p := &profile.Profile{
		Country: country.MustParse("MLI"),
		Contacts: []profile.Contact{
			contact("designated official", "", profile.Mobile, profile.Satellite),
			contact("security adviser", "", profile.Mobile, profile.VHF),
			contact("security adviser", "", profile.Mobile),
			contact("warden", "Gao", profile.VHF),
			contact("warden", "Ansongo", profile.VHF),
			contact("medical", "", profile.Phone),
		},
		Tree: map[string][]profile.Step{
			"critical": {{"designated official"}, {"security adviser", "warden"}},
			"high":     {{"security adviser"}},
			"low":      {},
		},
	}
	p.Settle()
	return p
}

// sheet writes tellings "contact/channel outcome" onto a critical alarm in Mali, a minute apart; "reopen" has all told again,
// "over" ends what it rang for.
func sheet(t interface{ Fatalf(string, ...any) }, entries ...string) (*log, string, *duty.Sheet) {
	l := newLog(t)
	id := l.say(&duty.Raise{Rule: "r", Key: "k", Severity: duty.Critical, Country: "MLI", Words: duty.Words("EXERCISE")})
	for _, e := range entries {
		l.write(id, e)
	}
	return l, id, duty.SheetOf(l.alarm(id), callTree(), l.at)
}

func (l *log) write(id, e string) {
	switch e {
	case "reopen":
		l.say(&duty.Reopen{Alarm: id, Reason: duty.Words("refuted")})
		return
	case "over":
		l.say(&duty.Clear{Alarm: id})
		return
	case "sent":
		l.say(&duty.Send{Alarm: id, Channel: "sms"})
		return
	}
	who, outcome, _ := strings.Cut(e, ": ")
	contact, channel, _ := strings.Cut(who, "/")
	l.say(&duty.Told{Alarm: id, Contact: contact, Channel: channel, Outcome: duty.Outcome(outcome)})
}

// words are the sheet in a line: "3 designated official:not told>mobile …", told of how many first.
func words(s *duty.Sheet) string {
	told, of := s.Figures()
	text := fmt.Sprintf("%d/%d", told, of)
	if p := s.Next(); p != nil {
		text += " next " + p.Name
		if c, ok := p.Next(); ok {
			text += " (" + c.Contact.Called + " " + c.Channel.Called + ")"
		}
	}
	return text
}

func TestToldSheet(t *testing.T) {
	for _, c := range []struct {
		name    string
		entries []string
		want    string
	}{
		{"nobody yet", nil, "0/4 next designated official (designated official mobile)"},
		{"delivered is not told", []string{"sent"}, "0/4 next designated official (designated official mobile)"},
		{"tried waits", []string{"designated official/mobile: tried"}, "0/4 next designated official (designated official mobile)"},
		{"no answer goes to the next channel", []string{"designated official/mobile: no answer"}, "0/4 next designated official (designated official satellite)"},
		{"then to the next contact of the tree", []string{"designated official/mobile: no answer", "designated official/satellite: no answer"}, "0/4 next security adviser (security adviser mobile)"},
		{"without a channel it is the one whose turn it was", []string{"designated official: no answer", "designated official: no answer"}, "0/4 next security adviser (security adviser mobile)"},
		{"answered", []string{"designated official/mobile: answered"}, "1/4 next security adviser (security adviser mobile)"},
		{"the alternate", []string{"designated official/mobile: read back", "security adviser/mobile: no answer", "security adviser/VHF: no answer"}, "1/4 next security adviser (security adviser 2 mobile)"},
		{"told by the alternate", []string{"designated official/mobile: read back", "security adviser 2/mobile: answered"}, "2/4 next warden Gao (warden Gao VHF)"},
		{"who refuses is not called by other channels", []string{"designated official/mobile: answered", "security adviser/mobile: refused"}, "1/4 next security adviser (security adviser 2 mobile)"},
		{"by any name and case", []string{"Designated  Official/mobile: answered"}, "1/4 next security adviser (security adviser mobile)"},
		{"a mistake is put right by a further entry", []string{"designated official/mobile: answered", "designated official/mobile: no answer"}, "0/4 next designated official (designated official satellite)"},
		{"silence on another channel takes nothing back", []string{"designated official/mobile: answered", "designated official/satellite: no answer"}, "1/4 next security adviser (security adviser mobile)"},
		{"taken back without a channel", []string{"designated official/mobile: answered", "designated official: no answer"}, "0/4 next designated official (designated official satellite)"},
		{"taken back after silence on another", []string{"designated official/mobile: answered", "designated official/satellite: no answer", "designated official: no answer"}, "0/4 next security adviser (security adviser mobile)"},
		{"without a channel it is of the last entry", []string{"designated official/mobile: answered", "designated official/satellite: tried", "designated official: no answer"}, "1/4 next security adviser (security adviser mobile)"},
		{"who is not in the tree counts for nothing", []string{"governor/phone: answered", "medical/phone: answered"}, "0/4 next designated official (designated official mobile)"},
		{"all", []string{"designated official/mobile: answered", "security adviser/mobile: answered", "warden Gao/VHF: read back", "warden Ansongo/VHF: answered"}, "4/4"},
		{"all again", []string{"designated official/mobile: answered", "reopen"}, "0/4 next designated official (designated official mobile)"},
		{"of what is over, those who were told", []string{"designated official/mobile: answered", "governor/phone: answered", "over", "reopen"}, "0/2 next designated official (designated official mobile)"},
		{"who could not be reached need not know of what is over", []string{"designated official/mobile: no answer", "warden Gao/VHF: read back", "over", "reopen"}, "0/1 next warden Gao (warden Gao VHF)"},
		{"told again", []string{"warden Gao/VHF: read back", "over", "reopen", "warden Gao/VHF: answered"}, "1/1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, _, s := sheet(t, c.entries...); words(s) != c.want {
				t.Errorf("got  %s\nwant %s", words(s), c.want)
			}
		})
	}
}

// TestATryIsNotWaitedForLong: without an outcome it is no answer after a time, unless the outcome was written.
func TestATryIsNotWaitedForLong(t *testing.T) {
	l, id, s := sheet(t, "designated official/mobile: tried")
	if s.Posts[0].State != duty.Trying {
		t.Errorf("state %s", s.Posts[0].State)
	}
	later := duty.SheetOf(l.alarm(id), callTree(), l.at.Add(duty.Patience))
	if got := words(later); got != "0/4 next designated official (designated official satellite)" || later.Posts[0].State != duty.Missed {
		t.Errorf("%s, %s", got, later.Posts[0].State)
	}
	l.write(id, "designated official/mobile: no answer")
	later = duty.SheetOf(l.alarm(id), callTree(), l.at.Add(duty.Patience))
	if got := words(later); got != "0/4 next designated official (designated official satellite)" {
		t.Errorf("counted twice: %s", got)
	}
}

// TestATryThatNothingBecameOfTakesNothingBack: who was told stays told when called once more in vain.
func TestATryThatNothingBecameOfTakesNothingBack(t *testing.T) {
	l, id, _ := sheet(t, "designated official/mobile: answered", "designated official/mobile: tried")
	if s := duty.SheetOf(l.alarm(id), callTree(), l.at.Add(duty.Patience)); s.Posts[0].State != duty.HasHeard {
		t.Errorf("state %s", s.Posts[0].State)
	}
}

// TestWhomAnOutcomeIsOf: of who answered by that channel, while it stands; else of the next call.
func TestWhomAnOutcomeIsOf(t *testing.T) {
	for want, entries := range map[string][]string{
		"security adviser mobile":   nil,
		"security adviser VHF":      {"security adviser/mobile: no answer"},
		"security adviser 2 mobile": {"security adviser/mobile: no answer", "security adviser 2/mobile: answered"},
	} {
		_, _, s := sheet(t, entries...)
		contact, channel := named(s, "security adviser").Spoken()
		if got := contact + " " + channel; got != want {
			t.Errorf("after %v it is of %s, want %s", entries, got, want)
		}
	}
}

// TestTriesAreCalls: what became of a call, and that it was read back, is no further one.
func TestTriesAreCalls(t *testing.T) {
	for want, entries := range map[int][]string{
		1: {"designated official/mobile: tried", "designated official/mobile: answered", "designated official: read back"},
		2: {"designated official/mobile: no answer", "designated official/satellite: tried", "designated official/satellite: read back"},
		3: {"designated official/mobile: tried", "designated official/mobile: tried", "designated official/mobile: no answer", "designated official/mobile: no answer"},
	} {
		if _, _, s := sheet(t, entries...); s.Posts[0].Tried != want {
			t.Errorf("%v are %d, want %d", entries, s.Posts[0].Tried, want)
		}
	}
}

// TestASheetWithoutATree says why nobody is named, and still holds who was told.
func TestASheetWithoutATree(t *testing.T) {
	l := newLog(t)
	id := l.say(&duty.Raise{Rule: "r", Key: "k", Severity: duty.Medium, Country: "MLI", Words: duty.Words("EXERCISE")})
	l.write(id, "medical/phone: answered")
	for _, c := range []struct {
		profile *profile.Profile
		want    string
	}{
		{callTree(), "the call tree of MLI says nothing of medium alarms"},
		{nil, "no profile of MLI can be used"},
	} {
		s := duty.SheetOf(l.alarm(id), c.profile, l.at)
		if told, of := s.Figures(); !strings.HasPrefix(s.None, c.want) || told+of != 0 || len(s.Posts) != 1 || !s.Posts[0].State.IsTold() {
			t.Errorf("%q %d/%d %+v", s.None, told, of, s.Posts)
		}
	}
	l.say(&duty.Escalate{Alarm: id, Level: 1, To: duty.Words("designated official"), Reason: duty.Words("nobody came"), Severity: duty.High})
	if got := words(duty.SheetOf(l.alarm(id), callTree(), l.at)); got != "0/2 next security adviser (security adviser mobile)" {
		t.Errorf("escalated: %s", got)
	}
}

// TestAClosedAlarmIsToldAgain: what was refuted closes, and those who were told must still hear it.
func TestAClosedAlarmIsToldAgain(t *testing.T) {
	l, id, _ := sheet(t, "designated official/mobile: read back")
	l.ack(id)
	l.write(id, "over")
	l.wants(id, duty.Normal)
	of := func(a *duty.Alarm) *duty.Sheet { return duty.SheetOf(a, callTree(), l.at) }
	if list := l.draft.Book().Untold(of); len(list) != 0 {
		t.Errorf("closed, and %d open sheets", len(list))
	}
	if err := l.draft.Book().May(&duty.Reopen{Alarm: id, Reason: duty.Words("refuted")}, l.at); err != nil {
		t.Error(err)
	}
	l.write(id, "reopen")
	if list := l.draft.Book().Untold(of); len(list) != 1 || words(list[0]) != "0/1 next designated official (designated official mobile)" {
		t.Errorf("%v", list)
	}
	l.write(id, "designated official/mobile: answered")
	if list := l.draft.Book().Untold(of); len(list) != 0 || l.draft.Book().Strange() != 0 {
		t.Errorf("%v", list)
	}
}

func TestSheetProperties(t *testing.T) {
	contacts := []string{"designated official/mobile", "designated official/satellite", "security adviser/mobile", "security adviser/VHF", "security adviser 2/mobile", "warden Gao/VHF", "warden Ansongo/VHF", "medical/phone", "governor/"}
	rapid.Check(t, func(t *rapid.T) {
		var entries []string
		for range rapid.IntRange(0, 25).Draw(t, "n") {
			entries = append(entries, rapid.OneOf(rapid.SampledFrom([]string{"reopen", "over", "sent"}), rapid.Custom(func(t *rapid.T) string {
				return rapid.SampledFrom(contacts).Draw(t, "who") + ": " + string(rapid.SampledFrom(duty.Outcomes()).Draw(t, "outcome"))
			})).Draw(t, "entry"))
		}
		l, id, s := sheet(t, entries...)
		told, of := s.Figures()
		next := s.Next()
		if told < 0 || told > of || s.Done() != (next == nil) {
			t.Fatalf("%v: %s", entries, words(s))
		}
		if next == nil {
			return
		}
		// Who is called and answers is told, and nobody else.
		call, ok := next.Next()
		if !ok {
			call.Contact, call.Channel = &profile.Contact{Called: next.Name}, &profile.Channel{}
		}
		name, pass := next.Name, next.Pass
		l.write(id, call.Contact.Called+"/"+call.Channel.Called+": read back")
		after := duty.SheetOf(l.alarm(id), callTree(), l.at)
		if n, _ := after.Figures(); n > told+1 || !named(after, name).State.IsTold() {
			t.Fatalf("%v: told %d after %d, %s is %s", entries, n, told, name, named(after, name).State)
		}
		// Reopened, nobody is told, and everybody who was must be.
		l.write(id, "reopen")
		again := duty.SheetOf(l.alarm(id), callTree(), l.at)
		if n, _ := again.Figures(); n != 0 || !named(again, name).Needed || !named(again, name).Again {
			t.Fatalf("%v: reopened %s", entries, words(again))
		}
		// Nobody answers: each call of a post comes once in a pass.
		seen := map[string]int{}
		for range 40 {
			p := duty.SheetOf(l.alarm(id), callTree(), l.at).Next()
			if p == nil || p.Pass > 0 {
				break
			}
			c, ok := p.Next()
			if !ok { // in no profile, so that nobody can say how to call them: they answer
				l.write(id, p.Name+"/: answered")
				continue
			}
			seen[c.Contact.Called+c.Channel.Called]++
			l.write(id, c.Contact.Called+"/"+c.Channel.Called+": no answer")
		}
		for c, n := range seen {
			if n != 1 {
				t.Fatalf("%s was called %d times before all were", c, n)
			}
		}
		if pass < 0 || len(seen) == 0 && named(again, name).Calls != nil {
			t.Fatalf("nobody was called: %s", words(again))
		}
	})
}

func named(s *duty.Sheet, name string) *duty.Post {
	p, ok := s.Named(name)
	if !ok {
		return &duty.Post{}
	}
	return p
}

func TestFlashReports(t *testing.T) {
	l, id, _ := sheet(t)
	about := duty.Subject{Alarm: id}
	flash := func(number int, next time.Duration) *duty.Flash {
		f := &duty.Flash{Alarm: id, Number: number, Confirmed: duty.Words("two taken")}
		if next != 0 {
			f.Next = l.at.Add(next)
		}
		return f
	}
	book := func() *duty.Book { return l.draft.Book() }
	if err := book().May(flash(2, 0), l.at); err == nil {
		t.Error("the second before the first")
	}
	first := book()
	l.say(flash(1, 30*time.Minute))
	if due := book().FlashesDue(); len(due) != 1 || due[0].Number != 1 || book().NextFlash(about) != 2 {
		t.Errorf("%+v", due)
	}
	if len(first.FlashesDue()) != 0 {
		t.Error("an older book was changed")
	}
	l.say(flash(2, time.Hour))
	if due := book().FlashesDue(); len(due) != 1 || due[0].Number != 2 || len(book().Flashes(about)) != 2 {
		t.Errorf("one subject is due once: %+v", due)
	}
	for _, bad := range []time.Duration{-time.Minute, 25 * time.Hour} {
		if err := book().May(flash(3, bad), l.at); err == nil {
			t.Errorf("due in %s", bad)
		}
	}
	l.say(flash(3, 0))
	if due := book().FlashesDue(); len(due) != 0 {
		t.Errorf("the last promised none: %+v", due)
	}
	if err := book().May(&duty.Flash{Number: 1, Action: duty.Words("x")}, l.at); err == nil {
		t.Error("about nothing")
	}
}
