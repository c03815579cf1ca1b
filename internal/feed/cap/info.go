package cap

import (
	"strings"
	"time"

	"vigil/internal/feed"
	"vigil/internal/feed/markup"
	"vigil/internal/incident"
)

// info is what an alert says in one language of one event, or an entry of an index in its own fields.
type info struct {
	line                                      int
	language                                  string
	categories, responses                     []string
	event                                     string
	hint                                      string // a title that may name the event, where nothing else does
	urgency, severity, certainty              string
	effective, onset, expires                 time.Time
	senderName, headline, description, action string
	web                                       string
	codes, parameters                         []pair
	areas                                     []area
}

// pair is a name and a value of a sender's own.
type pair struct{ name, value string }

// area is a part of the world that an alert is for.
type area struct {
	desc     string
	shapes   []shape
	geocodes []pair
}

// readInfo reads the fields of an info from an element that has them.
func (m *message) readInfo(e *markup.Element) info {
	i := info{
		line: e.Line, language: text(e, "language"), categories: texts(e, "category"), responses: texts(e, "responseType"),
		event: text(e, "event"), urgency: text(e, "urgency"), severity: text(e, "severity"), certainty: text(e, "certainty"),
		effective: m.time(e, "effective"), onset: m.time(e, "onset"), expires: m.time(e, "expires"),
		senderName: text(e, "senderName"), headline: text(e, "headline"), description: text(e, "description"),
		action: text(e, "instruction"), web: text(e, "web"), codes: pairs(e, "eventCode"), parameters: pairs(e, "parameter"),
	}
	for _, c := range e.Children {
		if c.Name.Local == "area" {
			i.areas = append(i.areas, m.readArea(c))
		}
	}
	if whole := m.readArea(e); whole.desc != "" || len(whole.shapes) > 0 || len(whole.geocodes) > 0 {
		i.areas = append(i.areas, whole) // of an index, whose fields stand side by side
	}
	return i
}

// time reads a time of CAP, also one whose offset has no colon, as some senders write it. One that cannot be read, or has
// no time zone, is unstated.
func (m *message) time(e *markup.Element, local string) time.Time {
	s := text(e, local)
	if _, ok := zoneless(s); ok {
		m.once("zone "+local, e.Line, "%s: %q has no time zone: of when it was sent, and is, the date alone is taken", local, s)
		return time.Time{}
	}
	at, err := feed.ParseStamp(s)
	if err != nil || at.Precision != incident.ToTime && s != "" {
		m.warn(e.Line, "%s: %q is no time such as 2026-11-20T14:21:00+01:00: it is taken as unknown", local, s)
		return time.Time{}
	}
	return at.Start
}

// zoneless reads a time to which no zone is written, as if it were UTC: it puts the messages of one sender in order, and
// its date is that of somewhere.
func zoneless(s string) (time.Time, bool) {
	at, err := time.Parse("2006-01-02T15:04:05", strings.TrimSpace(s))
	return at, err == nil
}

// pairs reads children that hold names and values: <valueName> and <value> in turn, and "name=value" of CAP 1.0.
func pairs(e *markup.Element, local string) []pair {
	var list []pair
	for _, c := range e.Children {
		if c.Name.Local != local {
			continue
		}
		if name, value, ok := strings.Cut(c.Text(), "="); ok && len(c.Children) == 0 {
			list = append(list, pair{strings.TrimSpace(name), strings.TrimSpace(value)})
		}
		name := ""
		for _, part := range c.Children {
			switch part.Name.Local {
			case "valueName":
				name = part.Text()
			case "value":
				if value := part.Text(); value != "" {
					list = append(list, pair{name, value})
				}
			}
		}
	}
	return list
}

func (m *message) readArea(e *markup.Element) area {
	a := area{desc: text(e, "areaDesc"), geocodes: pairs(e, "geocode")}
	for _, c := range e.Children {
		s := c.Text()
		switch {
		case s == "" && len(c.Children) == 0:
		case c.Name.Local == "polygon":
			p, bad, closed, ok := parsePolygon(s)
			if len(bad) > 0 {
				m.warn(c.Line, "a polygon has %d pairs that are no latitude and longitude, such as %q: they are left out", len(bad), bad[0])
			}
			if !ok {
				m.warn(c.Line, "a polygon needs three corners, and its first pair again at the end: it is left out")
				continue
			}
			if !closed {
				m.warn(c.Line, "a polygon does not end where it begins: it is closed")
			}
			a.shapes = append(a.shapes, p)
		case c.Name.Local == "circle":
			circle, ok := parseCircle(s)
			if !ok {
				m.warn(c.Line, "%q is no circle such as \"-13.51,-71.98 25\": it is left out", s)
				continue
			}
			a.shapes = append(a.shapes, circle)
		case c.Name.Space == nsGeoRSS && c.Name.Local == "point":
			if p, ok := parsePair(strings.Join(strings.Fields(s), ",")); ok {
				a.shapes = append(a.shapes, shape{points: []incident.Point{p}})
			}
		case e.Name.Local == "area" && !areaFields[c.Name.Local]:
			m.once("area "+c.Name.Local, c.Line, "<%s> is not known in an area: it is left out", c.Name.Local)
		}
	}
	return a
}

