package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"vigil/internal/app"
	"vigil/internal/order"
	"vigil/internal/picture"
	"vigil/internal/plain"
)

// toldCommand writes what became of telling somebody, as it is typed in the console; of an alarm alone it prints the told-sheet.
func toldCommand(p *program) *cobra.Command {
	o, _ := order.Find("told")
	cmd := orderCommand(p, o)
	write := cmd.RunE
	cmd.Use = "told A17 [FUNCTION [CHANNEL] answered [WORDS]]"
	cmd.Short = "Print the told-sheet of an alarm, or write what became of telling somebody"
	cmd.Long = `With an alarm alone, print its told-sheet: whom to call next, with the channel and the number, how far telling
everybody is, and the five-minute actions of the profile of its country. The number of no one else is printed.

With a function of the profile, write what became of the call: tried, no-answer, refused, answered or read-back. A function
that neither the sheet nor the profile has is refused: it would stand in the log for good, as somebody who knows.
Without a channel it is the one whose turn it was. "Delivered" is not told: only answered and read-back are. No answer goes
to the next channel, then to the next contact.

` + "The same can be typed in the console, after a colon. It goes into the desk's duty log, without any number."
	cmd.Example = "vigil -C mydesk told A17\nvigil -C mydesk told A17 designated official mobile no-answer\nvigil -C mydesk told A17 warden Gao VHF read-back --by Oscar"
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) > 1 {
			return write(cmd, args)
		}
		dir, err := p.desk()
		if err != nil {
			return err
		}
		ctx, stop := interrupted(cmd.Context())
		defer stop()
		pic, err := app.Snapshot(ctx, p.options(dir), time.Time{}, time.Time{})
		if err != nil {
			return opened(err)
		}
		v := pic.For(picture.DutyOfficer)
		a, ok := v.Duty().Find(args[0])
		if !ok {
			return fmt.Errorf("there is no alarm %q: the open ones are %s", args[0], openAlarms(v))
		}
		return plain.ToldSheet(p.stdout, v, a, p.layout())
	}
	return cmd
}

// openAlarms names the open alarms, those that need somebody most first.
func openAlarms(v picture.View) string {
	const most = 12
	text := ""
	for i, a := range v.Duty().Alarms(v.Known()) {
		if i == most {
			return text + ", …"
		}
		if i > 0 {
			text += ", "
		}
		text += a.Called()
	}
	if text == "" {
		return "none"
	}
	return text
}
