package duty_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

func items(n int) []duty.Item {
	var list []duty.Item
	for i := range n {
		list = append(list, duty.Item{Key: fmt.Sprint("key ", i), Topic: "alarms", Words: duty.Words(fmt.Sprint("EXERCISE ", i))})
	}
	return list
}

// try says whether the book would take an entry, and writes it if it can be recorded at all: both must agree.
func (l *log) try(t *testing.T, b duty.Body) (id, why string) {
	t.Helper()
	may := l.draft.Book().May(b, l.at.Add(time.Minute))
	if b.Check() != nil {
		if may == nil {
			t.Fatalf("%s: may, and cannot be recorded: %v", b.Kind(), b.Check())
		}
		return "", may.Error()
	}
	before := l.draft.Book()
	id = l.say(b)
	if fits := l.draft.Book().Strange() == before.Strange(); fits != (may == nil) {
		t.Fatalf("%s: may %v, fits %t", b.Kind(), may, fits)
	}
	if may != nil {
		why = may.Error()
	}
	return id, why
}

func (l *log) take(holder string) {
	l.say(&duty.Watch{Act: duty.WatchTaken, Holder: duty.Words(holder)})
}

// TestHandover goes through a handover: what is signed, answered, declined, and stays.
func TestHandover(t *testing.T) {
	l := newLog(t)
	offer := func(by string, n int) *duty.Offer { return &duty.Offer{By: duty.Words(by), Items: items(n)} }
	if _, why := l.try(t, offer("Oscar", 3)); !strings.Contains(why, "nobody has the watch") {
		t.Error(why)
	}
	l.take("Oscar")
	if _, why := l.try(t, offer("Papa", 3)); !strings.Contains(why, "Oscar has the watch") {
		t.Error(why)
	}
	first, _ := l.try(t, offer("Oscar", 2))
	id, _ := l.try(t, offer("Oscar", 3))
	book := l.draft.Book()
	if h := book.Handover(); h == nil || h.ID != id || len(h.Waiting()) != 3 || h.From.String() != "Oscar" || len(book.Handovers()) != 2 || book.Handovers()[0].Why != "it was signed anew" {
		t.Fatalf("%+v", h)
	}
	for _, tt := range []struct {
		body duty.Body
		why  string
	}{
		{&duty.Answer{Offer: first, Items: []int{1}, Verdict: duty.ItemAccepted}, "came to nothing: it was signed anew"},
		{&duty.Answer{Offer: "nothing", Items: []int{1}, Verdict: duty.ItemAccepted}, "no such handover"},
		{&duty.Answer{Offer: id, Items: []int{4}, Verdict: duty.ItemAccepted}, "no item 4: there are 3"},
		{&duty.Answer{Offer: id, Items: []int{0}, Verdict: duty.ItemAccepted}, "no item 0"},
		{&duty.Answer{Offer: id, Items: []int{1}, Verdict: "perhaps"}, "nothing that is said"},
		{&duty.Answer{Offer: id, Items: []int{2}, Verdict: duty.ItemDeclined}, "the reason is missing"},
		{&duty.Answer{Offer: id, Items: []int{2}, Verdict: duty.ItemSignedOff}, "was not declined"},
		{&duty.Answer{Offer: id, Items: []int{1, 2}, Verdict: duty.ItemAccepted}, ""},
		{&duty.Answer{Offer: id, Items: []int{2}, Verdict: duty.ItemDeclined, Reason: duty.Words("nobody was told")}, ""},
		{&duty.Sign{Offer: id, Holder: duty.Words("Papa")}, "no answer, accept or decline, to 1 of 3 items: 3"},
		{&duty.Answer{Offer: id, Items: []int{3}, Verdict: duty.ItemDeclined, Reason: duty.Words("x")}, ""},
		{&duty.Answer{Offer: id, Items: []int{3}, Verdict: duty.ItemSignedOff, Reason: duty.Words("done")}, ""},
		{&duty.Answer{Offer: id, Items: []int{3}, Verdict: duty.ItemAccepted}, "item 3 is signed off"},
		{&duty.Sign{Offer: id, Holder: duty.Words("Oscar")}, "somebody else signs"},
		{&duty.Sign{Offer: first, Holder: duty.Words("Papa")}, "no such handover waits"},
		{&duty.Sign{Offer: id, Holder: duty.Words("Papa"), Since: items(1)}, ""},
		{&duty.Sign{Offer: id, Holder: duty.Words("Quebec")}, "no such handover waits"},
		{&duty.Answer{Offer: id, Items: []int{1}, Verdict: duty.ItemDeclined, Reason: duty.Words("x")}, "Papa has signed"},
	} {
		if _, why := l.try(t, tt.body); (why == "") != (tt.why == "") || !strings.Contains(why, tt.why) {
			t.Errorf("%s %+v: %q, want %q", tt.body.Kind(), tt.body, why, tt.why)
		}
	}
	now := l.draft.Book()
	w, _ := now.Watch()
	if w.Holder.String() != "Papa" || now.Handover() != nil {
		t.Errorf("%s has the watch", w.Holder)
	}
	stays := now.Stays()
	if len(stays) != 1 || len(stays[0].Declined()) != 1 || stays[0].Declined()[0].Number != 2 || len(stays[0].Since) != 1 {
		t.Fatalf("stays: %+v", stays)
	}
	if _, why := l.try(t, &duty.Answer{Offer: id, Items: []int{2}, Verdict: duty.ItemSignedOff, Reason: duty.Words("told since")}); why != "" {
		t.Error(why)
	}
	if stays := l.draft.Book().Stays(); len(stays) != 0 {
		t.Errorf("still stays: %+v", stays)
	}
	if len(now.Stays()) != 1 || len(book.Handover().Waiting()) != 3 {
		t.Error("an older book changed")
	}
}

