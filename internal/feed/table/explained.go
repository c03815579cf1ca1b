package table

import (
	"slices"
	"strings"

	"vigil/internal/feed"
	"vigil/internal/feed/grid"
	"vigil/internal/feed/mapped"
	"vigil/internal/health"
	"vigil/internal/misspelt"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

// CSV, JSON and XLSX are tables of anyone, by the [source.map] of their [[source]]. They differ in name only: a
// content is read as what it is. Each is the whole of what it lists. What a table would report nobody knows, so it covers
// nothing unless its [[source]] says what, and where.
var (
	CSV  = explained("csv", "delimited text with a [source.map] in its [[source]]")
	JSON = explained("json", "JSON records with a [source.map] in its [[source]]")
	XLSX = explained("xlsx", "a workbook; its rows by the format of their columns, or a [source.map] in its [[source]]")
)

func explained(name, sign string) *feed.Format {
	return &feed.Format{
		Name: name,
		Sign: sign,
		Profile: health.Profile{
			Expect: day,
			// Nothing: what the records of somebody are of, vigil.toml must say.
			Memory: health.Complete,
		},
		Recognise: func(head []byte) bool { return name == "xlsx" && grid.Workbook(head) },
		Document:  decodeExplained,
	}
}

// decodeExplained reads a whole content by the map of its context.
func decodeExplained(ctx *feed.Context, body []byte) (feed.Document, error) {
	if ctx.Map == nil {
		return feed.Document{}, unexplained(ctx, body)
	}
	return decodeByMap(ctx, body, ctx.Map, "the [source.map]")
}

// unexplained says what to do about a table that nobody has explained.
func unexplained(ctx *feed.Context, body []byte) error {
	ways, err := grid.First(ctx, body)
	if err != nil {
		return err
	}
	var headings []string
	for _, rows := range ways {
		for _, row := range rows[:1] {
			if len(row) > len(headings) {
				headings = row
			}
		}
	}
	if strings.TrimSpace(strings.Join(headings, "")) == "" {
		return feed.Half(ctx.Reject(0, 0, "%s: the sheet holds no row: save it again, or name another one by sheet = in a [[source]] of it", health.NoData))
	}
	const most = 200 // bytes of the headings shown
	return feed.Half(ctx.Reject(0, 0, "columns that nobody has explained (%s): write a [[source]] block with a [source.map] in vigil.toml "+
		"(vigil map %s proposes one), or name another sheet = in it", safetext.CleanMax(strings.Join(headings, ", "), most), ctx.File))
}

// columnsOf finds the places of a map among the headings and the tags of a table.
type columnsOf struct {
	at    map[string]int // by folded heading or tag
	twice map[string]bool
	names []string // the headings and tags as they are written, in order
}

func (c *columnsOf) add(cells []string) {
	for n, cell := range cells {
		if !notBlank(cell) {
			continue
		}
		key := foldPlace(cell)
		if _, again := c.at[key]; again {
			c.twice[key] = true
			continue
		}
		c.at[key] = n
		c.names = append(c.names, strings.TrimSpace(cell))
	}
}

// meant asks whether a heading that is there was meant by one that is not: fewest letters differ, at most a third.
func (c *columnsOf) meant(place string) string {
	const longest = 40 // the distance costs the product of the lengths
	near, least := "", 0
	for _, name := range c.names {
		if len(name) > longest || len(place) > longest {
			continue
		}
		d := misspelt.Distance(foldPlace(place), foldPlace(name))
		if d <= max(1, len(name)/3) && (near == "" || d < least) {
			near, least = name, d
		}
	}
	if near == "" {
		return ""
	}
	return " (did you mean " + safetext.Clean(near).String() + "?)"
}

// foldPlace makes headings equal that differ in capitals and space, and tags in the order of their attributes.
func foldPlace(s string) string {
	if s = strings.TrimSpace(s); strings.HasPrefix(s, "#") {
		return foldTag(s)
	}
	return foldHeader(s)
}

// placesOf are the columns that a map names.
func placesOf(m *feed.Map) []string {
	var all []string
	for _, place := range m.Fields {
		if !strings.HasPrefix(place, "=") {
			all = append(all, place)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// present counts the places that are among the cells of a row.
func present(places, cells []string) int {
	c := columnsOf{at: map[string]int{}, twice: map[string]bool{}}
	c.add(cells)
	n := 0
	for _, place := range places {
		if _, ok := c.at[foldPlace(place)]; ok {
			n++
		}
	}
	return n
}

// headerBy finds the header: the first row that has all columns of the map, else the first that has most.
func headerBy(content *grid.Content, places []string) (rows grid.Reader, header *grid.Row, above int, err error) {
	most := 0
	_, _, _, err = content.Find(func(cells []string) bool {
		most = max(most, present(places, cells))
		return false
	})
	if err != nil || most == 0 && len(places) > 0 {
		return nil, nil, 0, err
	}
	return content.Find(func(cells []string) bool { return present(places, cells) == most })
}

// decodeByMap reads a whole content by a map, which by says whose it is.
func decodeByMap(ctx *feed.Context, body []byte, m *feed.Map, by string) (feed.Document, error) {
	mapping, err := mapped.New(m)
	if err != nil {
		return feed.Document{}, feed.Half(ctx.Reject(0, 0, "%s cannot be used: %v", by, err))
	}
	content, err := grid.Open(ctx, body)
	if err != nil {
		return feed.Document{}, err
	}
	if content.Empty {
		return feed.Document{Repairs: content.Repairs}, nil
	}
	places := placesOf(m)
	rows, header, above, err := headerBy(content, places)
	switch {
	case err != nil:
		return feed.Document{}, err
	case rows == nil:
		return feed.Document{}, feed.Half(ctx.Reject(1, 0,
			"none of the columns that %s names stands there (%s): see vigil map %s for those that do", by, strings.Join(places, ", "), ctx.File))
	}
	e := newExplainer(ctx, m, mapping, header)
	doc := feed.Document{Repairs: content.Repairs}
	if isTags(header.Cells) {
		above-- // the headings
	}
	if above > 0 {
		doc.Problems = append(doc.Problems, ctx.Warn(1, 0, "rows above the header, left out: %d", above))
	}
	for _, w := range content.Warnings {
		doc.Problems = append(doc.Problems, ctx.Warn(0, 0, "%s", w))
	}
	if err = e.each(rows, e.width, content.Rows(), e.row, &doc); err != nil {
		return doc, err
	}
	doc.Problems = append(doc.Problems, e.problems(places, by, header.Line)...)
	return doc, nil
}

// explainer makes incidents of the rows of a table by a map.
type explainer struct {
	sheet
	mapping  *mapped.Mapping
	columns  columnsOf
	found    map[string]int // columns that have been asked for
	width    int
	id       bool // the map says where the ids are
	nameless feed.Nameless
	r        *grid.Row
	record   mapped.Record
}

func newExplainer(ctx *feed.Context, m *feed.Map, mapping *mapped.Mapping, header *grid.Row) *explainer {
	e := &explainer{
		sheet:   sheet{ctx: ctx, at: identity(len(header.Cells)), said: map[string]bool{}},
		mapping: mapping, columns: columnsOf{at: map[string]int{}, twice: map[string]bool{}}, found: map[string]int{},
	}
	_, e.id = m.Fields["id"]
	e.columns.add(header.Cells)
	e.tags = e.columns.add
	e.width = len(header.Cells)
	for e.width > 0 && !notBlank(header.Cells[e.width-1]) && !isTags(header.Cells) {
		e.width--
	}
	e.record = mapped.Record{
		Get: func(place string) (string, bool) {
			at := e.column(place)
			if at == whole || at >= len(e.r.Cells) {
				return "", false
			}
			return e.r.Cells[at], true
		},
		Warn: func(place, message string) {
			e.once(e.r, e.column(place), "%s", message)
		},
	}
	return e
}

// column is the column of a place, or whole.
func (e *explainer) column(place string) int {
	at, known := e.found[place]
	if !known {
		var ok bool
		if at, ok = e.columns.at[foldPlace(place)]; !ok {
			at = whole
		}
		e.found[place] = at
	}
	return at
}

func (e *explainer) row(r *grid.Row, rec *feed.Record) {
	e.r = r
	if !e.id {
		rec.Incident.Identity.ID = e.rowID(r)
	}
	if err := e.mapping.Incident(e.ctx, e.record, &e.text, &rec.Incident); err != nil {
		e.refuse(r, whole, "%v", err)
	}
}

// rowID is the id of a row that has none.
func (e *explainer) rowID(r *grid.Row) safetext.Text {
	says := make([]string, len(r.Cells))
	for i, cell := range r.Cells {
		says[i] = strings.TrimSpace(cell)
	}
	return e.nameless.ID("row-", says...)
}

// problems warn of columns that the map names and the table has not, or twice.
func (e *explainer) problems(places []string, by string, line int) []problem.Problem {
	var missing, twice []string
	for _, place := range places {
		key := foldPlace(place)
		if _, ok := e.columns.at[key]; !ok {
			missing = append(missing, place+e.columns.meant(place))
		}
		if e.columns.twice[key] {
			twice = append(twice, place)
		}
	}
	var all []problem.Problem
	if len(missing) > 0 {
		all = append(all, e.ctx.Warn(line, 0, "columns that %s names and that are not there, taken as unknown: %s", by, strings.Join(missing, ", ")))
	}
	if len(twice) > 0 {
		all = append(all, e.ctx.Warn(line, 0, "columns that stand twice, of which the first is read: %s", strings.Join(twice, ", ")))
	}
	if !e.id {
		all = append(all, e.ctx.Warn(line, 0, "no column of ids: a row that is corrected later counts as another incident; name one as id if there is one"))
	}
	return all
}

func identity(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}
