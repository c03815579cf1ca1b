package sight

import "github.com/lucasb-eyer/go-colorful"

// Vision is what cones an eye has.
type Vision uint8

// The visions. The lack of one kind of cone is the worst case: who has it and sees with it differently (the far more frequent
// anomalous trichromacy) sees at least as much.
const (
	Trichromacy  Vision = iota // all three
	Protanopia                 // no long-wave cones: red is dark, and like green
	Deuteranopia               // no middle-wave cones: red is like green
	Tritanopia                 // no short-wave cones: blue is like green, yellow like pink
)

// Visions is every vision.
func Visions() []Vision { return []Vision{Trichromacy, Protanopia, Deuteranopia, Tritanopia} }

func (v Vision) String() string {
	return [...]string{"trichromacy", "protanopia", "deuteranopia", "tritanopia"}[v]
}

type matrix [3][3]float64

func (m *matrix) times(r, g, b float64) (x, y, z float64) {
	return m[0][0]*r + m[0][1]*g + m[0][2]*b, m[1][0]*r + m[1][1]*g + m[1][2]*b, m[2][0]*r + m[2][1]*g + m[2][2]*b
}

// The matrices are in linear sRGB, with the cones of Smith and Pokorny (1975): for red and green those of Viénot, Brettel and
// Mollon, "Digital Video Colourmaps for Checking the Legibility of Displays by Dichromats" (1999); for blue the two half-planes of
// Brettel, Viénot and Mollon, "Computerized Simulation of Color Appearance for Dichromats" (1997), because the method of 1999 does not hold
// there. The figures are those of DaltonLens (libDaltonLens, in the public domain), which worked both out for sRGB.
var (
	protan = matrix{{0.11238, 0.88762, 0}, {0.11238, 0.88762, 0}, {0.00401, -0.00401, 1}}
	deutan = matrix{{0.29275, 0.70725, 0}, {0.29275, 0.70725, 0}, {-0.02234, 0.02234, 1}}
	// Of a tritanope, on this side of the plane and beyond it.
	tritanNear  = matrix{{1.01277, 0.13548, -0.14826}, {-0.01243, 0.86812, 0.14431}, {0.07589, 0.80500, 0.11911}}
	tritanFar   = matrix{{0.93678, 0.18979, -0.12657}, {0.06154, 0.81526, 0.12320}, {-0.37562, 1.12767, 0.24796}}
	tritanPlane = [3]float64{0.03901, -0.02788, -0.01113}
)

// See is how an eye of that vision sees a colour.
func (v Vision) See(c colorful.Color) colorful.Color {
	r, g, b := c.LinearRgb()
	var m *matrix
	switch v {
	case Protanopia:
		m = &protan
	case Deuteranopia:
		m = &deutan
	case Tritanopia:
		m = &tritanFar
		if tritanPlane[0]*r+tritanPlane[1]*g+tritanPlane[2]*b >= 0 {
			m = &tritanNear
		}
	default:
		return c
	}
	return colorful.LinearRgb(m.times(r, g, b)).Clamped()
}

// As is a look as an eye of that vision sees it.
func (l Look) As(v Vision) Look {
	l.Ink, l.Paper = v.See(l.Ink), v.See(l.Paper)
	return l
}
