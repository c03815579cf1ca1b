// Package handover is what one watch hands to the next: what is open at a desk just now, by topic, and how it stands beside what the
// outgoing has signed.
//
// A further kind of open thing is one row of [topics]. Everything that is open follows from the picture; what was signed and answered
// is the duty book's (package duty).
//
// # Guarantees
//
//   - Nothing that is open is left out: what has no room in an entry of the log is counted in its last item.
//   - The words of an item stand in the log for good, and are read by more people than the screen: they carry times and no ages, no
//     numbers of telephones, and nothing of what is restricted.
//   - A thing has one key for as long as it is the same thing, so that what came after the signature is told from what was there.
package handover

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/lang"
	"vigil/internal/picture"
)

// Thing is one open thing.
type Thing struct {
	Key   string // the same for as long as it is the same thing
	Topic string
	Words string // with times, and without ages, in English: what is signed and compared
	Said  string // the same in the language of whoever reads it
	// What it leads to: one of these, or none.
	Alarm    string // the id of the entry that raised it
	Told     string // the same, for its told-sheet
	Source   string
	Country  string // alpha-3
	Incident picture.ID
	Entry    uint64 // its number in the duty log
	Flash    *duty.Flash
	// Urgent says that it waits for somebody now.
	Urgent   bool
	Severity duty.Severity // of its alarm; empty of everything else
}

// Topic are the open things of one kind.
type Topic struct {
	Word   string // as the log names it
	Title  string
	Things []Thing
}

// topic is a kind of open thing.
type topic struct {
	word, title string
	open        func(*desk) []Thing
}

// Words with which keys begin that lead to a record or to an earlier item.
const (
	reportTopic = "report"
	staysTopic  = "stays"
)

// topics are the kinds, in the order in which a handover goes through them.
var topics = [...]topic{
	{"alarms", "ALARMS NOBODY HAS", (*desk).alarms},
	{"told", "NOT TOLD YET", (*desk).told},
	{"flash", "FLASH REPORTS DUE", (*desk).flashes},
	{"owned", "ALARMS SOMEBODY HAS", (*desk).owned},
	{"shelves", "SHELVED ALARMS", (*desk).shelves},
	{"stays", "DECLINED BEFORE, AND NOT SIGNED OFF", (*desk).stays},
	{"claims", "SOMEBODY SEES TO IT", (*desk).claims},
	{"due", "OVERDUE, OR DUE WITHIN 12 H", (*desk).due},
	{"sources", "SOURCES THAT CANNOT BE RELIED ON", (*desk).sources},
	{"blind", "COUNTRIES NOBODY SEES", (*desk).blind},
	{"levels", "OFFICIAL LEVELS THAT CHANGED", (*desk).levels},
	{"events", "WHAT HAPPENED IN THIS WATCH", (*desk).events},
	{"notes", "NOTES OF THIS WATCH", (*desk).notes},
}

// unwatched is how far back a watch is taken to go that nobody has.
const unwatched = 12 * time.Hour

// desk is what topics draw on.
type desk struct {
	figure.Hand
	v     picture.View
	book  *duty.Book
	now   time.Time
	since time.Time // since when the watch lasts
}

// Open is what is open at a desk, by topic; topics of which nothing is are left out.
func Open(v picture.View, now time.Time) []Topic { return open(figure.Plain, v, now) }

// OpenIn is [Open] with what is said of each thing in a hand.
func OpenIn(h figure.Hand, v picture.View, now time.Time) []Topic {
	list := Open(v, now)
	if h.Tag() == lang.English {
		return list
	}
	said := open(h, v, now)
	for i := range list {
		for k := range list[i].Things {
			list[i].Things[k].Said = said[i].Things[k].Words
		}
	}
	return list
}

// open is what is open in the words of a hand.
func open(h figure.Hand, v picture.View, now time.Time) []Topic {
	d := &desk{Hand: h, v: v.Shared(), book: v.Duty(), now: now, since: now.Add(-unwatched)}
	if w, _ := d.book.Watch(); w.Held() {
		d.since = w.Since
	}
	var list []Topic
	var taken keys
	for i := range topics {
		t := &topics[i]
		things := taken.apart(t.open(d))
		for k := range things {
			things[k].Topic, things[k].Said = t.word, things[k].Words
		}
		if len(things) > 0 {
			list = append(list, Topic{Word: t.word, Title: t.title, Things: things})
		}
	}
	return list
}

// Title is the heading of a topic, by its word in the log.
func Title(word string) string {
	for i := range topics {
		if topics[i].word == word {
			return topics[i].title
		}
	}
	return word
}

