package desk

import (
	"math"
	"strconv"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// node is a value of a TOML or YAML document, or a row of a table, with the place where it stands.
// Decoding into structs by the libraries stops at the first mismatch and loses the places of values;
// one tree for all three lets one set of contracts check them all.
type node struct {
	kind   kind
	at     place
	text   string // of a scalar: as written, without quotes
	list   []*node
	fields []*field // of a table, in order
}

type field struct {
	key   string
	at    place
	value *node
}

type kind uint8

const (
	nullNode kind = iota
	textNode
	integerNode
	floatNode
	boolNode
	timeNode
	listNode
	tableNode
)

var kindWords = [...]string{"nothing", "a text", "a whole number", "a number", "true or false", "a time", "a list", "a table"}

func (k kind) String() string { return kindWords[k] }

// child is the value of a key, or nil.
func (n *node) child(key string) *node {
	for _, f := range n.fields {
		if f.key == key {
			return f.value
		}
	}
	return nil
}

// key is one key of a table: how its value is read into a T.
type key[T any] struct {
	name string
	read func(r *reader, n *node, to *T)
}

// readTable reads a table by its keys. Unknown and repeated keys are errors; a value of null is the
// same as none.
func readTable[T any](r *reader, n *node, keys []key[T], to *T) {
	if n.kind != tableNode {
		r.errorf(n.at, "here stands %s, where a table of keys should be", n.kind)
		return
	}
	seen := make(map[string]int, len(n.fields))
	for _, f := range n.fields {
		if line, again := seen[f.key]; again {
			r.errorf(f.at, "key %s stands in line %d already: remove one of the two", quote(f.key), line)
			continue
		}
		seen[f.key] = f.at.line
		known := false
		for i := range keys {
			if keys[i].name == f.key {
				known = true
				if f.value.kind != nullNode {
					keys[i].read(r, f.value, to)
				}
			}
		}
		if !known {
			r.errorf(f.at, "unknown key %s: %s", quote(f.key), instead(f.key, names(keys)))
		}
	}
}

func names[T any](keys []key[T]) []string {
	list := make([]string, len(keys))
	for i := range keys {
		list[i] = keys[i].name
	}
	return list
}

// scalar is the text of any single value: a country may be written 466 and a date without quotes.
func (r *reader) scalar(n *node) (string, bool) {
	if n.kind == listNode || n.kind == tableNode || n.kind == nullNode {
		r.errorf(n.at, "here stands %s, where a single value should be", n.kind)
		return "", false
	}
	return n.text, true
}

// words is a text, made safe.
func (r *reader) words(n *node) safetext.Text {
	s, _ := r.scalar(n)
	return safetext.Clean(strings.Clone(s))
}

func (r *reader) is(n *node, want ...kind) bool {
	for _, k := range want {
		if n.kind == k || r.loose && n.kind == textNode {
			return true
		}
	}
	r.errorf(n.at, "here stands %s, where %s should be", n.kind, want[0])
	return false
}

func (r *reader) boolean(n *node) bool {
	if !r.is(n, boolNode) {
		return false
	}
	return n.text == "true"
}

// integer reads a whole number between the limits.
func (r *reader) integer(n *node, least, most int) (int, bool) {
	if !r.is(n, integerNode) {
		return 0, false
	}
	v, err := strconv.ParseInt(strings.ReplaceAll(strings.TrimSpace(n.text), "_", ""), 10, 64)
	if err != nil && r.loose {
		r.errorf(n.at, "here stands %s, where a whole number should be", quote(n.text))
		return 0, false
	}
	if err != nil || v < int64(least) || v > int64(most) {
		if most == math.MaxInt32 {
			r.errorf(n.at, "%s is out of range: write a whole number of at least %d", quote(n.text), least)
		} else {
			r.errorf(n.at, "%s is out of range: write a whole number from %d to %d", quote(n.text), least, most)
		}
		return 0, false
	}
	return int(v), true
}

// number reads a finite number between the limits.
func (r *reader) number(n *node, least, most float64) (float64, bool) {
	if !r.is(n, floatNode, integerNode) {
		return 0, false
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(n.text, "_", ""), 64)
	if err != nil || !(v >= least && v <= most) {
		r.errorf(n.at, "%s is out of range: write a number from %v to %v", quote(n.text), least, most)
		return 0, false
	}
	return v, true
}

// duration reads a length of time of at least least.
func (r *reader) duration(n *node, least time.Duration) (time.Duration, bool) {
	if !r.is(n, textNode) {
		return 0, false
	}
	d, err := ParseDuration(n.text)
	switch {
	case err != nil:
		r.errorf(n.at, "%s is %v", quote(n.text), ErrDuration)
		return 0, false
	case d < least:
		r.errorf(n.at, "%s is too short: write at least %s", quote(n.text), FormatDuration(least))
		return 0, false
	}
	return d, true
}

// when reads a time as exactly as it is given.
func (r *reader) when(n *node) incident.When {
	s, ok := r.scalar(n)
	if !ok {
		return incident.When{}
	}
	w, err := incident.ParseWhen(s)
	if err != nil {
		r.errorf(n.at, "%s is %v", quote(s), err)
	}
	return w
}

// country reads a country in any of its writings.
func (r *reader) country(n *node) country.Code {
	s, ok := r.scalar(n)
	if !ok {
		return country.Unknown
	}
	c, ok := country.Parse(s)
	if !ok {
		r.errorf(n.at, "%s is no country that is known: write its alpha-3 code, such as MLI", quote(s))
	}
	return c
}

// items gives the values of a list; a single value where a list should be is reported.
func (r *reader) items(n *node) []*node {
	if n.kind != listNode {
		r.errorf(n.at, "here stands %s, where a list should be: write it in [ ]", n.kind)
		return nil
	}
	return n.list
}

// countries reads a list of countries; one that is there twice is kept once.
func (r *reader) countries(n *node) []country.Code {
	list := []country.Code{}
	seen := map[country.Code]bool{}
	for _, item := range r.items(n) {
		c := r.country(item)
		switch {
		case !c.Known():
		case seen[c]:
			r.warnf(item.at, "%s is in the list already: remove one of the two", c)
		default:
			seen[c] = true
			list = append(list, c)
		}
	}
	return list
}
