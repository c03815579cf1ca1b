package why

import (
	"time"

	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/ground"
	"vigil/internal/tui/listing"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// window derives a count of incidents.
func (d *deriver) window(name string, length time.Duration, win picture.Window) {
	b := d.behind
	b.window(d, length)
	valid := d.View.Valid()
	from := valid.Add(-length)
	w := d.writer(12)
	w.Field(d.Say("figure"), d.Window(win), theme.Accent)
	w.Field(d.SayAs("period", "from"), d.Time(from), theme.Text)
	w.Field(d.SayAs("period", "to"), d.Time(valid), theme.Text)
	w.Field(d.Say("counts"), d.Say("incidents that stand, hazards apart, of which all of the time when they may have happened lies in the window"), theme.Text)
	if win.Maybe > 0 {
		w.Field(d.Say("maybe"), d.Sayf("%s of which only a part of that time lies in it", d.Number(win.Maybe)), theme.Text)
	}
	w.Field(d.Say("leaves out"), d.Say("cancelled, withdrawn, refuted and forecast incidents, and those whose time is unknown or not believed"), theme.Dim)
	d.reconcile(w, d.Say("sure"), win.Sure, len(b.sure))
	d.reconcile(w, d.Say("maybe"), win.Maybe, len(b.maybe))
	d.add("figure", d.Sayf("INCIDENTS %s", name), "", w)
	d.knowledge(win.Known, from, valid)
	d.list("sure", d.Say("COUNTED SURELY"), b.sure)
	d.list("maybe", d.Say("MAY BELONG"), b.maybe)
}

// reconcile says when what is listed is not what is counted.
func (d *deriver) reconcile(w *page.Writer, what string, counted, listed int) {
	if counted != listed {
		w.Say(theme.Error, 0, d.Sayf("The figure counts %s (%s), the derivation finds %s. That is a fault of vigil: please report it.", d.Number(counted), what, d.Number(listed)))
	}
}

// knowledge is who could have told of the whole window, category by category.
func (d *deriver) knowledge(known bool, from, to time.Time) {
	w := d.writer(15)
	switch {
	case !d.View.Live():
		w.Say(theme.Text, 0, d.Say("The picture is of the past: figures are what is recorded, whole or not."))
	case d.View.Unread():
		w.Say(theme.Warning, 0, d.Say("The files are being read: the figure is what has been seen so far, and nobody can answer for the window yet."))
	case known:
		w.Say(theme.Text, 0, d.Say("The figure is whole: for each category some source can answer for the whole window."))
	default:
		w.Say(theme.Warning, 0, d.Say("The figure is not whole: for at least one category no source can answer for the whole window. What was seen is a lower bound."))
	}
	for _, t := range health.Deliberate() {
		sources := d.View.Covers(d.c.Code, t)
		if len(sources) == 0 {
			w.Field(d.Threat(t), d.Say("no source looks there"), theme.Blind)
			continue
		}
		for i, s := range sources {
			name := ""
			if i == 0 {
				name = d.Threat(t)
			}
			knows, says := ground.Answers(d.Hand, d.View, s, from, to, d.View.Known())
			role := theme.Live
			if !knows {
				role = theme.Stale
			}
			l := w.Field(name, says, role)
			l.Open = screen.Ask{Go: screen.ToSource, Subject: screen.Subject{Source: s.Info.Name.String(), Area: -1}}
		}
	}
	d.add("knowledge", d.Say("WHO COULD HAVE TOLD"), "", w)
}

// trend derives the rate against the country's own normal.
func (d *deriver) trend() {
	t := d.c.Trend
	w := d.writer(12)
	w.Field(d.Say("figure"), d.Own(t), theme.Accent)
	recent := d.Sayf("%s in the last 30 whole days", d.Plural(t.Recent, "incident"))
	if t.Known {
		recent = d.Sayf("%s in the last 30 whole days, to %s", d.Plural(t.Recent, "incident"), d.Time(t.Until))
	}
	w.Field(d.Say("recent"), recent, theme.Text)
	w.Field(d.Say("before"), d.Sayf("%s in the 360 days before: that is %s in 30 days", d.Plural(t.Before, "incident"), d.Decimal(float64(t.Before)/12, 1)), theme.Text)
	w.Field(d.Say("rule"), d.Say("recent, over the mean of 30 days of the time before; days that no source has told whole are left out; hazards are apart"), theme.Text)
	if !t.Known {
		w.Say(theme.Warning, 0, d.Say("It is not known: 390 whole days are needed, of every category, with something in them to compare with."))
	}
	d.add("figure", ground.Own(d.Hand), "", w)
	w = d.writer(15)
	for _, threat := range health.Deliberate() {
		for i, s := range d.View.Covers(d.c.Code, threat) {
			name := ""
			if i == 0 {
				name = d.Threat(threat)
			}
			p := &s.Info.Profile
			from, to := s.Facts.KnownSince(p), s.Facts.CompleteUntil(p)
			if from.IsZero() || !from.Before(to) {
				w.Field(name, d.Sayf("%s has told no time whole yet", s.Info.Name), theme.Stale)
				continue
			}
			w.Field(name, d.Sayf("%s knows from %s to %s", s.Info.Name, d.Time(from), d.Time(to)), theme.Text)
		}
		if len(d.View.Covers(d.c.Code, threat)) == 0 {
			w.Field(d.Threat(threat), d.Say("no source looks there"), theme.Blind)
		}
	}
	d.add("knowledge", d.Say("WHO COULD HAVE TOLD"), "", w)
}

// hazards derives the count of active hazards.
func (d *deriver) hazards() {
	b := d.behind
	b.active(d)
	h := &d.c.Hazards
	w := d.writer(12)
	w.Field(d.Say("figure"), d.Hazards(h), theme.Accent)
	w.Field(d.Say("counts"), d.Sayf("hazards that are going on: until their end where it is said; %s after the last word of what lasts; %s after what does not",
		d.Span(incident.OngoingHold), d.Span(incident.BriefHold)), theme.Text)
	if !h.Known {
		w.Say(theme.Warning, 0, d.Say("No source that can be relied on covers hazards here: there may be more."))
	}
	d.listedOf(w, h.Active, len(b.sure))
	d.add("figure", d.Say("HAZARDS"), "", w)
	d.sight([]incident.Threat{incident.Hazard})
	d.list("active", d.Say("ACTIVE"), b.sure)
}

// listedOf tells how many of a figure are listed below it, when not all are.
func (d *deriver) listedOf(w *page.Writer, counted, listed int) {
	if counted == listed {
		return
	}
	text := d.Sayf("%s of %s are listed: restricted incidents are counted and not listed.", d.Number(listed), d.Number(counted))
	if d.behind.short {
		text = d.Sayf("%s of %s are listed: the newest %s incidents were looked at, and restricted incidents are counted and not listed.", d.Number(listed), d.Number(counted), d.Number(d.behind.looked))
	}
	w.Say(theme.Warning, 0, text)
}

// outcomes derives the people harmed in 30 days, incident by incident.
func (d *deriver) outcomes() {
	b := d.behind
	b.harmed(d)
	o := &d.c.Outcomes
	w := d.writer(12)
	w.Field(d.Say("figure"), d.Harmed(o), theme.Accent)
	w.Field(d.Say("counts"), d.Say("staff harmed in incidents and hazards that surely happened in the last 30 days"), theme.Text)
	w.Field(d.Say("leaves out"), d.Say("civilians and whoever else is told apart, incidents that only may belong, and people whom nobody counted or of whom nobody says whether they were staff"), theme.Dim)
	if !o.Known {
		w.Say(theme.Warning, 0, d.Say("The window is not whole: these are lower bounds."))
	}
	var sum [len(summed)]int
	for _, id := range b.sure {
		for i, n := range contribution(d.View, id) {
			sum[i] += n
		}
	}
	for i, counted := range [...]int{o.Killed, o.Injured, o.Abducted, o.Detained, o.Other} {
		if counted != sum[i] {
			w.Say(theme.Warning, 0, d.Sayf("%s: %s of %s stand below; the others are in restricted incidents, which are counted and not listed, or beyond the %s looked at.",
				d.Say(summed[i]), d.Number(sum[i]), d.Number(counted), d.Number(b.looked)))
		}
	}
	d.add("figure", d.Say("HARMED, 30 d"), "", w)
	d.contributions(b.sure)
}

func (d *deriver) contributions(list []picture.ID) {
	t := page.NewTable(
		d.Palette, d.width,
		widget.Column{Title: d.Say("WHEN"), Width: 6},
		widget.Column{Title: d.Say("ACT"), Width: 10, Grow: 2, Drop: 5}, widget.Column{Title: d.Say("PLACE"), Width: 6, Grow: 2, Drop: 6},
		widget.Column{Title: d.Say("KIL"), Width: 4, Right: true}, widget.Column{Title: d.Say("INJ"), Width: 4, Right: true},
		widget.Column{Title: d.Say("ABD"), Width: 4, Right: true}, widget.Column{Title: d.Say("DET"), Width: 4, Right: true},
		widget.Column{Title: d.Say("OTH"), Width: 4, Right: true},
		widget.Column{Title: d.Say("READ FROM"), Width: 12, Grow: 4},
	)
	s := page.Section{Key: "people", Title: d.Say("INCIDENT BY INCIDENT"), Note: d.Number(len(list))}
	w := d.writer(0)
	if len(list) == 0 {
		w.Say(theme.Dim, 0, d.Say("None."))
	} else {
		w.Lines = append(w.Lines, t.Head())
	}
	s.Lines, s.Count = w.Lines, len(list)
	s.Row = func(i int) page.Line {
		r, _ := d.View.Row(list[i])
		cells := []widget.Cell{{Text: d.When(&r, d.Now)}, {Text: d.Act(&r)}, {Text: figure.Place(&r)}}
		for _, n := range contribution(d.View, list[i]) {
			cells = append(cells, widget.Cell{Text: d.Number(n)})
		}
		l := t.Row("", append(cells, widget.Cell{Text: listing.Origin(&d.Frame, list[i])})...)
		l.Key = listing.Key(list[i])
		l.Open = screen.Ask{Go: screen.ToEvent, Subject: screen.Subject{Incident: list[i], Area: -1}}
		return l
	}
	d.out = append(d.out, s)
}

// coverage derives what can be seen of a country.
func (d *deriver) coverage() {
	w := d.writer(12)
	w.Field(d.Say("figure"), d.Cannot(d.c, d.Now), theme.Accent)
	w.Field(d.SayAs("source", "state"), d.Words(d.c.Coverage.State.String()), theme.Text)
	if !d.c.Coverage.Since.IsZero() {
		w.Field(d.Say("since"), d.Sayf("%s, %s ago", d.Time(d.c.Coverage.Since), ground.Age(d.Hand, d.c.Coverage.Since, d.Now)), theme.Text)
	}
	if d.c.TooLate > 0 {
		w.Field(d.Say("too late"), d.Sayf("windows shorter than %s cannot be known: what covers them speaks later than that", d.Span(d.c.TooLate)), theme.Warning)
	}
	w.Field(d.Say("rule"), d.Say("a category is seen while some source that looks there is live or quiet; silence of a source that cannot be relied on says nothing"), theme.Text)
	d.add("figure", d.Say("COVERAGE"), "", w)
	list := incident.Threats()
	if d.subject.Threat != incident.ThreatUnknown {
		list = []incident.Threat{d.subject.Threat}
	}
	d.sight(list)
}

// sight is the sources that look at each category, with their states and since when it is blind.
func (d *deriver) sight(list []incident.Threat) {
	for _, t := range list {
		sight := ground.SightOf(d.View, d.c, t)
		w := d.writer(0)
		for _, s := range sight.Sources {
			role := theme.Live
			if !s.State.Sees() {
				role = theme.Stale
			}
			text := d.Sayf("%s is %s", s.Info.Name, d.SourceState(s))
			if reason := d.SourceReason(s, d.View.Known()); reason != "" {
				text = d.Sayf("%s is %s: %s", s.Info.Name, d.SourceState(s), reason)
			}
			if s.Info.Profile.Lag > 0 {
				text += d.Sayf("; speaks up to %s late", d.Span(s.Info.Profile.Lag))
			}
			text += d.Say("; ") + d.contentAge(s.Facts.ContentTime)
			first := len(w.Lines)
			w.Say(role, 0, text)
			w.Lines[first].Open = screen.Ask{Go: screen.ToSource, Subject: screen.Subject{Source: s.Info.Name.String(), Area: -1}}
		}
		if len(sight.Sources) == 0 {
			w.Say(theme.Blind, 0, d.Say("No source of this desk looks there. To see it, add one, or widen covers or countries of a [[source]] in vigil.toml."))
		}
		note := sight.Words(d.Hand, d.Now)
		if !sight.Since.IsZero() {
			note = d.Sayf("%s, since %s", note, d.Time(sight.Since))
		}
		d.add("sight "+t.String(), d.Threat(t), note, w)
	}
}

func (d *deriver) contentAge(t time.Time) string {
	if t.IsZero() {
		return d.Say("content of no known time")
	}
	return d.Sayf("content %s old", ground.Age(d.Hand, t, d.Now))
}
