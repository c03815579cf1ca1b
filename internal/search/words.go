package search

import (
	"slices"
	"strings"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/query"
)

// Has answers for the coded fields. Values are canonical, as [Vocabulary] gives them.
func (r *row) Has(f query.Field, value string) query.Tri {
	if f == query.FieldSource {
		return query.Of(r.facts.From(value))
	}
	if r.facts.Hidden() {
		return said(value == query.Unknown, false)
	}
	switch f {
	case query.FieldCountry:
		countries := r.facts.Countries()
		if len(countries) == 0 {
			return said(value == query.Unknown, false)
		}
		return query.Of(slices.ContainsFunc(countries, func(c country.Code) bool { return c.Alpha3() == value }))
	case query.FieldAct:
		act, listed := r.facts.Act()
		return has(value, act.String(), !listed || act == incident.ActUnknown)
	case query.FieldThreat:
		threat, listed := r.facts.Threat()
		return has(value, threat.String(), !listed || threat == incident.ThreatUnknown)
	case query.FieldVerification:
		verification, listed := r.facts.Verification()
		return has(value, verification.String(), !listed)
	case query.FieldHandling:
		handling, listed := r.facts.Handling()
		return has(value, handling.String(), !listed || handling == incident.HandlingUnstated)
	case query.FieldClass:
		return query.Of(value == r.facts.Class().String())
	case query.FieldEvent:
		tellings, proposed := r.facts.Tellings()
		return query.Of(value == "proposed" && proposed || value == "merged" && tellings > 1 || value == "single" && tellings == 1 ||
			value == "conflict" && r.facts.Conflict())
	case query.FieldStaff:
		return r.staff(value)
	default:
		return query.Maybe
	}
}

func (r *row) staff(value string) query.Tri {
	n, known := r.facts.Recruited(incident.National)
	foreign, knownForeign := r.facts.Recruited(incident.International)
	switch value {
	case query.Unknown:
		return query.Of(!known && !knownForeign)
	case incident.International.String():
		n, known = foreign, knownForeign
	}
	if !known {
		return query.Maybe
	}
	return query.Of(n > 0)
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
