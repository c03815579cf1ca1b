// Package handover is the screen by which one watch hands to the next, item by item; both sign.
//
// Before anything is signed it lists what is open, by topic: the outgoing goes through it, with space from one item to the next, and
// can sign once each was seen as it stands now. From then on it lists what was signed, as it was signed: the incoming accepts or
// declines each item, sees beside it what has changed since and what came since, and signs once nothing waits; then the watch is
// theirs. What was declined stays with the outgoing until they sign it off, also after that.
//
// On top, and always in sight, stand how far the handover is and the item under the cursor, whole.
package handover

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"vigil/internal/action"
	"vigil/internal/duty"
	opened "vigil/internal/handover"
	"vigil/internal/saying"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
)

// Screen is the handover.
type Screen struct {
	body   *page.Body
	holder string            // who has the watch, and went through what was seen
	seen   map[string]string // the words of things that the outgoing has gone through, by key
	// answered are items that were just answered and are not in the picture yet, by number.
	answered map[int]bool
	offer    string // the handover that answered is of
	at       string // the item that stands on top
	model    model
	of       modelOf
}

// modelOf is what a model was made for.
type modelOf struct {
	book *duty.Book
	now  time.Time
	live bool
}

// New shows the handover.
func New() *Screen {
	s := &Screen{seen: map[string]string{}, answered: map[int]bool{}}
	s.body = page.NewBody(split, s.draw)
	return s
}

// split leaves the items the whole width, up to a terminal that has room for more beside them.
func split(width int) []int {
	const wide = 200
	if width >= wide {
		return page.Split(width, 2)
	}
	return page.One(width)
}

// model is what the screen shows.
type model struct {
	watch  duty.OnWatch
	offer  *duty.Handover // that waits; nil while nothing is signed
	topics []opened.Topic // open now
	things []opened.Thing
	stands []opened.Now // of the items of the offer
	since  []opened.Thing
}

// take makes the model for a picture.
func (s *Screen) take(f screen.Frame) *model {
	book := f.View.Duty()
	of := modelOf{book, f.Now.Truncate(time.Second), f.View.Live()}
	if s.of == of && s.of.book != nil {
		return &s.model
	}
	m := model{topics: opened.OpenIn(f.Hand, f.View, f.Now), offer: opened.Waiting(f.View)}
	m.watch, _ = book.Watch()
	m.things = opened.Things(m.topics)
	if m.offer != nil {
		m.stands = opened.Stands(m.offer, m.things)
		m.since = opened.Since(m.offer, m.things)
	}
	if holder := m.watch.Holder.String(); !duty.SameSign(holder, s.holder) { // what another one went through this one has not
		clear(s.seen)
		s.holder = holder
	}
	if m.offer == nil || m.offer.ID != s.offer {
		clear(s.answered)
		s.offer = ""
		if m.offer != nil {
			s.offer = m.offer.ID
			s.start(m.offer)
		}
	}
	s.model, s.of = m, of
	return &s.model
}

// start puts the cursor on the first item that waits.
func (s *Screen) start(h *duty.Handover) {
	waiting := h.Waiting()
	if len(waiting) == 0 {
		return
	}
	s.at = itemKey + strconv.Itoa(waiting[0].Number)
	s.body.GoTo(waiting[0].Topic.String(), s.at)
	s.body.Forget()
}

// Scope is the part of the binding table that is in force.
func (s *Screen) Scope() keys.Scope { return keys.Hand }

// Title names the screen.
func (s *Screen) Title(f screen.Frame) string { return f.Say("Handover") }

// itemKey begins the keys of the lines of items that were signed, thingKey those of what is open.
const (
	itemKey  = "item "
	thingKey = "thing "
)

// item is the signed item under the cursor; nil if there is none.
func (s *Screen) item(m *model, f screen.Frame) *duty.Handed {
	l, ok := s.body.Selected(f)
	if !ok || m.offer == nil {
		return nil
	}
	n, err := strconv.Atoi(strings.TrimPrefix(l.Key, itemKey))
	if err != nil || n < 1 || n > len(m.offer.Items) {
		return nil
	}
	return &m.offer.Items[n-1]
}

