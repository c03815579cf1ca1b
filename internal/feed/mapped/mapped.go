// Package mapped makes incidents of records that vigil does not know, by the [source.map] of vigil.toml: a
// [feed.Map] says where the value of each field of an incident stands. Tables and features go through it
// alike; they differ in how they find the value at a place, which is all that it asks of them.
//
// # Guarantees
//
//   - Pure, and a [Mapping] is safe to share.
//   - A field that the map does not name, and a value that is empty, is unstated. A value that cannot be read is
//     unstated and warned of; only a record whose identity, version, type, class or status cannot be known is refused.
//   - A word that no vocabulary has is kept as text and counts as unknown, unless the map has our word for it.
//   - Outcomes that the map does not name are unknown and not 0.
package mapped

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/dates"
	"vigil/internal/feed/markup"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Record is one record of a source.
type Record struct {
	// Get is the value at a place of the map, as text; ok is false where the record has no such place.
	Get func(place string) (value string, ok bool)
	// Warn notes what is wrong with the value at a place; the empty place is the whole record.
	Warn func(place, message string)
}

// Mapping is a map that has been checked.
type Mapping struct {
	fields  map[string]string
	values  map[string]map[string]string // by field and folded word
	persons []persons
	style   dates.Style
}

// anyWord in place of a word of the source stands for each that the map does not name.
const anyWord = "*"

// New checks a map. The error names every field and value that is wrong; vigil.toml is checked by
// [CheckField] and [CheckValue] before, with lines and columns.
func New(m *feed.Map) (*Mapping, error) {
	g := &Mapping{fields: m.Fields, values: make(map[string]map[string]string, len(m.Values))}
	var all []error
	for _, field := range sorted(m.Fields) {
		if err := CheckField(field, m.Fields[field]); err != nil {
			all = append(all, err)
		}
	}
	for _, field := range sorted(m.Values) {
		words := make(map[string]string, len(m.Values[field]))
		for _, word := range sorted(m.Values[field]) {
			if err := CheckValue(field, m.Values[field][word]); err != nil {
				all = append(all, err)
			}
			words[fold(word)] = m.Values[field][word]
		}
		g.values[field] = words
	}
	if len(all) > 0 {
		return nil, errors.Join(all...)
	}
	g.persons = personsOf(m.Fields)
	if err := contradicts(g.persons); err != nil {
		return nil, err
	}
	if v, ok := constant(m.Fields[datesField]); ok {
		g.style.Order, _ = dates.ParseOrder(v)
	}
	return g, nil
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// fold makes words of a source equal that differ in capitals and space.
func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// constant is the text that a map gives for every record.
func constant(place string) (text string, ok bool) { return strings.CutPrefix(place, "=") }

// reading is a record being read.
type reading struct {
	*Mapping
	ctx   *feed.Context
	rec   Record
	text  *feed.Text
	i     *incident.Incident
	style dates.Style
	err   error // why the record cannot be used
}

// Incident fills in what the map gives of a record; what i holds of fields that the map does not name stays.
// Text is made safe and counted in text. The error says why the record cannot be used.
func (g *Mapping) Incident(ctx *feed.Context, rec Record, text *feed.Text, i *incident.Incident) error {
	r := &reading{Mapping: g, ctx: ctx, rec: rec, text: text, i: i, style: g.style}
	if v := r.value(zoneField); v != "" {
		var ok bool
		if r.style.Zone, ok = dates.Zone(v); !ok {
			r.warn(zoneField, "%q is no zone: write UTC or an offset such as +03:00", v)
		}
	}
	r.identity()
	r.times()
	r.where()
	r.nature()
	r.words()
	r.affected()
	if len(i.CountryText) == 0 {
		r.titled()
		feed.Infer(i)
	}
	r.sum()
	ctx.Complete(i)
	return r.err
}

// titled gives a report that states no country those that its title names, as for news: marked as inferred.
func (r *reading) titled() {
	if i := r.i; i.Class == incident.Report && len(i.Countries) == 0 && !i.HasPoint {
		i.Countries = country.InText(i.Title.String())
		slices.Sort(i.Countries)
		i.Inferred = len(i.Countries) > 0
	}
}

// value is the text of a field, without space around it and in our word where the map has one.
func (r *reading) value(field string) string {
	place, named := r.fields[field]
	if !named {
		return ""
	}
	v, fixed := constant(place)
	if !fixed {
		v, _ = r.rec.Get(place)
	}
	v = strings.TrimSpace(feed.Entities(v)) // APIs that write for web pages escape what they answer
	words := r.values[field]
	if len(words) == 0 {
		return v
	}
	if ours, ok := words[fold(v)]; ok {
		return ours
	}
	if ours, ok := words[anyWord]; ok && v != "" {
		return ours
	}
	return v
}

func (r *reading) warn(field, format string, args ...any) {
	place := r.fields[field]
	if _, fixed := constant(place); fixed {
		place = ""
	}
	r.rec.Warn(place, field+": "+fmt.Sprintf(format, args...))
}

func (r *reading) refuse(field, format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("%s (%s): %w", field, r.fields[field], fmt.Errorf(format, args...))
	}
}

