package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"vigil/internal/country"
)

// outlineScale is how many units a degree has in outlines.bin: 110 m each. Package geo reads them with the same.
const outlineScale = 1000

// tolerance is how far a simplified outline may be from that of the source, in degrees: 3.3 km.
const tolerance = 0.03

// outlines are the rings of each country, in units of outlineScale.
type outlines map[country.Code][][]vertex

// named are the shapes of the source that have no number of ISO 3166. Those that are left out are reefs and
// banks without inhabitants, claimed by several.
var named = map[string]country.Code{
	"Kosovo": country.XKX, "Somaliland": country.SOM, "N. Cyprus": country.CYP, "Cyprus U.N. Buffer Zone": country.CYP, "Akrotiri": country.CYP,
	"Dhekelia": country.CYP, "USNB Guantanamo Bay": country.CUB, "Siachen Glacier": country.IND, "Baikonur": country.KAZ, "Indian Ocean Ter.": country.AUS,
	"Coral Sea Is.": country.AUS, "Clipperton I.": country.FRA,
	"Spratly Is.": country.Unknown, "Bajo Nuevo Bank": country.Unknown, "Serranilla Bank": country.Unknown, "Scarborough Reef": country.Unknown,
}

// makeOutlines makes the outline of every country. The source counts territories to the state that they belong to, and
// some places to who controls them: the borders tell whose a ring is.
func makeOutlines(b *borders, t *topology) (outlines, error) {
	all, err := t.outlines(b)
	if err != nil {
		return nil, err
	}
	for c, rings := range all {
		all[c] = withoutIslets(rings)
	}
	// The Vatican is less than a unit of the source: it is drawn by its borders.
	all[country.VAT] = b.outline(country.VAT)
	var missing []string
	for _, c := range country.All() {
		if len(all[c]) == 0 {
			missing = append(missing, c.Alpha3())
		}
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("no outline of %s", strings.Join(missing, ", "))
	}
	return all, nil
}

// outline is the borders of a country as an outline.
func (b *borders) outline(c country.Code) [][]vertex {
	var rings [][]vertex
	for _, p := range b.places {
		if p.code != c {
			continue
		}
		for _, ring := range p.rings {
			degrees := make([][2]float64, len(ring))
			for i, v := range ring {
				degrees[i] = [2]float64{float64(v.x) / scale, float64(v.y) / scale}
			}
			rings = append(rings, quantiseOutline(degrees))
		}
	}
	return rings
}

// withoutIslets leaves out islands of less than islet degrees that only a country of larger ones has.
func withoutIslets(rings [][]vertex) [][]vertex {
	const islet, large = outlineScale / 10, outlineScale
	size := func(ring []vertex) int32 {
		low, high := ring[0], ring[0]
		for _, v := range ring {
			low, high = vertex{min(low.x, v.x), min(low.y, v.y)}, vertex{max(high.x, v.x), max(high.y, v.y)}
		}
		return max(high.x-low.x, high.y-low.y)
	}
	if !slices.ContainsFunc(rings, func(r []vertex) bool { return size(r) > large }) {
		return rings
	}
	return slices.DeleteFunc(rings, func(r []vertex) bool { return size(r) < islet })
}

func (t *topology) outlines(b *borders) (outlines, error) {
	all := make(outlines)
	for _, s := range t.countries {
		c, ok := named[s.name]
		if s.id != "" {
			c, ok = country.Parse(s.id)
		}
		if !ok {
			return nil, fmt.Errorf("outlines: %q of number %q is no country", s.name, s.id)
		}
		if !c.Known() {
			continue
		}
		for _, arcs := range s.rings {
			for _, part := range cutAtAntimeridian(t.ring(arcs)) {
				for owner, ring := range divide(b, c, part) {
					if ring := quantiseOutline(ring); len(ring) > 2 {
						all[owner] = append(all[owner], ring)
					}
				}
			}
		}
	}
	return all, nil
}

// sahara is the latitude of the border between Morocco and Western Sahara.
const sahara = 27.667

// divide gives a ring, that the source counts to c, to whom the United Nations do.
func divide(b *borders, c country.Code, ring [][2]float64) map[country.Code][][2]float64 {
	if c == country.MAR {
		return map[country.Code][][2]float64{
			country.MAR: clip(ring, func(p [2]float64) float64 { return p[1] - sahara }),
			country.ESH: clip(ring, func(p [2]float64) float64 { return sahara - p[1] }),
		}
	}
	place := b.around(middle(ring))
	switch {
	case place == nil:
	case place.name == "Crimea":
		c = country.UKR
	case place.sovereign == c && place.code.Known():
		c = place.code
	}
	return map[country.Code][][2]float64{c: ring}
}