// TestTakeoverEndsAHandover: what waits for the incoming comes to nothing when the watch goes another way.
func TestTakeoverEndsAHandover(t *testing.T) {
	for _, end := range []*duty.Watch{
		{Act: duty.WatchTakenOver, Holder: duty.Words("Papa"), Reason: duty.Words("Oscar does not answer")},
		{Act: duty.WatchLeft},
	} {
		l := newLog(t)
		l.take("Oscar")
		id := l.say(&duty.Offer{By: duty.Words("Oscar"), Items: items(1)})
		l.say(end)
		if _, why := l.try(t, &duty.Sign{Offer: id, Holder: duty.Words("Papa")}); why == "" || l.draft.Book().LastHandover().Why == "" {
			t.Errorf("after %s: %q", end.Act, why)
		}
		over, was := l.draft.Book().Takeover()
		if was != (end.Act == duty.WatchTakenOver) || was && (over.From.String() != "Oscar" || over.By.String() != "Papa" || over.ID == "") {
			t.Errorf("after %s: %+v", end.Act, over)
		}
	}
}

// TestEveryItemHasOneVerdict: whatever is said in whatever order, each item is waiting, accepted, declined or signed off, the numbers
// add up, and the watch changes only when nothing waits.
func TestEveryItemHasOneVerdict(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newLog(t)
		l.take("Oscar")
		n := rapid.IntRange(0, 6).Draw(t, "items")
		id := l.say(&duty.Offer{By: duty.Words("Oscar"), Items: items(n)})
		for range rapid.IntRange(0, 12).Draw(t, "steps") {
			verdict := rapid.SampledFrom([]duty.Verdict{duty.ItemAccepted, duty.ItemDeclined, duty.ItemSignedOff}).Draw(t, "verdict")
			var body duty.Body = &duty.Answer{Offer: id, Items: []int{rapid.IntRange(1, 7).Draw(t, "item")}, Verdict: verdict, Reason: duty.Words("r")}
			if rapid.IntRange(0, 5).Draw(t, "sign") == 0 {
				body = &duty.Sign{Offer: id, Holder: duty.Words("Papa")}
			}
			may := l.draft.Book().May(body, l.at)
			before := l.draft.Book().Strange()
			l.say(body)
			book := l.draft.Book()
			if (book.Strange() == before) != (may == nil) {
				t.Fatalf("%s: %v", duty.Says(body), may)
			}
			h := book.LastHandover()
			if len(h.Waiting())+len(h.Declined())+h.Said(duty.ItemAccepted)+h.Said(duty.ItemSignedOff) != n {
				t.Fatalf("items do not add up: %+v", h.Items)
			}
			if w, _ := book.Watch(); (w.Holder.String() == "Papa") != !h.Signed.IsZero() || !h.Signed.IsZero() && len(h.Waiting()) > 0 {
				t.Fatalf("%s has the watch: %+v", w.Holder, h)
			}
		}
	})
}

