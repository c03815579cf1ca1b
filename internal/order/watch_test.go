package order_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/order"
	"vigil/internal/picture"
	"vigil/internal/risk"
	"vigil/internal/safetext"
)

// TestCallSigns: one of several words is written in quotes, and what is not is refused with how it is written.
func TestCallSigns(t *testing.T) {
	for line, want := range map[string]string{
		`take "Alpha 1"`:                       "the watch was taken by Alpha 1",
		`take " Alpha  1 " `:                   "the watch was taken by Alpha 1",
		`takeover "Bravo 2" he collapsed`:      "the watch was taken over by Bravo 2: he collapsed",
		`takeover "Bravo" 2 men at the gate`:   "the watch was taken over by Bravo: 2 men at the gate",
		`takeover Bravo he said "no" at 14:00`: `the watch was taken over by Bravo: he said "no" at 14:00`,
	} {
		c, err := order.Parse(line, desk(), oscar, now)
		if err != nil {
			t.Errorf("%q: %v", line, err)
			continue
		}
		if got := strings.Join(strings.Fields(duty.Says(c.(action.Record).Body)), " "); got != want {
			t.Errorf("%q says %q, want %q", line, got, want)
		}
	}
	for line, want := range map[string]struct {
		column int
		says   string
	}{
		`take Alpha 1`:                  {12, `is the call sign Alpha 1? One of several words is written in quotes: take "Alpha 1"`},
		`take "Alpha 1" now`:            {16, `written in quotes: take "Alpha 1 now"`},
		`take "Alpha 1`:                 {6, `has no " behind it`},
		`take "Alpha"1`:                 {6, `followed by a blank`},
		`take ""`:                       {6, "the call sign is missing"},
		`takeover "" he collapsed`:      {10, "the call sign is missing"},
		`takeover Bravo 2 he collapsed`: {16, `write takeover "Bravo 2" REASON`},
		`takeover "Bravo 2"`:            {19, "the reason is missing"},
	} {
		_, err := order.Parse(line, desk(), oscar, now)
		var e *order.Error
		if !errors.As(err, &e) || e.Column != want.column || !strings.Contains(strings.ToLower(err.Error()), strings.ToLower(want.says)) {
			t.Errorf("%q: %v; want column %d, %q", line, err, want.column, want.says)
		}
	}
}

// TestLineOfAShell: a call sign that the shell gives as one argument stays one, and a reason is as it was typed.
func TestLineOfAShell(t *testing.T) {
	for _, tt := range []struct {
		word string
		args []string
		want string
	}{
		{"take", []string{"Alpha 1"}, `take "Alpha 1"`},
		{"take", []string{"Alpha", "1"}, "take Alpha 1"},
		{"take", []string{"Alpha"}, "take Alpha"},
		{"take", nil, "take "},
		{"take", []string{`"Alpha 1"`}, `take "Alpha 1"`},
		{"takeover", []string{"", "he collapsed"}, `takeover "" he collapsed`},
		{"takeover", []string{"Bravo 2", "he collapsed"}, `takeover "Bravo 2" he collapsed`},
		{"sign", []string{"Alpha 1"}, `sign "Alpha 1"`},
		{"ack", []string{"A1", "on it, calling"}, "ack A1 on it, calling"},
		{"offer", []string{"Kidal is weak"}, "offer Kidal is weak"},
	} {
		o, ok := order.Find(tt.word)
		if got := o.Line(tt.args); !ok || got != tt.want {
			t.Errorf("%s %q: %s, want %s", tt.word, tt.args, got, tt.want)
		}
	}
}

