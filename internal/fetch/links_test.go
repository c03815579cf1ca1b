package fetch

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/fetch/address"
)

// indexServer serves an index of contents at /feed, and the contents below /a/.
type indexServer struct {
	*bench
	links []string
	lost  map[string]int // status by path
}

func newIndex(t *testing.T, links ...string) *indexServer {
	s := &indexServer{links: links, lost: map[string]int{}}
	s.bench = newBench(t, func(w http.ResponseWriter, r *http.Request) {
		if code := s.lost[r.URL.Path]; code != 0 {
			w.Header().Set("Retry-After", "120")
			w.WriteHeader(code)
			return
		}
		tag := fmt.Sprintf("%q", r.URL.Path)
		if r.URL.Path == "/feed" {
			tag = fmt.Sprintf("%q", strings.Join(s.links, " "))
		}
		w.Header().Set("ETag", tag)
		switch {
		case r.Header.Get("If-None-Match") == tag:
			w.WriteHeader(http.StatusNotModified)
		case r.URL.Path == "/feed":
			_, _ = w.Write([]byte("feed\nlinks: " + strings.Join(s.links, " ")))
		default:
			_, _ = w.Write([]byte("feed of " + r.URL.RequestURI()))
		}
	})
	return s
}

// asked are the paths of the last poll.
func (s *indexServer) asked() []string {
	var list []string
	for _, r := range s.seen() {
		list = append(list, r.URL.RequestURI())
	}
	if len(list) > 1 {
		slices.Sort(list[1:]) // what is linked to is asked for together
	}
	return list
}

// contents are what is kept, by the address shown.
func (s *indexServer) contents() map[string]string {
	found := map[string]string{}
	entries, _ := os.ReadDir(s.w.source.Dir)
	for _, e := range entries {
		if shown := Shown(s.w.source.URL, e.Name()); shown != "" {
			data, _ := os.ReadFile(filepath.Join(s.w.source.Dir, e.Name()))
			found[strings.TrimPrefix(shown, s.server.URL)] = string(data)
		}
	}
	return found
}

func TestLinkedContents(t *testing.T) {
	s := newIndex(t, "/a/1.xml", "a/2.xml", "/a/1.xml#again", "https://example.org/other", "/a/3?key="+canary, "mailto:x@example.org", "http://[::1/")
	s.w = s.worker("/feed", func(src *Source, o *Options) {
		h, err := address.ParseHeader("X-Key", "env:KEY")
		if err != nil {
			t.Fatal(err)
		}
		src.Header = []address.Header{h}
		o.Lookup = func(string) (string, bool) { return "secret of the header", true }
	})
	m := s.poll()
	if m.Failure != "" || fmt.Sprint(s.asked()) != "[/feed /a/1.xml /a/2.xml /a/3?key="+canary+"]" {
		t.Fatalf("%+v, asked %v", m, s.asked())
	}
	for _, r := range s.seen() {
		if r.Header.Get("X-Key") != "secret of the header" {
			t.Errorf("%s without the header", r.URL)
		}
	}
	if want := "3 linked contents not fetched: on another server"; m.Note != want {
		t.Errorf("note %q, want %q", m.Note, want)
	}
	got := s.contents()
	if len(got) != 4 || got["/a/1.xml"] != "feed of /a/1.xml" || got["/a/2.xml"] != "feed of /a/2.xml" {
		t.Errorf("%q", got)
	}
	for shown := range got {
		if strings.Contains(shown, canary) {
			t.Errorf("shown with its query: %s", shown)
		}
	}

	// What is kept is not asked for again within the hour, and then with its validators.
	m = s.poll()
	if fmt.Sprint(s.asked()) != "[/feed]" || m.Confirmed.IsZero() {
		t.Errorf("asked %v, %+v", s.asked(), m)
	}
	s.at.Add(int64(time.Hour))
	m = s.poll()
	if len(s.asked()) != 4 || m.Confirmed.IsZero() || m.Failure != "" {
		t.Errorf("asked %v, %+v", s.asked(), m)
	}

	// What is no longer linked to is removed; what is new is fetched.
	s.links = []string{"/a/2.xml", "/a/4.xml"}
	m = s.poll()
	if fmt.Sprint(s.asked()) != "[/feed /a/4.xml]" || len(s.contents()) != 3 || m.Note != "" || !m.Confirmed.IsZero() || !m.Fetched.Equal(s.now()) {
		t.Errorf("asked %v, kept %q, %+v", s.asked(), s.contents(), m)
	}
	// All of it survives a restart.
	s.w = newWorker(s.w.source, s.w.o)
	s.w.load()
	if m = s.poll(); fmt.Sprint(s.asked()) != "[/feed]" || m.Failure != "" || len(m.Links) != 2 {
		t.Errorf("after a restart asked %v, %+v", s.asked(), m)
	}
}

