package duty_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/duty"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

var now = time.Date(2026, 11, 20, 14, 32, 7, 0, time.UTC)

// log writes entries a minute apart, as a test says them.
type log struct {
	t     interface{ Fatalf(string, ...any) }
	draft *duty.Draft
	at    time.Time
	n     int
}

func newLog(t interface{ Fatalf(string, ...any) }) *log {
	return &log{t: t, draft: duty.NewDraft(), at: now}
}

// say adds an entry and gives its id.
func (l *log) say(b duty.Body) string {
	l.n++
	l.at = l.at.Add(time.Minute)
	e := &duty.Entry{V: 1, ID: fmt.Sprint("e", l.n), At: l.at, By: safetext.Const("Oscar"), Body: b, Word: b.Kind(), Seq: uint64(l.n)}
	if err := e.Check(); err != nil {
		l.t.Fatalf("%v", err)
	}
	l.draft.Add(e)
	return e.ID
}

func (l *log) raise(severity duty.Severity) string {
	return l.say(&duty.Raise{Rule: "r", Key: "k", Severity: severity, Words: duty.Words("EXERCISE")})
}

func (l *log) ack(id string) {
	l.say(&duty.Ack{Alarm: id, Owner: duty.Words("Oscar"), Reason: duty.Words("on it"), Until: l.at.Add(time.Hour)})
}

// alarm is the alarm as it stands.
func (l *log) alarm(id string) *duty.Alarm {
	a, ok := l.draft.Book().Alarm(id)
	if !ok {
		l.t.Fatalf("no alarm %s", id)
	}
	return a
}

func (l *log) wants(id string, want duty.State) {
	if got := l.alarm(id).State(l.at); got != want {
		l.t.Fatalf("%s after entry %d; want %s", got, l.n, want)
	}
}

// TestLifeOfAnAlarm goes through the states of ISA-18.2.
func TestLifeOfAnAlarm(t *testing.T) {
	t.Run("owned, then over", func(t *testing.T) {
		l := newLog(t)
		id := l.raise(duty.Critical)
		l.wants(id, duty.Unacknowledged)
		l.ack(id)
		l.wants(id, duty.Owned)
		l.say(&duty.Clear{Alarm: id})
		l.wants(id, duty.Normal)
	})
	t.Run("over while nobody looked", func(t *testing.T) {
		l := newLog(t)
		id := l.raise(duty.High)
		l.say(&duty.Clear{Alarm: id})
		l.wants(id, duty.Latched)
		l.at = l.at.Add(1000 * time.Hour)
		l.wants(id, duty.Latched)
		l.ack(id)
		l.wants(id, duty.Normal)
	})
	t.Run("over after its owner's time", func(t *testing.T) {
		l := newLog(t)
		id := l.raise(duty.High)
		l.ack(id)
		l.at = l.at.Add(2 * time.Hour)
		l.wants(id, duty.Unacknowledged)
		if _, expired := l.alarm(id).Expired(l.at); !expired {
			t.Error("that the acknowledgement ran out is not said")
		}
		l.say(&duty.Clear{Alarm: id})
		l.wants(id, duty.Latched)
	})
	t.Run("escalated", func(t *testing.T) {
		l := newLog(t)
		id := l.raise(duty.Medium)
		l.say(&duty.Shelve{Alarm: id, Reason: duty.Words("maintenance"), Until: l.at.Add(time.Hour)})
		l.wants(id, duty.Shelved)
		l.ack(id)
		l.say(&duty.Escalate{Alarm: id, Level: 1, Severity: duty.Critical, Reason: duty.Words("a second one")})
		l.wants(id, duty.Unacknowledged)
		if a := l.alarm(id); a.Severity != duty.Critical || a.Level != 1 {
			t.Errorf("%s, level %d", a.Severity, a.Level)
		}
	})
	t.Run("back while latched", func(t *testing.T) {
		l := newLog(t)
		id := l.raise(duty.High)
		l.say(&duty.Clear{Alarm: id})
		l.raise(duty.High)
		l.wants(id, duty.Unacknowledged)
		if a := l.alarm(id); a.Again != 1 {
			t.Errorf("back %d times", a.Again)
		}
	})
	t.Run("back after it was closed is another", func(t *testing.T) {
		l := newLog(t)
		first := l.raise(duty.High)
		l.ack(first)
		l.say(&duty.Clear{Alarm: first})
		second := l.raise(duty.High)
		if a, b := l.alarm(first), l.alarm(second); a.Called() != "A1" || b.Called() != "A2" {
			t.Errorf("%s and %s", a.Called(), b.Called())
		}
		l.wants(first, duty.Normal)
		l.wants(second, duty.Unacknowledged)
	})
	t.Run("a moment is closed by hand", func(t *testing.T) {
		l := newLog(t)
		id := l.say(&duty.Raise{Rule: "r", Key: "m", Severity: duty.High, Words: duty.Words("EXERCISE level"), Moment: true})
		l.say(&duty.Close{Alarm: id, Reason: duty.Words("read")})
		l.wants(id, duty.Normal)
	})
}

