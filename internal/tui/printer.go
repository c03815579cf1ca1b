package tui

import (
	"fmt"
	"io"
	"strings"

	"vigil/internal/safetext"
)

// printer writes lines without anything that could steer a terminal.
type printer struct {
	w     io.Writer
	ascii bool
	err   error
}

func (p *printer) lines(lines []string) {
	for _, l := range lines {
		p.line(l)
	}
}

func (p *printer) line(s string) {
	if p.err != nil {
		return
	}
	t := safetext.Said(strings.TrimRight(s, " \n"))
	text := t.String()
	if p.ascii {
		text = t.ASCII()
	}
	_, p.err = fmt.Fprintln(p.w, text)
}

func (p *printer) bell() {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, "\a")
	}
}
