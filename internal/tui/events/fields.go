package events

import (
	"fmt"
	"strings"

	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// field is one thing that a record says, in words. An empty value is not said.
type field struct{ name, value string }

// word is a value of a vocabulary as people read it; a word that the vocabulary lacks stands as the source
// wrote it, with "?".
func word[T interface {
	~uint8
	String() string
}](c incident.Coded[T],
) string {
	if c.Unlisted() {
		return c.Text.OneLine().String() + figure.Unknown
	}
	return figure.Words(c.Value.String())
}

// affected begins the names of the fields that are figures of people.
const affected = "affected, "

// fields is everything that a record says but its identity, in the order in which it is shown.
func fields(names country.Naming, i *incident.Incident) []field {
	list := []field{
		{"record", i.Type.String()},
		{"occurred", stated(i.Occurred)},
		{"until", stated(i.Until)},
		{"ongoing", yes(i.Ongoing)},
		{"reported", stated(incident.At(i.Reported))},
		{"expected from", stated(i.ExpectedFrom)},
		{"expected to", stated(i.ExpectedTo)},
		{"countries", countries(names, i)},
		{"admin1", i.Admin1.String()},
		{"place", i.Place.String()},
		{"position", position(i)},
		{"threat", word(i.Threat)},
		{"act", word(i.Act)},
		{"target", word(i.Target)},
		{"holder", word(i.Holder)},
		{"means", i.Means.OneLine().String()},
		{"actor", i.Actor.OneLine().String()},
		{"severity", word(i.Severity)},
		{"verification", word(i.Verification)},
		{"grade", i.Grade.String()},
		{"handling", word(i.Handling)},
		{"no onward", yes(i.NoOnward)},
		{"title", i.Title.OneLine().String()},
		{"details", i.Details.OneLine().String()},
		{"links", texts(i.Links, " ")},
	}
	if i.Status != incident.Actual {
		list = append(list, field{"status", i.Status.String()})
	}
	for n := range i.Affected {
		a := &i.Affected[n]
		list = append(list, field{affected + description(a), count(a.Count)})
	}
	return list
}

func stated(w incident.When) string {
	if w.IsZero() {
		return ""
	}
	return figure.WhenWhole(w)
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return ""
}

// countries are codes with names, then the words that name no country we know.
func countries(names country.Naming, i *incident.Incident) string {
	parts := make([]string, 0, len(i.Countries)+len(i.CountryText))
	for _, c := range i.Countries {
		parts = append(parts, c.String()+" "+names.Name(c))
	}
	for _, t := range i.CountryText {
		parts = append(parts, t.String()+figure.Unknown)
	}
	return strings.Join(parts, ", ")
}

func position(i *incident.Incident) string {
	if !i.HasPoint {
		return ""
	}
	return fmt.Sprintf("%.5f, %.5f", i.Point.Lat, i.Point.Lon)
}

func texts(list []safetext.Text, sep string) string {
	parts := make([]string, len(list))
	for i, t := range list {
		parts[i] = t.String()
	}
	return strings.Join(parts, sep)
}

// all stands for a dimension by which people are not broken down.
const all = "all"

func dimensions(a *incident.Affected) [4]string {
	d := [4]string{word(a.Population), word(a.Recruitment), word(a.Sex), word(a.Outcome)}
	if d[3] == "none" {
		d[3] = "unharmed"
	}
	for i := range d {
		if d[i] == "" {
			d[i] = all
		}
	}
	return d
}

func description(a *incident.Affected) string {
	var parts []string
	for _, d := range dimensions(a) {
		if d != all {
			parts = append(parts, d)
		}
	}
	if len(parts) == 0 {
		return all
	}
	return strings.Join(parts, " ")
}

// count is a number of persons; what nobody counted is unknown, not none.
func count(n int) string {
	if n == incident.Uncounted {
		return figure.Unknown
	}
	return figure.Number(n)
}

// difference is a field that two or more records say differently: values are theirs, in their order.
type difference struct {
	name   string
	values []string
}

// differences lists the fields in which the records differ.
func differences(names country.Naming, records ...*incident.Incident) []difference {
	var order []string
	said := map[string][]string{}
	for n, i := range records {
		for _, f := range fields(names, i) {
			if said[f.name] == nil {
				said[f.name] = make([]string, len(records))
				order = append(order, f.name)
			}
			said[f.name][n] = f.value
		}
	}
	var list []difference
	for _, name := range order {
		values := said[name]
		for _, v := range values[1:] {
			if v != values[0] {
				list = append(list, difference{name, values})
				break
			}
		}
	}
	return list
}

// notSaid stands for a field that a record leaves out.
const notSaid = "not said"

func said(value string) string {
	if value == "" {
		return notSaid
	}
	return value
}
