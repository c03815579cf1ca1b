package desk

import (
	"fmt"
	"slices"
	"strings"
)

// readHeader finds the row of headings among the first rows of the file.
func (p *presenceReader) readHeader() bool {
	first, found := place{}, ""
	for range maxPreamble {
		if !p.table.next() {
			break
		}
		if found == "" {
			first, found = p.table.at(-1), p.known()
		}
		columns, unknown := p.table.columns()
		if !recognised(&columns) {
			continue
		}
		if columns[colPersonID] < 0 && columns[colCount] < 0 {
			columns[colPersonID] = columns[colCallSign] // a call sign is an id where there is no other
		}
		p.columns, p.table.header = columns, len(p.table.cells)
		p.describe(unknown)
		return true
	}
	p.errorf(first, "this is neither a roster nor a headcount: %sthe heading of a roster has person_id or name, and country; of a headcount country and count", found)
	return false
}

// columns finds in the current row where each column stands, -1 where it does not, and which headings are not known or
// stand there twice.
func (t *table) columns() (columns [columnCount]int, unknown []int) {
	for i := range columns {
		columns[i] = -1
	}
	for i := range t.cells {
		heading := foldHeading(t.cell(i))
		c, ok := columnOf[heading]
		switch {
		case heading == "":
		case !ok || columns[c] >= 0:
			unknown = append(unknown, i)
		default:
			columns[c] = i
		}
	}
	return columns, unknown
}

// known says which headings of a row are known. What the others are it does not say: without headings they are people.
func (p *presenceReader) known() string {
	var known []string
	for i := range p.table.cells {
		if _, ok := columnOf[foldHeading(p.table.cell(i))]; ok {
			known = append(known, quote(p.table.cell(i)))
		}
	}
	if len(known) == 0 {
		return fmt.Sprintf("none of the %d headings of its first row is known; ", len(p.table.cells))
	}
	return fmt.Sprintf("of the %d headings of its first row these alone are known: %s; ", len(p.table.cells), strings.Join(known, ", "))
}

// recognised reports whether the headings are those of a roster or of a headcount; with both people
// and a count it is a roster, whose count says something else.
func recognised(columns *[columnCount]int) bool {
	has := func(c column) bool { return columns[c] >= 0 }
	id := has(colPersonID) || has(colCallSign)
	people := id || has(colName) || has(colFamilyName)
	others := 0
	for c := colSex; c <= colLastContact; c++ {
		if has(c) {
			others++
		}
	}
	switch {
	case people && others >= 2, id && others >= 1:
		if has(colCount) {
			columns[colCount] = -1
		}
		return true
	default:
		return has(colCount) && has(colCountry)
	}
}

// describe warns of columns that are not read, and of those that are missed.
func (p *presenceReader) describe(unknown []int) {
	for _, i := range unknown {
		p.warnf(p.table.at(i), "column %s is not known or stands there twice: it is ignored", quote(p.table.cell(i)))
	}
	if p.has(colCount) {
		if !p.has(colAsOf) {
			p.warnf(p.table.at(-1), "there is no column as_of: nobody can say how old these figures are")
		}
		return
	}
	if !p.has(colPersonID) {
		p.warnf(p.table.at(-1), "there is no column person_id: people cannot be matched with other files")
	}
	if !p.has(colCountry) {
		p.warnf(p.table.at(-1), "there is no column country: people who are in no other file are counted in no country")
	}
	if !p.has(colLastContact) {
		p.warnf(p.table.at(-1), "there is no column last_contact: nobody can say how old this is")
	}
}

// learnOrder looks through the dates of the file for one that shows their order.
func (p *presenceReader) learnOrder(data []byte) {
	c := colLastContact
	if p.has(colCount) {
		c = colAsOf
	}
	if !p.has(c) || !slices.Contains(data, '/') {
		return
	}
	silent := newReader("")
	again := silent.openTable(data)
	for again.next() {
		p.order = p.order.learn(again.cell(p.columns[c]))
	}
}
