package alarm

import (
	"testing"
	"time"

	"vigil/internal/duty"
	"vigil/internal/incident"
)

// TestWhatIsTrueAfterAllRingsAgain, whoever owned or closed its alarm before somebody said otherwise.
func TestWhatIsTrueAfterAllRingsAgain(t *testing.T) {
	const again = "raise staff killed, abducted or missing (critical): MLI Gao shooting, 3 killed, confirmed, 1 source"
	closed := func(r *room, a *duty.Alarm) {
		r.person(&duty.Close{Alarm: a.ID, Reason: duty.Words("seen to")})
	}
	owned := func(r *room, a *duty.Alarm) { r.acknowledge(a, time.Hour) }
	for name, does := range map[string]func(*room, *duty.Alarm){"owned": owned, "closed": closed} {
		for said, otherwise := range map[string]edit{"refuted": verified(incident.Refuted), "nobody was killed": killed(0)} {
			t.Run(name+", "+said, func(t *testing.T) {
				r := opened(t)
				r.say("radio", r.shooting("a", killed(1)))
				r.look()
				a, _ := r.draft.Book().Find("A2")
				does(r, a)
				r.now = r.now.Add(time.Minute)
				r.say("radio", r.shooting("a", version(2), otherwise))
				r.look()
				if a, _ := r.draft.Book().Find("A2"); a.Open() {
					t.Fatal("its alarm is open")
				}
				r.now = r.now.Add(time.Minute)
				r.say("radio", r.shooting("a", version(3), killed(3), verified(incident.Confirmed)))
				if list := told(r.look()); len(list) == 0 || list[0] != again {
					t.Errorf("got %q, want %q first", list, again)
				}
				for _, line := range told(r.look()) {
					if line == again {
						t.Error("and once more")
					}
				}
			})
		}
	}
}

// TestThatTimePassedIsNoNews: what comes after 48 h of what rang and was seen to does not ring for being worded otherwise.
func TestThatTimePassedIsNoNews(t *testing.T) {
	r := opened(t)
	r.say("radio", r.shooting("a", killed(1)))
	r.look()
	r.now = r.now.Add(47 * time.Hour)
	for _, a := range r.draft.Book().Alarms(r.now) {
		r.acknowledge(a, duty.MaxAck)
	}
	r.now = r.now.Add(2 * time.Hour)
	r.alive("radio")
	expect(t, r.look(), "clear: 48 h have passed", "clear: 48 h have passed")
	r.say("radio", r.shooting("a", killed(1), version(2), ago(49*time.Hour)))
	expect(t, r.look())
}
