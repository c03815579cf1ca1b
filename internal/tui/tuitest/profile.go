package tuitest

import (
	"time"

	"vigil/internal/incident"
	"vigil/internal/profile"
	"vigil/internal/safetext"
)

// Profile is that of Mali: whom to tell there.
func Profile() *profile.Profile {
	text := safetext.Clean
	contact := func(function, zone, sign string, channels ...profile.Channel) profile.Contact {
		return profile.Contact{Function: text(function), Zone: text(zone), CallSign: text(sign), Channels: channels}
	}
	by := func(k profile.Kind, number string) profile.Channel {
		return profile.Channel{Kind: k, Number: profile.NumberOf(text(number))}
	}
	p := &profile.Profile{
		Country: Country("MLI"), Reviewed: incident.When{Start: Now.AddDate(0, 0, -20), Precision: incident.ToDate},
		Contacts: []profile.Contact{
			contact("designated official", "", "Alpha 1", by(profile.Mobile, "EXERCISE 0001"), by(profile.Satellite, "EXERCISE 0002"), by(profile.VHF, "channel 1")),
			contact("security adviser", "", "Sierra 1", by(profile.Mobile, "EXERCISE 0003"), by(profile.VHF, "channel 1")),
			contact("security adviser", "", "Sierra 2", by(profile.Mobile, "EXERCISE 0004")),
			contact("medical", "", "Mike base", by(profile.Phone, "EXERCISE 0005")),
			contact("warden", "Gao région", "Whisky 1", by(profile.VHF, "channel 4"), profile.Channel{Kind: profile.InPerson}),
			contact("warden", "Mopti", "Whisky 2", by(profile.VHF, "channel 5")),
		},
		Tree:       map[string][]profile.Step{"critical": {{"designated official"}, {"security adviser", "medical"}, {"warden"}}, "high": {{"security adviser"}}},
		First:      map[string][]string{"abduction": {"Say nothing of it on open radio", "Stop movements in the area", "Headcount of those who were with them"}, "any": {"Headcount"}},
		Points:     []profile.Point{{Name: text("Main gate"), Where: text("north car park"), Fallback: text("Airport camp"), After: 45 * time.Minute}},
		Rendezvous: []profile.Rendezvous{{Name: text("Airport camp"), Where: text("gate B"), Times: []string{"06:00", "18:00"}}},
	}
	p.Contacts[0].Hours, p.Contacts[0].Languages = text("at any time"), []safetext.Text{text("fr"), text("en")}
	p.Settle()
	return p
}
