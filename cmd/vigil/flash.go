package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"vigil/internal/action"
	"vigil/internal/app"
	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/order"
	"vigil/internal/picture"
	"vigil/internal/plain"
	"vigil/internal/report"
	"vigil/internal/safetext"
)

// flashFlags are what a flash report says.
type flashFlags struct{ confirmed, notConfirmed, notKnown, action, next, by string }

func flashCommand(p *program) *cobra.Command {
	var f flashFlags
	var try attempt
	cmd := &cobra.Command{
		Use:   "flash A17|ID|COUNTRY",
		Short: "Give a flash report: what is confirmed, not confirmed and not known, and when the next is due",
		Long: `Give the next flash report on an alarm, an incident or a country. What is left out says "nothing stated"; nothing is
made up. The next report is due in 30 minutes unless --next says when, or none. The report goes into the duty log, which more
people read than may know of a restricted incident: write nothing of such a one.

vigil flash draft prints what is confirmed and not by the versions of the incident, as a beginning; vigil flash show writes a
report out; vigil flash due lists what is due.`,
		Example: `vigil -C mydesk flash A17 --confirmed "Two taken from a convoy" --not-known "where they are" --action "convoy stopped" --next 15:10Z
vigil -C mydesk flash show A17 --format sms`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("flash is about one alarm, incident or country; write vigil flash A17 --confirmed …")
			}
			if f.confirmed+f.notConfirmed+f.notKnown+f.action == "" {
				return usagef("it says nothing: write --confirmed, --not-confirmed, --not-known or --action")
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
			actor := action.Actor{Name: safetext.Clean(f.by), Role: picture.DutyOfficer}
			done, err := app.Do(ctx, p.options(dir), actor, try.of("flash", args[0], f.confirmed, f.notConfirmed, f.notKnown, f.action, f.next),
				func(v picture.View) (action.Command, error) { return p.flash(v, args[0], &f) })
			if err != nil {
				return try.failed(err)
			}
			if !done.(action.Record).Body.(*duty.Flash).Next.IsZero() {
				defer p.unrung() // that the next one is due is an alarm
			}
			_, err = fmt.Fprintf(p.stdout, "recorded: %s\n", duty.Says(done.(action.Record).Body))
			return err
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.confirmed, "confirmed", "", "what is confirmed, in `WORDS`")
	flags.StringVar(&f.notConfirmed, "not-confirmed", "", "what is said and not confirmed, in `WORDS`")
	flags.StringVar(&f.notKnown, "not-known", "", "what nobody knows yet, in `WORDS`")
	flags.StringVar(&f.action, "action", "", "what was done, in `WORDS`")
	flags.StringVar(&f.next, "next", "", "when the next report is due: `TIME` such as 15:10Z, 45m, or none (default 30m)")
	flags.StringVar(&f.by, "by", "", "`CALLSIGN` or function of who gives it; never a person's name")
	try.flag(cmd, "id")
	cmd.AddCommand(flashShowCommand(p), flashDraftCommand(p), flashDueCommand(p))
	return cmd
}

// flash is the report that the flags make.
func (p *program) flash(v picture.View, name string, f *flashFlags) (action.Command, error) {
	about, _, err := subject(v, name)
	if err != nil {
		return nil, err
	}
	now := p.now()
	next, err := order.NextDue(f.next, now)
	if err != nil {
		return nil, usagef("--next: %v", err)
	}
	b := &duty.Flash{Alarm: about.Alarm, Incident: about.Incident, Country: about.Country, Number: v.Duty().NextFlash(about), Next: next}
	b.Confirmed, b.NotConfirmed = duty.Words(f.confirmed), duty.Words(f.notConfirmed)
	b.NotKnown, b.Action = duty.Words(f.notKnown), duty.Words(f.action)
	return action.Record{Body: b}, nil
}

