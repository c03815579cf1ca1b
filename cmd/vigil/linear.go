package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"runtime/debug"
	"time"

	"vigil/internal/app"
	"vigil/internal/desk"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/plain"
	"vigil/internal/term"
	"vigil/internal/tui"
)

// byLines reports whether the console is lines that are read and answered: where they are asked for, and where somebody sits at
// a terminal that cannot place its cursor.
func (p *program) byLines() bool {
	return p.flags.linear || term.Detect(p.environ).Dumb && term.IsTerminal(p.stdin.Fd()) && term.IsTerminal(p.stdout.Fd())
}

// teleprinter is the console as lines: of what is asked, and of what changes. Rate is how many bytes a second the terminal takes, 0 where that
// is not known or of no account.
func (p *program) teleprinter(ctx context.Context, o app.Options, rate float64) error {
	ctx, stop := interrupted(ctx)
	defer stop()
	session, err := app.Open(ctx, o)
	if err != nil {
		return opened(err)
	}
	defer debug.SetGCPercent(debug.SetGCPercent(consoleGC))
	return errors.Join(p.print(ctx, o, session, rate), session.Close())
}

func (p *program) print(ctx context.Context, o app.Options, session *app.Session, rate float64) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	caps := p.caps(session.UI().Glyphs)
	options, err := p.consoleOptions(ctx, end, o, session, caps)
	if err != nil {
		return err
	}
	options.Act = act(session)
	if !term.IsTerminal(p.stdout.Fd()) {
		options.Alert, caps.ASCIIGlyphs = 0, p.flags.ascii || session.UI().Glyphs == desk.GlyphsASCII
	}
	page := 0
	if term.IsTerminal(p.stdin.Fd()) {
		page = linearPage
	}
	if why := p.screenless(); !p.flags.linear && why != "" { // nobody asked for lines
		p.say(p.stdout, why+", so the console is plain lines; quit ends it")
	}
	changes := &changing{ascii: caps.ASCIIGlyphs, words: options.Language}
	printer := tui.PrinterOptions{Lines: lines(ctx, p.stdin), Out: p.stdout, Announce: changes.announce, ASCII: caps.ASCIIGlyphs, Page: page}
	if rate <= 0 {
		return tui.NewTeleprinter(ctx, options, printer).Run()
	}
	printer.Thin = term.NewLines(p.stdout, rate)
	return errors.Join(tui.NewTeleprinter(ctx, options, printer).Run(), printer.Thin.Close(linesEnd))
}

// linesEnd is how long the end waits for lines that are on their way to a slow terminal.
const linesEnd = 3 * time.Second

// linearPage is how many lines of an answer a person gets at a time: what a screen reader has begun to read is not easily stopped.
const linearPage = 40

// changing writes what changes from picture to picture.
type changing struct {
	ascii bool
	words *lang.Language
	to    io.Writer
	out   *plain.Console
}

func (c *changing) announce(w io.Writer, v picture.View) error {
	if c.to = w; c.out == nil {
		c.out = plain.NewChanges(c, plain.Layout{ASCII: c.ascii, Language: c.words})
	}
	return c.out.Show(v, reading(v))
}

// Write hands on to whoever asked last.
func (c *changing) Write(b []byte) (int, error) { return c.to.Write(b) }

// lines reads line by line until the end or ctx.
func lines(ctx context.Context, r io.Reader) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		const longest = 64 << 10 // a longer one ends the input, as its end would
		in := bufio.NewScanner(r)
		in.Buffer(nil, longest)
		for in.Scan() {
			select {
			case out <- term.WithoutAnswers(in.Text()):
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}
