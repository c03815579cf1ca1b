package exercise

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Pace is the time between two steps at speed 1.
const Pace = 6 * time.Second

// Play goes on with the scenario, one step for each value of tick, until ctx ends or a step fails. The
// value is the time of the step.
func (s *Scenario) Play(ctx context.Context, tick <-chan time.Time) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case now := <-tick:
			if err := s.Step(now.UTC()); err != nil {
				return fmt.Errorf("exercise, step %d: %w", s.step, err)
			}
		}
	}
}

// Step plays one step at now. Every step is a heartbeat or a report; some change a level, a
// headcount, rotate the radio log, or bring an update or a cancel, a second source's word or a news item.
func (s *Scenario) Step(now time.Time) error {
	s.step++
	switch {
	case s.step%17 == 0:
		return s.changeLevel(now)
	case s.step%13 == 0:
		return s.rotate(now)
	case s.step%11 == 0:
		return s.moveStaff(now)
	case s.step%7 == 0:
		return s.follow(now)
	case s.step%9 == 0:
		return s.echo(now)
	case s.step%10 == 0:
		return s.publish(now)
	case s.step%19 == 0 && s.step < 40: // then the source falls silent
		return s.happen(hazards, "hazards", now.Add(-time.Hour), now)
	case s.step%3 == 0:
		return s.happen(happenings, "radio", now.Add(-time.Duration(s.random.IntN(20))*time.Minute), now)
	case s.step%2 == 0:
		return s.add("feeds/partners.jsonl", heartbeat("partners", now))
	default:
		return s.add("feeds/radio.jsonl", heartbeat("radio", now))
	}
}

func (s *Scenario) happen(list []happening, source string, occurred, now time.Time) error {
	r := s.draw(list, s.anywhere(), occurred, now, source)
	s.open = append(s.open, r)
	return s.file(r)
}

// follow brings more about a report: it is confirmed, worse than thought, or was nothing.
func (s *Scenario) follow(now time.Time) error {
	if len(s.open) == 0 {
		return s.happen(happenings, "radio", now, now)
	}
	k := s.random.IntN(len(s.open))
	r := s.open[k]
	r.incident.Version++
	r.incident.Type, r.incident.Reported = incident.Update, now.Truncate(time.Second)
	switch s.random.IntN(5) {
	case 0:
		r.incident.Type = incident.Cancel
		r.incident.Title = safetext.Clean(r.incident.Title.String() + " (cancelled)")
		s.open = append(s.open[:k], s.open[k+1:]...)
		return s.file(r)
	case 1:
		r.incident.Severity = incident.Known(min(r.incident.Severity.Value+1, incident.Critical))
	default:
		r.incident.Verification = incident.Known(incident.Confirmed)
		r.incident.Grade = safetext.Const("A1")
	}
	s.open[k] = r
	return s.file(r)
}

// changeLevel moves the level of one area up or down, and replaces the file of its country.
func (s *Scenario) changeLevel(now time.Time) error {
	a := s.anywhere()
	up := s.levels[a.name] + 1
	if s.levels[a.name] >= 5 || s.random.IntN(3) == 0 {
		up = s.levels[a.name] - 1
	}
	s.levels[a.name], s.since[a.name] = max(1, up), now
	return s.writeLevels(now)
}

// moveStaff changes a headcount.
func (s *Scenario) moveStaff(now time.Time) error {
	p := posts[s.random.IntN(len(posts))]
	s.staff[p.key()] = max(1, s.staff[p.key()]+s.random.IntN(7)-3)
	return s.writeHeadcount(now)
}

// rotate renames the radio log away and begins a new one, as log rotation does.
func (s *Scenario) rotate(now time.Time) error {
	log := filepath.Join(s.dir, "feeds", "radio.jsonl")
	if err := os.Rename(log, filepath.Join(s.dir, "radio-"+now.Format("20060102T150405")+".jsonl.old")); err != nil {
		return err
	}
	return s.add("feeds/radio.jsonl", heartbeat("radio", now))
}
