package picture

import (
	"slices"

	"vigil/internal/country"
)

// SayIn tells of each source whether it has a say in any of the countries: it would report of one, or has told of one. A source
// that cannot be read, or was not read to its end, has one, because it may; so has one with restricted records, positions or
// background rates, of which the country is not asked here.
func (v View) SayIn(countries []country.Code) func(*Source) bool {
	among := func(c country.Code) bool { return slices.Contains(countries, c) }
	told := map[string]bool{}
	for i := range v.p.advisories {
		if a := &v.p.advisories[i]; among(a.Country) {
			told[a.Source.String()] = true
		}
	}
	if len(countries) > 0 {
		for id := range v.Incidents() {
			f, _ := v.Facts(id)
			if f.Hidden() { // where it was is not told, neither by what is listed
				told[f.Source().String()] = true
				continue
			}
			if !slices.ContainsFunc(f.Countries(), among) {
				continue
			}
			for i := range v.p.sources {
				if name := v.p.sources[i].Info.Name.String(); !told[name] && f.From(name) {
					told[name] = true
				}
			}
		}
	}
	return func(s *Source) bool {
		p := &s.Info.Profile
		covers := p.Covers != 0 && (len(p.Countries) == 0 || slices.ContainsFunc(p.Countries, among))
		mute := s.Unread || s.Facts.LastSuccess.IsZero() || s.ProblemsTotal > 0 && s.Counts.Rejected > 0
		return covers || mute || told[s.Info.Name.String()] || s.Counts.Positions+s.Counts.Aggregates > 0
	}
}
