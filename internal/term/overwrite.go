package term

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// nonBreaking is a blank that a renderer does not take for an empty cell.
const nonBreaking = "\u00a0"

// Overwrite makes a line of a frame one that is only ever written over, for a terminal that is [Caps.Basic].
//
// The renderer of Bubble Tea shifts what has moved within a line by inserting and deleting characters, and
// offers no way to say that a terminal cannot: of one that it does not know it takes insert mode (IRM) for granted. It
// does so only where the end of the line is empty, since otherwise the end would have to be written again. So the
// last cell, where it is a blank, becomes one that is not empty. The line must be as wide as the terminal.
func Overwrite(line string) string {
	if !strings.HasSuffix(ansi.Strip(line), " ") {
		return line
	}
	return ansi.TruncateWc(line, ansi.StringWidthWc(line)-1, "") + nonBreaking
}