// handedOver is a desk on which item 1 was declined in a handover of Oscar (the first), in one of Papa (the second), and in another one of
// Papa (the fourth); item 2 only in the first. Quebec's waits, of which item 3 was declined.
func handedOver(t *testing.T) picture.View {
	t.Helper()
	d := duty.NewDraft()
	n := uint64(0)
	say := func(b duty.Body) string {
		n++
		id := strings.Repeat("e", int(n))
		d.Add(&duty.Entry{ID: id, Seq: n, At: now, Body: b})
		return id
	}
	words := duty.Words
	hand := func(from, to string, declined ...int) {
		id := say(&duty.Offer{By: words(from), Items: []duty.Item{{Key: "1", Topic: "t", Words: words("x")}, {Key: "2", Topic: "t", Words: words("x")}, {Key: "3", Topic: "t", Words: words("x")}}})
		if to == "" {
			say(&duty.Answer{Offer: id, Items: declined, Verdict: duty.ItemDeclined, Reason: words("x")})
			return
		}
		say(&duty.Answer{Offer: id, Items: []int{1, 2, 3}, Verdict: duty.ItemAccepted})
		if len(declined) > 0 {
			say(&duty.Answer{Offer: id, Items: declined, Verdict: duty.ItemDeclined, Reason: words("x")})
		}
		say(&duty.Sign{Offer: id, Holder: words(to)})
	}
	say(&duty.Watch{Act: duty.WatchTaken, Holder: words("Oscar")})
	hand("Oscar", "Papa", 1, 2)
	hand("Papa", "Romeo", 1)
	hand("Romeo", "Papa")
	hand("Papa", "Quebec", 1)
	hand("Quebec", "", 3)
	if b := d.Book(); b.Strange() != 0 || len(b.Stays()) != 3 {
		t.Fatalf("%d strange, %d stay", b.Strange(), len(b.Stays()))
	}
	s := picture.NewStore(picture.Options{Risk: risk.Default(), Desk: picture.Desk{Duty: d.Book()}})
	return s.Publish(now).For(picture.DutyOfficer)
}

// TestSignOff picks the item of who acts; where several are called the same it wants the number of the handover before it.
func TestSignOff(t *testing.T) {
	v := handedOver(t)
	handovers := v.Duty().Handovers()
	called := func(i, item int) string { return handovers[i].Called(item) }
	for _, tt := range []struct {
		by, line string
		of       int // -1 is refused
		says     string
	}{
		{"Oscar", "signoff 1 done", 0, ""},
		{"oscar", "signoff 1", 0, ""},
		{"Oscar", "signoff " + called(0, 1), 0, ""},
		{"Papa", "signoff 1", -1, called(1, 1) + " stays with Papa, " + called(3, 1) + " stays with Papa"},
		{"Papa", "signoff " + called(3, 1), 3, ""},
		{"", "signoff 1", -1, called(0, 1) + " stays with Oscar, " + called(1, 1) + " stays with Papa"},
		{"", "signoff " + called(1, 1) + " told since", 1, ""},
		{"", "signoff 2", 0, ""},
		{"", "signoff 3", 4, ""},
		{"Papa", "signoff 2", -1, "it stays with Oscar, who signs it off"},
		{"Papa", "signoff " + called(0, 1), -1, "it stays with Oscar"},
		{"", "signoff 7", -1, `no item "7" was declined: `},
		{"", "signoff", -1, "which item?"},
	} {
		c, err := order.Parse(tt.line, v, action.Actor{Name: safetext.Clean(tt.by)}, now)
		if tt.of < 0 {
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("%q by %q: %v, want %q", tt.line, tt.by, err, tt.says)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q by %q: %v", tt.line, tt.by, err)
			continue
		}
		if b := c.(action.Record).Body.(*duty.Answer); b.Offer != handovers[tt.of].ID || v.Duty().May(b, now) != nil {
			t.Errorf("%q by %q signs off %+v", tt.line, tt.by, b)
		}
	}
	if got, want := strings.Join(order.Next("signoff ", v, now), " "), strings.Join([]string{called(0, 1), "2", called(1, 1), called(3, 1), "3"}, " "); got != want {
		t.Errorf("what may follow: %s, want %s", got, want)
	}
}

