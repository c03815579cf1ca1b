package board

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vigil/internal/duty"
	"vigil/internal/picture"
	"vigil/internal/profile"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

// critical, ended and changed are alarms of the desk of the tests: A6 CRIT and A5 HIGH, of Mali, and A2 HIGH, which ended unseen.
const critical, changed, ended = "entry-11", "entry-10", "entry-4"

// onDuty is the board of the desk on duty with a profile, after entries were written a second apart.
func onDuty(t *testing.T, size tuitest.Size, entries ...duty.Body) (*Board, screen.Frame) {
	t.Helper()
	d, l := tuitest.OnDutyLog()
	for i, e := range entries {
		l.Say(time.Duration(len(entries)-i)*time.Second, "Oscar", e)
	}
	l.On(d)
	d.Store.SetProfiles(profile.Set{tuitest.Profile()}, tuitest.Now.Add(-time.Hour))
	f := tuitest.Frame(t, d.View(), size)
	b := New()
	b.Arrived(f)
	return b, f
}

func ack(alarm string) duty.Body {
	return &duty.Ack{Alarm: alarm, Owner: duty.Words("Oscar"), Reason: duty.Words("calling"), Until: tuitest.Now.Add(time.Hour)}
}

func heard(alarm, who string) duty.Body {
	return &duty.Told{Alarm: alarm, Contact: who, Outcome: duty.ReadBack}
}

// everybody is told of the critical alarm.
func everybody() []duty.Body {
	var list []duty.Body
	for _, who := range []string{"designated official", "security adviser", "medical", "warden Gao région", "warden Mopti"} {
		list = append(list, heard(critical, who))
	}
	return list
}

// refuted is the critical alarm closed, of which one was told who must be told again.
func refuted() []duty.Body {
	return []duty.Body{
		ack(critical), heard(critical, "designated official"), &duty.Clear{Alarm: critical, Words: duty.Words("refuted")},
		&duty.Reopen{Alarm: critical, Reason: duty.Words("refuted: false alarm")},
	}
}

// first are the words of the first lines under NEEDS YOU, with their marks.
func first(b *Board, n int) string {
	var list []string
	for i := range b.needs[:n] {
		line := b.needs[i].word
		if b.needs[i].urgent {
			line = "!" + line
		}
		list = append(list, line)
	}
	return strings.Join(list, ", ")
}

// TestWhatIsNotToldStaysInSight: acknowledged, it stands with those of its severity that nobody has until everybody knows.
func TestWhatIsNotToldStaysInSight(t *testing.T) {
	for name, c := range map[string]struct {
		entries []duty.Body
		want    string
	}{
		"nobody has it":         {nil, "!A6 CRIT NOT ACKED, !A5 HIGH NOT ACKED, !A2 HIGH ENDED UNSEEN"},
		"acknowledged":          {[]duty.Body{ack(critical)}, "A6 CRIT Oscar, !A5 HIGH NOT ACKED, !A2 HIGH ENDED UNSEEN"},
		"a high one":            {[]duty.Body{ack(changed)}, "!A6 CRIT NOT ACKED, !A2 HIGH ENDED UNSEEN, A5 HIGH Oscar"},
		"all know":              {append(everybody(), ack(critical)), "!A5 HIGH NOT ACKED, !A2 HIGH ENDED UNSEEN, A6 CRIT Oscar"},
		"over, and told before": {refuted(), "!A5 HIGH NOT ACKED, !A2 HIGH ENDED UNSEEN, !TELL AGAIN A6"},
		"told again":            {append(refuted(), heard(critical, "designated official")), "!A5 HIGH NOT ACKED, !A2 HIGH ENDED UNSEEN, A4 MED Oscar"},
	} {
		b, _ := onDuty(t, tuitest.Sizes[1], c.entries...)
		if got := first(b, 3); got != c.want {
			t.Errorf("%s: %s\nwant %s", name, got, c.want)
		}
	}
	b, _ := onDuty(t, tuitest.Sizes[1], refuted()...)
	i := slices.IndexFunc(b.needs, func(n need) bool { return strings.HasPrefix(n.word, "TELL AGAIN") })
	if n := b.needs[i]; n.ask.Go != screen.ToTold || n.ask.Subject.Alarm != critical || !strings.HasPrefix(n.text, "REFUTED false alarm  told 0/1  MLI Ansongo") {
		t.Errorf("%+v", n)
	}
	for _, size := range tuitest.Sizes[:2] {
		b, f := onDuty(t, size, append(refuted(), ack(changed))...)
		lines := b.Lines(f)
		tuitest.Exact(t, f, lines)
		tuitest.Golden(t, "again-"+size.String(), lines)
	}
}

