package reliefweb

import (
	"regexp"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
)

// glideNumber is a GLIDE number: hazard, year, number, country.
var glideNumber = regexp.MustCompile(`^([A-Z]{2})-\d{4}-\d{6}-([A-Z0-9]{3})$`)

// nameDate is the end of a disaster's name, such as "Chad: Floods - Aug 2024", a year alone, or the beginning of
// a span of either.
var nameDate = regexp.MustCompile(`[ :-](?:(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* )?(\d{4})(?:\s*[-–/]\s*(?:[A-Z][a-z]+ )?\d{4})?$`)

// disaster reads a disaster, or tells why it cannot be used.
func disaster(r *record, id string) string {
	name := r.fields.Get("name").Text()
	if name == "" {
		name = r.fields.Get("title").Text()
	}
	if name == "" {
		return "the disaster has no name: ask the API for the field name"
	}
	i := &r.rec.Incident
	i.Identity.ID = r.text.ID("disaster/" + id)
	i.Title = r.text.Title(name)
	glide := glideNumber.FindStringSubmatch(r.fields.Get("glide").Text())
	r.kind(i, glide)
	if !r.countries(i) {
		r.inferCountries(i, name, glide)
	}
	r.times(i, name)
	i.Details = r.text.Block(facts(r.body("description"),
		"GLIDE", r.fields.Get("glide").Text(),
		"Status", r.fields.Get("status").Text(),
		"Types", names(r.fields.Get("type"))))
	r.links(i, "url_alias", "url")
	return ""
}

// kind reads what it was: its first type, else the hazard of its GLIDE number.
func (r *record) kind(i *incident.Incident, glide []string) {
	types := r.fields.Get("primary_type")
	if list := r.fields.Get("type").Items(); !types.Is('{') && len(list) > 0 {
		types = &list[0]
	}
	code, name := types.Get("code").Text(), types.Get("name").Text()
	if code == "" && name == "" && glide != nil {
		code = glide[1]
	}
	known, ok := typeCode(code, name)
	if !ok {
		i.Threat = incident.Known(incident.Hazard) // which is what ReliefWeb lists, but for emergencies by name
		word := strings.TrimSpace(name + " " + code)
		if word == "" {
			r.warn("neither a type nor a GLIDE number says what it was: ask the API for the fields type and glide")
			return
		}
		i.Act = incident.ParseAct(r.text.Line(word).String())
		r.warn("%q is no type of disaster that vigil knows: it is kept and counts as unknown", word)
		return
	}
	h := hazards[known]
	i.Threat, i.Act = incident.Known(h.threat), incident.Known(h.act)
	i.Means = r.text.Line(h.name)
}

// inferCountries takes the countries of a name, "Chad: Floods - Aug 2024", and of a GLIDE number, which has
// one of several.
func (r *record) inferCountries(i *incident.Incident, name string, glide []string) {
	before, _, ok := strings.Cut(name, ":")
	if ok {
		i.Countries, _ = country.ParseList(before)
	}
	if len(i.Countries) == 0 {
		i.Countries = country.InText(name)
	}
	if glide != nil && len(i.Countries) == 0 {
		if c, ok := country.Parse(glide[2]); ok {
			i.Countries = []country.Code{c}
		}
	}
	i.Inferred = len(i.Countries) > 0
	tidy(i)
}

// times reads when it was. A status says whether it lasts; when it ended ReliefWeb does not say.
func (r *record) times(i *incident.Incident, name string) {
	i.Occurred = r.when("event")
	created, changed := r.when("created"), r.when("changed")
	if i.Occurred.IsZero() {
		i.Occurred = nameWhen(name)
	}
	i.Reported = created.Start
	if changed.Start.After(created.Start) {
		i.Reported = changed.Start
	}
	if at := changed.Start; !at.IsZero() && !r.ahead(at) {
		i.Version = max(at.Unix(), 0)
	}
	status := strings.ToLower(r.fields.Get("status").Text())
	lasts, ok := ongoing[status]
	switch {
	case ok:
		i.Ongoing = lasts
	case status != "":
		r.warn("%q is no status that vigil knows: whether it lasts is unknown", status)
	}
}

// nameWhen is the month or the year at the end of a name.
func nameWhen(name string) incident.When {
	m := nameDate.FindStringSubmatch(name)
	if m == nil {
		return incident.When{}
	}
	if at, err := time.Parse("Jan 2006", m[1]+" "+m[2]); err == nil && at.Year() >= 1900 {
		return incident.When{Start: at, Precision: incident.ToMonth}
	}
	if at, err := time.Parse("2006", m[2]); err == nil && at.Year() >= 1900 && m[1] == "" {
		return incident.When{Start: at, Precision: incident.ToYear}
	}
	return incident.When{}
}
