package watch

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"

	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/picture"
	"vigil/internal/profile"
	"vigil/internal/safetext"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
	"vigil/internal/tui/widget"
	"vigil/internal/wall"
)

func onDuty() picture.View {
	d, l := tuitest.OnDutyLog()
	l.Say(8*time.Hour+32*time.Minute, "Oscar", &duty.Watch{Act: duty.WatchTaken, Holder: duty.Words("Oscar")})
	return l.On(d).View()
}

// onDutyIn is a desk with a critical alarm in a country.
func onDutyIn(in string) picture.View {
	l := tuitest.NewLog()
	l.Say(time.Minute, tuitest.Vigil, &duty.Raise{Rule: "x", Severity: duty.Critical, Key: in, Country: in, Words: duty.Words(in)})
	return l.On(tuitest.Sahel()).View()
}

func TestGoldens(t *testing.T) {
	v := onDuty()
	tuitest.Goldens(t, "wall", v, func() screen.Screen { return New(Options{}) })
	f := tuitest.Frame(t, v, tuitest.Sizes[0])
	tuitest.Golden(t, "desk", New(Options{Privacy: wall.Desk}).Lines(f))
	blind := New(Options{Only: []country.Code{country.MustParse("MRT")}})
	tuitest.Golden(t, "blind", blind.Lines(f))
	tuitest.Golden(t, "empty", New(Options{}).Lines(tuitest.Frame(t, tuitest.Empty().View(), tuitest.Sizes[0])))
	tuitest.Golden(t, "still", New(Options{Still: true}).Lines(tuitest.Frame(t, tuitest.Empty().View(), tuitest.Sizes[0])))
	flooded := tuitest.Flooded().View()
	tuitest.Golden(t, "flood", New(Options{}).Lines(tuitest.Frame(t, flooded, tuitest.Sizes[0])))
	tuitest.Golden(t, "flood-desk", New(Options{Privacy: wall.Desk}).Lines(tuitest.Frame(t, flooded, tuitest.Sizes[0])))
	for name, of := range map[string]struct {
		v    picture.View
		only []country.Code
	}{"": {v: v}, "-blind": {v, []country.Code{country.MustParse("MRT")}}, "-seen": {v: tuitest.Patchy().View()}} {
		small := tuitest.Frame(t, of.v, tuitest.Size{Width: 40, Height: 12})
		tuitest.Golden(t, "wall-40x12"+name, New(Options{Only: of.only}).Lines(small))
		tuitest.Golden(t, "wall-40x12"+name+"-ascii", New(Options{Only: of.only}).Lines(tuitest.ASCII(t, small)))
		tuitest.Golden(t, "wall-40x12"+name+"-fr", New(Options{Only: of.only}).Lines(tuitest.In(t, "fr", small)))
	}
	tuitest.Golden(t, "none", New(Options{Only: []country.Code{country.MustParse("FRA")}}).Lines(f))
}

func TestContract(t *testing.T) {
	tuitest.Walk(t, func() screen.Screen { return New(Options{}) })
}

// TestItTurns: each country stands for its time, all come round, and what is held stands.
func TestItTurns(t *testing.T) {
	f := tuitest.Frame(t, onDuty(), tuitest.Sizes[0])
	s := New(Options{Every: 10 * time.Second})
	s.Arrived(f)
	n := len(s.model.Countries)
	seen := map[country.Code]bool{s.current: true}
	now := tuitest.Now
	if s.Turn(now) || s.Turn(now.Add(9*time.Second)) {
		t.Error("it turns at once")
	}
	for range n - 1 {
		now = now.Add(10 * time.Second)
		if !s.Turn(now) || seen[s.current] {
			t.Fatalf("at %s it does not turn, or stands at %s again", now, s.current)
		}
		seen[s.current] = true
	}
	s.Key(keys.Hold, f)
	if s.Turn(now.Add(time.Hour)) || !strings.Contains(strings.Join(s.Lines(f), "\n"), "HELD") {
		t.Error("what is held turns")
	}
	was := s.current
	s.Key(keys.Right, f)
	s.Key(keys.Left, f)
	if s.current != was {
		t.Errorf("right and left lead from %s to %s", was, s.current)
	}
}

