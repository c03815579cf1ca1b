package exercise

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/desk"
	"vigil/internal/duty"
	"vigil/internal/profile"
)

func nightBook(t *testing.T) *duty.Book {
	t.Helper()
	d := duty.NewDraft()
	var last time.Time
	for _, e := range Night(start) {
		if err := e.Check(); err != nil {
			t.Errorf("%s: %v", e.ID, err)
		}
		if e.At.Before(last) || e.At.After(start) {
			t.Errorf("%s is of %s, after one of %s", e.ID, e.At, last)
		}
		last = e.At
		d.Add(&e)
	}
	book := d.Book()
	if book.Strange() != 0 || book.Len() != len(Night(start)) {
		t.Fatalf("%d of %d entries fit nothing that stands; in the book are %d", book.Strange(), len(Night(start)), book.Len())
	}
	return book
}

// profileOf is a country's profile as the exercise writes it.
func profileOf(t *testing.T, dir string) func(country.Code) *profile.Profile {
	t.Helper()
	return func(c country.Code) *profile.Profile {
		name := filepath.Join(dir, "profiles", strings.ToLower(c.Alpha3())+".yaml")
		data, err := os.ReadFile(name)
		if os.IsNotExist(err) {
			return nil
		}
		p, problems, err := desk.ParseProfile(name, data, start)
		if err != nil || len(problems) > 0 {
			t.Fatal(problems, err)
		}
		return p
	}
}

// The exercise begins with alarms in every state there is.
func TestNightHasAlarmsInEveryState(t *testing.T) {
	book := nightBook(t)
	got := map[string]int{}
	for _, a := range book.Alarms(start) {
		got[a.State(start).String()]++
		if a.Level > 0 && a.Rings(start) {
			got["escalated"]++
		}
		if k, owned := a.Ack(start); owned {
			got["of "+k.Owner.String()]++
		}
	}
	got["closed"] = len(book.Closed(start.Add(-24 * time.Hour)))
	for _, want := range []string{"unacknowledged", "acknowledged", "shelved", "latched", "closed", "escalated", "of Oscar", "of Papa"} {
		if got[want] == 0 {
			t.Errorf("no alarm is %s: %v", want, got)
		}
	}
}

// TestNightIsTold: a sheet is told in part, by the next channel and read back; one must be told again.
func TestNightIsTold(t *testing.T) {
	_, dir := prepare(t)
	book := nightBook(t)
	sheets := map[string]string{}
	outcomes := map[duty.Outcome]bool{}
	for _, s := range book.Untold(func(a *duty.Alarm) *duty.Sheet { return duty.SheetOf(a, profileOf(t, dir)(a.Country()), start) }) {
		told, of := s.Figures()
		var states []string
		for i := range s.Posts {
			p := &s.Posts[i]
			states = append(states, p.Name+" "+p.State.String())
			if p.State != duty.NotTold && p.Step == 0 {
				t.Errorf("%s: %s is in no call tree, and was told", s.Alarm.Called(), p.Name)
			}
			if p.Tried > 0 && len(p.Calls) == 0 {
				t.Errorf("%s: %s is in no profile", s.Alarm.Called(), p.Name)
			}
		}
		if told > 0 && told < of {
			sheets[s.Alarm.ID] = strings.Join(states, ", ")
		}
		if !s.Alarm.Reopened.IsZero() && (s.Alarm.Open() || told == 0 || told == of) {
			t.Errorf("%s must be told again, open %v, told %d of %d", s.Alarm.Called(), s.Alarm.Open(), told, of)
		}
	}
	for _, e := range Night(start) {
		if b, is := e.Body.(*duty.Told); is {
			outcomes[b.Outcome] = true
		}
	}
	if len(outcomes) != len(duty.Outcomes()) {
		t.Errorf("outcomes %v, want each of %v", outcomes, duty.Outcomes())
	}
	const abducted = "designated official read back, security adviser answered, medical no answer, security management team not told"
	if got := sheets[nightID+"ansongo-alarm"]; !strings.HasPrefix(got, abducted) {
		t.Errorf("the abduction: %s", got)
	}
	if sheets[nightID+"mopti-alarm"] == "" {
		t.Errorf("nobody must be told again of what was refuted: %v", sheets)
	}
}

