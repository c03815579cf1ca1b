package country

import (
	"strings"
	"time"

	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/tui/page"
	"vigil/internal/tui/plot"
	"vigil/internal/tui/widget"
)

// exactnessKey is the key of the line on which the cursor rests on the way past the hours.
const exactnessKey = "exactness"

// hours is when in the week it happens.
func (p *pen) hours() page.Section {
	s := page.Section{Key: "hours", Title: p.Say("BY HOUR AND DAY"), Note: p.quarterNote()}
	const table, most = 8, 999 // lines; incidents that there may be without moving a line
	notes := len(p.exactness(most, most))
	s.Count = table + notes
	if p.withholds() || plot.HoursStep(p.width-1) > 1 {
		s.Count++
	}
	s.Find = func(key string) (int, bool) { return table, key == exactnessKey }
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
			if len(said) > notes { // of very many: the last word of a line can be done without, and the figures cannot
				said = []string{strings.Join(said, p.Say("; "))}
			}
			if i-table >= len(said) {
				return page.Line{Silent: true, Still: true}
			}
			line := p.note(said[i-table], said[i-table])
			if i == table {
				line.Key, line.Still = exactnessKey, false // somewhere to rest on the way past the plot
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
