package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"vigil/internal/app"
	"vigil/internal/desk"
	"vigil/internal/doctor"
	"vigil/internal/lang"
	"vigil/internal/plain"
	"vigil/internal/safetext"
	"vigil/internal/term"
	"vigil/internal/theme"
	"vigil/internal/tui"
)

func doctorCommand(p *program) *cobra.Command {
	var link, asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Say what vigil finds here, and what it will do about it",
		Long: `Say what is found about the terminal, the link to it, the file systems of the desk and of its state, the limits of the process and the
clock, and what vigil does about each. "!" marks what could be better. With a desk (-C, $VIGIL_DESK, or the current directory) it is that
desk; without one, what is tried is tried in the directory for temporary files. A directory is made for the tries and removed; nothing stays.

--link asks the terminal four times and waits 3 s at most for each answer: how long it takes, and at what rate it takes bytes.

The exit code is 1 if vigil cannot work with what is there, else 0.`,
		Example: "vigil doctor\nvigil doctor -C mydesk --link\nvigil doctor --json",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := interrupted(cmd.Context())
			defer stop()
			report, err := p.diagnose(ctx, link)
			if err != nil {
				return err
			}
			if asJSON {
				err = plain.DoctorJSON(p.stdout, report)
			} else {
				err = plain.DoctorText(p.stdout, report, p.layout())
			}
			if err == nil && !report.Able() {
				err = errFailed
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&link, "link", false, "ask the terminal how long an answer takes")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON (vigil.doctor/1)")
	return cmd
}

// diagnose looks at everything.
func (p *program) diagnose(ctx context.Context, link bool) (*doctor.Report, error) {
	dir, err := p.desk()
	if err != nil && (p.flags.desk != "" || p.getenv("VIGIL_DESK") != "") && !errors.Is(err, app.ErrNoDesk) {
		return nil, err
	}
	if err != nil {
		dir = ""
	}
	of := deskOf(dir)
	report := &doctor.Report{At: p.now().UTC()}
	report.Add(p.terminalFindings(dir, &of.config)...)
	report.Add(p.linkFinding(link))
	report.Add(p.deskFinding(dir, &of))
	for _, place := range p.places(dir, &of.config) {
		report.Add(place.Look(ctx, p.now)...)
	}
	report.Add(doctor.Limited()...)
	times := doctor.Times{Now: p.now(), Zone: time.Local, Built: built()}
	times.Newest, times.Of = newest(p.stateDir(dir, &of.config))
	report.Add(times.Look()...)
	return report, nil
}

// deskFound is the configuration of a desk, as far as it can be read.
type deskFound struct {
	config desk.Config
	errors int
	first  string
	err    error
}

func deskOf(dir string) deskFound {
	f := deskFound{config: desk.Default()}
	if dir == "" {
		return f
	}
	data, err := os.ReadFile(filepath.Join(dir, desk.ConfigName))
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			f.err = err
		}
		return f
	}
	config, problems := desk.ParseConfig(desk.ConfigName, data)
	f.config, f.errors = config, desk.CountErrors(problems)
	if f.errors > 0 {
		f.config = config.Usable()
	}
	for _, problem := range problems {
		if !problem.Warning && f.first == "" {
			f.first = problem.String()
		}
	}
	return f
}

// deskFinding is whether there is a desk that opens.
func (p *program) deskFinding(dir string, of *deskFound) doctor.Finding {
	f := doctor.Finding{Section: doctor.Files, Name: "vigil.toml"}
	named := firstOf(p.flags.desk, p.getenv("VIGIL_DESK"))
	switch {
	case dir == "" && named != "":
		f.State, f.Found = doctor.Unable, safetext.Clean(named+" is no desk: it has no "+desk.ConfigName)
		f.Does = safetext.Clean("nothing: make one with vigil init DIR")
	case dir == "":
		f.Found, f.Does = safetext.Const("no desk is named"), safetext.Const("vigil demo and vigil init DIR work without one")
	case of.err != nil:
		f.State, f.Found, f.Does = doctor.Unable, safetext.Error(of.err), safetext.Const("the desk is not opened")
	case of.errors > 0:
		f.State, f.Found = doctor.Unable, safetext.Clean(of.first)
		f.Does = safetext.Clean("the desk is not opened; vigil check -C " + dir + " lists every error")
	default:
		f.Found, f.Does = safetext.Clean("of "+dir+", without errors"), safetext.Const("the desk opens; vigil check looks into its other files")
	}
	return f
}

