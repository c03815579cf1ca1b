package address

import (
	"errors"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const canary = "canary-7f3a"

func TestWritten(t *testing.T) {
	for query, want := range map[string]string{
		"":                                  "",
		"key=" + canary:                     "key",
		"a=1&API_KEY=" + canary + "&b=2":    "API_KEY",
		"x-access%2Dtoken=" + canary:        "x-access-token",
		"sig=1&auth=2&pass=3&password=4":    "sig auth pass password",
		"subscription.key=x&secret=y":       "subscription.key secret",
		"key={env:KEY}&token=Bearer{env:T}": "",
		"key=&token":                        "",
		"keyword=a&design=b&appname=c&tokens=d&passage=e": "",
	} {
		a, err := Parse("https://example.org/x?" + query)
		if got := strings.Join(a.Written(), " "); err != nil || got != want {
			t.Errorf("%s: %q, %v, want %q", query, got, err, want)
		}
	}
}

func TestParse(t *testing.T) {
	for in, shown := range map[string]string{
		"https://example.org":                               "https://example.org/",
		"HTTPS://Example.ORG/Path?key=" + canary:            "https://example.org/Path?…",
		"https://example.org/?":                             "https://example.org/?…",
		"http://example.org:8080/a%20b":                     "http://example.org:8080/a%20b",
		"https://[2001:db8::1]/x":                           "https://[2001:db8::1]/x",
		"https://192.0.2.1/":                                "https://192.0.2.1/",
		"https://example.org/x?a={env:A}&b={env:B_2}":       "https://example.org/x?…",
		"https://example.org/x?bbox=1,2,3,4&format=geojson": "https://example.org/x?…",
	} {
		a, err := Parse(in)
		if err != nil || a.String() != shown {
			t.Errorf("%s: %s, %v; want %s", in, a, err, shown)
		}
	}
	for in, why := range map[string]string{
		"":                                  "write the whole address",
		"example.org/feed":                  "write the whole address",
		"file:///etc/passwd":                "only https:// and http://",
		"https://me:" + canary + "@x.org/":  "may not stand in an address",
		"https://me@x.org/":                 "may not stand in an address",
		"https:///x":                        "names no host",
		"https:x.org":                       "names no host",
		"https://x.org/#" + canary:          "follows #",
		"https://x.org/a b":                 "a space",
		"https://x.org/\x00":                "a control character",
		"https://x.org/{env:A}":             "only behind the ?",
		"https://{env:A}.org/":              "this is no address",
		"https://x.org/?k={" + canary + "}": "a placeholder is written",
		"https://x.org/?k={env:A B}":        "a space",
		"https://x.org/?k={env:}":           "a placeholder is written",
		"https://x.org/?k={env:A":           "a placeholder is written",
		"https://x.org/?k=A}":               "stands without its {",
		"https://x.org:99999999/?" + canary: "",
		"https://[fe80::1%25eth0]/":         "a zone",
		"https://x.org/?" + strings.Repeat("a", maxAddress): "at most 2048",
		"https://x.org:port/?" + canary:                     "this is no address",
	} {
		a, err := Parse(in)
		if why == "" {
			continue // whatever it is, it shows nothing
		}
		if err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: %v (%s), want %q", in, err, a, why)
		}
		if err != nil && strings.Contains(err.Error(), canary) {
			t.Errorf("%s: the error shows a secret: %v", in, err)
		}
	}
}

func TestExpand(t *testing.T) {
	a, err := Parse("https://example.org/x?zone=1&key={env:KEY}&again={env:KEY}&written=abcdefgh")
	if err != nil {
		t.Fatal(err)
	}
	lookup := func(name string) (string, bool) { return "s&c=r t", name == "KEY" }
	u, secrets, err := a.Expand(lookup)
	if err != nil || u.Query().Get("key") != "s&c=r t" || u.Query().Get("again") != "s&c=r t" || u.Query().Get("c") != "" {
		t.Errorf("%v, %v", u, err)
	}
	for _, s := range []string{"at " + u.String(), "the key s&c=r t", "abcdefgh"} {
		if got := Redact(s, secrets); strings.Contains(got, "s&c=r t") || strings.Contains(got, "s%26c") || strings.Contains(got, "abcdefgh") {
			t.Errorf("not redacted: %s", got)
		}
	}
	if _, _, err := a.Expand(func(string) (string, bool) { return "", true }); err == nil || !strings.Contains(err.Error(), "KEY is not set") {
		t.Errorf("an empty variable: %v", err)
	}
}

func TestSameServer(t *testing.T) {
	tests := []struct {
		from, to string
		want     bool
	}{
		{"https://a.org/x", "https://a.org/y", true},
		{"https://a.org/x", "https://A.ORG:443/y", true},
		{"http://a.org/x", "https://a.org/y", true},
		{"http://a.org:8080/x", "http://a.org:8080/y", true},
		{"https://a.org/x", "http://a.org/x", false},
		{"https://a.org/x", "https://b.org/x", false},
		{"https://a.org/x", "https://a.org.b.org/x", false},
		{"https://a.org/x", "https://a.org:8443/x", false},
		{"http://a.org:8080/x", "https://a.org/x", false},
		{"https://a.org/x", "https://me:pw@a.org/x", false},
		{"https://a.org/x", "ftp://a.org/x", false},
		{"https://a.org/x", "file:///x", false},
		{"http://127.0.0.1:1/x", "http://127.0.0.1:2/x", false},
	}
	for _, tt := range tests {
		from, _ := url.Parse(tt.from)
		to, _ := url.Parse(tt.to)
		if got := SameServer(from, to); got != tt.want {
			t.Errorf("%s to %s: %v", tt.from, tt.to, got)
		}
	}
}

