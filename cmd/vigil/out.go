package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"vigil/internal/app"
)

func outCommand(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "out",
		Short: "Try the channels by which alarms leave the desk",
		Args:  unknownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usagef("%s needs a command; see %s --help", cmd.CommandPath(), cmd.CommandPath())
		},
	}
	cmd.AddCommand(outTestCommand(p))
	return cmd
}

func outTestCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "test NAME",
		Short: "Send a test message by a channel",
		Long: `Send one message, which says that it is a TEST, by the channel of that name in vigil.toml, and print what was sent. It is
tried once. Nothing is written to the duty log. What a program prints on its standard error is shown.`,
		Example: "vigil out test lead -C mydesk",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("%s needs the name of one channel; see %s --help", cmd.CommandPath(), cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := p.desk()
			if err != nil {
				return err
			}
			ctx, stop := interrupted(cmd.Context())
			defer stop()
			began := p.now()
			text, err := app.TestOut(ctx, p.options(dir), args[0], p.stderr)
			if err != nil {
				return opened(fmt.Errorf("%s: %w", args[0], err))
			}
			_, err = fmt.Fprintf(p.stdout, "sent by %s in %s: %s\n", args[0], p.now().Sub(began).Round(10*time.Millisecond), text)
			return err
		},
	}
}
