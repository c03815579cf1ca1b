package cap

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// fields are elements by name; an empty value leaves one out.
type fields map[string]string

func (f fields) with(changes fields) fields {
	out := fields{}
	for _, m := range []fields{f, changes} {
		for k, v := range m {
			out[k] = v
		}
	}
	return out
}

func (f fields) write(order ...string) string {
	var b strings.Builder
	for _, name := range order {
		for value := range strings.SplitSeq(f[name], "|") {
			if value != "" {
				fmt.Fprintf(&b, "<%s>%s</%s>\n", name, value, name)
			}
		}
	}
	return b.String()
}

var (
	head = fields{
		"identifier": "EX-1", "sender": "exercise@example.org", "sent": "2031-03-14T10:00:00+01:00",
		"status": "Actual", "msgType": "Alert", "scope": "Public",
	}
	flood = fields{
		"language": "en", "category": "Met", "event": "Flood", "urgency": "Immediate", "severity": "Severe", "certainty": "Observed",
		"expires": "2031-03-15T10:00:00+01:00", "headline": "EXERCISE Flood", "description": "EXERCISE The river rises.",
		"areaDesc": "Lower town",
	}
)

func anInfo(f fields, area string) string {
	desc := ""
	if f["areaDesc"] != "" {
		desc = "<areaDesc>" + f["areaDesc"] + "</areaDesc>"
	}
	return "<info>" + f.write("language", "category", "event", "responseType", "urgency", "severity", "certainty", "effective", "onset", "expires",
		"senderName", "headline", "description", "instruction", "web") + "<area>" + desc + area + "</area></info>"
}

func anAlert(f fields, infos ...string) string {
	return `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">` + f.write("identifier", "sender", "sent", "status", "msgType", "scope", "note", "references") +
		strings.Join(infos, "") + "</alert>"
}

func decodeText(t *testing.T, body string) feed.Document {
	t.Helper()
	return feedtest.Decode(t, Format, "feeds/x.xml", body)
}

func only(t *testing.T, body string) *feed.Record {
	t.Helper()
	doc := decodeText(t, body)
	if len(doc.Records) != 1 {
		t.Fatalf("%d records", len(doc.Records))
	}
	return &doc.Records[0]
}

func when(s string) incident.When {
	w, err := incident.ParseWhen(s)
	if err != nil {
		panic(err)
	}
	return w
}

func TestAlert(t *testing.T) {
	rec := only(t, "<?xml version='1.0'?>\n"+anAlert(head.with(fields{"note": "EXERCISE"}), anInfo(flood.with(fields{
		"effective": "2031-03-14T09:30:00+01:00", "web": "http://www.example.org/1", "responseType": "Evacuate|Monitor", "instruction": "Go up.",
	}), "<polygon>0,10 0,12 2,12 2,10 0,10</polygon><geocode><valueName>ISO 3166-2</valueName><value>NG-LA</value></geocode>")))
	want := incident.Incident{
		Identity: incident.Identity{Authority: safetext.Const("exercise@example.org"), ID: safetext.Const("EX-1")},
		Version:  when("2031-03-14T09:00:00Z").Start.Unix(),
		Occurred: when("2031-03-14T08:30:00Z"), Until: when("2031-03-15T09:00:00Z"), Reported: when("2031-03-14T09:00:00Z").Start,
		Countries: []country.Code{country.MustParse("NGA")}, Place: safetext.Const("Lower town"),
		Point: incident.Point{Lat: 1, Lon: 11}, HasPoint: true, Accuracy: 157.3,
		Threat: incident.Known(incident.Hazard), Act: incident.Known(incident.Flood), Severity: incident.Known(incident.Severe),
		Verification: incident.Known(incident.Confirmed), Handling: incident.Known(incident.Public),
		Title: safetext.Const("EXERCISE Flood"),
		Details: safetext.Block("EXERCISE The river rises.\nGo up.\nEXERCISE\n" +
			"Event: Flood; Category: Met; Response: Evacuate, Monitor; Urgency: Immediate; Severity: Severe; Certainty: Observed"),
		Links: []safetext.Text{safetext.Const("http://www.example.org/1")},
	}
	if diff := cmp.Diff(want, rec.Incident, feedtest.Text); diff != "" || rec.Line != 2 || len(rec.Problems) > 0 {
		t.Errorf("line %d, said %q (-want +got):\n%s", rec.Line, feedtest.Messages(rec), diff)
	}
}

