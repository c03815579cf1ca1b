package figure_test

import (
	"testing"
	"time"

	"vigil/internal/figure"
	"vigil/internal/picture"
	"vigil/internal/tui/tuitest"
)

func TestStaffNearInWords(t *testing.T) {
	now := tuitest.Now
	people := func(total, national, international int) picture.People {
		return picture.People{Total: total, National: national, International: international}
	}
	fresh, old := now.Add(-2*time.Hour), now.Add(-9*24*time.Hour)
	for _, tt := range []struct {
		near picture.Near
		want string
	}{
		{
			picture.Near{Sure: people(31, 28, 3), Perhaps: people(9, 9, 0), NoFix: people(9, 9, 0), Located: true, AsOf: fresh},
			"near 31 (28n 3i) +9 no fix · presence 2h old",
		},
		{
			picture.Near{Sure: people(2, 2, 0), Perhaps: people(5, 4, 1), NoFix: people(3, 2, 1), Located: true, AsOf: fresh},
			"near 2 (2n 0i) +2 perhaps +3 no fix · presence 2h old",
		},
		{picture.Near{Located: true, AsOf: fresh}, "near 0 · presence 2h old"},
		{picture.Near{Located: true}, "near 0"},
		{
			picture.Near{Perhaps: people(40, 37, 3), NoFix: people(9, 9, 0), AsOf: fresh},
			"near ? of 40 (37n 3i), no position · presence 2h old",
		},
		{picture.Near{}, "near ?, no position"},
		{
			picture.Near{Perhaps: people(155, 144, 11), NoFix: people(155, 144, 11), Unbounded: true, AsOf: old},
			"near ? of 155 (144n 11i) +? others, no position · presence 9d OLD",
		},
		{
			picture.Near{Sure: people(4, 4, 0), Located: true, Unbounded: true, AsOf: old},
			"near 4 (4n 0i) +? others · presence 9d OLD",
		},
		{picture.Near{Located: true, Unbounded: true}, "near 0 +? others · nothing is said of staff there"},
		{picture.Near{Sure: people(3, 0, 0), Located: true, Unbounded: true}, "near 3 +? others · presence of unknown age"},
	} {
		n := figure.StaffNear{Near: tt.near, Km: 25}
		if got := n.Words(now, figure.Plain, false); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.near, got, tt.want)
		}
	}
	nowhere := figure.StaffNear{Km: 25}
	if got := nowhere.Words(now, figure.PlainASCII, true); got != "near (25 km) ?, the incident has no position" {
		t.Error(got)
	}
	n := figure.StaffNear{Near: picture.Near{Located: true}, Km: 12.5}
	if got := n.Words(now, figure.PlainASCII, true); got != "near (12.5 km) 0" {
		t.Error(got)
	}
}

// TestStaffNearAnAlarm is told of what may be seen, happened, and is an incident.
func TestStaffNearAnAlarm(t *testing.T) {
	v := tuitest.OnDuty().View()
	for called, want := range map[string]bool{"A6": true, "A5": false, "A4": false} {
		a, _ := v.Duty().Find(called)
		n, ok := figure.AlarmNear(v, a)
		if ok != want || ok && (n.Km != 25 || n.Sure.Total+n.Perhaps.Total == 0) {
			t.Errorf("%s: %v %+v", called, ok, n)
		}
	}
}
