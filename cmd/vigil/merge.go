package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"vigil/internal/action"
	"vigil/internal/app"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

func mergeCommand(p *program) *cobra.Command {
	return p.decides("merge", "Say that incidents tell of one event",
		`Say that incidents of several sources tell of one event. It is listed and counted once from then on, whatever vigil
makes of them itself; unmerge undoes it.`,
		"are one event", func(ids []incident.Identity, reason safetext.Text) action.Command {
			return action.Merge(ids, reason)
		})
}

func unmergeCommand(p *program) *cobra.Command {
	return p.decides("unmerge", "Say that an incident tells of another event",
		`Say that the first incident tells of another event than each of the others. They are not merged again by themselves.`,
		"are not one event", func(ids []incident.Identity, reason safetext.Text) action.Command {
			return action.Unmerge(ids, reason)
		})
}

// decides is a command by which a person decides which incidents tell of one event.
func (p *program) decides(
	verb, short, long, done string, command func([]incident.Identity, safetext.Text) action.Command,
) *cobra.Command {
	var reason, by string
	var try attempt
	cmd := &cobra.Command{
		Use:   verb + " ID ID...",
		Short: short,
		Long: long + `

An ID is that of an incident, with its authority before it where it needs one: radio/R-1. The decision goes into the desk's
duty log with its time, and every console on the desk follows it within a second.`,
		Example: fmt.Sprintf(`vigil %s -C mydesk R-2026-0412 acled/MLI4711 --reason "same convoy"`, verb),
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) < 2 {
				return usagef("%s needs two incidents or more; see %s --help", cmd.CommandPath(), cmd.CommandPath())
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
			actor := action.Actor{Name: safetext.Clean(by), Role: picture.DutyOfficer}
			var ids []incident.Identity
			_, err = app.Do(ctx, p.options(dir), actor, try.of(append([]string{verb, reason}, args...)...), func(v picture.View) (action.Command, error) {
				if ids, err = app.Named(v, args); err != nil {
					return nil, err
				}
				return command(ids, safetext.Clean(reason)), nil
			})
			if err != nil {
				return try.failed(err)
			}
			var names []string
			for _, id := range ids {
				names = append(names, id.Authority.String()+"/"+id.ID.String())
			}
			_, err = fmt.Fprintf(p.stdout, "recorded: %s %s\n", strings.Join(names, " and "), done)
			return err
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why, in a few `WORDS`; kept in the duty log")
	cmd.Flags().StringVar(&by, "by", "", "`CALLSIGN` or function of who decides; never a person's name")
	try.flag(cmd, "id")
	return cmd
}
