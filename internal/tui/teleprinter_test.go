package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/colorprofile"
	"pgregory.net/rapid"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/picture"
	"vigil/internal/profile"
	"vigil/internal/term"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/ring"
	"vigil/internal/tui/tuitest"
)

// line is a console by lines that is typed into.
type line struct {
	lines chan string
	views chan picture.View
	out   paper
	ended chan error
	acts  []action.Envelope
	page  int
	news  []string // what the next picture has that the one before had not
	rate  float64  // bytes a second that the terminal takes; 0 where that is of no account
}

// byLines opens a console by lines in the bubble of the test, and gives what it prints first.
func (l *line) open(tb testing.TB, v picture.View) string {
	th, err := theme.LoadShipped(theme.Default)
	if err != nil {
		tb.Fatal(err)
	}
	l.lines, l.views, l.ended = make(chan string), make(chan picture.View, 1), make(chan error, 1)
	l.views <- v
	clock := tuitest.Now
	began := time.Now()
	o := Options{
		Views: l.views, Clock: func() time.Time { return clock.Add(time.Since(began)) },
		Caps: term.Caps{Profile: colorprofile.NoTTY, UTF8: true}, Theme: th, Keys: keys.Default(), Alert: ring.Bell,
		Act: func(_ context.Context, e action.Envelope) error {
			l.acts = append(l.acts, e)
			return nil
		},
	}
	var thin *term.Lines
	if l.rate > 0 {
		thin = term.NewLines(&l.out, l.rate)
	}
	t := NewTeleprinter(context.Background(), o, PrinterOptions{
		Lines: l.lines, Out: &l.out, Page: l.page, Thin: thin,
		Announce: func(w io.Writer, v picture.View) error {
			_, err := fmt.Fprintf(w, "picture of %d incidents\n", v.Len())
			for _, line := range l.news {
				_, err = fmt.Fprintln(w, line)
			}
			return err
		},
	})
	go func() {
		err := t.Run()
		if thin != nil {
			err = errors.Join(err, thin.Close(time.Second))
		}
		l.ended <- err
	}()
	synctest.Wait()
	return string(l.out.take())
}

// say types a line, and gives what is printed then.
func (l *line) say(text string) string {
	l.lines <- text
	time.Sleep(2 * rest) // what follows a key follows it after a pause
	synctest.Wait()
	return string(l.out.take())
}

func (l *line) close(tb testing.TB) {
	close(l.lines)
	l.end(tb)
}

// end waits for what the console has begun.
func (l *line) end(tb testing.TB) {
	if err := <-l.ended; err != nil {
		tb.Error(err)
	}
	close(l.views)
	time.Sleep(2 * time.Second)
	synctest.Wait()
}

func TestTeleprinter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l line
		first := l.open(t, tuitest.OnDuty().View())
		for _, want := range []string{"VIGIL, Sahel", "Mali, level 3 to 5, driven by terrorism", "Type help", "picture of ", "ALARM "} {
			if !strings.Contains(first, want) {
				t.Errorf("the beginning lacks %q:\n%s", want, first)
			}
		}
		for _, c := range []struct{ line, want string }{
			{"help", "ack A17 [for 30m] REASON: own an alarm for a time"},
			{"", "since 14:32:00Z:\n"},
			{"M", "here that is a line by itself"},
			{"", "Nothing has changed since "},
			{"5", "selected: attention: alarm "},
			{"j", "selected: attention: alarm A5"},
			{"enter", "Alarm A"},
			{"back", "selected: attention: alarm A5"},
			{"country MLI", "FIGURES: as of"},
			{"why MLI 24h", "INCIDENTS 24 hours"},
			{"why MLI est", "EST: High"},
			{"why Burkina Faso NAT", "STAFF"},
			{"why radio", "radio"},
			{"events act:abduction", "EVENTS /act:abduction: "},
			{"/killed>0", "EVENTS /killed>0: "},
			{"event R-2026-0412", "Two drivers of a convoy taken"},
			{"sources gdacs", "OBSERVED: gdacs"},
			{"log 3", "entry: 3"},
			{"ack A99 on it", `not done: there is no alarm "A99": write ack`},
			{"country Atlantis", `not done: "Atlantis" is no country`},
			{"mali", "FIGURES: as of"},
			{"plan", "LEVELS EXPIRED: 1"},
			{"flash", "not done: on what? write flash with an alarm"},
			{"event A6", "Two drivers of a convoy taken"},
			{"board", "COUNTRIES: 5"},
			{"/act:abduction", "Events, filtered"},
			{"launch", "not done: no such command: help lists them\n"},
			{"event nobody", `not done: no incident is called "nobody"`},
			{"sources nobody", "is no source of this desk: they are"},
			{"L", "here that is a line by itself"},
			{"board", "COUNTRIES: 5"},
			{"1", "COUNTRIES: 5"},
			{"more", "There is no more."},
		} {
			if got := l.say(c.line); !strings.Contains(got, c.want) {
				t.Errorf("%q is answered\n%s\nwithout %q", c.line, got, c.want)
			}
		}
		if help := l.say("help"); strings.Contains(help, "Ctrl-Z") || strings.Contains(help, ":: ") || !strings.Contains(help, "PgDn: ") {
			t.Errorf("help is\n%s", help)
		}
		l.close(t)
	})
}

