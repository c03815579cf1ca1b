// Package table reads records from tables, delimited text, JSON and workbooks alike (package grid), by reviewed
// tables of columns and codes.
//
// A layout names the columns of a format, by heading and by HXL tag; a mapping turns one row
// into one record. What no mapping knows goes by the [source.map] of vigil.toml.
//
// # Guarantees
//
//   - A content is recognised by its columns, whatever the order, the separator (comma,
//     semicolon, tab, bar), the character set or the name of the file, and however it is written.
//   - Each row gives one record. A row that cannot be used is refused with its line (in a workbook
//     its sheet and cell), and the rows after it are read: a quotation mark in the wrong place costs its own row.
//   - A content that ends in the middle of a row gives none: the export was still being written.
//   - A cell that is empty, a number that is none and a column that is not there are unknown,
//     never 0.
//   - A code that no table has is kept as text, warned of and counted as unknown.
package table

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"vigil/internal/feed"
	"vigil/internal/feed/grid"
	"vigil/internal/problem"
)

// mapping is one format of tables.
type mapping struct {
	name   string // as people call it
	layout *layout
	// partial says that a table has only some of the columns of the layout, so that the others are not
	// missed.
	partial bool
	// row makes the record of a row: an incident or another, or a refusal through sheet.refuse.
	row func(s *sheet, r *grid.Row, rec *feed.Record)
	// also takes columns that no layout can list out of those that it does not have; nil where there are none.
	also func(s *sheet, header, unknown []string) (rest []string)
	// verbatim says that cells are what is meant, character by character: that of others may hold entities of HTML.
	verbatim bool
}

// sheet is a table being read: the place of its columns and where problems go.
type sheet struct {
	ctx    *feed.Context
	layout *layout
	at     []int // position of each column of the layout, or -1
	text   feed.Text
	rec    *feed.Record         // whose problems are being gathered
	tags   func(cells []string) // takes the row of tags under the header; nil where nobody asks
	said   map[string]bool      // what once has warned of
	// peopled are the columns of people of the table that vigil writes.
	peopled  []described
	verbatim bool
}

// recognise reports whether the header of the mapping is among the first rows of a content, of which
// only the beginning is at hand.
func (m *mapping) recognise(head []byte) bool {
	return slices.ContainsFunc(grid.Glance(head), m.recogniseRows)
}

// recogniseRows reports whether the header of the mapping is among the first rows of a table.
func (m *mapping) recogniseRows(rows [][]string) bool {
	return slices.ContainsFunc(rows[:min(len(rows), grid.HeaderDepth)], m.layout.fits)
}

// decode reads a whole content.
func (m *mapping) decode(ctx *feed.Context, body []byte) (feed.Document, error) {
	content, err := grid.Open(ctx, body)
	if err != nil {
		return feed.Document{}, err
	}
	if content.Empty {
		return feed.Document{Repairs: content.Repairs}, nil
	}
	rows, header, above, err := content.Find(m.layout.fits)
	switch {
	case err != nil:
		return feed.Document{}, halfRow(ctx, err, header)
	case rows == nil:
		return feed.Document{}, feed.Half(ctx.Reject(1, 0,
			"no row at the beginning has the columns of %s (%s are needed): export the file again", m.name, m.layout.needs()))
	}
	match, _ := m.layout.match(header.Cells)
	s := &sheet{ctx: ctx, layout: m.layout, at: match.at, verbatim: m.verbatim}
	if m.also != nil {
		match.unknown = m.also(s, header.Cells, match.unknown)
	}
	doc := feed.Document{Repairs: content.Repairs, Problems: match.problems(ctx, m, header, above)}
	for _, w := range content.Warnings {
		doc.Problems = append(doc.Problems, ctx.Warn(0, 0, "%s", w))
	}
	err = s.each(rows, match.width, content.Rows(), func(r *grid.Row, rec *feed.Record) { m.row(s, r, rec) }, &doc)
	return doc, err
}

