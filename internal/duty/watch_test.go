package duty_test

import (
	"testing"
	"time"

	"vigil/internal/duty"
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
