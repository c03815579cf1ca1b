package desk

import (
	"strings"
	"time"

	"vigil/internal/duty"
)

// Watch is the [watch] table: what vigil does for and about whoever has the watch.
type Watch struct {
	Vigilance duty.Vigilance
	// Unattended is after how long without a key on any console of the desk a critical alarm that nobody owns escalates; 0 is never.
	Unattended time.Duration
}

const (
	minVigilance     = 5 * time.Minute
	maxVigilance     = 8 * time.Hour
	minUnattended    = time.Minute
	maxUnattended    = time.Hour
	usualUnattended  = 3 * time.Minute
	never            = "never"
	nightExplanation = `write the night as the clock on the wall has it, such as night = "22:00-06:00", or night = "never"`
)

// usualWatch is what holds where vigil.toml says nothing.
func usualWatch() Watch { return Watch{Vigilance: duty.UsualNight(), Unattended: usualUnattended} }

var watchKeys = []key[Watch]{
	{"night", func(r *reader, n *node, w *Watch) { r.night(n, &w.Vigilance) }},
	{"zone", func(r *reader, n *node, w *Watch) {
		name := r.plainText(n).String()
		loc, known := location(name)
		if !known {
			r.errorf(n.at, "%s is no time zone: write its name in the tz database, such as Africa/Bamako", quote(name))
			return
		}
		w.Vigilance.Zone = loc
	}},
	{"vigilance", func(r *reader, n *node, w *Watch) { r.between(n, minVigilance, maxVigilance, &w.Vigilance.Every) }},
	{"unattended", func(r *reader, n *node, w *Watch) {
		if n.kind == textNode && n.text == never {
			w.Unattended = 0
			return
		}
		r.between(n, minUnattended, maxUnattended, &w.Unattended)
	}},
}

// night reads from when to when it is night.
func (r *reader) night(n *node, v *duty.Vigilance) {
	s := strings.TrimSpace(r.plainText(n).String())
	if s == never {
		v.Every = 0
		return
	}
	from, to, ok := strings.Cut(s, "-")
	begins, err := time.Parse("15:04", strings.TrimSpace(from))
	ends, err2 := time.Parse("15:04", strings.TrimSpace(to))
	if !ok || err != nil || err2 != nil || begins.Equal(ends) {
		r.errorf(n.at, "%s is no night: %s", quote(s), nightExplanation)
		return
	}
	since := func(t time.Time) time.Duration {
		return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
	}
	v.From, v.To = since(begins), since(ends)
}
