package tui

import (
	"cmp"
	"context"
	"io"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/term"
	"vigil/internal/tui/aloud"
	"vigil/internal/tui/ring"
	"vigil/internal/tui/screen"
)

// Teleprinter is the console as a line-mode program: for a screen reader, a serial line, a terminal that cannot place its cursor.
// It is the same console, with the same screens, commands and rules, whose screens are printed as plain lines when they are
// asked for, and which tells by itself what changes.
//
// What it guarantees:
//
//   - Lines are only ever added. No byte moves the cursor, clears, colours or asks: of control characters it writes line feeds,
//     and the bell where that is wanted.
//   - A line that was typed is answered before the next one is read, as far as the desk answers.
//   - What a console on a screen does by keys is done by lines: every command of the command line, and each key by itself,
//     by its name. Forms are filled in field by field.
//
// It belongs to one goroutine: that of [Teleprinter.Run].
type Teleprinter struct {
	m *Model
	o PrinterOptions

	messages chan carried
	out      printer
	urgent   printer
	pending  int  // of what the line that is being answered has started
	asked    bool // a line is being answered
	key      bool // by the name of a key
	moves    bool // one that moves what is selected, or that leaves it
	back     bool // one that leads back, or a line of a form
	amiss    bool // a field of a form is wrong, and the line said what
	unsaved  bool // and nothing is saved therefore
	before   looks
	ready    bool // there is a whole picture
	waited   int  // ticks without one
	ended    bool // there will be no more lines
	silent   bool // it was said that no picture comes
	awake    bool // it was said that the vigilance check asks
	done     bool
	ringer   ring.Ringer

	called   string   // whom to call, as it was said last
	entries  int      // of the duty log that were told
	rest     []string // of the last answer, which was longer than a page
	gathered          // since it was last told what has changed
	under    gathered // what an empty line was answered with, as long as a thin link may not have sent it
}

// gathered is what has changed, for who asks.
type gathered struct {
	since   time.Time
	changes []string
	// withheld counts those that are not said again, because one of them may be about what is restricted by now.
	withheld int
	dropped  int // the oldest of them, which are too many to be kept
}

// PrinterOptions are what a teleprinter gets beside the [Options] of any console.
type PrinterOptions struct {
	Lines <-chan string // what is typed; closed at its end
	Out   io.Writer
	// Thin is Out where the link is too slow for all that could be said; nil where it is not. What was not sent when another line is typed
	// is left out, and said to be, and what has changed is told when there is room for it; alarms go first.
	Thin *term.Lines
	// Announce writes to w, line by line, what a picture has that the one before had not. It is not called before the first whole
	// one.
	Announce func(w io.Writer, v picture.View) error
	ASCII    bool // write in ASCII only
	// Page is how many lines of an answer are printed before the next are waited for to be asked for; 0 prints all.
	Page int
}

// carried is a message with whether the line that is being answered has brought it.
type carried struct {
	msg  tea.Msg
	asks bool
	down any // the value of a panic
}

// looks is what is on the screen that is not shown.
type looks struct {
	top      *level
	depth    int // how many levels there are
	filter   string
	selected string
	lines    []string // the selected like the others
}

// patience is how many seconds lines wait for a whole picture.
const patience = 10

// NewTeleprinter makes one. Cancelling ctx ends it.
func NewTeleprinter(ctx context.Context, o Options, p PrinterOptions) *Teleprinter {
	t := &Teleprinter{o: p, messages: make(chan carried), out: printer{w: p.Out, ascii: p.ASCII}}
	t.urgent = t.out
	if p.Thin != nil {
		t.out.w, t.urgent.w = p.Thin, p.Thin.Urgent()
	}
	t.ringer.Ways, t.ringer.Language = o.Alert&ring.Bell, o.Language
	o.Alert = 0 // the words are said here
	t.m = New(ctx, o)
	t.m.reading.on, t.m.reading.printed = true, true
	t.m.update(tea.WindowSizeMsg{Width: linearWidth, Height: printerHeight})
	t.since = t.m.now
	return t
}

// printerHeight is how many lines a page is taken for.
const printerHeight = 24

// Run prints and answers until the person quits, the lines end, or ctx does. The error is that of writing.
func (t *Teleprinter) Run() error {
	defer t.m.cancel()
	t.start(t.m.Init(), false)
	for !t.done && t.failed() == nil {
		lines := t.o.Lines
		if t.asked || t.ended || !t.ready && t.waited < patience {
			lines = nil
		}
		select {
		case <-t.m.ctx.Done():
			return t.failed()
		case c := <-t.messages:
			t.took(c)
		case line, ok := <-lines:
			if !ok {
				return t.failed()
			}
			t.leavesOut()
			t.typed(line)
		}
		if t.asked && t.pending == 0 {
			t.answer()
		}
	}
	return t.failed()
}

// failed is the error of writing, if there was one.
func (t *Teleprinter) failed() error { return cmp.Or(t.out.err, t.urgent.err) }

// start runs a command, and what it brings comes as a message.
func (t *Teleprinter) start(cmd tea.Cmd, asks bool) {
	if cmd == nil {
		return
	}
	if asks {
		t.pending++
	}
	ctx := t.m.ctx
	go func() {
		c := carried{asks: asks}
		defer func() {
			if c.down = recover(); c.down != nil {
				c.msg = nil
			}
			select {
			case t.messages <- c:
			case <-ctx.Done():
			}
		}()
		c.msg = cmd()
	}()
}

