// Package table reads incidents from delimited text by reviewed tables of columns and codes.
//
// A layout names the columns of a format, by header and by HXL tag; a mapping turns one row
// into one incident. The Aid Worker Security Database is the one mapping so far.
//
// # Guarantees
//
//   - A content is recognised by its columns, whatever the order, the separator (comma,
//     semicolon, tab), the character set or the name of the file.
//   - Each row gives one record. A row that cannot be used is refused with its line, and
//     the rows after it are read: a quotation mark in the wrong place costs its own row.
//   - A content that ends in the middle of a row gives none: the export was still being written.
//   - A cell that is empty, a number that is none and a column that is not there are unknown,
//     never 0.
//   - A code that no table has is kept as text, warned of and counted as unknown.
package table

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"vigil/internal/feed"
	"vigil/internal/problem"
)

// mapping is one format of tables.
type mapping struct {
	name   string // as people call it
	layout *layout
	// row makes the record of a row: an incident, or a refusal through sheet.refuse.
	row func(s *sheet, r *row, rec *feed.Record)
}

// sheet is a table being read: the place of its columns and where problems go.
type sheet struct {
	ctx    *feed.Context
	layout *layout
	at     []int // position of each column of the layout, or -1
	text   feed.Text
	rec    *feed.Record // whose problems are being gathered
}

// separators in the order in which they are tried.
var separators = []rune{',', ';', '\t'}

// recognise reports whether the first row of a content is the header of the mapping.
func (m *mapping) recognise(head []byte) bool {
	clean, _ := feed.UTF8(head)
	_, _, ok := m.header(clean)
	return ok
}

// header finds the separator and the columns. A row of tags alone is a header too.
func (m *mapping) header(body []byte) (rows *rows, match match, ok bool) {
	for _, separator := range separators {
		rows = newRows(body, separator)
		first, err := rows.next()
		if err != nil {
			continue
		}
		if match, ok = m.layout.match(first.cells); ok {
			return rows, match, true
		}
	}
	return nil, match, false
}

// decode reads a whole content.
func (m *mapping) decode(ctx *feed.Context, body []byte) (feed.Document, error) {
	clean, repairs := feed.UTF8(body)
	doc := feed.Document{Repairs: repairs}
	rows, match, ok := m.header(clean)
	if !ok {
		return feed.Document{}, feed.Half(ctx.Reject(1, 0,
			"the first row has not the columns of %s (%s are needed): export the file again", m.name, m.layout.needs()))
	}
	s := &sheet{ctx: ctx, layout: m.layout, at: match.at}
	doc.Problems = match.problems(ctx, m)
	const usual = 1 << 14 // a text of line breaks alone must not ask for the memory of as many rows
	doc.Records = make([]feed.Record, 0, min(newlines(clean), usual))
	for first := true; ; first = false {
		r, err := rows.next()
		if errors.Is(err, io.EOF) {
			return doc, nil
		}
		if errors.Is(err, feed.ErrHalf) || err == nil && r.cut && len(r.cells) < match.width {
			return feed.Document{}, feed.Half(ctx.Reject(r.line, 0,
				"the file ends in the middle of the row that begins here: wait until it is written, close its quotation mark, or export it again"))
		}
		if err == nil && (r.blank() || first && isTags(r.cells)) {
			continue
		}
		rec := feed.Record{Kind: feed.Incident, Line: r.line, Offset: r.offset}
		s.rec, s.text = &rec, feed.Text{}
		switch {
		case err != nil:
			s.refuse(r, whole, "%v: put the cell in quotes and double each quotation mark in it", err)
		case len(r.cells) < match.width || slices.ContainsFunc(r.cells[match.width:], notBlank):
			s.refuse(r, whole, "the row has %d cells and the header %d: quote cells that hold a separator", len(r.cells), match.width)
		default:
			m.row(s, r, &rec)
		}
		rec.Repairs.Text = s.text.Report
		if rec.Kind == feed.Rejected {
			rec = feed.Record{Line: r.line, Offset: r.offset, Problems: reasonsFirst(rec.Problems), Repairs: rec.Repairs}
		}
		doc.Records = append(doc.Records, rec)
	}
}

func notBlank(cell string) bool { return strings.TrimSpace(cell) != "" }

func reasonsFirst(all []problem.Problem) []problem.Problem {
	slices.SortStableFunc(all, func(a, b problem.Problem) int {
		switch {
		case a.Warning == b.Warning:
			return 0
		case b.Warning:
			return -1
		default:
			return 1
		}
	})
	return all
}

// cell is the text of a column in a row, without space around it; empty where the table does not
// have the column.
func (s *sheet) cell(r *row, column int) string {
	if at := s.at[column]; at >= 0 {
		return strings.TrimSpace(r.cells[at])
	}
	return ""
}

// has reports whether the table has a column.
func (s *sheet) has(column int) bool { return s.at[column] >= 0 }

// whole in place of a column is the whole row.
const whole = -1

func (s *sheet) place(r *row, column int) (line, col int) {
	if column == whole || s.at[column] < 0 {
		return r.line, 0
	}
	return r.position(s.at[column])
}

func (s *sheet) warn(r *row, column int, format string, args ...any) {
	line, col := s.place(r, column)
	s.rec.Problems = append(s.rec.Problems, s.ctx.Warn(line, col, format, args...))
}

func (s *sheet) refuse(r *row, column int, format string, args ...any) {
	line, col := s.place(r, column)
	s.rec.Problems = append(s.rec.Problems, s.ctx.Reject(line, col, format, args...))
	s.rec.Kind = feed.Rejected
}

// isTags reports whether a row is the HXL row that may stand under the header.
func isTags(cells []string) bool {
	tags := 0
	for _, cell := range cells {
		switch cell = strings.TrimSpace(cell); {
		case strings.HasPrefix(cell, "#"):
			tags++
		case cell != "":
			return false
		}
	}
	return tags > 0
}

// newlines counts the line breaks of b.
func newlines(b []byte) int { return bytes.Count(b, []byte("\n")) }
