// Package theme turns theme files into what screens draw with: styles by
// meaning ([Role]) and marks by meaning ([Glyph]).
//
// A [Theme] is what a file says; a [Palette] is that theme fitted to one
// terminal, with every style ready as a string. Where the terminal has no
// colours, every theme becomes the shipped mono theme, so that what a colour
// said is said by bold and reverse. State is never said by style alone: a
// screen always has a word or a mark as well.
//
// Guarantees: themes and palettes never change after they are made and are safe
// to share. Reading is strict: a theme that is wrong anywhere is not used at
// all, and the error names file, line, column and what to write instead.
// Reloading is the caller's: parse the new text, and swap only if there is no error.
//
// The reader walks go-toml's syntax tree rather than decoding into a struct,
// because a role's name is data here and each wrong word in a style deserves
// its own column.
package theme

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/charmbracelet/colorprofile"

	"vigil/themes"
)

// The names of the shipped themes.
const (
	Default           = "default"
	Mono              = "mono"
	HighContrastDark  = "high-contrast-dark"
	HighContrastLight = "high-contrast-light"
	Deuteranopia      = "deuteranopia"
	Tritanopia        = "tritanopia"
	Night             = "night"
)

// aliases are names under which a shipped theme was known before. They go on working.
var aliases = map[string]string{"high-contrast": HighContrastDark}

// ShippedNames is every name by which [LoadShipped] finds a theme, sorted.
func ShippedNames() []string {
	names, err := Names(themes.FS)
	if err != nil {
		return nil // it is embedded
	}
	for alias := range aliases {
		names = append(names, alias)
	}
	slices.Sort(names)
	return names
}

// Aliases is the other names of a shipped theme.
func Aliases(name string) []string {
	var all []string
	for alias, of := range aliases {
		if of == name {
			all = append(all, alias)
		}
	}
	slices.Sort(all)
	return all
}

// Extension is what theme files end with.
const Extension = ".toml"

// ErrNotFound is what [Load] and a [Lookup] return for a theme that does not exist.
var ErrNotFound = errors.New("no such theme")

// ParseError is one mistake in a theme file.
type ParseError struct {
	File         string
	Line, Column int    // from 1; 0 if the mistake is in no particular place
	Message      string // what is wrong, and what to write instead
}

