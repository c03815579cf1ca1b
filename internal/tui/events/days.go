package events

import (
	"slices"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/query"
	"vigil/internal/theme"
	"vigil/internal/tui/aloud"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

const day = 24 * time.Hour

// days is the histogram: incidents by day of occurrence, the newest at the right; what was refuted, cancelled or withdrawn did not
// occur. It is counted anew each minute and whenever the filter changes, not with each picture.
type days struct {
	at      time.Time
	today   time.Time // the last of the days
	filter  string
	total   int
	width   int
	periods []widget.Period
	sum     int
	spread  int // incidents that may have happened on more than one of the days
	most    int // on one of the days that are drawn, as high as the highest bar is
	partial int // on days that are hatched
}

func (d *days) count(f *screen.Frame, l *list, filter string, width int) {
	if d.at.Equal(f.Now) && d.filter == filter && d.total == l.len() && d.width == width {
		return
	}
	*d = days{at: f.Now, filter: filter, total: l.len(), width: width, periods: make([]widget.Period, width)}
	d.today = f.View.Valid().UTC().Truncate(day)
	first := d.today.Add(-time.Duration(width-1) * day)
	for i := range l.len() {
		facts, ok := f.View.Facts(l.at(i)) // the words of as many rows would cost a hundred times as much
		if !ok || facts.Hidden() || facts.Over() || facts.Class() == incident.Report {
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
	countries := named(filter)
	for i := range d.periods {
		from := first.Add(time.Duration(i) * day)
		n := int(d.periods[i].Value)
		if d.periods[i].Incomplete = !told(f.View, countries, from, from.Add(day)); d.periods[i].Incomplete {
			d.partial += n
			continue
		}
		d.most = max(d.most, n)
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

// named are the countries that a filter asks for by name.
func named(filter string) (codes []country.Code) {
	q, err := query.Parse(filter, query.Vocabulary{Resolve: func(f query.Field, s string) (string, bool) {
		if f != query.FieldCountry {
			return s, true
		}
		c, ok := country.Parse(s)
		return c.Alpha3(), ok
	}})
	if err != nil {
		return nil // and it lists nothing
	}
	for _, alpha3 := range q.Asked(query.FieldCountry) {
		if c, ok := country.Parse(alpha3); ok {
			codes = append(codes, c)
		}
	}
	return codes
}

// told reports whether some source has told all that it would of [from, to): of each of the countries, where the filter names any, because
// what is listed is theirs and a source that never looks there says nothing of them. In a picture of the past figures are what is recorded.
func told(v picture.View, countries []country.Code, from, to time.Time) bool {
	if !v.Live() {
		return true
	}
	if v.Unread() {
		return false
	}
	if len(countries) == 0 {
		return toldOf(v, from, to, func(*health.Profile) bool { return true })
	}
	return !slices.ContainsFunc(countries, func(c country.Code) bool {
		return !toldOf(v, from, to, func(p *health.Profile) bool { return len(p.Countries) == 0 || slices.Contains(p.Countries, c) })
	})
}

// toldOf is the same of the sources that look where it is asked.
func toldOf(v picture.View, from, to time.Time, looks func(*health.Profile) bool) bool {
	for s := range v.Sources() {
		profile := &s.Info.Profile
		if profile.Covers&health.Set(health.Deliberate()...) == 0 || !looks(profile) {
			continue
		}
		until, since := s.Facts.CompleteUntil(profile), s.Facts.KnownSince(profile)
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
	legend := p.Glyph(theme.Hatch) + " " + f.Say("no source has told the whole day yet")
	if d.partial > 0 {
		legend += dot + f.Sayf("%s so far", f.Number(d.partial))
	}
	return []string{
		widget.Rule(p, width, widget.Span{Text: " " + d.title(f), Role: theme.Title}, widget.Span{Text: strings.Join(d.notes(f), dot), Role: theme.Dim}),
		widget.Line(p, width, widget.Span{Text: " " + widget.Sparkline(p, d.width, d.periods), Role: theme.Accent}),
		widget.Line(p, width, widget.Span{Text: " " + page.Safe(p, legend), Role: theme.Dim}),
	}
}

func (d *days) title(f *screen.Frame) string {
	return f.Sayf("BY DAY, last %s d", f.Number(len(d.periods)))
}

// notes are the figures of the whole: how many there are, what the highest bar stands for, and what is in none.
func (d *days) notes(f *screen.Frame) []string {
	notes := []string{f.Number(d.sum), f.Sayf("most on a whole day %s", f.Number(d.most))}
	if d.spread > 0 {
		notes = append(notes, f.Sayf("+%s of no one day", f.Number(d.spread)))
	}
	return notes
}

// The days of the histogram in plain lines, and how many of them a line holds: two weeks.
const (
	spokenDays = 84
	spokenRow  = 14
)

// spoken is the histogram in plain lines, the newest day first.
func (d *days) spoken(f *screen.Frame) []string {
	lines := []string{aloud.Heading(f.Language, d.title(f), aloud.Row(d.notes(f)...))}
	for to := len(d.periods); to > 0; to -= spokenRow {
		var counts []string
		for i := to - 1; i >= max(0, to-spokenRow); i-- {
			counts = append(counts, f.Counted(int(d.periods[i].Value), !d.periods[i].Incomplete))
		}
		last := d.today.Add(-time.Duration(len(d.periods)-to) * day)
		lines = append(lines, f.Sayf("incidents of %d days to %s, the newest first: %s", len(counts), last.Format(time.DateOnly), strings.Join(counts, ", ")))
	}
	return lines
}
