package main

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
)

// topology is a decoded TopoJSON of countries: arcs that neighbours share, and who is made of which.
type topology struct {
	arcs      [][][2]float64
	coarse    [][][2]float64 // arcs simplified to tolerance
	tolerance float64
	countries []shape
}

type shape struct {
	id, name string
	rings    [][]int // of arcs; ^i is arc i from its end
}

func readTopology(file string, data []byte) (*topology, error) {
	var doc struct {
		Transform struct {
			Scale, Translate [2]float64
		} `json:"transform"`
		Arcs    [][][2]float64 `json:"arcs"`
		Objects struct {
			Countries struct {
				Geometries []struct {
					ID         string `json:"id"`
					Type       string `json:"type"`
					Properties struct {
						Name string `json:"name"`
					} `json:"properties"`
					Arcs json.RawMessage `json:"arcs"`
				} `json:"geometries"`
			} `json:"countries"`
		} `json:"objects"`
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	t := new(topology)
	for _, arc := range doc.Arcs {
		var at [2]float64
		points := make([][2]float64, 0, len(arc))
		for _, step := range arc {
			at[0] += step[0]
			at[1] += step[1]
			points = append(points, [2]float64{
				at[0]*doc.Transform.Scale[0] + doc.Transform.Translate[0],
				at[1]*doc.Transform.Scale[1] + doc.Transform.Translate[1],
			})
		}
		t.arcs = append(t.arcs, points)
	}
	for _, g := range doc.Objects.Countries.Geometries {
		s := shape{id: g.ID, name: g.Properties.Name}
		var polygons [][][]int
		var err error
		switch g.Type {
		case "Polygon":
			polygons = make([][][]int, 1)
			err = json.Unmarshal(g.Arcs, &polygons[0])
		case "MultiPolygon":
			err = json.Unmarshal(g.Arcs, &polygons)
		default:
			err = fmt.Errorf("a %s", g.Type)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", file, s.name, err)
		}
		for _, p := range polygons {
			s.rings = append(s.rings, p...)
		}
		t.countries = append(t.countries, s)
	}
	return t, nil
}

// simplify makes coarse of the arcs: without the vertices that are nearer than tolerance degrees to the line through
// what is kept. Neighbours share their arcs, so that no gap opens between them.
func (t *topology) simplify(tolerance float64) {
	t.tolerance = tolerance
	for _, arc := range t.arcs {
		t.coarse = append(t.coarse, simplifyLine(arc, tolerance))
	}
}

// simplifyLine is the algorithm of Ramer, Douglas and Peucker, with degrees of longitude narrowed to what they are at
// the latitude.
func simplifyLine(line [][2]float64, tolerance float64) [][2]float64 {
	if len(line) < 3 {
		return line
	}
	first, last := line[0], line[len(line)-1]
	at, most := 0, 0.0
	for i := 1; i < len(line)-1; i++ {
		if d := offLine(line[i], first, last); d > most {
			at, most = i, d
		}
	}
	if most <= tolerance {
		return [][2]float64{first, last}
	}
	left := simplifyLine(line[:at+1], tolerance)
	return append(left[:len(left)-1:len(left)-1], simplifyLine(line[at:], tolerance)...)
}

// offLine is how far p is from the line from a to b.
func offLine(p, a, b [2]float64) float64 {
	narrow := math.Cos(p[1] * math.Pi / 180)
	bx, by := (b[0]-a[0])*narrow, b[1]-a[1]
	px, py := (p[0]-a[0])*narrow, p[1]-a[1]
	t := 0.0
	if length := bx*bx + by*by; length > 0 {
		t = max(0, min(1, (px*bx+py*by)/length))
	}
	return math.Hypot(px-t*bx, py-t*by)
}

// ring is the closed line of arcs, simplified, without repeating its first point. What would leave less than a rough
// shape, a small island or state, is simplified less.
func (t *topology) ring(arcs []int) [][2]float64 {
	const rough = 6
	line := join(t.coarse, arcs)
	for tolerance := t.tolerance / 2; len(line) < rough && tolerance > t.tolerance/100; tolerance /= 2 {
		raw := join(t.arcs, arcs)
		if line = simplifyLine(append(raw, raw[0]), tolerance); len(line) > 1 {
			line = line[:len(line)-1]
		}
	}
	return line
}

func join(from [][][2]float64, arcs []int) [][2]float64 {
	var line [][2]float64
	for _, i := range arcs {
		var arc [][2]float64
		if i >= 0 {
			arc = slices.Clone(from[i])
		} else {
			arc = slices.Clone(from[^i])
			slices.Reverse(arc)
		}
		if len(line) > 0 {
			arc = arc[1:]
		}
		line = append(line, arc...)
	}
	if len(line) > 1 && line[0] == line[len(line)-1] {
		line = line[:len(line)-1]
	}
	return line
}
