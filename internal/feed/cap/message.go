package cap

import (
	"slices"
	"strings"
	"time"

	"vigil/internal/feed"
	"vigil/internal/feed/markup"
	"vigil/internal/incident"
	"vigil/internal/problem"
)

// message is an alert, or an entry in its place, being read.
type message struct {
	*reader
	e     *markup.Element
	env   envelope
	sent  time.Time
	local time.Time // when it was sent, if nobody knows by which clock; zero where sent is known
	infos []info
	short bool // only the main fields of an alert are there
	text  feed.Text
	rec   feed.Record
}

func (m *message) warn(line int, format string, args ...any) {
	m.rec.Problems = append(m.rec.Problems, m.ctx.Warn(line, 0, format, args...))
}

// once warns of what may come in every alert of a content, the first time.
func (m *message) once(key string, line int, format string, args ...any) {
	if !m.said[key] {
		m.said[key] = true
		m.warn(line, format, args...)
	}
}

// refuse gives the record of a message that cannot be used.
func (m *message) refuse(format string, args ...any) {
	m.doc.Records = append(m.doc.Records, feed.Record{
		Line: m.e.Line, Offset: m.e.Offset,
		Problems: append([]problem.Problem{m.ctx.Reject(m.e.Line, 0, format, args...)}, m.rec.Problems...),
	})
}

// use gives the record of the message.
func (m *message) use() { m.doc.Records = append(m.doc.Records, m.made()) }

// made is the record of the message.
func (m *message) made() feed.Record {
	m.ctx.Complete(&m.rec.Incident)
	m.rec.Kind, m.rec.Line, m.rec.Offset, m.rec.Repairs.Text = feed.Incident, m.e.Line, m.e.Offset, m.text.Report
	return m.rec
}

// alert reads one alert.
func (r *reader) alert(e *markup.Element, env envelope) {
	m := &message{reader: r, e: e, env: env}
	m.sent = m.time(e, "sent")
	m.local, _ = zoneless(text(e, "sent"))
	if m.sent.IsZero() && m.local.IsZero() {
		m.warn(e.Line, "the alert does not say when it was sent: updates of it cannot be told from repetitions")
	}
	signed := false
	if name := contradicts(e, onceInAlert); name != "" {
		m.refuse("<%s> stands twice in the alert, and which one holds cannot be told: keep one", name)
		return
	}
	for _, c := range e.Children {
		if c.Name.Local == "info" {
			if name := contradicts(c, onceInInfo); name != "" {
				m.refuse("<%s> stands twice in an info of the alert, and which one holds cannot be told: keep one", name)
				return
			}
			m.infos = append(m.infos, m.readInfo(c))
		}
		signed = signed || c.Name.Space == nsSigned
	}
	if signed {
		r.signed++
	}
	if flat := m.readInfo(e); len(m.infos) == 0 && (flat.event != "" || len(flat.areas) > 0) {
		m.infos = []info{flat} // of an index: the fields of the info stand in the alert itself
	}
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
	m.refer(kind)
	m.describe(kind)
	m.use()
}

// What stands once at most in an alert, and in an info of it (CAP 1.2, 3.2.1 and 3.2.2), and decides what it counts as.
var (
	onceInAlert = []string{"identifier", "sender", "sent", "status", "msgType", "scope", "references"}
	onceInInfo  = []string{"event", "urgency", "severity", "certainty", "effective", "onset", "expires"}
)

// contradicts is the first of the names that stands twice in an element, with two texts.
func contradicts(e *markup.Element, names []string) string {
	for _, name := range names {
		if list := texts(e, name); len(list) > 1 && slices.ContainsFunc(list, func(s string) bool { return s != list[0] }) {
			return name
		}
	}
	return ""
}

// msgType is what a message does.
type msgType struct {
	word    string
	does    incident.Type
	machine bool // it is an answer of one system to another
}

// msgTypes are those of CAP 1.2, 3.2.1.
var msgTypes = []msgType{
	{word: "Alert"},
	{word: "Update", does: incident.Update},
	{word: "Cancel", does: incident.Cancel},
	{word: "Ack", machine: true},
	{word: "Error", machine: true},
}

