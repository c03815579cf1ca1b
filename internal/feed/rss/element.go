package rss

import (
	"regexp"
	"strconv"
	"strings"

	"vigil/internal/country"
	"vigil/internal/feed/markup"
	"vigil/internal/incident"
)

// tagCountry is how ReliefWeb writes the countries of an item into its description.
var tagCountry = regexp.MustCompile(`(?is)<div class="tag country">\s*(?:\w+ )?countr(?:y|ies)\s*:\s*(.*?)</div>`)

// fromElement takes what gofeed does not keep: the lists that categories are from, positions, and the elements of
// the Europe Media Monitor. own is false where the element is that of the feed, and not of the item.
func (it *item) fromElement(e *markup.Element, own bool) {
	if m := tagCountry.FindStringSubmatch(it.body); m != nil {
		it.tags = append(it.tags, tag{domain: "country", text: m[1]})
	}
	if !own {
		return
	}
	domains := make(map[string]string)
	for _, child := range e.Children {
		switch strings.ToLower(child.Name.Local) {
		case "category":
			domain, text := child.Attribute("domain"), child.Text()
			if term := child.Attribute("term"); term != "" { // of Atom
				domain, text = child.Attribute("scheme"), term
			}
			domains[text] = domain
		case "source":
			it.source = child.Text()
			if it.source == "" {
				it.source = child.Get(nsAtom, "title").Text()
			}
		case "point", "lat":
			it.point(e, child)
		case "georss":
			if child.Name.Space == nsEMM {
				it.mention(child)
			}
		}
	}
	for n := range it.tags {
		if domain := domains[strings.TrimSpace(it.tags[n].text)]; domain != "" {
			it.tags[n].domain = domain
		}
	}
}

// point reads a position, as GeoRSS or the vocabulary of the W3C write it.
func (it *item) point(e, child *markup.Element) {
	var text string
	switch child.Name {
	case markup.Name{Space: nsGeoRSS, Local: "point"}:
		text = child.Text()
	case markup.Name{Space: nsGeo, Local: "lat"}:
		text = child.Text() + " " + e.Get(nsGeo, "long").Text()
	case markup.Name{Space: nsGeo, Local: "Point"}:
		text = child.Get(nsGeo, "lat").Text() + " " + child.Get(nsGeo, "long").Text()
	default:
		return
	}
	if strings.TrimSpace(text) == "" {
		return
	}
	fields := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(", \t\r\n", r) })
	if len(fields) == 2 {
		lat, errLat := strconv.ParseFloat(fields[0], 64)
		lon, errLon := strconv.ParseFloat(fields[1], 64)
		p := incident.Point{Lat: lat + 0, Lon: lon + 0} // there is no negative zero
		if errLat == nil && errLon == nil && p.Valid() {
			it.points = append(it.points, p)
			return
		}
	}
	it.warn("%q is no position on the earth: it is left out", text)
}

// mention reads a place that the Europe Media Monitor found in the text.
func (it *item) mention(child *markup.Element) {
	if code, ok := country.Parse(child.Attribute("iso")); ok {
		count, err := strconv.ParseFloat(child.Attribute("count"), 64)
		if err != nil || !(count >= 1) {
			count = 1
		}
		it.mentions = append(it.mentions, mention{code, count})
	}
}
