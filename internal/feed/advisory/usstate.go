package advisory

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/exact"
	"vigil/internal/feed/markup"
	"vigil/internal/health"
	"vigil/internal/level"
	"vigil/internal/safetext"
)

// USState is the travel advisories of the United States Department of State, all of them in one content or
// that of one country: the RSS of travel.state.gov, the JSON of its application interface, and the JSON of a
// public archive of both. Some advisory is issued every week. They say nothing of incidents.
var USState = &feed.Format{
	Name:      usScheme,
	Authority: usScheme,
	Profile:   health.Profile{Expect: 14 * 24 * time.Hour, Memory: health.Complete},
	Sign:      "travel advisories of the US State Department: JSON with titles of the form 'X - Level 4: …', or RSS with their levels",
	Recognise: recogniseUS,
	Document:  decodeUS,
}

const usScheme = "us-state"

var usAuthority = safetext.Const("US State Department")

// usMax is the highest level: 1 Exercise Normal Precautions, 2 Exercise Increased Caution, 3 Reconsider Travel,
// 4 Do Not Travel. An advisory of level "Other" has none of its own, and parts that have.
const usMax = 4

// usLevel is how a level stands at the end of a title, and alone in a category.
var usLevel = regexp.MustCompile(`(?i)^(.*?)\s*[-–—:,(]*\s*\blevel\s+([0-9]+|other)\b\s*:?\s*(.*)$`)

// usSuffixes stand behind the countries of a title and belong to no name.
var usSuffixes = regexp.MustCompile(`(?i)\s*(?:[-–—:]\s*)?(?:travel advisory|see (?:individual )?summar(?:y|ies))\s*$`)

// usAreas are areas that the Department advises of under one name and that are several countries in ISO 3166.
// Source: its advisories, "The French West Indies: Guadeloupe, Martinique, St. Martin, and St. Barthélemy".
var usAreas = map[string][]string{
	"french west indies": {"GLP", "MTQ", "MAF", "BLM"},
}

// usEntry is an entry in whichever form it came.
type usEntry struct {
	*entry
	name    string   // the country in a member of its own; empty where it has none
	tags    []string // FIPS
	apart   string   // the level beside the title
	id      string
	names   string // those of the title, in small letters
	several bool   // speaks of several countries at once
}

// recogniseUS reports whether a content is one of the three.
func recogniseUS(head []byte) bool {
	if root := markup.Glance(head); root != nil {
		return usRSS(root)
	}
	v := exact.Glance(head)
	if items := v.Items(); len(items) > 0 {
		v = &items[0]
	} else if items := usWrapped(v); len(items) > 0 {
		v = &items[0]
	}
	return usEntryOf(v)
}

// usEntryOf reports whether a value is an entry of JSON.
func usEntryOf(v *exact.Value) bool {
	return v.Has("country", "level", "full_title") ||
		usLevel.MatchString(v.Get("Title").Text()) && (v.Has("Category") || v.Has("Link"))
}

// usRSS reports whether RSS is that of the Department: it marks the levels of its items.
func usRSS(root *markup.Element) bool {
	channel := root.Get("", "channel")
	if root.Name != (markup.Name{Local: "rss"}) || channel.IsZero() {
		return false
	}
	if strings.Contains(strings.ToLower(channel.Get("", "title").Text()), "travel.state.gov") &&
		strings.Contains(strings.ToLower(channel.Get("", "title").Text()), "advisor") {
		return true
	}
	for item := range channel.All("", "item") {
		for category := range item.All("", "category") {
			if domain := category.Attribute("domain"); strings.EqualFold(domain, "Threat-Level") || strings.EqualFold(domain, "Country-Tag") {
				return true
			}
		}
	}
	return false
}

// usWrapped are the entries of a content that has them in a member, as gateways write it.
func usWrapped(v *exact.Value) []exact.Value {
	for _, name := range []string{"data", "value", "items"} {
		if items := v.Get(name).Items(); len(items) > 0 {
			return items
		}
	}
	return nil
}

// decodeUS reads a whole content.
func decodeUS(ctx *feed.Context, body []byte) (feed.Document, error) {
	if markup.Glance(body[:min(len(body), feed.HeadSize)]) != nil {
		return decodeUSRSS(ctx, body)
	}
	whole, repairs, err := exact.Read(ctx, body)
	if err != nil {
		return feed.Document{}, err
	}
	doc := feed.Document{Repairs: repairs}
	items := whole.Root.Items()
	if whole.Root.Is('{') {
		if items = usWrapped(&whole.Root); items == nil && usEntryOf(&whole.Root) {
			items = []exact.Value{whole.Root}
		} else if items == nil && len(whole.Root.Names()) > 0 {
			return doc, feed.Half(ctx.Reject(1, 0, "not an answer of the US State Department: neither a list of advisories nor one of them; see what the address gives, and fetch it again"))
		}
	}
	if len(items) == 0 {
		return doc, feed.Half(ctx.Reject(1, 0, "there is no advisory in it, which the Department's server answers to clients "+
			"that it does not like: set a User-Agent in the header of the [[source]], or fetch it again"))
	}
	entries := make([]*usEntry, 0, len(items))
	for n := range items {
		v := &items[n]
		line, column := whole.Place(v)
		e := newUSEntry(ctx, line, column, v.Offset())
		entries = append(entries, e)
		if name := v.Twice(); name != "" || !v.Is('{') {
			e.title, e.id = "", ""
			e.warn("%q stands twice in it, or it is no object", name)
			continue
		}
		e.fromJSON(v)
	}
	doc.Records = usRecords(entries)
	return doc, nil
}

