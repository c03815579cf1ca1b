package handover_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/calendar"
	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/handover"
	"vigil/internal/picture"
	"vigil/internal/profile"
	"vigil/internal/safetext"
	"vigil/internal/tui/tuitest"
)

// desk is the desk on duty with what the entries say beside, the last a minute ago.
func desk(entries ...duty.Body) picture.View {
	d, l := tuitest.OnDutyLog()
	l.Say(8*time.Hour, "Oscar", &duty.Watch{Act: duty.WatchTaken, Holder: duty.Words("Oscar")})
	for i, b := range entries {
		l.Say(time.Duration(len(entries)-i)*time.Minute, "Oscar", b)
	}
	l.On(d)
	p := &profile.Profile{Country: country.MustParse("MLI"), Tree: map[string][]profile.Step{"critical": {{"designated official"}}}, Contacts: []profile.Contact{{
		Function: safetext.Const("designated official"), Channels: []profile.Channel{{Kind: profile.Mobile, Number: profile.NumberOf(safetext.Const("EXERCISE 0001"))}},
	}}}
	p.Settle()
	d.Store.SetProfiles(profile.Set{p}, tuitest.Now.Add(-time.Hour))
	return d.View()
}

func words(v picture.View, topic string) string {
	for _, t := range handover.Open(v, tuitest.Now) {
		if t.Word == topic {
			var list []string
			for _, thing := range t.Things {
				list = append(list, thing.Words)
			}
			return strings.Join(list, " | ")
		}
	}
	return ""
}

// TestTopics: each kind of open thing stands under its topic, as long as it is open.
func TestTopics(t *testing.T) {
	const critical = "entry-11"
	at := tuitest.Now
	told := &duty.Told{Alarm: critical, Contact: "designated official", Channel: "mobile", Outcome: duty.ReadBack}
	claim := &duty.Claim{Alarm: critical, Holder: duty.Words("Oscar"), Until: at.Add(time.Hour)}
	flash := &duty.Flash{Alarm: critical, Number: 1, Confirmed: duty.Words("EXERCISE"), Next: at.Add(30 * time.Minute)}
	note := &duty.Note{Text: duty.Words("road is open"), Significant: true}
	for _, tt := range []struct {
		topic   string
		entries []duty.Body
		want    string
	}{
		{"alarms", nil, "A6 CRIT NOT ACKED since 2026-11-20 14:28Z"},
		{"alarms", nil, "A2 HIGH ENDED UNSEEN since 2026-11-20 11:32Z"},
		{"owned", nil, "A4 MED Oscar has it until 2026-11-20 14:52Z (link is down"},
		{"shelves", nil, "A3 MED SHELVED until 2026-11-20 18:32Z (airfield radio"},
		{"told", nil, "A6 CRIT told 0/1, next designated official"},
		{"told", []duty.Body{told, &duty.Reopen{Alarm: critical, Reason: duty.Words("refuted")}}, "TELL AGAIN: refuted"},
		{"claims", []duty.Body{claim}, "Oscar sees to A6 until 2026-11-20 15:32Z"},
		{"flash", []duty.Body{flash}, "flash 2 on A6, due 2026-11-20 15:02Z"},
		{"due", nil, "OVERDUE since"},
		{"sources", nil, "gdacs STALE since 2026-11-20 13:22Z"},
		{"levels", nil, "MLI Gao region official level 4 to 5, seen 2026-11-20 14:10Z"},
		{"notes", []duty.Body{&duty.Note{Text: duty.Words("first")}, note}, "SIGNIFICANT 2026-11-20 14:30Z Oscar, on A6: Convoy leader called by VHF: one vehicle at the checkpoint, the other missing. | SIGNIFICANT 2026-11-20 14:31Z Oscar: road is open | 2026-11-20 14:30Z Oscar: first"},
		{"events", []duty.Body{&duty.Close{Alarm: "entry-10", Reason: duty.Words("told to all")}}, "A5 HIGH closed at 2026-11-20 14:31Z: told to all"},
	} {
		if got := words(desk(tt.entries...), tt.topic); !strings.Contains(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.topic, got, tt.want)
		}
	}
	for topic, entries := range map[string][]duty.Body{
		"told": {told}, "claims": {claim, &duty.Claim{Alarm: critical, Holder: duty.Words("Oscar"), Released: true}},
		"flash": {flash, &duty.Flash{Alarm: critical, Number: 2, Confirmed: duty.Words("EXERCISE")}},
	} {
		if got := words(desk(entries...), topic); got != "" {
			t.Errorf("%s is over, and stands: %q", topic, got)
		}
	}
}

