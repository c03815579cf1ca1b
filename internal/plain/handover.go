package plain

import (
	"io"
	"strings"
	"time"

	"vigil/internal/duty"
	"vigil/internal/report"
)

// HandoverSchema is that of a handover in JSON.
const HandoverSchema = "vigil.handover/1"

type handoverJSON struct {
	Schema string   `json:"schema"`
	Desk   deskJSON `json:"desk"`
	At     string   `json:"at"`
	Whole  bool     `json:"whole"` // false: the desk is not read to its end, and more may be open
	// Trouble is what is wrong with the desk, such as a duty log that could be read in part only: then more may be open.
	Trouble []string          `json:"trouble"`
	Watch   *watchJSON        `json:"watch"` // null where nobody has it
	Offer   *offerJSON        `json:"offer"` // null where nothing is signed
	Items   []handingJSON     `json:"items"`
	Since   []handingJSON     `json:"since"` // open now and not signed
	Last    *lastHandoverJSON `json:"last"`  // the last that was signed
}

type watchJSON struct {
	Holder    string  `json:"holder"`
	Since     string  `json:"since"`
	Hours     float64 `json:"hours"`
	TakenOver *string `json:"taken_over"` // why it was taken without the outgoing; null where it was not
}

type offerJSON struct {
	ID       string  `json:"id"`
	From     string  `json:"from"`
	Signed   string  `json:"signed"`
	Waiting  int     `json:"waiting"`
	Declined int     `json:"declined"`
	Notes    *string `json:"notes"`
}

type handingJSON struct {
	Number  int     `json:"number"`  // 0 of what is not signed
	SignOff *string `json:"signoff"` // how signoff names what was declined before; null of everything else
	Topic   string  `json:"topic"`
	Words   string  `json:"words"`
	Urgent  bool    `json:"urgent"`
	Verdict *string `json:"verdict"` // null while nobody has answered
	At      *string `json:"at"`
	By      *string `json:"by"`
	Reason  *string `json:"reason"`
	Now     *string `json:"now"` // how it stands now, where that differs from what was signed
}

type lastHandoverJSON struct {
	From     string `json:"from"`
	To       string `json:"to"`
	Signed   string `json:"signed"`
	Items    int    `json:"items"`
	Declined int    `json:"declined"` // and not signed off
}

// watchOf is who has the watch; nil where nobody has.
func watchOf(w duty.OnWatch, now time.Time) *watchJSON {
	if !w.Held() {
		return nil
	}
	return &watchJSON{w.Holder.String(), instant(w.Since), *rounded(w.For(now).Hours(), 2, true), text(w.TakenOver)}
}

// HandoverJSON writes a handover as one JSON document, vigil.handover/1.
func HandoverJSON(w io.Writer, h *report.Handover) error {
	out := handoverJSON{
		Schema: HandoverSchema, Desk: deskJSON{h.Desk.String(), h.Exercise}, At: instant(h.At), Whole: h.Whole, Watch: watchOf(h.Watch, h.At),
		Trouble: texts(inEnglish(h.Trouble)), Items: []handingJSON{}, Since: []handingJSON{},
	}
	if o := h.Offer; o != nil {
		out.Offer = &offerJSON{o.ID, o.From.String(), instant(o.At), len(o.Waiting()), len(o.Declined()), text(o.Notes)}
	}
	for i := range h.Topics {
		t := &h.Topics[i]
		for k := range t.Items {
			out.Items = append(out.Items, handingOf(t.Word, &t.Items[k]))
		}
	}
	for i := range h.Since {
		out.Since = append(out.Since, handingJSON{Topic: h.Since[i].Topic, Words: h.Since[i].Words, Urgent: h.Since[i].Urgent})
	}
	if l := h.Last; l != nil {
		out.Last = &lastHandoverJSON{l.From.String(), l.To.String(), instant(l.Signed), len(l.Items), len(l.Declined())}
	}
	return writeDocument(w, &out)
}

func handingOf(topic string, i *report.HandingItem) handingJSON {
	out := handingJSON{Number: i.Number, Topic: topic, Words: i.Words, Urgent: i.Urgent}
	if i.SignOff != "" {
		out.SignOff = &i.SignOff
	}
	if i.Now != "" {
		out.Now = &i.Now
	}
	if h := i.Handed; h != nil && h.Verdict != "" {
		verdict, at := string(h.Verdict), instant(h.At)
		out.Verdict, out.At, out.By, out.Reason = &verdict, &at, text(h.By), text(h.Reason)
	}
	return out
}

// Written prints what was written out, in the letters of the terminal.
func Written(w io.Writer, text string, l Layout) error {
	return printed(w, l, strings.Split(strings.TrimSuffix(text, "\n"), "\n"))
}