func newUSEntry(ctx *feed.Context, line, column int, offset int64) *usEntry {
	e := &usEntry{entry: &entry{ctx: ctx, column: column, rec: feed.Record{Line: line, Offset: offset}}}
	e.advises = level.Advisory{Authority: usAuthority, Scheme: safetext.Const(usScheme), Max: usMax}
	if !ctx.Authority.IsZero() {
		e.advises.Authority = ctx.Authority
	}
	return e
}

// fromJSON reads the members of an entry of the archive, or of the application interface.
func (e *usEntry) fromJSON(v *exact.Value) {
	first := func(names ...string) string {
		for _, name := range names {
			if s := v.Get(name).Text(); s != "" {
				return s
			}
		}
		return ""
	}
	e.title = markup.Text(first("full_title", "Title", "title"))
	e.name = markup.Text(v.Get("country").Text())
	if s := v.Get("level").Text(); s != "" {
		e.apart = "Level " + s
	}
	e.tags = v.Get("Category").Texts()
	e.advises.Summary = e.summary(first("Summary", "summary", "content_md"))
	e.advises.Link = e.text.Line(first("Link", "link", "remote_link"))
	e.id = first("id", "Link", "link", "remote_link", "full_title", "Title", "title")
	e.advises.Updated = e.when("the date", first("Updated", "Published", "date", "updated"))
	e.settle()
}

// decodeUSRSS reads a whole feed.
func decodeUSRSS(ctx *feed.Context, body []byte) (feed.Document, error) {
	whole, err := markup.Read(ctx, body)
	if err != nil {
		return feed.Document{}, err
	}
	doc := feed.Document{Repairs: whole.Repairs}
	channel := whole.Root.Get("", "channel")
	var entries []*usEntry
	for item := range channel.All("", "item") {
		e := newUSEntry(ctx, item.Line, 0, item.Offset)
		entries = append(entries, e)
		e.fromItem(item)
	}
	if len(entries) == 0 {
		return doc, feed.Half(ctx.Reject(whole.Root.Line, 0, "there is no advisory in it: fetch it again"))
	}
	for _, name := range []string{"pubDate", "lastBuildDate"} {
		when, err := feed.ParseStamp(channel.Get("", name).Text())
		if err != nil {
			doc.Problems = append(doc.Problems, ctx.Warn(channel.Line, 0, "%s of the channel: %v", name, err))
		}
		if when.Start.After(doc.ContentTime) {
			doc.ContentTime = when.Start
		}
	}
	doc.Records = usRecords(entries)
	return doc, nil
}

// fromItem reads an item of the RSS.
func (e *usEntry) fromItem(item *markup.Element) {
	e.title = markup.Text(item.Get("", "title").Text())
	for category := range item.All("", "category") {
		switch strings.ToLower(category.Attribute("domain")) {
		case "threat-level":
			e.apart = category.Text()
		case "country-tag":
			e.tags = append(e.tags, strings.FieldsFunc(category.Text(), func(r rune) bool { return strings.ContainsRune(",;| ", r) })...)
		}
	}
	e.advises.Summary = e.summary(item.Get("", "description").Text())
	e.advises.Link = e.text.Line(item.Get("", "link").Text())
	e.id = item.Get("", "guid").Text()
	e.advises.Updated = e.when("pubDate", item.Get("", "pubDate").Text())
	e.settle()
}

// settle finds out of which countries the entry speaks, and at which level.
func (e *usEntry) settle() {
	names := e.title
	level, label := 0, ""
	if m := usLevel.FindStringSubmatch(e.title); m != nil {
		names, level, label = m[1], usNumber(m[2]), m[3]
	}
	e.countries(names)
	apart, apartLabel, said := usApart(e.apart)
	switch {
	case label == "" && level == 0:
		level, label = apart, apartLabel
	case said && apart != level:
		e.warn("the title says level %d and what stands beside it %q: the level is unknown until one is corrected", level, e.apart)
		level = 0
	}
	if level < 0 {
		e.warn("there is no such level from 1 to %d: it is unknown", usMax)
		level = 0
	}
	e.absent = level == 0 && label == ""
	e.advises.Level, e.advises.Label = level, e.text.Line(label)
}

// usNumber is a level as a number: 0 for "Other", and -1 for one that the scale does not have.
func usNumber(s string) int {
	n, err := strconv.Atoi(s)
	switch {
	case strings.EqualFold(s, "other"):
		return 0
	case err != nil || n < 1 || n > usMax:
		return -1
	default:
		return n
	}
}

