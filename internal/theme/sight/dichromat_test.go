package sight

import (
	"math"
	"testing"
)

// cones are what the cones of Smith and Pokorny make of linear red, green and blue, as Viénot, Brettel and Mollon print it in their paper of 1999.
var cones = matrix{{17.8824, 43.5161, 4.11935}, {3.45565, 27.1554, 3.86714}, {0.0299566, 0.184309, 1.46709}}

// TestMatricesAreThePapers works out again what stands as figures: the response of the cone that is missing follows from the two others, by the
// equations of the paper, and the other two do not change.
func TestMatricesAreThePapers(t *testing.T) {
	for name, c := range map[string]struct{ got, lost matrix }{
		"protanopia":   {protan, matrix{{0, 2.02344, -2.52581}, {0, 1, 0}, {0, 0, 1}}},
		"deuteranopia": {deutan, matrix{{1, 0, 0}, {0.494207, 0, 1.24827}, {0, 0, 1}}},
	} {
		// inverse × lost × cones is the matrix: cones × matrix = lost × cones.
		near(t, name, product(&cones, &c.got), product(&c.lost, &cones), 5e-4)
	}
}

// TestTritanIsProjected: a tritanope's two half-planes leave the long-wave and the middle-wave cones as they are, and greys; they meet in the plane
// that parts them, in which the greys lie.
func TestTritanIsProjected(t *testing.T) {
	for name, half := range map[string]*matrix{"near": &tritanNear, "far": &tritanFar} {
		seen := product(&cones, half)
		seen[2] = cones[2] // the cone that is missing
		near(t, name, seen, cones, 1e-3)
		for i := range half {
			if sum := half[i][0] + half[i][1] + half[i][2]; math.Abs(sum-1) > 2e-5 {
				t.Errorf("%s: white becomes %v of channel %d", name, sum, i)
			}
		}
	}
	for i := range tritanNear {
		for k := range tritanPlane {
			slope := (tritanNear[i][0] - tritanFar[i][0]) / tritanPlane[0]
			if got := (tritanNear[i][k] - tritanFar[i][k]) / tritanPlane[k]; math.Abs(got-slope) > 0.01 {
				t.Errorf("the half-planes do not meet: %v and %v in channel %d", got, slope, i)
			}
		}
	}
	if sum := tritanPlane[0] + tritanPlane[1] + tritanPlane[2]; math.Abs(sum) > 1e-9 {
		t.Errorf("grey lies %v off the plane", sum)
	}
}

func product(a, b *matrix) (c matrix) {
	for i := range a {
		for k := range b {
			c[i][k] = a[i][0]*b[0][k] + a[i][1]*b[1][k] + a[i][2]*b[2][k]
		}
	}
	return c
}

func near(t *testing.T, name string, got, want matrix, within float64) {
	t.Helper()
	for i := range got {
		for k := range got[i] {
			if math.Abs(got[i][k]-want[i][k]) > within {
				t.Errorf("%s: %.5f at %d,%d, want %.5f", name, got[i][k], i, k, want[i][k])
			}
		}
	}
}