// TestSignOffByTheNumberOfTheWaiting: what was declined before stands in the handover that waits under another number, which is the one that is read.
func TestSignOffByTheNumberOfTheWaiting(t *testing.T) {
	d := duty.NewDraft()
	n := uint64(0)
	say := func(b duty.Body) string {
		n++
		id := strings.Repeat("e", int(n))
		d.Add(&duty.Entry{ID: id, Seq: n, At: now, Body: b})
		return id
	}
	words := duty.Words
	say(&duty.Watch{Act: duty.WatchTaken, Holder: words("Oscar")})
	first := say(&duty.Offer{By: words("Oscar"), Items: []duty.Item{{Key: "1", Topic: "t", Words: words("x")}, {Key: "2", Topic: "t", Words: words("x")}}})
	say(&duty.Answer{Offer: first, Items: []int{1}, Verdict: duty.ItemAccepted})
	say(&duty.Answer{Offer: first, Items: []int{2}, Verdict: duty.ItemDeclined, Reason: words("x")})
	say(&duty.Sign{Offer: first, Holder: words("Papa")})
	say(&duty.Offer{By: words("Papa"), Items: []duty.Item{
		{Key: "1", Topic: "t", Words: words("x")}, {Key: "3", Topic: "t", Words: words("x")}, {Key: "stays " + first + " 2", Topic: "stays", Words: words("x")},
	}})
	s := picture.NewStore(picture.Options{Risk: risk.Default(), Desk: picture.Desk{Duty: d.Book()}})
	v := s.Publish(now).For(picture.DutyOfficer)
	for line, want := range map[string]string{
		"signoff 3 done": "[2] done", "signoff 2 done": "[2] done", "signoff 2.2 done": "[2] done", "signoff 1": `no item "1" was declined`, "signoff 4": `no item "4" was declined`,
	} {
		c, err := order.Parse(line, v, action.Actor{Name: safetext.Const("Oscar")}, now)
		got := fmt.Sprint(err)
		if err == nil {
			b := c.(action.Record).Body.(*duty.Answer)
			if got = fmt.Sprintf("%v %s", b.Items, b.Reason); b.Offer != first {
				t.Errorf("%q: of %s", line, b.Offer)
			}
		}
		if !strings.HasPrefix(got, want) {
			t.Errorf("%q: %s, want %s", line, got, want)
		}
	}
}

// TestTheOutgoingIsKnownInAnyCase to the typed orders, too.
func TestTheOutgoingIsKnownInAnyCase(t *testing.T) {
	v := handedOver(t)
	for line, want := range map[string]string{
		"accept 1": "Quebec hands over", "decline 1 no": "Quebec hands over", "sign Sierra": "somebody else signs",
	} {
		if _, err := order.Parse(line, v, action.Actor{Name: safetext.Const("quebec ")}, now); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", line, err, want)
		}
		if _, err := order.Parse(line, v, action.Actor{Name: safetext.Const("Sierra")}, now); err != nil && line != "sign Sierra" {
			t.Errorf("%q by another: %v", line, err)
		}
	}
}

// TestItemsAreDeclinedTogether: what stands behind their numbers is the reason, and there is one.
func TestItemsAreDeclinedTogether(t *testing.T) {
	v := handedOver(t)
	for line, want := range map[string]string{
		"decline 1 no":              "[1] no",
		"decline 1 3 not mine":      "[1 3] not mine",
		"decline 1 2-3 1 not mine":  "[1 2 3] not mine",
		"decline 2- not mine":       "[2 3] not mine",
		"decline 2 24h is too long": "[2] 24h is too long",
		"decline 2 -3 degrees":      "[2] -3 degrees",
		"decline 2 A-1 is not mine": "[2] A-1 is not mine",
		"decline 2 not 3":           "[2] not 3",
		"decline 1 3":               "the reason is missing",
		"decline 1 17 not mine":     `there is no item "17": they go from 1 to 3`,
		"decline 3-1 not mine":      `"3-1" are no items`,
		"decline not mine":          `there is no item "not"`,
		"decline":                   "which item?",
	} {
		c, err := order.Parse(line, v, action.Actor{Name: safetext.Const("Sierra")}, now)
		var got string
		if err != nil {
			got = err.Error()
		} else {
			b := c.(action.Record).Body.(*duty.Answer)
			got = fmt.Sprintf("%v %s", b.Items, b.Reason)
		}
		if !strings.HasPrefix(got, want) {
			t.Errorf("%q: %s, want %s", line, got, want)
		}
	}
}
