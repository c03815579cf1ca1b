package logbook

import (
	"strings"
	"unicode/utf8"

	"vigil/internal/alarm"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

// State is what became of looking something up.
type State uint8

// The states.
const (
	Found    State = iota
	Withheld       // it is restricted by now, or a later version of it is
	Gone           // it is in no feed and no intake any more
	Unread         // the files are being read still
)

// String is the word for programs.
func (s State) String() string {
	return [...]string{"found", "restricted", "gone", "unread"}[min(s, Unread)]
}

// restricted stands in an entry for what may not be read any more.
const restricted = "Restricted incident"

// About is what an entry is about: what a record said when the entry was made, or what its alarm rang for. It is looked up when the log
// is read and is no part of the entry, so that nothing readable is left in the log of what becomes restricted later.
type About struct {
	State State
	// Record is what was looked up; the zero one of an alarm that is about none, and where it is withheld.
	Record  incident.Identity
	Version int64  // of the record; 0 where it has none, or where it is not known
	Said    string // in one line
	Changed string // of a report: what it changed against the version before
	itself  bool   // the entry names the record and its version
	hand    figure.Hand
}

// Name is the name of the record as it is written; empty where there is none.
func (a *About) Name() string {
	if a.Record == (incident.Identity{}) {
		return ""
	}
	if a.State != Found { // it cannot be said that it is not restricted
		return a.Record.ID.String()
	}
	return a.Record.Authority.String() + "/" + a.Record.ID.String()
}

// Words are what was said, or why it is not shown.
func (a *About) Words() string {
	return safetext.Clean([...]string{a.Said, a.hand.Say("Restricted incident"), a.hand.Say("the record is not here any more"), a.Said}[a.State]).String()
}

// Line is it in one line, as it stands beside the entry.
func (a *About) Line() safetext.Text {
	h := a.hand
	var line string
	switch name := a.Name(); {
	case a.itself:
		line = h.Sayf("said: %s", a.Words())
	case name == "":
		line = h.Sayf("about: %s", a.Words())
	case a.Version > 0:
		line = h.Sayf("about: %s version %d: %s", name, a.Version, a.Words())
	default:
		line = h.Sayf("about: %s: %s", name, a.Words())
	}
	if a.Changed != "" {
		line = h.Sayf("%s; changed: %s", line, a.Changed)
	}
	return safetext.Clean(line)
}

// names are the records that an entry is about: those that it names, else that of its alarm.
func (r *Reading) names(e *duty.Entry) []duty.Name {
	if list := duty.NamesOf(e.Body); len(list) > 0 {
		return list
	}
	if a, ok := r.alarm(e); ok && !a.Raise.About().IsZero() {
		return []duty.Name{a.Raise.About()}
	}
	return nil
}

// alarm is the alarm that an entry is about.
func (r *Reading) alarm(e *duty.Entry) (*duty.Alarm, bool) {
	if !e.Understood() || r.Book == nil {
		return nil, false
	}
	id := duty.AlarmOf(e.Body)
	if e.Word == duty.KindRaise {
		id = e.ID
	}
	return r.Book.Alarm(id)
}

// About looks up what an entry is about; nothing where it says all that there is, and in a bare reading.
func (r *Reading) About(e *duty.Entry) (list []About) {
	if r.Bare || !e.Understood() {
		return nil
	}
	for _, n := range r.names(e) {
		list = append(list, r.record(n, e))
	}
	a, ok := r.alarm(e)
	switch {
	case len(list) > 0 || !ok:
		return list
	case alarm.OfRestricted(a.Raise):
		return []About{{State: Withheld, hand: r.hand}}
	case e.Word == duty.KindRaise:
		return nil
	}
	return []About{{Said: duty.SaysIn(r.hand, a.Raise), hand: r.hand}}
}

// record is what a record said when the entry was made.
func (r *Reading) record(n duty.Name, e *duty.Entry) About {
	v := r.View
	name := n.Identity()
	report, itself := e.Body.(*duty.Report)
	version, written := r.Book.VersionBefore(name, e.Seq)
	if itself {
		version, written = report.Version, true
	}
	var said picture.Record
	var ok bool
	if written {
		said, ok = v.RecordVersion(name, version)
		// A console may see a version in the feed, and write what follows from it, before the entry that names it is in the log.
		if by, was := v.RecordAsOf(name, e.At); was && ok && !itself && !by.Withheld && !said.Withheld && by.Incident.Version > said.Incident.Version {
			said = by
		}
	} else {
		said, ok = v.RecordAsOf(name, e.At)
	}
	a := About{Record: name, itself: itself, hand: r.hand}
	switch {
	case v.IsZero():
		a.State, a.Said = Unread, r.hand.Say("the records of the desk could not be read")
		return a
	case ok && said.Withheld:
		return About{State: Withheld, itself: itself, hand: r.hand}
	case !ok && !v.Desk().Reading.IsZero():
		a.State, a.Said = Unread, r.hand.Say("not read yet")
		return a
	case !ok:
		a.State = Gone
		return a
	}
	a.Version, a.Said = said.Incident.Version, r.hand.RecordLine(&said.Row, said.Incident)
	if itself && said.Before != nil {
		a.Changed = r.changed(&said)
	}
	return a
}

// longest is how long a value is that stands among the changes; of a longer one only that it is another.
const longest = 28

// changed is what a version says otherwise than the one before. That it was reported later goes without saying.
func (r *Reading) changed(to *picture.Record) string {
	var parts []string
	for _, d := range r.hand.Differences(r.View.CountryNames(), to.Before, to.Incident) {
		name, was, is := r.hand.Say(strings.TrimPrefix(d.Name, figure.Affected)), r.hand.Said(d.Values[0]), r.hand.Said(d.Values[1])
		switch {
		case d.Name == "record" || d.Name == "reported":
		case utf8.RuneCountInString(was) > longest || utf8.RuneCountInString(is) > longest:
			parts = append(parts, name)
		default:
			parts = append(parts, r.hand.Sayf("%s %s to %s", name, was, is))
		}
	}
	if len(parts) == 0 {
		return r.hand.Say("nothing")
	}
	return strings.Join(parts, ", ")
}
