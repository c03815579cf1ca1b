package events

import (
	"time"

	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

const day = 24 * time.Hour

// days is the histogram: incidents by day of occurrence, the newest at the right. It is counted anew each
// minute and whenever the filter changes, not with each picture.
type days struct {
	at      time.Time
	filter  string
	total   int
	width   int
	periods []widget.Period
	sum     int
	spread  int // incidents that may have happened on more than one of the days
	most    int
}

func (d *days) count(f *screen.Frame, l *list, filter string, width int) {
	if d.at.Equal(f.Now) && d.filter == filter && d.total == l.len() && d.width == width {
		return
	}
	*d = days{at: f.Now, filter: filter, total: l.len(), width: width, periods: make([]widget.Period, width)}
	today := f.View.Valid().Truncate(day)
	first := today.Add(-time.Duration(width-1) * day)
	for i := range l.len() {
		facts, ok := f.View.Facts(l.at(i)) // the words of as many rows would cost a hundred times as much
		if !ok || facts.Hidden() || facts.Class() == incident.Report {
			continue
		}
		when := facts.Interval()
		if when.IsZero() {
			if facts.Placed().Before(first) {
				break
			}
			continue
		}
		if when.End.Before(first) {
			break
		}
		d.add(when, first)
	}
	for i := range d.periods {
		from := first.Add(time.Duration(i) * day)
		d.most = max(d.most, int(d.periods[i].Value))
		d.periods[i].Incomplete = !told(f.View, from, from.Add(day))
	}
}

func (d *days) add(when incident.Interval, first time.Time) {
	from := when.Start.Truncate(day)
	n := int(from.Sub(first) / day)
	if n < 0 || n >= len(d.periods) || !when.Within(from, from.Add(day)) {
		d.spread++
		return
	}
	d.periods[n].Value++
	d.sum++
}

// told reports whether some source has told all that it would of [from, to). In a picture of the past figures are
// what is recorded.
func told(v picture.View, from, to time.Time) bool {
	if !v.Live() {
		return true
	}
	if v.Unread() {
		return false
	}
	for s := range v.Sources() {
		if s.Info.Profile.Covers&health.Set(health.Deliberate()...) == 0 {
			continue
		}
		until, since := s.Facts.CompleteUntil(&s.Info.Profile), s.Facts.KnownSince(&s.Info.Profile)
		if !until.Before(to) && !since.IsZero() && !since.After(from) && !gap(s, from, to) {
			return true
		}
	}
	return false
}

func gap(s *picture.Source, from, to time.Time) bool {
	for _, g := range s.Facts.Gaps {
		if g.Overlaps(from, to) {
			return true
		}
	}
	return false
}

// lines draw the histogram under a rule.
func (d *days) lines(f *screen.Frame, width int) []string {
	p := f.Palette
	dot := " " + p.Glyph(theme.Bullet) + " "
	note := f.Number(d.sum) + dot + f.Sayf("most on a day %s", f.Number(d.most))
	if d.spread > 0 {
		note += dot + f.Sayf("+%s of no one day", f.Number(d.spread))
	}
	title := f.Sayf("BY DAY, last %s d", f.Number(len(d.periods)))
	legend := p.Glyph(theme.Hatch) + " " + f.Say("no source has told the whole day yet")
	return []string{
		widget.Rule(p, width, widget.Span{Text: " " + title, Role: theme.Title}, widget.Span{Text: note, Role: theme.Dim}),
		widget.Line(p, width, widget.Span{Text: " " + widget.Sparkline(p, d.width, d.periods), Role: theme.Accent}),
		widget.Line(p, width, widget.Span{Text: " " + page.Safe(p, legend), Role: theme.Dim}),
	}
}