func TestClaims(t *testing.T) {
	l := newLog(t)
	alarm := l.raise(duty.High)
	name := incident.Identity{Authority: safetext.Const("radio"), ID: safetext.Const("R-1")}
	claim := func(holder string, d time.Duration) *duty.Claim {
		return &duty.Claim{Alarm: alarm, Holder: duty.Words(holder), Until: l.at.Add(d)}
	}
	for _, tt := range []struct {
		body *duty.Claim
		why  string
	}{
		{&duty.Claim{Holder: duty.Words("Oscar"), Until: l.at.Add(time.Hour)}, "names an alarm or an incident"},
		{&duty.Claim{Alarm: "nothing", Holder: duty.Words("Oscar"), Until: l.at.Add(time.Hour)}, "no such alarm"},
		{&duty.Claim{Alarm: alarm, Holder: duty.Words("Oscar")}, "has an end"},
		{&duty.Claim{Alarm: alarm, Holder: duty.Words("Oscar"), Released: true}, "nobody sees to it"},
		{claim("Oscar", 10*time.Hour), "at most 8 h"},
		{claim("Oscar", -time.Hour), "later than now"},
		{claim("Oscar", 2*time.Hour), ""},
		{claim("Papa", time.Hour), ""}, // the last word stands
		{&duty.Claim{Incident: duty.NameOf(name), Holder: duty.Words("Quebec"), Until: l.at.Add(time.Hour)}, ""},
	} {
		if _, why := l.try(t, tt.body); (why == "") != (tt.why == "") || !strings.Contains(why, tt.why) {
			t.Errorf("%+v: %q, want %q", tt.body, why, tt.why)
		}
	}
	book := l.draft.Book()
	c, ok := book.ClaimOfAlarm(alarm, l.at)
	of, is := book.ClaimOf(l.at, incident.Identity{}, name)
	if !ok || c.Holder.String() != "Papa" || !is || of.Holder.String() != "Quebec" || len(book.Claims(l.at)) != 2 {
		t.Errorf("%+v, %+v", c, of)
	}
	if _, ok := book.ClaimOfAlarm(alarm, c.Until); ok || len(book.Claims(l.at.Add(2*time.Hour))) != 0 {
		t.Error("a claim has no end")
	}
	l.say(&duty.Claim{Alarm: alarm, Holder: duty.Words("Papa"), Released: true})
	if _, ok := l.draft.Book().ClaimOfAlarm(alarm, l.at); ok {
		t.Error("it was let go of")
	}
	if _, ok := book.ClaimOfAlarm(alarm, l.at); !ok {
		t.Error("an older book changed")
	}
}

func TestVigilance(t *testing.T) {
	kolkata, err := time.LoadLocation("Asia/Kolkata") // half an hour off, so that a zone which is ignored shows
	if err != nil {
		t.Fatal(err)
	}
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, time.UTC) }
	usual := duty.UsualNight()
	local := usual
	local.Zone = kolkata
	noon := duty.Vigilance{Every: time.Hour, From: 12 * time.Hour, To: 14 * time.Hour}
	held := duty.OnWatch{Holder: safetext.Const("Oscar"), Since: at(20, 18, 0)}
	early := duty.OnWatch{Holder: held.Holder, Since: at(20, 8, 0)}
	for name, tt := range map[string]struct {
		v                   duty.Vigilance
		w                   duty.OnWatch
		attended, now, want time.Time
	}{
		"by day":                       {usual, held, time.Time{}, at(20, 21, 59), time.Time{}},
		"when the night begins":        {usual, held, at(20, 20, 0), at(20, 22, 0), at(20, 22, 0)},
		"attended late in the evening": {usual, held, at(20, 21, 30), at(20, 22, 29), time.Time{}},
		"an hour after that":           {usual, held, at(20, 21, 30), at(20, 22, 30), at(20, 22, 30)},
		"after midnight":               {usual, held, at(21, 1, 0), at(21, 2, 10), at(21, 2, 0)},
		"at the end of the night":      {usual, held, at(21, 1, 0), at(21, 6, 0), time.Time{}},
		"nobody has the watch":         {usual, duty.OnWatch{}, time.Time{}, at(21, 2, 0), time.Time{}},
		"the watch was just taken":     {usual, duty.OnWatch{Holder: held.Holder, Since: at(21, 1, 30)}, time.Time{}, at(21, 2, 0), time.Time{}},
		"by the clock of its zone":     {local, early, at(20, 10, 0), at(20, 16, 29), time.Time{}},
		"in its zone":                  {local, early, at(20, 10, 0), at(20, 16, 31), at(20, 16, 30)},
		"a night within a day":         {noon, held, at(20, 10, 0), at(21, 13, 0), at(21, 12, 0)},
		"never":                        {duty.Vigilance{}, held, time.Time{}, at(21, 2, 0), time.Time{}},
		"a key of a clock ahead":       {usual, held, at(21, 4, 0), at(21, 2, 0), at(20, 22, 0)},
		"taken by a clock ahead":       {usual, duty.OnWatch{Holder: held.Holder, Since: at(22, 4, 0)}, time.Time{}, at(21, 2, 0), at(20, 22, 0)},
		"and attended":                 {usual, duty.OnWatch{Holder: held.Holder, Since: at(22, 4, 0)}, at(21, 1, 30), at(21, 2, 0), time.Time{}},
		"a minute ahead":               {usual, held, at(21, 2, 1), at(21, 2, 0), time.Time{}},
	} {
		since, asks := tt.v.Check(tt.w, tt.attended, tt.now)
		if asks != !tt.want.IsZero() || asks && !since.Equal(tt.want) {
			t.Errorf("%s: asks %t since %s, want %s", name, asks, since, tt.want)
		}
		if _, silent := tt.v.Silent(tt.w, tt.attended, tt.now); silent != (asks && tt.now.Sub(since) >= duty.VigilanceGrace) {
			t.Errorf("%s: silent %t", name, silent)
		}
	}
}

