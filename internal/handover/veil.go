package handover

import (
	"slices"
	"strings"

	"vigil/internal/duty"
	"vigil/internal/picture"
)

// restricted is all that is shown of an item about what became restricted after it was signed.
const restricted = "Restricted incident"

// Waiting is the handover that waits for the incoming, as it may be read; nil if none does.
func Waiting(v picture.View) *duty.Handover {
	if h := v.Duty().Handover(); h != nil {
		return Veiled(v, h)
	}
	return nil
}

// Veiled is a handover as it may be read: of an item about what is restricted by now nothing is left of the words with which it was
// signed. The log itself is never changed.
func Veiled(v picture.View, h *duty.Handover) *duty.Handover {
	copied := *h
	copied.Items, copied.Since = veiled(v, h.Items), veiled(v, h.Since)
	return &copied
}

func veiled(v picture.View, items []duty.Handed) []duty.Handed {
	items = slices.Clone(items)
	for i := range items {
		if Withheld(v, v.Duty(), items[i].Key) {
			items[i].Words = duty.Words(restricted).Line()
		}
	}
	return items
}

// Withheld reports whether an item is about what is restricted by now. Its key says what it is about: an alarm by its entry, a report by
// the name of the record, what was declined before by its item.
func Withheld(v picture.View, b *duty.Book, key string) bool {
	return withheld(v, b, key, b.Handovers())
}

// withheld looks for what was declined in these handovers.
func withheld(v picture.View, b *duty.Book, key string, before []*duty.Handover) bool {
	topic, about, _ := strings.Cut(key, " ")
	if a, ok := b.Alarm(about); ok {
		return !a.Raise.About().IsZero() && v.Withholds(a.Raise.About().Identity())
	}
	switch topic {
	case reportTopic:
		for n := range b.Incidents {
			if strings.HasPrefix(about, n.Authority.String()+"/"+n.ID.String()+" ") && v.Withholds(n) {
				return true
			}
		}
	case staysTopic:
		if of, n, ok := Stays(key, before); ok {
			return withheld(v, b, of.Items[n-1].Key, before[:slices.Index(before, of)]) // only ever further back
		}
	}
	return false
}
