package events

import (
	"slices"

	"vigil/internal/picture"
)

// list is the incidents shown, newest first: all of a view, or those in ids. It stays as it is while the
// reader is inside; what each row says comes from the newest view all the same.
type list struct {
	view picture.View
	ids  []picture.ID
	some bool // ids decides
}

// whole lists all of v. A picture of the past leaves out what had not begun, so it is listed one by one.
func whole(v picture.View) list {
	if v.IsZero() || v.Live() {
		return list{view: v}
	}
	return list{view: v, ids: slices.Collect(v.Incidents()), some: true}
}

func (l *list) len() int {
	switch {
	case l.some:
		return len(l.ids)
	case l.view.IsZero():
		return 0
	default:
		return l.view.Len()
	}
}

func (l *list) at(i int) picture.ID {
	if l.some {
		return l.ids[i]
	}
	return l.view.At(i)
}

// index is where id stands. It is looked for from near on first, because what a picture adds is mostly little.
func (l *list) index(id picture.ID, near int) (int, bool) {
	const around = 64
	for i := max(0, near-around); i < min(l.len(), near+around); i++ {
		if l.at(i) == id {
			return i, true
		}
	}
	if l.some {
		i := slices.Index(l.ids, id)
		return max(0, i), i >= 0
	}
	if l.view.IsZero() {
		return 0, false
	}
	i := 0
	for other := range l.view.Incidents() {
		if other == id {
			return i, true
		}
		i++
	}
	return 0, false
}

// newest is the highest ID listed: IDs are given in the order of arrival.
func newest(ids []picture.ID) picture.ID {
	if len(ids) == 0 {
		return 0
	}
	return slices.Max(ids)
}

// after counts the IDs that came after id.
func after(ids []picture.ID, id picture.ID) int {
	n := 0
	for _, other := range ids {
		if other > id {
			n++
		}
	}
	return n
}