// thing is the open thing under the cursor; nil if there is none.
func (s *Screen) thing(m *model, f screen.Frame) *opened.Thing {
	l, ok := s.body.Selected(f)
	key, is := strings.CutPrefix(l.Key, thingKey)
	if !ok || !is {
		return nil
	}
	for i := range m.things {
		if m.things[i].Key == key {
			return &m.things[i]
		}
	}
	return nil
}

// Key does what a binding asks for.
func (s *Screen) Key(id keys.ID, f screen.Frame) screen.Ask {
	if why := s.Cannot(id, f); why != "" {
		return screen.Ask{Say: why}
	}
	m := s.take(f)
	switch id {
	case keys.Note:
		return screen.Ask{Prefill: "note "}
	case keys.HandSeen:
		t := s.thing(m, f)
		s.seen[t.Key] = t.Words
		s.next(m, f)
		return screen.Ask{}
	case keys.HandAccept:
		i := s.item(m, f)
		s.answered[i.Number] = true
		s.next(m, f)
		return screen.Ask{Do: action.Record{Body: &duty.Answer{Offer: m.offer.ID, Items: []int{i.Number}, Verdict: duty.ItemAccepted}}}
	case keys.HandDecline:
		return screen.Ask{Prefill: "decline " + strconv.Itoa(s.item(m, f).Number) + " "}
	case keys.HandSignOff:
		return screen.Ask{Prefill: "signoff " + m.offer.Called(s.item(m, f).Number) + " "}
	case keys.HandSign:
		if m.offer == nil {
			return screen.Ask{Prefill: "offer "}
		}
		return screen.Ask{Prefill: "sign "}
	}
	ask, _ := s.body.Key(id, f)
	s.follow(f)
	return ask
}

// follow has the item on top follow the cursor.
func (s *Screen) follow(f screen.Frame) {
	if l, ok := s.body.Selected(f); ok && l.Key != s.at {
		s.at = l.Key
		s.body.Forget()
	}
}

// Cannot says why a binding cannot be used just now.
func (s *Screen) Cannot(id keys.ID, f screen.Frame) string {
	switch id {
	case keys.Note:
		return ""
	case keys.HandSeen, keys.HandAccept, keys.HandDecline, keys.HandSignOff, keys.HandSign:
	default:
		return s.body.Cannot(id, f)
	}
	m := s.take(f)
	switch {
	case !f.View.Live():
		return f.Say("this picture is of the past: nothing is handed over in it")
	case f.View.Unread() || f.View.Ahead():
		return f.Say("the desk is not read to its end yet: what is open is not known")
	case id == keys.HandSeen:
		return s.cannotSee(m, f)
	case id == keys.HandSign:
		return cmp.Or(s.cannotSign(m, f), notBy(m, f, &duty.Sign{}))
	case m.offer == nil:
		return f.Say("nothing is signed yet: who has the watch goes through the items and signs with s")
	}
	i := s.item(m, f)
	if i == nil {
		return f.Say("no item is under the cursor")
	}
	if why := notBy(m, f, &duty.Answer{Verdict: verdicts[id]}); why != "" {
		return why
	}
	switch {
	case id == keys.HandSignOff && !i.Stays():
		return f.Sayf("item %d was not declined: only what stays with the outgoing is signed off", i.Number)
	case id != keys.HandSignOff && i.Verdict == duty.ItemSignedOff:
		return f.Sayf("item %d is signed off", i.Number)
	case id == keys.HandAccept && i.Verdict == duty.ItemAccepted:
		return f.Sayf("item %d is accepted", i.Number)
	}
	return ""
}

// verdicts are what the keys say to an item.
var verdicts = map[keys.ID]duty.Verdict{keys.HandAccept: duty.ItemAccepted, keys.HandDecline: duty.ItemDeclined, keys.HandSignOff: duty.ItemSignedOff}

