package app

import (
	"vigil/internal/desk"
	"vigil/internal/problem"
	"vigil/internal/tui"
	"vigil/internal/tui/keys"
)

// Changes are the keys of vigil.toml as the console's table takes them.
func Changes(list []desk.Rebinding) []keys.Change {
	changes := make([]keys.Change, len(list))
	for i, b := range list {
		changes[i] = keys.Change{Scope: b.Scope, Action: b.Action, Keys: b.Keys}
	}
	return changes
}

// checkConsole reports what the console has against vigil.toml: its keys, aliases and views.
func checkConsole(c *desk.Config) []problem.Problem {
	_, wrong := keys.Default().Rebound(Changes(c.UI.Keys))
	list := make([]desk.WrongKey, len(wrong))
	for i, w := range wrong {
		list[i] = desk.WrongKey{Rebinding: w.Change, Key: w.Key, Text: w.Text}
	}
	return append(c.CheckKeys(list), c.CheckLines(tui.Check{})...)
}
