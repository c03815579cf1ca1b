package grid

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"vigil/internal/feed"
)

// delimited reads a delimited text row by row. encoding/csv does the reading; what stands around it
// knows where each row begins, and begins anew on the next line after a row that is broken, so
// that a stray quotation mark does not swallow the rows up to the next one.
type delimited struct {
	body      []byte
	separator rune
	reader    *csv.Reader
	base      int // offset in body at which reader began
	baseLine  int // its line
	offset    int // of what is read next
	line      int // of offset, 1-based
}

func newDelimited(body []byte, separator rune) *delimited {
	r := &delimited{body: body, separator: separator, line: 1}
	r.restart()
	return r
}

func (r *delimited) restart() {
	r.reader = csv.NewReader(bytes.NewReader(r.body[r.offset:]))
	r.reader.Comma = r.separator
	r.reader.FieldsPerRecord = -1 // the header says how many there must be
	r.reader.ReuseRecord = true
	r.base, r.baseLine = r.offset, r.line
}

// Next reads a row.
func (r *delimited) Next() (*Row, error) {
	r.skipEmpty()
	start := r.offset
	out := &Row{Line: r.line, Offset: int64(start), reader: r, first: r.baseLine}
	cells, err := r.reader.Read()
	if errors.Is(err, io.EOF) {
		return out, io.EOF
	}
	if err == nil {
		end := r.base + int(r.reader.InputOffset())
		out.Cells = cells
		out.Cut = end == len(r.body) && !bytes.HasSuffix(r.body, []byte("\n"))
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
	return out, fmt.Errorf("%w: put the cell in quotes and double each quotation mark in it", err)
}

// Part is empty.
func (r *delimited) Part() string { return "" }

// Ragged names what makes cells out of one.
func (r *delimited) Ragged() string { return "quote cells that hold a separator" }

func (r *delimited) name(*Row, int) string { return "" }

// end is the end of the text as the reader counts it, to which CR LF is one byte and a last CR none.
func (r *delimited) end() int {
	if bytes.HasSuffix(r.body, []byte("\r\n")) || bytes.HasSuffix(r.body, []byte("\r")) {
		return len(r.body) - 1
	}
	return len(r.body)
}

// offsetOf is where in the text a row that begins at start went wrong. It is the end of the
// text when a cell in quotes ran up to there.
func (r *delimited) offsetOf(start int, err *csv.ParseError) int {
	for range err.Line - err.StartLine {
		start += lineLength(r.body[start:])
	}
	return start + err.Column - 1
}

func (r *delimited) advance(to int) {
	r.line += newlines(r.body[r.offset:to])
	r.offset = to
}

// skipEmpty passes the empty lines that the reader passes too.
func (r *delimited) skipEmpty() {
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

// position is the line of a cell and its column in characters.
func (r *delimited) position(row *Row, cell int) (line, column int) {
	line, column = r.reader.FieldPos(cell)
	line += row.first - 1
	text := r.body[row.Offset:]
	for range line - row.Line {
		text = text[lineLength(text):]
	}
	return line, utf8.RuneCount(text[:min(column-1, len(text))]) + 1
}

// newlines counts the line breaks of b.
func newlines(b []byte) int { return bytes.Count(b, []byte("\n")) }
