package order

import (
	"errors"

	"vigil/internal/action"
	"vigil/internal/duty"
)

// The watch has a word for each thing that is done with it: "watch" itself is what looks on without hands.

// take takes the watch.
func (l *line) take() (action.Command, error) {
	sign := l.callsign()
	if sign.IsZero() {
		return nil, errors.New("the call sign is missing")
	}
	return action.Record{Body: &duty.Watch{Act: duty.WatchTaken, Holder: sign}}, nil
}

// leave leaves the watch to nobody.
func (l *line) leave() (action.Command, error) {
	return action.Record{Body: &duty.Watch{Act: duty.WatchLeft, Holder: l.onWatch(), Reason: l.rest()}}, nil
}

// awake says that whoever has the watch is.
func (l *line) awake() (action.Command, error) {
	return action.Record{Body: &duty.Watch{Act: duty.WatchAwake, Holder: l.onWatch()}}, nil
}

// takeover takes the watch without the outgoing.
func (l *line) takeover() (action.Command, error) {
	sign := duty.Words(l.word())
	if sign.IsZero() {
		return nil, errors.New("the call sign is missing")
	}
	why, err := l.reason()
	if err != nil {
		return nil, err
	}
	return action.Record{Body: &duty.Watch{Act: duty.WatchTakenOver, Holder: sign, Reason: why}}, nil
}

// callsign takes the next word, else it is that of who acts.
func (l *line) callsign() duty.Text {
	if word := l.word(); word != "" {
		return duty.Words(word)
	}
	return duty.Words(l.who.Name.String())
}

// onWatch is who has the watch; empty if nobody has.
func (l *line) onWatch() duty.Text {
	w, _ := l.view.Duty().Watch()
	return duty.Words(w.Holder.String())
}
