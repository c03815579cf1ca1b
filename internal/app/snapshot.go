package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"vigil/internal/desk"
	"vigil/internal/feed/formats"
	"vigil/internal/picture"
	"vigil/internal/problem"
	"vigil/internal/source"
	"vigil/internal/theme"
)

// load finds the desk and reads its configuration. At the start there is no last good one to fall back
// on, and the defaults could show an exercise as real or what is restricted to everyone: a vigil.toml with
// errors keeps the desk shut, but for check, which is there to list them (lenient). recorded says that the desk
// may be written.
func load(o Options, lenient, recorded bool) (*hub, error) {
	config, problems, err := readConfig(o, lenient)
	if err != nil {
		return nil, err
	}
	state := config.State
	if o.State != "" {
		state = o.State
	}
	paths := desk.PathsOf(o.Dir, state)
	h := newHub(o, paths, config, textsIn(paths, recorded))
	h.levels, h.presence, h.calendar, h.profiles = newLevelFiles(), newPresenceFiles(), newCalendarFiles(), newProfileFiles()
	h.configs.problems, h.configs.trouble = problems, setAside(problems)
	h.fetchInto(filepath.Join(intakeDir(h.paths), fetchedName))
	for _, s := range h.specs {
		h.reading[s.Name] = true
	}
	return h, nil
}

// readConfig reads vigil.toml. With errors there is none, but for who is lenient: then it is what of it can be used. What is wrong with the
// keys, aliases, views and theme of the console alone is left out, and said: at three in the morning nobody looks for a comma to see a desk.
func readConfig(o Options, lenient bool) (desk.Config, []problem.Problem, error) {
	if !desk.IsDesk(o.Dir) {
		return desk.Config{}, nil, fmt.Errorf("%s: %w", o.Dir, ErrNoDesk)
	}
	file := desk.PathsOf(o.Dir, "").Config
	data, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return desk.Config{}, nil, fmt.Errorf("%w; %w", err, ErrConfig) // it names the file
	}
	config, problems := parseConfig(o.Dir, data)
	switch {
	case desk.CountGrave(problems) == 0:
	case lenient:
		config = config.Usable()
	default:
		return config, nil, fmt.Errorf("%s; %w%s", strings.TrimSuffix(firstError(problems), desk.Unread), ErrConfig, inAll(problems, o.Dir))
	}
	return config, problems, nil
}

// inAll says how to see the errors beside the first; nothing where there are none.
func inAll(problems []problem.Problem, dir string) string {
	n := desk.CountErrors(problems)
	if n == 1 {
		return ""
	}
	return fmt.Sprintf(" (%d errors in all: vigil check -C %s lists them)", n, dir)
}

// ReadUI reads what the vigil.toml of a desk says of the console, and nothing else of the desk. Any error in it is an error.
func ReadUI(o Options) (UI, error) {
	config, problems, err := readConfig(o, false)
	if err == nil && desk.CountErrors(problems) > 0 {
		err = fmt.Errorf("%s%s", firstError(problems), inAll(problems, o.Dir))
	}
	return uiOf(&config), err
}

// ThemesDir is where a desk has themes of its own.
const ThemesDir = "themes"

// parseConfig is desk.ParseConfig with what only the program knows: its formats, its themes and those of the desk in dir, and what its
// console can do.
func parseConfig(dir string, data []byte) (desk.Config, []problem.Problem) {
	config, problems := desk.ParseConfig(desk.ConfigName, data)
	var names []string
	for _, f := range formats.All() {
		names = append(names, f.Name)
	}
	problems = append(problems, config.CheckFormats(names)...)
	known := theme.ShippedNames()
	if own, err := theme.Names(os.DirFS(filepath.Join(dir, ThemesDir))); err == nil {
		known = append(known, own...)
	}
	problems = append(problems, config.CheckTheme(known)...)
	return config, append(problems, checkConsole(&config)...)
}

// readOnce reads everything that is there, in the hub's goroutine, and leaves nothing running.
func readOnce(ctx context.Context, o Options, lenient bool) (*hub, []source.Ignored, error) {
	h, err := load(o, lenient, false)
	if err != nil {
		return nil, nil, err
	}
	m := h.restore(intakeDir(h.paths), func(int64) bool { return ctx.Err() == nil })
	h.missed(intakeDir(h.paths))
	h.readDuties()
	if !m.trouble.IsZero() {
		h.configs.trouble = append(h.configs.trouble, m.trouble)
	}
	h.runner = func() string { return runOf(intakeDir(h.paths), h.clock()) }
	h.running = h.runner()
	running, stop := context.WithCancel(ctx)
	var broken error
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer stop() // or the sources would wait for it
		broken = h.drain(running.Done())
	}()
	ignored, err := source.ReadOnce(running, h.specs, h.sink, source.Options{Now: h.clock})
	stop()
	<-ended
	if err = errors.Join(broken, err); err != nil {
		return nil, nil, fmt.Errorf("reading the desk %s: %w", o.Dir, err)
	}
	h.finishFirst(h.clock())
	return h, ignored, nil
}

// finishFirst ends the first reading, whatever was not there to be read.
func (h *hub) finishFirst(at time.Time) {
	clear(h.reading)
	h.settleRemembered(at)
	if len(h.levels.files) > 0 || h.levels.held {
		h.levels.publish(h, at)
	}
	if len(h.presence.files) > 0 || h.presence.held {
		h.presence.publish(h, at)
	}
	if len(h.profiles.files) > 0 {
		h.profiles.publish(h, at)
	}
	if len(h.calendar.files) > 0 {
		h.calendar.publish(h, at)
	}
	h.store.SetDesk(h.describe())
	h.store.Compare()
}

// Snapshot reads the desk once and makes the picture of what was known at known, evaluated as of
// valid; a zero known is now, a zero valid is known.
func Snapshot(ctx context.Context, o Options, known, valid time.Time) (*picture.Picture, error) {
	h, _, err := readOnce(ctx, o, false)
	if err != nil {
		return nil, err
	}
	now := h.clock()
	if known.IsZero() {
		known = now
	}
	if valid.IsZero() {
		valid = known
	}
	if known.After(now) || valid.After(now) {
		return nil, fmt.Errorf("%s is in the future: a picture can be of now or of the past", later(known, valid).Format(time.RFC3339))
	}
	return h.store.At(known, valid, now), nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
