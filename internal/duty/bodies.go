package duty

import (
	"errors"
	"time"

	"vigil/internal/saying"
)

// Merge says that incidents tell of one event.
type Merge struct {
	Incidents []Name `json:"incidents"` // two or more
	Reason    Text   `json:"reason"`
}

// Kind is "merge".
func (*Merge) Kind() Kind { return KindMerge }

// Check wants two incidents or more.
func (b *Merge) Check() error {
	return errors.Join(named(b.Incidents, 2), short("the reason", b.Reason))
}

// Unmerge says that the first incident tells of another event than each of the others.
type Unmerge struct {
	Incidents []Name `json:"incidents"` // two or more
	Reason    Text   `json:"reason"`
}

// Kind is "unmerge".
func (*Unmerge) Kind() Kind { return KindUnmerge }

// Check wants two incidents or more.
func (b *Unmerge) Check() error {
	return errors.Join(named(b.Incidents, 2), short("the reason", b.Reason))
}

// Note is what somebody wrote down.
type Note struct {
	Text        Text   `json:"text"`
	Significant bool   `json:"significant,omitzero"` // to be read out at the handover
	Incidents   []Name `json:"incidents,omitzero"`   // what it is about
	Alarm       string `json:"alarm,omitzero"`       // the id of the entry that raised it
	Corrects    string `json:"corrects,omitzero"`    // the id of the entry that it puts right
}

// Kind is "note".
func (*Note) Kind() Kind { return KindNote }

// Check wants a text.
func (b *Note) Check() error {
	if b.Text.IsZero() {
		return saying.Errorf("there is no text")
	}
	return errors.Join(limited("the text", b.Text, MaxText), named(b.Incidents, 0))
}

// Report says that a version of an incident was written into the desk's own feed. What it says stands there: it may be
// restricted, and the log is read by more people.
type Report struct {
	Incident     Name   `json:"incident"`
	Version      int64  `json:"version"`
	Verification string `json:"verification,omitzero"` // where it moved
	Refuted      string `json:"refuted,omitzero"`      // why, where it was: a Refutation
	Reason       Text   `json:"reason,omitzero"`
	// Of are the records of others that the incident is the desk's own word on: it leads their event until one of them says
	// something else.
	Of []Judged `json:"of,omitzero"`
}

// Kind is "report".
func (*Report) Kind() Kind { return KindReport }

// Check wants an incident.
func (b *Report) Check() error {
	return errors.Join(named([]Name{b.Incident}, 1), short("the reason", b.Reason), b.checkReport())
}

// Raise says that a rule rang. The id of its entry is that of the alarm.
type Raise struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	Key      string   `json:"key"`               // of the condition: the same for as long as it is the same thing
	Incident Name     `json:"incident,omitzero"` // what it is about: one of these
	Country  string   `json:"country,omitzero"`  // alpha-3
	Source   string   `json:"source,omitzero"`   // its name
	Words    Text     `json:"words"`             // what rang, without anything that is restricted
	// Said is what the words were made of, so that they can be said in another language: see [Raise.TextIn].
	Said     saying.Saying `json:"said,omitzero"`
	Unsure   bool          `json:"unsure,omitzero"`   // it cannot be excluded, and is not known
	Gravity  *Gravity      `json:"gravity,omitempty"` // of the incident that it is about; nil of anything else
	Moment   bool          `json:"moment,omitzero"`   // it happened, and does not last: nothing clears it but time
	Together int           `json:"together,omitzero"` // how many were there at a first read or came late, and ring once
	Through  time.Time     `json:"through,omitzero"`  // of Together: all that was received up to then
	// Worst is the gravest of Together that everybody may know of; what it says is looked up, and not written here.
	Worst Name      `json:"worst,omitzero"`
	Due   time.Time `json:"due,omitzero"`  // what it is a clock on, if it is one
	Tell  []string  `json:"tell,omitzero"` // functions that must know of it, beside those of the call tree
}

// About is the incident that it is about, or the gravest of several; the zero name of none.
func (b *Raise) About() Name {
	if b.Incident.IsZero() {
		return b.Worst
	}
	return b.Incident
}

// Sole is the one incident that its words tell of; the zero name of none and of several. Of a first read of one that is this one: its rule
// and its time are in the words.
func (b *Raise) Sole() Name {
	if b.Incident.IsZero() && b.Together == 1 {
		return b.Worst
	}
	return b.Incident
}

// Kind is "raise".
func (*Raise) Kind() Kind { return KindRaise }

