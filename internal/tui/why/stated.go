package why

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"vigil/internal/figure"
	"vigil/internal/incident"
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
	w.Field("figure", d.Hand.Level(d.c), theme.Accent)
	l := d.c.Levels
	if l == nil {
		w.Say(theme.Text, 0, "No file in levels/ speaks of this country. vigil sets no level and derives none.")
		d.add("figure", "OFFICIAL LEVEL", "", w)
		return
	}
	w.Field("scheme", figure.Text(l.Scheme), theme.Text)
	w.Field("authority", figure.Text(l.Authority), theme.Text)
	if l.Reviewed.IsZero() {
		w.Field("reviewed", "not said", theme.Dim)
	} else {
		w.Field("reviewed", d.WhenWhole(l.Reviewed)+", "+ground.Age(l.Reviewed.Start, d.Now)+" ago", theme.Text)
	}
	w.Field("rule", "the range of the levels of all areas, expired ones included; the letter is the category with the highest value in the areas at the top", theme.Text)
	w.Field("never", "computed, averaged, converted, or mixed with the estimate", theme.Text)
	d.add("figure", "OFFICIAL LEVEL", "", w)
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
		name += " " + word
	}
	w.Field("level", name, theme.Accent)
	w.Field("read from", listing.File(&a.Origin), theme.Text).Copy = listing.File(&a.Origin)
	w.Field("since", stated(a.Since), theme.Text)
	switch {
	case a.ValidUntil.IsZero():
		w.Field("valid until", "no end stated", theme.Dim)
	case a.Expired(d.View.Valid()):
		w.Field("valid until", a.ValidUntil.String()+": EXPIRED, "+d.Span(d.View.Valid().Sub(a.ValidUntil.End()))+
			" ago. It is still the last word of its authority", theme.Expired)
	default:
		w.Field("valid until", a.ValidUntil.String(), theme.Text)
	}
	var given []string
	for _, t := range incident.Threats() {
		if v := a.Threats[t]; v > 0 {
			given = append(given, fmt.Sprintf("%s %d", d.Threat(t), v))
		}
	}
	if len(given) == 0 {
		given = []string{"not given"}
	}
	w.Field("threats", strings.Join(given, ", "), theme.Text)
	d.add("area "+a.Name.String(), a.Name.String(), "", w)
}

func stated(w incident.When) string {
	if w.IsZero() {
		return "not said"
	}
	return figure.Plain.WhenWhole(w)
}

func (d *deriver) changes() {
	w := d.writer(0)
	for _, ch := range d.log.Changes(d.View, d.c.Code) {
		w.Say(theme.Text, 0, d.Time(ch.Seen)+" "+ch.Area.String()+" "+d.Hand.LevelChange(&ch)+", "+ground.Age(ch.Seen, d.Now)+" ago")
	}
	if len(w.Lines) == 0 {
		w.Say(theme.Dim, 0, "This desk has not seen it change.")
	}
	d.add("changes", "CHANGES SEEN", "", w)
}

