package heartbeat

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"vigil/internal/fetch/address"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const canary = "s3cr3tCanary42"

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func answer(r *http.Request, status int) *http.Response {
	return &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader("OK")), Request: r, Header: http.Header{}}
}

func lookup(name string) (string, bool) {
	return "https://hc.example/" + canary, name == "URL"
}

func run(t *testing.T, h *Heart) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- h.Run(ctx) }()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

func read(t *testing.T, path string) (f form) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestItBeatsOnlyWhileThePictureIsPublished(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		h := New(Options{
			File: "beat.json", URL: address.Secret{Env: "URL"}, Every: 10 * time.Second, Dir: dir, Version: "1", Clock: time.Now, Lookup: lookup,
			transport: transport(func(r *http.Request) (*http.Response, error) {
				if r.URL.String() != "https://hc.example/"+canary || r.UserAgent() != "vigil/1" {
					t.Errorf("called %s as %s", r.URL, r.UserAgent())
				}
				calls++
				return answer(r, 200), nil
			}),
		})
		defer run(t, h)()
		began := time.Now()
		time.Sleep(62 * time.Second)
		if calls != 0 {
			t.Fatal("it beats without a picture")
		}
		publish := func(n int) {
			for range n {
				h.Published(time.Now(), State{Desk: "Sahel desk", Worst: "STALE", Unacknowledged: 2, Watch: true})
				time.Sleep(5 * time.Second)
			}
			synctest.Wait()
		}
		publish(12) // a minute
		if calls != 6 && calls != 7 {
			t.Errorf("%d beats in a minute, want one every 10 s", calls)
		}
		f := read(t, filepath.Join(dir, "beat.json"))
		if f.Schema != Schema || f.Desk != "Sahel desk" || f.Worst != "STALE" || f.Unacknowledged != 2 || !f.Watch || f.Every != 10 || f.Program != "vigil 1" {
			t.Errorf("%+v", f)
		}
		if age := time.Since(f.Time); age > 10*time.Second || f.Time.Sub(f.Published) > 5*time.Second || f.Time.Before(began) {
			t.Errorf("beat %s ago, of a picture of %s", age, f.Published)
		}
		// The hub hangs: within the age that a picture may have there may be one more beat, and then none.
		time.Sleep(Stale)
		hung := calls
		time.Sleep(time.Hour)
		if calls != hung {
			t.Errorf("%d beats of a console that hangs", calls-hung)
		}
		publish(4)
		if calls == hung {
			t.Error("it does not begin again")
		}
	})
}

func TestItSaysWhatFails(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		var fail func(*http.Request) (*http.Response, error)
		h := New(Options{
			File: "none/beat.json", URL: address.Secret{Env: "URL"}, Every: 5 * time.Second, Dir: dir, Clock: time.Now, Lookup: lookup,
			transport: transport(func(r *http.Request) (*http.Response, error) { return fail(r) }),
		})
		for _, c := range []struct {
			fail func(*http.Request) (*http.Response, error)
			want string
		}{
			{func(r *http.Request) (*http.Response, error) { return answer(r, 404), nil }, "answered 404 Not Found"},
			{func(r *http.Request) (*http.Response, error) { return answer(r, 302), nil }, "answered 302 Found"},
			{func(r *http.Request) (*http.Response, error) { return nil, errors.New(r.URL.String()) }, "no HTTP that can be read"},
			{func(r *http.Request) (*http.Response, error) { <-r.Context().Done(); return nil, r.Context().Err() }, "did not answer whole within 10 s"},
			{func(*http.Request) (*http.Response, error) { panic(canary) }, "fault of its own"},
		} {
			fail = c.fail
			stop := run(t, h)
			for range 4 {
				h.Published(time.Now(), State{})
				time.Sleep(4 * time.Second)
			}
			synctest.Wait()
			got := h.Troubles()
			if len(got) != 2 || !strings.Contains(got[0].String(), "its file: it cannot be written") || !strings.Contains(got[1].String(), c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
			for _, s := range got {
				if strings.Contains(s.String(), canary) {
					t.Errorf("the secret is shown: %s", s)
				}
			}
			stop()
		}
		// It goes elsewhere while it runs, and what was wrong is over.
		defer run(t, h)()
		h.Published(time.Now(), State{})
		h.Set(Options{File: "beat.json", Every: 5 * time.Second})
		synctest.Wait()
		if got := h.Troubles(); len(got) > 0 {
			t.Errorf("%q", got)
		}
		read(t, filepath.Join(dir, "beat.json"))
	})
}

func TestItCallsAServer(t *testing.T) {
	called := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case called <- r.Method + " " + r.URL.Path:
		default:
		}
	}))
	defer server.Close()
	h := New(Options{URL: address.Secret{Env: "URL"}, Every: time.Hour, Clock: time.Now, Lookup: func(string) (string, bool) { return server.URL + "/ping", true }})
	defer run(t, h)()
	h.Published(time.Now(), State{})
	if got := <-called; got != "GET /ping" {
		t.Error(got)
	}
}

func TestWithoutAPlaceItRests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := New(Options{Clock: time.Now})
		defer run(t, h)()
		h.Published(time.Now(), State{})
		time.Sleep(time.Hour)
		if got := h.Troubles(); len(got) > 0 {
			t.Errorf("%q", got)
		}
	})
}
