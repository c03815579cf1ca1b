package main

import (
	"runtime/debug"
	"strings"

	"charm.land/fang/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vigil/internal/term"
)

// help has fang draw the help pages where there is a terminal with colours. Elsewhere, and with TERM=dumb
// and NO_COLOR, cobra prints them as plain text. The commands themselves run under cobra alone: fang
// asks the terminal for its background colour before it reports an error, which a terminal that
// does not know the question shows as garbage, and waits for the answer.
func (p *program) help(root *cobra.Command) {
	caps := term.Detect(p.environ)
	if !term.IsTerminal(p.stdout.Fd()) || !term.IsTerminal(p.stdin.Fd()) || caps.Profile <= colorprofile.ASCII || caps.ASCIIGlyphs {
		return
	}
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		tree := newRoot(&program{stdin: p.stdin, stdout: p.stdout, stderr: p.stderr, environ: []string{"TERM=dumb"}, now: p.now})
		tree.SetArgs(append(strings.Fields(cmd.CommandPath())[1:], "--help"))
		_ = fang.Execute(cmd.Context(), tree, fang.WithVersion(version()), fang.WithoutManpage())
	})
}

// manCommand prints the man page that fang makes of the tree.
func manCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:     "man",
		Short:   "Print the man page",
		Example: "vigil man | man -l -",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			root := newRoot(p)
			for _, c := range root.Commands() {
				if c.Name() == cmd.Name() {
					root.RemoveCommand(c) // fang brings its own
				}
			}
			forMan(root)
			root.SetArgs([]string{"man"})
			return fang.Execute(cmd.Context(), root, fang.WithVersion(version()))
		},
	}
}

// forMan puts the tree into the form that fang's man page needs: it makes a paragraph of each line, prints
// the backquotes that mark the names of values, and writes -C as --C.
func forMan(root *cobra.Command) {
	const paragraph = "\n\n"
	paragraphs := strings.Split(root.Long, paragraph)
	for i := range paragraphs {
		paragraphs[i] = strings.ReplaceAll(paragraphs[i], "\n", " ")
	}
	root.Long = strings.Join(paragraphs, paragraph)
	cleanFlags(root)
}

// cleanFlags is forMan for the flags of a command and of those below it.
func cleanFlags(c *cobra.Command) {
	for _, sub := range c.Commands() {
		cleanFlags(sub)
	}
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		f.Usage = strings.ReplaceAll(f.Usage, "`", "")
		if f.Shorthand != "" {
			f.Usage, f.Shorthand = f.Usage+"; short: -"+f.Shorthand, ""
		}
	})
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := cmd.OutOrStdout().Write([]byte("vigil " + version() + "\n"))
			return err
		},
	}
}

// release is set by the build of a release: -ldflags "-X main.release=v1.2.3".
var release string

// version is the release, else what the build knows of where it comes from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return firstOf(release, "unknown")
	}
	v := release
	if v == "" && info.Main.Version != "(devel)" {
		v = info.Main.Version
	}
	var revision, modified string
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			revision = s.Value[:min(12, len(s.Value))]
		case "vcs.modified":
			if s.Value == "true" {
				modified = " with changes"
			}
		}
	}
	v = firstOf(v, "development")
	if revision != "" && !strings.Contains(v, revision) {
		v += " (" + revision + modified + ")"
	}
	return v + " " + info.GoVersion
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
