package table

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"vigil/internal/feed"
	"vigil/internal/feed/dates"
	"vigil/internal/feed/grid"
	"vigil/internal/feed/mapped"
	"vigil/internal/feed/native"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/problem"
)

// Native is the table that vigil convert writes, with or without its row of HXL tags, and also after a
// spreadsheet has saved it. Each row becomes the line that the native format has for it and is read as such, so
// that a table means what that line means.
//
// Each file is the whole of what it lists. What the incidents were taken from nobody can tell by now, so it
// covers nothing unless its [[source]] does.
var Native = &feed.Format{
	Name: "native-table",
	Sign: "the columns that vigil convert --to csv or hxl writes: id, class, act, country …, in CSV or XLSX",
	Profile: health.Profile{
		Expect: day,
		Memory: health.Complete,
	},
	Recognise: func(head []byte) bool {
		// Records of JSON with such members hold lists and objects, which are no cells.
		return !grid.JSON(head) && own.recognise(head)
	},
	RecogniseRows: own.recogniseRows,
	Document:      own.decode,
}

var own = &mapping{name: "vigil", layout: newLayout(layoutOf(NativeColumns)), partial: true, row: ownRow, also: peopleColumns, verbatim: true}

// NativeColumn is a column of the table that vigil writes.
type NativeColumn struct {
	Heading string // of which each is the name of a member of the native format, but for the figures
	Tag     string // of HXL
	kind    ownKind
}

// ownKind is how the text of a cell is the value of a member.
type ownKind uint8

const (
	ownText   ownKind = iota
	ownTime           // as the native format has it, or as a spreadsheet writes it
	ownNumber         // without quotes
	ownList           // texts with semicolons between them
	ownFlag           // true, or empty
	ownNames          // the list of "replaces", as JSON
	ownFigure         // no member: a sum for the reader's eye
)

// NativeColumns are those that are always there. The tags are of the HXL 1.1 core schema, with attributes of its own list
// where it has them. Behind them stand columns of people, one for each description that occurs: see [PeopleTag].
var NativeColumns = []NativeColumn{
	{"id", "#event+id", ownText},
	{"source", "#meta+source", ownText},
	{"class", "#meta+class", ownText},
	{"version", "#meta+version", ownNumber},
	{"type", "#meta+type", ownText},
	{"replaces", "#meta+replaces", ownNames},
	{"status", "#status", ownText},
	{"occurred", "#date+occurred", ownTime},
	{"until", "#date+end", ownTime},
	{"reported", "#date+reported", ownTime},
	{"expected_from", "#date+start+expected", ownTime},
	{"expected_to", "#date+end+expected", ownTime},
	{"country", "#country+code", ownList},
	{"country_text", "#country+name", ownList},
	{"inferred", "#country+inferred", ownFlag},
	{"admin1", "#adm1+name", ownText},
	{"place", "#loc+name", ownText},
	{"lat", "#geo+lat", ownNumber},
	{"lon", "#geo+lon", ownNumber},
	{"accuracy_km", "#geo+accuracy+km", ownNumber},
	{"threat", "#cause+threat", ownText},
	{"act", "#event+type", ownText},
	{"target", "#event+target", ownText},
	{"holder", "#event+holder", ownText},
	{"means", "#event+means", ownText},
	{"actor", "#event+actor", ownText},
	{"severity", "#severity", ownText},
	{"title", "#event+name", ownText},
	{"details", "#description", ownText},
	{"killed", "#affected+killed", ownFigure},
	{"injured", "#affected+injured", ownFigure},
	{"abducted", "#affected+abducted", ownFigure},
	{"detained", "#affected+detained", ownFigure},
	{"affected", "#affected", ownFigure},
	{"national", "#affected+national", ownFigure},
	{"international", "#affected+international", ownFigure},
	{"female", "#affected+f", ownFigure},
	{"male", "#affected+m", ownFigure},
	{"verification", "#status+verification", ownText},
	{"grade", "#meta+grade", ownText},
	{"handling", "#meta+handling", ownText},
	{"no_onward", "#meta+no_onward", ownFlag},
	{"links", "#meta+url", ownList},
}

