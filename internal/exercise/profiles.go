package exercise

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// function is one of a profile, with its call sign and the channels by which it is told, in order.
type function struct {
	name, zone, sign string
	channels         []string
}

// functions are told of an alarm in every country of the exercise; wardens come by area.
var functions = []function{
	{"designated official", "", "Alpha 1", []string{"mobile", "satellite", "VHF"}},
	{"security adviser", "", "Sierra 1", []string{"mobile", "VHF"}},
	{"security adviser", "", "Sierra 2", []string{"mobile"}},
	{"security lead", "", "Lima 1", []string{"mobile", "satellite"}},
	{"security management team", "", "Alpha net", []string{"messenger"}},
	{"medical", "", "Mike base", []string{"phone", "HF"}},
	{"host authorities", "", "", []string{"phone"}},
	{"embassies", "", "", []string{"email"}},
}

// writeProfiles writes whom to tell in each country: call signs and numbers that are an exercise's and reach nobody.
func (s *Scenario) writeProfiles(now time.Time) error {
	numbers := 0
	for _, c := range []string{"MLI", "BFA", "NER", "TCD"} { // Mauritania has none, as happens
		all := append([]function(nil), functions...)
		wardens := 0
		for _, a := range areas {
			if a.country == c {
				wardens++
				all = append(all, function{"warden", a.name, fmt.Sprintf("Whisky %d", wardens), []string{"VHF", "mobile", "in person"}})
			}
		}
		var b bytes.Buffer
		fmt.Fprintf(&b, "# EXERCISE: all of this is invented.\ncountry: %s\nreviewed: %s\ncontacts:\n", c, now.AddDate(0, 0, -20).Format(time.DateOnly))
		for _, f := range all {
			fmt.Fprintf(&b, "  - function: %s\n", f.name)
			if f.zone != "" {
				fmt.Fprintf(&b, "    zone: %q\n", f.zone)
			}
			if f.sign != "" {
				fmt.Fprintf(&b, "    call_sign: %s\n", f.sign)
			}
			var channels []string
			for _, kind := range f.channels {
				if kind == "in person" {
					channels = append(channels, "{kind: in person}")
					continue
				}
				numbers++
				channels = append(channels, fmt.Sprintf("{kind: %s, number: EXERCISE %04d}", kind, numbers))
			}
			fmt.Fprintf(&b, "    channels: [%s]\n", strings.Join(channels, ", "))
		}
		b.WriteString(`call_tree:
  critical: [designated official, [security adviser, medical], security management team, warden]
  high: [security adviser, designated official, warden]
  medium: [security adviser]
  low: []
five_minutes:
  abduction:
    - Say nothing of it on open radio
    - Stop movements in the area
    - Headcount of those who were with them
    - Designated official at once, family only by the liaison
  complex_attack: [Everybody takes cover and stays, Headcount by warden zone, Medical on standby]
  armed_conflict: [Everybody stays under cover, Headcount by warden zone, Stop movements]
  terrorism: [Everybody stays where they are, Headcount by warden zone, No movement until it is cleared]
  road_accident: [Medical first, Who is in the vehicle, A second vehicle and radio to the place]
  any: [Is everybody safe? Headcount by warden zone, Stop movements nearby, Write down what is confirmed and what is not]
assembly_points:
  - {name: Main gate, where: north car park, fallback: Airport camp, fallback_after: 45m}
rendezvous:
  - {name: Airport camp, where: gate B, times: ["06:00", "18:00"]}
`)
		if err := s.replace("profiles/"+strings.ToLower(c)+".yaml", b.Bytes()); err != nil {
			return err
		}
	}
	return nil
}