// TestTeleprinterActs: what is done by keys is done by lines, and every outcome is said.
func TestTeleprinterActs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l line
		l.open(t, tuitest.OnDuty().View())
		l.say("5")
		if got := l.say("a"); !strings.Contains(got, "Go on with: ack A6 [for 30m] REASON (") {
			t.Errorf("the key says %q", got)
		}
		if got := l.say("on it"); !strings.Contains(got, "acknowledge: done") {
			t.Errorf("the reason says %q", got)
		}
		if ack, ok := l.acts[0].Command.(action.Record).Body.(*duty.Ack); !ok || ack.Reason.String() != "on it" {
			t.Errorf("the desk got %+v", l.acts)
		}
		l.say("a")
		if got := l.say(""); !strings.Contains(got, "left") || len(l.acts) != 1 {
			t.Errorf("left: %q", got)
		}
		if got := l.say("note the gate is shut"); !strings.Contains(got, "note: done") || len(l.acts) != 2 {
			t.Errorf("a note says %q", got)
		}
		// A form, field by field.
		if got := l.say("report abduction"); !strings.Contains(got, "selected: What: abduction") || !strings.Contains(got, ":save saves") {
			t.Errorf("the form is\n%s", got)
		}
		l.say("")
		if got := l.say("Gao"); !strings.Contains(got, "selected: Country: ") {
			t.Errorf("after the place: %q", got)
		}
		if got := l.say(":save"); !strings.Contains(got, "report: done") || len(l.acts) != 3 {
			t.Errorf("saved: %q, %+v", got, l.acts)
		}
		l.say("report")
		l.say("shooting")
		if got := l.say(":cancel"); !strings.Contains(got, "yes or no") {
			t.Errorf("what was typed is thrown away unasked: %q", got)
		}
		if got := l.say("perhaps"); !strings.Contains(got, "yes or no?") {
			t.Errorf("an answer that is none: %q", got)
		}
		if got := l.say("yes"); strings.Contains(got, "NEEDS SOMEBODY") || !strings.Contains(got, "selected: attention: alarm A6") || !strings.HasSuffix(got, "again says all of it\n") {
			t.Errorf("after leaving: %q", got)
		}
		l.lines <- "quit"
		l.end(t)
	})
}

// TestKeysByTheirNames: a key has the name that help gives it, several steps are one line, and a step that leads nowhere says where one is.
func TestKeysByTheirNames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &line{}
		l.open(t, tuitest.OnDuty().View())
		for _, c := range []struct{ line, want string }{
			{"events", "EVENTS: "},
			{"PgDn", "selected: "},
			{"Ctrl-U", "selected: "},
			{"Home", "selected: attention: 2026-11-20 14:21Z"},
			{"home", "selected: attention: 2026-11-20 14:21Z"}, // and stays there
			{"jj", "selected: time not told"},
			{"gg", "selected: attention: 2026-11-20 14:21Z"},
			{"2j", "selected: time not told"},
			{"2zz", "not done: no such command"},
			{"22", "not done: no such command"},
			{"Space", "held back"},
			{"again", "EVENTS: "},
			{"Esc", "again says all of it"},
		} {
			if got := l.say(c.line); !strings.Contains(got, c.want) {
				t.Errorf("%q is answered\n%s\nwithout %q", c.line, got, c.want)
			}
		}
		l.close(t)
	})
}

