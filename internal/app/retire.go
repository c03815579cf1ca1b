package app

import (
	"time"

	"vigil/internal/desk"
	"vigil/internal/health"
	"vigil/internal/safetext"
)

// settleRemembered ends the first reading for the sources that only the intake knows: one whose incidents
// other sources give now was renamed, and of the others the file is gone.
func (h *hub) settleRemembered(at time.Time) {
	for _, label := range h.labels() {
		fs := h.feeds[label]
		switch {
		case fs.was == nil || len(fs.files) > 0 || fs.address != nil:
		case h.store.GivenByOthers(label):
			h.retire(label)
		default:
			fs.facts.LastAttempt = at
			fs.gone = safetext.Const(health.NoData + ": the file is gone")
			h.observe(fs)
		}
	}
}

// retire takes a source out of the picture's health and coverage. Its incidents stay.
func (h *hub) retire(label string) {
	h.store.Retire(label)
	delete(h.feeds, label)
	for file, owner := range h.owners {
		if owner == label {
			delete(h.owners, file)
		}
	}
	h.dirty = true
}

// retireUnnamed retires the sources that a new configuration no longer names, and the files in feeds/ that
// it now gives to a [[source]].
func (h *hub) retireUnnamed(before, now *desk.Config) {
	for i := range before.Sources {
		label := sourceLabel(&before.Sources[i])
		if s, kept := sourceNamed(now, label); !kept || !s.Poll.URL.Same(before.Sources[i].Poll.URL) {
			h.retire(label)
		}
	}
	for file, label := range h.owners {
		for i := range now.Sources {
			if s := &now.Sources[i]; claims(h.paths.Dir, s.Path, h.absolute(file)) && sourceLabel(s) != label {
				h.retire(label)
			}
		}
	}
}

func sourceNamed(c *desk.Config, label string) (*desk.Source, bool) {
	for i := range c.Sources {
		if sourceLabel(&c.Sources[i]) == label {
			return &c.Sources[i], true
		}
	}
	return nil, false
}