// Check wants a rule, a severity, a key and words.
func (b *Raise) Check() error {
	switch {
	case b.Rule == "" || b.Key == "":
		return saying.Errorf("it names no rule or no condition")
	case !b.Severity.Valid():
		return saying.Errorf("%q is no severity", b.Severity)
	}
	return errors.Join(required("the text", b.Words))
}

// Clear says that what an alarm rang for is over. It closes only an alarm that somebody has acknowledged.
type Clear struct {
	Alarm string `json:"alarm"`
	Words Text   `json:"words,omitzero"`
	// Said is what the words were made of, see [Raise.Said].
	Said saying.Saying `json:"said,omitzero"`
	// Members are the conditions that are over, by their keys, of an alarm that rings for several and lasts for the others.
	Members []string `json:"members,omitzero"`
	// Untrue says that it ended because what it rang for is not so: it was refuted, cancelled or withdrawn.
	Untrue bool `json:"untrue,omitzero"`
}

// Kind is "clear".
func (*Clear) Kind() Kind { return KindClear }

// Check wants an alarm.
func (b *Clear) Check() error { return errors.Join(alarmed(b.Alarm), short("the text", b.Words)) }

// Escalate says that nobody owned an alarm in time, or that it became worse. Only that it became worse undoes an acknowledgement.
type Escalate struct {
	Alarm    string   `json:"alarm"`
	Level    int      `json:"level"`             // from 1: how often
	To       Text     `json:"to,omitzero"`       // a function
	Severity Severity `json:"severity,omitzero"` // where it became worse
	Reason   Text     `json:"reason"`
	// Said is what the reason was made of, see [Raise.Said].
	Said saying.Saying `json:"said,omitzero"`
}

// Kind is "escalate".
func (*Escalate) Kind() Kind { return KindEscalate }

// Check wants an alarm, a level and a reason.
func (b *Escalate) Check() error {
	if b.Level < 1 {
		return saying.Errorf("levels begin at 1")
	}
	return errors.Join(alarmed(b.Alarm), required("the reason", b.Reason))
}

// Send says that an alarm was sent out by a channel. Delivered is not told.
type Send struct {
	Alarm   string `json:"alarm"`
	Channel string `json:"channel"` // as vigil.toml names it
	Failed  Text   `json:"failed,omitzero"`
	Tries   int    `json:"tries,omitzero"`
	// Occurrence is that of the alarm which was sent, see [Alarm.Occurrence].
	Occurrence int `json:"occurrence,omitzero"`
	// Correction is which correction was sent in place of the alarm, see [Alarm.Corrections]; 0 for the alarm itself.
	Correction int `json:"correction,omitzero"`
}

// Kind is "send".
func (*Send) Kind() Kind { return KindSend }

// Check wants an alarm and a channel.
func (b *Send) Check() error {
	if b.Channel == "" {
		return saying.Errorf("it names no channel")
	}
	return errors.Join(alarmed(b.Alarm), short("the error", b.Failed))
}

// Ack says that somebody owns an alarm, until when.
type Ack struct {
	Alarm  string    `json:"alarm"`
	Owner  Text      `json:"owner"` // call sign or function
	Reason Text      `json:"reason"`
	Until  time.Time `json:"until"`
	// Instead is who had it until then, if that was somebody else, and Had until when they would have.
	Instead Text      `json:"instead,omitzero"`
	Had     time.Time `json:"had,omitzero"`
}

// Kind is "acknowledge".
func (*Ack) Kind() Kind { return KindAck }

// Check wants an owner, a reason and an end.
func (b *Ack) Check() error {
	if b.Until.IsZero() {
		return saying.Errorf("it has no end")
	}
	return errors.Join(alarmed(b.Alarm), required("the owner", b.Owner), required("the reason", b.Reason), short("the owner before", b.Instead))
}

// Shelve says that an alarm is not to ring until then. It is not possible for the highest severity.
type Shelve struct {
	Alarm  string    `json:"alarm"`
	Reason Text      `json:"reason"`
	Until  time.Time `json:"until"`
}

// Kind is "shelve".
func (*Shelve) Kind() Kind { return KindShelve }

// Check wants a reason and an end.
func (b *Shelve) Check() error {
	if b.Until.IsZero() {
		return saying.Errorf("it has no end")
	}
	return errors.Join(alarmed(b.Alarm), required("the reason", b.Reason))
}

// Unshelve says that an alarm may ring again.
type Unshelve struct {
	Alarm  string `json:"alarm"`
	Reason Text   `json:"reason,omitzero"`
}