// TestWhoIsNextIsHeard: once an outcome stands on the sheet, whom to call next is said, and nothing where it is the same.
func TestWhoIsNextIsHeard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &line{}
		d, log := tuitest.OnDutyLog()
		d.Store.SetProfiles(profile.Set{tuitest.Profile()}, tuitest.Now.Add(-time.Hour))
		l.open(t, log.On(d).View())
		first := l.say("told A6")
		at := strings.Index(first, "CALL ")
		if at < 0 {
			t.Fatalf("nobody is to be called:\n%s", first)
		}
		whom, _, _ := strings.Cut(first[at+len("CALL "):], ",")
		l.views <- log.On(d).View()
		synctest.Wait()
		if got := string(l.out.take()); strings.Contains(got, "CALL ") {
			t.Errorf("it is said again: %s", got)
		}
		log.Say(0, "Oscar", &duty.Told{Alarm: "entry-11", Contact: whom, Outcome: duty.ReadBack})
		l.views <- log.On(d).View()
		synctest.Wait()
		if got := string(l.out.take()); !strings.Contains(got, "CALL ") || strings.Contains(got, "CALL "+whom) {
			t.Errorf("after %s was told it says\n%s", whom, got)
		}
		l.close(t)
	})
}

// TestWhatAKeyHasBegunCanBeDoneAsItStands: a claim lacks nothing, and what is written behind it is a word by itself. A question that is answered
// with no says where one is.
func TestWhatAKeyHasBegunCanBeDoneAsItStands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &line{}
		l.open(t, tuitest.OnDuty().View())
		l.say("alarms")
		if got := l.say("c"); !strings.Contains(got, "yes does it as it stands") {
			t.Errorf("the key says %q", got)
		}
		if got := l.say("the driver"); strings.Contains(got, "1hthe") {
			t.Errorf("what is written behind it says %q", got)
		}
		l.say("c")
		if got := l.say("yes"); !strings.Contains(got, "claim: done") || len(l.acts) != 1 {
			t.Errorf("yes says %q, and does %+v", got, l.acts)
		}
		if got := l.say("a"); strings.Contains(got, "as it stands") {
			t.Errorf("an acknowledgement without a reason: %q", got)
		}
		l.say("")
		l.say("report shooting")
		l.say(":cancel")
		if got := l.say("no"); !strings.Contains(got, "selected: ") || strings.Contains(got, "done") {
			t.Errorf("after no: %q", got)
		}
		if got := l.say("esc"); !strings.Contains(got, "yes or no") { // as everywhere: it is nothing that anybody tells
			t.Errorf("esc fills a field in: %q", got)
		}
		l.say("yes")
		l.close(t)
	})
}

