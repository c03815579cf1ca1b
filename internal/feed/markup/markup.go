// Package markup reads XML, for every format that is written in it, and makes plain text of HTML.
//
// # Guarantees
//
//   - XML is read strictly: no DOCTYPE, no entities but the five of XML, at most [MaxSize] bytes,
//     [MaxDepth] elements deep and [MaxElements] in number. What is not well-formed to its end gives nothing.
//   - Whatever the character set, what comes out is UTF-8. Text that is UTF-8 is taken as that whatever
//     its declaration says.
//   - Nothing is fetched: neither schemas nor whatever else a document points to.
package markup

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"vigil/internal/feed"
)

// Limits of a content.
const (
	MaxSize     = 64 << 20 // bytes; seven days of GDACS are 2 MB
	MaxDepth    = 128      // pages within an Atom entry are nested deeper than the feed
	MaxElements = 1 << 20
)

// Name is that of an element or an attribute: the address of its namespace, and the name in there.
type Name = xml.Name

// Element is an element of a document. The zero Element is one that is not there.
type Element struct {
	Name       Name
	Attributes []xml.Attr
	Children   []*Element
	Line       int   // 1-based, on which it begins
	Offset     int64 // of its first byte
	text       strings.Builder
}

// Document is a whole content.
type Document struct {
	Root *Element
	// Clean is the content in UTF-8, with spaces for its XML declaration: lines stay where they are.
	Clean   []byte
	Repairs feed.Repairs
}

var none Element

// IsZero reports whether the element is not there.
func (e *Element) IsZero() bool { return e.Name == Name{} }

// Get is the first child of a name; the zero Element where there is none.
func (e *Element) Get(space, local string) *Element {
	for child := range e.All(space, local) {
		return child
	}
	return &none
}

// All are the children of a name.
func (e *Element) All(space, local string) iter.Seq[*Element] {
	return func(yield func(*Element) bool) {
		for _, child := range e.Children {
			if child.Name.Local == local && child.Name.Space == space && !yield(child) {
				return
			}
		}
	}
}

// Text is the text directly in the element, without space around it.
func (e *Element) Text() string { return strings.TrimSpace(e.text.String()) }

// Attribute is that of a name without a namespace; empty where there is none.
func (e *Element) Attribute(local string) string {
	for _, a := range e.Attributes {
		if a.Name.Local == local && a.Name.Space == "" {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

var (
	errDoctype = errors.New("a DOCTYPE is not allowed: take it out, and the entities that it defines")
	errDeep    = fmt.Errorf("elements stand more than %d deep", MaxDepth)
	errMany    = fmt.Errorf("there are more than %d elements", MaxElements)
	errEmpty   = errors.New("there is no element in it")
	errAfter   = errors.New("something stands behind the end of the document")
	errOutside = errors.New("text stands outside of the document")
)

// Read reads a whole content. The error is one of [feed.Half], in words that say what to do.
func Read(ctx *feed.Context, body []byte) (*Document, error) {
	if len(body) > MaxSize {
		return nil, feed.Half(ctx.Reject(0, 0, "%d MB are more than the %d that are read", len(body)>>20, MaxSize>>20))
	}
	clean, repairs, err := decode(body)
	if err != nil {
		return nil, feed.Half(ctx.Reject(1, 0, "%v", err))
	}
	doc := &Document{Clean: clean, Repairs: repairs}
	r := newReader(clean)
	for {
		if err := r.step(); errors.Is(err, io.EOF) && r.root != nil {
			doc.Root = r.root
			return doc, nil
		} else if err != nil {
			if errors.Is(err, io.EOF) {
				err = errEmpty
			}
			line, column := r.dec.InputPos()
			return nil, feed.Half(ctx.Reject(line, column, "%s", advice(err)))
		}
	}
}

// advice says what is wrong, and what to do: what ends too soon may be whole in a moment, and what is wrong within
// stays so.
func advice(err error) string {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		err = errors.New(syntax.Msg) // the line is said before it
	}
	switch {
	case strings.HasPrefix(err.Error(), io.ErrUnexpectedEOF.Error()): // also "in CDATA section"
		return "not whole XML: it ends in the middle; wait until it is written, or fetch it again"
	case errors.Is(err, errDoctype):
		return err.Error()
	case errors.Is(err, errDeep):
		return fmt.Sprintf("%v: that is not read; have it mended where it is made", err)
	case errors.Is(err, errMany):
		return fmt.Sprintf("%v: that is not read; ask for less at once", err)
	default:
		return fmt.Sprintf("not XML: %v; fetch it again, and if it stays so, have it mended where it is made", err)
	}
}

// Glance reads the beginning of a content as far as it goes: the elements that are there, the last
// of them perhaps without its end. It is nil where that is no XML, or has a DOCTYPE. What [Read] refuses for its
// character set or its depth is glanced at all the same, so that it is known what it is that is refused.
func Glance(head []byte) *Element {
	clean, _, err := decode(head)
	if err != nil {
		clean, _ = feed.UTF8(head)
		clean = undeclare(clean)
	}
	r := newReader(clean)
	for err = r.step(); err == nil; {
		err = r.step()
	}
	if errors.Is(err, errDoctype) {
		return nil
	}
	return r.root
}

// reader walks the tokens of a document.
type reader struct {
	dec   *xml.Decoder
	root  *Element
	path  []*Element
	count int
}

func newReader(clean []byte) *reader {
	return &reader{dec: xml.NewDecoder(bytes.NewReader(clean))}
}

// step reads one token.
func (r *reader) step() error {
	offset := r.dec.InputOffset()
	line, _ := r.dec.InputPos()
	token, err := r.dec.Token()
	if err != nil {
		return err
	}
	switch t := token.(type) {
	case xml.Directive:
		return errDoctype
	case xml.StartElement:
		r.count++
		switch {
		case len(r.path) == MaxDepth:
			return errDeep
		case r.count > MaxElements:
			return errMany
		case len(r.path) == 0 && r.root != nil:
			return errAfter
		}
		e := &Element{Name: t.Name, Attributes: t.Attr, Line: line, Offset: offset}
		if len(r.path) == 0 {
			r.root = e
		} else {
			parent := r.path[len(r.path)-1]
			parent.Children = append(parent.Children, e)
		}
		r.path = append(r.path, e)
	case xml.CharData:
		if len(r.path) > 0 {
			r.path[len(r.path)-1].text.Write(t)
		} else if len(bytes.TrimSpace(t)) > 0 {
			return errOutside
		}
	case xml.EndElement:
		r.path = r.path[:len(r.path)-1]
	}
	return nil
}
