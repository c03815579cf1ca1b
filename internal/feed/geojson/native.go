package geojson

import (
	"bytes"
	"math"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"vigil/internal/feed"
	"vigil/internal/feed/native"
	"vigil/internal/health"
	"vigil/internal/problem"
)

// Native is what vigil convert writes as GeoJSON: the properties of each feature are the members of the native format,
// and are read as such. Each file is the whole of what it lists; what the incidents were taken from nobody
// can tell by now, so it covers nothing unless its [[source]] does.
var Native = &feed.Format{
	Name: "native-geojson",
	Sign: "GeoJSON with the members of the native format as properties (id, act, country), as vigil convert --to geojson writes it",
	Profile: health.Profile{
		Expect: 24 * time.Hour,
		Memory: health.Complete,
	},
	Recognise: func(head []byte) bool {
		clean, _ := feed.UTF8(head)
		g := glance(unmark(clean))
		return g.geojson && g.properties["id"] && g.properties["act"] && (g.properties["country"] || g.properties["countries"])
	},
	Document: decodeNative,
}

func decodeNative(ctx *feed.Context, body []byte) (feed.Document, error) {
	c, repairs, err := whole(ctx, body)
	if err != nil {
		return feed.Document{}, err
	}
	doc := feed.Document{Repairs: repairs, Records: make([]feed.Record, 0, len(c.features))}
	for n := range c.features {
		doc.Records = append(doc.Records, ownFeature(ctx, &c.features[n]))
	}
	return doc, nil
}

// ownFeature is the record of a feature of ours.
func ownFeature(ctx *feed.Context, f *feature) feed.Record {
	all, p, ok := open(ctx, f)
	if !ok {
		return feed.Record{Line: f.line, Offset: f.offset, Problems: []problem.Problem{p}}
	}
	properties := all.object["properties"]
	if properties == nil || properties.Kind() != '{' {
		properties = jsontext.Value("{}")
	}
	rec, _ := native.Format.Line(ctx, properties, feed.Place{Line: f.line, Offset: f.offset})
	for n := range rec.Problems {
		rec.Problems[n].Line, rec.Problems[n].Column = f.placeOf(properties, rec.Problems[n].Column)
	}
	if rec.Kind != feed.Incident || !all.given("geometry") {
		return rec
	}
	s, has, err := locate(all.object["geometry"])
	i := &rec.Incident
	switch {
	case err != nil:
		rec.Problems = append(rec.Problems, ctx.Warn(f.line, f.column, "geometry: it is left out: %v", err))
	case has && !i.HasPoint:
		i.Point, i.HasPoint = s.point, true
		if i.Accuracy == 0 {
			i.Accuracy = s.accuracy
		}
	case has && (math.Abs(s.point.Lat-i.Point.Lat) > nearly || math.Abs(s.point.Lon-i.Point.Lon) > nearly):
		rec.Problems = append(rec.Problems, ctx.Warn(f.line, f.column,
			"the geometry is at %.5f, %.5f and lat and lon say %.5f, %.5f: these are read; change them too, or take them out to have the geometry read",
			s.point.Lat, s.point.Lon, i.Point.Lat, i.Point.Lon))
	}
	return rec
}

// nearly is how far, in degrees, a program may round a position when it writes it again: a metre.
const nearly = 1e-5

// placeOf is where a character of the properties stands in the content; 0 is all of them.
func (f *feature) placeOf(properties jsontext.Value, character int) (line, column int) {
	at := max(0, bytes.Index(f.raw, properties))
	for range character - 1 {
		_, size := utf8.DecodeRune(f.raw[at:])
		at += size
	}
	before := f.raw[:at]
	if last := bytes.LastIndexByte(before, '\n'); last >= 0 {
		return f.line + bytes.Count(before, []byte("\n")), utf8.RuneCount(before[last+1:]) + 1
	}
	return f.line, f.column + utf8.RuneCount(before)
}
