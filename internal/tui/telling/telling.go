// Package telling shows who tells of an event: each source's own version with its age and grade, what they disagree on, why they
// are taken for one, and what may belong to it. The detail of an event and its derivation show the same.
//
// Nothing here is computed from several sources: a disagreement stands as one ("2 / 5"), in the order of the tellings.
package telling

import (
	"slices"
	"strings"

	"vigil/internal/action"
	"vigil/internal/correlate"
	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/theme"
	"vigil/internal/tui/ground"
	"vigil/internal/tui/listing"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// Count is how many sources tell of an event, in words: "1 src", "3 sources".
func Count(n int) string {
	if n == 1 {
		return "1 src"
	}
	return figure.Plain.Number(n) + " sources"
}

// Sections are what stands of an event beside what its lead says; none for one that one source alone tells of, with nothing
// proposed.
func Sections(f *screen.Frame, width int, e *picture.Event) []page.Section {
	var list []page.Section
	if len(e.Tellings) > 1 {
		list = append(list, tellings(f, width, e))
	}
	if len(e.Filled) > 0 {
		list = append(list, filled(f, width, e))
	}
	if len(e.Differences) > 0 {
		list = append(list, disagreements(f, width, e))
	}
	if len(e.Joins) > 0 {
		list = append(list, joins(f, width, e))
	}
	if len(e.Proposed) > 0 {
		list = append(list, proposed(f, width, e))
	}
	return list
}

// NotYet is why nothing is merged or taken out on a picture that was made ahead of the reading.
const NotYet = "events are merged and taken out once the files are read: who else tells of this one is not known yet"

// tellings lists each source's own version. The line of another than the one shown opens it.
func tellings(f *screen.Frame, width int, e *picture.Event) page.Section {
	w := page.NewWriter(f.Palette, width, 0)
	for i := range e.Tellings {
		t := &e.Tellings[i]
		line := w.Add(
			widget.Span{Text: page.Safe(f.Palette, who(t)), Role: theme.Accent},
			widget.Span{Text: page.Safe(f.Palette, "  "+says(f, t)), Role: theme.Text},
		)
		line.Key = listing.Key(t.ID)
		line.Open = screen.Ask{Go: screen.ToEvent, Subject: screen.Subject{Incident: t.ID, Area: -1}}
		line.Copy = name(t.Identity)
	}
	w.Say(theme.Dim, 0, "The first is shown and counted, once: the highest grade, of equal grades the worse.")
	return page.Section{Key: "tellings", Title: "TOLD BY", Note: Count(len(e.Tellings)) + ", u takes the selected out", Lines: w.Lines}
}

// filled lists what the first leaves unsaid, by who says it. The line of each opens it.
func filled(f *screen.Frame, width int, e *picture.Event) page.Section {
	w := page.NewWriter(f.Palette, width, 0)
	for _, by := range figure.FilledBy(e.Filled) {
		i := slices.IndexFunc(e.Tellings, func(t picture.Telling) bool { return t.ID == by.By })
		if i < 0 {
			continue
		}
		t := &e.Tellings[i]
		line := w.Add(
			widget.Span{Text: page.Safe(f.Palette, who(t)), Role: theme.Accent},
			widget.Span{Text: page.Safe(f.Palette, "  "+strings.Join(by.Fields, ", ")+", "+listing.File(&t.Shown.Origin)), Role: theme.Text},
		)
		line.Key = "filled " + listing.Key(t.ID)
		line.Open = screen.Ask{Go: screen.ToEvent, Subject: screen.Subject{Incident: t.ID, Area: -1}}
		line.Copy = listing.File(&t.Shown.Origin)
	}
	w.Say(theme.Dim, 0, "The first leaves it unsaid; it is shown and counted as the next one says it, and never made of two.")
	return page.Section{Key: "filled", Title: "FILLED IN", Note: "what the first leaves unsaid", Lines: w.Lines}
}

func who(t *picture.Telling) string {
	s := t.Row.Source.String()
	if !t.Row.Grade.IsZero() {
		s += " " + t.Row.Grade.OneLine().String()
	}
	return s
}

func says(f *screen.Frame, t *picture.Telling) string {
	words := []string{ground.Age(t.Row.Told, ground.Receipts(*f)) + " ago", f.Act(&t.Row)}
	for _, s := range []string{figure.Place(&t.Row), f.People(&t.Row)} {
		if s != "" {
			words = append(words, s)
		}
	}
	return strings.Join(append(words, name(t.Identity)), ", ")
}

// named is a telling in the words by which whoever is asked knows it: what, where, and its name.
func named(t *picture.Telling) string {
	var words []string
	if !t.Row.Restricted {
		place, _, _ := strings.Cut(figure.Place(&t.Row), ",") // a question has one line
		words = append(words, figure.Plain.Act(&t.Row), place)
	}
	words = slices.DeleteFunc(append(words, name(t.Identity)), func(s string) bool { return s == "" })
	return strings.Join(words, ", ")
}

func name(i incident.Identity) string { return i.Authority.String() + "/" + i.ID.String() }

func disagreements(f *screen.Frame, width int, e *picture.Event) page.Section {
	w := page.NewWriter(f.Palette, width, 13)
	var order []string
	for i := range e.Tellings {
		order = append(order, e.Tellings[i].Row.Source.String())
	}
	w.Field("said by", strings.Join(order, " / "), theme.Label)
	for _, d := range e.Differences {
		values := make([]string, len(d.Values))
		for i, v := range d.Values {
			if values[i] = v; v == "" {
				values[i] = "not said"
			}
		}
		w.Field(d.What, strings.Join(values, " / "), theme.Warning).Key = d.What
	}
	return page.Section{Key: "disagreements", Title: "THEY DISAGREE", Note: "never averaged", Lines: w.Lines}
}

func joins(f *screen.Frame, width int, e *picture.Event) page.Section {
	w := page.NewWriter(f.Palette, width, 0)
	for i := range e.Joins {
		j := &e.Joins[i]
		head := name(j.A) + " and " + name(j.B)
		if j.Choice != "" {
			w.Say(theme.Text, 0, head+": joined by a person")
			w.Say(theme.Text, 2, j.Choice)
		} else {
			w.Say(theme.Text, 0, head+": "+correlate.Points(j.Points)+" points")
		}
		for _, r := range j.Reasons {
			w.Say(theme.Dim, 2, r)
		}
	}
	return page.Section{Key: "joins", Title: "WHY ONE EVENT", Note: "sure from " + correlate.Points(correlate.SameFrom), Lines: w.Lines}
}

func proposed(f *screen.Frame, width int, e *picture.Event) page.Section {
	w := page.NewWriter(f.Palette, width, 0)
	for i := range e.Proposed {
		p := &e.Proposed[i]
		line := w.Add(
			widget.Span{Text: page.Safe(f.Palette, "perhaps "+who(&p.Telling)), Role: theme.Warning},
			widget.Span{Text: page.Safe(f.Palette, "  "+f.When(&p.Row, f.Now)+", "+says(f, &p.Telling)), Role: theme.Text},
		)
		line.Key = listing.Key(p.ID)
		line.Open = screen.Ask{Go: screen.ToEvent, Subject: screen.Subject{Incident: p.ID, Area: -1}}
		line.Copy = name(p.Identity)
		if p.Rival {
			w.Say(theme.Dim, 2, correlate.Points(p.Points)+" points, and another of that source fits about as well")
		} else {
			w.Say(theme.Dim, 2, correlate.Points(p.Points)+" points")
		}
		for _, r := range p.Reasons {
			w.Say(theme.Dim, 2, r)
		}
	}
	return page.Section{Key: "proposed", Title: "PERHAPS THE SAME EVENT", Note: "m merges the selected", Lines: w.Lines}
}

// Merge is the command that makes the selected proposal part of the event: the one on whose line the cursor is, or the only one.
// why says what is missing when there is none; ask is the question to be put before.
func Merge(e *picture.Event, selected picture.ID) (c action.Command, ask, why string) {
	if len(e.Proposed) == 0 {
		return nil, "", "nothing is proposed: \":merge ID ID\" merges any two"
	}
	for i := range e.Proposed {
		if p := &e.Proposed[i]; p.ID == selected || len(e.Proposed) == 1 {
			return action.Merge([]incident.Identity{p.With, p.Identity}, safetext.Text{}), "Merge with " + named(&p.Telling) + "? u undoes it.", ""
		}
	}
	return nil, "", "several are proposed: select the line of one"
}

// Unmerge is the command that takes the selected telling out of the event: the one on whose line the cursor is, or the second of two.
func Unmerge(e *picture.Event, selected picture.ID) (c action.Command, ask, why string) {
	if len(e.Tellings) < 2 {
		return nil, "", "one source alone tells of it"
	}
	at := -1
	for i := range e.Tellings {
		if e.Tellings[i].ID == selected {
			at = i
		}
	}
	if at < 0 && len(e.Tellings) == 2 {
		at = 1
	}
	if at < 0 {
		return nil, "", "several tell of it: select the line of the one to take out"
	}
	names := []incident.Identity{e.Tellings[at].Identity}
	for i := range e.Tellings {
		if i != at {
			names = append(names, e.Tellings[i].Identity)
		}
	}
	return action.Unmerge(names, safetext.Text{}), "Take out " + named(&e.Tellings[at]) + "? :merge undoes it.", ""
}
