package native

import (
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"vigil/internal/feed"
	"vigil/internal/incident"
)

func readHeartbeat(r *reader) error {
	r.heartbeat = true
	s, offset, ok, err := r.str("heartbeat")
	if err != nil {
		return err
	}
	if w, bad := incident.ParseWhen(s); ok && bad == nil && w.Precision == incident.ToTime {
		r.rec.Heartbeat = w.Start
	} else {
		r.refuse(offset, "the heartbeat has no time: write it as 2026-11-20T14:30:00Z")
	}
	return nil
}

func readID(r *reader) error {
	s, offset, ok, err := r.str("id")
	if !ok {
		return err
	}
	id := r.text.Line(s)
	r.hasID = !id.IsZero()
	if id.Len() > feed.MaxID {
		r.refuse(offset, "the id has %d bytes: give it at most %d", id.Len(), feed.MaxID)
		return nil
	}
	r.rec.Incident.Identity.ID = id
	return nil
}

// A version that cannot be read refuses the record: taken as none, an old report could stand
// for a newer one.
func readVersion(r *reader) error {
	v, offset, err := r.value()
	if err != nil || v.Kind() == 'n' {
		return err
	}
	n, quoted, ok := wholeNumber(v)
	if !ok {
		r.refuse(offset, `"version" is not a whole number from 0 up`)
		return nil
	}
	if quoted {
		r.warn(offset, `"version" is a text: write the number without quotes`)
	}
	r.rec.Incident.Version = n
	return nil
}

// wholeNumber reads an integer from 0 up; 36.0 is 36.
func wholeNumber(v jsontext.Value) (n int64, quoted, ok bool) {
	f, quoted, ok := number(v)
	const exact = 1 << 53 // beyond it not every whole number is a float
	if !ok || f < 0 || f > exact || f != float64(int64(f)) {
		return 0, quoted, false
	}
	return int64(f), quoted, true
}

// An unlisted type or status refuses the record: it could mean that this never happened.
func readType(r *reader) error {
	s, offset, ok, err := r.str("type")
	if !ok {
		return err
	}
	t, known := incident.LookupType(s)
	if !known {
		r.refuse(offset, `%q is no "type": write new, update, cancel or withdraw`, s)
	}
	r.rec.Incident.Type = t
	return nil
}

func readStatus(r *reader) error {
	s, offset, ok, err := r.str("status")
	if !ok {
		return err
	}
	status, known := incident.LookupStatus(s)
	if !known {
		r.refuse(offset, `%q is no "status": write actual, exercise, test, system or draft`, s)
	}
	r.rec.Incident.Status = status
	return nil
}

// ongoing in place of the end of something says that it lasts.
const ongoing = "open"

func readUntil(r *reader) error {
	s, offset, ok, err := r.str("until")
	if !ok {
		return err
	}
	i := &r.rec.Incident
	if strings.EqualFold(strings.TrimSpace(s), ongoing) {
		i.Ongoing = true
		return nil
	}
	w, err := incident.ParseWhen(s)
	if err != nil {
		r.warn(offset, `"until" is taken as unknown: %q is %v, or "open" for what still lasts`, s, err)
		return nil
	}
	i.Until = w
	return nil
}

func readAct(r *reader) error {
	i := &r.rec.Incident
	r.said = ""
	if err := coded(r, "act", &i.Act, incident.ParseAct); err != nil {
		return err
	}
	r.hasAct = i.Act.Value != incident.ActUnknown || i.Act.Unlisted() || r.said == incident.ActUnknown.String()
	return nil
}

func readThreat(r *reader) error {
	r.said = ""
	err := coded(r, "threat", &r.rec.Incident.Threat, incident.ParseThreat)
	r.hasThreat = r.said != ""
	return err
}

// A mark that is not even text is still somebody's restriction.
func readHandling(r *reader) error {
	if kind := r.dec.PeekKind(); kind == '"' || kind == 'n' {
		return coded(r, "handling", &r.rec.Incident.Handling, incident.ParseHandling)
	}
	v, offset, err := r.value()
	if err != nil {
		return err
	}
	r.warn(offset, `"handling" is %s and not a text: taken as strictly confidential`, kindWord(v))
	r.rec.Incident.Handling = incident.Known(incident.StrictlyConfidential)
	return nil
}

// flag reads true or false. What is neither is taken as true: the flags warn or restrict, and doing so once
// too often does less harm.
func (r *reader) flag(name string, to *bool) error {
	v, offset, err := r.value()
	if err != nil {
		return err
	}
	switch string(v) {
	case "true":
		*to = true
	case "false", "null":
	default:
		r.warn(offset, "%q is neither true nor false: taken as true", name)
		*to = true
	}
	return nil
}

// An unlisted class refuses the record: counting it could count what never happened.
func readClass(r *reader) error {
	s, offset, ok, err := r.str("class")
	if !ok {
		return err
	}
	class, known := incident.LookupClass(s)
	if !known {
		r.refuse(offset, `%q is no "class": write incident or report`, s)
	}
	r.rec.Incident.Class = class
	return nil
}

