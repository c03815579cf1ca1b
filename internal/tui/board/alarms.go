package board

import (
	"cmp"
	"slices"

	"vigil/internal/alarm"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/theme"
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
	for _, sheet := range f.View.Untold(f.Now) {
		if !sheet.Alarm.Open() {
			list = append(list, againNeed(f, sheet.Alarm))
		}
	}
	return list
}

// placeOf orders the alarms of one rank: by severity, and within it those that nobody has before the others.
func placeOf(s duty.Severity, rings bool) int {
	place := 2 * s.Rank()
	if !rings {
		place++
	}
	return place
}

// againNeed is an alarm that is closed, of which not everybody who was told has been told again. It counts as high.
func againNeed(f screen.Frame, a *duty.Alarm) need {
	n := need{
		key: "alarm " + a.ID, rank: rankAlarm, order: placeOf(duty.High, false), urgent: true, role: theme.Warning, alarms: []*duty.Alarm{a},
		word: f.Say(figure.TellAgain) + " " + a.Called(), text: f.TellAgainRefuted(f.View, a) + f.ToldBefore(f.View, a, f.Now) + f.AlarmText(f.View, a),
		ask: screen.Ask{Go: screen.ToTold, Subject: screen.Subject{Alarm: a.ID}},
	}
	n.age, _ = f.Age(a.Reopened, f.Now, 0)
	return n
}

// untold are the alarms of which somebody who must know has not been told, the gravest first; what is shelved is left alone.
func untold(f screen.Frame) []*duty.Alarm {
	var list []*duty.Alarm
	for _, sheet := range f.View.Untold(f.Now) {
		if sheet.Alarm.State(f.Now) != duty.Shelved {
			list = append(list, sheet.Alarm)
		}
	}
	place := func(a *duty.Alarm) int {
		if !a.Open() {
			return placeOf(duty.High, false)
		}
		return placeOf(a.Severity, a.Rings(f.Now))
	}
	slices.SortStableFunc(list, func(x, y *duty.Alarm) int { return cmp.Compare(place(x), place(y)) })
	return list
}

func alarmNeed(f screen.Frame, a *duty.Alarm) need {
	n := need{
		key: "alarm " + a.ID, rank: rankAlarm, urgent: true, role: figure.SeverityOf(a.Severity), alarms: []*duty.Alarm{a},
		word: a.Called() + " " + f.SeverityWord(a.Severity) + " " + f.AlarmStanding(a, f.Now),
		said: a.Called() + " " + f.SeverityWord(a.Severity) + wide + f.AlarmHeld(a, f.Now),
		text: f.ToldBefore(f.View, a, f.Now) + f.AlarmLine(f.View, a, f.Now),
		ask:  screen.Ask{Go: screen.ToAlarm, Subject: screen.Subject{Alarm: a.ID}},
	}
	if _, promised := f.View.Promised(a); promised {
		n.ask = screen.Ask{Go: screen.ToFlash, Subject: alarms.Flashed(f.View, a)}
	}
	n.age, _ = f.Age(a.Came, f.Now, 0)
	rings := a.Rings(f.Now)
	n.order = placeOf(a.Severity, rings)
	if !rings {
		n.urgent = false
		if !a.Severity.Above(duty.Medium) || f.View.Sheet(a, f.Now).Done() {
			n.rank = rankOwned
		}
	}
	return n
}

// mostCalled is how many alarms of a group are named in its line.
const mostCalled = 12

func groupNeed(f screen.Frame, g *alarm.Group) need {
	n := need{
		key: g.Key(), rank: rankAlarm, order: placeOf(g.Severity, true), urgent: true, role: figure.SeverityOf(g.Severity), group: g, alarms: g.Alarms,
		word: f.GroupMany(g) + " " + f.GroupStanding(g, f.Now),
		text: f.Sayf("%s: %s", f.GroupWhat(g), f.GroupCalled(g, mostCalled)),
		ask:  screen.Ask{Go: screen.ToAlarms, Subject: screen.Subject{Alarm: g.Alarms[0].ID}},
	}
	n.age, _ = f.Age(g.Alarms[0].Came, f.Now, 0)
	return n
}

// told reports whether an alarm that is listed says the same as a line would.
func told(list []need, same func(*duty.Raise) bool) bool {
	return slices.ContainsFunc(list, func(n need) bool {
		return slices.ContainsFunc(n.alarms, func(a *duty.Alarm) bool { return a.Open() && same(a.Raise) })
	})
}

// alarmed is the need that a key about an alarm is about: the selected alarm or group; else, where the key is to tell people, the gravest
// alarm of which not everybody was told; else the first that nobody has, else the first.
func (b *Board) alarmed(id keys.ID) need {
	if n, ok := b.selectedAlarm(); ok {
		return n
	}
	if id == keys.ShowTold && len(b.untold) > 0 {
		return need{alarms: b.untold[:1]}
	}
	var first need
	for i := range b.needs {
		switch n := &b.needs[i]; {
		case len(n.alarms) == 0 || !n.alarms[0].Open():
		case n.urgent:
			return *n
		case len(first.alarms) == 0:
			first = *n
		}
	}
	return first
}

// selectedAlarm is the line that the cursor is on, if it is of an alarm or a group.
func (b *Board) selectedAlarm() (need, bool) {
	if i := b.needCursor.Selected; b.focus == needsPane && i < len(b.needs) && len(b.needs[i].alarms) > 0 {
		return b.needs[i], true
	}
	return need{}, false
}

// alarm is the alarm that a key of the board is about; nil where that is a group, or where there is none.
func (b *Board) alarm(id keys.ID) *duty.Alarm {
	if n := b.alarmed(id); n.group == nil && len(n.alarms) > 0 {
		return n.alarms[0]
	}
	return nil
}

// cannotAlarm says why a key about an alarm cannot be used.
func (b *Board) cannotAlarm(id keys.ID, f screen.Frame) string {
	switch n := b.alarmed(id); {
	case n.group != nil && b.focus == needsPane:
		return f.GroupCannot(n.group)
	case n.group != nil:
		return f.Sayf("the first are a group of %s: 5 lists them", f.Plural(len(n.alarms), "alarm"))
	case len(n.alarms) == 0:
		return f.Say("no alarm is open")
	}
	why, _ := alarms.Cannot(id, b.alarm(id), f)
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
