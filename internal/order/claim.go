package order

import (
	"time"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/saying"
)

// usualClaim is for how long somebody sees to something where nobody says.
const usualClaim = time.Hour

// subject takes what a claim is about: an alarm, or an incident.
func (l *line) subject() (*duty.Claim, error) {
	word := l.peek()
	if word == "" {
		l.word()
		return nil, mistake(saying.Errorf("which alarm or incident?"))
	}
	if a, ok := l.view.Duty().Find(word); ok {
		l.word()
		return &duty.Claim{Alarm: a.ID, Holder: l.holder()}, nil
	}
	id, err := l.incident()
	if err != nil {
		return nil, err
	}
	return &duty.Claim{Incident: duty.NameOf(id), Holder: l.holder()}, nil
}

// claim says that somebody sees to something, and in whose place.
func (l *line) claim() (action.Command, error) {
	c, err := l.subject()
	if err != nil {
		return nil, err
	}
	if c.Until, err = l.until(usualClaim); err != nil {
		return nil, err
	}
	if word := l.word(); word != "" {
		return nil, mistake(saying.Errorf("for how long? write for 1h, or until 15:10Z"))
	}
	c.Instead = l.view.Duty().Before(c, l.now)
	return action.Record{Body: c}, nil
}

// unclaim says that nobody does any more.
func (l *line) unclaim() (action.Command, error) {
	c, err := l.subject()
	if err != nil {
		return nil, err
	}
	c.Released = true
	if word := l.word(); word != "" {
		return nil, mistake(saying.Errorf("nothing more is needed"))
	}
	c.Instead = l.view.Duty().Before(c, l.now)
	return action.Record{Body: c}, nil
}