// TestNoNumberAndNoAge: what stands in the log for good has no telephone number, and is the same a minute later.
func TestNoNumberAndNoAge(t *testing.T) {
	v := desk()
	now, later := handover.Things(handover.Open(v, tuitest.Now)), handover.Things(handover.Open(v, tuitest.Now.Add(time.Minute)))
	if len(now) == 0 || !slices.EqualFunc(now, later, func(a, b handover.Thing) bool { return a.Key == b.Key && a.Words == b.Words }) {
		t.Errorf("%+v\n%+v", now, later)
	}
	for _, thing := range now {
		if strings.Contains(thing.Words, "0001") {
			t.Errorf("%s", thing.Words)
		}
	}
}

// TestMidnightChangesNothing: what was signed before reads the same after.
func TestMidnightChangesNothing(t *testing.T) {
	v := desk(&duty.Note{Text: duty.Words("road is open")}, &duty.Close{Alarm: "entry-10", Reason: duty.Words("told to all")})
	before := map[string]string{}
	for _, thing := range handover.Things(handover.Open(v, tuitest.Now)) {
		before[thing.Key] = thing.Words
	}
	same := 0
	for _, topic := range handover.Open(v, tuitest.Now.Add(10*time.Hour)) {
		if !slices.Contains([]string{"told", "sources", "blind", "levels", "events", "notes"}, topic.Word) {
			continue // acknowledgements and shelves have ended by then
		}
		for _, thing := range topic.Things {
			if same++; before[thing.Key] != thing.Words {
				t.Errorf("%s: %q, and was %q", thing.Key, thing.Words, before[thing.Key])
			}
		}
	}
	if same < 5 {
		t.Errorf("only %d are open still", same)
	}
}

// TestSameTitles: entries of one title are told apart by where and when they are, and lines that say the same can be handed over, too.
func TestSameTitles(t *testing.T) {
	d, l := tuitest.OnDutyLog()
	l.Say(8*time.Hour, "Oscar", &duty.Watch{Act: duty.WatchTaken, Holder: duty.Words("Oscar")})
	l.On(d)
	curfew := func(area string) calendar.Entry {
		at := tuitest.Now.Add(4 * time.Hour)
		return calendar.Entry{Title: safetext.Const("Curfew"), Kind: calendar.Curfew, Country: country.MLI, Area: safetext.Clean(area), Start: at, End: at.Add(time.Hour)}
	}
	d.Store.SetCalendar([]calendar.Entry{curfew("Gao"), curfew("Mopti"), curfew("Mopti")}, tuitest.Now.Add(-time.Hour))
	v := d.View()
	if got := words(v, "due"); strings.Count(got, "MLI curfew Curfew, Gao,") != 1 || strings.Count(got, "MLI curfew Curfew, Mopti,") != 2 {
		t.Errorf("due: %s", got)
	}
	offer := handover.Offer(v, tuitest.Now, duty.Words("Oscar"), duty.Text{})
	if err := offer.Check(); err != nil {
		t.Fatal(err)
	}
	book := duty.NewDraft()
	book.Add(&duty.Entry{ID: "w", At: tuitest.Now, Body: &duty.Watch{Act: duty.WatchTaken, Holder: duty.Words("Oscar")}})
	book.Add(&duty.Entry{ID: "o", At: tuitest.Now, Body: offer})
	open := handover.Things(handover.Open(v, tuitest.Now))
	if since := handover.Since(book.Book().Handover(), open); len(since) != 0 {
		t.Errorf("since: %+v", since)
	}
	for i, now := range handover.Stands(book.Book().Handover(), open) {
		if now.Thing == nil || now.Changed {
			t.Errorf("item %d: %+v", i+1, now)
		}
	}
}

