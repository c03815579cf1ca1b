package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/action"
	"vigil/internal/app"
	"vigil/internal/desk"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/term"
	"vigil/internal/theme"
	"vigil/internal/tui"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/ring"
	"vigil/internal/tui/watch"
)

// console opens the console on a desk: screens, or lines where they are asked for or there is no terminal for screens.
func (p *program) console(ctx context.Context, o app.Options) error {
	if p.byLines() {
		return p.teleprinter(ctx, o, 0)
	}
	if why := p.screenless(); why != "" {
		return p.lines(ctx, o, why)
	}
	ctx, stop := interrupted(ctx) // from outside: on the terminal, Ctrl-C is a key
	defer stop()
	o.Ahead = true
	session, err := app.Open(ctx, o)
	if err != nil {
		return opened(err)
	}
	// What a desk holds has next to no pointers: looking for garbage more often costs little, and keeps the program
	// small beside what it holds.
	defer debug.SetGCPercent(debug.SetGCPercent(consoleGC))
	err = errors.Join(p.screens(ctx, o, session, nil), session.Close())
	if thin := thinError(0); errors.As(err, &thin) {
		p.say(p.stderr, thin.Error()+": here are plain lines; what you type leaves out what was not sent yet, and quit ends them")
		return p.teleprinter(ctx, o, float64(thin))
	}
	return err
}

// thinError is why the screens ended where the link does not bear them: it takes so many bytes a second.
type thinError float64

func (e thinError) Error() string {
	return fmt.Sprintf("the link is too slow for screens (%.0f B/s)", float64(e))
}

// consoleGC is by how many hundredths the memory may grow before garbage is looked for.
const consoleGC = 30

// screens runs the screens until the person quits or the session ends by itself, which [app.Session.Close]
// explains: a picture that no longer moves must not stay on the screen. It gives the terminal back as
// it was.
func (p *program) screens(ctx context.Context, o app.Options, session *app.Session, wall *watch.Options) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	caps := p.caps(session.UI().Glyphs)
	options, err := p.consoleOptions(ctx, end, o, session, caps)
	if err != nil {
		return err
	}
	giveBack, err := term.PrepareTTY(p.stdin.Fd())
	if err != nil {
		return err
	}
	out := term.NewOutput(p.stdout, term.OutputOptions{ASCII: caps.ASCIIGlyphs && (p.flags.ascii || !caps.UTF8), Bare: caps.Bare, Basic: caps.Basic, Now: p.now})
	options.Output, options.Wall = out, wall
	options.Act = act(session)
	if wall != nil { // nobody is at the keyboard, and whoever passes does nothing
		options.Keys, options.Act, options.Remember = keys.Wall(), nil, nil
	}
	options.Measure, options.Thrift, options.Lines = out.Measure, p.thrift(), true
	inner := tui.New(ctx, options)
	model := newGuard(inner)
	settings := append(out.ProgramOptions(caps, nil), tea.WithoutSignalHandler(), tea.WithInput(p.stdin), tea.WithEnvironment(p.environ))
	program := tea.NewProgram(model, settings...)
	// Asked to quit rather than killed by its context: killed, Bubble Tea closes the terminal's reader while
	// that still reads.
	quit := context.AfterFunc(ctx, program.Quit)
	stop := out.Job(p.stdin.Fd(), giveBack, program.Send, func() string { return tui.Parting(options.Language) })
	_, err = program.Run()
	stop()
	quit()
	err = errors.Join(err, out.Close(), giveBack())
	if model.fault != nil {
		model.fault.tell(p.stderr)
		return errors.Join(err, errFailed)
	}
	if err == nil && inner.Fell() {
		return thinError(out.Measure().Rate)
	}
	return err
}

// consoleOptions are what every console of a session is made with. end is called when there will be no more pictures.
func (p *program) consoleOptions(ctx context.Context, end func(), o app.Options, session *app.Session, caps term.Caps) (tui.Options, error) {
	ui := session.UI()
	themes := p.newThemes(o.Dir, firstOf(p.flags.theme, ui.Theme))
	first, err := themes.load()
	var trouble safetext.Text
	if err != nil && p.flags.theme == "" { // the desk's own choice keeps nobody out
		trouble = safetext.Error(err)
		first, err = theme.LoadShipped(theme.Default)
	}
	if err != nil {
		return tui.Options{}, usagef("%w; known are %s", err, themes.known())
	}
	words, err := p.language(ui.Language, caps)
	if err != nil {
		return tui.Options{}, err
	}
	kept := p.newMemory()
	return tui.Options{
		Keys: bindings(ui), Aliases: aliases(ui), Named: namedViews(ui), Memory: kept.read(), Remember: kept.keep,
		Views: views(ctx, session.Pictures(), end), Clock: func() time.Time { return p.now().UTC() },
		Caps: caps, Language: words,
		Theme: first, ThemeTrouble: trouble, Themes: themes.watch(ctx, session, p.flags.theme != ""),
		LoadTheme: themes.loadNamed, ThemeNames: themes.names(),
		LocalTime: ui.LocalTime, Location: time.Local, Alert: ring.Parse(ui.Alert),
		Actor: action.Actor{Name: safetext.Clean(p.flags.by), Role: picture.DutyOfficer}, Attend: session.Attend,
	}, nil
}

// thrift is how sparingly is drawn at least.
func (p *program) thrift() term.Thrift {
	if p.flags.thin {
		return term.Narrow
	}
	return term.Plenty
}

// caps is what the terminal can do, with what the flags and vigil.toml say of its glyphs.
func (p *program) caps(glyphs desk.Glyphs) term.Caps {
	caps := term.Detect(p.environ)
	switch {
	case p.flags.ascii || glyphs == desk.GlyphsASCII:
		caps.ASCIIGlyphs = true
	case glyphs == desk.GlyphsUTF8:
		caps.ASCIIGlyphs = false
	}
	return caps
}

// views turns the mailbox of pictures into one of views, of capacity one as well: the latest wins. It
// calls end when there will be no more of them.
func views(ctx context.Context, pictures <-chan *picture.Picture, end func()) <-chan picture.View {
	mailbox := make(chan picture.View, 1)
	go func() {
		defer close(mailbox)
		defer end()
		for {
			select {
			case <-ctx.Done():
				return
			case pic, ok := <-pictures:
				if !ok {
					return
				}
				select {
				case <-mailbox:
				default:
				}
				mailbox <- pic.For(picture.DutyOfficer)
			}
		}
	}()
	return mailbox
}

// act hands the console's commands to the desk.
func act(session *app.Session) func(context.Context, action.Envelope) error {
	return func(ctx context.Context, e action.Envelope) error {
		switch c := e.Command.(type) {
		case action.Refresh:
			session.Refresh()
			return nil
		case action.Poll:
			return session.Poll(c.Source)
		case action.Record, action.Report:
			return session.Do(ctx, e)
		default:
			return fmt.Errorf("%s: %w", e.Command.Verb(), action.ErrNotSupported)
		}
	}
}
