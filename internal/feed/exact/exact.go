// Package exact reads JSON documents as they stand, for formats whose records are parts of one
// document: it knows where each value begins, so that what is wrong can be said with its line.
//
// # Guarantees
//
//   - Names are case-sensitive. One that stands twice in an object is never decided on: [Value.Twice]
//     names it, and who reads the object refuses it.
//   - What is not JSON to its end gives nothing, and neither does what is larger than [MaxSize], holds
//     more than [MaxValues] or is nested deeper than [MaxDepth].
//   - A value that is not there and one of another kind read alike: as nothing, never as 0.
package exact

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"vigil/internal/feed"
)

// Limits of a content.
const (
	MaxSize   = 64 << 20 // bytes
	MaxDepth  = 32       // of objects and arrays; the feeds met use 8
	MaxValues = 2 << 20
)

// Value is a value of a document. The zero Value is one that is not there.
type Value struct {
	kind   jsontext.Kind
	text   string // of a string, or the number as it is written
	names  []string
	values []Value
	offset int
	twice  string
}

// Is reports whether the value is there and of a kind: '{' an object, '[' an array, '"' a string, '0' a
// number, 't' and 'f' the truth values, 'n' null.
func (v *Value) Is(kind jsontext.Kind) bool { return v.kind == kind }

// Offset is where the value begins, in bytes.
func (v *Value) Offset() int64 { return int64(v.offset) }

// Twice is a name that stands twice in the object, or in one within it; empty when there is none.
func (v *Value) Twice() string { return v.twice }

var none Value

// Get follows the names of members. What is not there is the zero Value.
func (v *Value) Get(path ...string) *Value {
	for _, name := range path {
		next := &none
		for n, have := range v.names {
			if have == name {
				next = &v.values[n]
				break
			}
		}
		v = next
	}
	return v
}

// Has reports whether an object has all these members, whatever they are.
func (v *Value) Has(names ...string) bool {
	for _, name := range names {
		if v.Get(name).kind == 0 {
			return false
		}
	}
	return true
}

// Names are those of the members of an object, in the order in which they stand.
func (v *Value) Names() []string { return v.names }

// Member is the value of the nth member of an object.
func (v *Value) Member(n int) *Value { return &v.values[n] }

// Raw is a string with the space around it, or a number as it is written; all else is empty.
func (v *Value) Raw() string { return v.text }

// Text is a string, or a number as it is written; all else is empty.
func (v *Value) Text() string {
	if v.kind == '"' || v.kind == '0' {
		return strings.TrimSpace(v.text)
	}
	return ""
}

// Number is a number, also one in quotation marks.
func (v *Value) Number() (float64, bool) {
	if v.kind != '"' && v.kind != '0' {
		return 0, false
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(v.text), 64)
	return f, err == nil
}

// Items are those of an array.
func (v *Value) Items() []Value {
	if v.kind != '[' {
		return nil
	}
	return v.values
}

