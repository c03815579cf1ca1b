package desk

import (
	"strings"

	"vigil/internal/country"
	"vigil/internal/level"
	"vigil/internal/misspelt"
	"vigil/internal/safetext"
)

// levelRow is one row of a level table: an area, and what the row says of its country.
type levelRow struct {
	levelFile
	areaEntry
	levelName safetext.Text
	srm       [len(srmColumns)]*node // lists in step, separated by ";"
}

var srmColumns = [...]string{"srm_threat", "srm_band", "srm_approved_by", "srm_valid_until"}

// rowKeys are the columns of a level table: the keys of the YAML form, one level deep.
var rowKeys = func() []key[levelRow] {
	var keys []key[levelRow]
	for _, k := range levelKeys {
		if k.name != "areas" && k.name != "names" {
			keys = append(keys, key[levelRow]{k.name, func(r *reader, n *node, row *levelRow) { k.read(r, n, &row.levelFile) }})
		}
	}
	for _, k := range areaKeys {
		if k.name != "threats" && k.name != "srm" {
			keys = append(keys, key[levelRow]{k.name, func(r *reader, n *node, row *levelRow) {
				if k.name == "places" {
					n = split(n)
				}
				k.read(r, n, &row.areaEntry)
			}})
		}
	}
	for _, k := range threatKeys("threat_") {
		keys = append(keys, key[levelRow]{k.name, func(r *reader, n *node, row *levelRow) { k.read(r, n, &row.areaEntry) }})
	}
	for i, name := range srmColumns {
		keys = append(keys, key[levelRow]{name, func(_ *reader, n *node, row *levelRow) { row.srm[i] = split(n) }})
	}
	return append(keys, key[levelRow]{"level_name", func(r *reader, n *node, row *levelRow) { row.levelName = r.words(n) }})
}()

// split makes a list of a cell with ";" between its parts.
func split(n *node) *node {
	list := &node{kind: listNode, at: n.at}
	for part := range strings.SplitSeq(n.text, ";") {
		list.list = append(list.list, &node{kind: textNode, at: n.at, text: strings.TrimSpace(part)})
	}
	return list
}

// levelTable reads a level table: its rows by country and scheme, in the order of the file.
func (r *reader) levelTable(data []byte) []*levelFile {
	t := r.openTable(data)
	if t == nil {
		return nil
	}
	r.loose = true
	heading, complete := r.levelHeading(t)
	if heading == nil {
		return nil
	}
	type fileKey struct {
		country country.Code
		scheme  string
	}
	index := make(map[fileKey]*levelFile)
	var list []*levelFile
	for t.next() {
		if t.tags() || !t.fits() {
			continue
		}
		if t.cutOff() {
			r.errorf(t.at(-1), "the last row ends in the middle: the file is being written or was cut off")
			continue
		}
		row := &levelRow{}
		row.levelFile.at, row.areaEntry.at = t.at(-1), t.at(-1)
		record := &node{kind: tableNode, at: t.at(-1)}
		for i, name := range heading {
			if text := t.cell(i); text != "" && name != "" {
				record.fields = append(record.fields, &field{name, t.at(i), &node{kind: textNode, at: t.at(i), text: strings.Clone(text)}})
			}
		}
		readTable(r, record, rowKeys, row)
		r.rowRisks(row)
		if !complete {
			continue // what the rows miss is said of the heading
		}
		key := fileKey{row.Country.Country, row.Scheme.String()}
		c := index[key]
		if c == nil {
			c = &row.levelFile
			index[key] = c
			list = append(list, c)
		}
		r.agree(c, row)
		c.areas = append(c.areas, &row.areaEntry)
	}
	if len(list) == 0 && len(r.problems) == 0 {
		r.warnf(place{}, "the table has no rows: no area has a level by this file")
	}
	return list
}

// rowMust are the columns that every level table has.
var rowMust = [...]string{"country", "scheme", "name", "level"}