// estimate derives vigil's own estimate, the asked category first.
func (d *deriver) estimate() {
	d.behind.rate(d)
	e := &d.behind.estimate
	w := d.writer(12)
	w.Field("figure", d.Estimate(*e), theme.Accent)
	if a := d.subject.Area; a >= 0 && d.c.Levels != nil && a < len(d.c.Levels.Areas) {
		w.Field("of", "the area "+d.c.Levels.Areas[a].Name.String()+", from incidents that name a place of it", theme.Text)
	}
	w.Field("what it is", "vigil's estimate, not a security risk assessment; it never uses or touches an official level", theme.Text)
	w.Field("likelihood", "the probability of at least one incident that harms staff within the horizon, from two fading rates", theme.Text)
	w.Field("impact", "the worst of what was seen there, and of the staff who are exposed", theme.Text)
	w.Field("shows", "the worst category; without coverage it is unknown, not low", theme.Text)
	d.add("figure", "EST", "", w)
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
		w.Say(theme.Unknown, 0, ground.Unknown(c.Why))
		d.add(key, title, figure.Unknown, w)
		return
	}
	r := &c.Reasons
	w.Field("band", c.Band.Label()+": "+ground.Estimate(d.Hand, c)+" in the table", theme.RiskRole(figure.BandColour(c.Band)))
	w.Field("probability", fmt.Sprintf("%.1f %%: %s", 100*c.Probability, d.Words(c.Likelihood.String())), theme.Text)
	w.Field("rates", fmt.Sprintf("%.2f a month with half-life %s, %.2f with %s", r.RatePerMonth[0], d.Span(r.Params.ShortHalfLife),
		r.RatePerMonth[1], d.Span(r.Params.LongHalfLife)), theme.Text)
	counted := d.Plural(r.Counted, "incident") + " that harmed staff, from " + d.Time(r.Since) + " to " + d.Time(r.Complete)
	if n := len(r.Periods); n > 1 {
		counted += ", in " + d.Plural(n, "period")
	}
	w.Field("counted", counted, theme.Text)
	for _, hole := range ground.Holes(r.Periods) {
		w.Field("", "left out: from "+d.Time(hole.Start)+" to "+d.Time(hole.End)+" no source could have told all", theme.Dim)
	}
	partial := "outside of that no source has told all: " + d.Plural(r.Partial, "incident") + " known"
	switch {
	case r.Raised:
		partial += ", which raise the estimate"
	case r.Partial > 0:
		partial += "; they would not raise the estimate, and a part never lowers it"
	}
	w.Field("incomplete", partial, theme.Text)
	if r.Unsaid > 0 {
		w.Field("not said", d.Plural(r.Unsaid, "incident")+" in which people were harmed, and nobody says whether they were staff: not counted", theme.Warning)
	}
	impact := d.Words(c.Impact.String()) + ": " + r.ImpactRule
	if r.ImpactOld && c.Impact > risk.Negligible {
		impact += "; nothing was seen in the last " + d.Span(r.Params.ImpactWindow) + ", so from all that is remembered"
	}
	if r.Exposed {
		impact += fmt.Sprintf("; raised by one because %s staff or more are there", d.Number(r.Params.ExposedStaff))
	}
	w.Field("impact", impact, theme.Text)
	staff := "not known"
	if r.Staffed {
		staff = d.Number(r.Staff)
	}
	w.Field("staff", staff, theme.Text)
	d.add(key, title, c.Band.Label(), w)
	d.list("behind "+c.Threat.String(), title+": incidents of the last "+d.Span(r.Params.ImpactWindow), ids(r.References))
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
	w.Field("horizon", d.Span(p.Horizon), theme.Text)
	w.Field("half-lives", d.Span(p.ShortHalfLife)+" (weight "+fmt.Sprintf("%.2f", p.ShortWeight)+") and "+d.Span(p.LongHalfLife), theme.Text)
	w.Field("prior", fmt.Sprintf("%g incidents in %s", p.PriorIncidents, d.Span(p.PriorExposure)), theme.Text)
	w.Field("bands", fmt.Sprintf("unlikely from %.0f %%, moderately likely %.0f %%, likely %.0f %%, very likely %.0f %%",
		100*p.Bands[0], 100*p.Bands[1], 100*p.Bands[2], 100*p.Bands[3]), theme.Text)
	w.Field("impact looks back", d.Span(p.ImpactWindow), theme.Text)
	w.Field("killed", fmt.Sprintf("severe from %d in one incident, critical from %d", p.SevereKilled, p.CriticalKilled), theme.Text)
	w.Field("many staff", d.Number(p.ExposedStaff)+" or more raise impact by one", theme.Text)
	w.Blank()
	w.Lines = append(w.Lines, d.table(p)...)
	d.add("parameters", "PARAMETERS, [risk] in vigil.toml", "", w)
}

