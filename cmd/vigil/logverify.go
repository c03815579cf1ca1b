package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"

	"vigil/internal/app"
	"vigil/internal/figure"
	"vigil/internal/safetext"
)

func logVerifyCommand(p *program) *cobra.Command {
	var checkpoint string
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Verify that the duty log is whole",
		Long: `Read the whole duty log and verify every line: its length, its checksum, its number, and the
SHA-256 of the line before it. The exit code is 1 on any damage, an unfinished record at the
end included, and the message says the file, the line, the byte and what to do. It takes no
lock and never writes.

A log that was cut off between two entries, or put back as it was earlier, is whole in itself.
Against that: keep what vigil log checkpoint prints elsewhere, and give it as --checkpoint.`,
		Example: `vigil log verify -C mydesk
vigil log verify -C mydesk --checkpoint /media/usb/mydesk.checkpoint`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			point, err := p.checkpoint(checkpoint)
			if err != nil {
				return err
			}
			return p.withLog(func(l *app.DutyLog) error {
				found, err := l.Verify(point)
				if err != nil {
					return err
				}
				return p.verified(l, &found, point)
			})
		},
	}
	cmd.Flags().StringVar(&checkpoint, "checkpoint", "", "`FILE` with a checkpoint of this log; - is standard input")
	return cmd
}

// checkpoint reads the file of a checkpoint, if one is named.
func (p *program) checkpoint(file string) (*app.Checkpoint, error) {
	if file == "" {
		return nil, nil //nolint:nilnil // none was asked for
	}
	const most = 64 << 10
	from := io.Reader(p.stdin)
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer f.Close() //nolint:errcheck // it is only read
		from = f
	}
	text, err := io.ReadAll(io.LimitReader(from, most))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	point, err := app.ReadCheckpoint(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return &point, nil
}

// verified says what was verified.
func (p *program) verified(l *app.DutyLog, v *app.Verified, point *app.Checkpoint) error {
	var b strings.Builder
	line := func(format string, args ...any) {
		b.WriteString(safetext.Clean(fmt.Sprintf(format, args...)).Isolated() + "\n")
	}
	switch {
	case v.Segments == 0:
		line("%s: nothing is in the duty log yet", l.Dir)
	case v.Records == 0:
		line("%s: whole, and no entry is in it", l.Dir)
	default:
		line("%s: whole: %s, %s to %s, in %s of %s bytes", l.Dir, entries(v.Records), figure.Plain.Number(int(v.First)), figure.Plain.Number(int(v.Head.Seq)),
			figure.Plain.Plural(v.Segments, "file"), figure.Plain.Number(int(v.Bytes)))
		line("every length, checksum and number and the chain of hashes; it ends with %s", v.Head.Hash)
	}
	if v.Signed.Through > 0 {
		line("%s to %s were dropped by retention: signed off by %s, %s", "1", figure.Plain.Number(int(v.Signed.Through)), v.Signed.By, v.Signed.At.UTC().Format(time.RFC3339))
	}
	if v.Unknown > 0 {
		line("%s of a newer version, or of kinds that this one does not know: whole, and not understood", entries(v.Unknown))
	}
	if len(v.Aside) > 0 {
		line("unfinished records were put aside before, see kind:repair: %s", strings.Join(v.Aside, ", "))
	}
	switch {
	case point != nil:
		line("it holds all that it held at the checkpoint of %s: %s", point.Taken.UTC().Format(time.RFC3339), entries(int(point.Seq)))
	case v.Segments > 0:
		line("whether its end was cut off between two entries only a checkpoint can tell: vigil log checkpoint")
	}
	_, err := io.WriteString(p.stdout, b.String())
	return err
}

func logCheckpointCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "checkpoint",
		Short: "Print the end of the duty log, to be kept elsewhere",
		Long: `Verify the duty log and print its end as JSON (vigil.log.checkpoint/1): the number and the hash of
the last entry. Keep it where nobody who can change the log can change it: on paper, in a
message, on another machine. vigil log verify --checkpoint then notices a log that was cut off
or put back as it was before.`,
		Example: "vigil log checkpoint -C mydesk > /media/usb/mydesk.checkpoint",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			return p.withLog(func(l *app.DutyLog) error {
				point, err := l.Checkpoint()
				if err != nil {
					return err
				}
				text, err := json.Marshal(&point, jsontext.Multiline(true))
				if err != nil {
					return err
				}
				_, err = p.stdout.Write(append(text, '\n'))
				return err
			})
		},
	}
}

func logExportCommand(p *program) *cobra.Command {
	var to, output string
	var bare bool
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the whole duty log as one file",
		Long: `Write the whole duty log, oldest first, as jsonl (vigil.log/1) or csv: each entry with what it says
in words, with its place in the log and its hash, as it stands there, and with what it is about as
vigil log looks it up (looked_up, about), which is no part of the entry. A cell of CSV that a
spreadsheet would take for a formula has an apostrophe put before it.`,
		Example: "vigil log export -C mydesk --to csv -o night.csv",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if to != "csv" && to != "jsonl" {
				return usagef("--to says in which form: csv or jsonl")
			}
			ctx, stop := interrupted(cmd.Context())
			defer stop()
			return p.withLog(func(l *app.DutyLog) error {
				var all, bad int
				err := p.into(ctx, output, func(w io.Writer) (err error) {
					all, bad, err = l.Export(w, to, p.records(ctx, l, bare))
					return err
				})
				if err != nil {
					return err
				}
				said := entries(all) + " written"
				if bad > 0 {
					said += "; " + figure.Plain.Number(bad) + " of them cannot be read, and stand as such"
				}
				p.say(p.stderr, said)
				return nil
			})
		},
	}
	bareFlag(cmd, &bare)
	cmd.Flags().StringVar(&to, "to", "", "the `FORM`: csv or jsonl")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to `FILE`, whole or not at all, instead of standard output")
	_ = cmd.RegisterFlagCompletionFunc("to", cobra.FixedCompletions([]cobra.Completion{"csv", "jsonl"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}