func TestPublic(t *testing.T) {
	for in, want := range map[string]bool{
		"8.8.8.8": true, "2606:4700::1111": true, "1.1.1.1": true, "172.32.0.1": true, "100.128.0.1": true,
		"127.0.0.1": false, "127.9.9.9": false, "::1": false, "0.0.0.0": false, "::": false,
		"10.0.0.1": false, "172.16.0.1": false, "172.31.255.255": false, "192.168.1.1": false,
		"169.254.169.254": false, "fe80::1": false, "fe80::1%eth0": false, "fc00::1": false, "fd12::1": false,
		"100.64.0.1": false, "100.127.255.255": false, "224.0.0.1": false, "ff02::1": false, "255.255.255.255": false, "240.0.0.1": false,
		"::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::ffff:8.8.8.8": true, "::127.0.0.1": false,
		"64:ff9b::7f00:1": false, "64:ff9b::808:808": true, "64:ff9b:1::808:808": false, "2002:7f00:1::": false, "2002:808:808::": true,
		"2001::1": false, "2001:db8::1": false, "fec0::1": false, "100::1": false, "192.0.2.1": false, "198.18.0.1": false, "203.0.113.9": false, "0.1.2.3": false,
	} {
		if got := Public(netip.MustParseAddr(in)); got != want {
			t.Errorf("%s: %v", in, got)
		}
	}
	if Public(netip.Addr{}) {
		t.Error("no address is public")
	}
}

// An IPv4 address is judged alike in every writing that leads to it.
func TestPublicInEveryWriting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v4 := [4]byte(rapid.SliceOfN(rapid.Byte(), 4, 4).Draw(t, "address"))
		want := Public(netip.AddrFrom4(v4))
		for _, prefix := range []string{"::ffff:0:0", "64:ff9b::"} {
			b := netip.MustParseAddr(prefix).As16()
			copy(b[12:], v4[:])
			if Public(netip.AddrFrom16(b)) != want {
				t.Fatalf("%s differs from %s", netip.AddrFrom16(b), netip.AddrFrom4(v4))
			}
		}
	})
}

func TestParseHeader(t *testing.T) {
	lookup := func(name string) (string, bool) {
		v, ok := map[string]string{"TOKEN": " " + canary + "\n", "EMPTY": "", "LINES": "a\nb"}[name]
		return v, ok
	}
	read := func(path string) ([]byte, error) {
		if path == "secrets/key" {
			return []byte(canary + "\n"), nil
		}
		return nil, errors.New("there is no such file")
	}
	for _, tt := range []struct{ name, value, want, why string }{
		{"authorization", "env:TOKEN", canary, ""},
		{"Authorization", "Bearer {env:TOKEN}", "Bearer " + canary, ""},
		{"X-Key", "file:secrets/key", canary, ""},
		{"X-Key", "Key {file:secrets/key}", "Key " + canary, ""},
		{"Accept", "application/xml", "application/xml", ""},
		{"User-Agent", "desk (ops@example.org)", "desk (ops@example.org)", ""},
		{"X-Key", "file:other", "", "there is no such file"},
		{"X-Key", "env:NONE", "", "NONE is not set"},
		{"X-Key", "env:EMPTY", "", "EMPTY is not set"},
		{"X-Key", "env:LINES", "", "several lines"},
		{"X-Key", "env:" + canary, "", "no name of an environment variable"},
		{"X-Key", canary, "", "may be a secret"},
		{"Authorization", "Bearer " + canary, "", "may be a secret"},
		{"Cookie", canary, "", "may be a secret"},
		{"Accept", "a\r\nX: " + canary, "", "a control character"},
		{"Accept", "", "", "is empty"},
		{"Host", canary, "", "set by vigil itself"},
		{"If-None-Match", canary, "", "set by vigil itself"},
		{"a:b", canary, "", "no name of a header"},
		{"", canary, "", "no name of a header"},
	} {
		h, err := ParseHeader(tt.name, tt.value)
		got := ""
		if err == nil {
			got, _, err = h.Value(lookup, read)
		}
		if tt.why == "" && (err != nil || got != tt.want) || tt.why != "" && (err == nil || !strings.Contains(err.Error(), tt.why)) {
			t.Errorf("%s = %q: %q, %v; want %q %q", tt.name, tt.value, got, err, tt.want, tt.why)
		}
		if err != nil && strings.Contains(err.Error(), canary) {
			t.Errorf("the error shows a secret: %v", err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("https://example.org/x?key={env:KEY}", "Authorization", "Bearer {env:TOKEN}")
	f.Add("http://[::1]:80/", "X", "file:a")
	f.Fuzz(func(t *testing.T, s, name, value string) {
		if a, err := Parse(s); err == nil {
			u, _, err := a.Expand(func(string) (string, bool) { return canary, true })
			if err != nil || u.Host == "" || u.User != nil {
				t.Errorf("%q: %v, %v", s, u, err)
			}
			if strings.Contains(a.String(), canary) && !strings.Contains(s, canary) {
				t.Errorf("%q shows %s", s, a)
			}
			if u, err := url.Parse(u.String()); err != nil || u.Host == "" {
				t.Errorf("%q cannot be asked: %v", s, err)
			}
		}
		if h, err := ParseHeader(name, value); err == nil && h.Secret() == (h.Source() == "vigil.toml") {
			t.Errorf("%q %q: %+v", name, value, h)
		}
	})
}
