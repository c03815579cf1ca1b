package app

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/dutylog"
	"vigil/internal/journal"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// troubled reports whether one of the troubles of the desk holds the words.
func troubled(v picture.View, words string) bool {
	return slices.ContainsFunc(v.Desk().Trouble, func(t saying.Saying) bool { return strings.Contains(t.String(), words) })
}

// ringsTogether opens a desk on which alarms ring, and awaits that what it begins with has rung.
func ringsTogether(t *testing.T) *testDesk {
	t.Helper()
	d := newDesk(t, "countries = [\"MLI\"]\n")
	d.rings = true
	d.add("feeds/radio.jsonl", taken("R-0", d.clock.now().Add(-90*24*time.Hour)))
	d.open()
	d.await("the first reading to ring together", func(v picture.View) bool { return !v.Duty().Through().IsZero() })
	d.clock.forward(time.Minute) // what comes next came later than that
	return d
}

// otherWrites adds an alarm to the duty log past its lock, as a console did that had it.
func otherWrites(t *testing.T, d *testDesk, id string) {
	t.Helper()
	dir := t.TempDir()
	body := &duty.Raise{Rule: "own", Severity: duty.High, Key: "of another program", Words: duty.Words("EXERCISE"), Moment: true}
	e := duty.Entry{V: dutylog.Version, ID: id, At: d.clock.now(), Role: safetext.Const("duty officer"), By: safetext.Const("Papa"), Body: body, Word: body.Kind()}
	aside := dutylog.New(dir, dutylog.Options{})
	if err := aside.Append(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	if err := aside.Close(); err != nil {
		t.Fatal(err)
	}
	log, _, err := journal.Open(d.path("dutylog"), journal.Options{Sync: journal.SyncAlways})
	if err != nil {
		t.Fatal(err)
	}
	for rec, err := range journal.Read(dir, 0) {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := log.Append(rec.Payload); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestWhatTheLogCouldNotTakeIsWrittenLater: what rang while the log was held is in it afterwards, and has one number in every console,
// also where others wrote meanwhile.
func TestWhatTheLogCouldNotTakeIsWrittenLater(t *testing.T) {
	d := newDesk(t, "countries = [\"MLI\"]\n")
	d.rings, d.waits = true, 50*time.Millisecond
	now := d.clock.now()
	d.add("feeds/radio.jsonl", taken("R-0", now.Add(-90*24*time.Hour)))
	d.open()
	d.await("the first reading to ring together", func(v picture.View) bool { return !v.Duty().Through().IsZero() })
	d.clock.forward(time.Minute) // what comes next came later than that
	lock := flock.New(d.path("dutylog/lock"))
	if ok, err := lock.TryLock(); !ok || err != nil {
		t.Fatal(ok, err)
	}
	d.add("feeds/radio.jsonl", taken("R-1", now.Add(-time.Hour)))
	d.await("the alarm, and that it is not recorded", func(v picture.View) bool {
		return len(about(v, "R-1")) > 0 && troubled(v, "alarms are not recorded")
	})
	otherWrites(t, d, "other")
	v := d.await("the other's alarm before the one that no log has", func(v picture.View) bool {
		a, ok := v.Duty().Alarm("other")
		return ok && len(about(v, "R-1")) > 0 && a.Number < about(v, "R-1")[0].Number
	})
	if !troubled(v, "alarms are not recorded") {
		t.Errorf("nothing was recorded, and that is not said: %v", v.Desk().Trouble)
	}
	if err := lock.Close(); err != nil {
		t.Fatal(err)
	}
	v = d.await("that all is recorded", func(v picture.View) bool { return !troubled(v, "not recorded") })
	own := about(v, "R-1")
	second := &testDesk{t: t, dir: d.dir, clock: d.clock}
	second.open()
	second.await("the same alarms under the same numbers in the other console", func(v picture.View) bool {
		theirs := about(v, "R-1")
		return len(theirs) == len(own) && slices.EqualFunc(theirs, own, func(a, b *duty.Alarm) bool { return a.ID == b.ID && a.Number == b.Number })
	})
	second.close()
	d.close()
	if !slices.ContainsFunc(entries(t, d), func(e duty.Entry) bool { return e.ID == own[0].ID }) {
		t.Error("the log does not have the alarm")
	}
}

// TestALogThatWasMovedAway: a console goes on with the log that stands in the place of one that was moved away while it ran, whether that
// was damaged or not, and says that it is another.
func TestALogThatWasMovedAway(t *testing.T) {
	for _, damage := range []bool{false, true} {
		d := ringsTogether(t)
		second := &testDesk{t: t, dir: d.dir, clock: d.clock}
		second.open()
		second.await("the alarms in the other console", func(v picture.View) bool { return !v.Duty().Through().IsZero() })
		if damage {
			log, err := filepath.Glob(d.path("dutylog/*.log"))
			if err != nil || len(log) != 1 {
				t.Fatal(log, err)
			}
			if err := os.Truncate(log[0], 200); err != nil {
				t.Fatal(err)
			}
			d.await("that it is damaged", func(v picture.View) bool { return troubled(v, "damaged") })
			second.await("that it is damaged", func(v picture.View) bool { return troubled(v, "damaged") })
		}
		if err := os.Rename(d.path("dutylog"), d.path("dutylog.old")); err != nil {
			t.Fatal(err)
		}
		d.add("feeds/radio.jsonl", taken("R-1", d.clock.now().Add(-time.Hour)))
		for _, each := range []*testDesk{d, second} {
			each.await("the alarm in the new log", func(v picture.View) bool {
				return len(about(v, "R-1")) > 0 && troubled(v, "moved away or replaced") && !troubled(v, "read in part only")
			})
		}
		ack := &duty.Ack{Alarm: about(d.last, "R-1")[0].ID, Owner: duty.Words("Oscar"), Reason: duty.Words("on it"), Until: d.clock.now().Add(time.Hour)}
		if err := second.s.Do(t.Context(), decision(action.Record{Body: ack})); err != nil {
			t.Error(err)
		}
		d.await("what the other console did", func(v picture.View) bool {
			a, ok := v.Duty().Alarm(ack.Alarm)
			return ok && len(a.Acks) == 1
		})
		second.close()
		d.close()
	}
}
