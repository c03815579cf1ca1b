package correlate_test

import (
	"strings"
	"testing"

	"vigil/internal/correlate"
	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

func TestScore(t *testing.T) {
	quake := func(name, when string, lat, lon float64, links ...string) *incident.Incident {
		i := record(name, when, incident.Earthquake, "", lat, lon, 0)
		for _, l := range links {
			i.Links = append(i.Links, safetext.Clean(l))
		}
		return i
	}
	with := func(i *incident.Incident, change func(i *incident.Incident)) *incident.Incident { change(i); return i }
	shooting := func(name string) *incident.Incident {
		return record(name, "2026-11-20", incident.Shooting, "Ansongo", 15.66, 0.5, 2)
	}
	tests := []struct {
		name string
		a, b *incident.Incident
		kind correlate.Kind
		says string // in the reasons or the bar
	}{
		{"one shooting", shooting("a/1"), shooting("b/1"), correlate.Same, "the same day"},
		{"its own source's judgement", shooting("a/1"), shooting("a/2"), correlate.Different, "one authority"},
		{
			"figures that differ part nobody", shooting("a/1"),
			record("b/1", "2026-11-20", incident.Killing, "Ansongo", 15.66, 0.5, 3), correlate.Same, "figures differ: 2 and 3",
		},
		{"eight days later", shooting("a/1"), record("b/1", "2026-11-28", incident.Shooting, "Ansongo", 15.66, 0.5, 2), correlate.Different, "8 days apart"},
		{
			"the next day is not sure", with(shooting("a/1"), titled("NGO driver shot on the way")),
			with(record("b/1", "2026-11-21", incident.Shooting, "", 15.66, 0.5, 2), titled("Driver of an NGO killed at a checkpoint")), correlate.Likely, "1 day apart",
		},
		{"another act and place", shooting("a/1"), record("b/1", "2026-11-20", incident.Protest, "Kidal", 18.44, 1.4, 0), correlate.Different, "do not go together"},
		{"no time, no merge", with(shooting("a/1"), func(i *incident.Incident) { i.Occurred = incident.When{} }), shooting("b/1"), correlate.Likely, "km apart"},
		{
			"another country", with(shooting("a/1"), func(i *incident.Incident) { i.Countries = []country.Code{code("NER")} }),
			shooting("b/1"), correlate.Different, "different countries",
		},
		{
			"another country that was only inferred", with(shooting("a/1"), func(i *incident.Incident) { i.Countries, i.Inferred = []country.Code{code("NER")}, true }),
			shooting("b/1"), correlate.Same, "0 km apart",
		},
		{
			"restricted beside open", with(shooting("a/1"), func(i *incident.Incident) { i.Handling = incident.Known(incident.Restricted) }),
			shooting("b/1"), correlate.Different, "restricted",
		},
		{"a report", with(shooting("a/1"), func(i *incident.Incident) { i.Class = incident.Report }), shooting("b/1"), correlate.Different, "report"},
		{"an exercise", with(shooting("a/1"), func(i *incident.Incident) { i.Status = incident.Exercise }), shooting("b/1"), correlate.Different, "exercise"},
		{
			"refuted is for a person to judge", with(shooting("a/1"), func(i *incident.Incident) { i.Verification = incident.Known(incident.Refuted) }),
			shooting("b/1"), correlate.Likely, "",
		},
		{
			"two that say nothing but the place", with(shooting("a/1"), wordless), with(shooting("b/1"), wordless), correlate.Likely, "the same day",
		},
		{
			"one that says nothing but the place", shooting("a/1"), with(shooting("b/1"), wordless), correlate.Likely, "the same day",
		},
		{
			"two shootings in one town on one day", with(bamako("a/1", incident.Shooting, 2), titled("Gunmen on motorbikes attack NGO convoy near the airport")),
			with(bamako("b/1", incident.Shooting, 0), titled("Gunfire in a hotel, 40 tourists held")), correlate.Likely, "words enough in both, and none in common that tells -1.0",
		},
		{
			"two abductions in one town on one day, each named with the town", with(bamako("a/1", incident.Abduction, 0), titled("Two teachers seized from their school in Bamako, Mali")),
			with(bamako("b/1", incident.Abduction, 0), titled("Bamako: businessman kidnapped on the way home")), correlate.Likely, "the same act",
		},
		{
			"words of the field where nobody says who", with(bamako("a/1", incident.Abduction, 0), titled("NGO staff abducted")),
			with(bamako("b/1", incident.Abduction, 0), titled("Staff of an NGO seized")), correlate.Likely, "0 words in common",
		},
		{
			"words in two languages", with(bamako("a/1", incident.Abduction, 0), titled("Two teachers seized from their school by the river")),
			with(bamako("b/1", incident.Abduction, 0), titled("Deux enseignants pris dans une ecole au bord du fleuve")), correlate.Likely, "the same day +4.0; names of the place agree +3.5; the same act: abduction +2.0",
		},
		{
			"one abduction in the words of two", with(bamako("a/1", incident.Abduction, 0), titled("Two teachers seized from their school")),
			with(bamako("b/1", incident.Abduction, 0), titled("Teachers of a school kidnapped")), correlate.Same, "2 words in common",
		},
		{
			"a second one half an hour later", with(shooting("a/1"), titled("IED hits a convoy of the mission near the bridge")),
			with(shooting("b/1"), titled("Second IED hits the convoy of the mission near the bridge")), correlate.Likely, "alone tells of a second one",
		},
		{
			"two agencies, one shock", quake("usgs/us6000a5r3", "2020-06-04T08:49:39Z", 2.92, 128.25),
			quake("gdacs/EQ1219214", "2020-06-04T08:49:50Z", 3.05, 128.1), correlate.Same, "11 s apart",
		},
		{
			"a shock and its aftershock", quake("usgs/us6000a5r3", "2020-06-04T08:49:39Z", 2.92, 128.25),
			quake("gdacs/EQ1219215", "2020-06-04T08:58:02Z", 2.95, 128.2), correlate.Different, "another shock",
		},
		{
			"an id of the USGS in a link", quake("usgs/us7000l9h2", "2023-11-08", -6.39, 129.76),
			with(quake("adam/1", "2023-11-08", 0, 0, "https://example.org/eq_us7000l9h2/map.jpg"), func(i *incident.Incident) { i.Countries = nil }),
			correlate.Same, "usgs:us7000l9h2",
		},
		{
			"the number of Insecurity Insight in two of its files", with(shooting("insecurity-insight/aid/1"), func(i *incident.Incident) {
				i.Identity.Authority, i.Details = safetext.Const("insecurity-insight/aid"), safetext.Const("Shot.\nSiND Event ID 44706; Programme Focus: Health")
			}),
			with(record("b/1", "2026-11-25", incident.Assault, "", 0, 0, 0), func(i *incident.Incident) { i.Details = safetext.Const("SiND Event ID 44706") }),
			correlate.Same, "sind:44706",
		},
		{
			"a GLIDE number", with(shooting("a/1"), func(i *incident.Incident) {
				i.Details, i.Occurred = safetext.Const("see FL-2026-000009-MLI"), incident.When{}
			}),
			with(shooting("b/1"), func(i *incident.Incident) { i.Title = safetext.Const("FL-2026-000009-MLI") }), correlate.Same, "glide:fl-2026-000009-mli",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, b := correlate.Of(tt.a), correlate.Of(tt.b)
			v, back := correlate.Score(a, b), correlate.Score(b, a)
			var words []string
			for _, r := range v.Reasons() {
				words = append(words, r.String())
			}
			all := strings.Join(words, "; ") + v.Bar.String()
			if v.Kind != tt.kind || !strings.Contains(all, tt.says) {
				t.Errorf("%v by %s: %s", v.Kind, correlate.Points(v.Points), all)
			}
			if v.Kind != back.Kind || v.Points != back.Points {
				t.Errorf("%v %d one way, %v %d the other", v.Kind, v.Points, back.Kind, back.Points)
			}
		})
	}
}

