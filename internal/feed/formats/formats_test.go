package formats_test

import (
	"strings"
	"testing"

	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/feed/formats"
)

// vigil formats tells of each format what recognises it.
func TestEveryFormatSaysWhatRecognisesIt(t *testing.T) {
	for _, f := range formats.All() {
		if f.Sign == "" || strings.HasSuffix(f.Sign, ".") {
			t.Errorf("%s: Sign %q, want a phrase without a full stop", f.Name, f.Sign)
		}
	}
}

// silent are the formats that cover nothing: that they do not speak of a country says nothing of its threats.
var silent = map[string]bool{
	"adam": true, "cap": true, "cot": true, "csv": true, "event-counts": true, "gdacs-events": true, "geojson": true, "hapi": true, "hxl": true, "insecurity-insight": true,
	"json": true, "native-geojson": true, "native-table": true, "usgs": true, "xlsx": true, "kml": true, "reliefweb-reports": true, "rss": true, "ucdp": true, "uk-fcdo": true, "us-state": true,
}

func TestEveryFormatIsWhole(t *testing.T) {
	names := make(map[string]bool)
	for _, f := range formats.All() {
		if f.Name == "" || names[f.Name] || f.Recognise == nil || (f.Line == nil) == (f.Document == nil) {
			t.Errorf("%q is not a format, or stands twice", f.Name)
		}
		names[f.Name] = true
		if got, ok := formats.ByName(f.Name); !ok || got != f {
			t.Errorf("%q is not found by its name", f.Name)
		}
		if f.Profile.Expect <= 0 || (f.Profile.Covers == 0) != silent[f.Name] {
			t.Errorf("%q does not say how often it speaks, or of what: %+v", f.Name, f.Profile)
		}
	}
	if _, ok := formats.ByName("AWSD"); ok {
		t.Error("a name is found that no format has")
	}
	formats.All()[0] = nil
	if formats.All()[0] == nil {
		t.Error("the list can be changed from outside")
	}
}

func TestDetect(t *testing.T) {
	heads := map[string]string{
		`{"id":"R-1","act":"shooting","country":"MLI"}`:                                                                            "native",
		`<?xml version="1.0"?><rss xmlns:gdacs="http://www.gdacs.org"><channel>`:                                                   "gdacs",
		"Incident ID;Year;Nationals killed;Internationals killed;Means of attack\n1;2031;0;0;x\n":                                  "awsd",
		`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"eventtype":"FL","eventid":7,"alertlevel":"Red",`: "gdacs-events",
		`<event version="2.0" uid="MV3" type="a-f-G-U-C">`:                                                                         "cot",
		`<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>`:                                              "kml",
		`{"status":200,"success":true,"count":0,"data":[]}`:                                                                        "acled",
		"country,area,count\nMLI,Gao,3\n":                                                                                          "",
		"":                                                                                                                         "",
		"\x00\x01\x02":                                                                                                             "",
	}
	for head, want := range heads {
		f, ok := formats.Detect([]byte(head))
		if ok != (want != "") || ok && f.Name != want {
			t.Errorf("%.40q: %+v", head, f)
		}
	}
}

// TestDetectReal: each real file is recognised as what it is, or not at all.
func TestDetectReal(t *testing.T) {
	files := map[string]string{
		"awsd/incidents.csv": "awsd", "awsd/AWSD_AF_security_incidents.csv": "awsd",
		"gdacs/gdacs-rss-24h.xml": "gdacs", "gdacs/erectus-2016-rss.xml": "gdacs", "gdacs/gdacs-reader-rss_7d.xml": "gdacs",
		"gdacs/hdx-gdacs_rss_information.csv": "", "usgs/all_day.geojson": "usgs", "usgs/significant_month.geojson": "usgs", "insecurity-insight/aidWorkerKIKA.json": "insecurity-insight", "insecurity-insight/derived/protection-in-danger-2020-2023.csv": "insecurity-insight",
		"us-state/current_advisories.json": "us-state", "us-state/bulgaria.json": "us-state", "us-state/current_advisories-9ffac67.json": "us-state",
		"reliefweb/v1-disasters-appname-vocabulary-preset-external-limit-1000.json": "reliefweb",
		"reliefweb/disasters-25466.json":                                            "reliefweb", "reliefweb/deep-relief_web-1.json": "reliefweb-reports",
		"wfp-adam/earthquakes-eq-us7000l9h2.json": "adam", "wfp-adam/floods-fl-20231114-som-00.json": "adam",
		"wfp-adam/events-feed-start-date-2023-11-08-end-date-2023-11-17.json": "adam",
		"fcdo/index.json": "uk-fcdo", "fcdo/full-country.json": "uk-fcdo",
		"reliefweb/deep-rss_feed-1.rss.xml": "rss", "reliefweb/deep-emm-1.rss.xml": "rss", "gdelt/events2.csv": "",
		"hxl/qc_conflict_data_BGD.csv": "hxl", "hxl/2025-json.json": "", "reliefweb/reliefweb-disasters-list.csv": "hxl",
	}
	for name, want := range files {
		body := feedtest.Real(t, name)
		f, ok := formats.Detect(body)
		if ok != (want != "") || ok && f.Name != want {
			t.Errorf("%s: %+v", name, f)
		}
		if _, whole := formats.Detect(body[:min(len(body), feed.HeadSize)]); whole != ok {
			t.Errorf("%s: more than the head was looked at", name)
		}
	}
}

// TestDetectWhole: the head of a workbook says that it is one and is read whole, the rest what its rows are. What
// somebody has explained is read as explained.
func TestDetectWhole(t *testing.T) {
	for name, want := range map[string]string{
		"insecurity-insight/2020-2023-protection-in-danger-incident-data.xlsx":        "insecurity-insight",
		"insecurity-insight/2024 Conflict Related Sexual Violence Incident Data.xlsx": "insecurity-insight",
		"awsd/incidents.csv": "awsd", "gdelt/events2.csv": "",
	} {
		body := feedtest.Real(t, name)
		f, ok := formats.DetectWhole(feed.NewContext(name), body)
		if ok != (want != "") || ok && f.Name != want {
			t.Errorf("%s: %+v", name, f)
		}
		if head, _ := formats.Detect(body[:min(len(body), feed.HeadSize)]); ok && (head == nil || head.Lines()) {
			t.Errorf("%s: its head is not read whole: %+v", name, head)
		}
	}
	explained := feed.NewContext("x")
	explained.Map = &feed.Map{Fields: map[string]string{"id": "a"}}
	for body, want := range map[string]string{
		"a,b\n1,2\n": "csv", `[{"a":1}]`: "json", `{"type":"FeatureCollection","features":[]}`: "geojson",
		`{"id":"R-1","act":"shooting","country":"MLI"}`: "json", "PK\x03\x04" + "0123456789012345678901234567"[:26] + "xl/": "xlsx",
	} {
		if f, ok := formats.DetectWhole(explained, []byte(body)); !ok || f.Name != want {
			t.Errorf("%q: %+v, want %s", body, f, want)
		}
	}
	if f, ok := formats.DetectWhole(feed.NewContext("x"), []byte("PK\x03\x04"+"0123456789012345678901234567"[:26]+"[Content_Types].xml")); !ok || f.Name != "xlsx" {
		t.Errorf("a broken workbook: %+v", f)
	}
}
