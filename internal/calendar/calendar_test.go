package calendar

import (
	"testing"
	"time"
	_ "time/tzdata" // zones that hold on every machine

	"pgregory.net/rapid"

	"vigil/internal/safetext"
)

func utc(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		panic(err)
	}
	return t
}

var gao = Zone{Shifts: []Shift{{Start: utc("1970-01-01 00:00"), Offset: -time.Hour}}} // an hour behind, to be seen

func TestAt(t *testing.T) {
	curfew := Entry{Kind: Curfew, Start: utc("2026-11-01 21:00"), End: utc("2026-11-02 05:00"), Zone: gao, Rule: &Rule{Freq: Daily}}
	election := Entry{Kind: Election, Start: utc("2026-12-06 00:00"), End: utc("2026-12-07 00:00"), AllDay: true}
	convoy := Entry{Kind: Movement, Start: utc("2026-11-20 08:00"), End: utc("2026-11-20 13:00")}
	done, off := convoy, election
	done.Done, off.Cancelled = true, true
	skipped := curfew
	skipped.Except = []Wall{utc("2026-11-20 21:00")}
	moved := curfew
	moved.Moved = []Moved{{From: utc("2026-11-20 21:00"), Start: utc("2026-11-20 18:00"), End: utc("2026-11-21 05:00"), Zone: gao, Title: safetext.Const("earlier")}}
	dropped := curfew
	dropped.Moved = []Moved{{From: utc("2026-11-20 21:00"), Start: utc("2026-11-20 21:00"), End: utc("2026-11-21 05:00"), Zone: gao, Cancelled: true}}
	ended := curfew
	ended.Rule = &Rule{Freq: Daily, Until: utc("2026-11-10 21:00")}
	leap := Entry{Start: utc("2024-02-29 00:00"), End: utc("2024-03-01 00:00"), Rule: &Rule{Freq: Yearly}}
	never := Entry{Start: utc("2020-01-01 00:00"), End: utc("2020-01-01 00:00"), Rule: &Rule{Freq: Yearly, Months: []time.Month{2}, MonthDays: []int{30}}}
	twice := Entry{Start: utc("2026-11-01 09:00"), End: utc("2026-11-01 10:00"), Also: []Wall{utc("2026-11-25 09:00")}}

	tests := []struct {
		name  string
		entry Entry
		at    string
		start string // empty: nothing
		state State
	}{
		{"before tonight's curfew", curfew, "2026-11-20 21:59", "2026-11-20 22:00", Expected},
		{"in the curfew", curfew, "2026-11-20 22:00", "2026-11-20 22:00", Present},
		{"its last minute", curfew, "2026-11-21 05:59", "2026-11-20 22:00", Present},
		{"after it the next", curfew, "2026-11-21 06:00", "2026-11-21 22:00", Expected},
		{"a night left out", skipped, "2026-11-20 12:00", "2026-11-21 22:00", Expected},
		{"a night moved", moved, "2026-11-20 12:00", "2026-11-20 19:00", Expected},
		{"a night cancelled", dropped, "2026-11-20 12:00", "2026-11-21 22:00", Expected},
		{"a series that ended", ended, "2026-11-12 12:00", "2026-11-10 22:00", Past},
		{"and is long gone", ended, "2026-11-20 12:00", "", 0},
		{"an election to come", election, "2026-11-20 12:00", "2026-12-06 00:00", Expected},
		{"election day", election, "2026-12-06 23:59", "2026-12-06 00:00", Present},
		{"the day after", election, "2026-12-07 00:00", "2026-12-06 00:00", Past},
		{"a week later", election, "2026-12-14 00:01", "", 0},
		{"one called off", off, "2026-11-20 12:00", "2026-12-06 00:00", Cancelled},
		{"a convoy under way", convoy, "2026-11-20 12:59", "2026-11-20 08:00", Present},
		{"a convoy not heard of", convoy, "2026-11-20 13:37", "2026-11-20 08:00", Overdue},
		{"a convoy that arrived", done, "2026-11-20 13:37", "2026-11-20 08:00", Past},
		{"every leap year", leap, "2026-11-20 12:00", "2028-02-29 00:00", Expected},
		{"never", never, "2026-11-20 12:00", "", 0},
		{"on two dates", twice, "2026-11-20 12:00", "2026-11-25 09:00", Expected},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o, ok := tt.entry.At(utc(tt.at))
			if ok != (tt.start != "") {
				t.Fatalf("%+v, %t", o, ok)
			}
			if ok && (!o.Start.Equal(utc(tt.start)) || o.State != tt.state) {
				t.Errorf("%v %v, want %s %v", o.Start, o.State, tt.start, tt.state)
			}
		})
	}
}

