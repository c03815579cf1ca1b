package why

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/level"
	"vigil/internal/risk"
	"vigil/internal/theme"
	"vigil/internal/tui/ground"
	"vigil/internal/tui/listing"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/telling"
	"vigil/internal/tui/widget"
)

// level derives the official level: what its authority set, area by area.
func (d *deriver) level() {
	w := d.writer(12)
	w.Field(d.Say("figure"), strings.Join(strings.Fields(d.Level(d.c)), " "), theme.Accent)
	l := d.c.Levels
	if l == nil {
		w.Say(theme.Text, 0, d.Say("No file in levels/ speaks of this country. vigil sets no level and derives none."))
		d.add("figure", d.Say("OFFICIAL LEVEL"), "", w)
		return
	}
	w.Field(d.Say("scheme"), figure.Text(l.Scheme), theme.Text)
	w.Field(d.Say("authority"), figure.Text(l.Authority), theme.Text)
	if l.Reviewed.IsZero() {
		w.Field(d.Say(lang.Heading("reviewed")), d.Say("not said"), theme.Dim)
	} else {
		w.Field(d.Say(lang.Heading("reviewed")), d.Sayf("%s, %s ago", d.WhenWhole(l.Reviewed), ground.Age(d.Hand, l.Reviewed.Start, d.Now)), theme.Text)
	}
	w.Field(d.Say("rule"), d.Say("the range of the levels of all areas, expired ones included; the letter is the category with the highest value in the areas at the top"), theme.Text)
	w.Field(d.Say("never"), d.Say("computed, averaged, converted, or mixed with the estimate"), theme.Text)
	d.add("figure", d.Say("OFFICIAL LEVEL"), "", w)
	for i := range l.Areas {
		if d.subject.Area < 0 || d.subject.Area == i {
			d.area(&l.Areas[i])
		}
	}
	d.changes()
}

func (d *deriver) area(a *level.Area) {
	w := d.writer(12)
	name := strconv.Itoa(a.Level)
	if word := d.c.Levels.Name(a.Level); word != "" {
		name += " " + d.Say(word)
	}
	w.Field(d.Say("level"), name, theme.Accent)
	w.Field(d.Say("read from"), listing.File(&a.Origin), theme.Text).Copy = listing.File(&a.Origin)
	w.Field(d.Say("since"), d.stated(a.Since), theme.Text)
	switch {
	case a.ValidUntil.IsZero():
		w.Field(d.Say("valid until"), d.Say("no end stated"), theme.Dim)
	case a.Expired(d.View.Valid()):
		w.Field(d.Say("valid until"), d.Sayf("%s: EXPIRED, %s ago. It is still the last word of its authority",
			a.ValidUntil, d.Span(d.View.Valid().Sub(a.ValidUntil.End()))), theme.Expired)
	default:
		w.Field(d.Say("valid until"), a.ValidUntil.String(), theme.Text)
	}
	var given []string
	for _, t := range incident.Threats() {
		if v := a.Threats[t]; v > 0 {
			given = append(given, fmt.Sprintf("%s %d", d.Threat(t), v))
		}
	}
	if len(given) == 0 {
		given = []string{d.Say("not given")}
	}
	w.Field(d.Say("threats"), strings.Join(given, ", "), theme.Text)
	d.add("area "+a.Name.String(), a.Name.String(), "", w)
}

func (d *deriver) stated(w incident.When) string {
	if w.IsZero() {
		return d.Say("not said")
	}
	return d.WhenWhole(w)
}

func (d *deriver) changes() {
	w := d.writer(0)
	for _, ch := range d.log.Changes(d.View, d.c.Code) {
		w.Say(theme.Text, 0, d.Sayf("%s %s %s, %s ago", d.Time(ch.Seen), ch.Area, d.LevelChange(&ch), ground.Age(d.Hand, ch.Seen, d.Now)))
	}
	if len(w.Lines) == 0 {
		w.Say(theme.Dim, 0, d.Say("This desk has not seen it change."))
	}
	d.add("changes", d.Say("CHANGES SEEN"), "", w)
}

