package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vigil/internal/app"
	"vigil/internal/desk"
	"vigil/internal/lang"
	"vigil/internal/plain"
	"vigil/internal/term"
)

// flags are those of all commands.
type flags struct {
	desk  string
	state string
	by    string // of who sits at the console
	theme string
	ascii bool
	lang  string // of the console
	// linear is the console as lines
	linear bool
	thin   bool // whatever the link is measured to bear
}

const long = `vigil watches a desk, a directory of incident feeds, security level files and staff
presence, and shows live what is known of each country, and what is not.

Without a command it opens the console on the desk named by -C, else by $VIGIL_DESK, else on
the current directory; if that is none either, a screen offers a demo and to make a desk. With --linear, or on a terminal with
TERM=dumb, the console is lines that are only ever added: it prints what is asked for, one command a line, and what changes.
Without a terminal it prints what changes.`

// newRoot is the tree of commands.
func newRoot(p *program) *cobra.Command {
	root := &cobra.Command{
		Use:   "vigil",
		Short: "Terminal console for a security duty desk",
		Long:  long,
		Example: `vigil demo
vigil init mydesk
vigil -C mydesk
vigil status -C mydesk --json`,
		Version:           version(),
		SilenceUsage:      true,
		SilenceErrors:     true,
		Args:              unknownCommand,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: false},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return empties(cmd) },
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := p.desk()
			if errors.Is(err, errNoDesk) {
				return p.welcome(cmd.Context(), err)
			}
			if err != nil {
				return err
			}
			return p.console(cmd.Context(), p.options(dir))
		},
	}
	root.SuggestionsMinimumDistance = 2
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	root.SetVersionTemplate("vigil {{.Version}}\n")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usagef("%w; see %s --help", flagError(err), cmd.CommandPath())
	})
	all := root.PersistentFlags()
	all.StringVarP(&p.flags.desk, "desk", "C", "", "the desk's `DIR`; else $VIGIL_DESK, else the current directory")
	all.StringVar(&p.flags.state, "state", "", "keep intake and logs in `DIR` instead of the desk")
	all.StringVar(&p.flags.theme, "theme", "", "`NAME` of the console's theme, one of those that vigil theme list has")
	all.BoolVar(&p.flags.ascii, "ascii", false, "draw with ASCII only")
	all.StringVar(&p.flags.lang, "lang", "", "say the console in `LANGUAGE`: "+strings.Join(lang.Tags(), ", ")+"; else as vigil.toml or LANG say")
	all.BoolVar(&p.flags.thin, "low-bandwidth", false, "draw seldom and in 80 columns, whatever the link bears")
	root.Flags().StringVar(&p.flags.by, "by", "", "`CALLSIGN` or function of who sits at the console; never a person's name")
	linearFlag(p, root)
	_ = root.MarkPersistentFlagDirname("desk")
	_ = root.MarkPersistentFlagDirname("state")

	root.AddCommand(
		statusCommand(p), tailCommand(p), reportCommand(p), verifyCommand(p), refuteCommand(p), mergeCommand(p), unmergeCommand(p), outCommand(p), checkCommand(p), convertCommand(p), mapCommand(p), formatsCommand(p), initCommand(p), demoCommand(p), versionCommand(), manCommand(p), logCommand(p), toldCommand(p), flashCommand(p), handoverCommand(p), watchCommand(p), keysCommand(p),
	)
	root.AddCommand(orderCommands(p)...)
	root.AddCommand(alarmCommand(p), themeCommand(p), doctorCommand(p))
	p.help(root)
	return root
}

// linearFlag is the flag of the commands that open the console.
func linearFlag(p *program, cmd *cobra.Command) {
	cmd.Flags().BoolVar(&p.flags.linear, "linear", false, "the console as plain lines, for screen readers and serial lines: type help in it")
}

// valueFlags are the flags that take a value.
var valueFlags = [...]string{"desk", "state", "theme", "lang", "at", "known-at", "since", "dir", "speed", "to", "format", "output", "reason", "by", "sheet", "id", "refuted", "when", "on", "severity", "filter", "checkpoint", "privacy", "every"}

