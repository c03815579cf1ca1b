package georss

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/exact"
	"vigil/internal/health"
	"vigil/internal/problem"
)

// Events is the GeoJSON of the interface of GDACS (gdacsapi): a list of events, the details of one, or the shapes of
// an episode. Its fields are those of the RSS in other places, and its events are those of the RSS. How far a list
// goes was decided by who asked for it, so that its silence says nothing.
var Events = &feed.Format{
	Name:      "gdacs-events",
	Sign:      "GeoJSON of the interface of GDACS: features with eventtype, eventid and alertlevel",
	Authority: gdacsAuthority,
	Profile: health.Profile{
		Expect: 24 * time.Hour,
		Lag:    time.Hour,
		Reach:  defaultReach,
		Memory: health.Forgets,
	},
	Recognise: recogniseEvents,
	Document:  decodeEvents,
}

// centroid is the class of the feature that stands for an event; those of other classes are its shapes.
const centroid = "Point_Centroid"

func recogniseEvents(head []byte) bool {
	v := exact.Glance(head)
	if all := v.Get("features").Items(); len(all) > 0 {
		v = &all[0]
	}
	return v.Get("properties").Has("eventtype", "eventid", "alertlevel")
}

// decodeEvents reads a whole content.
func decodeEvents(ctx *feed.Context, body []byte) (feed.Document, error) {
	whole, repairs, err := exact.Read(ctx, body)
	if err != nil {
		return feed.Document{}, err
	}
	doc := feed.Document{Repairs: repairs}
	names := slices.Sorted(slices.Values(whole.Root.Names()))
	if len(slices.Compact(names)) < len(whole.Root.Names()) {
		return doc, feed.Half(ctx.Reject(1, 0, "a name stands twice in it, and which one holds cannot be told: fetch it again"))
	}
	features := []exact.Value{whole.Root}
	switch kind := whole.Root.Get("type").Text(); {
	case kind == "FeatureCollection":
		features = whole.Root.Get("features").Items()
	case kind != "Feature":
		return doc, feed.Half(ctx.Reject(1, 0, "not GeoJSON of GDACS: a FeatureCollection, or a Feature, is wanted; fetch it again"))
	}
	standing := map[string]bool{}
	for n := range features {
		if p := features[n].Get("properties"); p.Get("Class").Text() == centroid {
			standing[episodeOf(p)] = true
		}
	}
	shapes := 0
	for n := range features {
		f := &features[n]
		p := f.Get("properties")
		if class := p.Get("Class").Text(); class != "" && class != centroid {
			if standing[episodeOf(p)] {
				shapes++
				continue
			}
			standing[episodeOf(p)] = true // the first shape stands for it
		}
		line, column := whole.Place(f)
		if name := f.Twice(); name != "" {
			doc.Records = append(doc.Records, feed.Record{Line: line, Offset: f.Offset(), Problems: []problem.Problem{ctx.Reject(line, column,
				"the feature is not used: %q stands twice in it, and which one holds cannot be told: keep one", name)}})
			continue
		}
		it := itemOf(f)
		it.line = line
		a := alert{ctx: ctx, item: &it}
		doc.Records = append(doc.Records, a.record())
	}
	if shapes > 0 {
		doc.Problems = append(doc.Problems, ctx.Warn(1, 0, "shapes of events that stand in it, left out: %d", shapes))
	}
	return doc, nil
}

func episodeOf(properties *exact.Value) string {
	return properties.Get("eventtype").Text() + properties.Get("eventid").Text() + "/" + properties.Get("episodeid").Text()
}

// itemOf is a feature as an item of the RSS. Times of the interface are UTC and do not say so.
func itemOf(f *exact.Value) item {
	p := f.Get("properties")
	it := item{offset: f.Offset(), text: map[element]string{}}
	set := func(space, local, value string) {
		if value != "" {
			it.text[element{Space: space, Local: local}] = value
		}
	}
	for _, name := range []string{
		"eventtype", "eventid", "episodeid", "eventname", "glide", "alertlevel", "episodealertlevel",
		"country", "iso3",
	} {
		set(nsGDACS, name, p.Get(name).Text())
	}
	for _, name := range []string{"fromdate", "todate", "datemodified"} {
		when := p.Get(name).Text()
		if _, err := time.Parse("2006-01-02T15:04:05", when); err == nil { // a fraction may follow
			when += "Z"
		}
		set(nsGDACS, name, when)
	}
	current := p.Get("iscurrent")
	set(nsGDACS, "iscurrent", current.Text())
	if current.Is('t') {
		set(nsGDACS, "iscurrent", "true")
	}
	severity := p.Get("severitydata", "severitytext").Text()
	if severity != "Magnitude 0" { // what a flood has in place of one
		set(nsGDACS, "severity", severity)
	}
	var codes []string
	for n := range p.Get("affectedcountries").Items() {
		c := &p.Get("affectedcountries").Items()[n]
		for _, code := range []string{c.Get("iso3").Text(), c.Get("iso2").Text(), c.Get("countryname").Text()} {
			if known, ok := country.Parse(code); ok {
				codes = append(codes, known.String())
				break
			}
		}
	}
	if names, rest := country.ParseList(it.text[element{Space: nsGDACS, Local: "country"}]); len(names) < len(codes) && len(rest) == 0 {
		set(nsGDACS, "country", strings.Join(codes, ", "))
	}
	title := p.Get("htmldescription").Text()
	if title == "" {
		title = p.Get("name").Text()
	}
	set("", "title", strings.Join(strings.Fields(strings.TrimSuffix(title, " .")), " "))
	if words := p.Get("description").Text(); words != p.Get("name").Text() {
		set("", "description", words)
	}
	link := p.Get("url", "report").Text()
	if link == "" {
		link = p.Get("url").Text() // as it was once
	}
	set("", "link", link)
	set(nsGeoRSS, "point", pointOf(f))
	if box := f.Get("bbox").Texts(); len(box) == 4 { // west south east north
		set(nsGDACS, "bbox", strings.Join([]string{box[0], box[2], box[1], box[3]}, " "))
	}
	return it
}

// pointOf is the position of a feature, as latitude and longitude; empty where it is no point.
func pointOf(f *exact.Value) string {
	at := f.Get("geometry", "coordinates").Items()
	if f.Get("geometry", "type").Text() != "Point" || len(at) < 2 {
		return ""
	}
	lon, east := at[0].Number()
	lat, north := at[1].Number()
	if !east || !north {
		return ""
	}
	return strconv.FormatFloat(lat, 'f', -1, 64) + " " + strconv.FormatFloat(lon, 'f', -1, 64)
}
