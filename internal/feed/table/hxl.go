package table

import (
	"slices"
	"strings"

	"vigil/internal/feed"
	"vigil/internal/feed/grid"
	"vigil/internal/health"
)

// HXL is any table with a row of tags of the Humanitarian Exchange Language that can give incidents: the tags
// say what the columns are, whatever their headings.
//
// Each file is the whole of what it lists. What it would report nobody says, so it covers nothing unless its
// [[source]] does.
var HXL = &feed.Format{
	Name: "hxl",
	Sign: "a row of HXL tags, such as #date+occurred, #event+type and #affected+killed, in CSV, JSON or XLSX",
	Profile: health.Profile{
		Expect: 30 * day,
		Lag:    30 * day,
		// Nothing: whose table it is, and of what, no tag says.
		Memory: health.Complete,
	},
	Recognise:     func(head []byte) bool { return slices.ContainsFunc(grid.Glance(head), hasTags) },
	RecogniseRows: hasTags,
	Document:      decodeHXL,
}

// leastTags are those that make a row of tags one: "#" begins other cells, too.
const leastTags = 2

func hasTags(rows [][]string) bool {
	return slices.ContainsFunc(rows[:min(len(rows), grid.HeaderDepth)], isTagRow)
}

func isTagRow(cells []string) bool {
	tags := 0
	for _, cell := range cells {
		if cell = strings.TrimSpace(cell); len(cell) > 1 && cell[0] == '#' && letter(cell[1]) {
			tags++
		}
	}
	return tags >= leastTags && isTags(cells)
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// decodeHXL reads a whole content, by the [source.map] where there is one, else by its tags.
func decodeHXL(ctx *feed.Context, body []byte) (feed.Document, error) {
	if ctx.Map != nil {
		return decodeExplained(ctx, body)
	}
	content, err := grid.Open(ctx, body)
	if err != nil {
		return feed.Document{}, err
	}
	_, tags, _, err := content.Find(isTagRow)
	switch {
	case err != nil:
		return feed.Document{}, err
	case tags == nil:
		return feed.Document{}, feed.Half(ctx.Reject(1, 0, "no row of HXL tags at the beginning: export the file with its tags, or write a [source.map]"))
	}
	m, why := mapOfTags(tags.Cells)
	if why != "" {
		return feed.Document{}, feed.Half(ctx.Reject(tags.Line, 0, "its HXL tags give no incidents: %s; move the file out of feeds/, or explain its columns "+
			"by a [source.map] in a [[source]] block (vigil map %s proposes one)", why, ctx.File))
	}
	return decodeByMap(ctx, body, m, "its HXL tags")
}

// tag is a tag in its parts.
type tag struct {
	written    string
	name       string // with its #
	attributes []string
}

// parseTag reads a tag. Space within it, capitals and the order of attributes do not matter.
func parseTag(cell string) tag {
	parts := strings.Split(strings.ToLower(strings.Join(strings.Fields(cell), "")), "+")
	return tag{strings.TrimSpace(cell), parts[0], parts[1:]}
}

func (t tag) has(attributes ...string) bool {
	for _, a := range attributes {
		if !slices.Contains(t.attributes, a) {
			return false
		}
	}
	return true
}

func (t tag) any(attributes ...string) bool {
	return slices.ContainsFunc(attributes, func(a string) bool { return slices.Contains(t.attributes, a) })
}

// hxlTag is a tag that gives a field: it has all the attributes with and none of those without.
type hxlTag struct {
	field   string
	name    string
	with    []string
	without []string
}

// hxlTags give the fields, for each the best tag first. They are those of the HXL core of 2018 and those
// that files write in their place; a tag with more attributes is one, too.
var hxlTags = []hxlTag{
	{"id", "#event", []string{"id"}, nil},
	{"id", "#event", []string{"code"}, nil},
	{"id", "#incident", []string{"id"}, nil},
	{"id", "#meta", []string{"id"}, nil},
	{"id", "#crisis", []string{"code"}, nil},
	{"occurred", "#date", []string{"occurred"}, []string{"end"}},
	{"occurred", "#date", []string{"event"}, nil},
	{"occurred", "#date", []string{"incident"}, nil},
	{"occurred", "#date", []string{"start"}, nil},
	{"occurred", "#date", nil, []string{"year", "end", "reported", "updated", "created", "changed", "month"}},
	{"occurred", "#date", []string{"year"}, nil},
	{"reported", "#date", []string{"reported"}, nil},
	{"country", "#country", []string{"code"}, []string{"url"}},
	{"country", "#country", []string{"iso"}, nil},
	{"country", "#country", []string{"iso3"}, nil},
	{"country", "#country_iso", nil, nil},
	{"country", "#country", []string{"name"}, nil},
	{"country", "#country", nil, []string{"url", "id", "origin"}},
	{"admin1", "#adm1", []string{"name"}, nil},
	{"admin1", "#adm1", nil, []string{"code"}},
	{"admin1", "#admin1", nil, []string{"code"}},
	{"place", "#loc", []string{"name"}, nil},
	{"place", "#loc", nil, []string{"type", "code", "lat", "lon"}},
	{"place", "#adm4", []string{"name"}, nil},
	{"place", "#adm3", []string{"name"}, nil},
	{"place", "#adm2", []string{"name"}, nil},
	{"place", "#adm3", nil, []string{"code"}},
	{"place", "#adm2", nil, []string{"code"}},
	{"lat", "#geo", []string{"lat"}, nil},
	{"lat", "#geo", []string{"lac"}, nil},
	{"lat", "#lat", nil, nil},
	{"lon", "#geo", []string{"lon"}, nil},
	{"lon", "#geo", []string{"long"}, nil},
	{"lon", "#geo", []string{"lng"}, nil},
	{"lon", "#lon", nil, nil},
	{"lon", "#long", nil, nil},
	{"point", "#geo", []string{"coord"}, nil},
	{"act", "#event", []string{"type"}, nil},
	{"act", "#event", []string{"means"}, nil},
	{"act", "#event", []string{"category"}, nil},
	{"act", "#cause", []string{"name"}, nil},
	{"act", "#cause", []string{"type"}, nil},
	{"act", "#crisis", []string{"type"}, nil},
	{"act", "#event", nil, []string{"id", "code", "name", "title", "description", "notes", "url", "target", "holder", "actor"}},
	{"act", "#incident", []string{"type"}, nil},
	{"title", "#event", []string{"name"}, nil},
	{"title", "#event", []string{"title"}, nil},
	{"title", "#crisis", []string{"name"}, nil},
	{"details", "#description", nil, []string{"html"}},
	{"details", "#event", []string{"description"}, nil},
	{"details", "#event", []string{"notes"}, nil},
	{"actor", "#group", []string{"name"}, nil},
	{"actor", "#group", []string{"perp"}, []string{"size"}},
	{"actor", "#actor", nil, nil},
	{"actor", "#group", nil, []string{"size", "type"}},
	{"means", "#weapons", nil, nil},
	{"means", "#weapon", nil, nil},
	{"means", "#event", []string{"means"}, nil},
	{"threat", "#cause", []string{"threat"}, nil},
	{"target", "#event", []string{"target"}, nil},
	{"holder", "#event", []string{"holder"}, nil},
	{"actor", "#event", []string{"actor"}, nil},
	{"verification", "#status", []string{"verification"}, nil},
	{"grade", "#meta", []string{"grade"}, nil},
	{"handling", "#meta", []string{"handling"}, nil},
	{"no_onward", "#meta", []string{"no_onward"}, nil},
	{"accuracy_km", "#geo", []string{"accuracy", "km"}, nil},
	{"severity", "#severity", nil, []string{"num"}},
	{"links", "#meta", []string{"url"}, nil},
	{"links", "#event", []string{"url"}, nil},
}

// hxlActs are our words for kinds of events that files with tags use.
var hxlActs = map[string]string{
	"tropical cyclone": "cyclone", "storm": "cyclone", "typhoon": "cyclone", "hurricane": "cyclone", "severe local storm": "cyclone", "flash flood": "flood",
	"epidemic": "disease_outbreak", "wild fire": "wildfire", "forest fire": "wildfire", "volcanic activity": "volcano", "volcanic eruption": "volcano",
	"explosion": "bombing_ied", "air/drone strike": "aerial_attack", "airstrike": "aerial_attack", "attack": "unknown", "armed clash": "shooting", "battles": "shooting",
	"protests": "protest", "riots": "riot", "peaceful protest": "protest", "mob violence": "riot", "abduction/forced disappearance": "abduction", "kidnap": "abduction",
	"arrests": "arrest_detention", "looting/property destruction": "looting", "carjacking": "hijacking",
}

// hxlCounts are the attributes of a column that counts events: its rows are no incidents.
var hxlCounts = []string{"num", "count", "total", "number", "pct"}

// hxlPeople give populations by an attribute; without one, nobody is told apart.
var hxlPeople = []struct{ attribute, population string }{
	{"aidworker", "staff"},
	{"aidworkers", "staff"},
	{"staff", "staff"},
	{"humanitarian", "staff"},
	{"un", "un"},
	{"ngo", "ngo"},
	{"ingo", "ngo"},
	{"nngo", "ngo"},
	{"ifrc", "red_cross"},
	{"icrc", "red_cross"},
	{"rcrc", "red_cross"},
	{"associated", "associated"},
	{"unrwa_area", "unrwa_area"},
	{"contractor", "contractor"},
	{"contractors", "contractor"},
	{"civilian", "civilian"},
	{"civilians", "civilian"},
	{"healthworker", "civilian"},
	{"idps", "civilian"},
	{"refugees", "civilian"},
	{"children", "civilian"},
	{"migrants", "civilian"},
}

var hxlOutcomes = []struct{ attribute, outcome string }{
	{"killed", "killed"},
	{"dead", "killed"},
	{"deaths", "killed"},
	{"fatalities", "killed"},
	{"injured", "injured"},
	{"wounded", "injured"},
	{"kidnapped", "abducted"},
	{"abducted", "abducted"},
	{"arrested", "detained"},
	{"detained", "detained"},
	{"missing", "missing"},
	{"sgbv", "sexually_assaulted"},
	{"assaulted", "assaulted"},
}

// mapOfTags makes the map of a row of tags. why says why it gives no incidents; empty when it does.
func mapOfTags(cells []string) (m *feed.Map, why string) {
	m = &feed.Map{Fields: map[string]string{}, Values: map[string]map[string]string{"act": hxlActs}}
	var tags []tag
	counts := ""
	for _, cell := range cells {
		if t := parseTag(cell); len(t.name) > 1 && t.name[0] == '#' {
			tags = append(tags, t)
			of := t.name == "#event" || t.name == "#incident" || t.any("event", "events", "incident", "incidents")
			if of && t.any(hxlCounts...) && !t.any("id", "code") {
				counts = t.written
			}
		}
	}
	for _, want := range hxlTags {
		if _, known := m.Fields[want.field]; known {
			continue
		}
		for _, t := range tags {
			if t.name == want.name && t.has(want.with...) && !t.any(want.without...) {
				m.Fields[want.field] = t.written
				break
			}
		}
	}
	people := false
	// Of several figures that say the same of people, the one with the fewest attributes is that of all.
	slices.SortStableFunc(tags, func(a, b tag) int { return len(a.attributes) - len(b.attributes) })
	for _, t := range tags {
		if t.name == "#affected" {
			people = affectedTag(m, t) || people
		}
	}
	_, dated := m.Fields["occurred"]
	_, act := m.Fields["act"]
	_, title := m.Fields["title"]
	switch {
	case counts != "":
		return m, "the column " + counts + " counts events, so that a row is many of them"
	case !dated:
		return m, "no column is when something happened (#date+occurred)"
	case !act && !title && !people:
		return m, "no column is what happened (#event+type) or whom it harmed (#affected+killed)"
	default:
		return m, ""
	}
}

// affectedTag adds a figure of people to the map; ok is false for one of no outcome, such as people in need.
func affectedTag(m *feed.Map, t tag) (ok bool) {
	words := []string{"affected"}
	population, told := "anybody", false
	for _, p := range hxlPeople {
		if t.any(p.attribute) && !told {
			population, told = p.population, true
		}
	}
	for _, r := range [...]string{"national", "international"} { // whom only an employer tells apart
		if t.any(r) {
			words = append(words, r)
			if !told {
				population = "staff"
			}
		}
	}
	words = append(words, population)
	for _, sex := range [...]string{"f", "m"} {
		if t.any(sex) {
			words = append(words, sex)
		}
	}
	for _, o := range hxlOutcomes {
		if t.any(o.attribute) && !ok {
			words, ok = append(words, o.outcome), true
		}
	}
	field := strings.Join(words, ".")
	if _, known := m.Fields[field]; ok && !known {
		m.Fields[field] = t.written
	}
	return ok
}
