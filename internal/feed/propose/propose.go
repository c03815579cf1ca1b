// Package propose looks at a table or at features that vigil does not know and proposes a [source.map] for
// them: by the headings and tags of the columns, and by what their values look like. A person reads the
// proposal before it is used; what was not settled is left out, with the reason beside it.
//
// Everything is pure: bytes in, a proposal out.
package propose

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"vigil/internal/feed"
	"vigil/internal/feed/dates"
	"vigil/internal/feed/geojson"
	"vigil/internal/feed/grid"
	"vigil/internal/feed/mapped"
	"vigil/internal/incident"
)

// Proposal is a [source.map] for one content.
type Proposal struct {
	Format string // csv, json, xlsx or geojson
	Sheet  string // of a workbook, where it is not the first
	Rows   int
	Fields []Field
	Words  []Word   // our words for words of the source
	Unused []string // columns that no field was found for
	Notes  []string // what a person must look at
}

// Field is one line of the map.
type Field struct {
	Name  string
	Place string
	Why   string // what speaks for it
}

// Word is our word for a word of the source. Ours is empty where none is known to fit.
type Word struct {
	Field, Theirs, Ours string
	Rows                int
}

// Map is the proposal as it is applied.
func (p *Proposal) Map() *feed.Map {
	m := &feed.Map{Fields: map[string]string{}, Values: map[string]map[string]string{}}
	for _, f := range p.Fields {
		m.Fields[f.Name] = f.Place
	}
	for _, w := range p.Words {
		if w.Ours == "" {
			continue
		}
		if m.Values[w.Field] == nil {
			m.Values[w.Field] = map[string]string{}
		}
		m.Values[w.Field][w.Theirs] = w.Ours
	}
	return m
}

// column is a column of the content, with what its values look like.
type column struct {
	place  string   // as it is written into the map
	names  []string // folded: its heading and its tag
	values []string
	filled int            // values that are not empty
	words  map[string]int // how often each value stands, of the first maxWords
	used   bool
}

const (
	maxSamples = 2000 // rows that are looked at
	maxWords   = 60   // different values of a column that are counted
)

// Of proposes a map for a content. The error is one of [feed.Half]: it cannot be read as a table at all.
func Of(ctx *feed.Context, body []byte) (*Proposal, error) {
	p := &Proposal{Sheet: ctx.Sheet}
	switch head := body[:min(len(body), feed.HeadSize)]; {
	case grid.Workbook(body):
		p.Format = "xlsx"
	case geojson.Format.Recognise(head):
		p.Format = "geojson"
	case grid.JSON(head):
		p.Format = "json"
	default:
		p.Format = "csv"
	}
	columns, rows, err := read(ctx, body, p.Format == "geojson")
	if err != nil {
		return nil, err
	}
	p.Rows = rows
	m := &matcher{p: p, columns: columns}
	m.match()
	p.written()
	for i := range columns {
		if !columns[i].used {
			p.Unused = append(p.Unused, columns[i].place)
		}
	}
	p.check()
	return p, nil
}

func (p *Proposal) has(field string) bool {
	return slices.ContainsFunc(p.Fields, func(f Field) bool { return f.Name == field || strings.HasPrefix(f.Name, field+".") })
}

// written makes reports of rows that were published under a title and say neither when nor what happened, nor where: such as the
// Disease Outbreak News. As incidents they would be in no window, and count as something that happened.
func (p *Proposal) written() {
	for _, field := range [...]string{"class", "occurred", "year", "country", "lat", "point", "act"} {
		if p.has(field) {
			return
		}
	}
	if p.has("reported") && p.has("title") {
		p.Fields = append(p.Fields, Field{Name: "class", Place: "=report", Why: "published under a title: listed, and counted as nothing"})
	}
}

// check notes what the proposal lacks.
func (p *Proposal) check() {
	has := p.has
	timed := has("occurred") || has("year")
	if has("class") && !timed && !has("act") {
		p.Notes = append(p.Notes, "the rows say what was written and not what happened: they are reports, of the countries that their titles name")
		return
	}
	switch {
	case timed:
	case has("reported"):
		p.Notes = append(p.Notes, "no column looks like the time of an incident, and when it was reported is not when it happened: without one it is in no window")
	default:
		p.Notes = append(p.Notes, "no column looks like the time of an incident: without one it is in no window")
	}
	if !has("country") && !has("lat") && !has("point") && p.Format != "geojson" {
		p.Notes = append(p.Notes, `no column looks like a country or a position: if all rows are in one country, write country = "=MLI"`)
	}
	if !has("act") {
		p.Notes = append(p.Notes, `no column looks like what happened: name one as act, or write one word for all rows, such as act = "=flood"`)
	}
	if !has("id") && p.Format != "geojson" {
		p.Notes = append(p.Notes, "no column holds an id of its own for each row: a row that is corrected later counts as another incident")
	}
	if _, err := mapped.New(p.Map()); err != nil {
		p.Notes = append(p.Notes, err.Error())
	}
}

