package app

import (
	"slices"
	"strings"

	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/picture"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

// everywhere warns of sources that nobody limits to some countries, and that tell of some home countries only: the silence of
// a radio room in one country would be taken for calm in the others. A format that speaks for itself, such as AWSD, is meant
// to look everywhere.
func (h *hub) everywhere(v picture.View) []problem.Problem {
	home := h.config.Countries
	if len(home) < 2 {
		return nil
	}
	told := map[string]map[country.Code]bool{}
	for id := range v.Incidents() {
		f, ok := v.Facts(id)
		if !ok || f.Hidden() {
			continue
		}
		name := f.Source().String()
		if told[name] == nil {
			told[name] = map[country.Code]bool{}
		}
		for _, c := range f.Countries() {
			told[name][c] = true
		}
	}
	var list []problem.Problem
	for s := range v.Sources() {
		name := s.Info.Name.String()
		fs := h.feeds[name]
		if fs == nil || fs.format == nil || fs.format.Authority != "" || fs.profile.Covers == 0 || len(fs.profile.Countries) > 0 || fs.profile.Memory == health.Extract {
			continue
		}
		var of, others []string
		for _, c := range home {
			if told[name][c] {
				of = append(of, c.String())
			} else {
				others = append(others, c.String())
			}
		}
		if len(of) == 0 || len(others) == 0 {
			continue
		}
		slices.Sort(of)
		slices.Sort(others)
		p := problem.Problem{File: s.Info.Where(), Warning: true, Message: safetext.Clean(
			"it covers every country by default, and its records are of " + strings.Join(of, " ") + " alone of the home countries: write countries = [" + quoted(of) +
				"] into a [[source]] of it if it looks nowhere else, or 0 is shown for " + strings.Join(others, " ") + " where nobody looked")}
		list = append(list, p)
	}
	return list
}

// quoted are words as a list of TOML has them.
func quoted(words []string) string { return `"` + strings.Join(words, `", "`) + `"` }
