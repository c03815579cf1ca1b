package board

import (
	"slices"

	"vigil/internal/alarm"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/tui/alarms"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
)

// alarmCells is how wide the first column of NEEDS YOU becomes at most where alarms stand in it: "A17 CRIT ENDED UNSEEN".
const alarmCells = 21

// alarmNeeds are the open alarms that are not shelved: those that nobody has first, in a flood in groups.
func alarmNeeds(f screen.Frame) []need {
	var list []need
	flood, grouped := figure.Flood(f.View, f.Now)
	for i := range flood.Groups {
		if g := &flood.Groups[i]; len(g.Alarms) == 1 {
			list = append(list, alarmNeed(f, g.Alarms[0]))
		} else {
			list = append(list, groupNeed(f, g))
		}
	}
	for _, a := range f.View.Duty().Alarms(f.Now) {
		if a.State(f.Now) != duty.Shelved && (!grouped || !a.Rings(f.Now)) {
			list = append(list, alarmNeed(f, a))
		}
	}
	return list
}

func alarmNeed(f screen.Frame, a *duty.Alarm) need {
	n := need{
		key: "alarm " + a.ID, rank: rankAlarm, urgent: true, role: figure.SeverityOf(a.Severity), alarms: []*duty.Alarm{a},
		word: a.Called() + " " + figure.SeverityWord(a.Severity) + " " + figure.AlarmStanding(a, f.Now),
		text: figure.ToldBefore(f.View, a, f.Now) + figure.AlarmLine(f.View, a, f.Now),
		ask:  screen.Ask{Go: screen.ToAlarm, Subject: screen.Subject{Alarm: a.ID}},
	}
	n.age, _ = figure.Age(a.Came, f.Now, 0)
	if !a.Rings(f.Now) {
		n.rank, n.urgent = rankOwned, false
	}
	return n
}

// mostCalled is how many alarms of a group are named in its line.
const mostCalled = 12

func groupNeed(f screen.Frame, g *alarm.Group) need {
	n := need{
		key: g.Key(), rank: rankAlarm, urgent: true, role: figure.SeverityOf(g.Severity), group: g, alarms: g.Alarms,
		word: figure.GroupMany(figure.MarksFor(f.Palette.ASCII), g) + " " + figure.GroupStanding(g, f.Now),
		text: figure.GroupWhat(g) + ": " + figure.GroupCalled(g, mostCalled),
		ask:  screen.Ask{Go: screen.ToAlarms, Subject: screen.Subject{Alarm: g.Alarms[0].ID}},
	}
	n.age, _ = figure.Age(g.Alarms[0].Came, f.Now, 0)
	return n
}

// told reports whether an alarm that is listed says the same as a line would.
func told(list []need, same func(*duty.Raise) bool) bool {
	return slices.ContainsFunc(list, func(n need) bool {
		return slices.ContainsFunc(n.alarms, func(a *duty.Alarm) bool { return same(a.Raise) })
	})
}

// alarmed is the need that a key about an alarm is about: the selected alarm or group, else the first.
func (b *Board) alarmed() need {
	if i := b.needCursor.Selected; b.focus == needsPane && i < len(b.needs) && len(b.needs[i].alarms) > 0 {
		return b.needs[i]
	}
	for i := range b.needs {
		if len(b.needs[i].alarms) > 0 {
			return b.needs[i]
		}
	}
	return need{}
}

// alarm is the alarm that a key of the board is about; nil where that is a group, or where there is none.
func (b *Board) alarm() *duty.Alarm {
	if n := b.alarmed(); n.group == nil && len(n.alarms) > 0 {
		return n.alarms[0]
	}
	return nil
}

// cannotAlarm says why a key about an alarm cannot be used.
func (b *Board) cannotAlarm(id keys.ID, f screen.Frame) string {
	switch n := b.alarmed(); {
	case n.group != nil && b.focus == needsPane:
		return figure.GroupCannot(n.group)
	case n.group != nil:
		return "the first are a group of " + figure.Plural(len(n.alarms), "alarm") + ": 5 lists them"
	case len(n.alarms) == 0:
		return "no alarm is open"
	}
	why, _ := alarms.Cannot(id, b.alarm(), f.Now)
	return why
}

// keepNeed finds the selected line again: where a group took the place of its alarm, or the other way, the one that has the alarm.
func (b *Board) keepNeed() {
	at := slices.IndexFunc(b.needs, func(n need) bool { return n.key == b.need })
	if at < 0 && b.needAlarm != "" {
		at = slices.IndexFunc(b.needs, func(n need) bool { return n.has(b.needAlarm) })
	}
	if at >= 0 {
		b.needCursor.Selected = at
	}
	b.needCursor.Clamp(len(b.needs), 1<<20)
}

// noteNeed remembers the selected line, and the alarm that it is about.
func (b *Board) noteNeed() {
	i := b.needCursor.Selected
	if i >= len(b.needs) {
		return
	}
	n := &b.needs[i]
	b.need = n.key
	switch {
	case len(n.alarms) == 0:
		b.needAlarm = ""
	case !n.has(b.needAlarm):
		b.needAlarm = n.alarms[0].ID
	}
}

func (n *need) has(alarm string) bool {
	return slices.ContainsFunc(n.alarms, func(a *duty.Alarm) bool { return a.ID == alarm })
}