// TestItBeginsWithTheWorst: a rotation that began while the desk was being read begins anew when it is, unless somebody chose a country.
func TestItBeginsWithTheWorst(t *testing.T) {
	for _, chosen := range []bool{false, true} {
		d := tuitest.Sahel()
		d.Store.SetDesk(picture.Desk{Reading: safetext.Const("reading the files")})
		s := New(Options{})
		f := tuitest.Frame(t, d.View(), tuitest.Sizes[0])
		s.Arrived(f)
		if !s.model.Unread {
			t.Fatal("nothing is unread: the test tests nothing")
		}
		s.current = country.MustParse("NER")
		if chosen {
			s.Key(keys.Hold, f)
		}
		f.View = onDutyIn("NER") // rang before, and is no news
		s.Arrived(f)
		if want := map[bool]string{false: "MLI", true: "NER"}[chosen]; s.current.Alpha3() != want {
			t.Errorf("chosen %v: %s stands, want %s", chosen, s.current.Alpha3(), want)
		}
	}
}

// TestWhatRangBeforeThePictureIsNoNews: a key before there is a picture makes none of what rang before.
func TestWhatRangBeforeThePictureIsNoNews(t *testing.T) {
	s := New(Options{})
	f := tuitest.Frame(t, picture.View{}, tuitest.Sizes[0])
	s.Key(keys.Right, f)
	f.View = onDutyIn("NER")
	s.Arrived(f)
	if s.current != country.MLI {
		t.Errorf("%s stands, and not the worst", s.current)
	}
}

// TestAWallStaysOne: its privacy cannot be changed from the keyboard.
func TestAWallStaysOne(t *testing.T) {
	f := tuitest.Frame(t, onDuty(), tuitest.Sizes[1])
	s := New(Options{Locked: true})
	if ask := s.Key(keys.Privacy, f); ask.Say == "" || strings.Contains(strings.Join(s.Lines(f), "\n"), "Ansongo") {
		t.Errorf("%+v", ask)
	}
	open := New(Options{})
	if open.Key(keys.Privacy, f); !strings.Contains(strings.Join(open.Lines(f), "\n"), "Ansongo") {
		t.Error("a duty officer does not see more")
	}
	for _, id := range []keys.ID{keys.ShowBoard, keys.Command, keys.ShowLog, keys.Filter, keys.ShowHelp, keys.ShowWhy, keys.Copy, keys.ShowTold} {
		for _, b := range keys.Wall().ForScope(keys.Watch) {
			if b.ID == id {
				t.Errorf("%s leads away from a wall", id)
			}
		}
	}
}

// TestLanguages: a script without large letters has its word beside what it is of.
func TestLanguages(t *testing.T) {
	v := onDuty()
	tuitest.Languages(t, "wall", v, func() screen.Screen { return New(Options{}) })
	tuitest.Languages(t, "ringing", tuitest.Ringing().View(), func() screen.Screen { return New(Options{Privacy: wall.Desk}) })
	tuitest.Said(t, tuitest.Ringing().View(), func() screen.Screen { return New(Options{}) })
	tuitest.Said(t, v, func() screen.Screen {
		return New(Options{Privacy: wall.Desk, Only: []country.Code{country.MustParse("MRT")}})
	})
	f := tuitest.Frame(t, v, tuitest.Sizes[0])
	for _, tag := range []string{"ar", "ru", "zh"} {
		in := tuitest.In(t, tag, f)
		lines := New(Options{Only: []country.Code{country.MustParse("MRT")}}).Lines(in)
		tuitest.Exact(t, in, lines)
		tuitest.Golden(t, "blind-"+tag, lines)
		if !strings.Contains(strings.Join(lines, "\n"), in.Say("NEVER")) {
			t.Errorf("%s does not say the worst state of the sources beside its large letters", tag)
		}
	}
}