// empties refuses flags that are given and empty, such as --at "$T" where T is not set: they asked for
// something, and the answer to nothing asked would look like it.
func empties(cmd *cobra.Command) error {
	for _, name := range valueFlags {
		if f := cmd.Flags().Lookup(name); f != nil && f.Changed && f.Value.String() == "" {
			return usagef("--%s is empty: give it a value, or leave it out; see %s --help", name, cmd.CommandPath())
		}
	}
	return nil
}

// noArguments and the like are cobra's checks as usage errors.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("%s takes no arguments, and %q is one; see %s --help", cmd.CommandPath(), args[0], cmd.CommandPath())
	}
	return nil
}

func unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if desk.IsDesk(args[0]) {
		return usagef("%q is not a command; to open that desk: vigil -C %s", args[0], args[0])
	}
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return usagef("%q is not a command; did you mean %q?", args[0], near[0])
	}
	return usagef("%q is not a command; see vigil help", args[0])
}

// getenv is the value of a variable of the environment, empty if it is not set.
func (p *program) getenv(name string) string {
	value, _ := p.lookup(name)
	return value
}

// lookup is the last of the environment's entries of that name, as in [os/exec].
func (p *program) lookup(name string) (value string, found bool) {
	for _, entry := range p.environ {
		if n, v, ok := strings.Cut(entry, "="); ok && n == name {
			value, found = v, true
		}
	}
	return value, found
}

// desk is the directory of the desk: -C, else VIGIL_DESK, else the current directory if it is one.
func (p *program) desk() (string, error) {
	const hint = "make one with vigil init DIR, or look at an exercise with vigil demo"
	switch {
	case p.flags.desk != "":
		return p.flags.desk, isDesk(p.flags.desk, "", hint)
	case p.getenv("VIGIL_DESK") != "":
		dir := p.getenv("VIGIL_DESK")
		return dir, isDesk(dir, " (from $VIGIL_DESK)", hint)
	case desk.IsDesk("."):
		return ".", nil
	default:
		return "", usagef("%w: the current directory is none, and neither -C DIR nor $VIGIL_DESK names one; %s", errNoDesk, hint)
	}
}

func isDesk(dir, from, hint string) error {
	if desk.IsDesk(dir) {
		return nil
	}
	return fmt.Errorf("%s%s: %w: it has no %s; %s", dir, from, app.ErrNoDesk, desk.ConfigName, hint)
}

// options are how the desk in dir is opened.
func (p *program) options(dir string) app.Options {
	o := app.Options{Dir: dir, State: p.flags.state, Version: version(), Now: p.now, Lookup: p.lookup, Language: p.flags.lang, Languages: p.languages()}
	if o.State != "" { // it is relative to where the command was given, not to the desk
		if abs, err := filepath.Abs(o.State); err == nil {
			o.State = abs
		}
	}
	return o
}

// layout is how lines are laid out on standard output.
func (p *program) layout() plain.Layout {
	l := plain.Layout{ASCII: p.flags.ascii}
	if fd := p.stdout.Fd(); term.IsTerminal(fd) {
		caps := term.Detect(p.environ)
		l.ASCII = l.ASCII || caps.ASCIIGlyphs
		l.Width, _ = term.Size(fd, p.environ)
	}
	return l
}

// opened gives the errors of opening a desk the next step.
func opened(err error) error {
	if errors.Is(err, app.ErrNoDesk) {
		return fmt.Errorf("%w; make one with vigil init DIR", err)
	}
	return err
}

// flagError is the error of a flag in words: what it takes, and not what reading it failed on.
func flagError(err error) error {
	wrong := new(pflag.InvalidValueError)
	if !errors.As(err, &wrong) {
		return err
	}
	takes, known := map[string]string{
		"int": "a whole number", "float64": "a number", "duration": "how long, such as 30s, 10m or 2h", "bool": "true or false, or nothing",
	}[wrong.GetFlag().Value.Type()]
	if !known {
		return err
	}
	return fmt.Errorf("--%s takes %s, and %q is not", wrong.GetFlag().Name, takes, wrong.GetValue())
}
