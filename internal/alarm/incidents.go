package alarm

import (
	"iter"
	"slices"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/saying"
)

// incidents asks the rules of the incidents that have changed, and now and then of all of the last 48 h.
func (e *Evaluator) incidents(v picture.View, book *duty.Book, out *Evaluation) {
	now := v.Valid()
	a := asking{v: v, book: book, now: now, out: out, first: e.first, through: later(e.through, book.Through())}
	if first, ok := book.Standing(firstKey); ok {
		a.first = first.Raise.Through
	}
	changed := e.changed(&a)
	e.follow(&a, changed)
	if now.Sub(e.swept) >= sweepEvery || now.Before(e.swept) || a.presence {
		e.swept = now
		e.sweep(&a, changed)
	}
	opening := !e.began && a.first.IsZero() && v.Len() > 0
	e.began = true
	a.sources, a.atOnce = map[string]time.Time{}, map[string][]picture.ID{}
	for s := range v.Sources() {
		a.sources[s.Info.Name.String()] = s.Facts.FirstSeen
	}
	for id := range changed {
		e.incident(&a, id)
	}
	if opening {
		e.firstRead(&a)
	} else {
		e.lateOnes(&a)
	}
	e.pending = slices.DeleteFunc(e.pending, func(c Condition) bool {
		_, written := book.Standing(c.Key)
		return written
	})
	out.Conditions = append(out.Conditions, e.pending...)
	for id, list := range e.held {
		if !e.silent(&a, id) {
			out.Conditions = append(out.Conditions, list...)
		}
	}
	for _, keys := range e.veiled {
		for _, key := range keys {
			out.Held[key] = true
		}
	}
	e.together(&a)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// sweep adds what has rung, here or for another collector, and all incidents of the last 48 h. What happened before them and was told
// lately stands in the book alone once a collector has taken over.
func (e *Evaluator) sweep(a *asking, ids map[picture.ID]bool) {
	for id := range e.held {
		ids[id] = true
	}
	for id := range e.veiled {
		ids[id] = true
	}
	for _, open := range a.book.Alarms(a.now) {
		if id, ok := a.v.IDOf(open.Raise.Incident.Identity()); ok {
			ids[a.v.Lead(id)] = true
		}
	}
	for id := range a.v.Incidents() {
		f, ok := a.v.Facts(id)
		if !ok || f.Forecast() {
			continue
		}
		if f.Placed().Before(a.now.Add(-Late)) {
			return // the newest first
		}
		ids[id] = true
	}
}

// follow adds the events of what rings that another telling leads by now, such as the desk's own word on it: that records are taken for one
// event is a change of none of them.
func (e *Evaluator) follow(a *asking, ids map[picture.ID]bool) {
	leads := map[picture.ID]picture.ID{}
	for _, open := range a.book.Alarms(a.now) {
		id, ok := a.v.IDOf(open.Raise.Incident.Identity())
		if !ok {
			continue
		}
		lead := a.v.Lead(id)
		before, had := e.leads[id]
		if !had {
			before = id
		}
		if before != lead {
			ids[lead], ids[a.v.Lead(before)] = true, true
		}
		leads[id] = lead
	}
	e.leads = leads
}

// asking is one evaluation of incidents.
type asking struct {
	v        picture.View
	book     *duty.Book
	now      time.Time
	out      *Evaluation
	first    time.Time // all that was received up to then rang together at the first read
	through  time.Time // and what came late up to then
	presence bool      // who is where has changed
	sources  map[string]time.Time
	atOnce   map[string][]picture.ID // what came now of the first content of each source, and is to ring
}

// changed are the incidents that changed since the last evaluation, each by the one that stands for its event. In the first
// evaluation of a process it is what came since everything rang together.
func (e *Evaluator) changed(a *asking) map[picture.ID]bool {
	ids := map[picture.ID]bool{}
	rang := a.through
	last := a.v.LastChange()
	if last < e.seen {
		e.seen = 0
	}
	if !e.began && rang.IsZero() {
		e.seen = last // the first read: what is older than 48 h is counted, and not asked
		return ids
	}
	for c := range a.v.Changes(e.seen) {
		switch {
		case c.Kind == picture.PresenceChanged || c.Kind == picture.LevelChanged:
			a.presence = true
		case c.Kind == picture.IncidentChanged && (e.seen > 0 || c.At.After(rang)):
			ids[a.v.Lead(c.Incident())] = true
			if lead := a.v.Lead(c.Incident()); lead != c.Incident() {
				e.forget(c.Incident())
			}
		}
	}
	e.seen = last
	return ids
}

// stands reports whether an incident may ring at all, and why it does not.
func stands(v picture.View, id picture.ID, f *picture.Facts) (ok bool, why saying.Saying) {
	r, known := v.Row(id)
	switch {
	case !known:
		return false, saying.Of("it is no longer listed")
	case f.Forecast(), f.Class() == incident.Report:
		return false, saying.Of("it is no longer said to have happened")
	case r.Restricted && f.Over():
		return false, saying.Of("it does not stand any more") // which of the reasons below it is may not be said
	case r.Restricted:
		return true, saying.Saying{}
	case r.Cancelled:
		return false, saying.Of("it was cancelled")
	case r.Withdrawn:
		return false, saying.Of("its source withdrew it")
	case r.Held:
		return false, saying.Of("nothing is said of it")
	case r.Refuted:
		return false, saying.Of("it was refuted")
	}
	return true, saying.Saying{}
}

// untrue reports whether what an incident says is not so. Which of the reasons of [stands] ends a restricted one is known to nobody here:
// that it does not stand is said of it.
func untrue(v picture.View, id picture.ID, f *picture.Facts) bool {
	r, known := v.Row(id)
	return known && (r.Cancelled || r.Withdrawn || r.Refuted || r.Restricted && f.Over())
}

// incident asks the rules of one incident: of what leads its event, and of what else is said of people there.
func (e *Evaluator) incident(a *asking, id picture.ID) {
	e.forget(id)
	id = a.v.Lead(id)
	for _, member := range a.v.Party(id) {
		e.forget(member)
	}
	f, ok := a.v.Facts(id)
	if !ok {
		return
	}
	is, why := stands(a.v, id, &f)
	var list []Condition
	var others []telling
	if is {
		s := &incidentSubject{v: a.v, id: id, facts: f, now: a.now}
		list = e.conditions(a, s)
		others = e.others(a, s, list)
		why = saying.Of("another version of it says otherwise")
	}
	all := list
	for i := range others {
		all = append(slices.Clip(all), others[i].list...)
	}
	if is && f.Hidden() {
		e.veil(a, id, all, &f)
	} else {
		e.over(a, id, all, why)
		if !is && untrue(a.v, id, &f) {
			e.untrue(a, id, all, why)
		}
	}
	e.hold(a, telling{id, f, list})
	for i := range others {
		e.hold(a, others[i])
	}
}

// hold keeps what rings for a telling of an event.
func (e *Evaluator) hold(a *asking, t telling) {
	if t.facts.Received().Before(a.now.Add(-Late)) { // it happened, and has rung for as long as that stands
		t.list = slices.DeleteFunc(t.list, func(c Condition) bool { return c.Moment })
	}
	if len(t.list) == 0 {
		delete(e.late, t.id)
		return
	}
	e.held[t.id] = t.list
	e.wait(a, t.id, &t.facts)
}

// wait sets an incident aside that rings together with others: what came late, and where several of the first content of a source came in
// one look, those. What comes alone rings by itself, however new its source is.
func (e *Evaluator) wait(a *asking, id picture.ID, f *picture.Facts) {
	switch {
	case !f.Received().After(a.through):
	case a.late(f):
		e.late[id] = !e.rang(a, id) // a later version of what rang when it came is not late
	case a.opens(f):
		if _, had := e.opened[id]; had || e.rang(a, id) {
			return
		}
		source := f.Source().String()
		ids := append(a.atOnce[source], id)
		a.atOnce[source] = ids
		for _, id := range ids {
			e.opened[id] = len(ids) < together
			if !e.opened[id] {
				e.late[id] = true
			}
		}
	}
}

// rang reports whether an incident rings by itself already.
func (e *Evaluator) rang(a *asking, id picture.ID) bool {
	return slices.ContainsFunc(e.held[id], func(c Condition) bool {
		_, is := a.book.Standing(c.Key)
		return is
	})
}

// forget drops what was known of an incident.
func (e *Evaluator) forget(id picture.ID) {
	delete(e.held, id)
	delete(e.veiled, id)
}

// veil keeps what rang for an incident before it was restricted: whether it still holds the duty officer may not know, and nobody has said
// otherwise.
func (e *Evaluator) veil(a *asking, id picture.ID, list []Condition, f *picture.Facts) {
	past := f.Received().Before(a.now.Add(-Late))
	for key, r := range e.rangFor(a, id, list) {
		if !past || !r.Moment {
			e.veiled[id] = append(e.veiled[id], key)
		}
	}
}

// untrue notes of the rules that rang for an incident that it is not so.
func (e *Evaluator) untrue(a *asking, id picture.ID, list []Condition, why saying.Saying) {
	for key := range e.rangFor(a, id, list) {
		a.out.Untrue[key] = why
	}
}

// over tells of the rules that rang for an incident, and do so no longer.
func (e *Evaluator) over(a *asking, id picture.ID, list []Condition, why saying.Saying) {
	for key := range e.rangFor(a, id, list) {
		e.gone[key] = a.now
		if standing, ok := a.book.Standing(key); ok && standing.Open() {
			a.out.Over[key] = why
		}
	}
}

// rangFor yields the keys under which rules rang for a telling of an event, of the rules that have no condition in the list.
func (e *Evaluator) rangFor(a *asking, id picture.ID, list []Condition) iter.Seq2[string, *rule.Rule] {
	return func(yield func(string, *rule.Rule) bool) {
		for _, member := range a.v.Party(id) {
			token := a.v.Token(member)
			for i := range e.rules {
				r := &e.rules[i]
				if r.On != rule.Incident || slices.ContainsFunc(list, func(c Condition) bool { return c.Rule == r.Name }) {
					continue
				}
				key := keyOf(r.Name, token)
				if _, rang := a.book.Standing(key); rang && !yield(key, r) {
					return
				}
			}
		}
	}
}

// conditions are those of an incident. For what the duty officer may not see, a rule rings that asks whether it is so, and no other:
// all of them could not be excluded, and would say which it is not.
func (e *Evaluator) conditions(a *asking, s *incidentSubject) []Condition {
	var list []Condition
	e.on(rule.Incident, func(r *rule.Rule) {
		if s.facts.Hidden() && !r.When.Uses("restricted") {
			return
		}
		c, rings := e.ask(r, s, "")
		if !rings {
			return
		}
		c.Of = a.token(r.Name, s.id)
		c.Key = keyOf(r.Name, c.Of)
		c.Since = e.gone[c.Key]
		c.says(s.words(r.When.Uses("staff_near")))
		if s.facts.Hidden() {
			c.Tell = []string{leadFunction}
		} else {
			c.Incident, c.Gravity = duty.NameOf(a.v.Identity(s.id)), s.gravity()
			if in := s.facts.Countries(); len(in) > 0 {
				c.Country = in[0].Alpha3()
			}
		}
		list = append(list, c)
	})
	return list
}

// token is that of the incident under which the rule rang already, if it did for another telling of the same event.
func (a *asking) token(r string, id picture.ID) string {
	own := a.v.Token(id)
	if _, ok := a.book.Standing(keyOf(r, own)); ok {
		return own
	}
	for _, other := range a.v.Party(id) {
		if other == id {
			continue
		}
		if token := a.v.Token(other); token != "" {
			if _, ok := a.book.Standing(keyOf(r, token)); ok {
				return token
			}
		}
	}
	return own
}

// late reports whether an incident came more than 48 h after it happened.
func (a *asking) late(f *picture.Facts) bool { return f.Received().Sub(f.Placed()) > Late }

// opens reports whether a record is of the first content of a source that was not there at the first read.
func (a *asking) opens(f *picture.Facts) bool {
	const content = time.Minute
	first := a.sources[f.Source().String()]
	return !first.IsZero() && first.After(a.first) && f.Received().Sub(first) < content
}

// silent reports whether what rings for an incident rings together with others, or has.
func (e *Evaluator) silent(a *asking, id picture.ID) bool {
	f, ok := a.v.Facts(id)
	if !ok {
		return true
	}
	if e.rang(a, id) || e.opened[id] {
		return false
	}
	return e.late[id] || a.late(&f) || !f.Received().After(a.first) || a.opens(&f) && !f.Received().After(a.through)
}