// areaFields are those of CAP 1.2, 3.2.4.
var areaFields = map[string]bool{
	"areaDesc": true, "polygon": true, "circle": true, "geocode": true, "altitude": true, "ceiling": true,
}

// speaks reports whether an info is in a language, by the first part of its tag. One that does not say is in English, as
// CAP has it.
func (i *info) speaks(language string) bool {
	return primary(i.language) == primary(language)
}

func primary(tag string) string {
	if tag == "" {
		return "en"
	}
	first, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(tag), "_", "-"), "-")
	return first
}

// chosen are the infos to show: those in the first language of the reader that there is, else in English, else in
// the language of the first.
func chosen(ctx *feed.Context, infos []info) []*info {
	if len(infos) == 0 {
		return nil
	}
	languages := append(append([]string{}, ctx.Languages...), "en", infos[0].language)
	for _, language := range languages {
		var list []*info
		for n := range infos {
			if infos[n].speaks(language) {
				list = append(list, &infos[n])
			}
		}
		if len(list) > 0 {
			return list
		}
	}
	return nil
}

// begins is when what an info speaks of begins, and whether that is still to come: when it was sent it lay ahead, or it is
// expected and nobody says that it has been observed.
func (i *info) begins(sent time.Time) (at time.Time, later bool) {
	at = i.onset
	if at.IsZero() {
		at = i.measured()
	}
	stated := !at.IsZero()
	if at.IsZero() {
		at = i.effective
	}
	if at.IsZero() {
		at = sent // CAP 1.2, 3.2.2: effective, if it is not there, is sent
	}
	if !sent.IsZero() && at.After(sent.Add(incident.FutureTolerance)) {
		return at, true
	}
	return at, !stated && ahead[strings.ToLower(i.urgency)] && !strings.EqualFold(i.certainty, "Observed")
}

// measured is when an earthquake was, which the United States Geological Survey gives as a parameter and not as its
// onset.
func (i *info) measured() time.Time {
	for _, p := range i.parameters {
		if p.name != "EventTime" {
			continue
		}
		for _, layout := range []string{time.RFC3339, "20060102T150405.999Z"} {
			if at, err := time.Parse(layout, p.value); err == nil && at.Year() >= 1900 {
				return at.UTC()
			}
		}
	}
	return time.Time{}
}

// over reports whether an info says that there is no longer any danger.
func (i *info) over() bool {
	for _, r := range i.responses {
		if strings.EqualFold(r, "AllClear") {
			return true
		}
	}
	return false
}

// kind is what the info's event is.
func (i *info) kind() (kind, bool) {
	if k, ok := eventOf(i.event); ok {
		return k, true
	}
	for _, code := range i.codes {
		if k, ok := sameCodes[code.value]; ok && strings.EqualFold(code.name, "SAME") {
			return k, true
		}
		if k, ok := eventOf(spaced(code.value)); ok {
			return k, true
		}
	}
	if i.event == "" {
		return eventOf(i.hint)
	}
	return kind{}, false
}

// spaced parts the words of a code such as grassFire or structure_fire.
func spaced(code string) string {
	var out strings.Builder
	for n, r := range code {
		if n > 0 && r >= 'A' && r <= 'Z' {
			out.WriteByte(' ')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// severity is the info's, in our words; a word that CAP does not have is kept.
func (i *info) graded() incident.Coded[incident.Severity] {
	if s, ok := severities[strings.ToLower(i.severity)]; ok {
		return incident.Known(s)
	}
	return incident.ParseSeverity(i.severity)
}

// worse reports whether a severity is above another; a known one is above one that is as bad because it is not known.
func worse(a, b incident.Coded[incident.Severity]) bool {
	if ra, rb := a.Value.Rank(), b.Value.Rank(); ra != rb {
		return ra > rb
	}
	return b.Value == incident.SeverityUnknown && a.Value != incident.SeverityUnknown
}
