// Package geojson reads GeoJSON (RFC 7946): the earthquakes of USGS, and any other features by the
// [source.map] of a [[source]]. Beside one FeatureCollection it reads a feature alone and sequences of
// features, one after the other or marked as RFC 8142 has it.
//
// # Guarantees
//
//   - A content is recognised by its members, in whatever order they stand, never by its file's name.
//   - What is not JSON to its end gives nothing. Within it each feature is read exactly and by itself: one
//     whose names repeat is refused and costs no other.
//   - Every feature gives one record. A geometry of any kind becomes the middle of what it covers with the
//     distance to its farthest position as the accuracy; one that cannot be read is none, with a warning.
//   - Nobody's features are guessed at: without a [source.map] those of anyone but USGS give an error that
//     says what to write.
package geojson

import (
	"bytes"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"vigil/internal/feed"
	"vigil/internal/health"
)

// Format is GeoJSON of anyone, by the [source.map] of its [[source]]. Each file is the whole of what it
// lists.
var Format = &feed.Format{
	Name: "geojson",
	Sign: "any other GeoJSON FeatureCollection; read by a [source.map]",
	Profile: health.Profile{
		Expect: 24 * time.Hour,
		// Nothing: what the features of somebody are of, vigil.toml must say.
		Memory: health.Complete,
	},
	Recognise: recognise,
	Document:  decode,
}

// recognise reports whether a content is GeoJSON, of anyone.
func recognise(head []byte) bool {
	clean, _ := feed.UTF8(head)
	return glance(unmark(clean)).geojson
}

// beginning is what the beginning of a content shows.
type beginning struct {
	geojson    bool
	metadata   jsontext.Value
	properties map[string]bool // the names of those of the first feature
}

// glance reads the beginning of a content as far as it goes.
func glance(head []byte) beginning {
	g := glancer{dec: jsontext.NewDecoder(bytes.NewReader(head), loose...), head: head}
	if g.dec.PeekKind() == '{' {
		g.object(0)
	}
	g.out.geojson = g.feature && g.explained || g.collection
	return g.out
}

type glancer struct {
	dec                 *jsontext.Decoder
	head                []byte
	out                 beginning
	feature, collection bool
	explained           bool // there is a geometry, or there are properties
}

// object reads the members of a collection or a feature. It is false where the beginning ends.
func (g *glancer) object(depth int) bool {
	if _, err := g.dec.ReadToken(); err != nil {
		return false
	}
	for g.dec.PeekKind() == '"' {
		token, err := g.dec.ReadToken()
		if err != nil {
			return false
		}
		name := token.String()
		g.explained = g.explained || name == "geometry" || name == "properties"
		switch kind := g.dec.PeekKind(); {
		case name == "type" && kind == '"':
			token, err := g.dec.ReadToken()
			if err != nil {
				return false
			}
			g.feature = g.feature || token.String() == "Feature"
			g.collection = g.collection || token.String() == "FeatureCollection"
		case name == "features" && kind == '[' && depth == 0:
			if !g.first() {
				return false
			}
		case name == "properties" && kind == '{' && g.out.properties == nil:
			if !g.names() {
				return false
			}
		case name == "metadata" && kind == '{' && depth == 0:
			from := g.dec.InputOffset()
			err := g.dec.SkipValue()
			g.out.metadata = g.head[from:g.dec.InputOffset()]
			if err != nil {
				g.out.metadata = g.head[from:]
				return false
			}
		default:
			if g.dec.SkipValue() != nil {
				return false
			}
		}
	}
	_, err := g.dec.ReadToken()
	return err == nil
}

// first reads the first feature of a collection and passes over the others.
func (g *glancer) first() bool {
	if _, err := g.dec.ReadToken(); err != nil {
		return false
	}
	if g.dec.PeekKind() == '{' && !g.object(1) {
		return false
	}
	for kind := g.dec.PeekKind(); kind != ']'; kind = g.dec.PeekKind() {
		if g.dec.SkipValue() != nil {
			return false
		}
	}
	_, err := g.dec.ReadToken()
	return err == nil
}

// names reads the names of the properties of a feature.
func (g *glancer) names() bool {
	if _, err := g.dec.ReadToken(); err != nil {
		return false
	}
	g.out.properties = make(map[string]bool)
	for g.dec.PeekKind() == '"' {
		token, err := g.dec.ReadToken()
		if err != nil {
			return false
		}
		g.out.properties[token.String()] = true
		if g.dec.SkipValue() != nil {
			return false
		}
	}
	_, err := g.dec.ReadToken()
	return err == nil
}
