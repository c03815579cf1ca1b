package geojson

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
	"pgregory.net/rapid"

	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/geo"
	"vigil/internal/incident"
)

func TestRecognise(t *testing.T) {
	tests := []struct {
		name, head      string
		geojson, ofUSGS bool
	}{
		{"a collection", `{"type":"FeatureCollection","features":[]}`, true, false},
		{"a feature alone", `{"type":"Feature","geometry":null,"properties":{}}`, true, false},
		{"a collection cut off", `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Poly`, true, false},
		{"the type last", `{"features":[{"geometry":null,"id":1,"type":"Feature"},{"geom`, true, false},
		{"a sequence", "\x1e{\"type\":\"Feature\",\"properties\":{\"a\":1},\"geometry\":null}\n\x1e{", true, false},
		{"with a byte order mark", "\xEF\xBB\xBF" + `{"type":"FeatureCollection","features":[]}`, true, false},
		{"USGS by its address", `{"type":"FeatureCollection","metadata":{"url":"https://earthquake.usgs.gov/x"},"features":[]}`, true, true},
		{"USGS by its properties", `{"features":[{"type":"Feature","properties":{"updated":1,"time":1,"place":"x","mag":1}`, true, true},
		{"magnitudes of another", `{"type":"Feature","properties":{"mag":1,"place":"x","iso3":"IDN"},"geometry":null}`, true, false},
		{"a feature of a product", `{"type":"Feature","title":"faster"}`, false, false},
		{"an incident", `{"id":"R-1","act":"shooting","country":"MLI"}`, false, false},
		{"a list", `[{"type":"Feature","geometry":null}]`, false, false},
		{"nothing", "", false, false},
		{"not JSON", "<rss/>", false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Format.Recognise([]byte(tt.head)); got != tt.geojson {
				t.Errorf("GeoJSON: %t", got)
			}
			if got := USGS.Recognise([]byte(tt.head)); got != tt.ofUSGS {
				t.Errorf("of USGS: %t", got)
			}
		})
	}
}

// TestUnmapped: features that nobody explained are a visible problem that says what to do.
func TestUnmapped(t *testing.T) {
	_, err := Format.Document(feed.NewContext("feeds/clinics.geojson"), []byte(`{"type":"FeatureCollection","features":[{"type":"Feature"},{}]}`))
	if err == nil || !strings.Contains(err.Error(), "features (2)") || !strings.Contains(err.Error(), "[source.map]") ||
		!strings.Contains(err.Error(), "vigil map feeds/clinics.geojson") {
		t.Errorf("%v", err)
	}
}

func TestGeometry(t *testing.T) {
	tests := []struct {
		name, geometry string
		lat, lon       float64
		accuracy       float64 // kilometres, to a tenth
		ok             bool
		err            string
	}{
		{"a point", `{"type":"Point","coordinates":[-5.5,36]}`, 36, -5.5, 0, true, ""},
		{"a point past the antimeridian", `{"type":"Point","coordinates":[190,-10]}`, -10, -170, 0, true, ""},
		{"a line of a degree on the equator", `{"type":"LineString","coordinates":[[0,0],[1,0]]}`, 0, 0.5, 55.6, true, ""},
		{"a square", `{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}`, 1, 1, 157.3, true, ""},
		{"over the antimeridian", `{"type":"Polygon","coordinates":[[[179,0],[-179,0],[-179,1],[179,1],[179,0]]]}`, 0.5, 180, 124.3, true, ""},
		{"split at the antimeridian", `{"type":"MultiPolygon","coordinates":[[[[179,0],[180,0],[179,1],[179,0]]],[[[-180,0],[-179,0],[-180,1],[-180,0]]]]}`, 0.5, 180, 124.3, true, ""},
		{"several kinds", `{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[0,0]},{"type":"Point","coordinates":[0,2]}]}`, 1, 0, 111.2, true, ""},
		{"none", `null`, 0, 0, 0, false, ""},
		{"empty", `{"type":"MultiPoint","coordinates":[]}`, 0, 0, 0, false, ""},
		{"off the earth", `{"type":"Point","coordinates":[10,91]}`, 0, 0, 0, false, "are latitude and longitude swapped?"},
		{"words", `{"type":"Point","coordinates":["10","20"]}`, 0, 0, 0, false, "cannot be read"},
		{"one number", `{"type":"Point","coordinates":[10]}`, 0, 0, 0, false, "cannot be read"},
		{"nulls", `{"type":"Point","coordinates":[null,null]}`, 0, 0, 0, false, "cannot be read"},
		{"a list", `[10,20]`, 0, 0, 0, false, "cannot be read"},
		{"too deep", `{"type":"Polygon","coordinates":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`, 0, 0, 0, false, "more than 16 deep"},
		{"too large", `{"type":"Point","coordinates":[1e999,0]}`, 0, 0, 0, false, "cannot be read"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, ok, err := locate(jsontext.Value(tt.geometry))
			if ok != tt.ok || (err != nil) != (tt.err != "") || err != nil && !strings.Contains(err.Error(), tt.err) {
				t.Fatalf("%+v, %t, %v", s, ok, err)
			}
			if math.Abs(s.point.Lat-tt.lat) > 1e-9 || math.Abs(math.Abs(s.point.Lon)-math.Abs(tt.lon)) > 1e-9 || math.Abs(s.accuracy-tt.accuracy) > 0.06 {
				t.Errorf("%+v", s)
			}
		})
	}
}

