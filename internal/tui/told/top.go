package told

import (
	"slices"
	"time"

	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/profile"
)

const (
	// writing is for how long keys wait for an outcome to be seen in the log: pressed twice it would count for the next channel.
	writing = 5 * time.Second
	// glance is how long the call on top must have stood there before a key is taken to be about it.
	glance = 2 * time.Second
)

// top is which post stands on top: the one under the cursor, which goes with the next to call unless the reader chose another.
type top struct {
	on     string // the post
	chosen bool   // the reader went to it
	began  bool
	shown  call      // what stood there last
	moved  time.Time // when that changed, and not by the cursor; zero where it did not
	asked  time.Time // when an outcome was asked for
	asking *duty.Told
	known  int  // how much was on the sheet then
	leaves bool // the cursor goes on once that outcome is on the sheet
}

// call is what a key is about.
type call struct {
	post, contact, channel string
	heard                  duty.PostState // of who was told
}

func callOf(p *duty.Post) call {
	if p == nil {
		return call{}
	}
	c := call{post: p.Name}
	c.contact, c.channel = p.Spoken()
	if p.State.IsTold() {
		c.heard = p.State
	}
	return c
}

// current is the post that stands on top; nil where there is none.
func (t *top) current(sheet *duty.Sheet) *duty.Post {
	if next := sheet.Next(); next != nil && !t.chosen {
		return next
	}
	if i := slices.IndexFunc(sheet.Posts, func(p duty.Post) bool { return p.Name == t.on }); i >= 0 {
		return &sheet.Posts[i]
	}
	if next := sheet.Next(); next != nil {
		return next
	}
	if len(sheet.Posts) > 0 {
		return &sheet.Posts[0]
	}
	return nil
}

// see takes in what stands on the sheet now, and reports whether another call stands on top.
func (t *top) see(sheet *duty.Sheet, now time.Time) bool {
	if t.leaves && t.written(sheet) {
		t.chosen, t.leaves = false, false
	}
	p := t.current(sheet)
	c := callOf(p)
	if t.began && c == t.shown {
		return false
	}
	if t.began {
		t.moved = now
	}
	t.began, t.shown, t.on = true, c, c.post
	return true
}

// choose puts the post on top that the cursor was moved to, and reports whether that is another.
func (t *top) choose(sheet *duty.Sheet, name string) bool {
	if name == t.on {
		return false
	}
	next := sheet.Next()
	t.on, t.chosen, t.leaves, t.moved = name, next == nil || next.Name != name, false, time.Time{}
	t.shown = callOf(t.current(sheet))
	return true
}

// justMoved reports whether the call on top is another one than a moment ago, and not because the cursor was moved.
func (t *top) justMoved(sheet *duty.Sheet, now time.Time) bool {
	if !t.began {
		return false
	}
	return callOf(t.current(sheet)) != t.shown || !t.moved.IsZero() && now.Sub(t.moved) < glance
}

// ask is the entry of an outcome of the call on top.
func (t *top) ask(sheet *duty.Sheet, outcome duty.Outcome, now time.Time) *duty.Told {
	b := &duty.Told{Alarm: sheet.Alarm.ID, Outcome: outcome}
	b.Contact, b.Channel = t.current(sheet).Spoken()
	t.asking, t.known, t.asked = b, len(sheet.Alarm.Sheet), now
	t.leaves = outcome.IsTold() || outcome == duty.Refused
	return b
}

// written reports whether the outcome that was asked for is on the sheet. What others wrote meanwhile is not it.
func (t *top) written(sheet *duty.Sheet) bool {
	list := sheet.Alarm.Sheet
	return slices.ContainsFunc(list[min(t.known, len(list)):], func(e duty.Telling) bool {
		return e.Outcome == t.asking.Outcome && e.Channel == t.asking.Channel && profile.Fold(e.Contact) == profile.Fold(t.asking.Contact)
	})
}

// pending reports whether an outcome that was asked for is not on the sheet yet.
func (t *top) pending(sheet *duty.Sheet, now time.Time) bool {
	return t.asking != nil && now.Sub(t.asked) < writing && !t.written(sheet)
}

// words name the call that a key is about as the command line does.
func words(p *duty.Post) string {
	contact, channel := p.Spoken()
	if channel == "" {
		return contact
	}
	return contact + " " + channel
}

// called is whom the call is to, and by what, in the language, with how far it is where it knows already.
func called(p *duty.Post, h figure.Hand) string {
	contact, channel := p.Spoken()
	text := h.Function(contact)
	if channel != "" {
		text += " " + h.Channel(channel)
	}
	if p.State.IsTold() {
		text += ", " + h.Say(p.State.String())
	}
	return text
}