// estimate derives vigil's own estimate, the asked category first.
func (d *deriver) estimate() {
	d.behind.rate(d)
	e := &d.behind.estimate
	w := d.writer(12)
	w.Field(d.Say("figure"), d.Estimate(*e), theme.Accent)
	if a := d.subject.Area; a >= 0 && d.c.Levels != nil && a < len(d.c.Levels.Areas) {
		w.Field(d.Say("of"), d.Sayf("the area %s, from incidents that name a place of it", d.c.Levels.Areas[a].Name), theme.Text)
	}
	w.Field(d.Say("what it is"), d.Say("vigil's estimate, not a security risk assessment; it never uses or touches an official level"), theme.Text)
	w.Field(d.Say("likelihood"), d.Say("the probability of at least one incident that harms staff within the horizon, from two fading rates"), theme.Text)
	w.Field(d.Say("impact"), d.Say("the worst of what was seen there, and of the staff who are exposed"), theme.Text)
	w.Field(d.Say("shows"), d.Say("the worst category; without coverage it is unknown, not low"), theme.Text)
	d.add("figure", d.Say("EST"), "", w)
	order := make([]*risk.Category, 0, len(e.Categories))
	for i := range e.Categories {
		if d.subject.Threat != incident.ThreatUnknown && e.Categories[i].Threat == d.subject.Threat {
			order = append([]*risk.Category{&e.Categories[i]}, order...)
		} else {
			order = append(order, &e.Categories[i])
		}
	}
	for _, c := range order {
		d.category(c)
	}
	d.parameters()
}

func (d *deriver) category(c *risk.Category) {
	w := d.writer(12)
	key, title := "est "+c.Threat.String(), strings.ToUpper(d.Threat(c.Threat))
	if !c.Known {
		w.Say(theme.Unknown, 0, ground.Unknown(d.Hand, c.Why))
		d.add(key, title, figure.Unknown, w)
		return
	}
	r := &c.Reasons
	w.Field(d.Say("band"), d.Sayf("%s: %s in the table", d.Say(c.Band.Label()), ground.Estimate(d.Hand, c)), theme.RiskRole(figure.BandColour(c.Band)))
	w.Field(d.Say("probability"), d.Sayf("%s %%: %s", d.Decimal(100*c.Probability, 1), d.Words(c.Likelihood.String())), theme.Text)
	w.Field(d.Say("rates"), d.Sayf("%s a month with half-life %s, %s with %s", d.Decimal(r.RatePerMonth[0], 2), d.Span(r.Params.ShortHalfLife),
		d.Decimal(r.RatePerMonth[1], 2), d.Span(r.Params.LongHalfLife)), theme.Text)
	counted := d.Sayf("%s that harmed staff, from %s to %s", d.Plural(r.Counted, "incident"), d.Time(r.Since), d.Time(r.Complete))
	if n := len(r.Periods); n > 1 {
		counted += d.Sayf(", in %s", d.Plural(n, "period"))
	}
	w.Field(d.Say("counted"), counted, theme.Text)
	for _, hole := range ground.Holes(r.Periods) {
		w.Field("", d.Sayf("left out: from %s to %s no source could have told all", d.Time(hole.Start), d.Time(hole.End)), theme.Dim)
	}
	partial := d.Sayf("outside of that no source has told all: %s known", d.Plural(r.Partial, "incident"))
	switch {
	case r.Raised:
		partial += d.Say(", which raise the estimate")
	case r.Partial > 0:
		partial += d.Say("; they would not raise the estimate, and a part never lowers it")
	}
	w.Field(d.Say("incomplete"), partial, theme.Text)
	if r.Unsaid > 0 {
		w.Field(d.Say("not said"), d.Sayf("%s in which people were harmed, and nobody says whether they were staff: not counted", d.Plural(r.Unsaid, "incident")), theme.Warning)
	}
	impact := d.Sayf("%s: %s", d.Words(c.Impact.String()), d.ImpactRule(r.ImpactRule))
	if r.ImpactOld && c.Impact > risk.Negligible {
		impact += d.Sayf("; nothing was seen in the last %s, so from all that is remembered", d.Span(r.Params.ImpactWindow))
	}
	if r.Exposed {
		impact += d.Sayf("; raised by one because %s staff or more are there", d.Number(r.Params.ExposedStaff))
	}
	w.Field(d.Say("impact"), impact, theme.Text)
	staff := d.Say("not known")
	if r.Staffed {
		staff = d.Number(r.Staff)
	}
	w.Field(d.Say("staff"), staff, theme.Text)
	d.add(key, title, d.Say(c.Band.Label()), w)
	d.list("behind "+c.Threat.String(), d.Sayf("%s: incidents of the last %s", title, d.Span(r.Params.ImpactWindow)), ids(r.References))
}

