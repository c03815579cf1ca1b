package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"vigil/internal/app"
	"vigil/internal/desk"
	"vigil/internal/figure"
	"vigil/internal/picture"
	"vigil/internal/plain"
	"vigil/internal/term"
	"vigil/internal/tui/ring"
)

func tailCommand(p *program) *cobra.Command {
	var asJSON bool
	var since string
	cmd := &cobra.Command{
		Use:   "tail",
		Short: "Print each change as it happens, one a line",
		Long: `Print one line for each incident and each change of a level, of presence, of an advisory, of the
calendar and of a source's state, as it happens, each once: the mode for dumb terminals, pipes and
logs. With --json each line is an object (vigil.tail/1).

--since also tells what happened or was reported within that time before. What was there
already and is no news is counted on standard error; so is said what stands against the desk's
files, such as a bad edit whose old state is kept.`,
		Example: `vigil tail -C mydesk --since 24h
vigil tail --json | jq -r 'select(.kind=="level")'`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			options := plain.TailOptions{JSON: asJSON, Start: p.now().UTC()}
			if since != "" {
				d, err := desk.ParseDuration(since)
				if err != nil {
					return usagef("--since: %w", err)
				}
				options.Since = d
			}
			dir, err := p.desk()
			if err != nil {
				return err
			}
			options.Layout = p.layout()
			ctx, stop := interrupted(cmd.Context())
			defer stop()
			return p.tail(ctx, p.options(dir), options)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line (vigil.tail/1)")
	cmd.Flags().StringVar(&since, "since", "", "also tell what was new within `TIME` before, such as 24h or 7d")
	return cmd
}

// tail prints changes until ctx ends.
func (p *program) tail(ctx context.Context, o app.Options, options plain.TailOptions) error {
	tail := plain.NewTail(p.stdout, options)
	var standing plain.Standing
	whole := false
	return p.follow(ctx, o, func(v picture.View, reading bool) error {
		if err := tail.Show(v, reading); err != nil {
			return err
		}
		if reading {
			return nil
		}
		if !whole {
			whole = true
			p.say(p.stderr, fmt.Sprintf("%swatching %s; %s of before not listed (--since lists what is news)",
				plain.Watermark(v), o.Dir, figure.Plain.Plural(tail.Untold(), "change")))
		}
		began, ended := standing.Changes(v)
		for _, t := range began {
			p.say(p.stderr, plain.Watermark(v)+t)
		}
		for _, t := range ended {
			p.say(p.stderr, plain.Watermark(v)+"no longer: "+t)
		}
		return nil
	}, nil, false)
}

// follow opens a desk and hands each picture to show until ctx ends. beat, if there is one, is called each
// minute. A new alarm is a line on standard error, unless that is public, and the bell where that is a terminal.
func (p *program) follow(ctx context.Context, o app.Options, show func(v picture.View, reading bool) error, beat func(now time.Time) error, public bool) (err error) {
	session, err := app.Open(ctx, o)
	if err != nil {
		return opened(err)
	}
	defer func() {
		if closed := session.Close(); err == nil {
			err = closed
		}
	}()
	var ringer ring.Ringer
	minute := time.NewTicker(time.Minute)
	defer minute.Stop()
	for {
		select {
		case pic, ok := <-session.Pictures():
			if !ok {
				return nil
			}
			view := pic.For(picture.DutyOfficer)
			if err := show(view, reading(view)); err != nil {
				return err
			}
			ringer.Hides = view.HidesAlarm
			if line := ringer.Line(view.Duty().Alarms(p.now()), view.Desk().Exercise, p.now()); line != "" {
				if !public {
					p.say(p.stderr, line)
				}
				if term.IsTerminal(p.stderr.Fd()) && ring.Parse(session.UI().Alert)&ring.Bell != 0 {
					fmt.Fprint(p.stderr, "\a")
				}
			}
		case <-minute.C:
			if beat == nil {
				continue
			}
			if err := beat(p.now()); err != nil {
				return err
			}
		}
	}
}