// An index with more than one poll takes becomes whole within minutes, in the order in which its contents are wanted,
// and is left alone then.
func TestLinkedContentsBeyondTheCap(t *testing.T) {
	var links []string
	for i := range 2*MaxLinks + 20 {
		links = append(links, fmt.Sprintf("/a/%d@@%d", i, i))
	}
	s := newIndex(t, links...)
	s.w = s.worker("/feed", func(src *Source, _ *Options) { src.Every = time.Hour })
	for i, want := range []struct {
		asked, left int
		note        string
		next        time.Duration
	}{
		{1 + MaxLinks, 120, "120 linked contents not fetched yet: the next ones in a minute, the newest first", catchUp},
		{1 + MaxLinks, 20, "20 linked contents not fetched yet: the next ones in a minute, the newest first", catchUp},
		{21, 0, "", time.Hour},
		{1, 0, "", time.Hour},
	} {
		m := s.poll()
		if len(s.asked()) != want.asked || m.Left != want.left || m.Note != want.note || m.Failure != "" || m.Next.Sub(s.now()) != want.next {
			t.Errorf("poll %d: asked %d, %d left, %q, next in %v; want %+v", i, len(s.asked()), m.Left, m.Note, m.Next.Sub(s.now()), want)
		}
		asked := map[string]bool{}
		for _, a := range s.asked() {
			asked[a] = true
		}
		for n := i * MaxLinks; n < min((i+1)*MaxLinks, len(links)); n++ {
			if address := fmt.Sprintf("/a/%d", n); !asked[address] {
				t.Errorf("poll %d: %s was not asked for, though wanted before others", i, address)
			}
		}
	}
	if got := len(s.contents()); got != len(links)+1 {
		t.Errorf("%d contents are kept", got)
	}
}

// A few contents are asked for at one time, never more.
func TestLinkedContentsAFewAtATime(t *testing.T) {
	var links []string
	for i := range 30 {
		links = append(links, fmt.Sprintf("/a/%d", i))
	}
	s := newIndex(t, links...)
	index := s.do
	var now, most atomic.Int32
	s.serve(func(w http.ResponseWriter, r *http.Request) {
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
		}
		defer now.Add(-1)
		index(w, r)
	})
	if m := s.poll(); len(m.Links) != len(links) || most.Load() > atOnce {
		t.Errorf("%d kept, %d at one time", len(m.Links), most.Load())
	}
}

// One of which the index says that it changed is asked for at once; one that never does, ever more seldom; one that is
// live, always.
func TestLinkedContentsAreAskedForWhenTheyChange(t *testing.T) {
	s := newIndex(t, "/a/changes@@1", "/a/never@@1", "/a/live!")
	s.poll()
	s.links[0] = "/a/changes@@2"
	s.poll()
	if got := s.asked(); len(got) != 3 || !slices.Contains(got, "/a/changes") || !slices.Contains(got, "/a/live") {
		t.Errorf("asked %v", got)
	}
	polls := 0
	for range 24 * 6 {
		s.at.Add(int64(9 * time.Minute)) // and one before each poll
		s.poll()
		if slices.Contains(s.asked(), "/a/never") {
			polls++
		}
		if !slices.Contains(s.asked(), "/a/live") {
			t.Fatalf("asked %v", s.asked())
		}
	}
	if polls != 5 { // after 1, 2, 4 and 8 hours, and after 8 hours again
		t.Errorf("one that never changes was asked for %d times in a day", polls)
	}
}

// What cannot be fetched keeps nothing else from being fetched.
func TestLinkedContentsThatAreGoneDoNotStandInTheWay(t *testing.T) {
	var links []string
	s := newIndex(t)
	for i := range MaxLinks + 10 {
		links = append(links, fmt.Sprintf("/a/%d", i))
		if i < MaxLinks-1 {
			s.lost[links[i]] = 404
		}
	}
	s.links = links
	if m := s.poll(); len(m.Links) != 1 || m.Left != 10 {
		t.Fatalf("%d kept, %d left, %q", len(m.Links), m.Left, m.Note)
	}
	m := s.poll()
	if len(m.Links) != 11 || m.Left != 0 || !strings.HasPrefix(m.Note, "99 linked contents could not be fetched: the server answered 404") {
		t.Errorf("%d kept, %d left, %q", len(m.Links), m.Left, m.Note)
	}
}

// A server in trouble is not asked a hundred times.
func TestLinkedContentsOfAServerInTrouble(t *testing.T) {
	var links []string
	s := newIndex(t)
	for i := range 40 {
		links = append(links, fmt.Sprintf("/a/%d", i))
		if i > 0 {
			s.lost[links[i]] = 500
		}
	}
	s.links = links
	m := s.poll()
	if asked := len(s.asked()); asked > 1+1+2*atOnce || m.Left == 0 || !strings.Contains(m.Note, "not fetched yet: the server could not give the") {
		t.Errorf("asked %d, left %d, %q", asked, m.Left, m.Note)
	}
}

