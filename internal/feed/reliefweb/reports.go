package reliefweb

import (
	"strings"

	"vigil/internal/country"
	"vigil/internal/feed/exact"
	"vigil/internal/feed/markup"
	"vigil/internal/incident"
)

// report reads a report, or tells why it cannot be used. When what it tells of happened it does not say.
func report(r *record, id string) string {
	title := markup.Text(r.fields.Get("title").Text())
	if title == "" {
		title = markup.Text(r.fields.Get("headline", "title").Text())
	}
	if title == "" {
		return "the report has no title: ask the API for the field title"
	}
	i := &r.rec.Incident
	i.Class = incident.Report
	i.Identity.ID = r.text.ID("report/" + id)
	i.Title = r.text.Title(title)
	if !r.countries(i) {
		i.Countries = InAddress(r.fields.Get("url_alias").Text())
		if len(i.Countries) == 0 {
			i.Countries = country.InText(title)
		}
		i.Inferred = len(i.Countries) > 0
		tidy(i)
	}
	original, created, changed := r.when("original"), r.when("created"), r.when("changed")
	i.Reported = created.Start // exact, where the original is a day
	if i.Reported.IsZero() {
		i.Reported = original.Start
	}
	if at := changed.Start; !at.IsZero() && !r.ahead(at) {
		i.Version = max(at.Unix(), 0)
	}
	text := r.fields.Get("headline", "summary").Text()
	if text == "" {
		text = r.body("body")
	}
	i.Details = r.text.Block(facts(text,
		"Sources", names(r.fields.Get("source")),
		"Published", original.String(),
		"Disasters", names(r.fields.Get("disaster")),
		"GLIDE", glides(r.fields.Get("disaster")),
		"Format", names(r.fields.Get("format")),
		"Language", names(r.fields.Get("language"))))
	r.links(i, "url_alias", "url", "origin")
	return ""
}

// InAddress is the country in the address of a report, which has its primary country:
// https://reliefweb.int/report/nepal/…; none where that is the world, or where it is no such address.
func InAddress(address string) []country.Code {
	_, path, ok := strings.Cut(address, site+"/report/")
	slug, _, more := strings.Cut(path, "/")
	if c, known := country.Parse(strings.ReplaceAll(slug, "-", " ")); ok && more && known && len(slug) > 3 {
		return []country.Code{c}
	}
	return nil
}

// glides are the GLIDE numbers of the disasters that a report is about.
func glides(list *exact.Value) string {
	text := ""
	items := list.Items()
	for n := range items {
		if s := items[n].Get("glide").Text(); s != "" {
			if text != "" {
				text += ", "
			}
			text += s
		}
	}
	return text
}
