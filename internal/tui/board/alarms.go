package board

import (
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/tui/screen"
)

// alarmCells is how wide the first column of NEEDS YOU becomes at most where alarms stand in it: "A17 CRIT ENDED UNSEEN".
const alarmCells = 21

// alarmNeeds are the open alarms that are not shelved: those that nobody has first.
func alarmNeeds(f screen.Frame) []need {
	var list []need
	for _, a := range f.View.Duty().Alarms(f.Now) {
		n := need{
			key: "alarm " + a.ID, rank: rankAlarm, urgent: true, role: figure.SeverityOf(a.Severity), alarm: a,
			word: a.Called() + " " + figure.SeverityWord(a.Severity) + " " + figure.AlarmStanding(a, f.Now),
			text: figure.ToldBefore(f.View, a, f.Now) + figure.AlarmLine(f.View, a, f.Now),
			ask:  screen.Ask{Go: screen.ToAlarm, Subject: screen.Subject{Alarm: a.ID}},
		}
		n.age, _ = figure.Age(a.Came, f.Now, 0)
		switch a.State(f.Now) {
		case duty.Shelved:
			continue
		case duty.Owned:
			n.rank, n.urgent = rankOwned, false
		}
		list = append(list, n)
	}
	return list
}

// told reports whether an alarm that is listed says the same as a line would.
func told(list []need, same func(*duty.Raise) bool) bool {
	for i := range list {
		if a := list[i].alarm; a != nil && same(a.Raise) {
			return true
		}
	}
	return false
}

// alarm is the alarm that a key of the board is about: the selected one, else the first that nobody has.
func (b *Board) alarm() *duty.Alarm {
	if i := b.needCursor.Selected; b.focus == needsPane && i < len(b.needs) && b.needs[i].alarm != nil {
		return b.needs[i].alarm
	}
	for i := range b.needs {
		if b.needs[i].alarm != nil {
			return b.needs[i].alarm
		}
	}
	return nil
}
