package app

import (
	"bytes"
	"context"
	"slices"
	"time"

	"vigil/internal/desk"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/presence"
	"vigil/internal/problem"
	"vigil/internal/saying"
	"vigil/internal/source"
)

// folder is what the hub needs of levels and presence alike.
type folder interface {
	take(file string, e source.Event) (bool, error)
	look(e source.Event, dir string)
	publish(h *hub, at time.Time)
}

// deskFile takes an event of a file of levels or presence.
func (h *hub) deskFile(ctx context.Context, e source.Event, f folder) error {
	var half error
	err := h.do(ctx, func() {
		before := h.reading[e.Spec]
		h.caughtUp(e)
		changed := before && !h.reading[e.Spec] // the first reading counts as one change
		f.look(e, h.paths.Dir)
		if e.File != "" {
			var took bool
			took, half = f.take(h.relative(e.File), e)
			changed = changed || took
		}
		if changed && !h.reading[e.Spec] {
			f.publish(h, e.At)
			h.dirty = true
		}
	})
	if err != nil {
		return err
	}
	return half
}

// levelFiles are the files of levels/.
type levelFiles struct {
	keeper[[]level.Country]
	across []problem.Problem
	last   []byte // the set that the store has, encoded
	before []level.Country
	remembered
}

func newLevelFiles() levelFiles {
	return levelFiles{keeper: newKeeper(
		func(file string, e source.Event) ([]level.Country, []problem.Problem, error) {
			return desk.ParseLevels(file, e.Data, e.ModTime)
		},
		level.Vanished,
	)}
}

func (l *levelFiles) problems() []problem.Problem { return slices.Concat(l.allProblems(), l.across) }

// publish gives the store all levels that hold, unless they are what it has.
func (l *levelFiles) publish(h *hub, at time.Time) {
	all := slices.Concat(l.good()...)
	l.across = desk.CheckLevels(all)
	set := level.Merge(all)
	if l.keeps(level.Vanished(l.before, set), at) {
		h.notes()
		return
	}
	encoded := encodeLevels(set)
	if l.last != nil && bytes.Equal(encoded, l.last) {
		h.notes()
		return
	}
	l.last = encoded
	h.store.SetLevels(set, at)
	h.recorder.levels(encoded, at)
	h.notes()
}

// presenceFiles are the files of presence/.
type presenceFiles struct {
	keeper[presence.File]
	last   []byte
	before presence.Ledger
	remembered
}

func newPresenceFiles() presenceFiles {
	return presenceFiles{keeper: newKeeper(
		func(file string, e source.Event) (presence.File, []problem.Problem, error) {
			return desk.ParsePresence(file, e.Data, e.ModTime)
		},
		presence.Vanished,
	)}
}

func (p *presenceFiles) problems() []problem.Problem { return p.allProblems() }

// publish gives the store who is where, unless it is what it has. The intake keeps counts only.
func (p *presenceFiles) publish(h *hub, at time.Time) {
	ledger := presence.Reconcile(p.good())
	if p.keeps(presence.Lost(&p.before, &ledger), at) {
		h.notes()
		return
	}
	encoded := encodePresence(&ledger)
	h.store.SetPresence(picture.PresenceSet{Ledger: ledger}, at)
	if !bytes.Equal(encoded, p.last) {
		p.last = encoded
		h.recorder.presence(encoded, at)
	}
	h.notes()
}

// notes tells the store what stands against the desk's own files.
func (h *hub) notes() {
	var twice []string
	for _, p := range h.levels.across {
		twice = append(twice, p.String()+"; the higher level is shown")
	}
	h.store.SetNotes(slices.Concat(
		h.levels.note(specLevels), twice, h.levels.troubles(), h.presence.note(specPresence), h.presence.troubles(),
		h.calendar.note(specCalendar), h.calendar.troubles(), h.profiles.note(specProfiles), h.profiles.troubles(),
	))
}

// configFile is vigil.toml.
type configFile struct {
	problems []problem.Problem
	trouble  []saying.Saying
}

// configEvent takes a new vigil.toml: validated whole, then swapped; a bad edit changes nothing.
func (h *hub) configEvent(e source.Event) {
	h.caughtUp(e)
	h.dirty = true
	switch e.Kind {
	case source.KindSnapshot:
		config, problems := parseConfig(h.options.Dir, e.Data)
		h.configs.problems, h.configs.trouble = problems, setAside(problems)
		if n := desk.CountGrave(problems); n > 0 {
			h.configs.trouble = []saying.Saying{saying.Of("vigil.toml has errors, the last good one holds: %s", firstError(problems))}
			return
		}
		h.reconfigure(config)
	case source.KindFailed:
		if e.Cause != source.CauseMissing {
			h.configs.trouble = []saying.Saying{saying.Of("vigil.toml: %s; the last good one holds", e.Reason)}
		}
	case source.KindRemoved:
		h.configs.trouble = []saying.Saying{saying.Of("vigil.toml is gone; the last good one holds")}
	default:
	}
}

func firstError(problems []problem.Problem) string {
	i := slices.IndexFunc(problems, func(p problem.Problem) bool { return !p.Warning && !p.Aside })
	if i < 0 {
		i = slices.IndexFunc(problems, func(p problem.Problem) bool { return !p.Warning })
	}
	return problems[max(0, i)].String()
}

// setAside says what of vigil.toml is left out while the rest holds.
func setAside(problems []problem.Problem) []saying.Saying {
	i := slices.IndexFunc(problems, func(p problem.Problem) bool { return p.Aside })
	if i < 0 {
		return nil
	}
	return []saying.Saying{saying.Of("left out of vigil.toml: %s", problems[i].String())}
}

// version tells apart what a configuration says of the reading of a source; of one without a [[source]], what the others
// leave it.
func version(c *desk.Config, label string) string {
	for i := range c.Sources {
		if s := &c.Sources[i]; sourceLabel(s) == label {
			return specVersion(s)
		}
	}
	return claimed(c.Sources)
}

// reconfigure swaps the configuration. What cannot change in a running desk is said.
func (h *hub) reconfigure(c desk.Config) {
	if c.Exercise != h.config.Exercise {
		h.configs.trouble = append(h.configs.trouble, saying.Of("exercise cannot change while the desk is open: the old value holds; close vigil and use another desk"))
		c.Exercise = h.config.Exercise
	}
	if c.State != h.config.State {
		h.configs.trouble = append(h.configs.trouble, saying.Of("state changes when vigil is started again"))
	}
	before := h.config
	h.config = c
	h.retireUnnamed(&before, &c)
	h.store.SetOptions(h.pictureOptions())
	for _, label := range h.labels() {
		fs := h.feeds[label]
		if version(&before, label) != version(&c, label) {
			for _, f := range fs.files { // they are read anew
				fs.base = max(fs.base, f.generation-min(f.generation, h.base))
			}
		}
		for i := range c.Sources {
			if sourceLabel(&c.Sources[i]) == label && fs.format != nil {
				h.configure(fs, fs.format, &c.Sources[i], source.Event{})
			}
		}
	}
	if h.onConfig != nil {
		h.onConfig(c)
	}
}
