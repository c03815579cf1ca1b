package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/dutylog"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/voice"
)

// reportAt is the clock of these tests.
var reportAt = time.Date(2026, 11, 20, 14, 32, 0, 0, time.UTC)

// reportDesk is a desk with a feed of another source.
func reportDesk(t *testing.T) Options {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "feeds"), 0o755); err != nil {
		t.Fatal(err)
	}
	appendTo(t, dir, "radio.jsonl", `{"id":"F-7","act":"abduction","country":"MLI","place":"Ansongo","occurred":"2026-11-20T13:00:00Z","grade":"A1","affected":[{"outcome":"abducted","count":2}]}`)
	return Options{Dir: dir, Now: func() time.Time { return reportAt }}
}

func appendTo(t *testing.T, dir, name, line string) {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(dir, "feeds", name), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(line + "\n"); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func said(t *testing.T, what map[voice.Field]string) voice.Report {
	t.Helper()
	var r voice.Report
	for f, text := range what {
		if _, err := r.Set(f, text, reportAt); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func reports(t *testing.T, o Options, c action.Report) Reported {
	t.Helper()
	done, err := DoReport(t.Context(), o, action.Actor{Name: safetext.Const("Oscar")}, action.NewID(), func(picture.View) (action.Report, error) { return c, nil })
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// week is how many incidents of Mali the week has.
func week(t *testing.T, o Options) (n int, v picture.View) {
	t.Helper()
	p, err := Snapshot(t.Context(), o, time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	v = p.For(picture.DutyOfficer)
	for c := range v.Countries() {
		if c.Code.Alpha3() == "MLI" {
			sure, maybe := v.Behind(c.Code, 7*24*time.Hour)
			return len(sure) + len(maybe), v
		}
	}
	return 0, v
}

func named1(t *testing.T, id string, authority string) incident.Identity {
	t.Helper()
	return incident.Identity{Authority: safetext.Clean(authority), ID: safetext.Clean(id)}
}

// TestARefutedReportLeavesTheWindowsAndStaysListed, and those who were told are to be told again.
func TestARefutedReportLeavesTheWindowsAndStaysListed(t *testing.T) {
	o := reportDesk(t)
	one := reports(t, o, action.Report{Said: said(t, map[voice.Field]string{
		voice.Act: "killing", voice.Country: "MLI", voice.Place: "Kidal", voice.When: "20 min ago", voice.Source: "field", voice.People: "1 national ngo killed",
	})})
	if n, _ := week(t, o); n != 2 {
		t.Fatalf("%d incidents in the week, want 2", n)
	}
	told := []duty.Body{
		&duty.Raise{Rule: "killed", Severity: duty.Critical, Key: "k", Incident: duty.NameOf(one.Incident.Identity), Words: duty.Words("one killed")},
		&duty.Told{Alarm: "alarm", Contact: "designated official", Outcome: duty.ReadBack},
	}
	log := dutylog.New(filepath.Join(o.Dir, "dutylog"), dutylog.Options{})
	for n, b := range told {
		e := duty.Entry{V: dutylog.Version, ID: []string{"alarm", "told"}[n], At: reportAt, Role: safetext.Const("duty officer"), Body: b, Word: b.Kind()}
		if err := log.Append(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	two := reports(t, o, action.Refute(one.Incident.Identity, duty.Hoax, duty.Words("the caller said so")))
	n, v := week(t, o)
	if n != 1 || v.Len() != 2 {
		t.Errorf("%d in the week and %d listed after the refutation, want 1 and 2", n, v.Len())
	}
	if two.Incident.Version != 2 || two.Incident.Affected[0].Count != 1 {
		t.Errorf("%+v", two.Incident)
	}
	r, ok := v.Duty().Reported(one.Incident.Identity)
	if !ok || r.Refuted != duty.Hoax || r.Reason.String() != "the caller said so" || r.By.String() != "Oscar" {
		t.Errorf("the book has %+v", r)
	}
	// The sheet of an alarm is folded from the entries; where nobody folds them nobody was told.
	if a, ok := v.Duty().Find("A1"); ok && len(a.Sheet) > 0 && (len(two.Alarms) != 1 || a.Reopened.IsZero()) {
		t.Errorf("%v are to be told again; %+v", two.Alarms, a)
	}
	three := reports(t, o, action.Verify(one.Incident.Identity, incident.Probable, duty.Text{}))
	if n, _ := week(t, o); n != 2 || three.Incident.Version != 3 {
		t.Errorf("%d in the week after it was taken back, version %d", n, three.Incident.Version)
	}
}

// TestAReportIsRepeated: what reached the feed and not the log is one incident, and in the log, after the command was repeated, and
// again after that.
func TestAReportIsRepeated(t *testing.T) {
	o := reportDesk(t)
	o.patience = 30 * time.Millisecond
	now := reportAt
	o.Now = func() time.Time { return now }
	if err := os.Mkdir(filepath.Join(o.Dir, "dutylog"), 0o700); err != nil {
		t.Fatal(err)
	}
	lock := flock.New(filepath.Join(o.Dir, "dutylog", "lock"))
	if ok, err := lock.TryLock(); !ok || err != nil {
		t.Fatal(ok, err)
	}
	id := action.NewID()
	attempt := func() (Reported, error) {
		var r voice.Report
		for f, text := range map[voice.Field]string{voice.Act: "killing", voice.Country: "MLI", voice.Place: "Kidal", voice.When: "20 min ago"} {
			if _, err := r.Set(f, text, now); err != nil {
				t.Fatal(err)
			}
		}
		actor := action.Actor{Name: safetext.Const("Oscar")}
		return DoReport(t.Context(), o, actor, id, func(picture.View) (action.Report, error) { return action.Report{Said: r}, nil })
	}
	if _, err := attempt(); !errors.Is(err, dutylog.ErrNotRecorded) {
		t.Fatal(err)
	}
	if err := lock.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		now = now.Add(5 * time.Minute)
		if done, err := attempt(); err != nil || done.Incident.Version != 1 {
			t.Errorf("%+v, %v", done.Incident, err)
		}
	}
	if n, v := week(t, o); n != 2 || v.Duty().Len() != 1 {
		t.Errorf("%d incidents in the week and %d entries, want 2 and 1", n, v.Duty().Len())
	}
}

// TestACommandIsRepeated: its second attempt does what the first one did, although that made it impossible.
func TestACommandIsRepeated(t *testing.T) {
	o := reportDesk(t)
	actor := action.Actor{Name: safetext.Const("Oscar")}
	id := action.NewID()
	possible := true
	for range 2 {
		done, err := Do(t.Context(), o, actor, Attempt{ID: id, Words: []string{"take", "Oscar"}}, func(picture.View) (action.Command, error) {
			if !possible {
				return nil, errors.New("somebody has it")
			}
			possible = false
			return action.Record{Body: &duty.Watch{Act: duty.WatchTaken, Holder: duty.Words("Oscar")}}, nil
		})
		if err != nil || duty.Says(done.(action.Record).Body) == "" {
			t.Errorf("%+v, %v", done, err)
		}
	}
	if _, v := week(t, o); v.Duty().Len() != 1 {
		t.Errorf("%d entries", v.Duty().Len())
	}
	for _, other := range []struct {
		by   string
		line []string
		err  error
	}{{"Oscar", []string{"take", "Papa"}, nil}, {"Papa", []string{"take", "Oscar"}, nil}, {"Oscar", []string{"leave"}, errors.New("somebody has it")}} {
		_, err := Do(t.Context(), o, action.Actor{Name: safetext.Clean(other.by)}, Attempt{ID: id, Words: other.line}, func(picture.View) (action.Command, error) {
			return action.Record{Body: &duty.Watch{Act: duty.WatchTaken, Holder: duty.Words("Oscar")}}, other.err
		})
		if !errors.Is(err, dutylog.ErrTaken) || !strings.Contains(err.Error(), "by Oscar: watch: the watch was taken by Oscar") {
			t.Errorf("%+v: %v", other, err)
		}
	}
}

// TestTheDesksWordOnAnother stands until the other says something else.
func TestTheDesksWordOnAnother(t *testing.T) {
	o := reportDesk(t)
	other := named1(t, "F-7", "radio")
	if _, err := DoReport(t.Context(), o, action.Actor{}, action.NewID(), func(picture.View) (action.Report, error) {
		return action.Report{Continues: other, Said: said(t, map[voice.Field]string{voice.Verification: "refuted"})}, nil
	}); !errors.Is(err, ErrReport) {
		t.Errorf("refuted without a reason: %v", err)
	}
	one := reports(t, o, action.Refute(other, duty.FalseAlarm, duty.Words("they came back")))
	if n, v := week(t, o); n != 0 || one.Incident.Identity.Authority.String() != "own" || v.Len() != 1 {
		t.Fatalf("%d in the week, %d listed; %+v", n, v.Len(), one.Incident.Identity)
	}
	again := reports(t, o, action.Verify(other, incident.Confirmed, duty.Text{}))
	if again.Incident.Identity != one.Incident.Identity || again.Incident.Version != 2 {
		t.Errorf("a second word became %+v", again.Incident.Identity)
	}
	reports(t, o, action.Refute(other, duty.FalseAlarm, duty.Text{}))
	if n, _ := week(t, o); n != 0 {
		t.Errorf("%d in the week", n)
	}
	appendTo(t, o.Dir, "radio.jsonl", `{"id":"F-7","version":2,"type":"update","act":"abduction","country":"MLI","place":"Ansongo","occurred":"2026-11-20T13:00:00Z","grade":"A1","affected":[{"outcome":"abducted","count":3}]}`)
	if n, _ := week(t, o); n != 1 {
		t.Errorf("%d in the week after the radio said something else, want 1: what is new is not hidden by an old word", n)
	}
}

// TestAConsoleTakesAReportTwiceAndWritesItOnce: the same command after an unknown outcome is no second incident.
func TestAConsoleTakesAReportTwiceAndWritesItOnce(t *testing.T) {
	o := reportDesk(t)
	s, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	e := action.Envelope{ID: action.NewID(), Command: action.Report{Said: said(t, map[voice.Field]string{voice.Act: "theft", voice.Country: "MLI", voice.When: "now"})}}
	for range 2 {
		if err := s.Do(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	content, err := os.ReadFile(filepath.Join(o.Dir, "feeds", "own.jsonl"))
	if err != nil || strings.Count(string(content), "\n") != 1 {
		t.Errorf("%q, %v", content, err)
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	for {
		select {
		case p := <-s.Pictures():
			v := p.For(picture.DutyOfficer) // the feed may be read before the log is
			if _, ok := v.Duty().Reported(named1(t, "R-"+e.ID[:8], "own")); ok && v.Len() == 2 {
				return
			}
		case <-ctx.Done():
			t.Fatal("the report is in no picture, or in no book")
		}
	}
}

// TestAnOwnFeedThatIsJustMade: it is there a moment before its first report, and is no source that fails; one that held something
// and is empty is.
func TestAnOwnFeedThatIsJustMade(t *testing.T) {
	d := newDesk(t, "countries = [\"MLI\"]\n")
	d.add("feeds/radio.jsonl", d.line("R-1", time.Hour, ""))
	d.write("feeds/own.jsonl", "")
	d.write("feeds/hazards.jsonl", "")
	d.open()
	v := d.await("the feed that is empty and should not be", func(v picture.View) bool {
		return total(1)(v) && strings.Contains(sourceOf(v, "hazards").Reason.String(), "NO DATA")
	})
	if s := sourceOf(v, "own"); !s.Info.Name.IsZero() {
		t.Errorf("the own feed is %s: %s", s.State, s.Reason)
	}
	d.add("feeds/own.jsonl", d.line("O-1", time.Hour, ""))
	d.await("the first report", total(2))
	d.close()
	d.write("feeds/own.jsonl", "")
	d.open()
	d.await("that what it held is gone", func(v picture.View) bool { return strings.Contains(sourceOf(v, "own").Reason.String(), "NO DATA") })
	d.close()
}

// TestTheLogNamesWhatIsRestrictedAndNoMore: neither how far it is established nor as what it was refuted; the record in the feed has both.
func TestTheLogNamesWhatIsRestrictedAndNoMore(t *testing.T) {
	o := reportDesk(t)
	one := reports(t, o, action.Report{Said: said(t, map[voice.Field]string{voice.Act: "theft", voice.Handling: "restricted", voice.Verification: "probable"})})
	two := reports(t, o, action.Refute(one.Incident.Identity, duty.Hoax, duty.Words("the caller said so")))
	if two.Incident.Verification.Value != incident.Refuted || !two.Incident.Restricted() {
		t.Fatalf("%+v", two.Incident)
	}
	_, v := week(t, o)
	r, ok := v.Duty().Reported(one.Incident.Identity)
	if !ok || r.Version != 2 {
		t.Fatalf("%+v", r)
	}
	files, err := filepath.Glob(filepath.Join(o.Dir, "dutylog", "*.log"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%v %v", files, err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"hoax", "refuted", "probable", "caller", "theft"} {
			if strings.Contains(string(text), word) {
				t.Errorf("%q in %s", word, text)
			}
		}
	}
}

// TestTimesOfTheSameWords move on with the clock; other times are other words.
func TestTimesOfTheSameWords(t *testing.T) {
	at := func(d time.Duration) incident.When {
		return incident.When{Start: reportAt.Add(d), Precision: incident.ToTime}
	}
	for name, c := range map[string]struct {
		later, first incident.When
		between      time.Duration
		want         bool
	}{
		"the clock":            {at(0), at(0), time.Hour, true},
		"so long ago":          {at(time.Hour), at(0), time.Hour, true},
		"another time":         {at(time.Hour), at(0), time.Minute, false},
		"earlier":              {at(-time.Hour), at(0), time.Hour, false},
		"as of another length": {incident.When{Start: reportAt, Precision: incident.ToDate}, at(0), 0, false},
		"not said before":      {at(0), incident.When{}, 0, false},
	} {
		if got := sameMoment(c.later, c.first, c.between); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
