package geojson

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"vigil/internal/feed"
	"vigil/internal/problem"
)

// maxSize caps a content, in bytes. A month of all earthquakes is 8 MB.
const maxSize = 64 << 20

// exact is how every object is read: names are case-sensitive and may not repeat, so that none can say
// two things to two readers. Half a surrogate pair, which some tools write, becomes U+FFFD.
var exact = []jsontext.Options{jsontext.AllowDuplicateNames(false), jsontext.AllowInvalidUTF8(true)}

// loose reads past objects of which each is read exactly on its own: what is wrong with one feature costs
// no other.
var loose = []jsontext.Options{jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)}

// feature is one feature and where it begins.
type feature struct {
	raw    jsontext.Value
	line   int
	column int // in characters, 1-based
	offset int64
}

// collection is a whole content: a collection, a feature alone, or a sequence of either.
type collection struct {
	metadata jsontext.Value // of USGS; nil elsewhere
	features []feature
}

var (
	errTwice = errors.New("a name stands twice in one object, and which one holds cannot be told: keep one")
	errKind  = errors.New(`not GeoJSON: a FeatureCollection, or features one after the other, is wanted`)
)

// reader walks the values of a content.
type reader struct {
	body []byte
	dec  *jsontext.Decoder
	out  collection

	// The place looked at last.
	line, column, looked int
}

// read reads a content whole. The error is what is wrong with it, and offset where.
func read(body []byte) (c *collection, at feature, err error) {
	r := &reader{body: body, line: 1, column: 1}
	r.dec = jsontext.NewDecoder(bytes.NewReader(body), loose...)
	for {
		switch r.dec.PeekKind() {
		case '{':
			err = r.object()
		case 0:
			_, err = r.dec.ReadToken() // the end, or what is wrong instead
			if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
				return &r.out, feature{}, nil
			}
		default:
			err = errKind
		}
		if err != nil {
			return nil, r.place(r.stopped(err)), syntax(err)
		}
	}
}

// stopped is the offset at which reading stopped.
func (r *reader) stopped(err error) int {
	var syn *jsontext.SyntacticError
	if errors.As(err, &syn) {
		return int(syn.ByteOffset)
	}
	return int(r.dec.InputOffset())
}

// syntax is err in words that help.
func syntax(err error) error {
	var syn *jsontext.SyntacticError
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		return errTwice
	case errors.As(err, &syn):
		return fmt.Errorf("not JSON: %w", syn.Err)
	default:
		return err
	}
}

// place says on which line and column an offset is. Offsets are asked for in rising order, and each byte is looked at
// once: many feeds are one line, of any length.
func (r *reader) place(offset int) feature {
	offset = min(offset, len(r.body))
	if offset < r.looked {
		r.line, r.column, r.looked = 1, 1, 0
	}
	between := r.body[r.looked:offset]
	if last := bytes.LastIndexByte(between, '\n'); last >= 0 {
		r.line += bytes.Count(between, []byte("\n"))
		r.column = 1
		between = between[last+1:]
	}
	r.column += utf8.RuneCount(between)
	r.looked = offset
	return feature{line: r.line, column: r.column, offset: int64(offset)}
}

// next is the offset at which the next value begins.
func (r *reader) next() int {
	offset := int(r.dec.InputOffset())
	return offset + len(r.body[offset:]) - len(bytes.TrimLeft(r.body[offset:], ":, \t\r\n"))
}

// object reads a value of the content: a collection, or a feature by itself. Which it is may stand
// behind its members, so that a feature is read once more.
func (r *reader) object() error {
	begin := r.next()
	if _, err := r.dec.ReadToken(); err != nil {
		return err
	}
	seen := make(map[string]bool)
	var kind string
	found := len(r.out.features)
	for r.dec.PeekKind() == '"' {
		token, err := r.dec.ReadToken()
		if err != nil {
			return err
		}
		name := token.String()
		if seen[name] {
			return errTwice
		}
		seen[name] = true
		switch peek := r.dec.PeekKind(); {
		case name == "type" && peek == '"':
			token, err := r.dec.ReadToken()
			if err != nil {
				return err
			}
			kind = token.String()
		case name == "features" && peek == '[':
			if err := r.all(); err != nil {
				return err
			}
		case name == "metadata" && peek == '{':
			if r.out.metadata, err = r.dec.ReadValue(); err != nil {
				return err
			}
			r.out.metadata = r.out.metadata.Clone()
		default:
			if err := r.dec.SkipValue(); err != nil {
				return err
			}
		}
	}
	if _, err := r.dec.ReadToken(); err != nil { // the end of the object, or what is wrong instead
		return err
	}
	switch {
	case kind == "Feature":
		f := r.place(begin)
		f.raw = r.body[begin:r.dec.InputOffset()]
		r.out.features = append(r.out.features[:found], f)
	case kind != "FeatureCollection" || !seen["features"]:
		return errKind
	}
	return nil
}

