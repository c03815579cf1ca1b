package desk

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// toml reads a TOML document into a tree, nil with a problem when it is none. The library's decoder
// proves the document (syntax, keys that contradict each other) and its parser then gives the
// places, which the decoder does not keep.
func (r *reader) toml(data []byte, most int) *node {
	if len(data) > most {
		r.errorf(place{}, "the file has %d bytes, of which %d are read at most: remove what is not configuration", len(data), most)
		return nil
	}
	data = bytes.TrimPrefix(data, byteOrderMark)
	text := linesOf(string(data))
	if at, deep := deepKey(data, text); deep {
		r.errorf(at, "this key has more than %d parts: no key of vigil.toml has more than two", maxNesting)
		return nil
	}
	var proof map[string]any
	if err := toml.Unmarshal(data, &proof); err != nil {
		var at place
		if wrong := (*toml.DecodeError)(nil); errors.As(err, &wrong) {
			line, column := wrong.Position()
			at = text.inLine(line, column)
		}
		why := strings.TrimPrefix(err.Error(), "toml: ")
		if first, name, again := twiceSaid(data, text, at); again {
			why = fmt.Sprintf("%s stands in line %d already: remove one of the two", quote(name), first.line)
		}
		r.errorf(at, notTOML, why)
		return nil
	}
	b := tomlTree{lines: text, root: &node{kind: tableNode, at: place{1, 1}}}
	b.parser.Reset(data)
	table := b.root
	for b.parser.NextExpression() {
		switch e := b.parser.Expression(); e.Kind {
		case unstable.Table:
			table = b.table(b.root, e.Key())
		case unstable.ArrayTable:
			table = b.arrayTable(e.Key())
		case unstable.KeyValue:
			b.keyValue(table, e)
		}
	}
	if err := b.parser.Error(); err != nil {
		r.errorf(place{}, notTOML, err.Error())
		return nil
	}
	return b.root
}

// Unread ends what is said of a vigil.toml that is not TOML, for whoever lists what is wrong with a desk all the same.
const Unread = "; mend it first: until then no line of the file holds, and feeds are judged by their content alone"

const notTOML = "this is not TOML: %s" + Unread

// twiceSaid finds where the key or table at a place stands already, which the decoder does not say.
func twiceSaid(data []byte, text *lines, at place) (first place, name string, again bool) {
	b := tomlTree{lines: text}
	b.parser.Reset(data)
	seen := map[string]place{}
	items := map[string]int{} // of lists of tables
	table := ""
	for b.parser.NextExpression() {
		e := b.parser.Expression()
		if e.Kind == unstable.Comment {
			continue
		}
		path := ""
		if e.Kind == unstable.KeyValue {
			path = table
		}
		parts := b.keys(e.Key())
		for _, k := range parts {
			path = fmt.Sprintf("%s\x00%s\x00%d", path, k.name, items[path+"\x00"+k.name])
		}
		last := parts[len(parts)-1]
		if e.Kind == unstable.ArrayTable {
			list := path[:strings.LastIndexByte(path, 0)]
			items[list]++
			table = fmt.Sprintf("%s\x00%d", list, items[list])
			continue
		}
		if e.Kind == unstable.Table {
			table = path
		}
		first, again = seen[path]
		if again && parts[0].at.line == at.line {
			return first, last.name, true
		}
		if !again {
			seen[path] = last.at
		}
	}
	return place{}, "", false
}

// deepKey finds a key of very many parts: the decoder takes the square of their number.
func deepKey(data []byte, text *lines) (at place, deep bool) {
	var p unstable.Parser
	p.Reset(data)
	for p.NextExpression() {
		e := p.Expression()
		if e.Kind == unstable.Comment {
			continue
		}
		parts := 0
		for key := e.Key(); key.Next(); parts++ {
			if parts == maxNesting {
				return text.place(int(key.Node().Raw.Offset)), true
			}
		}
	}
	return place{}, false
}

type tomlTree struct {
	parser unstable.Parser
	lines  *lines
	root   *node
}

type tomlKey struct {
	name string
	at   place
}

func (b *tomlTree) place(raw unstable.Range) place { return b.lines.place(int(raw.Offset)) }

func (b *tomlTree) keys(parts unstable.Iterator) []tomlKey {
	var list []tomlKey
	for parts.Next() {
		list = append(list, tomlKey{string(parts.Node().Data), b.place(parts.Node().Raw)})
	}
	return list
}

// within is the table of a key, made if it is not there; of a list of tables it is the last one.
func (b *tomlTree) within(n *node, k tomlKey) *node {
	child := n.child(k.name)
	if child == nil {
		child = &node{kind: tableNode, at: k.at}
		n.fields = append(n.fields, &field{k.name, k.at, child})
	}
	if child.kind == listNode && len(child.list) > 0 {
		return child.list[len(child.list)-1]
	}
	return child
}

func (b *tomlTree) table(n *node, parts unstable.Iterator) *node {
	for _, k := range b.keys(parts) {
		n = b.within(n, k)
	}
	return n
}

func (b *tomlTree) arrayTable(parts unstable.Iterator) *node {
	keys := b.keys(parts)
	n := b.root
	for _, k := range keys[:len(keys)-1] {
		n = b.within(n, k)
	}
	last := keys[len(keys)-1]
	list := n.child(last.name)
	if list == nil {
		list = &node{kind: listNode, at: last.at}
		n.fields = append(n.fields, &field{last.name, last.at, list})
	}
	item := &node{kind: tableNode, at: last.at}
	list.list = append(list.list, item)
	return item
}

func (b *tomlTree) keyValue(n *node, e *unstable.Node) {
	keys := b.keys(e.Key())
	for _, k := range keys[:len(keys)-1] {
		n = b.within(n, k)
	}
	last := keys[len(keys)-1]
	n.fields = append(n.fields, &field{last.name, last.at, b.value(e.Value(), last.at)})
}

var tomlKinds = map[unstable.Kind]kind{
	unstable.String: textNode, unstable.Bool: boolNode, unstable.Float: floatNode, unstable.Integer: integerNode,
	unstable.LocalDate: timeNode, unstable.LocalTime: timeNode, unstable.LocalDateTime: timeNode, unstable.DateTime: timeNode,
}

// value is a value; at is where it stands if the parser does not say.
func (b *tomlTree) value(v *unstable.Node, at place) *node {
	if v.Raw.Length > 0 {
		at = b.place(v.Raw)
	}
	n := &node{kind: tomlKinds[v.Kind], at: at}
	switch v.Kind {
	case unstable.Array:
		n.kind = listNode
		for items := v.Children(); items.Next(); {
			if item := items.Node(); item.Kind != unstable.Comment {
				n.list = append(n.list, b.value(item, at))
			}
		}
		if len(n.list) > 0 {
			n.at = n.list[0].at // the parser does not keep the bracket
		}
	case unstable.InlineTable:
		n.kind = tableNode
		for items := v.Children(); items.Next(); {
			if item := items.Node(); item.Kind == unstable.KeyValue {
				b.keyValue(n, item)
			}
		}
	default:
		n.text = string(v.Data)
	}
	return n
}
