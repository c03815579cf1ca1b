package theme

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/pelletier/go-toml/v2/unstable"
)

// maxTheme is the largest theme file read, in bytes: the shipped ones have two thousand.
const maxTheme = 64 << 10

// Parse reads a theme. file names it in errors and, without folder and extension, is
// its name if the text gives none. lookup finds the theme it inherits; that one
// may inherit nothing itself. The error joins one [*ParseError] per mistake.
func Parse(file string, data []byte, lookup Lookup) (*Theme, error) {
	return parse(file, data, lookup, true)
}

func parse(file string, data []byte, lookup Lookup, mayInherit bool) (*Theme, error) {
	if len(data) > maxTheme {
		return nil, &ParseError{File: file, Message: fmt.Sprintf("a theme may have %d bytes, this has %d", maxTheme, len(data))}
	}
	r := &reader{file: file, theme: &Theme{Name: strings.TrimSuffix(filepath.Base(file), Extension)}, seen: map[string]int{}}
	for g := range glyphs {
		r.theme.utf8[g], r.theme.ascii[g] = glyphs[g].utf8, glyphs[g].ascii
	}
	r.read(data)
	if at := r.inheritsAt; at.line > 0 {
		r.inherit(at, lookup, mayInherit)
	}
	if len(r.errs) > 0 {
		return nil, errors.Join(r.errs...)
	}
	r.apply()
	return r.theme, nil
}

type place struct{ line, column int }

// reader collects what a file says before any of it is applied, because
// "inherits" may stand anywhere at the top and the base has to be applied first.
type reader struct {
	file       string
	theme      *Theme
	parser     unstable.Parser
	table      string         // the table being read, "" at the top
	seen       map[string]int // full key -> line
	inheritsAt place
	sets       []func(*Theme)
	later      []func(*Theme) // those of [sixteen], which go above those of [roles]
	errs       []error
}

func (r *reader) fail(at place, format string, args ...any) {
	r.errs = append(r.errs, &ParseError{File: r.file, Line: at.line, Column: at.column, Message: printable(fmt.Sprintf(format, args...))})
}

// printable replaces what a theme file could smuggle into a terminal by way of
// a key or a name.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '?'
	}, text)
}

func (r *reader) place(raw unstable.Range) place {
	start := r.parser.Shape(raw).Start
	return place{start.Line, start.Column}
}

func (r *reader) read(data []byte) {
	r.parser.Reset(data)
	for r.parser.NextExpression() {
		switch n := r.parser.Expression(); n.Kind {
		case unstable.Table:
			name, at := r.key(n.Key())
			r.table = name
			if !slices.Contains([]string{"roles", sixteen, "glyphs.utf8", "glyphs.ascii"}, name) {
				r.fail(at, "unknown table [%s]: a theme has [roles], [sixteen], [glyphs.utf8] and [glyphs.ascii]", name)
			}
			r.once("["+name+"]", at)
		case unstable.KeyValue:
			r.keyValue(n)
		case unstable.ArrayTable:
			name, at := r.key(n.Key())
			r.table = name
			r.fail(at, "[[%s]] is a list: a theme has none", name)
		default: // comments
		}
	}
	var syntax *unstable.ParserError
	if err := r.parser.Error(); errors.As(err, &syntax) {
		r.fail(r.place(r.parser.Range(syntax.Highlight)), "%s", syntax.Message)
	} else if err != nil {
		r.fail(place{}, "%s", err)
	}
}

// key joins the parts of a dotted key; a quoted part with a dot in it means the
// same as two parts, because role names hold dots.
func (r *reader) key(parts unstable.Iterator) (string, place) {
	var name []string
	var at place
	for parts.Next() {
		if len(name) == 0 {
			at = r.place(parts.Node().Raw)
		}
		name = append(name, string(parts.Node().Data))
	}
	return strings.Join(name, "."), at
}

// once reports a key that was there before; go-toml's syntax tree keeps both.
func (r *reader) once(key string, at place) {
	if line, ok := r.seen[key]; ok {
		r.fail(at, "%s stands in line %d already: remove one of the two", key, line)
	}
	r.seen[key] = at.line
}