// all reads the features of a collection.
func (r *reader) all() error {
	if _, err := r.dec.ReadToken(); err != nil {
		return err
	}
	for kind := r.dec.PeekKind(); kind != ']' && kind != 0; kind = r.dec.PeekKind() {
		f := r.place(r.next())
		if err := r.dec.SkipValue(); err != nil {
			return err
		}
		f.raw = r.body[f.offset:r.dec.InputOffset()]
		r.out.features = append(r.out.features, f)
	}
	_, err := r.dec.ReadToken()
	return err
}

// whole reads a content, of a collection or a sequence.
func whole(ctx *feed.Context, body []byte) (*collection, feed.Repairs, error) {
	if len(body) > maxSize {
		return nil, feed.Repairs{}, feed.Half(ctx.Reject(0, 0, "%d MB are more than the %d that are read", len(body)>>20, maxSize>>20))
	}
	clean, repairs := feed.UTF8(body)
	c, at, err := read(unmark(clean))
	if err != nil {
		return nil, repairs, feed.Half(ctx.Reject(at.line, at.column, "%s", advice(err)))
	}
	return c, repairs, nil
}

// advice says what is wrong, and what to do: what ends too soon may be whole in a moment, and what is wrong within
// stays so.
func advice(err error) string {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "not whole JSON: it ends in the middle; wait until it is written, or fetch it again"
	case errors.Is(err, errTwice):
		return err.Error()
	default:
		return fmt.Sprintf("%v; fetch it again, and if it stays so, have it mended where it is made", err)
	}
}

// unmark makes spaces of the marks that stand before each text of a sequence by RFC 8142.
func unmark(body []byte) []byte {
	const mark = 0x1E
	if bytes.IndexByte(body, mark) < 0 {
		return body
	}
	return bytes.ReplaceAll(body, []byte{mark}, []byte{' '})
}

// object is the members of a JSON object.
type object map[string]jsontext.Value

var errNotObject = errors.New("not an object")

// members reads an object exactly.
func members(v jsontext.Value) (object, error) {
	dec := jsontext.NewDecoder(bytes.NewReader(v), exact...)
	if dec.PeekKind() != '{' {
		return nil, errNotObject
	}
	if _, err := dec.ReadToken(); err != nil {
		return nil, err
	}
	o := make(object)
	for dec.PeekKind() == '"' {
		name, err := dec.ReadToken()
		if err != nil {
			return nil, err
		}
		key := name.String()
		value, err := dec.ReadValue()
		if err != nil {
			return nil, err
		}
		o[key] = v[int(dec.InputOffset())-len(value) : dec.InputOffset()]
	}
	_, err := dec.ReadToken()
	return o, err
}

// given reports whether a member is there and not null.
func (o object) given(name string) bool { return o[name] != nil && o[name].Kind() != 'n' }

// text is a member that is a string, or a number as it stands; empty when there is none.
func (o object) text(name string) string { return scalar(o[name]) }

func scalar(v jsontext.Value) string {
	switch v.Kind() {
	case '"':
		// The decoder has checked it, so the error can only be of lone surrogates, which are U+FFFD.
		text, _ := jsontext.AppendUnquote(nil, v)
		return string(text)
	case '0':
		return string(v)
	default:
		return ""
	}
}

// opened is a feature of which the members are known.
type opened struct {
	object
	properties object
}

// open reads the members of a feature and of its properties. ok is false, with a problem, when it cannot
// be used.
func open(ctx *feed.Context, f *feature) (o opened, p problem.Problem, ok bool) {
	all, err := members(f.raw)
	if err != nil {
		column := f.column
		var syn *jsontext.SyntacticError
		if errors.As(err, &syn) {
			if before := f.raw[:min(int(syn.ByteOffset), len(f.raw))]; !bytes.Contains(before, []byte("\n")) {
				column += utf8.RuneCount(before)
			}
		}
		return opened{}, ctx.Reject(f.line, column, "the feature is not used: %v", syntax(err)), false
	}
	if all.text("type") != "Feature" {
		return opened{}, ctx.Reject(f.line, f.column, `the feature is not used: its "type" is not "Feature"`), false
	}
	properties := object{}
	if all.given("properties") {
		if properties, err = members(all["properties"]); err != nil {
			return opened{}, ctx.Reject(f.line, f.column, "the feature is not used: its properties: %v", syntax(err)), false
		}
	}
	return opened{all, properties}, problem.Problem{}, true
}
