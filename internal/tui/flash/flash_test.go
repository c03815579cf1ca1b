package flash

import (
	"strings"
	"testing"
	"time"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/picture"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

// critical is the alarm of the desk of the tests.
const critical = "entry-11"

func onDuty(t *testing.T, entries ...duty.Body) picture.View {
	t.Helper()
	d, l := tuitest.OnDutyLog()
	for i, b := range entries {
		l.Say(time.Duration(len(entries)-i)*time.Minute, "Oscar", b)
	}
	return l.On(d).View()
}

func alarm(id string) func() screen.Screen {
	return func() screen.Screen { return New(screen.Subject{Alarm: id}) }
}

func TestGoldens(t *testing.T) {
	tuitest.Goldens(t, "flash", onDuty(t), alarm("entry-4"))
	second := onDuty(t, &duty.Flash{
		Alarm: critical, Number: 1, Confirmed: duty.Words("A convoy was stopped at Ansongo"), Action: duty.Words("Convoy stopped, headcount under way"), Next: tuitest.Now.Add(-30 * time.Second),
	})
	f := tuitest.Frame(t, second, tuitest.Sizes[0])
	tuitest.Golden(t, "second", alarm(critical)().Lines(f))
	tuitest.Golden(t, "nothing", New(screen.Subject{}).Lines(f))
}

func TestContract(t *testing.T) { tuitest.Walk(t, alarm(critical)) }

// typed types text into the field that has the keys.
func typed(s *Screen, f screen.Frame, text string) {
	for _, r := range text {
		s.Type(string(r), f)
	}
}

// TestAReportIsGiven: what is typed goes into the entry with its number and its alarm, and the next is due when the form says.
func TestAReportIsGiven(t *testing.T) {
	f := tuitest.Frame(t, onDuty(t), tuitest.Sizes[0])
	s := New(screen.Subject{Alarm: critical})
	s.Arrived(f)
	typed(s, f, "Two taken")
	for range 3 {
		s.Key(keys.NextField, f)
	}
	typed(s, f, "convoy stopped")
	s.Key(keys.NextField, f)
	typed(s, f, "14:50Z")
	ask := s.Key(keys.Save, f)
	r, ok := ask.Do.(action.Record)
	if !ok || !ask.Close {
		t.Fatalf("%+v", ask)
	}
	b := r.Body.(*duty.Flash)
	if b.Alarm != critical || b.Number != 1 || b.Confirmed != duty.Words("Two taken") || b.Action != duty.Words("convoy stopped") || !b.Next.Equal(tuitest.Now.Add(18*time.Minute)) {
		t.Errorf("%+v", b)
	}
	if err := f.View.Duty().May(b, f.Now); err != nil {
		t.Error(err)
	}
	// What the desk refuses stands on the form, and nothing is lost.
	s.Refused("flash report 1 was given meanwhile")
	if text := strings.Join(s.Lines(f), "\n"); !strings.Contains(text, "NOT GIVEN: flash report 1") || !strings.Contains(text, "Two taken") {
		t.Errorf("%s", text)
	}
	if ask := s.Key(keys.Cancel, f); !ask.Close || ask.Question == "" {
		t.Errorf("thrown away without a question: %+v", ask)
	}
}

// TestTheNextIsDueInHalfAnHour where nobody says, and never where it is the last.
func TestTheNextIsDueInHalfAnHour(t *testing.T) {
	f := tuitest.Frame(t, onDuty(t), tuitest.Sizes[0])
	for _, tt := range []struct {
		text string
		want time.Time
		ok   bool
	}{
		{"", tuitest.Now.Add(30 * time.Minute), true}, {"none", time.Time{}, true}, {"1h", tuitest.Now.Add(time.Hour), true}, {"soon", time.Time{}, false},
	} {
		s := New(screen.Subject{Alarm: critical})
		s.Arrived(f)
		typed(s, f, "x")
		for range 4 {
			s.Key(keys.NextField, f)
		}
		typed(s, f, tt.text)
		r, ok := s.Key(keys.Save, f).Do.(action.Record)
		if ok != tt.ok || ok && !r.Body.(*duty.Flash).Next.Equal(tt.want) {
			t.Errorf("%q: %v %+v", tt.text, ok, r.Body)
		}
	}
}

// TestARestrictedIncidentFillsNothingIn, whoever looks.
func TestARestrictedIncidentFillsNothingIn(t *testing.T) {
	d, l := tuitest.OnDutyLog()
	var name duty.Name
	sahel := d.View()
	lead := d.Store.Publish(tuitest.Now).For(picture.SecurityLead)
	var secret string
	for id := range sahel.Incidents() {
		if r, _ := sahel.Row(id); r.Restricted {
			open, _ := lead.Row(id)
			name, secret = duty.NameOf(lead.Identity(id)), open.Place.String()
		}
	}
	if name.IsZero() || secret == "" {
		t.Fatal("the desk of the tests has no restricted incident with a place")
	}
	id := l.Say(time.Minute, tuitest.Vigil, &duty.Raise{Rule: "r", Severity: duty.High, Key: "restricted", Incident: name, Words: duty.Words("Restricted incident")})
	l.On(d)
	for _, role := range []picture.Role{picture.DutyOfficer, picture.SecurityLead} {
		f := tuitest.Frame(t, d.Store.Publish(tuitest.Now).For(role), tuitest.Sizes[1])
		s := New(screen.Subject{Alarm: id})
		text := strings.Join(append(s.Lines(f), s.Linear(f)...), "\n")
		if strings.Contains(text, secret) || !strings.Contains(text, "RESTRICTED: write no place") {
			t.Errorf("%s:\n%s", role, text)
		}
	}
}

func TestLanguages(t *testing.T) {
	v := onDuty(t, &duty.Flash{
		Alarm: critical, Number: 1, Confirmed: duty.Words("A convoy was stopped at Ansongo"), Action: duty.Words("Convoy stopped, headcount under way"), Next: tuitest.Now.Add(-30 * time.Second),
	})
	for _, tag := range []string{"fr", "es"} {
		f := tuitest.In(t, tag, tuitest.Frame(t, v, tuitest.Sizes[0]))
		s := New(screen.Subject{Alarm: critical})
		s.Arrived(f)
		for range 4 {
			s.Key(keys.NextField, f)
		}
		typed(s, f, f.SayAs("flash", "none"))
		if b, err := s.body(f); err != nil || !b.Next.IsZero() {
			t.Errorf("%s: that this is the last report is read as %v, %v", tag, b, err)
		}
		typed(s, f, "x")
		s.Key(keys.Accept, f)
		for _, line := range s.Linear(f) {
			if strings.Contains(line, "confirmed:") || strings.Contains(line, "next report") {
				t.Errorf("%s: %s", tag, line)
			}
		}
	}
	for _, size := range []tuitest.Size{{Width: 80, Height: 24}, {Width: 200, Height: 60}} {
		f := tuitest.Pseudo(tuitest.Frame(t, v, size))
		for _, subject := range []screen.Subject{{Alarm: critical}, {}} {
			s := New(subject)
			s.Arrived(f)
			lines := append(append(s.Lines(f), s.Linear(f)...), s.Title(f))
			// The short form is sent as it is; what was written in the log is not translated.
			tuitest.Untranslated(t, lines, english...)
		}
	}
}

var english = []string{"convoy", "was", "stopped", "headcount", "under", "way", "EXERCISE", "Flash", "SMS", "Nov", "marked", "passed", "CONF", "KNOWN", "ACTION", "NEXT", "that", "not"}
