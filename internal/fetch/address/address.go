// Package address is what vigil.toml says of where a source is fetched from: the address, the headers
// that go with it, and which machines may be asked at all.
//
// # Guarantees
//
//   - Everything is pure: the environment and files are read through functions that are passed in, and only
//     when a request is made. Parsing never sees a secret, so no problem of vigil.toml can show one.
//   - [Address.String] and [Shown] never give a query, which is where keys stand, nor what a placeholder
//     stands for. They are what screens, logs, files and errors show; only [Address.Expand] gives the
//     address that is asked.
//   - A secret may only come from the environment or a file. Text in vigil.toml that could be one is refused.
//
// Values are immutable and safe to share.
package address

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
)

// Address is an http or https address, whose query may have placeholders. The zero value is none.
type Address struct {
	template string
	parsed   *url.URL // with the placeholders as they are written
	names    []string // of the environment variables in the query
}

// maxAddress is the longest address that is taken, in bytes.
const maxAddress = 2048

// Parse reads an address as it stands in vigil.toml. The error says what to write instead, and shows
// nothing of a query or of a password.
func Parse(s string) (Address, error) {
	switch {
	case len(s) > maxAddress:
		return Address{}, fmt.Errorf("the address has %d bytes: write one of at most %d", len(s), maxAddress)
	case strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f }) >= 0:
		return Address{}, errors.New("the address holds a space or a control character: write %20 for a space")
	}
	u, err := url.Parse(s)
	if err != nil {
		return Address{}, errors.New("this is no address: write https://host/path")
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return Address{}, errors.New("only https:// and http:// are fetched: write the whole address, https://host/path, or name a file by path")
	case u.User != nil:
		return Address{}, errors.New(`a name or a password may not stand in an address: leave it out and write header = {Authorization = "env:NAME"}`)
	case u.Hostname() == "" || u.Opaque != "":
		return Address{}, errors.New("the address names no host: write https://host/path")
	case u.Fragment != "":
		return Address{}, errors.New("what follows # is never sent: leave it out")
	case strings.Contains(u.Host, "%"):
		return Address{}, errors.New("the host has a zone or an escape: write its name or its plain address")
	case strings.ContainsAny(u.Path, "{}"), strings.ContainsAny(u.Host, "{}"):
		return Address{}, errors.New("a placeholder may stand only behind the ?: https://host/path?key={env:NAME}")
	}
	names, err := placeholders(u.RawQuery)
	if err != nil {
		return Address{}, err
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return Address{template: s, parsed: u, names: names}, nil
}

// placeholders are the names of the variables that a query asks for.
func placeholders(query string) ([]string, error) {
	var names []string
	for rest := query; ; {
		before, after, ok := strings.Cut(rest, "{")
		if strings.Contains(before, "}") {
			return nil, errors.New("a } stands without its {: a placeholder is written {env:NAME}")
		}
		if !ok {
			return names, nil
		}
		inside, after, ok := strings.Cut(after, "}")
		name, env := strings.CutPrefix(inside, "env:")
		if !ok || !env || !isVariable(name) {
			return nil, errors.New("a placeholder is written {env:NAME}, with the name of an environment variable")
		}
		names, rest = append(names, name), after
	}
}

