package tui

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/page"
	"vigil/internal/tui/widget"
)

// The header, on every screen:
//
//	VIGIL EXERCISE Sahel · Mali   9 live 1 quiet 2 STALE 1 FAILED   2 BLIND 1 partial   14:32:07Z
//
// EXERCISE and the clock are always whole. Where not everything fits, the parts at the right go in this
// order: live, quiet, partial, what is wrong with the desk's files, the milder states of sources, not recorded, BLIND, who has the watch;
// the worst state of a source that does not see goes last but for READING, which says that the picture is not whole. The watch stands as "W Oscar" before
// anything of it and what comes after partial goes, and the name of the desk gives way to it. That goes before the title, and
// what of the title has room for a letter or two alone stands not at all.
// In a picture of the past both its times stand first, with RECORDED.

// note is a part of the header's right side. Keep orders what stays where not all fits, the lowest first.
type note struct {
	text  string
	short string // in place of it where something that matters would have no room; empty where there is no shorter form
	role  theme.Role
	keep  int
}

// gap is the cells between two notes.
const gap = 2

// states are the roles of the notes that count sources.
var states = map[theme.Role]bool{theme.Live: true, theme.Quiet: true, theme.Stale: true, theme.Failed: true, theme.Never: true}

var stateRoles = map[health.State]theme.Role{
	health.Live: theme.Live, health.Quiet: theme.Quiet, health.Stale: theme.Stale,
	health.Failed: theme.Failed, health.Never: theme.Never,
}

// notes is what the header has to say at its right but for the clock, in the order in which it is shown, when it
// has room for so many cells.
func (m *Model) notes(room int) []note {
	var list []note
	add := func(keep int, role theme.Role, text string) {
		list = append(list, note{text: text, role: role, keep: keep})
	}
	if m.view.IsZero() {
		add(0, theme.Unknown, m.hand.Say("NO PICTURE YET"))
		return list
	}
	if age := m.pictureAge(); age > PictureLimit {
		add(0, theme.Alarm, m.hand.Sayf("PICTURE %s OLD", m.hand.Span(age)))
	}
	if !m.vigilance.asked.IsZero() {
		add(1, theme.Alarm, m.hand.Say("PRESS A KEY"))
	}
	if !m.view.Live() {
		add(1, theme.Warning, pastTimes(m.hand, m.view, room-gap-widget.Width(m.clockText())))
	}
	list = append(list, stateNotes(m.hand, m.view)...)
	blindness := m.view.Blindness
	if m.public() { // a country that is there for something restricted alone is in no count either
		blindness = m.view.DisclosedBlindness
	}
	if blind, partial := blindness(); blind+partial > 0 {
		if blind > 0 {
			add(4, theme.Blind, m.hand.Tally(blind, "BLIND"))
		}
		if partial > 0 {
			add(20, theme.Partial, m.hand.Tally(partial, lang.Heading("partial")))
		}
	}
	if book := m.view.Duty(); m.view.Live() && book.WatchMatters(m.now) {
		w, _ := book.Watch()
		list = append(list, watchNote(m.hand, w, m.now, m.public()))
	}
	desk := m.view.Desk()
	if !desk.Reading.IsZero() {
		// What is shown is not whole: that goes last of all, and leaves room for the worst state of a source.
		const worst = 12
		add(1, theme.Warning, readingNote(m.hand, desk.Progress, m.view.Ahead(), room-widget.Width(m.clockText())-gap-worst))
	}
	if !desk.Recording.IsZero() {
		// The words before the colon fit anywhere; the rest stands under NEEDS YOU.
		short, _, _ := strings.Cut(desk.Recording.In(m.hand), ":")
		add(5, theme.Error, strings.TrimSpace(short))
	}
	if n := len(desk.Trouble); n > 0 || !m.trouble.IsZero() {
		add(13, theme.Error, m.hand.Say(lang.Heading("desk trouble")))
	}
	return list
}

