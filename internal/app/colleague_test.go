package app

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/exercise"
	"vigil/internal/journal"
	"vigil/internal/picture"
)

// theExercise is a desk of the exercise with its duty log, open in a console that rings.
func theExercise(t *testing.T) (*testDesk, *exercise.Scenario) {
	t.Helper()
	d := &testDesk{t: t, dir: t.TempDir(), clock: newWatch(time.Now().UTC()), rings: true}
	now := d.clock.now()
	scenario, err := exercise.Prepare(d.dir, now, 1)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time changes nothing
		if err := BeginDutyLog(t.Context(), d.options(), exercise.Night(now)); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := len(entries(t, d)), len(exercise.Night(now)); got != want {
		t.Fatalf("the log begins with %d entries, want %d", got, want)
	}
	return d.open(), scenario
}

// accompany has a colleague work at the desk, as fast as they can. What is returned ends it.
func accompany(t *testing.T, d *testDesk, c Colleague) (end func()) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	tick := time.NewTicker(5 * time.Millisecond)
	ended := make(chan error, 1)
	go func() { ended <- Accompany(ctx, d.options(), tick.C, c) }()
	return func() {
		t.Helper()
		tick.Stop()
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

func hasEntry(v picture.View, id string) bool {
	for i := range v.Duty().Len() {
		if v.Duty().At(i).ID == id {
			return true
		}
	}
	return false
}

// TestTheExerciseIsWorked plays the exercise to the end of the colleague's script: everything in it can be done at its time, and nothing of
// what stood in the log before rings a second time or ends by itself.
func TestTheExerciseIsWorked(t *testing.T) {
	d, scenario := theExercise(t)
	night := exercise.Night(d.clock.now())
	papa := exercise.NewColleague()
	acts := papa.Acts()
	end := accompany(t, d, papa)
	for _, id := range acts {
		d.await(id+" of the colleague", func(v picture.View) bool {
			if !v.Unread() && !hasEntry(v, id) {
				if err := scenario.Step(d.clock.now()); err != nil {
					t.Fatal(err)
				}
			}
			return hasEntry(v, id)
		})
	}
	end()
	d.close()

	book, ids := duty.NewDraft(), map[string]bool{}
	for _, e := range entries(t, d) {
		book.Add(&e)
		ids[e.ID] = true
		if e.By == exercise.Papa.Name && e.From.IsZero() {
			t.Errorf("%s does not say where from", e.ID)
		}
	}
	if book.Book().Strange() != 0 {
		t.Errorf("%d entries fit nothing that stands", book.Book().Strange())
	}
	own := map[string]bool{}
	for i := range night {
		own[night[i].ID] = true
	}
	about := func(b duty.Body) string {
		if r, is := b.(*duty.Raise); is {
			return r.Key
		}
		return duty.AlarmOf(b)
	}
	before := map[string]bool{}
	for i := range night {
		before[about(night[i].Body)] = true
	}
	for _, e := range entries(t, d) {
		_, raises := e.Body.(*duty.Raise)
		_, clears := e.Body.(*duty.Clear)
		if !own[e.ID] && (raises || clears) && before[about(e.Body)] {
			t.Errorf("%s: %s", e.ID, duty.Says(e.Body))
		}
	}
	log, err := OpenDutyLog(d.options())
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	if v, err := log.Verify(nil); err != nil || v.Head == (journal.Head{}) {
		t.Errorf("the log: %+v %v", v, err)
	}
}

// hesitant is a colleague who does nothing while the picture says so.
type hesitant struct {
	Colleague
	waits func(picture.View) bool
}

func (h hesitant) Next(step int, v picture.View, now time.Time) (e action.Envelope, ok bool) {
	if h.waits(v) {
		return e, false
	}
	return h.Colleague.Next(step, v, now)
}

// TestTheColleagueGivesWay: what the person at the console did first is not done again, and the colleague goes on with the rest.
func TestTheColleagueGivesWay(t *testing.T) {
	d, _ := theExercise(t)
	papa := exercise.NewColleague()
	acts := papa.Acts()
	end := accompany(t, d, hesitant{papa, func(v picture.View) bool {
		if !hasEntry(v, acts[1]) {
			return false
		}
		list := about(v, "R-"+acts[1])
		return len(list) == 0 || len(v.Duty().Flashes(duty.Subject{Alarm: list[0].ID})) == 0 // which the person does last
	}})
	v := d.await("an alarm for what the colleague was told", func(v picture.View) bool { return len(about(v, "R-"+acts[1])) > 0 })
	a := about(v, "R-"+acts[1])[0]
	for _, b := range []duty.Body{
		&duty.Ack{Alarm: a.ID, Owner: duty.Words("Oscar"), Reason: duty.Words("on it"), Until: d.clock.now().Add(time.Hour)},
		&duty.Told{Alarm: a.ID, Contact: "designated official", Channel: "mobile", Outcome: duty.ReadBack},
		&duty.Flash{Alarm: a.ID, Number: 1, Action: duty.Words("EXERCISE"), Next: d.clock.now().Add(time.Hour)},
	} {
		if err := d.s.Do(t.Context(), decision(action.Record{Body: b})); err != nil {
			t.Fatal(err)
		}
	}
	v = d.await("the next thing that is left to do", func(v picture.View) bool { return len(byPapa(v.Duty())) > 2 })
	end()
	d.close()
	if got := byPapa(v.Duty()); got[2] != acts[7] { // the adviser is told; all before is done
		t.Errorf("the colleague did %v, want %s after the report", got, acts[7])
	}
}

// byPapa are the ids of what the colleague did in the exercise.
func byPapa(b *duty.Book) (ids []string) {
	for i := range b.Len() {
		if e := b.At(i); e.By == exercise.Papa.Name && !strings.HasPrefix(e.ID, "exercise-") {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// stubborn asks for one thing over and over.
type stubborn struct {
	command action.Command
	asked   chan struct{}
}

func (s stubborn) Next(int, picture.View, time.Time) (action.Envelope, bool) {
	select {
	case s.asked <- struct{}{}:
	default:
	}
	return action.Envelope{ID: action.NewID(), Actor: exercise.Papa, Command: s.command}, true
}

// TestAccompanyEnds: what the desk refuses is passed over; what nobody can do there ends it with an error.
func TestAccompanyEnds(t *testing.T) {
	d := newDesk(t, "")
	for _, tt := range []struct {
		command action.Command
		fails   bool
	}{
		{action.Record{Body: &duty.Ack{Alarm: "none", Owner: duty.Words("Papa"), Reason: duty.Words("x"), Until: d.clock.now().Add(time.Hour)}}, false},
		{action.Refresh{}, true},
	} {
		ctx, stop := context.WithTimeout(t.Context(), patience)
		tick, asked, ended := make(chan time.Time), make(chan struct{}, 3), make(chan error, 1)
		go func() { ended <- Accompany(ctx, d.options(), tick, stubborn{tt.command, asked}) }()
		var err error
		for over := false; !over; {
			select {
			case tick <- time.Time{}:
				if len(asked) == cap(asked) {
					stop()
				}
			case err = <-ended:
				over = true
			}
		}
		stop()
		if len(asked) == 0 || errors.Is(err, action.ErrNotSupported) != tt.fails {
			t.Errorf("%s: asked %d times, %v", tt.command.Verb(), len(asked), err)
		}
	}
}