// TestTeleprinterAnnounces what a picture brings, an alarm with the bell, and that no picture comes.
func TestTeleprinterAnnounces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, log := tuitest.Sahel(), tuitest.NewLog()
		l := line{page: 5}
		first := l.open(t, d.View())
		if !strings.Contains(first, " more lines: type more\n") || !strings.Contains(l.say("more"), "more line") {
			t.Errorf("more than a page is not paged:\n%s", first)
		}
		log.Say(0, "vigil", &duty.Raise{Rule: "gate", Key: "gate", Severity: duty.High, Words: duty.Words("gate forced")})
		l.views <- log.On(d).View()
		synctest.Wait()
		if got := string(l.out.take()); !strings.Contains(got, "\a") || !strings.Contains(got, "Z ALARM high A1: gate forced\n") {
			t.Errorf("an alarm is %q", got)
		}
		log.Say(0, "Papa", &duty.Note{Text: duty.Words("gate shut again")})
		l.views <- log.On(d).View()
		synctest.Wait()
		if got := string(l.out.take()); !strings.Contains(got, "Z log Papa: gate shut again\n") || strings.Contains(got, "Oscar") {
			t.Errorf("what somebody does is %q", got)
		}
		log.Say(0, "Papa", &duty.Note{Text: duty.Words(strings.Repeat("the gate is shut ", 40))})
		l.views <- log.On(d).View()
		synctest.Wait()
		if got := string(l.out.take()); len(got) > 320 || !strings.Contains(got, "is shut … log 3 says all of it\n") && !strings.Contains(got, "the gate … log 3 says all of it\n") {
			t.Errorf("a long note is %q", got)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := string(l.out.take()); strings.Count(got, "NOT WATCHING: no picture has come for ") != 1 {
			t.Errorf("a minute without a picture: %q", got)
		}
		l.views <- d.View()
		synctest.Wait()
		if got := string(l.out.take()); !strings.Contains(got, "pictures come again") {
			t.Errorf("pictures again: %q", got)
		}
		if got := l.say(""); strings.Count(got, "ALARM high A1") != 1 || !strings.Contains(got, "NOT WATCHING") {
			t.Errorf("what has changed: %q", got)
		}
		l.close(t)
	})
}

// TestTeleprinterSaysNothingAgainOfWhatIsRestrictedSince: what was printed stands, and is not printed once more.
func TestTeleprinterSaysNothingAgainOfWhatIsRestrictedSince(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := tuitest.Sahel()
		var l line
		l.open(t, d.View())
		l.say("")
		for _, news := range []string{"Z incident new MLI Abduction: grey pickup", "Z incident update --- Restricted incident; own restricted-1", "Z source radio live to STALE"} {
			l.news = []string{news}
			l.views <- d.View()
			synctest.Wait()
		}
		if got := string(l.out.take()); !strings.Contains(got, "grey pickup") {
			t.Fatalf("what came is %q", got)
		}
		got := l.say("")
		if strings.Contains(got, "grey pickup") || !strings.Contains(got, "not said again: something became restricted since") ||
			!strings.Contains(got, "Restricted incident; own") || !strings.Contains(got, "source radio") {
			t.Errorf("what has changed: %q", got)
		}
		if got = l.say(""); strings.Contains(got, "not said again") || !strings.Contains(got, "Nothing has changed") {
			t.Errorf("asked again: %q", got)
		}
		l.close(t)
	})
}

// TestTeleprinterStopsWhereNothingCanBeWritten with that error.
func TestTeleprinterStopsWhereNothingCanBeWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		th, err := theme.LoadShipped(theme.Default)
		if err != nil {
			t.Fatal(err)
		}
		views := make(chan picture.View, 1)
		views <- tuitest.Sahel().View()
		o := Options{Views: views, Clock: func() time.Time { return tuitest.Now }, Theme: th, Keys: keys.Default()}
		r, w := io.Pipe()
		full := errors.New("no room")
		r.CloseWithError(full)
		if err := NewTeleprinter(context.Background(), o, PrinterOptions{Out: w}).Run(); !errors.Is(err, full) {
			t.Errorf("it ended with %v", err)
		}
		close(views)
		time.Sleep(2 * time.Second)
		synctest.Wait()
	})
}

