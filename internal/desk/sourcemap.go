package desk

import (
	"strings"

	"vigil/internal/feed"
	"vigil/internal/feed/mapped"
)

// valuesKey is the table of our words within a [source.map].
const valuesKey = "values"

// sourceMap reads a [source.map]: for a field of an incident where its value stands, and in
// [source.map.values.FIELD] our word for each word of the source. affected.killed = "Dead" and
// "affected.killed" = "Dead" are the same.
func (r *reader) sourceMap(n *node) *feed.Map {
	if n.kind != tableNode {
		r.errorf(n.at, "here stands %s, where a table of fields should be: write [source.map] under the block", n.kind)
		return nil
	}
	m := &feed.Map{Fields: map[string]string{}, Values: map[string]map[string]string{}}
	before := len(r.problems)
	for _, f := range n.fields {
		if f.key == valuesKey && f.value.kind == tableNode {
			r.mapValues(f.value, "", m)
			continue
		}
		r.mapField(f, f.key, m)
	}
	if len(m.Fields) == 0 && !r.failed(before) {
		r.errorf(n.at, "the map names no field: vigil map FILE proposes one")
	}
	if r.failed(before) {
		return nil
	}
	if _, err := mapped.New(m); err != nil {
		r.errorf(n.at, "%v", err)
		return nil
	}
	return m
}

// mapField reads one field, or the table of several that begin the same.
func (r *reader) mapField(f *field, name string, m *feed.Map) {
	switch f.value.kind {
	case tableNode:
		for _, inner := range f.value.fields {
			r.mapField(inner, name+"."+inner.key, m)
		}
		return
	case textNode:
	default:
		r.errorf(f.value.at, "here stands %s, where the heading, tag or path of a column should be, in quotes", f.value.kind)
		return
	}
	if _, again := m.Fields[name]; again {
		r.errorf(f.at, "field %s stands there already: remove one of the two", quote(name))
		return
	}
	if r.mapName(f.at, name) {
		if err := mapped.CheckField(name, f.value.text); err != nil {
			r.errorf(f.value.at, "%v", err)
			return
		}
		m.Fields[name] = f.value.text
	}
}

// mapName reports a name that is no field.
func (r *reader) mapName(at place, name string) bool {
	top, _, _ := strings.Cut(name, ".")
	return top == "affected" || r.oneOf(at, "field", name, mapped.Fields())
}

// mapValues reads the tables of our words; under is the name of the table around.
func (r *reader) mapValues(n *node, under string, m *feed.Map) {
	for _, f := range n.fields {
		name := strings.TrimPrefix(under+"."+f.key, ".")
		switch {
		case f.value.kind == tableNode:
			r.mapValues(f.value, name, m)
		case under == "":
			r.errorf(f.at, "here should be a table of words: write [source.map.values.%s], and under it a line for each word of the source", f.key)
		case f.value.kind != textNode:
			r.errorf(f.value.at, "here stands %s, where our word for %s should be, in quotes", f.value.kind, quote(f.key))
		case r.mapName(f.at, under):
			if err := mapped.CheckValue(under, f.value.text); err != nil {
				r.errorf(f.value.at, "%v", err)
				continue
			}
			if m.Values[under] == nil {
				m.Values[under] = map[string]string{}
			}
			m.Values[under][f.key] = f.value.text
		}
	}
}