// table is the band for each likelihood and impact.
func (d *deriver) table(p *risk.Params) []page.Line {
	columns := []widget.Column{{Width: 17}}
	for i := risk.Negligible; i <= risk.Critical; i++ {
		columns = append(columns, widget.Column{Title: i.String(), Width: 10})
	}
	t := page.NewTable(d.Palette, d.width, columns...)
	lines := []page.Line{t.Head()}
	for l := risk.VeryLikely; l >= risk.VeryUnlikely; l-- {
		cells := []widget.Cell{{Text: d.Words(l.String()), Role: theme.Label}}
		for _, b := range p.Table[l-risk.VeryUnlikely] {
			cells = append(cells, widget.Cell{Text: b.Label(), Role: theme.RiskRole(int(b))})
		}
		lines = append(lines, t.Row("", cells...))
	}
	return lines
}

// staff derives the number of people present.
func (d *deriver) staff() {
	t := &d.c.Staff
	w := d.writer(12)
	w.Field("figure", d.Total(d.c), theme.Accent)
	if !d.c.HasStaff {
		w.Say(theme.Text, 0, "No file in presence/ speaks of this country. That is unknown, not nobody.")
		d.add("figure", "STAFF", "", w)
		return
	}
	w.Field("recruitment", fmt.Sprintf("%s national + %s international + %s unknown", d.Number(t.National), d.Number(t.International), d.Number(t.RecruitmentUnknown)), theme.Text)
	w.Field("sex", fmt.Sprintf("%s f + %s m + %s unknown", d.Number(t.Female), d.Number(t.Male), d.Number(t.SexUnknown)), theme.Text)
	age, _ := d.StaffAge(d.c, d.Now)
	w.Field("age", age+": the oldest of the groups below, as of "+d.Time(t.AsOf), theme.Text)
	w.Field("rule", "a roster stands in place of a headcount of the same organisation and population, and is never added to it; nobody is counted twice", theme.Text)
	w.Field("merged", d.Plural(d.View.Merged(), "roster row")+" of all countries spoke of a person who stands elsewhere too: the newest contact counts", theme.Text)
	d.add("figure", "STAFF", "", w)
	d.groups()
}