// Whatever is typed, not one byte steers a terminal, and nothing is drawn.
func TestTeleprinterOnlyAddsLines(t *testing.T) {
	v := tuitest.OnDuty().View()
	typed := rapid.OneOf(
		rapid.SampledFrom([]string{"1", "2", "3", "5", "6", "7", "8", "9", "w", "H", "?", "e", "y", "enter", "esc", "j", "k", "tab", "i", "F", "a", "help", "more", "", "board", "country MLI", "events", "plan", "why MLI", ":", "/", "/killed>0", "report shooting", ":save", ":cancel", "yes", "no", "linear"}),
		rapid.String(),
	)
	rapid.Check(t, func(rt *rapid.T) {
		lines := rapid.SliceOfN(typed, 1, 10).Draw(rt, "lines")
		page, out := rapid.IntRange(0, 40).Draw(rt, "page"), ""
		synctest.Test(t, func(t *testing.T) {
			l := line{page: page}
			out = l.open(t, v)
			for _, text := range lines {
				select {
				case l.lines <- text:
				case <-l.ended:
					l.ended <- nil
				}
				time.Sleep(2 * rest)
				synctest.Wait()
				out += string(l.out.take())
			}
			l.close(t)
		})
		if i := strings.IndexFunc(out, func(r rune) bool {
			return drawn(r) && !strings.ContainsRune(strings.Join(lines, ""), r) || r < ' ' && r != '\n' && r != '\a' || r >= 0x7f && r < 0xa0
		}); i >= 0 {
			rt.Fatalf("%q printed %q", lines, out[max(0, i-100):min(len(out), i+100)])
		}
	})
}

// TestAThinLinkIsNotWaitedFor: a board takes minutes, and another line, an alarm and the end do not wait behind it.
func TestAThinLinkIsNotWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, log := tuitest.OnDutyLog()
		l := line{rate: 60}
		first := l.open(t, d.View())
		time.Sleep(20 * time.Second)
		synctest.Wait()
		first += string(l.out.take())
		if len(first) > 60*20+600 || !strings.Contains(first, "NEEDS YOU") {
			t.Errorf("within 20 s %d bytes came:\n%s", len(first), first)
		}
		l.news = []string{"news while the board is under way"}
		log.Say(0, "vigil", &duty.Raise{Rule: "gate", Key: "gate", Severity: duty.Critical, Words: duty.Words("gate forced")})
		l.views <- log.On(d).View()
		time.Sleep(9 * time.Second)
		synctest.Wait()
		if got := string(l.out.take()); !regexp.MustCompile(`^([^\n]*\n)?\a[^\n]* ALARM .*gate forced`).MatchString(got) || strings.Contains(got, "news while") {
			t.Errorf("an alarm waits behind the board, or news do not:\n%q", got)
		}
		l.lines <- "sources"
		time.Sleep(8 * time.Second)
		synctest.Wait()
		got := string(l.out.take())
		if !regexp.MustCompile(`(?s)^[^\n]*\n?\d+ lines left out, not sent yet; an empty line says what has changed\n.*Sources`).MatchString(got) {
			t.Errorf("another line waits behind the board:\n%s", got)
		}
		l.lines <- "quit"
		began := time.Now()
		l.end(t)
		if took := time.Since(began); took > 8*time.Second {
			t.Errorf("the end took %s", took)
		}
	})
}

// TestWhatAThinLinkLeftOutIsSaidToHaveChanged: what came while a board was being sent was not told, and what was asked for and left out again
// not either.
func TestWhatAThinLinkLeftOutIsSaidToHaveChanged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := line{rate: 60}
		v := tuitest.OnDuty().View()
		l.open(t, v)
		asked := func(line string, wait time.Duration) string {
			l.lines <- line
			time.Sleep(wait)
			synctest.Wait()
			return string(l.out.take())
		}
		l.news = []string{"news while the board is under way", strings.Repeat("more ", 100) + "at the end"}
		l.views <- v
		time.Sleep(time.Second)
		if got := asked("", 4*time.Second); strings.Contains(got, "Nothing has changed") || strings.Contains(got, "at the end") {
			t.Errorf("what was not told has not changed, or is sent at once:\n%s", got)
		}
		l.news = nil
		asked("ack", 4*time.Second)
		if got := asked("", time.Minute); !strings.Contains(got, "news while the board") || !strings.Contains(got, "at the end") {
			t.Errorf("what was left out is not said to have changed:\n%s", got)
		}
		if got := asked("", time.Minute); strings.Contains(got, "at the end") {
			t.Errorf("what was sent is said once more:\n%s", got)
		}
		l.news = strings.Split(strings.Repeat("an event\n", 600), "\n")
		l.views <- v
		time.Sleep(time.Second)
		if got := asked("", 20*time.Second); !strings.Contains(got, " older changes not said again: the log and events have them.\n") {
			t.Errorf("of lines that were left out it says:\n%s", got)
		}
		l.close(t)
	})
}