// rowName is a heading as the columns of a level table are written.
func rowName(heading string) string {
	return strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(heading))
}

// levelHeading reads the first row; nil when there is none. Everything that is wrong with it is reported, and the rows are
// read all the same, so that what is wrong with them is reported too: a misspelt column is taken for the one that was meant.
// complete is false where a column is missing that every level table has.
func (r *reader) levelHeading(t *table) (heading []string, complete bool) {
	for t.next() {
		if len(t.cells) == 1 && strings.HasPrefix(t.cells[0], "sep=") || t.tags() {
			continue
		}
		known := names(rowKeys)
		heading = make([]string, len(t.cells))
		seen := map[string]bool{}
		for i := range t.cells {
			name := rowName(t.cell(i))
			switch {
			case name == "":
				continue
			case seen[name]:
				r.errorf(t.at(i), "column %s stands there twice: remove one of the two", quote(name))
				continue
			}
			seen[name] = true
			if r.oneOf(t.at(i), "column", name, known) {
				heading[i] = name
			}
		}
		for i := range t.cells {
			name := rowName(t.cell(i))
			if meant, ok := misspelt.Nearest(name, known); ok && name != "" && !seen[meant] {
				seen[meant], heading[i] = true, meant
			}
		}
		complete = true
		for _, must := range rowMust {
			if !seen[must] {
				r.errorf(t.at(-1), "column %s is missing: the first row has to name the columns", must)
				complete = false
			}
		}
		t.header = len(heading)
		return heading, complete
	}
	return nil, false
}

// agree checks that the rows of one country say the same of it; a cell left empty says nothing.
func (r *reader) agree(c *levelFile, row *levelRow) {
	if c.Authority.IsZero() {
		c.Authority = row.Authority
	}
	if c.Reviewed.IsZero() {
		c.Reviewed, c.reviewedAt = row.Reviewed, row.reviewedAt
	}
	if !row.Authority.IsZero() && row.Authority != c.Authority {
		r.errorf(row.areaEntry.at, "the authority differs from the one in line %d: one file has one authority for a country and scheme", c.at.line)
	}
	if !row.Reviewed.IsZero() && row.Reviewed != c.Reviewed {
		r.errorf(row.areaEntry.at, "reviewed differs from line %d: the areas of a country are reviewed together; use another file for another review", c.at.line)
	}
	if row.levelName.IsZero() || row.Level == 0 {
		return
	}
	for _, have := range c.Names {
		if have.Level == row.Level {
			if have.Name != row.levelName {
				r.errorf(row.areaEntry.at, "level %d has another name in a row before", row.Level)
			}
			return
		}
	}
	c.Names = append(c.Names, level.LevelName{Level: row.Level, Name: row.levelName})
}

// rowRisks reads the present risks of a row: their parts stand in step in the four columns; one approval
// or date may stand for all.
func (r *reader) rowRisks(row *levelRow) {
	if row.srm[0] == nil {
		for i, n := range row.srm {
			if n != nil {
				r.errorf(n.at, "%s stands there without %s", srmColumns[i], srmColumns[0])
			}
		}
		return
	}
	threats := len(row.srm[0].list)
	for i := range threats {
		p := &riskEntry{at: row.srm[0].at}
		record := &node{kind: tableNode, at: p.at}
		for j, n := range row.srm {
			switch {
			case n == nil:
			case len(n.list) == threats:
				record.fields = append(record.fields, &field{srmKeys[j].name, n.at, n.list[i]})
			case len(n.list) == 1 && j >= 2:
				record.fields = append(record.fields, &field{srmKeys[j].name, n.at, n.list[0]})
			default:
				r.errorf(n.at, "%s has %d parts and %s has %d: separate them by ; in step", srmColumns[j], len(n.list), srmColumns[0], threats)
				return
			}
		}
		readTable(r, record, srmKeys, p)
		row.risks = append(row.risks, p)
	}
}

// foldWord is how names are compared: without the difference of capitals and of spaces.
func foldWord(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
