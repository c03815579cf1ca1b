package why

import (
	"fmt"
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
	w.Field("figure", d.Window(win), theme.Accent)
	w.Field("from", d.Time(from), theme.Text)
	w.Field("to", d.Time(valid), theme.Text)
	w.Field("counts", "incidents that stand, hazards apart, of which all of the time when they may have happened lies in the window", theme.Text)
	if win.Maybe > 0 {
		w.Field("maybe", d.Number(win.Maybe)+" of which only a part of that time lies in it", theme.Text)
	}
	w.Field("leaves out", "cancelled, withdrawn, refuted and forecast incidents, and those whose time is unknown or not believed", theme.Dim)
	d.reconcile(w, "sure", win.Sure, len(b.sure))
	d.reconcile(w, "maybe", win.Maybe, len(b.maybe))
	d.add("figure", "INCIDENTS "+name, "", w)
	d.knowledge(win.Known, from, valid)
	d.list("sure", "COUNTED SURELY", b.sure)
	d.list("maybe", "MAY BELONG", b.maybe)
}

// reconcile says when what is listed is not what is counted.
func (d *deriver) reconcile(w *page.Writer, what string, counted, listed int) {
	if counted != listed {
		w.Say(theme.Error, 0, fmt.Sprintf("The figure counts %d (%s), the derivation finds %d. That is a fault of vigil: please report it.", counted, what, listed))
	}
}

// knowledge is who could have told of the whole window, category by category.
func (d *deriver) knowledge(known bool, from, to time.Time) {
	w := d.writer(15)
	switch {
	case !d.View.Live():
		w.Say(theme.Text, 0, "The picture is of the past: figures are what is recorded, whole or not.")
	case d.View.Unread():
		w.Say(theme.Warning, 0, "The files are being read: the figure is what has been seen so far, and nobody can answer for the window yet.")
	case known:
		w.Say(theme.Text, 0, "The figure is whole: for each category some source can answer for the whole window.")
	default:
		w.Say(theme.Warning, 0, "The figure is not whole: for at least one category no source can answer for the whole window. What was seen is a lower bound.")
	}
	for _, t := range health.Deliberate() {
		sources := d.View.Covers(d.c.Code, t)
		if len(sources) == 0 {
			w.Field(d.Threat(t), "no source looks there", theme.Blind)
			continue
		}
		for i, s := range sources {
			name := ""
			if i == 0 {
				name = d.Threat(t)
			}
			knows, reason := ground.Answers(d.View, s, from, to, d.View.Known())
			role := theme.Live
			if !knows {
				role = theme.Stale
			}
			l := w.Field(name, s.Info.Name.String()+" "+reason, role)
			l.Open = screen.Ask{Go: screen.ToSource, Subject: screen.Subject{Source: s.Info.Name.String(), Area: -1}}
		}
	}
	d.add("knowledge", "WHO COULD HAVE TOLD", "", w)
}

// trend derives the rate against the country's own normal.
func (d *deriver) trend() {
	t := d.c.Trend
	w := d.writer(12)
	w.Field("figure", d.Own(t), theme.Accent)
	until := ""
	if t.Known {
		until = ", to " + d.Time(t.Until)
	}
	w.Field("recent", d.Plural(t.Recent, "incident")+" in the last 30 whole days"+until, theme.Text)
	w.Field("before", d.Plural(t.Before, "incident")+" in the 360 days before: that is "+fmt.Sprintf("%.1f", float64(t.Before)/12)+" in 30 days", theme.Text)
	w.Field("rule", "recent, over the mean of 30 days of the time before; days that no source has told whole are left out; hazards are apart", theme.Text)
	if !t.Known {
		w.Say(theme.Warning, 0, "It is not known: 390 whole days are needed, of every category, with something in them to compare with.")
	}
	d.add("figure", d.Hand.Times+"OWN", "", w)
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
				w.Field(name, s.Info.Name.String()+" has told no time whole yet", theme.Stale)
				continue
			}
			w.Field(name, s.Info.Name.String()+" knows from "+d.Time(from)+" to "+d.Time(to), theme.Text)
		}
		if len(d.View.Covers(d.c.Code, threat)) == 0 {
			w.Field(d.Threat(threat), "no source looks there", theme.Blind)
		}
	}
	d.add("knowledge", "WHO COULD HAVE TOLD", "", w)
}

// hazards derives the count of active hazards.
func (d *deriver) hazards() {
	b := d.behind
	b.active(d)
	h := &d.c.Hazards
	w := d.writer(12)
	w.Field("figure", d.Hazards(h), theme.Accent)
	w.Field("counts", "hazards that are going on: until their end where it is said; "+d.Span(incident.OngoingHold)+
		" after the last word of what lasts; "+d.Span(incident.BriefHold)+" after what does not", theme.Text)
	if !h.Known {
		w.Say(theme.Warning, 0, "No source that can be relied on covers hazards here: there may be more.")
	}
	d.listedOf(w, h.Active, len(b.sure))
	d.add("figure", "HAZARDS", "", w)
	d.sight([]incident.Threat{incident.Hazard})
	d.list("active", "ACTIVE", b.sure)
}