// kind reads the msgType, which the index of Meteoalarm calls message_type. One that is not known refuses the
// message: it could be a cancel.
func (m *message) kind() (msgType, bool) {
	word := firstOf(text(m.e, "msgType"), text(m.e, "message_type"))
	for _, t := range msgTypes {
		if strings.EqualFold(word, t.word) {
			return t, true
		}
	}
	if word != "" {
		m.refuse("%q is no msgType of CAP, so what the message does cannot be told: write Alert, Update, Cancel, Ack or Error", word)
		return msgType{}, false
	}
	if !m.short {
		m.warn(m.e.Line, "the message has no msgType: it is taken as an Alert")
	}
	return msgTypes[0], true
}

// status reads the status. One that is not known refuses the message: it could be an exercise. The envelope's own
// makes an actual alert less, and an answer between machines is of the system.
func (m *message) status(kind msgType) (incident.Status, bool) {
	word := text(m.e, "status")
	status, ok := incident.LookupStatus(word)
	switch {
	case word == "" && !m.short:
		m.warn(m.e.Line, "the message has no status: it is taken as Actual")
	case word != "" && !ok:
		m.refuse("%q is no status of CAP, so whether the message is in earnest cannot be told: write Actual, Exercise, System, Test or Draft", word)
		return incident.Actual, false
	}
	if status == incident.Actual {
		status = m.env.status
	}
	if kind.machine {
		status = incident.System
	}
	return status, true
}

// nameless reports whether a text names nothing, such as the "!" that stands in some indexes.
func nameless(s string) bool { return len(wordsOf(s)) == 0 }

// identify names the incident. An identifier that is not there, or is a mere sign, is that of the entry.
func (m *message) identify() bool {
	sender, identifier := text(m.e, "sender"), text(m.e, "identifier")
	if nameless(identifier) {
		identifier = ""
	}
	if nameless(sender) {
		sender = ""
	}
	if m.env.entry != nil {
		if identifier == "" {
			identifier = m.env.entry.identifier()
		}
		if sender == "" {
			sender = m.env.entry.author
		}
	}
	id := m.text.ID(identifier)
	if id.IsZero() {
		m.refuse("the alert has no identifier: updates of it could not be told")
		return false
	}
	m.rec.Incident.Identity = incident.Identity{Authority: m.ctx.Resolve(m.text.Line(sender), ""), ID: id}
	return true
}

// maxReferences is more than agencies refer to: an alert that is updated every ten minutes has a thousand in a week.
const maxReferences = 1000

// refer reads the references, and gives the version: when the message was sent, and in any case later than what it
// refers to, as some agencies send both in the same second. A reference whose sender is another than the message's own
// names the message of the same identifier of its own sender too: some senders have two names.
func (m *message) refer(kind msgType) {
	i := &m.rec.Incident
	version := m.sent
	if version.IsZero() {
		version = m.local
	}
	add := func(sender, identifier string) {
		o := incident.Identity{Authority: m.text.Line(sender), ID: m.text.ID(identifier)}
		if o != i.Identity && !o.Authority.IsZero() && !o.ID.IsZero() {
			i.Replaces = append(i.Replaces, o)
		}
	}
	refs := strings.Fields(text(m.e, "references"))
	if len(refs) > maxReferences {
		m.warn(m.e.Line, "the alert refers to %d others: the last %d are read", len(refs), maxReferences)
		refs = refs[len(refs)-maxReferences:]
	}
	for _, ref := range refs {
		sender, rest, ok := strings.Cut(ref, ",")
		last := strings.LastIndexByte(rest, ',')
		if !ok || last <= 0 {
			m.warn(m.e.Line, "the reference %q is left out: it is not sender,identifier,sent", ref)
			continue
		}
		identifier := rest[:last]
		if kind.does == incident.New {
			continue // an alert that only mentions others, or an answer to them
		}
		add(sender, identifier)
		add(i.Identity.Authority.String(), identifier)
		at, err := feed.ParseStamp(rest[last+1:])
		if local, ok := zoneless(rest[last+1:]); ok {
			at, err = incident.At(local), nil
		}
		if err == nil && !version.IsZero() && !at.Start.Before(version) {
			version = at.Start.Add(time.Second)
		}
	}
	slices.SortFunc(i.Replaces, incident.CompareIdentities)
	i.Replaces = slices.Compact(i.Replaces)
	if kind.does != incident.New && len(i.Replaces) == 0 && !m.short {
		m.warn(m.e.Line, "the %s does not say what it refers to: it stands by itself", kind.word)
	}
	if !version.IsZero() {
		i.Version = max(0, version.Unix())
	}
}
