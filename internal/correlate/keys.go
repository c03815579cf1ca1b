package correlate

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"vigil/internal/incident"
)

// key is an id or address that two records may both carry, such as "glide:eq-2010-000009-hti".
type key string

// official reports whether the key was given to one event by an authority; an address may be that of an article about
// several events.
func (k key) official() bool { return !strings.HasPrefix(string(k), "url:") }

var (
	// GLIDE numbers (glidenumber.net): disaster, year, sequence, country.
	glide = regexp.MustCompile(`\b[A-Z]{2}-(?:19|20)\d{2}-\d{6}-[A-Z]{3}\b`)
	// Events of the USGS and of those who take over its ids: network and code, in addresses of the event's page
	// and detail, and as "eq_us7000l9h2" in those of WFP ADAM.
	quakePage = regexp.MustCompile(`(?:eventpage/|detail/|eq_)([a-z]{2}[a-z0-9]{5,12})\b`)
	quakeID   = regexp.MustCompile(`^(?:eq_)?((?:us|ci|nc|ak|hv|nn|uw|uu|pr|pt|at|mb|nm|se|ld|gcmt|iscgem)[a-z0-9]{4,12})$`)
	// Events of Insecurity Insight, which stand under one number in the several files that it publishes.
	sindID = regexp.MustCompile(`\bSiND Event ID (\d+)\b`)
	// Events of GDACS: type and number.
	gdacsType = regexp.MustCompile(`(?i)\beventtype=([a-z]{2})\b`)
	gdacsID   = regexp.MustCompile(`(?i)\beventid=(\d+)`)
)

// keysOf lists the ids and addresses that a record carries, each once, sorted.
func keysOf(i *incident.Incident) []key {
	var keys []key
	for _, t := range []string{i.Title.String(), i.Details.String(), i.Identity.ID.String()} {
		keys = appendGlide(keys, t)
	}
	if m := sindID.FindStringSubmatch(i.Details.String()); m != nil {
		keys = append(keys, key("sind:"+m[1]))
	}
	if i.Act.Is(incident.Earthquake) {
		if m := quakeID.FindStringSubmatch(i.Identity.ID.String()); m != nil && strings.ContainsAny(m[1], "0123456789") {
			keys = append(keys, key("usgs:"+m[1]))
		}
	}
	for _, l := range i.Links {
		keys = appendLink(keys, l.String())
	}
	slices.Sort(keys)
	return slices.Clip(slices.Compact(keys))
}

func appendGlide(keys []key, s string) []key {
	if !strings.Contains(s, "-") {
		return keys
	}
	for _, g := range glide.FindAllString(s, 8) {
		keys = append(keys, key("glide:"+strings.ToLower(g)))
	}
	return keys
}

func appendLink(keys []key, link string) []key {
	keys = appendGlide(keys, link)
	if m := quakePage.FindStringSubmatch(link); m != nil && strings.ContainsAny(m[1], "0123456789") {
		return append(keys, key("usgs:"+m[1]))
	}
	kind, id := gdacsType.FindStringSubmatch(link), gdacsID.FindStringSubmatch(link)
	if kind != nil && id != nil {
		return append(keys, key("gdacs:"+strings.ToLower(kind[1])+id[1]))
	}
	u, err := url.Parse(link)
	if err != nil || u.Host == "" {
		return keys
	}
	path := strings.Trim(u.Path, "/")
	if path == "" && u.RawQuery == "" {
		return keys // a home page tells nothing
	}
	address := strings.TrimPrefix(strings.ToLower(u.Host), "www.") + "/" + path
	if u.RawQuery != "" {
		address += "?" + u.RawQuery
	}
	return append(keys, key("url:"+address))
}

// sharedKeys are what both carry: the best one, and whether it is official.
func sharedKeys(a, b []key) (k key, any bool) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			if !any || a[0].official() && !k.official() {
				k, any = a[0], true
			}
			a, b = a[1:], b[1:]
		}
	}
	return k, any
}
