package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"vigil/internal/app"
	"vigil/internal/plain"
)

// shownRows is how many rows vigil map shows as incidents.
const shownRows = 10

func mapCommand(p *program) *cobra.Command {
	var asJSON bool
	var sheet string
	cmd := &cobra.Command{
		Use:   "map FILE",
		Short: "Propose how the columns of a table become incidents",
		Long: `Look at a CSV, JSON, XLSX or GeoJSON file that vigil does not know and propose a [source.map] for it: which
column is the id, the time, the country, what happened, and our words for those of the file.
It is made from headings, HXL tags and the look of the values, and a person must look through
it: what was not settled is said. What is printed can be pasted into vigil.toml as it is; below it, as
comments, stand the first rows as the incidents that come of it. Nothing is written.

Of people whom a heading does not name it is never said that they are staff. With -C, the path that is
printed is relative to that desk; FILE itself is always relative to where you are. The exit code
is 1 if the file does not look like incidents.`,
		Example: `vigil map export.xlsx --sheet Incidents
vigil map -C desk desk/feeds/log.csv >> desk/vigil.toml`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("vigil map takes one file; see %s --help", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			report, err := app.Map(app.MapOptions{File: args[0], Sheet: sheet, Dir: p.flags.desk, Show: shownRows})
			if err != nil {
				return err
			}
			m := mappingOf(report)
			if asJSON {
				if err := plain.MappingJSON(p.stdout, m); err != nil {
					return err
				}
			}
			if !report.Fits {
				return fmt.Errorf("%s: no column looks like a time, a country or a position of incidents: is it the right file, or the right --sheet?", args[0])
			}
			if asJSON {
				return nil
			}
			return plain.MappingText(p.stdout, m, p.layout())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON (vigil.map/1)")
	cmd.Flags().StringVar(&sheet, "sheet", "", "the `SHEET` of a workbook; the first without it")
	return cmd
}

// mappingOf is the report as the printers take it: they know nothing of app.
func mappingOf(r *app.MapReport) *plain.Mapping {
	m := &plain.Mapping{
		Format: r.Format, TOML: r.TOML, Known: r.Known, Unused: r.Unused, Notes: r.Notes, Fits: r.Fits,
		Rows: r.Rows, Incidents: r.Incidents, Rejected: r.Rejected, Problems: r.Problems, ProblemsTotal: r.ProblemsTotal,
	}
	for _, f := range r.Fields {
		m.Fields = append(m.Fields, plain.MappingField(f))
	}
	for _, w := range r.Words {
		m.Words = append(m.Words, plain.MappingWord(w))
	}
	for _, i := range r.First {
		m.First = append(m.First, plain.MappingIncident(i))
	}
	return m
}
