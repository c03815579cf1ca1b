package cap

import (
	"slices"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/markup"
	"vigil/internal/incident"
)

// entry is one of an index, in Atom or RSS.
type entry struct {
	id, title, summary, author string
	link                       string // of the alert, or else of the page about it
	alert                      bool   // the link is that of an alert
	updated                    time.Time
	shapes                     []shape // where the entry says that it is
}

// The entries of some indexes have the identifier of the alert within an address. It is then taken from
// there, so that the entry and the alert are one incident.
var addressed = []struct{ address, identifier string }{
	{"http://alerts.weather.gov/cap/wwacapget.php?x=", "NOAA-NWS-ALERTS-"},      // National Weather Service, to 2020
	{"https://alerts.weather.gov/cap/wwacapget.php?x=", "NOAA-NWS-ALERTS-"},     // the same
	{"http://www.weather.gov/alerts-beta/wwacapget.php?x=", "NOAA-NWS-ALERTS-"}, // the same, in 2010
	{"https://api.weather.gov/alerts/", ""},                                     // the same, since
}

// identifier is that of the alert which the entry is of.
func (n *entry) identifier() string {
	for _, a := range addressed {
		if rest, ok := strings.CutPrefix(n.id, a.address); ok && rest != "" {
			return a.identifier + rest
		}
	}
	return firstOf(n.id, n.link)
}

func (n *entry) address() string {
	if n == nil {
		return ""
	}
	return n.link
}

func (n *entry) heading() string {
	if n == nil {
		return ""
	}
	return n.title
}

func (n *entry) words() string {
	if n == nil {
		return ""
	}
	return n.summary
}

// index reads the entries of a feed.
func (r *reader) index(root *markup.Element) {
	channel := root
	if c := child(root, "channel"); root.Name.Local != "feed" && !c.IsZero() {
		channel = c
	}
	for _, name := range []string{"updated", "pubDate", "lastBuildDate"} {
		at, err := feed.ParseStamp(text(channel, name))
		if err != nil {
			r.doc.Problems = append(r.doc.Problems, r.ctx.Warn(channel.Line, 0, "%s of the index: %v", name, err))
		}
		if at.Start.After(r.doc.ContentTime) {
			r.doc.ContentTime = at.Start
		}
	}
	for _, e := range root.Children {
		if e != channel {
			r.inIndex(e)
		}
	}
	if channel != root {
		for _, e := range channel.Children {
			r.inIndex(e)
		}
	}
	for _, p := range r.parts {
		p.whole()
	}
}

// inIndex reads a child of the feed: an entry, or an alert that somebody put beside the entries.
func (r *reader) inIndex(e *markup.Element) {
	switch {
	case e.Name.Local == "entry" || e.Name.Local == "item":
		r.entry(e)
	case isAlert(e):
		r.doc.Problems = append(r.doc.Problems, r.ctx.Warn(e.Line, 0, "an alert stands beside the entries of the index: it is read all the same"))
		r.alert(e, envelope{})
	}
}

func (r *reader) readEntry(m *message) *entry {
	e := m.e
	n := &entry{
		id: firstOf(text(e, "id"), text(e, "guid")), title: markup.Text(text(e, "title")),
		summary: markup.Text(firstOf(text(e, "summary"), text(e, "description"))),
	}
	for _, c := range e.Children {
		switch {
		case c.Name.Local == "author" && n.author == "":
			n.author = firstOf(text(c, "email"), text(c, "name"), c.Text())
		case c.Name.Local == "link":
			address := firstOf(c.Attribute("href"), c.Text())
			is := c.Attribute("type") == mediaType || pointsToAlert(address)
			if address != "" && (n.link == "" || is && !n.alert) {
				n.link, n.alert = address, is
			}
		}
	}
	if len(alertsIn(e)) > 0 { // else they are read with its other fields
		n.shapes = m.readArea(ownFields(e)).shapes
	}
	for _, name := range []string{"updated", "published", "pubDate"} {
		at, err := feed.ParseStamp(text(e, name))
		if err != nil {
			m.warn(e.Line, "%s: %v: it is taken as unknown", name, err)
		}
		if n.updated.IsZero() && at.Precision == incident.ToTime {
			n.updated = at.Start
		}
	}
	return n
}

// entry reads what an entry holds: alerts, the main fields of one, or a link to one.
func (r *reader) entry(e *markup.Element) {
	m := &message{reader: r, e: e}
	n := r.readEntry(m)
	m.env.entry = n
	alerts := alertsIn(e)
	if len(alerts) == 0 {
		alerts = r.escaped(e)
	}
	for _, alert := range alerts {
		r.alert(alert, envelope{entry: n})
	}
	if len(alerts) > 0 {
		return
	}
	fields := ownFields(e)
	for _, c := range fields.Children {
		if isCAP(c.Name.Space) && telling[c.Name.Local] {
			m.entryOf(n, fields)
			return
		}
	}
	if n.id == "" && n.link == "" || n.title == "" && n.summary == "" && n.link == "" {
		m.refuse("the entry says nothing: it has neither an alert nor a title, a text or a link")
		return
	}
	m.pointer(n, fields)
}

