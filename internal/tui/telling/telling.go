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
	"vigil/internal/lang"
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
func Count(h figure.Hand, n int) string {
	if n == 1 {
		return h.Say("1 src")
	}
	return h.Plural(n, "source")
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
func NotYet(h figure.Hand) string {
	return h.Say("events are merged and taken out once the files are read: who else tells of this one is not known yet")
}

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
	w.Say(theme.Dim, 0, f.Say("The first is shown and counted, once: the highest grade, of equal grades the worse."))
	return page.Section{Key: "tellings", Title: f.Say("TOLD BY"), Note: f.Sayf("%s, u takes the selected out", Count(f.Hand, len(e.Tellings))), Lines: w.Lines}
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
			widget.Span{Text: page.Safe(f.Palette, "  "+fields(f.Hand, by.Fields)+", "+listing.File(&t.Shown.Origin)), Role: theme.Text},
		)
		line.Key = "filled " + listing.Key(t.ID)
		line.Open = screen.Ask{Go: screen.ToEvent, Subject: screen.Subject{Incident: t.ID, Area: -1}}
		line.Copy = listing.File(&t.Shown.Origin)
	}
	w.Say(theme.Dim, 0, f.Say("The first leaves it unsaid; it is shown and counted as the next one says it, and never made of two."))
	return page.Section{Key: "filled", Title: f.Say("FILLED IN"), Note: f.Say("what the first leaves unsaid"), Lines: w.Lines}
}

// fields are the names of what is filled in.
func fields(h figure.Hand, names []string) string {
	said := make([]string, len(names))
	for i, n := range names {
		said[i] = h.Words(n)
	}
	return strings.Join(said, ", ")
}

func who(t *picture.Telling) string {
	s := t.Row.Source.String()
	if !t.Row.Grade.IsZero() {
		s += " " + t.Row.Grade.OneLine().String()
	}
	return s
}

func says(f *screen.Frame, t *picture.Telling) string {
	words := []string{f.Sayf("%s ago", ground.Age(f.Hand, t.Row.Told, ground.Receipts(*f))), f.Act(&t.Row)}
	for _, s := range []string{figure.Place(&t.Row), f.People(&t.Row)} {
		if s != "" {
			words = append(words, s)
		}
	}
	return strings.Join(append(words, name(t.Identity)), ", ")
}

// named is a telling in the words by which whoever is asked knows it: what, where, and its name.
func named(h figure.Hand, t *picture.Telling) string {
	var words []string
	if !t.Row.Restricted {
		place, _, _ := strings.Cut(figure.Place(&t.Row), ",") // a question has one line
		words = append(words, h.Act(&t.Row), place)
	}
	words = slices.DeleteFunc(append(words, name(t.Identity)), func(s string) bool { return s == "" })
	return strings.Join(words, ", ")
}

func name(i incident.Identity) string { return i.Authority.String() + "/" + i.ID.String() }

func disagreements(f *screen.Frame, width int, e *picture.Event) page.Section {
	w := page.NewWriter(f.Palette, width, f.Room(13))
	var order []string
	for i := range e.Tellings {
		order = append(order, e.Tellings[i].Row.Source.String())
	}
	w.Field(f.Say("said by"), strings.Join(order, " / "), theme.Label)
	for _, d := range e.Differences {
		values := make([]string, len(d.Values))
		for i, v := range d.Values {
			values[i] = value(f.Hand, d.What, v, &e.Tellings[i].Row)
		}
		w.Field(f.Say(d.What), strings.Join(values, " / "), theme.Warning).Key = d.What
	}
	return page.Section{Key: "disagreements", Title: f.Say("THEY DISAGREE"), Note: f.Say("never averaged"), Lines: w.Lines}
}

// otherHarm is the fact whose value is a list of harms.
const otherHarm = "other harm"

// facts are what tellings may disagree on, and whether their values are words of the file contract.
var facts = map[string]bool{
	lang.Msg("killed"): false, lang.Msg("injured"): false, lang.Msg("abducted"): false, lang.Msg("detained"): false, lang.Msg("other harm"): false,
	lang.Msg("national"): false, lang.Msg("international"): false, lang.Msg("when"): false, lang.Msg("act"): true, lang.Msg("severity"): true,
	lang.Msg("verification"): true, lang.Msg("place"): false,
}