// TestAnAlarmThatCannotBeWrittenEndsIt, as any line does.
func TestAnAlarmThatCannotBeWrittenEndsIt(t *testing.T) {
	t.Parallel()
	var p Teleprinter
	p.urgent.w = failing{}
	p.urgent.line("ALARM")
	if p.failed() == nil {
		t.Error("an error of writing is not seen")
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("no room") }

// TestClosingACriticalSaysWhatWasLeftUndone: it is closed all the same.
func TestClosingACriticalSaysWhatWasLeftUndone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l line
		v := tuitest.Flooded().View()
		l.open(t, v)
		var critical, high *duty.Alarm
		for _, a := range v.Duty().Alarms(tuitest.Now) {
			switch {
			case !a.Raise.Moment:
			case a.Severity == duty.Critical:
				critical = a
			case a.Severity == duty.High:
				high = a
			}
		}
		want := "close: done; " + critical.Called() + " was never acknowledged\n"
		if got := l.say("close " + critical.Called() + " all are back"); !strings.Contains(got, want) || len(l.acts) != 1 {
			t.Errorf("it says %q, want %q", got, want)
		}
		if got := l.say("close " + high.Called() + " all are back"); !strings.Contains(got, "close: done") || strings.Contains(got, "never") {
			t.Errorf("of one that is not critical it says %q", got)
		}
		l.close(t)
	})
}

// TestClosingACriticalBeginsWithWhatWasLeftUndone, under the line that is typed and before it is asked for.
func TestClosingACriticalBeginsWithWhatWasLeftUndone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, log := tuitest.OnDutyLog()
		log.Say(0, tuitest.Vigil, &duty.Clear{Alarm: "entry-11"})
		var l line
		l.open(t, log.On(d).View())
		l.say("5")
		if got := l.say("x"); !strings.Contains(got, "A6 was never acknowledged") || !strings.Contains(got, "Go on with: close A6") {
			t.Errorf("the key says %q", got)
		}
		if got := l.say("all are back"); !strings.Contains(got, "close: done; A6 was never acknowledged") {
			t.Errorf("the reason says %q", got)
		}
		l.close(t)
	})
}

// TestTeleprinterCountsWhatItDoesNotKeep: of very many changes the oldest are not said again, and that is said.
func TestTeleprinterCountsWhatItDoesNotKeep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := tuitest.Sahel()
		var l line
		l.open(t, d.View())
		l.say("")
		for n := range 520 {
			l.news = append(l.news, fmt.Sprintf("Z source radio change %d", n))
		}
		l.views <- d.View()
		synctest.Wait()
		l.out.take()
		got := l.say("") // and the line of the test's own picture
		if !strings.Contains(got, "21 older changes not said again") || !strings.Contains(got, "500 changes since") || strings.Contains(got, "change 19\n") {
			t.Errorf("of 521 changes it says %.300q", got)
		}
		if got := l.say(""); strings.Contains(got, "not said again") {
			t.Errorf("once more: %q", got)
		}
		l.close(t)
	})
}

