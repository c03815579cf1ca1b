package alarm

import (
	"strconv"

	"vigil/internal/duty"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

// flashes are the flash reports of which a next one is due, read from the book as it grows.
type flashes struct {
	read int
	next map[string]*duty.Flash
}

// due lists the next flash reports that were promised. A later one of the same thing takes the place of the one before; one that
// promises none ends it.
func (f *flashes) due(b *duty.Book) []picture.Due {
	if b.Len() < f.read || f.next == nil {
		f.read, f.next = 0, map[string]*duty.Flash{}
	}
	for ; f.read < b.Len(); f.read++ {
		flash, is := b.At(f.read).Body.(*duty.Flash)
		if !is {
			continue
		}
		if key := subjectOf(flash); flash.Next.IsZero() {
			delete(f.next, key)
		} else {
			f.next[key] = flash
		}
	}
	var list []picture.Due
	for key, flash := range f.next {
		title := "flash " + strconv.Itoa(flash.Number+1)
		if a, ok := b.Alarm(flash.Alarm); ok {
			if !a.Open() {
				continue
			}
			title += " on " + a.Called()
		}
		list = append(list, picture.Due{Key: "flash " + key, Kind: "flash", Title: safetext.Clean(title), Start: flash.Next, End: flash.Next})
	}
	return list
}

// subjectOf is what flash reports are about.
func subjectOf(f *duty.Flash) string {
	switch {
	case f.Alarm != "":
		return f.Alarm
	case !f.Incident.IsZero():
		return f.Incident.Identity().Authority.String() + "/" + f.Incident.Identity().ID.String()
	default:
		return f.Country
	}
}
