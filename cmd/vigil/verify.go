package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"vigil/internal/action"
	"vigil/internal/app"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

func verifyCommand(p *program) *cobra.Command {
	words := []string{incident.Unconfirmed.String(), incident.Probable.String(), incident.Confirmed.String()}
	return p.moves("verify", "verify ID "+strings.Join(words, "|"), "Move how far an incident is established", "probable",
		func(name incident.Identity, word string, reason duty.Text) (action.Report, error) {
			to := incident.ParseVerification(word)
			if to.Unlisted() || to.Value == incident.Refuted {
				return action.Report{}, usagef("%q is not how far something is established: write %s; vigil refute says that it did not happen", word, strings.Join(words, ", "))
			}
			return action.Verify(name, to.Value, reason), nil
		})
}

func refuteCommand(p *program) *cobra.Command {
	return p.moves("refute", "refute ID false-alarm|hoax|duplicate|drill", "Say that an incident did not happen as reported", "hoax --reason \"the caller said so\"",
		func(name incident.Identity, word string, reason duty.Text) (action.Report, error) {
			why, err := duty.ParseRefutation(word)
			if err != nil {
				return action.Report{}, usagef("%w", err)
			}
			return action.Refute(name, why, reason), nil
		})
}

// moves is a command that moves how far an incident is established.
func (p *program) moves(
	verb, use, short, example string, command func(incident.Identity, string, duty.Text) (action.Report, error),
) *cobra.Command {
	var reason, by string
	var try attempt
	var asJSON bool
	cmd := &cobra.Command{
		Use:   use,
		Short: short,
		Long: short + `. ID is that of an incident, with its authority before it where it needs one: radio/R-1. An incident of the desk's
own feed gets a further version; of another source's the desk's own word is written beside it, which stands for the event until a
source says something else. What is refuted leaves the windows and stays listed, and everybody who was told of its alarms must be told again.`,
		Example: fmt.Sprintf("vigil %s -C mydesk R-7QK2MXWA %s", verb, example),
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usagef("write vigil %s; see %s --help", use, cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := p.desk()
			if err != nil {
				return err
			}
			if _, err := command(incident.Identity{}, args[1], duty.Text{}); err != nil {
				return err // before the desk is read
			}
			ctx, stop := interrupted(cmd.Context())
			defer stop()
			actor := action.Actor{Name: safetext.Clean(by), Role: picture.DutyOfficer}
			done, err := app.DoReport(ctx, p.options(dir), actor, try.id(), func(v picture.View) (action.Report, error) {
				name, err := app.NamedReport(v, args[0])
				if err != nil {
					return action.Report{}, err
				}
				return command(name, args[1], duty.Words(reason))
			})
			if err != nil {
				return try.failed(err)
			}
			return p.reported(&done, asJSON)
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why, in a few `WORDS`; kept in the duty log unless the incident is restricted")
	cmd.Flags().StringVar(&by, "by", "", "`CALLSIGN` or function of who decides; never a person's name")
	try.flag(cmd, "id")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print what was written")
	return cmd
}

// unrung says where nothing runs on the desk that would ring for what was just recorded.
func (p *program) unrung() {
	if dir, err := p.desk(); err == nil && !app.Runs(p.options(dir)) {
		p.say(p.stderr, "nothing runs on this desk that rings or sends: alarms ring once vigil or vigil tail runs")
	}
}

// reported prints what was written.
func (p *program) reported(done *app.Reported, asJSON bool) (err error) {
	defer p.unrung()
	if words := done.NotKept(); words != "" {
		p.say(p.stderr, words)
	}
	if asJSON {
		_, err = p.stdout.Write(done.JSON())
		return err
	}
	_, err = fmt.Fprintln(p.stdout, "recorded: "+done.String())
	return err
}
