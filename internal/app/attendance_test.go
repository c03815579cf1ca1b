package app

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

// TestConsolesTellEachOtherOfKeys: a key on one console is known to the other, over a restart too; a file that is torn or of the future
// says nothing that it should not.
func TestConsolesTellEachOtherOfKeys(t *testing.T) {
	d := newDesk(t, "countries = [\"MLI\"]\n[watch]\nnight = \"never\"\n")
	d.add("feeds/radio.jsonl", d.line("R-1", time.Hour, ""))
	d.open()
	d.await("the first reading", total(1))
	second := &testDesk{t: t, dir: d.dir, clock: d.clock}
	second.open()
	v := second.await("the first reading", total(1))
	if !v.Attended().IsZero() || v.Desk().Vigilance.Every != 0 {
		t.Errorf("attended %s, vigilance %+v", v.Attended(), v.Desk().Vigilance)
	}
	key := d.clock.now().Truncate(time.Second)
	d.s.Attend()
	second.await("the key in the other console", func(v picture.View) bool { return !v.Attended().Before(key) })
	d.close()
	second.close()
	for text, want := range map[string]bool{
		key.Add(time.Minute).Format(time.RFC3339): true, "torn": false, d.clock.now().Add(48 * time.Hour).Format(time.RFC3339): false,
	} {
		if err := os.WriteFile(d.path("intake/attended"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		third := &testDesk{t: t, dir: d.dir, clock: d.clock}
		third.open()
		knows := false
		third.await("a picture of what the file says", func(v picture.View) bool {
			knows = !v.Attended().IsZero()
			return v.Totals().Total == 1 && !v.Unread() && (knows || !want)
		})
		if knows != want || third.last.Attended().After(d.clock.now()) {
			t.Errorf("%q: attended %s", text, third.last.Attended())
		}
		third.close()
	}
}

// TestAClockThatIsPutRight: a key that was pressed while the clock ran ahead is none afterwards, and the next one is.
func TestAClockThatIsPutRight(t *testing.T) {
	d := newDesk(t, "countries = [\"MLI\"]\n[watch]\nnight = \"never\"\n")
	d.add("feeds/radio.jsonl", d.line("R-1", time.Hour, ""))
	d.open()
	d.await("the first reading", total(1))
	right := d.clock.now()
	d.clock.forward(20 * time.Hour)
	d.s.Attend()
	d.await("the key", func(v picture.View) bool { return v.Attended().After(right.Add(19 * time.Hour)) })
	d.clock.forward(-20 * time.Hour)
	d.await("that nobody pressed a key yet", func(v picture.View) bool { return v.Attended().IsZero() })
	d.s.Attend()
	key := d.clock.now()
	second := &testDesk{t: t, dir: d.dir, clock: d.clock}
	second.open()
	second.await("the next key in the other console", func(v picture.View) bool {
		return !v.Attended().IsZero() && v.Attended().Before(key.Add(time.Hour))
	})
	second.close()
	d.close()
}

// TestACriticalThatNoKeyAnswersEscalates on a real desk, by what vigil.toml says.
func TestACriticalThatNoKeyAnswersEscalates(t *testing.T) {
	d := newDesk(t, "countries = [\"MLI\"]\n[watch]\nunattended = \"1m\"\n")
	d.rings = true
	now := d.clock.now()
	d.add("feeds/radio.jsonl", taken("R-0", now.Add(-90*24*time.Hour)))
	d.open()
	d.await("the first reading to ring together", func(v picture.View) bool { return !v.Duty().Through().IsZero() })
	d.add("feeds/radio.jsonl", taken("R-1", now.Add(-time.Hour)))
	d.await("an escalation for want of a key", func(v picture.View) bool {
		a := about(v, "R-1")
		return len(a) > 0 && a[0].Severity == duty.Critical && a[0].Level > 0 && v.Valid().Sub(a[0].Raised) < 4*time.Minute
	})
	d.close()
}

// TestAHandoverOnARealDesk: what one console signs the other answers and signs for.
func TestAHandoverOnARealDesk(t *testing.T) {
	d := newDesk(t, "countries = [\"MLI\"]\n")
	d.add("feeds/radio.jsonl", d.line("R-1", time.Hour, ""))
	d.open()
	d.await("the first reading", total(1))
	do := func(b duty.Body) {
		t.Helper()
		if err := d.s.Do(t.Context(), decision(action.Record{Body: b})); err != nil {
			t.Fatal(err)
		}
	}
	do(&duty.Watch{Act: duty.WatchTaken, Holder: duty.Words("Oscar")})
	do(&duty.Offer{By: duty.Words("Oscar"), Items: []duty.Item{{Key: "k", Topic: "notes", Words: duty.Words("EXERCISE")}}})
	second := &testDesk{t: t, dir: d.dir, clock: d.clock}
	second.open()
	v := second.await("what was signed", func(v picture.View) bool { return v.Duty().Handover() != nil })
	offer := v.Duty().Handover().ID
	if err := second.s.Do(t.Context(), decision(action.Record{Body: &duty.Sign{Offer: offer, Holder: duty.Words("Papa")}})); err == nil {
		t.Error("it was signed for with an item that nobody answered")
	}
	by := func(who string, b duty.Body) error {
		e := decision(action.Record{Body: b})
		e.Actor.Name = safetext.Clean(who)
		return second.s.Do(t.Context(), e)
	}
	for _, b := range []duty.Body{&duty.Answer{Offer: offer, Items: []int{1}, Verdict: duty.ItemAccepted}, &duty.Sign{Offer: offer, Holder: duty.Words("Papa")}} {
		if err := by("oscar ", b); !errors.Is(err, duty.ErrNot) || !strings.Contains(err.Error(), "Oscar hands over") {
			t.Errorf("the outgoing does it: %v", err)
		}
		if err := by("Papa", b); err != nil {
			t.Fatal(err)
		}
	}
	d.await("the new watch in the first console", func(v picture.View) bool {
		w, _ := v.Duty().Watch()
		return w.Holder.String() == "Papa"
	})
	second.close()
	d.close()
}
