package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/hashicorp/go-retryablehttp"

	"vigil/internal/fetch/address"
)

// How soon a source that failed is asked again.
const (
	backoffMin = 30 * time.Second // after the first failure, or when its turn comes if that is sooner
	backoffMax = 5 * time.Minute  // and at the most, or when its turn comes if that is later
	// askedToWait is the longest that a server's Retry-After is obeyed: a wrong one must not silence a
	// source for good.
	askedToWait = time.Hour
	// spread is the time over which the first polls of a desk's sources are spread.
	spread = 2 * time.Second
	// jitter is by how much of itself a pause is shorter or longer.
	jitter = 0.1
)

// worker polls one source. All but its channels and last belongs to its goroutine.
type worker struct {
	source Source
	o      *Options
	client *retryablehttp.Client
	meta   Meta
	// secrets are those of the poll under way, to be kept out of what is said of it.
	secrets []string
	// lost are the linked contents that could not be fetched, and when and why.
	lost map[string]loss
	// inspected says that this run knows what the kept answer links to.
	inspected bool
	// before is what was known when the poll under way began.
	before Meta
	// unrecorded says why the last meta could not be written.
	unrecorded string

	wake  chan struct{} // capacity 1
	last  atomic.Int64  // when it was polled last, in nanoseconds
	stop  context.CancelFunc
	after <-chan struct{}
	done  chan struct{}
}

func newWorker(s Source, o *Options) *worker {
	return &worker{source: s, o: o, client: newClient(&s, o), wake: make(chan struct{}, 1), done: make(chan struct{})}
}

func (w *worker) now() time.Time { return w.o.Now().UTC() }

// attempted is when the source was polled last, by any goroutine's leave.
func (w *worker) attempted() time.Time { return time.Unix(0, w.last.Load()) }

func (w *worker) tell(ctx context.Context) {
	m := w.meta
	m.Note = joined(m.Note, w.unrecorded)
	w.o.Tell(ctx, w.source.Name, m)
}

// load takes up what an earlier run kept. What does not belong to what lies on the disk is forgotten.
func (w *worker) load() {
	m, err := Read(w.source.Dir)
	if err != nil || m.Key != w.source.URL.Key() {
		m = Meta{}
	}
	if !m.Answer.holds(filepath.Join(w.source.Dir, answerName)) {
		m.Answer = Kept{}
	}
	links := m.Links[:0]
	for _, l := range m.Links {
		if IsContent(l.File) && filepath.Base(l.File) == l.File && l.holds(filepath.Join(w.source.Dir, l.File)) {
			links = append(links, l)
		}
	}
	m.Links = links
	m.V, m.Source, m.URL, m.Key = metaV, w.source.Name, w.source.URL.String(), w.source.URL.Key()
	w.meta = m
	if !m.Attempted.IsZero() {
		w.last.Store(m.Attempted.UnixNano())
	}
}

// first is the pause before the first poll of this run.
func (w *worker) first() time.Duration {
	if wait := w.meta.NotBefore.Sub(w.now()); wait > 0 {
		return min(wait, askedToWait)
	}
	return time.Duration(w.o.Fraction() * float64(spread))
}

// wait is the pause until the next poll.
func (w *worker) wait() time.Duration { return max(0, w.meta.Next.Sub(w.now())) }

// poll asks the source once, keeps what came and notes how it went.
func (w *worker) poll(ctx context.Context) {
	at := w.now()
	w.last.Store(at.UnixNano())
	w.before = w.meta
	w.meta.Attempted, w.meta.Run = at, w.o.Run
	w.meta.NotBefore = time.Time{}
	failure := w.fetch(ctx, at)
	if ctx.Err() != nil {
		return // the desk is being closed: that is no failure of the source
	}
	if failure == "" {
		w.meta.Succeeded, w.meta.Failure, w.meta.Failures = at, "", 0
	} else {
		w.meta.Failure = address.Redact(failure, w.secrets)
		w.meta.Failures++
	}
	w.secrets, w.before = nil, Meta{}
	w.schedule()
	w.unrecorded = ""
	if err := writeMeta(w.source.Dir, &w.meta, at); err != nil {
		w.unrecorded = "not recorded: " + diskWords(err)
	}
}

// schedule decides when the next poll is due.
func (w *worker) schedule() {
	pause := w.source.Every
	switch n := w.meta.Failures; {
	case n > 0:
		pause = min(backoffMin, w.source.Every)
		for range min(n-1, 16) {
			pause *= 2
		}
		pause = min(pause, max(backoffMax, w.source.Every))
	case w.meta.Left > 0:
		pause = min(pause, catchUp)
	}
	pause += time.Duration((2*w.o.Fraction() - 1) * jitter * float64(pause))
	now := w.now()
	w.meta.Next = now.Add(pause)
	if w.meta.NotBefore.After(w.meta.Next) {
		w.meta.Next = w.meta.NotBefore
	}
}

