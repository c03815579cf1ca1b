// Package heartbeat shows others that the console is alive: a file is replaced, or a URL called, every so often, and only while the
// picture is being published. So that a watcher of the file or of the URL sees what a person before the screen would not: that the
// program has ended, hangs, or shows an old picture.
//
// # Guarantees
//
//   - The heart beats for what was published, and for nothing else: a picture older than [Stale] stops it, whatever else still runs.
//   - [Heart.Published] takes a lock for a moment; a disk or a server that hangs holds up no picture.
//   - The file is replaced atomically. It holds figures and states, and nothing of any record.
//   - A URL is a secret: it comes from the environment or a file, and no error holds anything of it.
package heartbeat

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	neturl "net/url"
	"path/filepath"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/google/renameio/v2"

	"vigil/internal/fault"
	"vigil/internal/fetch"
	"vigil/internal/fetch/address"
	"vigil/internal/saying"
)

// Stale is the age from which on a picture proves nothing: the hub publishes one every 5 s.
const Stale = 15 * time.Second

// Timeout is the time that a call has.
const Timeout = 10 * time.Second

// Schema names the form of the file.
const Schema = "vigil.heartbeat/1"

// State is what the file says beside the time.
type State struct {
	Desk           string `json:"desk"`
	Exercise       bool   `json:"exercise"`
	Reading        bool   `json:"reading"`        // the first reading is going on: the picture is not whole
	Worst          string `json:"worst"`          // the worst state of a source, such as STALE
	Unacknowledged int    `json:"unacknowledged"` // alarms that ring
	Watch          bool   `json:"watch"`          // somebody has the watch
}

type form struct {
	Schema    string    `json:"schema"`
	Time      time.Time `json:"time"`      // of this beat
	Published time.Time `json:"published"` // of the picture
	Every     int       `json:"every_s"`   // seconds until the next beat, at most so many more than the time it takes
	Program   string    `json:"program"`
	State
}

// Options say where the heart beats. Without File and URL it does not.
type Options struct {
	File    string // relative to Dir or absolute
	URL     address.Secret
	Every   time.Duration
	Dir     string // the desk's directory
	Version string
	Clock   func() time.Time
	Lookup  func(string) (string, bool) // of the environment

	transport http.RoundTripper
}

// Heart beats. Its methods are safe for concurrent use.
type Heart struct {
	o       Options
	changed chan struct{} // capacity 1

	mu        sync.Mutex
	published time.Time
	state     State
	faults    [2]string // of the file and of the URL
	since     [2]time.Time
}

// New makes a heart that beats once [Heart.Run] runs.
func New(o Options) *Heart { return &Heart{o: o, changed: make(chan struct{}, 1)} }

// Set changes where it beats, after vigil.toml has changed. File, URL and Every of o count.
func (h *Heart) Set(o Options) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.o.File == o.File && h.o.URL == o.URL && h.o.Every == o.Every {
		return
	}
	h.o.File, h.o.URL, h.o.Every = o.File, o.URL, o.Every
	h.faults = [2]string{}
	select {
	case h.changed <- struct{}{}:
	default:
	}
}

// Published notes that a picture was published at now.
func (h *Heart) Published(now time.Time, s State) {
	h.mu.Lock()
	defer h.mu.Unlock()
	first := h.published.IsZero()
	h.published, h.state = now, s
	if first {
		select {
		case h.changed <- struct{}{}:
		default:
		}
	}
}

// Troubles says what of the last beat failed, for the screens.
func (h *Heart) Troubles() []saying.Saying {
	h.mu.Lock()
	defer h.mu.Unlock()
	var list []saying.Saying
	for i, what := range [...]saying.Saying{saying.Of("its file"), saying.Of("its URL")} {
		if why := h.faults[i]; why != "" {
			list = append(list, saying.Of("heartbeat: %s: %s, since %s: whoever watches it takes this console for dead", what, why, h.since[i].UTC().Format("15:04Z")))
		}
	}
	return list
}

