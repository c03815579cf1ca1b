package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"vigil/internal/action"
	"vigil/internal/app"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/order"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// onTheirOwn are the orders that have a command line of their own, with flags.
var onTheirOwn = []string{"merge", "unmerge", "note", "verify", "refute", "told"}

// signed are the orders that somebody signs, and that are not everybody's: the shell does not know who writes unless it is told. sign names
// whoever takes the watch.
var signed = []string{"offer", "accept", "decline", "signoff", "leave"}

// ringsLater are the orders after which an alarm rings again by itself, if anything runs that rings.
var ringsLater = []string{"ack", "shelve", "unshelve"}

// orderCommands are the typed commands of the console as commands of the shell.
func orderCommands(p *program) []*cobra.Command {
	var list []*cobra.Command
	for _, o := range order.All() {
		if !slices.Contains(onTheirOwn, o.Word) {
			list = append(list, orderCommand(p, o))
		}
	}
	return list
}

func orderCommand(p *program, o order.Order) *cobra.Command {
	var by string
	var try attempt
	cmd := &cobra.Command{
		Use:   o.Usage,
		Short: strings.ToUpper(o.Help[:1]) + o.Help[1:],
		Long: strings.ToUpper(o.Help[:1]) + o.Help[1:] + `.

The same can be typed in the console, after a colon. It goes into the desk's duty log, and it is done when it is on the disk:
every console on the desk shows it within a second.`,
		Example: "vigil -C mydesk " + o.Usage,
		Args: func(cmd *cobra.Command, args []string) error {
			if rest := strings.TrimPrefix(o.Usage, o.Word); len(args) == 0 && rest != "" && !strings.HasPrefix(rest, " [") {
				return usagef("write %s; see %s --help", o.Usage, cmd.CommandPath())
			}
			if by == "" && slices.Contains(signed, o.Word) {
				return usagef("%s: whoever does it signs it: say who with --by CALLSIGN", o.Word)
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
			var left string
			done, err := app.Do(ctx, p.options(dir), actor, try.of(strings.Fields(o.Line(args))...), func(v picture.View) (action.Command, error) {
				c, err := order.Parse(o.Line(args), v, actor, p.now())
				if r, ok := c.(action.Record); ok {
					left = figure.Plain.Remark(v, r.Body, p.now())
				}
				return c, err
			})
			if err != nil {
				return try.failed(err)
			}
			text := strings.Join(recorded(done), "\n  ")
			if left != "" {
				p.say(p.stderr, left)
			}
			if slices.Contains(ringsLater, o.Word) {
				defer p.unrung()
			}
			_, err = fmt.Fprintf(p.stdout, "recorded: %s\n", text)
			return err
		},
	}
	cmd.Flags().StringVar(&by, "by", "", "`CALLSIGN` or function of who does it; never a person's name")
	try.flag(cmd, "id")
	return cmd
}

// recorded is what was written, in lines: what is handed over has one for each item, which is how it is read out and answered.
func recorded(done action.Command) []string {
	r, ok := done.(action.Record)
	if !ok {
		return []string{done.Verb()}
	}
	if offer, is := r.Body.(*duty.Offer); is {
		return append([]string{offer.Summary(saying.English)}, duty.Numbered(offer.Items)...)
	}
	return []string{duty.Says(r.Body)}
}