// halfRow is the error of a content that ends within a row.
func halfRow(ctx *feed.Context, err error, r *grid.Row) error {
	if !errors.Is(err, feed.ErrHalf) || r == nil {
		return err
	}
	return feed.Half(ctx.Reject(r.Line, 0,
		"the file ends in the middle of the row that begins here: wait until it is written, close its quotation mark, or export it again"))
}

// each makes a record of every row that is left, of width cells, with read.
func (s *sheet) each(rows grid.Reader, width, expected int, read func(r *grid.Row, rec *feed.Record), doc *feed.Document) error {
	const usual = 1 << 14 // a text of line breaks alone must not ask for the memory of as many rows
	doc.Records = make([]feed.Record, 0, min(expected, usual))
	for first := true; ; first = false {
		r, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if errors.Is(err, feed.ErrHalf) || err == nil && r.Cut && len(r.Cells) < width {
			*doc = feed.Document{}
			return halfRow(s.ctx, feed.ErrHalf, r)
		}
		if err == nil && first && isTags(r.Cells) && s.tags != nil {
			s.tags(r.Cells)
		}
		if err == nil && (r.Blank() || first && isTags(r.Cells)) {
			continue
		}
		rec := feed.Record{Kind: feed.Incident, Line: r.Line, Offset: r.Offset}
		s.rec, s.text = &rec, feed.Text{}
		if err == nil && rows.Part() != "" && len(r.Cells) < width { // a sheet does not write what is empty at the end
			r.Cells = append(r.Cells, make([]string, width-len(r.Cells))...)
		}
		switch {
		case err != nil:
			s.refuse(r, whole, "%v", err)
		case len(r.Cells) < width || slices.ContainsFunc(r.Cells[width:], notBlank):
			s.refuse(r, whole, "the row has %d cells and the header %d: %s", len(r.Cells), width, rows.Ragged())
		default:
			read(r, &rec)
		}
		rec.Repairs.Text = s.text.Report
		s.ctx.Hush(&rec.Incident, rec.Problems)
		if rec.Kind == feed.Rejected {
			rec = feed.Record{Line: r.Line, Offset: r.Offset, Problems: reasonsFirst(rec.Problems), Repairs: rec.Repairs}
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
func (s *sheet) cell(r *grid.Row, column int) string {
	at := s.at[column]
	switch {
	case at < 0:
		return ""
	case s.verbatim:
		return strings.TrimSpace(r.Cells[at])
	default:
		return strings.TrimSpace(feed.Entities(r.Cells[at]))
	}
}

// has reports whether the table has a column.
func (s *sheet) has(column int) bool { return s.at[column] >= 0 }

// whole in place of a column is the whole row.
const whole = -1

func (s *sheet) place(r *grid.Row, column int) (line, col int) {
	if column == whole || s.at[column] < 0 {
		return r.Line, 0
	}
	return r.Position(s.at[column])
}

func (s *sheet) warn(r *grid.Row, column int, format string, args ...any) {
	line, col := s.place(r, column)
	s.rec.Problems = append(s.rec.Problems, s.ctx.Warn(line, col, "%s%s", s.name(r, column), fmt.Sprintf(format, args...)))
}

// once warns of what is wrong with a cell in the first row that has it: thousands of rows may hold one word.
func (s *sheet) once(r *grid.Row, column int, format string, args ...any) {
	key := strconv.Itoa(column) + " " + fmt.Sprintf(format, args...)
	if s.said == nil {
		s.said = map[string]bool{}
	}
	if !s.said[key] {
		s.said[key] = true
		s.warn(r, column, format, args...)
	}
}

func (s *sheet) refuse(r *grid.Row, column int, format string, args ...any) {
	line, col := s.place(r, column)
	s.rec.Problems = append(s.rec.Problems, s.ctx.Reject(line, col, "%s%s", s.name(r, column), fmt.Sprintf(format, args...)))
	s.rec.Kind = feed.Rejected
}

// name is what people call the place, before a message.
func (s *sheet) name(r *grid.Row, column int) string {
	cell := -1
	if column != whole {
		cell = s.at[column]
	}
	if name := r.Name(cell); name != "" {
		return name + ": "
	}
	return ""
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
