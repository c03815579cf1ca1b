package native

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// member reads the value of one member. An error is one of syntax and ends the line; what else
// is wrong is warned of or refuses the record.
type member func(r *reader) error

// members is the contract of the format: what a line may hold.
var members = map[string]member{
	"heartbeat":     readHeartbeat,
	"id":            readID,
	"source":        func(r *reader) error { return r.textInto("source", &r.source) },
	"class":         readClass,
	"version":       readVersion,
	"type":          readType,
	"replaces":      func(r *reader) error { return r.each("replaces", readReplaced) },
	"status":        readStatus,
	"occurred":      func(r *reader) error { return r.whenInto("occurred", &r.rec.Incident.Occurred) },
	"until":         readUntil,
	"reported":      func(r *reader) error { return r.timeInto("reported", &r.rec.Incident.Reported) },
	"expected_from": func(r *reader) error { return r.whenInto("expected_from", &r.rec.Incident.ExpectedFrom) },
	"expected_to":   func(r *reader) error { return r.whenInto("expected_to", &r.rec.Incident.ExpectedTo) },
	"country":       readCountry,
	"countries":     func(r *reader) error { return r.each("countries", readCountry) },
	"country_text":  func(r *reader) error { return r.each("country_text", readCountryText) },
	"inferred":      func(r *reader) error { return r.flag("inferred", &r.rec.Incident.Inferred) },
	"admin1":        func(r *reader) error { return r.textInto("admin1", &r.rec.Incident.Admin1) },
	"place":         func(r *reader) error { return r.textInto("place", &r.rec.Incident.Place) },
	"lat":           func(r *reader) error { return r.degrees("lat", &r.rec.Incident.Point.Lat, &r.hasLat) },
	"lon":           func(r *reader) error { return r.degrees("lon", &r.rec.Incident.Point.Lon, &r.hasLon) },
	"accuracy_km":   readAccuracy,
	"threat":        readThreat,
	"act":           readAct,
	"target":        func(r *reader) error { return coded(r, "target", &r.rec.Incident.Target, incident.ParseTarget) },
	"holder":        func(r *reader) error { return coded(r, "holder", &r.rec.Incident.Holder, incident.ParseHolder) },
	"means":         func(r *reader) error { return r.textInto("means", &r.rec.Incident.Means) },
	"actor":         func(r *reader) error { return r.textInto("actor", &r.rec.Incident.Actor) },
	"severity": func(r *reader) error {
		return coded(r, "severity", &r.rec.Incident.Severity, incident.ParseSeverity)
	},
	"title":    readTitle,
	"details":  readDetails,
	"affected": func(r *reader) error { return r.each("affected", readAffected) },
	"verification": func(r *reader) error {
		return coded(r, "verification", &r.rec.Incident.Verification, incident.ParseVerification)
	},
	"grade":     func(r *reader) error { return r.textInto("grade", &r.rec.Incident.Grade) },
	"handling":  readHandling,
	"no_onward": func(r *reader) error { return r.flag("no_onward", &r.rec.Incident.NoOnward) },
	"links":     func(r *reader) error { return r.each("links", readLink) },
}

// str reads a text. A number is taken by its digits, with a warning; null is no text and
// neither is anything else, which is warned of. ok tells whether there is one.
func (r *reader) str(name string) (s string, offset int, ok bool, err error) {
	v, offset, err := r.value()
	if err != nil {
		return "", offset, false, err
	}
	switch v.Kind() {
	case '"':
		s = unquote(v)
		return s, offset, s != "", nil
	case '0':
		s = string(v)
		r.warn(offset, "%q is a number: write it in quotes", name)
		return s, offset, true, nil
	case 'n':
	default:
		r.warn(offset, "%q is left out: it is %s and not a text", name, kindWord(v))
	}
	return "", offset, false, nil
}

func kindWord(v jsontext.Value) string {
	switch v.Kind() {
	case '"':
		return "a text"
	case '0':
		return "a number"
	case '{':
		return "an object"
	case '[':
		return "a list"
	case 'n':
		return "null"
	default:
		return "true or false"
	}
}

// each reads a list, or what stands in for a list of one.
func (r *reader) each(name string, read member) error {
	switch r.dec.PeekKind() {
	case '[':
		if _, err := r.dec.ReadToken(); err != nil {
			return err
		}
		for kind := r.dec.PeekKind(); kind != ']'; kind = r.dec.PeekKind() {
			if kind == 0 {
				_, err := r.dec.ReadToken()
				return err
			}
			if err := read(r); err != nil {
				return err
			}
		}
		_, err := r.dec.ReadToken()
		return err
	case 'n':
		return skip(r)
	default:
		r.warn(r.next(), "%q is not a list: write it in brackets", name)
		return read(r)
	}
}

