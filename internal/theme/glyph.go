package theme

// Glyph is a mark with a meaning. Each has a UTF-8 and an ASCII form, and both
// are exactly one cell wide, so a screen has the same layout with either.
type Glyph uint8

// The glyphs. Their names in theme files are the ones [Glyph.String] returns.
const (
	Pointer   Glyph = iota // the selected row
	RuleLine               // horizontal rules
	BarLine                // vertical rules
	Up                     // rising, more above
	Down                   // falling, more below
	Right                  // from … to …
	Flat                   // no change
	Peak                   // well above the usual
	Hatch                  // a period that is incomplete: its height is not known
	Ellipsis               // text cut here
	Times                  // multiplied by
	Dash                   // a range
	Nothing                // nothing to show here, and that is known
	Bullet                 // separates parts of a line
	Attention              // needs the reader
	Approx                 // about
	Mark                   // a point on a scale
	Spark1                 // the lowest eighth of a sparkline
	Spark2
	Spark3
	Spark4
	Spark5
	Spark6
	Spark7
	Spark8 // the highest

	glyphCount // not a glyph
)

var glyphs = [glyphCount]struct{ name, utf8, ascii string }{
	Pointer:   {"pointer", "▸", ">"},
	RuleLine:  {"rule", "─", "-"},
	BarLine:   {"bar", "│", "|"},
	Up:        {"up", "↑", "^"},
	Down:      {"down", "↓", "v"},
	Right:     {"right", "→", ">"},
	Flat:      {"flat", "=", "="},
	Peak:      {"peak", "▲", "^"},
	Hatch:     {"hatch", "░", "/"},
	Ellipsis:  {"ellipsis", "…", "~"},
	Times:     {"times", "×", "x"},
	Dash:      {"dash", "–", "-"},
	Nothing:   {"nothing", "-", "-"},
	Bullet:    {"bullet", "·", "."},
	Attention: {"attention", "!", "!"},
	Approx:    {"approx", "~", "~"},
	Mark:      {"mark", "•", "*"},
	Spark1:    {"spark.1", "▁", "."},
	Spark2:    {"spark.2", "▂", ":"},
	Spark3:    {"spark.3", "▃", "-"},
	Spark4:    {"spark.4", "▄", "="},
	Spark5:    {"spark.5", "▅", "+"},
	Spark6:    {"spark.6", "▆", "*"},
	Spark7:    {"spark.7", "▇", "#"},
	Spark8:    {"spark.8", "█", "@"},
}

// String is the glyph's name in theme files; a number that is no glyph has none.
func (g Glyph) String() string {
	if g >= glyphCount {
		return "no glyph"
	}
	return glyphs[g].name
}

// Glyphs is every glyph.
func Glyphs() []Glyph {
	all := make([]Glyph, glyphCount)
	for i := range all {
		all[i] = Glyph(i)
	}
	return all
}

func glyphNamed(name string) (Glyph, bool) {
	for i := range glyphs {
		if glyphs[i].name == name {
			return Glyph(i), true
		}
	}
	return 0, false
}
