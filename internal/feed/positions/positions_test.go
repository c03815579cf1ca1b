package positions

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
	"vigil/internal/presence"
	"vigil/internal/safetext"
)

func decode(t *testing.T, f *feed.Format, body string) feed.Document {
	t.Helper()
	if !f.Recognise([]byte(body[:min(len(body), feed.HeadSize)])) {
		t.Fatal("not recognised")
	}
	doc, err := f.Document(feed.NewContext("feeds/radio.xml"), []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func at(s string) time.Time {
	w, err := incident.ParseWhen(s)
	if err != nil {
		panic(err)
	}
	return w.Start
}

const convoy = `<?xml version="1.0" encoding="UTF-8"?>
<event version="2.0" uid="EXERCISE-MV3" type="a-f-G-U-C" time="2031-03-14T12:00:00Z" start="2031-03-14T12:00:00Z" stale="2031-03-14T12:05:00.5Z" how="m-g">
 <point lat="15.66" lon="0.5" hae="9999999.0" ce="12.5" le="9999999.0"/>
 <detail><contact callsign="Mike 3"/><track speed="10" course="90"/></detail>
</event>
<?xml version="1.0"?>
<event version="2.0" uid="EXERCISE-R7" type="a-f-G" time="2031-03-14T12:01:00Z" start="2031-03-14T12:01:00Z" stale="2031-03-14T12:06:00Z" how="h-e"><point lat="0.0" lon="0.0" hae="9999999" ce="9999999" le="9999999"/><detail/></event>
<event version="2.0" uid="p" type="t-x-c-t" time="2031-03-14T12:02:00Z" start="2031-03-14T12:02:00Z" stale="2031-03-14T12:03:00Z"><point lat="0" lon="0" hae="0" ce="9999999" le="9999999"/></event>
<event version="2.0" uid="c" type="b-t-f" time="2031-03-14T12:02:00Z"><point lat="0" lon="0" ce="9999999"/></event>
<event version="2.0" uid="EXERCISE-S" type="a-f-G" time="noon" stale="later"><point lat="north" lon="0.5" ce="-1"/></event>
<event version="2.0" type="a-f-G" time="2031-03-14T12:02:00Z"/>
<event version="2.0" uid="EXERCISE-N" type="a-f-G" time="2031-03-14T12:02:00Z"/>
`

func TestCoT(t *testing.T) {
	doc := decode(t, CoT, convoy)
	if len(doc.Records) != 7 || !doc.ContentTime.Equal(at("2031-03-14T12:02:00Z")) {
		t.Fatalf("%d records, %v, made %v", len(doc.Records), doc.Problems, doc.ContentTime)
	}
	want := presence.Position{
		ID: safetext.Const("EXERCISE-MV3"), Authority: safetext.Const("radio"), CallSign: presence.NewName(safetext.Const("Mike 3")),
		Kind: safetext.Const("a-f-G-U-C"), Point: incident.Point{Lat: 15.66, Lon: 0.5}, HasPoint: true, Accuracy: 12.5,
		At: at("2031-03-14T12:00:00Z"), Stale: at("2031-03-14T12:05:00.5Z"),
		Origin: incident.Origin{File: safetext.Const("feeds/radio.xml"), Line: 2, Offset: int64(strings.Index(convoy, "<event"))},
	}
	if diff := cmp.Diff(&want, doc.Records[0].Position, feedtest.Text, cmp.Comparer(func(a, b presence.Name) bool { return a == b })); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if p := doc.Records[1].Position; p.HasPoint || p.Accuracy != 0 || p.At.IsZero() {
		t.Errorf("a device without a fix: %+v", p)
	}
	if rec := &doc.Records[2]; rec.Kind != feed.Heartbeat || !rec.Heartbeat.Equal(at("2031-03-14T12:02:00Z")) {
		t.Errorf("a ping: %+v", rec)
	}
	if p := doc.Records[4].Position; p.HasPoint || !p.At.IsZero() || !p.Stale.IsZero() || p.Accuracy != 0 {
		t.Errorf("what cannot be read: %+v", p)
	}
	if p := doc.Records[6].Position; p.HasPoint || !p.CallSign.IsZero() {
		t.Errorf("an event without a point: %+v", p)
	}
	want3 := map[int]string{
		5: "feeds/radio.xml:11: the event has no uid",
		4: `time: "noon" is no time`, 6: "the event has no point",
	}
	for n := range doc.Records {
		got := strings.Join(feedtest.Messages(&doc.Records[n]), "\n")
		if !strings.Contains(got, want3[n]) || want3[n] == "" && got != "" {
			t.Errorf("record %d: %q", n, got)
		}
		if refused := doc.Records[n].Kind == feed.Rejected; refused != (n == 5) {
			t.Errorf("record %d: %v", n, doc.Records[n].Kind)
		}
	}
	// Chat is nothing that is tracked, and nothing that is wrong.
	if chat := &doc.Records[3]; chat.Kind != feed.Excluded || len(doc.Problems) != 1 ||
		doc.Problems[0].String() != "feeds/radio.xml:1: events that track nothing (chat, drawings, tasks), left out: 1" || !doc.Problems[0].Warning {
		t.Errorf("%v, %v", chat.Kind, doc.Problems)
	}
}

// TestCoTWhileItIsWritten: events that are whole are read, and the last one waits.
func TestCoTWhileItIsWritten(t *testing.T) {
	second := strings.Index(convoy, "<?xml version=\"1.0\"?>")
	for n := second + 1; n < second+200; n += 7 {
		doc := decode(t, CoT, convoy[:n])
		if len(doc.Records) != 1 {
			t.Fatalf("of %d bytes %d records", n, len(doc.Records))
		}
	}
	if doc := decode(t, CoT, convoy[:second+150]); len(doc.Problems) != 1 || !doc.Problems[0].Warning {
		t.Errorf("%v", doc.Problems)
	}
	if doc := decode(t, CoT, "<events>\n"+strings.ReplaceAll(convoy, "<?xml version=\"1.0\"?>", "")[strings.Index(convoy, "<event"):]+"</events>"); len(doc.Records) != 7 {
		t.Errorf("a list of events gives %d records", len(doc.Records))
	}
	for _, body := range []string{
		"", "<event uid='a' type='a-f'>", "<!DOCTYPE event [<!ENTITY a 'x'>]><event uid='a' type='a-f'></event>",
		"<event uid='&a;' type='a-f'></event>", "<event></event></event>",
	} {
		if _, err := CoT.Document(feed.NewContext("x"), []byte(body)); !errors.Is(err, feed.ErrHalf) {
			t.Errorf("%q: %v", body, err)
		}
	}
}

const places = `<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><name>EXERCISE</name>
<Folder><Placemark id="v1"><name>Mike 3</name><TimeStamp><when>2031-03-14T12:00:00Z</when></TimeStamp><Point><coordinates> 0.5,15.66,280 </coordinates></Point></Placemark>
<Placemark><name>Mike 4</name><gx:Track><when>2031-03-14T11:00:00Z</when><when>2031-03-14T11:30:00Z</when><when>2031-03-14T11:40:00Z</when>
<gx:coord>1 15 0</gx:coord><gx:coord>1.5 15.5 0</gx:coord><gx:coord/></gx:Track></Placemark></Folder>
<Placemark><name>Camp</name><TimeSpan><begin>2031-03-01</begin><end>2031-03-20</end></TimeSpan><MultiGeometry><LineString><coordinates>1,1 2,2</coordinates></LineString><Point><coordinates>2,16</coordinates></Point></MultiGeometry></Placemark>
<Placemark><name>Road</name><LineString><coordinates>1,1 2,2</coordinates></LineString></Placemark>
<Placemark><Point><coordinates>1,1</coordinates></Point></Placemark>
<Placemark><name>Lost</name><Point><coordinates>here</coordinates></Point></Placemark>
<Placemark><name>Odd</name><gx:Track><when>2031-03-14T11:00:00Z</when></gx:Track></Placemark>
<NetworkLink><name>more</name><Link><href>https://example.org/more.kml</href></Link></NetworkLink>
</Document></kml>`

func TestKML(t *testing.T) {
	doc := decode(t, KML, places)
	var got []string
	for n := range doc.Records {
		rec := &doc.Records[n]
		if rec.Kind == feed.Rejected {
			got = append(got, rec.Problems[0].String())
			continue
		}
		if rec.Kind == feed.Excluded {
			got = append(got, "excluded")
			continue
		}
		p := rec.Position
		got = append(got, fmt.Sprintf("%d %s %s %s %v %t %s %s", rec.Line, p.ID, p.CallSign.Reveal(), p.Kind, p.Point, p.HasPoint,
			p.At.Format("01-02T15:04"), p.Stale.Format("01-02T15:04")))
	}
	want := []string{
		"3 v1 Mike 3 point {15.66 0.5} true 03-14T12:00 01-01T00:00",
		"4 Mike 4 Mike 4 track {15.5 1.5} true 03-14T11:30 01-01T00:00",
		"6 Camp Camp point {16 2} true 03-01T00:00 03-20T00:00",
		"excluded",
		"feeds/radio.xml:8: the placemark has neither an id nor a name, or one that is too long: it could not be told from others; give it an id",
		"9 Lost Lost point {0 0} false 01-01T00:00 01-01T00:00",
		"10 Odd Odd track {0 0} false 01-01T00:00 01-01T00:00",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(doc.Linked) != 1 || !doc.ContentTime.Equal(at("2031-03-14T12:00:00Z")) {
		t.Errorf("linked %v, made %v", doc.Linked, doc.ContentTime)
	}
	if len(doc.Problems) != 1 || doc.Problems[0].String() != "feeds/radio.xml:1: placemarks that are lines, areas or nowhere, and track nothing, left out: 1" {
		t.Errorf("%v", doc.Problems)
	}
}

// Placemarks of one name are several things, unless times say that they are the way of one.
func TestPlacemarksOfOneName(t *testing.T) {
	const point = `<Placemark><name>Untitled</name>%s<Point><coordinates>%d,15</coordinates></Point></Placemark>`
	for name, tt := range map[string]struct {
		time string
		want []string
	}{
		"without times": {"", []string{"Untitled", "Untitled (2)", "Untitled (3)"}},
		"with times":    {"<TimeStamp><when>2031-03-14T12:0%d:00Z</when></TimeStamp>", []string{"Untitled", "Untitled", "Untitled"}},
	} {
		body := "<kml><Document>"
		for n := range 3 {
			when := tt.time
			if when != "" {
				when = fmt.Sprintf(when, n)
			}
			body += fmt.Sprintf(point, when, n)
		}
		doc := decode(t, KML, body+"</Document></kml>")
		var got []string
		for n := range doc.Records {
			got = append(got, doc.Records[n].Position.ID.String())
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func zipped(t testing.TB, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for n := 0; n < len(files); n += 2 {
		f, err := w.Create(files[n])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[n+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestKMZ(t *testing.T) {
	body := zipped(t, "images/a.png", "x", "other.kml", "<kml/>", "doc.kml", places)
	if doc := decode(t, KML, string(body)); len(doc.Records) != 7 {
		t.Errorf("%d records", len(doc.Records))
	}
	if KML.Recognise(zipped(t, "xl/workbook.xml", "x")) {
		t.Error("a workbook is taken for a map")
	}
	tests := []struct{ name, body, want string }{
		{"cut off", string(body[:len(body)-30]), "not a whole KMZ"},
		{"without a map", string(zipped(t, "a.txt", ".kml")), "there is no .kml in it"},
		{"a bomb", string(zipped(t, "doc.kml", strings.Repeat(" ", 65<<20))), "more than 64 MB"},
		{"of another root", string(zipped(t, "doc.kml", "<html/>")), `the root is "html"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := KML.Document(feed.NewContext("x.kmz"), []byte(tt.body)); !errors.Is(err, feed.ErrHalf) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestLayers(t *testing.T) {
	const (
		kml   = `<kml xmlns="http://www.opengis.net/kml/2.2"><Document>`
		point = `<Point><coordinates>0.5,15.66</coordinates></Point></Placemark>`
		timed = `<TimeStamp><when>2031-05-04T10:00:00Z</when></TimeStamp>`
		end   = `</Document></kml>`
	)
	body := zipped(t,
		"files/l1.kml", kml+`<Placemark id="C1"><name>one</name>`+timed+point+`<Placemark id="I1"><name>a well</name>`+point+end,
		"__MACOSX/._doc.kml", "\x00\x05",
		"b.KML", kml+`<Placemark id="I1"><name>a bridge</name>`+point+`<Placemark><name>camp</name>`+point+`<Placemark><LineString/></Placemark>`+end,
		"doc.kml", kml+`<Placemark><name>camp</name>`+point+
			`<NetworkLink><Link><href>files/l1.kml</href></Link></NetworkLink><NetworkLink><Link><href>https://x.invalid/far.kml</href></Link></NetworkLink>`+end)
	doc, err := KML.Document(feed.NewContext("feeds/x.kmz"), body)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := range doc.Records {
		if p := doc.Records[i].Position; p != nil {
			got = append(got, p.ID.String())
		}
	}
	if diff := cmp.Diff([]string{"camp", "I1", "camp (2)", "C1", "I1 (files/l1.kml)"}, got); diff != "" {
		t.Error(diff)
	}
	if len(doc.Linked) != 1 || doc.Linked[0].Address != "https://x.invalid/far.kml" || len(doc.Problems) != 1 || !strings.HasPrefix(doc.Problems[0].String(), "feeds/x.kmz/b.KML:1: placemarks that are lines") {
		t.Errorf("linked %v, problems %v", doc.Linked, doc.Problems)
	}
	half := zipped(t, "doc.kml", places, "l1.kml", "<kml><Document>")
	if _, err := KML.Document(feed.NewContext("feeds/x.kmz"), half); !errors.Is(err, feed.ErrHalf) || !strings.Contains(err.Error(), "feeds/x.kmz/l1.kml:1") {
		t.Errorf("half of it: %v", err)
	}
	large := strings.Repeat(" ", 33<<20)
	if _, err := KML.Document(feed.NewContext("feeds/x.kmz"), zipped(t, "a.kml", large, "b.kml", large)); !errors.Is(err, feed.ErrHalf) || !strings.Contains(err.Error(), "more than 64 MB") {
		t.Errorf("two that are too large together: %v", err)
	}
}

// FuzzDecode: nothing panics, and no position is off the earth or without an id.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(convoy))
	f.Add([]byte(places))
	f.Add(zipped(f, "doc.kml", places))
	f.Add([]byte("<event uid='\xe2\x80\xae' type='a-\x01'><point lat='91' lon='NaN' ce='1e400'/></event>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, format := range []*feed.Format{CoT, KML} {
			format.Recognise(body)
			doc, err := format.Document(feed.NewContext("x"), body)
			if err != nil {
				continue
			}
			for n := range doc.Records {
				rec := &doc.Records[n]
				texts := feedtest.Messages(rec)
				if p := rec.Position; p != nil {
					if p.ID.IsZero() || p.HasPoint && !p.Point.Valid() || p.Accuracy < 0 {
						t.Errorf("%+v", p)
					}
					texts = append(texts, p.ID.String(), p.Kind.String(), p.CallSign.Reveal().String())
				} else if rec.Kind == feed.Rejected && len(rec.Problems) == 0 {
					t.Error("refused without a reason")
				}
				for _, text := range texts {
					if strings.ContainsFunc(text, func(r rune) bool {
						return unicode.In(r, unicode.Cc, unicode.Cf) && (r < '\u2066' || r > '\u2069')
					}) {
						t.Errorf("%q", text)
					}
				}
			}
		}
	})
}

// TestANumberThatNobodyKnowsIsNoMistake: 9999999 stands for a place that is unknown, without a warning.
func TestANumberThatNobodyKnowsIsNoMistake(t *testing.T) {
	doc, err := CoT.Document(feed.NewContext("feeds/track.xml"), []byte(
		`<event version="2.0" uid="VEH-1" type="a-f-G" time="2026-11-20T14:00:00Z" start="2026-11-20T14:00:00Z" stale="2026-11-20T15:00:00Z" how="m-g">`+
			`<point lat="9999999" lon="9999999.0" hae="0" ce="9999999" le="9999999"/></event>`))
	if err != nil || len(doc.Records) != 1 || len(doc.Records[0].Problems) > 0 || doc.Records[0].Position.HasPoint {
		t.Errorf("%+v, %v", doc.Records, err)
	}
}
