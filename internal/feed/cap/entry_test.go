package cap

import (
	"strings"
	"testing"

	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
)

func anAtom(entries ...string) string {
	return `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2" xmlns:georss="http://www.georss.org/georss">
<updated>2031-03-14T12:00:00Z</updated><title>EXERCISE index</title>
` + strings.Join(entries, "\n") + "\n</feed>"
}

const entryHead = `<id>https://example.org/alerts/EX-1</id><title>EXERCISE Flood Warning</title><updated>2031-03-14T09:00:00Z</updated>` +
	`<author><name>exercise@example.org</name></author><link href="https://example.org/alerts/EX-1.html"/>` +
	`<link type="application/cap+xml" href="https://example.org/alerts/EX-1.cap"/><summary>EXERCISE It rises.</summary>`

func TestEntryWithFields(t *testing.T) {
	rec := only(t, anAtom("<entry>"+entryHead+`<georss:point>6.5 3.4</georss:point><category term="flood"/>
<cap:event>Flood Warning</cap:event><cap:onset>2031-03-14T20:00:00Z</cap:onset><cap:expires>2031-03-15T09:00:00Z</cap:expires>
<cap:status>Exercise</cap:status><cap:category>Met</cap:category><cap:urgency>Future</cap:urgency><cap:severity>Severe</cap:severity>
<cap:certainty>Likely</cap:certainty><cap:areaDesc>Lower town</cap:areaDesc>
<cap:geocode><valueName>FIPS6</valueName><value>035001 072029</value><valueName>UGC</valueName><value>NMZ501</value></cap:geocode></entry>`))
	i := &rec.Incident
	if i.Identity.ID.String() != "https://example.org/alerts/EX-1" || i.Identity.Authority.String() != "exercise@example.org" ||
		i.Version != when("2031-03-14T09:00:00Z").Start.Unix()-1 || i.Status != incident.Exercise || i.Class != incident.Occurrence {
		t.Errorf("%+v", i)
	}
	if !i.Forecast() || i.ExpectedFrom != when("2031-03-14T20:00:00Z") || !i.Act.Is(incident.Flood) || len(i.Countries) != 2 ||
		i.Point != (incident.Point{Lat: 6.5, Lon: 3.4}) || i.Place.String() != "Lower town" || i.Title.String() != "EXERCISE Flood Warning" {
		t.Errorf("%+v", i)
	}
	if !strings.HasSuffix(rec.Linked, ".cap") || len(rec.Problems) > 0 || len(i.Links) != 1 || !strings.HasSuffix(i.Links[0].String(), ".cap") {
		t.Errorf("linked %q, links %v, said %q", rec.Linked, i.Links, feedtest.Messages(rec))
	}
}

// TestEntryThatUpdates: what it updates stands in the alert alone, so that this must be fetched.
func TestEntryThatUpdates(t *testing.T) {
	doc := decodeText(t, anAtom("<entry>"+entryHead+"<cap:event>Flood</cap:event><cap:msgType>Update</cap:msgType></entry>"))
	if i := &doc.Records[0].Incident; i.Type != incident.Update || len(doc.Linked) != 1 || doc.Records[0].Linked != "https://example.org/alerts/EX-1.cap" {
		t.Errorf("%v, linked %v", i.Type, doc.Linked)
	}
}

// ofMeteoalarm is an entry as Meteoalarm writes them: one for each area of an alert, which is named by its identifier
// alone.
func ofMeteoalarm(identifier, kind, area string, more ...string) string {
	return `<entry><cap:geocode><valueName>EMMA_ID</valueName><value>DE202</value></cap:geocode><cap:areaDesc>` + area + `</cap:areaDesc>
<cap:event>EXERCISE wind gusts</cap:event><cap:sent>2031-03-14T09:00:00+00:00</cap:sent><cap:expires>2031-03-14T17:00:00+00:00</cap:expires>
<cap:severity>Moderate</cap:severity>` + strings.Join(more, "") + `<cap:message_type>` + kind + `</cap:message_type><cap:status>Actual</cap:status>
<cap:identifier>` + identifier + `</cap:identifier><link href="https://example.org/w/` + identifier + `" type="application/cap+xml"/>
<id>https://example.org/w/` + identifier + `?area=` + area + `</id><updated>2031-03-14T09:01:00Z</updated><title>EXERCISE warning for ` + area + `</title></entry>`
}

