package watch

import (
	"strings"

	"vigil/internal/theme"
	"vigil/internal/tui/widget"
	"vigil/internal/wall"
)

// banner is the newest critical alarm that nobody has.
func (d *drawing) banner() {
	a := d.m.Critical()
	if a == nil {
		text, role := d.calm()
		d.add(widget.Span{Text: widget.FitWords(d.safe(" "+text), d.f.Width, d.f.Palette.Glyph(theme.Ellipsis)), Role: role})
		return
	}
	head := strings.Join(strings.Fields(d.f.Say("!CRITICAL")+" "+a.Called+" "+a.Standing+" "+age(a, d)), " ")
	text := head + "  " + a.Words
	if a.Told != "" {
		const least = 12 // cells for what it is about, which comes before how many were told
		told := head + "  " + d.f.Sayf("told %s", a.Told)
		if widget.Width(told)+min(least, widget.Width(a.Words))+2 <= d.f.Width {
			text = told + "  " + a.Words
		}
	}
	role := theme.Alarm
	if !a.Rings { // somebody has it, and not everybody knows
		role = theme.Warning
	}
	d.loud(a)
	fit := widget.FitWords
	if d.tight() { // the beginning of a word is all that there is room for
		fit = widget.Fit
	}
	d.add(widget.Span{Text: fit(d.safe(text), d.f.Width, d.f.Palette.Glyph(theme.Ellipsis)), Role: role})
	const room = 20 // lines from which on there is one for who was told
	if words := d.who(a); len(words) > 0 && d.f.Height >= room {
		d.add(widget.Span{Text: widget.FitWords(" "+d.safe(strings.Join(words, "  ")), d.f.Width, d.f.Palette.Glyph(theme.Ellipsis))})
	}
}

// loud is the newest critical in large letters, as long as nobody has it: a line of text is not read across a room. It stands above what is said of it,
// on terminals on which figures are larger than large.
func (d *drawing) loud(a *wall.Alarm) {
	scale := d.scale()
	if scale < 2 || !a.Rings {
		return
	}
	half := scale == 2 && !d.f.Palette.ASCII
	text := ""
	for _, piece := range []string{d.big(d.f.Say("CRITICAL"), "CRITICAL"), a.Country.Alpha3(), d.big(a.Standing, ""), age(a, d)} {
		if longer := strings.TrimSpace(text + " " + piece); widget.BigWidth(longer, 1) <= d.f.Width-2 {
			text = longer
		}
	}
	if d.f.Palette.ASCII {
		for _, row := range widget.Big(text, 1, "#") {
			d.lines = append(d.lines, widget.Line(d.f.Palette.Slab(), d.f.Width, append([]widget.Span{{Text: " "}}, runs(widget.Span{Text: row, Role: theme.Alarm})...)...))
		}
		return
	}
	for _, row := range (letters{scale: 1, half: half}).lines(text, "█") {
		d.add(widget.Span{Text: widget.Fit(" "+row, d.f.Width, ""), Role: theme.Alarm})
	}
}

// big is a word where there are large letters for it, else another.
func (d *drawing) big(word, other string) string {
	if widget.HasBig(word) {
		return word
	}
	return other
}

// who says who must know of an alarm and was not told, and who was.
func (d *drawing) who(a *wall.Alarm) (words []string) {
	if len(a.Lacks) > 0 {
		words = append(words, d.f.Sayf("not told: %s", strings.Join(a.Lacks, ", ")))
	}
	if len(a.Knows) > 0 {
		words = append(words, d.f.Sayf("told: %s", strings.Join(a.Knows, ", ")))
	}
	return words
}

func age(a *wall.Alarm, d *drawing) string {
	text, _ := d.f.Age(a.Came, d.m.At, 0)
	return text
}
