package tui

import (
	"vigil/internal/tui/alarms"
	"vigil/internal/tui/board"
	"vigil/internal/tui/country"
	"vigil/internal/tui/dutylog"
	"vigil/internal/tui/events"
	"vigil/internal/tui/flash"
	"vigil/internal/tui/handover"
	"vigil/internal/tui/help"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/plan"
	"vigil/internal/tui/report"
	"vigil/internal/tui/ring"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/sources"
	"vigil/internal/tui/told"
	"vigil/internal/tui/watch"
	"vigil/internal/tui/why"
	"vigil/internal/tui/worldmap"
	"vigil/internal/wall"
)

// This file is where screens are plugged in: one case for each, and nothing else of the root knows
// which there are.

// newBoard is the screen at the bottom of the stack.
func newBoard() screen.Screen { return board.New() }

// public reports whether whoever passes may read the screen, whatever is opened on it.
func (o *Options) public() bool { return o.Wall != nil && o.Wall.Privacy == wall.Public }

// public reports whether whoever passes may read what is shown now.
func (m *Model) public() bool {
	s, ok := m.top().screen.(screen.Public)
	return m.o.public() || ok && s.Public()
}

// ways are those by which an alarm rings now. In public it is the bell alone: a notification has the words of the alarm.
func (m *Model) ways() ring.Ways {
	w := m.o.Alert.On(m.o.Caps)
	if w != 0 && m.public() {
		return ring.Bell
	}
	return w
}

// first is the screen at the bottom of the stack: the board, or a wall.
func (o *Options) first() screen.Screen {
	if o.Wall != nil {
		return watch.New(*o.Wall)
	}
	return newBoard()
}

// make opens the screen that an ask wants; nil for one that does not exist.
func (m *Model) make(a screen.Ask) screen.Screen {
	switch a.Go {
	case screen.ToBoard:
		return newBoard()
	case screen.ToCountry:
		return country.New(a.Subject.Country)
	case screen.ToEvents:
		return events.New(a.Subject.Filter)
	case screen.ToEvent:
		return events.NewDetail(a.Subject.Incident)
	case screen.ToSources:
		return sources.New()
	case screen.ToSource:
		return sources.NewDetail(a.Subject.Source)
	case screen.ToPlan:
		return plan.New(a.Subject.Country)
	case screen.ToWhy:
		return why.New(a.Subject)
	case screen.ToAlarms:
		return alarms.New(a.Subject.Alarm)
	case screen.ToAlarm:
		return alarms.NewDetail(a.Subject.Alarm)
	case screen.ToLog:
		return dutylog.New()
	case screen.ToEntry:
		return dutylog.NewDetail(a.Subject.Entry)
	case screen.ToTold:
		return told.New(a.Subject.Alarm)
	case screen.ToWatch:
		return watch.New(watch.Options{})
	case screen.ToHandover:
		return handover.New()
	case screen.ToMap:
		return worldmap.New(a.Subject.Country)
	case screen.ToFlash:
		return flash.New(a.Subject)
	case screen.ToHelp:
		below := m.top().screen
		return help.New(m.o.Keys, below.Scope(), func(id keys.ID) string {
			if m.view.IsZero() { // what there is of anything nobody knows yet
				return ""
			}
			return below.Cannot(id, m.area())
		})
	case screen.ToReport:
		return report.New(a.Subject.Incident)
	case screen.Stay:
	}
	return nil
}