func TestWhatMustNotBe(t *testing.T) {
	l := newLog(t)
	critical, high := l.raise(duty.Critical), l.say(&duty.Raise{Rule: "r", Key: "h", Severity: duty.High, Words: duty.Words("EXERCISE")})
	for name, b := range map[string]duty.Body{
		"the highest severity is shelved": &duty.Shelve{Alarm: critical, Reason: duty.Words("x"), Until: l.at.Add(time.Hour)},
		"a shelf of over 8 h":             &duty.Shelve{Alarm: high, Reason: duty.Words("x"), Until: l.at.Add(9 * time.Hour)},
		"a shelf without a reason":        &duty.Shelve{Alarm: high, Until: l.at.Add(time.Hour)},
		"an owner for ever":               &duty.Ack{Alarm: high, Owner: duty.Words("Oscar"), Reason: duty.Words("x"), Until: l.at.Add(1000 * time.Hour)},
		"an owner without a reason":       &duty.Ack{Alarm: high, Owner: duty.Words("Oscar"), Until: l.at.Add(time.Hour)},
		"what lasts is closed":            &duty.Close{Alarm: high, Reason: duty.Words("x")},
		"an alarm that is not":            &duty.Ack{Alarm: "e99", Owner: duty.Words("Oscar"), Reason: duty.Words("x"), Until: l.at.Add(time.Hour)},
		"a shelf that is none ends":       &duty.Unshelve{Alarm: high},
	} {
		if err := l.draft.Book().May(b, l.at); err == nil {
			t.Errorf("%s: it may", name)
		}
		if b.Check() != nil {
			continue
		}
		before := l.draft.Book()
		l.say(b)
		if after := l.draft.Book(); after.Strange() != before.Strange()+1 {
			t.Errorf("%s: written all the same, it fits", name)
		}
		if a, _ := before.Alarm(high); a.State(l.at) != duty.Unacknowledged {
			t.Errorf("%s: %s", name, a.State(l.at))
		}
	}
}

// TestBooksStay: whatever is written, a book that was given out stays as it was, nothing that nobody has seen is closed, and
// the highest severity is never shelved.
func TestBooksStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newLog(t)
		type given struct {
			book  *duty.Book
			at    time.Time
			words string
		}
		words := func(b *duty.Book, at time.Time) (s string) {
			for _, a := range append(b.Alarms(at), b.Closed(time.Time{})...) {
				s += fmt.Sprintln(a.Called(), a.State(at), a.Severity, a.Again, a.Level, len(a.Acks), len(a.Sent))
			}
			return s
		}
		var old []given
		var ids []string
		for range rapid.IntRange(1, 30).Draw(t, "entries") {
			any := func() string {
				if len(ids) == 0 {
					return "e0"
				}
				return rapid.SampledFrom(ids).Draw(t, "alarm")
			}
			until := l.at.Add(time.Duration(rapid.IntRange(1, 500).Draw(t, "minutes")) * time.Minute)
			x := duty.Words("x")
			switch rapid.IntRange(0, 7).Draw(t, "kind") {
			case 0, 1:
				ids = append(ids, l.say(&duty.Raise{
					Rule: "r", Key: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "key"), Severity: rapid.SampledFrom(duty.Severities()).Draw(t, "severity"), Words: x,
				}))
			case 2:
				l.say(&duty.Ack{Alarm: any(), Owner: x, Reason: x, Until: until})
			case 3:
				l.say(&duty.Clear{Alarm: any()})
			case 4:
				l.say(&duty.Shelve{Alarm: any(), Reason: x, Until: until})
			case 5:
				l.say(&duty.Escalate{Alarm: any(), Level: 1, Reason: x})
			case 6:
				l.say(&duty.Send{Alarm: any(), Channel: "bell"})
			case 7:
				l.say(&duty.Close{Alarm: any(), Reason: x})
			}
			b := l.draft.Book()
			old = append(old, given{b, l.at, words(b, l.at)})
			for _, a := range b.Alarms(l.at) {
				if a.Severity == duty.Critical && a.State(l.at) == duty.Shelved {
					t.Fatalf("%s is critical and shelved", a.Called())
				}
			}
			for _, a := range b.Closed(time.Time{}) {
				if len(a.Acks) == 0 && a.CloseWhy.IsZero() {
					t.Fatalf("%s closed unseen", a.Called())
				}
			}
		}
		for _, g := range old {
			if got := words(g.book, g.at); got != g.words {
				t.Fatalf("a book has changed:\n%s\nit was\n%s", got, g.words)
			}
		}
	})
}

