package desk

import (
	"fmt"
	"slices"
	"strings"
)

// readHeader finds the row of headings among the first rows of the file.
func (p *presenceReader) readHeader() bool {
	first, found := place{}, ""
	incidents, seen := place{}, []string(nil) // where a row has headings of incidents, and which
	headed := false                           // a row was met that can be a heading, and no title
	for range maxPreamble {
		if !p.table.next() {
			break
		}
		if found == "" {
			first, found = p.table.at(-1), p.known()
		}
		columns, unknown := p.table.columns()
		roster := recognised(&columns)
		if roster || !headed || p.table.tags() { // of any other row nothing is quoted: it may be people
			if seen = p.table.incidents(&columns); seen != nil {
				incidents = p.table.at(-1)
				break
			}
		}
		headed = headed || len(p.table.cells) > 1
		if !roster {
			continue
		}
		if columns[colPersonID] < 0 && columns[colCount] < 0 {
			columns[colPersonID] = columns[colCallSign] // a call sign is an id where there is no other
		}
		p.columns, p.table.header = columns, len(p.table.cells)
		p.describe(unknown)
		return true
	}
	if seen != nil {
		p.errorf(incidents, "this looks like incidents, by %s, and not like a roster or a headcount: move it into %s/, where vigil check tells how it is read; if it is a roster, give these columns other names",
			list(seen), FeedsDir)
		return false
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

// incidentSigns are parts of headings, as foldHeading leaves them, that tables of incidents have: what happened, to how many,
// by whom. Those of weight 2 no list of staff has; a list for a roll call may well have one of the others.
var incidentSigns = map[string]int{
	"killed": 2, "fatalit": 2, "perpetrator": 2, "glide": 2, "subevent": 2, "disordertype": 2, "eventtype": 2, "actor1": 2, "alertlevel": 2,
	"wounded": 1, "injured": 1, "kidnapped": 1, "abducted": 1, "casualt": 1, "victim": 1, "incident": 1, "attack": 1, "weapon": 1,
	"severity": 1, "magnitude": 1, "disaster": 1, "eventdate": 1, "eventid": 1, "eventname": 1,
}

// incidentHeadings are such words that say so only where they are the whole heading.
var incidentHeadings = map[string]bool{
	"event": true, "events": true, "act": true, "threat": true, "occurred": true, "deaths": true, "dead": true, "motive": true,
}

// ofPeople are the columns that only a list of people has. Events have names and numbers, too.
var ofPeople = [...]column{colCallSign, colGivenName, colFamilyName, colSex, colRecruitment, colWardenZone, colDependants, colLastContact}

// incidents are the headings of the current row that speak of incidents, in quotes; nil where they do not outweigh by 2 those
// that only a list of people has.
func (t *table) incidents(columns *[columnCount]int) (signs []string) {
	weight := 0
	for i := range t.cells {
		heading, most := foldHeading(t.cell(i)), 0
		for sign, w := range incidentSigns {
			if strings.Contains(heading, sign) {
				most = max(most, w)
			}
		}
		if incidentHeadings[heading] {
			most = max(most, 1)
		}
		if most > 0 {
			weight += most
			signs = append(signs, quote(t.cell(i)))
		}
	}
	for _, c := range ofPeople {
		if columns[c] >= 0 {
			weight--
		}
	}
	if weight < 2 {
		return nil
	}
	return signs
}

// list names the first few of some words.
func list(words []string) string {
	const most = 4
	if len(words) > most {
		return strings.Join(words[:most], ", ") + " …"
	}
	return strings.Join(words, ", ")
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
