// Package georss reads alerts from RSS whose items carry a place. The one format so far is that of
// the Global Disaster Alert and Coordination System.
//
// # Guarantees
//
//   - XML is read as strictly as package markup does. What is not well-formed to its end gives nothing.
//   - A content is recognised by its namespace, whatever the name of the file.
//   - Each item gives one record, also where two items are about one event.
package georss

import (
	"encoding/xml"
	"slices"
	"strings"

	"vigil/internal/feed"
	"vigil/internal/feed/markup"
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

// item is the text of the elements of an item, or of a channel, and of a geo:Point within them; of an
// element that stands there twice the first. Resources hold titles of their own, which are not taken.
type item struct {
	line   int
	offset int64
	text   map[element]string
}

// get is the text of an element without space around it.
func (i *item) get(space, local string) string { return i.text[element{Space: space, Local: local}] }

func newItem(e *markup.Element) item {
	i := item{line: e.Line, offset: e.Offset, text: make(map[element]string)}
	add := func(child *markup.Element) {
		if _, twice := i.text[child.Name]; !twice {
			i.text[child.Name] = child.Text()
		}
	}
	for _, child := range e.Children {
		add(child)
		for _, within := range child.Children {
			if within.Name.Space == nsGeo {
				add(within)
			}
		}
	}
	return i
}

// channel is a whole feed.
type channel struct {
	item // its own elements
	self string
	all  []item
}

// read finds the channel of a feed. It is false where there is none.
func read(root *markup.Element) (*channel, bool) {
	e := root.Get("", "channel")
	if e.IsZero() {
		return nil, false
	}
	ch := &channel{item: newItem(e)}
	for link := range e.All(nsAtom, "link") {
		ch.self = link.Attribute("href")
	}
	for child := range e.All("", "item") {
		ch.all = append(ch.all, newItem(child))
	}
	return ch, true
}

// recognise reports whether a content is RSS that declares the namespace of GDACS, and whose items use it: others
// declare whatever they know.
func recognise(head []byte) bool {
	root := markup.Glance(head)
	if root == nil || root.Name.Local != "rss" || !slices.ContainsFunc(root.Attributes, func(a xml.Attr) bool {
		return strings.TrimSuffix(a.Value, "/") == nsGDACS && a.Name.Space == "xmlns"
	}) {
		return false
	}
	whole := 0
	for item := range root.Get("", "channel").All("", "item") {
		if slices.ContainsFunc(item.Children, func(e *markup.Element) bool { return strings.TrimSuffix(e.Name.Space, "/") == nsGDACS }) {
			return true
		}
		whole++
	}
	return whole < 2 // the only one may be cut off, before what would tell
}

// decode reads a whole content.
func decode(ctx *feed.Context, body []byte) (feed.Document, error) {
	whole, err := markup.Read(ctx, markup.Numbered(body))
	if err != nil {
		return feed.Document{}, err
	}
	ch, ok := read(whole.Root)
	if !ok {
		return feed.Document{}, feed.Half(ctx.Reject(whole.Root.Line, 0,
			"not a feed: there is no RSS channel; wait until it is written, or fetch it again"))
	}
	doc := gdacs(ctx, ch)
	doc.Repairs = whole.Repairs
	return doc, nil
}
