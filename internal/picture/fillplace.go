package picture

import (
	"slices"

	"vigil/internal/correlate"
	"vigil/internal/country"
	"vigil/internal/geo"
	"vigil/internal/incident"
)

// Of where something happened only what surely is of one place is put together: a place of one telling with the position of another
// would point at a third.

// wantsCountries: where the lead names none at all.
func (f *filling) wantsCountries(o *other) bool {
	return len(f.said.Countries) == 0 && len(f.said.CountryText) == 0 && len(o.Countries) > 0 && !f.elsewhere(o)
}

// wantsPosition: with how far it may be off.
func (f *filling) wantsPosition(o *other) bool {
	return !f.said.HasPoint && o.HasPoint && o.Point.Valid() && f.here(o)
}

// misplaces reports whether position and countries contradict each other.
func (f *filling) misplaces(with *incident.Incident) bool { return misplaced(with) }

// here reports whether another speaks of the same place, by the most exact that both say; of a place that is said more exactly than
// both do, that cannot be told. Where the lead says no more than the country, the other's place is taken as the place.
func (f *filling) here(o *other) bool {
	said := &f.said
	if len(said.Countries) == 0 && len(said.CountryText) > 0 || !among(o.Countries, said.Countries) || f.elsewhere(o) {
		return false
	}
	switch {
	case said.HasPoint && o.HasPoint:
		return true // near each other, else it were elsewhere
	case !said.Place.IsZero() && !o.Place.IsZero():
		return true
	case said.HasPoint || !said.Place.IsZero():
		return false
	case !said.Admin1.IsZero():
		return !o.Admin1.IsZero()
	default:
		return true
	}
}

// elsewhere reports whether what both say of the place contradicts each other. Of names, those of positions near each other may
// differ: one is that of the town, the other of the market.
func (f *filling) elsewhere(o *other) bool {
	said := &f.said
	if said.HasPoint && o.HasPoint {
		return geo.Distance(said.Point, o.Point) > extent(said)+extent(o.Incident)
	}
	differ := func(a, b string) bool { return a != "" && b != "" && !correlate.SameName(a, b) }
	return differ(said.Place.String(), o.Place.String()) || differ(said.Admin1.String(), o.Admin1.String())
}

// extent is how far from its position something may have happened, in kilometres.
func extent(i *incident.Incident) float64 {
	if i.Accuracy > 0 {
		return i.Accuracy
	}
	return placeExtent
}

// among reports whether each of some countries is one of others; of none that can be said only where there are no others either.
func among(some, others []country.Code) bool {
	return (len(some) > 0 || len(others) == 0) && !slices.ContainsFunc(some, func(c country.Code) bool { return !slices.Contains(others, c) })
}
