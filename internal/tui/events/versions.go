package events

import (
	"strings"

	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/ground"
	"vigil/internal/tui/listing"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// people is the breakdown of those affected, one table for each set of dimensions.
func people(f *screen.Frame, width int, d *picture.Detail) page.Section {
	w := page.NewWriter(f.Palette, width, f.Room(13))
	b := d.Incident.Affected
	if len(b) == 0 {
		w.Say(theme.Unknown, 0, f.Say("The record does not say who is affected. That is unknown, not nobody."))
		return page.Section{Key: "people", Title: f.Say("PEOPLE AFFECTED"), Lines: w.Lines}
	}
	t := page.NewTable(
		f.Palette, width,
		widget.Column{Title: f.Say("POPULATION"), Width: 10, Grow: 2}, widget.Column{Title: f.Say("RECRUITMENT"), Width: 11, Grow: 2},
		widget.Column{Title: f.Say("SEX"), Width: 7, Grow: 1}, widget.Column{Title: f.Say("OUTCOME"), Width: 10, Grow: 2},
		widget.Column{Title: f.Say("PERSONS"), Width: 7, Right: true},
	)
	for _, by := range d.Row.Filled {
		if by.Field == picture.FieldPeople {
			w.Say(theme.Text, 0, f.Sayf("As told by %s, which says more of it than %s:", by.Source, d.Row.Source))
		}
	}
	w.Lines = append(w.Lines, t.Head())
	sets := map[[4]bool]bool{}
	for i := range b {
		dims := f.Dimensions(&b[i])
		set := [4]bool{}
		for n := range dims {
			set[n] = dims[n] != figure.All
		}
		if i > 0 && !sets[set] {
			w.Say(theme.Dim, 0, f.Say("The same people again, broken down otherwise; never added:"))
		}
		sets[set] = true
		role := theme.Text
		if b[i].Count == incident.Uncounted {
			role = theme.Unknown
		}
		w.Lines = append(w.Lines, t.Row("", cell(dims[0]), cell(dims[1]), cell(dims[2]), cell(dims[3]), widget.Cell{Text: f.Persons(b[i].Count), Role: role}))
	}
	return page.Section{Key: "people", Title: f.Say("PEOPLE AFFECTED"), Note: f.People(&d.Row), Lines: w.Lines}
}

// conflict sets the versions that contradict each other side by side.
func conflict(f *screen.Frame, width int, d *picture.Detail) (page.Section, bool) {
	var standing []picture.Version
	var records []*incident.Incident
	for _, v := range d.Versions {
		if v.Stands && v.Incident != nil && v.Incident.Type < incident.Cancel {
			standing = append(standing, v)
			records = append(records, v.Incident)
		}
	}
	if !d.Row.Conflict || len(standing) < 2 {
		return page.Section{}, false
	}
	s := page.Section{
		Key: "conflict", Title: f.Say("CONFLICT"),
		Note: f.Sayf("%s versions stand side by side", f.Number(len(standing))),
	}
	diffs := f.Differences(f.View.CountryNames(), records...)
	const least = 18
	name := 10
	for i := range diffs {
		diffs[i].Name = f.Say(strings.TrimPrefix(diffs[i].Name, figure.Affected))
		name = max(name, widget.Width(diffs[i].Name))
	}
	name = min(name, max(10, width-1-len(standing)*(least+1)))
	if len(standing)*(least+1)+name > width {
		s.Lines = oneByOne(f, width, name, standing, diffs)
	} else {
		s.Lines = sideBySide(f, width, name, standing, diffs)
	}
	return s, true
}

func sideBySide(f *screen.Frame, width, name int, standing []picture.Version, diffs []figure.Difference) []page.Line {
	columns := []widget.Column{{Width: name}}
	room := (width-1-name)/len(standing) - 1
	head := [3][]widget.Cell{{{Text: f.Say("source"), Role: theme.Label}}, {{Text: f.Say("read from"), Role: theme.Label}}, {{Text: f.Say("received"), Role: theme.Label}}}
	for i := range standing {
		v := &standing[i]
		columns = append(columns, widget.Column{Width: room})
		age := ground.Age(f.Hand, v.Received, ground.Receipts(*f))
		head[0] = append(head[0], cell(v.Source.String()))
		head[1] = append(head[1], cell(tail(f, listing.File(&v.Origin), room)))
		head[2] = append(head[2], cell(f.Sayf("%s ago", age)))
	}
	t := page.NewTable(f.Palette, width, columns...)
	var lines []page.Line
	for _, row := range head {
		lines = append(lines, t.Row("", row...))
	}
	for _, diff := range diffs {
		cells := []widget.Cell{{Text: diff.Name, Role: theme.Label}}
		for _, v := range diff.Values {
			cells = append(cells, widget.Cell{Text: f.Said(v), Role: theme.Warning})
		}
		lines = append(lines, t.Row("", cells...))
	}
	return lines
}

// tail is the end of a place, which holds the line, where the whole does not fit.
func tail(f *screen.Frame, place string, room int) string {
	runes := []rune(place)
	if len(runes) <= room || room < 2 {
		return place
	}
	return f.Palette.Glyph(theme.Ellipsis) + string(runes[len(runes)-room+1:])
}

// oneByOne is the same for a narrow terminal: what each version says, one below the other.
func oneByOne(f *screen.Frame, width, name int, standing []picture.Version, diffs []figure.Difference) []page.Line {
	w := page.NewWriter(f.Palette, width, name)
	for _, diff := range diffs {
		for n, v := range diff.Values {
			w.Field(diff.Name, f.Said(v)+"  ("+listing.File(&standing[n].Origin)+")", theme.Warning)
		}
	}
	return w.Lines
}

// versions lists everything that arrived under this identity, the newest first, with what each changed.
func versions(f *screen.Frame, width int, d *picture.Detail) page.Section {
	w := page.NewWriter(f.Palette, width, f.Room(13))
	arrow := " " + f.Palette.Glyph(theme.Right) + " "
	for n := range d.Versions {
		v := &d.Versions[n]
		state, role := f.Say("replaced"), theme.Dim
		if v.Stands {
			state, role = f.Say("stands"), theme.Text
		}
		line := w.Add(widget.Span{Text: widget.Fit(state, f.Room(9), "") + page.Safe(f.Palette, v.Source.String()+" "+listing.File(&v.Origin)), Role: role})
		line.Copy = listing.File(&v.Origin)
		line.Open = screen.Ask{Go: screen.ToSource, Subject: screen.Subject{Source: v.Source.String(), Area: -1}}
		age := ground.Age(f.Hand, v.Received, ground.Receipts(*f))
		w.Say(theme.Dim, f.Room(9), f.Sayf("%s, received %s, %s ago", kind(f, v.Incident), f.Time(v.Received), age))
		if n+1 == len(d.Versions) {
			continue
		}
		diffs := f.Differences(f.View.CountryNames(), d.Versions[n+1].Incident, v.Incident)
		for _, diff := range diffs {
			w.Say(role, f.Room(9), f.Sayf("%s: %s", fieldName(f, diff.Name), f.Said(diff.Values[0])+arrow+f.Said(diff.Values[1])))
		}
		if len(diffs) == 0 {
			w.Say(theme.Dim, f.Room(9), f.Say("says the same as the one before"))
		}
	}
	return page.Section{Key: "versions", Title: f.Say("VERSIONS"), Note: f.Sayf("%s, newest first", f.Plural(len(d.Versions), "version")), Lines: w.Lines}
}

// fieldName is the name of a field as a reader knows it; of people with who they are.
func fieldName(f *screen.Frame, name string) string {
	if who, is := strings.CutPrefix(name, figure.Affected); is {
		return f.Sayf("affected, %s", who)
	}
	return f.Say(name)
}

func kind(f *screen.Frame, i *incident.Incident) string {
	s := f.Words(i.Type.String())
	if i.Version > 0 {
		return f.Sayf("%s, version %d", s, i.Version)
	}
	return s
}

func cell(s string) widget.Cell { return widget.Cell{Text: s} }
