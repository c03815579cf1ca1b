package rss

import (
	"vigil/internal/feed"
	"vigil/internal/feed/exact"
)

// decodeJSON reads a JSON Feed, version 1 or 1.1.
func decodeJSON(ctx *feed.Context, body []byte) (feed.Document, error) {
	whole, repairs, err := exact.Read(ctx, body)
	if err != nil {
		return feed.Document{}, err
	}
	doc := feed.Document{Repairs: repairs}
	list := whole.Root.Get("items")
	if !list.Is('[') {
		return doc, feed.Half(ctx.Reject(1, 0, "not a JSON Feed: it has no items; wait until it is written, or fetch it again"))
	}
	entries := list.Items()
	doc.Records = make([]feed.Record, 0, len(entries))
	for n := range entries {
		v := &entries[n]
		line, column := whole.Place(v)
		if name := v.Twice(); name != "" || !v.Is('{') {
			doc.Records = append(doc.Records, feed.Record{Line: line, Offset: v.Offset(), Problems: append(doc.Problems[:0:0], ctx.Reject(
				line, column, "the item is no object, or a name stands twice in it (%q): which one holds cannot be told", name))})
			continue
		}
		it := &item{ctx: ctx, base: whole.Root.Get("home_page_url").Text(), rec: feed.Record{Kind: feed.Incident, Line: line, Offset: v.Offset()}}
		it.fromJSON(v)
		doc.Records = append(doc.Records, it.record())
	}
	return doc, nil
}

func (it *item) fromJSON(v *exact.Value) {
	first := func(names ...string) string {
		for _, name := range names {
			if s := v.Get(name).Text(); s != "" {
				return s
			}
		}
		return ""
	}
	it.id, it.title = first("id"), first("title")
	it.body = first("summary", "content_html", "content_text")
	it.published, it.updated = first("date_published"), first("date_modified")
	it.links = []string{first("url"), first("external_url")}
	attachments := v.Get("attachments").Items()
	for n := range attachments {
		it.links = append(it.links, attachments[n].Get("url").Text())
	}
	for _, text := range v.Get("tags").Texts() {
		it.tags = append(it.tags, tag{text: text})
	}
}
