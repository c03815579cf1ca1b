package correlate_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/feed/formats"
	"vigil/internal/safetext"
)

// kika decodes Insecurity Insight's file of aid workers killed, injured, kidnapped or arrested.
func kika(tb testing.TB) desk {
	tb.Helper()
	return decoded(tb, "insecurity-insight/aidWorkerKIKA.json")
}

// sindOverlap matches two files of Insecurity Insight that share 336 events, without the number that they share. Its numbers are not
// quite the truth: four of the seven pairs that count as wrong (29149 and 28779, 32543 and 35152, 28404 and 28462, 28502 and 31426)
// read as one event that has two numbers.
func sindOverlap(tb testing.TB, silent bool) outcome {
	tb.Helper()
	a, b := decoded(tb, "insecurity-insight/derived/attacks-on-health-care-2016-2023.csv"), kika(tb)
	for _, i := range slices.Concat(a, b) {
		text, _, _ := strings.Cut(i.Details.String(), "SiND Event ID")
		i.Details = safetext.Block(text)
	}
	return overlap(a, b, silent)
}

func TestFilesOfInsecurityInsight(t *testing.T) {
	for _, silent := range []bool{false, true} {
		o := sindOverlap(t, silent)
		t.Log(silent, o)
		const least = leastPrecision - 0.015 // for the events with two numbers
		if o.precision() < least {
			t.Errorf("precision %.3f, recall %.3f", o.precision(), o.recall())
		}
	}
}

// decoded is the incidents of a real file.
func decoded(tb testing.TB, name string) desk {
	tb.Helper()
	body := feedtest.Real(tb, name)
	for _, f := range formats.All() {
		if f.Document == nil || !f.Recognise(body[:feed.HeadSize]) {
			continue
		}
		doc, err := f.Document(feed.NewContext(name), body)
		if err != nil {
			tb.Fatal(err)
		}
		var d desk
		for i := range doc.Records {
			if doc.Records[i].Kind == feed.Incident {
				d = append(d, &doc.Records[i].Incident)
			}
		}
		return d
	}
	tb.Fatal("no format recognises " + name)
	return nil
}

// Agencies differ by seconds and by tens of kilometres on one shock, while a swarm has shocks minutes apart in one place. No two files of
// two agencies overlap in time, so the second agency is made: every earthquake of a day of the USGS, moved by up to 8 s and 0.1 degrees,
// without its words and ids.
func TestSwarmsOfEarthquakes(t *testing.T) {
	a := decoded(t, "usgs/all_day.geojson")
	var b desk
	for k, i := range a {
		moved := *i
		moved.Occurred.Start = i.Occurred.Start.Add(time.Duration(k%17-8) * time.Second)
		moved.Point.Lat += float64(k%7-3) / 30
		moved.Point.Lon += float64(k%5-2) / 20
		moved.Links = nil
		b = append(b, &moved)
	}
	o := overlap(a, b, true)
	t.Log(o)
	if o.precision() < leastPrecision || o.recall() < leastRecall {
		t.Errorf("precision %.3f, recall %.3f", o.precision(), o.recall())
	}
}