// Hush takes the examples out of the proposal: some of what they show is restricted.
func (p *Proposal) Hush() {
	for i := range p.Fields {
		p.Fields[i].Why = ""
	}
}

// Fits reports whether the content looks like incidents at all, having a time or a place of them, or like reports.
func (p *Proposal) Fits() bool {
	return p.has("class") || slices.ContainsFunc(p.Fields, func(f Field) bool {
		return f.Name == "occurred" || f.Name == "year" || f.Name == "country" || f.Name == "lat" || f.Name == "point"
	})
}

// read gathers the columns of a content.
func read(ctx *feed.Context, body []byte, features bool) ([]column, int, error) {
	content, err := grid.Open(ctx, body)
	if err != nil {
		return nil, 0, err
	}
	most := 0
	if _, _, _, err = content.Find(func(cells []string) bool { most = max(most, filled(cells)); return false }); err != nil {
		return nil, 0, err
	}
	rows, header, _, err := content.Find(func(cells []string) bool { return filled(cells) == most && most > 0 })
	if err != nil {
		return nil, 0, err
	}
	if rows == nil {
		return nil, 0, feed.Half(ctx.Reject(0, 0, "there are no rows in it: is it the right file, or the right sheet?"))
	}
	if !features && values(header.Cells) {
		return nil, 0, feed.Half(ctx.Reject(header.Line, 0, "there are dates or figures where headings should be: put a row that names the columns above the first row of values"))
	}
	columns := make([]column, len(header.Cells))
	for i, cell := range header.Cells {
		columns[i] = column{place: strings.TrimSpace(cell), words: map[string]int{}}
		if features {
			columns[i].place = strings.TrimPrefix(columns[i].place, "properties.")
			columns[i].used = columns[i].place == "type" || strings.HasPrefix(columns[i].place, "geometry.") || columns[i].place == "bbox"
		}
		columns[i].names = []string{fold(columns[i].place)}
		columns[i].used = columns[i].used || columns[i].place == ""
	}
	n := 0
	for first := true; ; first = false {
		row, err := rows.Next()
		switch {
		case errors.Is(err, io.EOF) || errors.Is(err, feed.ErrHalf):
			return columns, n, nil
		case err != nil || row.Blank():
		case first && tags(row.Cells):
			for i := range columns {
				if i < len(row.Cells) && strings.TrimSpace(row.Cells[i]) != "" {
					columns[i].names = append(columns[i].names, fold(row.Cells[i]))
				}
			}
		default:
			if n++; n > maxSamples {
				continue
			}
			for i := range columns {
				if i < len(row.Cells) {
					columns[i].add(strings.TrimSpace(row.Cells[i]))
				}
			}
		}
	}
}

func (c *column) add(value string) {
	if value == "" {
		return
	}
	c.filled++
	c.values = append(c.values, value)
	if _, known := c.words[value]; known || len(c.words) < maxWords {
		c.words[value]++
	}
}

func filled(cells []string) int {
	n := 0
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

// values reports whether a row that is taken for headings holds what no heading is: a whole date or a number with a fraction.
// A year may be a heading, and so may a number.
func values(cells []string) bool {
	return slices.ContainsFunc(cells, func(cell string) bool {
		cell = strings.TrimSpace(cell)
		if _, err := strconv.ParseFloat(cell, 64); err == nil {
			return strings.Contains(cell, ".")
		}
		w, err := (dates.Style{}).Read(cell)
		return w.Precision >= incident.ToDate || errors.Is(err, dates.ErrOrder)
	})
}

func tags(cells []string) bool {
	n := 0
	for _, cell := range cells {
		switch cell = strings.TrimSpace(cell); {
		case strings.HasPrefix(cell, "#"):
			n++
		case cell != "":
			return false
		}
	}
	return n > 0
}

// fold is a heading as words: small letters without accents, and without the marks between them.
func fold(s string) string {
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
	return strings.Join(strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '°' }), " ")
}

// examples shows a few different values of a column.
func (c *column) examples() string {
	const most, longest = 3, 40
	var shown []string
	for _, v := range c.values {
		v = strings.Join(strings.Fields(v), " ")
		if len(v) > longest {
			v = strings.ToValidUTF8(v[:longest], "") + "…"
		}
		if !slices.Contains(shown, v) {
			shown = append(shown, v)
		}
		if len(shown) == most {
			break
		}
	}
	return strings.Join(shown, " · ")
}

// share is how many of the filled values something holds of, from 0 to 1.
func (c *column) share(holds func(string) bool) float64 {
	if c.filled == 0 {
		return 0
	}
	n := 0
	for _, v := range c.values {
		if holds(v) {
			n++
		}
	}
	return float64(n) / float64(len(c.values))
}

// different is how many different values there are among those that were looked at.
func (c *column) different() int {
	seen := make(map[string]bool, len(c.values))
	for _, v := range c.values {
		seen[v] = true
	}
	return len(seen)
}

// called reports whether a word stands in the heading or the tag.
func (c *column) called(word string) bool {
	return slices.ContainsFunc(c.names, func(name string) bool { return within(name, word) })
}