// notBy says why who is at the console must not be the one who says something to the handover that waits, or who signs or offers.
func notBy(m *model, f screen.Frame, body duty.Body) string {
	switch b := body.(type) {
	case *duty.Sign:
		if m.offer == nil {
			return saying.In(f, f.View.Duty().NotBy(&duty.Offer{By: duty.Words(m.watch.Holder.String())}, f.Who))
		}
		b.Offer = m.offer.ID
	case *duty.Answer:
		b.Offer = m.offer.ID
	}
	return saying.In(f, f.View.Duty().NotBy(body, f.Who))
}

func (s *Screen) cannotSee(m *model, f screen.Frame) string {
	switch {
	case m.offer != nil:
		return f.Say("it is signed: the incoming accepts with a, or declines with x")
	case s.thing(m, f) == nil:
		return f.Say("no item is under the cursor")
	}
	return ""
}

func (s *Screen) cannotSign(m *model, f screen.Frame) string {
	if m.offer != nil {
		if n := len(m.offer.Waiting()); n > 0 {
			return f.Forms(n, "item waits for an answer: a accepts, x declines", "items wait for an answer: a accepts, x declines")
		}
		return ""
	}
	if !m.watch.Held() {
		return f.Say("nobody has the watch: take it with :take CALLSIGN, then there is one to hand over")
	}
	if n := s.unseen(m); n > 0 {
		return f.Sayf("%s not seen yet: space goes to the next", f.Plural(n, "item"))
	}
	return ""
}

// unseen counts what the outgoing has not gone through as it stands now.
func (s *Screen) unseen(m *model) int {
	n := 0
	for i := range m.things {
		if !s.hasSeen(&m.things[i]) {
			n++
		}
	}
	return n
}

func (s *Screen) hasSeen(t *opened.Thing) bool {
	words, ok := s.seen[t.Key]
	return ok && words == t.Words
}

// next moves the cursor to the next item that waits, else leaves it.
func (s *Screen) next(m *model, f screen.Frame) {
	s.body.Forget()
	l, _ := s.body.Selected(f)
	var order []string // of the lines that the cursor may go to, in their order
	waits := map[string]string{}
	if m.offer == nil {
		for i := range m.things {
			key := thingKey + m.things[i].Key
			order = append(order, key)
			if !s.hasSeen(&m.things[i]) {
				waits[key] = m.things[i].Topic
			}
		}
	} else {
		for i := range m.offer.Items {
			it := &m.offer.Items[i]
			key := itemKey + strconv.Itoa(it.Number)
			order = append(order, key)
			if it.Verdict == "" && !s.answered[it.Number] {
				waits[key] = it.Topic.String()
			}
		}
	}
	at := 0
	for i, key := range order {
		if key == l.Key {
			at = i
		}
	}
	for k := range order {
		key := order[(at+k)%len(order)]
		if topic, ok := waits[key]; ok {
			s.body.GoTo(topic, key)
			s.at = key
			s.body.Forget()
			return
		}
	}
}

// Arrived takes a new picture in.
func (s *Screen) Arrived(f screen.Frame) {
	if !f.View.IsZero() {
		s.take(f)
	}
}

// Lines draws the screen.
func (s *Screen) Lines(f screen.Frame) []string {
	s.follow(f)
	return s.body.Lines(f)
}

// Click selects the line at a cell.
func (s *Screen) Click(x, y int, f screen.Frame) (hit, again bool) { return s.body.Click(x, y, f) }

// Linear is the screen as plain lines.
func (s *Screen) Linear(f screen.Frame) []string { return s.body.Linear(f) }

func (s *Screen) draw(f screen.Frame, widths []int) ([]page.Line, []page.Column) {
	columns := make([]page.Column, len(widths))
	for i, w := range widths {
		columns[i].Width = w
	}
	if f.View.IsZero() {
		w := page.NewWriter(f.Palette, widths[0], 0)
		w.Say(theme.Text, 0, f.Say("There is no picture yet."))
		columns[0].Sections = []page.Section{{Key: "none", Title: f.Say("HANDOVER"), Lines: w.Lines}}
		return nil, columns
	}
	d := &drawing{f: &f, s: s, m: s.take(f)}
	columns[0].Sections = d.sections(widths[0])
	beside := &columns[len(columns)-1]
	beside.Sections = append(beside.Sections, d.beside(beside.Width)...)
	return d.top(f.Width), columns
}