func (r *reader) keyValue(n *unstable.Node) {
	name, at := r.key(n.Key())
	full := name
	if r.table != "" {
		full = r.table + "." + name
	}
	r.once(full, at)
	value := n.Value()
	if value.Kind != unstable.String {
		r.fail(at, "%s has to be a text in quotes", full)
		return
	}
	text := string(value.Data)
	inside := r.place(value.Raw)
	inside.column++ // the opening quote
	section, rest, _ := strings.Cut(full, ".")
	switch section {
	case "roles", sixteen:
		r.role(section, rest, text, at, inside)
	case "glyphs":
		set, glyph, _ := strings.Cut(rest, ".")
		r.glyph(set, glyph, text, at, inside)
	default:
		r.top(full, text, at, inside)
	}
}

func (r *reader) top(name, text string, at, inside place) {
	switch name {
	case "name":
		r.theme.Name = printable(text)
	case "description":
		r.theme.Description = printable(text)
	case "inherits":
		r.theme.Inherits, r.inheritsAt = text, inside
	default:
		r.fail(at, "unknown key %q: a theme has name, description, inherits, [roles], [sixteen] and [glyphs.…]", name)
	}
}

// sixteen is the table of styles for terminals of sixteen colours.
const sixteen = "sixteen"

func (r *reader) role(table, name, text string, at, inside place) {
	role, ok := RoleNamed(name)
	if !ok {
		r.fail(at, "unknown role %q%s", name, nearest(name, roleNames[:]))
		return
	}
	spec, err := ParseSpec(text)
	if err != nil {
		var word *wordError
		if errors.As(err, &word) {
			inside.column += word.offset
		}
		r.fail(inside, "%s", err)
		return
	}
	if table == sixteen {
		r.later = append(r.later, func(t *Theme) { t.sixteen[role], t.at[1][role] = &spec, at })
		return
	}
	// A style that is inherited for sixteen colours goes with the one that is inherited for more.
	r.sets = append(r.sets, func(t *Theme) { t.specs[role], t.sixteen[role], t.at[0][role] = spec, nil, at })
}

func (r *reader) glyph(set, name, text string, at, inside place) {
	if set != "utf8" && set != "ascii" {
		r.fail(at, "unknown glyph set %q: write glyphs.utf8.NAME or glyphs.ascii.NAME", set)
		return
	}
	glyph, ok := glyphNamed(name)
	if !ok {
		names := make([]string, 0, glyphCount)
		for _, g := range glyphs {
			names = append(names, g.name)
		}
		r.fail(at, "unknown glyph %q%s", name, nearest(name, names))
		return
	}
	if !narrow(text) {
		r.fail(inside, "glyph %s is %q: it has to be one character that is one cell wide", name, text)
		return
	}
	if set == "ascii" && text[0] >= 0x7f {
		r.fail(inside, "glyph %s is %q: an ASCII glyph has to be an ASCII character", name, text)
		return
	}
	r.sets = append(r.sets, func(t *Theme) {
		if set == "ascii" {
			t.ascii[glyph] = text
		} else {
			t.utf8[glyph] = text
		}
	})
}

// narrow reports whether text is one printable character of one cell.
func narrow(text string) bool {
	return len([]rune(text)) == 1 && text[0] >= ' ' && text != "\x7f" && ansi.StringWidthWc(text) == 1
}

func (r *reader) inherit(at place, lookup Lookup, mayInherit bool) {
	name := r.theme.Inherits
	if !mayInherit {
		r.fail(at, "inherits %q, but is itself inherited: inheritance goes one level deep", name)
		return
	}
	if lookup == nil {
		r.fail(at, "inherits %q, which cannot be looked up here", name)
		return
	}
	data, err := lookup(name)
	if err != nil {
		r.fail(at, "inherits: %s", err)
		return
	}
	base, err := parse(name+Extension, data, nil, false)
	if err != nil {
		r.errs = append(r.errs, fmt.Errorf("inherited: %w", err))
		return
	}
	r.theme.specs, r.theme.sixteen, r.theme.utf8, r.theme.ascii = base.specs, base.sixteen, base.utf8, base.ascii
}

func (r *reader) apply() {
	for _, set := range append(r.sets, r.later...) {
		set(r.theme)
	}
}

// nearest suggests the known name that shares the longest start with name.
func nearest(name string, known []string) string {
	best, length := "", 0
	for _, k := range known {
		n := 0
		for n < min(len(k), len(name)) && k[n] == name[n] {
			n++
		}
		if n > length {
			best, length = k, n
		}
	}
	if length < 2 {
		return ": known are " + strings.Join(known, ", ")
	}
	return fmt.Sprintf(": did you mean %q?", best)
}