// TestKeysWithoutASelectedAlarm: t goes to the gravest of which not everybody was told, a to the first that nobody has, F to the gravest
// whose next report is overdue, else to the gravest.
func TestKeysWithoutASelectedAlarm(t *testing.T) {
	flash := &duty.Flash{Alarm: changed, Number: 1, Confirmed: duty.Words("x"), Next: tuitest.Now.Add(-time.Second)}
	soon := &duty.Flash{Alarm: changed, Number: 1, Confirmed: duty.Words("x"), Next: tuitest.Now.Add(time.Second)}
	for name, c := range map[string]struct {
		entries          []duty.Body
		told, ack, flash string
	}{
		"nobody has it":           {nil, critical, "ack A6 ", critical},
		"acknowledged":            {[]duty.Body{ack(critical)}, critical, "ack A5 ", critical},
		"all know":                {append(everybody(), ack(critical)), changed, "ack A5 ", critical},
		"over":                    {append(append(refuted(), heard(changed, "security adviser")), ack(changed)), critical, "ack A2 ", ended},
		"the next report is late": {[]duty.Body{flash}, critical, "ack A6 ", changed},
		"the next report is due":  {[]duty.Body{soon}, critical, "ack A6 ", critical},
	} {
		b, f := onDuty(t, tuitest.Sizes[1], c.entries...)
		if ask := b.Key(keys.ShowTold, f); ask.Go != screen.ToTold || ask.Subject.Alarm != c.told {
			t.Errorf("%s: t asks for %+v", name, ask)
		}
		if ask := b.Key(keys.Acknowledge, f); ask.Prefill != c.ack {
			t.Errorf("%s: a asks for %+v", name, ask)
		}
		if ask := b.Key(keys.ShowFlash, f); ask.Go != screen.ToFlash || ask.Subject.Alarm != c.flash {
			t.Errorf("%s: F asks for %+v", name, ask)
		}
	}
}

// TestFlashIsOfWhatIsSelected: of a promise what was promised, of a country that the reader went to the country.
func TestFlashIsOfWhatIsSelected(t *testing.T) {
	next := tuitest.Now.Add(-9 * time.Minute)
	promise := &duty.Flash{Alarm: ended, Number: 1, Confirmed: duty.Words("x"), Next: next}
	rings := &duty.Raise{
		Rule: "next report due", Severity: duty.High, Key: "rule/next report due/flash " + ended + " " + next.Format(time.RFC3339), Due: next,
		Words: duty.Words("flash: flash 2 on A2, due"), Country: "NER",
	}
	b, f := onDuty(t, tuitest.Sizes[1], promise, rings)
	b.focus = needsPane
	b.needCursor.Selected = slices.IndexFunc(b.needs, func(n need) bool { return len(n.alarms) > 0 && n.alarms[0].Raise.Rule == rings.Rule })
	for _, id := range []keys.ID{keys.ShowFlash, keys.Open} {
		if ask := b.Key(id, f); ask.Go != screen.ToFlash || ask.Subject.Alarm != ended {
			t.Errorf("on the alarm %s asks for %+v", id, ask)
		}
	}
	b, f = onDuty(t, tuitest.Sizes[1], promise, rings)
	b.focus = duePane
	b.dueCursor.Selected = slices.IndexFunc(b.due, func(d picture.Due) bool { return d.Flash })
	for _, id := range []keys.ID{keys.ShowFlash, keys.Open} {
		if ask := b.Key(id, f); ask.Go != screen.ToFlash || ask.Subject.Alarm != ended {
			t.Errorf("on what is due %s asks for %+v", id, ask)
		}
	}
	b, f = onDuty(t, tuitest.Sizes[1])
	b.Key(keys.Down, f)
	if ask := b.Key(keys.ShowFlash, f); ask.Go != screen.ToFlash || ask.Subject != (screen.Subject{Country: b.country}) {
		t.Errorf("of a country: %+v", ask)
	}
}