// watchNote says who has the watch and for how long, and that somebody should relieve them; in public not who.
func watchNote(h figure.Hand, w duty.OnWatch, now time.Time, public bool) note {
	n := note{role: theme.Warning, keep: 3, text: h.Say("NO WATCH")}
	if !w.Held() {
		return n
	}
	holder := w.Holder.String()
	if public {
		holder = h.Say(lang.Heading("held")) // whoever passes need not know who
	}
	lasted := w.For(now)
	n.role, n.text, n.short = theme.Text, h.Sayf("WATCH %s %s", holder, h.Span(lasted)), h.Sayf("W %s", widget.Truncate(holder, shortHolder, ""))
	switch {
	case lasted >= duty.WatchOver:
		n.role, n.text, n.short = theme.Alarm, h.Sayf("%s TOO LONG", n.text), n.short+"!"
	case lasted >= duty.ReliefDue:
		n.text, n.short = h.Sayf("%s RELIEF DUE", n.text), n.short+"!"
		n.role = theme.Warning
	}
	return n
}

// shortHolder is how many cells of a call sign stand where there is little room.
const shortHolder = 8

// readingNote says in few words how far the first reading is, and that what is shown is made of the ends of files, as far as
// there is room; that files are being read it says in any case.
func readingNote(h figure.Hand, p picture.Progress, ahead bool, room int) string {
	forms := []string{h.Say("READING")}
	if percent, known := p.Percent(); known {
		part := h.Sayf("READING %d %%", percent)
		forms = append(forms, part)
		if p.Rate > 0 {
			left := h.Span(max(time.Second, p.Left))
			// In five cells, as far as 999.9 MB/s: what stands behind it does not move with each tick.
			forms = append(forms, h.Sayf(lang.Heading("%s %s left"), part, left), h.Sayf(lang.Heading("%s %5s MB/s %3s left"), part, h.Decimal(p.Rate/1e6, 1), left))
		}
	}
	if ahead {
		for _, f := range slices.Clone(forms) {
			forms = append(forms, h.Sayf(lang.Heading("%s, last records only"), f))
		}
	}
	best := forms[0]
	for _, f := range forms {
		if widget.Width(f) <= room {
			best = f
		}
	}
	return best
}

// stateNotes counts the sources by state. Of those that do not see, the worst is kept longest.
func stateNotes(h figure.Hand, v picture.View) []note {
	counts := v.States()
	var list []note
	worst := health.Live
	for s := range counts {
		if counts[s] > 0 {
			worst = min(worst, health.State(s))
		}
	}
	for _, s := range figure.States() {
		if counts[s] == 0 {
			continue
		}
		keep := 30 + int(s) // live goes first
		switch {
		case s == worst && s.Sees():
			keep = 6 // all is well
		case s == worst:
			keep = 2
		case !s.Sees():
			keep = 7 + int(s)
		}
		list = append(list, note{text: h.InState(counts[s], s), role: stateRoles[s], keep: keep})
	}
	if len(list) == 0 && !v.Unread() {
		list = append(list, note{text: h.Say("NO SOURCES"), role: theme.Failed, keep: 2})
	}
	return list
}

// pictureAge is for how long no picture has come, by the older of its own time and its receipt.
func (m *Model) pictureAge() time.Duration { return m.now.Sub(m.received) }

// pastTimes says what a picture of the past is of, in room cells: both its times, where there is room.
func pastTimes(h figure.Hand, v picture.View, room int) string {
	valid, known := h.Time(v.Valid()), h.Time(v.Known())
	forms := []string{
		h.Sayf("RECORDED as of %s, known %s", valid, known),
		h.Sayf("RECORDED %s known %s", valid, known),
		h.Sayf("RECORDED %s", valid),
	}
	for _, f := range forms {
		if widget.Width(f) <= room {
			return f
		}
	}
	return h.Say("RECORDED")
}

