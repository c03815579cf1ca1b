package plain

import (
	"slices"
	"strings"
	"unicode"

	"vigil/internal/alarm"
	"vigil/internal/figure"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

// Standing is what stands against the picture as a whole: a bad edit whose old state is kept, a file
// that is not used, arrivals that are not recorded. Where there is no screen on which it stays in
// sight, its begin and its end are lines. The zero Standing has told nothing yet.
type Standing struct {
	told []stand
}

// stand is one of them; key is what tells it from another.
type stand struct {
	key  string
	text safetext.Text
}

// Changes is what began and what ended to stand between the view of the last call and v.
func (s *Standing) Changes(v picture.View) (began, ended []safetext.Text) {
	stands := standing(v)
	began, ended = missing(stands, s.told), missing(s.told, stands)
	s.told = stands
	return began, ended
}

// missing is what a has and b has not.
func missing(a, b []stand) (list []safetext.Text) {
	for _, x := range a {
		if !slices.ContainsFunc(b, func(y stand) bool { return x.key == y.key }) {
			list = append(list, x.text)
		}
	}
	return list
}

// standing is what stands against v. How far the first reading is stands apart: it moves all the time.
func standing(v picture.View) (list []stand) {
	d := v.Desk()
	for _, texts := range [...][]safetext.Text{inEnglish(d.Trouble), v.Notes()} {
		for _, t := range texts {
			if t != d.Reading {
				list = append(list, stand{t.String(), t})
			}
		}
	}
	if d.Waiting > 0 { // how many moves with each that comes, and is not told again
		words := figure.Plain.Plural(d.Waiting, "alarm") + " of medium or low severity held back: no more than " + figure.Plain.Number(alarm.RateLimit) + " of each ring in an hour"
		list = append(list, stand{"waiting", safetext.Clean(words)})
	}
	if !d.Recording.IsZero() { // its counts move with each arrival, and are not told again
		list = append(list, stand{withoutDigits(d.Recording.String()), safetext.Clean(d.Recording.String())})
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
