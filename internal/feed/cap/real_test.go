package cap

import (
	"errors"
	"strings"
	"testing"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
)

func decodeReal(t *testing.T, name string, languages ...string) feed.Document {
	t.Helper()
	body := feedtest.Real(t, "cap/"+name)
	ctx := feed.NewContext("feeds/" + name)
	ctx.Languages = languages
	doc, err := Format.Document(ctx, body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestRealFiles holds for each file what a count of its XML by other means comes to.
func TestRealFiles(t *testing.T) {
	type tally struct {
		records, updates, cancels, test, reports, forecasts, rejected, points, countries, refs int
	}
	type severities map[incident.Severity]int
	const unknown = incident.SeverityUnknown
	tests := []struct {
		name       string
		recognised bool
		tally      tally
		signed     bool
		linked     int
		severities severities
	}{
		{"constructed/amber.atom", true, tally{records: 1, countries: 1}, false, 0, severities{incident.Severe: 1}},
		{"constructed/amber.rss", true, tally{records: 1, reports: 1}, false, 1, nil},
		{"constructed/canada_errors.cap", true, tally{records: 1, updates: 1, points: 1, countries: 1}, false, 0, severities{incident.Minor: 1}},
		{"constructed/empty_weather_index.atom", true, tally{}, false, 0, nil},
		{"constructed/google-43b080713727.cap", true, tally{records: 1}, false, 0, severities{incident.Severe: 1}},
		{"constructed/google-KAR0-0306112239-SW.cap", true, tally{records: 1, countries: 1}, false, 0, severities{incident.Severe: 1}},
		{"constructed/google-no_entries.atom", true, tally{records: 1, countries: 1}, false, 0, severities{incident.Severe: 1}},
		{"constructed/google-thunderstorm.cap", true, tally{records: 1, points: 1, countries: 1}, false, 0, severities{incident.Severe: 1}},
		{"constructed/invalid.cap", true, tally{records: 1}, false, 0, severities{unknown: 1}},
		{"constructed/invalid.rss", false, tally{records: 1, rejected: 1}, false, 0, nil},
		{"constructed/invalid_element.atom", false, tally{records: 1, reports: 1}, false, 0, nil},
		{"constructed/no_link.atom", true, tally{records: 1, reports: 1}, false, 0, nil},
		{"constructed/no_optional_fields.cap", true, tally{records: 1}, false, 0, severities{unknown: 1}},
		{"constructed/no_title.atom", true, tally{records: 1, rejected: 1}, false, 0, nil},
		{"constructed/ny_index.rss", true, tally{records: 2, reports: 2}, false, 2, nil},
		{"real/CanadaNaad.xml", true, tally{records: 1, forecasts: 1, points: 1, countries: 1}, true, 0, severities{incident.Minor: 1}},
		{"real/australia.cap", true, tally{records: 1, points: 1, countries: 1}, false, 0, severities{incident.Minor: 1}},
		{"real/australia_bom.cap", true, tally{records: 1, countries: 1}, false, 0, severities{unknown: 1}},
		{"real/bushfire_valid.edxlde", true, tally{records: 59, points: 59, countries: 59}, false, 0, severities{incident.Minor: 7, incident.Moderate: 52}},
		{"real/canada.cap", true, tally{records: 1, updates: 1, points: 1, countries: 1, refs: 2}, false, 0, severities{incident.Minor: 1}},
		{"real/canada_signed.cap", true, tally{records: 1, updates: 1, forecasts: 1, points: 1, countries: 1, refs: 9}, true, 0, severities{incident.Moderate: 1}},
		{"real/earthquake-iso8859-1.cap", true, tally{records: 1, points: 1}, true, 0, severities{unknown: 1}},
		{"real/earthquake.cap", true, tally{records: 1, points: 1}, false, 0, severities{unknown: 1}},
		{"real/earthquake_index.atom", true, tally{records: 1, reports: 1, points: 1}, false, 1, nil},
		{"real/iceland_met_office.cap", true, tally{records: 1, forecasts: 1, points: 1}, false, 0, severities{incident.Moderate: 1}},
		{"real/no_info_tag.cap", true, tally{records: 1, cancels: 1, refs: 1}, true, 0, severities{unknown: 1}},
		{"real/oregon_nws.atom", true, tally{records: 1, forecasts: 1, countries: 1}, false, 0, severities{incident.Minor: 1}},
		{"real/ph.cap", true, tally{records: 1, test: 1, forecasts: 1, points: 1}, true, 0, severities{incident.Minor: 1}},
		{"real/rfs.xml", true, tally{records: 1, points: 1, countries: 1}, false, 0, severities{incident.Minor: 1}},
		{"real/sweden.cap", true, tally{records: 1}, false, 0, severities{unknown: 1}},
		{"real/tmp0000.cap", true, tally{records: 1, points: 1}, false, 0, severities{unknown: 1}},
		{"real/us_nws_weather.atom", true, tally{records: 2, forecasts: 2, countries: 2}, false, 0, severities{incident.Minor: 1, incident.Severe: 1}},
		{"real/usgs_alerthub.atom", true, tally{records: 1, reports: 1, points: 1}, false, 1, nil},
		// The reference names PAAQ as its sender, and the message another: both are meant.
		{"real/wcatwc-warning.cap", true, tally{records: 1, updates: 1, countries: 1, refs: 2}, false, 0, severities{incident.Critical: 1}},
		{"real/weather.atom", true, tally{records: 1, forecasts: 1, countries: 1}, false, 0, severities{incident.Severe: 1}},
		{"real/weather.cap", true, tally{records: 1, forecasts: 1, countries: 1}, false, 0, severities{incident.Minor: 1}},
		{"real/weather_index.atom", true, tally{records: 2, countries: 2}, false, 0, severities{unknown: 2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := feedtest.Real(t, "cap/"+tt.name)
			if got := Format.Recognise(body[:min(len(body), feed.HeadSize)]); got != tt.recognised {
				t.Errorf("recognised: %v", got)
			}
			doc := decodeReal(t, tt.name)
			var got tally
			graded := severities{}
			for n := range doc.Records {
				rec := &doc.Records[n]
				i := &rec.Incident
				got.records++
				if rec.Kind == feed.Rejected {
					got.rejected++
					continue
				}
				if i.HasPoint {
					got.points++
				}
				if i.Class == incident.Report {
					got.reports++
					continue
				}
				graded[i.Severity.Value]++
				for _, c := range [...]struct {
					is bool
					n  *int
				}{
					{i.Type == incident.Update, &got.updates},
					{i.Type == incident.Cancel, &got.cancels},
					{i.Status == incident.Test, &got.test},
					{i.Forecast(), &got.forecasts},
					{len(i.Countries) > 0 && !i.Inferred, &got.countries},
				} {
					if c.is {
						*c.n++
					}
				}
				got.refs += len(i.Replaces)
				if i.Future(i.Reported) || i.Title.IsZero() || i.Reported.IsZero() || i.Version == 0 {
					t.Errorf("line %d: %+v", rec.Line, i)
				}
				feedtest.RoundTrip(t, i)
			}
			if got != tt.tally {
				t.Errorf("%+v, want %+v", got, tt.tally)
			}
			for s, n := range tt.severities {
				if graded[s] != n {
					t.Errorf("severities %v, want %v", graded, tt.severities)
				}
			}
			said := false
			for _, p := range doc.Problems {
				said = said || strings.Contains(p.String(), "signed alerts: 1")
			}
			if said != tt.signed || len(doc.Linked) != tt.linked {
				t.Errorf("signed: %v, linked %v, problems %v", said, doc.Linked, doc.Problems)
			}
			if tt.recognised && doc.ContentTime.IsZero() {
				t.Error("no time of the content")
			}
		})
	}
}

// TestRealAttack: what asks for files and addresses is refused, with the reason.
func TestRealAttack(t *testing.T) {
	body := feedtest.Real(t, "cap/constructed/google-xee.atom")
	_, err := Format.Document(feed.NewContext("feeds/x.atom"), body)
	if !Format.Recognise(body) || !errors.Is(err, feed.ErrHalf) || !strings.Contains(err.Error(), "DOCTYPE") {
		t.Errorf("%v", err)
	}
}

func TestRealLanguages(t *testing.T) {
	for _, tt := range []struct {
		languages []string
		title     string
		place     string
	}{
		{nil, "Southeast gales", "Reykjavik - Capital Region"},
		{[]string{"is"}, "Hvöss suðaustanátt", "Höfuðborgarsvæðið"},
		{[]string{"sv", "is"}, "Hvöss suðaustanátt", "Höfuðborgarsvæðið"},
		{[]string{"fr"}, "Southeast gales", "Reykjavik - Capital Region"},
	} {
		doc := decodeReal(t, "real/iceland_met_office.cap", tt.languages...)
		i := &doc.Records[0].Incident
		if i.Title.String() != tt.title || i.Place.String() != tt.place || !i.Act.Is(incident.ActOther) || !i.Hazard() {
			t.Errorf("%v: %q at %q, %v", tt.languages, i.Title, i.Place, i.Act)
		}
	}
	doc := decodeReal(t, "real/canada.cap", "fr")
	if i := &doc.Records[0].Incident; i.Title.String() != "veille d'orages violents" || !i.In(country.MustParse("CAN")) {
		t.Errorf("%q in %v", i.Title, i.Countries)
	}
}

// TestRealPlaces: where no code names a country, the position does, and that is said.
func TestRealPlaces(t *testing.T) {
	for name, want := range map[string]string{
		"real/earthquake-iso8859-1.cap": "SLV", "real/earthquake.cap": "TON", "real/iceland_met_office.cap": "ISL", "real/ph.cap": "PHL",
	} {
		doc := decodeReal(t, name)
		if i := &doc.Records[0].Incident; !i.Inferred || len(i.Countries) != 1 || i.Countries[0].String() != want {
			t.Errorf("%s: %v, inferred %v", name, i.Countries, i.Inferred)
		}
	}
	far, _ := parseCircle("0,-150 2000")
	m := &message{reader: &reader{ctx: feed.NewContext("x")}, infos: []info{{areas: []area{{shapes: []shape{far}}}}}}
	if m.where(); len(m.rec.Incident.Countries) > 0 {
		t.Errorf("an ocean is in %v", m.rec.Incident.Countries)
	}
}

func TestRealParticulars(t *testing.T) {
	first := func(name string) *incident.Incident {
		doc := decodeReal(t, name)
		return &doc.Records[0].Incident
	}
	// Its character set is ISO-8859-1; the time of the earthquake is its onset, and in the older one a parameter.
	quake := first("real/earthquake-iso8859-1.cap")
	if quake.Title.String() != "EQ 4.6 Usulután, Usulután, El Salvador - PRELIMINARY REPORT" || !quake.Act.Is(incident.Earthquake) ||
		quake.Occurred.String() != "2012-10-14T22:40:56Z" || quake.Until.String() != "2012-10-21T22:53:04Z" {
		t.Errorf("%q %v %v", quake.Title, quake.Occurred, quake.Until)
	}
	if old := first("real/earthquake.cap"); old.Occurred.String() != "2010-08-30T23:25:40Z" || old.Point != (incident.Point{Lat: -16.053, Lon: -173.274}) {
		t.Errorf("%v at %v", old.Occurred, old.Point)
	}
	// An all-clear: what was has ended when it was sent.
	if clear := first("real/canada.cap"); clear.Until.String() != "2012-05-02T23:21:04Z" || clear.ActiveAt(clear.Reported, clear.Reported) {
		t.Errorf("until %v", clear.Until)
	}
	// It is sent in the same second as the last of those that it updates.
	if signed := first("real/canada_signed.cap"); signed.Version != 1359062761 {
		t.Errorf("version %d", signed.Version)
	}
	// Centroid and farthest corner, worked out by other means.
	storm := first("constructed/google-thunderstorm.cap")
	const near = 1e-6
	if d := storm.Point.Lat - 38.484006116; d > near || d < -near || storm.Accuracy != 18 {
		t.Errorf("%v ± %v", storm.Point, storm.Accuracy)
	}
	if circle := first("real/australia.cap"); circle.Accuracy != 25 || circle.Point != (incident.Point{Lat: -35.3888, Lon: 147.0598}) {
		t.Errorf("%v ± %v", circle.Point, circle.Accuracy)
	}
	// The entry of an index and its alert are one incident, and the alert is the later version.
	entry, alert := first("real/us_nws_weather.atom"), first("real/weather.cap")
	if entry.Identity != alert.Identity || entry.Version+1 != alert.Version {
		t.Errorf("%v v%d and %v v%d", entry.Identity, entry.Version, alert.Identity, alert.Version)
	}
}