// TestFormSaysHowALineIsUnderstood: after each line the field as it is understood stands first, with what a known place brought, and then the
// next field. What cannot be read is written again in the same field, and so is what keeps the form from being saved.
func TestFormSaysHowALineIsUnderstood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &line{}
		l.open(t, tuitest.OnDuty().View())
		l.say("report")
		for _, c := range []struct {
			typed string
			says  []string // in this order, the selected field last
		}{
			{"abducton", []string{"selected: What: abducton (wrong: which one? abduction)", "Write it again"}},
			{"zzzz", []string{"selected: What: zzzz (wrong: zzzz is none of the words, such as abduction, killing", "Write it again"}},
			{"zzzz", []string{"selected: What: zzzz (wrong: "}},
			{"", []string{"selected: Place"}},
			{"Ansongo", []string{"Place: Ansongo", "Country: MLI", "as known of Ansongo", "selected: Country"}},
			{"", []string{"selected: Area"}},
			{"", []string{"selected: When"}},
			{"25:99", []string{"selected: When (UTC): 25:99 (wrong: "}},
			{"20 min ago", []string{"When (UTC): 20 min ago (14:12Z", "selected: People"}},
			{"2 blorp killed", []string{"selected: People: 2 blorp killed (wrong: ", "blorp"}},
			{"2 national staff killed", []string{"People: 2 national staff killed (2 national staff killed; sex not said)", "selected: Source"}},
			{":save", []string{"not saved: What: zzzz (wrong: ", "Write it again"}},
			{"abduction", []string{"What: abduction", "selected: Place"}},
		} {
			got := l.say(c.typed)
			rest := got
			for _, want := range c.says {
				at := strings.Index(rest, want)
				if at < 0 {
					t.Errorf("%q is answered without %q:\n%s", c.typed, want, got)
					break
				}
				rest = rest[at+len(want):]
			}
			if c.typed == "" && strings.Count(got, "\n") != 1 {
				t.Errorf("an empty line is answered by\n%s", got)
			}
		}
		l.say(":cancel")
		l.say("yes")
		l.lines <- "quit"
		l.end(t)
	})
}

// TestKeysSayWhatElseTheyShow: the alarms of a group, and each alarm of a flood, are printed by the key that shows them, so that they can be
// gone through.
func TestKeysSayWhatElseTheyShow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &line{}
		l.open(t, tuitest.Flooded().View())
		l.say("alarms")
		var got string
		for range 20 {
			if got = l.say("j"); strings.Contains(got, " alarms, ") {
				break
			}
		}
		name := regexp.MustCompile(`(\d+) alarms, `).FindStringSubmatch(got)
		if name == nil {
			t.Fatalf("no group is selected: %s", got)
		}
		got = l.say("enter")
		if n, _ := strconv.Atoi(name[1]); strings.Count(got, "alarm A") != n {
			t.Errorf("Enter on a group of %s says\n%s", name[1], got)
		}
		l.say("j") // what they are called
		if got = l.say("j"); !strings.HasPrefix(got, "selected: attention: alarm A") || strings.Count(got, "\n") != 1 {
			t.Errorf("the next line is %q", got)
		}
		if got = l.say("f"); strings.Count(got, "alarm A") < 8 || !strings.Contains(got, "each shown") {
			t.Errorf("f says\n%s", got)
		}
		l.close(t)
	})
}

// TestSelectedIsHeardOnTheFirstPage: what a command selects is said with the first page, wherever it stands.
func TestSelectedIsHeardOnTheFirstPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &line{page: 6}
		l.open(t, tuitest.OnDuty().View())
		got := l.say("map NER")
		if lines := strings.Split(strings.TrimSpace(got), "\n"); len(lines) != 8 || !strings.HasPrefix(lines[6], "selected: Niger") || !strings.HasSuffix(lines[7], "type more") {
			t.Errorf("it says\n%s", got)
		}
		l.close(t)
	})
}

// TestFlashReportIsHeard: a flash report is filled in as any form, and what it comes to on the radio is not said after each field.
func TestFlashReportIsHeard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &line{}
		l.open(t, tuitest.OnDuty().View())
		for _, c := range []struct{ typed, want string }{
			{"flash", "selected: Confirmed: nothing stated\n"},
			{"all are safe", "Confirmed: all are safe\nselected: Not confirmed: "},
			{"", "selected: Not known: "},
			{":previous", "selected: Not confirmed: "},
			{"", "selected: Not known: "},
			{"", "selected: Action taken: "},
			{"", "selected: Next report: in 30 minutes\n"},
			{"banana", "selected: Next report: banana (wrong: "},
			{":save", "not saved: Next report: banana (wrong: "},
			{"45m", "Next report: 45m ("},
		} {
			got := l.say(c.typed)
			if !strings.Contains(got, c.want) || c.typed != "flash" && strings.Contains(got, "CONF:") {
				t.Errorf("%q is answered\n%s\nwithout %q", c.typed, got, c.want)
			}
		}
		l.say(":cancel")
		l.say("yes")
		l.close(t)
	})
}
