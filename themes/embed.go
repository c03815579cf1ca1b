// Package themes holds the themes that vigil ships, as files: they are read,
// checked and drawn with by internal/theme, and serve as examples to copy.
package themes

import "embed"

// FS holds one NAME.toml for each shipped theme.
//
//go:embed *.toml
var FS embed.FS
