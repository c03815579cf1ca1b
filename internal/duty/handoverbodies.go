package duty

import (
	"errors"
	"time"

	"vigil/internal/saying"
)

// Item is one open thing of a handover.
type Item struct {
	Key   string `json:"key"`   // of what is open: the same for as long as it is the same thing
	Topic string `json:"topic"` // such as alarms, told, shelves, sources
	Words Text   `json:"words"` // as it stood when it was signed
	// Alarm is the id of the entry that raised it, of one that somebody has: whoever accepts the item has it from then on.
	Alarm string `json:"alarm,omitzero"`
}

// MaxItems is how much a handover can hold: what is more is handed over in the words of one item, and counted.
const MaxItems = 500

func itemsOf(items []Item) error {
	if len(items) > MaxItems {
		return saying.Errorf("it has %d items, the most is %d", len(items), MaxItems)
	}
	seen := make(map[string]bool, len(items))
	for i := range items {
		switch it := &items[i]; {
		case it.Key == "" || it.Topic == "" || len(it.Key) > MaxShort || seen[it.Key]:
			return saying.Errorf("item %d: each has a key of its own and a topic", i+1)
		default:
			seen[it.Key] = true
			if err := required("the words", it.Words); err != nil {
				return saying.Errorf("item %d: %s", i+1, err)
			}
		}
	}
	return nil
}

// Offer is the outgoing's signature under what is open.
type Offer struct {
	By    Text   `json:"by_watch"` // who hands over
	Items []Item `json:"items"`
	Notes Text   `json:"notes,omitzero"`
	// Anew is the id of the offer that waited until then: what was said to its items is carried over, see [Handover.Carries].
	Anew string `json:"anew,omitzero"`
	// Of an offer that is signed anew: the items that carry over that they were accepted, or declined, and those that are new; by their
	// numbers.
	KeptAccepted []int `json:"kept_accepted,omitzero"`
	KeptDeclined []int `json:"kept_declined,omitzero"`
	New          []int `json:"new,omitzero"`
}

// Kind is "offer".
func (*Offer) Kind() Kind { return KindOffer }

// Check wants who hands over.
func (b *Offer) Check() error {
	return errors.Join(required("who hands over", b.By), itemsOf(b.Items), limited("the notes", b.Notes, MaxText))
}

// Verdict is what is said to an item of a handover.
type Verdict string

// The verdicts.
const (
	ItemAccepted  Verdict = "accepted"   // the incoming has it
	ItemDeclined  Verdict = "declined"   // it stays with the outgoing
	ItemSignedOff Verdict = "signed off" // of what was declined: the outgoing is done with it
)

// Answer says something to items of an offer.
type Answer struct {
	Offer   string  `json:"offer"` // the id of its entry
	Items   []int   `json:"items"` // by their numbers, from 1
	Verdict Verdict `json:"verdict"`
	Reason  Text    `json:"reason,omitzero"`
	// Entry is the number of the offer's entry, by which people call items of several handovers: 56.2. Entries of before have none.
	Entry uint64 `json:"entry,omitzero"`
}

// Kind is "answer".
func (*Answer) Kind() Kind { return KindAnswer }

// Check wants items, and a reason where they are declined.
func (b *Answer) Check() error {
	switch {
	case b.Offer == "" || len(b.Items) == 0 || len(b.Items) > MaxItems:
		return saying.Errorf("it names no item")
	case b.Verdict == ItemDeclined:
		return required("the reason", b.Reason)
	case b.Verdict == ItemAccepted || b.Verdict == ItemSignedOff:
		return short("the reason", b.Reason)
	}
	return saying.Errorf("%q is nothing that is said to an item", b.Verdict)
}

// Sign is the incoming's signature: the watch is theirs.
type Sign struct {
	Offer  string `json:"offer"`
	Holder Text   `json:"holder"`
	// Since is what came to be open after the offer was signed: the incoming has seen it, and has it.
	Since []Item `json:"since,omitzero"`
}

// Kind is "sign".
func (*Sign) Kind() Kind { return KindSign }

// Check wants an offer and a holder.
func (b *Sign) Check() error {
	if b.Offer == "" {
		return saying.Errorf("it names no handover")
	}
	return errors.Join(required("the call sign", b.Holder), itemsOf(b.Since))
}

// Claim says softly that somebody sees to something: it expires by itself, and stands in nobody's way.
type Claim struct {
	Alarm    string    `json:"alarm,omitzero"`    // the id of the entry that raised it: this,
	Incident Name      `json:"incident,omitzero"` // or this
	Holder   Text      `json:"holder"`
	Until    time.Time `json:"until,omitzero"`
	Released bool      `json:"released,omitzero"`
	// Instead is who saw to it until then, if that was somebody else.
	Instead Text `json:"instead,omitzero"`
}

// Kind is "claim".
func (*Claim) Kind() Kind { return KindClaim }

// Check wants a subject, a holder and an end.
func (b *Claim) Check() error {
	switch {
	case (b.Alarm == "") == b.Incident.IsZero():
		return saying.Errorf("it names an alarm or an incident")
	case b.Until.IsZero() != b.Released:
		return saying.Errorf("it has an end, or is let go of")
	case b.Alarm != "":
		return errors.Join(alarmed(b.Alarm), required("the call sign", b.Holder), short("the call sign before", b.Instead))
	}
	return errors.Join(named([]Name{b.Incident}, 1), required("the call sign", b.Holder), short("the call sign before", b.Instead))
}
