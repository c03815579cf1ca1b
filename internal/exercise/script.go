package exercise

import (
	"vigil/internal/duty"
	"vigil/internal/voice"
)

// script is what the colleague does, by the steps of the exercise. What they are told happened where nothing else of the exercise does, so
// that it is no other telling of that.
var script = []act{
	{step: 2, line: "note EXERCISE Papa at the second console: has the telephones."},
	{step: 4, about: convoy, told: []said{
		{voice.Act, "attack_on_convoy"},
		{voice.Threat, "armed_conflict"},
		{voice.Target, "convoy"},
		{voice.Country, "NER"},
		{voice.Admin1, "Agadez region"},
		{voice.Place, "Arlit"},
		{voice.When, "15 min ago"},
		{voice.Source, "field"},
		{voice.Grade, "B2"},
		{voice.People, "3 national un missing"},
		{voice.Severity, "critical"},
		{voice.Handling, "internal"},
		{voice.Title, "EXERCISE Convoy shot at, three not heard of, Arlit"},
	}},
	{step: 7, about: convoy, line: "claim {alarm} for 30m"},
	{step: 8, about: convoy, line: "told {alarm} designated official mobile no-answer EXERCISE engaged"},
	{step: 10, about: convoy, line: "told {alarm} designated official satellite read-back EXERCISE repeated it"},
	{step: 12, about: convoy, next: "10m", flash: &duty.Flash{
		Number: 1, Confirmed: words("A convoy of two vehicles is overdue at Arlit"), NotConfirmed: words("It was shot at; three are not heard of"),
		NotKnown: words("Who did it; where the three are"), Action: words("Movements in Agadez region stopped"),
	}},
	{step: 14, about: convoy, line: "ack {alarm} for 1h EXERCISE with the convoy leader on VHF"},
	{step: 15, about: convoy, line: "told {alarm} security adviser mobile answered"},
	{step: 17, about: convoy, line: "told {alarm} medical phone tried"},
	{step: 18, about: camp, told: []said{
		{voice.Act, "shelling"},
		{voice.Threat, "armed_conflict"},
		{voice.Target, "premises"},
		{voice.Country, "MLI"},
		{voice.Admin1, "Kayes region"},
		{voice.Place, "Kayes"},
		{voice.When, "now"},
		{voice.Source, "field"},
		{voice.Grade, "C3"},
		{voice.Handling, "internal"},
		{voice.Title, "EXERCISE Explosions near the camp, Kayes"},
	}},
	{step: 21, about: convoy, line: "verify {incident} probable EXERCISE the second vehicle tells the same"},
	{step: 23, about: camp, line: "told {alarm} security adviser mobile answered"},
	{step: 25, about: news, line: "claim {alarm} for 20m"},
	{step: 27, about: camp, line: "refute {incident} false-alarm EXERCISE a quarry, announced yesterday"},
	{step: 29, about: camp, line: "told {alarm} security adviser mobile read-back EXERCISE knows that it was a quarry"},
	{step: 31, about: convoy, line: "told {alarm} warden Niamey VHF read-back EXERCISE headcount begun"},
	{step: 33, about: convoy, next: "30m", flash: &duty.Flash{
		Number: 2, Confirmed: words("The convoy was shot at; one vehicle is back at Arlit"), NotConfirmed: words("The three are in the other vehicle, on its way"),
		NotKnown: words("Who did it"), Action: words("A second vehicle with a radio goes to meet it"),
	}},
	{step: 35, about: news, line: "ack {alarm} for 45m EXERCISE calling the field office"},
	{step: 37, about: convoy, line: "unclaim {alarm}"},
	{step: 39, line: "note EXERCISE Radio check 3 by Papa: all stations heard but the Niamey repeater."},
}