// TestNightsAreWhole: at any time of a night a check is due at the latest an hour after it began, and by day never.
func TestNightsAreWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := duty.Vigilance{
			Every: time.Duration(rapid.IntRange(5, 120).Draw(t, "every")) * time.Minute,
			From:  time.Duration(rapid.IntRange(0, 1439).Draw(t, "from")) * time.Minute, To: time.Duration(rapid.IntRange(0, 1439).Draw(t, "to")) * time.Minute,
		}
		if v.From == v.To {
			t.Skip("no night")
		}
		minute := rapid.IntRange(0, 1439).Draw(t, "minute")
		at := time.Date(2026, 11, 21, 0, minute, 0, 0, time.UTC)
		of := time.Duration(minute) * time.Minute
		night := v.From < v.To && of >= v.From && of < v.To || v.From > v.To && (of >= v.From || of < v.To)
		since, asks := v.Check(duty.OnWatch{Holder: safetext.Const("Oscar"), Since: at.AddDate(0, 0, -3)}, time.Time{}, at)
		if asks != night || asks && (since.After(at) || at.Sub(since) >= 24*time.Hour) {
			t.Fatalf("%s of the night from %s to %s: asks %t since %s", of, v.From, v.To, asks, since)
		}
	})
}

// TestFunctionsToTell: functions that must know of an alarm of no country are on its told-sheet.
func TestFunctionsToTell(t *testing.T) {
	l := newLog(t)
	id := l.say(&duty.Raise{Rule: "r", Key: "k", Severity: duty.High, Words: duty.Words("EXERCISE"), Tell: []string{"security lead"}})
	s := duty.SheetOf(l.alarm(id), nil, l.at)
	if told, of := s.Figures(); told != 0 || of != 1 || s.None != "" || s.Next() == nil || s.Next().Name != "security lead" {
		t.Fatalf("%d of %d: %+v", told, of, s)
	}
	l.say(&duty.Told{Alarm: id, Contact: "Security Lead", Outcome: duty.Answered})
	if s := duty.SheetOf(l.alarm(id), nil, l.at); !s.Done() {
		t.Errorf("%+v", s)
	}
	if with := duty.SheetOf(l.alarm(id), callTree(), l.at); !slices.ContainsFunc(with.Posts, func(p duty.Post) bool { return p.Name == "security lead" && p.Needed }) {
		t.Errorf("%+v", with.Posts)
	}
}