// isVariable reports whether s can be the name of an environment variable.
func isVariable(s string) bool {
	for i, r := range s {
		if r != '_' && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != "" && len(s) <= 128
}

// IsZero reports whether there is no address.
func (a Address) IsZero() bool { return a.parsed == nil }

// String is the address as it is shown: without its query.
func (a Address) String() string {
	if a.parsed == nil {
		return ""
	}
	return Shown(a.parsed)
}

// Host is the name or the address of the machine, without a port.
func (a Address) Host() string { return a.parsed.Hostname() }

// Encrypted reports whether what is sent and what arrives is encrypted.
func (a Address) Encrypted() bool { return a.parsed.Scheme == "https" }

// Variables are the names of the environment variables in the query, in order.
func (a Address) Variables() []string { return a.names }

// Written are the parameters of the query whose names say that they are secrets and whose values are written down,
// in order; their values are not given.
func (a Address) Written() []string {
	var names []string
	for pair := range strings.SplitSeq(a.parsed.RawQuery, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(name); err == nil {
			name = plain
		}
		if value != "" && !strings.Contains(value, "{env:") && isSecret(name) {
			names = append(names, name)
		}
	}
	return names
}

// isSecret reports whether the name of a parameter says that its value is a secret: api_key, X-Token, sig.
func isSecret(name string) bool {
	name = strings.NewReplacer("-", "", "_", "", ".", "").Replace(strings.ToLower(name))
	for _, end := range [...]string{"key", "token", "secret", "password", "passwd", "pwd", "signature", "credential", "credentials"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return name == "sig" || name == "pass" || name == "auth"
}

// Key tells addresses apart without showing them. It is made of what vigil.toml says, in which the value
// of no placeholder stands.
func (a Address) Key() string {
	sum := sha256.Sum256([]byte(a.template))
	return hex.EncodeToString(sum[:])
}

// Same reports whether two addresses are written alike.
func (a Address) Same(b Address) bool { return a.template == b.template }

// Expand is the address that is asked, with the secrets in it, for [Redact].
func (a Address) Expand(lookup func(string) (string, bool)) (*url.URL, []string, error) {
	u := *a.parsed
	var secrets []string
	for _, name := range a.names {
		value, ok := lookup(name)
		if !ok || value == "" {
			return nil, nil, missing(name)
		}
		secrets = append(secrets, value, url.QueryEscape(value))
		u.RawQuery = strings.ReplaceAll(u.RawQuery, "{env:"+name+"}", url.QueryEscape(value))
	}
	for _, values := range a.parsed.Query() { // a key may have been written down all the same
		for _, v := range values {
			if len(v) >= keyLength && !strings.Contains(v, "{env:") {
				secrets = append(secrets, v)
			}
		}
	}
	return &u, secrets, nil
}

// keyLength is the least length of what may be a key in a query that was written down.
const keyLength = 8

func missing(name string) error {
	return fmt.Errorf("the environment variable %s is not set: set it where vigil is started", name)
}

// Shown is an address as it may be shown: scheme, host and path; that there is a query is said.
func Shown(u *url.URL) string {
	shown := u.Scheme + "://" + u.Host + u.EscapedPath()
	if u.RawQuery != "" || u.ForceQuery {
		shown += "?…"
	}
	return shown
}

// Redact replaces the secrets in a text. Those of less than four bytes are left: they would be found in
// words that hold none.
func Redact(s string, secrets []string) string {
	for _, secret := range secrets {
		if len(secret) >= 4 {
			s = strings.ReplaceAll(s, secret, "…")
		}
	}
	return s
}

// SameServer reports whether to is on the server of from and no less protected: the same host and port, or
// from http to https on the usual ports.
func SameServer(from, to *url.URL) bool {
	if !strings.EqualFold(from.Hostname(), to.Hostname()) || to.User != nil {
		return false
	}
	f, t := strings.ToLower(from.Scheme), strings.ToLower(to.Scheme)
	switch {
	case f == t && (t == "http" || t == "https"):
		return port(from) == port(to)
	case f == "http" && t == "https":
		return port(from) == "80" && port(to) == "443"
	default:
		return false
	}
}

func port(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case strings.EqualFold(u.Scheme, "https"):
		return "443"
	default:
		return "80"
	}
}

// special are the blocks that are no public machine and that netip has no word for.
var special = func() []netip.Prefix {
	var list []netip.Prefix
	for _, s := range [...]string{
		"0.0.0.0/8",       // this network
		"100.64.0.0/10",   // carrier-grade NAT
		"192.0.0.0/24",    // protocol assignments
		"192.0.2.0/24",    // documentation
		"192.88.99.0/24",  // 6to4 relays
		"198.18.0.0/15",   // benchmarks
		"198.51.100.0/24", // documentation
		"203.0.113.0/24",  // documentation
		"240.0.0.0/4",     // reserved, broadcast
		"::/96",           // IPv4-compatible
		"64:ff9b:1::/48",  // NAT64 of a local network
		"100::/64",        // discard
		"2001::/23",       // protocol assignments, Teredo among them
		"2001:db8::/32",   // documentation
		"3fff::/20",       // documentation
		"5f00::/16",       // segment routing
		"fec0::/10",       // site-local
	} {
		list = append(list, netip.MustParsePrefix(s))
	}
	return list
}()

var (
	nat64     = netip.MustParsePrefix("64:ff9b::/96")
	sixToFour = netip.MustParsePrefix("2002::/16")
)

// Public reports whether an address is one of the public internet. One that holds an IPv4 address (mapped,
// NAT64, 6to4) is judged by that.
func Public(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	switch {
	case !ip.IsValid():
		return false
	case nat64.Contains(ip):
		b := ip.As16()
		return Public(netip.AddrFrom4([4]byte(b[12:16])))
	case sixToFour.Contains(ip):
		b := ip.As16()
		return Public(netip.AddrFrom4([4]byte(b[2:6])))
	case !ip.IsGlobalUnicast() || ip.IsPrivate():
		return false
	}
	for _, p := range special {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}

// HostPort is the machine with its port, if the address has one.
func (a Address) HostPort() string { return a.parsed.Host }
