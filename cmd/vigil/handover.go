package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"vigil/internal/plain"
	"vigil/internal/report"
)

// handoverCommand prints what one watch hands to the next.
func handoverCommand(p *program) *cobra.Command {
	var format string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "handover",
		Short: "Print what is open for the next watch, or the handover that waits for its signature",
		Long: `Print what is open at the desk: alarms, who was not told yet, what is due, sources that cannot be relied on, levels that
changed, what happened in this watch and its notes. Once the outgoing has signed it is what was signed, with what the incoming has
said to each item, how it stands now, and what came since.

The handover itself goes by typed commands, here and in the console after a colon:

  vigil offer         the outgoing signs what is open
  vigil accept 1 3-7  the incoming has these items
  vigil decline 2 …   the items stay with the outgoing, with a reason: vigil decline 2 4-6 not mine
  vigil sign Papa     the incoming takes the watch
  vigil signoff 2     the outgoing is done with what was declined

Without the outgoing, vigil takeover CALLSIGN REASON takes the watch; that is an alarm, and the security lead is to be told.`,
		Example: "vigil -C mydesk handover\nvigil -C mydesk handover --format markdown > handover.md",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			v, err := p.snapshot(cmd.Context())
			if err != nil {
				return err
			}
			h := report.HandoverOf(v, p.now())
			switch {
			case asJSON:
				return plain.HandoverJSON(p.stdout, &h)
			case format == "markdown":
				_, err = fmt.Fprint(p.stdout, h.Markdown())
				return err
			case format == "text":
				return plain.Written(p.stdout, h.Text(), p.layout())
			}
			return usagef("--format %q is none: write text or markdown", format)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "write text or markdown")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON (vigil.handover/1)")
	return cmd
}
