package rss

import (
	"net/url"
	"slices"
	"strings"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/markup"
	"vigil/internal/feed/reliefweb"
	"vigil/internal/incident"
	"vigil/internal/safetext"

	"github.com/mmcdole/gofeed"
)

// maxTopics and maxLinks are how many tags and addresses of an item are kept: some list hundreds.
const (
	maxTopics = 20
	maxLinks  = 8
)

// tag is a category of an item, and the list that it is from.
type tag struct{ domain, text string }

// item is an item while it is read.
type item struct {
	ctx  *feed.Context
	base string // the address of the site
	text feed.Text
	rec  feed.Record

	id, title, body    string // as they stand, the last two in HTML
	links              []string
	published, updated string
	source             string
	tags               []tag
	mentions           []mention
	points             []incident.Point
}

// mention is a country that whoever made the feed found in the text, and how often.
type mention struct {
	code  country.Code
	count float64
}

func (it *item) warn(format string, args ...any) {
	it.rec.Problems = append(it.rec.Problems, it.ctx.Warn(it.rec.Line, 0, format, args...))
}

// fromLibrary takes what gofeed makes of an item.
func (it *item) fromLibrary(entry *gofeed.Item, of dialect) {
	it.id, it.title, it.body = entry.GUID, entry.Title, entry.Description
	if strings.TrimSpace(it.body) == "" {
		it.body = entry.Content
	}
	if it.body == "" && entry.ITunesExt != nil {
		it.body = entry.ITunesExt.Summary
	}
	it.published, it.updated = entry.Published, entry.Updated
	it.links = slices.Clone(entry.Links)
	if of == dialectAtom && entry.Link != "" { // which has links of several kinds: to itself, to answers
		it.links = []string{entry.Link}
	}
	for _, enclosure := range entry.Enclosures {
		if enclosure != nil {
			it.links = append(it.links, enclosure.URL)
		}
	}
	for _, category := range entry.Categories {
		it.tags = append(it.tags, tag{text: category})
	}
}

// record makes the record of an item.
func (it *item) record() feed.Record {
	i := &it.rec.Incident
	i.Class = incident.Report
	i.Identity.Authority = it.ctx.Resolve(safetext.Text{}, "")
	title, body := markup.Text(it.title), markup.Text(it.body)
	if title == "" { // short messages and some podcasts have none
		title, _, _ = strings.Cut(body, "\n")
	}
	links := it.addresses()
	if title == "" && len(links) > 0 {
		title = links[0]
	}
	if title == "" {
		return feed.Record{Line: it.rec.Line, Offset: it.rec.Offset, Problems: append(it.rec.Problems[:0:0], it.ctx.Reject(
			it.rec.Line, 0, "the item has neither a title nor a text nor an address: there is nothing to show of it"))}
	}
	i.Title = it.text.Title(title)
	first := ""
	if len(links) > 0 {
		first = links[0]
	}
	if i.Identity.ID = it.text.ID(it.id, first); i.Identity.ID.IsZero() {
		// Padded, so that it is a hash: the words themselves change less often than an id should.
		i.Identity.ID = it.text.ID(title + "\n" + it.published + strings.Repeat(" ", feed.MaxID))
		it.warn("the item has neither an id nor an address: its title and date stand for it, and a correction of either is another report")
	}
	it.when(i)
	it.countries(i, title)
	it.place(i)
	i.Details = it.text.Block(it.details(body, title))
	for _, link := range links {
		i.Links = append(i.Links, it.text.Line(link))
	}
	feed.Infer(i)
	it.ctx.Complete(i)
	it.rec.Repairs.Text = it.text.Report
	return it.rec
}

// when reads when it was published, and which version it is: a feed that dates its changes orders them so. A change that is dated
// ahead is none: whatever is said of it later would be taken for older.
func (it *item) when(i *incident.Incident) {
	read := func(name, s string) incident.When {
		when, err := feed.ParseStamp(s)
		if err != nil {
			it.warn("%s: %v: it is taken as unknown", name, err)
		}
		return when
	}
	published, updated := read("the date", it.published), incident.When{}
	if it.updated != it.published {
		updated = read("the date of the change", it.updated)
	}
	i.Reported = published.Start
	if i.Reported.IsZero() {
		i.Reported = updated.Start
	}
	if it.ctx.Ahead(updated.Start) {
		it.warn("the date of the change, %s, had not come when the feed was read: it puts this before no other version", it.updated)
		return
	}
	if updated.Start.After(published.Start) {
		i.Version = max(updated.Start.Unix(), 0)
	}
}