// TestADeskWithoutSourcesIsNotCalm: where nothing is watched the wall says so in place of that no alarm waits.
func TestADeskWithoutSourcesIsNotCalm(t *testing.T) {
	v := picture.NewStore(picture.Options{}).Publish(tuitest.Now).For(picture.DutyOfficer)
	for _, size := range []tuitest.Size{{Width: 40, Height: 12}, {Width: 80, Height: 24}, {Width: 132, Height: 43}} {
		lines := New(Options{}).Lines(tuitest.Frame(t, v, size))
		if !strings.Contains(lines[0], "NO SOURCES: nothing is watched") {
			t.Errorf("%q", lines[0])
		}
		tuitest.Golden(t, "nothing-"+size.String(), lines)
	}
}

// TestNoneWhileReading: while the files are read nobody can say that no critical alarm waits.
func TestNoneWhileReading(t *testing.T) {
	d := tuitest.Empty()
	d.Store.SetDesk(picture.Desk{Reading: safetext.Const("reading the files")})
	f := tuitest.Frame(t, d.View(), tuitest.Sizes[0])
	for _, still := range []bool{false, true} {
		s := New(Options{Still: still})
		for name, lines := range map[string][]string{"drawn": s.Lines(f), "read": s.Linear(f)} {
			text := strings.Join(lines, "\n")
			if strings.Contains(text, "No critical alarm") || strings.Contains(text, "No alarm is open") || !strings.Contains(text, "Being read: no critical alarm is known of yet.") {
				t.Errorf("still %v, %s:\n%s", still, name, text)
			}
		}
	}
}

// TestLargeFiguresAreNoSlab: a level whose words stand black on a colour, or in reverse, has letters of that colour.
func TestLargeFiguresAreNoSlab(t *testing.T) {
	f := tuitest.Frame(t, onDuty(), tuitest.Sizes[0])
	f.Palette = tuitest.Palette(t, theme.Night, colorprofile.TrueColor, false)
	rows := 0
	for _, line := range New(Options{Only: []country.Code{country.MLI}}).Lines(f) {
		if !strings.Contains(line, "█") {
			continue
		}
		if rows++; strings.Contains(line, "48;2;255;135;0") || !strings.Contains(line, "38;2;255;135;0") {
			t.Errorf("%q", line)
		}
	}
	if rows == 0 {
		t.Error("no large figures")
	}
}

// TestWhatIsLongTakesNothingFromWhatIsShort: however many alarms there are, each country has its line where there is room for all of them,
// and what changed is more than a line.
func TestWhatIsLongTakesNothingFromWhatIsShort(t *testing.T) {
	d, l := tuitest.OnDutyLog()
	for i := range 40 {
		l.Say(time.Duration(i)*time.Hour, tuitest.Vigil, &duty.Raise{Rule: "level change", Severity: duty.High, Key: fmt.Sprint(i), Country: "MLI", Words: duty.Words("level")})
	}
	v := l.On(d).View()
	for _, size := range []tuitest.Size{{Width: 132, Height: 43}, {Width: 200, Height: 60}, {Width: 300, Height: 100}} {
		f := tuitest.Frame(t, v, size)
		text := strings.Join(New(Options{}).Lines(f), "\n")
		for _, want := range []string{" Niger  ", "BFA Shelling", "radio live 4m", "!CRIT NOT ACKED"} {
			if !strings.Contains(text, want) {
				t.Errorf("at %d×%d nothing says %q:\n%s", size.Width, size.Height, want, text)
			}
		}
	}
}

// TestASourceHasItsOwnColour: that one is stale colours no other.
func TestASourceHasItsOwnColour(t *testing.T) {
	f := tuitest.Frame(t, onDuty(), tuitest.Size{Width: 132, Height: 43})
	f.Palette = tuitest.Palette(t, theme.Default, colorprofile.ANSI, false)
	text := strings.Join(New(Options{}).Lines(f), "\n")
	if !strings.Contains(text, f.Palette.Paint(theme.Stale, "gdacs STALE 2h10")) || !strings.Contains(text, "\x1b[m · radio live 4m") && !strings.Contains(text, " · radio live 4m") {
		t.Errorf("%q", text)
	}
}

