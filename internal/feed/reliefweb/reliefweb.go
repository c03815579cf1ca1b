// Package reliefweb reads the answers of the ReliefWeb API of OCHA, versions 1 and 2: disasters, which are
// incidents, and reports, which are listed and searched and never counted.
//
// # Guarantees
//
//   - A content is recognised by its addresses and its shape, a list or a single record, whichever fields were asked for.
//   - Each record of data gives one record.
//   - What the API was not asked for is not guessed at: without a date a disaster is of the month in its
//     name, and without a country of those in its name, marked as inferred.
package reliefweb

import (
	"slices"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/exact"
	"vigil/internal/feed/markup"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Disasters is the disasters. ReliefWeb opens a page for what calls for international help, some days after
// it began. A request names how many it wants, so that one that is no longer in the answer is not withdrawn.
var Disasters = &feed.Format{
	Name:      "reliefweb",
	Authority: authority,
	Sign:      "JSON of the ReliefWeb API: disasters",
	Profile: health.Profile{
		Expect: 7 * 24 * time.Hour,
		Lag:    14 * 24 * time.Hour,
		Covers: health.Set(incident.Hazard),
		Memory: health.Forgets,
	},
	Recognise: func(head []byte) bool { return glance(head) == "disasters" },
	Document:  func(ctx *feed.Context, body []byte) (feed.Document, error) { return decode(ctx, body, disaster) },
}

// Reports is the reports: dozens each day. That none is about a country says nothing of its threats.
var Reports = &feed.Format{
	Name:      "reliefweb-reports",
	Authority: authority,
	Sign:      "JSON of the ReliefWeb API: reports",
	Profile:   health.Profile{Expect: 24 * time.Hour, Memory: health.Forgets},
	Recognise: func(head []byte) bool { return glance(head) == "reports" },
	Document:  func(ctx *feed.Context, body []byte) (feed.Document, error) { return decode(ctx, body, report) },
}

const (
	authority = "reliefweb"
	site      = "reliefweb.int"
)

// glance tells what a content is of: "disasters", "reports", or nothing that is read here.
func glance(head []byte) string {
	v := exact.Glance(head)
	first := v.Get("data")
	if items := first.Items(); len(items) > 0 {
		first = &items[0]
	}
	fields := first.Get("fields")
	addresses := []string{v.Get("href").Text(), first.Get("href").Text(), fields.Get("url_alias").Text(), fields.Get("url").Text(), v.Get("links", "self", "href").Text()}
	if !v.Has("data") && !v.Has("totalCount") || !slices.ContainsFunc(addresses, func(s string) bool { return strings.Contains(s, site) }) {
		return ""
	}
	for _, s := range addresses {
		_, path, _ := strings.Cut(s, site+"/")
		path = strings.TrimPrefix(strings.TrimPrefix(path, "v1/"), "v2/")
		path, _, _ = strings.Cut(path, "?")
		path, _, _ = strings.Cut(path, "/")
		switch path {
		case "disasters", "disaster":
			return "disasters"
		case "reports", "report":
			return "reports"
		case "jobs", "job", "training", "sources", "countries", "country", "blog", "book", "organization", "references":
			return "" // of the same API, and of no event
		}
	}
	switch {
	case fields.Has("title"):
		return "reports"
	case fields.Has("name") && (fields.Has("glide") || fields.Has("type") || fields.Has("primary_type")):
		return "disasters"
	default:
		return ""
	}
}

// record is a record while it is read.
type record struct {
	ctx    *feed.Context
	text   feed.Text
	rec    feed.Record
	fields *exact.Value
	column int
}

func (r *record) warn(format string, args ...any) {
	r.rec.Problems = append(r.rec.Problems, r.ctx.Warn(r.rec.Line, r.column, format, args...))
}

// ahead reports whether a change is dated ahead, and says so: it is no version, because whatever is said later would be taken for older.
func (r *record) ahead(changed time.Time) bool {
	if !r.ctx.Ahead(changed) {
		return false
	}
	r.warn("date.changed, %s, had not come when this was read: it puts this before no other version", changed.Format(time.RFC3339))
	return true
}

// decode reads a whole content, each of its records by read, which is false where it has said why not.
func decode(ctx *feed.Context, body []byte, read func(r *record, id string) string) (feed.Document, error) {
	whole, repairs, err := exact.Read(ctx, body)
	if err != nil {
		return feed.Document{}, err
	}
	doc := feed.Document{Repairs: repairs}
	data := whole.Root.Get("data")
	items := data.Items()
	if data.Is('{') {
		items = []exact.Value{*data}
	}
	if !data.Is('[') && !data.Is('{') {
		return doc, feed.Half(ctx.Reject(1, 0, "not an answer of the ReliefWeb API: it has no data; fetch it again"))
	}
	doc.Records = make([]feed.Record, 0, len(items))
	for n := range items {
		v := &items[n]
		line, column := whole.Place(v)
		r := &record{ctx: ctx, fields: v.Get("fields"), column: column, rec: feed.Record{Kind: feed.Incident, Line: line, Offset: v.Offset()}}
		id := v.Get("id").Text()
		if id == "" {
			id = r.fields.Get("id").Text()
		}
		reason := "the record has no id: updates of it could not be told; ask the API for it again"
		switch {
		case v.Twice() != "":
			reason = "the name " + v.Twice() + " stands twice in it, and which one holds cannot be told"
		case id != "":
			r.rec.Incident.Identity.Authority = ctx.Resolve(safetext.Text{}, authority)
			reason = read(r, id)
		}
		if reason != "" {
			r.rec = feed.Record{Line: line, Offset: v.Offset(), Problems: append(r.rec.Problems[:0:0], ctx.Reject(line, column, "%s", reason))}
			doc.Records = append(doc.Records, r.rec)
			continue
		}
		ctx.Complete(&r.rec.Incident)
		r.rec.Repairs.Text = r.text.Report
		doc.Records = append(doc.Records, r.rec)
	}
	return doc, nil
}

// when reads a date of the record. The API writes a day as its midnight.
func (r *record) when(name string) incident.When {
	when, err := feed.ParseStamp(r.fields.Get("date", name).Text())
	if err != nil {
		r.warn("date.%s: %v: it is taken as unknown", name, err)
	}
	if when.Precision == incident.ToTime && when.Start.Equal(when.Start.Truncate(24*time.Hour)) {
		when.Precision = incident.ToDate
	}
	return when
}

// countries reads those that the fields name; false where none was asked for, or given.
func (r *record) countries(i *incident.Incident) bool {
	given := false
	add := func(v *exact.Value) {
		iso, name := v.Get("iso3").Text(), v.Get("name").Text()
		if iso == "" && name == "" {
			return
		}
		given = true
		if c, ok := country.Parse(name); ok {
			i.Countries = append(i.Countries, c)
		} else if c, ok := country.Parse(iso); ok {
			i.Countries = append(i.Countries, c)
		} else if !country.IsNone(name) {
			i.CountryText = append(i.CountryText, r.text.Line(name))
			r.warn("no country that vigil knows: %s (%s)", name, iso)
		}
	}
	list := r.fields.Get("country").Items()
	for n := range list {
		add(&list[n])
	}
	if len(list) == 0 {
		add(r.fields.Get("primary_country"))
	}
	tidy(i)
	return given
}

// tidy sorts the countries, each once.
func tidy(i *incident.Incident) {
	slices.Sort(i.Countries)
	i.Countries = slices.Compact(i.Countries)
	slices.SortFunc(i.CountryText, func(a, b safetext.Text) int { return strings.Compare(a.String(), b.String()) })
	i.CountryText = slices.Compact(i.CountryText)
}

// links are the addresses of the record, the readable one first.
func (r *record) links(i *incident.Incident, names ...string) {
	for _, name := range names {
		if link := r.text.Line(r.fields.Get(name).Text()); !link.IsZero() && !slices.Contains(i.Links, link) {
			i.Links = append(i.Links, link)
		}
	}
}

// body is a text of the record: HTML where the API gives it, else as it was written.
func (r *record) body(names ...string) string {
	for _, name := range names {
		if s := r.fields.Get(name + "-html").Text(); s != "" {
			return markup.Text(s)
		}
		if s := r.fields.Get(name).Text(); s != "" {
			return s
		}
	}
	return ""
}

// names are those of a list of things, each of which has a name.
func names(list *exact.Value) string {
	var all []string
	items := list.Items()
	for n := range items {
		if s := items[n].Get("name").Text(); s != "" && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return strings.Join(all, ", ")
}

// facts appends labelled facts to a text, those that are known.
func facts(text string, pairs ...string) string {
	for n := 0; n+1 < len(pairs); n += 2 {
		if pairs[n+1] != "" {
			text += "\n" + pairs[n] + ": " + pairs[n+1]
		}
	}
	return strings.TrimSpace(text)
}