// bamako is an incident without an hour and a position.
func bamako(name string, act incident.Act, ngoKilled int) *incident.Incident {
	i := record(name, "2026-11-20", act, "Bamako", 0, 0, 0)
	i.Affected = nil
	if ngoKilled > 0 {
		i.Affected = incident.Breakdown{{Population: incident.Known(incident.PopulationNGO), Outcome: incident.Known(incident.Killed), Count: ngoKilled}}
	}
	return i
}

func wordless(i *incident.Incident) { i.Title, i.Details = safetext.Text{}, safetext.Text{} }

func titled(words string) func(*incident.Incident) {
	return func(i *incident.Incident) { i.Title = safetext.Clean(words) }
}

// A reason is told to everyone who may see both records: it holds no word of either.
func TestReasonsQuoteNothing(t *testing.T) {
	a := record("a/1", "2026-11-20", incident.Shooting, "Ansongo", 15.66, 0.5, 2)
	b := record("b/1", "2026-11-20", incident.Shooting, "Ansongo", 15.66, 0.5, 2)
	a.Details, b.Details = safetext.Const("Zebra crossed the Ansongo checkpoint"), safetext.Const("Zebra crossed the Ansongo checkpoint")
	v := correlate.Score(correlate.Of(a), correlate.Of(b))
	for _, r := range v.Reasons() {
		if s := strings.ToLower(r.Text()); strings.Contains(s, "zebra") || strings.Contains(s, "ansongo") {
			t.Errorf("%q", r.Text())
		}
	}
}
