package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/desk"
	"vigil/internal/exercise"
	"vigil/internal/plain"
	"vigil/internal/safetext"
	"vigil/internal/term"
	"vigil/internal/tui"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/welcome"
)

// errNoDesk is that no desk is named, and the current directory is none.
var errNoDesk = errors.New("no desk")

// welcome is vigil without a desk: a screen that offers a demo and to make one, and lines where there is no terminal for it.
func (p *program) welcome(ctx context.Context, none error) error {
	where := "the current directory"
	if dir, err := os.Getwd(); err == nil {
		where = dir
	}
	if p.flags.linear || p.screenless() != "" {
		for _, line := range welcome.Plain(safetext.Clean(where), plain.DefaultWidth) {
			fmt.Fprintln(p.stderr, line)
		}
		return none
	}
	choice, err := p.choose(ctx, where)
	switch {
	case err != nil:
		return err
	case choice.Demo:
		return p.demo(ctx, "", exercise.Pace)
	case choice.Desk != "":
		return p.console(ctx, p.options(p.expanded(choice.Desk)))
	default:
		return nil
	}
}

// choose shows the screen until something is chosen.
func (p *program) choose(ctx context.Context, where string) (chosen welcome.Choice, err error) {
	ctx, stop := interrupted(ctx)
	defer stop()
	caps := p.caps(desk.GlyphsAuto)
	read, err := p.newThemes("", p.flags.theme).load()
	if err != nil {
		return chosen, usagef("%w; known are %s", err, p.newThemes("", "").known())
	}
	words, err := p.language("", caps)
	if err != nil {
		return chosen, err
	}
	giveBack, err := term.PrepareTTY(p.stdin.Fd())
	if err != nil {
		return chosen, err
	}
	out := term.NewOutput(p.stdout, term.OutputOptions{ASCII: caps.ASCIIGlyphs && (p.flags.ascii || !caps.UTF8), Bare: caps.Bare, Basic: caps.Basic, Now: p.now})
	model := welcome.New(welcome.Options{
		Palette: read.Palette(caps.Profile, caps.ASCIIGlyphs), Keys: keys.Welcome(), Caps: caps, Language: words, Output: out,
		Least: [2]int{tui.MinWidth, tui.MinHeight}, Where: safetext.Clean(where),
		Init: func(dir string) error { return desk.Init(p.expanded(dir)) },
	})
	options := append(out.ProgramOptions(caps, nil), tea.WithoutSignalHandler(), tea.WithInput(p.stdin), tea.WithEnvironment(p.environ))
	program := tea.NewProgram(model, options...)
	quit := context.AfterFunc(ctx, program.Quit)
	stopped := out.Job(p.stdin.Fd(), giveBack, program.Send, func() string { return "" })
	_, err = program.Run()
	stopped()
	quit()
	return model.Choice(), errors.Join(err, out.Close(), giveBack())
}

// expanded is a directory as a shell would have it: ~ is the home directory.
func (p *program) expanded(dir string) string {
	home := p.getenv("HOME")
	if rest, ok := strings.CutPrefix(dir, "~"); ok && home != "" && (rest == "" || rest[0] == filepath.Separator) {
		return filepath.Join(home, rest)
	}
	return dir
}