func (e *ParseError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// Theme is what a theme file says.
type Theme struct {
	Name        string
	Description string
	Inherits    string // the theme it builds upon; empty if none

	at      [2][roleCount]place // where a role stands in the file, in [roles] and in [sixteen]
	specs   [roleCount]Spec
	sixteen [roleCount]*Spec // where there are sixteen colours; nil converts the one above
	utf8    [glyphCount]string
	ascii   [glyphCount]string
}

// Spec is the theme's style of role, as written.
func (t *Theme) Spec(role Role) Spec { return t.specs[role] }

// Place is where the file says a role's style for a terminal with the colours of p, from 1; 0 if it inherits it or
// leaves it out.
func (t *Theme) Place(role Role, p colorprofile.Profile) (line, column int) {
	at := t.at[0][role]
	if p == colorprofile.ANSI && t.sixteen[role] != nil {
		at = t.at[1][role]
	}
	return at.line, at.column
}

// SpecFor is the theme's style of role for a terminal with the colours of p: as written for terminals of
// sixteen colours, where it is, and that of the mono theme where there are none.
func (t *Theme) SpecFor(role Role, p colorprofile.Profile) Spec {
	switch {
	case p <= colorprofile.ASCII && t.coloured():
		if m, err := mono(); err == nil {
			return m.specs[role]
		}
	case p == colorprofile.ANSI && t.sixteen[role] != nil:
		return *t.sixteen[role]
	}
	return t.specs[role]
}

// Lookup finds the text of another theme, for inheritance. It returns
// [ErrNotFound] for a name that does not exist.
type Lookup func(name string) ([]byte, error)

// Shipped is the [Lookup] of the themes that come with vigil.
func Shipped(name string) ([]byte, error) {
	if of, ok := aliases[name]; ok {
		name = of
	}
	return lookupIn(themes.FS)(name)
}

// Load reads the theme called name from NAME.toml in fsys; what it inherits is
// looked for there first, then among the shipped themes.
func Load(fsys fs.FS, name string) (*Theme, error) {
	own := lookupIn(fsys)
	data, err := own(name)
	if err != nil {
		return nil, err
	}
	return Parse(name+Extension, data, func(name string) ([]byte, error) {
		data, err := own(name)
		if errors.Is(err, ErrNotFound) {
			return Shipped(name)
		}
		return data, err
	})
}

// LoadShipped reads one of the themes that come with vigil.
func LoadShipped(name string) (*Theme, error) {
	data, err := Shipped(name)
	if err != nil {
		return nil, err
	}
	return Parse(name+Extension, data, Shipped)
}

// Names is the names of the themes in fsys, sorted.
func Names(fsys fs.FS) ([]string, error) {
	files, err := fs.Glob(fsys, "*"+Extension)
	if err != nil {
		return nil, fmt.Errorf("list themes: %w", err)
	}
	for i, f := range files {
		files[i] = strings.TrimSuffix(f, Extension)
	}
	return files, nil
}

func lookupIn(fsys fs.FS) Lookup {
	return func(name string) ([]byte, error) {
		if !fs.ValidPath(name) || strings.ContainsAny(name, `/\`) {
			return nil, fmt.Errorf("theme %q: %w: a theme's name is a file name without directory", name, ErrNotFound)
		}
		data, err := fs.ReadFile(fsys, name+Extension)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("theme %q: %w", name, ErrNotFound)
		}
		if err != nil {
			return nil, fmt.Errorf("theme %q: %w", name, err)
		}
		return data, nil
	}
}

// Palette is a theme fitted to one terminal.
type Palette struct {
	// ASCII says that the glyphs are the ASCII ones.
	ASCII bool
	// Links says that the terminal takes links.
	Links bool

	styles [roleCount]Style
	solid  *Palette // see [Palette.Solid]
	slab   *Palette // see [Palette.Slab]
	ground string   // what opens the text's style, if that has a background
	glyphs [glyphCount]string
}

// mono is the theme of terminals without colours. A test holds the shipped
// files to parsing, so the error can only be met by someone changing them.
var mono = sync.OnceValues(func() (*Theme, error) { return LoadShipped(Mono) })

// Palette fits the theme to a terminal with that colour profile, and to ASCII
// glyphs where ascii is true. [colorprofile.ASCII] (NO_COLOR, vt100) gives
// the mono theme's styles; [colorprofile.NoTTY] and below give no styles.
func (t *Theme) Palette(profile colorprofile.Profile, ascii bool) *Palette {
	p := &Palette{ASCII: ascii, glyphs: t.utf8}
	if ascii {
		p.glyphs = t.ascii
	}
	solid, slab, text := *p, *p, t.SpecFor(Text, profile)
	for _, r := range Roles() {
		spec := t.SpecFor(r, profile)
		p.styles[r] = spec.style(profile)
		whole := spec.solid(text)
		solid.styles[r] = whole.style(profile)
		whole.Invert = r != Text
		slab.styles[r] = whole.style(profile)
	}
	if text.Background != nil && profile > colorprofile.ASCII {
		p.ground = p.styles[Text].open
		solid.ground, slab.ground = p.ground, p.ground
	}
	p.solid, p.slab = &solid, &slab
	return p
}

// Solid is the palette for what is drawn of whole cells, such as large letters: on a background of its own, or in reverse, a letter of cells is a hole
// in a slab, and an underline joins what stands apart. There a style has the colour that it stands out by, and nothing behind it.
func (p *Palette) Solid() *Palette {
	if p.solid == nil {
		return p
	}
	return p.solid
}

// Slab is [Palette.Solid] for cells that hold a character because the terminal has no block: in reverse, so that the cell is nearly whole, and
// still there where nothing is reversed. Only text without a role is not.
func (p *Palette) Slab() *Palette {
	if p.slab == nil {
		return p
	}
	return p.slab
}

func (t *Theme) coloured() bool {
	for _, s := range t.specs {
		if s.coloured() {
			return true
		}
	}
	return false
}

// Style is the style of role.
func (p *Palette) Style(role Role) Style {
	if role >= roleCount {
		return Style{}
	}
	return p.styles[role]
}

// Ground lays a painted line on the background of the theme's text: what roles leave to the terminal is then left to the text. A
// theme whose text has no background keeps that of the terminal.
func (p *Palette) Ground(line string) string {
	if p.ground == "" {
		return line
	}
	return p.ground + strings.ReplaceAll(line, Close, Close+p.ground) + Close
}

// Paint renders text in the style of role.
func (p *Palette) Paint(role Role, text string) string { return p.Style(role).Render(text) }

// Glyph is the mark for g, always one cell wide.
func (p *Palette) Glyph(g Glyph) string {
	if g >= glyphCount {
		return " "
	}
	return p.glyphs[g]
}