// header draws the line. The clock's cells stand where they stood the second before.
func (m *Model) header() string {
	left, fixed, spare := m.leftNotes()
	room := m.width - fixed - 1
	notes := m.notes(room)
	right, missing := m.fit(notes, room)
	if missing <= matters { // what is wrong goes before the name
		if more, lacks := m.fit(notes, room+spare); lacks > missing {
			right = more
		}
	}
	if last := len(left) - 1; last > 0 && left[last].Role == theme.Text { // a title of a letter says nothing
		const least = 5 // cells with the blank before it
		has := m.width - 1
		for _, s := range slices.Concat(left[:last], right) {
			has -= widget.Width(s.Text)
		}
		if has < min(least, widget.Width(left[last].Text)) {
			left = left[:last]
		}
	}
	return widget.StatusLine(m.palette, m.width, theme.Header, left, right)
}

// narrowHeader is below how many cells the header of an exercise has no room for the name of the program.
const narrowHeader = 50

// leftNotes is the left side, how much of it must stay, and how much of that may go where something that matters would have no room.
func (m *Model) leftNotes() (spans []widget.Span, fixed, spare int) {
	spans = []widget.Span{{Text: " VIGIL", Role: theme.Title}}
	name, title := "", ""
	if !m.view.IsZero() {
		if m.view.Desk().Exercise {
			if m.width < narrowHeader {
				spans = nil // what is wrong, and who has the watch, go before the name of the program
			}
			spans = append(spans, widget.Span{Text: " "}, widget.Span{Text: m.hand.Say("EXERCISE"), Role: theme.Exercise})
		}
		name, title = m.view.Desk().Name.String(), m.top().screen.Title(m.area())
	}
	for _, s := range spans {
		fixed += widget.Width(s.Text)
	}
	const enough = 16 // cells that a name or title may claim beside what is wrong
	switch {
	case title == "":
	case name != "" && fixed+widget.Width(name)+widget.Width(title) > m.width/3:
		name = title
	case name == "":
		name = title
	default:
		name += " " + m.dot() + " " + title
	}
	if name != "" {
		name = page.Safe(m.palette, name)
		spans = append(spans, widget.Span{Text: " " + name, Role: theme.Text})
		spare = 1 + min(widget.Width(name), enough, max(0, m.width-MinWidth))
	}
	return spans, fixed + spare, spare
}

// matters is up to which keep a note must not go while another could be shorter.
const matters = 6

// fit chooses what of the notes has room beside the clock, and says which keep is the first that has none.
func (m *Model) fit(notes []note, room int) (spans []widget.Span, missing int) {
	clock := m.clockText()
	room -= widget.Width(clock)
	kept, missing := keep(notes, room)
	if missing <= matters {
		notes = slices.Clone(notes)
		for i := range notes {
			if notes[i].short != "" {
				notes[i].text = notes[i].short
			}
		}
		kept, missing = keep(notes, room)
	}
	for i, n := range notes {
		if !kept[n] {
			continue
		}
		between := strings.Repeat(" ", gap)
		if _, state := states[n.role]; state && i+1 < len(notes) {
			if _, state := states[notes[i+1].role]; state {
				between = " " // states stand together
			}
		}
		spans = append(spans, widget.Span{Text: n.text, Role: n.role}, widget.Span{Text: between})
	}
	return append(spans, widget.Span{Text: clock}), missing
}

// keep are the notes that have room, and the keep of the first that has none.
func keep(notes []note, room int) (kept map[note]bool, missing int) {
	order := slices.Clone(notes)
	slices.SortStableFunc(order, func(a, b note) int { return cmp.Compare(a.keep, b.keep) })
	kept = map[note]bool{}
	for _, n := range order {
		w := widget.Width(n.text) + gap
		if w > room {
			return kept, n.keep // what is less bad must not stand there in place of what is worse
		}
		kept[n] = true
		room -= w
	}
	return kept, unlimited
}

func (m *Model) clockText() string {
	text := m.now.UTC().Format("15:04:05Z")
	if m.o.LocalTime && m.o.Location != nil && m.width >= 100 {
		text = m.hand.Sayf("%s local", m.now.In(m.o.Location).Format("15:04")) + "  " + text
	}
	return text
}

func (m *Model) dot() string { return m.palette.Glyph(theme.Bullet) }

// unlimited is the room of a plain line.
const unlimited = 1 << 20
