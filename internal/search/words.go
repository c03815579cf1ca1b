package search

import (
	"slices"
	"strings"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/query"
)

// everyone is the cut of all people affected.
var everyone = incident.Cut{}

// Has answers for the coded fields. Values are canonical, as [Vocabulary] gives them.
func (r *row) Has(f query.Field, value string) query.Tri {
	s := r.get()
	if f == query.FieldSource {
		return query.Of(value == s.Source.String())
	}
	if s.Restricted {
		return said(value == query.Unknown, false)
	}
	switch f {
	case query.FieldCountry:
		if len(s.Countries) == 0 {
			return said(value == query.Unknown, false)
		}
		return query.Of(slices.ContainsFunc(s.Countries, func(c country.Code) bool { return c.Alpha3() == value }))
	case query.FieldAct:
		return has(value, s.Act.Value.String(), s.Act.Unlisted() || s.Act.Value == incident.ActUnknown)
	case query.FieldThreat:
		return has(value, s.Threat.Value.String(), s.Threat.Unlisted() || s.Threat.Value == incident.ThreatUnknown)
	case query.FieldVerification:
		return has(value, s.Verified.Value.String(), s.Verified.Unlisted())
	case query.FieldHandling:
		return r.handling(value)
	case query.FieldStaff:
		return staff(value, s)
	default:
		return query.Maybe
	}
}

// handling is asked for rarely enough to fetch the whole record for it.
func (r *row) handling(value string) query.Tri {
	d, ok := r.view.Detail(r.id)
	if !ok || d.Shown.Incident == nil {
		return said(value == query.Unknown, false)
	}
	h := d.Shown.Incident.Handling
	return has(value, h.Value.String(), h.Unlisted() || h.Value == incident.HandlingUnstated)
}

func staff(value string, s *picture.Row) query.Tri {
	count := s.National
	switch value {
	case query.Unknown:
		return query.Of(!s.National.Known && !s.Foreign.Known)
	case incident.International.String():
		count = s.Foreign
	}
	if !count.Known {
		return query.Maybe
	}
	return query.Of(count.N > 0)
}

// has compares a value with what the record says, which may be nothing.
func has(value, have string, unknown bool) query.Tri {
	if unknown || value == query.Unknown {
		return said(value == query.Unknown, !unknown)
	}
	return query.Of(value == have)
}

// said answers for a field that the record does or does not speak of.
func said(askedUnknown, speaks bool) query.Tri {
	switch {
	case askedUnknown:
		return query.Of(!speaks)
	case speaks:
		return query.No
	default:
		return query.Maybe
	}
}

// Vocabulary is what may be written in a query about v: the countries of the picture before all others, the
// acts, and the sources by their names. It belongs to v and is safe for concurrent use.
func Vocabulary(v picture.View) query.Vocabulary {
	countries := countryWords(v)
	sources := sourceNames(v)
	return query.Vocabulary{
		Values: func(f query.Field) []string {
			switch f {
			case query.FieldCountry:
				return countries
			case query.FieldAct:
				return incident.ActWords()
			case query.FieldSource:
				return sources
			default:
				return nil
			}
		},
		Resolve: func(f query.Field, s string) (string, bool) {
			switch f {
			case query.FieldCountry:
				c, ok := country.Parse(s)
				return c.Alpha3(), ok
			case query.FieldAct:
				a := incident.ParseAct(s)
				return a.Value.String(), !a.Unlisted()
			case query.FieldSource:
				return named(sources, s)
			default:
				return "", false
			}
		},
	}
}

func countryWords(v picture.View) []string {
	var words []string
	if !v.IsZero() {
		for c := range v.Countries() {
			words = append(words, c.Code.Alpha3())
		}
	}
	shown := len(words)
	for _, c := range country.All() {
		if !slices.Contains(words[:shown], c.Alpha3()) {
			words = append(words, c.Alpha3())
		}
	}
	return words
}

func sourceNames(v picture.View) []string {
	var names []string
	if v.IsZero() {
		return names
	}
	for s := range v.Sources() {
		names = append(names, s.Info.Name.String())
	}
	return names
}

// named finds a source by its name: as written, else without regard to case and to the difference of
// space, hyphen and underscore.
func named(names []string, s string) (string, bool) {
	if slices.Contains(names, s) {
		return s, true
	}
	fold := strings.NewReplacer(" ", "_", "-", "_")
	key := fold.Replace(query.Fold(strings.TrimSpace(s)))
	for _, n := range names {
		if fold.Replace(query.Fold(n)) == key {
			return n, true
		}
	}
	return "", false
}