// TestTheLineBelowRepeatsNothing: what stands in large figures stands once, and what has no room among them in the line below.
func TestTheLineBelowRepeatsNothing(t *testing.T) {
	v := onDuty()
	for _, size := range tuitest.Sizes {
		f := tuitest.Frame(t, v, size)
		text := strings.Join(New(Options{Only: []country.Code{country.MLI}}).Lines(f), "\n")
		for large, small := range map[string]string{"30 D": "30 d 9", "× OWN NORMAL": "× own normal 5.7", "STAFF 5h": "staff 1,200+"} {
			if has, repeats := strings.Contains(text, large), strings.Contains(text, small); has == repeats && size.Width >= 80 {
				t.Errorf("at %s %q is large %v, and in the line below %v:\n%s", size, small, has, repeats, text)
			}
		}
	}
}

// TestHowManyWereToldIsNeverCut: half of a figure is another; where it has no room, what the alarm is about goes before it.
func TestHowManyWereToldIsNeverCut(t *testing.T) {
	d, l := tuitest.OnDutyLog()
	d.Store.SetProfiles(profile.Set{tuitest.Profile()}, tuitest.Now.Add(-time.Hour))
	v := l.On(d).View()
	for width := 40; width <= 132; width++ {
		for _, p := range []wall.Privacy{wall.Public, wall.Desk} {
			first := New(Options{Privacy: p}).Lines(tuitest.Frame(t, v, tuitest.Size{Width: width, Height: 12}))[0]
			if strings.Contains(first, "told") != strings.Contains(first, "told 0/5  MLI") || !strings.Contains(first, "MLI") || width >= 60 && !strings.Contains(first, "told") {
				t.Errorf("at %d cells %q", width, first)
			}
		}
	}
}

// TestAWallWithoutAlarmsIsNotCalm: in public there may be alarms that it may not show.
func TestAWallWithoutAlarmsIsNotCalm(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Empty().View(), tuitest.Sizes[1])
	for p, want := range map[wall.Privacy]bool{wall.Public: true, wall.Desk: false} {
		for _, still := range []bool{false, true} {
			text := strings.Join(New(Options{Privacy: p, Still: still}).Lines(f), "\n")
			if strings.Count(text, "that a wall may show") != map[bool]int{true: 2}[want] {
				t.Errorf("privacy %s, still %v:\n%s", p, still, text)
			}
		}
	}
}

// TestSourcesAreCounted: where not all sources have room, it says how many of them are shown, and not how many lines.
func TestSourcesAreCounted(t *testing.T) {
	text := strings.Join(New(Options{}).Lines(tuitest.Frame(t, onDuty(), tuitest.Sizes[0])), "\n")
	if !strings.Contains(text, " SOURCES ─") || !strings.Contains(text, "2 of 5 shown ──\n airfield NEVER · partner-network-of-the-lower-river FAILED 26h ") {
		t.Errorf("\n%s", text)
	}
}

// TestCountriesAreCounted: where not all have room, of how many those are that are shown, whichever have their turn.
func TestCountriesAreCounted(t *testing.T) {
	v := onDuty()
	f := tuitest.Frame(t, v, tuitest.Sizes[0])
	s := New(Options{})
	for i := range 5 {
		text := strings.Join(s.Lines(f), "\n")
		if !strings.Contains(text, "of 5 shown  2 partial") {
			t.Errorf("%d countries on:\n%s", i, text)
		}
		s.Key(keys.Right, f)
	}
}

// TestLargeFiguresOfASCIIAreWhole: where there are no blocks the cells of large letters are in reverse, and what is between them is not.
func TestLargeFiguresOfASCIIAreWhole(t *testing.T) {
	f := tuitest.Frame(t, onDuty(), tuitest.Size{Width: 132, Height: 43})
	for name, profile := range map[string]colorprofile.Profile{theme.Default: colorprofile.ANSI, theme.Mono: colorprofile.ASCII} {
		f.Palette = tuitest.Palette(t, name, profile, true)
		rows := 0
		for _, line := range New(Options{Only: []country.Code{country.MLI}}).Lines(f) {
			if !strings.Contains(line, "##") {
				continue
			}
			rows++
			reversed := false
			for _, part := range strings.Split(line, "\x1b[")[1:] {
				style, text, _ := strings.Cut(part, "m")
				reversed = slices.Contains(strings.Split(style, ";"), "7") || reversed && style != "" && style != "0"
				if strings.Contains(text, "#") && (!reversed || strings.Contains(text, " ")) || strings.Contains(text, " ") && reversed {
					t.Fatalf("%s: %q", name, line)
				}
			}
		}
		if rows == 0 {
			t.Errorf("%s: no large figures", name)
		}
	}
}

