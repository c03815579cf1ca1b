package handover

import (
	"strconv"

	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/figure"
	opened "vigil/internal/handover"
	"vigil/internal/lang"
	"vigil/internal/safetext"
	"vigil/internal/theme"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// The headings of topics are said in the language.
var _ = [...]string{
	lang.Msg("ALARMS NOBODY HAS"), lang.Msg("NOT TOLD YET"), lang.Msg("FLASH REPORTS DUE"), lang.Msg("ALARMS SOMEBODY HAS"), lang.Msg("SHELVED ALARMS"),
	lang.Msg("DECLINED BEFORE, AND NOT SIGNED OFF"), lang.Msg("SOMEBODY SEES TO IT"), lang.Msg("OVERDUE, OR DUE WITHIN 12 H"),
	lang.Msg("SOURCES THAT CANNOT BE RELIED ON"), lang.Msg("COUNTRIES NOBODY SEES"), lang.Msg("OFFICIAL LEVELS THAT CHANGED"),
	lang.Msg("WHAT HAPPENED IN THIS WATCH"), lang.Msg("NOTES OF THIS WATCH"),
}

// drawing is one drawing of the screen.
type drawing struct {
	f *screen.Frame
	s *Screen
	m *model
}

// top is what stands above the items: how far it is, and the item under the cursor.
func (d *drawing) top(width int) []page.Line {
	w := page.NewWriter(d.f.Palette, width, 0)
	status, role := d.f.HandoverStatus(d.f.View, len(d.m.things), ":", d.f.Now)
	if d.m.offer == nil && d.m.watch.Held() {
		if n := len(d.m.things) - d.s.unseen(d.m); len(d.m.things) > 0 {
			status = status + ", " + d.f.Tally(n, lang.Heading("seen"))
		}
	}
	w.Say(role, 0, status)
	d.current(w)
	return w.Lines
}

// most is how many lines the words of the item on top take.
const most = 3

// current is the item under the cursor, whole as far as it has room.
func (d *drawing) current(w *page.Writer) {
	words, head, notes := "", "", []string(nil)
	for i := range d.m.things {
		if t := &d.m.things[i]; d.s.at == thingKey+t.Key {
			head = d.f.Sayf("%d OF %d: %s", i+1, len(d.m.things), d.f.Say(opened.Title(t.Topic)))
			words = t.Said
		}
	}
	if d.m.offer != nil {
		for i := range d.m.offer.Items {
			it := &d.m.offer.Items[i]
			if d.s.at != itemKey+strconv.Itoa(it.Number) {
				continue
			}
			head = d.f.Sayf("%d OF %d: %s", it.Number, len(d.m.offer.Items), d.f.Say(opened.Title(it.Topic.String())))
			words = d.signedWords(i)
			notes = d.beneath(i)
		}
	}
	if head == "" {
		return
	}
	w.Say(theme.Focus, 0, head)
	before := len(w.Lines)
	w.Say(theme.Text, 1, d.words(words))
	if len(w.Lines) > before+most {
		w.Lines = w.Lines[:before+most]
		last := &w.Lines[len(w.Lines)-1].Spans[0]
		last.Text = widget.Truncate(last.Text, max(0, w.Width-3), "") + d.f.Palette.Glyph(theme.Ellipsis)
	}
	for _, n := range notes {
		w.Say(theme.Warning, 1, n)
	}
}

// signedWords are those with which an item was signed: in the language of the reader as long as they are those of what is open now, else as
// the log has them.
func (d *drawing) signedWords(i int) string {
	if now := d.m.stands[i]; now.Thing != nil && !now.Changed && d.f.Tag() != lang.English {
		return now.Thing.Said
	}
	return d.f.Say(d.m.offer.Items[i].Words.String())
}

// beneath is what was said to a signed item, and how it stands now.
func (d *drawing) beneath(i int) (notes []string) {
	it := &d.m.offer.Items[i]
	if it.Verdict != "" {
		notes = append(notes, d.f.ItemSaid(it))
	}
	switch now := d.m.stands[i]; {
	case now.Thing == nil:
		notes = append(notes, d.f.Say("not open any more"))
	case now.Changed:
		notes = append(notes, d.f.Sayf("NOW: %s", d.words(now.Thing.Said)))
	}
	return notes
}

func (d *drawing) table(width int) *page.Table {
	if d.m.offer == nil {
		return page.NewTable(
			d.f.Palette, width,
			widget.Column{Title: d.f.SayAs("number", "NO"), Width: 3, Right: true},
			widget.Column{Title: d.f.Say("SEEN"), Width: d.f.Room(4)},
			widget.Column{Title: d.f.Say("WHAT"), Width: 30, Grow: 1, Words: true},
		)
	}
	return page.NewTable(
		d.f.Palette, width,
		widget.Column{Title: d.f.SayAs("number", "NO"), Width: 3, Right: true},
		widget.Column{Title: d.f.Say("SAID"), Width: d.f.Room(10)},
		widget.Column{Title: d.f.SayAs("heading", "NOW"), Width: 7, Drop: 1},
		widget.Column{Title: d.f.Say("WHAT"), Width: 30, Grow: 1, Words: true},
	)
}

// sections are the items, by topic.
func (d *drawing) sections(width int) []page.Section {
	t := d.table(width)
	var list []page.Section
	if d.m.offer != nil {
		list = d.signed(t)
	} else {
		list = d.open(t)
	}
	if len(list) == 0 {
		w := page.NewWriter(d.f.Palette, width, 0)
		w.Say(theme.Text, 0, d.f.Say("Nothing is open: no alarm, no told-sheet, no source that cannot be relied on."))
		return []page.Section{{Key: "none", Title: d.f.SayAs("things", "OPEN"), Lines: w.Lines}}
	}
	list[0].Lines = append([]page.Line{t.Head()}, list[0].Lines...)
	return list
}

// open are the things that are open now.
func (d *drawing) open(t *page.Table) []page.Section {
	var list []page.Section
	n := 0
	for i := range d.m.topics {
		topic := &d.m.topics[i]
		s := page.Section{Key: topic.Word, Title: d.f.Say(topic.Title), Note: d.f.Number(len(topic.Things))}
		for k := range topic.Things {
			thing := &topic.Things[k]
			n++
			said := widget.Cell{}
			if d.s.hasSeen(thing) {
				said.Text = d.f.Say("seen")
			}
			s.Lines = append(s.Lines, d.row(t, n, said, nil, thing.Said, thing, thingKey+thing.Key))
		}
		list = append(list, s)
	}
	return list
}

// signed are the items as they were signed, and what came since.
func (d *drawing) signed(t *page.Table) []page.Section {
	var list []page.Section
	h := d.m.offer
	for i := range h.Items {
		it := &h.Items[i]
		if n := len(list); n == 0 || list[n-1].Key != it.Topic.String() {
			list = append(list, page.Section{Key: it.Topic.String(), Title: d.f.Say(opened.Title(it.Topic.String()))})
		}
		s := &list[len(list)-1]
		now := theNow("")
		switch stands := d.m.stands[i]; {
		case stands.Thing == nil:
			now = theNow(d.f.SayAs("item", "over"))
		case stands.Changed:
			now = theNow(d.f.Say("CHANGED"))
		}
		said := widget.Cell{Text: d.f.Say(figure.Verdict(it))}
		switch {
		case it.Verdict == duty.ItemDeclined:
			said.Role = theme.Warning
		case it.Verdict == "" && d.s.answered[it.Number]:
			said.Text = d.f.Palette.Glyph(theme.Ellipsis)
		}
		s.Lines = append(s.Lines, d.row(t, it.Number, said, now, d.signedWords(i), d.m.stands[i].Thing, itemKey+strconv.Itoa(it.Number)))
		s.Note = d.f.Number(len(s.Lines))
	}
	if len(d.m.since) > 0 {
		s := page.Section{Key: "since", Title: d.f.Say("CAME SINCE IT WAS SIGNED"), Note: d.f.Number(len(d.m.since))}
		for i := range d.m.since {
			thing := &d.m.since[i]
			l := d.row(t, 0, widget.Cell{}, theNow(d.f.Say("NEW")), thing.Said, thing, "since "+thing.Key)
			s.Lines = append(s.Lines, l)
		}
		list = append(list, s)
	}
	return list
}

// theNow is the cell that says how an item stands now.
func theNow(word string) []widget.Cell { return []widget.Cell{{Text: word, Role: theme.Accent}} }

// words are those of an item without the date of today, which the log has and a line has no room for.
func (d *drawing) words(text string) string { return d.f.ClockInText(text, d.f.Now) }

// row is one item; now is the cell of how it stands, none where the table has no such column.
func (d *drawing) row(t *page.Table, n int, said widget.Cell, now []widget.Cell, words string, thing *opened.Thing, key string) page.Line {
	mark, role := "", theme.Text
	if thing != nil && thing.Urgent {
		mark, role = d.f.Palette.Glyph(theme.Attention), theme.Warning
		if thing.Severity != "" {
			role = figure.SeverityOf(thing.Severity)
		}
	}
	number := "-"
	if n > 0 {
		number = strconv.Itoa(n)
	}
	if said.Text == "" {
		said = widget.Cell{Text: figure.Nothing, Role: theme.Dim}
	}
	cells := append([]widget.Cell{{Text: number, Role: theme.Dim}, said}, now...)
	l := t.Row(mark, append(cells, widget.Cell{Text: d.words(words), Role: role})...)
	l.Key = key
	l.Copy = words
	l.Open = leads(thing)
	return l
}

// leads is where a thing is worked on.
func leads(t *opened.Thing) screen.Ask {
	if t == nil {
		return screen.Ask{}
	}
	switch {
	case t.Told != "":
		return screen.Ask{Go: screen.ToTold, Subject: screen.Subject{Alarm: t.Told}}
	case t.Alarm != "":
		return screen.Ask{Go: screen.ToAlarm, Subject: screen.Subject{Alarm: t.Alarm}}
	case t.Source != "":
		return screen.Ask{Go: screen.ToSource, Subject: screen.Subject{Source: t.Source}}
	case t.Incident != 0:
		return screen.Ask{Go: screen.ToEvent, Subject: screen.Subject{Incident: t.Incident}}
	case t.Entry != 0:
		return screen.Ask{Go: screen.ToEntry, Subject: screen.Subject{Entry: t.Entry}}
	case t.Country != "":
		c, _ := country.Parse(t.Country)
		return screen.Ask{Go: screen.ToCountry, Subject: screen.Subject{Country: c}}
	case t.Flash != nil && t.Flash.Alarm != "":
		return screen.Ask{Go: screen.ToFlash, Subject: screen.Subject{Alarm: t.Flash.Alarm}}
	}
	return screen.Ask{}
}

// beside is the notes of the outgoing, and the handover before.
func (d *drawing) beside(width int) []page.Section {
	var list []page.Section
	if h := d.m.offer; h != nil && !h.Notes.IsZero() {
		list = append(list, d.notes("notes", d.f.Say("NOTES OF THE OUTGOING"), h.Notes, width))
	}
	var last *duty.Handover
	for _, h := range d.f.View.Duty().Handovers() {
		if !h.Signed.IsZero() {
			last = h
		}
	}
	w := page.NewWriter(d.f.Palette, width, 0)
	switch {
	case last == nil && !d.m.watch.Held():
		w.Say(theme.Dim, 0, d.f.Say("No watch was handed over at this desk yet: take the first with :take CALLSIGN."))
	case last == nil:
		w.Say(theme.Dim, 0, d.f.Say("No watch was handed over at this desk yet. In an emergency :takeover CALLSIGN REASON takes it without the outgoing."))
	default:
		w.Say(theme.Text, 0, d.f.HandoverDone(last))
		for _, i := range opened.Veiled(d.f.View, last).Declined() {
			w.Say(theme.Warning, 1, d.f.Sayf("item %s stays with %s: %s", last.Called(i.Number), last.From, d.words(d.f.Say(i.Words.String()))))
		}
	}
	list = append(list, page.Section{Key: "last", Title: d.f.Say("LAST HANDOVER"), Lines: w.Lines})
	return list
}

func (d *drawing) notes(key, title string, text safetext.Text, width int) page.Section {
	w := page.NewWriter(d.f.Palette, width, 0)
	w.SayBlock(theme.Text, 0, text.String())
	return page.Section{Key: key, Title: title, Lines: w.Lines}
}
