package plain

import (
	"slices"
	"strings"
	"time"

	"vigil/internal/calendar"
	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/picture"
)

// dueJSON is something that is expected. From and to are instants, or dates where all_day is true: then to is
// the last of them.
type dueJSON struct {
	Kind      string   `json:"kind"`
	Title     string   `json:"title"`
	State     string   `json:"state"`
	From      *string  `json:"from"`
	To        *string  `json:"to"` // null where it has no duration
	AllDay    bool     `json:"all_day"`
	Recurs    bool     `json:"recurs"`
	Countries []string `json:"countries"`
	Area      *string  `json:"area"`
	Source    *string  `json:"source"`
	Line      *int     `json:"line"`
	Alarm     *string  `json:"alarm"` // that a flash report is about, or that rings again then: A17
}

// duesOf lists what is due, in the order of the plan; of only these countries, or of all.
func duesOf(v picture.View, only []country.Code) []dueJSON {
	out := []dueJSON{}
	for _, d := range dues(v, only) {
		j := dueOf(&d)
		if a, ok := v.Duty().Alarm(d.Alarm); ok {
			j.Alarm = word(a.Called())
		}
		out = append(out, j)
	}
	return out
}

func dueOf(d *picture.Due) dueJSON {
	j := dueJSON{
		Kind: d.Kind, Title: d.Title.OneLine().String(), State: d.State.String(), From: stamp(d.Start),
		AllDay: d.AllDay, Recurs: d.Recurs, Countries: []string{}, Area: text(d.Area), Source: text(d.Source),
		Line: known(d.Origin.Line, d.Origin.Line > 0),
	}
	if d.End.After(d.Start) {
		j.To = stamp(d.End)
	}
	if d.AllDay {
		j.From, j.To = word(d.From.Format(time.DateOnly)), word(d.To.AddDate(0, 0, -1).Format(time.DateOnly))
	}
	for _, c := range d.Countries {
		j.Countries = append(j.Countries, c.String())
	}
	return j
}

func dues(v picture.View, only []country.Code) []picture.Due {
	return slices.DeleteFunc(v.Due(), func(d picture.Due) bool {
		return len(only) > 0 && !slices.ContainsFunc(d.Countries, func(c country.Code) bool { return slices.Contains(only, c) })
	})
}

// due says what is overdue, under way or to come within a week.
func (s *status) due(only []country.Code) {
	const within = 7 * 24 * time.Hour
	now := s.v.Valid()
	for _, d := range dues(s.v, only) {
		if d.Level || d.State > calendar.Expected || d.Start.After(now.Add(within)) {
			continue
		}
		var words []string
		for _, w := range []string{figure.Plain.DueState(&d, now), figure.Plain.DueWhen(&d, now), figure.Plain.DueLocal(&d, now), figure.Plain.DueCountry(&d), d.Kind, figure.Plain.DueWhat(&d)} {
			if w != "" {
				words = append(words, w)
			}
		}
		s.say("due: " + s.l.clean(strings.Join(words, "  ")))
	}
}
