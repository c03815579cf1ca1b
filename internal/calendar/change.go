package calendar

import (
	"reflect"

	"vigil/internal/incident"
)

// Change says what became of an entry.
type Change uint8

// The changes.
const (
	New       Change = iota // it is in the calendar since now
	Changed                 // it says something else
	Called                  // it was called off
	Completed               // what was waited for is done
	Gone                    // no file has it any more
	Waited                  // it is overdue since now
)

var changeWords = [...]string{"new", "changed", "cancelled", "done", "gone", "overdue"}

// String is the word used in JSON.
func (c Change) String() string { return changeWords[min(int(c), len(changeWords)-1)] }

// Difference is an entry that changed. Of one that is gone it is what it last said.
type Difference struct {
	Change Change
	Entry  *Entry
}

// Diff lists what became of the entries of before: first what is new or changed, in the order of after, then what is gone.
// Entries are the same by file and id, and without an id by their title; where they stand in a file is no part of them.
func Diff(before, after []Entry) []Difference {
	had := make(map[name][]int, len(before))
	for i := range before {
		n := nameOf(&before[i])
		had[n] = append(had[n], i)
	}
	var list []Difference
	for i := range after {
		e := &after[i]
		n := nameOf(e)
		was := had[n]
		if len(was) == 0 {
			list = append(list, Difference{New, e})
			continue
		}
		had[n] = was[1:] // several of one name are taken in their order
		old := &before[was[0]]
		switch {
		case e.says(old):
		case e.Cancelled && !old.Cancelled:
			list = append(list, Difference{Called, e})
		case e.Done && !old.Done:
			list = append(list, Difference{Completed, e})
		default:
			list = append(list, Difference{Changed, e})
		}
	}
	for i := range before {
		for _, left := range had[nameOf(&before[i])] {
			if left == i {
				list = append(list, Difference{Gone, &before[i]})
			}
		}
	}
	return list
}

// name is what tells entries apart.
type name struct{ file, id, title string }

func nameOf(e *Entry) name {
	n := name{file: e.Origin.File.String(), id: e.ID.String()}
	if n.id == "" {
		n.title = e.Title.String()
	}
	return n
}

// says reports whether two entries say the same, wherever they stand. A location is the same by its name.
func (e *Entry) says(o *Entry) bool {
	a, b := plain(*e), plain(*o)
	return zoneName(e.Zone) == zoneName(o.Zone) && reflect.DeepEqual(a, b)
}

func plain(e Entry) Entry {
	e.Origin = incident.Origin{}
	e.Zone.Location = nil
	moved := make([]Moved, len(e.Moved))
	copy(moved, e.Moved)
	for i := range moved {
		moved[i].Zone.Location = nil
	}
	e.Moved = moved
	return e
}

func zoneName(z Zone) string {
	if z.Location == nil {
		return ""
	}
	return z.Location.String()
}
