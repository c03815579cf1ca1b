package order

import (
	"strings"
	"time"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// usualAck is for how long an alarm is owned where nobody says.
const usualAck = 30 * time.Minute

// orders are the words. A further word is one row.
func orders() []Order {
	return []Order{
		{"ack", "ack A17 [for 30m] REASON", lang.Msg("own an alarm for a time"), (*line).ack, (*line).namesAlarm},
		{"shelve", "shelve A17 for 2h REASON", lang.Msg("keep an alarm from ringing for at most 8 h; not the highest severity"), (*line).shelve, (*line).namesAlarm},
		{"unshelve", "unshelve A17 [REASON]", lang.Msg("let an alarm ring again"), (*line).unshelve, (*line).namesAlarm},
		{"close", "close A17 REASON", lang.Msg("close an alarm whose cause is over, or that nothing ends"), (*line).close, (*line).namesAlarm},
		{"told", "told A17 FUNCTION [CHANNEL] answered [WORDS]", lang.Msg("write what became of telling somebody of an alarm: tried, no-answer, refused, answered, read-back"), (*line).told, (*line).followsTold},
		{"take", "take CALLSIGN", lang.Msg("take the watch"), (*line).take, nil},
		{"leave", "leave [REASON]", lang.Msg("leave the watch to nobody"), (*line).leave, nil},
		{"awake", "awake", lang.Msg("say that whoever has the watch is awake"), (*line).awake, nil},
		{"takeover", "takeover CALLSIGN REASON", lang.Msg("take the watch without the outgoing: the reason is logged, and the lead is to be told"), (*line).takeover, nil},
		{"claim", "claim A17|ID [for 1h]", lang.Msg("say that you see to an alarm or an incident; it expires, and stands in nobody's way"), (*line).claim, (*line).namesAlarm},
		{"unclaim", "unclaim A17|ID", lang.Msg("say that you do not see to it any more"), (*line).unclaim, (*line).namesAlarm},
		{"offer", "offer [NOTES]", lang.Msg("sign what is open and hand the watch over"), (*line).offer, nil},
		{"accept", "accept 3 [5 7-9]", lang.Msg("of a handover: have these items from now on"), (*line).accept, (*line).waiting},
		{"decline", "decline 3 [5 7-9] REASON", lang.Msg("of a handover: leave these items with the outgoing"), (*line).decline, (*line).waiting},
		{"signoff", "signoff 3 [REASON]", lang.Msg("of a handover: be done with an item that was declined"), (*line).signoff, (*line).stays},
		{"sign", "sign [CALLSIGN]", lang.Msg("of a handover: take the watch, with all that was accepted"), (*line).sign, nil},
		{"note", "note TEXT", lang.Msg("write a note into the duty log"), (*line).note, nil},
		{"verify", "verify ID unconfirmed|probable|confirmed [REASON]", lang.Msg("move how far an incident is established"), (*line).verify, (*line).degree},
		{"refute", "refute ID false-alarm|hoax|duplicate|drill [REASON]", lang.Msg("say that an incident did not happen as reported"), (*line).refute, (*line).refutation},
		{"merge", "merge ID ID...", lang.Msg("say that incidents tell of one event"), (*line).merge, nil},
		{"unmerge", "unmerge ID ID...", lang.Msg("say that the first incident tells of another event than the others"), (*line).unmerge, nil},
	}
}

func (l *line) ack() (action.Command, error) {
	a, err := l.alarm()
	if err != nil {
		return nil, err
	}
	until, err := l.until(usualAck)
	if err != nil {
		return nil, err
	}
	why, err := l.reason()
	if err != nil {
		return nil, err
	}
	b := &duty.Ack{Alarm: a.ID, Owner: l.holder(), Reason: why, Until: until}
	if k, owned := a.Ack(l.now); owned && !duty.SameSign(k.Owner.String(), b.Owner.Line().String()) {
		b.Instead, b.Had = duty.Words(k.Owner.String()), k.Until
	}
	return action.Record{Body: b}, nil
}

func (l *line) shelve() (action.Command, error) {
	a, err := l.alarm()
	if err != nil {
		return nil, err
	}
	if w := strings.ToLower(l.peek()); w != "for" && w != "until" {
		l.word()
		return nil, mistake(saying.Errorf("until when is missing"))
	}
	until, err := l.until(0)
	if err != nil {
		return nil, err
	}
	if why := a.MayShelve(l.now, until); why != nil {
		return nil, why
	}
	why, err := l.reason()
	if err != nil {
		return nil, err
	}
	return action.Record{Body: &duty.Shelve{Alarm: a.ID, Reason: why, Until: until}}, nil
}

func (l *line) unshelve() (action.Command, error) {
	a, err := l.alarm()
	if err != nil {
		return nil, err
	}
	return action.Record{Body: &duty.Unshelve{Alarm: a.ID, Reason: l.rest()}}, nil
}

func (l *line) close() (action.Command, error) {
	a, err := l.alarm()
	if err != nil {
		return nil, err
	}
	why, err := l.reason()
	if err != nil {
		return nil, err
	}
	return action.Record{Body: &duty.Close{Alarm: a.ID, Reason: why}}, nil
}

func (l *line) note() (action.Command, error) {
	t := l.rest()
	if t.IsZero() {
		return nil, mistake(saying.Errorf("the text is missing"))
	}
	return action.Record{Body: &duty.Note{Text: t}}, nil
}

func (l *line) merge() (action.Command, error) {
	ids, err := l.incidents()
	if err != nil {
		return nil, err
	}
	return action.Merge(ids, safetext.Text{}), nil
}

func (l *line) unmerge() (action.Command, error) {
	ids, err := l.incidents()
	if err != nil {
		return nil, err
	}
	return action.Unmerge(ids, safetext.Text{}), nil
}

// incidents takes two names of incidents or more.
func (l *line) incidents() (ids []incident.Identity, err error) {
	if l.view.Ahead() {
		return nil, saying.Errorf("the desk is not read to its end yet: what others tell of it is not known")
	}
	for l.peek() != "" || len(ids) < 2 {
		id, err := l.incident()
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// namesAlarm lists the open alarms as the second word.
func (l *line) namesAlarm(n int) []string {
	if n != 1 {
		return nil
	}
	var names []string
	for _, a := range l.view.Duty().Alarms(l.now) {
		names = append(names, a.Called())
	}
	return names
}