// readReplaced reads one name of "replaces": an object with the id and the source, or the id alone of
// a record of the same source.
func readReplaced(r *reader) error {
	i := &r.rec.Incident
	i.Replaces = append(i.Replaces, incident.Identity{})
	if r.dec.PeekKind() == '{' {
		return r.object(replacedMembers)
	}
	return r.textInto("replaces", &r.replaced().ID)
}

// replacedMembers is what a name in "replaces" may hold.
var replacedMembers = map[string]member{
	"id":     func(r *reader) error { return r.textInto("id", &r.replaced().ID) },
	"source": func(r *reader) error { return r.textInto("source", &r.replaced().Authority) },
}

// replaced is the name that is being read.
func (r *reader) replaced() *incident.Identity {
	return &r.rec.Incident.Replaces[len(r.rec.Incident.Replaces)-1]
}

// finishReplaces brings the names into the one order that they have in every record. A name without
// an id is none.
func (r *reader) finishReplaces() {
	i := &r.rec.Incident
	for n := range i.Replaces {
		if i.Replaces[n].Authority.IsZero() {
			i.Replaces[n].Authority = i.Identity.Authority
		}
	}
	named := len(i.Replaces)
	i.Replaces = slices.DeleteFunc(i.Replaces, func(o incident.Identity) bool {
		return o.ID.IsZero() || o.ID.Len() > feed.MaxID || o == i.Identity
	})
	if len(i.Replaces) < named {
		r.warn(whole, `a name in "replaces" is left out: write the id of another record, of at most %d bytes`, feed.MaxID)
	}
	slices.SortFunc(i.Replaces, incident.CompareIdentities)
	if i.Replaces = slices.Compact(i.Replaces); len(i.Replaces) == 0 {
		i.Replaces = nil
	}
}

// maxAccuracy is half the way around the earth, in kilometres.
const maxAccuracy = 20038

func readAccuracy(r *reader) error {
	v, offset, err := r.value()
	if err != nil || v.Kind() == 'n' {
		return err
	}
	f, _, ok := number(v)
	if !ok || !(f >= 0 && f <= maxAccuracy) {
		r.warn(offset, `"accuracy_km" is left out: write a number of kilometres`)
		return nil
	}
	r.rec.Incident.Accuracy = f
	return nil
}

// affectedMembers is what an entry of affected may hold. The entry being read is the last one
// of the record.
var affectedMembers = map[string]member{
	"population": func(r *reader) error {
		return dimension(r, "population", &r.entry().Population, incident.ParsePopulation)
	},
	"recruitment": func(r *reader) error {
		return dimension(r, "recruitment", &r.entry().Recruitment, incident.ParseRecruitment)
	},
	"sex":     func(r *reader) error { return dimension(r, "sex", &r.entry().Sex, incident.ParseSex) },
	"outcome": func(r *reader) error { return dimension(r, "outcome", &r.entry().Outcome, incident.ParseOutcome) },
	"count":   readCount,
}

func (r *reader) entry() *incident.Affected {
	return &r.rec.Incident.Affected[len(r.rec.Incident.Affected)-1]
}

func readAffected(r *reader) error {
	if r.dec.PeekKind() != '{' {
		v, offset, err := r.value()
		if err != nil || v.Kind() == 'n' {
			return err
		}
		r.refuse(offset, `an entry of "affected" is %s: write {"outcome":"killed","count":1}`, kindWord(v))
		return nil
	}
	r.rec.Incident.Affected = append(r.rec.Incident.Affected, incident.Affected{Count: incident.Uncounted})
	return r.object(affectedMembers)
}

// dimension reads what an entry is broken down by. One that cannot be read refuses the record:
// left out, the entry would speak of everyone.
func dimension[T ~uint8](r *reader, name string, to *incident.Coded[T], parse func(string) incident.Coded[T]) error {
	if kind := r.dec.PeekKind(); kind == '"' || kind == 'n' {
		return coded(r, name, to, parse)
	}
	v, offset, err := r.value()
	if err != nil {
		return err
	}
	r.refuse(offset, "%q is %s and not a text", name, kindWord(v))
	return nil
}

// maxCount is more people than one incident can affect: a count above it is a mistake.
const maxCount = 1_000_000_000

// A count that is not there, or null, or that cannot be read, is not known: neither 0 nor a guess would be
// honest, and neither would be leaving the whole incident out.
func readCount(r *reader) error {
	v, offset, err := r.value()
	if err != nil || v.Kind() == 'n' {
		return err
	}
	n, quoted, ok := wholeNumber(v)
	if !ok || n > maxCount {
		r.warn(offset, `"count" is not a whole number of people, so it is taken as unknown: write 0 or more, or null if nobody counted`)
		return nil
	}
	if quoted {
		r.warn(offset, `"count" is a text: write the number without quotes`)
	}
	r.entry().Count = int(n)
	return nil
}
