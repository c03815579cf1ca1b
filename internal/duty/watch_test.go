package duty_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"vigil/internal/duty"
	"vigil/internal/safetext"
)

func TestWatch(t *testing.T) {
	l := newLog(t)
	who := func() string {
		w, used := l.draft.Book().Watch()
		if !used {
			return "never"
		}
		return w.Holder.String()
	}
	do := func(act duty.WatchAct, holder, reason string) error {
		b := &duty.Watch{Act: act, Holder: duty.Words(holder), Reason: duty.Words(reason)}
		err := l.draft.Book().May(b, l.at)
		if b.Check() == nil {
			before := l.draft.Book().Strange()
			l.say(b)
			if fits := l.draft.Book().Strange() == before; fits != (err == nil) {
				t.Errorf("%s by %s may: %v, fits: %t", act, holder, err, fits)
			}
		}
		return err
	}
	for _, tt := range []struct {
		act            duty.WatchAct
		holder, reason string
		may            bool
		has            string
	}{
		{duty.WatchLeft, "", "", false, "never"},
		{duty.WatchTakenOver, "Papa", "nobody answers", false, "never"},
		{duty.WatchTaken, "", "", false, "never"},
		{duty.WatchTaken, "Oscar", "", true, "Oscar"},
		{duty.WatchTaken, "Papa", "", false, "Oscar"},
		{duty.WatchTakenOver, "Papa", "", false, "Oscar"},
		{duty.WatchTakenOver, "Oscar", "x", false, "Oscar"},
		{duty.WatchAwake, "", "", true, "Oscar"},
		{duty.WatchTakenOver, "Papa", "Oscar does not answer", true, "Papa"},
		{duty.WatchLeft, "", "", true, ""},
		{duty.WatchTaken, "Quebec", "", true, "Quebec"},
	} {
		if err := do(tt.act, tt.holder, tt.reason); (err == nil) != tt.may || who() != tt.has {
			t.Errorf("%s by %q: %v, and %q has it; want %t, %q", tt.act, tt.holder, err, who(), tt.may, tt.has)
		}
	}
	began := l.at
	if err := do(duty.WatchTaken, "Quebec", ""); err != nil {
		t.Error(err)
	}
	if w, _ := l.draft.Book().Watch(); w.For(began.Add(duty.WatchOver)) != duty.WatchOver {
		t.Errorf("who takes it again has had it since %s, not %s", w.Since, began)
	}
	if w, _ := l.draft.Book().Watch(); w.For(began.Add(-time.Hour)) != 0 {
		t.Error("a clock that was put back makes a watch of less than nothing")
	}
}

// TestWhoIsAwake: what a script writes is no sign of life, and a clock that ran ahead leaves none behind for later.
func TestWhoIsAwake(t *testing.T) {
	at := time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC)
	d := duty.NewDraft()
	for n, tt := range []struct {
		from, by string
		body     duty.Body
		at, want time.Duration
	}{
		{"host, vigil, pts/1", "Oscar", &duty.Note{Text: duty.Words("x")}, 20 * time.Hour, 20 * time.Hour},
		{"host, vigil, pts/1", "", &duty.Note{Text: duty.Words("x")}, time.Minute, time.Minute},
		{"host, vigil, " + duty.NoTerminal, "", &duty.Note{Text: duty.Words("x")}, time.Hour, time.Minute},
		{"host, vigil, " + duty.NoTerminal, "Oscar", &duty.Note{Text: duty.Words("x")}, time.Hour, time.Minute},
		{"host, vigil, pts/1", duty.Vigil.String(), &duty.Clear{Alarm: "a"}, time.Hour, time.Minute},
		{"host, vigil, " + duty.NoTerminal, "Oscar", &duty.Watch{Act: duty.WatchAwake}, 2 * time.Hour, 2 * time.Hour},
	} {
		d.Add(&duty.Entry{ID: strconv.Itoa(n), At: at.Add(tt.at), From: safetext.Clean(tt.from), By: safetext.Clean(tt.by), Body: tt.body})
		if got := d.Book().Attended().Sub(at); got != tt.want {
			t.Errorf("%d: somebody was awake %s in, want %s", n, got, tt.want)
		}
	}
}

// TestOneSignInAnyCase: "Oscar" and " OSCAR " are one call sign, and hand nothing over to each other.
func TestOneSignInAnyCase(t *testing.T) {
	l := newLog(t)
	l.take("Oscar 1")
	since := l.at
	again := &duty.Watch{Act: duty.WatchTaken, Holder: duty.Words("OSCAR  1")}
	if _, why := l.try(t, again); why != "" {
		t.Error(why)
	}
	if w, _ := l.draft.Book().Watch(); w.Holder.String() != "Oscar 1" || !w.Since.Equal(since) {
		t.Errorf("who says it again in capitals has it anew: %+v", w)
	}
	if _, why := l.try(t, &duty.Watch{Act: duty.WatchTakenOver, Holder: duty.Words("oscar 1 "), Reason: duty.Words("x")}); !strings.Contains(why, "has the watch already") {
		t.Errorf("taken over from themselves: %q", why)
	}
	offer, why := l.try(t, &duty.Offer{By: duty.Words("oscar 1"), Items: items(1)})
	if why != "" {
		t.Error(why)
	}
	l.say(&duty.Answer{Offer: offer, Items: []int{1}, Verdict: duty.ItemAccepted})
	if _, why := l.try(t, &duty.Sign{Offer: offer, Holder: duty.Words("OSCAR 1")}); !strings.Contains(why, "somebody else signs") {
		t.Errorf("handed over to themselves: %q", why)
	}
	if _, why := l.try(t, &duty.Sign{Offer: offer, Holder: duty.Words("Oscar 2")}); why != "" {
		t.Error(why)
	}
}
