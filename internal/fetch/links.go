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
	"sync"
	"time"

	"vigil/internal/fault"
	"vigil/internal/fetch/address"
)

// How soon a linked content is asked for again. Most are of one alert and never change: one of which the answer says
// when it changed is asked for again when the answer says so, and to be sure after an hour, then after twice as long
// each time it was found unchanged.
const (
	askAgain    = time.Hour
	askAgainMax = 8 * time.Hour
)

const (
	// catchUp is the pause between two polls while contents that the answer links to are left to be fetched.
	catchUp = time.Minute
	// atOnce is how many contents are asked for at one time.
	atOnce = 4
	// tryAgain is the pause before one that could not be fetched is asked for again, while others are kept.
	tryAgain = 10 * time.Minute
	// giveUp is how many in a row may fail for one reason that is the server's before the rest waits for the next poll.
	giveUp = 5
)

// follow fetches what an answer links to, each with the limits of an answer of its own: what is on the same
// server, [MaxLinks] in one poll and a few at a time, those not kept yet first, in the order in which they are wanted.
// One that is kept is asked for again with its validators. Whatever is not fetched is counted in a note. There is a
// failure if nothing of what is linked to is kept or can be fetched.
//
// What came is staged, and put in its place by commit once the answer stands in its own: whoever reads the files
// in the order of their names sees what is pointed to never before what points to it.
func (w *worker) follow(ctx context.Context, base *url.URL, header http.Header, links []Pointer, at time.Time) (f *following, failure string) {
	f = &following{worker: w, base: base, header: header, at: at}
	f.sort(links)
	closing := ctx
	ctx, cancel := context.WithTimeout(ctx, linksFor)
	defer cancel()
	due := f.wanted[:f.due]
	n := 0
	for size := 1; n < len(due) && ctx.Err() == nil && !f.told && f.inTrouble < giveUp; size = atOnce {
		// The first goes alone: if it is asked to wait, the others need not be.
		batch := due[n:min(n+size, len(due))]
		f.fetch(ctx, batch)
		n += len(batch)
	}
	for i := range f.wanted {
		switch x := &f.wanted[i]; {
		case i < n: // it was asked for
		case x.lost != nil:
			f.fail(x.lost.why)
			if x.known {
				f.keep = append(f.keep, x.link)
			}
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
		return f, fmt.Sprintf("none of the contents that the answer links to could be fetched%s", f.whyFailed())
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
	stamp string
	known bool // it is kept
	lost  *loss
}

// loss is when and why a linked content could not be fetched.
type loss struct {
	at  time.Time
	why string
}

// following is one pass over the links of an answer.
type following struct {
	*worker
	base   *url.URL
	header http.Header
	at     time.Time

	wanted                    []wanted // those to be asked for in this poll first
	due                       int      // how many those are
	keep                      []Link
	failed, left              int
	abroad, beyond, inTrouble int
	why                       string // why the first that failed did
	various                   bool   // others failed for another reason
	told                      bool   // the server asked not to be asked
}

// fail counts a content that could not be fetched and is not kept.
func (f *following) fail(why string) {
	f.failed++
	if f.why == "" {
		f.why = why
	}
	f.various = f.various || why != f.why
}

// whyFailed is why contents could not be fetched; where that is not the same of all, it is said of the first.
func (f *following) whyFailed() string {
	if f.various {
		return ", the first: " + f.why
	}
	return ": " + f.why
}

// sort puts those links that may be followed in the order in which they are asked for: those not kept yet or changed
// since as they are wanted, those that failed a while ago, then those kept whose turn it is, the one asked for
// longest ago first; after these all others.
func (f *following) sort(links []Pointer) {
	kept := map[string]Link{}
	for _, l := range f.meta.Links {
		kept[l.File] = l
	}
	lost := map[string]loss{}
	seen := map[string]bool{}
	var fresh, again, old, rest []wanted
	for _, p := range links {
		to := resolve(f.base, p.Address)
		if to == nil {
			f.abroad++
			continue
		}
		x := wanted{to: to, link: Link{File: linkFile(to, f.secrets)}, stamp: p.Stamp}
		if seen[x.link.File] {
			continue
		}
		if len(seen) == MaxLinked {
			f.beyond++
			continue
		}
		seen[x.link.File] = true
		if l, is := kept[x.link.File]; is {
			x.link, x.known = l, true
		}
		if l, is := f.lost[x.link.File]; is {
			lost[x.link.File] = l
			x.lost = &l
		}
		switch {
		case x.lost != nil && len(kept) > 0 && f.at.Sub(x.lost.at) < min(f.source.Every, tryAgain):
			rest = append(rest, x)
		case x.lost != nil:
			again = append(again, x)
		case !x.known, x.stamp != x.link.Stamp, p.Live:
			fresh = append(fresh, x)
		case f.at.Sub(x.link.Asked) >= f.patience(&x):
			old = append(old, x)
		default:
			rest = append(rest, x)
		}
	}
	f.lost = lost // what is no longer linked to is forgotten
	slices.SortStableFunc(again, func(a, b wanted) int { return a.lost.at.Compare(b.lost.at) })
	slices.SortStableFunc(old, func(a, b wanted) int { return a.link.Asked.Compare(b.link.Asked) })
	f.wanted = slices.Concat(fresh, again, old, rest)
	f.due = min(len(f.wanted)-len(rest), MaxLinks)
}

// patience is how long a content that is kept is taken to be as it was.
func (f *following) patience(x *wanted) time.Duration {
	pause := askAgain
	if x.stamp != "" {
		pause = min(askAgain<<min(x.link.Same, 8), askAgainMax)
	}
	return max(pause, f.source.Every)
}

// fetch asks for some linked contents at the same time, and settles them in their order.
func (f *following) fetch(ctx context.Context, batch []wanted) {
	answers := make([]answer, len(batch))
	known := make([]Kept, len(batch))
	var wg sync.WaitGroup
	for n := range batch {
		x := &batch[n]
		known[n] = x.link.Kept
		if !known[n].holds(filepath.Join(f.source.Dir, x.link.File)) {
			known[n] = Kept{}
		}
		wg.Go(func() {
			var err error
			func() {
				defer fault.Into(&err)
				answers[n] = f.content(ctx, x.to, known[n])
			}()
			if err != nil {
				answers[n] = answer{failure: err.Error()}
			}
		})
	}
	wg.Wait()
	for n := range batch {
		f.settle(&batch[n], &answers[n], &known[n])
	}
}

// content is one linked content as it is to be kept.
func (f *following) content(ctx context.Context, to *url.URL, known Kept) answer {
	a := f.ask(ctx, to, f.header, known)
	if bytes.HasSuffix(a.body, []byte("}")) {
		a.body = append(a.body, '\n') // as with an answer
	}
	if a.failure == "" && !a.unchanged {
		_, a.failure = f.inspect(a.body)
	}
	return a
}

// settle keeps what was answered, or notes why nothing could be.
func (f *following) settle(x *wanted, a *answer, known *Kept) {
	f.obey(a.retryAfter, f.at)
	f.told = f.told || !a.retryAfter.IsZero()
	if a.failure == "" || a.status == http.StatusNotFound || a.status == http.StatusGone {
		f.inTrouble = 0
	} else {
		f.inTrouble++
	}
	sum := ""
	if a.failure == "" && !a.unchanged {
		if sum = sumOf(a.body); sum != known.Sum {
			if err := write(f.source.Dir, staged+x.link.File, a.body, f.at); err != nil {
				a.failure = "it cannot be kept: " + diskWords(err)
			}
		}
	}
	if a.failure != "" {
		why := address.Redact(a.failure, f.secrets)
		f.fail(why)
		if f.lost == nil {
			f.lost = map[string]loss{}
		}
		f.lost[x.link.File] = loss{f.at, why}
		if x.known && known.Sum != "" {
			x.link.Asked = f.at
			f.keep = append(f.keep, x.link) // the last good one
		}
		return
	}
	delete(f.lost, x.link.File)
	if a.unchanged || sum == known.Sum {
		x.link.Same++
	} else {
		x.link.Same = 0
	}
	if !a.unchanged {
		x.link.Kept = Kept{sum, int64(len(a.body)), f.validator(a.etag), f.validator(a.modified)}
	}
	x.link.Asked, x.link.Stamp = f.at, x.stamp
	f.keep = append(f.keep, x.link)
}

// staged stands before the name of a content that is not in its place yet. Readers pass over such names.
const staged = "."

// changed are the contents that commit puts in the place of others, or adds.
func (f *following) changed() []Link {
	kept := map[string]string{}
	for i := range f.meta.Links {
		kept[f.meta.Links[i].File] = f.meta.Links[i].Sum
	}
	var list []Link
	for i := range f.keep {
		if l := &f.keep[i]; kept[l.File] != l.Sum {
			list = append(list, Link{File: l.File, Kept: Kept{Sum: l.Sum, Size: l.Size}})
		}
	}
	return list
}

// commit puts what came in its place, and removes what is no longer linked to. It reports whether what is kept
// has changed.
func (f *following) commit() (moved bool) {
	keep := map[string]bool{}
	for _, l := range f.keep {
		keep[l.File] = true
	}
	f.meta.Links, f.meta.Left, f.meta.Note = f.keep, f.left, f.note()
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
	say(f.failed, "could not be fetched%s", f.whyFailed())
	switch {
	case f.told:
		say(f.left, "not fetched yet: the server asks to wait")
	case f.inTrouble >= giveUp:
		say(f.left, "not fetched yet: the server could not give the %d before", f.inTrouble)
	default:
		say(f.left, "not fetched yet: the next ones in a minute, the newest first")
	}
	say(f.abroad, "not fetched: on another server")
	say(f.beyond, "not fetched: %d are kept of a source, the newest", MaxLinked)
	return note
}