// Run beats until ctx ends.
func (h *Heart) Run(ctx context.Context) (err error) {
	defer fault.Into(&err)
	for {
		o, picture, s := h.look()
		if o.Every <= 0 || o.File == "" && o.URL.IsZero() {
			select {
			case <-h.changed:
				continue
			case <-ctx.Done():
				return nil
			}
		}
		if now := o.Clock(); !picture.IsZero() && now.Sub(picture) < Stale {
			h.beat(ctx, &o, now, picture, s)
		}
		timer := time.NewTimer(o.Every)
		select {
		case <-timer.C:
		case <-h.changed:
			timer.Stop()
		case <-ctx.Done():
			timer.Stop()
			return nil
		}
	}
}

func (h *Heart) look() (Options, time.Time, State) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.o, h.published, h.state
}

// beat is one beat: the file, and beside it the URL, so that a server that hangs delays no file.
func (h *Heart) beat(ctx context.Context, o *Options, now, picture time.Time, s State) {
	var calls sync.WaitGroup
	if !o.URL.IsZero() {
		calls.Go(func() { h.note(ctx, o, 1, call(ctx, o), now) })
	}
	if o.File != "" {
		h.note(ctx, o, 0, write(o, now, picture, s), now)
	}
	calls.Wait()
}

// note keeps what became of a beat, unless it was one by options that have changed meanwhile.
func (h *Heart) note(ctx context.Context, by *Options, which int, err error, now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case by.File != h.o.File || by.URL != h.o.URL:
	case err == nil:
		h.faults[which] = ""
	case ctx.Err() != nil: // the end of the program
	default:
		if h.faults[which] == "" {
			h.since[which] = now
		}
		h.faults[which] = err.Error()
	}
}

// write replaces the file. A watcher judges by its content or by its modification time.
func write(o *Options, now, picture time.Time, s State) error {
	path := o.File
	if !filepath.IsAbs(path) {
		path = filepath.Join(o.Dir, path)
	}
	f := form{Schema: Schema, Time: now.UTC(), Published: picture.UTC(), Every: int(o.Every / time.Second), Program: "vigil " + o.Version, State: s}
	data, err := json.Marshal(&f, json.Deterministic(true))
	if err != nil {
		return errors.New("it cannot be written")
	}
	const readable = 0o644 // others watch it
	if err := renameio.WriteFile(path, append(data, '\n'), readable); err != nil {
		return fmt.Errorf("it cannot be written: %w", err)
	}
	return nil
}

// call asks the URL, which says nothing but that it was called.
func call(ctx context.Context, o *Options) (err error) {
	defer fault.Into(&err)
	raw, err := o.URL.Read(o.Lookup, func(path string) ([]byte, error) { return fetch.ReadSecret(o.Dir, path) })
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, Timeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, raw, nil)
	if err != nil || r.URL.Host == "" || r.URL.Scheme != "https" && r.URL.Scheme != "http" {
		return errors.New("it is none that can be called: write https://host/path (it is not shown here, it is a secret)")
	}
	r.Header.Set("User-Agent", "vigil/"+o.Version)
	a, err := o.client().Do(r)
	if err != nil {
		return errors.New(fetch.FailureWords(err, Timeout))
	}
	defer a.Body.Close() //nolint:errcheck // nothing of it is wanted
	const enough = 4 << 10
	_, _ = io.CopyN(io.Discard, a.Body, enough)
	if a.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("the server answered %d %s", a.StatusCode, http.StatusText(a.StatusCode))
	}
	return nil
}

func (o *Options) client() *http.Client {
	c := &http.Client{Transport: o.transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if c.Transport == nil {
		proxy := fetch.Proxy(o.Lookup)
		c.Transport = &http.Transport{
			Proxy:             func(r *http.Request) (*neturl.URL, error) { return proxy(r.URL) },
			DisableKeepAlives: true, TLSHandshakeTimeout: Timeout,
		}
	}
	return c
}