// TestNightIsHandedOver: who has the watch, since when, what stays with who had it, what is claimed, noted and due.
func TestNightIsHandedOver(t *testing.T) {
	book := nightBook(t)
	if w, _ := book.Watch(); w.Holder.String() != oscar || w.For(start) != OnWatch {
		t.Errorf("the watch: %s for %s", w.Holder, w.For(start))
	}
	stays := book.Stays()
	if len(stays) != 1 || len(stays[0].Declined()) != 1 || stays[0].From.String() != lima || len(stays[0].Waiting()) != 0 {
		t.Fatalf("handovers with what stays: %+v", stays)
	}
	for _, item := range stays[0].Items { // what was signed is called as the log calls it
		id, is := strings.CutPrefix(item.Key, "alarm ")
		if a, ok := book.Alarm(id); is && (!ok || !strings.Contains(item.Words.String(), " "+a.Called()+" ")) {
			t.Errorf("item %d is no alarm of the log: %s", item.Number, item.Words)
		}
	}
	if n := len(book.Claims(start)); n != 2 {
		t.Errorf("%d claims", n)
	}
	due := book.FlashesDue()
	if len(due) != 1 || !due[0].Next.After(start) || due[0].Next.Sub(start) > 15*time.Minute || due[0].Number != 2 {
		t.Errorf("flash reports due: %+v", due)
	}
	significant, corrected := 0, 0
	ids := map[string]bool{}
	for _, e := range Night(start) {
		n, is := e.Body.(*duty.Note)
		if is && n.Significant {
			significant++
		}
		if is && n.Corrects != "" {
			corrected++
			if !ids[n.Corrects] {
				t.Errorf("%s puts nothing right", e.ID)
			}
		}
		ids[e.ID] = true
	}
	if significant != 2 || corrected != 1 {
		t.Errorf("%d notes are significant, %d put another right", significant, corrected)
	}
}

// TestNightIsMarked: what was written by people says EXERCISE, and nobody has a name.
func TestNightIsMarked(t *testing.T) {
	unspoken := []duty.Kind{duty.KindWatch, duty.KindReport, duty.KindTold, duty.KindClaim, duty.KindSign, duty.KindAnswer, duty.KindFlash}
	for _, e := range Night(start) {
		if !slices.Contains([]string{lima, oscar, papa, radioRoom, vigil}, e.By.String()) {
			t.Errorf("%s is by %q", e.ID, e.By)
		}
		says := duty.Says(e.Body)
		if !strings.Contains(says, "EXERCISE") && !slices.Contains(unspoken, e.Body.Kind()) {
			t.Errorf("%s is not marked: %s", e.ID, says)
		}
		if f, is := e.Body.(*duty.Flash); is {
			for _, text := range []duty.Text{f.Confirmed, f.NotConfirmed, f.NotKnown, f.Action} {
				if !text.IsZero() && !strings.HasPrefix(text.String(), "EXERCISE ") {
					t.Errorf("%s is not marked: %s", e.ID, text)
				}
			}
		}
		if o, is := e.Body.(*duty.Offer); is {
			for i := range o.Items {
				if !strings.HasPrefix(o.Items[i].Words.String(), "EXERCISE ") {
					t.Errorf("%s is not marked: %s", e.ID, o.Items[i].Words)
				}
			}
		}
	}
}

// TestNightIsTheSameEachTime: only the clock moves it.
func TestNightIsTheSameEachTime(t *testing.T) {
	later := start.Add(100 * time.Hour)
	a, b := Night(start), Night(later)
	for i := range a {
		if a[i].ID != b[i].ID || b[i].At.Sub(a[i].At) != later.Sub(start) {
			t.Errorf("entry %d: %s at %s, and %s at %s", i, a[i].ID, a[i].At, b[i].ID, b[i].At)
		}
	}
}

// TestNightNamesWhatIsReported: the incidents that the log tells of stand in the feeds, with the version that it names.
func TestNightNamesWhatIsReported(t *testing.T) {
	_, dir := prepare(t)
	var feeds strings.Builder
	for _, data := range read(t, dir, "feeds/*.jsonl") {
		feeds.Write(data)
	}
	lines := strings.Split(feeds.String(), "\n")
	has := func(parts ...string) bool {
		return slices.ContainsFunc(lines, func(l string) bool {
			return !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(l, p) })
		})
	}
	n := 0
	for _, e := range Night(start) {
		switch b := e.Body.(type) {
		case *duty.Raise:
			if !b.Incident.IsZero() && !has(`"id":"`+b.Incident.ID.String()+`"`, `"source":"`+b.Incident.Authority.String()+`"`) {
				t.Errorf("%s rings for %s, which no feed has", e.ID, b.Incident.ID)
			}
		case *duty.Report:
			n++
			want := []string{`"id":"` + b.Incident.ID.String() + `"`, `"version":` + string(rune('0'+b.Version))}
			if b.Verification != "" {
				want = append(want, `"verification":"`+b.Verification+`"`)
			}
			if !has(want...) {
				t.Errorf("%s: no feed has %v", e.ID, want)
			}
		}
	}
	if n != 4 {
		t.Errorf("%d reports", n)
	}
}
