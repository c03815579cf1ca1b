package picture

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/risk"
	"vigil/internal/safetext"
)

// TestNothingIsKnownWhileFilesAreRead: a source that can answer for everything answers for nothing until all files are
// read, and for everything from then on.
func TestNothingIsKnownWhileFilesAreRead(t *testing.T) {
	b := newBench(t)
	b.watched()
	b.say("radio", record("a", occurred(when(t, "2026-11-20T10:00:00Z"))))
	b.store.SetDesk(Desk{Reading: safetext.Const("still reading the files")})
	v := b.view()
	c := b.mali()
	if !v.Unread() || v.Ahead() || c.Coverage.State != health.Reading || len(c.Coverage.Unseen()) > 0 {
		t.Errorf("unread %t, ahead %t, %s, unseen %v", v.Unread(), v.Ahead(), c.Coverage.State, c.Coverage.Unseen())
	}
	if c.Day.Sure != 1 || c.Day.Known || c.Month.Known || c.Outcomes.Known || c.Hazards.Known || c.Trend.Known || c.Estimate.Known {
		t.Errorf("known: %+v", c)
	}
	for _, e := range c.Estimate.Categories {
		if e.Why != risk.BeingRead {
			t.Errorf("%v is not known because of %v", e.Threat, e.Why)
		}
	}
	if blind, partial := v.Blindness(); blind+partial > 0 {
		t.Errorf("%d blind, %d partial", blind, partial)
	}
	b.store.SetDesk(Desk{})
	if c := b.mali(); c.Coverage.State != health.Covered || !c.Day.Known || !c.Estimate.Known || b.view().Unread() {
		t.Errorf("after the reading: %s, %+v, %+v", c.Coverage.State, c.Day, c.Estimate)
	}
}

// TestSuccession: the incidents of a picture made ahead are found again by identity, those that another stands for by that.
func TestSuccession(t *testing.T) {
	ahead := NewStore(Options{Ahead: true, Risk: risk.Default(), Countries: []CountryOption{{country.MLI}}})
	before := &bench{t: t, store: ahead, gen: map[string]uint64{}, said: map[string]int{}, at: now}
	before.begin("radio")
	b := newBench(t)
	for n := range 5 {
		b.say("radio", record(fmt.Sprint("old-", n)))
	}
	for n := range 3 {
		i := record(fmt.Sprint("tail-", n))
		before.say("radio", i)
		if n > 0 {
			b.say("radio", i)
		}
	}
	p := ahead.Publish(now)
	if v := b.view(); v.p.successors != nil {
		t.Error("it succeeds something")
	}
	b.store.Succeed(p)
	v := b.view()
	got := map[string]string{}
	for id := range p.For(DutyOfficer).Incidents() {
		now, ok := v.Successor(id)
		got[p.For(DutyOfficer).Identity(id).ID.String()] = v.Identity(now).ID.String()
		if !ok && now != 0 {
			t.Errorf("%d has no successor, which is %d", id, now)
		}
	}
	if diff := cmp.Diff(map[string]string{"tail-0": "", "tail-1": "tail-1", "tail-2": "tail-2"}, got); diff != "" {
		t.Error(diff)
	}
	if _, ok := v.Successor(0); ok {
		t.Error("no incident has a successor")
	}
}

// TestDescribedKeepsThePicture: with another word of the desk, and its tails.
func TestDescribedKeepsThePicture(t *testing.T) {
	s := NewStore(Options{Ahead: true, Risk: risk.Default(), Desk: Desk{Name: safetext.Const("a"), Exercise: true}})
	s.SetDesk(Desk{Tails: []Tail{{File: safetext.Const("f"), Records: 3}}})
	p := s.Publish(now)
	d := p.Described(Desk{Name: safetext.Const("b"), Reading: safetext.Const("12 %")}).For(DutyOfficer).Desk()
	if d.Name.String() != "b" || !d.Exercise || d.Reading.String() != "12 %" || len(d.Tails) != 1 {
		t.Errorf("%+v", d)
	}
	if was := p.For(DutyOfficer).Desk(); was.Reading.String() != "" {
		t.Error("the picture itself was changed")
	}
}

// TestASourceThatIsNotReadYetHasNoState: what the intake remembers of it says nothing of whether it speaks today.
func TestASourceThatIsNotReadYetHasNoState(t *testing.T) {
	b := newBench(t)
	b.store.SetDesk(Desk{Reading: safetext.Const("still reading the files")})
	b.store.Observe("radio", health.Facts{LastAttempt: now, LastSuccess: now, ContentTime: now})
	states := b.view().States()
	if states[health.Never] != 0 || states[health.Live] != 1 || !b.source("whole").Unread || b.source("radio").Unread {
		t.Errorf("while files are read: %v", states)
	}
	b.store.SetDesk(Desk{})
	if states := b.view().States(); states[health.Never] != 2 || b.source("whole").Unread {
		t.Errorf("after that: %v", states)
	}
}
