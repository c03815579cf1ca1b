package plain

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"vigil/internal/term"
	"vigil/internal/theme"
	"vigil/internal/theme/sight"
	"vigil/internal/tui/widget"
)

// ThemesSchema and PreviewSchema are the schemas of the list of themes and of how they come out.
const (
	ThemesSchema  = "vigil.themes/1"
	PreviewSchema = "vigil.theme.preview/1"
)

// ThemeEntry is a theme that could be taken.
type ThemeEntry struct {
	Name        string   `json:"name"`
	Description string   `json:"description"`
	From        string   `json:"from"`    // "shipped", or the file
	Aliases     []string `json:"aliases"` // other names that mean it
	Trouble     string   `json:"trouble,omitempty"`
}

// ThemesJSON writes the list of themes as one JSON document, vigil.themes/1.
func ThemesJSON(w io.Writer, list []ThemeEntry) error {
	return writeDocument(w, struct {
		Schema string       `json:"schema"`
		Themes []ThemeEntry `json:"themes"`
	}{ThemesSchema, list})
}

// ThemesText writes the list of themes for people.
func ThemesText(w io.Writer, list []ThemeEntry, l Layout) error {
	s := &status{printer: &printer{w: w}, l: l}
	rows := make([][]string, 0, len(list))
	for i := range list {
		e := &list[i]
		rows = append(rows, []string{e.Name, e.From, firstText(e.Trouble, e.Description)})
		for _, alias := range e.Aliases {
			rows = append(rows, []string{alias, e.From, "the same as " + e.Name})
		}
	}
	lines, _ := table(l, l.width(), []column{{title: "THEME"}, {title: "FROM", least: 8}, {title: "WHAT IT IS", least: 20}}, rows)
	for _, line := range lines {
		s.line(line)
	}
	return s.err
}