// TestSignedAndSince: what is signed is what is open; what comes later stands apart, what ends is over, what changes says so.
func TestSignedAndSince(t *testing.T) {
	before := desk()
	offer := handover.Offer(before, tuitest.Now, duty.Words("Oscar"), duty.Words("notes"))
	if err := offer.Check(); err != nil {
		t.Fatal(err)
	}
	book := func(v picture.View) *duty.Handover {
		d := duty.NewDraft()
		d.Add(&duty.Entry{ID: "w", At: tuitest.Now, Body: &duty.Watch{Act: duty.WatchTaken, Holder: duty.Words("Oscar")}})
		d.Add(&duty.Entry{ID: "o", At: tuitest.Now, Body: offer})
		h := d.Book().Handover()
		if n := len(handover.Things(handover.Open(before, tuitest.Now))); h == nil || len(h.Items) != n {
			t.Fatalf("%d are open, and signed is %+v", n, h)
		}
		return h
	}
	if since := handover.Since(book(before), handover.Things(handover.Open(before, tuitest.Now))); len(since) != 0 {
		t.Errorf("since: %+v", since)
	}
	after := desk(
		&duty.Ack{Alarm: "entry-11", Owner: duty.Words("Papa"), Reason: duty.Words("on it"), Until: tuitest.Now.Add(time.Hour)},
		&duty.Close{Alarm: "entry-10", Reason: duty.Words("told")}, &duty.Note{Text: duty.Words("new")},
	)
	h, open := book(after), handover.Things(handover.Open(after, tuitest.Now))
	var changed, over []string
	for i, now := range handover.Stands(h, open) {
		switch {
		case now.Thing == nil:
			over = append(over, h.Items[i].Key)
		case now.Changed:
			changed = append(changed, h.Items[i].Key)
		}
	}
	var since []string
	for _, thing := range handover.Since(h, open) {
		since = append(since, thing.Topic)
	}
	if fmt.Sprint(changed, over, since) != "[alarm entry-11] [alarm entry-10] [events notes]" {
		t.Errorf("changed %v, over %v, since %v", changed, over, since)
	}
}

// TestItemsHold: whatever is open fits into an entry, and what does not is counted.
func TestItemsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		apart := rapid.SampledFrom([]int{1, 2, 700}).Draw(t, "how many of one key")
		n := rapid.SampledFrom([]int{0, 1, duty.MaxItems - 1, duty.MaxItems, duty.MaxItems + 1, 700}).Draw(t, "n")
		word := strings.Repeat(rapid.StringN(1, 30, 200).Draw(t, "words")+"é", rapid.IntRange(1, 100).Draw(t, "times"))
		var list []handover.Thing
		for i := range n {
			list = append(list, handover.Thing{Key: fmt.Sprint(word, " ", i/apart), Topic: "notes", Words: "w" + word})
		}
		items := handover.Items(list)
		offer := &duty.Offer{By: duty.Words("Oscar"), Items: items}
		if err := offer.Check(); err != nil {
			t.Fatal(err)
		}
		if n <= duty.MaxItems && len(items) != n {
			t.Fatalf("%d of %d", len(items), n)
		}
		if n > duty.MaxItems && !strings.Contains(items[len(items)-1].Words.String(), fmt.Sprintf("and %d more", n-duty.MaxItems+1)) {
			t.Fatalf("the last of %d says %q", n, items[len(items)-1].Words)
		}
	})
}