// TestEntriesOfOneAlert: an alert that is listed once for each of its areas is one incident, in all of them.
func TestEntriesOfOneAlert(t *testing.T) {
	doc := decodeText(t, anAtom(ofMeteoalarm("EX-1", "Alert", "Coast"), ofMeteoalarm("EX-2", "Alert", "Hills"),
		ofMeteoalarm("EX-1", "Alert", "Lake", "<cap:urgency>Later</cap:urgency>"), ofMeteoalarm("EX-1", "Cancel", "Coast")))
	if len(doc.Records) != 4 || len(doc.Problems) != 0 || len(doc.Linked) != 3 {
		t.Fatalf("%d records, problems %v, linked %v", len(doc.Records), doc.Problems, doc.Linked)
	}
	first, second := &doc.Records[0], &doc.Records[2]
	if got := first.Incident.Place.String(); got != "Coast; Lake" || first.Linked == "" || first.Line >= second.Line {
		t.Errorf("%q, linked %q, lines %d and %d", got, first.Linked, first.Line, second.Line)
	}
	if first.Incident.Hash() != second.Incident.Hash() || doc.Records[1].Incident.Place.String() != "Hills" {
		t.Errorf("%+v\n%+v", first.Incident, second.Incident)
	}
	if i := &doc.Records[3].Incident; i.Type != incident.Cancel || i.Place.String() != "Coast" {
		t.Errorf("a cancel that is called message_type: %+v", i)
	}
}

func TestEntryThatLinks(t *testing.T) {
	doc := decodeText(t, anAtom("<entry>"+entryHead+"</entry>", "<entry><id>x</id></entry>"))
	rec := &doc.Records[0]
	i := &rec.Incident
	if i.Class != incident.Report || !i.Occurred.IsZero() || i.Title.String() != "EXERCISE Flood Warning" || !i.Reported.Equal(when("2031-03-14T09:00:00Z").Start) ||
		rec.Linked != "https://example.org/alerts/EX-1.cap" || len(doc.Linked) != 1 || len(doc.Problems) != 0 {
		t.Errorf("%+v, problems %v", rec, doc.Problems)
	}
	if doc.Records[1].Kind != feed.Rejected {
		t.Errorf("an entry that says nothing: %v", doc.Records[1].Kind)
	}
	if i = &only(t, anAtom("<entry>"+strings.Replace(entryHead, "Flood Warning", "Flood Warning, Mali", 1)+"</entry>")).Incident; !i.Inferred || len(i.Countries) != 1 {
		t.Errorf("a country in the title: %v, inferred: %v", i.Countries, i.Inferred)
	}
}

func TestEntryWithAnAlert(t *testing.T) {
	alert := anAlert(head, anInfo(flood, ""))
	escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(alert)
	for name, content := range map[string]string{
		"within":  `<content type="text/xml">` + alert + "</content>",
		"beside":  alert,
		"as text": `<content type="text">` + escaped + "</content>",
		"CDATA":   `<content type="text"><![CDATA[` + alert + "]]></content>",
	} {
		rec := only(t, anAtom("<entry>"+entryHead+content+"</entry>"))
		if i := &rec.Incident; i.Identity.ID.String() != "EX-1" || i.Title.String() != "EXERCISE Flood" || i.Class != incident.Occurrence || rec.Linked != "" || rec.Line < 3 {
			t.Errorf("%s: line %d: %+v", name, rec.Line, i)
		}
	}
	two := "<entry>" + entryHead + "<content>" + alert + anAlert(head.with(fields{"identifier": "EX-2"}), anInfo(flood, "")) + "</content></entry>"
	if doc := decodeText(t, anAtom(two)); len(doc.Records) != 2 {
		t.Errorf("two alerts give %d records", len(doc.Records))
	}
}

func TestItemsOfRSS(t *testing.T) {
	doc := decodeText(t, `<rss version="2.0" xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2"><channel><title>EXERCISE</title>
<pubDate>Fri, 14 Mar 2031 12:00:00 GMT</pubDate>
<item><title>EXERCISE Flood</title><link>http://example.org/1</link><guid>EX-1</guid><pubDate>Fri, 14 Mar 2031 09:00:00 GMT</pubDate>
<category>Weather</category><cap:severity>Moderate</cap:severity><cap:expires>2031-03-15T09:00:00Z</cap:expires></item>
<item><title>EXERCISE news</title><guid>EX-2</guid><pubDate>lately</pubDate></item>
</channel></rss>`)
	if len(doc.Records) != 2 || !doc.ContentTime.Equal(when("2031-03-14T12:00:00Z").Start) {
		t.Fatalf("%d records of %v", len(doc.Records), doc.ContentTime)
	}
	first, second := &doc.Records[0].Incident, &doc.Records[1]
	if first.Identity.ID.String() != "EX-1" || first.Identity.Authority.String() != "x" || !first.Act.Is(incident.Flood) || !first.Severity.Is(incident.Moderate) ||
		first.Until != when("2031-03-15T09:00:00Z") || first.Occurred != when("2031-03-14T09:00:00Z") {
		t.Errorf("%+v", first)
	}
	if second.Incident.Class != incident.Report || !second.Incident.Reported.IsZero() || len(second.Problems) != 1 {
		t.Errorf("%+v", second)
	}
}
