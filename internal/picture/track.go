package picture

import (
	"maps"
	"slices"
	"time"

	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

const accumulates = health.Accumulates

// ProblemsKept is how many problems of a source are kept word for word; all are counted.
const ProblemsKept = 1000

// gave marks an incident that the source has given at some time.
const gave = 1

// sourceState is what the store knows of one source.
type sourceState struct {
	label    string
	index    int // among the sources
	info     SourceInfo
	profile  health.Profile
	poll     Poll
	facts    health.Facts // as told by the owner; times of content are added from the files
	files    map[safetext.Text]*fileState
	latest   *fileState // the one asked for last, under the name latestIs; nil when the files have changed
	latestIs safetext.Text
	// ever counts, for every incident that the source has ever given, the files that hold it now.
	listed  int           // incidents that some file holds now
	ever    pages[uint16] // gave and as many
	given   int           // incidents that it has ever given
	oldest  time.Time     // of all that it ever gave
	last    time.Time     // content time that the intake remembers, for a source of which no file is there
	content time.Time     // of an append-only source: the newest content time of all its files, past ones included
	state   health.State
	stated  bool                  // the state has been told once
	retired bool                  // configured no more
	tail    bool                  // only the end of one of its files was read
	seen    map[country.Code]bool // the countries that occur in what it gave
	// remembered is what the intake holds of its advisories, for as long as none was read; hasAdvised says
	// that it has given some before, so that a difference is a change.
	remembered []level.Advisory
	hasAdvised bool
}

// SourceInfo is what is configured of a source.
type SourceInfo struct {
	Name      safetext.Text
	Format    safetext.Text
	Authority safetext.Text
	Path      safetext.Text // of its file or files; empty for a source that is fetched
	URL       safetext.Text // the address it is fetched from, as it may be shown; empty for files
	Profile   health.Profile
	Note      safetext.Text // such as "recording…" or progress of the first reading
	EmptyOK   bool          // a content without any record is an answer, and withdraws what was listed
}

// Where is what the source comes from: its path or its address.
func (i *SourceInfo) Where() safetext.Text {
	if !i.URL.IsZero() {
		return i.URL
	}
	return i.Path
}

// Poll is how the polling of a source by its address stands. The zero value is that of a file.
type Poll struct {
	Every  time.Duration // how often its address is asked
	Status int           // of the newest answer; 0 if there was none
	Kept   time.Time     // when the answer that is shown came; zero if there is none
	Next   time.Time     // when the address is asked next; zero if nobody asks
}

// Polled tells how the polling of a source stands.
func (s *Store) Polled(label string, p Poll) { s.source(label).poll = p }

func (s *Store) source(label string) *sourceState {
	if s.latest != nil && s.latest.label == label {
		return s.latest // one source gives many records after one another
	}
	i, ok := s.byLabel[label]
	if !ok {
		i = len(s.sources)
		s.byLabel[label] = i
		s.sources = append(s.sources, &sourceState{
			label: label, index: i,
			info:  SourceInfo{Name: safetext.Clean(label)},
			files: map[safetext.Text]*fileState{},
		})
	}
	s.latest = s.sources[i]
	return s.latest
}

// Configure declares a source. It must come before the first arrival of the source, because the
// profile decides what later contents and vanished records mean.
func (s *Store) Configure(label string, info SourceInfo) {
	src := s.source(label)
	src.info, src.profile, src.retired, s.gathered = info, info.Profile, false, nil
	s.generation++
}

// Retire takes a source out of health and coverage: it is configured no more. What it gave stays.
func (s *Store) Retire(label string) {
	if _, known := s.byLabel[label]; !known {
		return
	}
	src := s.source(label)
	src.retired = true
	for _, f := range src.files {
		src.release(f)
	}
	src.files, src.latest, s.gathered = map[safetext.Text]*fileState{}, nil, nil
	s.generation++
}

// GivenByOthers reports whether every incident that the source ever gave is held by another source now, as
// when a source was given another name.
func (s *Store) GivenByOthers(label string) bool {
	src := s.source(label)
	for id := range src.ever.all {
		if !slices.ContainsFunc(s.sources, func(o *sourceState) bool { return o != src && o.holds(id) > 0 }) {
			return false
		}
	}
	return src.given > 0
}

// Observe replaces the facts of a source. What the store works out from what arrived stays: the
// first receipt, and the newest heartbeat.
func (s *Store) Observe(label string, facts health.Facts) {
	src := s.source(label)
	if src.facts.Heartbeat.After(facts.Heartbeat) {
		facts.Heartbeat = src.facts.Heartbeat
	}
	if facts.FirstSeen.IsZero() {
		facts.FirstSeen = src.facts.FirstSeen
	}
	if saysOtherwise(&src.facts, &facts) {
		s.generation++
	}
	src.facts = facts
}

// saysOtherwise reports whether facts differ in what estimates rest on: when a source was looked at last
// is not among it.
func saysOtherwise(a, b *health.Facts) bool {
	return !a.ContentTime.Equal(b.ContentTime) || !a.Heartbeat.Equal(b.Heartbeat) || !a.Unchanged.Equal(b.Unchanged) || !a.Fetched.Equal(b.Fetched) || !a.FirstSeen.Equal(b.FirstSeen) ||
		len(a.Gaps) != len(b.Gaps)
}

// Facts are the facts last observed, for the owner to amend.
func (s *Store) Facts(label string) health.Facts { return s.source(label).facts }

// Begin starts a new content of a file: what the source holds is counted anew. For a file that is
// read whole, the arrivals between Begin and Finish belong to one content; publish only after
// Finish, so that no half content is ever shown.
func (s *Store) Begin(label string, file safetext.Text, generation uint64) {
	src := s.source(label)
	fresh := newFile(src, generation)
	if old := src.files[file]; old != nil {
		if src.profile.Memory == accumulates {
			src.release(old)
		} else {
			fresh.listed, fresh.held = old.listed, old.held // what the file says until the new content is whole
		}
		fresh.stock, fresh.stocked, fresh.unlisted = old.stock, old.stocked, old.unlisted
	}
	src.files[file], src.latest, s.gathered = fresh, nil, nil
	s.generation++
}

// Confirm says that the file was read again with equal content: what was missing is withdrawn now.
// It returns the identities withdrawn.
func (s *Store) Confirm(label string, file safetext.Text, at time.Time) []incident.Identity {
	src := s.source(label)
	f := src.files[file]
	if f == nil {
		return nil
	}
	f.refused = nil // what is on disk is what was last read well
	var gone []incident.Identity
	for _, id := range f.missing {
		if src.holds(id) == 0 && s.standsFrom(src, id) {
			gone = append(gone, s.rows.whole(s.listed.head(id)).Identity)
			s.withdraw(src, id, at)
		}
	}
	f.missing = nil
	f.withdrawn += len(gone)
	return gone
}

// RestoreWithdrawal repeats a withdrawal that the intake remembers.
func (s *Store) RestoreWithdrawal(label string, name incident.Identity, at time.Time) {
	s.EndRestore()
	src := s.source(label)
	if id, ok := s.known(name); ok && s.standsFrom(src, id) {
		s.withdraw(src, id, at)
	}
}

func (s *Store) withdraw(src *sourceState, id ID, at time.Time) {
	e := s.open(id)
	var last handle
	keep := e.standing[:0]
	for _, h := range e.standing {
		if s.sources[s.rows.source(h)] != src {
			keep = append(keep, h)
			continue
		}
		s.end(h, at)
		last = h
	}
	e.standing = keep
	s.shut(e)
	s.relist(id)
	s.record(Change{At: at, Kind: IncidentChanged, id: id, version: last, Effect: Cancelled, Withdrawn: true})
	s.generation++
}

func (s *Store) standsFrom(src *sourceState, id ID) bool {
	for _, h := range s.open(id).standing {
		if s.sources[s.rows.source(h)] == src {
			return true
		}
	}
	return false
}

// Reject counts a record that could not be used, with the reason.
func (s *Store) Reject(label string, origin incident.Origin, why []problem.Problem) {
	f := s.source(label).file(origin)
	f.counts.Records++
	f.counts.Rejected++
	f.complain(why)
	s.generation++
}

// Exclude counts a record that is none of what is shown, with which nothing is wrong.
func (s *Store) Exclude(label string, origin incident.Origin) {
	f := s.source(label).file(origin)
	f.counts.Records++
	f.counts.Excluded++
	s.generation++
}

// Warn keeps what was noticed about input that was used all the same.
func (s *Store) Warn(label string, origin incident.Origin, what []problem.Problem) {
	if len(what) == 0 {
		return
	}
	s.source(label).file(origin).complain(what)
}

// Content tells what a file says about itself: the content time that it declares (zero if none) and
// when it was last modified.
func (s *Store) Content(label string, file safetext.Text, declared, modified time.Time) {
	src := s.source(label)
	f := src.file(incident.Origin{File: file})
	before := f.content()
	f.declared, f.modified = declared, modified
	if !f.content().Equal(before) {
		s.generation++
	}
	if t := f.content(); src.profile.Memory == accumulates && t.After(src.content) {
		src.content = t
	}
}

// Declared is the content time that the file's content states; zero if none.
func (s *Store) Declared(label string, file safetext.Text) time.Time {
	return s.source(label).file(incident.Origin{File: file}).declared
}

// SetReach replaces how far back one content of the source goes.
func (s *Store) SetReach(label string, reach time.Duration) {
	src := s.source(label)
	src.profile.Reach, src.info.Profile.Reach = reach, reach
	s.generation++
}

// Refuse notes that a file as a whole could not be used. The reason stands until the file can be read
// again; the same reason is noted once.
func (s *Store) Refuse(label string, file safetext.Text, why problem.Problem) {
	f := s.source(label).file(incident.Origin{File: file})
	if f.refused == nil || *f.refused != why {
		f.refused = &why
	}
	s.generation++
}

func (s *sourceState) file(o incident.Origin) *fileState {
	if s.latest != nil && s.latestIs == o.File {
		return s.latest
	}
	f := s.files[o.File]
	if f == nil {
		f = newFile(s, o.Generation)
		s.files[o.File] = f
	}
	s.latest, s.latestIs = f, o.File
	return f
}

// Heard notes that something was received from the source at a time that the intake remembers.
func (s *Store) Heard(label string, at time.Time) { s.source(label).heard(at) }

// Tail says that of the files of a source only the end of one was read: what the source is and can answer for is not
// known from that.
func (s *Store) Tail(label string) { s.source(label).tail = true }

// saw notes the countries of a record.
func (s *sourceState) saw(codes []country.Code) {
	if s.profile.Memory != health.Extract {
		return
	}
	if s.seen == nil {
		s.seen = map[country.Code]bool{}
	}
	for _, c := range codes {
		s.seen[c] = true
	}
}

// looks is the profile with where the source looks: an extract, unless vigil.toml says otherwise, at what occurs in it.
func (s *sourceState) looks() health.Profile {
	p := s.info.Profile
	if p.Memory != health.Extract || len(p.Countries) > 0 {
		return p
	}
	p.Countries = slices.Sorted(maps.Keys(s.seen))
	if len(p.Countries) == 0 {
		p.Covers = 0 // to look nowhere is not to look everywhere
	}
	return p
}

// heard notes the first receipt.
func (s *sourceState) heard(received time.Time) {
	if s.facts.FirstSeen.IsZero() || received.Before(s.facts.FirstSeen) {
		s.facts.FirstSeen = received
	}
}

// Heartbeat takes a sign of life: it proves that the source watches, not that anything happened.
func (s *Store) Heartbeat(label string, origin incident.Origin, at, received time.Time) {
	src := s.source(label)
	src.file(origin)
	if at.After(received.Add(incident.FutureTolerance)) {
		return // a clock that runs ahead refreshes nothing
	}
	if at.After(src.facts.Heartbeat) {
		src.facts.Heartbeat = at
		s.generation++
	}
	src.reaches(at)
}

// reaches notes how far back the knowledge of a file goes, and with it that of its source.
func (f *fileState) reaches(t time.Time) {
	if !t.IsZero() && (f.oldest.IsZero() || t.Before(f.oldest)) {
		f.oldest = t
	}
	f.source.reaches(t)
}

// reaches notes how far back the source's knowledge goes.
func (s *sourceState) reaches(t time.Time) {
	if !t.IsZero() && (s.oldest.IsZero() || t.Before(s.oldest)) {
		s.oldest = t
	}
}