func (r *reading) identity() {
	i := r.i
	i.Identity.Authority = r.ctx.Resolve(r.text.Line(r.value("source")), "")
	if _, named := r.fields["id"]; named {
		i.Identity.ID = r.text.Line(wholeID(r.value("id")))
	}
	switch {
	case i.Identity.ID.IsZero():
		r.refuse("id", "the record has none: without it a later content could not be told from a new incident")
	case i.Identity.ID.Len() > feed.MaxID:
		r.refuse("id", "it has %d bytes, more than the %d that are taken", i.Identity.ID.Len(), feed.MaxID)
	}
	if v := r.value("version"); v != "" {
		n, ok := wholeNumber(v)
		if w, err := r.style.Read(v); !ok && err == nil {
			n, ok = max(w.Start.Unix(), 0), true
			if r.ctx.Ahead(w.Start) { // whatever is said later would be taken for older
				n = 0
				r.warn("version", "%q had not come when this was read: it puts this before no other version", v)
			}
		}
		if !ok {
			r.refuse("version", "%q is neither a whole number nor a time", v)
		}
		i.Version = n
	}
	lookup(r, "type", &i.Type, incident.LookupType)
	lookup(r, "class", &i.Class, incident.LookupClass)
	lookup(r, "status", &i.Status, incident.LookupStatus)
}

// lookup reads a word that decides whether the record counts at all.
func lookup[T any](r *reading, field string, to *T, find func(string) (T, bool)) {
	v := r.value(field)
	if v == "" {
		return
	}
	t, ok := find(v)
	if !ok {
		r.refuse(field, "%q is no word for it: give our word in [source.map.values.%s]", v, field)
		return
	}
	*to = t
}

// wholeID undoes what a spreadsheet does to a number: "36.0" is 36.
func wholeID(s string) string {
	if digits, ok := strings.CutSuffix(s, ".0"); ok && digits != "" && strings.Trim(digits, "0123456789") == "" {
		return digits
	}
	return s
}

func (r *reading) countries() {
	i := r.i
	v := r.value("country")
	if code, ok := country.Parse(v); ok {
		i.Countries = []country.Code{code}
	} else if !country.IsNone(v) {
		codes, rest := country.ParseList(v)
		i.Countries = codes
		for _, word := range rest {
			if country.IsNone(word) {
				continue
			}
			i.CountryText = append(i.CountryText, r.text.Line(word))
			if len(codes) == 0 {
				r.warn("country", "%q is no country that vigil knows: it is kept, in no country; give its code in [source.map.values.country]", word)
			}
		}
	}
	if v := r.value("country.fips"); len(i.Countries) == 0 && v != "" {
		if code, ok := country.ParseFIPS(v); ok {
			i.Countries = []country.Code{code}
		} else {
			i.CountryText = append(i.CountryText, r.text.Line(v))
			r.warn("country.fips", "%q is no country code of FIPS 10-4: it is kept, in no country", v)
		}
	}
	slices.Sort(i.Countries)
	i.Countries = slices.Compact(i.Countries)
	slices.SortFunc(i.CountryText, func(a, b safetext.Text) int { return strings.Compare(a.String(), b.String()) })
	i.CountryText = slices.Compact(i.CountryText)
}

