package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/colorprofile"

	"vigil/internal/app"
	"vigil/internal/safetext"
	"vigil/internal/term"
	"vigil/internal/theme"
	"vigil/internal/tui"
	"vigil/themes"
)

// lookEvery is how often the desk's own themes are looked at.
const lookEvery = 2 * time.Second

// themeFiles finds themes by name, in the desk's own directory first, then among those that come
// with vigil. It is safe for concurrent use.
type themeFiles struct {
	own     fs.FS
	unnamed string // the theme where none is named

	mu   sync.Mutex
	name string // of the theme in force
}

// newThemes finds themes in the desk at deskDir, or only those that come with vigil where that is empty. Where no name is given, it is the one for
// the terminal.
func (p *program) newThemes(deskDir, name string) *themeFiles {
	t := &themeFiles{own: none{}, unnamed: unnamedTheme(term.Detect(p.environ))}
	t.name = firstOf(name, t.unnamed)
	if deskDir != "" {
		t.own = os.DirFS(filepath.Join(deskDir, app.ThemesDir))
	}
	return t
}

// unnamedTheme is the theme for a terminal where nobody has named one: the default, whose yellow cannot be read on a light background, and there
// the one that is made for it.
func unnamedTheme(caps term.Caps) string {
	if caps.Light && caps.Profile > colorprofile.ASCII {
		return theme.HighContrastLight
	}
	return theme.Default
}

// none is a file system without files.
type none struct{}

func (none) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// text is the text of a theme, for those that inherit it.
func (t *themeFiles) text(name string) ([]byte, error) {
	data, err := fs.ReadFile(t.own, name+theme.Extension)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return theme.Shipped(name)
	}
	return data, err
}

// load reads the theme in force.
func (t *themeFiles) load() (*theme.Theme, error) {
	t.mu.Lock()
	name := t.name
	t.mu.Unlock()
	return t.find(name)
}

// loadNamed reads a theme and puts it in force, so that it is this one that is followed.
func (t *themeFiles) loadNamed(name string) (*theme.Theme, error) {
	found, err := t.find(name)
	if err == nil {
		t.mu.Lock()
		t.name = name
		t.mu.Unlock()
	}
	return found, err
}

func (t *themeFiles) find(name string) (*theme.Theme, error) {
	found, err := theme.Load(t.own, name)
	if errors.Is(err, theme.ErrNotFound) {
		return theme.LoadShipped(name)
	}
	return found, err
}

// names are all themes that could be loaded.
func (t *themeFiles) names() []string {
	var all []string
	for _, fsys := range []fs.FS{t.own, themes.FS} {
		names, err := theme.Names(fsys)
		if err == nil {
			all = append(all, names...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (t *themeFiles) known() string { return strings.Join(t.names(), ", ") }

// watch gives the theme again when a file of the desk's themes has changed, and, unless the command
// line has fixed it, when vigil.toml names another one. It ends with ctx.
func (t *themeFiles) watch(ctx context.Context, session *app.Session, fixed bool) <-chan tui.Theming {
	news := make(chan tui.Theming, 1)
	go func() {
		defer close(news)
		look := time.NewTicker(lookEvery)
		defer look.Stop()
		seen, configured := t.signature(), session.UI().Theme
		for {
			select {
			case <-ctx.Done():
				return
			case <-look.C:
			}
			changed := false
			if now := t.signature(); now != seen {
				seen, changed = now, true
			}
			if now := session.UI().Theme; now != configured && !fixed {
				configured, changed = now, true
				t.mu.Lock()
				t.name = firstOf(now, t.unnamed)
				t.mu.Unlock()
			}
			if !changed {
				continue
			}
			read, err := t.load()
			select {
			case news <- tui.Theming{Theme: read, Trouble: safetext.Error(err)}:
			case <-ctx.Done():
				return
			}
		}
	}()
	return news
}

// signature changes when a file of the desk's own themes does.
func (t *themeFiles) signature() string {
	entries, err := fs.ReadDir(t.own, ".")
	if err != nil {
		return "" // no themes of its own
	}
	var b strings.Builder
	for _, e := range entries {
		if info, err := e.Info(); err == nil && strings.HasSuffix(e.Name(), theme.Extension) {
			fmt.Fprintf(&b, "%s %d %d\n", e.Name(), info.Size(), info.ModTime().UnixNano())
		}
	}
	return b.String()
}
