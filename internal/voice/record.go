package voice

import (
	"slices"

	"vigil/internal/incident"
	"vigil/internal/saying"
)

// byMember are the members of a native record that say something of a field. Members without one cannot be reported.
var byMember = map[string]Field{
	"act": Act, "threat": Threat, "target": Target, "country": Country, "countries": Country, "admin1": Admin1, "place": Place,
	"lat": Position, "lon": Position, "occurred": When, "source": Source, "grade": Grade, "verification": Verification, "affected": People,
	"severity": Severity, "handling": Handling, "holder": Holder, "actor": Actor, "means": Means, "title": Title, "details": Details,
}

// notTaken are members that are the desk's own to write.
var notTaken = []string{"id", "version", "type", "reported", "status"}

// Take takes what a record says in the members named.
func (r *Report) Take(i *incident.Incident, members []string) error {
	for _, name := range members {
		f, is := byMember[name]
		switch {
		case !is && slices.Contains(notTaken, name):
			continue
		case !is:
			return saying.Errorf("%q %s: a report has no such member", name, ErrField)
		}
		copyField[f](&r.says, i)
		if f == Source {
			r.says.Identity.Authority = i.Identity.Authority
		}
		if r.said == nil {
			r.said = map[Field]bool{}
		}
		r.said[f] = true
	}
	return nil
}