// parameters are those in force, and the table.
func (d *deriver) parameters() {
	var p *risk.Params
	for i := range d.behind.estimate.Categories {
		if c := &d.behind.estimate.Categories[i]; c.Known {
			p = &c.Reasons.Params
		}
	}
	if p == nil {
		return
	}
	w := d.writer(18)
	w.Field(d.Say("horizon"), d.Span(p.Horizon), theme.Text)
	w.Field(d.Say("half-lives"), d.Sayf("%s (weight %s) and %s", d.Span(p.ShortHalfLife), d.Decimal(p.ShortWeight, 2), d.Span(p.LongHalfLife)), theme.Text)
	w.Field(d.Say("prior"), d.Sayf("%s incidents in %s", d.Decimal(p.PriorIncidents, -1), d.Span(p.PriorExposure)), theme.Text)
	w.Field(d.Say("bands"), d.Sayf("unlikely from %.0f %%, moderately likely %.0f %%, likely %.0f %%, very likely %.0f %%",
		100*p.Bands[0], 100*p.Bands[1], 100*p.Bands[2], 100*p.Bands[3]), theme.Text)
	w.Field(d.Say("impact looks back"), d.Span(p.ImpactWindow), theme.Text)
	w.Field(d.Say("killed"), d.Sayf("severe from %d in one incident, critical from %d", p.SevereKilled, p.CriticalKilled), theme.Text)
	w.Field(d.Say("many staff"), d.Sayf("%s or more raise impact by one", d.Number(p.ExposedStaff)), theme.Text)
	w.Blank()
	w.Lines = append(w.Lines, d.table(p)...)
	d.add("parameters", d.Say("PARAMETERS, [risk] in vigil.toml"), "", w)
}

// table is the band for each likelihood and impact.
func (d *deriver) table(p *risk.Params) []page.Line {
	columns := []widget.Column{{Width: 17}}
	for i := risk.Negligible; i <= risk.Critical; i++ {
		columns = append(columns, widget.Column{Title: d.Words(i.String()), Width: 10})
	}
	t := page.NewTable(d.Palette, d.width, columns...)
	lines := []page.Line{t.Head()}
	for l := risk.VeryLikely; l >= risk.VeryUnlikely; l-- {
		cells := []widget.Cell{{Text: d.Words(l.String()), Role: theme.Label}}
		for _, b := range p.Table[l-risk.VeryUnlikely] {
			cells = append(cells, widget.Cell{Text: d.Say(b.Label()), Role: theme.RiskRole(figure.BandColour(b))})
		}
		lines = append(lines, t.Row("", cells...))
	}
	return lines
}