// Items are open things as an entry of the log holds them. What it has no room for is counted in the last one.
func Items(list []Thing) []duty.Item {
	var items []duty.Item
	var taken keys
	list = taken.apart(slices.Clone(list))
	for i := range list {
		if len(items) == duty.MaxItems-1 && i < len(list)-1 {
			more := fmt.Sprintf("and %d more, which the log has no room for: the screens list them", len(list)-i)
			return append(items, duty.Item{Key: "more", Topic: list[i].Topic, Words: duty.Words(more)})
		}
		items = append(items, duty.Item{Key: list[i].Key, Topic: list[i].Topic, Words: duty.Words(short(list[i].Words)), Alarm: list[i].Alarm})
		if list[i].Topic != "owned" {
			items[len(items)-1].Alarm = ""
		}
	}
	return items
}

// keys are those that are taken.
type keys map[string]bool

// apart gives each thing a key that fits into an item and that no other has, and returns them: the second of one key, such as of two lines
// of a calendar that say the same, has a number behind it.
func (k *keys) apart(list []Thing) []Thing {
	if *k == nil {
		*k = keys{}
	}
	for i := range list {
		whole := list[i].Key
		list[i].Key = short(whole)
		for n := 2; (*k)[list[i].Key]; n++ {
			suffix := fmt.Sprintf(" (%d)", n)
			list[i].Key = cut(whole, duty.MaxShort-len(suffix)) + suffix
		}
		(*k)[list[i].Key] = true
	}
	return list
}

// short cuts a text to what an item holds.
func short(s string) string { return cut(s, duty.MaxShort) }

func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	end := most - len("…")
	for end > 0 && s[end]&0xC0 == 0x80 {
		end--
	}
	return s[:end] + "…"
}

// Things are those of all topics, in their order.
func Things(list []Topic) []Thing {
	var all []Thing
	for i := range list {
		all = append(all, list[i].Things...)
	}
	return all
}

// Offer is the entry by which whoever has the watch signs what is open. While one waits it is signed anew: what was said to its items
// stands, what was declined is an item of this one also where it is not open any more, and its notes are kept.
func Offer(v picture.View, now time.Time, by, notes duty.Text) *duty.Offer {
	open := Things(Open(v, now))
	before := v.Duty().Handover()
	if before == nil {
		return &duty.Offer{By: by, Items: Items(open), Notes: notes}
	}
	o := &duty.Offer{By: by, Items: Items(withDeclined(before, open)), Notes: bothNotes(before, notes), Anew: before.ID}
	for i := range o.Items {
		item := &duty.Handed{Key: o.Items[i].Key, Words: o.Items[i].Words.Line()}
		was, carried := before.Carries(item)
		_, had := before.Item(item.Key)
		switch {
		case carried && was.Verdict == duty.ItemAccepted:
			o.KeptAccepted = append(o.KeptAccepted, i+1)
		case carried && was.Verdict == duty.ItemDeclined:
			o.KeptDeclined = append(o.KeptDeclined, i+1)
		case !had:
			o.New = append(o.New, i+1)
		}
	}
	return o
}

// withDeclined adds what was declined and is not open any more: it stays with the outgoing until they sign it off.
func withDeclined(before *duty.Handover, open []Thing) []Thing {
	var gone []Thing
	for _, i := range before.Declined() {
		if !slices.ContainsFunc(open, func(t Thing) bool { return t.Key == i.Key }) {
			gone = append(gone, Thing{Key: i.Key, Topic: i.Topic.String(), Words: i.Words.String(), Alarm: i.Alarm})
		}
	}
	if len(open)+len(gone) > duty.MaxItems { // then there must be room for them
		return append(gone, open...)
	}
	return append(slices.Clip(open), gone...)
}

// bothNotes are the notes of the handover that waits, and those that are written now.
func bothNotes(before *duty.Handover, notes duty.Text) duty.Text {
	earlier, now := before.Notes.String(), notes.Safe().String()
	switch {
	case earlier == "":
		return notes
	case now == "" || slices.Contains(strings.Split(earlier, "\n"), now):
		return duty.Words(earlier)
	}
	return duty.Words(earlier + "\n" + now)
}

// Sign is the entry by which the incoming takes over what waits.
func Sign(v picture.View, now time.Time, h *duty.Handover, holder duty.Text) *duty.Sign {
	return &duty.Sign{Offer: h.ID, Holder: holder, Since: Items(Since(h, Things(Open(v, now))))}
}

// Since are the open things that were not signed: they came later.
func Since(h *duty.Handover, open []Thing) []Thing {
	var list []Thing
	for i := range open {
		if _, signed := h.Item(open[i].Key); !signed {
			list = append(list, open[i])
		}
	}
	return list
}

// Now is how a thing that was signed stands now.
type Now struct {
	Thing   *Thing // nil where it is not open any more
	Changed bool   // it is open, and other words tell of it than when it was signed
}

// Stands compares the items that were signed with what is open now, in their order.
func Stands(h *duty.Handover, open []Thing) []Now {
	by := make(map[string]*Thing, len(open))
	for i := range open {
		by[open[i].Key] = &open[i]
	}
	list := make([]Now, len(h.Items))
	for i := range h.Items {
		if t := by[h.Items[i].Key]; t != nil {
			list[i] = Now{t, duty.Words(short(t.Words)).Line() != h.Items[i].Words}
		}
	}
	return list
}
