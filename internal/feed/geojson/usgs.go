package geojson

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// USGS is the GeoJSON of the earthquakes of the United States Geological Survey: a summary of the last
// hour, day, 7 or 30 days, the answer of a query, or the details of one event. It speaks each
// minute, and of an event within the hour. What is no longer in it is not withdrawn.
var USGS = &feed.Format{
	Name:      "usgs",
	Sign:      "a GeoJSON FeatureCollection of earthquakes with the metadata of USGS",
	Authority: usgsAuthority,
	Profile: health.Profile{
		Expect: time.Hour,
		Lag:    time.Hour,
		Reach:  shortestReach,
		// Nothing: it speaks of earthquakes alone, and its silence says nothing of floods or storms.
		Memory: health.Forgets,
	},
	Recognise: recogniseUSGS,
	Document:  decodeUSGS,
}

const (
	usgsAuthority = "usgs"
	// shortestReach is that of a content that does not say how far back it goes.
	shortestReach = time.Hour
)

// decodeUSGS reads a whole content.
func decodeUSGS(ctx *feed.Context, body []byte) (feed.Document, error) {
	c, repairs, err := whole(ctx, body)
	if err != nil {
		return feed.Document{}, err
	}
	doc := feed.Document{Repairs: repairs, Records: make([]feed.Record, 0, len(c.features))}
	if c.metadata != nil {
		metadata, err := members(c.metadata)
		if err != nil {
			return feed.Document{}, feed.Half(ctx.Reject(1, 0, "the metadata cannot be read: %v; fetch it again", syntax(err)))
		}
		at, err := milliseconds(metadata["generated"])
		if err != nil {
			doc.Problems = append(doc.Problems, ctx.Warn(1, 0, "generated of the metadata: %v", err))
		}
		doc.ContentTime = at
		doc.Reach = reach(metadata.text("url"), metadata.text("title"))
	}
	for n := range c.features {
		e := event{ctx: ctx, at: &c.features[n], made: doc.ContentTime}
		doc.Records = append(doc.Records, e.record())
	}
	return doc, nil
}

// reach is how far back a summary says that it goes, in its address or its title.
func reach(texts ...string) time.Duration {
	const day = 24 * time.Hour
	for _, s := range texts {
		s = strings.ToLower(s)
		for _, span := range []struct {
			words [3]string
			reach time.Duration
		}{
			{[3]string{"_hour.", "past hour", "past 1 hour"}, time.Hour},
			{[3]string{"_day.", "past day", "past 1 day"}, day},
			{[3]string{"_week.", "past week", "past 7 days"}, 7 * day},
			{[3]string{"_month.", "past month", "past 30 days"}, 30 * day},
		} {
			for _, word := range span.words {
				if strings.Contains(s, word) {
					return span.reach
				}
			}
		}
	}
	return 0
}

