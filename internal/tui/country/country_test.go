package country

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"

	"vigil/internal/incident"
	"vigil/internal/profile"
	"vigil/internal/safetext"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func TestGoldens(t *testing.T) {
	v := tuitest.Sahel().View()
	tuitest.Goldens(t, "mali", v, func() screen.Screen { return New(tuitest.Country("MLI")) })
}

func TestContract(t *testing.T) {
	tuitest.Walk(t, func() screen.Screen { return New(tuitest.Country("MLI")) })
}

func TestOtherCountries(t *testing.T) {
	for _, code := range []string{"BFA", "NER", "COD", "MRT", "FJI"} {
		f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
		tuitest.Golden(t, strings.ToLower(code)+"-linear", New(tuitest.Country(code)).Linear(f))
	}
	f := tuitest.Frame(t, tuitest.Past(), tuitest.Sizes[0])
	tuitest.Golden(t, "past-linear", New(tuitest.Country("MLI")).Linear(f))
}

func TestLeftAndRightGoToTheCountriesBeside(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
	s := New(tuitest.Country("MLI"))
	s.Lines(f)
	s.Key(keys.Right, f)
	if !strings.Contains(s.Lines(f)[0], "Mauritania") || s.Title(f) != "Mauritania MRT" {
		t.Errorf("right of Mali: %q", s.Lines(f)[0])
	}
	for range 5 {
		s.Key(keys.Right, f)
	}
	if !strings.Contains(s.Lines(f)[0], "Mauritania") {
		t.Errorf("five times right around five countries: %q", s.Lines(f)[0])
	}
	s.Key(keys.Left, f)
	if !strings.Contains(s.Lines(f)[0], "Mali") {
		t.Errorf("left of Mauritania: %q", s.Lines(f)[0])
	}
}

func TestEveryFigureCanBeAskedWhy(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
	s := New(tuitest.Country("MLI"))
	s.Lines(f)
	asked := map[screen.Figure]bool{}
	for range 10 {
		ask := s.Key(keys.ShowWhy, f)
		if ask.Go != screen.ToWhy || ask.Subject.Country != tuitest.Country("MLI") || ask.Subject.Area != -1 {
			t.Errorf("why: %+v", ask)
		}
		asked[ask.Subject.Figure] = true
		s.Key(keys.Down, f)
	}
	if len(asked) < 9 {
		t.Errorf("only %d figures can be asked why", len(asked))
	}
}

// What takes a look at many incidents is made again only when something of the country has changed.
func TestLatelyFollowsOnlyWhatConcernsIt(t *testing.T) {
	d := tuitest.Sahel()
	f := tuitest.Frame(t, d.View(), tuitest.Sizes[0])
	s := New(tuitest.Country("MLI"))
	s.Lines(f)
	at := s.lately.view
	d.Arrive(tuitest.Report{Source: "radio", ID: "N-1", When: "2026-11-20T14:30:00Z", Country: "BFA"})
	f.View = d.View()
	s.Lines(f)
	if !s.lately.view.Same(at) {
		t.Error("an incident elsewhere had Mali looked at again")
	}
	d.Arrive(tuitest.Report{Source: "radio", ID: "N-2", When: "2026-11-20T14:31:00Z", Country: "MLI", Place: "Gao"})
	f.View = d.View()
	s.Lines(f)
	if r, _ := f.View.Row(s.lately.ids[0]); r.Source.String() != "radio" || f.View.Identity(s.lately.ids[0]).ID.String() != "N-2" {
		t.Error("the newest incident of Mali is not listed")
	}
}

func BenchmarkArrived(b *testing.B) {
	d := tuitest.Many(100_000)
	f := tuitest.Frame(b, d.View(), tuitest.Sizes[0])
	s := New(tuitest.Country("MLI"))
	s.Lines(f)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		i++
		b.StopTimer()
		d.Arrive(tuitest.Report{Source: "radio", ID: fmt.Sprint("N-", i), When: "2026-11-20T14:30:00Z", Country: "BFA"})
		f.View = d.View()
		b.StartTimer()
		s.Arrived(f)
		s.Lines(f)
	}
}

