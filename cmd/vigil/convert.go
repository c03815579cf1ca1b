package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"vigil/internal/app"
	"vigil/internal/convert"
	"vigil/internal/figure"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

func convertCommand(p *program) *cobra.Command {
	var to, format, output string
	var all, quiet bool
	cmd := &cobra.Command{
		Use:   "convert FILE...",
		Short: "Write the incidents of any known files in another form",
		Long: `Read files of any format that vigil knows, recognised by their content, and write their
incidents and reports as jsonl (vigil's own format), csv, geojson or hxl (CSV with HXL tags).
The files need be on no desk; - is standard input. With -C, the [[source]] blocks of that
desk hold for the files that they name.

A cell that a spreadsheet would take for a formula has an apostrophe put before it. Of a
record that is restricted, in any version and any of the files, only that there is one is
written, unless --restricted is given: the files are read twice for that, and standard input
is held in memory. Problems go to standard error, as file:line:column: what, and what to do. The exit code is 1 if a file
could not be read or a record was refused; what could be used is written all the same.
Stopped by Ctrl-C it leaves FILE as it was.`,
		Example: `vigil convert export.csv --to jsonl > desk/feeds/export.jsonl
vigil convert *.cap --to geojson -o alerts.geojson`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("no file: name one or more, or - for standard input; see %s --help", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := formOf(to); err != nil {
				return err
			}
			if err := app.Converts(format); err != nil {
				return usagef("%w", err)
			}
			ctx, stop := interrupted(cmd.Context())
			defer stop()
			o := app.ConvertOptions{
				Files: args, Stdin: p.stdin, Form: convert.Form(to), Format: format, Dir: p.flags.desk, All: all, Language: p.flags.lang, Languages: p.languages(),
			}
			if !quiet {
				o.Problem = func(found problem.Problem) { fmt.Fprintln(p.stderr, found.String()) }
			}
			var done app.Converted
			err := p.into(ctx, output, func(w io.Writer) (err error) {
				done, err = app.Convert(ctx, o, w)
				return err
			})
			if err != nil {
				return opened(err)
			}
			return p.converted(&done)
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "the `FORM`: jsonl, csv, geojson or hxl")
	cmd.Flags().StringVar(&format, "format", "", "take all files as this `FORMAT` instead of recognising each")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to `FILE`, whole or not at all, instead of standard output")
	cmd.Flags().BoolVar(&all, "restricted", false, "write restricted records whole: guard what comes of it")
	cmd.Flags().BoolVarP(&quiet, "quiet", "q", false, "do not list problems; count them only")
	_ = cmd.RegisterFlagCompletionFunc("to", cobra.FixedCompletions([]cobra.Completion{"jsonl", "csv", "geojson", "hxl"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func formOf(to string) error {
	if to == "" {
		return usagef("--to says in which form: jsonl, csv, geojson or hxl")
	}
	for _, f := range convert.Forms() {
		if string(f) == to {
			return nil
		}
	}
	return usagef("%w", convert.ErrForm(to))
}

// converted says what became of the records, and fails when something could not be used.
func (p *program) converted(done *app.Converted) error {
	for _, err := range done.Failed {
		fmt.Fprintln(p.stderr, safetext.Error(err))
	}
	parts := []string{figure.Plain.Plural(done.Written, "record") + " written"}
	for _, c := range []struct {
		n    int
		what string
	}{
		{done.Withheld, "of them restricted, without their content (--restricted writes it)"},
		{done.Rejected, "refused"},
		{done.Advisories, "advisories, which are no incidents"},
		{done.Positions, "positions, which are no incidents"},
		{done.Aggregates, "aggregates, which are no incidents"},
	} {
		if c.n > 0 {
			parts = append(parts, figure.Plain.Number(c.n)+" "+c.what)
		}
	}
	fmt.Fprintln(p.stderr, strings.Join(parts, "; "))
	if len(done.Failed) > 0 || done.Rejected > 0 {
		return errFailed
	}
	return nil
}