// usApart reads a level that stands beside the title.
func usApart(s string) (level int, label string, said bool) {
	m := usLevel.FindStringSubmatch(s)
	if m == nil {
		return 0, "", false
	}
	return usNumber(m[2]), m[3], true
}

// countries finds the countries of an entry. The title is what the Department's readers go by, and wins
// over its tags, some of which have been wrong for years; a tag decides where the title names no country.
func (e *usEntry) countries(names string) {
	for usSuffixes.MatchString(names) {
		names = usSuffixes.ReplaceAllString(names, "")
	}
	e.names = strings.ToLower(names)
	e.all = usNames(names)
	if e.name != "" {
		if other := usNames(usSuffixes.ReplaceAllString(e.name, "")); len(other) > 0 && len(e.all) == 0 {
			e.all = other
		} else if len(other) > 0 && !slices.Equal(other, e.all) {
			e.warn("the title says %q and the country beside it %q: the title holds", names, e.name)
		}
	}
	var tagged []country.Code
	for _, tag := range e.tags {
		if c, ok := country.ParseFIPS(tag); ok {
			tagged = append(tagged, c)
		} else if tag = strings.TrimSpace(tag); tag != "" {
			e.warn("%q is no country code of FIPS 10-4: it is left out", tag)
		}
	}
	switch {
	case len(e.all) == 0 && len(tagged) > 0:
		e.all = tagged
		e.warn("%q is no country that vigil knows: taken for that of its tag, %s", names, strings.Join(e.tags, ", "))
	case len(tagged) > 0 && !slices.ContainsFunc(tagged, func(c country.Code) bool { return slices.Contains(e.all, c) }):
		e.warn("the title says %q and the tag %s, which is another country in FIPS 10-4: the title holds", names, strings.Join(e.tags, ", "))
	}
	e.several = len(e.all) > 1
	if e.several && len(tagged) == 1 && slices.Contains(e.all, tagged[0]) && strings.Contains(strings.ToLower(e.title), "see summar") {
		// The entries of China, Hong Kong and Macau have one title, and differ in their tag and their level. One that names
		// one of them alone still stands before them.
		e.all = tagged
	}
}

// usNames are the countries that a title names.
func usNames(text string) []country.Code {
	area, ok := usAreas[strings.TrimPrefix(strings.ToLower(text), "the ")]
	if !ok {
		return named(text)
	}
	all := make([]country.Code, 0, len(area))
	for _, code := range area {
		all = append(all, country.MustParse(code))
	}
	return all
}

// usRecords makes the records of all entries. Where two of one content speak of a country, the one that
// speaks of it alone stands before one that speaks of several. Of two under different names (the West Bank and
// Gaza, the islands of Bonaire, Sint Eustatius and Saba) and of two of one date the higher level stands;
// otherwise the newer, which is decided where all contents come together.
func usRecords(entries []*usEntry) []feed.Record {
	best := make(map[country.Code]*usEntry)
	for _, e := range entries {
		for _, c := range e.all {
			if have := best[c]; !e.absent && (have == nil || e.before(have)) {
				best[c] = e
			}
		}
	}
	records := make([]feed.Record, 0, len(entries))
	for _, e := range entries {
		switch {
		case e.title == "":
			records = append(records, e.reject("the entry has no title, which says what it advises of where"))
			continue
		case len(e.all) == 0:
			e.warn("no country that vigil knows is named: the entry is kept as a report")
			records = append(records, e.report(usScheme, e.id, e.advises.Link.String()))
			continue
		case e.absent:
			e.warn("the entry says no level: it is kept as a report")
			records = append(records, e.report(usScheme, e.id, e.advises.Link.String()))
			continue
		}
		own := slices.DeleteFunc(slices.Clone(e.all), func(c country.Code) bool { return best[c].beats(e) })
		if len(own) == 0 {
			e.warn("another entry of this content, at line %d, advises of the same: this one is kept as a report", best[e.all[0]].rec.Line)
			records = append(records, e.report(usScheme, e.id, e.advises.Link.String()))
			continue
		}
		records = append(records, e.records(own)...)
	}
	return records
}

// before reports whether e is to be looked at before other for a country that both speak of.
func (e *usEntry) before(other *usEntry) bool {
	if e.several != other.several {
		return !e.several
	}
	if e.names == other.names {
		if c := e.advises.Updated.Start.Compare(other.advises.Updated.Start); c != 0 {
			return c > 0
		}
	}
	return usRank(e.advises.Level) > usRank(other.advises.Level)
}

// beats reports whether other is not to be used because of e.
func (e *usEntry) beats(other *usEntry) bool {
	if e.several != other.several {
		return !e.several
	}
	return (e.names != other.names || e.advises.Updated == other.advises.Updated) &&
		usRank(e.advises.Level) > usRank(other.advises.Level)
}

// usRank puts a level that is not known above all.
func usRank(n int) int {
	if n == 0 {
		return usMax + 1
	}
	return n
}