// value is what a telling says of a fact.
func value(h figure.Hand, what, said string, r *picture.Row) string {
	switch {
	case said == "":
		return h.Say("not said")
	case what == otherHarm:
		return harms(h, r.Further)
	case facts[what]:
		return h.WordsAs(what, said) // a severity is not moderate as a risk is, in some languages
	}
	return said
}

func harms(h figure.Hand, list []incident.Harm) string {
	said := make([]string, len(list))
	for i, harm := range list {
		word := h.Words(harm.Outcome.Value.String())
		if harm.Outcome.Unlisted() {
			word = harm.Outcome.Text.OneLine().String()
		}
		said[i] = h.Persons(harm.Count) + " " + word
	}
	return strings.Join(said, ", ")
}

func joins(f *screen.Frame, width int, e *picture.Event) page.Section {
	w := page.NewWriter(f.Palette, width, 0)
	for i := range e.Joins {
		j := &e.Joins[i]
		if j.Choice != "" {
			w.Say(theme.Text, 0, f.Sayf("%s and %s: joined by a person", name(j.A), name(j.B)))
			w.Say(theme.Text, 2, j.Choice)
		} else {
			w.Say(theme.Text, 0, f.Sayf("%s and %s: %s points", name(j.A), name(j.B), f.Points(j.Points)))
		}
		for _, r := range f.Because(&j.Because) {
			w.Say(theme.Dim, 2, r)
		}
	}
	return page.Section{Key: "joins", Title: f.Say("WHY ONE EVENT"), Note: f.Sayf("sure from %s", f.Points(correlate.SameFrom)), Lines: w.Lines}
}

func proposed(f *screen.Frame, width int, e *picture.Event) page.Section {
	w := page.NewWriter(f.Palette, width, 0)
	for i := range e.Proposed {
		p := &e.Proposed[i]
		line := w.Add(
			widget.Span{Text: page.Safe(f.Palette, f.Sayf("perhaps %s", who(&p.Telling))), Role: theme.Warning},
			widget.Span{Text: page.Safe(f.Palette, "  "+f.When(&p.Row, f.Now)+", "+says(f, &p.Telling)), Role: theme.Text},
		)
		line.Key = listing.Key(p.ID)
		line.Open = screen.Ask{Go: screen.ToEvent, Subject: screen.Subject{Incident: p.ID, Area: -1}}
		line.Copy = name(p.Identity)
		if p.Rival {
			w.Say(theme.Dim, 2, f.Sayf("%s points, and another of that source fits about as well", f.Points(p.Points)))
		} else {
			w.Say(theme.Dim, 2, f.Sayf("%s points", f.Points(p.Points)))
		}
		for _, r := range f.Because(&p.Because) {
			w.Say(theme.Dim, 2, r)
		}
	}
	return page.Section{Key: "proposed", Title: f.Say("PERHAPS THE SAME EVENT"), Note: f.Say("m merges the selected"), Lines: w.Lines}
}

// Merge is the command that makes the selected proposal part of the event: the one on whose line the cursor is, or the only one.
// why says what is missing when there is none; ask is the question to be put before.
func Merge(h figure.Hand, e *picture.Event, selected picture.ID) (c action.Command, ask, why string) {
	if len(e.Proposed) == 0 {
		return nil, "", h.Say("nothing is proposed: \":merge ID ID\" merges any two")
	}
	for i := range e.Proposed {
		if p := &e.Proposed[i]; p.ID == selected || len(e.Proposed) == 1 {
			return action.Merge([]incident.Identity{p.With, p.Identity}, safetext.Text{}), h.Sayf("Merge with %s? u undoes it.", named(h, &p.Telling)), ""
		}
	}
	return nil, "", h.Say("several are proposed: select the line of one")
}

// Unmerge is the command that takes the selected telling out of the event: the one on whose line the cursor is, or the second of two.
func Unmerge(h figure.Hand, e *picture.Event, selected picture.ID) (c action.Command, ask, why string) {
	if len(e.Tellings) < 2 {
		return nil, "", h.Say("one source alone tells of it")
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
		return nil, "", h.Say("several tell of it: select the line of the one to take out")
	}
	names := []incident.Identity{e.Tellings[at].Identity}
	for i := range e.Tellings {
		if i != at {
			names = append(names, e.Tellings[i].Identity)
		}
	}
	return action.Unmerge(names, safetext.Text{}), h.Sayf("Take out %s? :merge undoes it.", named(h, &e.Tellings[at])), ""
}
