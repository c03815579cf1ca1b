package grid

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html/charset"

	"vigil/internal/feed"
)

// book is a sheet that has been read.
type book struct {
	ctx      *feed.Context
	sheet    string
	shared   []string
	styles   func(style int) bool // whether it shows a date
	from1904 bool                 // days are counted from 1904, as old workbooks of the Macintosh do

	rows       []sheetRow
	cells      int
	empty      int // formulas without a result
	firstEmpty string
}

type sheetRow struct {
	number int // 1-based
	cells  []string
}

var (
	errBroken  = errors.New("its XML is broken")
	errColumns = fmt.Errorf("it has more than %d columns", maxColumns)
	errCells   = fmt.Errorf("it has more than %d cells", maxCells)
	errShared  = errors.New("a cell names a text that is not there")
)

// decoder reads XML with the names of no space and no entities but those of XML itself.
func decoder(data []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = charset.NewReaderLabel
	return d
}

// each calls enter and text and leave for what stands in a part, to its end.
func each(data []byte, enter func(xml.StartElement) error, text func([]byte), leave func(name string) error) error {
	d := decoder(data)
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: %w", errBroken, err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			err = enter(t)
		case xml.EndElement:
			err = leave(t.Name.Local)
		case xml.CharData:
			text(t)
		case xml.Directive:
			err = fmt.Errorf("%w: it has a DOCTYPE", errBroken)
		}
		if err != nil {
			return err
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// relation is the target of a relation of the workbook.
func relation(data []byte, id string) (target string, err error) {
	err = each(data, func(e xml.StartElement) error {
		if e.Name.Local == "Relationship" && attribute(e, "Id") == id {
			target = attribute(e, "Target")
		}
		return nil
	}, func([]byte) {}, func(string) error { return nil })
	if err == nil && target == "" {
		err = errors.New("the workbook does not say where its sheet is")
	}
	return target, err
}

// sharedStrings are the texts of a workbook, that cells name by their number. Readings beside a text are left out.
func sharedStrings(data []byte) ([]string, error) {
	var all []string
	var b strings.Builder
	inText, aside := false, false
	err := each(data, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "si":
			b.Reset()
		case "t":
			inText = true
		case "rPh":
			aside = true
		}
		return nil
	}, func(text []byte) {
		if inText && !aside {
			b.Write(text)
		}
	}, func(name string) error {
		switch name {
		case "t":
			inText = false
		case "rPh":
			aside = false
		case "si":
			all = append(all, unescape(b.String()))
		}
		return nil
	})
	return all, err
}

// unescape reads the characters that XML cannot hold, which workbooks write as _x000D_.
func unescape(s string) string {
	const length = len("_x000D_")
	for from := 0; ; {
		at := strings.Index(s[from:], "_x")
		if at < 0 || from+at+length > len(s) {
			return s
		}
		at += from
		code, err := strconv.ParseUint(s[at+2:at+6], 16, 16)
		if err != nil || s[at+6] != '_' {
			from = at + 2
			continue
		}
		s = s[:at] + string(rune(code)) + s[at+length:]
		from = at + 1
	}
}

// cell is a cell being read.
type cell struct {
	column  int // 0-based
	kind    string
	style   int
	formula bool
	value   strings.Builder
}

// read reads the cells of a sheet.
func (b *book) read(data []byte) error {
	var c cell
	in := "" // the element of the cell whose text counts
	row, column := sheetRow{}, 0
	return each(data, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			row = sheetRow{number: row.number + 1}
			if n, err := strconv.Atoi(attribute(e, "r")); err == nil && n > 0 {
				row.number = n
			}
			column = 0
		case "c":
			c = cell{column: column, kind: attribute(e, "t")}
			if n, ok := columnOf(attribute(e, "r")); ok {
				c.column = n
			}
			c.style, _ = strconv.Atoi(attribute(e, "s"))
		case "f":
			c.formula = true
		case "v", "t":
			in = e.Name.Local
		}
		return nil
	}, func(text []byte) {
		if in != "" {
			c.value.Write(text)
		}
	}, func(name string) error {
		switch name {
		case "v", "t":
			in = ""
		case "c":
			column = c.column + 1
			return b.add(&row, &c)
		case "row":
			if len(row.cells) > 0 {
				b.rows = append(b.rows, row)
			}
		}
		return nil
	})
}

