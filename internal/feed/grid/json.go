package grid

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"vigil/internal/feed"
	"vigil/internal/feed/exact"
)

// openJSON looks at a JSON document: a list of objects or of lists, an object that holds such a list (the answer
// of an API), objects one a line, or one object alone.
//
// The members of objects are columns, in the order in which they first stand; those of an object within an
// object are columns by their path, with dots, and a list of several becomes one text with semicolons between.
func openJSON(ctx *feed.Context, body []byte) (*Content, error) {
	d, repairs, err := exact.Read(ctx, oneList(body))
	if err != nil {
		return nil, err
	}
	records := recordsOf(&d.Root)
	c := &Content{Repairs: repairs, size: len(records), Empty: len(records) == 0}
	c.readers = append(c.readers, func() (Reader, error) { return newDocument(d, records), nil })
	return c, nil
}

// oneList makes a list of objects that stand one a line. Lines keep their numbers.
func oneList(body []byte) []byte {
	trimmed := bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\ufeff")))
	first, rest, more := bytes.Cut(trimmed, []byte("\n"))
	first = bytes.TrimSpace(first)
	if !more || !bytes.HasPrefix(first, []byte("{")) || !bytes.HasSuffix(first, []byte("}")) || !bytes.HasPrefix(bytes.TrimSpace(rest), []byte("{")) {
		return body
	}
	lead := body[:len(body)-len(bytes.TrimLeft(bytes.TrimPrefix(body, []byte("\ufeff")), " \t\r\n"))]
	out := append(slices.Clone(bytes.TrimPrefix(lead, []byte("\ufeff"))), '[')
	for line := range bytes.Lines(trimmed) {
		text := bytes.TrimSpace(line)
		if len(out) > len(lead)+1 && len(text) > 0 {
			out = append(out, ',')
		}
		out = append(out, text...)
		if bytes.HasSuffix(line, []byte("\n")) {
			out = append(out, '\n')
		}
	}
	return append(out, ']')
}

// envelopes are the names under which APIs put their records, in the order in which they are looked for.
var envelopes = []string{"data", "results", "result", "records", "features", "items", "value", "events", "incidents", "rows"}

// recordsOf finds the list of records.
func recordsOf(root *exact.Value) []*exact.Value {
	list := root
	if root.Is('{') {
		list = nil
		for _, name := range append(slices.Clone(envelopes), root.Names()...) {
			if v := root.Get(name); holdsRecords(v) {
				list = v
				break
			}
		}
		if list == nil { // a list of nothing is an answer too
			for _, name := range envelopes {
				if v := root.Get(name); v.Is('[') && len(v.Items()) == 0 {
					return nil
				}
			}
			return []*exact.Value{root}
		}
	}
	items := list.Items()
	all := make([]*exact.Value, len(items))
	for n := range items {
		all[n] = &items[n]
	}
	return all
}

func holdsRecords(v *exact.Value) bool {
	return slices.ContainsFunc(v.Items(), func(item exact.Value) bool { return item.Is('{') || item.Is('[') })
}

// document reads the records of a JSON document. The first row is that of the names.
type document struct {
	d       *exact.Document
	records []*exact.Value
	names   []string
	index   map[string]int
	at      int // of the next record; -1 is the row of the names
	cells   []string
	places  []*exact.Value
}

// maxColumns caps the columns of a table.
const maxColumns = 1024

func newDocument(d *exact.Document, records []*exact.Value) *document {
	r := &document{d: d, records: records, index: make(map[string]int)}
	for _, v := range records {
		if v.Is('{') {
			r.at = -1
			r.collect("", v, 0)
		}
	}
	return r
}

// deepest is how far within one another objects become columns.
const deepest = 8

// collect gathers the columns of an object.
func (r *document) collect(under string, v *exact.Value, depth int) {
	for n, name := range v.Names() {
		path, value := under+name, v.Member(n)
		if inner := objects(value); len(inner) > 0 && depth < deepest {
			for _, o := range inner {
				r.collect(path+".", o, depth+1)
			}
			continue
		}
		if _, known := r.index[path]; !known && len(r.names) < maxColumns {
			r.index[path] = len(r.names)
			r.names = append(r.names, path)
		}
	}
}

// objects are those that a value is or lists.
func objects(v *exact.Value) []*exact.Value {
	if v.Is('{') {
		return []*exact.Value{v}
	}
	items := v.Items()
	var all []*exact.Value
	for n := range items {
		if items[n].Is('{') {
			all = append(all, &items[n])
		}
	}
	return all
}

// Next reads a row.
func (r *document) Next() (*Row, error) {
	row := &Row{Line: 1, reader: r}
	if r.at == len(r.records) {
		return row, io.EOF
	}
	if r.at < 0 {
		r.at++
		row.Cells = r.names
		r.places = slices.Repeat([]*exact.Value{r.records[0]}, len(r.names))
		row.Line, _ = r.d.Place(r.records[0])
		return row, nil
	}
	v := r.records[r.at]
	r.at++
	row.Line, _ = r.d.Place(v)
	row.Offset = v.Offset()
	r.cells, r.places = r.cells[:0], r.places[:0]
	switch {
	case v.Twice() != "":
		return row, errTwice(v.Twice())
	case v.Is('['):
		items := v.Items()
		for n := range items {
			r.cells, r.places = append(r.cells, textOf(&items[n])), append(r.places, &items[n])
		}
	case v.Is('{'):
		r.cells = append(r.cells, make([]string, len(r.names))...)
		r.places = append(r.places, slices.Repeat([]*exact.Value{v}, len(r.names))...)
		r.fill("", v, 0)
	default:
		return row, errNoRecord
	}
	row.Cells = r.cells
	return row, nil
}

func (r *document) fill(under string, v *exact.Value, depth int) {
	for n, name := range v.Names() {
		path, value := under+name, v.Member(n)
		if inner := objects(value); len(inner) > 0 && depth < deepest {
			for _, o := range inner {
				r.fill(path+".", o, depth+1)
			}
			continue
		}
		at, known := r.index[path]
		text := textOf(value)
		if !known || text == "" {
			continue
		}
		if r.cells[at] == "" {
			r.places[at] = value
		} else {
			text = r.cells[at] + "; " + text
		}
		r.cells[at] = text
	}
}

// textOf is a value as the text of a cell.
func textOf(v *exact.Value) string {
	switch {
	case v.Is('t'):
		return "true"
	case v.Is('f'):
		return "false"
	case v.Is('['):
		return strings.Join(v.Texts(), "; ")
	default:
		return v.Raw()
	}
}

type rowError string

func (e rowError) Error() string { return string(e) }

const errNoRecord = rowError("it is neither an object nor a list: write the records alike")

func errTwice(name string) error {
	return rowError("the name " + name + " stands twice in it, and which one holds cannot be told: keep one")
}

// Part is empty.
func (r *document) Part() string { return "" }

// Ragged names what gives a list its length.
func (r *document) Ragged() string { return "write each list as long as the first" }

func (r *document) name(*Row, int) string { return "" }

func (r *document) position(_ *Row, cell int) (line, column int) { return r.d.Place(r.places[cell]) }

// glanceJSON is the first rows of a document of which only the beginning is at hand.
func glanceJSON(head []byte) [][]string {
	root := exact.Glance(oneList(head))
	records := recordsOf(root)
	if len(records) > 1 && records[0].Is('{') {
		records = records[:len(records)-1] // the last one may be cut off
	}
	return first(newDocument(&exact.Document{}, records))
}
