package notify

import (
	"fmt"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"vigil/internal/duty"
	"vigil/internal/health"
	"vigil/internal/safetext"
)

// Message is what is sent of an alarm.
type Message struct {
	Text string // one line
	JSON []byte // one line, schema [Schema]
}

// Schema names the form of [Message.JSON].
const Schema = "vigil.alarm/1"

// form is an alarm for a program. Of a restricted one only the members without omitzero are there.
type form struct {
	Schema     string        `json:"schema"`
	Exercise   bool          `json:"exercise"`
	Test       bool          `json:"test"`
	Correction bool          `json:"correction"` // what was sent before is not so
	Alarm      string        `json:"alarm"`      // as people call it
	ID         string        `json:"id"`         // of the entry of the duty log that raised it
	Occurrence int           `json:"occurrence"`
	Severity   duty.Severity `json:"severity"`
	Text       string        `json:"text"`
	Words      string        `json:"words"`
	Unsure     bool          `json:"unsure"`
	Restricted bool          `json:"restricted"`
	Raised     time.Time     `json:"raised"`
	Came       time.Time     `json:"came"`
	Cleared    time.Time     `json:"cleared,omitzero"`
	Untrue     time.Time     `json:"untrue,omitzero"` // since when it is known that it is not so
	Why        string        `json:"why,omitzero"`    // it is not
	Level      int           `json:"escalations"`
	Rule       string        `json:"rule,omitzero"`
	Country    string        `json:"country,omitzero"`
	Source     string        `json:"source,omitzero"`
	Authority  string        `json:"authority,omitzero"`
	Incident   string        `json:"incident,omitzero"`
	Due        time.Time     `json:"due,omitzero"`
	Desk       string        `json:"desk"`
}

// Restricted is all that is said of an alarm about an incident that is restricted.
const Restricted = "Restricted incident"

const cannotExclude = "cannot exclude"

// message is what is sent of an alarm at now.
func (n *Notifier) message(j *job, now time.Time) *Message {
	return messageOf(j.alarm, form{Restricted: j.restricted, Correction: j.correction > 0}, &n.o, now)
}

// messageOf fills in the rest of a form that says what kind of message it is.
func messageOf(a *duty.Alarm, f form, o *Options, now time.Time) *Message {
	restricted := f.Restricted
	words := a.Raise.Words.Line().String()
	if restricted {
		words = Restricted
	}
	if a.Raise.Unsure && !strings.Contains(strings.ToLower(words), cannotExclude) {
		words = cannotExclude + ": " + words
	}
	f = form{
		Schema: Schema, Exercise: o.Exercise, Test: f.Test, Correction: f.Correction, Alarm: a.Called(), ID: a.ID, Occurrence: a.Occurrence(now), Severity: a.Severity,
		Words: words, Unsure: a.Raise.Unsure, Restricted: restricted,
		Raised: a.Raised.UTC(), Came: a.Came.UTC(), Cleared: utc(a.Cleared), Untrue: utc(a.Untrue), Level: a.Level, Desk: o.Desk.String(),
	}
	if !f.Untrue.IsZero() {
		f.Why = untrueWhy(a, restricted)
	}
	if !restricted {
		incident := a.Raise.Incident.Identity()
		f.Rule, f.Country, f.Source = clean(a.Raise.Rule), clean(a.Raise.Country), clean(a.Raise.Source)
		f.Authority, f.Incident, f.Due = incident.Authority.String(), incident.ID.String(), utc(a.Raise.Due)
	}
	f.Text = text(&f, now)
	data, err := json.Marshal(&f, json.Deterministic(true))
	if err != nil {
		data = nil // it holds nothing but texts that are UTF-8, and times of this century
	}
	return &Message{Text: f.Text, JSON: data}
}

// untrueWhy says how an alarm is known not to be so. Of what is restricted for those whom the channels reach it says only that.
func untrueWhy(a *duty.Alarm, restricted bool) string {
	why := a.UntrueWhy.String()
	if restricted || why == "" {
		return "it does not stand any more"
	}
	return strings.TrimRight(why, ". ")
}

// text is the alarm on one line, in sentences, and in ASCII but for what the words hold: gateways to SMS and radio cut and
// replace the rest.
func text(f *form, now time.Time) string {
	var b strings.Builder
	if f.Exercise {
		b.WriteString("EXERCISE ")
	}
	if f.Test {
		b.WriteString("TEST ")
	}
	if f.Correction {
		fmt.Fprintf(&b, "CORRECTION, %s. It was ", f.Why)
	}
	fmt.Fprintf(&b, "%s %s: %s.", strings.ToUpper(string(f.Severity)), f.Alarm, strings.TrimRight(f.Words, ". "))
	fmt.Fprintf(&b, " Rang %s, %s ago.", f.Came.Format("2006-01-02 15:04Z"), health.Age(now.Sub(f.Came)))
	if !f.Raised.Equal(f.Came) {
		fmt.Fprintf(&b, " First at %s.", f.Raised.Format("2006-01-02 15:04Z"))
	}
	if !f.Cleared.IsZero() {
		fmt.Fprintf(&b, " Over since %s.", f.Cleared.Format("15:04Z"))
	}
	if !f.Untrue.IsZero() && !f.Correction {
		fmt.Fprintf(&b, " NOT SO: %s.", f.Why)
	}
	if f.Level > 0 {
		fmt.Fprintf(&b, " ESCALATED %dx.", f.Level)
	}
	if f.Desk != "" {
		b.WriteString(" " + f.Desk)
	}
	return safetext.Clean(b.String()).String()
}

// utc leaves no time none.
func utc(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.UTC()
}

func clean(s string) string { return safetext.Clean(s).String() }