// add puts a cell into its row.
func (b *book) add(row *sheetRow, c *cell) error {
	text, err := b.text(c)
	switch {
	case err != nil:
		return err
	case text == "" && c.formula:
		if b.empty++; b.empty == 1 {
			b.firstEmpty = cellName(c.column, row.number)
		}
		return nil
	case text == "":
		return nil
	case c.column >= maxColumns:
		return errColumns
	}
	if missing := c.column + 1 - len(row.cells); missing > 0 {
		if b.cells += missing; b.cells > maxCells {
			return errCells
		}
		row.cells = append(row.cells, slices.Repeat([]string{""}, missing)...)
	}
	row.cells[c.column] = text
	return nil
}

// text is what a cell holds: a number as it is stored, a date as a date. Errors of formulas are nothing.
func (b *book) text(c *cell) (string, error) {
	value := c.value.String()
	switch c.kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || n < 0 || n >= len(b.shared) {
			return "", errShared
		}
		return b.shared[n], nil
	case "inlineStr", "str":
		return unescape(value), nil
	case "e":
		return "", nil
	case "b":
		if value == "" {
			return "", nil
		}
		if strings.TrimSpace(value) == "1" {
			return "true", nil
		}
		return "false", nil
	case "", "n":
		if c.style != 0 && value != "" && b.styles(c.style) {
			if date, ok := b.date(value); ok {
				return date, nil
			}
		}
		return value, nil
	default: // "d" is a date as text
		return value, nil
	}
}

// date is a number of days as a date, with the time of day where it has one. Spreadsheets know no zones.
func (b *book) date(value string) (string, bool) {
	f, err := strconv.ParseFloat(value, 64)
	const last = 2958466 // the first of January 10000
	if err != nil || f < 1 || f >= last {
		return "", false
	}
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if b.from1904 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	} else if f < 61 {
		epoch = epoch.AddDate(0, 0, 1) // there is a 29 February 1900 in spreadsheets
	}
	days, part := math.Modf(f)
	const day = 24 * 60 * 60
	at := epoch.AddDate(0, 0, int(days)).Add(time.Duration(math.Round(part*day)) * time.Second)
	if part == 0 {
		return at.Format(time.DateOnly), true
	}
	return at.Format("2006-01-02T15:04:05"), true
}

// columnOf is the column of a cell by its name: "C12" is 2.
func columnOf(name string) (column int, ok bool) {
	n := 0
	for ; n < len(name) && name[n] >= 'A' && name[n] <= 'Z' && n < 4; n++ {
		column = column*26 + int(name[n]-'A') + 1
	}
	return column - 1, n > 0 && n < len(name)
}

// cellName is the reverse; the column is 0-based and the row 1-based.
func cellName(column, row int) string {
	name := ""
	for column++; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name + strconv.Itoa(row)
}

// sheetReader gives the rows of a sheet.
type sheetReader struct {
	*book
	at int
}

// Next reads a row.
func (r *sheetReader) Next() (*Row, error) {
	if r.at == len(r.rows) {
		return &Row{reader: r}, io.EOF
	}
	row := &r.rows[r.at]
	r.at++
	return &Row{Cells: row.cells, Line: row.number, reader: r}, nil
}

// Part is the name of the sheet.
func (r *sheetReader) Part() string { return r.sheet }

// Ragged names what a sheet shows.
func (r *sheetReader) Ragged() string { return "clear the cells that stand beside the table" }

func (r *sheetReader) position(row *Row, cell int) (line, column int) { return row.Line, cell + 1 }

func (r *sheetReader) name(row *Row, cell int) string {
	if cell < 0 {
		return fmt.Sprintf("sheet %q", r.sheet)
	}
	return fmt.Sprintf("sheet %q, cell %s", r.sheet, cellName(cell, row.Line))
}
