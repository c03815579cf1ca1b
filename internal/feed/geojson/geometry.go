package geojson

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"vigil/internal/geo"
	"vigil/internal/incident"
)

// maxDepth caps how deep a geometry may be nested. That of many polygons uses 6.
const maxDepth = 16

// shape is where a geometry is: the middle of what it covers, and how far that reaches.
type shape struct {
	point incident.Point
	// accuracy is the distance in kilometres from point to the position farthest from it; 0 of a single
	// position, which says nothing of how exact it is.
	accuracy float64
	// third is the third number of a single position, which is a height or, of USGS, a depth.
	third    float64
	hasThird bool
}

var (
	errOffEarth  = errors.New("it is not on the earth (are latitude and longitude swapped?)")
	errPositions = errors.New("its coordinates cannot be read")
	errDeep      = fmt.Errorf("its coordinates stand more than %d deep", maxDepth)
)

// locate finds the middle of a geometry of any kind. ok is false without an error when there is none.
func locate(geometry jsontext.Value) (s shape, ok bool, err error) {
	if geometry == nil || geometry.Kind() == 'n' {
		return shape{}, false, nil
	}
	w := walk{dec: jsontext.NewDecoder(bytes.NewReader(geometry), exact...)}
	if err := w.geometry(0); err != nil {
		return shape{}, false, err
	}
	if len(w.found) == 0 {
		return shape{}, false, nil
	}
	return w.shape(), true, nil
}

// walk collects the positions of a geometry.
type walk struct {
	dec   *jsontext.Decoder
	found []incident.Point
	third []float64 // of the position read last, what follows its first two numbers
}

// geometry walks an object with coordinates, or with geometries of its own.
func (w *walk) geometry(depth int) error {
	if depth > maxDepth {
		return errDeep
	}
	if w.dec.PeekKind() != '{' {
		return errPositions
	}
	if _, err := w.dec.ReadToken(); err != nil {
		return err
	}
	for w.dec.PeekKind() == '"' {
		name, err := w.dec.ReadToken()
		if err != nil {
			return err
		}
		switch key, kind := name.String(), w.dec.PeekKind(); {
		case key == "coordinates" && kind == '[':
			err = w.positions(0)
		case key == "geometries" && kind == '[':
			err = w.geometries(depth)
		default:
			err = w.dec.SkipValue()
		}
		if err != nil {
			return err
		}
	}
	_, err := w.dec.ReadToken()
	return err
}

func (w *walk) geometries(depth int) error {
	if _, err := w.dec.ReadToken(); err != nil {
		return err
	}
	for w.dec.PeekKind() == '{' {
		if err := w.geometry(depth + 1); err != nil {
			return err
		}
	}
	if w.dec.PeekKind() != ']' {
		return errPositions
	}
	_, err := w.dec.ReadToken()
	return err
}

// positions walks an array of positions, or of arrays of them, to any depth up to maxDepth.
func (w *walk) positions(depth int) error {
	if depth > maxDepth {
		return errDeep
	}
	if _, err := w.dec.ReadToken(); err != nil {
		return err
	}
	if w.dec.PeekKind() == '0' {
		return w.position()
	}
	for w.dec.PeekKind() == '[' {
		if err := w.positions(depth + 1); err != nil {
			return err
		}
	}
	if w.dec.PeekKind() != ']' {
		return errPositions
	}
	_, err := w.dec.ReadToken()
	return err
}

// position reads the numbers of one position, of which the first is the longitude.
func (w *walk) position() error {
	var numbers []float64
	for w.dec.PeekKind() == '0' {
		token, err := w.dec.ReadToken()
		if err != nil {
			return err
		}
		f, err := strconv.ParseFloat(token.String(), 64)
		if err != nil {
			return errPositions
		}
		numbers = append(numbers, f)
	}
	for kind := w.dec.PeekKind(); kind != ']' && kind != 0; kind = w.dec.PeekKind() {
		// A third number may be null, where a depth is not known.
		if kind != 'n' || len(numbers) < 2 {
			return errPositions
		}
		if err := w.dec.SkipValue(); err != nil {
			return err
		}
	}
	if _, err := w.dec.ReadToken(); err != nil {
		return err
	}
	if len(numbers) < 2 {
		return errPositions
	}
	p, ok := onEarth(numbers[1], numbers[0])
	if !ok {
		return fmt.Errorf("longitude %v, latitude %v: %w", numbers[0], numbers[1], errOffEarth)
	}
	w.found = append(w.found, p)
	w.third = numbers[2:]
	return nil
}

// onEarth brings a longitude that is past the antimeridian back.
func onEarth(lat, lon float64) (incident.Point, bool) {
	switch {
	case lon > 180 && lon <= 540:
		lon -= 360
	case lon < -180 && lon >= -540:
		lon += 360
	}
	p := incident.Point{Lat: lat + 0, Lon: lon + 0} // there is no negative zero
	return p, p.Valid()
}

// shape is the middle of the box around all positions. Neighbouring positions lie on the short way
// round, so that what passes the antimeridian has its middle there and not in Africa.
func (w *walk) shape() shape {
	if len(w.found) == 1 {
		s := shape{point: w.found[0]}
		if len(w.third) > 0 {
			s.third, s.hasThird = w.third[0]+0, true
		}
		return s
	}
	first := w.found[0]
	south, north, west, east := first.Lat, first.Lat, first.Lon, first.Lon
	lon := first.Lon
	for _, p := range w.found[1:] {
		lon += math.Remainder(p.Lon-lon, 360)
		south, north = min(south, p.Lat), max(north, p.Lat)
		west, east = min(west, lon), max(east, lon)
	}
	var s shape
	s.point.Lat = (south+north)/2 + 0
	s.point.Lon = math.Remainder((west+east)/2, 360) + 0
	for _, p := range w.found {
		s.accuracy = max(s.accuracy, geo.Distance(s.point, p))
	}
	s.accuracy = math.Round(s.accuracy*1000) / 1000
	return s
}
