package cap

import (
	"slices"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/markup"
	"vigil/internal/geo"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// describe says what the alert is of.
func (m *message) describe(t msgType) {
	i := &m.rec.Incident
	shown := chosen(m.ctx, m.infos)
	var main *info
	for _, n := range shown {
		if main == nil || worse(n.graded(), main.graded()) {
			main = n
		}
	}
	if main == nil {
		main = &info{line: m.e.Line}
		i.Threat = incident.Known(incident.ThreatUnknown)
	} else {
		m.times(shown, main)
		m.codes(shown, main)
	}
	m.scope()
	m.words(t, shown, main)
	m.where()
	for _, link := range []string{main.web, m.env.entry.address()} {
		if s := m.text.Line(link); !s.IsZero() && !slices.Contains(i.Links, s) {
			i.Links = append(i.Links, s)
		}
	}
}

// times says when it is, or will be. What is in force lasts until the last of its infos expires; if one does not say,
// nobody has.
func (m *message) times(shown []*info, main *info) {
	i := &m.rec.Incident
	var began, comes, ends time.Time
	open, over := false, true
	for _, n := range shown {
		at, later := n.begins(m.sent)
		over = over && n.over()
		switch {
		case at.IsZero():
		case later && (comes.IsZero() || at.Before(comes)):
			comes = at
		case !later && (began.IsZero() || at.Before(began)):
			began = at
		}
		open = open || n.expires.IsZero()
		if n.expires.After(ends) {
			ends = n.expires
		}
	}
	if open {
		ends = time.Time{}
	}
	if over { // there is nothing to come, and what was has ended
		if began.IsZero() {
			began = comes
		}
		comes, ends = time.Time{}, m.sent
	}
	first := began
	if first.IsZero() {
		first = comes
	}
	if !ends.IsZero() && ends.Before(first) && !over {
		m.warn(main.line, "the alert expires before it begins: its end is taken as unknown")
		ends = time.Time{}
	}
	if began.IsZero() && comes.IsZero() && !m.local.IsZero() {
		i.Occurred = incident.When{Start: m.local.Truncate(24 * time.Hour), Precision: incident.ToDate}
		return
	}
	if began.IsZero() {
		i.ExpectedFrom, i.ExpectedTo = incident.At(comes), incident.At(ends)
		return
	}
	i.Occurred, i.Until = incident.At(began), incident.At(ends)
}

// codes says what it is, how bad and how sure.
func (m *message) codes(shown []*info, main *info) {
	i := &m.rec.Incident
	i.Severity = main.graded()
	for n := range m.infos { // a translation that says worse is not overheard
		if s := m.infos[n].graded(); worse(s, i.Severity) {
			i.Severity = s
		}
	}
	if i.Severity.Unlisted() {
		i.Severity = incident.ParseSeverity(m.text.Line(main.severity).String())
		m.once("severity "+main.severity, main.line, "%q is no severity of CAP: it is kept and counts as unknown", main.severity)
	}
	if v, ok := verifications[strings.ToLower(main.certainty)]; ok {
		i.Verification = incident.Known(v)
	} else if main.certainty != "" {
		i.Verification = incident.ParseVerification(m.text.Line(main.certainty).String())
		m.once("certainty "+main.certainty, main.line, "%q is no certainty of CAP: it is kept and counts as unconfirmed", main.certainty)
	}
	if _, ok := ahead[strings.ToLower(main.urgency)]; !ok && main.urgency != "" {
		m.once("urgency "+main.urgency, main.line, "%q is no urgency of CAP: it is kept in the details", main.urgency)
	}
	k, known := main.kind()
	for _, n := range shown {
		if !known {
			k, known = n.kind()
		}
	}
	for n := range m.infos {
		if !known {
			k, known = m.infos[n].kind()
		}
	}
	i.Act = incident.Known(k.act)
	if !known && main.event != "" {
		i.Act = incident.ParseAct(m.text.Line(main.event).String())
		if i.Act.Unlisted() {
			m.once("event "+main.event, main.line, "%q is no event that vigil knows: it is kept and counts as unknown", main.event)
		}
	}
	for _, word := range main.categories {
		c, ok := categories[strings.ToLower(word)]
		if !ok {
			m.once("category "+word, main.line, "%q is no category of CAP: it is left out", word)
		}
		if !known && k.threat == incident.ThreatUnknown {
			k.threat = c.threat
		}
	}
	if !known && i.Act.Value.Hazard() {
		k.threat = incident.Hazard
	}
	i.Threat = incident.Known(k.threat)
}

// scope says who may see it.
func (m *message) scope() {
	word := text(m.e, "scope")
	if h, ok := handlings[strings.ToLower(word)]; ok {
		m.rec.Incident.Handling = incident.Known(h)
		return
	}
	switch {
	case word != "":
		m.rec.Incident.Handling = incident.ParseHandling(m.text.Line(word).String())
		m.warn(m.e.Line, "%q is no scope of CAP: it counts as strictly confidential", word)
	case !m.short:
		m.warn(m.e.Line, "the alert has no scope: who may see it is what the source says")
	}
}

// words gives the title and the text.
func (m *message) words(t msgType, shown []*info, main *info) {
	i := &m.rec.Incident
	note := markup.Text(text(m.e, "note"))
	named := t.word + " " + i.Identity.ID.String()
	if len(i.Replaces) > 0 {
		named = t.word + " of " + i.Replaces[0].ID.String()
	}
	title := firstOf(markup.Text(main.headline), m.env.entry.heading(), main.event, note, named)
	i.Title = m.text.Title(title)
	parts := []string{markup.Text(main.description), markup.Text(main.action), m.env.entry.words()}
	for _, n := range shown {
		if n != main && (n.event != main.event || n.headline != main.headline) {
			parts = append(parts, "Also: "+strings.Join(unique(n.event, markup.Text(n.headline), areasOf(n)), " – "))
		}
	}
	var areas []string
	for _, n := range shown {
		areas = append(areas, areasOf(n))
	}
	place := strings.Join(unique(areas...), "; ")
	if i.Place = safetext.CleanMax(place, feed.MaxTitle); len(place) > feed.MaxTitle {
		parts = append(parts, "Area: "+place) // whole
	} else {
		i.Place = m.text.Title(place)
	}
	if note != title {
		parts = append(parts, note)
	}
	parts = append(parts, facts(
		"Event", main.event, "Category", strings.Join(main.categories, ", "), "Response", strings.Join(main.responses, ", "),
		"Urgency", main.urgency, "Severity", main.severity, "Certainty", main.certainty, "From", main.senderName,
		"Refers to", strings.Join(strings.Fields(text(m.e, "references")), " "),
	))
	i.Details = m.text.Block(strings.Join(unique(parts...), "\n"))
}

// facts joins labels and their values, of those that have one.
func facts(list ...string) string {
	var out []string
	for n := 0; n+1 < len(list); n += 2 {
		if list[n+1] != "" {
			out = append(out, list[n]+": "+list[n+1])
		}
	}
	return strings.Join(out, "; ")
}

func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// unique are the texts that are not empty, each once.
func unique(list ...string) []string {
	var out []string
	seen := map[string]bool{"": true}
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

func areasOf(i *info) string {
	var list []string
	for n := range i.areas {
		list = append(list, strings.Join(strings.Fields(i.areas[n].desc), " "))
	}
	return strings.Join(unique(list...), "; ")
}

// where says where it is: a position within the largest area, how far the areas of all infos reach, whatever
// their language, and the countries that their codes name, or else the position or the identifier.
func (m *message) where() {
	i := &m.rec.Incident
	var shapes []shape
	var counties []country.Code
	for n := range m.infos {
		for _, a := range m.infos[n].areas {
			shapes = append(shapes, a.shapes...)
			for _, code := range a.geocodes {
				if strings.EqualFold(strings.TrimSpace(code.name), "SAME") {
					counties = append(counties, countriesOf(code.name, code.value)...)
					continue
				}
				i.Countries = append(i.Countries, countriesOf(code.name, code.value)...)
			}
		}
	}
	if len(shapes) == 0 && m.env.entry != nil {
		shapes = m.env.entry.shapes
	}
	i.Point, i.Accuracy, i.HasPoint = cover(shapes)
	switch {
	case !i.HasPoint || !geo.Outside(i.Point, counties, i.Accuracy):
		i.Countries = append(i.Countries, counties...)
	case len(counties) > 0:
		m.warn(m.e.Line, "its codes of SAME are counties of the United States, and its position is not there: the position holds")
	}
	if len(i.Countries) == 0 {
		for _, code := range m.env.country {
			if c, ok := isoCountry(code); ok {
				i.Countries = append(i.Countries, c)
			}
		}
	}
	slices.Sort(i.Countries)
	i.Countries = slices.Compact(i.Countries)
	if len(i.Countries) == 0 {
		i.Countries = nil
	}
	feed.Infer(i)
	if len(i.Countries) == 0 && !i.HasPoint { // an authority warns of its own country, where it does not say of which
		if c, ok := authorityOf(i.Identity.ID.String()); ok {
			i.Countries, i.Inferred = []country.Code{c}, true
		}
	}
	if i.Place.IsZero() {
		for n := range m.infos {
			if desc := areasOf(&m.infos[n]); desc != "" {
				i.Place = safetext.CleanMax(desc, feed.MaxTitle)
				break
			}
		}
	}
}
