package country

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/risk"
	"vigil/internal/theme"
	"vigil/internal/tui/page"
	"vigil/internal/tui/plot"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// past is what the plots are made of. It takes a look at all incidents of over a year: it is made when the first line of a
// plot is seen, and again with the lists of [lately].
type past struct {
	made   bool
	events picture.History
	normal risk.Normal
	usual  bool // the normal is known
}

// quiet is how many of the last weeks are no part of the normal that they are compared with: about the 30 days of a trend.
const quiet = 4

// normalWeeks is how many weeks a normal is made of at most: a year.
const normalWeeks = 52

// past is nil while it has not been made and would keep a key waiting: see [Screen.Settle].
func (p *pen) past() *past {
	o := &p.lately.past
	if o.made {
		return o
	}
	if p.waits {
		return nil
	}
	loc, _ := p.Zone(p.c.Code)
	o.made, o.events = true, p.View.History(p.c.Code, loc)
	var counts []int
	weeks := o.events.Weeks[:len(o.events.Weeks)-quiet]
	for i := len(weeks) - 1; i >= 0 && len(counts) < normalWeeks; i-- {
		if weeks[i].Whole {
			counts = append(counts, weeks[i].Sure)
		}
	}
	o.normal, o.usual = risk.NormalOf(counts)
	return o
}

// barRows is the height of the bars by week: a row for each quarter of the history, which plain lines say there.
const barRows = picture.HistoryWeeks / picture.HistoryRecent

// weeks is incidents by week, with the country's own normal behind them.
func (p *pen) weeks() page.Section {
	s := page.Section{Key: "weeks", Title: p.Say("BY WEEK"), Note: p.Say("to now, the newest at the right"), Count: barRows + 3}
	var rows []plot.Row
	s.Row = func(i int) page.Line {
		o := p.past()
		if o == nil {
			return p.later(i)
		}
		switch {
		case i == barRows: // the plain lines have dates
			return page.Line{Spans: plot.Times(p.width-1, len(o.events.Weeks), func(n int) string { return p.month(o.events.Weeks, n) }), Still: true, Silent: true}
		case i == barRows+1:
			return p.note(p.usual(o), p.usualWords(o))
		case i > barRows+1:
			more := p.spread(o)
			line := p.note(p.Palette.Glyph(theme.Hatch)+" "+p.Say("no source has told the whole week yet")+strings.Join(append([]string{""}, more...), p.dot()), strings.Join(more, ", "))
			line.Silent = len(more) == 0
			return line
		case rows == nil:
			periods := make([]widget.Period, len(o.events.Weeks))
			for n, w := range o.events.Weeks {
				periods[n] = widget.Period{Value: float64(w.Sure), Incomplete: !w.Whole}
			}
			band := plot.Band{}
			if o.usual {
				band = plot.Band{Mean: o.normal.Mean, High: float64(o.normal.High)}
			}
			rows = plot.Bars(p.Palette, p.width-1, barRows, periods, band)
		}
		return page.Line{Spans: rows[i], Still: true, Said: p.quarter(o.events.Weeks, i)}
	}
	return s
}

// month is the name of the month that begins in week n, of January the year; empty where none begins.
func (p *pen) month(weeks []picture.Bin, n int) string {
	last := weeks[n].To.Add(-time.Nanosecond)
	switch {
	case n > 0 && last.Month() == weeks[n-1].To.Add(-time.Nanosecond).Month():
		return ""
	case last.Month() == time.January:
		return last.Format("'06")
	}
	return p.Date(last, "Jan")
}

// later stands in row i of a plot that is made when the keys rest.
func (p *pen) later(i int) page.Line {
	if i > 0 {
		return page.Line{Silent: true}
	}
	return p.note(p.Say("counted when the keys rest"), p.Say("counted when the keys rest"))
}

// note is a line under a plot, and how it is said where nothing is drawn.
func (p *pen) note(text, said string) page.Line {
	return page.Line{Spans: []widget.Span{{Text: page.Safe(p.Palette, text), Role: theme.Dim}}, Still: true, Said: said}
}

// usual says what is usual, or why nobody can say.
func (p *pen) usual(o *past) string {
	if !o.usual {
		return p.Sayf("own normal unknown: %d of %d whole weeks", o.normal.Weeks, risk.NormalWeeks)
	}
	return p.Sayf("%s own mean %s a week   %s %d or less in 9 weeks of 10",
		p.Palette.Glyph(theme.RuleLine), p.Decimal(o.normal.Mean, 1), p.Palette.Glyph(theme.Bullet), o.normal.High)
}

