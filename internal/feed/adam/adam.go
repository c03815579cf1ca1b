// Package adam reads the hazards of WFP's Automatic Disaster Analysis and Mapping: the feed of all events, lists
// of earthquakes, cyclones and floods, and the details of one of them, as the interface of 2023 and that of
// 2025 give them.
//
// # Guarantees
//
//   - A content is recognised by the members that only ADAM has, whatever the name of the file.
//   - Each event of a content gives one record. The positions and areas of a cyclone's track are of one event.
//   - An event is one through all that is said of it: the shake map of an earthquake, each warning of a cyclone
//     and its details are later versions of it.
//   - People that live where a hazard is are no people affected: their number stands in the text.
package adam

import (
	"slices"
	"strings"
	"time"

	"vigil/internal/feed"
	"vigil/internal/feed/exact"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Format is ADAM. It tells of earthquakes and cyclones by itself, of floods when somebody asks for an analysis, and
// of no other hazard: that it does not speak of a country does not mean that nothing threatens there, so that it
// covers none. The span that a content goes back is in the request and not in the content.
var Format = &feed.Format{
	Name:      authority,
	Authority: authority,
	Sign:      "JSON of WFP ADAM: its feed of events, or earthquakes, cyclones and floods with their details",
	Profile:   health.Profile{Expect: 48 * time.Hour, Lag: 24 * time.Hour, Memory: health.Forgets},
	Recognise: recognise,
	Document:  decode,
}

const authority = "adam"

// recognise reports whether a content is of ADAM.
func recognise(head []byte) bool {
	v := exact.Glance(head)
	for _, list := range [][]exact.Value{v.Items(), v.Get("features").Items()} {
		if len(list) > 0 {
			v = &list[0]
			break
		}
	}
	return isEvent(v)
}

// isEvent reports whether a value is an event, as the feed lists it or by its details.
func isEvent(v *exact.Value) bool {
	return v.Has("guid", "eventType") && (v.Has("eventISO3") || v.Has("eventDetails")) || kindOf(properties(v)) != ""
}

// properties are the members that describe an event: of a feature those within it.
func properties(v *exact.Value) *exact.Value {
	if p := v.Get("properties"); p.Is('{') {
		return p
	}
	return v
}

// The kinds of events, as ADAM begins its ids with them.
const (
	quake   = "eq"
	cyclone = "ts"
	flood   = "fl"
)

// collections are the names of the lists of the newer interface.
var collections = map[string]string{"adam.adam_eq_events": quake, "adam.adam_ts_events": cyclone, "adam.adam_fl_events": flood}

// kindOf tells details of events apart by what only they have.
func kindOf(p *exact.Value) string {
	switch {
	case collections[p.Get("collectionId").Text()] != "":
		return collections[p.Get("collectionId").Text()]
	case p.Has("event_id", "episode_id"):
		return cyclone
	case p.Has("eventid") && (p.Has("flood_area") || p.Has("fl_croplnd")):
		return flood
	case (p.Has("event_id") || p.Has("uid")) && p.Has("mag") && (p.Has("population_impact") || p.Has("pop_est_buff_1")):
		return quake
	default:
		return ""
	}
}

// decode reads a whole content.
func decode(ctx *feed.Context, body []byte) (feed.Document, error) {
	whole, repairs, err := exact.Read(ctx, body)
	if err != nil {
		return feed.Document{}, err
	}
	doc := feed.Document{Repairs: repairs}
	list := whole.Root.Items()
	if features := whole.Root.Get("features"); features.Is('[') {
		list = features.Items()
	} else if whole.Root.Is('{') {
		list = []exact.Value{whole.Root}
	}
	counted := whole.Root.Get("numberReturned").Is('0') || whole.Root.Get("numberMatched").Is('0')
	switch {
	case !whole.Root.Is('[') && !whole.Root.Is('{'), whole.Root.Is('{') && len(list) == 1 && list[0].Offset() == whole.Root.Offset() && !isEvent(&whole.Root):
		return doc, feed.Half(ctx.Reject(1, 0, "not an answer of ADAM: a list of events, or one of them, is wanted; see what the address gives, and fetch it again"))
	case len(list) == 0 && !ctx.EmptyOK && !counted:
		// Nothing in it says that it is of ADAM, and it would take the place of an answer that did.
		return doc, feed.Half(ctx.Reject(1, 0, "NO DATA: the list holds no event; fetch it again, or, if that is an answer, write empty_ok = true in its [[source]]"))
	}
	tracks, owned := make(map[string]int), make(map[string]bool) // by cyclone: the parts of its track, whether it is there itself
	for n := range list {
		p := properties(&list[n])
		if id := p.Get("event_id").Text(); part(p) {
			tracks[id]++
		} else {
			owned[id] = true
		}
	}
	for n := range list {
		v := &list[n]
		p := properties(v)
		if id := p.Get("event_id").Text(); part(p) && owned[id] {
			continue
		}
		line, column := whole.Place(v)
		e := &event{ctx: ctx, v: v, p: p, column: column, track: tracks[p.Get("event_id").Text()], rec: feed.Record{Kind: feed.Incident, Line: line, Offset: v.Offset()}}
		doc.Records = append(doc.Records, e.record())
	}
	return doc, nil
}

// part reports whether a feature is a position or an area of a cyclone's track, which has neither a title nor
// the time of a warning.
func part(p *exact.Value) bool {
	return p.Has("event_id", "episode_id") && !p.Has("title") && !p.Has("published_at") && !p.Has("uid")
}

// event is an event while it is read.
type event struct {
	ctx    *feed.Context
	v, p   *exact.Value // the event, and what describes it
	column int
	track  int
	text   feed.Text
	rec    feed.Record
}

func (e *event) warn(format string, args ...any) {
	if p := e.ctx.Warn(e.rec.Line, e.column, format, args...); !slices.Contains(e.rec.Problems, p) {
		e.rec.Problems = append(e.rec.Problems, p)
	}
}

// first is the first of these members that says anything.
func (e *event) first(names ...string) string {
	for _, name := range names {
		if s := e.p.Get(name).Text(); s != "" {
			return s
		}
	}
	return ""
}

func (e *event) record() feed.Record {
	kind, id, episode, shaken := e.identity()
	reason := ""
	switch name := e.v.Twice(); {
	case name != "":
		reason = "the name " + name + " stands twice in it, and which one holds cannot be told"
	case id == "":
		reason = "the event has no id (guid, uid, event_id or eventid): updates of it could not be told"
	}
	if reason != "" {
		return feed.Record{Line: e.rec.Line, Offset: e.rec.Offset, Problems: append(e.rec.Problems[:0:0], e.ctx.Reject(e.rec.Line, e.column, "%s", reason))}
	}
	i := &e.rec.Incident
	i.Identity = incident.Identity{Authority: e.ctx.Resolve(safetext.Text{}, authority), ID: e.text.ID(id)}
	i.Version = e.version(episode, shaken)
	e.kind(i, kind)
	e.times(i, kind)
	e.countries(i)
	e.point(i)
	e.severity(i)
	i.Admin1 = e.text.Line(e.first("adm1_name"))
	i.Place = e.text.Line(e.first("place"))
	i.Title = e.text.Title(e.title(kind, episode))
	i.Details = e.text.Block(e.details(kind))
	e.links(i)
	feed.Infer(i)
	e.ctx.Complete(i)
	e.rec.Repairs.Text = e.text.Report
	return e.rec
}

// identity tells what an event is by its id: eq_us7000abcd and sm_us7000abcd, the shake map of the same;
// 1001032_4, the fourth warning of a cyclone; FL-20310114-SOM-00.
func (e *event) identity() (kind, id string, episode int64, shaken bool) {
	kind = kindOf(e.p)
	id = e.first("uid", "guid", "event_id", "eventid")
	if kind == "" {
		kind = eventTypes[strings.ToLower(e.first("eventType"))]
	}
	lower := strings.ToLower(id)
	switch {
	case strings.HasPrefix(lower, "eq_"):
		id = id[len("eq_"):]
	case strings.HasPrefix(lower, "sm_"):
		id, shaken = id[len("sm_"):], true
	case kind == cyclone:
		before, after, _ := strings.Cut(id, "_")
		id, episode = before, number(after)
		if episode == 0 {
			episode = number(e.first("episode_id"))
		}
	}
	return kind, id, episode, shaken
}

// version puts what is said of an event in order: the warnings of a cyclone by their number; a shake map after the
// earthquake; details after the feed, which has less; and each by the time at which it was changed.
func (e *event) version(episode int64, shaken bool) int64 {
	const (
		span    = 100_000_000_000 // of the seconds since 1970
		highest = 20_000          // of episodes, so that it stays exact where numbers are floats
	)
	rank := 4 * min(max(episode, 0), highest)
	if shaken {
		rank += 2
	}
	if !e.p.Has("eventType") {
		rank++
	}
	seconds := int64(0)
	if at := e.when("updated_at"); !at.IsZero() {
		seconds = min(max(at.Start.Unix(), 0), span-1)
	}
	return (rank+1)*span + seconds
}
