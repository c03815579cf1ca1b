package main

import (
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vigil/internal/app"
	"vigil/internal/country"
	"vigil/internal/misspelt"
	"vigil/internal/picture"
	"vigil/internal/plain"
)

func statusCommand(p *program) *cobra.Command {
	var asJSON bool
	var at, knownAt string
	cmd := &cobra.Command{
		Use:   "status [COUNTRY...]",
		Short: "Print one snapshot of the desk",
		Long: `Print one snapshot of the desk as a table, or as JSON (vigil.status/1).

A COUNTRY is a code or a name. A TIME is RFC 3339, or a date, which means its start in UTC.
--at asks what today's knowledge says of that time; --known-at what the desk knew then.`,
		Example: `vigil status -C mydesk
vigil status MLI "Burkina Faso"
vigil status --json --at 2025-08-31`,
		RunE: func(cmd *cobra.Command, args []string) error {
			countries, err := parseCountries(args)
			if err != nil {
				return err
			}
			valid, err := p.pastTime("--at", at)
			if err != nil {
				return err
			}
			known, err := p.pastTime("--known-at", knownAt)
			if err != nil {
				return err
			}
			dir, err := p.desk()
			if err != nil {
				return err
			}
			ctx, stop := interrupted(cmd.Context())
			defer stop()
			o := p.options(dir)
			o.Asked = countries
			pic, err := app.Snapshot(ctx, o, known, valid)
			if err != nil {
				return opened(err)
			}
			view := pic.For(picture.DutyOfficer)
			if asJSON {
				return plain.StatusJSON(p.stdout, view, countries)
			}
			return plain.StatusTable(p.stdout, view, countries, p.layout())
		},
		ValidArgsFunction: completeCountries,
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON (vigil.status/1)")
	cmd.Flags().StringVar(&at, "at", "", "evaluate the picture as of `TIME`")
	cmd.Flags().StringVar(&knownAt, "known-at", "", "use only what the desk had received by `TIME`")
	return cmd
}

// pastTime reads the time that a flag gives; the zero time when it is not given.
func (p *program) pastTime(flag, value string) (time.Time, error) {
	if value == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339, value)
	if err != nil {
		if t, err = time.Parse(time.DateOnly, value); err != nil {
			return time.Time{}, usagef("%s %q is no time: write it as 2026-11-20T14:21:00Z, or 2026-11-20 for its start in UTC", flag, value)
		}
	}
	if now := p.now(); t.After(now) {
		return time.Time{}, usagef("%s %s is in the future: it is %s now, and nobody knows what comes; name a time of the past",
			flag, value, now.UTC().Format(time.RFC3339))
	}
	return t.UTC(), nil
}

// parseCountries reads the countries named on the command line, each once.
func parseCountries(args []string) ([]country.Code, error) {
	var codes []country.Code
	for _, arg := range args {
		c, ok := country.Parse(arg)
		if !ok {
			if near := nearestCountry(arg); near.Known() {
				return nil, usagef("%q is no country; did you mean %s (%s)?", arg, near.Alpha3(), near.Name())
			}
			return nil, usagef("%q is no country; write a code such as MLI, or a name", arg)
		}
		if !slices.Contains(codes, c) {
			codes = append(codes, c)
		}
	}
	return codes, nil
}

func completeCountries(_ *cobra.Command, _ []string, prefix string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var found []cobra.Completion
	for _, c := range country.All() {
		if strings.HasPrefix(c.Alpha3(), strings.ToUpper(prefix)) {
			found = append(found, cobra.CompletionWithDesc(c.Alpha3(), c.Name()))
		}
	}
	return found, cobra.ShellCompDirectiveNoFileComp
}

// nearestCountry is the country of which a code or name differs least from what was written, if it differs
// by no more than a third of it.
func nearestCountry(written string) country.Code {
	var best country.Code
	least := len(written)/3 + 1
	for _, c := range country.All() {
		for _, name := range [...]string{c.Alpha3(), c.ShortName(), c.Name()} {
			if d := misspelt.Distance(strings.ToLower(written), strings.ToLower(name)); d < least {
				best, least = c, d
			}
		}
	}
	return best
}