func (p *pen) usualWords(o *past) string {
	n := &o.normal
	if !o.usual {
		return p.Sayf("own normal unknown: %d weeks before the last %d are whole, and it takes %d", n.Weeks, quiet, risk.NormalWeeks)
	}
	return p.Sayf("own normal: %s a week on average of %d whole weeks before the last %d; 8 weeks of 10 have %d to %d", p.Decimal(n.Mean, 1), n.Weeks, quiet, n.Low, n.High)
}

// spread is what is in no bar.
func (p *pen) spread(o *past) (parts []string) {
	if n := o.events.Spread; n > 0 {
		parts = append(parts, p.Sayf("%s more of no one week", p.Number(n)))
	}
	if n := o.events.Undated; n > 0 {
		parts = append(parts, p.Sayf("%s more undated", p.Number(n)))
	}
	return parts
}

// quarter says 13 weeks in words, the newest quarter and week first.
func (p *pen) quarter(weeks []picture.Bin, i int) string {
	to := len(weeks) - i*picture.HistoryRecent
	said := make([]string, 0, picture.HistoryRecent)
	for n := to - 1; n >= to-picture.HistoryRecent; n-- {
		said = append(said, p.Counted(weeks[n].Sure, weeks[n].Whole))
	}
	return p.Sayf("incidents of %d weeks to %s, the newest first: %s", len(said), weeks[to-1].To.Format(time.DateOnly), strings.Join(said, ", "))
}

// threatBars is the last quarter by category, hazards beside.
func (p *pen) threatBars() page.Section {
	order := append(incident.Threats(), incident.ThreatUnknown)
	s := page.Section{Key: "by threat", Title: p.Say("BY THREAT"), Note: p.quarterNote(), Count: len(order)}
	if p.withholds() {
		s.Count++
	}
	s.Find = func(key string) (int, bool) {
		i := slices.IndexFunc(order, func(t incident.Threat) bool { return t.String() == key })
		return i, i >= 0
	}
	const count = 7
	name := p.Room(15)
	var bars []string
	s.Row = func(i int) page.Line {
		o := p.past()
		if o == nil {
			return p.later(i)
		}
		if i == len(order) {
			return p.withheld(o)
		}
		t := order[i]
		if bars == nil {
			values := make([]int, len(order))
			for n, t := range order {
				values[n] = o.events.Threats[t].Sure
			}
			bars = plot.Shares(p.Palette, max(0, p.width-name-count-4), values)
		}
		tally := o.events.Threats[t]
		text := p.Window(picture.Window{Sure: tally.Sure, Known: tally.Whole})
		return page.Line{
			Key: t.String(),
			Spans: []widget.Span{
				{Text: widget.Fit(p.category(t), name, p.Palette.Glyph(theme.Ellipsis)) + " ", Role: theme.Label},
				{Text: widget.PadLeft(text, count, ""), Role: theme.Accent},
				{Text: "  " + bars[i]},
			},
			Plot: 1,
			Said: p.Sayf("%s: %s", p.category(t), p.Counted(tally.Sure, tally.Whole)),
			Open: screen.Ask{Go: screen.ToEvents, Subject: screen.Subject{Country: p.c.Code, Filter: filter(p.c.Code.Alpha3(), t), Area: -1}},
		}
	}
	return s
}

// withheld says how many incidents are in no bar because nothing but their number may be told.
func (p *pen) withheld(o *past) page.Line {
	if o.events.Withheld == 0 {
		return page.Line{Still: true, Silent: true}
	}
	text := p.Tally(o.events.Withheld, "restricted more, in no category")
	return p.note(text, text)
}

func (p *pen) category(t incident.Threat) string {
	if t == incident.ThreatUnknown {
		return p.Say("of no category")
	}
	return p.Threat(t)
}

func (p *pen) quarterNote() string { return p.Sayf("last %d weeks", picture.HistoryRecent) }

// filter is that of the events behind a bar.
func filter(alpha3 string, t incident.Threat) string {
	return fmt.Sprintf("country:%s threat:%s since:%dd", alpha3, t, picture.HistoryRecent*7)
}
