package order

import (
	"slices"
	"strings"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/saying"
)

// The watch has a word for each thing that is done with it: "watch" itself is what looks on without hands.

// take takes the watch.
func (l *line) take() (action.Command, error) {
	sign, err := l.onlySign("take")
	if err != nil {
		return nil, err
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
	sign, quoted, err := l.callsign()
	switch {
	case err != nil:
		return nil, err
	case sign.IsZero():
		return nil, mistake(saying.Errorf("the call sign is missing"))
	}
	if n := l.peek(); !quoted && strings.Trim(n, "0123456789") == "" && n != "" {
		l.word()
		return nil, mistake(saying.Errorf(`is %s a part of the call sign? Write takeover "%s %s" REASON, or takeover "%s" %s …`, n, sign.Line(), n, sign.Line(), n))
	}
	why, err := l.reason()
	if err != nil {
		return nil, err
	}
	return action.Record{Body: &duty.Watch{Act: duty.WatchTakenOver, Holder: sign, Reason: why}}, nil
}

// callsign takes a call sign: the next word, or several in double quotes, which quoted says. Without any it is empty.
func (l *line) callsign() (sign duty.Text, quoted bool, err error) {
	if !strings.HasPrefix(l.peek(), `"`) {
		return duty.Words(l.word()), false, nil
	}
	l.word()
	inside, after, closed := strings.Cut(l.text[l.last+1:], `"`)
	l.pos = len(l.text) - len(after)
	switch sign = duty.Words(strings.TrimSpace(inside)); {
	case !closed:
		return sign, true, mistake(saying.Errorf(`the call sign has no " behind it`))
	case after != "" && !strings.HasPrefix(after, " "):
		return sign, true, mistake(saying.Errorf(`the " behind the call sign is followed by a blank`))
	case sign.IsZero():
		return sign, true, mistake(saying.Errorf("the call sign is missing"))
	}
	return sign, true, nil
}

// onlySign takes the call sign behind an order of which it is the last word, else it is that of who acts. A further word may be a part of
// it, and is not left out in silence.
func (l *line) onlySign(order string) (duty.Text, error) {
	sign, _, err := l.callsign()
	if err != nil {
		return sign, err
	}
	if more := l.peek(); more != "" {
		whole := sign.Line().String() + " " + l.rest().Line().String()
		return sign, mistake(saying.Errorf(`is the call sign %s? One of several words is written in quotes: %s "%s"`, whole, order, whole))
	}
	if sign.IsZero() {
		sign = duty.Words(l.who.Name.String())
	}
	if sign.IsZero() {
		return sign, mistake(saying.Errorf("the call sign is missing"))
	}
	return sign, nil
}

// Line is the line that an order and the arguments of a shell make. A call sign of several words is one argument, and stays one.
func (o Order) Line(args []string) string {
	args = slices.Clone(args)
	if len(args) > 0 && slices.Contains(signsFirst[:], o.Word) && (args[0] == "" || strings.ContainsAny(args[0], " \t")) && !strings.Contains(args[0], `"`) {
		args[0] = `"` + args[0] + `"`
	}
	return o.Word + " " + strings.Join(args, " ")
}

// signsFirst are the orders of which the first word is a call sign.
var signsFirst = [...]string{"take", "takeover", "sign"}

// onWatch is who has the watch; empty if nobody has.
func (l *line) onWatch() duty.Text {
	w, _ := l.view.Duty().Watch()
	return duty.Words(w.Holder.String())
}
