package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"unicode/utf8"

	"vigil/internal/feed"
)

// rows reads a delimited text row by row. encoding/csv does the reading; what stands around it
// knows where each row begins, and begins anew on the next line after a row that is broken, so
// that a stray quotation mark does not swallow the rows up to the next one.
type rows struct {
	body      []byte
	separator rune
	reader    *csv.Reader
	base      int // offset in body at which reader began
	baseLine  int // its line
	offset    int // of what is read next
	line      int // of offset, 1-based
}

// row is one row. Its cells are good until the next is read.
type row struct {
	cells  []string
	line   int   // 1-based, on which the row begins
	offset int64 // of its first byte
	cut    bool  // the text ends with it and without a line break

	rows  *rows
	first int // line on which the reader began to count
}

func newRows(body []byte, separator rune) *rows {
	r := &rows{body: body, separator: separator, line: 1}
	r.restart()
	return r
}

func (r *rows) restart() {
	r.reader = csv.NewReader(bytes.NewReader(r.body[r.offset:]))
	r.reader.Comma = r.separator
	r.reader.FieldsPerRecord = -1 // the layout says how many there must be
	r.reader.ReuseRecord = true
	r.base, r.baseLine = r.offset, r.line
}

// next reads a row. The error is io.EOF after the last one; feed.ErrHalf if the
// text ends within quotes; any other is of this row alone. The row then has no cells, but its
// place.
func (r *rows) next() (*row, error) {
	r.skipEmpty()
	start := r.offset
	out := &row{line: r.line, offset: int64(start), rows: r, first: r.baseLine}
	cells, err := r.reader.Read()
	if errors.Is(err, io.EOF) {
		return out, io.EOF
	}
	if err == nil {
		end := r.base + int(r.reader.InputOffset())
		out.cells = cells
		out.cut = end == len(r.body) && !bytes.HasSuffix(r.body, []byte("\n"))
		r.advance(end)
		return out, nil
	}
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		if r.offsetOf(start, parse) >= r.end() {
			return out, feed.ErrHalf
		}
		err = parse.Err
	}
	r.advance(start + lineLength(r.body[start:]))
	r.restart()
	return out, err
}

// end is the end of the text as the reader counts it, to which CR LF is one byte and a last CR none.
func (r *rows) end() int {
	if bytes.HasSuffix(r.body, []byte("\r\n")) || bytes.HasSuffix(r.body, []byte("\r")) {
		return len(r.body) - 1
	}
	return len(r.body)
}

// offsetOf is where in the text a row that begins at start went wrong. It is the end of the
// text when a cell in quotes ran up to there.
func (r *rows) offsetOf(start int, err *csv.ParseError) int {
	for range err.Line - err.StartLine {
		start += lineLength(r.body[start:])
	}
	return start + err.Column - 1
}

func (r *rows) advance(to int) {
	r.line += newlines(r.body[r.offset:to])
	r.offset = to
}

// skipEmpty passes the empty lines that the reader passes too.
func (r *rows) skipEmpty() {
	for rest := r.body[r.offset:]; len(rest) > 0; rest = r.body[r.offset:] {
		switch {
		case rest[0] == '\n':
			r.advance(r.offset + 1)
		case bytes.HasPrefix(rest, []byte("\r\n")):
			r.advance(r.offset + 2)
		default:
			return
		}
	}
}

func lineLength(b []byte) int {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return i + 1
	}
	return len(b)
}

func (r *row) blank() bool {
	for _, cell := range r.cells {
		if notBlank(cell) {
			return false
		}
	}
	return true
}

// position is the line of a cell and its column in characters. It must be asked before the next
// row is read.
func (r *row) position(cell int) (line, column int) {
	if cell >= len(r.cells) {
		return r.line, 0
	}
	line, column = r.rows.reader.FieldPos(cell)
	line += r.first - 1
	text := r.rows.body[r.offset:]
	for range line - r.line {
		text = text[lineLength(text):]
	}
	return line, utf8.RuneCount(text[:min(column-1, len(text))]) + 1
}
