package main

import (
	"errors"
	"time"

	"github.com/spf13/cobra"

	"vigil/internal/alarm/rule"
	"vigil/internal/alarm/three"
	"vigil/internal/app"
	"vigil/internal/desk"
	"vigil/internal/duty"
	"vigil/internal/misspelt"
	"vigil/internal/plain"
)

func alarmCommand(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "alarm",
		Short: "List the open alarms of a desk or its alarm rules, or show what they would have rung",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usagef("%q is nothing that vigil alarm does; see vigil alarm --help", args[0])
			}
			return cmd.Help()
		},
	}
	cmd.AddCommand(alarmOpenCommand(p), alarmListCommand(p), alarmTestCommand(p))
	return cmd
}

func alarmOpenCommand(p *program) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "open",
		Short: "List the open alarms and those to be told again, and who has the watch",
		Long: `List the open alarms, those that need somebody most first: severity, who has each and for how long, how old it is, how many
of those who must know were told, and what rang. vigil status has the same among the rest. Alarms ring while vigil or vigil tail
runs on the desk.`,
		Example: "vigil alarm open -C mydesk",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			v, err := p.snapshot(cmd.Context())
			if err != nil {
				return err
			}
			if asJSON {
				return plain.AlarmsJSON(p.stdout, v)
			}
			return plain.AlarmsText(p.stdout, v, p.layout())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON (vigil.alarms/1)")
	return cmd
}

func alarmListCommand(p *program) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the alarm rules in force, and where each comes from",
		Long: `List the alarm rules in force, the highest severity first: the set that ships, what [[alarm]] blocks
of vigil.toml change of it, and the desk's own; then when each of them rings. Last are the rules that
come with a later version and are not in force.`,
		Example: "vigil alarm list -C mydesk",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			dir, err := p.desk()
			if err != nil {
				return err
			}
			rules, err := app.Rules(p.options(dir))
			if err != nil {
				return opened(err)
			}
			if asJSON {
				return plain.RulesJSON(p.stdout, rules)
			}
			return plain.RulesText(p.stdout, rules, desk.ConfigName, p.layout())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON (vigil.alarm-rules/1)")
	return cmd
}

// mostDays is how far back a replay goes at most: a hundred years.
const mostDays = 36_500

func alarmTestCommand(p *program) *cobra.Command {
	var asJSON bool
	var when, on, severity string
	var days int
	cmd := &cobra.Command{
		Use:   "test [RULE]",
		Short: "Show every alarm that a rule would have rung",
		Long: `Show every alarm that a rule would have rung in the last days: RULE by its name, or a draft by
--when; without either, all rules in force together.

Each incident is asked as it is known today, at the time at which it came to this desk; where that
is not recorded, because it was there at the first reading of its source, it is taken to have come
when it was reported, else at some time of when it happened, and is marked ~. Countries are asked
of the picture of each day. Presence and levels are those of today; the states of sources, the
calendar and the desk in the past are not recorded, and rules on them are not replayed. Somebody
is taken to acknowledge each alarm after ten minutes.`,
		Example: `vigil alarm test "incident near staff" --days 30 -C mydesk
vigil alarm test --when "act == 'abduction' and staff_near(50) > 0" --days 365`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("%s takes one rule, and here are %d: put its name in quotes", cmd.CommandPath(), len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if days < 1 || days > mostDays {
				return usagef("--days %d: write a number from 1 to %d", days, mostDays)
			}
			if when == "" && (cmd.Flags().Changed("on") || cmd.Flags().Changed("severity")) || when != "" && len(args) > 0 {
				return usagef("name a rule, or write a draft with --when (and --on, --severity); see %s --help", cmd.CommandPath())
			}
			draft, err := draftRule(when, on, severity)
			if err != nil {
				return err
			}
			dir, err := p.desk()
			if err != nil {
				return err
			}
			ctx, stop := interrupted(cmd.Context())
			defer stop()
			var asked rule.Set
			const day = 24 * time.Hour
			replayed, err := app.Replay(ctx, p.options(dir), func(all rule.Set) (rule.Set, error) {
				asked, err = chosen(all, args, draft)
				return asked, err
			}, time.Duration(days)*day)
			if err != nil {
				return opened(err)
			}
			if asJSON {
				return plain.ReplayJSON(p.stdout, &replayed, asked)
			}
			return plain.ReplayText(p.stdout, &replayed, asked, p.layout())
		},
	}
	cmd.Flags().StringVar(&when, "when", "", "try a draft: the `EXPRESSION` of a rule")
	cmd.Flags().StringVar(&on, "on", string(rule.Incident), "what the draft is asked of: incident or country")
	cmd.Flags().StringVar(&severity, "severity", string(duty.High), "severity of the draft: critical, high, medium or low")
	cmd.Flags().IntVar(&days, "days", 90, "look back so many `DAYS`")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON (vigil.alarm-test/1)")
	return cmd
}

// draftRule makes the rule that --when writes; nil without one.
func draftRule(when, on, severity string) (*rule.Rule, error) {
	if when == "" {
		return nil, nil
	}
	of, s := rule.On(on), duty.Severity(severity)
	switch {
	case of != rule.Incident && of != rule.Country:
		return nil, usagef("--on %q: a draft is asked of an incident or a country; what else is asked of leaves no record of the past", on)
	case !s.Valid():
		return nil, usagef("--severity %q is none: write critical, high, medium or low", severity)
	}
	d := rule.Draft{Name: "draft", On: &of, When: &when, Severity: &s}
	r, err := d.Rule()
	if wrong := (*three.Error)(nil); errors.As(err, &wrong) {
		return nil, usagef("--when: %w", wrong)
	}
	return &r, err
}

// chosen are the rules that are asked: the draft, the one named, or all in force.
func chosen(all rule.Set, args []string, draft *rule.Rule) (rule.Set, error) {
	if draft != nil {
		return rule.Set{*draft}, nil
	}
	if len(args) == 0 {
		return all.InForce(), nil
	}
	r, ok := all.Find(args[0])
	if !ok {
		if near, is := misspelt.Nearest(args[0], all.Names()); is {
			return nil, usagef("there is no alarm rule %q; did you mean %q?", args[0], near)
		}
		return nil, usagef("there is no alarm rule %q; vigil alarm list shows them, and --when tries a draft", args[0])
	}
	tried := *r
	tried.Off = false // to see what it would ring is why it is asked for
	return rule.Set{tried}, nil
}
