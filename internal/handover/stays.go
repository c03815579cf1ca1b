package handover

import (
	"slices"
	"strconv"
	"strings"

	"vigil/internal/duty"
)

// staysKey is the key of an open thing that was declined in a handover.
func staysKey(h *duty.Handover, item int) string {
	return staysTopic + " " + h.ID + " " + strconv.Itoa(item)
}

// Stays finds what was declined before by the key of the open thing that it is: the item of one of these handovers. ok is false of every
// other thing.
func Stays(key string, before []*duty.Handover) (of *duty.Handover, item int, ok bool) {
	about, is := strings.CutPrefix(key, staysTopic+" ")
	id, number, _ := strings.Cut(about, " ")
	at := slices.IndexFunc(before, func(h *duty.Handover) bool { return h.ID == id })
	n, err := strconv.Atoi(number)
	if !is || at < 0 || err != nil || n < 1 || n > len(before[at].Items) {
		return nil, 0, false
	}
	return before[at], n, true
}
