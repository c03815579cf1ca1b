package main

import (
	"github.com/spf13/cobra"

	"vigil/internal/app"
	"vigil/internal/plain"
	"vigil/internal/safetext"
)

func checkCommand(p *program) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: "List every problem of the desk's files",
		Long: `Read the desk once and print every problem as file:line:column: what, and what to do; then
each source with its format, how often it must speak (expect), how long after an event it
speaks (lag) and what it covers. The exit code is 1 if there is an error, 0 if there are only
warnings.`,
		Example: "vigil check -C mydesk",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := p.desk()
			if err != nil {
				return err
			}
			ctx, stop := interrupted(cmd.Context())
			defer stop()
			report, err := app.Check(ctx, p.options(dir))
			if err != nil {
				return opened(err)
			}
			found := checkOf(&report)
			write := plain.CheckText
			if asJSON {
				write = plain.CheckJSON
			}
			if err := write(p.stdout, found); err != nil {
				return err
			}
			if errs, _ := found.Errors(); errs > 0 {
				return errFailed
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON (vigil.check/1)")
	return cmd
}

// checkOf is the report as the printers take it: they know nothing of app.
func checkOf(r *app.Report) *plain.Check {
	c := &plain.Check{Name: safetext.Clean(r.Name), Exercise: r.Exercise, At: r.At, Problems: r.Problems}
	for _, s := range r.Sources {
		c.Sources = append(c.Sources, plain.CheckSource(s))
	}
	for _, i := range r.Ignored {
		c.Ignored = append(c.Ignored, plain.IgnoredFile(i))
	}
	return c
}
