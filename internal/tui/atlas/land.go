package atlas

import (
	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/tui/canvas"
)

// AreaOf is whose dots are a country's.
func AreaOf(c country.Code) canvas.Area { return canvas.Area(c) }

// Land gives every dot of a map to the country that it is in. An island that is smaller than a dot has one where the sea was; a country
// whose place is on the map has one in any case, as long as its neighbours can spare one. On a map of the world Antarctica has no more: what of it
// is north of the map's lower border would be a line and nothing else.
func Land(p Projection, d canvas.Dots) *canvas.Raster {
	r := canvas.NewRaster(d, p.Width, p.Height)
	gx, gy := d.Grid()
	for _, c := range bySize() {
		if c == country.ATA && p.IsWorld() {
			continue
		}
		var specks [][2]int
		p.edges(c, r.Edge, func(x, y float64) { specks = append(specks, [2]int{int(x * float64(gx)), int(y * float64(gy))}) })
		r.Fill(AreaOf(c))
		for _, s := range specks {
			if r.Owner(s[0], s[1]) == 0 {
				r.Dot(s[0], s[1], AreaOf(c))
			}
		}
	}
	held := make([]int, len(country.All())+1)
	across, down := r.Size()
	for y := range down {
		for x := range across {
			held[r.Owner(x, y)]++
		}
	}
	for _, c := range bySize() {
		if at, _ := Label(c); held[c] == 0 && p.Sees(at, 0) {
			rescue(r, p, c, at, held)
		}
	}
	return r
}

// rescue gives a country the nearest dot that is not the last of another.
func rescue(r *canvas.Raster, p Projection, c country.Code, at incident.Point, held []int) {
	gx, gy := r.Dots.Grid()
	x, y := p.Cell(at)
	mx, my := int(x*float64(gx)), int(y*float64(gy))
	across, down := r.Size()
	const far = 4 // dots
	for off := range far {
		for dy := -off; dy <= off; dy++ {
			for dx := -off; dx <= off; dx++ {
				px, py := mx+dx, my+dy
				if max(dx, -dx, dy, -dy) != off || px < 0 || py < 0 || px >= across || py >= down {
					continue
				}
				was := r.Owner(px, py)
				if was != 0 && held[was] < 2 {
					continue
				}
				held[was]--
				held[c]++
				r.Dot(px, py, AreaOf(c))
				return
			}
		}
	}
}
