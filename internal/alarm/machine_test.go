package alarm

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/alarm/rule"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// machine plays a desk: reports come, are put right and refuted, people do what they do, time passes, the collector is restarted.
type machine struct {
	*room
	reports []*incident.Incident
	raised  map[string]int // entries that raised or brought back an alarm, by key
}

func (m *machine) report(t *rapid.T) {
	i := m.shooting(fmt.Sprint("r", len(m.reports)), killed(rapid.IntRange(0, 2).Draw(t, "killed")), ago(time.Duration(rapid.SampledFrom([]int{0, 1, 30, 60, 300}).Draw(t, "hours ago"))*time.Hour))
	if rapid.Bool().Draw(t, "without words") { // which is merged with nothing
		i.Title = safetext.Text{}
	}
	m.reports = append(m.reports, i)
	m.say(rapid.SampledFrom([]string{"radio", "ngo"}).Draw(t, "source"), i)
}

func (m *machine) update(t *rapid.T) {
	if len(m.reports) == 0 {
		t.Skip("nothing was reported")
	}
	k := rapid.IntRange(0, len(m.reports)-1).Draw(t, "which")
	i := *m.reports[k]
	i.Version, i.Type = i.Version+1, incident.Update
	i.Affected = incident.Breakdown{{Population: incident.Known(incident.PopulationNGO), Outcome: incident.Known(incident.Killed), Count: rapid.IntRange(0, 2).Draw(t, "killed")}}
	i.Verification = incident.Known(rapid.SampledFrom([]incident.Verification{incident.Unconfirmed, incident.Confirmed, incident.Refuted}).Draw(t, "verification"))
	m.reports[k] = &i
	m.say("radio", &i)
}

// person does something that the book allows.
func (m *machine) officer(t *rapid.T) {
	open := m.draft.Book().Alarms(m.now)
	if len(open) == 0 {
		t.Skip("nothing is open")
	}
	a := rapid.SampledFrom(open).Draw(t, "alarm")
	d := time.Duration(rapid.IntRange(1, 90).Draw(t, "minutes")) * time.Minute
	switch rapid.IntRange(0, 2).Draw(t, "what") {
	case 0:
		m.acknowledge(a, d)
	case 1:
		if a.MayShelve(m.now, m.now.Add(d)) == nil {
			m.person(&duty.Shelve{Alarm: a.ID, Reason: duty.Words("known"), Until: m.now.Add(d)})
		}
	default:
		if !a.Cleared.IsZero() || a.Raise.Moment {
			m.person(&duty.Close{Alarm: a.ID, Reason: duty.Words("done")})
		}
	}
}

func (m *machine) wait(t *rapid.T) {
	m.now = m.now.Add(time.Duration(rapid.SampledFrom([]int{1, 5, 40, 800, 3000}).Draw(t, "minutes")) * time.Minute)
	if rapid.Bool().Draw(t, "radio is alive") {
		m.alive("radio")
	}
}

func (m *machine) restart(*rapid.T) { m.eval = NewEvaluator(m.rules) }

// check is what holds after each step: the collector looks, and what it then knows is in the book.
func (m *machine) check(t *rapid.T) {
	view, before := m.view(), m.draft.Book()
	ev := m.eval.Evaluate(view, before)
	steps := Step(&ev, m.rules, before, Manned{}, m.now)
	if again := Step(&ev, m.rules, before, Manned{}, m.now); !reflect.DeepEqual(steps, again) {
		t.Fatal("the same picture and book give other entries")
	}
	for _, b := range m.write(steps) {
		if raise, is := b.(*duty.Raise); is {
			m.raised[raise.Key]++
		}
	}
	book := m.draft.Book()
	covered := map[string]int{}
	for _, a := range book.Alarms(m.now) {
		for _, key := range membersOf(a.Raise.Key) {
			if a.Cleared.IsZero() {
				covered[key]++
			}
		}
		if _, mine := m.rules.Find(a.Raise.Rule); !mine && a.Raise.Rule != rule.Together {
			t.Fatalf("%s is of no rule", a.Called())
		}
	}
	held := 0
	for i := range ev.Conditions {
		c := &ev.Conditions[i]
		standing, rang := book.Standing(c.Key)
		switch {
		case covered[c.Key] > 1:
			t.Fatalf("%d alarms stand for %s", covered[c.Key], c.Key)
		case covered[c.Key] == 1:
		case rang && c.Moment && !standing.Open() && (standing.Cleared.IsZero() || standing.Cleared.Sub(standing.Came) >= Late): // somebody closed it
		case limited(c.Severity):
			held++
		default:
			t.Fatalf("%s (%s) does not ring", c.Key, c.Severity)
		}
	}
	if held > steps.HeldBack {
		t.Fatalf("%d do not ring, %d are said to be held back", held, steps.HeldBack)
	}
	for key := range ev.Over {
		if a, ok := book.Standing(key); ok && a.Open() && a.Cleared.IsZero() {
			t.Fatalf("%s is over and not cleared", key)
		}
	}
	// A second look at the same time has nothing to say.
	second := m.eval.Evaluate(m.view(), book)
	if s := Step(&second, m.rules, book, Manned{}, m.now); len(s.Writes) > 0 {
		t.Fatalf("the second look writes %v", told(bodies(s)))
	}
}

// takeOver asks another collector: it raises nothing that has rung, and nothing is over for it that is not.
func (m *machine) takeOver(t *rapid.T) {
	book := m.draft.Book()
	other := NewEvaluator(m.rules).Evaluate(m.view(), book)
	for _, w := range Step(&other, m.rules, book, Manned{}, m.now).Writes {
		switch b := w.Body.(type) {
		case *duty.Raise:
			if b.Rule != rule.Together && m.raised[b.Key] > 0 {
				t.Fatalf("another collector raises %s again", b.Key)
			}
		case *duty.Clear:
			if a, _ := book.Alarm(b.Alarm); a.Raise.Rule != "estimate rose" {
				t.Fatalf("another collector ends %s %s: %s", a.Called(), a.Raise.Key, b.Words)
			}
		}
	}
}

func bodies(s Steps) []duty.Body {
	var out []duty.Body
	for _, w := range s.Writes {
		out = append(out, w.Body)
	}
	return out
}

func TestMachine(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := &machine{room: newRoom(t), raised: map[string]int{}}
		m.source("ngo")
		m.t = rt
		rt.Repeat(map[string]func(*rapid.T){
			"report": m.report, "update": m.update, "officer": m.officer, "wait": m.wait, "restart": m.restart, "take over": m.takeOver, "": m.check,
		})
	})
}