// staff derives the number of people present.
func (d *deriver) staff() {
	t := &d.c.Staff
	w := d.writer(12)
	w.Field(d.Say("figure"), d.Total(d.c), theme.Accent)
	if !d.c.HasStaff {
		w.Say(theme.Text, 0, d.Say("No file in presence/ speaks of this country. That is unknown, not nobody."))
		d.add("figure", d.Say("STAFF"), "", w)
		return
	}
	w.Field(d.Say("recruitment"), d.Tally(t.National, "national")+" + "+d.Tally(t.International, "international")+" + "+d.Tally(t.RecruitmentUnknown, "unknown"), theme.Text)
	w.Field(d.Say("sex"), d.Sayf("%s f", d.Number(t.Female))+" + "+d.Sayf("%s m", d.Number(t.Male))+" + "+d.Tally(t.SexUnknown, "unknown"), theme.Text)
	age, _ := d.StaffAge(d.c, d.Now)
	w.Field(d.Say("age"), d.Sayf("%s: the oldest of the groups below, as of %s", age, d.Time(t.AsOf)), theme.Text)
	w.Field(d.Say("rule"), d.Say("a roster stands in place of a headcount of the same organisation and population, and is never added to it; nobody is counted twice"), theme.Text)
	w.Field(d.Say("merged"), d.Sayf("%s of all countries spoke of a person who stands elsewhere too: the newest contact counts", d.Plural(d.View.Merged(), "roster row")), theme.Text)
	d.add("figure", d.Say("STAFF"), "", w)
	d.groups()
}

