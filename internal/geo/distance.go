package geo

import (
	"math"

	"vigil/internal/incident"
)

// earthRadius is the mean radius of the earth in kilometres (IUGG R₁).
const earthRadius = 6371.0088

// Distance is the way from a to b along the surface in kilometres, 0 to about 20,015, the earth taken
// as a sphere: right to 0.6 %, which is far less than reports agree on where something happened. It is the
// same in both directions.
func Distance(a, b incident.Point) float64 {
	const degree = math.Pi / 180
	lat := math.Sin((b.Lat - a.Lat) * degree / 2)
	lon := math.Sin((b.Lon - a.Lon) * degree / 2)
	h := lat*lat + math.Cos(a.Lat*degree)*math.Cos(b.Lat*degree)*lon*lon
	return 2 * earthRadius * math.Asin(math.Sqrt(min(1, h)))
}