// subject is what a word on the command line is about: an alarm, an incident, or a country.
func subject(v picture.View, name string) (duty.Subject, picture.ID, error) {
	if a, ok := v.Duty().Find(name); ok {
		return duty.Subject{Alarm: a.ID}, 0, nil
	}
	if found := v.Named(name); len(found) == 1 {
		for id := range v.Incidents() {
			if v.Identity(id) == found[0] {
				return duty.Subject{Incident: duty.NameOf(found[0])}, id, nil
			}
		}
		return duty.Subject{Incident: duty.NameOf(found[0])}, 0, nil
	} else if len(found) > 1 {
		return duty.Subject{}, 0, fmt.Errorf("%q is the id of several incidents: write the authority before it, such as %s/%s", name, found[0].Authority, found[0].ID)
	}
	if c, ok := country.Parse(name); ok {
		return duty.Subject{Country: c.Alpha3()}, 0, nil
	}
	return duty.Subject{}, 0, fmt.Errorf("%q is no alarm, no incident and no country: the open alarms are %s", name, openAlarms(v))
}

// snapshot is the desk as it is now.
func (p *program) snapshot(ctx context.Context) (picture.View, error) {
	dir, err := p.desk()
	if err != nil {
		return picture.View{}, err
	}
	ctx, stop := interrupted(ctx)
	defer stop()
	pic, err := app.Snapshot(ctx, p.options(dir), time.Time{}, time.Time{})
	if err != nil {
		return picture.View{}, opened(err)
	}
	return pic.For(picture.DutyOfficer), nil
}

func oneSubject(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usagef("name one alarm, incident or country, such as A17")
	}
	return nil
}

func flashShowCommand(p *program) *cobra.Command {
	var format string
	var number int
	cmd := &cobra.Command{
		Use:   "show A17|ID|COUNTRY",
		Short: "Write a flash report out as text, Markdown, or within 480 characters for SMS and radio",
		Long: `Write the last flash report on an alarm, an incident or a country out. The short form is ASCII that every telephone
takes; what has no room in it is counted, and it says that it is not whole. Of a restricted incident no form says anything.`,
		Example: "vigil -C mydesk flash show A17 --format sms",
		Args:    oneSubject,
		RunE: func(cmd *cobra.Command, args []string) error {
			v, err := p.snapshot(cmd.Context())
			if err != nil {
				return err
			}
			about, _, err := subject(v, args[0])
			if err != nil {
				return err
			}
			given := v.Duty().Flashes(about)
			if len(given) == 0 {
				return errors.New("no flash report on it was given yet: give one with vigil flash " + args[0] + " --confirmed …")
			}
			f := given[len(given)-1]
			for _, g := range given {
				if number > 0 && g.Number == number {
					f = g
				}
			}
			if number > 0 && f.Number != number {
				return fmt.Errorf("there is no flash report %d on it: the last is %d", number, f.Number)
			}
			out := report.FlashOf(v, f)
			text := map[string]func() string{"text": out.Text, "markdown": out.Markdown, "sms": func() string { return out.SMS() + "\n" }}[format]
			if text == nil {
				return usagef("--format %q is none: write text, markdown or sms", format)
			}
			_, err = fmt.Fprint(p.stdout, text())
			return err
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "write text, markdown, or sms (at most 480 characters)")
	cmd.Flags().IntVar(&number, "number", 0, "the report of that number instead of the last")
	return cmd
}

func flashDraftCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:     "draft A17|ID",
		Short:   "Print what a flash report would begin with: what is confirmed and not by every version of the incident",
		Long:    "Print what a flash report would begin with, from every version of the incident that stands. Nothing is recorded.",
		Example: "vigil -C mydesk flash draft A17",
		Args:    oneSubject,
		RunE: func(cmd *cobra.Command, args []string) error {
			v, err := p.snapshot(cmd.Context())
			if err != nil {
				return err
			}
			about, id, err := subject(v, args[0])
			if err != nil {
				return err
			}
			d := report.Draft(figure.Plain, v, about, id, p.now())
			out := report.FlashOf(v, duty.Flashed{At: p.now(), Flash: &d.Flash})
			out.Restricted = out.Restricted || d.Restricted
			if d.Kept > 0 {
				p.say(p.stderr, fmt.Sprintf("%d of the versions must not be passed on, and nothing of them is filled in", d.Kept))
			}
			_, err = fmt.Fprint(p.stdout, out.Text())
			return err
		},
	}
}

func flashDueCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:     "due",
		Short:   "List the flash reports that are due",
		Long:    "List the flash reports that were promised and not given yet, the first due first.",
		Example: "vigil -C mydesk flash due",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			v, err := p.snapshot(cmd.Context())
			if err != nil {
				return err
			}
			return plain.FlashesDue(p.stdout, v, p.layout())
		},
	}
}
