package app

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/desk"
	"vigil/internal/duty"
	"vigil/internal/fault"
	"vigil/internal/picture"
	"vigil/internal/problem"
	"vigil/internal/safetext"
	"vigil/internal/saying"
	"vigil/internal/source"
)

// hub owns the store. Everything that touches the store or the desk's state runs in the one
// goroutine of run; others hand it in with do, and wait, which is what slows a source down when the
// store is behind.
type hub struct {
	options  Options
	paths    desk.Paths
	clock    func() time.Time
	work     chan func()
	besides  besides // of the goroutines of the sources
	store    *picture.Store
	config   desk.Config
	feeds    map[string]*feedState // by label
	owners   map[string]string     // label of a file, by its path in the desk
	rotated  map[string]string     // the log that a rotated file was, both by their paths in the desk
	levels   levelFiles
	presence presenceFiles
	calendar calendarFiles
	profiles profileFiles
	configs  configFile
	duties   duties
	// attendance is when a key was last pressed.
	attendance attendance
	back       clockBack
	book       *duty.Book // what follows from them
	recorder   recorder
	// base is added to the watcher's generations, so that those of a later run are higher.
	base uint64

	fetched  string                  // the directory of the kept answers
	dirs     map[string]*desk.Source // of each source that is or was fetched, by its directory in there
	running  string                  // the run whose polls count, see runner; empty if nobody polls
	runner   func() string           // which run that is just now
	specs    []source.Spec
	reading  map[string]bool      // specs that have not caught up
	heardOf  map[string]time.Time // when each of them last brought anything
	opened   time.Time
	progress map[string]source.Progress
	// readSince is when the first reading began to bring something.
	readSince time.Time
	dirty     bool
	// feedsClosed says why feeds/ cannot be read, although it is there.
	feedsClosed saying.Saying
	onConfig    func(desk.Config) // tells the session of a new configuration
}

func newHub(o Options, paths desk.Paths, config desk.Config, texts picture.Texts) *hub {
	h := &hub{
		options: o, paths: paths, clock: o.now, config: config,
		work:     make(chan func()),
		feeds:    map[string]*feedState{},
		owners:   map[string]string{},
		rotated:  map[string]string{},
		recorder: unrecorded{},
		reading:  map[string]bool{},
		heardOf:  map[string]time.Time{},
		opened:   o.now(),
		progress: map[string]source.Progress{},
		dirs:     map[string]*desk.Source{},
		book:     duty.NewDraft().Book(),
		runner:   func() string { return "" },
	}
	h.store = picture.NewStoreOn(h.pictureOptions(), texts)
	return h
}

func (h *hub) pictureOptions() picture.Options {
	o := picture.Options{Desk: h.describe(), Risk: h.config.Risk, Asked: h.options.Asked, Ahead: h.options.ahead}
	for _, c := range h.config.Countries {
		o.Countries = append(o.Countries, picture.CountryOption{Code: c})
	}
	return o
}

// describe is what the picture says of the desk as a whole.
func (h *hub) describe() picture.Desk {
	d := picture.Desk{Duty: h.book, Name: h.config.Name, Exercise: h.config.Exercise, CountryNames: h.config.CountryNames, Recording: h.recorder.word()}
	d.Radii = rule.With(h.config.Alarms).Radii()
	d.Attended, d.Vigilance = h.attendance.last, h.config.Watch.Vigilance
	if d.Name.IsZero() {
		d.Name = safetext.Clean(baseName(h.paths.Dir))
	}
	d.Trouble = slices.Clone(h.configs.trouble)
	if !h.duties.trouble.IsZero() {
		d.Trouble = append(d.Trouble, h.duties.trouble)
	}
	if !h.duties.torn.IsZero() {
		d.Trouble = append(d.Trouble, h.duties.torn)
	}
	if !h.feedsClosed.IsZero() {
		d.Trouble = append(d.Trouble, h.feedsClosed)
	}
	if h.options.ahead {
		d.Tails = h.tails()
	}
	now := h.clock()
	d.Trouble = append(d.Trouble, h.stuckWords(now)...)
	d.Trouble = append(d.Trouble, h.back.words(now)...)
	if h.comesOn(now) {
		d.Progress = h.progressNow(now)
		what := "the files"
		if h.reading[specIntake] {
			what, d.Progress.Back = "back what was recorded", true
		}
		d.Reading = safetext.Clean(readingWords(what, d.Progress))
	}
	return d
}

// stuckAfter is how long the first reading of a spec may bring nothing before it is taken for one that hangs in its file
// system: what others can answer for does not wait for it.
const stuckAfter = time.Minute

