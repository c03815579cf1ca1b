package figure_test

import (
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/presence"
	"vigil/internal/risk"
	"vigil/internal/safetext"
)

var now = time.Date(2026, 11, 20, 14, 32, 0, 0, time.UTC)

func TestWindow(t *testing.T) {
	for _, c := range []struct {
		sure, maybe int
		known       bool
		want        string
	}{
		{19, 0, true, "19"},
		{19, 2, true, "19+2?"},
		{0, 0, true, "0"},
		{0, 2, true, "0+2?"},
		{3, 0, false, "3+"},
		{0, 0, false, "?"},
		{0, 2, false, "2?+"},
		{3, 2, false, "3+2?+"},
		{1204, 0, true, "1,204"},
	} {
		w := picture.Window{Sure: c.sure, Maybe: c.maybe, Known: c.known}
		if got := figure.Plain.Window(w); got != c.want {
			t.Errorf("%+v is %s, want %s", w, got, c.want)
		}
	}
}

// TestFittedFiguresNeverBecomeOthers is what fitting must not do: a figure that was cut to its column says no
// number greater than what is known, and says that it is not whole.
func TestFittedFiguresNeverBecomeOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 50_000_000).Draw(t, "n")
		cells := rapid.IntRange(4, 9).Draw(t, "cells")
		w := picture.Window{Sure: n, Maybe: rapid.IntRange(0, 2000).Draw(t, "maybe"), Known: rapid.Bool().Draw(t, "known")}
		for _, got := range []string{figure.Plain.WindowIn(w, cells), figure.Plain.CountIn(n, w.Known, cells)} {
			if utf8.RuneCountInString(got) > cells {
				t.Fatalf("%q takes more than %d cells", got, cells)
			}
			if got == figure.Unknown {
				continue
			}
			digits, unit := strings.TrimRight(strings.ReplaceAll(got, ",", ""), "+?"), 1
			if first, _, more := strings.Cut(digits, "+"); more {
				digits = first
			}
			for suffix, size := range map[string]int{"k": 1000, "M": 1_000_000} {
				if rest, ok := strings.CutSuffix(digits, suffix); ok {
					digits, unit = rest, size
				}
			}
			said, err := strconv.Atoi(digits)
			switch {
			case err != nil:
				t.Fatalf("%q is no figure", got)
			case strings.HasSuffix(got, "?+") && n == 0 && said == w.Maybe:
			case said*unit > n:
				t.Fatalf("%d became %q", n, got)
			case said*unit < n && !strings.Contains(got, "+"):
				t.Fatalf("%d became %q without a word", n, got)
			}
		}
	})
}

func TestLevel(t *testing.T) {
	mali := func(s level.Summary) *picture.Country {
		return &picture.Country{Levels: &level.Country{Areas: make([]level.Area, 2)}, Level: s}
	}
	for _, c := range []struct {
		c           *picture.Country
		want, ascii string
	}{
		{mali(level.Summary{Min: 3, Max: 5, Driver: incident.Terrorism}), "3–5 T", "3-5 T"},
		{mali(level.Summary{Min: 3, Max: 5, Driver: incident.ArmedConflict, Expired: 1}), "3–5 A!", "3-5 A!"},
		{mali(level.Summary{Min: 4, Max: 4}), "4   ?", "4   ?"},
		{&picture.Country{}, "?", "?"},
		{&picture.Country{Levels: &level.Country{}}, "?", "?"},
	} {
		if got := figure.Plain.Level(c.c); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
		if got := figure.PlainASCII.Level(c.c); got != c.ascii {
			t.Errorf("got %q, want %q", got, c.ascii)
		}
	}
}

