// Package atlas lays the earth out on cells: where a position stands on a map of so many columns and lines, where on it a country
// bears its name, and which country is the next in a direction.
//
// The projection is equirectangular, with the parallel of the middle kept true: a map of a region is then right to some per cent in form,
// north is up, and a step of the cursor means the same everywhere. A cell is taken to be twice as high as wide. What is on the other side of the
// antimeridian is beside what is on this one: longitudes are counted from the middle of the map, so that the seam is always opposite.
//
// Everything is pure and offline; positions and outlines are those of package geo, with what it says of boundaries.
package atlas

import (
	"math"

	"vigil/internal/geo"
	"vigil/internal/incident"
)

// Projection places positions on cells. Two that are equal draw the same.
type Projection struct {
	Width, Height int            // cells
	Middle        incident.Point // of the map
	// Scale is the lines to a degree of latitude, True the parallel along which a degree of longitude is as long on the
	// map as it should be.
	Scale, True float64
}

const (
	// The latitudes between which the world is shown: Antarctica has no desk.
	worldSouth, worldNorth = -57, 84
	aspect                 = 2 // how often a cell's width goes into its height
	kmPerDegree            = 111.195
	// closest is the scale beyond which the outlines are coarser than the cells.
	closest = kmPerDegree / 2.5
	// margin is what a region leaves free at each side, in parts of its size.
	margin = 0.06
)

// World is a map of the whole world, with a longitude in its middle.
func World(width, height int, lon float64) Projection {
	p := Projection{Width: max(1, width), Height: max(1, height)}
	p.Scale = min(float64(p.Width)/(360*aspect), float64(p.Height)/(worldNorth-worldSouth))
	p.Middle = incident.Point{Lat: (worldNorth + worldSouth) / 2.0, Lon: wrap(lon)}
	return p
}

// Region is a map of what is in a box. It is never smaller than the world in its room, nor closer than the outlines are good for.
func Region(width, height int, b geo.Box) Projection {
	p := Projection{Width: max(1, width), Height: max(1, height)}
	high := b.North - b.South
	wide := b.East - b.West
	if wide < 0 {
		wide += 360
	}
	p.Middle = incident.Point{Lat: (b.North + b.South) / 2, Lon: wrap(b.West + wide/2)}
	p.True = steady(p.Middle.Lat)
	room := 1 - 2*margin
	p.Scale = closest
	if high > 0 {
		p.Scale = min(p.Scale, float64(p.Height)*room/high)
	}
	if wide > 0 {
		p.Scale = min(p.Scale, float64(p.Width)*room/(wide*aspect*math.Cos(p.True*math.Pi/180)))
	}
	return p.bounded()
}

// steady keeps a parallel away from the poles, where a degree of longitude is nothing.
func steady(lat float64) float64 { return max(-75, min(75, lat)) }

// bounded is the world where the map would be smaller than that.
func (p Projection) bounded() Projection {
	if w := World(p.Width, p.Height, p.Middle.Lon); p.Scale <= w.Scale {
		return w
	}
	p.Scale = min(p.Scale, closest)
	return p
}

// IsWorld reports whether the whole world is on the map.
func (p Projection) IsWorld() bool { return p == World(p.Width, p.Height, p.Middle.Lon) }

// Zoom is a map so many times closer, around a position; it ends at the world and at the scale for which the outlines are good.
func (p Projection) Zoom(factor float64, around incident.Point) Projection {
	p.Scale *= factor
	p.Middle, p.True = around, steady(around.Lat)
	return p.bounded()
}

// To is the same map around another position. The world stays as it is.
func (p Projection) To(around incident.Point) Projection {
	if !p.IsWorld() {
		p.Middle, p.True = around, steady(around.Lat)
	}
	return p
}

// wide is the columns to a degree of longitude.
func (p Projection) wide() float64 { return p.Scale * aspect * math.Cos(p.True*math.Pi/180) }

// Cell is where a position stands, in cells from the upper left corner; it may be outside.
func (p Projection) Cell(at incident.Point) (x, y float64) {
	return float64(p.Width)/2 + wrap(at.Lon-p.Middle.Lon)*p.wide(), p.line(at.Lat)
}

func (p Projection) line(lat float64) float64 {
	return float64(p.Height)/2 + (p.Middle.Lat-lat)*p.Scale
}

// Sees reports whether a position is on the map, at least so many cells from its border.
func (p Projection) Sees(at incident.Point, inside float64) bool {
	x, y := p.Cell(at)
	return x >= inside && y >= inside/aspect && x < float64(p.Width)-inside && y < float64(p.Height)-inside/aspect
}

// Kilometres is how high a cell is.
func (p Projection) Kilometres() float64 { return kmPerDegree / p.Scale }

// wrap is the same longitude, from −180 to below 180.
func wrap(lon float64) float64 {
	lon = math.Mod(lon+180, 360)
	if lon < 0 {
		lon += 360
	}
	if lon >= 360 { // what is next to nothing below 0 comes out as 360
		lon = 0
	}
	return lon - 180
}

// Ring is the circle of so many kilometres around a position, in so many points, each where it is on the sphere.
func Ring(around incident.Point, km float64, points int) []incident.Point {
	const degree = math.Pi / 180
	arc := km / kmPerDegree * degree
	lat := around.Lat * degree
	ring := make([]incident.Point, points)
	for k := range ring {
		bearing := 2 * math.Pi * float64(k) / float64(points)
		to := math.Asin(max(-1, min(1, math.Sin(lat)*math.Cos(arc)+math.Cos(lat)*math.Sin(arc)*math.Cos(bearing))))
		turned := math.Atan2(math.Sin(bearing)*math.Sin(arc)*math.Cos(lat), math.Cos(arc)-math.Sin(lat)*math.Sin(to))
		ring[k] = incident.Point{Lat: to / degree, Lon: wrap(around.Lon + turned/degree)}
	}
	return ring
}

// Closed yields the closed line through positions that are near one another, edge by edge, in cells. Where the map ends at the line opposite
// its middle, an edge that crosses that line is yielded at both sides of the map, and none goes across it.
func (p Projection) Closed(line []incident.Point, edge func(x0, y0, x1, y1 float64)) {
	if len(line) == 0 {
		return
	}
	turn := 360 * p.wide()
	x0, y0 := p.Cell(line[0])
	for k, at := range line {
		to := line[(k+1)%len(line)]
		x1, y1 := x0+wrap(to.Lon-at.Lon)*p.wide(), p.line(to.Lat)
		for _, off := range [...]float64{-turn, 0, turn} {
			if math.Abs((x0+x1)/2+off-float64(p.Width)/2) <= (turn+math.Abs(x1-x0))/2 {
				edge(x0+off, y0, x1+off, y1)
			}
		}
		x0, y0 = x1, y1
	}
}

// winds are the sixteen directions of the compass, clockwise from the north.
var winds = [16]string{"N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"}

// Bearing is the direction in which one sets out from a to b by the shortest way, as a point of the compass.
func Bearing(a, b incident.Point) string {
	const degree = math.Pi / 180
	turn := wrap(b.Lon-a.Lon) * degree
	y := math.Sin(turn) * math.Cos(b.Lat*degree)
	x := math.Cos(a.Lat*degree)*math.Sin(b.Lat*degree) - math.Sin(a.Lat*degree)*math.Cos(b.Lat*degree)*math.Cos(turn)
	n := int(math.Round(math.Atan2(y, x)/(2*math.Pi)*16)) + 16
	return winds[n%16]
}

// IsClosest reports whether the outlines are good for nothing closer.
func (p Projection) IsClosest() bool { return p.Scale >= closest }