// Kind is "unshelve".
func (*Unshelve) Kind() Kind { return KindUnshelve }

// Check wants an alarm.
func (b *Unshelve) Check() error { return errors.Join(alarmed(b.Alarm), short("the reason", b.Reason)) }

// Close ends an alarm that no condition ends, such as a level that was raised.
type Close struct {
	Alarm  string `json:"alarm"`
	Reason Text   `json:"reason"`
}

// Kind is "close".
func (*Close) Kind() Kind { return KindClose }

// Check wants a reason.
func (b *Close) Check() error { return errors.Join(alarmed(b.Alarm), required("the reason", b.Reason)) }

// Told says what became of telling a contact of an alarm. "Delivered" is none of its outcomes.
type Told struct {
	Alarm   string  `json:"alarm"`
	Contact string  `json:"contact"`          // its function in the country's profile
	Channel string  `json:"channel,omitzero"` // such as phone, VHF; never the number
	Outcome Outcome `json:"outcome"`
	Words   Text    `json:"words,omitzero"`
}

// Kind is "told".
func (*Told) Kind() Kind { return KindTold }

// Check wants a contact and an outcome.
func (b *Told) Check() error {
	switch {
	case b.Contact == "" || len(b.Contact) > MaxShort:
		return saying.Errorf("it names no contact")
	case !b.Outcome.Valid():
		return saying.Errorf("%q is no outcome", b.Outcome)
	}
	return errors.Join(alarmed(b.Alarm), short("the text", b.Words))
}

// Reopen says that everybody who was told of an alarm must be told again: what they were told was refuted, or changed.
type Reopen struct {
	Alarm  string `json:"alarm"`
	Reason Text   `json:"reason"`
}

// Kind is "reopen".
func (*Reopen) Kind() Kind { return KindReopen }

// Check wants a reason.
func (b *Reopen) Check() error {
	return errors.Join(alarmed(b.Alarm), required("the reason", b.Reason))
}

// Flash is a flash report: what is known so far, and when the next one is due.
type Flash struct {
	Alarm        string    `json:"alarm,omitzero"`
	Incident     Name      `json:"incident,omitzero"`
	Country      string    `json:"country,omitzero"` // alpha-3
	Number       int       `json:"number"`           // from 1, of its alarm or incident
	Confirmed    Text      `json:"confirmed"`
	NotConfirmed Text      `json:"not_confirmed"`
	NotKnown     Text      `json:"not_known"`
	Action       Text      `json:"action"`
	Next         time.Time `json:"next,omitzero"` // when the next is due; zero for the last
}

// Kind is "flash".
func (*Flash) Kind() Kind { return KindFlash }

// Check wants that it says anything.
func (b *Flash) Check() error {
	if b.Number < 1 {
		return saying.Errorf("numbers begin at 1")
	}
	if b.Confirmed.IsZero() && b.NotConfirmed.IsZero() && b.NotKnown.IsZero() && b.Action.IsZero() {
		return saying.Errorf("it says nothing")
	}
	return errors.Join(limited("what is confirmed", b.Confirmed, MaxText), limited("what is not confirmed", b.NotConfirmed, MaxText),
		limited("what is not known", b.NotKnown, MaxText), limited("the action", b.Action, MaxText))
}

// Watch says who has the watch.
type Watch struct {
	Act    WatchAct `json:"act"`
	Holder Text     `json:"holder,omitzero"` // call sign or function
	Reason Text     `json:"reason,omitzero"`
}

// Kind is "watch".
func (*Watch) Kind() Kind { return KindWatch }

// Check wants a holder where the watch is taken, and a reason where it is taken over.
func (b *Watch) Check() error {
	switch b.Act {
	case WatchTaken:
		return required("the call sign", b.Holder)
	case WatchTakenOver:
		return errors.Join(required("the call sign", b.Holder), required("the reason", b.Reason))
	case WatchLeft, WatchAwake:
		return errors.Join(short("the call sign", b.Holder), short("the reason", b.Reason))
	}
	return saying.Errorf("%q is nothing that is done with a watch", b.Act)
}

// Repair says what opening the log put aside: the trace of a crash.
type Repair struct {
	Words Text `json:"words"`
}

// Kind is "repair".
func (*Repair) Kind() Kind { return KindRepair }

// Check wants words.
func (b *Repair) Check() error { return required("the text", b.Words) }

func alarmed(id string) error {
	if id == "" || len(id) > MaxID {
		return saying.Errorf("it names no alarm")
	}
	return nil
}
