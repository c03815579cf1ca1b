package duty

import (
	"maps"
	"slices"
)

// The kinds of entries of this version.
const (
	KindMerge    Kind = "merge"
	KindUnmerge  Kind = "unmerge"
	KindNote     Kind = "note"
	KindReport   Kind = "report"
	KindRaise    Kind = "raise"
	KindClear    Kind = "clear"
	KindEscalate Kind = "escalate"
	KindSend     Kind = "send"
	KindAck      Kind = "acknowledge"
	KindShelve   Kind = "shelve"
	KindUnshelve Kind = "unshelve"
	KindClose    Kind = "close"
	KindTold     Kind = "told"
	KindReopen   Kind = "reopen"
	KindFlash    Kind = "flash"
	KindWatch    Kind = "watch"
	KindOffer    Kind = "offer"
	KindAnswer   Kind = "answer"
	KindSign     Kind = "sign"
	KindClaim    Kind = "claim"
	KindRepair   Kind = "repair"
)

// kinds makes the body of each kind.
var kinds = map[Kind]func() Body{
	KindMerge:    func() Body { return new(Merge) },
	KindUnmerge:  func() Body { return new(Unmerge) },
	KindNote:     func() Body { return new(Note) },
	KindReport:   func() Body { return new(Report) },
	KindRaise:    func() Body { return new(Raise) },
	KindClear:    func() Body { return new(Clear) },
	KindEscalate: func() Body { return new(Escalate) },
	KindSend:     func() Body { return new(Send) },
	KindAck:      func() Body { return new(Ack) },
	KindShelve:   func() Body { return new(Shelve) },
	KindUnshelve: func() Body { return new(Unshelve) },
	KindClose:    func() Body { return new(Close) },
	KindTold:     func() Body { return new(Told) },
	KindReopen:   func() Body { return new(Reopen) },
	KindFlash:    func() Body { return new(Flash) },
	KindWatch:    func() Body { return new(Watch) },
	KindOffer:    func() Body { return new(Offer) },
	KindAnswer:   func() Body { return new(Answer) },
	KindSign:     func() Body { return new(Sign) },
	KindClaim:    func() Body { return new(Claim) },
	KindRepair:   func() Body { return new(Repair) },
}

// Kinds lists the kinds, by their words.
func Kinds() []Kind { return slices.Sorted(maps.Keys(kinds)) }

// New is an empty body of the kind; false where this version does not know it.
func New(k Kind) (Body, bool) {
	empty, ok := kinds[k]
	if !ok {
		return nil, false
	}
	return empty(), true
}
