package picture

import (
	"maps"

	"vigil/internal/duty"
	"vigil/internal/incident"
)

// subjects are the incidents that the duty log names. They are found while a picture is made, by the table of names: a screen
// would have to read the whole list.
type subjects struct {
	book  *duty.Book
	names int
	ids   map[incident.Identity]ID // shared with pictures: replaced, and not changed
}

// settle finds those of a book that are not found yet.
func (u *subjects) settle(s *Store, b *duty.Book) map[incident.Identity]ID {
	if b == nil || b == u.book && s.names.n == u.names {
		return u.ids
	}
	u.book, u.names = b, s.names.n
	own := false
	for name := range b.Incidents {
		if _, has := u.ids[name]; has {
			continue
		}
		if id, ok := s.known(name); ok {
			if !own {
				u.ids, own = maps.Clone(u.ids), true
				if u.ids == nil {
					u.ids = map[incident.Identity]ID{}
				}
			}
			u.ids[name] = id
		}
	}
	return u.ids
}

// IDOf is the incident of a name that the duty log holds: of an alarm or of a flash report. It is found whether or not the viewer
// may see what it says.
func (v View) IDOf(name incident.Identity) (ID, bool) {
	if v.p == nil {
		return 0, false
	}
	id, ok := v.p.subjects[name]
	if !ok {
		return 0, false
	}
	_, in := v.item(id)
	return id, in
}

// HidesAlarm reports whether an alarm is about an incident that the viewer may not see. What was so when it rang is not named by its alarm
// at all; this is of what became so since.
func (v View) HidesAlarm(a *duty.Alarm) bool { return v.Hides(a.Raise.Sole()) }

// Hides reports whether the viewer may not see an incident that the duty log names.
func (v View) Hides(n duty.Name) bool {
	if n.IsZero() {
		return false
	}
	if v.role < SecurityLead && v.veils(n.Identity()) {
		return true
	}
	id, ok := v.IDOf(n.Identity())
	r, listed := v.Row(id)
	return ok && listed && r.Restricted
}

// veils reports whether a picture of the past shows nothing of what the duty log names so: it is restricted by now. What the desk had not
// received by then may be named by the log of then: where nobody records what arrives, it was received when it was read.
func (v View) veils(name incident.Identity) bool {
	return v.p != nil && v.p.listed.veiled[v.p.subjects[name]]
}

// Shared is the view of a duty officer, whoever looks: what may be written where others read it.
func (v View) Shared() View { return View{v.p, DutyOfficer} }
