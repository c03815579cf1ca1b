package picture

import (
	"errors"
	"fmt"

	"vigil/internal/correlate"
	"vigil/internal/incident"
)

// ErrUnknownIncident means that an identity names nothing that is in the picture.
var ErrUnknownIncident = errors.New("no such incident in this desk")

// MayChoose reports why a person may not say that incidents tell of one event, or (apart) that the first tells of another than
// the others; nil if they may.
func (s *Store) MayChoose(names []incident.Identity, apart bool) error {
	all := present{s}
	var features []*correlate.Features
	for _, name := range names {
		id, ok := all.Find(name)
		if !ok {
			return fmt.Errorf("%s/%s: %w", name.Authority, name.ID, ErrUnknownIncident)
		}
		i := all.Incident(id)
		if i == nil {
			return fmt.Errorf("%s/%s is cancelled, withdrawn or a report, and tells of no event", name.Authority, name.ID)
		}
		features = append(features, correlate.Of(i))
	}
	if apart {
		return nil
	}
	for i, a := range features {
		for j, b := range features[i+1:] {
			if bar, may := a.Joinable(b); !may {
				return fmt.Errorf("%s/%s and %s/%s: %s", names[i].Authority, names[i].ID, names[i+1+j].Authority, names[i+1+j].ID, bar)
			}
		}
	}
	return nil
}

// Named lists the incidents that are called so: by their id, or by authority/id. What the viewer may not see has no name.
func (v View) Named(name string) []incident.Identity {
	var list []incident.Identity
	for _, id := range v.NamedIDs(name) {
		list = append(list, v.Identity(id))
	}
	return list
}

// NamedIDs is Named by the incidents themselves.
func (v View) NamedIDs(name string) []ID {
	var list []ID
	for id := ID(1); int(id) < blockSize*len(v.p.listed.blocks); id++ {
		if n := v.Identity(id); !n.ID.IsZero() && (n.ID.String() == name || n.Authority.String()+"/"+n.ID.String() == name) {
			list = append(list, id)
		}
	}
	return list
}

// Find is the incident of an identity, as pictures published from now on know it.
func (s *Store) Find(name incident.Identity) (ID, bool) { return s.known(name) }