// listedOf tells how many of a figure are listed below it, when not all are.
func (d *deriver) listedOf(w *page.Writer, counted, listed int) {
	if counted == listed {
		return
	}
	why := "restricted incidents are counted and not listed"
	if d.behind.short {
		why = "the newest " + d.Number(d.behind.looked) + " incidents were looked at, and " + why
	}
	w.Say(theme.Warning, 0, fmt.Sprintf("%d of %d are listed: %s.", listed, counted, why))
}

// outcomes derives the people harmed in 30 days, incident by incident.
func (d *deriver) outcomes() {
	b := d.behind
	b.harmed(d)
	o := &d.c.Outcomes
	w := d.writer(12)
	w.Field("figure", d.Harmed(o), theme.Accent)
	w.Field("counts", "staff harmed in incidents and hazards that surely happened in the last 30 days", theme.Text)
	w.Field("leaves out", "civilians and whoever else is told apart, incidents that only may belong, and people whom nobody counted or of whom nobody says whether they were staff", theme.Dim)
	if !o.Known {
		w.Say(theme.Warning, 0, "The window is not whole: these are lower bounds.")
	}
	var sum [len(summed)]int
	for _, id := range b.sure {
		for i, n := range contribution(d.View, id) {
			sum[i] += n
		}
	}
	for i, counted := range [...]int{o.Killed, o.Injured, o.Abducted, o.Detained, o.Other} {
		if counted != sum[i] {
			w.Say(theme.Warning, 0, fmt.Sprintf("%s: %d of %d stand below; the others are in restricted incidents, which are counted and not listed, or beyond the %s looked at.",
				summed[i], sum[i], counted, d.Number(b.looked)))
		}
	}
	d.add("figure", "HARMED, 30 d", "", w)
	d.contributions(b.sure)
}

func (d *deriver) contributions(list []picture.ID) {
	t := page.NewTable(
		d.Palette, d.width,
		widget.Column{Title: "WHEN", Width: 6},
		widget.Column{Title: "ACT", Width: 10, Grow: 2, Drop: 5}, widget.Column{Title: "PLACE", Width: 6, Grow: 2, Drop: 6},
		widget.Column{Title: "KIL", Width: 4, Right: true}, widget.Column{Title: "INJ", Width: 4, Right: true},
		widget.Column{Title: "ABD", Width: 4, Right: true}, widget.Column{Title: "DET", Width: 4, Right: true},
		widget.Column{Title: "OTH", Width: 4, Right: true},
		widget.Column{Title: "READ FROM", Width: 12, Grow: 4},
	)
	s := page.Section{Key: "people", Title: "INCIDENT BY INCIDENT", Note: d.Number(len(list))}
	w := d.writer(0)
	if len(list) == 0 {
		w.Say(theme.Dim, 0, "None.")
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
	w.Field("figure", d.Cannot(d.c, d.Now), theme.Accent)
	w.Field("state", d.c.Coverage.State.String(), theme.Text)
	if !d.c.Coverage.Since.IsZero() {
		w.Field("since", d.Time(d.c.Coverage.Since)+", "+ground.Age(d.c.Coverage.Since, d.Now)+" ago", theme.Text)
	}
	if d.c.TooLate > 0 {
		w.Field("too late", "windows shorter than "+d.Span(d.c.TooLate)+" cannot be known: what covers them speaks later than that", theme.Warning)
	}
	w.Field("rule", "a category is seen while some source that looks there is live or quiet; silence of a source that cannot be relied on says nothing", theme.Text)
	d.add("figure", "COVERAGE", "", w)
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
			text := s.Info.Name.String() + " is " + d.SourceState(s)
			if !s.Reason.IsZero() {
				text += ": " + s.Reason.OneLine().String()
			}
			if s.Info.Profile.Lag > 0 {
				text += "; speaks up to " + d.Span(s.Info.Profile.Lag) + " late"
			}
			text += "; content " + ageOf(s.Facts.ContentTime, d.Now)
			first := len(w.Lines)
			w.Say(role, 0, text)
			w.Lines[first].Open = screen.Ask{Go: screen.ToSource, Subject: screen.Subject{Source: s.Info.Name.String(), Area: -1}}
		}
		if len(sight.Sources) == 0 {
			w.Say(theme.Blind, 0, "No source of this desk looks there. To see it, add one, or widen covers or countries of a [[source]] in vigil.toml.")
		}
		note := sight.Words(d.Now)
		if !sight.Since.IsZero() {
			note += ", since " + d.Time(sight.Since)
		}
		d.add("sight "+t.String(), d.Threat(t), note, w)
	}
}

func ageOf(t, now time.Time) string {
	if t.IsZero() {
		return "of no known time"
	}
	return ground.Age(t, now) + " old"
}