// Figures gives the sum that a column of people for the reader's eye shows; empty and false where it does not know.
var Figures = map[string]incident.Cut{
	"killed": {Outcome: incident.Killed}, "injured": {Outcome: incident.Injured},
	"abducted": {Outcome: incident.Abducted}, "detained": {Outcome: incident.Detained}, "affected": {},
	"national": {Recruitment: incident.National}, "international": {Recruitment: incident.International},
	"female": {Sex: incident.Female}, "male": {Sex: incident.Male},
}

// needed are the columns without which a table is somebody else's.
var needed = []string{"id", "class", "act", "country"}

func layoutOf(columns []NativeColumn) []column {
	all := make([]column, len(columns))
	for n, c := range columns {
		all[n] = column{header: c.Heading, tag: c.Tag, need: slices.Contains(needed, c.Heading)}
	}
	return all
}

// Uncounted in a column of people says that there may have been such people and nobody counted them. An empty cell
// is no entry at all: of a breakdown that names other outcomes that is nobody.
const Uncounted = "?"

// described is a column of the people of one description.
type described struct {
	at  int // position among the cells
	who incident.Affected
}

// peopleColumns takes the columns of people out of those that the layout does not have.
func peopleColumns(s *sheet, header []string, unknown []string) (rest []string) {
	tags := isTags(header)
	taken := map[string]bool{}
	var again []string
	for at, cell := range header {
		cell = strings.TrimSpace(cell)
		var who incident.Affected
		var err error
		switch {
		case !slices.Contains(unknown, cell):
			continue
		case tags:
			who, err = peopleOfTag(cell)
		default:
			who, err = mapped.People(strings.ToLower(cell))
		}
		switch {
		case err != nil:
		case slices.ContainsFunc(s.peopled, func(p described) bool { return p.who == who }):
			again = append(again, cell) // nobody counts twice
		default:
			s.peopled = append(s.peopled, described{at, who})
			taken[cell] = true
		}
	}
	return append(slices.DeleteFunc(unknown, func(cell string) bool { return taken[cell] }), again...)
}

// line builds a line of the native format, and knows of which cell each part of it is.
type line struct {
	text  []byte
	runes int
	parts []part
}

type part struct {
	from int // characters of the line before it
	cell int // position in the row
}

func (l *line) member(name string, cell int, value []byte) {
	before := len(l.text)
	if before > 1 {
		l.text = append(l.text, ',')
	}
	l.parts = append(l.parts, part{l.runes, cell})
	l.text = append(l.text, '"')
	l.text = append(l.text, name...)
	l.text = append(l.text, '"', ':')
	l.text = append(l.text, value...)
	l.runes += utf8.RuneCount(l.text[before:])
}

// cellOf is the cell that a column of the line belongs to, or whole.
func (l *line) cellOf(column int) int {
	cell := whole
	for _, p := range l.parts {
		if column > 0 && p.from < column {
			cell = p.cell
		}
	}
	return cell
}

func quote(s string) []byte {
	// The only error is of text that is not UTF-8, and that was repaired before.
	b, _ := jsontext.AppendQuote(nil, s)
	return b
}

func ownRow(s *sheet, r *grid.Row, rec *feed.Record) {
	l := line{text: []byte{'{'}, runes: 1}
	for n := range NativeColumns {
		c := &NativeColumns[n]
		cell := s.cell(r, n)
		switch {
		case c.kind == ownFigure:
		case c.Heading == "country":
			if cell == "" && s.cell(r, s.layout.column("country_text")) == "" {
				l.member("country", s.at[n], quote("unknown"))
			} else if cell != "" {
				l.member("countries", s.at[n], quoteAll(cell))
			}
		case cell != "":
			l.member(c.Heading, s.at[n], ownValue(c, cell))
		}
	}
	affected, at := ownPeople(s, r)
	if len(affected) > 0 {
		l.member("affected", at, affected)
	}
	got, _ := native.Format.Line(s.ctx, append(l.text, '}'), feed.Place{Line: r.Line, Offset: r.Offset})
	rec.Kind, rec.Incident = got.Kind, got.Incident
	s.text.Report = s.text.Report.Add(got.Repairs.Text)
	for _, p := range got.Problems {
		rec.Problems = append(rec.Problems, s.moved(r, p, l.cellOf(p.Column)))
	}
	if rec.Kind == feed.Incident {
		ownFigures(s, r, &rec.Incident)
	}
}