func BenchmarkOpen(b *testing.B) {
	d := tuitest.Many(100_000)
	f := tuitest.Frame(b, d.View(), tuitest.Sizes[0])
	b.ReportAllocs()
	for b.Loop() {
		s := New(tuitest.Country("MLI"))
		s.Lines(f)
	}
}

// TestContacts: whom the profile names and by what they are reached, with its age and what stands against it, and no number to anybody.
func TestContacts(t *testing.T) {
	mali := func(change func(*profile.Profile)) (string, screen.Frame) {
		d, p := tuitest.Sahel(), tuitest.Profile()
		change(p)
		p.Settle()
		d.Store.SetProfiles(profile.Set{p}, tuitest.Now.Add(-time.Hour))
		f := tuitest.Frame(t, d.View(), tuitest.Sizes[0])
		return strings.Join(New(tuitest.Country("MLI")).Linear(f), "\n"), f
	}
	text, f := mali(func(*profile.Profile) {})
	_, section, _ := strings.Cut(text, "CONTACTS")
	section, _, _ = strings.Cut(section, "\n\n")
	tuitest.Golden(t, "contacts", strings.Split("CONTACTS"+section, "\n"))
	wide := f
	wide.Width, wide.Height = 132, 41
	tuitest.Golden(t, "contacts-132x43", New(tuitest.Country("MLI")).Lines(wide))
	for _, size := range tuitest.Sizes {
		f.Width, f.Height = size.Width, 2000
		lines := New(tuitest.Country("MLI")).Lines(f)
		if all := strings.Join(lines, "\n") + text; strings.Contains(all, "EXERCISE 0") || strings.Contains(all, "channel 4") || !strings.Contains(all, "warden Gao région") {
			t.Errorf("at %s a number is shown, or no warden:\n%s", size, all)
		}
	}
	for what, c := range map[string]struct {
		change func(*profile.Profile)
		want   string
	}{
		"old":        {func(p *profile.Profile) { p.Reviewed.Start = tuitest.Now.AddDate(-1, 0, 0) }, "OLD NUMBERS, last tried 2025-11-20"},
		"undated":    {func(p *profile.Profile) { p.Reviewed = incident.When{} }, "CONTACTS: 6, reviewed ?"},
		"bad":        {func(p *profile.Profile) { p.Trouble = safetext.Const("line 4: unknown key") }, "PROFILE line 4: unknown key"},
		"empty":      {func(p *profile.Profile) { p.Contacts = nil }, "The profile names nobody"},
		"no channel": {func(p *profile.Profile) { p.Contacts[0].Channels = nil }, "no channel"},
	} {
		if text, _ := mali(c.change); !strings.Contains(text, c.want) {
			t.Errorf("%s: %q is not in\n%s", what, c.want, text)
		}
	}
}

// TestABandHasOneColour: the estimate of the country and those of its threats and areas are of one scale.
func TestABandHasOneColour(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Size{Width: 200, Height: 60})
	f.Palette = tuitest.Palette(t, theme.Default, colorprofile.ANSI, false)
	band := regexp.MustCompile(`\x1b\[([0-9;]*)m(V\.High|High|Medium)`)
	colours, places := map[string]string{}, 0
	for _, m := range band.FindAllStringSubmatch(strings.Join(New(tuitest.Country("MLI")).Lines(f), "\n"), -1) {
		if was, has := colours[m[2]]; has && was != m[1] {
			t.Errorf("%s is both %q and %q", m[2], was, m[1])
		}
		colours[m[2]] = m[1]
		places++
	}
	if places < 3 {
		t.Errorf("%d bands only", places)
	}
}

// TestANormalThatIsUnknownSaysWhyWhole: also in the narrow column of a wide terminal.
func TestANormalThatIsUnknownSaysWhyWhole(t *testing.T) {
	for _, size := range []tuitest.Size{{Width: 200, Height: 90}, {Width: 132, Height: 90}, {Width: 40, Height: 120}} {
		text := strings.Join(New(tuitest.Country("MRT")).Lines(tuitest.Frame(t, tuitest.Sahel().View(), size)), "\n")
		if !strings.Contains(text, "own normal unknown: 0 of 26 whole weeks") && size.Width > 40 || !strings.Contains(text, "own normal unknown: 0 of 26") {
			t.Errorf("at %d columns:\n%s", size.Width, text)
		}
	}
}