// How many are kept of a source has an end, which is said.
func TestLinkedContentsHaveAnEnd(t *testing.T) {
	f := &following{worker: newBench(t, text("feed")).w, base: &url.URL{Scheme: "https", Host: "example.org"}}
	var links []Pointer
	for i := range MaxLinked + 7 {
		links = append(links, Pointer{Address: fmt.Sprintf("/a/%d", i)})
	}
	f.sort(links)
	if len(f.wanted) != MaxLinked || f.due != MaxLinks || f.note() != "7 linked contents not fetched: 2000 are kept of a source, the newest" {
		t.Errorf("%d wanted, %d due, %q", len(f.wanted), f.due, f.note())
	}
}

func TestLinkedContentsThatFail(t *testing.T) {
	s := newIndex(t, "/a/1", "/a/2", "/a/3")
	s.lost = map[string]int{"/a/2": 404}
	m := s.poll()
	if m.Failure != "" || !strings.HasPrefix(m.Note, "1 linked content could not be fetched: the server answered 404") || len(s.contents()) != 3 || len(m.Links) != 2 {
		t.Errorf("%+v, kept %q", m, s.contents())
	}
	// One asks us to wait: nothing more is asked.
	s.links, s.lost = []string{"/a/1", "/a/4", "/a/5"}, map[string]int{"/a/4": 429}
	m = s.poll()
	if fmt.Sprint(s.asked()) != "[/feed /a/4]" || !m.NotBefore.Equal(s.now().Add(2*time.Minute)) || m.Next.Before(m.NotBefore) {
		t.Errorf("asked %v, %+v", s.asked(), m)
	}
	// If there is none, the source has failed, and its answer is the one from before.
	s.links, s.lost = []string{"/a/8", "/a/9"}, map[string]int{"/a/8": 500, "/a/9": 500}
	before := s.kept()
	m = s.poll()
	if !strings.Contains(m.Failure, "none of the contents that the answer links to could be fetched") || s.kept() != before {
		t.Errorf("%+v, kept %q", m, s.kept())
	}
}

// A linked content has the limits of an answer: what is no feed is not kept.
func TestLinkedContentsAreInspected(t *testing.T) {
	s := newIndex(t, "/a/1", "/html")
	index := s.do
	s.serve(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/html" {
			_, _ = w.Write([]byte("<html>log in</html>"))
			return
		}
		index(w, r)
	})
	if m := s.poll(); !strings.Contains(m.Note, "1 linked content could not be fetched: the server answered with a web page") || len(m.Links) != 1 {
		t.Errorf("%+v", m)
	}
}

// What one content failed for is not said of others that failed for something else.
func TestReasonsOfSeveralLinkedContents(t *testing.T) {
	s := newIndex(t, "/a/1", "/html", "/gone")
	index := s.do
	s.serve(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/html":
			_, _ = w.Write([]byte("<html>log in</html>"))
		case "/gone":
			http.NotFound(w, r)
		default:
			index(w, r)
		}
	})
	if m := s.poll(); !strings.Contains(m.Note, "2 linked contents could not be fetched, the first: the server answered") || len(m.Links) != 1 {
		t.Errorf("%+v", m)
	}
}

// The name of a file says where it is from, and two addresses never share one.
func TestLinkFile(t *testing.T) {
	a, err := address.Parse("https://example.org/index")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.Custom(func(t *rapid.T) *url.URL {
			u := &url.URL{Scheme: "https", Host: "example.org", Path: "/" + rapid.StringMatching(`[a-zA-Z0-9/._~é ü%]{0,300}`).Draw(t, "path")}
			if rapid.Bool().Draw(t, "has a query") {
				u.RawQuery = "key=" + canary + rapid.StringMatching(`[a-z]{0,5}`).Draw(t, "query")
			}
			return u
		})
		u, v := draw.Draw(t, "one"), draw.Draw(t, "other")
		one, other := linkFile(u, nil), linkFile(v, nil)
		if len(one) > 255 || strings.ContainsAny(one, "/\x00") || !IsContent(one) || !IsLinked(one) {
			t.Fatalf("no good name: %q", one)
		}
		if same := u.String() == v.String(); (one == other) != same || (Shown(a, one) == Shown(a, other)) != same {
			t.Fatalf("%s and %s: %q and %q, shown %q and %q", u, v, one, other, Shown(a, one), Shown(a, other))
		}
		if shown := Shown(a, one); strings.Contains(shown, canary) || u.RawQuery == "" && len(one) < 150 && shown != u.String() {
			t.Fatalf("%s is shown as %s", u, shown)
		}
	})
	for _, file := range []string{"", MetaName, "link.", "link.https.00.q", "answer.1", "vigil.toml"} {
		if got := Shown(a, file); got != "" {
			t.Errorf("%q is shown as %s", file, got)
		}
	}
}
