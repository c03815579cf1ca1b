package plain

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/safetext"
	"vigil/internal/wall"
)

// Wall prints a wall as lines: each part of it once, and again when it changes. What passes package wall's privacy is all that it has. It
// belongs to one goroutine.
type Wall struct {
	w      io.Writer
	layout Layout
	told   map[string]string // the last words of each part
	last   time.Time         // of the last model
}

// NewWall makes a Wall that writes to w.
func NewWall(w io.Writer, l Layout) *Wall { return &Wall{w: w, layout: l, told: map[string]string{}} }

// Show writes what differs from the last model, a line each.
func (p *Wall) Show(m *wall.Model) error {
	p.last = m.At
	now := map[string]string{}
	var order []string
	add := func(key, words string) {
		now[key] = words
		order = append(order, key)
	}
	if m.Privacy == wall.Public {
		add("privacy", fmt.Sprintf("as a wall may tell: no figure has restricted matters in it; staff from %d on, in steps of %d", wall.Least, wall.Least))
	}
	if m.Unread {
		add("reading", "NOT WHOLE: the files are being read")
	}
	if m.Trouble {
		add("desk trouble", "DESK TROUBLE, alarms may be missing")
	}
	if m.Unrecorded != "" {
		add("recording", strings.ToUpper(m.Unrecorded))
	}
	if m.Watch != "" {
		add("watch", m.Watch)
	}
	for i := range m.Countries {
		c := &m.Countries[i]
		words := fmt.Sprintf("%s official level %s, estimate %s, 24 h %s, 7 d %s, 30 d %s, staff %s", c.Code.Alpha3(), c.Level, c.Estimate, c.Day, c.Week, c.Month, c.Staff)
		if c.Expired {
			words += ", LEVEL EXPIRED"
		}
		if c.Blind {
			words += ", BLIND"
		} else if c.Partial {
			words += ", seen in part"
		}
		add("country "+c.Code.Alpha3(), words)
	}
	for i := range m.Alarms {
		a := &m.Alarms[i]
		words := strings.Join(strings.Fields(fmt.Sprintf("alarm %s %s %s", a.Called, figure.Plain.SeverityWord(a.Severity), shelfless(a.Standing))), " ") + ": " + a.Words
		if a.Told != "" {
			words += ", told " + a.Told
		}
		add("alarm "+a.Key, words)
	}
	for i := range m.Beats {
		b := &m.Beats[i]
		add("source "+b.Name, "source "+b.Name+" "+b.Word)
	}
	for _, c := range m.Changes {
		if passing(c.Key) {
			add(c.Key, c.Words)
		}
	}
	for _, key := range order {
		if p.told[key] != now[key] {
			if err := p.line(m, now[key]); err != nil {
				return err
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(p.told)) {
		if _, still := now[key]; !still && !passing(key) {
			if err := p.line(m, "no longer: "+p.told[key]); err != nil {
				return err
			}
		}
	}
	p.told = now
	return nil
}

// passing reports whether a part is something that happened, which is not said to be gone. The states of sources are parts of their own.
func passing(key string) bool {
	return strings.HasPrefix(key, "incident ") || strings.HasPrefix(key, "level ")
}

// shelfless is how an alarm stands without what counts down: that would be another line each minute.
func shelfless(standing string) string {
	word, _, _ := strings.Cut(standing, " in ")
	return word
}

// Heartbeat says that the wall is alive at now.
func (p *Wall) Heartbeat(m *wall.Model, now time.Time) error {
	seeing := 0
	for i := range m.Beats {
		if m.Beats[i].Sees {
			seeing++
		}
	}
	words := fmt.Sprintf("watching: %d of %s, %d BLIND, %d partial, %s open", seeing, figure.Plain.Forms(len(m.Beats), "source sees", "sources see"), m.Blind, m.Partial, figure.Plain.Plural(len(m.Alarms), "alarm"))
	if age := now.Sub(p.last); age > Silent {
		words = "NOT WATCHING: the last picture is " + health.Age(age) + " old"
	}
	at := *m
	at.At = now
	return p.line(&at, words)
}

func (p *Wall) line(m *wall.Model, words string) error {
	prefix := ""
	if m.Exercise {
		prefix = "EXERCISE "
	}
	_, err := fmt.Fprintf(p.w, "%s%s %s\n", prefix, instant(m.At), p.layout.text(safetext.Clean(words)))
	return err
}
