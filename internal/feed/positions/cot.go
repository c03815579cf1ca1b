package positions

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"time"

	"vigil/internal/feed"
	"vigil/internal/feed/markup"
	"vigil/internal/health"
	"vigil/internal/presence"
)

// CoT is Cursor on Target: one event, a list of them, or a log to which events are written one after the
// other. Devices speak every few minutes and what is stale is kept, marked.
var CoT = &feed.Format{
	Name:      "cot",
	Sign:      "XML whose root is event, or events, with a uid and a point",
	Profile:   health.Profile{Expect: time.Hour, Memory: health.Forgets},
	Recognise: recogniseCoT,
	Document:  decodeCoT,
}

// declarations stand before each event of some logs; within a document there is but one.
var declarations = regexp.MustCompile(`<\?xml[^>]*\?>`)

const wrapper = "<vigil-log>"

// recogniseCoT looks for an event with a uid.
func recogniseCoT(head []byte) bool {
	root := markup.Glance(joined(head))
	if root == nil {
		return false
	}
	found := false
	eachEvent(root, func(e *markup.Element) { found = found || e.Attribute("uid") != "" && e.Attribute("type") != "" })
	return found
}

// joined makes one document of the events of a log. Each line stays where it is.
func joined(body []byte) []byte {
	body, _ = feed.UTF8(body)
	blank := declarations.ReplaceAllFunc(body, func(d []byte) []byte {
		return bytes.Map(func(r rune) rune {
			if r == '\n' {
				return r
			}
			return ' '
		}, d)
	})
	out := make([]byte, 0, len(blank)+2*len(wrapper)+1)
	out = append(out, wrapper...)
	out = append(out, blank...)
	return append(out, "</vigil-log>"...)
}

// eachEvent calls f for the events of a document, which stand at its root or one level in.
func eachEvent(root *markup.Element, f func(*markup.Element)) {
	for _, e := range root.Children {
		if e.Name.Local == "event" {
			f(e)
			continue
		}
		for _, inner := range e.Children {
			if inner.Name.Local == "event" {
				f(inner)
			}
		}
	}
}

// decodeCoT reads a whole content. Of a log whose last event is not yet written to its end, that one waits.
func decodeCoT(ctx *feed.Context, body []byte) (feed.Document, error) {
	if len(body) > markup.MaxSize {
		return feed.Document{}, feed.Half(ctx.Reject(0, 0, "%d MB are more than the %d that are read: nothing of it was read; split it into smaller files", len(body)>>20, markup.MaxSize>>20))
	}
	_, repairs := feed.UTF8(body)
	doc := feed.Document{Repairs: repairs}
	root, shift, err := readCoT(ctx, body)
	if err != nil {
		const end = "</event>"
		cut := bytes.LastIndex(body, []byte(end))
		if cut < 0 {
			return feed.Document{}, err
		}
		first := err
		if root, shift, err = readCoT(ctx, body[:cut+len(end)]); err != nil {
			return feed.Document{}, first
		}
		line := 1 + bytes.Count(body[:cut], []byte("\n"))
		doc.Problems = append(doc.Problems, ctx.Warn(line, 0, "what stands behind the last whole event is not complete: it is read once it is"))
	}
	excluded := 0
	eachEvent(root, func(e *markup.Element) {
		rec := cot(ctx, e, e.Offset-shift)
		if rec.Kind == feed.Excluded {
			excluded++
		}
		if rec.Position != nil && rec.Position.At.After(doc.ContentTime) {
			doc.ContentTime = rec.Position.At
		}
		doc.Records = append(doc.Records, rec)
	})
	if excluded > 0 {
		doc.Problems = append(doc.Problems, ctx.Warn(1, 0, "events that track nothing (chat, drawings, tasks), left out: %d", excluded))
	}
	return doc, nil
}

// readCoT reads a document, or a log of events as if it were one. Offsets are too high by shift.
func readCoT(ctx *feed.Context, body []byte) (root *markup.Element, shift int64, err error) {
	one, err := markup.Read(ctx, body)
	if err == nil {
		return &markup.Element{Children: []*markup.Element{one.Root}}, 0, nil
	}
	log, again := markup.Read(ctx, joined(body))
	if again != nil || len(log.Root.Children) == 0 {
		return nil, 0, err
	}
	return log.Root, int64(len(wrapper)), nil
}

// unknownMetres is what Cursor on Target writes for a height or an error that is not known.
const unknownMetres = 9_999_999

// cot is the record of an event.
func cot(ctx *feed.Context, e *markup.Element, offset int64) feed.Record {
	r := newReading(ctx, e.Line, offset)
	kind := e.Attribute("type")
	at := r.time("time", e.Attribute("time"))
	if at.IsZero() {
		at = r.time("start", e.Attribute("start"))
	}
	if strings.HasPrefix(kind, "t-x-c-t") && !at.IsZero() { // a ping, or the answer to one
		r.rec.Kind, r.rec.Heartbeat = feed.Heartbeat, at
		return r.rec
	}
	if kind == "" {
		return r.refuse("the event has no type, by which what it tracks is told from what it says: give it one, such as a-f-G")
	}
	if !tracks(kind) { // chat, drawings, tasks: a log of a server is full of them
		return r.exclude()
	}
	if !r.identify(e.Attribute("uid")) {
		return r.refuse("the event has no uid, or one that is too long: what it tracks could not be told from others; give it a uid")
	}
	detail := e.Get(e.Name.Space, "detail")
	if sign := detail.Get(e.Name.Space, "contact").Attribute("callsign"); sign != "" {
		r.pos.CallSign = presence.NewName(r.text.Title(sign))
	}
	r.pos.Kind = r.text.Line(kind)
	r.pos.At, r.pos.Stale = at, r.time("stale", e.Attribute("stale"))
	r.point(e.Get(e.Name.Space, "point"))
	return r.done()
}

// tracks reports whether an event of a type says where something is: things (a), marks of a place (b-m-p),
// alarms that a device sends with its position (b-a), and sensors (b-d).
func tracks(kind string) bool {
	for _, prefix := range []string{"a-", "b-m-p", "b-a-", "b-d"} {
		if strings.HasPrefix(kind, prefix) {
			return true
		}
	}
	return false
}

// point reads the place of an event and how exact it is.
func (r *reading) point(p *markup.Element) {
	if p.IsZero() {
		r.warn("the event has no point: where it is is unknown; give it <point lat=… lon=…>")
		return
	}
	r.place(p.Attribute("lat"), p.Attribute("lon"))
	ce, err := strconv.ParseFloat(p.Attribute("ce"), 64)
	known := err == nil && ce >= 0 && ce < unknownMetres
	if known {
		r.pos.Accuracy = ce
	}
	if !known && r.pos.Point.Lat == 0 && r.pos.Point.Lon == 0 {
		r.pos.HasPoint = false // a device without a fix
	}
}
