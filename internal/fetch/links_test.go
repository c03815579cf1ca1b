package fetch

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
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

func TestLinkedContentsBeyondTheCap(t *testing.T) {
	var links []string
	for i := range 2*MaxLinks + 20 {
		links = append(links, fmt.Sprintf("/a/%d", i))
	}
	s := newIndex(t, links...)
	for i, want := range []struct {
		asked int
		note  string
	}{
		{1 + MaxLinks, "70 linked contents not fetched yet: one poll takes 50"}, {1 + MaxLinks, "20 linked contents not fetched yet: one poll takes 50"}, {21, ""}, {1, ""},
	} {
		m := s.poll()
		if len(s.asked()) != want.asked || m.Note != want.note || m.Failure != "" {
			t.Errorf("poll %d: asked %d, %q; want %d, %q", i, len(s.asked()), m.Note, want.asked, want.note)
		}
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
