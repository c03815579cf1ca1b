package desk

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPollIsRead(t *testing.T) {
	cfg, problems := ParseConfig("vigil.toml", []byte(`
[[source]]
url = "https://Feeds.Example.org/alerts?zone=1&key={env:ALERTS_KEY}"
every = "90s"
allow_private = true
header = {authorization = "Bearer {env:TOKEN}", X-Key = "file:secrets/key", Accept = "application/xml"}
[[source]]
name = "second"
url = "https://feeds.example.org"
`))
	if len(problems) > 0 {
		t.Fatal(printed(problems))
	}
	first, second := &cfg.Sources[0], &cfg.Sources[1]
	if first.Name.String() != "feeds.example.org" || first.Where() != "https://feeds.example.org/alerts?…" || first.Path != "" {
		t.Errorf("name %q, shown %q, path %q", first.Name, first.Where(), first.Path)
	}
	if first.Poll.Interval(0) != 90*time.Second || !first.Poll.AllowPrivate {
		t.Errorf("wrong: %+v", first.Poll)
	}
	var from []string
	for _, h := range first.Poll.Header {
		from = append(from, h.Name+" "+h.Source())
	}
	if diff := cmp.Diff([]string{"Authorization env:TOKEN", "X-Key file:secrets/key", "Accept vigil.toml"}, from); diff != "" {
		t.Error(diff)
	}
	if second.Where() != "https://feeds.example.org/" {
		t.Errorf("shown %q", second.Where())
	}
}

func TestIntervalWithoutEvery(t *testing.T) {
	for expect, want := range map[time.Duration]time.Duration{
		0: 5 * time.Minute, time.Minute: time.Minute, time.Hour: 15 * time.Minute, 180 * day: time.Hour,
	} {
		if got := (&Poll{}).Interval(expect); got != want {
			t.Errorf("expect %s: every %s, want %s", expect, got, want)
		}
	}
}

// What may be a secret is in none of the problems.
func TestPollProblems(t *testing.T) {
	_, problems := ParseConfig("vigil.toml", []byte(`[[source]]
url = "ftp://example.org/canary"
[[source]]
url = "https://user:canary@example.org/"
every = "5s"
[[source]]
url = "https://example.org/?key={canary}"
[[source]]
url = "https://example.org/a"
header = "canary"
[[source]]
name = "b"
url = "https://example.org/b"
header = {Authorization = "Bearer canary", Host = "x", "X Y" = "canary", X-File = "file:feeds/key", Cookie = 1}
[[source]]
name = "c"
url = "http://example.org/c"
header = {X-Key = "env:KEY"}
[[source]]
name = "d"
url = "http://example.org/d"
every = "2h"
expect = "1h"
[[source]]
name = "e"
url = "http://example.org/d"
allow_private = true
[[source]]
path = "feeds/f"
every = "1m"
header = {X-Key = "env:KEY"}
[[source]]
name = "g"
url = "https://example.org/g#canary"
[[source]]
name = "h"
url = "https://example.org/h"
header = {X-Key = "env:KEY", x-key = "env:KEY"}
[[source]]
name = "i"
url = "https:///nowhere"
[[source]]
name = "j"
url = "https://[fe80::1%25eth0]/"
`))
	want := `vigil.toml:2:7: only https:// and http:// are fetched: write the whole address, https://host/path, or name a file by path
vigil.toml:4:7: a name or a password may not stand in an address: leave it out and write header = {Authorization = "env:NAME"}
vigil.toml:5:9: "5s" is too short: write at least 10s
vigil.toml:7:7: a placeholder is written {env:NAME}, with the name of an environment variable
vigil.toml:10:10: here stands a text, where headers should be: write header = {Authorization = "env:NAME"}
vigil.toml:14:27: the value of header Authorization may be a secret and does not belong into vigil.toml: write "env:NAME" and set that variable, or "file:path" (Accept, Accept-Language, From, User-Agent may be written out)
vigil.toml:14:51: header Host is set by vigil itself: leave it out
vigil.toml:14:64: this is no name of a header: write letters, digits and hyphens
vigil.toml:14:83: what lies in feeds/ is read as data: put the secret elsewhere, such as secrets/key
vigil.toml:14:110: here stands a whole number, where the value of a header should be: write "env:NAME" or "file:path"
vigil.toml:17:7: a secret would be sent without encryption: write https://, or leave the secret out
warning: vigil.toml:21:7: http:// is not encrypted: what arrives can be changed on its way; write https:// if the server has it
warning: vigil.toml:22:9: every (2h) is longer than expect (1h): the source is STALE between two polls; make it shorter
vigil.toml:24: the address of e is polled by the source in line 19 already: remove one of the two
vigil.toml:30:9: every is for a source with a url, and this one has a path: leave it out
vigil.toml:31:10: header is for a source with a url, and this one has a path: leave it out
vigil.toml:34:7: what follows # is never sent: leave it out
vigil.toml:38:30: header "X-Key" stands in line 38 already: remove one of the two
vigil.toml:41:7: the address names no host: write https://host/path
vigil.toml:44:7: the host has a zone or an escape: write its name or its plain address
`
	got := printed(problems)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if strings.Contains(got, "canary") {
		t.Error("a problem shows what may be a secret")
	}
}
