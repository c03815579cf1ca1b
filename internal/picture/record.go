package picture

import (
	"slices"
	"time"

	"vigil/internal/incident"
)

// Record is what a record that the duty log names said when an entry was made.
type Record struct {
	// Withheld says that the viewer may not see it, or that it is restricted by now: nothing else is there then.
	Withheld bool
	Row      Row                // of that version alone, with nothing that others say
	Incident *incident.Incident // what it said; not to be changed
	Before   *incident.Incident // and the version before; nil where there is none, or it is restricted
}

// RecordVersion is that version of a record which the duty log names; ok is false where it is not there any more, or not yet. Whoever
// looks, nothing of a version is left once it or a later one is restricted: the log is read by more people than may know.
func (v View) RecordVersion(name incident.Identity, version int64) (Record, bool) {
	return v.record(name, func(h handle) bool { return v.p.rows.version(h) == version })
}

// RecordAsOf is the version of a record that had been received by then, else the first of it: where nobody recorded what arrives, all of it
// was received when it was read.
func (v View) RecordAsOf(name incident.Identity, by time.Time) (Record, bool) {
	return v.record(name, func(h handle) bool { return v.older(h) == 0 || !v.p.rows.received(h).After(by) })
}

// Withholds reports whether any version of what the duty log names so is restricted: what else is written of it in the log says nothing
// then either.
func (v View) Withholds(name incident.Identity) bool {
	if v.veils(name) {
		return true
	}
	id, ok := v.IDOf(name)
	return ok && (v.restrictedOnce(id) || slices.ContainsFunc(v.kin(id), v.restrictedOnce))
}

// Nameable reports whether what the duty log names so may be named whole, with its authority: who tells of what is restricted is not shown.
// Of what is not in the picture nobody can say that it is not restricted.
func (v View) Nameable(name incident.Identity) bool {
	_, ok := v.IDOf(name)
	return ok && !v.Withholds(name)
}

// older is the version with content before one; 0 where there is none.
func (v View) older(h handle) handle {
	for h = v.p.rows.before(h); h != 0 && !v.p.rows.at(h).content(); {
		h = v.p.rows.before(h)
	}
	return h
}

func (v View) restricted(h handle) bool { return h != 0 && v.p.rows.at(h).traits&isRestricted != 0 }

// record is the newest version that is asked for.
func (v View) record(name incident.Identity, is func(handle) bool) (r Record, ok bool) {
	if v.veils(name) {
		return Record{Withheld: true}, true
	}
	id, ok := v.IDOf(name)
	if !ok {
		return r, false
	}
	it, _ := v.item(id)
	withheld := v.restricted(it.shown) || slices.ContainsFunc(v.kin(id), v.restrictedOnce)
	for h := it.last; h != 0; h = v.p.rows.before(h) {
		withheld = withheld || v.restricted(h)
		if !v.p.rows.at(h).content() || !is(h) {
			continue
		}
		if withheld {
			break
		}
		r.Row, r.Incident = v.draw(v.p.own(h), 0), v.p.rows.whole(h)
		if before := v.older(h); before != 0 && !v.restricted(before) {
			r.Before = v.p.rows.whole(before)
		}
		return r, true
	}
	return Record{Withheld: withheld}, withheld
}

// restrictedOnce reports whether any version of an incident is restricted.
func (v View) restrictedOnce(id ID) bool {
	it, _ := v.item(id)
	for h := it.last; h != 0; h = v.p.rows.before(h) {
		if v.restricted(h) {
			return true
		}
	}
	return false
}
