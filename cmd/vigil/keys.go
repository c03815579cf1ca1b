package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"vigil/internal/app"
	"vigil/internal/tui"
	"vigil/internal/tui/keys"
)

// keyRow is one line of vigil keys, and one object of vigil.keys/1.
type keyRow struct {
	Scope  string   `json:"scope"`
	Action string   `json:"action"`
	Keys   []string `json:"keys"`
	Help   string   `json:"help"`
}

func keysCommand(p *program) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "keys",
		Short: "List the console's actions with their keys",
		Long: `List what keys do in the console: the scope, the action and its keys, as [keys] in vigil.toml names them. Of a desk (-C, $VIGIL_DESK, or the
current directory) these are the keys in force there; else those that vigil ships with.`,
		Example: "vigil keys\nvigil keys -C mydesk --json",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			table, err := p.keysInForce()
			if err != nil {
				return err
			}
			rows := keyRows(table)
			if asJSON {
				out := json.NewEncoder(p.stdout)
				out.SetIndent("", "  ")
				out.SetEscapeHTML(false)
				return out.Encode(struct {
					Schema string   `json:"schema"`
					Keys   []keyRow `json:"keys"`
				}{"vigil.keys/1", rows})
			}
			for _, r := range rows {
				if _, err := fmt.Fprintf(p.stdout, "%-8s  %-16s  %-16s  %s\n", r.Scope, r.Action, strings.Join(r.Keys, " "), r.Help); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON (vigil.keys/1)")
	return cmd
}

// keysInForce are those of the desk, if there is one.
func (p *program) keysInForce() (*keys.Table, error) {
	dir, err := p.desk()
	if err != nil {
		if p.flags.desk != "" || p.getenv("VIGIL_DESK") != "" {
			return nil, err
		}
		return keys.Default(), nil
	}
	ui, err := app.ReadUI(p.options(dir))
	if err != nil {
		return nil, err
	}
	return bindings(ui), nil
}

// bindings is the table in force: with vigil.toml's own keys, as far as they hold.
func bindings(ui app.UI) *keys.Table {
	table, wrong := keys.Default().Rebound(app.Changes(ui.Keys))
	if len(wrong) > 0 { // half of them could leave no key for what the other half moved
		return keys.Default()
	}
	return table
}

// aliases are those of vigil.toml.
func aliases(ui app.UI) []tui.Alias {
	var list []tui.Alias
	for _, a := range ui.Aliases {
		list = append(list, tui.Alias{Name: a.Name, Line: a.Line})
	}
	return list
}

// namedViews are those of vigil.toml.
func namedViews(ui app.UI) []tui.View {
	var list []tui.View
	for _, v := range ui.Views {
		list = append(list, tui.View{Name: v.Name, Line: v.Line(), Filter: v.Filter})
	}
	return list
}

// keyRows are all actions; one that has no key is there, too.
func keyRows(table *keys.Table) []keyRow {
	var rows []keyRow
	for _, s := range keys.Default().Scopes() {
		for _, b := range keys.Default().Of(s) {
			r := keyRow{string(s), string(b.ID), []string{}, b.Help}
			for _, now := range table.Of(s) {
				if now.ID == b.ID {
					r.Keys = now.Keys
				}
			}
			rows = append(rows, r)
		}
	}
	return rows
}
