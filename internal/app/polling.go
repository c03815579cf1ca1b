package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"vigil/internal/desk"
	"vigil/internal/fault"
	"vigil/internal/fetch"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

// prepare makes the poller of a session and says where its answers are kept: below the intake, or, when
// nothing can be recorded, in a directory of this process alone that goes when it ends.
func (s *Session) prepare(c *collector) error {
	h := s.hub
	if c.record == nil && !c.options.NoRecord && h.fetchesAny() {
		scratch, err := os.MkdirTemp("", "vigil-")
		if err != nil {
			return fmt.Errorf("a place for the answers of sources that are fetched, since nothing can be recorded: %w", err)
		}
		s.scratch = scratch
		for dir := range h.dirs { // what was last known is shown until there is better
			// Where that cannot be read either, the source says that it has not been polled yet.
			_ = fetch.Copy(filepath.Join(h.fetched, dir), filepath.Join(scratch, dir))
		}
		h.fetchInto(scratch)
	}
	h.runner = func() string {
		select {
		case <-c.leads:
			return c.run
		default:
			return runOf(c.dir, h.clock())
		}
	}
	if h.options.runner != nil {
		h.runner = h.options.runner
	}
	h.running = h.runner()
	s.poller = fetch.New(fetch.Options{
		Run: c.run, Agent: "vigil/" + c.options.Version, Now: h.clock, Lookup: h.options.lookup, Base: h.paths.Dir,
		Tell: func(ctx context.Context, name string, m fetch.Meta) {
			// Only the end of ctx keeps it from being told, and then nobody asks any more.
			_ = h.do(ctx, func() { h.polled(name, m) })
		},
	})
	s.leads = c.leads
	s.fetch()
	return nil
}

// fetch tells the poller what to poll. If this process is the one that polls, the directories of the kept answers
// are made, so that they are watched from the start; what goes wrong is said when an answer cannot be kept.
func (s *Session) fetch() {
	list := s.hub.fetches()
	select {
	case <-s.leads:
		for i := range list {
			_ = os.MkdirAll(list[i].Dir, 0o700)
		}
	default:
	}
	s.poller.Set(list)
}

// tidy removes the answers that could not be kept.
func (s *Session) tidy() {
	if s.scratch == "" {
		return
	}
	if err := os.RemoveAll(s.scratch); err != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.err = errors.Join(s.err, err)
	}
}

// polls polls the sources once this process is the one that does.
func (s *Session) polls(ctx context.Context, c *collector) (err error) {
	defer fault.Into(&err)
	select {
	case <-c.leads:
		return s.poller.Run(ctx)
	case <-ctx.Done():
		return nil
	}
}

// Poll asks for a source to be polled now instead of when its turn comes. The outcome is seen in the picture.
func (s *Session) Poll(name string) error {
	err := s.poller.Now(name)
	if errors.Is(err, fetch.ErrUnknown) {
		return fmt.Errorf("%w by this process: it has no url, or another vigil on this desk polls it", err)
	}
	return err
}

func (h *hub) fetchesAny() bool { return len(h.dirs) > 0 }

// fetches are the sources to poll.
func (h *hub) fetches() []fetch.Source {
	var list []fetch.Source
	for i := range h.config.Sources {
		s := &h.config.Sources[i]
		if s.Poll.URL.IsZero() {
			continue
		}
		list = append(list, fetch.Source{
			Name: sourceLabel(s), Dir: filepath.Join(h.fetched, fetch.DirName(sourceLabel(s), s.Poll.URL)),
			URL: s.Poll.URL, Header: s.Poll.Header, Every: interval(s), AllowPrivate: s.Poll.AllowPrivate, EmptyOK: s.EmptyOK,
			Inspect: inspect(s),
			Version: fmt.Sprintf("%s %v %v %v %v %s", s.Poll.URL.Key(), s.Poll.Header, interval(s), s.Poll.AllowPrivate, s.EmptyOK, specVersion(s)),
		})
	}
	return list
}

// secretProblems say what is wrong with where the secrets of sources are to come from. They are warnings: the
// environment of check may be another than that of the console.
func (h *hub) secretProblems() []problem.Problem {
	var list []problem.Problem
	sources := h.fetches()
	for i := range sources {
		for _, why := range fetch.CheckSecrets(&sources[i], h.options.lookup, h.paths.Dir) {
			p := problem.Problem{File: safetext.Const(desk.ConfigName), Warning: true, Message: safetext.Clean("source " + sources[i].Name + ": " + why)}
			if s, ok := sourceNamed(&h.config, sources[i].Name); ok {
				p.Line = s.Line
			}
			list = append(list, p)
		}
	}
	return list
}