func (d *deriver) groups() {
	w := d.writer(7)
	sum := 0
	for _, g := range d.View.Groups(d.c.Code) {
		sum += g.Total
		from := "headcount"
		if g.FromRoster {
			from = "roster"
		}
		w.Field(widget.PadLeft(d.Number(g.Total), 7, ""), fmt.Sprintf("%s, %s, %s: %s, as of %s, %s", or(g.Organization.String(), "organisation not said"),
			or(d.Words(g.Population.Value.String()), "population not said"), or(g.Area.String(), "area not said"), from, d.Time(g.AsOf), ageOf(g.AsOf, d.Now)), theme.Text)
	}
	d.reconcile(w, "people", d.c.Staff.Total, sum)
	d.add("groups", "GROUPS", d.Number(sum), w)
	w = d.writer(0)
	for _, x := range d.View.Differences(d.c.Code) {
		w.Say(theme.Warning, 0, fmt.Sprintf("%s, %s: roster %s, headcount %s; the roster is used.", or(x.Organization.String(), "organisation not said"),
			or(d.Words(x.Population.Value.String()), "population not said"), d.Number(x.Roster), d.Number(x.Headcount)))
	}
	if len(w.Lines) == 0 {
		w.Say(theme.Dim, 0, "No roster differs from a headcount.")
	}
	d.add("differences", "DIFFERENCES", "", w)
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
		d.say("why", "NO SUCH EVENT", theme.Text, "This picture has no such event.")
		return
	}
	if detail.Row.Restricted {
		d.say("why", "EVENT", theme.Restricted, "RESTRICTED: its derivation is for the security lead only.")
		return
	}
	r := &detail.Row
	w := d.writer(12)
	l := w.Field("event", d.Act(r)+", "+d.Countries(r)+" "+figure.Place(r), theme.Accent)
	l.Open = screen.Ask{Go: screen.ToEvent, Subject: screen.Subject{Incident: r.ID, Area: -1}}
	w.Field("when", d.WhenWhole(r.When), theme.Text)
	if !r.Interval.IsZero() && r.When.Precision != incident.ToTime {
		w.Field("may lie in", d.Time(r.Interval.Start)+" to "+d.Time(r.Interval.End)+", clipped to when it was reported or received", theme.Text)
	}
	w.Field("standing", d.Standing(r), theme.Text)
	w.Field("shown is", listing.File(&detail.Shown.Origin)+" of "+detail.Shown.Source.String(), theme.Text).Copy = listing.File(&detail.Shown.Origin)
	w.Field("rule", "the highest version that stands; of versions that contradict each other, the worse: killed, severity (unknown with the highest), harmed, later", theme.Text)
	d.add("figure", "EVENT", "", w)
	w = d.writer(10)
	for i := range detail.Versions {
		v := &detail.Versions[i]
		state := "replaced"
		if v.Stands {
			state = "stands"
		}
		text := v.Source.String() + " " + listing.File(&v.Origin) + ", " + v.Incident.Type.String()
		if v.Incident.Version > 0 {
			text += fmt.Sprintf(" version %d", v.Incident.Version)
		}
		w.Field(state, text+", received "+d.Time(v.Received)+", "+ground.Age(v.Received, ground.Receipts(d.Frame))+" ago", theme.Text).Copy = listing.File(&v.Origin)
	}
	d.add("versions", "VERSIONS", d.Number(len(detail.Versions)), w)
	if e, ok := d.View.Event(d.subject.Incident); ok {
		d.out = append(d.out, telling.Sections(&d.Frame, d.width, &e)...)
	}
}

// unchanged is the name of the newest 304.
const unchanged = "not changed"

// source derives the state of a source.
func (d *deriver) source() {
	for s := range d.View.Sources() {
		if s.Info.Name.String() != d.subject.Source {
			continue
		}
		p, facts := &s.Info.Profile, &s.Facts
		w := d.writer(14)
		l := w.Field("state", d.State(s.State), theme.Accent)
		l.Open = screen.Ask{Go: screen.ToSource, Subject: d.subject}
		if !s.Reason.IsZero() {
			w.Field("because", s.Reason.OneLine().String(), theme.Text)
		}
		w.Field("rule", "FAILED when the last attempt failed; NEVER before the first success; live while the content is no older than expected; quiet while a heartbeat is, or a 304 for what came fresh; else STALE", theme.Text)
		w.Field("expected", "every "+ground.Duration(p.Expect), theme.Text)
		for _, at := range []struct {
			name string
			t    time.Time
		}{
			{"last attempt", facts.LastAttempt},
			{"last success", facts.LastSuccess},
			{"content", facts.ContentTime},
			{"heartbeat", facts.Heartbeat},
			{unchanged, facts.Unchanged},
			{"sees until", facts.EndedAt(p)},
		} {
			if at.name == unchanged && s.Info.URL.IsZero() {
				continue // a file says nothing of the kind
			}
			text := "never"
			if !at.t.IsZero() {
				text = d.Time(at.t) + ", " + ground.Age(at.t, ground.Receipts(d.Frame)) + " ago"
			}
			if at.name == "sees until" && at.t.After(d.Now) {
				text = d.Time(at.t) + ", unless it speaks again before"
			}
			w.Field(at.name, text, theme.Text)
		}
		w.Say(theme.Dim, 0, "Content time is what the content itself declares, never later than the file's modification: copying an old file makes nothing fresh.")
		d.add("figure", "SOURCE "+s.Info.Name.String(), "", w)
		return
	}
	d.say("why", "NO SUCH SOURCE", theme.Text, "This desk has no source called "+d.subject.Source+".")
}
