package board

import (
	"vigil/internal/duty"
	"vigil/internal/tui/alarms"
	"vigil/internal/tui/plan"
	"vigil/internal/tui/screen"
)

// flashed is what a flash report would be about: what is selected in the pane that has the keys, else the gravest open alarm whose next
// report is overdue, else the gravest open one. Nothing is selected in the countries until somebody goes to one.
func (b *Board) flashed(f screen.Frame) screen.Subject {
	n, of := b.selectedAlarm()
	switch {
	case of && n.group != nil:
		return screen.Subject{}
	case of:
		return alarms.Flashed(f.View, n.alarms[0])
	case b.focus == eventsPane && !b.empty():
		return screen.Subject{Incident: b.events.selected()}
	case b.focus == countriesPane && b.chose && !b.empty():
		return screen.Subject{Country: b.country}
	case b.focus == duePane && !b.empty():
		if s := b.flashedDue(f); (s != screen.Subject{}) {
			return s
		}
	}
	if a := gravest(f); a != nil {
		return alarms.Flashed(f.View, a)
	}
	if b.focus == countriesPane && !b.empty() {
		return screen.Subject{Country: b.country}
	}
	return screen.Subject{}
}

// flashedDue is what the selected thing that is due is about.
func (b *Board) flashedDue(f screen.Frame) screen.Subject {
	ask := plan.Opens(b.selectedDue())
	if a, ok := f.View.Duty().Alarm(ask.Subject.Alarm); ok && ask.Go == screen.ToAlarm {
		return alarms.Flashed(f.View, a)
	}
	if ask.Go == screen.Stay {
		return screen.Subject{}
	}
	return screen.Subject{Alarm: ask.Subject.Alarm, Incident: ask.Subject.Incident, Country: ask.Subject.Country}
}

// gravest is the open alarm that a flash report is given on first; nil where none is open.
func gravest(f screen.Frame) *duty.Alarm {
	var worst *duty.Alarm
	for _, flash := range f.View.Duty().FlashesDue() {
		if a, ok := f.View.Duty().Alarm(flash.Alarm); ok && a.Open() && !flash.Next.After(f.Now) && (worst == nil || a.Severity.Above(worst.Severity)) {
			worst = a
		}
	}
	if worst != nil {
		return worst
	}
	for _, a := range f.View.Duty().Alarms(f.Now) {
		if worst == nil || a.Severity.Above(worst.Severity) {
			worst = a
		}
	}
	return worst
}
