package duty

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"vigil/internal/incident"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// Refutation is why something did not happen as it was reported.
type Refutation string

// The refutations.
const (
	FalseAlarm Refutation = "false-alarm" // somebody was mistaken
	Hoax       Refutation = "hoax"        // somebody lied
	Duplicate  Refutation = "duplicate"   // it is known under another name
	Drill      Refutation = "drill"       // it was an exercise
)

var refutations = [...]Refutation{FalseAlarm, Hoax, Duplicate, Drill}

// Refutations lists the refutations.
func Refutations() []Refutation { return slices.Clone(refutations[:]) }

// ParseRefutation reads one, with a blank or an underscore for the hyphen.
func ParseRefutation(s string) (Refutation, error) {
	r := Refutation(strings.NewReplacer(" ", "-", "_", "-").Replace(strings.ToLower(strings.TrimSpace(s))))
	if !slices.Contains(refutations[:], r) {
		return "", saying.Errorf("%q is no reason why it is refuted: write false-alarm, hoax, duplicate or drill", s)
	}
	return r, nil
}

// Judged is a record of another source that the desk gave its own word on, as it stood then.
type Judged struct {
	Name
	// Content is the hash of what it said, with the version of the hash before it. Once it says something else the desk's word does
	// not stand before it any more.
	Content string `json:"content"`
}

// ContentOf is the content of an incident for [Judged].
func ContentOf(i *incident.Incident) string {
	return fmt.Sprintf("%d:%x", incident.HashVersion, i.Hash())
}

// SameContent reports whether an incident still says what was judged. What an older or newer version of vigil hashed cannot be
// compared, and counts as the same: a new release does not take back what people decided.
func (j *Judged) SameContent(i *incident.Incident) bool {
	version, _, _ := strings.Cut(j.Content, ":")
	return version != fmt.Sprint(incident.HashVersion) || j.Content == ContentOf(i)
}

// checkReport wants that what a report says of an incident fits.
func (b *Report) checkReport() error {
	var names []Name
	for i := range b.Of {
		names = append(names, b.Of[i].Name)
	}
	if b.Refuted != "" {
		if _, err := ParseRefutation(b.Refuted); err != nil {
			return err
		}
		if b.Verification != incident.Refuted.String() {
			return saying.Errorf("it says why it is refuted, and not that it is")
		}
	}
	return named(names, 0)
}

// Reported is what reports came to that were taken down of an incident.
type Reported struct {
	Name         incident.Identity
	Of           []Judged // the records of others that it is the desk's own word on
	Version      int64
	At           time.Time // of the last
	By           safetext.Text
	Moved        time.Time
	Verification string // where it was moved last; empty where nobody did
	Refuted      Refutation
	Reason       safetext.Text // of that move
	Seq          uint64        // of the entry that moved it, else of the first
	versions     []versioned   // in the order of their entries
}

// versioned is that an entry wrote a version down.
type versioned struct {
	seq     uint64
	version int64
}

// report notes what was taken down of an incident.
func (d *Draft) report(e *Entry, b *Report) bool {
	d.own()
	if d.b.reports == nil {
		d.b.reports, d.b.words = map[incident.Identity]Reported{}, map[incident.Identity]incident.Identity{}
	}
	name := b.Incident.Identity()
	r, known := d.b.reports[name]
	if !known {
		r = Reported{Name: name, Seq: e.Seq}
	}
	r.Version, r.At, r.By = b.Version, e.At, e.By
	if len(b.Of) > 0 {
		r.Of = b.Of
		for i := range b.Of {
			d.b.words[b.Of[i].Identity()] = name
		}
	}
	if b.Verification != "" {
		r.Verification, r.Refuted, r.Reason, r.Seq, r.Moved = b.Verification, Refutation(b.Refuted), b.Reason.Line(), e.Seq, e.At
	}
	r.versions = append(slices.Clip(r.versions), versioned{e.Seq, b.Version})
	d.b.reports[name] = r
	d.refute(b)
	d.stands(e, b)
	return true
}

// ownReports makes the maps of the reports the draft's own.
func (b *Book) ownReports() { b.reports, b.words = maps.Clone(b.reports), maps.Clone(b.words) }

