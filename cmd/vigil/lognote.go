package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"vigil/internal/action"
	"vigil/internal/app"
	"vigil/internal/duty"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

func logNoteCommand(p *program) *cobra.Command {
	var by string
	var try attempt
	var significant bool
	cmd := &cobra.Command{
		Use:   "note TEXT",
		Short: "Write a note into the duty log",
		Long: `Write a note into the desk's duty log and print its id once it is on the disk: the exit code is 0
only then. Every console on the desk shows it within a second. With - the text is read from
standard input. It is kept exactly as it is written, up to 64 KiB, the line break at the end of
standard input included, and never changed: a mistake is put right by a further note.

After NOT CONFIRMED nobody knows whether it was written; the same command with --id and the
id that was printed writes it once, whichever it is. Names of people do not belong in a log.`,
		Example: `vigil log note -C mydesk --by Oscar "Convoy 3 is past the river"
sitrep | vigil log note -C mydesk --significant -`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("%s takes one text, in quotes, or - for standard input; see %s --help", cmd.CommandPath(), cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := p.noteText(args[0])
			if err != nil {
				return err
			}
			ctx, stop := interrupted(cmd.Context())
			defer stop()
			return p.withLog(func(l *app.DutyLog) error {
				actor := action.Actor{Name: safetext.Clean(by), Role: picture.DutyOfficer}
				id, err := l.Write(ctx, actor, try.id(), &duty.Note{Text: duty.Words(text), Significant: significant})
				if err != nil {
					return try.failed(err)
				}
				_, err = fmt.Fprintf(p.stdout, "recorded: note %s\n", id)
				return err
			})
		},
	}
	cmd.Flags().StringVar(&by, "by", "", "`CALLSIGN` or function of who writes; never a person's name")
	try.flag(cmd, "id")
	cmd.Flags().BoolVar(&significant, "significant", false, "it is read out at the handover")
	return cmd
}

// noteText is the text of a note: all that standard input held, the line break at its end included. Line breaks alone are no text.
func (p *program) noteText(arg string) (string, error) {
	if arg != "-" {
		return arg, nil
	}
	text, err := io.ReadAll(io.LimitReader(p.stdin, duty.MaxText+1))
	if err != nil {
		return "", fmt.Errorf("standard input: %w", err)
	}
	if strings.Trim(string(text), "\r\n") == "" {
		return "", nil
	}
	return string(text), nil
}
