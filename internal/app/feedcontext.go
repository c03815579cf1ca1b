package app

import (
	"vigil/internal/desk"
	"vigil/internal/feed"
)

// tellContext tells the decoder of a file what its [[source]] says, if it has one.
func tellContext(c *feed.Context, config *desk.Source) {
	if config != nil {
		c.Authority, c.Grade, c.Handling = config.Authority, config.Grade, config.Handling
		c.Map, c.Sheet, c.EmptyOK = config.Map, config.Sheet, config.EmptyOK
	}
}

// languagesOf are the languages in which the desk is read, the best first: the one that was asked for, that of vigil.toml, then those of the environment.
func languagesOf(asked string, config *desk.Config, environment []string) []string {
	var list []string
	for _, one := range [...]string{asked, config.UI.Language} {
		if one != "" {
			list = append(list, one)
		}
	}
	return append(list, environment...)
}
