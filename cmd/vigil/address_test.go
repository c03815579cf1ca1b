package main

import (
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A source by URL, in the program itself: one process polls, another sees the same, and when the first has
// ended and the server is gone what was last known is shown and says so. The secrets that were sent are in nothing
// that was printed or written.
func TestSourceByURL(t *testing.T) {
	const canary = "canary-7f3a9c"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+canary+"-token" || r.URL.Query().Get("key") != canary+"-key" ||
			!strings.HasPrefix(r.UserAgent(), "vigil/") {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		fmt.Fprintln(w, `{"id":"U-1","country":"MLI","act":"theft","occurred":"2026-01-05T10:00:00Z"}`)
	}))
	defer server.Close()
	dir := makeDesk(t)
	config := fmt.Sprintf("[[source]]\nname = \"north\"\nurl = \"%s/feed.jsonl?key={env:NORTH_KEY}\"\nheader = {Authorization = \"Bearer {env:NORTH_TOKEN}\"}\n"+
		"allow_private = true\nexpect = \"9000d\"\n", server.URL)
	writeWhole(t, filepath.Join(dir, "vigil.toml"), config)
	var printed strings.Builder
	status := func(args ...string) string {
		t.Helper()
		cmd := vigil(t, append(args, "-C", dir)...)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
		printed.Write(out)
		return string(out)
	}
	if out := status("check"); !strings.Contains(out, "NORTH_TOKEN is not set") || !strings.Contains(out, "not polled yet") {
		t.Error(out)
	}

	cmd := vigil(t, "tail", "-C", dir)
	cmd.Env = append(cmd.Env, "NORTH_TOKEN="+canary+"-token", "NORTH_KEY="+canary+"-key")
	r := runCommand(t, cmd)
	r.await(r.lines, "source north NEVER→live")
	// The sign of life of the one that polls follows at once.
	var out string
	for limit := time.Now().Add(patience); ; {
		if out = status("status", "--json"); strings.Contains(out, `"state": "live"`) {
			break
		}
		if time.Now().After(limit) {
			t.Fatalf("another process never saw it live:\n%s", out)
		}
	}
	for _, want := range []string{`"url": "` + server.URL + `/feed.jsonl?…"`, `"kept_at": "2`, `"next_attempt": "2`} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s in\n%s", want, out)
		}
	}
	server.Close()
	if err := r.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	printed.WriteString(strings.Join(r.ends(), "\n") + r.said.String())

	out = status("status", "--json")
	if !strings.Contains(out, `"state": "stale"`) || !strings.Contains(out, "kept answer of ") || !strings.Contains(out, "not polled since") ||
		!strings.Contains(out, `"next_attempt": null`) || !strings.Contains(out, `"records": 1`) {
		t.Errorf("afterwards:\n%s", out)
	}
	if out = status("status"); !strings.Contains(out, "! north STALE: kept answer of ") {
		t.Error(out)
	}
	if out = status("check"); !strings.Contains(out, "source north: native, from "+server.URL+"/feed.jsonl?…") {
		t.Error(out)
	}
	if strings.Contains(printed.String(), canary) {
		t.Errorf("a secret was printed:\n%s", printed.String())
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if strings.Contains(string(data), canary) {
			t.Errorf("a secret is in %s", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