// stuck reports whether the first reading of a spec hangs.
func (h *hub) stuck(spec string, now time.Time) bool {
	last := h.heardOf[spec]
	if last.IsZero() {
		last = h.opened
	}
	return h.reading[spec] && spec != specIntake && now.Sub(last) > stuckAfter
}

// comesOn reports whether the first reading is going on, and not only hanging.
func (h *hub) comesOn(now time.Time) bool {
	for spec, is := range h.reading {
		if is && !h.stuck(spec, now) {
			return true
		}
	}
	return false
}

// stuckWords say which specs hang.
func (h *hub) stuckWords(now time.Time) (list []saying.Saying) {
	for _, spec := range sortedKeys(h.reading) {
		if h.stuck(spec, now) {
			name := strings.TrimPrefix(strings.TrimPrefix(spec, sourcePrefix), addressPrefix)
			list = append(list, saying.Of("%s: reading it has brought nothing for over a minute; what is in there and not shown is in no figure", name))
		}
	}
	return list
}

// rateAfter is from when on a rate says something.
const rateAfter = 300 * time.Millisecond

// progressNow is how far the first reading is.
func (h *hub) progressNow(now time.Time) picture.Progress {
	var p picture.Progress
	for spec, is := range h.reading {
		if is {
			p.Read, p.Total = p.Read+h.progress[spec].Read, p.Total+h.progress[spec].Total
		}
	}
	if took := now.Sub(h.readSince); !h.readSince.IsZero() && took >= rateAfter && p.Read > 0 {
		p.Rate = float64(p.Read) / took.Seconds()
		p.Left = time.Duration(float64(p.Total-p.Read) / p.Rate * float64(time.Second))
	}
	return p
}

// do runs f in the hub's goroutine and waits for it.
func (h *hub) do(ctx context.Context, f func()) error {
	done := make(chan struct{})
	select {
	case h.work <- func() { defer close(done); f() }:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// drain runs what is handed in until done is closed.
func (h *hub) drain(done <-chan struct{}) (err error) {
	defer fault.Into(&err)
	for {
		select {
		case f := <-h.work:
			f()
		case <-done:
			return nil
		}
	}
}

// sink takes the events of all sources to where they belong. It runs in the goroutines of the sources.
func (h *hub) sink(ctx context.Context, e source.Event) (err error) {
	defer fault.Into(&err)
	switch e.Spec {
	case specConfig:
		return h.do(ctx, func() { h.configEvent(e) })
	case specLevels:
		return h.deskFile(ctx, e, &h.levels)
	case specPresence:
		return h.deskFile(ctx, e, &h.presence)
	case specProfiles:
		return h.deskFile(ctx, e, &h.profiles)
	case specCalendar:
		return h.deskFile(ctx, e, &h.calendar)
	}
	switch {
	case strings.HasPrefix(e.Spec, addressPrefix):
		return h.addressEvent(ctx, e)
	default:
		return h.feedEvent(ctx, e)
	}
}

// caughtUp notes how far the first reading of a spec is.
func (h *hub) caughtUp(e source.Event) {
	h.heardOf[e.Spec] = e.At
	if e.Progress.Total > 0 {
		h.progress[e.Spec] = e.Progress
		if h.readSince.IsZero() {
			h.readSince = e.At
		}
	}
	if e.Kind == source.KindCaughtUp {
		h.reading[e.Spec] = false
		if !h.unread() {
			h.settleRemembered(e.At)
		}
		h.dirty = true
	}
}

// absolute is the path of a file that is shown relative to the desk.
func (h *hub) absolute(file string) string {
	if filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(h.paths.Dir, filepath.FromSlash(file))
}

// relative is a path as it is shown: below the desk where it is, with slashes.
// A kept answer is shown as the address that it came from.
func (h *hub) relative(path string) string {
	if shown := h.addressOf(path); shown != "" {
		return shown
	}
	return relativeTo(h.paths.Dir, path)
}

// problems are those of the desk's own files, by file, line and column.
func (h *hub) problems() []problem.Problem {
	all := slices.Concat(h.configs.problems, h.levels.problems(), h.presence.problems(), h.calendar.problems(), h.profiles.problems())
	slices.SortStableFunc(all, problem.Compare)
	return all
}

// labels are the feeds by name.
func (h *hub) labels() []string {
	labels := make([]string, 0, len(h.feeds))
	for label := range h.feeds {
		labels = append(labels, label)
	}
	slices.SortFunc(labels, cmp.Compare)
	return labels
}