// details are the text, and what the feed says beside it.
func (it *item) details(body, title string) string {
	var lines []string
	if body != title {
		lines = append(lines, body)
	}
	if source := markup.Text(it.source); source != "" {
		lines = append(lines, "Source: "+source)
	}
	var topics []string
	for _, t := range it.tags {
		if topic := markup.Text(t.text); topic != "" && !slices.Contains(topics, topic) && len(topics) < maxTopics {
			topics = append(topics, topic)
		}
	}
	if len(topics) > 0 {
		lines = append(lines, "Topics: "+strings.Join(topics, ", "))
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// addresses are those of the item, absolute. Only those of the web are kept: nobody follows the others.
func (it *item) addresses() []string {
	var all []string
	base, err := url.Parse(strings.TrimSpace(it.base))
	if err != nil {
		base = nil
	}
	for _, link := range it.links {
		link = strings.TrimSpace(link)
		if link == "" {
			continue
		}
		address, err := url.Parse(link)
		if err == nil && !address.IsAbs() && base != nil {
			address = base.ResolveReference(address)
			link = address.String()
		}
		if err != nil || address.Scheme != "http" && address.Scheme != "https" {
			it.warn("%q is no address of the web: it is left out", link)
			continue
		}
		if !slices.Contains(all, link) && len(all) < maxLinks {
			all = append(all, link)
		}
	}
	return all
}

// countries finds the countries: those that a tag of the feed names, which are stated; else those in the address
// of ReliefWeb, in the title, or that the maker of the feed found in the text, which are inferred.
func (it *item) countries(i *incident.Incident, title string) {
	i.Countries = it.tagged(i)
	if len(i.Countries) == 0 {
		for _, link := range it.links {
			if i.Countries = reliefweb.InAddress(link); len(i.Countries) > 0 {
				break
			}
		}
		if len(i.Countries) == 0 {
			i.Countries = country.InText(title)
		}
		if len(i.Countries) == 0 {
			i.Countries = it.mentioned()
		}
		i.Inferred = len(i.Countries) > 0
	}
	slices.Sort(i.Countries)
	i.Countries = slices.Compact(i.Countries)
	slices.SortFunc(i.CountryText, func(a, b safetext.Text) int { return strings.Compare(a.String(), b.String()) })
	i.CountryText = slices.Compact(i.CountryText)
}

// tagged are the countries that tags name: tags of a list of countries, which may be codes, and of others those
// that are a country's name and nothing else. Georgia may be a tag of Atlanta's newspaper.
func (it *item) tagged(i *incident.Incident) []country.Code {
	var all []country.Code
	for _, t := range it.tags {
		text := markup.Text(t.text)
		if !isCountryList(t.domain) {
			if found := country.InText(text); len(found) == 1 && len(text) > 3 {
				if c, ok := country.Parse(text); ok && c == found[0] {
					all = append(all, c)
				}
			}
			continue
		}
		found, rest := country.ParseList(text)
		all = append(all, found...)
		for _, word := range rest {
			if !country.IsNone(word) {
				i.CountryText = append(i.CountryText, it.text.Line(word))
				it.warn("no country that vigil knows: %s", word)
			}
		}
	}
	return all
}

// isCountryList reports whether the list of a tag is one of countries.
func isCountryList(domain string) bool {
	domain = strings.ToLower(domain)
	return strings.Contains(domain, "country") || strings.Contains(domain, "countries") || strings.Contains(domain, "iso.org/3166")
}

// mentioned are the countries that are found in the text most often.
func (it *item) mentioned() []country.Code {
	var all []country.Code
	most := 0.0
	for _, m := range it.mentions {
		switch {
		case m.count > most:
			all, most = []country.Code{m.code}, m.count
		case m.count == most:
			all = append(all, m.code)
		}
	}
	return all
}

// place takes the position of an item that has one. One with several is about several places.
func (it *item) place(i *incident.Incident) {
	if len(it.points) == 0 {
		return
	}
	for _, p := range it.points[1:] {
		if p != it.points[0] {
			return
		}
	}
	i.Point, i.HasPoint = it.points[0], true
}
