package fetch

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"vigil/internal/fetch/address"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const canary = "canary-7f3a9c"

// quiet is for what test servers log of clients that go away.
var quiet = log.New(io.Discard, "", 0)

// start is when the tests begin.
var start = time.Date(2026, 11, 20, 14, 20, 0, 0, time.UTC)

// bench is one source of a server that misbehaves as it is told, polled by hand.
type bench struct {
	*testing.T
	server *httptest.Server
	w      *worker
	at     atomic.Int64

	mu       sync.Mutex
	requests []*http.Request // of the last poll
	do       http.HandlerFunc
}

func newBench(t *testing.T, do http.HandlerFunc) *bench {
	t.Helper()
	b := &bench{T: t, do: do}
	b.at.Store(start.UnixNano())
	b.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.mu.Lock()
		b.requests = append(b.requests, r)
		do := b.do
		b.mu.Unlock()
		do(w, r)
	}))
	b.server.Config.ErrorLog = quiet
	t.Cleanup(b.server.Close)
	b.w = b.worker("/feed", nil)
	return b
}

// serve replaces what answers.
func (b *bench) serve(do http.HandlerFunc) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.do = do
}

// seen are the requests of the last poll.
func (b *bench) seen() []*http.Request {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.requests)
}

func (b *bench) now() time.Time { return time.Unix(0, b.at.Load()).UTC() }

// worker is one of the bench's server; change may alter its source and options first.
func (b *bench) worker(path string, change func(*Source, *Options)) *worker {
	b.Helper()
	return b.workerAt(b.server.URL+path, change)
}

func (b *bench) workerAt(url string, change func(*Source, *Options)) *worker {
	b.Helper()
	a, err := address.Parse(url)
	if err != nil {
		b.Fatal(err)
	}
	s := Source{
		Name: "north", Dir: filepath.Join(b.TempDir(), "north"), URL: a, Every: time.Minute, AllowPrivate: true,
		Inspect: func(body []byte) ([]Pointer, error) {
			text, links, _ := strings.Cut(string(body), "\nlinks: ")
			if !strings.HasPrefix(text, "feed") {
				return nil, errors.New("line 1: it is no feed")
			}
			var list []Pointer
			for _, l := range strings.Fields(links) {
				address, stamp, _ := strings.Cut(l, "@@")
				address, live := strings.CutSuffix(address, "!")
				list = append(list, Pointer{Address: address, Stamp: stamp, Live: live})
			}
			return list, nil
		},
	}
	o := Options{Run: "run-1", Agent: "vigil/test", Now: b.now, Fraction: func() float64 { return 0.5 }}
	if change != nil {
		change(&s, &o)
	}
	o.fill()
	w := newWorker(s, &o)
	w.load()
	return w
}

// poll polls once, a minute after the last time.
func (b *bench) poll() Meta {
	b.Helper()
	b.at.Add(int64(time.Minute))
	b.mu.Lock()
	b.requests = nil
	b.mu.Unlock()
	b.w.poll(context.Background())
	return b.w.meta
}

func (b *bench) kept() string {
	data, err := os.ReadFile(filepath.Join(b.w.source.Dir, answerName))
	if err != nil {
		return ""
	}
	return string(data)
}

func text(s string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(s)) }
}

