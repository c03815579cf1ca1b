package term_test

import (
	"testing"

	"vigil/internal/term"
)

func TestLinks(t *testing.T) {
	for _, c := range []struct {
		env  []string
		want bool
	}{
		{[]string{"TERM=xterm-kitty"}, true},
		{[]string{"TERM=foot-extra"}, true},
		{[]string{"TERM=alacritty"}, true},
		{[]string{"TERM=xterm-256color", "TERM_PROGRAM=iTerm.app"}, true},
		{[]string{"TERM=xterm-256color", "WT_SESSION=1"}, true},
		{[]string{"TERM=xterm-256color", "VTE_VERSION=7600"}, true},
		{[]string{"TERM=xterm-256color", "VTE_VERSION=4800"}, false},
		{[]string{"TERM=xterm-256color", "VTE_VERSION=new"}, false},
		{[]string{"TERM=xterm-256color"}, false},
		{[]string{"TERM=xterm-256color", "TERM_PROGRAM=Apple_Terminal"}, false},
		{[]string{"TERM=footloose"}, false},
		{[]string{"TERM=linux"}, false},
		{[]string{"TERM=dumb", "VTE_VERSION=7600"}, false},
		{[]string{"TERM=tmux-256color", "TERM_PROGRAM=iTerm.app"}, false},
		{[]string{"TERM=xterm-256color", "VTE_VERSION=7600", "TMUX=/tmp/x,1,0"}, false},
		{[]string{"TERM=xterm-kitty", "SSH_TTY=/dev/pts/1"}, false},
	} {
		if got := term.Detect(c.env).Links; got != c.want {
			t.Errorf("%q takes links: %v, want %v", c.env, got, c.want)
		}
	}
}
