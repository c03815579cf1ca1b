package app

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"vigil/internal/desk"
	"vigil/internal/duty"
	"vigil/internal/feed"
	"vigil/internal/feed/native"
	"vigil/internal/incident"
	"vigil/internal/ownfeed"
	"vigil/internal/picture"
	"vigil/internal/source"
	"vigil/internal/voice"
)

// unspoken reports whether an event says that the desk's own feed is empty, and it never held anything: it is made a moment before its
// first report is in it, and nothing is missing then.
func (h *hub) unspoken(e source.Event) bool {
	file := h.relative(e.File)
	if e.Kind != source.KindFailed || e.Cause != source.CauseEmpty || file != desk.FeedsDir+"/"+ownfeed.Name {
		return false
	}
	label, _ := h.label(e.Spec, file)
	fs := h.feeds[label]
	return fs == nil || fs.format == nil && fs.was == nil
}

// String says in a line what was written. Of what is restricted it has no more than the id.
func (r *Reported) String() string {
	text := fmt.Sprintf("%s version %d", called(&r.Incident), r.Incident.Version)
	if r.Incident.Restricted() {
		text += ", restricted"
	} else if r.Incident.Verification.Value != incident.Unconfirmed {
		text += ", " + r.Incident.Verification.Value.String()
	}
	if r.Stands && !r.Incident.Restricted() {
		text += "; it was refuted and stands again: what rang for it rings anew"
	}
	if len(r.Alarms) > 0 {
		text += "; everybody must be told again of " + strings.Join(r.Alarms, ", ")
	}
	return text
}

// called is what a record is called where others read it: of what is restricted nobody learns who told of it.
func called(i *incident.Incident) string {
	name := duty.NameOf(i.Identity)
	if i.Restricted() {
		name = name.Bare()
	}
	return name.String()
}

// NotKept says that the numbers of the report left no room for who the people were by the version before; empty where they did.
func (r *Reported) NotKept() string {
	if r.Unkept == "" {
		return ""
	}
	return "not kept of the version before, because the new number has no room for it: " + r.Unkept + "; --people says who they were"
}

// JSON is the record as it was written, as a line. Of what is restricted it is the id alone.
func (r *Reported) JSON() []byte {
	if !r.Incident.Restricted() {
		return native.Encode(&r.Incident)
	}
	line, _ := json.Marshal(struct { // of texts and a number: it does not fail
		ID         string `json:"id"`
		Version    int64  `json:"version"`
		Restricted bool   `json:"restricted"`
	}{r.Incident.Identity.ID.String(), r.Incident.Version, true})
	return append(line, '\n')
}

// NamedReport finds the incident that is written on a command line, one whose content the viewer may not see included: who took a
// restricted report down can go on with it by its name.
func NamedReport(v picture.View, name string) (incident.Identity, error) {
	if list := v.Duty().Names(name); len(v.Named(name)) == 0 && len(list) == 1 {
		return list[0], nil
	}
	return named(v, name)
}

// refusedRecord is what a feed says of a record that it takes in part, said of one that is not taken.
func refusedRecord(problem string) error {
	return errors.New(strings.ReplaceAll(problem, " is not known and left out", " is not known"))
}

// ReadRecord takes what a native record says into a report, and the id of the incident that it says more of, if it has one. A record
// that is not understood whole is refused: whoever wrote it can put it right.
func ReadRecord(to *voice.Report, body []byte) (id string, err error) {
	var members map[string]jsontext.Value
	if err := json.Unmarshal(body, &members); err != nil {
		return "", fmt.Errorf("it is no record, which is one JSON object such as {\"act\":\"shooting\",\"country\":\"MLI\"}: %w", err)
	}
	said := make([]string, 0, len(members))
	for name := range members {
		said = append(said, name)
	}
	if v, has := members["id"]; has {
		if json.Unmarshal(v, &id) != nil || id == "" {
			return "", errors.New(`"id" is no text: leave it out for a new incident`)
		}
	}
	// What a record must have and a report need not.
	for name, unknown := range map[string]string{"id": `"new"`, "act": `"unknown"`, "country": `"unknown"`} {
		if _, has := members[name]; !has && (name != "country" || members["countries"] == nil) {
			members[name] = jsontext.Value(unknown)
		}
	}
	line, err := json.Marshal(members)
	if err != nil {
		return "", err
	}
	rec, ok := native.Format.Line(feed.NewContext("standard input"), line, feed.Place{Line: 1})
	switch {
	case !ok || rec.Kind != feed.Incident:
		if len(rec.Problems) > 0 {
			return "", refusedRecord(rec.Problems[0].Message.String())
		}
		return "", errors.New("it is no incident")
	case len(rec.Problems) > 0:
		return "", refusedRecord(rec.Problems[0].Message.String())
	}
	if _, has := members["source"]; !has {
		rec.Incident.Identity.Authority = incident.Identity{}.Authority
	}
	return id, to.Take(&rec.Incident, said)
}
