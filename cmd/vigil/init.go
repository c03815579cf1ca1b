package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"vigil/internal/desk"
)

func initCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "init DIR",
		Short: "Make a new desk",
		Long: `Make a desk in DIR: a vigil.toml that explains every key, the directories that are watched,
and examples that are not read. Files that are there already are left as they are.`,
		Example: "vigil init mydesk",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("init takes one directory; write vigil init DIR")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			dir := args[0]
			if err := desk.Init(dir); err != nil {
				return err
			}
			_, err := fmt.Fprintf(p.stdout, "made the desk %s\nedit %s/%s, put feeds into %s/%s, then: vigil -C %s\n",
				dir, dir, desk.ConfigName, dir, desk.FeedsDir, dir)
			return err
		},
	}
}
