package told

import (
	"strings"
	"testing"
	"time"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/picture"
	"vigil/internal/profile"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

// critical is the alarm of the desk of the tests that people are told of.
const critical = "entry-11"

// desk is the desk on duty with a profile, and what was written on the sheet of the critical alarm.
func desk(t *testing.T, entries ...duty.Body) picture.View {
	t.Helper()
	d, l := tuitest.OnDutyLog()
	for i, b := range entries {
		l.Say(time.Duration(len(entries)-i)*20*time.Second, "Oscar", b)
	}
	l.On(d)
	d.Store.SetProfiles(profile.Set{tuitest.Profile()}, tuitest.Now.Add(-time.Hour))
	return d.View()
}

func said(contact, channel string, outcome duty.Outcome, words string) duty.Body {
	return &duty.Told{Alarm: critical, Contact: contact, Channel: channel, Outcome: outcome, Words: duty.Words(words)}
}

func TestGoldens(t *testing.T) {
	v := desk(
		t, said("designated official", "mobile", duty.NoAnswer, ""), said("designated official", "satellite", duty.ReadBack, "on the way in"),
		said("security adviser", "mobile", duty.NoAnswer, ""), said("medical", "phone", duty.Refused, "wants it in writing"), said("security adviser", "VHF", duty.Tried, ""),
	)
	tuitest.Goldens(t, "told", v, func() screen.Screen { return New(critical) })
	for name, v := range map[string]picture.View{
		"nobody": desk(t),
		"again": desk(t, said("designated official", "mobile", duty.ReadBack, ""), said("host authorities", "phone", duty.Answered, ""),
			&duty.Clear{Alarm: critical}, &duty.Reopen{Alarm: critical, Reason: duty.Words("refuted: false alarm, the crew is safe")}),
		"all": desk(t, said("designated official", "mobile", duty.ReadBack, ""), said("security adviser 2", "mobile", duty.Answered, ""), said("medical", "phone", duty.Answered, ""),
			said("warden Gao région", "VHF", duty.ReadBack, ""), said("warden Mopti", "VHF", duty.Answered, "")),
	} {
		f := tuitest.Frame(t, v, tuitest.Sizes[0])
		s := New(critical)
		s.Arrived(f)
		tuitest.Golden(t, name, s.Lines(f))
	}
	f := tuitest.Frame(t, desk(t), tuitest.Sizes[0])
	tuitest.Golden(t, "no-profile", New("entry-6").Lines(f))
	tuitest.Golden(t, "no-country", New("entry-8").Lines(f))
	tuitest.Golden(t, "none", New("entry-99").Lines(f))
}

func TestContract(t *testing.T) {
	tuitest.Walk(t, func() screen.Screen { return New(critical) })
}

// TestKeysWriteOutcomes: each key writes what became of the call that stands on top, once; the cursor chooses another.
func TestKeysWriteOutcomes(t *testing.T) {
	f := tuitest.Frame(t, desk(t), tuitest.Sizes[0])
	for _, tt := range []struct {
		key  keys.ID
		want duty.Outcome
	}{
		{keys.ToldTried, duty.Tried}, {keys.ToldMissed, duty.NoAnswer}, {keys.ToldRefused, duty.Refused}, {keys.ToldAnswered, duty.Answered}, {keys.ToldReadBack, duty.ReadBack},
	} {
		s := New(critical)
		s.Arrived(f)
		s.Lines(f)
		r, _ := s.Key(tt.key, f).Do.(action.Record)
		if b, ok := r.Body.(*duty.Told); !ok || b.Outcome != tt.want || b.Contact != "designated official" || b.Channel != "mobile" || b.Alarm != critical {
			t.Errorf("%s writes %+v", tt.key, r.Body)
		}
		if ask := s.Key(tt.key, f); ask.Do != nil || !strings.Contains(ask.Say, "is being written") {
			t.Errorf("pressed twice: %+v", ask)
		}
	}
	s := New(critical)
	s.Arrived(f)
	s.Lines(f)
	s.Key(keys.Down, f)
	r, _ := s.Key(keys.ToldAnswered, f).Do.(action.Record)
	if b, ok := r.Body.(*duty.Told); !ok || b.Contact != "security adviser" || b.Channel != "mobile" {
		t.Errorf("with the cursor on the second: %+v", r.Body)
	}
	if got := New(critical).Key(keys.Open, f).Prefill; got != "told A6 designated official mobile " {
		t.Errorf("enter begins %q", got)
	}
	// What was written is on the sheet, and the next stands on top.
	after := tuitest.Frame(t, desk(t, said("designated official", "mobile", duty.Answered, "")), tuitest.Sizes[0])
	s = New(critical)
	s.Arrived(f)
	s.Lines(f)
	s.Key(keys.ToldAnswered, f)
	s.Arrived(after)
	after.Instant = after.Instant.Add(glance)
	if text := strings.Join(s.Lines(after), "\n"); !strings.Contains(text, "CALL security adviser, Sierra 1") || s.Cannot(keys.ToldAnswered, after) != "" {
		t.Errorf("%s\n%s", text, s.Cannot(keys.ToldAnswered, after))
	}
}

// writes is what a key writes, or why it is refused.
func writes(s *Screen, id keys.ID, f screen.Frame) string {
	if why := s.Cannot(id, f); why != "" {
		return why
	}
	r, _ := s.Key(id, f).Do.(action.Record)
	b, ok := r.Body.(*duty.Told)
	if !ok {
		return "nothing"
	}
	return b.Contact + " by " + b.Channel + ": " + string(b.Outcome)
}

// TestAKeyIsOfTheRowUnderTheCursor: of who answered already, too, for the contact and the channel that answered; and who stands on
// top is whom it is of.
func TestAKeyIsOfTheRowUnderTheCursor(t *testing.T) {
	v := desk(t, said("designated official", "mobile", duty.NoAnswer, ""), said("designated official", "satellite", duty.Answered, ""))
	f := tuitest.Frame(t, v, tuitest.Sizes[0])
	s := New(critical)
	s.Arrived(f)
	s.Lines(f)
	s.Key(keys.Up, f)
	if text := strings.Join(s.Lines(f), "\n"); !strings.Contains(text, "TOLD designated official, answered 14:31Z by satellite") || !strings.Contains(text, "next to call: security adviser mobile") {
		t.Errorf("on top:\n%s", text)
	}
	if got := writes(s, keys.ToldReadBack, f); got != "designated official by satellite: read back" {
		t.Errorf("read back: %s", got)
	}
	// Once it is on the sheet, the cursor is on the next.
	f = tuitest.Frame(t, desk(
		t, said("designated official", "mobile", duty.NoAnswer, ""), said("designated official", "satellite", duty.Answered, ""), said("designated official", "satellite", duty.ReadBack, ""),
	), tuitest.Sizes[0])
	s.Arrived(f)
	f.Instant = f.Instant.Add(glance)
	if got := writes(s, keys.ToldMissed, f); got != "security adviser by mobile: no answer" {
		t.Errorf("then: %s", got)
	}
	// When all know, what the last one repeats can be written still.
	all := []duty.Body{
		said("designated official", "mobile", duty.ReadBack, ""), said("security adviser 2", "mobile", duty.Answered, ""), said("medical", "phone", duty.Answered, ""),
		said("warden Gao région", "VHF", duty.ReadBack, ""),
	}
	f = tuitest.Frame(t, desk(t, all...), tuitest.Sizes[0])
	s = New(critical)
	s.Arrived(f)
	if got := writes(s, keys.ToldAnswered, f); got != "warden Mopti by VHF: answered" {
		t.Errorf("the last: %s", got)
	}
	f = tuitest.Frame(t, desk(t, append(all, said("warden Mopti", "VHF", duty.Answered, ""))...), tuitest.Sizes[0])
	s.Arrived(f)
	f.Instant = f.Instant.Add(glance)
	if text := strings.Join(s.Lines(f), "\n"); !strings.Contains(text, "ALL TOLD: 5 of 5") || !strings.Contains(text, "TOLD warden Mopti, answered") {
		t.Errorf("all told:\n%s", text)
	}
	if got := writes(s, keys.ToldReadBack, f); got != "warden Mopti by VHF: read back" {
		t.Errorf("the last reads back: %s", got)
	}
}

// TestAKeyForTheOneBeforeIsNotTaken: who stands on top changes by what this console wrote, and by what another did. What is pressed
// within a moment of that was meant for the one before; once the cursor was moved it is not.
func TestAKeyForTheOneBeforeIsNotTaken(t *testing.T) {
	const refused = "CALL has just moved on to security adviser mobile: press again"
	before := tuitest.Frame(t, desk(t), tuitest.Sizes[0])
	after := tuitest.Frame(t, desk(t, said("designated official", "mobile", duty.Answered, "")), tuitest.Sizes[0])
	for name, own := range map[string]bool{"this console wrote it": true, "another wrote it": false} {
		t.Run(name, func(t *testing.T) {
			s := New(critical)
			s.Arrived(before)
			s.Lines(before)
			if own {
				writes(s, keys.ToldAnswered, before)
			}
			if got := writes(s, keys.ToldReadBack, after); got != refused {
				t.Errorf("before it was drawn: %s", got)
			}
			s.Arrived(after)
			s.Lines(after)
			f := after
			f.Instant = after.Instant.Add(glance - time.Millisecond)
			for _, id := range []keys.ID{keys.ToldTried, keys.ToldMissed, keys.ToldRefused, keys.ToldAnswered, keys.ToldReadBack} {
				if got := writes(s, id, f); got != refused {
					t.Errorf("%s: %s", id, got)
				}
			}
			s.Key(keys.Up, f)
			if got := writes(s, keys.ToldReadBack, f); got != "designated official by mobile: read back" {
				t.Errorf("with the cursor moved: %s", got)
			}
		})
	}
	s := New(critical)
	s.Arrived(before)
	s.Lines(before)
	s.Arrived(after)
	after.Instant = after.Instant.Add(glance)
	if got := writes(s, keys.ToldAnswered, after); got != "security adviser by mobile: answered" {
		t.Errorf("after a moment: %s", got)
	}
	// On who was chosen, another channel is another call.
	s = New(critical)
	s.Arrived(before)
	s.Lines(before)
	s.Key(keys.Down, before)
	missed := tuitest.Frame(t, desk(t, said("security adviser", "mobile", duty.NoAnswer, "")), tuitest.Sizes[0])
	s.Arrived(missed)
	if got := writes(s, keys.ToldMissed, missed); got != "CALL has just moved on to security adviser VHF: press again" {
		t.Errorf("another channel: %s", got)
	}
}

// TestNumbersAreOfTheNextOneOnly: no other number is on the screen, none in a title or in what is copied, and none in a picture of
// the past.
func TestNumbersAreOfTheNextOneOnly(t *testing.T) {
	v := desk(t)
	for _, size := range tuitest.Sizes {
		f := tuitest.Frame(t, v, size)
		s := New(critical)
		s.Arrived(f)
		text := strings.Join(append(s.Lines(f), s.Linear(f)...), "\n")
		if !strings.Contains(text, "EXERCISE 0001") || strings.Contains(text, "EXERCISE 0002") || strings.Contains(text, "EXERCISE 0003") {
			t.Errorf("%s:\n%s", size, text)
		}
		for range 12 {
			if ask := s.Key(keys.Copy, f); strings.Contains(ask.Copy+s.Title(f), "EXERCISE 00") {
				t.Errorf("copied %q, title %q", ask.Copy, s.Title(f))
			}
			s.Key(keys.Down, f)
		}
	}
	d, l := tuitest.OnDutyLog()
	l.On(d)
	d.Store.SetProfiles(profile.Set{tuitest.Profile()}, tuitest.Now.Add(-48*time.Hour))
	past := d.Store.At(tuitest.Now.Add(-time.Minute), tuitest.Now.Add(-time.Minute), tuitest.Now).For(picture.DutyOfficer)
	f := tuitest.Frame(t, past, tuitest.Sizes[0])
	s := New(critical)
	if text := strings.Join(s.Lines(f), "\n"); strings.Contains(text, "EXERCISE 00") || !strings.Contains(text, "numbers are shown live only") {
		t.Errorf("in the past:\n%s", text)
	}
	if ask := s.Key(keys.ToldAnswered, f); ask.Do != nil || !strings.Contains(ask.Say, "of the past") {
		t.Errorf("in the past: %+v", ask)
	}
}

// TestWhatBecameRestrictedIsTheLeads: of an alarm about what is restricted since it rang only the security lead is told, and neither the call
// tree of its country nor who was told of it says where it is.
func TestWhatBecameRestrictedIsTheLeads(t *testing.T) {
	d, l := tuitest.OnDutyLog()
	secret := l.Say(time.Minute, tuitest.Vigil, &duty.Raise{
		Rule: "staff harmed", Severity: duty.Critical, Key: "k", Country: "MLI", Words: duty.Words("MLI Mopti shooting"),
		Incident: duty.Name{Authority: duty.Words("radio"), ID: duty.Words(tuitest.SecretID)},
	})
	l.Say(time.Minute, "Oscar", &duty.Told{Alarm: secret, Contact: "designated official", Channel: "mobile", Outcome: duty.Answered})
	l.Say(time.Minute, tuitest.Vigil, &duty.Escalate{Alarm: secret, Level: 1, To: duty.Words("security adviser"), Reason: duty.Words("nobody owns it")})
	l.On(d)
	d.Store.SetProfiles(profile.Set{tuitest.Profile()}, tuitest.Now.Add(-48*time.Hour))
	v := d.View()
	a, _ := v.Duty().Alarm(secret)
	sheet := v.Sheet(a, tuitest.Now)
	if told, of := sheet.Figures(); told != 0 || of != 1 || sheet.Next() == nil || sheet.Next().Name != profile.SecurityLead {
		t.Errorf("told %d of %d: %+v", told, of, sheet.Posts)
	}
	f := tuitest.Frame(t, v, tuitest.Sizes[0])
	s := New(secret)
	s.Arrived(f)
	for _, word := range []string{"MLI", "Mali", "designated official", "security adviser", "Mopti", "EXERCISE 0001"} {
		if text := strings.Join(append(s.Lines(f), s.Linear(f)...), "\n"); strings.Contains(text, word) {
			t.Errorf("its told-sheet says %s:\n%s", word, text)
		}
	}
	for _, untold := range v.Untold(tuitest.Now) {
		if untold.Alarm.ID == secret && untold.Alarm.Country().Known() {
			t.Error("what is left to tell says in which country it is")
		}
	}
}

// TestWhatIsKnownNow: beside the words with which an alarm rang stands what its incident says now; of one that is about none, or that the
// reader may not know of, nothing does.
func TestWhatIsKnownNow(t *testing.T) {
	d, l := tuitest.OnDutyLog()
	l.On(d)
	a, _ := d.View().Duty().Alarm(critical)
	if got := figure.Plain.AlarmNow(d.View(), a); !strings.Contains(got, "2 abd.") || !strings.Contains(got, "Ansongo") {
		t.Errorf("%q", got)
	}
	of := func(id string) *duty.Alarm {
		c := *a
		raise := *a.Raise
		raise.Incident = duty.Name{Authority: duty.Words("radio"), ID: duty.Words(id)}
		if id == "" {
			raise.Incident = duty.Name{}
		}
		c.Raise = &raise
		return &c
	}
	for _, id := range []string{"", "R-NONE"} {
		if got := figure.Plain.AlarmNow(d.View(), of(id)); got != "" {
			t.Errorf("%q: %q", id, got)
		}
	}
	v := d.View()
	for id := range v.Incidents() {
		if r, _ := v.Row(id); r.Restricted {
			if got := figure.Plain.AlarmNow(v, of(v.Identity(id).ID.String())); got != "" {
				t.Errorf("restricted: %q", got)
			}
		}
	}
}

func TestLanguages(t *testing.T) {
	v := desk(
		t, said("designated official", "mobile", duty.NoAnswer, ""), said("designated official", "satellite", duty.ReadBack, "on the way in"),
		said("medical", "phone", duty.Refused, "wants it in writing"), said("security adviser", "VHF", duty.Tried, ""),
		&duty.Clear{Alarm: critical}, &duty.Reopen{Alarm: critical, Reason: duty.Words("refuted: false alarm, the crew is safe")},
	)
	// The channels are written as they are typed; what was written in the log stays.
	allowed := append(tuitest.Recorded(v), "FUNCTION", "CHANNEL", "answered", "profiles", "examples", "profile", "yaml", "mobile", "satellite", "told", "note")
	tuitest.Languages(t, "again", v, func() screen.Screen { return New(critical) }, allowed...)
	for _, id := range []string{"entry-6", "entry-8", "entry-99"} {
		tuitest.Said(t, v, func() screen.Screen { return New(id) }, allowed...)
	}
	ringing := tuitest.Ringing().View()
	for _, a := range ringing.Duty().Alarms(tuitest.Now) {
		tuitest.Said(t, ringing, func() screen.Screen { return New(a.ID) }, "told", "note", "FUNCTION", "CHANNEL", "answered", "profiles", "examples", "profile", "yaml")
	}
}
