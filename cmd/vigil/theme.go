package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"

	"vigil/internal/app"
	"vigil/internal/desk"
	"vigil/internal/plain"
	"vigil/internal/safetext"
	"vigil/internal/term"
	"vigil/internal/theme"
	"vigil/internal/theme/sight"
)

func themeCommand(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "theme",
		Short: "List, show and check themes",
		Long: `List, show and check the themes of the console: those that come with vigil, and those of the desk's own themes/. A theme
is chosen by --theme NAME, by theme = "NAME" under [ui] in vigil.toml, and by :theme NAME while the console runs.`,
		Example: "vigil theme list\nvigil theme preview --all\nvigil theme check mydesk/themes/mine.toml",
		Args:    unknownTheme,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(themeListCommand(p), themePreviewCommand(p), themeCheckCommand(p))
	return cmd
}

// unknownTheme refuses what is no command below theme, such as the name of a theme.
func unknownTheme(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("vigil theme has list, preview and check, and no %q; to open the console with a theme: vigil --theme %s", args[0], args[0])
	}
	return nil
}

func themeListCommand(p *program) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the themes, what each is for, and where it comes from",
		Example: "vigil theme list -C mydesk",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			files, err := p.themes()
			if err != nil {
				return err
			}
			list := make([]plain.ThemeEntry, 0, len(files.names()))
			for _, name := range files.names() {
				entry, _ := files.entry(name)
				list = append(list, entry)
			}
			if asJSON {
				return plain.ThemesJSON(p.stdout, list)
			}
			return plain.ThemesText(p.stdout, list, p.layout())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON (vigil.themes/1)")
	return cmd
}

func themePreviewCommand(p *program) *cobra.Command {
	var all, asJSON bool
	cmd := &cobra.Command{
		Use:   "preview [NAME...]",
		Short: "Show themes as they come out on this terminal",
		Long: `Show themes as they come out on this terminal: every role with the words and the mark that screens show it with, its contrast by
WCAG, every mark, and how far the steps of risk, of levels and of a source's states are apart for eyes that lack one kind of cone. Without a
NAME it is the theme that the console would open with.`,
		Example: "vigil theme preview night\nvigil theme preview --all | less -R\nNO_COLOR=1 vigil theme preview",
		RunE: func(_ *cobra.Command, names []string) error {
			files, err := p.themes()
			if err != nil {
				return err
			}
			switch {
			case all && len(names) > 0:
				return usagef("--all is every theme: leave the names out, or --all")
			case all:
				names = files.names()
			case len(names) == 0:
				names = []string{files.name}
			}
			layout, profile := p.layout(), p.profile()
			var list []plain.ThemePreview
			for _, name := range names {
				entry, read := files.entry(name)
				if read == nil && !all {
					return usagef("%s; known are %s", entry.Trouble, files.known())
				}
				list = append(list, plain.ThemePreview{Entry: entry, Theme: read, Profile: profile})
			}
			if asJSON {
				return plain.PreviewJSON(p.stdout, list, layout.ASCII)
			}
			return plain.PreviewText(p.stdout, list, layout)
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "show every theme")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON (vigil.theme.preview/1)")
	return cmd
}

func themeCheckCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE...",
		Short: "List every mistake of a theme's file, and every role that is hard to read",
		Long: `Print every mistake of a theme's file as FILE:line:column: what, and what to do. Where there is none, print as warnings each role whose
contrast is below WCAG's 4.5:1, with true colour, 256 or 16 colours (of VGA and xterm; what the theme leaves to the terminal is taken for white
on black), and each two steps of risk or level that look alike. The exit code is 1 if there is a mistake, 0 if there are only warnings. What a
theme inherits is looked for beside it, then among those that come with vigil.`,
		Example: "vigil theme check mydesk/themes/mine.toml",
		RunE: func(_ *cobra.Command, files []string) error {
			if len(files) == 0 {
				return usagef("check takes files; write vigil theme check FILE")
			}
			bad := false
			for _, file := range files {
				read, err := readTheme(file)
				if err != nil {
					bad = true
					p.tell(err)
					continue
				}
				warnings := themeWarnings(read, file)
				for _, w := range warnings {
					fmt.Fprintln(p.stdout, w)
				}
				if len(warnings) == 0 {
					fmt.Fprintf(p.stdout, "%s: %s is well: every role has %.1f:1 or more\n", safetext.Clean(file).Isolated(), read.Name, sight.LeastContrast)
				}
			}
			if bad {
				return errFailed
			}
			return nil
		},
	}
}

