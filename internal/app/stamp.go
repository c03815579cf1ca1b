package app

import (
	"os"
	"strings"

	"vigil/internal/duty"
	"vigil/internal/safetext"
)

// stamp says where an entry of the duty log comes from and when it was made by the machine's steady clock. It is what all entries
// have in common that this process makes.
type stamp struct {
	from safetext.Text
	mono func() duty.Mono
}

// newStamp looks at the machine once.
func newStamp(version string) stamp {
	host, err := os.Hostname()
	if err != nil || host == "" {
		host = "host unknown"
	}
	terminal := terminalName()
	if terminal == "" {
		terminal = duty.NoTerminal
	}
	from := strings.Join([]string{host, strings.TrimSpace("vigil " + version), terminal}, ", ")
	return stamp{from: safetext.Clean(from), mono: steady}
}

// on fills in an entry just before it is recorded.
func (s stamp) on(e *duty.Entry) {
	e.From, e.Mono = s.from, s.mono()
}