func (d *deriver) groups() {
	w := d.writer(7)
	sum := 0
	for _, g := range d.View.Groups(d.c.Code) {
		sum += g.Total
		from := d.Say("headcount")
		if g.FromRoster {
			from = d.Say("roster")
		}
		age := d.Say("of no known time")
		if !g.AsOf.IsZero() {
			age = d.Sayf("%s old", ground.Age(d.Hand, g.AsOf, d.Now))
		}
		w.Field(widget.PadLeft(d.Number(g.Total), 7, ""), d.Sayf("%s, %s, %s: %s, as of %s, %s", or(g.Organization.String(), d.Say("organisation not said")),
			or(d.Words(g.Population.Value.String()), d.Say("population not said")), or(g.Area.String(), d.Say("area not said")), from, d.Time(g.AsOf), age), theme.Text)
	}
	d.reconcile(w, d.Say("people"), d.c.Staff.Total, sum)
	d.add("groups", d.Say("GROUPS"), d.Number(sum), w)
	w = d.writer(0)
	for _, x := range d.View.Differences(d.c.Code) {
		w.Say(theme.Warning, 0, d.Sayf("%s, %s: roster %s, headcount %s; the roster is used.", or(x.Organization.String(), d.Say("organisation not said")),
			or(d.Words(x.Population.Value.String()), d.Say("population not said")), d.Number(x.Roster), d.Number(x.Headcount)))
	}
	if len(w.Lines) == 0 {
		w.Say(theme.Dim, 0, d.Say("No roster differs from a headcount."))
	}
	d.add("differences", d.Say("DIFFERENCES"), "", w)
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// incident derives what is shown of one incident from its versions.
func (d *deriver) incident() {
	detail, ok := d.View.Detail(d.subject.Incident)
	if !ok {
		d.say("why", d.Say("NO SUCH EVENT"), theme.Text, d.Say("This picture has no such event."))
		return
	}
	if detail.Row.Restricted {
		d.say("why", d.Say("EVENT"), theme.Restricted, d.Say("RESTRICTED: its derivation is for the security lead only."))
		return
	}
	r := &detail.Row
	w := d.writer(12)
	l := w.Field(d.Say("event"), d.Act(r)+", "+d.Countries(r)+" "+figure.Place(r), theme.Accent)
	l.Open = screen.Ask{Go: screen.ToEvent, Subject: screen.Subject{Incident: r.ID, Area: -1}}
	w.Field(d.Say("when"), d.WhenWhole(r.When), theme.Text)
	if !r.Interval.IsZero() && r.When.Precision != incident.ToTime {
		w.Field(d.Say("may lie in"), d.Sayf("%s to %s, clipped to when it was reported or received", d.Time(r.Interval.Start), d.Time(r.Interval.End)), theme.Text)
	}
	w.Field(d.Say("standing"), d.Standing(r), theme.Text)
	w.Field(d.Say("shown is"), fmt.Sprintf(d.SayAs("file", "%s of %s"), listing.File(&detail.Shown.Origin), detail.Shown.Source), theme.Text).Copy = listing.File(&detail.Shown.Origin)
	w.Field(d.Say("rule"), d.Say("the highest version that stands; of versions that contradict each other, the worse: killed, severity (unknown with the highest), harmed, later"), theme.Text)
	d.add("figure", d.Say("EVENT"), "", w)
	w = d.writer(10)
	for i := range detail.Versions {
		v := &detail.Versions[i]
		state := d.Say("replaced")
		if v.Stands {
			state = d.Say("stands")
		}
		text := v.Source.String() + " " + listing.File(&v.Origin) + ", " + d.Words(v.Incident.Type.String())
		if v.Incident.Version > 0 {
			text += d.Sayf(" version %d", v.Incident.Version)
		}
		w.Field(state, d.Sayf("%s, received %s, %s ago", text, d.Time(v.Received), ground.Age(d.Hand, v.Received, ground.Receipts(d.Frame))), theme.Text).Copy = listing.File(&v.Origin)
	}
	d.add("versions", d.Say("VERSIONS"), d.Number(len(detail.Versions)), w)
	if e, ok := d.View.Event(d.subject.Incident); ok {
		d.out = append(d.out, telling.Sections(&d.Frame, d.width, &e)...)
	}
}

// source derives the state of a source.
func (d *deriver) source() {
	for s := range d.View.Sources() {
		if s.Info.Name.String() != d.subject.Source {
			continue
		}
		p, facts := &s.Info.Profile, &s.Facts
		w := d.writer(14)
		l := w.Field(d.SayAs("source", "state"), d.State(s.State), theme.Accent)
		l.Open = screen.Ask{Go: screen.ToSource, Subject: d.subject}
		if reason := d.SourceReason(s, d.View.Known()); reason != "" {
			w.Field(d.Say("because"), reason, theme.Text)
		}
		w.Field(d.Say("rule"), d.Say("FAILED when the last attempt failed; NEVER before the first success; live while the content is no older than expected; quiet while a heartbeat is, or a 304 for what came fresh; else STALE"), theme.Text)
		every := d.Sayf("every %s", ground.Duration(d.Hand, p.Expect))
		if !p.Awaited() {
			every = d.Say("nothing: it is late at no time")
		}
		w.Field(d.Say("expected"), every, theme.Text)
		w.Field(d.Say("last attempt"), d.ago(facts.LastAttempt), theme.Text)
		w.Field(d.Say("last success"), d.ago(facts.LastSuccess), theme.Text)
		w.Field(d.Say("content"), d.ago(facts.ContentTime), theme.Text)
		w.Field(d.Say("heartbeat"), d.ago(facts.Heartbeat), theme.Text)
		if !s.Info.URL.IsZero() { // a file says nothing of the kind
			w.Field(d.Say("not changed"), d.ago(facts.Unchanged), theme.Text)
		}
		until := d.ago(facts.EndedAt(p))
		if facts.EndedAt(p).After(d.Now) {
			until = d.Sayf("%s, unless it speaks again before", d.Time(facts.EndedAt(p)))
		}
		w.Field(d.Say("sees until"), until, theme.Text)
		w.Say(theme.Dim, 0, d.Say("Content time is what the content itself declares, never later than the file's modification: copying an old file makes nothing fresh."))
		d.add("figure", d.Sayf("SOURCE %s", s.Info.Name), "", w)
		return
	}
	d.say("why", d.Say("NO SUCH SOURCE"), theme.Text, d.Sayf("This desk has no source called %s.", d.subject.Source))
}

// ago is when something of a source was.
func (d *deriver) ago(t time.Time) string {
	if t.IsZero() {
		return d.Say("never")
	}
	return d.Sayf("%s, %s ago", d.Time(t), ground.Age(d.Hand, t, ground.Receipts(d.Frame)))
}
