// Package rss reads the feeds of news sites and agencies: RSS 0.90 to 2.0, RDF, Atom 0.3 and 1.0, and JSON Feed.
// What they give are reports: somebody wrote something and put it on the web. They are listed and searched,
// and never counted as something that happened.
//
// # Guarantees
//
//   - XML is read as strictly as package markup does before the library that knows the dialects (gofeed) sees
//     it, in UTF-8. JSON is read exactly, and not by that library, which takes names in any case. Nothing is fetched.
//   - Each item gives one record. When what it tells of happened it does not say, and neither do we: the
//     date of publication is when it was reported.
//   - A country that a tag names is stated. One found in the title, or by a position, is marked as inferred. The
//     country of the newspaper is not that of the news.
package rss

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	gorss "github.com/mmcdole/gofeed/rss"

	"vigil/internal/feed"
	"vigil/internal/feed/exact"
	"vigil/internal/feed/markup"
	"vigil/internal/health"
)

// Format is any feed of news. Each speaks for itself, and forgets. Silence in it says nothing of any threat: it
// covers none, unless vigil.toml says that it does.
var Format = &feed.Format{
	Name:      "rss",
	Sign:      "RSS, RDF, Atom or JSON Feed of any site: its items are reports",
	Profile:   health.Profile{Expect: 24 * time.Hour, Memory: health.Forgets},
	Recognise: recognise,
	Document:  decode,
}

// The namespaces in use.
const (
	nsAtom   = "http://www.w3.org/2005/Atom"
	nsAtom03 = "http://purl.org/atom/ns#"
	nsRDF    = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	nsGeo    = "http://www.w3.org/2003/01/geo/wgs84_pos#"
	nsGeoRSS = "http://www.georss.org/georss"
	nsEMM    = "http://emm.jrc.it"
)

// jsonFeed is how the version of a JSON Feed begins.
const jsonFeed = "https://jsonfeed.org/version/"

// dialect is how a feed is written.
type dialect uint8

const (
	unknown dialect = iota
	dialectRSS
	dialectAtom
)

func dialectOf(root *markup.Element) dialect {
	switch local := strings.ToLower(root.Name.Local); {
	case local == "rss", local == "rdf" && root.Name.Space == nsRDF && hasChannel(root):
		return dialectRSS
	case local == "feed" && (root.Name.Space == nsAtom || root.Name.Space == nsAtom03 || root.Name.Space == ""):
		return dialectAtom
	default:
		return unknown
	}
}

// hasChannel tells RSS in RDF from whatever else is written in that: one of its elements is a channel, or it says
// that it will be.
func hasChannel(root *markup.Element) bool {
	for _, a := range root.Attributes {
		if strings.HasPrefix(a.Value, "http://purl.org/rss/1.0/") || strings.HasPrefix(a.Value, "http://my.netscape.com/rdf/simple/0.9/") {
			return true
		}
	}
	return slices.ContainsFunc(root.Children, func(e *markup.Element) bool {
		return strings.EqualFold(e.Name.Local, "channel") || strings.EqualFold(e.Name.Local, "item")
	})
}

// recognise reports whether a content is a feed. One with a DOCTYPE, as RSS 0.91 has, is recognised too, so that
// it can be said why it is not read.
func recognise(head []byte) bool {
	if root := markup.Glance(head); root != nil {
		return dialectOf(root) != unknown
	}
	if lower := bytes.ToLower(head); bytes.Contains(lower, []byte("<!doctype")) && !bytes.Contains(lower, []byte("<!doctype html")) &&
		(bytes.Contains(lower, []byte("<!doctype rss")) || bytes.Contains(lower, []byte("<rss")) || bytes.Contains(lower, []byte("<feed"))) {
		return true
	}
	return strings.HasPrefix(exact.Glance(head).Get("version").Text(), jsonFeed)
}

// decode reads a whole content.
func decode(ctx *feed.Context, body []byte) (feed.Document, error) {
	clean, _ := feed.UTF8(body[:min(len(body), feed.HeadSize)])
	if bytes.HasPrefix(bytes.TrimSpace(clean), []byte("{")) {
		return decodeJSON(ctx, body)
	}
	whole, err := markup.Read(ctx, markup.Numbered(body))
	if err != nil {
		return feed.Document{}, err
	}
	doc := feed.Document{Repairs: whole.Repairs}
	read, err := library(whole)
	if err != nil {
		return feed.Document{}, feed.Half(ctx.Reject(whole.Root.Line, 0, "not a feed: %v; wait until it is written, or fetch it again", err))
	}
	elements := items(whole.Root)
	if len(elements) != len(read.Items) {
		doc.Problems = append(doc.Problems, ctx.Warn(whole.Root.Line, 0,
			"%d of the items could not be told apart, of %d that could: look at the feed by hand", len(elements)-len(read.Items), len(read.Items)))
	}
	doc.ContentTime = made(ctx, &doc, whole.Root.Line, read.Updated, read.Published)
	doc.Records = make([]feed.Record, 0, len(read.Items))
	for n, entry := range read.Items {
		at := whole.Root
		if len(elements) == len(read.Items) {
			at = elements[n]
		}
		it := &item{ctx: ctx, base: read.Link, rec: feed.Record{Kind: feed.Incident, Line: at.Line, Offset: at.Offset}}
		it.fromLibrary(entry, dialectOf(whole.Root))
		it.fromElement(at, at != whole.Root)
		doc.Records = append(doc.Records, it.record())
	}
	return doc, nil
}

// library has gofeed read a document.
func library(whole *markup.Document) (*gofeed.Feed, error) {
	if dialectOf(whole.Root) == dialectAtom {
		entries, err := (&atom.Parser{}).Parse(bytes.NewReader(whole.Clean))
		if err != nil {
			return nil, err
		}
		return (&gofeed.DefaultAtomTranslator{}).Translate(entries)
	}
	channel, err := (&gorss.Parser{}).Parse(bytes.NewReader(whole.Clean))
	if err != nil {
		return nil, err
	}
	return (&gofeed.DefaultRSSTranslator{}).Translate(channel)
}

// items are the elements of the items in the order in which gofeed lists them: those of the channel, then those
// beside it, as in RDF.
func items(root *markup.Element) []*markup.Element {
	var within, beside []*markup.Element
	for _, e := range root.Children {
		switch local := strings.ToLower(e.Name.Local); {
		case e.Name.Space != root.Name.Space && root.Name.Space != nsRDF:
		case local == "item", local == "entry":
			beside = append(beside, e)
		case local == "channel":
			for _, child := range e.Children {
				if child.Name.Space == e.Name.Space && strings.EqualFold(child.Name.Local, "item") {
					within = append(within, child)
				}
			}
		}
	}
	return append(within, beside...)
}

// made is when the feed says that it was made: the newest of its dates that can be read.
func made(ctx *feed.Context, doc *feed.Document, line int, dates ...string) time.Time {
	var newest time.Time
	for _, s := range dates {
		when, err := feed.ParseStamp(s)
		if err != nil {
			doc.Problems = append(doc.Problems, ctx.Warn(line, 0, "the date of the feed: %v: it is taken as unknown", err))
		}
		if when.Start.After(newest) {
			newest = when.Start
		}
	}
	return newest
}
