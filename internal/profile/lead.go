package profile

import "slices"

// SecurityLead is the function that shipped alarm rules tell beside any call tree: of what is restricted, and of a watch that was taken over.
const SecurityLead = "security lead"

// Lead is a profile of no country with the security leads of all: whom to tell of what is of none. Of two with one call sign the first
// counts. It is nil where there are none.
func (s Set) Lead() *Profile {
	lead := &Profile{}
	signs := map[string]bool{}
	for _, p := range s {
		for i := range p.Contacts {
			c := p.Contacts[i]
			sign := Fold(c.CallSign.String())
			if Fold(c.Function.String()) != SecurityLead || sign != "" && signs[sign] {
				continue
			}
			signs[sign] = true
			c.Channels = slices.Clone(c.Channels)
			lead.Contacts = append(lead.Contacts, c)
		}
	}
	if len(lead.Contacts) == 0 {
		return nil
	}
	lead.Settle()
	return lead
}
