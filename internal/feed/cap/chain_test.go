package cap

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/risk"
	"vigil/internal/safetext"
)

var noon = time.Date(2031, 3, 14, 12, 0, 0, 0, time.UTC)

// desk reads files as the app does: each is a source of its own, decided as a whole.
type desk struct {
	store      *picture.Store
	generation uint64
	at         time.Time
}

func newDesk() *desk {
	return &desk{store: picture.NewStore(picture.Options{Risk: risk.Default()}), at: noon.Add(-time.Hour)}
}

func (d *desk) read(t interface{ Fatal(...any) }, file, body string) {
	doc, err := Format.Document(feed.NewContext(file), []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	d.generation++
	d.at = d.at.Add(time.Second)
	name := safetext.Clean(file)
	d.store.Configure(file, picture.SourceInfo{Profile: Format.Profile})
	d.store.Begin(file, name, d.generation)
	for n := range doc.Records {
		r := &doc.Records[n]
		origin := incident.Origin{File: name, Line: r.Line, Offset: r.Offset, Generation: d.generation}
		if r.Kind == feed.Incident {
			d.store.Arrive(picture.Arrival{Incident: &r.Incident, Source: file, Origin: origin, Received: d.at})
		} else {
			d.store.Reject(file, origin, r.Problems)
		}
	}
	d.store.Finish(file, name, d.at)
}

// list is what is listed, with its marks, and how many are counted.
func (d *desk) list() []string {
	v := d.store.Publish(noon).For(picture.DutyOfficer)
	list := []string{}
	for id := range v.Incidents() {
		r, _ := v.Row(id)
		list = append(list, fmt.Sprintf("%s %s cancelled=%v held=%v conflict=%v active=%v", v.Identity(id).ID, r.Title, r.Cancelled, r.Held, r.Conflict, r.Ongoing))
	}
	slices.Sort(list)
	return append(list, fmt.Sprintf("%d counted", v.Totals().Total))
}

// messagesOf draws a chain: alerts, and updates, cancels, acks and errors that refer to some of what was sent before.
func messagesOf(t *rapid.T) []string {
	var list, refs []string
	for n := range rapid.IntRange(1, 6).Draw(t, "messages") {
		id := fmt.Sprintf("EX-%d", n)
		sent := fmt.Sprintf("2031-03-14T0%d:00:00+00:00", n)
		h := head.with(fields{"identifier": id, "sent": sent})
		if n > 0 && rapid.IntRange(0, 3).Draw(t, "refers") > 0 {
			h["msgType"] = rapid.SampledFrom([]string{"Update", "Update", "Update", "Cancel", "Ack", "Error"}).Draw(t, "type")
			first := rapid.IntRange(0, n-1).Draw(t, "first")
			h["references"] = strings.Join(refs[first:rapid.IntRange(first+1, n).Draw(t, "last")], " ")
		}
		refs = append(refs, "exercise@example.org,"+id+","+sent)
		list = append(list, anAlert(h, anInfo(flood.with(fields{"headline": "EXERCISE " + id}), "")))
	}
	return slices.DeleteFunc(list, func(string) bool { return rapid.IntRange(0, 6).Draw(t, "lost") == 0 })
}

// TestChains: in whatever order and through whatever files messages come, what stands is the same; and reading a file
// again changes nothing.
func TestChains(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := messagesOf(t)
		inOrder, apart, together := newDesk(), newDesk(), newDesk()
		for n, body := range list {
			inOrder.read(t, fmt.Sprintf("%d.cap", n), body)
		}
		shuffled := rapid.Permutation(list).Draw(t, "order")
		for n, body := range shuffled {
			apart.read(t, fmt.Sprintf("%d.cap", n), body)
		}
		again := rapid.IntRange(0, len(list)).Draw(t, "again")
		for n, body := range shuffled[:again] {
			apart.read(t, fmt.Sprintf("%d.cap", n), body)
		}
		together.read(t, "all.xml", "<alerts>"+strings.Join(shuffled, "")+"</alerts>")
		want := inOrder.list()
		for name, d := range map[string]*desk{"in another order": apart, "in one file": together} {
			if diff := cmp.Diff(want, d.list()); diff != "" {
				t.Fatalf("%s (-want +got):\n%s\n%s", name, diff, strings.Join(shuffled, "\n"))
			}
		}
		v := together.store.Publish(noon).For(picture.DutyOfficer)
		for s := range v.Sources() {
			c := s.Counts
			if c.Records != len(list) || c.Records != c.Incidents+c.Updates+c.Duplicates+c.Conflicts+c.Cancels+c.Rejected+c.Excluded {
				t.Fatalf("%+v of %d messages", c, len(list))
			}
		}
	})
}

