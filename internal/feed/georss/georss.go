// Package georss reads alerts from RSS whose items carry a place. The one format so far is that of
// the Global Disaster Alert and Coordination System.
//
// # Guarantees
//
//   - XML is read strictly: no DOCTYPE, no entities but the five of XML, at most [maxDepth]
//     elements deep and [maxSize] bytes long. What is not well-formed to its end gives nothing.
//   - A content is recognised by its namespace, whatever the name of the file.
//   - Each item gives one record, also where two items are about one event.
package georss

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"

	"vigil/internal/feed"
)

const (
	maxDepth = 32       // GDACS uses 6
	maxSize  = 64 << 20 // bytes; seven days of GDACS are 2 MB
)

// The namespaces in use.
const (
	nsGDACS  = "http://www.gdacs.org"
	nsGeo    = "http://www.w3.org/2003/01/geo/wgs84_pos#"
	nsGeoRSS = "http://www.georss.org/georss"
	nsAtom   = "http://www.w3.org/2005/Atom"
)

// element is a name with its namespace; RSS itself has none.
type element = xml.Name

// item is the text of the elements of an item, or of a channel, and of those within them; of an
// element that stands there twice the first.
type item struct {
	line   int
	offset int64
	text   map[element]string
}

// get is the text of an element without space around it.
func (i *item) get(space, local string) string { return i.text[element{Space: space, Local: local}] }

// channel is a whole feed.
type channel struct {
	item // its own elements
	self string
	all  []item
}

var (
	errDoctype = errors.New("a DOCTYPE is not allowed")
	errDeep    = fmt.Errorf("elements stand more than %d deep", maxDepth)
	errNoFeed  = errors.New("there is no RSS channel")
)

// reader walks the tokens of a feed.
type reader struct {
	dec   *xml.Decoder
	out   channel
	path  []element
	chars strings.Builder // of the innermost element
	at    *item           // that is being read
	seen  bool            // a channel
}

func newDecoder(body []byte) *xml.Decoder {
	dec := xml.NewDecoder(bytes.NewReader(body))
	dec.CharsetReader = charset.NewReaderLabel
	return dec
}

// read reads a feed whole, or tells on which line and why it cannot.
func read(body []byte) (*channel, int, error) {
	r := &reader{dec: newDecoder(body)}
	r.out.text = make(map[element]string)
	for {
		offset := r.dec.InputOffset()
		line, _ := r.dec.InputPos()
		token, err := r.dec.Token()
		if errors.Is(err, io.EOF) && r.seen {
			return &r.out, 0, nil
		}
		if errors.Is(err, io.EOF) {
			return nil, 1, errNoFeed
		}
		if err == nil {
			err = r.token(token, line, offset)
		}
		if err != nil {
			line, _ := r.dec.InputPos()
			return nil, line, err
		}
	}
}

func (r *reader) token(token xml.Token, line int, offset int64) error {
	switch t := token.(type) {
	case xml.Directive:
		return errDoctype
	case xml.StartElement:
		if len(r.path) == maxDepth {
			return errDeep
		}
		r.start(t, line, offset)
	case xml.CharData:
		if r.at != nil {
			r.chars.Write(t)
		}
	case xml.EndElement:
		r.end(t.Name)
	}
	return nil
}

func (r *reader) start(t xml.StartElement, line int, offset int64) {
	r.path = append(r.path, t.Name)
	r.chars.Reset()
	switch {
	case t.Name == element{Local: "channel"} && len(r.path) == 2:
		r.at, r.seen = &r.out.item, true
	case t.Name == element{Local: "item"} && len(r.path) == 3:
		r.out.all = append(r.out.all, item{line: line, offset: offset, text: make(map[element]string)})
		r.at = &r.out.all[len(r.out.all)-1]
	case t.Name == element{Space: nsAtom, Local: "link"} && len(r.path) == 3:
		for _, a := range t.Attr {
			if a.Name.Local == "href" {
				r.out.self = a.Value
			}
		}
	}
}

func (r *reader) end(name element) {
	depth := len(r.path)
	r.path = r.path[:depth-1]
	if r.at == nil {
		return
	}
	own := 3 // of the elements of a channel
	if r.at != &r.out.item {
		own = 4
	}
	// The elements themselves and, for geo:Point, one level more; resources hold titles of their own.
	within := depth == own || depth == own+1 && name.Space == nsGeo
	if _, twice := r.at.text[name]; within && !twice {
		r.at.text[name] = strings.TrimSpace(r.chars.String())
	}
	r.chars.Reset()
	if name == (element{Local: "item"}) && depth == 3 {
		r.at = &r.out.item
	}
}

// recognise reports whether a content is RSS that declares the namespace of GDACS.
func recognise(head []byte) bool {
	clean, _ := feed.UTF8(head)
	dec := newDecoder(clean)
	for {
		token, err := dec.Token()
		if err != nil {
			return false
		}
		switch t := token.(type) {
		case xml.Directive:
			return false
		case xml.StartElement:
			if t.Name.Local != "rss" {
				return false
			}
			for _, a := range t.Attr {
				if strings.TrimSuffix(a.Value, "/") == nsGDACS && a.Name.Space == "xmlns" {
					return true
				}
			}
			return false
		}
	}
}

// decode reads a whole content.
func decode(ctx *feed.Context, body []byte) (feed.Document, error) {
	if len(body) > maxSize {
		return feed.Document{}, feed.Half(ctx.Reject(0, 0, "%d MB are more than the %d that are read", len(body)>>20, maxSize>>20))
	}
	clean, repairs := body, feed.Repairs{}
	if !declaresCharset(body) {
		clean, repairs = feed.UTF8(body)
	}
	ch, line, err := read(clean)
	if err != nil {
		return feed.Document{}, feed.Half(ctx.Reject(line, 0, "not a whole feed: %v; wait until it is written, or fetch it again", err))
	}
	doc := gdacs(ctx, ch)
	doc.Repairs = repairs
	return doc, nil
}

// declaresCharset reports whether the XML declaration names a character set other than UTF-8,
// which the decoder then converts itself.
func declaresCharset(body []byte) bool {
	declaration, _, ok := bytes.Cut(body[:min(len(body), 200)], []byte("?>"))
	if !ok {
		return false
	}
	_, rest, _ := strings.Cut(strings.ToLower(string(declaration)), "encoding")
	quoted := strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune("= \t\r\n\"'", r) })
	return len(quoted) > 0 && quoted[0] != "utf-8" && quoted[0] != "utf8"
}
