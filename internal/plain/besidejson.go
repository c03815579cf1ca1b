package plain

import (
	"vigil/internal/background"
	"vigil/internal/country"
	"vigil/internal/level"
	"vigil/internal/picture"
)

// What stands beside the incidents and levels of a country, and enters none of their figures.

type advisoryJSON struct {
	Authority string   `json:"authority"`
	Scheme    string   `json:"scheme"`
	Level     *int     `json:"level"` // null where the scheme has none
	Max       *int     `json:"max"`
	Label     *string  `json:"label"`
	Statuses  []string `json:"statuses"`
	Updated   *string  `json:"updated"`
	Link      *string  `json:"link"`
}

// backgroundJSON is how many events of a kind a publisher counted in a period.
type backgroundJSON struct {
	Authority  string  `json:"authority"`
	Kind       string  `json:"kind"`
	From       *string `json:"from"`
	To         *string `json:"to"`
	Events     *int    `json:"events"`
	Fatalities *int    `json:"fatalities"`
}

func advisories(v picture.View, c country.Code) []advisoryJSON {
	out := []advisoryJSON{}
	for _, a := range v.Advisories(c) {
		out = append(out, advisoryOf(&a))
	}
	return out
}

func advisoryOf(a *level.Advisory) advisoryJSON {
	j := advisoryJSON{
		Authority: a.Authority.String(), Scheme: a.Scheme.String(), Level: known(a.Level, a.Level > 0), Max: known(a.Max, a.Max > 0),
		Label: text(a.Label), Statuses: []string{}, Updated: moment(a.Updated), Link: text(a.Link),
	}
	for _, s := range a.Statuses {
		j.Statuses = append(j.Statuses, s.String())
	}
	return j
}

func backgrounds(v picture.View, c country.Code) []backgroundJSON {
	out := []backgroundJSON{}
	for _, r := range v.Background(c) {
		out = append(out, backgroundJSON{
			r.Authority.String(), r.Kind.String(), stamp(r.Period.Start), stamp(r.Period.End),
			known(r.Events, r.Events != background.Uncounted), known(r.Fatalities, r.Fatalities != background.Uncounted),
		})
	}
	return out
}

type advisoryLine struct {
	lineJSON `json:",inline"`
	Country  string        `json:"country"`
	From     *advisoryJSON `json:"from"` // null: there was none
	To       *advisoryJSON `json:"to"`   // null: there is none any more
}

func advisoryChange(head lineJSON, c *level.AdvisoryChange) *advisoryLine {
	out := &advisoryLine{lineJSON: head, Country: c.Of().Country.Alpha3()}
	for _, side := range []struct {
		a  *level.Advisory
		to **advisoryJSON
	}{{c.From, &out.From}, {c.To, &out.To}} {
		if side.a != nil {
			j := advisoryOf(side.a)
			*side.to = &j
		}
	}
	return out
}
