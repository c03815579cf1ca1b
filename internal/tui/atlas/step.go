package atlas

import (
	"cmp"
	"math"
	"slices"

	"vigil/internal/country"
	"vigil/internal/incident"
)

// Direction is where the cursor is sent.
type Direction uint8

// The directions.
const (
	North Direction = iota
	South
	West
	East
	directions
)

// Opposite leads back.
func (d Direction) Opposite() Direction { return [...]Direction{South, North, East, West}[d] }

// Ways says, for each of some countries, which is the next in each direction: the nearest, where what lies aside seems
// farther than what lies straight ahead, and what has a border in common nearer. Every one of them can be reached from every other.
type Ways struct {
	codes []country.Code
	at    []incident.Point
	next  [][directions]int // −1 where there is none
}

// WaysBetween makes the ways between countries; those without an outline are left out.
func WaysBetween(countries []country.Code) *Ways {
	w := &Ways{}
	for _, c := range countries {
		if p, ok := Label(c); ok && !slices.Contains(w.codes, c) {
			w.codes, w.at = append(w.codes, c), append(w.at, p)
		}
	}
	w.next = make([][directions]int, len(w.codes))
	for i := range w.codes {
		for d := range directions {
			w.next[i][d] = w.nearest(i, d)
		}
	}
	w.mend()
	return w
}

// Next is the country that is next in a direction; false where there is none, or c is not among the countries.
func (w *Ways) Next(c country.Code, d Direction) (country.Code, bool) {
	i := slices.Index(w.codes, c)
	if i < 0 || w.next[i][d] < 0 {
		return country.Unknown, false
	}
	return w.codes[w.next[i][d]], true
}

// cost is how far it seems from i to j when one goes in a direction, +Inf where j is behind; far is how far it is.
func (w *Ways) cost(i, j int, d Direction) (seems, far float64) {
	a, b := w.at[i], w.at[j]
	up := b.Lat - a.Lat
	right := wrap(b.Lon-a.Lon) * math.Cos((a.Lat+b.Lat)/2*math.Pi/180)
	ahead := [directions]float64{North: up, South: -up, West: -right, East: right}[d]
	if ahead <= 0 {
		return math.Inf(1), 0
	}
	far = math.Hypot(up, right)
	return far * (far / ahead) * (far / ahead), far // by the square of the cosine
}

// bordering is how much nearer a neighbour seems: whoever goes east from Senegal expects Mali, and not the middle of what lies behind it.
const bordering = 0.6

// aside is how often the way straight ahead may go into the way there, squared, before nobody would say that it is in that direction: 60° off.
const aside = 4

func (w *Ways) nearest(i int, d Direction) int {
	best, least := -1, math.Inf(1)
	for j := range w.at {
		c, far := w.cost(i, j, d)
		if j == i || c > aside*far {
			continue
		}
		if Borders(w.codes[i], w.codes[j]) {
			c *= bordering
		}
		if c < least {
			best, least = j, c
		}
	}
	return best
}

// reached are those that ways lead to from i; back, those from which ways lead to it.
func (w *Ways) reached(i int, back bool) []bool {
	seen := make([]bool, len(w.at))
	seen[i] = true
	for todo := []int{i}; len(todo) > 0; {
		at := todo[0]
		todo = todo[1:]
		for j := range w.at {
			from, to := at, j
			if back {
				from, to = j, at
			}
			if !seen[j] && slices.Contains(w.next[from][:], to) {
				seen[j] = true
				todo = append(todo, j)
			}
		}
	}
	return seen
}

// way is one that may be laid.
type way struct {
	from, to int
	d        Direction
	cost     float64
}

// mend lays ways to those that none leads to, and from those that none leads away from: the nearest neighbour that can spare one turns
// it there.
func (w *Ways) mend() {
	if len(w.at) == 0 {
		return
	}
	for _, back := range []bool{false, true} {
		for range w.at {
			seen := w.reached(0, back)
			if !slices.Contains(seen, false) || !w.lay(seen, back) {
				break
			}
		}
	}
}

// lay lays the cheapest way by which one more is reached and none is lost.
func (w *Ways) lay(seen []bool, back bool) bool {
	var ways []way
	for i := range w.at {
		for j := range w.at {
			from, to := i, j
			if back {
				from, to = j, i
			}
			if !seen[i] || seen[j] {
				continue
			}
			for d := range directions {
				if c, _ := w.cost(from, to, d); !math.IsInf(c, 1) {
					ways = append(ways, way{from, to, d, c})
				}
			}
		}
	}
	slices.SortFunc(ways, func(a, b way) int { return cmp.Compare(a.cost, b.cost) })
	for _, n := range ways {
		was := w.next[n.from][n.d]
		w.next[n.from][n.d] = n.to
		if keeps(seen, w.reached(0, back)) && (!back || !slices.Contains(w.reached(0, false), false)) {
			return true
		}
		w.next[n.from][n.d] = was
	}
	return false
}

// keeps reports whether all that were reached still are.
func keeps(before, now []bool) bool {
	for i := range before {
		if before[i] && !now[i] {
			return false
		}
	}
	return true
}
