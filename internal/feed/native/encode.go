package native

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Encode writes an incident as one line, with its line break. What is unstated is left out.
// Decoding the line, in a context that adds nothing of its own, gives the same incident, of
// whichever format it was; intake stands on that.
func Encode(i *incident.Incident) []byte { return Append(nil, i) }

// Append is [Encode] onto b.
func Append(b []byte, i *incident.Incident) []byte {
	w := writer{append(b, '{')}
	w.text("id", i.Identity.ID)
	w.text("source", i.Identity.Authority)
	w.word("class", i.Class.String(), i.Class == incident.Occurrence)
	if i.Version != 0 {
		w.name("version")
		w.b = strconv.AppendInt(w.b, i.Version, 10)
	}
	w.word("type", i.Type.String(), i.Type == incident.New)
	w.replaces(i.Replaces)
	w.word("status", i.Status.String(), i.Status == incident.Actual)
	w.when("occurred", i.Occurred)
	if i.Ongoing && i.Until.IsZero() {
		w.word("until", ongoing, false)
	}
	w.when("until", i.Until)
	w.when("reported", incident.At(i.Reported))
	w.when("expected_from", i.ExpectedFrom)
	w.when("expected_to", i.ExpectedTo)
	w.countries(i)
	w.flag("inferred", i.Inferred)
	w.text("admin1", i.Admin1)
	w.text("place", i.Place)
	if i.HasPoint {
		w.number("lat", i.Point.Lat)
		w.number("lon", i.Point.Lon)
	}
	if i.Accuracy > 0 {
		w.number("accuracy_km", i.Accuracy)
	}
	if i.Threat.Is(incident.ThreatUnknown) && i.Act.Value.Hazard() {
		w.word("threat", i.Threat.Value.String(), false) // left out it would be a hazard
	} else {
		code(&w, "threat", i.Threat, i.Threat.Value.String())
	}
	w.name("act") // required, also when unknown
	if i.Act.Unlisted() {
		w.quote(i.Act.Text.String())
	} else {
		w.quote(i.Act.Value.String())
	}
	code(&w, "target", i.Target, i.Target.Value.String())
	code(&w, "holder", i.Holder, i.Holder.Value.String())
	w.text("means", i.Means)
	w.text("actor", i.Actor)
	code(&w, "severity", i.Severity, i.Severity.Value.String())
	w.text("title", i.Title)
	w.text("details", i.Details)
	w.affected(i.Affected)
	code(&w, "verification", i.Verification, i.Verification.Value.String())
	w.text("grade", i.Grade)
	code(&w, "handling", i.Handling, i.Handling.Value.String())
	w.flag("no_onward", i.NoOnward)
	w.texts("links", i.Links)
	return append(w.b, '}', '\n')
}

// writer appends the members of an object.
type writer struct{ b []byte }

func (w *writer) name(name string) {
	if w.b[len(w.b)-1] != '{' {
		w.b = append(w.b, ',')
	}
	w.b = append(w.b, '"')
	w.b = append(w.b, name...)
	w.b = append(w.b, '"', ':')
}

func (w *writer) quote(s string) {
	// The only error is of text that is not UTF-8, which no safetext is; it would be replaced.
	w.b, _ = jsontext.AppendQuote(w.b, s)
}

func (w *writer) word(name, word string, unstated bool) {
	if unstated {
		return
	}
	w.name(name)
	w.quote(word)
}

func (w *writer) text(name string, t safetext.Text) { w.word(name, t.String(), t.IsZero()) }

func (w *writer) when(name string, at incident.When) { w.word(name, at.String(), at.IsZero()) }

func (w *writer) flag(name string, is bool) {
	if is {
		w.name(name)
		w.b = append(w.b, "true"...)
	}
}

func (w *writer) number(name string, f float64) {
	w.name(name)
	w.b = strconv.AppendFloat(w.b, f, 'g', -1, 64)
}

func (w *writer) texts(name string, texts []safetext.Text) {
	if len(texts) == 0 {
		return
	}
	w.name(name)
	w.b = append(w.b, '[')
	for n, t := range texts {
		if n > 0 {
			w.b = append(w.b, ',')
		}
		w.quote(t.String())
	}
	w.b = append(w.b, ']')
}

func (w *writer) replaces(names []incident.Identity) {
	if len(names) == 0 {
		return
	}
	w.name("replaces")
	w.b = appendNames(w.b, names)
}

// Names is the value of "replaces" as it stands in a line, for forms that put it elsewhere; empty for none.
func Names(names []incident.Identity) []byte {
	if len(names) == 0 {
		return nil
	}
	return appendNames(nil, names)
}

func appendNames(b []byte, names []incident.Identity) []byte {
	w := writer{append(b, '[')}
	for n, name := range names {
		if n > 0 {
			w.b = append(w.b, ',')
		}
		w.b = append(w.b, '{')
		w.text("id", name.ID)
		w.text("source", name.Authority)
		w.b = append(w.b, '}')
	}
	return append(w.b, ']')
}

// countries writes one country by itself and several as a list. None is written as unknown,
// because a record must say. Words that were taken for no country stand apart: whoever took them so
// had a reason, and reading them back is not the time to think again.
func (w *writer) countries(i *incident.Incident) {
	switch len(i.Countries) {
	case 0:
		w.word("country", "unknown", false)
	case 1:
		w.word("country", i.Countries[0].String(), false)
	default:
		w.name("countries")
		w.b = append(w.b, '[')
		for n, c := range i.Countries {
			if n > 0 {
				w.b = append(w.b, ',')
			}
			w.quote(c.String())
		}
		w.b = append(w.b, ']')
	}
	w.texts("country_text", i.CountryText)
}

// code writes a word of a vocabulary, or the source's own. The zero value is what a reader
// takes a record to say that says nothing.
func code[T ~uint8](w *writer, name string, c incident.Coded[T], word string) {
	if c.Unlisted() {
		w.text(name, c.Text)
		return
	}
	w.word(name, word, c.Value == 0)
}

func (w *writer) affected(b incident.Breakdown) {
	if len(b) == 0 {
		return
	}
	w.name("affected")
	w.b = append(w.b, '[')
	for n, a := range b {
		if n > 0 {
			w.b = append(w.b, ',')
		}
		w.b = append(w.b, '{')
		code(w, "population", a.Population, a.Population.Value.String())
		code(w, "recruitment", a.Recruitment, a.Recruitment.Value.String())
		code(w, "sex", a.Sex, a.Sex.Value.String())
		code(w, "outcome", a.Outcome, a.Outcome.Value.String())
		w.name("count")
		if a.Count == incident.Uncounted {
			w.b = append(w.b, "null"...)
		} else {
			w.b = strconv.AppendInt(w.b, int64(a.Count), 10)
		}
		w.b = append(w.b, '}')
	}
	w.b = append(w.b, ']')
}
