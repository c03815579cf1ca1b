package desk

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
)

const (
	maxTable    = 64 << 20 // bytes of a CSV file: some 300,000 people
	maxPreamble = 10       // records before the header, such as a title
)

// table reads a CSV file row by row with the places of its cells.
type table struct {
	r      *reader
	lines  *lines
	csv    *csv.Reader
	ended  bool // the text ends in a line end
	cells  []string
	header int  // number of columns
	broken bool // by a quotation that never ends: nobody knows what rows it swallowed
}

// openTable decodes a CSV file: comma, semicolon, tab or bar between the cells, whichever its first
// lines use most; nil with a problem when it cannot be read at all.
func (r *reader) openTable(data []byte) *table {
	if len(data) > maxTable {
		r.errorf(place{}, "the file has %d bytes, of which %d are read at most: divide it", len(data), maxTable)
		return nil
	}
	text, note := decode(data)
	if strings.TrimSpace(text) == "" {
		r.errorf(place{}, "NO DATA: the file is empty; write its heading at least, or remove it")
		return nil
	}
	if note != "" {
		r.warnf(place{}, "%s", note)
	}
	t := &table{r: r, lines: linesOf(text), csv: csv.NewReader(strings.NewReader(text)), ended: !Unterminated([]byte(text[len(text)-1:]))}
	t.csv.FieldsPerRecord = -1
	t.csv.Comma = separator(text)
	return t
}

// separator finds what stands between the cells. A first line "sep=;" is what a spreadsheet writes
// to tell itself.
func separator(text string) rune {
	if rest, ok := strings.CutPrefix(text, "sep="); ok && len(rest) > 1 && (rest[1] == '\n' || rest[1] == '\r') &&
		strings.ContainsRune(",;\t|", rune(rest[0])) {
		return rune(rest[0])
	}
	const enough = 4 << 10
	var counts [128]int
	quoted := false
	for i := 0; i < min(len(text), enough); i++ {
		switch c := text[i]; c {
		case '"':
			quoted = !quoted
		case ',', ';', '\t', '|':
			if !quoted {
				counts[c]++
			}
		}
	}
	best := ','
	for _, c := range ";\t|" {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best
}

// next reads the next row that holds anything. ok is false at the end of the file and after a
// quotation that never ends, which is reported; a row with a stray quote is reported and
// left out.
func (t *table) next() (ok bool) {
	for {
		cells, err := t.csv.Read()
		var wrong *csv.ParseError
		switch {
		case err == nil:
		case errors.Is(err, io.EOF):
			return false
		case errors.As(err, &wrong):
			at := t.lines.inLine(wrong.Line, wrong.Column)
			if errors.Is(err, csv.ErrBareQuote) && wrong.StartLine == wrong.Line {
				t.r.errorf(at, "a quote stands inside a cell: write it twice and put the cell in quotes; this row is left out")
				continue
			}
			if wrong.StartLine == wrong.Line && wrong.Column <= len(t.lines.line(wrong.Line)) {
				t.r.errorf(at, "a quote stands inside a cell in quotes: write it twice; this row is left out")
				continue
			}
			t.r.errorf(at, "a cell in quotes that begins in line %d does not end as it should: close the quotes, and write a quote inside them twice", wrong.StartLine)
			t.broken = true
			return false
		default:
			t.r.errorf(place{}, "the file cannot be read as CSV: %v", err)
			t.broken = true
			return false
		}
		if !blank(cells) {
			t.cells = cells
			return true
		}
	}
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// at is where a cell of the current row stands; without the cell, where the row begins.
func (t *table) at(column int) place {
	if column < 0 || column >= len(t.cells) {
		line, _ := t.csv.FieldPos(0)
		return place{line: line}
	}
	line, col := t.csv.FieldPos(column)
	return t.lines.inLine(line, col)
}

// cell is the text of a cell without the space around it; a cell that the row does not have is empty.
func (t *table) cell(column int) string {
	if column < 0 || column >= len(t.cells) {
		return ""
	}
	return strings.TrimSpace(t.cells[column])
}

// tags reports whether the row holds HXL tags, which say nothing that the headings do not.
func (t *table) tags() bool {
	for _, c := range t.cells {
		if c = strings.TrimSpace(c); c != "" && !strings.HasPrefix(c, "#") {
			return false
		}
	}
	return true
}

// fits reports whether the row has the cells of the header. Empty cells at its end may be missing
// or be too many, as spreadsheets have it. A row over several lines that does not fit comes of
// a stray quote, and nobody knows what rows it swallowed.
func (t *table) fits() bool {
	if len(t.cells) != t.header && slices.ContainsFunc(t.cells, func(c string) bool { return strings.Contains(c, "\n") }) {
		t.r.errorf(t.at(-1), "this row goes over several lines and has %d cells, the heading %d: a quote is missing or one too many", len(t.cells), t.header)
		t.broken = true
		return false
	}
	if len(t.cells) > t.header && !blank(t.cells[t.header:]) {
		t.r.errorf(t.at(t.header), "this row has %d cells and the heading %d: put a text with a separator in it into quotes", len(t.cells), t.header)
		return false
	}
	return true
}

// cutOff reports whether the row ends the text in the middle: nothing follows, not even a line end,
// and cells are missing.
func (t *table) cutOff() bool {
	return !t.ended && len(t.cells) < t.header && t.csv.InputOffset() >= int64(len(t.lines.text))
}