// tell prints each mistake on a line of its own.
func (p *program) tell(err error) {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		for _, e := range joined.Unwrap() {
			p.tell(e)
		}
		return
	}
	fmt.Fprintln(p.stdout, safetext.Error(err).Isolated())
}

func readTheme(file string) (*theme.Theme, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the theme: %w", err)
	}
	beside := &themeFiles{own: os.DirFS(filepath.Dir(file))}
	return theme.Parse(file, data, beside.text)
}

// themeWarnings are what of a theme is hard to read or to tell apart, a line for each role or pair of them with where that is so.
func themeWarnings(t *theme.Theme, file string) []string {
	var hard, alike warnings
	for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI} {
		for _, on := range []*sight.Terminal{&sight.VGA, &sight.Xterm} {
			if profile > colorprofile.ANSI && on != &sight.VGA {
				continue // the sixteen are told of below
			}
			with := term.Colours(profile)
			if profile == colorprofile.ANSI {
				with += " of " + on.Name
			}
			for _, r := range theme.Roles() {
				if got := on.Look(t, r, profile).Contrast(); got < sight.LeastContrast {
					what := fmt.Sprintf("%s: warning: %s has a contrast of ", themePlace(t, file, r, profile), r)
					hard.add(what, fmt.Sprintf("%.1f:1 with %s", sight.Tenths(got), with), fmt.Sprintf(": WCAG wants %.1f:1", sight.LeastContrast))
				}
			}
			for _, scale := range sight.Scales() {
				for i := 1; i < len(scale); i++ {
					if !sight.Apart(on.Look(t, scale[i-1], profile), on.Look(t, scale[i], profile)) {
						what := fmt.Sprintf("%s: warning: %s and %s look alike with ", themePlace(t, file, scale[i], profile), scale[i-1], scale[i])
						alike.add(what, with, ": give one another colour, or bold or underline")
					}
				}
			}
		}
	}
	return append(hard.lines(), alike.lines()...)
}

// warnings are what is wrong, each once, with all that it is wrong with.
type warnings struct {
	order []string
	with  map[string][]string
	then  map[string]string
}

func (w *warnings) add(what, with, then string) {
	if w.with == nil {
		w.with, w.then = map[string][]string{}, map[string]string{}
	}
	if _, has := w.with[what]; !has {
		w.order = append(w.order, what)
	}
	w.with[what], w.then[what] = append(w.with[what], with), then
}

func (w *warnings) lines() []string {
	lines := make([]string, len(w.order))
	for i, what := range w.order {
		lines[i] = what + strings.Join(w.with[what], ", ") + w.then[what]
	}
	return lines
}

func themePlace(t *theme.Theme, file string, r theme.Role, p colorprofile.Profile) string {
	file = safetext.Clean(file).Isolated()
	if line, column := t.Place(r, p); line > 0 {
		return fmt.Sprintf("%s:%d:%d", file, line, column)
	}
	return file
}

// profile is what colours standard output has: none in a pipe.
func (p *program) profile() colorprofile.Profile {
	if !term.IsTerminal(p.stdout.Fd()) {
		return colorprofile.NoTTY
	}
	return term.Detect(p.environ).Profile
}

// themes are those that the console could take, also those of a desk, if there is one. The one in force is what --theme says, else
// the desk's vigil.toml.
func (p *program) themes() (*themeFiles, error) {
	dir, err := p.desk()
	if err != nil {
		if p.flags.desk != "" || p.getenv("VIGIL_DESK") != "" {
			return nil, err
		}
		return p.newThemes("", p.flags.theme), nil
	}
	named := ""
	if data, err := os.ReadFile(filepath.Join(dir, desk.ConfigName)); err == nil {
		config, _ := desk.ParseConfig(desk.ConfigName, data)
		named = config.UI.Theme
	}
	return p.newThemes(dir, firstOf(p.flags.theme, named)), nil
}

// entry is a theme as the list has it, and the theme, if it can be read.
func (t *themeFiles) entry(name string) (plain.ThemeEntry, *theme.Theme) {
	e := plain.ThemeEntry{Name: name, From: "shipped", Aliases: []string{}}
	read, err := theme.Load(t.own, name)
	switch {
	case errors.Is(err, theme.ErrNotFound):
		read, err = theme.LoadShipped(name)
		if err == nil {
			e.Name = read.Name
			e.Aliases = append(e.Aliases, theme.Aliases(read.Name)...)
		}
	default:
		e.From = filepath.Join(app.ThemesDir, name+theme.Extension)
	}
	if err != nil {
		e.Trouble = safetext.Error(err).String()
		return e, nil
	}
	e.Description = safetext.Clean(read.Description).String()
	return e, read
}