func (p *program) terminalFindings(dir string, config *desk.Config) []doctor.Finding {
	caps := p.caps(config.UI.Glyphs)
	screen := doctor.Screen{
		Env: p.environ, Caps: caps, Least: [2]int{tui.MinWidth, tui.MinHeight},
		Input: term.IsTerminal(p.stdin.Fd()), Output: term.IsTerminal(p.stdout.Fd()),
		Theme:  firstOf(p.flags.theme, firstOf(config.UI.Theme, unnamedTheme(caps))),
		Wanted: firstOf(p.flags.lang, config.UI.Language), Language: lang.English,
	}
	if reads := p.languages(); screen.Wanted == "" && len(reads) > 0 {
		screen.Wanted = reads[0]
	}
	if words, err := p.language(config.UI.Language, caps); err == nil { // one that --lang cannot have is said as such
		screen.Language = words.Tag()
	}
	screen.Width, screen.Height = term.Size(p.stdout.Fd(), p.environ)
	read, err := p.newThemes(dir, screen.Theme).load()
	switch {
	case err != nil:
		screen.Colours = "it cannot be used: " + safetext.Error(err).String() + ". The console does not open with it"
	case read.Spec(theme.Text).Background == nil:
		screen.Colours = read.Description + ", on its own background"
		if !caps.Light {
			screen.Colours += "; on a light one take " + theme.HighContrastLight
		}
	default:
		screen.Colours = read.Description
	}
	screen.OwnGround = err == nil && read.Spec(theme.Text).Background == nil
	return screen.Look()
}

func (p *program) linkFinding(link bool) doctor.Finding {
	switch why := p.screenless(); {
	case why != "":
		return doctor.LinkOfLines(why)
	case !link:
		return doctor.LinkNotAsked("not asked; --link does")
	default:
		width, height := term.Size(p.stdout.Fd(), p.environ)
		found, err := term.Ask(p.stdin, p.stdout, p.now)
		return doctor.LinkAsked(found, err, width*height)
	}
}

// stateDir is where vigil writes for a desk, or for none.
func (p *program) stateDir(dir string, config *desk.Config) string {
	if dir == "" {
		return ""
	}
	return desk.PathsOf(dir, firstOf(p.options(dir).State, config.State)).State
}

// places are the directories that matter.
func (p *program) places(dir string, config *desk.Config) []doctor.Place {
	if dir == "" {
		return []doctor.Place{{Name: "temporary", Dir: os.TempDir(), Write: true}}
	}
	state := doctor.Existing(p.stateDir(dir, config))
	if same(state, dir) {
		return []doctor.Place{{Name: "desk", Dir: dir, Write: true}}
	}
	return []doctor.Place{{Name: "desk", Dir: dir}, {Name: "state", Dir: state, Write: true}}
}

func same(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// built is the time of the source that this program was made from, zero if the build does not know it.
func built() time.Time {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return time.Time{}
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.time" {
			t, _ := time.Parse(time.RFC3339, s.Value) // zero if it is none
			return t
		}
	}
	return time.Time{}
}

// newest is when vigil last wrote something into the state of a desk.
func newest(state string) (at time.Time, what string) {
	if state == "" {
		return at, ""
	}
	for _, dir := range []string{desk.IntakeDir, desk.DutyLogDir} {
		entries, err := os.ReadDir(filepath.Join(state, dir))
		if err != nil {
			continue // there is none yet
		}
		for _, e := range entries {
			if info, err := e.Info(); err == nil && info.ModTime().After(at) {
				at, what = info.ModTime(), "the newest of "+dir+"/"
			}
		}
	}
	return at, what
}