// TestGeometryProperty: the middle is on the earth, and no position is farther from it than the accuracy.
func TestGeometryProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := walk{}
		for range rapid.IntRange(1, 8).Draw(t, "positions") {
			w.found = append(w.found, incident.Point{
				Lat: rapid.Float64Range(-90, 90).Draw(t, "lat"), Lon: rapid.Float64Range(-180, 180).Draw(t, "lon"),
			})
		}
		s := w.shape()
		if !s.point.Valid() || math.IsNaN(s.accuracy) {
			t.Fatalf("%+v", s)
		}
		for _, p := range w.found {
			if geo.Distance(s.point, p) > s.accuracy+0.001 {
				t.Fatalf("%v is farther than %+v", p, s)
			}
		}
	})
}

// FuzzDecode: nothing panics, every feature gives a record, and what is decoded can be kept.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(day(f)))
	f.Add([]byte(`{"type":"Feature","id":"x","properties":{"mag":1,"place":"\u001b[31m\u202e","time":1,"updated":1,"type":"x"},"geometry":{"type":"Point","coordinates":[1,2]}}`))
	f.Add([]byte("\x1e{\"type\":\"Feature\"}\n\x1e{\"type\":\"Feature\",\"properties\":null,\"geometry\":{\"type\":\"GeometryCollection\",\"geometries\":[]}}"))
	f.Add([]byte(`{"features":[{"type":"Feature","properties":{"mag":-1,"place":null,"time":-1,"updated":-5,"status":"deleted","type":"quarry"},"geometry":{"coordinates":[[[[181,0,1]]]]},"id":7}],"type":"FeatureCollection","metadata":{"generated":1e3}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		Format.Recognise(body)
		_, _ = feedtest.Sound(t, USGS, feed.NewContext("feeds/x"), body)
	})
}

// TestPlaces: where each feature begins is counted from the one before it, on one line as on many.
func TestPlaces(t *testing.T) {
	one := `{"type":"Feature","properties":{"title":"EXERCISE é 地"},"geometry":null}`
	for _, between := range []string{",", ", \n ", ",\n\n"} {
		body := "{\n\"type\":\"FeatureCollection\",\"é\":1,\"features\":[" + strings.Repeat(one+between, 50) + one + "]}"
		c, at, err := read([]byte(body))
		if err != nil || len(c.features) != 51 {
			t.Fatalf("%q: %v at %+v", between, err, at)
		}
		for n, f := range c.features {
			before := body[:f.offset]
			line := before[strings.LastIndexByte(before, '\n')+1:]
			if f.line != 1+strings.Count(before, "\n") || f.column != 1+utf8.RuneCountInString(line) || !strings.HasPrefix(body[f.offset:], one) {
				t.Errorf("%q: feature %d at %d:%d, offset %d", between, n, f.line, f.column, f.offset)
			}
		}
	}
}
