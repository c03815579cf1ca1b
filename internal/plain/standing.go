package plain

import (
	"slices"
	"strings"
	"unicode"

	"vigil/internal/alarm"
	"vigil/internal/figure"
	"vigil/internal/picture"
)

// Standing is what stands against the picture as a whole: a bad edit whose old state is kept, a file
// that is not used, arrivals that are not recorded. Where there is no screen on which it stays in
// sight, its begin and its end are lines. The zero Standing has told nothing yet.
type Standing struct {
	told []stand
}

// stand is one of them; key is what tells it from another.
type stand struct{ key, text string }

// Changes is what began and what ended to stand between the view of the last call and v, in English.
func (s *Standing) Changes(v picture.View) (began, ended []string) {
	return s.ChangesIn(figure.Plain, v)
}

// ChangesIn is [Standing.Changes] in the language of a hand.
func (s *Standing) ChangesIn(h figure.Hand, v picture.View) (began, ended []string) {
	stands := standing(h, v)
	began, ended = missing(stands, s.told), missing(s.told, stands)
	s.told = stands
	return began, ended
}

// missing is what a has and b has not.
func missing(a, b []stand) (list []string) {
	for _, x := range a {
		if !slices.ContainsFunc(b, func(y stand) bool { return x.key == y.key }) {
			list = append(list, x.text)
		}
	}
	return list
}

// standing is what stands against v. How far the first reading is stands apart: it moves all the time.
func standing(h figure.Hand, v picture.View) (list []stand) {
	d := v.Desk()
	for i := range d.Trouble {
		if english := d.Trouble[i].String(); english != d.Reading.String() {
			list = append(list, stand{english, d.Trouble[i].In(h)})
		}
	}
	for _, t := range v.Notes() {
		if t != d.Reading {
			list = append(list, stand{t.String(), t.String()})
		}
	}
	if d.Waiting > 0 { // how many moves with each that comes, and is not told again
		list = append(list, stand{"waiting", h.Sayf("%s of medium or low severity held back: no more than %s of each ring in an hour", h.Plural(d.Waiting, "alarm"), h.Number(alarm.RateLimit))})
	}
	if !d.Recording.IsZero() { // its counts move with each arrival, and are not told again
		list = append(list, stand{withoutDigits(d.Recording.String()), d.Recording.In(h)})
	}
	return list
}

func withoutDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, s)
}
