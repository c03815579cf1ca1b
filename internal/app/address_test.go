package app

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"vigil/internal/health"
	"vigil/internal/picture"
)

// feedServer answers with lines in the native format, and can be changed.
type feedServer struct {
	*httptest.Server
	body    atomic.Pointer[string]
	asked   atomic.Int64
	refused atomic.Bool
}

func newFeedServer(t *testing.T) *feedServer {
	t.Helper()
	s := &feedServer{}
	s.serve("")
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		if s.refused.Load() {
			http.Error(w, "down", http.StatusInternalServerError)
			return
		}
		body := *s.body.Load()
		tag := fmt.Sprintf("%q", fmt.Sprint(len(body)))
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", tag)
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *feedServer) serve(body string) { s.body.Store(&body) }

func aRecord(id string, at time.Time) string {
	return fmt.Sprintf(`{"id":%q,"act":"abduction","country":"MLI","occurred":%q,"reported":%q}`+"\n", id, at.Format(time.RFC3339), at.Format(time.RFC3339))
}

func (s *feedServer) block(name string) string {
	return fmt.Sprintf("[[source]]\nname = %q\nurl = \"%s/radio.jsonl?key=canary-query\"\nallow_private = true\nevery = \"10s\"\nexpect = \"1h\"\n", name, s.URL)
}

func TestAddressIsPolledKeptAndStaleAfterARestart(t *testing.T) {
	server := newFeedServer(t)
	d := newDesk(t, server.block("north"))
	server.serve(aRecord("A-1", d.clock.now().Add(-time.Minute)))
	d.open()
	v := d.await("the answer", func(v picture.View) bool {
		s := sourceOf(v, "north")
		return s.State == health.Live && v.Totals().Total == 1
	})
	s := sourceOf(v, "north")
	if want := server.URL + "/radio.jsonl?…"; s.Info.URL.String() != want || !s.Info.Path.IsZero() {
		t.Errorf("url %q path %q, want %q and none", s.Info.URL, s.Info.Path, want)
	}
	d.close()
	server.Close()

	d.clock.forward(10 * time.Minute)
	p, err := Snapshot(t.Context(), d.options(), time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	s = sourceOf(p.For(picture.DutyOfficer), "north")
	if s.State != health.Stale || !strings.Contains(s.Reason.String(), "not polled since") || s.Counts.Records != 1 {
		t.Fatalf("after the collector's end: %s %q %+v", s.State, s.Reason, s.Counts)
	}
	d.open()
	d.await("a failed poll that keeps the answer", func(v picture.View) bool {
		s := sourceOf(v, "north")
		return s.State == health.Failed && strings.Contains(s.Reason.String(), "refused") &&
			strings.Contains(s.Reason.String(), "kept answer of ") && v.Totals().Total == 1
	})
	d.close()
}