// TestAnEntryIsWrittenOnce: what stood in one process alone until it could be recorded is not there twice.
func TestAnEntryIsWrittenOnce(t *testing.T) {
	d := duty.NewDraft()
	e := &duty.Entry{ID: "e1", At: now, Body: &duty.Raise{Rule: "r", Key: "k", Severity: duty.High, Words: duty.Words("EXERCISE")}}
	ack := &duty.Entry{ID: "e2", At: now, Body: &duty.Ack{Alarm: "e1", Owner: duty.Words("Oscar"), Reason: duty.Words("x"), Until: now.Add(time.Hour)}}
	for _, entry := range []*duty.Entry{e, ack, e} {
		d.Add(entry)
	}
	b := d.Book()
	if a, ok := b.Alarm("e1"); b.Len() != 2 || !ok || a.State(now) != duty.Owned || b.Strange() != 0 || len(b.Alarms(now)) != 1 {
		t.Errorf("%d entries, %d strange, alarm %+v", b.Len(), b.Strange(), a)
	}
}

// TestRingsAheadHaveNotRung: what a clock that is ahead dated later than now is in no count of the last hour.
func TestRingsAheadHaveNotRung(t *testing.T) {
	d := duty.NewDraft()
	for k, at := range []time.Duration{-2 * time.Hour, -30 * time.Minute, 30 * time.Second, 3 * time.Hour} {
		key := string(rune('a' + k))
		d.Add(&duty.Entry{ID: key, At: now.Add(at), Body: &duty.Raise{Rule: "r", Severity: duty.Low, Key: key, Words: duty.Words("w")}, Word: duty.KindRaise})
	}
	if n := d.Book().Rings(time.Hour, now); n != 2 {
		t.Errorf("%d rang within the hour, want 2", n)
	}
}

// aloud is a voice that is told from English.
type aloud struct{ saying.Voice }

func (aloud) Say(english string) string { return strings.ToUpper(english) }

func (a aloud) Sayf(english string, args ...any) string {
	return fmt.Sprintf(strings.NewReplacer("%S", "%s", "%D", "%d").Replace(strings.ToUpper(english)), args...)
}

// TestWhyAlarmsEnd is said in another language where the entry has what its words were made of, and as it stands where it has not.
func TestWhyAlarmsEnd(t *testing.T) {
	over, age := saying.Of("it was cancelled"), saying.Of("nobody has owned it for %s", saying.Age("15m"))
	for _, tt := range []struct {
		body           duty.Body
		english, other string
	}{
		{&duty.Clear{Alarm: "a", Words: duty.Words(over.String()), Said: over}, "over: it was cancelled", "OVER: IT WAS CANCELLED"},
		{&duty.Clear{Alarm: "a", Words: duty.Words("it was cancelled")}, "over: it was cancelled", "OVER: it was cancelled"},
		{&duty.Clear{Alarm: "a"}, "over", "OVER"},
		{&duty.Clear{Alarm: "a", Members: []string{"k"}, Words: duty.Words(over.String()), Said: over}, "over in part: it was cancelled", "OVER IN PART: IT WAS CANCELLED"},
		{&duty.Clear{Alarm: "a", Words: duty.Words("somebody else's words"), Said: over}, "over: somebody else's words", "OVER: somebody else's words"},
		{&duty.Escalate{Alarm: "a", Level: 1, Reason: duty.Words(age.String()), Said: age}, "escalated, level 1: nobody has owned it for 15m", "ESCALATED, LEVEL 1: NOBODY HAS OWNED IT FOR 15m"},
		{&duty.Escalate{Alarm: "a", Level: 2, To: duty.Words("security adviser"), Reason: duty.Words("x")}, "escalated, level 2, to security adviser: x", "ESCALATED, LEVEL 2, TO SECURITY ADVISER: x"},
		{&duty.Escalate{Alarm: "a", Level: 2, To: duty.Words("night porter"), Reason: duty.Words("x")}, "escalated, level 2, to night porter: x", "ESCALATED, LEVEL 2, TO night porter: x"},
	} {
		if got, other := duty.Says(tt.body), duty.SaysIn(aloud{saying.English}, tt.body); got != tt.english || other != tt.other {
			t.Errorf("%q, in another language %q; want %q, %q", got, other, tt.english, tt.other)
		}
	}
}