// Reported is what was taken down of an incident; false where nothing was.
func (b *Book) Reported(name incident.Identity) (Reported, bool) {
	r, ok := b.reports[name]
	return r, ok
}

// whyNot is why an alarm is not so, with as what the desk's own word refutes what it is about: of a report that was taken down, or of what
// another source says. A program that ended the alarm need not have read that yet.
func (b *Book) whyNot(a *Alarm, why safetext.Text) safetext.Text {
	name := a.Raise.About().Identity()
	if word, has := b.words[name]; has {
		name = word
	}
	if r := b.reports[name]; why.String() == WasRefuted && r.Verification == incident.Refuted.String() && r.Refuted != "" {
		return Words("refuted: " + string(r.Refuted)).Line()
	}
	return why
}

// refute says of alarms that are known to be refuted as what, where the report of that stands behind their end.
func (d *Draft) refute(b *Report) {
	if b.Refuted == "" {
		return
	}
	for _, id := range d.b.order {
		if d.b.alarms[id].UntrueWhy.String() != WasRefuted {
			continue
		}
		a := d.alarm(id)
		why := d.b.whyNot(a, a.UntrueWhy)
		if a.ReopenWhy == a.UntrueWhy {
			a.ReopenWhy = why
		}
		a.UntrueWhy = why
	}
}

// stands has whoever is to be told that something is not so told that it is said again: also of an alarm that does not ring for it as it is
// said now.
func (d *Draft) stands(e *Entry, b *Report) {
	if b.Verification == "" || b.Verification == incident.Refuted.String() {
		return
	}
	names := []incident.Identity{b.Incident.Identity()}
	for i := range b.Of {
		names = append(names, b.Of[i].Identity())
	}
	for _, id := range d.b.order {
		if a := d.b.alarms[id]; a.Untrue.IsZero() || a.Reopened.IsZero() || !a.Raise.about(names) {
			continue
		}
		a := d.alarm(id)
		a.Reopened, a.ReopenWhy = e.At, soAfterAll
		if a.toldSince() {
			a.reopenedAt = len(a.Sheet)
		}
	}
}

// VersionBefore is the version of what was taken down of an incident that stood when an entry was made, by the number of that entry; false
// where nothing had been taken down.
func (b *Book) VersionBefore(name incident.Identity, seq uint64) (version int64, ok bool) {
	for _, v := range b.reports[name].versions {
		if v.seq < seq {
			version, ok = v.version, true
		}
	}
	return version, ok
}

// Word is the incident of the desk's own feed that holds its word on a record of another source.
func (b *Book) Word(on incident.Identity) (incident.Identity, bool) {
	name, ok := b.words[on]
	return name, ok
}

// about reports whether it is about one of these incidents. One that was restricted when it rang is in the key alone.
func (r *Raise) about(names []incident.Identity) bool {
	if !r.Incident.IsZero() {
		return slices.Contains(names, r.Incident.Identity())
	}
	return slices.ContainsFunc(names, func(n incident.Identity) bool { return strings.Contains(r.Key, n.Token()) })
}

// Told lists the alarms about one of these incidents, open or not, of which somebody was told since all had to be told last, the first
// raised first.
func (b *Book) Told(names ...incident.Identity) []*Alarm {
	var list []*Alarm
	for _, id := range b.order {
		a := b.alarms[id]
		if a.Raise.about(names) && a.toldSince() {
			list = append(list, a)
		}
	}
	return list
}

// Names finds what was taken down under an id, or authority/id, in the order of the names.
func (b *Book) Names(called string) []incident.Identity {
	var list []incident.Identity
	for name := range b.reports {
		if name.ID.String() == called || name.Authority.String()+"/"+name.ID.String() == called {
			list = append(list, name)
		}
	}
	slices.SortFunc(list, incident.CompareIdentities)
	return list
}

// ReportedSince lists what was taken down at or after a time, the last first.
func (b *Book) ReportedSince(since time.Time) []Reported {
	var list []Reported
	for _, r := range b.reports {
		if !r.At.Before(since) {
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(x, y Reported) int {
		return cmp.Or(y.At.Compare(x.At), incident.CompareIdentities(x.Name, y.Name))
	})
	return list
}
