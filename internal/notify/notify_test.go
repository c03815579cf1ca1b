package notify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"vigil/internal/duty"
	"vigil/internal/notify/channel"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// room is a desk whose alarms go out by channels that the test plays.
type room struct {
	t     *testing.T
	n     *Notifier
	draft *duty.Draft
	seq   int

	mu    sync.Mutex
	texts []string                         // what reached a channel, with its name before it
	fail  func(channel, text string) error // nil: everything succeeds
}

func newRoom(t *testing.T, channels ...channel.Channel) *room {
	r := &room{t: t, draft: duty.NewDraft()}
	r.n = r.notifier(channels...)
	return r
}

func (r *room) notifier(channels ...channel.Channel) *Notifier {
	return New(channels, Options{
		Desk: safetext.Const("Sahel desk"), Clock: time.Now, Fraction: func() float64 { return 1 },
		deliver: func(ctx context.Context, c *channel.Channel, m *Message) error {
			r.mu.Lock()
			fail := r.fail
			r.mu.Unlock()
			if fail != nil {
				if err := fail(c.Name, m.Text); errors.Is(err, errHangs) {
					<-ctx.Done()
					return ctx.Err()
				} else if err != nil {
					return err
				}
			}
			r.mu.Lock()
			defer r.mu.Unlock()
			r.texts = append(r.texts, c.Name+" "+m.Text)
			return nil
		},
	})
}

var errHangs = errors.New("hangs")

// run runs the notifier until the test's bubble ends.
func (r *room) run() (stop func()) {
	ctx, cancel := context.WithCancel(r.t.Context())
	ended := make(chan error)
	go func() { ended <- r.n.Run(ctx) }()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			r.t.Error(err)
		}
	}
}

func (r *room) add(b duty.Body) string {
	r.t.Helper()
	r.seq++
	e := &duty.Entry{ID: fmt.Sprintf("e%d", r.seq), At: time.Now(), By: duty.Vigil, Body: b, Word: b.Kind()}
	if err := e.Check(); err != nil {
		r.t.Fatal(err)
	}
	r.draft.Add(e)
	return e.ID
}

func (r *room) raise(severity duty.Severity, words string) string {
	return r.add(&duty.Raise{Rule: "near staff", Severity: severity, Key: words, Words: duty.Words(words)})
}

// offer offers what stands, as the hub does, lets everything happen that happens now, and records the outcomes.
func (r *room) offer() (outcomes []string) {
	r.n.Offer(r.draft.Book().Outgoing(time.Now()), nil, time.Now())
	return r.settle()
}

func (r *room) settle() (outcomes []string) {
	synctest.Wait()
	for _, s := range r.n.Take() {
		r.add(s)
		outcomes = append(outcomes, fmt.Sprintf("%s %s #%d tries %d %s", s.Alarm, s.Channel, s.Occurrence, s.Tries, s.Failed))
	}
	return outcomes
}

func (r *room) sent() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := r.texts
	r.texts = nil
	return list
}

func (r *room) want(got []string, want ...string) {
	r.t.Helper()
	for i, w := range want {
		if i >= len(got) || !strings.Contains(got[i], w) {
			r.t.Fatalf("got %q, want %q", got, want)
		}
	}
	if len(got) != len(want) {
		r.t.Fatalf("got %q, want %q", got, want)
	}
}

func (r *room) setFail(f func(channel, text string) error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fail = f
}

func to(name string, change ...func(*channel.Channel)) channel.Channel {
	c := channel.Default()
	c.Name, c.Kind = name, channel.Exec
	for _, f := range change {
		f(&c)
	}
	return c
}

func from(s duty.Severity) func(*channel.Channel) {
	return func(c *channel.Channel) { c.Severity = s }
}

func TestSentOnceForEachOccurrence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, to("phone"), to("siren", from(duty.Critical)))
		defer r.run()()
		r.raise(duty.Medium, "a level changed")
		id := r.raise(duty.High, "shooting near staff")
		r.want(r.offer(), "e2 phone #1 tries 1")
		r.want(r.sent(), "phone HIGH A2: shooting near staff. Rang 2000-01-01 00:00Z, 0s ago. Sahel desk")
		for range 3 {
			time.Sleep(time.Hour)
			r.want(r.offer())
		}
		// It becomes worse: another occurrence, and now for the siren too.
		r.add(&duty.Escalate{Alarm: id, Level: 1, Severity: duty.Critical, Reason: duty.Words("nobody owned it")})
		got := r.offer()
		slices.Sort(got)
		r.want(got, "e2 phone #2 tries 1", "e2 siren #2 tries 1")
		texts := r.sent()
		slices.Sort(texts)
		r.want(texts, "phone CRITICAL A2: shooting near staff. Rang 2000-01-01 00:00Z, 3h ago. ESCALATED 1x. Sahel desk", "siren CRITICAL A2")
		// Nothing goes out of what somebody owns, nor of what was shelved.
		ack := r.raise(duty.High, "owned at once")
		r.add(&duty.Ack{Alarm: ack, Owner: duty.Words("Oscar"), Reason: duty.Words("on it"), Until: time.Now().Add(time.Hour)})
		r.want(r.offer())
		// When that has run out it is sent, and what was sent before somebody owned it is sent again.
		r.add(&duty.Ack{Alarm: id, Owner: duty.Words("Oscar"), Reason: duty.Words("on it"), Until: time.Now().Add(time.Hour)})
		r.want(r.offer())
		time.Sleep(time.Hour)
		got = r.offer()
		slices.Sort(got)
		r.want(got, "e2 phone #3 tries 1", "e2 siren #3 tries 1", "e7 phone #2 tries 1")
		time.Sleep(time.Hour)
		r.want(r.offer())
	})
}

func TestNotSentAgainAfterARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, to("phone"))
		stop := r.run()
		id := r.raise(duty.High, "one")
		r.want(r.offer(), "e1 phone #1")
		stop()
		r.n = r.notifier(to("phone"), to("siren"))
		defer r.run()()
		r.want(r.offer(), "e1 siren #1")
		r.want(r.sent(), "phone HIGH A1", "siren HIGH A1")
		// What came back is another occurrence; so it is where the clock was set back.
		r.add(&duty.Clear{Alarm: id})
		r.raise(duty.High, "one")
		got := r.offer()
		slices.Sort(got)
		r.want(got, "e1 phone #2", "e1 siren #2")
	})
}

func TestFailedTriesAreMadeAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, to("phone"))
		defer r.run()()
		var at []time.Duration
		began := time.Now()
		r.setFail(func(_, _ string) error {
			at = append(at, time.Since(began))
			return errors.New("the service answered 503")
		})
		r.raise(duty.High, "one")
		r.want(r.offer())
		time.Sleep(150 * time.Second)
		r.want(r.offer())
		if got, want := fmt.Sprint(at), "[0s 5s 15s 35s 1m15s]"; got != want {
			t.Errorf("tried at %s, want %s", got, want)
		}
		r.want(words(r.n.Troubles()), "out phone: nothing was sent since 00:00Z: the service answered 503; 1 waiting")
		time.Sleep(6 * time.Second)
		r.want(r.offer(), "e1 phone #1 tries 6 the service answered 503")
		// It rings on, and is tried on: an hour later the server is back.
		for range 60 {
			time.Sleep(time.Minute)
			r.want(r.offer())
		}
		if n := len(at); n < 16 || n > 19 {
			t.Errorf("%d tries in an hour, want one every five minutes", n)
		}
		r.setFail(nil)
		time.Sleep(channel.MaxWait)
		r.want(r.offer(), fmt.Sprintf("e1 phone #1 tries %d ", len(at)+1))
		r.want(r.sent(), "phone HIGH A1: one. Rang 2000-01-01 00:00Z, 1h05 ago.")
		r.want(words(r.n.Troubles()))
	})
}

func TestWhatIsOwnedIsNotTriedForever(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, to("phone", func(c *channel.Channel) { c.Tries = 3 }))
		defer r.run()()
		tries := 0
		r.setFail(func(_, _ string) error { tries++; return errors.New("no") })
		id := r.raise(duty.High, "one")
		r.offer()
		r.add(&duty.Ack{Alarm: id, Owner: duty.Words("Oscar"), Reason: duty.Words("on it"), Until: time.Now().Add(time.Hour)})
		for range 20 {
			r.offer()
			time.Sleep(time.Minute)
		}
		if tries != 3 {
			t.Errorf("%d tries, want 3", tries)
		}
	})
}

func TestAHigherSeverityDoesNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, to("phone", from(duty.Low)), to("other", from(duty.Critical)))
		defer r.run()()
		r.setFail(func(name, text string) error {
			if name == "phone" && strings.Contains(text, "hangs") {
				return errHangs
			}
			return nil
		})
		r.raise(duty.Low, "hangs")
		r.offer()
		r.raise(duty.Low, "low")
		r.raise(duty.Medium, "medium")
		r.raise(duty.Critical, "critical")
		r.offer()
		texts := r.sent()
		slices.Sort(texts)
		r.want(texts, "other CRITICAL A4", "phone CRITICAL A4")
		time.Sleep(15 * time.Second) // the time cap of the one that hangs
		r.settle()
		r.want(r.sent(), "phone MEDIUM A3", "phone LOW A2")
	})
}

func TestAFloodDropsOnlyTheLower(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, to("phone", from(duty.Low)))
		defer r.run()()
		r.setFail(func(_, _ string) error { return errors.New("no") })
		for i := range MaxWaiting {
			r.raise(duty.Low, fmt.Sprintf("low %d", i))
		}
		for i := range 2 * MaxWaiting {
			r.raise(duty.High, fmt.Sprintf("high %d", i))
		}
		r.want(r.offer())
		r.raise(duty.Medium, "medium")
		r.raise(duty.Low, "one more")
		r.want(r.offer(), "e100 phone #1 tries 1 not sent: 100 alarms", "e302 phone #1 tries 0 not sent: 100 alarms")
		r.want(r.offer()) // said once
		if got := words(r.n.Troubles()); len(got) != 2 || got[1] != "out phone: 2 of medium or low severity not sent: too many at once" {
			t.Errorf("%q", got)
		}
		r.setFail(nil)
		for range 20 {
			time.Sleep(time.Minute)
			r.offer()
		}
		texts := r.sent()
		if len(texts) != 300 {
			t.Errorf("%d were sent, want the 300 that were not dropped", len(texts))
		}
	})
}

func TestRepeatedWhileNobodyOwnsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		again := to("phone", func(c *channel.Channel) { c.Repeat = 10 * time.Minute })
		r := newRoom(t, again)
		stop := r.run()
		id := r.raise(duty.High, "one")
		n := 0
		for range 30 {
			n += len(r.offer())
			time.Sleep(time.Minute)
		}
		if n != 3 {
			t.Errorf("sent %d times in 30 minutes, want 3", n)
		}
		stop()
		r.n = r.notifier(again) // the time of the last is in the duty log
		defer r.run()()
		r.want(r.offer(), "e1 phone #1")
		r.want(r.offer())
		r.add(&duty.Ack{Alarm: id, Owner: duty.Words("Oscar"), Reason: duty.Words("on it"), Until: time.Now().Add(8 * time.Hour)})
		time.Sleep(time.Hour)
		r.want(r.offer())
	})
}

func TestTheEndOfTheProgramIsNoFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, to("phone", func(c *channel.Channel) { c.Tries = 1 }))
		stop := r.run()
		r.setFail(func(_, _ string) error { return errHangs })
		r.raise(duty.High, "one")
		r.offer()
		stop()
		r.want(r.settle())
	})
}

func TestChannelsChangeWhileItRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, to("phone"))
		defer r.run()()
		r.raise(duty.High, "one")
		r.want(r.offer(), "e1 phone #1")
		r.n.Set([]channel.Channel{to("phone"), to("siren")}, safetext.Const("another name"))
		r.want(r.offer(), "e1 siren #1")
		r.want(r.sent(), "phone HIGH A1", "siren HIGH A1: one. Rang 2000-01-01 00:00Z, 0s ago. another name")
	})
}

// TestEverythingReaches: whatever fails for however long, each alarm that is not dropped reaches each channel that takes it exactly
// once for each occurrence that anybody could have seen, and no higher severity is overtaken within a channel.
func TestEverythingReaches(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		synctest.Test(t, func(t *testing.T) {
			r := newRoom(t, to("a", from(duty.Low)), to("b", from(duty.High)))
			defer r.run()()
			failing := map[string]bool{}
			r.setFail(func(name, _ string) error {
				if failing[name] {
					return errors.New("down")
				}
				return nil
			})
			severities := duty.Severities()
			raised := 0
			for range rapid.IntRange(1, 30).Draw(rt, "steps") {
				switch rapid.IntRange(0, 3).Draw(rt, "what") {
				case 0, 1:
					raised++
					r.raise(severities[rapid.IntRange(0, 3).Draw(rt, "severity")], fmt.Sprintf("x%d", raised))
				case 2:
					r.mu.Lock()
					failing[rapid.SampledFrom([]string{"a", "b"}).Draw(rt, "channel")] = rapid.Bool().Draw(rt, "fails")
					r.mu.Unlock()
				case 3:
					time.Sleep(time.Duration(rapid.IntRange(1, 600).Draw(rt, "s")) * time.Second)
				}
				r.offer()
			}
			r.mu.Lock()
			clear(failing)
			r.mu.Unlock()
			for range 8 {
				time.Sleep(channel.MaxWait)
				r.offer()
			}
			seen := map[string]int{}
			for _, text := range r.sent() {
				f := strings.Fields(text)
				seen[f[0]+f[2]]++
			}
			for _, a := range r.draft.Book().Alarms(time.Now()) {
				for name, takes := range map[string]bool{"a": true, "b": !duty.High.Above(a.Severity)} {
					want := 0
					if takes {
						want = 1
					}
					if got := seen[name+a.Called()+":"]; got != want {
						rt.Fatalf("%s %s reached %s %d times, want %d", a.Severity, a.Called(), name, got, want)
					}
				}
			}
		})
	})
}

func words(list []saying.Saying) (s []string) {
	for _, t := range list {
		s = append(s, t.String())
	}
	return s
}

// What is restricted is asked of the alarm and not of its incident: one that rang for a restricted incident names none.
func TestRestrictedIsAskedOfTheAlarm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, to("siren"))
		var sent []string
		r.n.o.deliver = func(_ context.Context, _ *channel.Channel, m *Message) error {
			r.mu.Lock()
			defer r.mu.Unlock()
			sent = append(sent, string(m.JSON))
			return nil
		}
		defer r.run()()
		r.raise(duty.High, "Restricted incident: security lead only")
		r.n.Offer(r.draft.Book().Alarms(time.Now()), func(a *duty.Alarm) bool { return a.Raise.Incident.IsZero() }, time.Now())
		r.settle()
		r.want(sent, `"words":"Restricted incident","unsure":false,"restricted":true,`)
		if strings.Contains(sent[0], `"rule"`) {
			t.Errorf("%s", sent[0])
		}
	})
}
