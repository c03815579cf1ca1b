package duty

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// Handover is what one watch hands to the next: what was open when the outgoing signed, and what was said to each of it. What was
// declined stays with the outgoing, also after the watch is somebody else's, until they sign it off.
type Handover struct {
	ID    string // of the entry that offers it
	Entry uint64 // its number in the log; 0 while it is not known
	At    time.Time
	From  safetext.Text // who hands over
	Items []Handed      // as they were signed, in that order; people call them by their number, from 1
	Notes safetext.Text // of the outgoing, on several lines
	// To is who took over by signing, at Signed, and Since what had come to be open by then; zero until somebody has.
	To     safetext.Text
	Signed time.Time
	Since  []Handed
	// Ended is when it came to nothing, and Why; zero if it did not.
	Ended time.Time
	Why   string
}

// Handed is one item of a handover.
type Handed struct {
	Number int // from 1
	Key    string
	Topic  safetext.Text
	Words  safetext.Text // as it stood when it was signed
	Alarm  string        // that somebody has, and who accepts has from then on: the id of the entry that raised it
	// Verdict is what was said last, by whom and when; empty while nobody has.
	Verdict Verdict
	At      time.Time
	By      safetext.Text
	Reason  safetext.Text
}

// Stays reports whether the item was declined and not signed off: it is the outgoing's.
func (i *Handed) Stays() bool { return i.Verdict == ItemDeclined }

// Called names one of its items among those of all handovers, such as 45.3: the third of what entry 45 of the log offers.
func (h *Handover) Called(item int) string {
	if h.Entry == 0 {
		return strconv.Itoa(item)
	}
	return strconv.FormatUint(h.Entry, 10) + "." + strconv.Itoa(item)
}

// isFrom reports whether it is somebody's who hands over.
func (h *Handover) isFrom(who safetext.Text) bool { return SameSign(h.From.String(), who.String()) }

// Open reports whether it can be signed by the incoming, or will be.
func (h *Handover) Open() bool { return h.Signed.IsZero() && h.Ended.IsZero() }

// Waiting lists the items that nobody has said anything to.
func (h *Handover) Waiting() []*Handed {
	return h.which(func(i *Handed) bool { return i.Verdict == "" })
}

// Declined lists the items that stay with the outgoing.
func (h *Handover) Declined() []*Handed { return h.which((*Handed).Stays) }

// Said counts the items to which a verdict was said last.
func (h *Handover) Said(v Verdict) int {
	return len(h.which(func(i *Handed) bool { return i.Verdict == v }))
}

func (h *Handover) which(is func(*Handed) bool) []*Handed {
	var list []*Handed
	for i := range h.Items {
		if is(&h.Items[i]) {
			list = append(list, &h.Items[i])
		}
	}
	return list
}

// Item is the item of a key.
func (h *Handover) Item(key string) (*Handed, bool) {
	i := slices.IndexFunc(h.Items, func(i Handed) bool { return i.Key == key })
	if i < 0 {
		return nil, false
	}
	return &h.Items[i], true
}

// Carries is the item here of which the answer stands of another one, in a handover that is signed anew: the same thing in the same words.
// What was declined stays so in whatever words it stands now, until somebody says something else to it.
func (h *Handover) Carries(item *Handed) (was *Handed, ok bool) {
	was, ok = h.Item(item.Key)
	ok = ok && was.Verdict != "" && (was.Verdict == ItemDeclined || was.Words == item.Words)
	return was, ok
}

// Handover is the handover that waits for the incoming; nil if none does.
func (b *Book) Handover() *Handover {
	if h := b.LastHandover(); h != nil && h.Open() {
		return h
	}
	return nil
}

// LastHandover is the last that was offered, whatever became of it; nil if none ever was.
func (b *Book) LastHandover() *Handover {
	if n := len(b.handovers); n > 0 {
		return b.handovers[n-1]
	}
	return nil
}

// Handovers are all of them, the first first.
func (b *Book) Handovers() []*Handover { return slices.Clone(b.handovers) }

// Stays are the handovers that were signed and of which something that was declined is not signed off, the first first.
func (b *Book) Stays() []*Handover {
	var list []*Handover
	for _, h := range b.handovers {
		if !h.Signed.IsZero() && len(h.Declined()) > 0 {
			list = append(list, h)
		}
	}
	return list
}

