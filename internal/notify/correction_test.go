package notify

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"vigil/internal/duty"
	"vigil/internal/notify/channel"
)

func TestWhatIsNotSoIsCorrectedWhereItWasSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, to("phone"), to("siren", from(duty.Critical)))
		stop := r.run()
		id := r.raise(duty.High, "shooting near staff")
		r.want(r.offer(), "e1 phone #1")
		r.add(&duty.Ack{Alarm: id, Owner: duty.Words("Oscar"), Reason: duty.Words("on it"), Until: time.Now().Add(time.Hour)})
		r.sent()
		time.Sleep(time.Minute)
		// Somebody owns it, so that its end closes it; and the siren, which never had it, hears nothing.
		r.add(&duty.Clear{Alarm: id, Words: duty.Words("it was refuted"), Untrue: true})
		r.want(r.offer(), "e1 phone #1")
		r.want(r.sent(), "phone CORRECTION, it was refuted. It was HIGH A1: shooting near staff. Rang 2000-01-01 00:00Z, 1m ago. Over since 00:01Z. Sahel desk")
		// That the desk says more of it is not another correction, nor is a restart.
		r.add(&duty.Reopen{Alarm: id, Reason: duty.Words("refuted: hoax")})
		r.want(r.offer())
		stop()
		r.n = r.notifier(to("phone"), to("siren"))
		defer r.run()()
		r.want(r.offer())
		// It is so after all, and then again it is not.
		r.raise(duty.High, "shooting near staff")
		got := r.offer()
		slices.Sort(got)
		if len(got) != 2 {
			t.Fatalf("got %q", got)
		}
		r.sent()
		again := r.draft.Book().Alarms(time.Now())[0].ID
		r.add(&duty.Reopen{Alarm: again, Reason: duty.Words("refuted: hoax")})
		r.offer()
		texts := r.sent()
		slices.Sort(texts)
		r.want(texts, "phone CORRECTION, refuted: hoax. It was HIGH A2: shooting near staff.", "siren CORRECTION, refuted: hoax")
	})
}

func TestACorrectionIsTriedOnAndNotForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, to("phone", func(c *channel.Channel) { c.Tries = 3 }))
		defer r.run()()
		id := r.raise(duty.High, "shooting near staff")
		r.want(r.offer(), "e1 phone #1")
		tries := 0
		r.setFail(func(_, _ string) error { tries++; return errors.New("the service answered 503") })
		r.add(&duty.Clear{Alarm: id, Words: duty.Words("its source withdrew it"), Untrue: true})
		var outcomes []string
		for range 48 {
			outcomes = append(outcomes, r.offer()...)
			time.Sleep(time.Hour)
		}
		r.want(outcomes, "e1 phone #1 tries 3 the service answered 503")
		if tries < 24 || tries > 24*13 {
			t.Errorf("%d tries in two days, want them for %s", tries, duty.CorrectionsFor)
		}
		had := tries
		time.Sleep(time.Hour)
		r.offer()
		if tries != had {
			t.Error("still tried after two days")
		}
	})
}

func TestWhatEndsByItselfIsNoCorrection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, to("phone"))
		defer r.run()()
		id := r.raise(duty.High, "shooting near staff")
		r.want(r.offer(), "e1 phone #1")
		r.add(&duty.Clear{Alarm: id, Words: duty.Words("it is over")})
		r.want(r.offer())
	})
}

func TestACorrectionOfWhatIsRestrictedSaysNothing(t *testing.T) {
	a := &duty.Alarm{
		ID: "e1", Number: 17, Severity: duty.Critical, Raised: time.Unix(0, 0), Came: time.Unix(0, 0), Untrue: time.Unix(60, 0), UntrueWhy: duty.Words("refuted: " + canary).Line(),
		Raise: &duty.Raise{Rule: canary, Words: duty.Words(canary)},
	}
	m := messageOf(a, form{Restricted: true, Correction: true}, &Options{}, time.Unix(240, 0))
	const want = "CORRECTION, it does not stand any more. It was CRITICAL A17: Restricted incident. Rang 1970-01-01 00:00Z, 4m ago."
	if strings.Contains(m.Text+string(m.JSON), canary) || m.Text != want {
		t.Errorf("%s\n%s", m.Text, m.JSON)
	}
}

func TestWhatIsNotSoIsSentOnByNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, to("phone", func(c *channel.Channel) { c.Repeat = time.Minute }))
		defer r.run()()
		id := r.raise(duty.High, "shooting near staff")
		r.want(r.offer(), "e1 phone #1")
		r.add(&duty.Clear{Alarm: id, Words: duty.Words("it was refuted"), Untrue: true})
		r.want(r.offer(), "e1 phone #1") // the correction
		time.Sleep(10 * time.Minute)
		r.want(r.offer())
	})
}

// TestWhatRingsOnIsSentOn though the desk refuted one telling of it.
func TestWhatRingsOnIsSentOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, to("phone", func(c *channel.Channel) { c.Repeat = time.Minute }))
		defer r.run()()
		id := r.raise(duty.High, "shooting near staff")
		r.offer()
		r.add(&duty.Reopen{Alarm: id, Reason: duty.Words("refuted: hoax")})
		r.offer()
		r.sent()
		time.Sleep(10 * time.Minute)
		if r.offer(); len(r.sent()) != 1 {
			t.Error("it rings, and is sent no more")
		}
	})
}
