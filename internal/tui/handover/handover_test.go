package handover

import (
	"strings"
	"testing"
	"time"

	"vigil/internal/action"
	"vigil/internal/duty"
	opened "vigil/internal/handover"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

// desk is the desk on duty of which Oscar has the watch, with what the entries say beside.
func desk(t *testing.T, entries ...duty.Body) picture.View {
	t.Helper()
	v, _ := signed(t, 0, entries...)
	return v
}

// signed is that desk, of which Oscar signed what was open when the entries before had been written; those after come later.
func signed(t *testing.T, before int, entries ...duty.Body) (v picture.View, offer string) {
	t.Helper()
	d, l := tuitest.OnDutyLog()
	l.Say(8*time.Hour+32*time.Minute, "Oscar", &duty.Watch{Act: duty.WatchTaken, Holder: duty.Words("Oscar")})
	for i, b := range entries {
		if i == before && before > 0 {
			offer = l.Say(90*time.Second, "Oscar", opened.Offer(l.On(d).View(), tuitest.Now.Add(-90*time.Second), duty.Words("Oscar"), duty.Words("Kidal radio is weak after dusk.")))
		}
		if a, is := b.(*duty.Answer); is && a.Offer == "" {
			a.Offer = offer
		}
		l.Say(time.Duration(len(entries)-i)*10*time.Second, "Papa", b)
	}
	return l.On(d).View(), offer
}

func answer(v duty.Verdict, why string, items ...int) *duty.Answer {
	return &duty.Answer{Items: items, Verdict: v, Reason: duty.Words(why)}
}

func TestGoldens(t *testing.T) {
	outgoing := desk(t)
	tuitest.Goldens(t, "outgoing", outgoing, func() screen.Screen { return New() })
	incoming, _ := signed(
		t, 1, &duty.Note{Text: duty.Words("Both gates of the compound checked.")},
		answer(duty.ItemAccepted, "", 1), answer(duty.ItemDeclined, "nobody was told yet", 2), answer(duty.ItemDeclined, "x", 3), answer(duty.ItemSignedOff, "asked again", 3),
		&duty.Note{Text: duty.Words("Convoy heard by HF: crew safe."), Significant: true},
		&duty.Ack{Alarm: "entry-11", Owner: duty.Words("Papa"), Reason: duty.Words("on it"), Until: tuitest.Now.Add(time.Hour)},
	)
	tuitest.Goldens(t, "incoming", incoming, func() screen.Screen { return New() })
	small := tuitest.Frame(t, tuitest.Empty().View(), tuitest.Sizes[0])
	tuitest.Golden(t, "empty", New().Lines(small))
	nobody := tuitest.Frame(t, tuitest.OnDuty().View(), tuitest.Sizes[0])
	tuitest.Golden(t, "nobody", New().Lines(nobody))
}

func TestContract(t *testing.T) {
	tuitest.Walk(t, func() screen.Screen { return New() })
}

// TestTheOutgoingSeesEachItem: it can be signed only when the cursor has gone over every item, as it stands now.
func TestTheOutgoingSeesEachItem(t *testing.T) {
	f := tuitest.Frame(t, desk(t), tuitest.Sizes[0])
	s := New()
	s.Arrived(f)
	s.Lines(f)
	n := len(opened.Things(opened.Open(f.View, f.Now)))
	for i := range n {
		if why := s.Cannot(keys.HandSign, f); !strings.Contains(why, "not seen yet") {
			t.Fatalf("after %d of %d it can be signed: %q", i, n, why)
		}
		s.Key(keys.HandSeen, f)
		s.Lines(f)
	}
	if ask := s.Key(keys.HandSign, f); ask.Prefill != "offer " {
		t.Errorf("signing asks for %+v", ask)
	}
	// An item that changed since is to be seen again.
	later := tuitest.Frame(t, desk(t, &duty.Ack{Alarm: "entry-11", Owner: duty.Words("Oscar"), Reason: duty.Words("on it"), Until: tuitest.Now.Add(time.Hour)}), tuitest.Sizes[0])
	s.Arrived(later)
	if why := s.Cannot(keys.HandSign, later); !strings.Contains(why, "not seen yet") {
		t.Errorf("an item changed: %q", why)
	}
	if ask := s.Key(keys.HandAccept, f); ask.Do != nil || !strings.Contains(ask.Say, "nothing is signed yet") {
		t.Errorf("accepting what is not signed: %+v", ask)
	}
}

// TestOnTheConsoleOfTheOutgoing the keys of the incoming do nothing, however the call sign is written.
func TestOnTheConsoleOfTheOutgoing(t *testing.T) {
	v, _ := signed(t, 1, &duty.Note{Text: duty.Words("EXERCISE")}, answer(duty.ItemDeclined, "x", 1))
	f := tuitest.Frame(t, v, tuitest.Sizes[0])
	for who, may := range map[string]bool{"": true, "Papa": true, "Oscar": false, "oscar ": false} {
		s := New()
		f.Who = safetext.Clean(who)
		s.Arrived(f)
		s.Lines(f)
		for _, id := range []keys.ID{keys.HandAccept, keys.HandDecline} {
			if why := s.Cannot(id, f); (why == "") != may || why != "" && !strings.Contains(why, "Oscar hands over: who takes over") {
				t.Errorf("%q, %v: %q", who, id, why)
			}
		}
		if ask := s.Key(keys.HandAccept, f); (ask.Do == nil) == may {
			t.Errorf("%q accepts: %+v", who, ask)
		}
	}
}

// TestTheIncomingAnswersEachItem: a accepts the item under the cursor and goes to the next that waits; s signs once none does.
func TestTheIncomingAnswersEachItem(t *testing.T) {
	v, offer := signed(t, 1, &duty.Note{Text: duty.Words("EXERCISE")}, &duty.Note{Text: duty.Words("later")})
	f := tuitest.Frame(t, v, tuitest.Sizes[0])
	s := New()
	s.Arrived(f)
	s.Lines(f)
	h := v.Duty().Handover()
	if h == nil || len(h.Items) < 3 {
		t.Fatalf("%+v", h)
	}
	for want := 1; want <= len(h.Items); want++ {
		r, _ := s.Key(keys.HandAccept, f).Do.(action.Record)
		b, ok := r.Body.(*duty.Answer)
		if !ok || b.Offer != offer || len(b.Items) != 1 || b.Items[0] != want || b.Verdict != duty.ItemAccepted {
			t.Fatalf("item %d: %+v", want, r.Body)
		}
		s.Lines(f)
	}
	if ask := New().Key(keys.HandDecline, f); ask.Prefill != "decline 1 " {
		t.Errorf("declining begins %+v", ask)
	}
	if ask := New().Key(keys.HandSignOff, f); !strings.Contains(ask.Say, "was not declined") {
		t.Errorf("signing off: %+v", ask)
	}
	if ask := New().Key(keys.HandSeen, f); !strings.Contains(ask.Say, "it is signed") {
		t.Errorf("seeing: %+v", ask)
	}
	if why := New().Cannot(keys.HandSign, f); !strings.Contains(why, "wait for an answer") {
		t.Errorf("signing with items open: %q", why)
	}
	all := make([]int, len(h.Items))
	for i := range all {
		all[i] = i + 1
	}
	v, _ = signed(t, 1, &duty.Note{Text: duty.Words("EXERCISE")}, answer(duty.ItemAccepted, "", all...))
	f = tuitest.Frame(t, v, tuitest.Sizes[0])
	if ask := New().Key(keys.HandSign, f); ask.Prefill != "sign " {
		t.Errorf("signing asks for %+v", ask)
	}
}

// TestNothingIsHandedOverInThePast: a picture of the past is looked at only.
func TestNothingIsHandedOverInThePast(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Past(), tuitest.Sizes[0])
	for _, id := range []keys.ID{keys.HandSeen, keys.HandAccept, keys.HandDecline, keys.HandSignOff, keys.HandSign} {
		if ask := New().Key(id, f); !strings.Contains(ask.Say, "of the past") {
			t.Errorf("%s: %+v", id, ask)
		}
	}
}
