package term

import (
	"bytes"

	"github.com/charmbracelet/x/ansi"
)

// known is what of p a terminal is to get; bare is that of [Caps.Bare]. p holds whole sequences. Without anything to leave out it is p itself.
//
// No terminal gets the questions that Bubble Tea asks at the start: nothing here goes by the answers, and those to a console that was left at
// once would be typed into the shell.
func known(p []byte, bare bool) []byte {
	var kept []byte
	from := 0
	for i := 0; i < len(p); {
		at := bytes.IndexByte(p[i:], ansi.ESC)
		if at < 0 {
			break
		}
		i += at
		_, _, n, _ := ansi.DecodeSequence(p[i:], ansi.NormalState, nil)
		sequence := p[i : i+max(n, 1)]
		i += len(sequence)
		switch {
		case bare && bytes.Equal(sequence, leaveScreen):
			kept = append(append(kept, p[from:i-len(sequence)]...), clearScreen...)
			from = i
		case question(sequence), bare && unknown(sequence):
			kept = append(kept, p[from:i-len(sequence)]...)
			from = i
		}
	}
	if from == 0 {
		return p
	}
	return append(kept, p[from:]...)
}

// clearScreen is how a terminal without another screen to go back to is left: a picture that stands there still looks like one that is current.
const clearScreen = "\x1b[H\x1b[J"

// question reports whether a sequence asks what nothing goes by: which modes the terminal knows (DECRQM), and which keyboard protocol.
func question(sequence []byte) bool {
	return bytes.HasPrefix(sequence, csi) && (bytes.HasSuffix(sequence, []byte("$p")) || string(sequence) == ansi.RequestKittyKeyboard)
}

// unknown reports whether a terminal that is bare does not know a sequence: those of an operating system's (OSC: titles, clipboard), the
// private ones of xterm and kitty, and private modes beside DEC's autowrap and cursor.
func unknown(sequence []byte) bool {
	if len(sequence) < 3 || sequence[1] != '[' {
		return len(sequence) > 1 && bytes.IndexByte([]byte("]P_^X"), sequence[1]) >= 0
	}
	switch sequence[2] {
	case '<', '=', '>':
		return true
	case '?':
		mode := sequence[3:]
		return len(mode) == 0 || string(mode[:len(mode)-1]) != "7" && string(mode[:len(mode)-1]) != "25"
	default:
		return false
	}
}
