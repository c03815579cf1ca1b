package app

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"vigil/internal/picture"
)

// alert is one of the Common Alerting Protocol, in two languages.
func (d *testDesk) alert(id, kind, references string, ago time.Duration) string {
	at := func(t time.Time) string { return t.Format("2006-01-02T15:04:05-07:00") }
	sent := d.clock.now().Add(-ago)
	info := func(language, headline string) string {
		return fmt.Sprintf(`<info><language>%s</language><category>Met</category><event>Flood</event><urgency>Immediate</urgency>
<severity>Severe</severity><certainty>Observed</certainty><expires>%s</expires><headline>%s %s</headline><area><areaDesc>x</areaDesc>
<geocode><valueName>ISO 3166-1</valueName><value>ML</value></geocode></area></info>`, language, at(sent.Add(24*time.Hour)), headline, id)
	}
	return fmt.Sprintf(`<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>%s</identifier><sender>met@example.org</sender>
<sent>%s</sent><status>Actual</status><msgType>%s</msgType><scope>Public</scope><references>%s</references>%s%s</alert>`,
		id, at(sent), kind, references, info("en", "Flood"), info("fr", "Inondation"))
}

func titles(v picture.View) []string {
	list := []string{}
	for id := range v.Incidents() {
		r, _ := v.Row(id)
		list = append(list, fmt.Sprintf("%s cancelled=%v held=%v", r.Title, r.Cancelled, r.Held))
	}
	return list
}

func isTitled(want string) func(picture.View) bool {
	return func(v picture.View) bool { return v.Len() == 1 && titles(v)[0] == want }
}

// TestAlertsOfSeveralFiles: an update and a cancel reach what other files said, in the language of the desk, and after a restart
// without the files the end is the same.
func TestAlertsOfSeveralFiles(t *testing.T) {
	d := newDesk(t, home+"ui = {language = \"fr\"}\n")
	d.write("feeds/2.xml", d.alert("B", "Update", "met@example.org,A,2031-03-14T08:00:00Z", time.Hour))
	d.open()
	d.await("an update of what has not come", isTitled("Inondation B cancelled=false held=true"))
	d.write("feeds/1.xml", d.alert("A", "Alert", "", 2*time.Hour))
	d.await("what it updates, which it has taken the place of", isTitled("Inondation B cancelled=false held=false"))
	d.write("feeds/3.xml", d.alert("C", "Cancel", "met@example.org,B,2031-03-14T09:00:00Z", time.Minute))
	v := d.await("the cancel", isTitled("Inondation B cancelled=true held=false"))
	if detail, _ := v.Detail(v.At(0)); len(detail.Versions) != 3 {
		t.Errorf("%d versions", len(detail.Versions))
	}
	d.close()
	for _, name := range []string{"feeds/1.xml", "feeds/2.xml"} {
		if err := os.Remove(d.path(name)); err != nil {
			t.Fatal(err)
		}
	}
	d.open()
	defer d.close()
	d.await("the same after a restart", isTitled("Inondation B cancelled=true held=false"))
}

// TestAnIndexAndItsAlerts: an entry that only points to its alert is a report until the alert is there, and the alert takes its
// place, also after a restart without the network.
func TestAnIndexAndItsAlerts(t *testing.T) {
	d := newDesk(t, "")
	alert := d.alert("A", "Alert", "", time.Hour)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/index.atom":
			updated := d.clock.now().Format(time.RFC3339)
			entry := func(id, link string) string {
				return "<entry><id>" + id + "</id><title>pointer " + id + "</title><updated>" + updated + `</updated><link type="application/cap+xml" href="` + link + `"/></entry>`
			}
			fmt.Fprint(w, `<feed xmlns="http://www.w3.org/2005/Atom"><title>CAP</title><updated>`+updated+"</updated>"+entry("1", "alerts/a.cap?x=1")+entry("2", "/gone.cap")+"</feed>")
		case "/alerts/a.cap":
			fmt.Fprint(w, alert)
		default:
			http.NotFound(w, r)
		}
	}))
	d.write("vigil.toml", home+fmt.Sprintf("[[source]]\nname = \"met\"\nurl = \"%s/index.atom?key=none\"\nallow_private = true\nevery = \"10s\"\n", server.URL))
	whole := func(v picture.View) bool {
		list := strings.Join(titles(v), "\n")
		return v.Len() == 2 && strings.Contains(list, "Flood A cancelled=false held=false") && strings.Contains(list, "pointer 2")
	}
	d.open()
	v := d.await("the alert, and what points to one that is gone", whole)
	if s := sourceOf(v, "met"); s.Counts.Records != 3 || s.Counts.Incidents != 1 || s.Counts.Reports != 2 || s.Info.Format.String() != "cap" {
		t.Errorf("%+v of %s", s.Counts, s.Info.Format)
	}
	d.close()
	server.Close()
	d.open()
	defer d.close()
	d.await("the same after a restart without the network", whole)
}
