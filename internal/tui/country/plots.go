package country

import (
	"fmt"
	"strings"
	"time"

	"vigil/internal/incident"
	"vigil/internal/lang"
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

// hours is when in the week it happens.
func (p *pen) hours() page.Section {
	s := page.Section{Key: "hours", Title: p.Say("BY HOUR AND DAY"), Note: p.quarterNote()}
	const table, most = 8, 999 // lines; incidents that there may be without moving a line
	notes := len(p.exactness(most, most))
	s.Count = table + notes
	if p.withholds() || plot.HoursStep(p.width-1) > 1 {
		s.Count++
	}
	var rows []plot.Row
	s.Row = func(i int) page.Line {
		o := p.past()
		if o == nil {
			return p.later(i)
		}
		if rows == nil {
			rows = plot.Hours(p.Palette, p.weekday, p.width-1, &o.events.Hours, o.events.HoursWhole)
		}
		switch {
		case i == 0:
			return page.Line{Spans: rows[0], Still: true, Silent: true}
		case i < table:
			return page.Line{Spans: rows[i], Still: true, Said: p.dayWords(&o.events, time.Weekday(i%7))}
		case i < table+notes:
			said := p.exactness(o.events.Timed, o.events.Untimed)
			if i-table >= len(said) {
				return page.Line{Silent: true}
			}
			line := p.note(said[i-table], said[i-table])
			if i == table {
				line.Key, line.Still = "exactness", false // somewhere to rest on the way past the plot
			}
			return line
		}
		var parts []string
		if step := plot.HoursStep(p.width - 1); step > 1 {
			parts = append(parts, p.Sayf("a column is %d hours", step))
		}
		if n := o.events.Withheld; n > 0 {
			parts = append(parts, p.Tally(n, "restricted more, in no hour"))
		}
		line := p.note(strings.Join(parts, p.Say("; ")), strings.Join(parts, p.Say("; ")))
		line.Silent = len(parts) == 0
		return line
	}
	return s
}

// exactness says which hours these are, and of how many incidents nobody knows the hour: in two lines where one has no room.
func (p *pen) exactness(timed, untimed int) []string {
	_, zone := p.Zone(p.c.Code)
	said := []string{p.Sayf("hours %s", zone), p.Sayf("%s to the hour, %s less exactly", p.Number(timed), p.Number(untimed))}
	if one := strings.Join(said, p.Say("; ")); p.Linear || widget.Width(one) < p.width {
		return []string{one}
	}
	return said
}

// weekdays are the names of days in plain lines.
var weekdays = [...]string{
	lang.Msg("Sunday"), lang.Msg("Monday"), lang.Msg("Tuesday"), lang.Msg("Wednesday"), lang.Msg("Thursday"), lang.Msg("Friday"), lang.Msg("Saturday"),
}

// weekday is the short name of a day.
func (p *pen) weekday(d time.Weekday) string {
	return p.Date(time.Date(2023, 1, 1+int(d), 0, 0, 0, 0, time.UTC), "Mon") // the first was a Sunday
}

// dayWords says the hours of a day in which something happened.
func (p *pen) dayWords(h *picture.History, d time.Weekday) string {
	var said []string
	for hour, n := range h.Hours[d] {
		if n > 0 {
			said = append(said, p.Sayf("%d at %02d hours", n, hour))
		}
	}
	if len(said) == 0 {
		said = []string{p.Say("none known to the hour")}
		if !h.HoursWhole {
			said = []string{p.Say("unknown")}
		}
	}
	return p.Sayf("%s: %s", p.Say(weekdays[d]), strings.Join(said, ", "))
}
