package calendar

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/incident"
	"vigil/internal/safetext"
)

func changeable(id, title string, line int) Entry {
	start := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	return Entry{
		ID: safetext.Clean(id), Title: safetext.Clean(title), Kind: Movement, Start: start, End: start.Add(5 * time.Hour),
		Origin: incident.Origin{File: safetext.Const("calendar/plan.yaml"), Line: line},
	}
}

func told(list []Difference) string {
	var words []string
	for _, d := range list {
		words = append(words, fmt.Sprintf("%s %s%s", d.Change, d.Entry.ID, d.Entry.Title))
	}
	return strings.Join(words, ", ")
}

func TestDiff(t *testing.T) {
	bamako, err := time.LoadLocation("Africa/Bamako")
	if err != nil {
		t.Fatal(err)
	}
	again, err := time.LoadLocation("Africa/Bamako")
	if err != nil {
		t.Fatal(err)
	}
	with := func(e Entry, change func(e *Entry)) Entry { change(&e); return e }
	a, b := changeable("", "MV3", 1), changeable("u1", "", 4)
	for _, tt := range []struct {
		name          string
		before, after []Entry
		want          string
	}{
		{"nothing", nil, nil, ""},
		{"first", nil, []Entry{a, b}, "new MV3, new u1"},
		{"only the lines moved", []Entry{a, b}, []Entry{changeable("u1", "", 9), changeable("", "MV3", 12)}, ""},
		{"later", []Entry{a}, []Entry{with(a, func(e *Entry) { e.End = e.End.Add(time.Hour) })}, "changed MV3"},
		{"called off", []Entry{b}, []Entry{with(b, func(e *Entry) { e.Cancelled = true })}, "cancelled u1"},
		{"done", []Entry{a}, []Entry{with(a, func(e *Entry) { e.Done = true })}, "done MV3"},
		{"gone", []Entry{a, b}, []Entry{b}, "gone MV3"},
		{"another title with the same id", []Entry{b}, []Entry{with(b, func(e *Entry) { e.Title = safetext.Const("x") })}, "changed u1x"},
		{"another title without an id", []Entry{a}, []Entry{changeable("", "MV4", 1)}, "new MV4, gone MV3"},
		{"two of one title, one goes", []Entry{a, a}, []Entry{a}, "gone MV3"},
		{
			"the same zone read twice",
			[]Entry{with(a, func(e *Entry) { e.Zone = Zone{Location: bamako} })},
			[]Entry{with(a, func(e *Entry) { e.Zone = Zone{Location: again} })},
			"",
		},
		{"another zone", []Entry{a}, []Entry{with(a, func(e *Entry) { e.Zone = Zone{Location: bamako} })}, "changed MV3"},
		{"no moved or none", []Entry{a}, []Entry{with(a, func(e *Entry) { e.Moved = []Moved{} })}, ""},
	} {
		if got := told(Diff(tt.before, tt.after)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestDiffOfTheSame: an order says nothing, and what one has that the other lacks is told once.
func TestDiffOfTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) []Entry {
			names := rapid.SliceOf(rapid.SampledFrom([]string{"a", "b", "c"})).Draw(t, label)
			out := make([]Entry, len(names))
			for i, n := range names {
				out[i] = changeable("", n, i)
			}
			return out
		}
		before, after := draw("before"), draw("after")
		turned := slices.Clone(before)
		slices.Reverse(turned)
		if got := told(Diff(before, turned)); got != "" {
			t.Fatalf("turned round: %s", got)
		}
		got := Diff(before, after)
		n := len(after) - len(before)
		for _, d := range got {
			switch d.Change {
			case New:
				n--
			case Gone:
				n++
			default:
				t.Fatalf("%s", told(got))
			}
		}
		if n != 0 {
			t.Fatalf("%s does not lead from %d to %d entries", told(got), len(before), len(after))
		}
	})
}
