package advisory

import (
	"slices"
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

// FCDO is the foreign travel advice of the United Kingdom as GOV.UK's content API gives it: the page of one
// country, with its alert statuses, several of them in a list, or the index of all, which has none. The index
// says that a page was changed and not what it advises: its entries are reports, and the pages are linked.
// A page may stand unchanged for months.
var FCDO = &feed.Format{
	Name:      fcdoScheme,
	Authority: fcdoScheme,
	Profile:   health.Profile{Expect: 30 * 24 * time.Hour, Memory: health.Complete},
	Sign:      "foreign travel advice of GOV.UK: JSON of its content API, pages or their index",
	Recognise: recogniseFCDO,
	Document:  decodeFCDO,
}

const (
	fcdoScheme = "uk-fcdo"
	fcdoPath   = "/foreign-travel-advice"
	fcdoSite   = "https://www.gov.uk"
)

var fcdoAuthority = safetext.Const("UK FCDO")

// fcdoStatuses are the alert statuses. Source: alphagov/govuk-content-schemas, travel_advice.
var fcdoStatuses = []string{
	"avoid_all_but_essential_travel_to_parts",
	"avoid_all_but_essential_travel_to_whole_country",
	"avoid_all_travel_to_parts",
	"avoid_all_travel_to_whole_country",
}

// fcdoAreas are pages that are about several countries of ISO 3166 under one name. Source: the list of pages.
var fcdoAreas = map[string][]string{
	"st martin and st barthelemy":                   {"MAF", "BLM"},
	"bonaire st eustatius saba":                     {"BES"},
	"st helena ascension and tristan da cunha":      {"SHN"},
	"antarctica british antarctic territory":        {"ATA"},
	"british antarctic territory":                   {"ATA"},
	"south georgia and south sandwich islands":      {"SGS"},
	"the occupied palestinian territories":          {"PSE"},
	"cook islands tokelau and niue":                 {"COK", "TKL", "NIU"},
	"israel and the occupied palestinian territory": {"ISR", "PSE"},
}

// recogniseFCDO reports whether a content is a page of travel advice, their index, or a list of pages.
func recogniseFCDO(head []byte) bool {
	v := exact.Glance(head)
	if items := v.Items(); len(items) > 0 {
		v = &items[0]
	}
	return fcdoPage(v) || fcdoIndex(v)
}

func fcdoPage(v *exact.Value) bool {
	path := v.Get("base_path").Text()
	return strings.HasPrefix(path, fcdoPath+"/") || v.Get("schema_name").Text() == "travel_advice" ||
		v.Get("document_type").Text() == "travel_advice" ||
		v.Get("details").Has("alert_status") && strings.HasSuffix(v.Get("title").Text(), " travel advice")
}

func fcdoIndex(v *exact.Value) bool {
	return v.Get("base_path").Text() == fcdoPath || v.Get("schema_name").Text() == "travel_advice_index" ||
		v.Get("document_type").Text() == "travel_advice_index"
}

// decodeFCDO reads a whole content.
func decodeFCDO(ctx *feed.Context, body []byte) (feed.Document, error) {
	whole, repairs, err := exact.Read(ctx, body)
	if err != nil {
		return feed.Document{}, err
	}
	doc := feed.Document{Repairs: repairs}
	index := fcdoIndex(&whole.Root)
	var pages []*exact.Value
	switch items := whole.Root.Items(); {
	case index:
		children := whole.Root.Get("links", "children").Items()
		for n := range children {
			pages = append(pages, &children[n])
		}
		doc.ContentTime = fcdoTime(&whole.Root)
	case whole.Root.Is('['):
		for n := range items {
			pages = append(pages, &items[n])
		}
	case !fcdoPage(&whole.Root):
		return doc, feed.Half(ctx.Reject(1, 0, "not travel advice of GOV.UK: neither the page of a country nor the index of all; see what the address gives, and fetch it again"))
	default:
		pages = append(pages, &whole.Root)
	}
	if len(pages) == 0 {
		return doc, feed.Half(ctx.Reject(1, 0, "there is no travel advice in it: fetch it again"))
	}
	for _, v := range pages {
		line, column := whole.Place(v)
		e := &entry{ctx: ctx, column: column, rec: feed.Record{Line: line, Offset: v.Offset()}}
		records, at := e.fcdo(v, index)
		if at.After(doc.ContentTime) {
			doc.ContentTime = at
		}
		doc.Records = append(doc.Records, records...)
		if address := v.Get("api_url").Text(); index && address != "" {
			doc.Linked = append(doc.Linked, feed.Link{Address: address, Updated: fcdoTime(v)})
		}
	}
	return doc, nil
}

// fcdoTime is when a page was last touched: its advice may be the same, and has been looked at.
func fcdoTime(v *exact.Value) time.Time {
	var newest time.Time
	details := v.Get("details")
	for _, s := range []*exact.Value{v.Get("public_updated_at"), v.Get("updated_at"), details.Get("updated_at"), details.Get("reviewed_at")} {
		if when, err := feed.ParseStamp(s.Text()); err == nil && when.Start.After(newest) {
			newest = when.Start
		}
	}
	return newest
}

// fcdo makes the records of a page.
func (e *entry) fcdo(v *exact.Value, index bool) ([]feed.Record, time.Time) {
	if name := v.Twice(); name != "" || !v.Is('{') {
		return []feed.Record{e.reject("the page is no object, or a name stands twice in it (%q): fetch it again", name)}, time.Time{}
	}
	e.title = markup.Text(v.Get("title").Text())
	path := v.Get("base_path").Text()
	if e.title == "" && path == "" {
		return []feed.Record{e.reject("the page has neither a title nor an address: fetch it again")}, time.Time{}
	}
	if e.title == "" {
		e.title = path
	}
	e.advises = level.Advisory{
		Authority: fcdoAuthority, Scheme: safetext.Const(fcdoScheme),
		Updated: e.when("public_updated_at", v.Get("public_updated_at").Text()),
		Link:    e.text.Line(fcdoLink(v, path)),
		Summary: e.summary(fcdoSummary(v)),
	}
	if !e.ctx.Authority.IsZero() {
		e.advises.Authority = e.ctx.Authority
	}
	if e.advises.Updated.IsZero() {
		e.advises.Updated = e.when("details.updated_at", v.Get("details", "updated_at").Text())
	}
	e.fcdoCountries(v)
	statuses := v.Get("details", "alert_status")
	switch {
	case index && !statuses.Is('['): // as is to be expected
	case len(e.all) == 0:
		e.warn("%q is no country that vigil knows: the page is kept as a report", e.title)
	case !statuses.Is('['):
		e.warn("the page has no details.alert_status: what it advises is unknown, and it is kept as a report")
	case v.Get("withdrawn_notice").Has("withdrawn_at"), v.Get("withdrawn").Is('t'):
		e.warn("the page was withdrawn: it is kept as a report")
	default:
		e.fcdoStatuses(statuses)
		return e.records(e.all), fcdoTime(v)
	}
	return []feed.Record{e.report(fcdoScheme, path, v.Get("content_id").Text())}, fcdoTime(v)
}

// fcdoStatuses takes the statuses of a page; a word that nobody knows is a status too.
func (e *entry) fcdoStatuses(list *exact.Value) {
	if len(list.Texts()) != len(list.Items()) {
		e.warn("details.alert_status holds something that is no word: it is left out")
	}
	for _, word := range list.Texts() {
		if !slices.Contains(fcdoStatuses, word) {
			e.warn("%q is no alert status that vigil knows: it is kept as it stands", word)
		}
		e.advises.Statuses = append(e.advises.Statuses, e.text.Line(word))
	}
	slices.SortFunc(e.advises.Statuses, func(a, b safetext.Text) int { return strings.Compare(a.String(), b.String()) })
	e.advises.Statuses = slices.Compact(e.advises.Statuses)
}

// fcdoCountries finds the country of a page by its name, its slug or its title.
func (e *entry) fcdoCountries(v *exact.Value) {
	title, _ := strings.CutSuffix(e.title, " travel advice")
	slug := v.Get("details", "country", "slug").Text()
	if slug == "" {
		slug = strings.TrimPrefix(v.Get("base_path").Text(), fcdoPath+"/")
	}
	for _, name := range []string{v.Get("details", "country", "name").Text(), strings.ReplaceAll(slug, "-", " "), title} {
		if all := named(name); len(all) == 1 {
			e.all = all
			return
		}
	}
	for _, code := range fcdoAreas[strings.ReplaceAll(slug, "-", " ")] {
		e.all = append(e.all, country.MustParse(code))
	}
}

func fcdoLink(v *exact.Value, path string) string {
	if address := v.Get("web_url").Text(); address != "" {
		return address
	}
	if path != "" {
		return fcdoSite + path
	}
	return ""
}

// fcdoSummary is what a page says first: what changed, and its summary or its first part.
func fcdoSummary(v *exact.Value) string {
	details := v.Get("details")
	parts := []string{details.Get("change_description").Text(), fcdoText(details.Get("summary"))}
	if list := details.Get("parts").Items(); parts[1] == "" && len(list) > 0 {
		parts[1] = fcdoText(list[0].Get("body"))
	}
	return strings.TrimSpace(parts[0] + "<br>" + parts[1])
}

// fcdoText is a text as GOV.UK has it: HTML, or a list of the same text in several types.
func fcdoText(v *exact.Value) string {
	for n := range v.Items() {
		if item := &v.Items()[n]; item.Get("content_type").Text() == "text/html" {
			return item.Get("content").Text()
		}
	}
	return v.Text()
}
