package main

import (
	"github.com/spf13/cobra"

	"vigil/internal/app"
	"vigil/internal/plain"
)

func formatsCommand(p *program) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "formats",
		Short: "List the formats of incident feeds, and what recognises each",
		Long: `List the formats of the files in feeds/ and of URLs, in the order in which a content is tried: what a
content is recognised by, whatever the name of its file; how often a source of the format must
speak (expect), how long after an event it speaks (lag), what it covers, and what it means that
a record is no longer there: "complete" withdraws it, "forgets" keeps it (of "reach" one content
goes back so far), "accumulates" is appended to, "extract" keeps it and looks only at the
countries that occur in it. [[source]] in vigil.toml overrides all of it. Then what the other
folders of a desk hold.`,
		Example: "vigil formats --json",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			var list []plain.Format
			for _, f := range app.Formats() {
				list = append(list, plain.Format(f))
			}
			var folders []plain.Folder
			for _, f := range app.Folders() {
				folders = append(folders, plain.Folder(f))
			}
			if asJSON {
				return plain.FormatsJSON(p.stdout, list, folders)
			}
			return plain.FormatsText(p.stdout, list, folders, p.layout())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON (vigil.formats/1)")
	return cmd
}
