package fetch

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"vigil/internal/fetch/address"
)

// askAgain is how long a linked content is taken to be as it was: most are of one alert and never change.
const askAgain = time.Hour

// follow fetches what an answer links to, each with the limits of an answer of its own: what is on the same
// server, [MaxLinks] in one poll, those not kept yet first. One that is kept is asked for again, with its
// validators, after an hour. Whatever is not fetched is counted in a note. There is a failure if nothing of what is
// linked to is kept or can be fetched.
//
// What came is staged, and put in its place by commit once the answer stands in its own: whoever reads the files
// in the order of their names sees what is pointed to never before what points to it.
func (w *worker) follow(ctx context.Context, base *url.URL, header http.Header, links []string, at time.Time) (f *following, failure string) {
	f = &following{worker: w, base: base, header: header, at: at}
	f.sort(links)
	closing := ctx
	ctx, cancel := context.WithTimeout(ctx, linksFor)
	defer cancel()
	for i := range f.wanted {
		x := &f.wanted[i]
		switch {
		case f.asked < MaxLinks && ctx.Err() == nil && !f.told && (!x.known || at.Sub(x.link.Asked) >= max(askAgain, w.source.Every)):
			f.fetch(ctx, x)
		case x.known:
			f.keep = append(f.keep, x.link)
		default:
			f.left++
		}
	}
	if closing.Err() != nil {
		return f, "the desk is being closed" // nothing that is kept is given up for that, and nobody is told
	}
	if f.failed > 0 && len(f.keep) == 0 {
		return f, fmt.Sprintf("none of the contents that the answer links to could be fetched: %s", f.why)
	}
	return f, ""
}

// resolve is the address of a link of an answer from base; nil where it is not on the same server.
func resolve(base *url.URL, link string) *url.URL {
	ref, err := url.Parse(strings.TrimSpace(link))
	if err != nil {
		return nil
	}
	to := base.ResolveReference(ref)
	to.Fragment, to.RawFragment = "", ""
	if base.Scheme == "https" && to.Scheme == "http" && strings.EqualFold(to.Host, base.Host) {
		to.Scheme = "https" // many an index of an encrypted server still says http
	}
	if !address.SameServer(base, to) {
		return nil
	}
	return to
}

// LinkFile is the name of the file in which the content is kept that a link of an answer from base leads to; empty
// where it is not followed.
func LinkFile(base *url.URL, link string) string {
	if base == nil {
		return ""
	}
	to := resolve(base, link)
	if to == nil {
		return ""
	}
	return linkFile(to, nil)
}

// wanted is a content that an answer links to.
type wanted struct {
	to    *url.URL
	link  Link
	known bool // it is kept
}

// following is one pass over the links of an answer.
type following struct {
	*worker
	base   *url.URL
	header http.Header
	at     time.Time

	wanted                      []wanted
	keep                        []Link
	asked, failed, left, abroad int
	why                         string // why the first that failed did
	told                        bool   // the server asked not to be asked
}

// sort puts the links that may be followed in the order in which they are: those not kept yet as they
// stand in the answer, then those kept, the one asked for longest ago first.
func (f *following) sort(links []string) {
	kept := map[string]Link{}
	for _, l := range f.meta.Links {
		kept[l.File] = l
	}
	seen := map[string]bool{}
	var old []wanted
	listed := map[string]*url.URL{}
	for _, s := range links {
		to := resolve(f.base, s)
		if to == nil {
			f.abroad++
			continue
		}
		file := linkFile(to, f.secrets)
		if seen[file] {
			continue
		}
		seen[file] = true
		if _, is := kept[file]; is {
			listed[file] = to
			continue
		}
		f.wanted = append(f.wanted, wanted{to: to, link: Link{File: file}})
	}
	for _, l := range f.meta.Links {
		if to := listed[l.File]; to != nil {
			old = append(old, wanted{to: to, link: l, known: true})
		}
	}
	slices.SortStableFunc(old, func(a, b wanted) int { return a.link.Asked.Compare(b.link.Asked) })
	f.wanted = append(f.wanted, old...)
}

// fetch asks for one linked content.
func (f *following) fetch(ctx context.Context, x *wanted) {
	f.asked++
	path := filepath.Join(f.source.Dir, x.link.File)
	known := x.link.Kept
	if !known.there(path) {
		known = Kept{}
	}
	a := f.ask(ctx, x.to, f.header, known)
	f.obey(a.retryAfter, f.at)
	f.told = f.told || !a.retryAfter.IsZero()
	failure := a.failure
	if bytes.HasSuffix(a.body, []byte("}")) {
		a.body = append(a.body, '\n') // as with an answer
	}
	if failure == "" && !a.unchanged {
		_, failure = f.inspect(a.body)
	}
	if failure == "" && !a.unchanged && sumOf(a.body) != known.Sum {
		if err := write(f.source.Dir, staged+x.link.File, a.body, f.at); err != nil {
			failure = "it cannot be kept: " + diskWords(err)
		}
	}
	if failure != "" {
		f.failed++
		if f.why == "" {
			f.why = address.Redact(failure, f.secrets)
		}
		if x.known && known.Sum != "" {
			x.link.Asked = f.at
			f.keep = append(f.keep, x.link) // the last good one
		}
		return
	}
	if !a.unchanged {
		x.link.Kept = Kept{sumOf(a.body), int64(len(a.body)), f.validator(a.etag), f.validator(a.modified)}
	}
	x.link.Asked = f.at
	f.keep = append(f.keep, x.link)
}

// staged stands before the name of a content that is not in its place yet. Readers pass over such names.
const staged = "."

// commit puts what came in its place, and removes what is no longer linked to. It reports whether what is kept
// has changed.
func (f *following) commit() (moved bool) {
	keep := map[string]bool{}
	for _, l := range f.keep {
		keep[l.File] = true
	}
	f.meta.Links, f.meta.Note = f.keep, f.note()
	entries, err := os.ReadDir(f.source.Dir)
	if err != nil {
		return false
	}
	for _, e := range entries {
		path := filepath.Join(f.source.Dir, e.Name())
		name, came := strings.CutPrefix(e.Name(), staged)
		switch {
		case !strings.HasPrefix(name, linkPrefix):
			continue
		case came && keep[name]:
			err = os.Rename(path, filepath.Join(f.source.Dir, name))
		case came: // an earlier run did not come to use it
			_ = os.Remove(path)
			continue
		case !keep[name]:
			err = os.Remove(path)
		default:
			continue
		}
		moved = moved || err == nil
	}
	return moved
}

// note counts what was not fetched.
func (f *following) note() string {
	note := ""
	say := func(n int, format string, args ...any) {
		if n > 0 {
			what := "linked contents "
			if n == 1 {
				what = "linked content "
			}
			note = joined(note, strconv.Itoa(n)+" "+what+fmt.Sprintf(format, args...))
		}
	}
	say(f.failed, "could not be fetched: %s", f.why)
	if f.told {
		say(f.left, "not fetched yet: the server asks to wait")
	} else {
		say(f.left, "not fetched yet: one poll takes %d", MaxLinks)
	}
	say(f.abroad, "not fetched: on another server")
	return note
}