// TestWhatIsNotReadIsNotMissing: before the files are read nobody can say that there is no country.
func TestWhatIsNotReadIsNotMissing(t *testing.T) {
	store := picture.NewStore(picture.Options{})
	store.SetDesk(picture.Desk{Reading: safetext.Const("reading the files")})
	f := tuitest.Frame(t, store.Publish(tuitest.Now).For(picture.DutyOfficer), tuitest.Sizes[0])
	if text := strings.Join(New(Options{}).Lines(f), "\n"); strings.Contains(text, "No country") || !strings.Contains(text, "Being read") {
		t.Errorf("\n%s", text)
	}
}

// TestTheNewestCriticalIsLoud: where there is room for larger figures, a critical alarm that nobody has stands in large letters, with its country,
// until somebody has it.
func TestTheNewestCriticalIsLoud(t *testing.T) {
	d, l := tuitest.OnDutyLog()
	shown := func(v picture.View, size tuitest.Size) string {
		return strings.Join(New(Options{}).Lines(tuitest.Frame(t, v, size)), "\n")
	}
	loud := widget.BigHalf("CRITICAL MLI NOT ACKED 4m")
	for size, want := range map[tuitest.Size]bool{{Width: 80, Height: 24}: false, {Width: 132, Height: 43}: true} {
		text := shown(l.On(d).View(), size)
		for _, row := range loud {
			if strings.Contains(text, row) != want {
				t.Errorf("at %s:\n%s", size, text)
			}
		}
	}
	f := tuitest.Frame(t, l.On(d).View(), tuitest.Size{Width: 132, Height: 43})
	if text := strings.Join(New(Options{}).Lines(tuitest.ASCII(t, f)), "\n"); !strings.Contains(text, widget.Big("CRITICAL MLI NOT ACKED 4m", 1, "#")[2]) {
		t.Errorf("in ASCII:\n%s", text)
	}
	l.Say(time.Minute, "Oscar", &duty.Ack{Alarm: "entry-11", Owner: duty.Words("Oscar"), Reason: duty.Words("mine"), Until: tuitest.Now.Add(time.Hour)})
	if text := shown(l.On(d).View(), tuitest.Size{Width: 132, Height: 43}); strings.Contains(text, loud[0]) {
		t.Errorf("somebody has it:\n%s", text)
	}
}

// TestASCIIAlone: on a terminal without UTF-8 there is nothing else, whatever its size and language.
func TestASCIIAlone(t *testing.T) {
	v := onDuty()
	for _, size := range []tuitest.Size{{Width: 40, Height: 12}, {Width: 80, Height: 24}, {Width: 132, Height: 43}, {Width: 200, Height: 60}, {Width: 300, Height: 100}} {
		for _, tag := range []string{"en", "fr", "es"} {
			f := tuitest.ASCII(t, tuitest.In(t, tag, tuitest.Frame(t, v, size)))
			for _, line := range New(Options{}).Lines(f) {
				if i := strings.IndexFunc(line, func(r rune) bool { return r > '~' }); i >= 0 {
					t.Errorf("%s at %s: %q", tag, size, line)
				}
			}
		}
	}
}

// TestWhatNobodySeesHasRoom: in the line below the large figures what no source covers has room before figures most of which stand in the list, too.
func TestWhatNobodySeesHasRoom(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Empty().View(), tuitest.Sizes[0])
	d := &drawing{f: f, shown: map[int]bool{}}
	c := wall.Country{Driver: "A", Month: "9+", Own: "3.5", Staff: "325+", StaffAge: "40h", Cannot: "unrest, hazards, <7 d"}
	if got := d.folded(d.pieces(&c, 1), 1)[0]; !strings.Contains(got, "driven by A, …, CANNOT SEE unrest, hazards, <7 d ") {
		t.Errorf("%q", got)
	}
	if got := strings.Join(d.folded(d.pieces(&c, 2), 2), "\n"); !strings.Contains(got, "× own normal 3.5") || !strings.Contains(got, "CANNOT SEE unrest, hazards, <7 d") {
		t.Errorf("in two lines\n%s", got)
	}
	c.Cannot = strings.Repeat("hazards, ", 8) // has no room anyway
	if got := d.folded(d.pieces(&c, 1), 1)[0]; !strings.Contains(got, "30 d 9+, × own normal 3.5, …") {
		t.Errorf("%q", got)
	}
}