// fetch asks for the answer and what it links to. It returns why that failed, or nothing.
func (w *worker) fetch(ctx context.Context, at time.Time) string {
	to, header, err := w.request()
	if err != nil {
		return err.Error()
	}
	known := w.meta.Answer
	path := filepath.Join(w.source.Dir, answerName)
	if !known.holds(path) {
		known = Kept{}
	}
	a := w.ask(ctx, to, header, known)
	if a.status != 0 {
		w.meta.Status = a.status
	}
	w.obey(a.retryAfter, at)
	if a.failure != "" {
		return a.failure
	}
	if bytes.HasSuffix(a.body, []byte("}")) {
		// An answer is whole when it is here, and a last line without its end would be waited for.
		a.body = append(a.body, '\n')
	}
	same := a.unchanged || sumOf(a.body) == known.Sum
	var f *following
	if !same || !w.inspected || w.meta.Linked > 0 {
		if f, a.failure = w.linked(ctx, to, header, &a, at); a.failure != "" {
			return a.failure
		}
	}
	if err := w.announce(same, &a, f); err != nil {
		return "the answer cannot be kept: " + diskWords(err)
	}
	if !same {
		if err := write(w.source.Dir, answerName, a.body, at); err != nil {
			return "the answer cannot be kept: " + diskWords(err)
		}
	}
	if !a.unchanged {
		w.meta.Type = address.Redact(a.kind, w.secrets)
		w.meta.Answer = Kept{sumOf(a.body), int64(len(a.body)), w.validator(a.etag), w.validator(a.modified)}
	}
	if a.unchanged {
		w.meta.Unchanged = at
	}
	moved := f != nil && f.commit()
	w.meta.Coming = nil
	if same && !moved {
		w.meta.Confirmed = at
	} else {
		w.meta.Before, w.meta.Fetched, w.meta.Confirmed = w.meta.Succeeded, at, time.Time{}
	}
	return ""
}

// announce records what is about to be put in its place, so that no reader takes it for damage before all of it is recorded.
func (w *worker) announce(same bool, a *answer, f *following) error {
	var coming []Link
	if !same {
		coming = append(coming, Link{File: answerName, Kept: Kept{Sum: sumOf(a.body), Size: int64(len(a.body))}})
	}
	if f != nil {
		coming = append(coming, f.changed()...)
	}
	if len(coming) == 0 {
		return nil
	}
	w.meta.Coming = coming
	m := w.before // how the poll went, nobody is told before it has ended
	m.Coming = coming
	return writeMeta(w.source.Dir, &m, w.meta.Attempted)
}

// linked inspects an answer and fetches what it links to.
func (w *worker) linked(ctx context.Context, to *url.URL, header http.Header, a *answer, at time.Time) (f *following, failure string) {
	body := a.body
	if a.unchanged {
		var err error
		if body, err = os.ReadFile(filepath.Join(w.source.Dir, answerName)); err != nil {
			w.meta.Answer = Kept{}
			return nil, "the kept answer cannot be read: " + diskWords(err)
		}
	}
	links, failure := w.inspect(body)
	if failure != "" {
		if a.unchanged {
			w.meta.Answer = Kept{} // ask for it whole the next time
		}
		return nil, failure
	}
	w.inspected, w.meta.Linked = true, len(links)
	return w.follow(ctx, to, header, links, at)
}

// obey notes until when the server asks not to be asked, as far as that is obeyed.
func (w *worker) obey(until, at time.Time) {
	if limit := at.Add(max(askedToWait, w.source.Every)); until.After(limit) {
		until = limit
	}
	if until.After(w.meta.NotBefore) {
		w.meta.NotBefore = until
	}
}

// validator is a validator as it is kept: none if a secret is in it.
func (w *worker) validator(s string) string {
	if address.Redact(s, w.secrets) != s {
		return ""
	}
	return s
}

// request is what is asked for, with its secrets.
func (w *worker) request() (*url.URL, http.Header, error) {
	to, secrets, err := w.source.URL.Expand(w.o.Lookup)
	if err != nil {
		return nil, nil, err
	}
	w.secrets = secrets
	header := http.Header{}
	header.Set("User-Agent", w.o.Agent)
	for _, h := range w.source.Header {
		value, secret, err := h.Value(w.o.Lookup, func(path string) ([]byte, error) { return ReadSecret(w.o.Base, path) })
		if err != nil {
			return nil, nil, err
		}
		if secret != "" {
			w.secrets = append(w.secrets, secret)
		}
		header.Set(h.Name, value)
	}
	return to, header, nil
}

// inspect looks at an answer before it is kept.
func (w *worker) inspect(body []byte) (links []Pointer, failure string) {
	switch {
	case len(body) == 0 && w.source.EmptyOK:
		return nil, ""
	case len(body) == 0:
		return nil, "the answer is empty; if that is an answer, write empty_ok = true in its [[source]]"
	case isHTML(body):
		return nil, "the server answered with a web page (HTML) in place of a feed: it may ask for a login, or the url is of the page that describes the feed"
	case w.source.Inspect == nil:
		return nil, ""
	}
	links, err := w.source.Inspect(body)
	if err != nil {
		return nil, "the answer cannot be used: " + err.Error()
	}
	return links, ""
}

// diskWords says why the disk refused, without the path.
func diskWords(err error) string {
	var no syscall.Errno
	if errors.As(err, &no) {
		return no.Error()
	}
	return "the disk refused it"
}

// joined is two remarks as one.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return fmt.Sprintf("%s; %s", a, b)
}
