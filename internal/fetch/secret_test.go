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

	"vigil/internal/fetch/address"
)

// Wherever a secret may come from and whatever a server does with it, it is in nothing that is written, told
// or given back.
func TestSecretsStaySecret(t *testing.T) {
	base := t.TempDir()
	if err := os.WriteFile(filepath.Join(base, "key"), []byte(canary+"-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"TOKEN": canary + "-env", "QUERY": canary + " query&=", "http_proxy": ""}
	lookup := func(name string) (string, bool) { v, ok := env[name]; return v, ok }
	echo := func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(fmt.Sprint(r.Header), canary+"-env") || !strings.Contains(fmt.Sprint(r.Header), canary+"-file") || r.URL.Query().Get("key") != env["QUERY"] {
			t.Errorf("the secrets are not sent: %v %v", r.URL, r.Header)
		}
		all := r.URL.String() + " " + r.Header.Get("Authorization") + " " + r.Header.Get("X-Key")
		for _, name := range []string{"ETag", "Last-Modified", "Content-Type", "Retry-After", "X-Echo"} {
			w.Header().Set(name, all)
		}
		_, _ = w.Write([]byte("feed\nlinks: /a/" + url.PathEscape(env["TOKEN"]) + "?key=" + url.QueryEscape(r.URL.Query().Get("key"))))
	}
	b := newBench(t, echo)
	b.w = b.worker("/feed?key={env:QUERY}", func(s *Source, o *Options) {
		for name, value := range map[string]string{"Authorization": "Bearer {env:TOKEN}", "X-Key": "file:key"} {
			h, err := address.ParseHeader(name, value)
			if err != nil {
				t.Fatal(err)
			}
			s.Header = append(s.Header, h)
		}
		o.Lookup, o.Base = lookup, base
		// What an answer is refused for may quote it.
		inspect := s.Inspect
		s.Inspect = func(body []byte) ([]Pointer, error) {
			if strings.HasPrefix(string(body), "quote") {
				return nil, fmt.Errorf("line 1: unknown word %q", body)
			}
			return inspect(body)
		}
	})
	look := func(what string, m Meta) {
		t.Helper()
		if s := fmt.Sprintf("%+v %#v", m, m); strings.Contains(s, canary) {
			t.Errorf("%s: told: %s", what, s)
		}
		err := filepath.WalkDir(b.w.source.Dir, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || IsContent(d.Name()) && what == "echoed" { // what a server sends is content
				return err
			}
			data, err := os.ReadFile(path)
			if strings.Contains(string(data), canary) || strings.Contains(path, canary) {
				t.Errorf("%s: written into %s: %s", what, path, data)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
	b.w.client.RetryWaitMin, b.w.client.RetryWaitMax = time.Millisecond, time.Millisecond
	m := b.poll()
	if m.Failure != "" {
		t.Errorf("%+v", m)
	}
	look("echoed", m)
	_ = os.RemoveAll(b.w.source.Dir)
	for what, do := range map[string]http.HandlerFunc{
		"quoted": func(w http.ResponseWriter, r *http.Request) {
			text("quote "+r.Header.Get("X-Key")+r.URL.RawQuery)(w, r)
		},
		"redirected": func(w http.ResponseWriter, r *http.Request) {
			to("https://"+canary+"-env.example.org/?"+r.URL.RawQuery)(w, r)
		},
		"redirected here":  func(w http.ResponseWriter, r *http.Request) { to("/feed?"+r.URL.RawQuery)(w, r) },
		"broken":           raw("HTTP/1.1 200 " + canary + "\r\nContent-Length: 9\r\n\r\n" + canary),
		"no HTTP":          raw(canary + "-env\r\n"),
		"a bad header":     raw("HTTP/1.1 200 OK\r\n" + canary + "-env\r\n\r\n"),
		"a bad location":   to("http://[::1/" + canary + "-env"),
		"a status of ours": raw("HTTP/1.1 599 " + canary + "-env\r\n\r\n"),
	} {
		b.serve(do)
		m := b.poll()
		if m.Failure == "" {
			t.Errorf("%s: no failure", what)
		}
		look(what, m)
	}
	b.server.Close()
	look("gone", b.poll())
	for _, wrong := range []string{canary + "\nsecond line", "\x01" + canary, strings.Repeat(canary, 4000)} {
		env["TOKEN"] = wrong
		m := b.poll()
		if !strings.Contains(m.Failure, "header Authorization: the value from env:TOKEN") {
			t.Errorf("%q", m.Failure)
		}
		look("a wrong secret", m)
	}
	delete(env, "QUERY")
	if m := b.poll(); m.Failure != "the environment variable QUERY is not set: set it where vigil is started" {
		t.Errorf("%q", m.Failure)
	}
}

func TestCheckSecrets(t *testing.T) {
	base := t.TempDir()
	for name, mode := range map[string]os.FileMode{"good": 0o600, "open": 0o644} {
		if err := os.WriteFile(filepath.Join(base, name), []byte(canary), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(filepath.Join(base, name), mode); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(base, "dir"), 0o700); err != nil {
		t.Fatal(err)
	}
	a, err := address.Parse("https://example.org/?key={env:KEY}")
	if err != nil {
		t.Fatal(err)
	}
	s := Source{URL: a}
	for _, h := range [][2]string{{"A", "file:good"}, {"B", "file:open"}, {"C", "file:none"}, {"D", "file:dir"}, {"E", "env:SET"}, {"F", "env:UNSET"}, {"Accept", "x"}} {
		header, err := address.ParseHeader(h[0], h[1])
		if err != nil {
			t.Fatal(err)
		}
		s.Header = append(s.Header, header)
	}
	got := CheckSecrets(&s, func(name string) (string, bool) { return canary, name == "SET" }, base)
	want := []string{
		"the environment variable KEY is not set: set it where vigil is started",
		"header B: file:open may be read by others: chmod 600 it",
		"header C: file:none: there is no such file",
		"header D: file:dir: it is no regular file",
		"the environment variable UNSET is not set: set it where vigil is started",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if err := os.WriteFile(filepath.Join(base, "huge"), make([]byte, maxSecretFile+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadSecret(base, "huge"); err == nil {
		t.Error("a huge file is read")
	}
	if data, err := ReadSecret(base, filepath.Join(base, "good")); err != nil || string(data) != canary {
		t.Errorf("%q, %v", data, err)
	}
}
