package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"

	"vigil/internal/app"
	"vigil/internal/figure"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/plain"
	"vigil/internal/safetext"
	"vigil/internal/term"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/watch"
	"vigil/internal/wall"
)

// wallFlags are those of vigil watch.
type wallFlags struct {
	once, plain bool
	privacy     string
	every       time.Duration
}

func watchCommand(p *program) *cobra.Command {
	var f wallFlags
	cmd := &cobra.Command{
		Use:   "watch [COUNTRY...]",
		Short: "Show the desk hands-free, in large figures, as a wall may show it",
		Long: `Show the desk in large figures that need no key: one country after the other, the newest critical alarm that nobody has,
every country in a line, alarms with their age and how many were told, what changed within the hour, and every source. A new critical
brings its country up.

A wall is read by whoever passes. With --privacy wall, which is the default, it has counts of staff from 5 on, in steps of 5, and no sums or
splits, acts with country and first administrative level, alarms by their rule without their numbers, and nothing of places, narratives,
movements, visits and restricted matters, which are in none of its counts; it rings for what it shows. With --privacy desk it is what a duty officer sees. No screen can be reached from it but this one.

Without a terminal, or with --plain, it is a line for each change, as it happens. --once prints one frame.`,
		Example: "vigil watch -C mydesk\nvigil watch -C mydesk Mali NER --every 20s\nvigil watch -C mydesk --once\nvigil watch -C mydesk --plain >> wall.log",
		RunE: func(cmd *cobra.Command, args []string) error {
			countries, err := parseCountries(args)
			if err != nil {
				return err
			}
			privacy, err := wall.ParsePrivacy(f.privacy)
			if err != nil {
				return usagef("--privacy: %w", err)
			}
			const shortest, longest = 2 * time.Second, time.Hour
			if f.every < shortest || f.every > longest {
				return usagef("--every %s: it must be from %s to %s", f.every, shortest, longest)
			}
			dir, err := p.desk()
			if err != nil {
				return err
			}
			o := p.options(dir)
			o.Asked = countries
			w := watch.Options{Privacy: privacy, Only: countries, Every: f.every, Locked: true}
			switch {
			case f.once:
				return p.wallOnce(cmd.Context(), o, w)
			case f.plain || p.screenless() != "":
				return p.wallLines(cmd.Context(), o, w)
			}
			return p.wallScreen(cmd.Context(), o, w)
		},
	}
	cmd.Flags().BoolVar(&f.once, "once", false, "print one frame, in the size of the terminal or 80×24, and end")
	cmd.Flags().BoolVar(&f.plain, "plain", false, "print a line for each change, as it happens")
	cmd.Flags().StringVar(&f.privacy, "privacy", wall.Public.String(), "`WHO` may be reading: wall or desk")
	cmd.Flags().DurationVar(&f.every, "every", watch.Every, "`TIME` for which a country stands")
	return cmd
}

// wallScreen is the wall on a terminal.
func (p *program) wallScreen(ctx context.Context, o app.Options, w watch.Options) error {
	ctx, stop := interrupted(ctx)
	defer stop()
	session, err := app.Open(ctx, o)
	if err != nil {
		return opened(err)
	}
	defer debug.SetGCPercent(debug.SetGCPercent(consoleGC))
	err = errors.Join(p.screens(ctx, o, session, &w), session.Close())
	if thin := thinError(0); errors.As(err, &thin) {
		return p.wallLines(ctx, o, w)
	}
	return err
}

// wallLines is the wall without a screen.
func (p *program) wallLines(ctx context.Context, o app.Options, w watch.Options) error {
	ctx, stop := interrupted(ctx)
	defer stop()
	out := plain.NewWall(p.stdout, p.layout())
	var last *wall.Model
	return p.follow(ctx, o, func(v picture.View, reading bool) error {
		if reading {
			return nil // what is not whole would be told anew in a moment
		}
		m := wall.Of(figure.Plain, v, w.Privacy, w.Only, p.now())
		last = &m
		return out.Show(&m)
	}, func(now time.Time) error {
		if last == nil {
			return nil
		}
		return out.Heartbeat(last, now)
	}, w.Privacy == wall.Public)
}

// The size of a frame that goes to no terminal.
const frameWidth, frameHeight = 80, 24

// wallOnce prints one frame.
func (p *program) wallOnce(ctx context.Context, o app.Options, w watch.Options) error {
	ctx, stop := interrupted(ctx)
	defer stop()
	pic, err := app.Snapshot(ctx, o, time.Time{}, time.Time{})
	if err != nil {
		return opened(err)
	}
	w.Still = true
	width, height := frameWidth, frameHeight
	if fd := p.stdout.Fd(); term.IsTerminal(fd) {
		width, height = term.Size(fd, p.environ)
	}
	themes := p.newThemes(o.Dir, p.flags.theme)
	t, err := themes.load()
	if err != nil {
		return usagef("%w; known are %s", err, themes.known())
	}
	caps := term.Detect(p.environ)
	v := pic.For(picture.DutyOfficer)
	caps.ASCIIGlyphs = p.flags.ascii || caps.ASCIIGlyphs && term.IsTerminal(p.stdout.Fd())
	var words *lang.Language // what is printed is in English, but for who asks
	if p.flags.lang != "" {
		if words, err = p.language("", caps); err != nil {
			return err
		}
	}
	f := screen.Frame{
		Hand: figure.NewHand(caps.ASCIIGlyphs, words), View: v, Palette: t.Palette(colorprofile.NoTTY, caps.ASCIIGlyphs), Width: width, Height: height - 1, Now: v.Valid(),
	}
	head := "VIGIL " + safetext.Clean(v.Desk().Name.String()).String() + "  " + v.Valid().UTC().Format("2006-01-02 15:04:05Z")
	if v.Desk().Exercise {
		head = "EXERCISE " + head
	}
	if words := wall.WatchWords(f.Hand, v, w.Privacy, v.Valid()); words != "" {
		head += "  " + words
	}
	lines := append([]string{head}, watch.New(w).Lines(f)...)
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(strings.TrimRight(l, " ") + "\n")
	}
	_, err = fmt.Fprint(p.stdout, b.String())
	return err
}
