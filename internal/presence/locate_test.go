package presence

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// position reads "id|call sign|at|stale|fix", where fix is "fix" or empty.
func position(id, sign, at, stale string, fix bool) Position {
	p := Position{
		ID: safetext.Clean(id), Authority: safetext.Const("radio"), CallSign: NewName(safetext.Clean(sign)),
		At: on(at).Start, Stale: on(stale).Start, HasPoint: fix, Accuracy: 12,
	}
	if fix {
		p.Point = incident.Point{Lat: 15.5, Lon: 1.5}
	}
	return p
}

func TestLocate(t *testing.T) {
	now := on("2026-11-20T12:00:00Z").Start
	files := []File{roster("list", "2026-11-20",
		"P-1|A|Org|un|national|f|MLI|Gao||2026-11-20T10:00:00Z",
		"P-2|B|Org|un|national|m|MLI|Gao||2026-11-20T10:00:00Z",
		"7|C|Org|un|national|m|MLI|Gao||",
		"7|D|Other|un|national|m|MLI|Gao||",
	)}
	files[0].People[0].Place = safetext.Const("Ansongo")
	files[0].People[1].CallSign = NewName(safetext.Const("Kilo 2"))
	ledger := Reconcile(files)
	tests := []struct {
		name      string
		position  Position
		fix       Fix
		person    string
		contact   string // of that person, afterwards
		moved     bool
		ambiguous bool
	}{
		{"by id", position("p-1", "", "2026-11-20T11:00:00Z", "2026-11-20T13:00:00Z", true), Current, "P-1", "2026-11-20T11:00:00Z", true, false},
		{"by call sign", position("ANDROID-9", "kilo  2", "2026-11-20T11:00:00Z", "", true), Current, "P-2", "2026-11-20T11:00:00Z", true, false},
		{"older than the roster", position("P-1", "", "2026-11-20T09:00:00Z", "", true), Current, "P-1", "2026-11-20T10:00:00Z", false, false},
		{"stale", position("P-1", "", "2026-11-20T11:00:00Z", "2026-11-20T12:00:00Z", true), Stale, "P-1", "2026-11-20T11:00:00Z", false, false},
		{"without a fix", position("P-1", "", "2026-11-20T11:00:00Z", "", false), NoFix, "P-1", "2026-11-20T11:00:00Z", false, false},
		{"from a wrong clock", position("P-1", "", "2026-11-20T12:03:00Z", "", true), Ahead, "P-1", "2026-11-20T10:00:00Z", false, false},
		{"of no time", position("P-1", "", "", "", true), Untimed, "P-1", "2026-11-20T10:00:00Z", false, false},
		{"of one of two", position("7", "", "2026-11-20T11:00:00Z", "", true), Current, "", "", false, true},
		{"of two by different words", position("P-1", "Kilo 2", "2026-11-20T11:00:00Z", "", true), Current, "", "", false, true},
		{"of a vehicle", position("MV3", "Mike 3", "2026-11-20T11:00:00Z", "", true), Current, "", "", false, false},
		{"without a word", position("", "", "2026-11-20T11:00:00Z", "", true), Current, "", "", false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l, tracked := Locate(ledger, []Position{tt.position}, now)
			got := tracked[0]
			if got.Fix != tt.fix || got.Ambiguous != tt.ambiguous || (got.Person != nil) != (tt.person != "") {
				t.Fatalf("%+v", got)
			}
			if diff := cmp.Diff(ledger.Groups, l.Groups, exported); diff != "" {
				t.Errorf("a count changed:\n%s", diff)
			}
			if got.Person == nil {
				return
			}
			if p := got.Person; p.ID.String() != tt.person || p.LastContact.String() != tt.contact || p.HasPoint != tt.moved {
				t.Errorf("%+v", p)
			}
			if got.Person.HasPoint && (!got.Person.Place.IsZero() || got.Person.Accuracy != 12 || got.Person.Area.String() != "Gao") {
				t.Errorf("the place of before stands beside the position of now: %+v", got.Person)
			}
		})
	}
	if p := &ledger.People[0]; p.HasPoint || p.LastContact.String() == "2026-11-20T11:00:00Z" {
		t.Errorf("the ledger passed in was changed: %+v", p)
	}
	if l, tracked := Locate(ledger, nil, now); tracked != nil || &l.People[0] != &ledger.People[0] {
		t.Error("without positions something changed")
	}
}

// TestLocateProperty: of what is said of one person the newest holds, whatever the order.
func TestLocateProperty(t *testing.T) {
	now := on("2026-11-20T12:00:00Z").Start
	ledger := Reconcile([]File{roster("list", "2026-11-20", "P-1|A|Org|un|national|f|MLI|Gao||2026-11-20T06:00:00Z")})
	rapid.Check(t, func(t *rapid.T) {
		var all []Position
		newest := ledger.People[0].LastContact.Start
		for range rapid.IntRange(1, 6).Draw(t, "positions") {
			at := now.Add(time.Duration(rapid.IntRange(-10, 3).Draw(t, "hours")) * time.Hour)
			all = append(all, Position{ID: safetext.Const("P-1"), At: at, HasPoint: rapid.Bool().Draw(t, "fix")})
			if !at.After(now) && at.After(newest) {
				newest = at
			}
		}
		l, tracked := Locate(ledger, all, now)
		if len(tracked) != len(all) || !l.People[0].LastContact.Start.Equal(newest) {
			t.Fatalf("%d of %d, last contact %v, want %v", len(tracked), len(all), l.People[0].LastContact, newest)
		}
	})
}
