package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"vigil/internal/app"
	"vigil/internal/figure"
	"vigil/internal/logbook"
	"vigil/internal/picture"
	"vigil/internal/plain"
	"vigil/internal/query"
)

func logCommand(p *program) *cobra.Command {
	var asJSON, follow, bare bool
	var filter string
	cmd := &cobra.Command{
		Use:   "log",
		Short: "Print the duty log, and write, verify and export it",
		Long: `Print the entries of the desk's duty log, oldest first, one a line: what was done, when and by
whom. With --json each line is an object (vigil.log/1) with the entry as it stands in the file,
and with its place there and its hash.

Under an entry about a report, an alarm, a call, a flash report or a claim stands what the record
said when the entry was made, and what a further version changed; of an alarm about no incident
what rang. That is looked up when the log is printed and is no part of the entry: the log never
holds what a report said, so that nothing is left in it of what is restricted later. Then
"Restricted incident" stands there, and such a record is named by its id alone, in the JSON too ("veiled":true):
who told of it is not shown. In the JSON what was looked up is the key looked_up. --bare looks nothing up: then
every record has its id alone in the text, and the JSON is as it was written.

A FILTER is words of the entry, kind:note, by:Oscar, since:12h, until:2026-11-20 and id:..., with
OR, - and parentheses as in the console. Reading takes no lock and changes nothing.`,
		Example: `vigil log -C mydesk --filter 'since:12h -kind:send'
vigil log --json | jq -r 'select(.entry.kind=="note") | .entry.text'
vigil log note -C mydesk --by Oscar "Road to Ansongo closed"
vigil log verify -C mydesk`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			q, err := logbook.Parse(filter)
			if err != nil {
				return usagef("--filter: %w", err)
			}
			return p.withLog(func(l *app.DutyLog) error { return p.list(cmd, l, q, asJSON, follow, bare) })
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line (vigil.log/1)")
	cmd.Flags().BoolVarP(&follow, "follow", "f", false, "go on with what is added, until interrupted")
	bareFlag(cmd, &bare)
	cmd.Flags().StringVar(&filter, "filter", "", "print only the entries that a `FILTER` asks for")
	cmd.AddCommand(logNoteCommand(p), logVerifyCommand(p), logCheckpointCommand(p), logExportCommand(p))
	return cmd
}

func bareFlag(cmd *cobra.Command, bare *bool) {
	cmd.Flags().BoolVar(bare, "bare", false, "the entries alone, as they were written: no record is looked up, and nothing but the log is read")
}

// records gives the picture in which the entries of the log are looked up; nil where none is to be. Where the desk cannot be read, that is
// said, and the log is printed all the same.
func (p *program) records(ctx context.Context, l *app.DutyLog, bare bool) func() picture.View {
	if bare {
		return nil
	}
	return func() picture.View {
		v, err := l.Records(ctx)
		if err != nil {
			p.say(p.stderr, "what entries are about could not be looked up: "+err.Error())
		}
		return v
	}
}

// withLog does something with the log of the desk.
func (p *program) withLog(do func(*app.DutyLog) error) error {
	dir, err := p.desk()
	if err != nil {
		return err
	}
	l, err := app.OpenDutyLog(p.options(dir))
	if err != nil {
		return opened(err)
	}
	defer l.Close()
	return do(l)
}

// list prints the log. What is wrong with it is said after all that is whole.
func (p *program) list(cmd *cobra.Command, l *app.DutyLog, q query.Query, asJSON, follow, bare bool) error {
	ctx, stop := interrupted(cmd.Context())
	defer stop()
	out := plain.NewLog(p.stdout, plain.LogOptions{
		JSON: asJSON, Desk: l.Name, Exercise: l.Exercise, Filter: q, Layout: p.layout(), Records: p.records(ctx, l, bare),
	})
	show := func(lines []logbook.Line) error { return out.Show(lines, p.now()) }
	if follow {
		return l.Follow(ctx, show)
	}
	var lines []logbook.Line
	line, err := l.Next()
	for ; err == nil; line, err = l.Next() {
		lines = append(lines, line)
	}
	if err := show(lines); err != nil {
		return err
	}
	if !errors.Is(err, io.EOF) {
		return err
	}
	all, shown, bad := out.Counts()
	switch {
	case all == 0:
		p.say(p.stderr, fmt.Sprintf("%s: nothing is in the duty log yet", l.Dir))
	case shown < all:
		p.say(p.stderr, fmt.Sprintf("%s of %s", figure.Plain.Number(shown), entries(all)))
	}
	if bad > 0 {
		p.say(p.stderr, fmt.Sprintf("%s cannot be read, and stand as such", entries(bad)))
	}
	return nil
}

func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return figure.Plain.Number(n) + " entries"
}