// took handles a message.
func (t *Teleprinter) took(c carried) {
	if c.down != nil {
		panic(c.down) // where it is told without its value
	}
	if c.asks {
		t.pending--
	}
	switch msg := c.msg.(type) {
	case nil:
	case tea.QuitMsg:
		t.done = true
	case tea.BatchMsg:
		for _, cmd := range msg {
			t.start(cmd, c.asks)
		}
	case viewMsg:
		t.start(t.m.update(msg), c.asks)
		t.arrived()
	case tickMsg:
		t.start(t.m.update(msg), c.asks)
		t.ticked()
	case actedMsg:
		t.start(t.m.update(msg), c.asks)
		if !c.asks {
			t.say(t.m.say)
		}
	default:
		t.start(t.m.update(msg), c.asks)
	}
}

// print prints an answer, a page of it at a time.
func (t *Teleprinter) print(lines []string) {
	t.rest = nil
	if n := t.o.Page; n > 0 && len(lines) > n+n/4 {
		lines, t.rest = lines[:n], lines[n:]
	}
	t.out.lines(lines)
	if len(t.rest) > 0 {
		for _, line := range t.rest {
			if strings.HasPrefix(line, aloud.Selected(t.m.hand.Language)) { // what was asked for, and what keys are of
				t.out.line(line)
			}
		}
		t.out.line(t.m.hand.Sayf("%s: type more", t.m.hand.Plural(len(t.rest), "more line")))
	}
}

// say prints an answer, if there is any.
func (t *Teleprinter) say(text string) {
	for line := range strings.Lines(text) {
		t.out.line(aloud.Text(t.m.hand.Language, line))
	}
}

// look is what the screen is that the person believes to see.
func (t *Teleprinter) look() looks {
	l := t.m.top()
	now := looks{top: l, depth: len(t.m.stack), filter: l.filter}
	if t.m.view.IsZero() {
		return now
	}
	f := t.m.area()
	l.screen.Lines(f) // as on a screen: a page is then a page
	now.lines = l.screen.Linear(f)
	for i, line := range now.lines {
		if rest, ok := strings.CutPrefix(line, aloud.Selected(t.m.hand.Language)); ok {
			now.selected, now.lines[i] = rest, rest
			break
		}
	}
	return now
}

// since are the lines that the screen has and had not.
func (l *looks) since(before *looks) []string {
	had := map[string]int{}
	for _, line := range before.lines {
		had[line]++
	}
	var list []string
	for _, line := range l.lines {
		if had[line]--; had[line] < 0 {
			list = append(list, line)
		}
	}
	return list
}

// fewLines are those that a key changes on a screen which it leaves as it is otherwise, such as an item that was accepted and the next one in
// full.
const fewLines = 8

// answer prints what became of the line.
func (t *Teleprinter) answer() {
	t.asked = false
	now := t.look()
	_, typist := now.top.screen.(screen.Typist)
	var others []string
	if t.key && !typist && now.top == t.before.top {
		others = now.since(&t.before)
	}
	moved := now.selected != t.before.selected
	switch {
	case t.m.mode == asking:
		t.out.line(t.m.hand.Sayf("%s yes or no", t.m.question))
	case t.m.mode == copying:
		t.out.line(t.m.hand.Say("Copy what: coordinates, text, share or line? An empty line copies nothing."))
	case t.m.mode == ordering:
		if t.m.say != "" {
			t.out.line(t.m.say)
		}
		said := lang.Msg("Go on with: %s (an empty line leaves it)")
		if first := t.m.command.Value(); first != "" && !strings.HasSuffix(first, " ") {
			said = lang.Msg("Go on with: %s (yes does it as it stands, an empty line leaves it)")
		}
		t.out.line(t.m.hand.Sayf(said, begun(t.m.command.Value())))
	case t.back && now.depth < t.before.depth && now.selected != "": // which was heard before
		t.out.lines([]string{t.m.headerWords(), aloud.Selected(t.m.hand.Language) + now.selected, t.m.hand.Say("again says all of it")})
	case now.top != t.before.top || now.filter != t.before.filter:
		t.print(t.m.Linear())
		if typist {
			t.out.line(t.m.hand.Say("Each line fills in the selected field, an empty one leaves it as it is; :save saves, :cancel leaves, :previous goes back."))
		}
	case t.amiss:
		line := aloud.Selected(t.m.hand.Language) + now.selected
		if t.unsaved {
			line = t.m.hand.Sayf("not saved: %s", now.selected)
		}
		t.out.line(line)
		t.out.line(t.m.hand.Say("Write it again; an empty line leaves it as it is, :cancel leaves the form."))
	case moved && len(others) > fewLines: // it shows other things
		t.print(t.m.Linear())
	case !moved && len(others) > 0: // and beside what is selected, such as the alarms of a group
		t.print(others)
	case t.key && moved, t.moves && now.selected != "":
		t.out.line(aloud.Selected(t.m.hand.Language) + now.selected)
	case t.m.say == "":
		t.out.line(t.m.hand.Say("done"))
	}
	t.say(t.m.say)
	t.m.say = ""
	if now.top != t.before.top || moved { // which has said it
		t.called = t.calls()
	}
}