func firstText(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// ThemePreview is a theme with how it comes out on one terminal.
type ThemePreview struct {
	Entry   ThemeEntry
	Theme   *theme.Theme
	Profile colorprofile.Profile
}

// measured is with which colours contrasts are measured: those of the terminal, and all where it has none.
func (p *ThemePreview) measured() colorprofile.Profile {
	if p.Profile <= colorprofile.ASCII {
		return colorprofile.TrueColor
	}
	return p.Profile
}

// contrast is the lesser one of the two palettes of sixteen colours.
func (p *ThemePreview) contrast(r theme.Role, with colorprofile.Profile) float64 {
	return min(sight.VGA.Look(p.Theme, r, with).Contrast(), sight.Xterm.Look(p.Theme, r, with).Contrast())
}

// scaleNames are what the scales of package sight are of.
var scaleNames = []string{"risk", "level", "state"}

// apart is how far the two nearest neighbours of a scale are from each other for a vision.
func (p *ThemePreview) apart(scale int, v sight.Vision) float64 {
	roles := sight.Scales()[scale]
	least := 100.0
	for i := 1; i < len(roles); i++ {
		for _, on := range []*sight.Terminal{&sight.VGA, &sight.Xterm} {
			a, b := on.Look(p.Theme, roles[i-1], p.measured()), on.Look(p.Theme, roles[i], p.measured())
			least = min(least, sight.Difference(a.As(v), b.As(v)))
		}
	}
	return least
}

// PreviewText shows themes: every role with the words and the mark with which screens show it, and its contrast.
func PreviewText(w io.Writer, list []ThemePreview, l Layout) error {
	s := &status{printer: &printer{w: w}, l: l}
	for i := range list {
		if i > 0 {
			s.line("")
		}
		p := &list[i]
		s.wrapped(p.Entry.Name + ": " + firstText(p.Entry.Trouble, p.Entry.Description) + " (" + p.Entry.From + ")")
		if p.Theme == nil {
			continue
		}
		s.wrapped(p.said())
		palette := p.Theme.Palette(p.Profile, l.ASCII)
		for _, line := range p.roles(palette, l) {
			s.line(line)
		}
		s.line(marks(palette, l.width()))
		s.steps(p)
	}
	return s.err
}

// said is what the figures below are of.
func (p *ThemePreview) said() string {
	if p.Profile > colorprofile.ASCII {
		return "Shown with " + term.Colours(p.Profile) + "; contrasts by WCAG, for the terminal's own colours the worse of VGA's and xterm's."
	}
	return "Shown with " + term.Colours(p.Profile) + ", as every theme is here; contrasts by WCAG are those with true colour."
}

// The cells of one role: its name, its sample, its contrast.
const (
	nameCells     = 20
	sampleCells   = 12
	contrastCells = 6
	roleCells     = nameCells + sampleCells + contrastCells + 1
)

// roles is every role, in as many columns as there is room for, read downwards.
func (p *ThemePreview) roles(palette *theme.Palette, l Layout) []string {
	all := theme.Roles()
	columns := max(1, (l.width()+1)/(roleCells+1))
	height := (len(all) + columns - 1) / columns
	lines := make([]string, height)
	for i, r := range all {
		if i >= height {
			lines[i%height] += " "
		}
		text := sample(palette, r)
		lines[i%height] += palette.Paint(theme.Label, widget.Fit(r.String(), nameCells, "")) + palette.Paint(r, text) +
			fmt.Sprintf("%*s", sampleCells-widget.Width(text)+contrastCells+1, fmt.Sprintf("%.1f:1", sight.Tenths(p.contrast(r, p.measured()))))
	}
	for i := range lines {
		lines[i] = palette.Ground(lines[i])
	}
	return lines
}

// marks is every mark of the theme.
func marks(p *theme.Palette, width int) string {
	text := "marks "
	for _, g := range theme.Glyphs() {
		text += " " + p.Glyph(g)
	}
	return p.Ground(widget.Fit(text, min(width, widget.Width(text)), p.Glyph(theme.Ellipsis)))
}

// steps says how far the steps of each scale are apart.
func (s *status) steps(p *ThemePreview) {
	rows := make([][]string, 0, len(scaleNames))
	for i, name := range scaleNames {
		row := []string{name}
		for _, v := range sight.Visions() {
			row = append(row, fmt.Sprintf("%.0f", p.apart(i, v)))
		}
		rows = append(rows, row)
	}
	columns := []column{{title: "STEPS APART"}}
	for _, v := range sight.Visions() {
		title := v.String()
		if v == sight.Trichromacy {
			title = "all cones"
		}
		columns = append(columns, column{title: title, right: true, drop: int(v)})
	}
	lines, _ := table(s.l, s.l.width(), columns, rows)
	for _, line := range lines {
		s.line(line)
	}
	s.wrapped(fmt.Sprintf("The least difference of two neighbours by colour alone (CIEDE2000), as simulated for each eye. Below %.0f it is bold, underline, reverse and the word that tell them apart.",
		sight.LeastDifference))
}

// wrapped writes a sentence in as many lines as it takes.
func (s *status) wrapped(text string) {
	for _, line := range widget.Wrap(text, s.l.width()) {
		s.line(strings.TrimRight(line, " "))
	}
}

type previewJSON struct {
	ThemeEntry
	Colours string       `json:"colours"`
	Roles   []roleJSON   `json:"roles"`
	Steps   []stepsJSON  `json:"steps"`
	Glyphs  []glyphsJSON `json:"glyphs"`
}

type roleJSON struct {
	Role      string   `json:"role"`
	Sample    string   `json:"sample"`
	Bold      bool     `json:"bold"`
	Underline bool     `json:"underline"`
	Reverse   bool     `json:"reverse"`
	Contrast  measures `json:"contrast"`
}

// measures are the contrasts with so many colours.
type measures struct {
	True     float64 `json:"true_colour"`
	Many     float64 `json:"256"`
	Sixteen  float64 `json:"16"`
	AtLeast  float64 `json:"wcag"`
	Suffices bool    `json:"suffices"`
}

type stepsJSON struct {
	Scale string     `json:"scale"`
	Least visionJSON `json:"least_ciede2000"`
}

type visionJSON struct {
	All    float64 `json:"trichromacy"`
	Protan float64 `json:"protanopia"`
	Deutan float64 `json:"deuteranopia"`
	Tritan float64 `json:"tritanopia"`
}

type glyphsJSON struct {
	Glyph string `json:"glyph"`
	Shown string `json:"shown"`
}

// PreviewJSON writes how themes come out as one JSON document, vigil.theme.preview/1.
func PreviewJSON(w io.Writer, list []ThemePreview, ascii bool) error {
	out := struct {
		Schema string        `json:"schema"`
		Themes []previewJSON `json:"themes"`
	}{PreviewSchema, []previewJSON{}}
	for i := range list {
		p := &list[i]
		doc := previewJSON{ThemeEntry: p.Entry, Colours: term.Colours(p.Profile), Roles: []roleJSON{}, Steps: []stepsJSON{}, Glyphs: []glyphsJSON{}}
		if p.Theme != nil {
			p.fill(&doc, ascii)
		}
		out.Themes = append(out.Themes, doc)
	}
	return writeDocument(w, &out)
}

func (p *ThemePreview) fill(doc *previewJSON, ascii bool) {
	palette := p.Theme.Palette(p.Profile, ascii)
	for _, r := range theme.Roles() {
		spec := p.Theme.SpecFor(r, p.Profile)
		m := measures{
			sight.Tenths(p.contrast(r, colorprofile.TrueColor)), sight.Tenths(p.contrast(r, colorprofile.ANSI256)), sight.Tenths(p.contrast(r, colorprofile.ANSI)), sight.LeastContrast, false,
		}
		m.Suffices = slices.Min([]float64{m.True, m.Many, m.Sixteen}) >= sight.LeastContrast
		doc.Roles = append(doc.Roles, roleJSON{r.String(), sample(palette, r), spec.Bold, spec.Underline, spec.Invert, m})
	}
	for i, name := range scaleNames {
		least := func(v sight.Vision) float64 { return sight.Tenths(p.apart(i, v)) }
		doc.Steps = append(doc.Steps, stepsJSON{name, visionJSON{
			least(sight.Trichromacy), least(sight.Protanopia), least(sight.Deuteranopia), least(sight.Tritanopia),
		}})
	}
	for _, g := range theme.Glyphs() {
		doc.Glyphs = append(doc.Glyphs, glyphsJSON{g.String(), palette.Glyph(g)})
	}
}
