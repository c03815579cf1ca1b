package plain

import (
	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/picture"
)

// lineJSON begins every line of vigil.tail/1.
type lineJSON struct {
	Schema string   `json:"schema"`
	Kind   string   `json:"kind"` // incident, level, presence, source, advisory or calendar
	At     string   `json:"at"`   // when the desk learnt it
	Desk   deskJSON `json:"desk"`
}

// incidentLine is a version of an incident. Of one that the viewer may not see, everything but
// what names the line is null, its title is "Restricted incident" and its id says nothing.
type incidentLine struct {
	lineJSON      `json:",inline"`
	Change        string   `json:"change"` // new, update, conflict, cancel, withdrawn or outdated
	ID            string   `json:"id"`
	Authority     *string  `json:"authority"`
	Source        string   `json:"source"`
	Country       *string  `json:"country"` // the first; null when none could be told
	Countries     []string `json:"countries"`
	Admin1        *string  `json:"admin1"`
	Place         *string  `json:"place"`
	Act           *string  `json:"act"`
	ActText       *string  `json:"act_text"` // the source's own word, where the vocabulary lacks it
	Threat        *string  `json:"threat"`
	Title         *string  `json:"title"`
	Occurred      *string  `json:"occurred"`
	OccurredUntil *string  `json:"occurred_until"` // the end of when it may have happened
	Precision     *string  `json:"precision"`      // time, date, month or year
	Future        bool     `json:"future"`         // the time is after its receipt, and is not believed
	Severity      *string  `json:"severity"`
	Verification  *string  `json:"verification"`
	Killed        *int     `json:"killed"`
	Injured       *int     `json:"injured"`
	Abducted      *int     `json:"abducted"`
	Detained      *int     `json:"detained"`
	// OtherHarm is how else people came to harm.
	OtherHarm  []harmJSON `json:"other_harm"`
	Restricted bool       `json:"restricted"`
	// Joined are the other records of the same event, as the desk takes it when the line is written.
	Joined []tellingJSON `json:"joined"`
	// Filled are the fields that this record leaves unsaid, and that another of the same event says. "position" and others have no
	// key here; "affected" is all that is said of people.
	Filled []filledJSON `json:"filled"`
}

// filledJSON is a field as another record says it.
type filledJSON struct {
	Field       string `json:"field"`
	tellingJSON `json:",inline"`
}

// harmJSON is so many people harmed in one way; the count is null where nobody counted, the text the source's own word.
type harmJSON struct {
	Outcome string  `json:"outcome"`
	Text    *string `json:"outcome_text"`
	Count   *int    `json:"count"`
}

type tellingJSON struct {
	Authority *string `json:"authority"`
	ID        string  `json:"id"`
	Source    string  `json:"source"`
}

// calendarLine is what became of an entry of the calendar; Entry is as in due of the snapshot.
type calendarLine struct {
	lineJSON `json:",inline"`
	Change   string  `json:"change"` // new, changed, cancelled, done, gone or overdue
	Entry    dueJSON `json:"entry"`
}

type levelLine struct {
	lineJSON `json:",inline"`
	Country  string  `json:"country"`
	Area     string  `json:"area"`
	From     *int    `json:"from"` // null: the area is new
	To       *int    `json:"to"`   // null: the area is gone
	Scheme   *string `json:"scheme"`
}

type presenceLine struct {
	lineJSON     `json:",inline"`
	Country      *string `json:"country"`
	Organization *string `json:"organization"`
	Population   *string `json:"population"`
	From         *int    `json:"from"` // null: no file told
	To           *int    `json:"to"`   // null: no file tells any more
}

type sourceLine struct {
	lineJSON `json:",inline"`
	Name     string `json:"name"`
	From     string `json:"from"`
	To       string `json:"to"`
	Reason   string `json:"reason"`
}

// changeJSON is the line of a change.
func changeJSON(v picture.View, c *picture.Change) any {
	head := lineJSON{TailSchema, c.Kind.String(), instant(c.At), deskOf(v)}
	switch c.Kind {
	case picture.LevelChanged:
		l := &c.Level
		return &levelLine{
			head, l.Country.Alpha3(), l.Area.String(),
			known(l.From, l.From != 0), known(l.To, l.To != 0), text(l.Scheme),
		}
	case picture.PresenceChanged:
		p := &c.Presence
		return &presenceLine{
			head, word(p.Country.Alpha3()), text(p.Organization), coded(p.Population, p.Population.Value.String()),
			known(p.From, p.Was), known(p.To, p.Is),
		}
	case picture.SourceChanged:
		return &sourceLine{head, c.Source.String(), c.From.String(), c.To.String(), c.Reason.String()}
	case picture.AdvisoryChanged:
		return advisoryChange(head, &c.Advisory)
	case picture.CalendarChanged:
		return &calendarLine{head, c.Calendar.What.String(), dueOf(&c.Calendar.Due)}
	default:
		return incidentOf(v, c, head)
	}
}

func incidentOf(v picture.View, c *picture.Change, head lineJSON) *incidentLine {
	r := told(v, c)
	out := &incidentLine{lineJSON: head, Change: changeWord(c), Source: r.Source.String(), OtherHarm: []harmJSON{}, Joined: []tellingJSON{}, Filled: []filledJSON{}}
	if hidden(v, &r) {
		out.ID, out.Title, out.Restricted = restricted(r.ID), word("Restricted incident"), true
		return out
	}
	name := v.Identity(r.ID)
	out.ID, out.Authority = name.ID.String(), text(name.Authority)
	out.Countries = codes(r.Countries)
	if len(out.Countries) > 0 {
		out.Country = &out.Countries[0]
	}
	out.Admin1, out.Place, out.Title = text(r.Admin1), text(r.Place), text(r.Title.OneLine())
	out.Act, out.ActText = word(r.Act.Value.String()), text(r.Act.Text)
	out.Threat, out.Severity = word(r.Threat.Value.String()), word(r.Severity.Value.String())
	out.Verification = word(r.Verified.Value.String())
	out.Occurred, out.Precision, out.Future = moment(r.When), word(precisions[r.When.Precision]), r.Future
	out.OccurredUntil = stamp(r.Interval.End)
	for _, o := range joinedWith(v, r.ID) {
		out.Joined = append(out.Joined, tellingJSON{text(o.Identity.Authority), o.Identity.ID.String(), o.Row.Source.String()})
	}
	for _, f := range r.Filled {
		by := v.Identity(f.By)
		out.Filled = append(out.Filled, filledJSON{f.Field.String(), tellingJSON{text(by.Authority), by.ID.String(), f.Source.String()}})
	}
	for _, h := range r.Further {
		out.OtherHarm = append(out.OtherHarm, harmJSON{h.Outcome.Value.String(), text(h.Outcome.Text), known(h.Count, h.Count != incident.Uncounted)})
	}
	out.Killed, out.Injured, out.Abducted, out.Detained = count(r.Killed), count(r.Injured), count(r.Abducted), count(r.Detained)
	return out
}

// precisions are the words for [incident.Precision].
var precisions = [...]string{
	incident.Unstated: "", incident.ToYear: "year", incident.ToMonth: "month", incident.ToDate: "date", incident.ToTime: "time",
}

// coded is the word of a vocabulary, else the source's own; null where nobody said.
func coded[T ~uint8](c incident.Coded[T], listed string) *string {
	if c.Unlisted() {
		return text(c.Text)
	}
	return word(listed)
}

func codes(list []country.Code) []string {
	out := make([]string, len(list))
	for i, c := range list {
		out[i] = c.Alpha3()
	}
	return out
}
