package plain

import (
	"io"
	"strings"
	"time"

	"vigil/internal/health"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

// Silent is the age of the last picture past which a heartbeat says that the program itself has
// stopped looking.
const Silent = 30 * time.Second

// Console is the console where there is no terminal that could show it: first a table, then the
// lines of a Tail, a line when the worst state of the sources or what stands against the picture
// changes, and a heartbeat, so that silence is never taken for calm. It belongs to one goroutine.
type Console struct {
	w        io.Writer
	layout   Layout
	why      string
	tail     *Tail
	view     picture.View
	standing Standing
	worst    string
	changes  bool // only what changes: somebody else shows what there is
}

// NewChanges makes a Console that writes only what changes, without the table.
func NewChanges(w io.Writer, l Layout) *Console {
	return &Console{w: w, layout: l, changes: true, tail: NewTail(w, TailOptions{Layout: l})}
}

// NewConsole makes a Console that writes to w. why says why there are no screens.
func NewConsole(w io.Writer, why string, l Layout) *Console {
	return &Console{w: w, layout: l, why: why, tail: NewTail(w, TailOptions{Layout: l})}
}

// Show takes a picture in; reading is as for [Tail.Show]. The table waits for the end of the first
// reading, so that it is whole.
func (c *Console) Show(v picture.View, reading bool) error {
	first := !c.tail.whole
	if c.view.IsZero() && !c.changes {
		p := deskPrinter(c.w, v)
		if p.line("vigil: " + c.why + ", so the console is plain lines; Ctrl-C ends it"); p.err != nil {
			return p.err
		}
	}
	c.view = v
	if first && !reading {
		if !c.changes {
			if err := StatusTable(c.w, v, nil, c.layout); err != nil {
				return err
			}
		}
		c.standing.Changes(v) // the table has them
	}
	if err := c.tail.Show(v, reading); err != nil {
		return err
	}
	if err := c.stands(v, reading); err != nil {
		return err
	}
	if worst := c.worstLine(); worst != c.worst {
		c.worst = worst
		return c.say(v.Known(), worst)
	}
	return nil
}

// stands says what began and what ended to stand against the picture.
func (c *Console) stands(v picture.View, reading bool) error {
	if reading {
		return nil
	}
	began, ended := c.standing.ChangesIn(c.layout.words(), v)
	for _, t := range began {
		if err := c.say(v.Known(), "! "+t); err != nil {
			return err
		}
	}
	for _, t := range ended {
		if err := c.say(v.Known(), c.layout.words().Sayf("no longer: %s", t)); err != nil {
			return err
		}
	}
	return nil
}

// worstLine says the worst state and how much is not seen.
func (c *Console) worstLine() string {
	h := c.layout.words()
	state, names := Worst(c.view)
	line := h.Sayf("all sources %s", h.State(state))
	switch {
	case len(names) == 0:
		line = h.Say("no sources")
	case state == health.Quiet && c.view.States()[health.Live] > 0:
		line = h.Say("all sources live or quiet")
	case state < health.Quiet:
		line = h.Sayf("worst source state %s: %s", h.State(state), strings.Join(names, ", "))
	}
	if blind, partial := c.view.Blindness(); blind+partial > 0 {
		line += h.Say("; ") + h.Tally(blind, "BLIND") + ", " + h.Tally(partial, "seen in part")
	}
	if c.view.Unread() {
		line += h.Say("; what is not seen cannot be told until the files are read")
	}
	return line
}

// Heartbeat says that the console is alive at now, and what it sees.
func (c *Console) Heartbeat(now time.Time) error {
	if c.view.IsZero() {
		return (&printer{w: c.w}).sayAt(now, "nothing read yet")
	}
	line := "watching: " + Sources(c.view)
	if age := now.Sub(c.view.Known()); age > Silent {
		line = "NOT WATCHING: the last picture is " + health.Age(age) + " old"
	}
	return c.say(now, line)
}

func (c *Console) say(at time.Time, line string) error {
	return c.layout.printer(c.w, c.view).sayAt(at, c.layout.text(safetext.Clean(line)))
}

func (p *printer) sayAt(at time.Time, line string) error {
	p.line(instant(at) + " vigil " + line)
	return p.err
}
