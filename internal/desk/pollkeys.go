package desk

import (
	"cmp"
	"path/filepath"
	"strings"
	"time"

	"vigil/internal/fetch/address"
	"vigil/internal/safetext"
)

// Poll says what is fetched for a source that has an address in place of a path. The zero value is none.
type Poll struct {
	URL          address.Address
	Every        *time.Duration   // how often; nil is [Poll.Interval]'s choice
	Header       []address.Header // sent with each request, in the order of vigil.toml
	AllowPrivate bool             // the machine may be one of a private network, or this one
}

// The limits of how often an address is asked.
const (
	MinEvery     = 10 * time.Second // what every may be at least
	leastEvery   = time.Minute      // and what is chosen without it
	mostEvery    = time.Hour
	unknownEvery = 5 * time.Minute
)

// Interval is how often the address is asked: every, else a quarter of the time within which the source is
// expected to speak, so that three polls may fail before it is STALE, from a minute to an hour; 5 minutes
// where nobody has said what to expect (0).
func (p *Poll) Interval(expect time.Duration) time.Duration {
	switch {
	case p.Every != nil:
		return *p.Every
	case expect <= 0:
		return unknownEvery
	default:
		return min(max(expect/4, leastEvery), mostEvery)
	}
}

// key tells addresses apart; empty for none.
func (p *Poll) key() string {
	if p.URL.IsZero() {
		return ""
	}
	return p.URL.Key()
}

// address reads a url.
func (r *reader) address(n *node) address.Address {
	if !r.is(n, textNode) {
		return address.Address{}
	}
	a, err := address.Parse(n.text)
	if err != nil {
		r.errorf(n.at, "%v", err)
		return address.Address{}
	}
	for _, name := range a.Written() {
		name = safetext.CleanMax(name, 40).String()
		r.warnf(n.at, "the secret %q is written down in the query, where everybody who reads vigil.toml sees it: write %s={env:NAME}, and set NAME where vigil is started", name, name)
	}
	return a
}

// headers reads the table of headers. Its values are never shown: they may be secrets.
func (r *reader) headers(n *node) []address.Header {
	if n.kind != tableNode {
		r.errorf(n.at, `here stands %s, where headers should be: write header = {Authorization = "env:NAME"}`, n.kind)
		return nil
	}
	var list []address.Header
	seen := map[string]int{}
	for _, f := range n.fields {
		if f.value.kind != textNode {
			r.errorf(f.value.at, `here stands %s, where the value of a header should be: write "env:NAME" or "file:path"`, f.value.kind)
			continue
		}
		h, err := address.ParseHeader(f.key, f.value.text)
		if err != nil {
			r.errorf(f.value.at, "%v", err)
			continue
		}
		if top := dataDir(h.File); top != "" {
			r.errorf(f.value.at, "what lies in %s/ is read as data: put the secret elsewhere, such as secrets/%s", top, filepath.Base(h.File))
			continue
		}
		if line, again := seen[h.Name]; again {
			r.errorf(f.at, "header %s stands in line %d already: remove one of the two", quote(h.Name), line)
			continue
		}
		seen[h.Name] = f.at.line
		list = append(list, h)
	}
	return list
}

// origin reports what a block says wrongly of where it comes from as a whole.
func (r *reader) origin(block *node, s *Source) {
	at := func(key string) place {
		if n := block.child(key); n != nil {
			return n.at
		}
		return block.at
	}
	p := &s.Poll
	switch {
	case s.Path == "" && p.URL.IsZero():
		r.errorf(block.at, "this source has no path: write path = \"%s/…\", or url = \"https://…\"", FeedsDir)
	case s.Path != "" && !p.URL.IsZero():
		r.errorf(at("url"), "this source has a path and a url: write one of the two, or two sources")
	case s.Path != "":
		for _, key := range [...]string{"every", "header", "allow_private"} {
			if block.child(key) != nil {
				r.errorf(at(key), "%s is for a source with a url, and this one has a path: leave it out", key)
			}
		}
	case !p.URL.Encrypted() && !p.AllowPrivate && (len(p.URL.Variables()) > 0 || hasSecret(p.Header)):
		r.errorf(at("url"), "a secret would be sent without encryption: write https://, or leave the secret out")
	case !p.URL.Encrypted() && !p.AllowPrivate:
		r.warnf(at("url"), "http:// is not encrypted: what arrives can be changed on its way; write https:// if the server has it")
	}
	if p.Every != nil && s.Expect != nil && *p.Every > *s.Expect {
		r.warnf(at("every"), "every (%s) is longer than expect (%s): the source is STALE between two polls; make it shorter", FormatDuration(*p.Every), FormatDuration(*s.Expect))
	}
}

func hasSecret(list []address.Header) bool {
	for _, h := range list {
		if h.Secret() {
			return true
		}
	}
	return false
}

// defaultName is the name of a source that has been given none: that of its file up to the first dot, or of
// the machine that it is fetched from.
func (s *Source) defaultName() safetext.Text {
	if !s.Poll.URL.IsZero() {
		return safetext.Clean(s.Poll.URL.Host())
	}
	name, _, _ := strings.Cut(filepath.Base(s.Path), ".")
	return safetext.Clean(name)
}

// Where is what the source comes from, as it may be shown: its path, or its address without the query.
func (s *Source) Where() string { return cmp.Or(s.Path, s.Poll.URL.String()) }
