// Package grid reads a content as rows of cells, whichever way it is written: delimited text, JSON, or the sheet
// of a workbook. What the columns mean is not its matter.
//
// # Guarantees
//
//   - Rows come in the order of the content, each with the place where it and its cells stand: line and column
//     of a text, row and column of a sheet.
//   - A row that is broken costs itself, where the content goes on behind it. A content that is not whole
//     gives an error and must not be used.
//   - Nothing is evaluated: of a formula in a workbook its last result is read. Nothing touches a file.
//   - Sizes are capped before memory is asked for: of a text, of what a workbook unpacks to, of its
//     columns and cells.
package grid

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"vigil/internal/feed"
)

// Row is one row. Its cells and their places are good until the next is read.
type Row struct {
	Cells  []string
	Line   int   // 1-based, on which the row begins; of a sheet, its row
	Offset int64 // of its first byte; 0 in a sheet
	// Cut says that a text ends with the row and without a line break: its last cell may go on.
	Cut bool

	reader Reader
	first  int // line on which the reader began to count
}

// Reader gives the rows of a content.
type Reader interface {
	// Next reads a row. The error is io.EOF after the last one; one that wraps feed.ErrHalf if the content is
	// not whole; any other is of this row alone, which then has no cells, but its place.
	Next() (*Row, error)
	// Part names what of the content is read, such as a sheet; empty where there are no parts.
	Part() string
	// Ragged says what to do about a row that has not the cells of the header.
	Ragged() string

	position(r *Row, cell int) (line, column int)
	name(r *Row, cell int) string
}

// Position is the line of a cell and its column, both 1-based.
func (r *Row) Position(cell int) (line, column int) {
	if cell >= len(r.Cells) {
		return r.Line, 0
	}
	return r.reader.position(r, cell)
}

// Name is how people call the place of a cell beside its line and column, such as C12 in a workbook; with
// cell -1 of the row. It is empty where they have no name for it.
func (r *Row) Name(cell int) string { return r.reader.name(r, cell) }

// Blank reports whether the row holds nothing.
func (r *Row) Blank() bool {
	for _, cell := range r.Cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}

// Content is a content that can be read as rows.
type Content struct {
	Repairs feed.Repairs
	// Warnings are what is wrong with the content as a whole, and used all the same.
	Warnings []string
	// Empty says that the content is a list of nothing, such as the answer of an API that found none.
	Empty bool

	readers []func() (Reader, error) // the ways to read it, in the order in which they are tried
	size    int
}

// Rows is about how many rows there are, for who makes room for them.
func (c *Content) Rows() int { return c.size }

// separators in the order in which they are tried.
var separators = []rune{',', ';', '\t', '|'}

// MaxText caps a text, in bytes.
const MaxText = 256 << 20

// Open looks at a whole content. The error is one of [feed.Half].
func Open(ctx *feed.Context, body []byte) (*Content, error) {
	if Workbook(body) {
		return openWorkbook(ctx, body)
	}
	if len(body) > MaxText {
		return nil, feed.Half(ctx.Reject(0, 0, "%d MB are more than the %d that are read: nothing of it was read; split it into smaller files", len(body)>>20, MaxText>>20))
	}
	clean, repairs := text(body)
	switch {
	case JSON(clean) && repairs.UTF16 == 0:
		return openJSON(ctx, body) // which counts what it repairs
	case JSON(clean):
		c, err := openJSON(ctx, clean)
		if err == nil {
			c.Repairs = c.Repairs.Add(repairs)
		}
		return c, err
	}
	c := &Content{Repairs: repairs, size: bytes.Count(clean, []byte("\n"))}
	for _, separator := range separators {
		c.readers = append(c.readers, func() (Reader, error) { return newDelimited(clean, separator), nil })
	}
	return c, nil
}

// text makes UTF-8 of a content.
func text(body []byte) ([]byte, feed.Repairs) {
	if clean, repairs, ok := feed.UTF16(body); ok {
		return clean, repairs
	}
	return feed.UTF8(body)
}

// JSON reports whether a content begins as JSON does.
func JSON(body []byte) bool {
	body = bytes.TrimLeft(bytes.TrimPrefix(body, []byte("\ufeff")), " \t\r\n")
	return len(body) > 0 && (body[0] == '{' || body[0] == '[')
}

// HeaderDepth is how many rows are looked at to find the header: people put titles and notes above it.
const HeaderDepth = 10

// Find reads the content in each of its ways until a row among the first fits, which is the header. What
// stands above it is counted. ok is false when none fits; the error is one of [feed.Half], of a
// content that is not whole.
func (c *Content) Find(fits func(cells []string) bool) (r Reader, header *Row, above int, err error) {
	for _, open := range c.readers {
		r, err := open()
		if err != nil {
			return nil, nil, 0, err
		}
		above := 0
		for range HeaderDepth {
			row, err := r.Next()
			if errors.Is(err, feed.ErrHalf) && len(c.readers) == 1 {
				return nil, nil, 0, err
			}
			if err != nil {
				if errors.Is(err, io.EOF) || errors.Is(err, feed.ErrHalf) {
					break
				}
				above++
				continue
			}
			if row.Blank() {
				continue
			}
			if fits(row.Cells) {
				return r, row, above, nil
			}
			above++
		}
	}
	return nil, nil, 0, nil
}

// Glance is the first rows of a content of which only the beginning is at hand, for each of the ways in
// which it may be read. The last row may be cut off. A workbook gives none: its beginning says nothing.
func Glance(head []byte) [][][]string {
	clean, _ := text(head)
	switch {
	case Workbook(head), bytes.HasPrefix(bytes.TrimSpace(clean), []byte("<")):
		return nil
	case JSON(clean):
		return [][][]string{glanceJSON(clean)}
	}
	var ways [][][]string
	for _, separator := range separators {
		if rows := first(newDelimited(clean, separator)); len(rows) > 0 {
			ways = append(ways, rows)
		}
	}
	return ways
}

// First is the first rows of a whole content, as in [Glance].
func First(ctx *feed.Context, body []byte) ([][][]string, error) {
	c, err := Open(ctx, body)
	if err != nil {
		return nil, err
	}
	var ways [][][]string
	for _, open := range c.readers {
		r, err := open()
		if err != nil {
			return nil, err
		}
		if rows := first(r); len(rows) > 0 {
			ways = append(ways, rows)
		}
	}
	return ways, nil
}

// beginning is how many rows [Glance] gives at most.
const beginning = 25

func first(r Reader) [][]string {
	var rows [][]string
	for range 2 * beginning {
		row, err := r.Next()
		if errors.Is(err, io.EOF) || errors.Is(err, feed.ErrHalf) || len(rows) == beginning {
			break
		}
		if err == nil && !row.Blank() {
			rows = append(rows, append([]string(nil), row.Cells...))
		}
	}
	return rows
}