// telling are the fields of which one is enough to say that something happens, and when or how badly.
var telling = map[string]bool{
	"event": true, "effective": true, "onset": true, "expires": true, "urgency": true, "severity": true, "msgType": true, "message_type": true,
}

// ownFields are the children of an entry that are CAP's, or say where it is.
func ownFields(e *markup.Element) *markup.Element {
	own := &markup.Element{Name: e.Name, Line: e.Line, Offset: e.Offset}
	for _, c := range e.Children {
		if isCAP(c.Name.Space) || c.Name.Space == nsGeoRSS {
			own.Children = append(own.Children, c)
		}
	}
	return own
}

// escaped are the alerts that stand as text in an entry.
func (r *reader) escaped(e *markup.Element) []*markup.Element {
	for _, c := range e.Children {
		s := c.Text()
		if !strings.HasPrefix(s, "<") || !strings.Contains(s, "alert") || c.Name.Local != "content" && c.Name.Local != "description" && c.Name.Local != "encoded" {
			continue
		}
		inner, err := markup.Read(r.ctx, []byte(s))
		if err != nil {
			continue // HTML, which is the entry's text
		}
		if alerts := alertsIn(inner.Root); len(alerts) > 0 {
			for _, a := range alerts {
				a.Line, a.Offset = c.Line, c.Offset // within the text, lines are its own
			}
			return alerts
		}
	}
	return nil
}

// entryOf reads an entry that has the main fields of its alert. It is a shorter form of it: its version is a second
// before the alert's own, which takes its place when it comes.
func (m *message) entryOf(n *entry, fields *markup.Element) {
	m.e, m.short = fields, true
	if m.sent = m.time(fields, "sent"); m.sent.IsZero() {
		m.sent = n.updated
	}
	m.infos = []info{m.readInfo(fields)}
	m.infos[0].hint = n.title
	kind, ok := m.kind()
	if !ok {
		return
	}
	status, ok := m.status(kind)
	if !ok || !m.identify() {
		return
	}
	i := &m.rec.Incident
	i.Type, i.Status, i.Reported = kind.does, status, m.sent
	p := &part{message: m, does: kind, at: len(m.doc.Records)}
	m.doc.Records = append(m.doc.Records, feed.Record{}) // in the order of the entries
	if text(fields, "identifier") == "" {
		m.parts = append(m.parts, p)
		return
	}
	key := partKey{i.Identity, kind.word, status, m.sent.UnixNano()}
	if first := m.same[key]; first != nil {
		first.infos = append(first.infos, m.infos...)
		first.others = append(first.others, p)
		return
	}
	m.same[key] = p
	m.parts = append(m.parts, p)
}

// part is an entry that has the main fields of its alert. Meteoalarm lists an alert once for each of its areas, with
// one identifier: these entries are one alert, in the first of which all of it is put together.
type part struct {
	*message
	does   msgType
	at     int // its place among the records
	others []*part
}

// partKey is what entries of one alert have in common.
type partKey struct {
	identity incident.Identity
	does     string
	status   incident.Status
	sent     int64
}

// whole makes the records of an alert of which one or more entries have been read. Each says all of it, so that the
// alert is one incident, and the further entries are repetitions of it.
func (p *part) whole() {
	i := &p.rec.Incident
	p.refer(p.does)
	i.Version = max(0, i.Version-1)
	n := p.env.entry
	if n.alert && text(p.e, "sender") == "" || p.does.does != incident.New && len(i.Replaces) == 0 {
		p.linked(n) // what the alert calls itself, or which one it updates or cancels, stands there alone
	}
	p.describe(p.does)
	p.doc.Records[p.at] = p.made()
	for _, o := range p.others {
		rec := p.doc.Records[p.at]
		rec.Line, rec.Offset, rec.Problems, rec.Repairs = o.e.Line, o.e.Offset, o.rec.Problems, feed.Repairs{}
		p.doc.Records[o.at] = rec
	}
}

// pointer reads an entry that only links to its alert. What it says is a report: whether and when something
// happened stands in the alert.
func (m *message) pointer(n *entry, fields *markup.Element) {
	i := &m.rec.Incident
	m.sent, m.short = n.updated, true
	m.infos = []info{m.readInfo(fields)}
	if !m.identify() {
		return
	}
	i.Class, i.Reported = incident.Report, m.sent // without a version: whatever the alert says is above it
	m.words(msgTypes[0], nil, &info{})
	m.where()
	if len(i.Countries) == 0 { // until the alert says it
		i.Countries = country.InText(n.title)
		slices.Sort(i.Countries)
		i.Inferred = len(i.Countries) > 0
	}
	if link := m.text.Line(n.link); !link.IsZero() {
		i.Links = append(i.Links, link)
	}
	m.linked(n)
	m.use()
}

// linked notes where the whole alert is.
func (m *message) linked(n *entry) {
	if n.link != "" {
		m.rec.Linked = n.link
		m.doc.Linked = append(m.doc.Linked, feed.Link{Address: n.link, Updated: n.updated})
	}
}
