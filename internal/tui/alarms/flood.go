package alarms

import (
	"slices"
	"strings"

	"vigil/internal/alarm"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/theme"
	"vigil/internal/tui/aloud"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// ringing is the section of what needs somebody.
const ringing = "ringing"

// entry is an alarm of the list, or in a flood a group of them.
type entry struct {
	section string
	key     string
	alarm   *duty.Alarm  // nil of a group
	group   *alarm.Group // nil of an alarm
	in      string       // the key of the group under which the alarm is listed
	again   bool         // it is closed, and not everybody who was told has been told again
}

// entries are what is listed, section by section.
func (s *Screen) entries(f screen.Frame) []entry {
	book := f.View.Duty()
	var list []entry
	flood, grouped := figure.Flood(f.View, f.Now)
	grouped = grouped && !s.each
	if grouped {
		for i := range flood.Groups {
			list = append(list, s.of(&flood.Groups[i])...)
		}
	}
	for _, a := range book.Alarms(f.Now) {
		switch {
		case a.Rings(f.Now) && grouped:
		case a.Rings(f.Now):
			list = append(list, entry{section: ringing, key: a.ID, alarm: a})
		case a.State(f.Now) == duty.Shelved:
			list = append(list, entry{section: "shelved", key: a.ID, alarm: a})
		default:
			list = append(list, entry{section: "owned", key: a.ID, alarm: a})
		}
	}
	return append(list, closed(f)...)
}

// closed are the closed alarms that are listed: those of which somebody must be told again first, however long they are closed.
func closed(f screen.Frame) []entry {
	var list []entry
	for _, sheet := range f.View.Untold(f.Now) {
		if a := sheet.Alarm; !a.Open() {
			list = append(list, entry{section: "closed", key: a.ID, alarm: a, again: true})
		}
	}
	for _, a := range f.View.Duty().Closed(f.Now.Add(-closedWithin)) {
		if !slices.ContainsFunc(list, func(e entry) bool { return e.key == a.ID }) {
			list = append(list, entry{section: "closed", key: a.ID, alarm: a})
		}
	}
	return list
}

// of is a group, with its alarms where they are listed under it; one alarm alone is itself.
func (s *Screen) of(g *alarm.Group) []entry {
	if len(g.Alarms) == 1 {
		return []entry{{section: ringing, key: g.Key(), alarm: g.Alarms[0]}}
	}
	list := []entry{{section: ringing, key: g.Key(), group: g}}
	if s.unfolded[g.Key()] {
		for _, a := range g.Alarms {
			list = append(list, entry{section: ringing, key: a.ID, alarm: a, in: g.Key()})
		}
	}
	return list
}

// selected is what the cursor is on.
func (s *Screen) selected(f screen.Frame) entry {
	l, ok := s.body.Selected(f)
	if !ok {
		return entry{}
	}
	key, _, _ := strings.Cut(l.Key, part)
	for _, e := range s.entries(f) {
		if e.key == key {
			return e
		}
	}
	return entry{}
}

// note remembers what the cursor is on.
func (s *Screen) note(f screen.Frame) {
	s.at = s.selected(f)
	switch {
	case s.at.alarm != nil:
		s.anchor = s.at.alarm.ID
	case s.at.group != nil && !has(s.at.group, s.anchor):
		s.anchor = s.at.group.Alarms[0].ID
	}
}

func has(g *alarm.Group, id string) bool {
	return slices.ContainsFunc(g.Alarms, func(a *duty.Alarm) bool { return a.ID == id })
}

// follow puts the cursor on the group that took the place of its alarm, or on the alarm once its group is gone.
func (s *Screen) follow(f screen.Frame) {
	if s.anchor == "" {
		return
	}
	list := s.entries(f)
	if slices.ContainsFunc(list, func(e entry) bool { return e.key == s.at.key }) {
		return
	}
	for _, e := range list {
		if e.key == s.anchor || e.group != nil && !s.unfolded[e.key] && has(e.group, s.anchor) {
			s.at = e
			s.body.GoTo(e.section, e.key)
			return
		}
	}
}

// again has the list made anew after a key changed what it shows.
func (s *Screen) again(f screen.Frame) {
	s.body.Forget()
	s.follow(f)
}

// head says that there is a flood, and what f does.
func (s *Screen) head(f *screen.Frame, width int) []page.Line {
	flood, on := figure.Flood(f.View, f.Now)
	if !on {
		return nil
	}
	text := f.Sayf("%s, grouped; f shows each", f.FloodWords(&flood))
	if s.each {
		text = f.Sayf("%s, each shown; f groups them", f.FloodWords(&flood))
	}
	return []page.Line{{
		Mark:  f.Palette.Glyph(theme.Attention),
		Spans: []widget.Span{{Text: strings.TrimRight(widget.FitWords(page.Safe(f.Palette, text), width-1, f.Palette.Glyph(theme.Ellipsis)), " "), Role: theme.Alarm}},
	}}
}

// mostCalled is how many alarms of a group are named in its row.
const mostCalled = 24

// groupLines are the row of a group: how many, the highest severity, the newest age, what they are about; and what they are called.
func groupLines(f *screen.Frame, t *page.Table, g *alarm.Group) []page.Line {
	role := figure.SeverityOf(g.Severity)
	age, _ := f.Age(g.Alarms[0].Came, f.Now, 0)
	rule := f.RuleName(g.Rule)
	if g.Hidden {
		rule = figure.Nothing
	}
	many, standing := f.GroupCount(g), f.GroupStanding(g, f.Now)
	row := t.Row(
		f.Palette.Glyph(theme.Attention), widget.Cell{Text: many, Role: role}, widget.Cell{Text: f.SeverityWord(g.Severity), Role: role},
		widget.Cell{Text: standing, Said: aloud.OfMany(f.Language, standing), Role: role}, widget.Cell{Text: age}, widget.Cell{Text: f.GroupWhat(g)}, widget.Cell{Text: rule, Role: theme.Dim},
	)
	row.Key = g.Key()
	called := f.GroupCalled(g, mostCalled)
	row.Copy = f.Sayf("%s: %s", many+" "+f.SeverityWord(g.Severity)+" "+f.GroupWhat(g), called)
	return under(f, t, &row, called)
}
