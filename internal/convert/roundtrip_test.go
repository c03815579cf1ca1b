package convert_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"vigil/internal/convert"
	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/feed/formats"
	"vigil/internal/incident"
	"vigil/internal/incident/incidenttest"
	"vigil/internal/safetext"
)

// again reads what was written, as vigil would find it in feeds/.
func again(t interface {
	Helper()
	Fatalf(format string, args ...any)
}, body []byte,
) []feed.Record {
	t.Helper()
	f, ok := formats.DetectWhole(feed.NewContext("feeds/x"), body)
	if !ok {
		t.Fatalf("not recognised:\n%s", body)
	}
	if f.Line != nil {
		var all []feed.Record
		for line := range bytes.Lines(body) {
			rec, _ := f.Line(feed.NewContext("feeds/x"), line, feed.Place{Line: 1})
			all = append(all, rec)
		}
		return all
	}
	doc, err := f.Document(feed.NewContext("feeds/x"), body)
	if err != nil || len(doc.Problems) > 0 {
		t.Fatalf("%s: %v %v\n%s", f.Name, err, doc.Problems, body)
	}
	return doc.Records
}

// carried is what a table can carry of the people: entries of one description are one, in the order of the
// vocabularies, and a word that none has is its unknown.
func carried(b incident.Breakdown) incident.Breakdown {
	var out incident.Breakdown
	for _, a := range b {
		a.Population.Text, a.Recruitment.Text, a.Sex.Text, a.Outcome.Text = safetext.Text{}, safetext.Text{}, safetext.Text{}, safetext.Text{}
		n := slices.IndexFunc(out, func(o incident.Affected) bool { o.Count = a.Count; return o == a })
		switch {
		case n < 0:
			out = append(out, a)
		case a.Count == incident.Uncounted || out[n].Count == incident.Uncounted:
			out[n].Count = incident.Uncounted
		default:
			out[n].Count += a.Count
		}
	}
	slices.SortFunc(out, func(a, b incident.Affected) int {
		for _, d := range [...][2]uint8{
			{uint8(a.Population.Value), uint8(b.Population.Value)},
			{uint8(a.Recruitment.Value), uint8(b.Recruitment.Value)},
			{uint8(a.Sex.Value), uint8(b.Sex.Value)},
			{uint8(a.Outcome.Value), uint8(b.Outcome.Value)},
		} {
			if d[0] != d[1] {
				return int(d[0]) - int(d[1])
			}
		}
		return 0
	})
	return out
}

// TestRoundTrip: what is written in any form is recognised and read again as the same incidents. Restricted ones are
// among them only when they are asked for.
func TestRoundTrip(t *testing.T) {
	for _, form := range convert.Forms() {
		t.Run(string(form), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				whole := rapid.Bool().Draw(t, "--restricted")
				var b bytes.Buffer
				w, _ := convert.New(&b, form)
				recorder := &recording{Writer: w}
				w = recorder
				if !whole {
					w = &convert.Projected{Writer: recorder}
				}
				for range rapid.IntRange(1, 4).Draw(t, "incidents") {
					i := incidenttest.Incident(t)
					for n := range i.Affected { // sums stay countable
						i.Affected[n].Count = min(i.Affected[n].Count, 1000)
					}
					if err := w.Write(&i); err != nil {
						t.Fatal(err)
					}
				}
				if err := w.Close(); err != nil {
					t.Fatal(err)
				}
				records := again(t, b.Bytes())
				if len(records) != len(recorder.all) {
					t.Fatalf("%d records of %d\n%s", len(records), len(recorder.all), b.Bytes())
				}
				for n := range records {
					want := recorder.all[n]
					if form == convert.CSV || form == convert.HXL {
						want.Affected = carried(want.Affected)
					}
					if diff := cmp.Diff(want, records[n].Incident, feedtest.Text); records[n].Kind != feed.Incident || diff != "" {
						t.Fatalf("%v %q (-want +got):\n%s\n%s", records[n].Kind, feedtest.Messages(&records[n]), diff, b.Bytes())
					}
					if !whole && want.Restricted() && want.Title.String() != "Restricted incident" {
						t.Fatalf("a restricted record left whole:\n%s", b.Bytes())
					}
				}
			})
		})
	}
}

// recording keeps what is written.
type recording struct {
	convert.Writer
	all []incident.Incident
}

func (r *recording) Write(i *incident.Incident) error {
	r.all = append(r.all, *i)
	return r.Writer.Write(i)
}
