// Package country shows one country: its figures, official levels area by area with their history,
// approved present risks, vigil's estimate with its reasons, staff, incidents, coverage, and whom its profile names.
//
// The rules. One line of figures stays at the top; below it are panes, in one column that scrolls, or side by
// side where the terminal is wide. Who is here comes before what happened; in one column the incidents are few, since what is
// below a long list is never found. Every figure can be asked why. Official levels and vigil's
// estimate stand in panes of their own and are never blended. A pane with nothing to show says in words whether
// that is known to be nothing, or not known.
//
// Lists and estimates that need a look at many incidents are made again only when something of this
// country changed, and the list looks at a bounded number of incidents and says so.
package country

import (
	"strings"

	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/ground"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/listing"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// Screen is the country screen.
type Screen struct {
	body   *page.Body
	code   country.Code
	lately lately
	levels ground.LevelLog
	rested bool // the keys have rested since the country was opened
}

// New makes the screen of a country.
func New(code country.Code) *Screen {
	s := &Screen{code: code}
	s.body = page.NewBody(page.Wide, s.draw)
	return s
}

// Scope is the part of the binding table that is in force.
func (s *Screen) Scope() keys.Scope { return keys.Country }

// Title names the screen.
func (s *Screen) Title(f screen.Frame) string {
	return ground.Name(f.Hand, f.View.CountryNames(), s.code, 30)
}

// Key does what a binding asks for. Left and right go to the countries beside.
func (s *Screen) Key(id keys.ID, f screen.Frame) screen.Ask {
	if why := s.Cannot(id, f); why != "" {
		return screen.Ask{Say: why}
	}
	switch id {
	case keys.Left:
		s.turn(f.View, -1)
		return screen.Ask{}
	case keys.Right:
		s.turn(f.View, 1)
		return screen.Ask{}
	case keys.ShowCountry:
		return screen.Ask{Go: screen.ToCountry, Subject: screen.Subject{Country: s.code, Area: -1}}
	}
	ask, _ := s.body.Key(id, f)
	return ask
}

// Cannot says why a binding cannot be used just now.
func (s *Screen) Cannot(id keys.ID, f screen.Frame) string {
	switch id {
	case keys.Left, keys.Right:
		if n := len(codes(f.View)); n < 2 {
			return f.Say("there is no other country")
		}
		return ""
	case keys.ShowCountry:
		return ""
	}
	return s.body.Cannot(id, f)
}

// large is from how many incidents on a look at all of them takes longer than a key may wait.
const large = 200_000

// waits reports whether the plots wait until the keys rest.
func (s *Screen) waits(f screen.Frame) bool { return !s.rested && !f.Linear && f.View.Len() > large }

// Settle lets the plots be made, where they have waited.
func (s *Screen) Settle(f screen.Frame) bool {
	waited := !f.View.IsZero() && s.waits(f)
	if s.rested = true; waited {
		s.body.Forget()
	}
	return waited
}

// Arrived takes a new picture in.
func (s *Screen) Arrived(screen.Frame) {}

// Succeeded finds the selected incident again in the picture that takes the place of one that was made ahead.
func (s *Screen) Succeeded(f screen.Frame) (lost bool) {
	s.body.Rename(listing.Renamer(f.View))
	return false
}

// Lines draws the screen.
func (s *Screen) Lines(f screen.Frame) []string { return s.body.Lines(f) }

// Click selects the line at a cell.
func (s *Screen) Click(x, y int, f screen.Frame) (hit, again bool) { return s.body.Click(x, y, f) }

// Linear is the screen as plain lines.
func (s *Screen) Linear(f screen.Frame) []string { return s.body.Linear(f) }

// turn goes to another country, by code, around the end. A reader keeps the pane.
func (s *Screen) turn(v picture.View, by int) {
	all := codes(v)
	at := 0
	for i, c := range all {
		if c == s.code {
			at = i
		}
	}
	s.code = all[(at+by+len(all))%len(all)]
	s.lately, s.levels, s.rested = lately{}, ground.LevelLog{}, false
	s.body.Forget()
}

func codes(v picture.View) []country.Code {
	var all []country.Code
	if v.IsZero() {
		return nil
	}
	for c := range v.Countries() {
		all = append(all, c.Code)
	}
	return all
}

// draw makes the panes, distributed over the columns there are.
func (s *Screen) draw(f screen.Frame, widths []int) ([]page.Line, []page.Column) {
	columns := make([]page.Column, len(widths))
	for i, w := range widths {
		columns[i].Width = w
	}
	var c *picture.Country
	ok := false
	if !f.View.IsZero() {
		c, ok = f.View.Country(s.code)
	}
	if !ok {
		w := page.NewWriter(f.Palette, widths[0], 0)
		w.Say(theme.Text, 0, f.Sayf("This desk has no levels, no staff and no incident of the last year for %s, and it is not a home country. "+
			"That is not the same as calm: nobody may be looking.", ground.Name(f.Hand, f.View.CountryNames(), s.code, 60)))
		columns[0].Sections = []page.Section{{Key: "none", Title: f.Say("COUNTRY"), Lines: w.Lines}}
		return nil, columns
	}
	s.lately.follow(f.View, c)
	changes := s.levels.Changes(f.View, s.code)
	put := func(column int, make func(p *pen) page.Section) {
		to := &columns[min(column, len(columns)-1)]
		to.Sections = append(to.Sections, make(&pen{
			Frame: f, width: to.Width, few: len(columns) == 1 && to.Width < page.LinearWidth, c: c, lately: &s.lately, waits: s.waits(f), changes: changes,
		}))
	}
	here, when := 0, 0 // the column of who and what is here, and that of when in the week: where there are three, the first has most room
	if len(columns) == 3 {
		here = 2
	}
	put(0, (*pen).figures)
	put(0, (*pen).areas)
	put(here, (*pen).presence)
	if len(f.View.TrackedIn(s.code)) > 0 {
		put(here, (*pen).tracked)
	}
	put(1, (*pen).incidents)
	put(here, (*pen).weeks)
	put(here, (*pen).threatBars)
	put(2, (*pen).estimate)
	if len(f.View.Advisories(s.code)) > 0 {
		put(0, (*pen).advisories)
	}
	put(0, (*pen).contacts)
	put(0, (*pen).history)
	put(when, (*pen).hours)
	put(1, (*pen).coverage)
	if len(f.View.Background(s.code)) > 0 {
		put(1, (*pen).background)
	}
	return []page.Line{headline(&f, c)}, columns
}

// headline is the country's row of the board in one line: as many figures as fit, each whole.
func headline(f *screen.Frame, c *picture.Country) page.Line {
	m := f.Hand
	age, _ := f.StaffAge(c, f.Now)
	line := page.Line{Spans: []widget.Span{{Text: page.Safe(f.Palette, ground.Name(f.Hand, f.View.CountryNames(), c.Code, 30)), Role: theme.Accent}}}
	left := f.Width - 1 - widget.Width(line.Spans[0].Text)
	for _, fig := range []struct {
		name, value string
		role        theme.Role
	}{
		{f.Say("LEVEL"), strings.Join(strings.Fields(m.Level(c)), " "), levelRole(c)},
		{f.Say("EST"), f.Estimate(c.Estimate), theme.RiskRole(figure.Band(c.Estimate))},
		{f.Say("24H"), f.Window(c.Day), theme.Accent},
		{f.Say("7D"), f.Window(c.Week), theme.Accent},
		{f.Say("30D"), f.Window(c.Month), theme.Accent},
		{ground.Own(f.Hand), f.Own(c.Trend), theme.Accent},
		{f.Say("NAT"), f.National(c), theme.Accent},
		{f.Say("INT"), f.International(c), theme.Accent},
		{f.Say("AGE"), age, theme.Accent},
		{f.Say("CANNOT SEE"), f.Cannot(c, f.Now), theme.Partial},
	} {
		need := 3 + widget.Width(fig.name) + widget.Width(fig.value)
		if need > left {
			break
		}
		left -= need
		line.Spans = append(line.Spans, widget.Span{Text: "  " + fig.name + " ", Role: theme.Label}, widget.Span{Text: fig.value, Role: fig.role})
	}
	return line
}

func levelRole(c *picture.Country) theme.Role {
	if c.Levels == nil {
		return theme.Unknown
	}
	if c.Level.Expired > 0 {
		return theme.Expired
	}
	return areaRole(c, c.Level.Max)
}

// areaRole colours levels of the United Nations' scheme only: what another scheme's numbers mean is not for
// vigil to say.
func areaRole(c *picture.Country, n int) theme.Role {
	if c.Levels.Scheme.String() != "un-sls" {
		return theme.Text
	}
	return theme.LevelRole(n)
}
