package figure

import (
	"fmt"
	"slices"
	"strings"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

// Field is one thing that a record says, in words. An empty value is not said.
type Field struct{ Name, Value string }

// Coded is a value of a vocabulary as people read it; a word that the vocabulary lacks stands as the source
// wrote it, with "?".
func Coded[T interface {
	~uint8
	String() string
}](h Hand, c incident.Coded[T],
) string {
	if c.Unlisted() {
		return c.Text.OneLine().String() + Unknown
	}
	return h.Words(c.Value.String())
}

// agreeing is [Coded] of a field, see [Hand.WordsAs].
func agreeing[T interface {
	~uint8
	String() string
}](h Hand, field string, c incident.Coded[T],
) string {
	if c.Unlisted() {
		return Coded(h, c)
	}
	return h.WordsAs(field, c.Value.String())
}

// Affected begins the names of the fields that are figures of people.
const Affected = "affected, "

// Fields is everything that a record says but its identity, in the order in which it is shown.
func (h Hand) Fields(names country.Naming, i *incident.Incident) []Field {
	list := []Field{
		{lang.Msg("record"), h.Words(i.Type.String())},
		{lang.Msg("occurred"), h.stated(i.Occurred)},
		{lang.Msg("until"), h.stated(i.Until)},
		{lang.Msg("ongoing"), h.yes(i.Ongoing)},
		{lang.Msg("reported"), h.stated(incident.At(i.Reported))},
		{lang.Msg("expected from"), h.stated(i.ExpectedFrom)},
		{lang.Msg("expected to"), h.stated(i.ExpectedTo)},
		{lang.Msg("countries"), h.countries(names, i)},
		{lang.Msg("admin1"), i.Admin1.String()},
		{lang.Msg("place"), i.Place.String()},
		{lang.Msg("position"), h.position(i)},
		{lang.Msg("threat"), agreeing(h, "threat", i.Threat)},
		{lang.Msg("act"), Coded(h, i.Act)},
		{lang.Msg("target"), Coded(h, i.Target)},
		{lang.Msg("holder"), Coded(h, i.Holder)},
		{lang.Msg("means"), i.Means.OneLine().String()},
		{lang.Msg("actor"), i.Actor.OneLine().String()},
		{lang.Msg("severity"), agreeing(h, "severity", i.Severity)},
		{lang.Msg("verification"), Coded(h, i.Verification)},
		{lang.Msg("grade"), i.Grade.String()},
		{lang.Msg("handling"), Coded(h, i.Handling)},
		{lang.Msg("no onward"), h.yes(i.NoOnward)},
		{lang.Msg("title"), i.Title.OneLine().String()},
		{lang.Msg("details"), i.Details.OneLine().String()},
		{lang.Msg("links"), texts(i.Links, " ")},
	}
	if i.Status != incident.Actual {
		list = append(list, Field{lang.Msg("status"), h.Words(i.Status.String())})
	}
	for n := range i.Affected {
		a := &i.Affected[n]
		list = append(list, Field{Affected + h.description(a), h.Persons(a.Count)})
	}
	return list
}

func (h Hand) stated(w incident.When) string {
	if w.IsZero() {
		return ""
	}
	return h.WhenWhole(w)
}

func (h Hand) yes(is bool) string {
	if is {
		return h.Say("yes")
	}
	return ""
}

// countries are codes with names, then the words that name no country we know.
func (h Hand) countries(names country.Naming, i *incident.Incident) string {
	parts := make([]string, 0, len(i.Countries)+len(i.CountryText))
	for _, c := range i.Countries {
		parts = append(parts, c.String()+" "+h.CountryWhole(names, c))
	}
	for _, t := range i.CountryText {
		parts = append(parts, t.String()+Unknown)
	}
	return strings.Join(parts, ", ")
}

func (h Hand) position(i *incident.Incident) string {
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

// All stands for a dimension by which people are not broken down.
var All = lang.Msg("all")

// Dimensions are population, recruitment, sex and outcome of a figure of people; [All] for one by which they are not broken down.
func (h Hand) Dimensions(a *incident.Affected) [4]string {
	d := [4]string{Coded(h, a.Population), Coded(h, a.Recruitment), Coded(h, a.Sex), Coded(h, a.Outcome)}
	if a.Outcome.Is(incident.Unharmed) {
		d[3] = h.Say("unharmed")
	}
	for i := range d {
		if d[i] == "" {
			d[i] = All
		}
	}
	return d
}

func (h Hand) description(a *incident.Affected) string {
	var parts []string
	for _, d := range h.Dimensions(a) {
		if d != All {
			parts = append(parts, d)
		}
	}
	if len(parts) == 0 {
		return All
	}
	return strings.Join(parts, " ")
}

// Persons is a number of persons; what nobody counted is unknown, not none.
func (h Hand) Persons(n int) string {
	if n == incident.Uncounted {
		return Unknown
	}
	return h.Number(n)
}

// Difference is a field that two or more records say differently: Values are theirs, in their order.
type Difference struct {
	Name   string
	Values []string
}

// Differences lists the fields in which the records differ.
func (h Hand) Differences(names country.Naming, records ...*incident.Incident) []Difference {
	var all []Difference
	at := map[string]int{} // by the English name: in another language two may have one
	for n, i := range records {
		english := Plain.Fields(names, i)
		for k, f := range h.Fields(names, i) {
			place, known := at[english[k].Name]
			if !known {
				place = len(all)
				at[english[k].Name] = place
				all = append(all, Difference{f.Name, make([]string, len(records))})
			}
			all[place].Values[n] = f.Value
		}
	}
	return slices.DeleteFunc(all, func(d Difference) bool {
		return !slices.ContainsFunc(d.Values[1:], func(v string) bool { return v != d.Values[0] })
	})
}

// NotSaid stands for a field that a record leaves out.
var NotSaid = lang.Msg("not said")

// Said is the value of a field, or that the record leaves it out.
func (h Hand) Said(value string) string {
	if value == "" {
		return h.Say(NotSaid)
	}
	return value
}

// RecordLine is a version of a record in one line: what, where, to whom, who said so and how sure that is.
func (h Hand) RecordLine(r *picture.Row, i *incident.Incident) string {
	what := h.Act(r)
	if told, ok := h.Vague(r); ok {
		what = told
	}
	standing := h.Standing(r)
	if r.Refuted && !r.Grade.IsZero() {
		standing = r.Grade.String() + " " + standing
	}
	return joined(", ", what, strings.TrimSpace(Place(r)+" "+h.Countries(r)), h.People(r), i.Identity.Authority.String()+" "+standing)
}
