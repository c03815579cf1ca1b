package board

import (
	"cmp"
	"slices"
	"strings"

	"vigil/internal/calendar"
	"vigil/internal/figure"
	"vigil/internal/picture"
	"vigil/internal/tui/aloud"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/listing"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// Linear is the same as plain lines, every pane whole.
func (b *Board) Linear(f screen.Frame) []string {
	if f.View.IsZero() {
		return nil
	}
	var lines []string
	say := func(p pane, i, selected int, words string) {
		if f.Linear && p == b.focus && i == selected {
			words = aloud.Selected(f.Language) + words
		}
		lines = append(lines, words)
	}
	if len(b.needs) > 0 {
		note := f.Plural(len(b.needs), "item")
		if b.summary != "" {
			note += wide + f.Sayf("alarms: %s", b.summary)
		}
		lines = append(lines, aloud.Heading(f.Language, f.Say("NEEDS YOU"), note))
		for i := range b.needs {
			say(needsPane, i, b.needCursor.Selected, b.needs[i].spoken(f))
			if words := b.nearOf(f, &b.needs[i]); words != "" {
				lines = append(lines, aloud.Line(f.Language, words))
			}
		}
		lines = append(lines, "")
	}
	if len(b.due) > 0 {
		lines = append(lines, aloud.Heading(f.Language, f.Say("DUE"), b.dueTitle(f, len(b.due))))
		for i := range b.due {
			say(duePane, i, b.dueCursor.Selected, spokenDue(&b.due[i], f))
		}
		lines = append(lines, "")
	}
	lines = append(lines, aloud.Heading(f.Language, f.Say("COUNTRIES"), f.Number(len(b.rows))))
	for i, c := range b.rows {
		say(countriesPane, i, b.countryCursor.Selected, b.spokenCountry(c, f))
	}
	if len(b.rows) == 0 {
		lines = append(lines, noCountryOf(f)...)
	}
	lines = append(lines, "", aloud.Heading(f.Language, f.Say("EVENTS"), b.events.title(f)))
	if len(b.events.list) == 0 {
		lines = append(lines, b.events.nothing(f)...)
	}
	older := 0
	for i, id := range b.events.list {
		if id == boundary || older > 0 {
			older++
		}
		if older > olderLines && i > b.events.cursor.Selected+olderLines {
			lines = append(lines, f.Sayf("and %s older: the screen of events has them", f.Number(len(b.events.list)-i)))
			break
		}
		if id == boundary {
			lines = append(lines, aloud.Line(f.Language, beforeWindow(f)))
		} else if r, ok := f.View.Row(id); ok {
			say(eventsPane, i, b.events.cursor.Selected, spokenEvent(&r, f))
		}
	}
	return lines
}

// olderLines is how many incidents of before the window plain lines have, as far as the selection does not go on.
const olderLines = 10

// wide keeps the parts of a title apart.
const wide = "  "

// spoken is the need in words.
func (n *need) spoken(f screen.Frame) string {
	mark := ""
	if n.urgent {
		mark = aloud.Attention(f.Language)
	}
	age := ""
	if n.age != "" {
		age = aloud.Cell(f.Language, "AGE", n.age)
	}
	return mark + aloud.Row(aloud.Line(f.Language, cmp.Or(n.said, n.word)), age, page.Safe(f.Palette, aloud.Line(f.Language, n.text)))
}

func spokenDue(d *picture.Due, f screen.Frame) string {
	mark := ""
	if d.State == calendar.Overdue {
		mark = aloud.Attention(f.Language)
	}
	return mark + aloud.Row(
		aloud.Line(f.Language, f.DueState(d, f.Now)), aloud.Cell(f.Language, "TIME UTC", f.DueWhen(d, f.Now)), aloud.Text(f.Language, f.DueLocal(d, f.Now)),
		strings.TrimPrefix(f.DueCountry(d), figure.Nothing), aloud.Text(f.Language, f.DueKind(d)), page.Safe(f.Palette, f.DueWhat(d)),
	)
}

// spokenCountry is a country with every figure whole and behind its heading. The figure on which the keys work is named.
func (b *Board) spokenCountry(c *picture.Country, f screen.Frame) string {
	t := teller{now: f.Now, palette: f.Palette, names: f.View.CountryNames(), hand: f.Hand, moved: b.moved}
	cells := t.cells(c)
	said := make([]string, 0, len(cells)+1)
	for i := range columns {
		title := columns[i].Title
		if title == "AGE" {
			title = "STAFF AGE"
		}
		if title == "STAFF AGE" && cells[i].Text == figure.Nothing {
			continue // nobody says who is there
		}
		said = append(said, spokenCell(title, &cells[i], &f))
	}
	if f.Linear && b.column > 0 && b.focus == countriesPane && c.Code == b.country {
		here := spokenCell(columns[b.column].Title, &cells[b.column], &f)
		said = slices.Insert(said, 1, f.Sayf("figure %d of %d: %s", b.column, len(columns)-1, here))
	}
	return aloud.Row(said...)
}

// spokenCell is a figure behind its heading; a plot has words of its own.
func spokenCell(title string, c *widget.Cell, f *screen.Frame) string {
	if c.Said != "" {
		return c.Said
	}
	return aloud.Cell(f.Language, title, c.Text)
}

func spokenEvent(r *picture.Row, f screen.Frame) string {
	mark := ""
	if figure.Urgent(r) {
		mark = aloud.Attention(f.Language)
	}
	age, _ := f.Age(r.Told, receiptClock(f), 0)
	return mark + aloud.Row(
		aloud.Cell(f.Language, "WHEN", f.When(r, f.Now)), listing.SaidCountries(r, &f), page.Safe(f.Palette, figure.Place(r)), page.Safe(f.Palette, aloud.Cell(f.Language, "ACT", f.Act(r))),
		aloud.Cell(f.Language, "PEOPLE", f.People(r)), aloud.Cell(f.Language, "STANDING", f.Standing(r)), aloud.Cell(f.Language, "SOURCE", f.Source(r)),
		aloud.Cell(f.Language, "AGE", age), page.Safe(f.Palette, title(r)),
	)
}

// cross takes the selection into the next pane where it stands at the end of one: plain lines have no panes side by side.
func (b *Board) cross(id keys.ID) bool {
	cursor, total := b.here()
	switch {
	case id == keys.Down && cursor.Selected+1 >= total && b.focus != eventsPane:
		b.turn(1)
		cursor, _ = b.here()
		*cursor = widget.Cursor{}
	case id == keys.Up && cursor.Selected == 0 && b.focus != needsPane:
		from := b.focus
		b.turn(-1)
		if b.focus > from { // there is none above
			b.turn(1)
			return true
		}
		cursor, total = b.here()
		cursor.Move(total, total, total)
	default:
		return false
	}
	b.noteSelection()
	return true
}

// here is the cursor of the pane that has the keys, with how many lines the pane has.
func (b *Board) here() (cursor *widget.Cursor, total int) {
	switch b.focus {
	case needsPane:
		return &b.needCursor, len(b.needs)
	case duePane:
		return &b.dueCursor, len(b.due)
	case eventsPane:
		return &b.events.cursor, len(b.events.list)
	default:
		return &b.countryCursor, len(b.rows)
	}
}