// Texts are the strings of an array, or a single one. What is no text is left out.
func (v *Value) Texts() []string {
	if s := v.Text(); s != "" {
		return []string{s}
	}
	var all []string
	for n := range v.Items() {
		if s := v.values[n].Text(); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// Document is a whole content.
type Document struct {
	Root Value
	body []byte

	// The line that begins last before the place looked at last.
	line, start, looked int
	column              int
}

// Place is where a value begins: its line and, in characters, its column, both from 1. It is quick for
// values that are asked for in the order in which they stand.
func (d *Document) Place(v *Value) (line, column int) { return d.place(v.offset) }

func (d *Document) place(offset int) (line, column int) {
	offset = min(offset, len(d.body))
	if d.line == 0 || offset < d.looked {
		d.line, d.start, d.looked, d.column = 1, 0, 0, 1
	}
	between := d.body[d.looked:offset]
	if last := bytes.LastIndexByte(between, '\n'); last >= 0 {
		d.line += bytes.Count(between, []byte("\n"))
		d.start = d.looked + last + 1
		d.column = 1 + utf8.RuneCount(d.body[d.start:offset])
	} else {
		d.column += utf8.RuneCount(between)
	}
	d.looked = offset
	return d.line, d.column
}

var (
	errDeep  = fmt.Errorf("objects and arrays stand more than %d deep", MaxDepth)
	errMany  = fmt.Errorf("there are more than %d values", MaxValues)
	errAfter = errors.New("something stands behind the end of the value")
	errEmpty = errors.New("there is nothing in it")
)

// Read reads a whole content. The error is one of [feed.Half], in words that say what to do.
func Read(ctx *feed.Context, body []byte) (*Document, feed.Repairs, error) {
	if len(body) > MaxSize {
		return nil, feed.Repairs{}, feed.Half(ctx.Reject(0, 0, "%d MB of JSON are more than the %d that are read: nothing of it was read; split it into smaller files, or export it as CSV if that can be had", len(body)>>20, MaxSize>>20))
	}
	clean, repairs := feed.UTF8(body)
	d := &Document{body: clean}
	r := newReader(clean)
	err := r.value(&d.Root)
	if err == nil {
		if _, err = r.dec.ReadToken(); err == nil {
			err = errAfter
		} else if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return d, repairs, nil
		}
	}
	offset := r.next()
	var syn *jsontext.SyntacticError
	if errors.As(err, &syn) {
		offset, err = int(syn.ByteOffset), syn.Err
	} else if errors.Is(err, io.EOF) {
		err = errEmpty
	}
	line, column := d.place(offset)
	return nil, repairs, feed.Half(ctx.Reject(line, column, "%s", advice(err)))
}

// advice says what is wrong, and what to do: what ends too soon may be whole in a moment, and what is wrong within
// stays so.
func advice(err error) string {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, errEmpty):
		return "not whole JSON: it ends in the middle; wait until it is written, or fetch it again"
	case errors.Is(err, errDeep):
		return fmt.Sprintf("%v: that is not read; have it mended where it is made", err)
	case errors.Is(err, errMany):
		return fmt.Sprintf("%v: that is not read; ask for less at once", err)
	default:
		return fmt.Sprintf("not JSON: %v; fetch it again, and if it stays so, have it mended where it is made", err)
	}
}

// Glance reads the beginning of a content as far as it goes: what is cut off is not there.
func Glance(head []byte) *Value {
	clean, _ := feed.UTF8(head)
	v := &Value{}
	if err := newReader(clean).value(v); err != nil {
		return v // what was read before it
	}
	return v
}

// reader reads values.
type reader struct {
	dec   *jsontext.Decoder
	body  []byte
	depth int
	count int
}

func newReader(body []byte) *reader {
	// Names that stand twice are found here, and cost the record in which they stand alone. Half a
	// surrogate pair, which some tools write, becomes U+FFFD.
	return &reader{body: body, dec: jsontext.NewDecoder(bytes.NewReader(body),
		jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))}
}

// next is the offset at which the next value begins.
func (r *reader) next() int {
	offset := int(r.dec.InputOffset())
	for offset < len(r.body) && strings.IndexByte(":, \t\r\n", r.body[offset]) >= 0 {
		offset++
	}
	return offset
}

// value reads the next value into v, which holds what was read also when it ends in an error.
func (r *reader) value(v *Value) error {
	offset := r.next()
	token, err := r.dec.ReadToken()
	if err != nil {
		return err
	}
	if r.count++; r.count > MaxValues {
		return errMany
	}
	*v = Value{kind: token.Kind(), offset: offset}
	switch v.kind {
	case '"', '0':
		v.text = token.String()
	case '{', '[':
		if r.depth == MaxDepth {
			return errDeep
		}
		r.depth++
		defer func() { r.depth-- }()
		return r.within(v)
	default:
	}
	return nil
}

// within reads the members of an object, or the items of an array, to its end.
func (r *reader) within(v *Value) error {
	var seen map[string]bool
	if v.kind == '{' {
		seen = make(map[string]bool)
	}
	for end := v.kind + 2; r.dec.PeekKind() != end; { // } follows { by two, and ] follows [
		name := ""
		if v.kind == '{' {
			token, err := r.dec.ReadToken()
			if err != nil {
				return err
			}
			name = token.String()
			if seen[name] && v.twice == "" {
				v.twice = name
			}
			seen[name] = true
		}
		v.values = append(v.values, Value{})
		last := &v.values[len(v.values)-1]
		err := r.value(last)
		if last.kind == 0 {
			v.values = v.values[:len(v.values)-1]
			return err
		}
		if v.kind == '{' {
			v.names = append(v.names, name)
		}
		if v.twice == "" {
			v.twice = last.twice
		}
		if err != nil {
			return err
		}
	}
	_, err := r.dec.ReadToken()
	return err
}