// moved is a problem of the line where it stands in the table.
func (s *sheet) moved(r *grid.Row, p problem.Problem, cell int) problem.Problem {
	p.Line, p.Column = r.Line, 0
	if cell != whole {
		p.Line, p.Column = r.Position(cell)
	}
	if name := r.Name(cell); name != "" {
		warning := p.Warning
		p = s.ctx.Reject(p.Line, p.Column, "%s: %s", name, p.Message)
		p.Warning = warning
	}
	return p
}

// ownValue is a cell as the value of its member. What is not of its kind is written as a text, of which the native
// format says what is wrong.
func ownValue(c *NativeColumn, cell string) []byte {
	switch c.kind {
	case ownNumber:
		if v := jsontext.Value(cell); v.Kind() == '0' && v.IsValid() {
			return []byte(cell)
		}
	case ownFlag:
		if v := strings.ToLower(cell); v == "true" || v == "false" {
			return []byte(v)
		}
	case ownNames:
		if v := jsontext.Value(cell); v.IsValid() {
			return []byte(cell)
		}
	case ownList:
		return quoteAll(cell)
	case ownTime:
		// A spreadsheet writes dates in ways of its own; what is not sure of them is not guessed.
		if w, err := (dates.Style{}).Read(cell); err == nil && !w.IsZero() {
			return quote(w.String())
		}
	case ownText, ownFigure:
	}
	return quote(Bare(cell))
}

func quoteAll(cell string) []byte {
	b := []byte{'['}
	for n, text := range Split(cell) {
		if n > 0 {
			b = append(b, ',')
		}
		b = append(b, quote(text)...)
	}
	return append(b, ']')
}

// ownPeople is the list of people of a row, as JSON, and the first cell that gave any.
func ownPeople(s *sheet, r *grid.Row) (list []byte, at int) {
	at = whole
	add := func(cell string, column int, who incident.Affected) {
		if cell == "" {
			return
		}
		if at == whole {
			at, list = column, append(list, '[')
		} else {
			list = append(list, ',')
		}
		list = append(list, '{')
		for _, d := range [...][2]string{
			{"population", who.Population.Value.String()},
			{"recruitment", who.Recruitment.Value.String()},
			{"sex", who.Sex.Value.String()},
			{"outcome", who.Outcome.Value.String()},
		} {
			if d[1] != "" {
				list = append(list, fmt.Sprintf("%q:%q,", d[0], d[1])...)
			}
		}
		list = append(list, `"count":`...)
		switch v := jsontext.Value(cell); {
		case cell == Uncounted:
			list = append(list, "null"...)
		case v.Kind() == '0' && v.IsValid():
			list = append(list, cell...)
		default:
			list = append(list, quote(cell)...)
		}
		list = append(list, '}')
	}
	for _, p := range s.peopled {
		add(strings.TrimSpace(r.Cells[p.at]), p.at, p.who)
	}
	if at == whole { // the sums alone, as somebody writes them by hand
		for _, outcome := range [...]string{"killed", "injured", "abducted", "detained"} {
			s.addFigure(r, outcome, add)
		}
		for _, figure := range [...]string{"national", "international", "female", "male", "affected"} {
			s.addFigure(r, figure, add)
		}
	}
	if at != whole {
		list = append(list, ']')
	}
	return list, at
}

func (s *sheet) addFigure(r *grid.Row, heading string, add func(cell string, column int, who incident.Affected)) {
	c := Figures[heading]
	column := s.layout.column(heading)
	add(s.cell(r, column), s.at[column], incident.Affected{
		Recruitment: incident.Known(c.Recruitment), Sex: incident.Known(c.Sex), Outcome: incident.Known(c.Outcome),
	})
}

// ownFigures compares the sums with the columns of people, which hold: somebody may have corrected one of them.
func ownFigures(s *sheet, r *grid.Row, i *incident.Incident) {
	if len(s.peopled) == 0 {
		return
	}
	for _, c := range NativeColumns {
		if c.kind != ownFigure {
			continue
		}
		column := s.layout.column(c.Heading)
		cell := s.cell(r, column)
		n, known := i.Affected.Figure(Figures[c.Heading])
		sum := strconv.Itoa(n)
		if !known {
			sum = "no figure"
		}
		if cell != "" && cell != sum && wholeID(cell) != sum {
			s.warn(r, column, "%s is %q, and the columns affected.… of the row give %s: those are read; correct them too, or empty them to have the sums read",
				c.Heading, cell, sum)
		}
	}
}
