package order

import (
	"slices"
	"strconv"
	"strings"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/handover"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// whole wants that the desk is read to its end: what is not read yet would be left out of what people sign.
func (l *line) whole() error {
	if l.view.Unread() || l.view.Ahead() {
		return saying.Errorf("the desk is not read to its end yet: what is open is not known")
	}
	return nil
}

// offer signs what is open.
func (l *line) offer() (action.Command, error) {
	if err := l.whole(); err != nil {
		return nil, err
	}
	by := l.onWatch()
	if by.IsZero() {
		return nil, saying.Errorf("nobody has the watch: take it, and hand it over then")
	}
	return action.Record{Body: handover.Offer(l.view, l.now, by, l.rest())}, nil
}

// waits is the handover that waits for the incoming.
func (l *line) waits() (*duty.Handover, error) {
	if h := l.view.Duty().Handover(); h != nil {
		return h, nil
	}
	return nil, saying.Errorf("no handover waits: the outgoing signs first, with offer")
}

// accept has items from now on.
func (l *line) accept() (action.Command, error) {
	h, err := l.waits()
	if err != nil {
		return nil, err
	}
	numbers, err := l.items(h, func(word string) bool { return word != "" })
	if err != nil {
		return nil, err
	}
	return action.Record{Body: &duty.Answer{Offer: h.ID, Items: numbers, Verdict: duty.ItemAccepted}}, nil
}

// items takes one item or more, for as long as the next word goes on with them, each once.
func (l *line) items(h *duty.Handover, more func(word string) bool) (numbers []int, err error) {
	for len(numbers) == 0 || more(l.peek()) {
		from, to, err := l.numbers(h)
		if err != nil {
			return nil, err
		}
		for n := from; n <= to; n++ {
			if !slices.Contains(numbers, n) {
				numbers = append(numbers, n)
			}
		}
	}
	return numbers, nil
}

// namesItems reports whether a word is a number, or from which number to which.
func namesItems(word string) bool {
	first, last, _ := strings.Cut(word, "-")
	const digits = "0123456789"
	return first != "" && strings.Trim(first, digits)+strings.Trim(last, digits) == ""
}

// decline leaves items with the outgoing: what follows their numbers is the reason.
func (l *line) decline() (action.Command, error) {
	h, err := l.waits()
	if err != nil {
		return nil, err
	}
	numbers, err := l.items(h, namesItems)
	if err != nil {
		return nil, err
	}
	why, err := l.reason()
	if err != nil {
		return nil, err
	}
	return action.Record{Body: &duty.Answer{Offer: h.ID, Items: numbers, Verdict: duty.ItemDeclined, Reason: why}}, nil
}

// signoff is done with an item that was declined: by its number, and with that of its handover before it where several have such a one;
// else by that under which it stands in the handover that waits.
func (l *line) signoff() (action.Command, error) {
	if len(l.declined()) == 0 {
		return nil, saying.Errorf("nothing that was declined stays with anybody")
	}
	word := l.word()
	if word == "" {
		return nil, mistake(saying.Errorf("which item? each has a number"))
	}
	var mine, theirs []declined
	for _, d := range l.declined() {
		switch {
		case word != strconv.Itoa(d.item) && word != d.of.Called(d.item):
		case l.who.Name.IsZero() || duty.SameSign(d.of.From.String(), l.who.Name.String()):
			mine = append(mine, d)
		default:
			theirs = append(theirs, d)
		}
	}
	if len(mine) == 0 {
		mine = theirs // of which the book says whose they are
	}
	if len(mine) == 0 {
		mine = l.handedOn(word)
	}
	switch len(mine) {
	case 0:
		return nil, saying.Errorf("no item %q was declined: %s", safetext.CleanMax(word, 20).String(), called(l.declined()))
	case 1:
		d := mine[0]
		return action.Record{Body: &duty.Answer{Offer: d.of.ID, Entry: d.of.Entry, Items: []int{d.item}, Verdict: duty.ItemSignedOff, Reason: l.rest()}}, nil
	}
	return nil, saying.Errorf("item %s was declined in several handovers: %s", word, called(mine))
}

// handedOn is what was declined before and stands in the handover that waits, under a number of its own there.
func (l *line) handedOn(word string) []declined {
	h := l.view.Duty().Handover()
	n, err := strconv.Atoi(word)
	if h == nil || err != nil || n < 1 || n > len(h.Items) {
		return nil
	}
	of, item, ok := handover.Stays(h.Items[n-1].Key, l.view.Duty().Handovers())
	if !ok || !of.Items[item-1].Stays() {
		return nil
	}
	return []declined{{of, item}}
}

// declined is an item that stays with the outgoing, of a handover.
type declined struct {
	of   *duty.Handover
	item int
}

// declined lists all of them, those of the handover that waits last.
func (l *line) declined() []declined {
	book := l.view.Duty()
	of := book.Stays()
	if h := book.Handover(); h != nil {
		of = append(of, h)
	}
	var list []declined
	for _, h := range of {
		for _, i := range h.Declined() {
			list = append(list, declined{h, i.Number})
		}
	}
	return list
}

// called names items with whom they stay.
func called(list []declined) string {
	var words []string
	for _, d := range list {
		words = append(words, d.of.Called(d.item)+" stays with "+d.of.From.String())
	}
	return strings.Join(words, ", ")
}

// sign takes the watch.
func (l *line) sign() (action.Command, error) {
	if err := l.whole(); err != nil {
		return nil, err
	}
	h, err := l.waits()
	if err != nil {
		return nil, err
	}
	holder, err := l.onlySign("sign")
	if err != nil {
		return nil, err
	}
	return action.Record{Body: handover.Sign(l.view, l.now, h, holder)}, nil
}

// number takes the number of an item.
func (l *line) number(h *duty.Handover) (int, error) {
	word := l.word()
	if word == "" {
		return 0, mistake(saying.Errorf("which item? each has a number"))
	}
	n, err := strconv.Atoi(word)
	if err == nil && n >= 1 && n <= len(h.Items) {
		return n, nil
	}
	none := saying.Errorf("there is no item %q: they go from 1 to %d", safetext.CleanMax(word, 20).String(), len(h.Items))
	if err != nil { // whatever the handover has
		none = mistake(none)
	}
	return 0, none
}

// numbers takes a number of items, or from which to which; 7- goes to the last.
func (l *line) numbers(h *duty.Handover) (from, to int, err error) {
	first, last, isRange := strings.Cut(l.peek(), "-")
	if !isRange {
		n, err := l.number(h)
		return n, n, err
	}
	word := l.word()
	from, err = strconv.Atoi(first)
	if last == "" {
		last = strconv.Itoa(len(h.Items))
	}
	to, err2 := strconv.Atoi(last)
	if err != nil || err2 != nil || from < 1 || to > len(h.Items) || from > to {
		return 0, 0, saying.Errorf("%q are no items: they go from 1 to %d", safetext.CleanMax(word, 20).String(), len(h.Items))
	}
	return from, to, nil
}

// waiting lists the items that nobody has said anything to.
func (l *line) waiting(n int) []string {
	h := l.view.Duty().Handover()
	if h == nil || n < 1 {
		return nil
	}
	return numbered(h.Waiting())
}

// stays lists the items that were declined.
func (l *line) stays(n int) []string {
	if n != 1 {
		return nil
	}
	var words []string
	list := l.declined()
	for _, d := range list {
		word := strconv.Itoa(d.item)
		if slices.ContainsFunc(list, func(o declined) bool { return o.item == d.item && o.of.ID != d.of.ID }) {
			word = d.of.Called(d.item)
		}
		words = append(words, word)
	}
	return words
}

func numbered(items []*duty.Handed) []string {
	var words []string
	for _, i := range items {
		words = append(words, strconv.Itoa(i.Number))
	}
	return words
}