func TestAnswerIsKeptAndAskedForConditionally(t *testing.T) {
	b := newBench(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Last-Modified", "Fri, 20 Nov 2026 14:00:00 GMT")
		if r.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = w.Write([]byte("feed 1"))
	})
	m := b.poll()
	if m.Failure != "" || b.kept() != "feed 1" || !m.Fetched.Equal(b.now()) || !m.Succeeded.Equal(b.now()) || m.Status != 200 || !m.Confirmed.IsZero() {
		t.Errorf("%+v, kept %q", m, b.kept())
	}
	r := b.seen()[0]
	if r.Header.Get("If-None-Match") != "" || r.Header.Get("User-Agent") != "vigil/test" || r.Header.Get("Accept-Encoding") != "gzip, deflate" {
		t.Errorf("headers %v", r.Header)
	}
	first := b.now()
	info, err := os.Stat(filepath.Join(b.w.source.Dir, answerName))
	if err != nil || info.Mode().Perm() != 0o600 || !info.ModTime().Equal(first) {
		t.Errorf("%v %v", info, err)
	}
	if info, err := os.Stat(b.w.source.Dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v %v", info, err)
	}

	m = b.poll()
	if m.Failure != "" || m.Status != 304 || !m.Fetched.Equal(first) || !m.Succeeded.Equal(b.now()) || !m.Confirmed.Equal(b.now()) {
		t.Errorf("after a 304: %+v", m)
	}
	if r := b.seen()[0]; r.Header.Get("If-Modified-Since") != "Fri, 20 Nov 2026 14:00:00 GMT" {
		t.Errorf("headers %v", r.Header)
	}

	// The validators survive a restart.
	o := b.w.o
	b.w = newWorker(b.w.source, o)
	b.w.load()
	if m = b.poll(); m.Status != 304 || m.Failure != "" {
		t.Errorf("after a restart: %+v", m)
	}
	// They are worth nothing without the bytes they are of, or with others.
	for what, spoil := range map[string]func(string) error{
		"removed": os.Remove,
		"other":   func(p string) error { return os.WriteFile(p, []byte("feed 2"), 0o600) },
		"cut off": func(p string) error { return os.Truncate(p, 2) },
	} {
		if err := spoil(filepath.Join(b.w.source.Dir, answerName)); err != nil {
			t.Fatal(err)
		}
		b.w = newWorker(b.w.source, o)
		b.w.load()
		if m = b.poll(); m.Status != 200 || m.Failure != "" || b.kept() != "feed 1" {
			t.Errorf("kept answer %s: %+v, kept %q", what, m, b.kept())
		}
	}
}

// A server without validators answers with the same bytes: that is a sign of life and no new content.
func TestEqualAnswerIsNoNewContent(t *testing.T) {
	b := newBench(t, text("feed 1"))
	first := b.poll()
	m := b.poll()
	if !m.Fetched.Equal(first.Fetched) || !m.Confirmed.Equal(b.now()) || !m.Succeeded.Equal(b.now()) {
		t.Errorf("%+v", m)
	}
	b.serve(text("feed 2"))
	m = b.poll()
	if !m.Fetched.Equal(b.now()) || !m.Confirmed.IsZero() || !m.Before.Equal(b.now().Add(-time.Minute)) {
		t.Errorf("new content: %+v", m)
	}
}

func TestEmptyAnswer(t *testing.T) {
	b := newBench(t, text(""))
	if m := b.poll(); !strings.Contains(m.Failure, "empty_ok = true") || m.Has() {
		t.Errorf("%+v", m)
	}
	b.w = b.worker("/feed", func(s *Source, _ *Options) { s.EmptyOK = true })
	if m := b.poll(); m.Failure != "" || !m.Has() {
		t.Errorf("%+v", m)
	}
}

// A meta of another address, of another version or that is none is not taken up.
func TestForeignMetaIsForgotten(t *testing.T) {
	b := newBench(t, text("feed 1"))
	b.poll()
	path := filepath.Join(b.w.source.Dir, MetaName)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"", "{", "[]", `{"v":99}`, strings.Replace(string(good), b.w.source.URL.Key(), "00", 1)} {
		if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
		w := newWorker(b.w.source, b.w.o)
		if w.load(); w.meta.Has() || w.meta.Answer.Sum != "" {
			t.Errorf("%.20q is taken up: %+v", s, w.meta)
		}
	}
	// A name that leads out of the directory is no file of ours.
	evil := strings.Replace(string(good), `"links": []`, `"links": [{"file":"../../vigil.toml","sum":"","size":0,"etag":"","last_modified":"","asked":"2026-11-20T14:20:00Z"}]`, 1)
	if evil == string(good) {
		t.Fatalf("no links in %s", good)
	}
	if err := os.WriteFile(path, []byte(evil), 0o600); err != nil {
		t.Fatal(err)
	}
	w := newWorker(b.w.source, b.w.o)
	if w.load(); len(w.meta.Links) > 0 {
		t.Errorf("taken up: %+v", w.meta.Links)
	}
}

func TestDiskThatRefuses(t *testing.T) {
	b := newBench(t, text("feed 1"))
	if err := os.WriteFile(b.w.source.Dir, nil, 0o600); err != nil { // a file where the directory should be
		t.Fatal(err)
	}
	m := b.poll()
	if !strings.Contains(m.Failure, "cannot be kept: not a directory") || b.w.unrecorded == "" {
		t.Errorf("%+v, %q", m, b.w.unrecorded)
	}
}
