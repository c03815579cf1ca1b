package country

import (
	"slices"
	"strconv"
	"strings"

	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/presence"
	"vigil/internal/risk"
	"vigil/internal/theme"
	"vigil/internal/tui/ground"
	"vigil/internal/tui/listing"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// areas is the official levels, area by area, with what was approved for them.
func (p *pen) areas() page.Section {
	s := page.Section{Key: "areas", Title: p.Say("SECURITY LEVEL AREAS")}
	w := p.writer(0)
	if p.c.Levels == nil || len(p.c.Levels.Areas) == 0 {
		w.Say(theme.Unknown, 0, p.Say("No official level on this desk. vigil sets none: put them into levels/, as in examples/levels.yaml or levels.csv."))
		s.Lines = w.Lines
		return s
	}
	l := p.c.Levels
	s.Note = l.Scheme.String()
	if !l.Authority.IsZero() {
		s.Note += p.dot() + l.Authority.String()
	}
	if l.Reviewed.IsZero() {
		s.Note += p.dot() + p.Say("review date not said")
	} else {
		age, _ := p.Age(l.Reviewed.Start, p.Now, 0)
		s.Note += p.dot() + p.Sayf(lang.Heading("reviewed %s, %s"), p.WhenWhole(l.Reviewed), age)
	}
	t := page.NewTable(
		p.Palette, p.width,
		widget.Column{Title: p.Say("AREA"), Width: 14, Grow: 1}, widget.Column{Title: p.Say("LEVEL"), Width: 13},
		widget.Column{Title: p.Say("THREATS"), Width: 14, Drop: 3}, widget.Column{Title: p.Say("SINCE"), Width: 10, Drop: 5},
		widget.Column{Title: p.Say("VALID UNTIL"), Width: 18, Drop: 4},
	)
	w.Lines = append(w.Lines, t.Head())
	for i := range l.Areas {
		p.area(w, t, i)
	}
	s.Lines = w.Lines
	return s
}

func (p *pen) area(w *page.Writer, t *page.Table, i int) {
	a := &p.c.Levels.Areas[i]
	name := strconv.Itoa(a.Level)
	if word := p.c.Levels.Name(a.Level); word != "" {
		name += " " + p.Say(word)
	}
	role := areaRole(p.c, a.Level)
	until := widget.Cell{Text: p.Say("no end stated"), Role: theme.Dim}
	if !a.ValidUntil.IsZero() {
		until = widget.Cell{Text: a.ValidUntil.String()}
	}
	mark := ""
	if a.Expired(p.View.Valid()) {
		until = widget.Cell{Text: p.Sayf("EXPIRED %s", a.ValidUntil), Role: theme.Expired}
		name += "!"
		mark, role = p.Palette.Glyph(theme.Attention), theme.Expired
	}
	since := widget.Cell{Text: a.Since.String()}
	if a.Since.IsZero() {
		since = widget.Cell{Text: p.Say("not said"), Role: theme.Dim}
	}
	row := t.Row(mark, widget.Cell{Text: a.Name.String()}, widget.Cell{Text: name, Role: role}, widget.Cell{Text: threats(a)}, since, until)
	row.Key = "area " + a.Name.String()
	row.Why = p.why(screen.FigureLevel)
	row.Why.Area = i
	w.Lines = append(w.Lines, row)
	if len(a.Places) > 0 {
		places := make([]string, len(a.Places))
		for n, place := range a.Places {
			places[n] = place.String()
		}
		w.Say(theme.Dim, 2, p.Sayf("places: %s", strings.Join(places, ", ")))
	}
	if !t.Shows(4) {
		w.Say(until.Role, 2, p.Sayf("valid until: %s", until.Text))
	}
	if !t.Shows(2) && threats(a) != figure.Nothing {
		w.Say(theme.Dim, 2, p.Sayf("threats: %s", threats(a)))
	}
	for n := range a.Risks {
		p.presentRisk(w, &a.Risks[n])
	}
}

// threats is the categories of an area: A4 T5 C3 U2 H2; "-" when none is given.
func threats(a *level.Area) string {
	var parts []string
	for _, t := range incident.Threats() {
		if v := a.Threats[t]; v > 0 {
			parts = append(parts, t.Letter()+strconv.Itoa(v))
		}
	}
	if len(parts) == 0 {
		return figure.Nothing
	}
	return strings.Join(parts, " ")
}

func (p *pen) presentRisk(w *page.Writer, r *level.PresentRisk) {
	threat := p.Threat(r.Threat.Value)
	if r.Threat.Unlisted() {
		threat = r.Threat.Text.String() + figure.Unknown
	}
	s := p.Sayf("approved present risk (SRM): %s %s", threat, p.Say(r.Band.Label()))
	if r.ApprovedBy.IsZero() {
		s += p.Say(", by whom is not said")
	} else {
		s += p.Sayf(", approved by %s", r.ApprovedBy)
	}
	role := theme.Text
	switch {
	case r.ValidUntil.IsZero():
		s += p.Say(", no end stated")
	case !r.ValidUntil.End().After(p.View.Valid()):
		s, role = s+p.Sayf(", EXPIRED %s", r.ValidUntil), theme.Expired
	default:
		s += p.Sayf(", valid until %s", r.ValidUntil)
	}
	w.Say(role, 2, s)
}

// estimate is vigil's own estimate, apart from what is official.
func (p *pen) estimate() page.Section {
	w := p.writer(0)
	t := page.NewTable(
		p.Palette, p.width,
		widget.Column{Title: p.Say("THREAT"), Width: 14, Grow: 2}, widget.Column{Title: p.Say("EST"), Width: 7},
		widget.Column{Title: p.Sayf("LIKELIHOOD %s IMPACT", p.Times), Width: 20, Grow: 3},
	)
	w.Lines = append(w.Lines, t.Head())
	for i := range p.c.Estimate.Categories {
		c := &p.c.Estimate.Categories[i]
		row := t.Row("", widget.Cell{Text: p.Threat(c.Threat)}, p.band(c.Known, c), widget.Cell{Text: ground.Estimate(p.Hand, c)})
		row.Key, row.Why = c.Threat.String(), p.why(screen.FigureEstimate)
		row.Why.Threat = c.Threat
		w.Lines = append(w.Lines, row)
		if c.Known {
			w.Say(theme.Dim, 2, ground.Reasons(p.Hand, c))
		}
	}
	out := page.Section{Key: "estimate", Title: p.Say("EST: vigil's estimate, not an SRM"), Note: p.Sayf("worst %s", p.Estimate(p.c.Estimate))}
	if p.c.Levels != nil && len(p.c.Levels.Areas) > 0 {
		w.Blank()
		w.Say(theme.Dim, 0, p.Say("By area, from incidents that name a place of it:"))
		areas := p.c.Levels.Areas
		out.Count = len(areas) + 1
		out.Row = func(i int) page.Line { return p.areaEstimate(t, i) }
		out.Find = func(key string) (int, bool) {
			i := slices.IndexFunc(areas, func(a level.Area) bool { return "area "+a.Name.String() == key })
			return i, i >= 0
		}
	}
	out.Lines = w.Lines
	return out
}

func (p *pen) band(known bool, c *risk.Category) widget.Cell {
	if !known {
		return widget.Cell{Text: figure.Unknown, Role: theme.Unknown}
	}
	return widget.Cell{Text: p.Say(c.Band.Label()), Role: theme.RiskRole(figure.BandColour(c.Band))}
}

// areaEstimate is the row of an area; the one after the last tells how much of the evidence has a place.
func (p *pen) areaEstimate(t *page.Table, i int) page.Line {
	l := p.lately
	if p.waits && !l.estimated {
		return p.later(i)
	}
	l.estimate(p.c)
	if i >= len(l.areas) {
		placed := 0
		for n := range l.areas {
			placed += references(&l.areas[n])
		}
		return page.Line{Spans: []widget.Span{{Text: p.Sayf("%s of %s incidents of the last year do.", p.Number(placed), p.Number(references(&l.country))), Role: theme.Dim}}}
	}
	e, a := &l.areas[i], &p.c.Levels.Areas[i]
	text := p.Say("unknown: nothing here is covered well enough")
	if e.Known {
		text = ground.Estimate(p.Hand, &e.Worst) + ", " + p.Threat(e.Worst.Threat)
	}
	row := t.Row("", widget.Cell{Text: a.Name.String(), Said: a.Name.String()}, p.band(e.Known, &e.Worst), widget.Cell{Text: text})
	row.Key, row.Why = "area "+a.Name.String(), p.why(screen.FigureEstimate)
	row.Why.Area = i
	return row
}

func references(e *risk.Estimate) int {
	n := 0
	for i := range e.Categories {
		n += len(e.Categories[i].Reasons.References)
	}
	return n
}

// presence is who is here, by area, organisation and population: populations are never added.
func (p *pen) presence() page.Section {
	s := page.Section{Key: "presence", Title: p.Say("STAFF"), Note: p.Sayf("%s in all", p.Total(p.c))}
	w := p.writer(0)
	if !p.c.HasStaff {
		s.Note = p.Say("unknown")
		w.Say(theme.Unknown, 0, p.Say("No roster and no headcount speaks of this country. That is unknown, not nobody: put one into presence/, as in examples/roster.csv or headcount.csv."))
		s.Lines = w.Lines
		return s
	}
	number := func(title string, width, drop int) widget.Column {
		return widget.Column{Title: title, Width: width, Right: true, Drop: drop}
	}
	t := page.NewTable(
		p.Palette, p.width,
		widget.Column{Title: p.Say("ORGANISATION"), Width: 8, Grow: 3}, widget.Column{Title: p.Say("POP."), Width: 5, Grow: 1, Drop: 6},
		widget.Column{Title: p.Say("AREA"), Width: 6, Grow: 2, Drop: 5},
		number(p.Say("ALL"), 5, 0), number(p.Say("NAT"), 5, 0), number(p.Say("INT"), 4, 0), number(p.Say("R?"), 3, 2), number(p.Say("F"), 4, 3), number(p.Say("M"), 4, 3), number(p.Say("S?"), 4, 3),
		number(p.Say("AGE"), 4, 0), widget.Column{Title: p.Say("FROM"), Width: 6, Drop: 7},
	)
	w.Lines = append(w.Lines, t.Head())
	for _, g := range p.View.Groups(p.c.Code) {
		w.Lines = append(w.Lines, p.group(t, &g))
	}
	for _, d := range p.View.Differences(p.c.Code) {
		w.Say(theme.Warning, 0, p.Sayf("%s, %s: roster %s, headcount %s (%+d). The roster is shown.",
			p.named(d.Organization.String()), p.population(d.Population), p.Number(d.Roster), p.Number(d.Headcount), d.Headcount-d.Roster))
	}
	s.Lines = w.Lines
	return s
}

func (p *pen) group(t *page.Table, g *presence.Group) page.Line {
	age, old := p.Age(g.AsOf, p.Now, figure.StaffFresh)
	role := theme.Text
	if old || g.AsOf.IsZero() {
		role = theme.Stale
	}
	from := p.SayAs("presence", "counts")
	if g.FromRoster {
		from = p.SayAs("presence", "roster")
	}
	n := func(n int) widget.Cell { return widget.Cell{Text: p.Number(n)} }
	unsaid := func(n int) widget.Cell { return widget.Cell{Text: p.Number(n), Silent: n == 0} } // of whom nobody says it
	l := t.Row("", widget.Cell{Text: p.named(g.Organization.String())}, widget.Cell{Text: p.population(g.Population)}, widget.Cell{Text: p.named(g.Area.String())},
		n(g.Total), n(g.National), n(g.International), unsaid(g.RecruitmentUnknown), n(g.Female), n(g.Male), unsaid(g.SexUnknown),
		widget.Cell{Text: age, Role: role}, widget.Cell{Text: from, Role: theme.Dim})
	l.Key = g.Organization.String() + "\x00" + g.Area.String() + "\x00" + g.Population.Value.String() + g.Population.Text.String()
	l.Why = p.why(screen.FigureStaff)
	return l
}

// named is a name that may not have been given.
func (p *pen) named(s string) string {
	if s == "" {
		return p.Say("(not said)")
	}
	return s
}

func (p *pen) population(c incident.Coded[incident.Population]) string {
	if c.Unlisted() {
		return c.Text.String() + figure.Unknown
	}
	return p.named(p.Words(c.Value.String()))
}

// incidents lists the latest of the country.
func (p *pen) incidents() page.Section {
	l := p.lately
	ids := p.shown()
	g := listing.NewIn(&p.Frame, p.width)
	s := page.Section{Key: "incidents", Title: p.Say("LATEST INCIDENTS"), Note: p.incidentsNote()}
	if len(ids) == 0 {
		w := p.writer(0)
		switch {
		case l.more:
			w.Say(theme.Text, 0, p.Sayf("None among the newest %s incidents of this desk.", p.Number(l.looked)))
		case p.withholds():
			w.Say(theme.Text, 0, p.Say("None that may be listed here: restricted incidents are counted and not listed."))
		default:
			w.Say(theme.Text, 0, p.Say("No incident of this country has reached this desk."))
		}
		if p.View.Unread() {
			w.Say(theme.Warning, 0, p.Say("That is not the same as calm: the files are still being read."))
		}
		if p.c.Coverage.State == health.Blind || p.c.Coverage.State == health.Partial {
			w.Say(theme.Warning, 0, p.Sayf("That is not the same as calm: it cannot see %s.", p.Cannot(p.c, p.Now)))
		}
		s.Lines = w.Lines
	} else {
		s.Lines = []page.Line{g.Head()}
	}
	s.Count = len(ids) + 1
	s.Row = func(i int) page.Line {
		if i < len(ids) {
			return g.Line(&p.Frame, ids[i])
		}
		return page.Line{
			Key:   "all",
			Spans: []widget.Span{{Text: page.Safe(p.Palette, p.Sayf("All events of %s: Enter", ground.Name(p.Hand, p.View.CountryNames(), p.c.Code, 40))), Role: theme.Key}},
			Open:  screen.Ask{Go: screen.ToEvents, Subject: screen.Subject{Country: p.c.Code, Filter: "country:" + p.c.Code.Alpha3(), Area: -1}},
		}
	}
	s.Find = func(key string) (int, bool) {
		if key == "all" {
			return len(ids), true
		}
		id, ok := listing.ID(key)
		at := slices.Index(ids, id)
		return at, ok && at >= 0
	}
	return s
}

// fewListed is how many incidents stand where the panes share one column.
const fewListed = 10

// shown are the incidents that are listed.
func (p *pen) shown() []picture.ID {
	if p.few {
		return p.lately.ids[:min(len(p.lately.ids), fewListed)]
	}
	return p.lately.ids
}

// withholds reports whether the desk has incidents that the viewer may not see; of which country they are is not told.
func (p *pen) withholds() bool {
	return p.View.Totals().Restricted > 0 && p.View.Role() < picture.SecurityLead
}

func (p *pen) incidentsNote() string {
	if unread := p.UnreadList(p.View); unread != "" {
		return unread
	}
	l := p.lately
	note, all := p.Sayf("the newest %s", p.Number(len(p.shown()))), len(p.shown()) == len(l.ids)
	switch {
	case len(l.ids) == 0:
		return p.SayAs("incidents", "none")
	case all && !l.more:
		note = p.Sayf("all %s", p.Number(len(l.ids)))
	case all && len(l.ids) < listed:
		note = p.Sayf("%s among the newest %s", p.Number(len(l.ids)), p.Number(l.looked))
	}
	if p.withholds() {
		note += p.dot() + p.Say("restricted ones are counted, not listed")
	}
	return note
}

// coverage is what can be seen of each threat category, and by whom.
func (p *pen) coverage() page.Section {
	w := p.writer(0)
	for _, t := range incident.Threats() {
		sight := ground.SightOf(p.View, p.c, t)
		role, mark := theme.Live, ""
		if sight.State == health.Blind {
			role, mark = theme.Blind, p.Palette.Glyph(theme.Attention)
		}
		l := w.Add(
			widget.Span{Text: widget.Fit(p.Threat(t), p.Room(15), "") + " ", Role: theme.Label},
			widget.Span{Text: widget.Fit(sight.Words(p.Hand, p.Now), p.Room(12), "") + " ", Role: role},
			widget.Span{Text: page.Safe(p.Palette, p.lookers(&sight)), Role: theme.Dim},
		)
		l.Key, l.Mark, l.Why = t.String(), mark, p.why(screen.FigureCoverage)
		l.Why.Threat = t
	}
	return page.Section{Key: "coverage", Title: p.Say("COVERAGE"), Note: p.Words(p.c.Coverage.State.String()), Lines: w.Lines}
}

func (p *pen) lookers(s *ground.Sight) string {
	if len(s.Sources) == 0 {
		return p.Say("nobody looks")
	}
	names := make([]string, len(s.Sources))
	for i, src := range s.Sources {
		names[i] = src.Info.Name.String() + " " + p.State(src.State)
		if lag := src.Info.Profile.Lag; lag > picture.Day {
			names[i] += p.Sayf(" (%s late)", p.Span(lag))
		}
	}
	return strings.Join(names, ", ")
}