func (r *reading) where() {
	i := r.i
	if r.has("country") || r.has("country.fips") {
		i.Countries, i.CountryText, i.Inferred = nil, nil, false
		r.countries()
	}
	if r.has("lat") || r.has("lon") {
		r.position("lat", r.value("lat"), r.value("lon"))
	} else if v := r.value("point"); v != "" {
		lat, lon, ok := pair(v)
		if !ok {
			r.warn("point", "%q is no position: latitude and longitude are wanted, or POINT (lon lat)", v)
		} else {
			r.position("point", lat, lon)
		}
	}
	if v := r.value("accuracy_km"); v != "" {
		if km, ok := number(v); ok && km >= 0 && km <= farthest {
			i.Accuracy = km
		} else {
			r.warn("accuracy_km", "%q is no distance in kilometres: it is taken as unknown", v)
		}
	}
}

// farthest is half the circumference of the earth, in kilometres.
const farthest = 20040

func (r *reading) has(field string) bool { _, ok := r.fields[field]; return ok }

func (r *reading) position(field, lat, lon string) {
	i := r.i
	i.Point, i.HasPoint = incident.Point{}, false
	if lat == "" && lon == "" {
		return
	}
	p := incident.Point{}
	var okLat, okLon bool
	p.Lat, okLat = degrees(lat)
	p.Lon, okLon = degrees(lon)
	if !okLat || !okLon || !p.Valid() {
		r.warn(field, "%q, %q is no position in degrees: it is left out (are they swapped?)", lat, lon)
		return
	}
	i.Point, i.HasPoint = p, true
}

// nature reads what happened.
func (r *reading) nature() {
	i := r.i
	coded(r, "threat", &i.Threat, incident.ParseThreat)
	coded(r, "act", &i.Act, incident.ParseAct)
	coded(r, "target", &i.Target, incident.ParseTarget)
	coded(r, "holder", &i.Holder, incident.ParseHolder)
	coded(r, "severity", &i.Severity, incident.ParseSeverity)
	coded(r, "verification", &i.Verification, incident.ParseVerification)
	coded(r, "handling", &i.Handling, incident.ParseHandling)
	if r.value("threat") == "" && i.Act.Value.Hazard() {
		i.Threat = incident.Known(incident.Hazard) // an earthquake is one, whether the record says so or not
	}
}

// coded reads a word of a vocabulary. What is read is cleaned first, so that what is written back is the same.
func coded[T ~uint8](r *reading, field string, to *incident.Coded[T], parse func(string) incident.Coded[T]) {
	v := r.text.Line(r.value(field)).String()
	if v == "" {
		return
	}
	if *to = parse(v); to.Unlisted() {
		r.warn(field, "%q is not one of our words: it is kept and counts as %s; give our word in [source.map.values.%s]", v, unlisted(field), field)
	}
}

func unlisted(field string) string {
	switch field {
	case "verification":
		return "unconfirmed"
	case "handling":
		return "strictly confidential"
	default:
		return "unknown"
	}
}

// words reads the texts.
func (r *reading) words() {
	i := r.i
	for _, t := range [...]struct {
		field string
		to    *safetext.Text
		read  func(string) safetext.Text
	}{
		{"admin1", &i.Admin1, r.text.Line},
		{"place", &i.Place, r.text.Line},
		{"means", &i.Means, r.text.Line},
		{"actor", &i.Actor, r.text.Line},
		{"title", &i.Title, r.text.Title},
		{"details", &i.Details, func(v string) safetext.Text {
			if strings.Contains(v, "</") { // APIs that write for web pages answer with their paragraphs
				v = markup.Text(v)
			}
			return r.text.Block(v)
		}},
		{"grade", &i.Grade, r.text.Line},
	} {
		if v := r.value(t.field); v != "" {
			*t.to = t.read(v)
		}
	}
	if v := r.value("no_onward"); v != "" {
		i.NoOnward = !no[strings.ToLower(v)]
	}
	for _, link := range strings.FieldsFunc(r.value("links"), func(c rune) bool { return c <= ' ' || c == ';' }) {
		if link = strings.TrimRight(link, ","); link != "" {
			i.Links = append(i.Links, r.text.Line(link))
		}
	}
}

// no are the words that let a record be passed on; any other mark forbids it.
var no = map[string]bool{"": true, "false": true, "no": true, "0": true, "n": true}
