package feed

import (
	"slices"

	"vigil/internal/geo"
	"vigil/internal/incident"
)

// MaxInferred is how far what a record is about may reach, in kilometres, for the country of its middle to be told: an area
// of an ocean has none. That in which the Philippines watch cyclones reaches 1,209.
const MaxInferred = 1500

// Infer gives an incident whose record states no country the one that its position is in, marked as inferred.
// Where it is not determined whose a place is, the incident concerns each country in question. A position on the
// high seas gives none, nor does one that stands for more than [MaxInferred]. What the record states is never changed, also where the position contradicts it.
func Infer(i *incident.Incident) {
	if len(i.Countries) > 0 || !i.HasPoint || i.Accuracy > MaxInferred {
		return
	}
	if c, ok := geo.At(i.Point); ok {
		i.Countries = append(i.Countries, c)
	} else {
		i.Countries = append(i.Countries, geo.Undetermined(i.Point)...)
	}
	slices.Sort(i.Countries)
	i.Inferred = i.Inferred || len(i.Countries) > 0
}