// middle is a point inside a ring: of a row through it, the middle of the longest part inside.
func middle(ring [][2]float64) [2]float64 {
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range ring {
		low, high = min(low, p[1]), max(high, p[1])
	}
	y := low + (high-low)*0.4999
	var across []float64
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if (a[1] > y) != (b[1] > y) {
			across = append(across, a[0]+(y-a[1])*(b[0]-a[0])/(b[1]-a[1]))
		}
	}
	slices.Sort(across)
	best, x := -1.0, ring[0][0]
	for i := 0; i+1 < len(across); i += 2 {
		if w := across[i+1] - across[i]; w > best {
			best, x = w, (across[i]+across[i+1])/2
		}
	}
	return [2]float64{x, y}
}

// around is the place that a point is in; nil on the high seas.
func (b *borders) around(p [2]float64) *place {
	x, y := p[0]*scale, p[1]*scale
	for i := range b.places {
		inside := false
		for _, ring := range b.places[i].rings {
			for k, a := range ring {
				c := ring[(k+1)%len(ring)]
				if (float64(a.y) > y) != (float64(c.y) > y) && x < float64(a.x)+(y-float64(a.y))*float64(c.x-a.x)/float64(c.y-a.y) {
					inside = !inside
				}
			}
		}
		if inside {
			return &b.places[i]
		}
	}
	return nil
}

// cutAtAntimeridian divides a ring that crosses 180°, so that each part can be drawn on a flat map. A ring around a
// pole is led along the edge of the map.
func cutAtAntimeridian(ring [][2]float64) [][][2]float64 {
	line := [][2]float64{ring[0]}
	west, east := ring[0][0], ring[0][0]
	for i := range ring {
		next := ring[(i+1)%len(ring)]
		next[0] = line[i][0] + math.Remainder(next[0]-ring[i][0], 360)
		west, east = min(west, next[0]), max(east, next[0])
		line = append(line, next)
	}
	if turn := line[len(line)-1][0] - line[0][0]; math.Abs(turn) > 180 {
		pole := math.Copysign(90, line[0][1])
		line = append(line, [2]float64{line[len(line)-1][0], pole}, [2]float64{line[0][0], pole})
	} else {
		line = line[:len(line)-1]
	}
	var parts [][][2]float64
	for shift := -360.0; shift <= 360; shift += 360 {
		if west >= 180+shift || east <= -180+shift {
			continue
		}
		part := clip(line, func(p [2]float64) float64 { return p[0] - (-180 + shift) })
		part = clip(part, func(p [2]float64) float64 { return 180 + shift - p[0] })
		for i := range part {
			part[i][0] -= shift
		}
		if len(part) > 2 {
			parts = append(parts, part)
		}
	}
	return parts
}

// clip keeps of a ring what is on the side where f, which is linear, is not negative: the algorithm of Sutherland and
// Hodgman.
func clip(ring [][2]float64, f func([2]float64) float64) [][2]float64 {
	var kept [][2]float64
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		fa, fb := f(a), f(b)
		if fa >= 0 {
			kept = append(kept, a)
		}
		if (fa > 0 && fb < 0) || (fa < 0 && fb > 0) {
			t := fa / (fa - fb)
			kept = append(kept, [2]float64{a[0] + t*(b[0]-a[0]), a[1] + t*(b[1]-a[1])})
		}
	}
	return kept
}

func quantiseOutline(ring [][2]float64) []vertex {
	var all []vertex
	for _, c := range ring {
		v := vertex{int32(math.Round(c[0] * outlineScale)), int32(math.Round(c[1] * outlineScale))}
		if len(all) == 0 || v != all[len(all)-1] {
			all = append(all, v)
		}
	}
	for len(all) > 1 && all[0] == all[len(all)-1] {
		all = all[:len(all)-1]
	}
	return all
}

// encode is the rings, each with the ISO 3166 number of its country.
func (o outlines) encode() []byte {
	var out []byte
	for _, c := range country.All() {
		for _, ring := range o[c] {
			out = appendRing(out, c.Numeric(), ring)
		}
	}
	return out
}
