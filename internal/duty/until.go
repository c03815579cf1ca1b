package duty

import "time"

// Until is the book as it stood at a time: what follows from the entries that were written by then.
func (b *Book) Until(t time.Time) *Book {
	late := func(e *Entry) bool { return e.At.After(t) }
	first := 0
	for first < len(b.entries) && !late(b.entries[first]) {
		first++
	}
	if first == len(b.entries) {
		return b
	}
	d := NewDraft()
	for _, e := range b.entries {
		if !late(e) { // clocks of consoles differ: an entry may stand behind one that is later than it
			d.Add(e)
		}
	}
	return d.Book()
}
