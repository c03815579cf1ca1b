package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/handover"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// Handover is a handover as it is written out: the one that waits, else what is open now.
type Handover struct {
	Exercise bool
	Desk     safetext.Text
	At       time.Time       // of the picture
	Whole    bool            // false while the desk is not read to its end: then more may be open
	Trouble  []saying.Saying // what is wrong with the desk, such as a duty log that could be read in part only: then more may be open
	Watch    duty.OnWatch
	Status   string
	Offer    *duty.Handover // that waits; nil where nothing is signed
	Topics   []Handing
	Since    []handover.Thing // open now and not signed
	Last     *duty.Handover   // the last that was signed; nil if none was
}

// Handing are the items of one topic.
type Handing struct {
	Word, Title string
	Items       []HandingItem
}

// HandingItem is one item: as it was signed where it was, else as it is open now.
type HandingItem struct {
	Number int
	// SignOff is how signoff names what was declined before and stays with its outgoing, such as 126.3; empty of everything else.
	SignOff string
	Words   string
	Urgent  bool           // it waits for somebody now
	Handed  *duty.Handed   // nil where nothing is signed
	Now     string         // of what was signed: how it stands now, where that differs; "over" where it is not open any more
	Thing   handover.Thing // what is open now; zero where nothing is
}

// HandoverOf is the handover of a desk as it stands.
func HandoverOf(v picture.View, now time.Time) Handover {
	topics := handover.Open(v, now)
	things := handover.Things(topics)
	out := Handover{
		Exercise: v.Desk().Exercise, Desk: v.Desk().Name, At: now, Whole: !v.Unread() && !v.Ahead(), Offer: handover.Waiting(v),
		Trouble: v.Desk().Trouble,
	}
	out.Watch, _ = v.Duty().Watch()
	out.Status, _ = figure.Plain.HandoverStatus(v, len(things), "vigil ", now)
	for _, h := range v.Duty().Handovers() {
		if !h.Signed.IsZero() {
			out.Last = h
		}
	}
	if out.Offer == nil {
		n := 0
		for i := range topics {
			t := Handing{Word: topics[i].Word, Title: topics[i].Title}
			for _, thing := range topics[i].Things {
				n++
				t.Items = append(t.Items, HandingItem{Number: n, SignOff: signOff(v, thing.Key), Words: thing.Words, Urgent: thing.Urgent, Thing: thing})
			}
			out.Topics = append(out.Topics, t)
		}
		return out
	}
	stands := handover.Stands(out.Offer, things)
	for i := range out.Offer.Items {
		it := &out.Offer.Items[i]
		item := HandingItem{Number: it.Number, SignOff: signOff(v, it.Key), Words: it.Words.String(), Handed: it}
		switch now := stands[i]; {
		case now.Thing == nil:
			item.Now = "over"
		case now.Changed:
			item.Now, item.Urgent, item.Thing = now.Thing.Words, now.Thing.Urgent, *now.Thing
		default:
			item.Urgent, item.Thing = now.Thing.Urgent, *now.Thing
		}
		word := it.Topic.String()
		if n := len(out.Topics); n == 0 || out.Topics[n-1].Word != word {
			out.Topics = append(out.Topics, Handing{Word: word, Title: handover.Title(word)})
		}
		last := &out.Topics[len(out.Topics)-1]
		last.Items = append(last.Items, item)
	}
	out.Since = handover.Since(out.Offer, things)
	return out
}

// signOff is how signoff names an open thing; empty where that does not take it.
func signOff(v picture.View, key string) string {
	of, item, ok := handover.Stays(key, v.Duty().Handovers())
	if !ok || !of.Items[item-1].Stays() {
		return ""
	}
	return of.Called(item)
}

// Text is the handover in plain lines.
func (h *Handover) Text() string { return h.written(false) }

// Markdown is the handover as Markdown.
func (h *Handover) Markdown() string { return h.written(true) }

// writer writes lines as text or as Markdown.
type writer struct {
	strings.Builder
	markdown bool
}

func (w *writer) line(format string, args ...any) {
	fmt.Fprintf(w, format, args...)
	w.WriteByte('\n')
	if w.markdown {
		w.WriteByte('\n')
	}
}

func (w *writer) title(text string) {
	if w.markdown {
		w.line("## %s", marked(text))
		return
	}
	w.line("\n%s", text)
}

func (w *writer) text(s string) string {
	if w.markdown {
		return marked(s)
	}
	return s
}

func (h *Handover) written(md bool) string {
	w := &writer{markdown: md}
	head := strings.TrimSpace("HANDOVER " + h.Desk.String())
	if h.Exercise {
		head = "EXERCISE " + head
	}
	if md {
		head = "# " + marked(head)
	}
	w.line("%s", head)
	w.line("%s", h.At.UTC().Format("2006-01-02 15:04Z"))
	w.line("%s", w.text(h.Status))
	if !h.Whole {
		w.line("%s", "NOT WHOLE: the desk is not read to its end yet, and more may be open")
	}
	for _, t := range h.Trouble {
		w.line("%s", w.text("! "+t.String()))
	}
	if len(h.Topics) == 0 {
		w.line("%s", "Nothing is open.")
	}
	for i := range h.Topics {
		w.title(h.Topics[i].Title)
		for k := range h.Topics[i].Items {
			h.Topics[i].Items[k].write(w)
		}
		if md {
			w.WriteByte('\n')
		}
	}
	h.after(w)
	return w.String()
}

// write writes one item.
func (i *HandingItem) write(w *writer) {
	mark := " "
	if i.Urgent {
		mark = "!"
	}
	said := ""
	if i.Handed != nil {
		said = "[" + figure.Verdict(i.Handed) + "] "
		if i.Handed.Verdict == "" {
			said = "[ ] "
		}
	}
	end := "\n"
	number, dot := strconv.Itoa(i.Number), "."
	if i.Handed == nil && i.SignOff != "" { // its words have the number that it is signed off by, and its place in the list is none
		number, dot = "-", ""
	}
	if w.markdown {
		if i.Urgent {
			said = "! " + said
		}
		fmt.Fprintf(w, "%s%s %s%s", number, dot, w.text(said), w.text(i.Words))
	} else {
		fmt.Fprintf(w, "%s%3s %s%s", mark, number, said, i.Words)
	}
	w.WriteString(end)
	indent := "       "
	if w.markdown {
		indent = "   - "
	}
	if i.Handed != nil && i.Handed.Verdict != "" {
		w.WriteString(indent + w.text(figure.Plain.ItemSaid(i.Handed)) + end)
	}
	if i.Now != "" {
		w.WriteString(indent + w.text("now: "+i.Now) + end)
	}
}

// after writes what stands below the items.
func (h *Handover) after(w *writer) {
	if len(h.Since) > 0 {
		w.title("CAME SINCE IT WAS SIGNED")
		for _, t := range h.Since {
			bullet := "  -   "
			if w.markdown {
				bullet = "- "
			}
			w.WriteString(bullet + w.text(t.Words) + "\n")
		}
		if w.markdown {
			w.WriteByte('\n')
		}
	}
	if h.Offer != nil && !h.Offer.Notes.IsZero() {
		w.title("NOTES OF THE OUTGOING")
		for line := range strings.Lines(h.Offer.Notes.String()) {
			w.line("  %s", w.text(strings.TrimRight(line, "\n")))
		}
	}
	if h.Last != nil {
		w.title("LAST HANDOVER")
		w.line("  %s", w.text(figure.Plain.HandoverDone(h.Last)))
	}
}
