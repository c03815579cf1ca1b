package cap

import (
	"strings"
	"testing"

	"vigil/internal/country"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
)

// ofSASMEX is an alert as Mexico's earthquake warning writes it: times without a zone, a polygon of nothing but commas,
// codes that are counties elsewhere, a severity of its own, and a reference to itself.
const ofSASMEX = `<entry><id>20310314</id><updated>2031-03-14T16:07:05</updated><title>EXERCISE Alerta por sismo</title>
<georss:point>16.1 -95.4</georss:point><summary>Sismo</summary><content type="text/xml">
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.1"><identifier>20310314</identifier><sender>exercise.example.mx</sender><sent>2031-03-14T16:07:05</sent>
<status>Actual</status><msgType>Alert</msgType><scope>Public</scope><references>exercise.example.mx,20310314,2031-03-14T16:07:05</references>
<info><language>es-MX</language><category>Geo</category><event>Alerta por sismo</event><urgency>Past</urgency><severity>Major</severity>
<certainty>Observed</certainty><effective>2031-03-14T16:07:05</effective><expires>2031-03-14T16:08:05</expires><headline>EXERCISE Alerta</headline>
<area><areaDesc>Zona</areaDesc>%POLYGON%<geocode><valueName>SAME</valueName><value>009000</value></geocode></area></info></alert></content></entry>`

func TestAlertOfAnotherCountrysHabits(t *testing.T) {
	for name, tt := range map[string]struct {
		polygon string
		point   incident.Point
	}{
		"polygon of commas":  {"<polygon>16,-94,18,-94,18,-92,16,-92,16,-94</polygon>", incident.Point{Lat: 17, Lon: -93}},
		"point of the entry": {"", incident.Point{Lat: 16.1, Lon: -95.4}},
	} {
		rec := only(t, anAtom(strings.Replace(ofSASMEX, "%POLYGON%", tt.polygon, 1)))
		i := &rec.Incident
		if i.Occurred != when("2031-03-14") || !i.Until.IsZero() || !i.Reported.IsZero() || i.Version != when("2031-03-14T16:07:05Z").Start.Unix() {
			t.Errorf("%s: occurred %v until %v reported %v version %d", name, i.Occurred, i.Until, i.Reported, i.Version)
		}
		if len(i.Countries) != 1 || !i.In(country.MustParse("MEX")) || !i.Inferred || i.Point != tt.point || !i.Act.Is(incident.Earthquake) ||
			i.Severity != incident.Known(incident.Severe) || len(i.Replaces) != 0 {
			t.Errorf("%s: %+v", name, i)
		}
		said := strings.Join(feedtest.Messages(rec), "\n")
		for _, want := range []string{"has no time zone: of when it was sent, and is, the date alone is taken", "the position holds"} {
			if !strings.Contains(said, want) {
				t.Errorf("%s: said %s, want %q", name, said, want)
			}
		}
	}
}

// A county of the United States stays one, at the border and without a position.
func TestCountiesStay(t *testing.T) {
	const code = "<geocode><valueName>SAME</valueName><value>026163</value></geocode>"
	for name, area := range map[string]string{
		"no position": code, "over the border": "<circle>42.30,-83.03 20</circle>" + code, "at home": "<circle>42.4,-83.2 5</circle>" + code,
	} {
		rec := only(t, anAlert(head, anInfo(flood, area)))
		if i := &rec.Incident; len(i.Countries) != 1 || !i.In(country.MustParse("USA")) || i.Inferred {
			t.Errorf("%s: %v, %q", name, i.Countries, feedtest.Messages(rec))
		}
	}
}

// What the police warn of is no hazard, whatever its category.
func TestPoliceWarning(t *testing.T) {
	rec := only(t, anAlert(head, anInfo(flood.with(fields{"event": "Law Enforcement Warning", "category": "Safety"}), "")))
	if i := &rec.Incident; !i.Act.Is(incident.ActOther) || i.Threat.Is(incident.Hazard) || len(rec.Problems) != 0 {
		t.Errorf("%v %v %q", i.Act, i.Threat, feedtest.Messages(rec))
	}
}