// handover is the handover of an offer, to be changed; nil if there is none.
func (d *Draft) handover(offer string) *Handover {
	i := slices.IndexFunc(d.b.handovers, func(h *Handover) bool { return h.ID == offer })
	if i < 0 {
		return nil
	}
	d.b.handovers = slices.Clone(d.b.handovers)
	h := *d.b.handovers[i]
	h.Items = slices.Clone(h.Items)
	d.b.handovers[i] = &h
	return &h
}

// endHandover ends the one that waits, if one does.
func (d *Draft) endHandover(at time.Time, why string) {
	if open := d.b.Handover(); open != nil {
		h := d.handover(open.ID)
		h.Ended, h.Why = at, why
	}
}

func handed(items []Item) []Handed {
	list := make([]Handed, len(items))
	for i := range items {
		list[i] = Handed{Number: i + 1, Key: items[i].Key, Topic: Words(items[i].Topic).Line(), Words: items[i].Words.Line(), Alarm: items[i].Alarm}
	}
	return list
}

func (d *Draft) offer(e *Entry, b *Offer) bool {
	if d.b.mayOffer(b) != nil {
		return false
	}
	items := handed(b.Items)
	if before := d.b.Handover(); before != nil && before.ID == b.Anew {
		for i := range items {
			if was, ok := before.Carries(&items[i]); ok {
				items[i].Verdict, items[i].At, items[i].By, items[i].Reason = was.Verdict, was.At, was.By, was.Reason
			}
		}
	}
	d.endHandover(e.At, "it was signed anew")
	d.b.handovers = append(slices.Clip(d.b.handovers), &Handover{ID: e.ID, Entry: e.Seq, At: e.At, From: b.By.Line(), Items: items, Notes: b.Notes.Safe()})
	return true
}

func (d *Draft) answer(e *Entry, b *Answer) bool {
	if d.b.mayAnswer(b) != nil {
		return false
	}
	h := d.handover(b.Offer)
	for _, n := range b.Items {
		i := &h.Items[n-1]
		i.Verdict, i.At, i.By, i.Reason = b.Verdict, e.At, e.By, b.Reason.Line()
	}
	return true
}

func (d *Draft) sign(e *Entry, b *Sign) bool {
	if d.b.maySign(b) != nil {
		return false
	}
	h := d.handover(b.Offer)
	h.To, h.Signed, h.Since = b.Holder.Line(), e.At, handed(b.Since)
	for i := range h.Items {
		if h.Items[i].Verdict == ItemAccepted {
			d.passOn(h.Items[i].Alarm, h, e)
		}
	}
	d.b.watch, d.b.watched = OnWatch{Holder: b.Holder.Line(), Since: e.At}, true
	return true
}

// passOn gives an alarm that the outgoing had to the incoming who accepted it, for as long as it was owned.
func (d *Draft) passOn(id string, h *Handover, e *Entry) {
	stands := d.b.alarms[id]
	if stands == nil || !stands.Open() {
		return
	}
	if k, owned := stands.Ack(e.At); owned && h.isFrom(k.Owner) {
		a := d.alarm(id)
		why := k.Said
		if why.IsZero() {
			why = saying.Text(k.Reason.String())
		}
		why = saying.Of("handed over by %s: %s", h.From, why)
		a.Acks = append(a.Acks, Acked{At: e.At, Until: k.Until, Owner: h.To, Reason: Words(why.String()).Line(), Said: why, By: e.By})
	}
}

// offered is the handover of an offer; nil if there is none.
func (b *Book) offered(id string) *Handover {
	if i := slices.IndexFunc(b.handovers, func(h *Handover) bool { return h.ID == id }); i >= 0 {
		return b.handovers[i]
	}
	return nil
}

// ActsBy is who does what an entry with this body says: by, where that is known, else whoever takes the watch with it, who says so.
func ActsBy(body Body, by safetext.Text) safetext.Text {
	if !by.IsZero() {
		return by
	}
	switch b := body.(type) {
	case *Sign:
		return b.Holder.Line()
	case *Watch:
		if b.Act == WatchTaken || b.Act == WatchTakenOver {
			return b.Holder.Line()
		}
	}
	return by
}

// MayBy is [Book.NotBy] as the error of what cannot be done.
func (b *Book) MayBy(body Body, by safetext.Text) error { return not(b.NotBy(body, by)) }