// TestWhoMay: the outgoing neither answers nor signs, and nobody else signs off what stays with them.
func TestWhoMay(t *testing.T) {
	l := newLog(t)
	l.take("Oscar")
	id := l.say(&duty.Offer{By: duty.Words("Oscar"), Items: items(1)})
	book := l.draft.Book()
	answer := func(v duty.Verdict) *duty.Answer { return &duty.Answer{Offer: id, Items: []int{1}, Verdict: v} }
	for _, tt := range []struct {
		body duty.Body
		may  []string
		not  []string
		why  string
	}{
		{answer(duty.ItemAccepted), []string{"Papa", ""}, []string{"Oscar", "oscar "}, "who takes over accepts or declines"},
		{answer(duty.ItemDeclined), []string{"Papa", ""}, []string{"Oscar", "OSCAR"}, "who takes over accepts or declines"},
		{answer(duty.ItemSignedOff), []string{"Oscar", "oscar", ""}, []string{"Papa"}, "it stays with Oscar"},
		{&duty.Sign{Offer: id, Holder: duty.Words("Papa")}, []string{"Papa", "lead", ""}, []string{"Oscar", "oscar"}, "somebody else signs"},
		{&duty.Offer{By: duty.Words("Oscar")}, []string{"oscar", ""}, []string{"Papa"}, "Oscar has the watch"},
		{&duty.Note{Text: duty.Words("x")}, []string{"Oscar", "Papa", ""}, nil, ""},
	} {
		for _, by := range tt.may {
			if err := book.MayBy(tt.body, safetext.Clean(by)); err != nil {
				t.Errorf("%s by %q: %v", tt.body.Kind(), by, err)
			}
		}
		for _, by := range tt.not {
			if err := book.MayBy(tt.body, safetext.Clean(by)); !errors.Is(err, duty.ErrNot) || !strings.Contains(err.Error(), tt.why) {
				t.Errorf("%s by %q: %v, want %q", tt.body.Kind(), by, err, tt.why)
			}
		}
	}
}

// TestWhoHasAnAlarmAfterwards: what the incoming accepts is theirs for as long as it was the outgoing's; what was declined, or that of somebody
// else, stays; and after a takeover nobody has what the one had who does not answer.
func TestWhoHasAnAlarmAfterwards(t *testing.T) {
	l := newLog(t)
	l.take("Oscar")
	raise := func(key string) string {
		return l.say(&duty.Raise{Rule: "r", Key: key, Severity: duty.High, Words: duty.Words("EXERCISE")})
	}
	has := func(id string) string {
		if k, ok := l.alarm(id).Ack(l.at); ok {
			return k.Owner.String()
		}
		return "nobody"
	}
	accepted, declined, others := raise("a"), raise("b"), raise("c")
	until := l.at.Add(6 * time.Hour)
	for id, owner := range map[string]string{accepted: "oscar", declined: "Oscar", others: "Papa"} {
		l.say(&duty.Ack{Alarm: id, Owner: duty.Words(owner), Reason: duty.Words("on it"), Until: until})
	}
	list := items(3)
	list[0].Alarm, list[1].Alarm, list[2].Alarm = accepted, declined, others
	offer := l.say(&duty.Offer{By: duty.Words("Oscar"), Items: list})
	l.say(&duty.Answer{Offer: offer, Items: []int{1, 3}, Verdict: duty.ItemAccepted})
	l.say(&duty.Answer{Offer: offer, Items: []int{2}, Verdict: duty.ItemDeclined, Reason: duty.Words("x")})
	l.say(&duty.Sign{Offer: offer, Holder: duty.Words("Quebec")})
	if got := []string{has(accepted), has(declined), has(others)}; !slices.Equal(got, []string{"Quebec", "Oscar", "Papa"}) {
		t.Errorf("after the handover %q have them", got)
	}
	k, _ := l.alarm(accepted).Ack(l.at)
	if why := k.Why(aloud{saying.English}); !strings.HasPrefix(why, "HANDED OVER BY Oscar: ") || k.Why(saying.English) != k.Reason.String() {
		t.Errorf("it is owned because %q, in the log because %q", why, k.Reason)
	}
	if !k.Until.Equal(until) {
		t.Errorf("until %s, was %s", k.Until, until)
	}
	before := l.alarm(accepted).Occurrence(l.at)
	l.say(&duty.Watch{Act: duty.WatchTakenOver, Holder: duty.Words("Romeo"), Reason: duty.Words("Quebec collapsed")})
	if got := []string{has(accepted), has(declined), has(others)}; !slices.Equal(got, []string{"nobody", "Oscar", "Papa"}) {
		t.Errorf("after the takeover %q have them", got)
	}
	if l.alarm(accepted).Occurrence(l.at) <= before || !l.alarm(accepted).Rings(l.at) {
		t.Error("what nobody has any more does not ring")
	}
}
