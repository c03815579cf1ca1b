package main

import (
	"context"

	"vigil/internal/app"
	"vigil/internal/picture"
	"vigil/internal/plain"
	"vigil/internal/term"
)

// screenless says why the console cannot be drawn, or is empty if it can.
func (p *program) screenless() string {
	kind := p.getenv("TERM")
	switch {
	case kind == "" || kind == "dumb":
		return "TERM is dumb or not set"
	case term.Detect(p.environ).Dumb:
		return "TERM says that no cursor can be placed"
	case !term.IsTerminal(p.stdin.Fd()) || !term.IsTerminal(p.stdout.Fd()):
		return "not a terminal"
	default:
		return ""
	}
}

// lines is the console without a screen: plain lines until SIGINT.
func (p *program) lines(ctx context.Context, o app.Options, why string) error {
	ctx, stop := interrupted(ctx)
	defer stop()
	console := plain.NewConsole(p.stdout, why, p.layout())
	return p.follow(ctx, o, console.Show, console.Heartbeat, false)
}

// reading reports whether the first reading of the desk's files is still going on: what is shown is then
// not whole.
func reading(v picture.View) bool { return !v.Desk().Reading.IsZero() }
