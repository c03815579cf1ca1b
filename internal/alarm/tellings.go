package alarm

import (
	"slices"

	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/picture"
)

// What leads an event may tell less of people than another telling of it, or other figures. No source is taken back by another: for
// harm to people the event rings as the worst of its tellings does, until that is refuted or cancelled, its own source says otherwise, or
// somebody at the desk has judged it.

// telling is what rings for one telling of an event.
type telling struct {
	id    picture.ID
	facts picture.Facts
	list  []Condition
}

// others are what rings for the tellings of an event that do not lead it, beside what rings for the one that does.
func (e *Evaluator) others(a *asking, lead *incidentSubject, list []Condition) (out []telling) {
	if lead.facts.Hidden() {
		return nil
	}
	has := slices.Clone(list)
	for _, id := range a.v.Party(lead.id) {
		f, ok := a.v.Facts(id)
		if id == lead.id || !ok {
			continue
		}
		s := &incidentSubject{v: a.v, id: id, facts: f, now: a.now}
		if is, _ := stands(a.v, id, &f); !is || !f.Hidden() && a.answered(lead, s) {
			continue
		}
		t := telling{id: id, facts: f}
		for _, c := range e.conditions(a, s) {
			if f.Hidden() && !rings(has, c.Rule) || e.ofHarm(c.Rule) && !e.outdone(has, &c) {
				t.list = append(t.list, c)
			}
		}
		if len(t.list) > 0 {
			out, has = append(out, t), append(has, t.list...)
		}
	}
	return out
}

func rings(list []Condition, r string) bool {
	return slices.ContainsFunc(list, func(c Condition) bool { return c.Rule == r })
}

// outdone reports whether a rule rings for another telling already, or one that asks of people and is worse.
func (e *Evaluator) outdone(list []Condition, c *Condition) bool {
	return slices.ContainsFunc(list, func(has Condition) bool {
		return has.Rule == c.Rule || e.ofHarm(has.Rule) && has.Severity.Above(c.Severity)
	})
}

// ofHarm reports whether a rule asks what happened to people, and not who was near.
func (e *Evaluator) ofHarm(name string) bool {
	r, known := e.rules.Find(name)
	return known && !r.When.Uses("staff_near") && slices.ContainsFunc(append([]string{"harmed"}, harms...), r.When.Uses)
}

// answered reports whether what a telling says of people is answered by the one that leads: it says none, the lead says all that it says
// and more, is a later record of the same source, or is the desk's own word on it as it stands.
func (a *asking) answered(lead, s *incidentSubject) bool {
	says := s.version().Affected
	if len(says) == 0 || lead.version().Affected.Refines(says) {
		return true
	}
	if lead.facts.Source() == s.facts.Source() && lead.facts.Received().After(s.facts.Received()) {
		return true
	}
	word, _ := a.book.Reported(a.v.Identity(lead.id))
	return judged(word.Of, a.v.Identity(s.id), s.shown())
}

// judged reports whether somebody gave the desk's word on an incident as it stands.
func judged(list []duty.Judged, name incident.Identity, says *incident.Incident) bool {
	return says != nil && slices.ContainsFunc(list, func(j duty.Judged) bool { return j.Identity() == name && j.SameContent(says) })
}

// shown is what its source says, nil where nothing may be said of it.
func (s *incidentSubject) shown() *incident.Incident {
	d, _ := s.v.Detail(s.id)
	return d.Shown.Incident
}