func TestExpiry(t *testing.T) {
	d := newDesk()
	d.read(t, "a.cap", anAlert(head, anInfo(flood.with(fields{"expires": "2031-03-14T11:30:00Z"}), "")))
	d.read(t, "b.cap", anAlert(head.with(fields{"identifier": "EX-2"}), anInfo(flood.with(fields{"expires": "2031-03-14T13:00:00Z", "headline": "EXERCISE still"}), "")))
	want := []string{
		"EX-1 EXERCISE Flood cancelled=false held=false conflict=false active=false",
		"EX-2 EXERCISE still cancelled=false held=false conflict=false active=true", "2 counted",
	}
	if diff := cmp.Diff(want, d.list()); diff != "" {
		t.Error(diff)
	}
}

// TestRealFilesOnADesk: all real files of the family side by side: the entry of an index and its alert are one, and so are
// two files of one earthquake.
func TestRealFilesOnADesk(t *testing.T) {
	forward, backward := newDesk(), newDesk()
	files := []string{
		"CanadaNaad.xml", "australia.cap", "australia_bom.cap", "bushfire_valid.edxlde", "canada.cap", "canada_signed.cap", "earthquake-iso8859-1.cap",
		"earthquake.cap", "earthquake_index.atom", "iceland_met_office.cap", "no_info_tag.cap", "oregon_nws.atom", "ph.cap", "rfs.xml", "sweden.cap",
		"tmp0000.cap", "us_nws_weather.atom", "usgs_alerthub.atom", "wcatwc-warning.cap", "weather.atom", "weather.cap", "weather_index.atom",
	}
	for n, name := range files {
		forward.read(t, name, string(feedtest.Real(t, "cap/real/"+name)))
		other := files[len(files)-1-n]
		backward.read(t, other, string(feedtest.Real(t, "cap/real/"+other)))
	}
	want := forward.list()
	if diff := cmp.Diff(want, backward.list()); diff != "" {
		t.Errorf("another order (-want +got):\n%s", diff)
	}
	// 82 messages and entries: one is a test, one is another file of the same earthquake, one the entry of an alert.
	const listed = 82 - 3
	if got := len(want) - 1; got != listed {
		t.Errorf("%d are listed, want %d", got, listed)
	}
	for _, line := range want {
		if strings.Contains(line, "conflict=true") {
			t.Error(line)
		}
	}
}

// FuzzCAP holds for every input: no panic, lines in order, only warnings on what is used, and a native form of it.
func FuzzCAP(f *testing.F) {
	f.Add([]byte(anAlert(head.with(fields{"msgType": "Update", "references": "a,b,2031-03-14T10:00:00Z"}), anInfo(flood, "<polygon>0,0 0,400 x</polygon><circle>1,2 3</circle>"))))
	f.Add([]byte(anAtom("<entry>"+entryHead+"<cap:event>Flood</cap:event></entry>", "<entry>"+entryHead+"</entry>")))
	f.Add([]byte(`<rss xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2"><channel><item><guid>1</guid><title>&lt;x</title></item></channel></rss>`))
	f.Add([]byte(`<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0"><contentObject/></EDXLDistribution>`))
	ctx := feed.NewContext("fuzz")
	f.Fuzz(func(t *testing.T, body []byte) {
		doc, _ := feedtest.Sound(t, Format, ctx, body)
		for n := range doc.Records {
			if kind := doc.Records[n].Kind; kind != feed.Incident && kind != feed.Rejected {
				t.Errorf("a %v", kind)
			}
		}
	})
}

// The profile is of a source that forgets. An alert does not say what its agency would warn of, or where: that
// no other comes is no calm.
func TestProfile(t *testing.T) {
	if p := Format.Profile; p.Covers != 0 || p.Memory != health.Forgets || p.Reach == 0 {
		t.Errorf("%+v", p)
	}
}