func TestLevelChanges(t *testing.T) {
	mli, bfa := country.MustParse("MLI"), country.MustParse("BFA")
	list := []level.Change{{Country: mli, From: 0, To: 3}, {Country: mli, From: 4, To: 5}, {Country: mli, From: 5, To: 4}, {Country: bfa, From: 3, To: 0}}
	if got := figure.Plain.LevelMoved(list, mli); got != "↑" {
		t.Errorf("the newest rise is %q", got)
	}
	if got := figure.Plain.LevelMoved(list, bfa); got != "" {
		t.Errorf("an area that went is a movement: %q", got)
	}
	for i, want := range []string{"new 3", "4→5", "5→4", "3 removed"} {
		if got := figure.Plain.LevelChange(&list[i]); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestCannot(t *testing.T) {
	day := 24 * time.Hour
	known := picture.Window{Known: true}
	seen := func(threats ...incident.Threat) health.Coverage {
		return health.Coverage{State: health.Partial, Seen: health.Set(threats...)}
	}
	for _, c := range []struct {
		c          picture.Country
		want, in10 string
	}{
		{picture.Country{Coverage: health.Coverage{State: health.Covered}, Day: known, Week: known, Month: known}, "-", "-"},
		{picture.Country{Coverage: health.Coverage{State: health.Covered}, Day: known, Week: known}, ">7 d", ">7 d"},
		{picture.Country{Coverage: health.Coverage{State: health.Covered}, Day: known}, ">24 h", ">24 h"},
		{picture.Country{Coverage: health.Coverage{State: health.Covered}}, "the past", "the past"},
		{picture.Country{Coverage: health.Coverage{State: health.Covered}, TooLate: 7 * day}, "<7 d", "<7 d"},
		{
			picture.Country{Coverage: seen(incident.ArmedConflict, incident.Terrorism, incident.CivilUnrest, incident.Hazard), TooLate: 7 * day},
			"crime, <7 d", "C, <7 d",
		},
		{picture.Country{Coverage: seen(incident.Hazard), TooLate: 0}, "all but hazards", "ATCU"},
		{picture.Country{Coverage: health.Coverage{Since: now.Add(-3*time.Hour - 12*time.Minute)}}, "ALL, 3h12", "ALL, 3h12"},
		{picture.Country{}, "ALL, never seen", "ALL"},
		{picture.Country{Coverage: health.Coverage{State: health.Recorded}}, "recorded", "recorded"},
	} {
		if got := figure.Plain.Cannot(&c.c, now); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
		if got := figure.Plain.CannotIn(&c.c, now, 10); got != c.in10 {
			t.Errorf("in ten cells got %q, want %q", got, c.in10)
		}
	}
}

func TestStaff(t *testing.T) {
	c := picture.Country{}
	if figure.Plain.Total(&c) != "?" || figure.Plain.National(&c) != "?" {
		t.Error("staff that nobody counted is a number")
	}
	if age, old := figure.Plain.StaffAge(&c, now); age != "-" || old {
		t.Error("no figures have an age")
	}
	c.HasStaff = true
	c.Staff = presence.Totals{Total: 1210, National: 1101, International: 100, RecruitmentUnknown: 9, AsOf: now.Add(-9 * 24 * time.Hour)}
	if figure.Plain.Total(&c) != "1,210" || figure.Plain.National(&c) != "1,101+" || figure.Plain.International(&c) != "100+" {
		t.Errorf("%s %s %s", figure.Plain.Total(&c), figure.Plain.National(&c), figure.Plain.International(&c))
	}
	if age, old := figure.Plain.StaffAge(&c, now); age != "9d!" || !old {
		t.Errorf("an old roster is %q", age)
	}
	c.Staff.AsOf = time.Time{}
	if age, old := figure.Plain.StaffAge(&c, now); age != "?!" || !old {
		t.Errorf("a roster without a time is %q", age)
	}
}

func TestEstimate(t *testing.T) {
	if figure.Plain.Estimate(risk.Estimate{}) != "?" || figure.Band(risk.Estimate{}) != 0 || figure.Plain.Own(risk.Trend{}) != "?" {
		t.Error("what is not known is a figure")
	}
	e := risk.Estimate{Known: true, Worst: risk.Category{Band: level.VeryHigh}}
	if figure.Plain.Estimate(e) != "V.High" || figure.Band(e) != 5 {
		t.Errorf("%s, %d", figure.Plain.Estimate(e), figure.Band(e))
	}
	if got := figure.Plain.Own(risk.Trend{Known: true, Ratio: 2.13}); got != "2.1" {
		t.Errorf("own normal is %s", got)
	}
}

func TestWhen(t *testing.T) {
	for _, c := range []struct{ when, want, whole string }{
		{"2026-11-20T14:21:00Z", "14:21", "2026-11-20 14:21Z"},
		{"2026-11-18T07:30:00Z", "18 Nov", "2026-11-18 07:30Z"},
		{"2024-11-18T07:30:00Z", "Nov'24", "2024-11-18 07:30Z"},
		{"2026-11-20", "~20Nov", "2026-11-20"},
		{"2026-11", "Nov'26", "2026-11"},
		{"2024", "~2024", "2024"},
		{"", "?time", "time unknown"},
	} {
		w, err := incident.ParseWhen(c.when)
		if err != nil {
			t.Fatal(err)
		}
		r := picture.Row{When: w}
		if got := figure.Plain.When(&r, now); got != c.want || utf8.RuneCountInString(got) > 6 {
			t.Errorf("%s is %q, want %q", c.when, got, c.want)
		}
		if got := figure.Plain.WhenWhole(w); got != c.whole {
			t.Errorf("%s is %q whole, want %q", c.when, got, c.whole)
		}
	}
	if got := figure.Plain.When(&picture.Row{Future: true}, now); got != "FUTURE" {
		t.Errorf("a time that is not believed is %q", got)
	}
}

func TestRestrictedSaysNothing(t *testing.T) {
	r := picture.Row{Restricted: true, Killed: picture.Count{N: 3, Known: true}, Place: safetext.Const("Gao"), Act: incident.Known(incident.Killing)}
	all := figure.Plain.When(&r, now) + figure.Plain.Countries(&r) + figure.Plain.Act(&r) + figure.Plain.People(&r) + figure.Plain.Standing(&r)
	if all != "----RESTRICTEDlead only" || figure.Urgent(&r) {
		t.Errorf("it says %q", all)
	}
}

func harm(o incident.Outcome, n int) incident.Harm {
	return incident.Harm{Outcome: incident.Known(o), Count: n}
}

func TestPeople(t *testing.T) {
	n := func(n int) picture.Count { return picture.Count{N: n, Known: true} }
	with := func(further ...incident.Harm) picture.Row {
		return picture.Row{Killed: n(0), Injured: n(0), Abducted: n(0), Detained: n(0), Further: further}
	}
	for _, c := range []struct {
		r    picture.Row
		want string
	}{
		{picture.Row{Killed: n(2), Injured: n(1), National: n(2), International: n(1)}, "2 killed 1 inj. ? abd. (2n 1i)"},
		{picture.Row{Abducted: n(2), Killed: n(0)}, "? inj. 2 abd."},
		{picture.Row{National: n(2)}, "2n"},
		{picture.Row{Killed: n(0)}, "? inj. ? abd."},
		{picture.Row{Injured: n(0), Abducted: n(0), Detained: n(0)}, "? killed"},
		{picture.Row{Killed: n(0), Injured: n(0), Abducted: n(0), Detained: n(0)}, "none reported"},
		{picture.Row{Killed: n(0), Injured: n(0), Abducted: n(0)}, "none seen"},
		{picture.Row{}, "people ?"},
		{picture.Row{Hazard: true}, ""},
		{with(harm(incident.Missing, 4)), "4 missing"},
		{with(harm(incident.Missing, incident.Uncounted)), "? missing"},
		{with(harm(incident.SexuallyAssaulted, 2), harm(incident.Robbed, 3)), "2 sexually assaulted 3 robbed"},
		{with(harm(incident.OutcomeUnknown, 5)), "5 harmed, how unknown"},
		{with(incident.Harm{Outcome: incident.ParseOutcome("gassed"), Count: 6}), "6 gassed?"},
		{picture.Row{Hazard: true, Further: []incident.Harm{harm(incident.Ill, 40)}}, "40 ill"},
		{picture.Row{Killed: n(1), Injured: n(0), Abducted: n(0), Detained: n(0), Further: []incident.Harm{harm(incident.Hijacked, 2)}}, "1 killed 2 hijacked"},
	} {
		if got := figure.Plain.People(&c.r); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestPeopleIn(t *testing.T) {
	n := func(n int) picture.Count { return picture.Count{N: n, Known: true} }
	r := picture.Row{Killed: n(10), Injured: n(2), Abducted: n(4), National: n(16)}
	for _, c := range []struct {
		cells int
		want  string
	}{{40, "10 killed 2 inj. 4 abd. (16n)"}, {25, "10 killed 2 inj. 4 abd."}, {20, "10 kil 2 inj 4 abd"}, {13, "10 kil+"}} {
		if got := figure.Plain.PeopleIn(&r, c.cells); got != c.want {
			t.Errorf("in %d cells got %q, want %q", c.cells, got, c.want)
		}
	}
	r = picture.Row{Killed: n(0), Further: []incident.Harm{harm(incident.Missing, 12), harm(incident.Robbed, 3)}}
	if got := figure.Plain.PeopleIn(&r, 10); got != "12 miss+" {
		t.Errorf("got %q: the number that is known stands, and not the first that is not", got)
	}
}

func TestStanding(t *testing.T) {
	for _, c := range []struct {
		r    picture.Row
		want string
	}{
		{picture.Row{Grade: safetext.Const("C3")}, "C3 unconfirmed"},
		{picture.Row{Verified: incident.Known(incident.Confirmed)}, "confirmed"},
		{picture.Row{Conflict: true, Grade: safetext.Const("A1")}, "CONFLICT"},
		{picture.Row{Cancelled: true, Conflict: true}, "CANCELLED"},
		{picture.Row{Verified: incident.ParseVerification("sort of")}, "sort of?"},
	} {
		if got := figure.Plain.Standing(&c.r); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestActsFitTheirColumn(t *testing.T) {
	for _, word := range incident.ActWords() {
		r := picture.Row{Act: incident.ParseAct(word)}
		if got := figure.Plain.Act(&r); got == "" || len(got) > 17 {
			t.Errorf("%s is %q", word, got)
		}
	}
	if got := figure.Plain.Act(&picture.Row{Act: incident.ParseAct("sit-in")}); got != "sit-in?" {
		t.Errorf("a word of the source's own is %q", got)
	}
}

func TestLocal(t *testing.T) {
	at := time.Date(2026, 11, 20, 14, 21, 0, 0, time.UTC)
	if got, ok := figure.Plain.Local(at, country.MustParse("NER")); !ok || got != "15:21 local" {
		t.Errorf("Niamey is %q, %t", got, ok)
	}
	if _, ok := figure.Plain.Local(at, country.MustParse("COD")); ok {
		t.Error("a country of two zones has one")
	}
	if _, ok := figure.Plain.Local(time.Time{}, country.MustParse("NER")); ok {
		t.Error("no time has a local time")
	}
}

func TestOutcomesAndHazards(t *testing.T) {
	for _, c := range []struct {
		o    picture.Outcomes
		want string
	}{
		{picture.Outcomes{Killed: 3, Abducted: 1, Known: true}, "3 kil 1 abd"},
		{picture.Outcomes{Killed: 3}, "3+ kil"},
		{picture.Outcomes{Other: 4, Known: true}, "4 oth"},
		{picture.Outcomes{Known: true}, "none"},
		{picture.Outcomes{}, "none seen"},
	} {
		if got := figure.Plain.Harmed(&c.o); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	for _, c := range []struct {
		h    picture.Hazards
		want string
	}{
		{picture.Hazards{Active: 2, Known: true, Worst: incident.Severe}, "2 severe"},
		{picture.Hazards{Active: 1}, "1+ ungraded"},
		{picture.Hazards{Known: true}, "0"},
		{picture.Hazards{}, "?"},
	} {
		if got := figure.Plain.Hazards(&c.h); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestAge(t *testing.T) {
	for _, c := range []struct {
		ago  time.Duration
		want string
	}{{0, "<1m"}, {-time.Minute, "<1m"}, {59 * time.Second, "<1m"}, {4 * time.Minute, "4m"}, {26 * time.Hour, "26h!"}} {
		if got, _ := figure.Plain.Age(now.Add(-c.ago), now, 24*time.Hour); got != c.want {
			t.Errorf("%s is %q, want %q", c.ago, got, c.want)
		}
	}
	if got, _ := figure.Plain.Age(time.Time{}, now, 0); got != "?" {
		t.Errorf("no time is %q old", got)
	}
}

func TestWhoElseTellsIsNeverCut(t *testing.T) {
	cut := func(s string, cells int) string { return s[:min(len(s), cells)] }
	r := picture.Row{Source: safetext.Const("partner-network"), Verified: incident.Known(incident.Confirmed), Tellings: 3, Proposed: true, Conflict: true}
	more := strings.TrimPrefix(figure.Plain.Source(&r), "partner-network")
	if more == "" {
		t.Fatal("nothing is said of who else tells")
	}
	if got := figure.Plain.SourceIn(&r, 12, cut); len(got) != 12 || !strings.HasSuffix(got, more) {
		t.Errorf("%q in 12 cells, of %q", got, figure.Plain.Source(&r))
	}
	if got := figure.Plain.SourceIn(&r, 40, cut); got != figure.Plain.Source(&r) {
		t.Errorf("%q where there is room", got)
	}
}

// TestUrgent: staff killed, abducted or missing are marked, and people who may be staff; civilians are not for themselves, nor are the detained.
func TestUrgent(t *testing.T) {
	n := func(n int) picture.Count { return picture.Count{N: n, Known: true} }
	says := func(change func(r *picture.Row)) picture.Row {
		r := picture.Row{Killed: n(0), Injured: n(0), Abducted: n(0), Detained: n(0), StaffKilled: n(0), StaffAbducted: n(0), StaffMissing: n(0)}
		change(&r)
		return r
	}
	for _, c := range []struct {
		name string
		r    picture.Row
		want bool
	}{
		{"nobody", says(func(*picture.Row) {}), false},
		{"staff killed", says(func(r *picture.Row) { r.Killed, r.StaffKilled = n(1), n(1) }), true},
		{"staff abducted", says(func(r *picture.Row) { r.Abducted, r.StaffAbducted = n(1), n(1) }), true},
		{"staff missing", says(func(r *picture.Row) { r.Further, r.StaffMissing = []incident.Harm{harm(incident.Missing, 2)}, n(2) }), true},
		{"staff detained", says(func(r *picture.Row) { r.Detained = n(4) }), false},
		{"staff injured", says(func(r *picture.Row) { r.Injured = n(4) }), false},
		{"civilians killed and missing", says(func(r *picture.Row) { r.Killed, r.Further = n(40), []incident.Harm{harm(incident.Missing, 2)} }), false},
		{"people missing of whom nobody says who", says(func(r *picture.Row) { r.StaffMissing = picture.Count{} }), true},
		{"staff killed, nobody knows how many", says(func(r *picture.Row) { r.Killed, r.StaffKilled = picture.Count{}, picture.Count{} }), true},
		{"nothing is said of people", picture.Row{}, false},
		{"graded severe", picture.Row{Severity: incident.Known(incident.Severe)}, true},
		{"refuted", says(func(r *picture.Row) { r.StaffMissing, r.Refuted = n(2), true }), false},
	} {
		if got := figure.Urgent(&c.r); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}
