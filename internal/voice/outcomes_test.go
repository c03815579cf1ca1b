package voice

import (
	"errors"
	"testing"

	"vigil/internal/incident"
)

// TestNumberKeepsWhoPeopleWere: a plain number of an outcome loses nothing that was said of who the people were, and counts nobody twice.
func TestNumberKeepsWhoPeopleWere(t *testing.T) {
	for _, tt := range []struct {
		before string
		people int // killed
		want   string
		lost   string
	}{
		{"1 national staff killed", 3, "1 national staff killed, 2 unknown-recruitment unknown-population killed", ""},
		{"1 national staff killed", 1, "1 national staff killed", ""},
		{"2 national staff killed, 1 f staff injured", 1, "1 unknown-recruitment staff f injured, 1 unknown-recruitment unknown-population unknown-sex killed", "2 national staff unknown-sex killed"},
		{"1 national staff killed, 2 unknown-recruitment killed", 5, "1 national staff killed, 4 unknown-recruitment unknown-population killed", ""},
		{"1 national staff killed, 2 unknown-recruitment killed", 2, "1 national staff killed, 1 unknown-recruitment unknown-population killed", ""},
		{"1 national staff killed", 0, "0 killed", "1 national staff killed"},
		{"? national staff killed", 2, "2 killed", "? national staff killed"},
		{"? killed", 2, "2 killed", ""},
		{"5 killed", 2, "2 killed", ""},
		{"", 2, "2 killed", ""},
		{"2 national ngo abducted", 1, "2 national ngo abducted, 1 unknown-recruitment unknown-population killed", ""},
	} {
		first := say(t, map[Field]string{People: tt.before})
		one := first.Upon(&incident.Incident{})
		var second Report
		if err := second.Count(incident.Killed, tt.people); err != nil {
			t.Fatal(err)
		}
		two := second.Upon(&one)
		if got, lost := Text(People, &two), second.Unkept(&one); got != tt.want || lost != tt.lost {
			t.Errorf("%d killed after %q:\n got %q, lost %q\nwant %q, lost %q", tt.people, tt.before, got, lost, tt.want, tt.lost)
		}
		if n, known := two.Affected.Outcome(incident.Killed); !known || n != tt.people {
			t.Errorf("%d killed after %q counts %d, known %v", tt.people, tt.before, n, known)
		}
		if Text(People, &one) != peopleText(first.says.Affected) {
			t.Errorf("%q: the first version changed", tt.before)
		}
	}
}

// TestRestIsNotSaidWhetherStaff: of those that a number adds nobody knows whether they are staff, and one who surely is counts.
func TestRestIsNotSaidWhetherStaff(t *testing.T) {
	r := say(t, map[Field]string{People: "1 national staff killed"})
	if err := r.Count(incident.Killed, 3); err != nil {
		t.Fatal(err)
	}
	i := r.Upon(&incident.Incident{})
	if n, known := i.Affected.Staff(incident.Killed); n != 1 || known {
		t.Errorf("%d staff killed, known %v; want 1 at least", n, known)
	}
	if n, known := i.Affected.Figure(incident.Cut{}); n != 3 || !known {
		t.Errorf("%d affected, known %v; want 3", n, known)
	}
}

// TestPeopleAndNumberContradict, in whatever order they are said; then the report is as it was.
func TestPeopleAndNumberContradict(t *testing.T) {
	for people, refused := range map[string]bool{
		"4 national staff killed": true, "4 killed": true, "2 national killed, 2 international killed": true, "? national killed": true, "2 national": true,
		"3 national staff killed": false, "2 killed, 1 f killed": false, "? killed": false, "9 national abducted": false, "": false,
	} {
		r := say(t, map[Field]string{People: people})
		if err := r.Count(incident.Killed, 3); errors.Is(err, ErrPeople) != refused || len(r.counts) != 1 && !refused {
			t.Errorf("3 killed after %q: %v", people, err)
		}
		var other Report
		if err := other.Count(incident.Killed, 3); err != nil {
			t.Fatal(err)
		}
		if _, err := other.Set(People, people, now); errors.Is(err, ErrPeople) != refused || other.Says(People) == refused {
			t.Errorf("%q after 3 killed: %v", people, err)
		}
	}
}

// TestNumberBesideSeveralBreakdowns: a record that tells of the same people again by other words keeps doing so, and none of them is added up.
func TestNumberBesideSeveralBreakdowns(t *testing.T) {
	base := incident.Incident{Affected: incident.Breakdown{
		{Outcome: incident.Known(incident.Killed), Count: 3},
		{Recruitment: incident.Known(incident.National), Outcome: incident.Known(incident.Killed), Count: 1},
		{Recruitment: incident.Known(incident.International), Outcome: incident.Known(incident.Killed), Count: 2},
		{Sex: incident.Known(incident.Female), Count: 1},
	}}
	var r Report
	if err := errors.Join(r.Count(incident.Killed, 4), r.Count(incident.Injured, 1)); err != nil {
		t.Fatal(err)
	}
	i := r.Upon(&base)
	for o, want := range map[incident.Outcome]int{incident.Killed: 4, incident.Injured: 1} {
		if n, known := i.Affected.Outcome(o); n != want || !known {
			t.Errorf("%d %s, known %v; want %d of %+v", n, o, known, want, i.Affected)
		}
	}
	if n, known := i.Affected.Figure(incident.Cut{Recruitment: incident.International, Outcome: incident.Killed}); n != 2 || !known {
		t.Errorf("%d internationals, known %v", n, known)
	}
	if n, known := i.Affected.Figure(incident.Cut{}); n != 5 || !known {
		t.Errorf("%d affected, known %v; want 5", n, known)
	}
	if r.Unkept(&base) != "" {
		t.Errorf("lost %q", r.Unkept(&base))
	}
	only := incident.Incident{Affected: incident.Breakdown{{Sex: incident.Known(incident.Female), Count: 1}, {Recruitment: incident.Known(incident.National), Count: 1}}}
	two := r.Upon(&only)
	if n, known := two.Affected.Outcome(incident.Killed); n != 4 || !known {
		t.Errorf("%d killed, known %v", n, known)
	}
}