// milliseconds reads a time in milliseconds since 1970. What is not there is none and no error.
func milliseconds(v jsontext.Value) (time.Time, error) {
	text := scalar(v)
	if text == "" {
		return time.Time{}, nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.Abs(f) > 1e15 {
		return time.Time{}, fmt.Errorf("%q are no milliseconds since 1970", text)
	}
	at := time.UnixMilli(int64(f)).UTC()
	if at.Year() < 1900 || at.Year() > 9999 {
		return time.Time{}, fmt.Errorf("%q are no milliseconds since 1970", text)
	}
	return at, nil
}

// event is a feature being read.
type event struct {
	ctx  *feed.Context
	at   *feature
	made time.Time // of the content; zero when it does not say
	all  opened
	text feed.Text
	rec  feed.Record
}

func (e *event) warn(format string, args ...any) {
	e.rec.Problems = append(e.rec.Problems, e.ctx.Warn(e.at.line, e.at.column, format, args...))
}

// property is the text of a property without space around it.
func (e *event) property(name string) string {
	return strings.TrimSpace(e.all.properties.text(name))
}

func (e *event) record() feed.Record {
	e.rec = feed.Record{Kind: feed.Incident, Line: e.at.line, Offset: e.at.offset}
	all, p, ok := open(e.ctx, e.at)
	if !ok {
		return feed.Record{Line: e.at.line, Offset: e.at.offset, Problems: append(e.rec.Problems, p)}
	}
	e.all = all
	id := e.id()
	if id == "" || len(id) > feed.MaxID {
		return feed.Record{Line: e.at.line, Offset: e.at.offset, Problems: append(e.rec.Problems, e.ctx.Reject(
			e.at.line, e.at.column, `the feature has neither an "id" nor "net" and "code": updates of it could not be told`))}
	}
	i := &e.rec.Incident
	i.Identity.Authority = e.ctx.Resolve(safetext.Text{}, usgsAuthority)
	i.Identity.ID = e.text.Line(id)
	e.nature(i)
	e.status(i)
	e.severity(i)
	e.times(i)
	depth := e.point(i)
	i.Place = e.text.Title(e.property("place"))
	e.country(i)
	i.Title = e.text.Title(e.title())
	i.Details = e.text.Block(e.facts(depth, id))
	if link := e.text.Line(e.property("url")); !link.IsZero() {
		i.Links = []safetext.Text{link}
	}
	e.ctx.Complete(i)
	e.rec.Repairs.Text = e.text.Report
	return e.rec
}

// id is the one that USGS prefers at the time; which one that is may change, and then the other ids of the
// event stand among the facts.
func (e *event) id() string {
	if id := strings.TrimSpace(e.all.text("id")); id != "" {
		return id
	}
	if net, code := e.property("net"), e.property("code"); net != "" && code != "" {
		return net + code
	}
	return ""
}

func (e *event) nature(i *incident.Incident) {
	kind := e.property("type")
	n, ok := natures[strings.ReplaceAll(strings.ToLower(kind), "_", " ")]
	switch {
	case ok:
		i.Threat, i.Act, i.Class = incident.Known(n.threat), incident.Known(n.act), n.class
	case kind == "":
		e.warn("the event has no type: what it was is unknown")
	default:
		i.Act = incident.ParseAct(e.text.Line(kind).String())
		e.warn("%q is no type of event that vigil knows: it is kept and counts as unknown", kind)
	}
}

// status says whether a seismologist has looked at the event, and whether it was deleted: it was
// none, or is another one.
func (e *event) status(i *incident.Incident) {
	switch status := strings.ToLower(e.property("status")); status {
	case "reviewed", "manual", "published":
		i.Verification = incident.Known(incident.Confirmed)
	case "deleted":
		i.Type = incident.Cancel
	case "automatic", "":
	default:
		e.warn("%q is no status that vigil knows: the event counts as unconfirmed", status)
	}
}

// magnitude is that of the event; ok is false when it is not given, or is none.
func (e *event) magnitude() (m float64, ok bool) {
	text := e.property("mag")
	if text == "" {
		return 0, false
	}
	m, err := strconv.ParseFloat(text, 64)
	return m, err == nil && m >= minMagnitude && m <= maxMagnitude
}

func (e *event) severity(i *incident.Incident) {
	m, ok := e.magnitude()
	if text := e.property("mag"); !ok && text != "" {
		e.warn("%q is no magnitude: it is taken as unknown", text)
	}
	if alert := strings.ToLower(e.property("alert")); alert != "" {
		if severity, known := pagerSeverities[alert]; known {
			i.Severity = incident.Known(severity)
			return
		}
		e.warn("%q is no alert colour that vigil knows: the severity is taken from the magnitude", alert)
	}
	if !i.Act.Is(incident.Earthquake) || !ok {
		return
	}
	for _, row := range magnitudeSeverities {
		if m >= row.from {
			i.Severity = incident.Known(row.severity)
			return
		}
	}
}

// times reads when it was, and as of when this is said of it. The version is the time of the update, in
// milliseconds: two contents may hold one event at different ages.
func (e *event) times(i *incident.Incident) {
	occurred, err := milliseconds(e.all.properties["time"])
	switch {
	case err != nil:
		e.warn("time: %v: it is taken as unknown", err)
	case occurred.IsZero():
		e.warn("the event has no time: it is in no window")
	}
	updated, err := milliseconds(e.all.properties["updated"])
	if err != nil {
		e.warn("updated: %v: it is taken as unknown", err)
	}
	i.Occurred, i.Reported = incident.At(occurred), updated
	switch {
	case e.ctx.Ahead(updated):
		e.warn("updated, %s, had not come when this was read: it puts this before no other version", updated.Format(time.RFC3339))
	case !updated.IsZero():
		i.Version = max(updated.UnixMilli(), 0)
	}
	if !e.made.IsZero() && updated.After(e.made) {
		i.Reported = e.made // nothing is reported later than the content was made
	}
}

// point reads the position, and the depth below it in kilometres as text.
func (e *event) point(i *incident.Incident) (depth string) {
	s, ok, err := locate(e.all.object["geometry"])
	switch {
	case err != nil:
		e.warn("the position is left out: %v", err)
	case !ok && i.Type != incident.Cancel:
		e.warn("the event has no position")
	case ok:
		i.Point, i.HasPoint, i.Accuracy = s.point, true, s.accuracy
	}
	if s.hasThird {
		depth = strconv.FormatFloat(s.third, 'f', -1, 64)
	}
	return depth
}

// country is the one that the position is in. One at sea is reported by the nearest place on land, whose
// country stands behind its last comma: it is the one that feels it.
func (e *event) country(i *incident.Incident) {
	if feed.Infer(i); len(i.Countries) > 0 {
		return
	}
	place := i.Place.String()
	name := strings.TrimSpace(place[strings.LastIndexByte(place, ',')+1:])
	code, ok := country.Parse(name)
	if !ok || strings.EqualFold(name, "Georgia") && i.Point.Lon < 0 { // the state, not the country
		return
	}
	i.Countries, i.Inferred = []country.Code{code}, true
}

func (e *event) title() string {
	if title := e.property("title"); title != "" {
		return title
	}
	title := e.property("place")
	if m, ok := e.magnitude(); ok {
		title = "M " + strconv.FormatFloat(m, 'f', -1, 64) + " - " + title
	}
	return title
}

// facts are what the feature says beside its title, in the words of USGS.
func (e *event) facts(depth, id string) string {
	var facts []string
	add := func(label, value, unit string) {
		if value != "" {
			facts = append(facts, label+" "+value+unit)
		}
	}
	magnitude := e.property("mag")
	if kind := e.property("magType"); magnitude != "" && kind != "" {
		magnitude += " " + kind
	}
	add("Magnitude", magnitude, "")
	add("depth", depth, " km")
	add("PAGER alert", e.property("alert"), "")
	add("intensity", e.property("mmi"), " (estimated)")
	add("intensity", e.property("cdi"), " (reported)")
	if felt := e.property("felt"); felt != "0" {
		add("felt reports", felt, "")
	}
	add("significance", e.property("sig"), "")
	add("status", strings.ToLower(e.property("status")), "")
	if flag := e.property("tsunami"); flag != "" && flag != "0" {
		facts = append(facts, "tsunami flag set: it means an oceanic region, not that there is a tsunami; see tsunami.gov")
	}
	others := slices.DeleteFunc(strings.Split(e.property("ids"), ","), func(other string) bool { return other == "" || other == id })
	add("also known as", strings.Join(others, ", "), "")
	return strings.Join(facts, "; ")
}

// recogniseUSGS looks for the address of the service among the metadata, or for what each of its features
// says.
func recogniseUSGS(head []byte) bool {
	clean, _ := feed.UTF8(head)
	o := glance(unmark(clean))
	if !o.geojson {
		return false
	}
	return bytes.Contains(o.metadata, []byte("earthquake.usgs.gov")) || bytes.Contains(o.metadata, []byte(`"USGS `)) ||
		o.properties["mag"] && o.properties["place"] && o.properties["time"] && o.properties["updated"]
}