// TestANewCriticalBringsItsCountry: at once and for its time, unless somebody holds another, and never so that no other country has its turn.
func TestANewCriticalBringsItsCountry(t *testing.T) {
	for _, held := range []bool{false, true} {
		d, l := tuitest.OnDutyLog()
		f := tuitest.Frame(t, l.On(d).View(), tuitest.Sizes[0])
		s := New(Options{Every: 10 * time.Second})
		s.Arrived(f)
		s.Turn(tuitest.Now)
		if s.current != country.MLI {
			t.Fatalf("%s stands", s.current)
		}
		if held {
			s.Key(keys.Hold, f)
		}
		rings := func(in string) {
			l.Say(0, tuitest.Vigil, &duty.Raise{Rule: "x", Severity: duty.Critical, Key: in, Country: in, Words: duty.Words(in)})
			f.View = l.On(d).View()
			s.Arrived(f)
		}
		rings("NER")
		if want := map[bool]string{false: "NER", true: "MLI"}[held]; s.current.Alpha3() != want {
			t.Errorf("held %v: %s stands, want %s", held, s.current, want)
		}
		if held {
			continue
		}
		now := tuitest.Now.Add(9 * time.Second)
		if s.Turn(now) || s.Turn(now.Add(9*time.Second)) {
			t.Error("it does not stand for its time")
		}
		if rings("BFA"); s.current.Alpha3() != "NER" {
			t.Errorf("before its time is over %s stands", s.current)
		}
		if !s.Turn(now.Add(10*time.Second)) || s.current.Alpha3() == "NER" {
			t.Errorf("then %s stands", s.current)
		}
	}
}

// TestMidnight: the day changes, and nothing else does: ages go on, clocks begin anew, the country stands for its time.
func TestMidnight(t *testing.T) {
	f := tuitest.Frame(t, onDuty(), tuitest.Size{Width: 132, Height: 43})
	s := New(Options{Every: 10 * time.Second})
	midnight := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		at         time.Time
		age, clock string
	}{{midnight.Add(-time.Minute), "9h31", "23:59"}, {midnight, "9h32", "00:00"}, {midnight.Add(time.Minute), "9h33", "00:01"}} {
		f.Now = tt.at
		s.Arrived(f)
		text := strings.Join(s.Lines(f), "\n")
		if !strings.Contains(text, "MALI  "+tt.clock+" local") || !strings.Contains(text, "!CRITICAL NOT ACKED "+tt.age) || !strings.Contains(text, widget.Big(tt.clock, 1, "█")[0]) {
			t.Errorf("at %s:\n%s", tt.at, text)
		}
	}
	if s.Turn(midnight.Add(-5*time.Second)) || s.Turn(midnight.Add(4*time.Second)) || !s.Turn(midnight.Add(5*time.Second)) {
		t.Error("a country does not stand for its time over midnight")
	}
}

// TestWhoKnowsIsSaidInTheLanguage: how many of those who must know of the newest critical were told, in plain lines, too.
func TestWhoKnowsIsSaidInTheLanguage(t *testing.T) {
	d, l := tuitest.OnDutyLog()
	d.Store.SetProfiles(profile.Set{tuitest.Profile()}, tuitest.Now.Add(-time.Hour))
	f := tuitest.In(t, "fr", tuitest.Frame(t, l.On(d).View(), tuitest.Sizes[0]))
	if first := New(Options{}).Linear(f)[0]; !strings.HasPrefix(first, "CRITIQUE ") || !strings.Contains(first, "prévenus 0 sur ") {
		t.Errorf("%q", first)
	}
}
