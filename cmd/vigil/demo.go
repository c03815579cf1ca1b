package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"vigil/internal/app"
	"vigil/internal/exercise"
)

func demoCommand(p *program) *cobra.Command {
	var dir string
	var speed float64
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Open the console on an exercise that is played live",
		Long: `Open the console on an exercise desk, which is written live into a directory of real files and
watched there like any other. Everything in it is invented and marked EXERCISE. It begins in the middle of a watch: call sign
Oscar has had it for 8 h 32, and the duty log has all that was done since, and before. Papa works at a second console; what you do
first is not done again. Without --dir the directory is a temporary one and is removed at the end.`,
		Example: "vigil demo\nvigil demo --dir exercise --speed 10",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !(speed >= minSpeed && speed <= maxSpeed) {
				return usagef("--speed %v: it must be from %v to %v; 1 is a step each %s", speed, minSpeed, maxSpeed, exercise.Pace)
			}
			return p.demo(cmd.Context(), dir, time.Duration(float64(exercise.Pace)/speed))
		},
	}
	linearFlag(p, cmd)
	cmd.Flags().StringVar(&dir, "dir", "", "write the exercise into `DIR`, which must be new or empty, and keep it")
	cmd.Flags().Float64Var(&speed, "speed", 1, "play so many `TIMES` as fast")
	return cmd
}

// The speeds that make sense: one step in ten minutes to a hundred a second.
const (
	minSpeed = 0.01
	maxSpeed = 600.0
)

// demo plays the exercise, and has the colleague work at a second console, in goroutines of their own while the console is open.
func (p *program) demo(ctx context.Context, dir string, pace time.Duration) (err error) {
	kept := dir != ""
	if !kept {
		if dir, err = os.MkdirTemp("", "vigil-demo-"); err != nil {
			return fmt.Errorf("make a directory for the exercise: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	now := p.now().UTC()
	scenario, err := exercise.Prepare(dir, now, uint64(now.UnixNano()))
	if err != nil {
		return err
	}
	if err := app.BeginDutyLog(ctx, p.options(dir), exercise.Night(now)); err != nil {
		return fmt.Errorf("write the duty log of the exercise: %w", err)
	}
	playing, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 2)
	play := func(part func(context.Context, <-chan time.Time) error) {
		go func() {
			tick := time.NewTicker(pace)
			defer tick.Stop()
			ended <- part(playing, tick.C)
		}()
	}
	play(scenario.Play)
	play(func(ctx context.Context, tick <-chan time.Time) error {
		return app.Accompany(ctx, p.options(dir), tick, exercise.NewColleague())
	})

	err = p.console(ctx, p.options(dir))
	stop()
	err = errors.Join(err, <-ended, <-ended)
	if kept && err == nil {
		p.say(p.stderr, "EXERCISE the desk stays in "+dir+"; open it again with vigil -C "+dir)
	}
	return err
}