func TestMessages(t *testing.T) {
	refs := "exercise@example.org,EX-0,2031-03-14T08:00:00+01:00 other,EX-00,2031-03-14T10:00:00+01:00"
	tests := []struct {
		name     string
		head     fields
		does     incident.Type
		status   incident.Status
		replaces int
		later    int64 // than it was sent
		says     string
	}{
		{"an alert", nil, incident.New, incident.Actual, 0, 0, ""},
		{"an update", fields{"msgType": "Update", "references": refs}, incident.Update, incident.Actual, 3, 1, ""},
		{"a cancel", fields{"msgType": "Cancel", "references": refs}, incident.Cancel, incident.Actual, 3, 1, ""},
		{"an update of very many", fields{"msgType": "Update", "references": strings.Repeat("exercise@example.org,EX-00,2031-03-14T08:00:00Z ", 1100)}, incident.Update, incident.Actual, 1, 0, "refers to 1100 others"},
		{"an alert that mentions others", fields{"references": refs}, incident.New, incident.Actual, 0, 0, ""},
		{"an ack", fields{"msgType": "Ack", "references": refs}, incident.New, incident.System, 0, 0, ""},
		{"an error", fields{"msgType": "Error", "references": refs}, incident.New, incident.System, 0, 0, ""},
		{"an exercise", fields{"status": "Exercise"}, incident.New, incident.Exercise, 0, 0, ""},
		{"a test", fields{"status": "Test"}, incident.New, incident.Test, 0, 0, ""},
		{"of the system", fields{"status": "System"}, incident.New, incident.System, 0, 0, ""},
		{"a draft", fields{"status": "Draft"}, incident.New, incident.Draft, 0, 0, ""},
		{"an update of itself", fields{"msgType": "Update", "references": "exercise@example.org,EX-1,2031-03-14T08:00:00+01:00"}, incident.Update, incident.Actual, 0, 0, "does not say what it refers to"},
		{"an update of nothing", fields{"msgType": "Update"}, incident.Update, incident.Actual, 0, 0, "does not say what it refers to"},
		{"a reference that is none", fields{"msgType": "Update", "references": "EX-0"}, incident.Update, incident.Actual, 0, 0, `the reference "EX-0" is left out`},
		{"without a type", fields{"msgType": ""}, incident.New, incident.Actual, 0, 0, "no msgType"},
		{"without a status", fields{"status": ""}, incident.New, incident.Actual, 0, 0, "no status"},
		{"without a scope", fields{"scope": ""}, incident.New, incident.Actual, 0, 0, "no scope"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rec := only(t, anAlert(head.with(tt.head), anInfo(flood, "")))
			i := &rec.Incident
			if rec.Kind != feed.Incident || i.Type != tt.does || i.Status != tt.status || len(i.Replaces) != tt.replaces ||
				i.Version != when("2031-03-14T09:00:00Z").Start.Unix()+tt.later {
				t.Errorf("%v %v %v replaces %v, version %d", rec.Kind, i.Type, i.Status, i.Replaces, i.Version)
			}
			if said := strings.Join(feedtest.Messages(rec), "\n"); !strings.Contains(said, tt.says) || tt.says == "" && said != "" {
				t.Errorf("said %q, want %q", said, tt.says)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	for says, f := range map[string]fields{
		`"Alarm" is no msgType`: {"msgType": "Alarm"},
		`"Real" is no status`:   {"status": "Real"},
		"no identifier":         {"identifier": "!"},
	} {
		rec := only(t, anAlert(head.with(f), anInfo(flood, "")))
		if said := strings.Join(feedtest.Messages(rec), "\n"); rec.Kind != feed.Rejected || !strings.Contains(said, says) {
			t.Errorf("%v: %v %q, want %q", f, rec.Kind, said, says)
		}
	}
	// What stands twice, with two meanings, could be an exercise, or worse than it looks.
	for _, name := range []string{"status", "severity"} {
		whole := anAlert(head, anInfo(flood, ""))
		rec := only(t, strings.Replace(whole, "<"+name+">", "<"+name+">Minor</"+name+"><"+name+">", 1))
		if said := strings.Join(feedtest.Messages(rec), "\n"); rec.Kind != feed.Rejected || !strings.Contains(said, "<"+name+"> stands twice") {
			t.Errorf("%s: %v %q", name, rec.Kind, said)
		}
	}
}

// TestLongIdentifier: one that is longer than ids are is known by its hash, also where others refer to it.
func TestLongIdentifier(t *testing.T) {
	long := strings.Repeat("x", 300)
	one := &only(t, anAlert(head.with(fields{"identifier": long}), anInfo(flood, ""))).Incident
	two := &only(t, anAlert(head.with(fields{"msgType": "Update", "references": "exercise@example.org," + long + ",2031-03-14T08:00:00Z"}), anInfo(flood, ""))).Incident
	if one.Identity.ID.Len() > feed.MaxID || len(two.Replaces) != 1 || two.Replaces[0] != one.Identity {
		t.Errorf("%v, and %v", one.Identity, two.Replaces)
	}
}

func TestTimes(t *testing.T) {
	const sent = "2031-03-14T09:00:00Z"
	tests := []struct {
		name                          string
		info                          fields
		occurred, until, expected, to string
	}{
		{"in force", nil, sent, "2031-03-15T09:00:00Z", "", ""},
		{"without an end", fields{"expires": ""}, sent, "", "", ""},
		{"begun before", fields{"onset": "2031-03-14T06:00:00Z"}, "2031-03-14T06:00:00Z", "2031-03-15T09:00:00Z", "", ""},
		{"ahead", fields{"onset": "2031-03-14T21:00:00Z"}, "", "", "2031-03-14T21:00:00Z", "2031-03-15T09:00:00Z"},
		{"in effect later", fields{"effective": "2031-03-14T21:00:00Z"}, "", "", "2031-03-14T21:00:00Z", "2031-03-15T09:00:00Z"},
		{"ahead without an end", fields{"onset": "2031-03-14T21:00:00Z", "expires": ""}, "", "", "2031-03-14T21:00:00Z", ""},
		{"offsets without a colon", fields{"onset": "2031-03-14T11:30:00+0530"}, "2031-03-14T06:00:00Z", "2031-03-15T09:00:00Z", "", ""},
		{"clocks that differ", fields{"onset": "2031-03-14T09:01:00Z"}, "2031-03-14T09:01:00Z", "2031-03-15T09:00:00Z", "", ""},
		{"expected", fields{"urgency": "Expected", "certainty": "Likely"}, "", "", sent, "2031-03-15T09:00:00Z"},
		{"expected and observed", fields{"urgency": "Expected"}, sent, "2031-03-15T09:00:00Z", "", ""},
		{"expected, and begun", fields{"urgency": "Expected", "certainty": "Likely", "onset": "2031-03-14T08:00:00Z"}, "2031-03-14T08:00:00Z", "2031-03-15T09:00:00Z", "", ""},
		{"over", fields{"responseType": "AllClear", "urgency": "Past", "onset": "2031-03-14T06:00:00Z"}, "2031-03-14T06:00:00Z", sent, "", ""},
		{"expired before it began", fields{"expires": "2031-03-13T09:00:00Z"}, sent, "", "", ""},
		{"no times", fields{"expires": "tomorrow", "onset": "2031-03-14", "effective": "2031-03-14T06:00:00"}, sent, "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			i := &only(t, anAlert(head, anInfo(flood.with(tt.info), ""))).Incident
			if got := []string{i.Occurred.String(), i.Until.String(), i.ExpectedFrom.String(), i.ExpectedTo.String()}; !cmp.Equal(got, []string{tt.occurred, tt.until, tt.expected, tt.to}) {
				t.Errorf("%q", got)
			}
		})
	}
	rec := only(t, anAlert(head.with(fields{"sent": "yesterday"}), anInfo(flood, "")))
	if i := &rec.Incident; !i.Occurred.IsZero() || !i.Reported.IsZero() || i.Version != 0 || len(rec.Problems) != 2 {
		t.Errorf("sent at no time: %v, %v, %q", i.Occurred, i.Reported, feedtest.Messages(rec))
	}
}

// TestSeveralInfos: none of one language loses its area, and the worst says how bad it is.
func TestSeveralInfos(t *testing.T) {
	french := flood.with(fields{"language": "fr-CD", "event": "Inondation", "headline": "EXERCICE Inondation", "areaDesc": "Ville basse", "severity": "Extreme"})
	infos := []string{
		anInfo(flood.with(fields{"language": "en-CD"}), "<circle>0,10 5</circle>"),
		anInfo(french, "<circle>0,10 5</circle>"),
		anInfo(flood.with(fields{"language": "en-CD", "event": "Landslide", "headline": "EXERCISE Landslide", "areaDesc": "Upper town", "severity": "Minor", "expires": "2031-03-20T10:00:00+01:00"}), "<circle>1,10 0</circle>"),
	}
	doc := func(languages ...string) *incident.Incident {
		ctx := feed.NewContext("x")
		ctx.Languages = languages
		d, err := Format.Document(ctx, []byte(anAlert(head, infos...)))
		if err != nil {
			t.Fatal(err)
		}
		return &d.Records[0].Incident
	}
	english := doc("es", "en")
	if english.Place.String() != "Lower town; Upper town" || english.Title.String() != "EXERCISE Flood" || !english.Severity.Is(incident.Critical) ||
		english.Until != when("2031-03-20T09:00:00Z") || english.Accuracy < 111 || !strings.Contains(english.Details.String(), "Also: Landslide – EXERCISE Landslide – Upper town") {
		t.Errorf("%+v", english)
	}
	if other := doc("fr_FR"); other.Place.String() != "Ville basse" || !other.Act.Is(incident.Flood) || other.Accuracy != english.Accuracy {
		t.Errorf("%+v", other)
	}
	infos = infos[1:2]
	if alone := doc("en"); alone.Title.String() != "EXERCICE Inondation" {
		t.Errorf("where there is no other language: %q", alone.Title)
	}
}

func TestWords(t *testing.T) {
	tests := []struct {
		event, category, code string
		threat                incident.Threat
		act                   incident.Act
		unlisted              bool
	}{
		{"Tsunami Warning", "Geo", "", incident.Hazard, incident.Tsunami, false},
		{"Coastal Flood Advisory", "Met", "", incident.Hazard, incident.Flood, false},
		{"HURRICANE WATCH", "Met", "", incident.Hazard, incident.Cyclone, false},
		{"Sismo", "Geo", "", incident.Hazard, incident.Earthquake, false},
		{"南投縣大雨特報", "Met", "", incident.Hazard, incident.ActOther, false},
		{"Fire Weather Watch", "Fire", "", incident.Hazard, incident.Wildfire, false},
		{"Structure fire", "Fire", "", incident.Hazard, incident.Arson, false},
		{"Firearm training", "Other", "", incident.ThreatUnknown, incident.ActUnknown, true},
		{"HOCHWASSER", "Met", "", incident.Hazard, incident.Flood, false},
		{"Chuvas Intensas", "Met", "", incident.Hazard, incident.ActOther, false},
		{"Severe Cyclonic Storm", "Met", "", incident.Hazard, incident.Cyclone, false},
		{"Thunder shower", "", "", incident.Hazard, incident.ActOther, false},
		{"Riot", "Security", "", incident.CivilUnrest, incident.Riot, false},
		{"Terrorist threat", "Security", "", incident.Terrorism, incident.ActUnknown, false},
		{"Shooting", "Security", "", incident.ThreatUnknown, incident.Shooting, false},
		{"Warning", "Met", "TSW", incident.Hazard, incident.Tsunami, false},
		{"Warnung", "Fire", "grassFire", incident.Hazard, incident.Wildfire, false},
		{"Sonnenfinsternis", "Met", "", incident.Hazard, incident.ActUnknown, true},
		{"Unbekannt", "CBRNE", "", incident.ThreatUnknown, incident.ActUnknown, true},
		{"Cholera", "Health", "", incident.Hazard, incident.DiseaseOutbreak, false},
	}
	for _, tt := range tests {
		code := ""
		if tt.code != "" {
			code = "<eventCode><valueName>SAME</valueName><value>" + tt.code + "</value></eventCode>"
		}
		body := anAlert(head, strings.Replace(anInfo(flood.with(fields{"event": tt.event, "category": tt.category}), ""), "<urgency>", code+"<urgency>", 1))
		rec := only(t, body)
		i := &rec.Incident
		if !i.Threat.Is(tt.threat) || i.Act.Value != tt.act || i.Act.Unlisted() != tt.unlisted {
			t.Errorf("%s: %v, %v", tt.event, i.Threat, i.Act)
		}
		if tt.unlisted && (i.Act.Text.String() != tt.event || len(rec.Problems) != 1) {
			t.Errorf("%s: kept as %q, said %q", tt.event, i.Act.Text, feedtest.Messages(rec))
		}
	}
	// What has no word is warned of once.
	odd := func(id string) string {
		return anAlert(head.with(fields{"identifier": id}), anInfo(flood.with(fields{"event": "Sonnenfinsternis", "severity": "Schlimm", "certainty": "Vielleicht", "urgency": "Bald", "category": "Wetter"}), ""))
	}
	doc := decodeText(t, "<alerts>"+odd("1")+odd("2")+"</alerts>")
	i := &doc.Records[1].Incident
	if len(doc.Records[0].Problems) != 5 || len(doc.Records[1].Problems) != 0 || i.Severity.Text.String() != "Schlimm" || i.Verification.Text.String() != "Vielleicht" {
		t.Errorf("%q, then %q; %v %v", feedtest.Messages(&doc.Records[0]), feedtest.Messages(&doc.Records[1]), i.Severity, i.Verification)
	}
}

func TestScopes(t *testing.T) {
	for word, want := range map[string]incident.Coded[incident.Handling]{
		"Public": incident.Known(incident.Public), "Restricted": incident.Known(incident.Restricted),
		"Private": incident.Known(incident.StrictlyConfidential), "Family": incident.ParseHandling("Family"), "": {},
	} {
		if got := only(t, anAlert(head.with(fields{"scope": word}), anInfo(flood, ""))).Incident.Handling; got != want {
			t.Errorf("%q: %v, want %v", word, got, want)
		}
	}
}

func TestCountries(t *testing.T) {
	for _, tt := range []struct{ name, value, want string }{
		{"ISO3166-1", "ML", "MLI"},
		{"http://www.iso.org/iso/country_codes.html", "AU-NSW", "AUS"},
		{"ISO 3166-2", "AU_SA", "AUS"},
		{"iso_country", "xx", ""},
		{"EMMA_ID", "UK001", "GBR"},
		{"EMMA_ID", "GR014", "GRC"},
		{"NUTS3", "EL303", "GRC"},
		{"FIPS6", "035001 072029", "PRI,USA"},
		{"SAME", "006037", "USA"},
		{"UGC", "PRZ001 NMZ501", "PRI,USA"},
		{"profile:CAP-CP:Location:0.3", "1004001", "CAN"},
		{"Forecast Region", "Reykjavik", ""},
		{"postcode", "2642", ""},
	} {
		var got []string
		i := &only(t, anAlert(head, anInfo(flood, "<geocode><valueName>"+tt.name+"</valueName><value>"+tt.value+"</value></geocode>"))).Incident
		for _, c := range i.Countries {
			got = append(got, c.String())
		}
		if strings.Join(got, ",") != tt.want || i.Inferred {
			t.Errorf("%s %s: %v", tt.name, tt.value, got)
		}
	}
}

// TestCountryOfTheAuthority: an identifier of the World Meteorological Organization's tells the country of who warns, and is
// asked last.
func TestCountryOfTheAuthority(t *testing.T) {
	for identifier, want := range map[string]country.Code{
		"2.49.0.1.36.0.2031.03.14.EX": country.MustParse("AUS"), "urn:oid:2.49.0.0.466.1.EX": country.MustParse("MLI"),
		"2.49.0.1.999.0.EX": country.Unknown, "2.49.0.1.466": country.Unknown, "2.49.0.1.4660.0.EX": country.Unknown, "1.2.49.0.1.466.0": country.Unknown,
	} {
		i := &only(t, anAlert(head.with(fields{"identifier": identifier}), anInfo(flood, ""))).Incident
		if i.Inferred != (want != country.Unknown) || i.Inferred && !slices.Equal(i.Countries, []country.Code{want}) {
			t.Errorf("%s: %v, inferred: %v", identifier, i.Countries, i.Inferred)
		}
		i = &only(t, anAlert(head.with(fields{"identifier": identifier}), anInfo(flood, "<polygon>12,-8 12,-7 13,-7 12,-8</polygon>"))).Incident
		if !slices.Equal(i.Countries, []country.Code{country.MustParse("MLI")}) {
			t.Errorf("%s at a place in Mali: %v", identifier, i.Countries)
		}
	}
}

func TestCharacterSets(t *testing.T) {
	text := anAlert(head, anInfo(flood.with(fields{"headline": "EXERCISE 南投縣"}), ""))
	big5, err := traditionalchinese.Big5.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(`<?xml version="1.0" encoding="UTF-16"?>` + text)
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{
		"UTF-8": text, "with a mark": "\xEF\xBB\xBF" + text, "Big5": `<?xml version="1.0" encoding="Big5"?>` + big5, "UTF-16": utf16,
		"UTF-8 that says it is Big5":       `<?xml version="1.0" encoding="big5"?>` + text,
		"UTF-8 that says it is ISO-8859-1": `<?xml version="1.0" encoding="ISO-8859-1"?>` + text,
	} {
		if got := only(t, body).Incident.Title.String(); got != "EXERCISE 南投縣" {
			t.Errorf("%s: %q", name, got)
		}
	}
	latin := anAlert(head, anInfo(flood.with(fields{"headline": "EXERCISE Usulut\xE1n"}), ""))
	for name, body := range map[string]string{
		"ISO-8859-1": `<?xml version="1.0" encoding="ISO-8859-1"?>` + latin, "undeclared": latin,
		"said to be UTF-8": `<?xml version="1.0" encoding="UTF-8"?>` + latin,
	} {
		if got := only(t, body).Incident.Title.String(); got != "EXERCISE Usulután" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestEnvelopes(t *testing.T) {
	one, two := anAlert(head, anInfo(flood, "")), anAlert(head.with(fields{"identifier": "EX-2", "status": "Test"}), anInfo(flood, ""))
	edxl := func(status, objects string) string {
		return `<d:EDXLDistribution xmlns:d="urn:oasis:names:tc:emergency:EDXL:DE:1.0"><d:dateTimeSent>2031-03-14T12:00:00Z</d:dateTimeSent><d:distributionStatus>` +
			status + `</d:distributionStatus><d:targetArea><d:subdivision>AU-NSW</d:subdivision></d:targetArea>` + objects + `</d:EDXLDistribution>`
	}
	object := func(s string) string {
		return "<d:contentObject><d:xmlContent><d:embeddedXMLContent>" + s + "</d:embeddedXMLContent></d:xmlContent></d:contentObject>"
	}
	doc := decodeText(t, edxl("Actual", object(one)+object("<report/>")+object(two)))
	if len(doc.Records) != 3 || doc.Records[1].Kind != feed.Rejected || !doc.ContentTime.Equal(when("2031-03-14T12:00:00Z").Start) ||
		doc.Records[0].Incident.Status != incident.Actual || doc.Records[2].Incident.Status != incident.Test || !doc.Records[0].Incident.In(country.MustParse("AUS")) {
		t.Errorf("%+v", doc)
	}
	doc = decodeText(t, edxl("Exercise", object(one)+object(two)))
	if doc.Records[0].Incident.Status != incident.Exercise || doc.Records[1].Incident.Status != incident.Test {
		t.Errorf("an envelope of an exercise: %v, %v", doc.Records[0].Incident.Status, doc.Records[1].Incident.Status)
	}
	if doc = decodeText(t, edxl("Odd", object(one))); len(doc.Problems) != 1 || doc.Records[0].Incident.Status != incident.Actual {
		t.Errorf("an odd envelope: %v", doc.Problems)
	}
	if doc = decodeText(t, "<alerts>"+one+two+"</alerts>"); len(doc.Records) != 2 {
		t.Errorf("%d alerts", len(doc.Records))
	}
	old := strings.ReplaceAll(one, "urn:oasis:names:tc:emergency:cap:1.2", "http://www.incident.com/cap/1.0")
	old = strings.Replace(old, "<area>", "<area><geocode>fips6=035001</geocode>", 1)
	if rec := only(t, old); !rec.Incident.In(country.MustParse("USA")) {
		t.Errorf("CAP 1.0: %v", rec.Incident.Countries)
	}
	bare := strings.ReplaceAll(one, ` xmlns="urn:oasis:names:tc:emergency:cap:1.2"`, "")
	if rec := only(t, bare); rec.Kind != feed.Incident {
		t.Error("without a namespace")
	}
}

func TestNotWhole(t *testing.T) {
	whole := anAlert(head, anInfo(flood, ""))
	for name, body := range map[string]string{
		"empty": "", "cut off": whole[:len(whole)/2], "HTML": "<html><body>502 Bad Gateway</body></html>",
		"DOCTYPE": "<!DOCTYPE alert [<!ENTITY x 'y'>]>" + whole, "an entity": strings.Replace(whole, "EXERCISE", "&x;", 1),
		"deep": strings.Replace(whole, "EXERCISE", strings.Repeat("<a>", 200)+strings.Repeat("</a>", 200), 1),
	} {
		if doc, err := Format.Document(feed.NewContext("x.xml"), []byte(body)); !errors.Is(err, feed.ErrHalf) || len(doc.Records) != 0 {
			t.Errorf("%s: %d records, %v", name, len(doc.Records), err)
		}
	}
}

func TestRecognise(t *testing.T) {
	for _, body := range []string{
		"", "{}", "<alert/>", "<alert><identifier>1</identifier></alert>", "<alerts><a/></alerts>", "<rss><channel><title>News of the capital</title></channel></rss>",
		`<feed xmlns="http://www.w3.org/2005/Atom"><title>Escape</title></feed>`,
		"<rss><channel><title>Farms</title><description>News of the CAP, and alerts</description></channel></rss>", "<!DOCTYPE html><html>urn:oasis:names:tc:emergency:cap:1.2</html>",
		`<html xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2"/>`,
	} {
		if Format.Recognise([]byte(body)) {
			t.Errorf("recognised: %s", body)
		}
	}
	for _, body := range []string{
		`<rss xmlns:c="urn:oasis:names:tc:emergency:cap:1.1"><channel>`, `<rss><channel><item><link>http://example.org/1.cap</link></item>`,
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><link type="application/cap+xml" href="x"/></entry>`, `<rss><channel><title>All CAP alerts</title>`,
		`<rss><channel><title>EXERCISE Met Office</title><description>This feed lists the most recent valid CAP alerts.</description>`,
		`<!DOCTYPE alert><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">`, `<c:alert xmlns:c="urn:oasis:names:tc:emergency:cap:1.2"><c:ident`,
	} {
		if !Format.Recognise([]byte(body)) {
			t.Errorf("not recognised: %s", body)
		}
	}
}