func (r *reader) textInto(name string, to *safetext.Text) error {
	s, _, ok, err := r.str(name)
	if ok {
		*to = r.text.Line(s)
	}
	return err
}

func readTitle(r *reader) error {
	s, _, ok, err := r.str("title")
	if ok {
		r.rec.Incident.Title = r.text.Title(s)
	}
	return err
}

func readDetails(r *reader) error {
	s, _, ok, err := r.str("details")
	if ok {
		r.rec.Incident.Details = r.text.Block(s)
	}
	return err
}

func readLink(r *reader) error {
	var link safetext.Text
	err := r.textInto("links", &link)
	if !link.IsZero() {
		r.rec.Incident.Links = append(r.rec.Incident.Links, link)
	}
	return err
}

// coded reads a word of a vocabulary.
func coded[T ~uint8](r *reader, name string, to *incident.Coded[T], parse func(string) incident.Coded[T]) error {
	s, offset, ok, err := r.str(name)
	if !ok {
		return err
	}
	r.said = s
	// Cleaned first, so that what is written back is read the same.
	if *to = parse(r.text.Line(s).String()); to.Unlisted() {
		r.warn(offset, "%q is not a word of %q: it is kept and counts as %s; the README lists the words", s, name, unlistedMeans(name))
	}
	return nil
}

func unlistedMeans(name string) string {
	switch name {
	case "verification":
		return "unconfirmed"
	case "handling":
		return "strictly confidential"
	default:
		return "unknown"
	}
}

// sortCountries brings the countries into the one order that they have in every record.
func sortCountries(i *incident.Incident) {
	slices.Sort(i.Countries)
	i.Countries = slices.Compact(i.Countries)
	slices.SortFunc(i.CountryText, func(a, b safetext.Text) int { return strings.Compare(a.String(), b.String()) })
	i.CountryText = slices.Compact(i.CountryText)
}

func readCountry(r *reader) error {
	v, offset, err := r.value()
	if err != nil {
		return err
	}
	var s string
	switch v.Kind() {
	case '"':
		s = unquote(v)
	case '0': // the numeric code
		s = string(v)
	case 'n':
		return nil
	default:
		r.warn(offset, "the country is left out: it is %s and not a text", kindWord(v))
		return nil
	}
	text := r.text.Line(s)
	if text.IsZero() {
		return nil
	}
	r.hasCountry = true
	i := &r.rec.Incident
	if code, ok := country.Parse(text.String()); ok {
		i.Countries = append(i.Countries, code)
	} else if !country.IsNone(text.String()) {
		i.CountryText = append(i.CountryText, text)
		r.warn(offset, "%q is no country that vigil knows: it is kept, in no country; write a code such as \"MLI\"", s)
	}
	return nil
}

// readCountryText reads a word that somebody took for no country, and leaves it at that.
func readCountryText(r *reader) error {
	var text safetext.Text
	err := r.textInto("country_text", &text)
	if !text.IsZero() {
		r.hasCountry = true
		r.rec.Incident.CountryText = append(r.rec.Incident.CountryText, text)
	}
	return err
}

// degrees reads a coordinate.
func (r *reader) degrees(name string, to *float64, has *bool) error {
	v, offset, err := r.value()
	if err != nil || v.Kind() == 'n' {
		return err
	}
	f, quoted, ok := number(v)
	if !ok || math.IsNaN(f) || math.IsInf(f, 0) {
		r.warn(offset, "the position is left out: %q is not a number of degrees", name)
		r.pointBad = true
		return nil
	}
	if quoted {
		r.warn(offset, "%q is a text: write the number without quotes", name)
	}
	*to, *has = f, true
	return nil
}

// whenInto reads a time of any precision. One that cannot be read is unstated: the record stays,
// with its time unknown.
func (r *reader) whenInto(name string, to *incident.When) error {
	s, offset, ok, err := r.str(name)
	if !ok {
		return err
	}
	w, err := incident.ParseWhen(s)
	if err != nil {
		r.warn(offset, "%q is taken as unknown: %q is %v", name, s, err)
		return nil
	}
	*to = w
	return nil
}

// timeInto reads a time that is of no use unless exact.
func (r *reader) timeInto(name string, to *time.Time) error {
	var w incident.When
	offset := r.next()
	if err := r.whenInto(name, &w); err != nil {
		return err
	}
	switch w.Precision {
	case incident.ToTime:
		*to = w.Start
	case incident.Unstated:
	default:
		r.warn(offset, "%q is taken as unknown: it needs a time of day, such as 2026-11-20T14:30:00Z", name)
	}
	return nil
}
