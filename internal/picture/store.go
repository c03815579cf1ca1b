package picture

import (
	"time"

	"vigil/internal/calendar"
	"vigil/internal/correlate"
	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/presence"
	"vigil/internal/profile"
	"vigil/internal/risk"
	"vigil/internal/safetext"
)

// Options are the parts of the desk's configuration that decide what the picture means.
type Options struct {
	Desk      Desk
	Countries []CountryOption // home countries, in the desk's order
	Risk      risk.Params
	// Asked are countries that somebody asked for: shown even where nothing has happened of late.
	Asked []country.Code
	// Ahead says that the store holds large files by their ends only, while another reads the whole of them: nothing
	// is known from it but what it shows.
	Ahead bool
}

// Store holds everything that arrived. It has one owner; see the package comment.
type Store struct {
	options  Options
	rows     rows
	seeds    seeds
	arriving Arrival // the one that is being taken in
	names    names
	standing map[ID][]handle // of those of which it is not the newest version alone that stands
	raised   map[ID]int64    // of those of which a repetition carried a higher version than all that are kept
	order    order
	listed   listings
	kept     *survey // of the last live picture
	sources  []*sourceState
	byLabel  map[string]int
	latest   *sourceState // the one asked for last
	excluded []handle
	// seenExcluded keeps one record that is excluded from being listed twice.
	seenExcluded map[exclusion]bool
	outlived     map[ID]*outlived
	replacements []replacement // in the order of their arrival
	events       *correlate.Set
	tellings     tellings
	waits        time.Time       // when the next thing that is waited for ends
	overdue      map[string]bool // what was told to be overdue
	stirred      map[ID]bool     // of incidents in events: listed otherwise than when the lead was chosen
	choices      []correlate.Choice
	wording      map[incident.Identity]*correlate.Choice // those by which a person gave the own word on others, by its name
	log          changelog
	levels       history[LevelSet]
	presence     history[PresenceSet]
	calendar     history[[]calendar.Entry]
	profiles     history[profile.Set]
	subjects     subjects
	expects      map[handle]forecast
	advisories   history[[]level.Advisory]
	gathered     *gathered // nil when it has to be gathered anew
	notes        []safetext.Text
	restoring    restoring
	ends         uint64 // versions that have ceased to stand
	successors   map[ID]ID
	// generation counts changes, so that what is derived can be kept until something changes: every method
	// that changes what an estimate rests on raises it.
	generation uint64
}

type exclusion struct {
	identity incident.Identity
	hash     fingerprint
}

// NewStore makes an empty store that keeps its texts in memory.
func NewStore(o Options) *Store { return NewStoreOn(o, newHeap()) }

// NewStoreOn makes an empty store that keeps its texts in texts, which is then the store's alone.
func NewStoreOn(o Options, texts Texts) *Store {
	s := &Store{
		options:      o,
		rows:         newRows(texts),
		seeds:        newSeeds(),
		names:        newNames(),
		standing:     map[ID][]handle{},
		raised:       map[ID]int64{},
		byLabel:      map[string]int{},
		seenExcluded: map[exclusion]bool{},
		outlived:     map[ID]*outlived{},
		stirred:      map[ID]bool{},
	}
	s.events = correlate.NewSet(present{s})
	return s
}

// Kept is the number under which the text of the newest version is kept; 0 before the first.
func (s *Store) Kept() uint32 { return uint32(s.rows.n - 1) }

// Texts is what keeps the texts of the store.
func (s *Store) Texts() Texts { return s.rows.texts }

// SetOptions replaces the configuration; the exercise flag of a store cannot change, because it
// decided which records were excluded, so it is kept.
func (s *Store) SetOptions(o Options) {
	o.Desk.Exercise, o.Ahead = s.options.Desk.Exercise, s.options.Ahead
	s.options = o
	s.generation++
}

// SetDesk replaces what is said of the desk as a whole (name, recording, trouble).
func (s *Store) SetDesk(d Desk) {
	d.Exercise = s.options.Desk.Exercise
	s.options.Desk = d
}

// SetNotes replaces what stands against the levels and the presence shown, such as a bad file whose
// last good content is kept.
func (s *Store) SetNotes(notes []string) {
	s.notes = nil
	for _, n := range notes {
		s.notes = append(s.notes, safetext.Clean(n))
	}
}

// history is the versions of something that is replaced as a whole, oldest first.
type history[T any] []version[T]

type version[T any] struct {
	seen  time.Time
	value T
}

// at is the newest version seen by known.
func (h history[T]) at(known time.Time) (value T, ok bool) {
	for i := len(h) - 1; i >= 0; i-- {
		if !h[i].seen.After(known) {
			return h[i].value, true
		}
	}
	return value, false
}

// by is the version that a picture knows: the newest in a live one, whatever the clock says. A clock that was set back must not take from
// the screen what this process has read.
func (h history[T]) by(p *Picture) (value T, ok bool) {
	if n := len(h); p.live && n > 0 {
		return h[n-1].value, true
	}
	return h.at(p.known)
}

// LevelSet is the levels of all countries: each country once for every scheme, sorted by country, the
// scheme that its row shows first.
type LevelSet []level.Country

// SetLevels replaces the levels as a whole. Changes against the last levels are logged as events.
func (s *Store) SetLevels(set LevelSet, seen time.Time) []level.Change {
	before, _ := s.levels.at(seen)
	first := len(s.levels) == 0
	s.levels = append(s.levels, version[LevelSet]{seen, set})
	s.generation++
	if first {
		return nil // what stands at the first reading did not change now
	}
	changes := diffLevels(before, set, seen)
	for _, c := range changes {
		s.record(Change{At: seen, Kind: LevelChanged, Level: c})
	}
	return changes
}

func diffLevels(before, after LevelSet, seen time.Time) []level.Change {
	find := func(set LevelSet, c *level.Country) *level.Country {
		for i := range set {
			if set[i].Country == c.Country && set[i].Scheme == c.Scheme {
				return &set[i]
			}
		}
		return nil
	}
	var changes []level.Change
	for i := range after {
		changes = append(changes, level.Diff(find(before, &after[i]), &after[i], seen)...)
	}
	for i := range before {
		if find(after, &before[i]) == nil {
			changes = append(changes, level.Diff(&before[i], nil, seen)...)
		}
	}
	return changes
}

// PresenceSet is who is where.
type PresenceSet struct{ Ledger presence.Ledger }

// SetPresence replaces the presence as a whole. Changes are logged as events.
func (s *Store) SetPresence(set PresenceSet, seen time.Time) []presence.Change {
	before, _ := s.presence.at(seen)
	first := len(s.presence) == 0
	s.presence = append(s.presence, version[PresenceSet]{seen, set})
	s.generation++
	if first {
		return nil
	}
	changes := presence.Diff(&before.Ledger, &set.Ledger, seen)
	for _, c := range changes {
		s.record(Change{At: seen, Kind: PresenceChanged, Presence: c})
	}
	return changes
}

func (s *Store) record(c Change) {
	s.log.add(&c, &s.rows)
}

// brought records that a version arrived, with the effect that it had.
func (s *Store) brought(h handle, effect Effect) { s.log.brought(h, effect) }