// TestAtProperties: what is said of an occurrence is true of its times.
func TestAtProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := utc("2026-11-01 00:00").Add(time.Duration(rapid.IntRange(0, 60*24).Draw(t, "start")) * time.Hour)
		e := Entry{
			Kind: Kind(rapid.IntRange(0, 6).Draw(t, "kind")), Start: start, End: start.Add(time.Duration(rapid.IntRange(0, 72).Draw(t, "length")) * time.Hour),
			Zone: gao, Cancelled: rapid.Bool().Draw(t, "cancelled"), Done: rapid.Bool().Draw(t, "done"),
		}
		if rapid.Bool().Draw(t, "recurs") {
			e.Rule = &Rule{Freq: Frequency(rapid.IntRange(0, 3).Draw(t, "freq")), Interval: rapid.IntRange(1, 3).Draw(t, "interval"), Count: rapid.IntRange(0, 9).Draw(t, "count")}
			e.Bound()
		}
		at := utc("2026-11-20 12:00").Add(time.Duration(rapid.IntRange(-60*24, 60*24).Draw(t, "at")) * time.Hour)
		o, ok := e.At(at)
		if !ok {
			return
		}
		if o.End.Before(o.Start) || o.Start.Before(gao.UTC(e.Start)) {
			t.Fatalf("%+v of %+v", o, e)
		}
		begun, ended := !o.Start.After(at), !o.End.After(at)
		good := map[State]bool{
			Overdue: ended && e.Kind.Ends() && !e.Done, Present: begun && !ended, Expected: !begun,
			Past: ended && at.Sub(o.End) <= OverdueFor, Cancelled: e.Cancelled,
		}
		if !good[o.State] {
			t.Fatalf("%v at %v: %+v", o.State, at, o)
		}
	})
}

func TestZone(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	own := Zone{Shifts: []Shift{
		{utc("1996-10-27 03:00"), time.Hour}, {utc("2026-03-29 02:00"), 2 * time.Hour}, {utc("2026-10-25 03:00"), time.Hour},
	}}
	for _, w := range []string{"2026-01-01 12:00", "2026-03-29 01:59", "2026-03-29 03:00", "2026-07-01 00:00", "2026-10-25 01:59", "2026-10-25 03:00"} {
		table, defined := Zone{Location: paris}.UTC(utc(w)), own.UTC(utc(w))
		if !table.Equal(defined) {
			t.Errorf("%s: %v by the table, %v as defined", w, table, defined)
		}
		if back := own.Wall(defined); !back.Equal(utc(w)) {
			t.Errorf("%s came back as %v", w, back)
		}
	}
	if got := (Zone{}).UTC(utc("2026-01-01 12:00")); !got.Equal(utc("2026-01-01 12:00")) {
		t.Errorf("UTC is %v", got)
	}
}

func TestMerge(t *testing.T) {
	entry := func(id string, sequence int, title string) Entry {
		return Entry{ID: safetext.Clean(id), Sequence: sequence, Title: safetext.Clean(title)}
	}
	got := Merge([][]Entry{{entry("a", 1, "old"), entry("", 0, "x")}, {entry("a", 2, "new"), entry("", 0, "x"), entry("a", 2, "again")}})
	if len(got) != 3 || got[0].Title.String() != "new" {
		t.Errorf("%+v", got)
	}
	if !Vanished(got, got[1:]) || Vanished(got[1:], got) {
		t.Error("what vanished is not seen")
	}
}

// TestOverdueUntilDone: what was to happen once is overdue until somebody says that it is done; of what recurs a week is enough.
func TestOverdueUntilDone(t *testing.T) {
	e := Entry{Kind: Movement, Start: utc("2026-11-01 08:00"), End: utc("2026-11-01 13:00"), Zone: gao}
	for _, at := range []string{"2026-11-01 14:00", "2026-11-08 13:00", "2026-11-08 14:00", "2026-12-24 00:00", "2027-11-01 00:00"} {
		if o, ok := e.At(utc(at)); !ok || o.State != Overdue {
			t.Errorf("at %s: %+v, %t", at, o, ok)
		}
	}
	done := e
	done.Done = true
	if o, ok := done.At(utc("2026-12-24 00:00")); ok {
		t.Errorf("done, and %+v", o)
	}
	daily := e
	daily.Rule = &Rule{Freq: Daily, Interval: 1, Count: 2}
	if o, ok := daily.At(utc("2026-11-20 00:00")); ok && o.State == Overdue {
		t.Errorf("what recurs: %+v", o)
	}
}