// NotBy says why somebody must not be the one who writes an entry with this body; empty if they may. Whoever hands over neither answers
// nor signs for the watch, nobody else signs off what stays with them, who takes over has answered, and who leaves the watch has it. Where it is not known who acts it objects to nothing.
func (b *Book) NotBy(body Body, by safetext.Text) error {
	if by.IsZero() {
		return nil
	}
	switch c := body.(type) {
	case *Offer:
		if !SameSign(c.By.Line().String(), by.String()) {
			return saying.Errorf("%s has the watch, and hands it over", c.By.Line())
		}
	case *Answer:
		switch h := b.offered(c.Offer); {
		case h == nil:
		case c.Verdict == ItemSignedOff && !h.isFrom(by):
			return saying.Errorf("it stays with %s, who signs it off", h.From)
		case c.Verdict != ItemSignedOff && h.isFrom(by):
			return saying.Errorf("%s hands over: who takes over accepts or declines", h.From)
		}
	case *Sign:
		h := b.offered(c.Offer)
		switch {
		case h == nil:
		case h.isFrom(by):
			return saying.Errorf("%s hands over: somebody else signs for the watch", h.From)
		default:
			return h.notTo(c.Holder.Line())
		}
	case *Watch:
		if c.Act == WatchLeft && b.watch.Held() && !SameSign(b.watch.Holder.String(), by.String()) {
			return saying.Errorf("%s has the watch, and leaves it: without them it is taken over, with a reason", b.watch.Holder)
		}
	}
	return nil
}

// notTo says why somebody must not sign for what others answered; nil if they may. Who answered where nobody said who is not known.
func (h *Handover) notTo(who safetext.Text) error {
	var others []string
	for i := range h.Items {
		switch it := &h.Items[i]; {
		case who.IsZero(), it.Verdict != ItemAccepted && it.Verdict != ItemDeclined, it.By.IsZero():
		case SameSign(it.By.String(), who.String()):
			return nil
		case !slices.ContainsFunc(others, func(o string) bool { return SameSign(o, it.By.String()) }):
			others = append(others, it.By.String())
		}
	}
	if len(others) == 0 {
		return nil
	}
	return saying.Errorf("%s answered: sign %s, or answer as %s first", strings.Join(others, ", "), others[0], who)
}

// mayOffer says why what is open cannot be handed over; empty if it can.
func (b *Book) mayOffer(o *Offer) error {
	switch {
	case !b.watch.Held():
		return saying.Errorf("nobody has the watch: it is taken, and then handed over")
	case !SameSign(b.watch.Holder.String(), o.By.Line().String()):
		return saying.Errorf("%s has the watch, and hands it over", b.watch.Holder)
	}
	return nil
}

// mayAnswer says why nothing of the kind can be said to items of a handover; empty if it can.
func (b *Book) mayAnswer(a *Answer) error {
	h := b.offered(a.Offer)
	switch {
	case h == nil:
		return saying.Errorf("there is no such handover")
	case !h.Ended.IsZero():
		return saying.Errorf("the handover came to nothing: %s", h.Why)
	case a.Verdict != ItemSignedOff && !h.Open():
		return saying.Errorf("%s has signed: what comes now is a note", h.To)
	}
	for _, n := range a.Items {
		if n < 1 || n > len(h.Items) {
			return saying.Errorf("it has no item %d: there are %d", n, len(h.Items))
		}
		item := &h.Items[n-1]
		switch {
		case a.Verdict == ItemSignedOff && !item.Stays():
			return saying.Errorf("item %d was not declined: only what stays with the outgoing is signed off", item.Number)
		case a.Verdict != ItemSignedOff && item.Verdict == ItemSignedOff:
			return saying.Errorf("item %d is signed off", item.Number)
		}
	}
	return nil
}

// maySign says why the watch cannot be signed for; empty if it can.
func (b *Book) maySign(s *Sign) error {
	h := b.Handover()
	switch {
	case h == nil || h.ID != s.Offer:
		return saying.Errorf("no such handover waits")
	case h.isFrom(s.Holder.Line()):
		return saying.Errorf("%s hands over: somebody else signs for the watch", h.From)
	}
	waiting := h.Waiting()
	if len(waiting) == 0 {
		return nil
	}
	var numbers []string
	for _, i := range waiting {
		numbers = append(numbers, fmt.Sprint(i.Number))
	}
	return saying.Errorf("no answer, accept or decline, to %d of %d items: %s", len(waiting), len(h.Items), strings.Join(numbers, " "))
}
