package correlate

import (
	"hash/fnv"
	"slices"
	"time"

	"vigil/internal/country"
	"vigil/internal/country/fold"
	"vigil/internal/incident"
)

// Features are what a record is compared by. They are worked out once and never change; they hold none of the record's text.
type Features struct {
	// Name stands for the identity of the incident: equal for equal ones, and what ties are broken by.
	Name Name

	authority word
	class     incident.Class
	status    incident.Status
	forecast  bool
	refuted   bool
	closed    bool // restricted: its content is for the security lead alone

	countries []country.Code
	inferred  bool
	point     incident.Point
	hasPoint  bool
	accuracy  float64 // km; 0 when nobody said
	places    []word  // names of the place
	regions   []word  // names of the first administrative level

	start, end time.Time // when it happened, as exactly as the record says; zero when it does not
	precision  incident.Precision

	hazard bool
	act    incident.Act
	people people
	text   text   // its words, but for those of the place, the country and the act, which are compared as such
	names  []word // the words of the place that are its name
	where  []word // the words of the place and the country
	again  bool   // its title tells of a second one, or of another
	keys   []key
}

// Name stands for an identity, independent of arrival and of the run of the program.
type Name uint64

// NameOf is the name of an identity.
func NameOf(i incident.Identity) Name {
	h := fnv.New64a()
	_, _ = h.Write([]byte(i.Authority.String()))
	_, _ = h.Write([]byte{0})
	_, _ = h.Write([]byte(i.ID.String()))
	return Name(h.Sum64())
}

// Of draws the features of a record.
func Of(i *incident.Incident) *Features {
	f := &Features{
		Name:      NameOf(i.Identity),
		authority: hashWord([]byte(i.Identity.Authority.String())),
		class:     i.Class,
		status:    i.Status,
		forecast:  i.Forecast(),
		refuted:   i.Verification.Is(incident.Refuted),
		closed:    i.Restricted(),
		countries: i.Countries,
		inferred:  i.Inferred,
		point:     i.Point,
		hasPoint:  i.HasPoint,
		accuracy:  i.Accuracy,
		precision: i.Occurred.Precision,
		hazard:    hazardous(i),
		act:       i.Act.Value,
		people:    peopleOf(i.Affected),
		keys:      keysOf(i),
	}
	if !i.Occurred.IsZero() {
		f.start, f.end = i.Occurred.Start, i.Occurred.End()
	}
	f.places = placeWords(i.Place.String())
	f.regions = placeWords(i.Admin1.String())
	f.where = whereWords(i)
	eachWord(i.Place.String(), func(w []byte) {
		if h := hashWord(w); !placeKinds[h] && !silentWords[h] && !commonWords[h] && !digits(w) {
			f.names = append(f.names, stemOf(w))
		}
	})
	slices.Sort(f.names)
	said := actWords[f.act]
	f.text.read(i.Title.String(), f.where, said)
	f.text.read(i.Details.String(), f.where, said)
	f.text.settle()
	f.again = tellsAgain(i.Title.String())
	return f
}

func hazardous(i *incident.Incident) bool {
	return i.Hazard() || i.Act.Value.Hazard() && !i.Act.Unlisted()
}

// placeKinds are the words for kinds of places, which are not part of the name.
var placeKinds = wordSet(`province region state governorate oblast district county city town village department
	prefecture al el le la les de of and the between near road north south east west central eastern western northern southern no information unknown`)

// placeWords are the folded names of a place. A name of several words is kept as a whole, too: "Al-Hasakah" and "al Hasakah" are one.
func placeWords(s string) []word {
	if s == "" {
		return nil
	}
	var list []word
	eachWord(s, func(w []byte) {
		if h := hashWord(w); !placeKinds[h] && len(w) > 2 {
			list = append(list, h)
		}
	})
	var buf [128]byte
	if whole, ok := fold.Append(buf[:0], s); ok && len(list) != 1 && len(whole) > 0 {
		list = append(list, hashWord(whole))
	}
	t := text{telling: list}
	t.settle()
	return t.telling
}

// Bars reports whether two records can never be one event of themselves, and why: what one authority lists as two is
// two; a report is no occurrence, and a forecast is not one yet; an exercise is not real; a restricted record beside an open one
// would tell what it is about; and different countries, where both sources name them, are different places.
func (f *Features) Bars(g *Features) (Bar, bool) {
	switch {
	case f.Name == g.Name || f.authority == g.authority:
		return SameAuthority, true
	case f.barred(g) != NoBar:
		return f.barred(g), true
	case f.abroad(g):
		return OtherCountry, true
	default:
		return NoBar, false
	}
}

// barred are the bars that hold against a person's decision, too.
func (f *Features) barred(g *Features) Bar {
	switch {
	case f.class != incident.Occurrence || g.class != incident.Occurrence:
		return ReportBar
	case f.forecast != g.forecast:
		return ForecastBar
	case f.status != g.status:
		return StatusBar
	case f.closed != g.closed:
		return RestrictedBar
	default:
		return NoBar
	}
}

// Joinable reports whether a person may say that two records are one event. What a source, a distance or a count says
// against it is for the person to judge; these bars are not.
func (f *Features) Joinable(g *Features) (Bar, bool) {
	if b := f.barred(g); b != NoBar {
		return b, false
	}
	return NoBar, true
}

// Bar is why two records can never be one event.
type Bar uint8

// The bars.
const (
	NoBar Bar = iota
	SameAuthority
	ReportBar
	ForecastBar
	StatusBar
	RestrictedBar
	OtherCountry
)

var barWords = [...]string{
	"",
	"one authority lists them as two",
	"a report is not an occurrence",
	"one of them is only expected",
	"an exercise or test is not real",
	"one of them is restricted and the other is open",
	"different countries",
}

// String is the bar in words.
func (b Bar) String() string { return barWords[min(int(b), len(barWords)-1)] }

// abroad reports whether both name countries and none is the same. A country that was found by the position or in the title may
// be the neighbour of the right one.
func (f *Features) abroad(g *Features) bool {
	if len(f.countries) == 0 || len(g.countries) == 0 || sameCountry(f, g) {
		return false
	}
	return !f.inferred && !g.inferred || !f.hasPoint || !g.hasPoint || distance(f, g) > borderRadius
}

func sameCountry(f, g *Features) bool {
	for _, c := range f.countries {
		for _, d := range g.countries {
			if c == d {
				return true
			}
		}
	}
	return false
}

// outcomes compared, in the order in which reasons name them.
var outcomes = [...]incident.Outcome{incident.Killed, incident.Injured, incident.Abducted, incident.Detained}

// people are what a record says of those affected.
type people struct {
	known       [len(outcomes)]bool
	n           [len(outcomes)]int
	populations uint16 // those of which there are any, one bit each; 0 when nobody said
}

func peopleOf(b incident.Breakdown) (p people) {
	for k, o := range outcomes {
		p.n[k], p.known[k] = b.Outcome(o)
	}
	for i := range b {
		if a := &b[i]; a.Count != 0 && a.Population.Value > incident.PopulationUnknown && !a.Population.Is(incident.PopulationStaff) {
			p.populations |= 1 << a.Population.Value
		}
	}
	return p
}

// total is everyone counted, known where any is.
func (p *people) total() (n int, known bool) {
	for k := range outcomes {
		if p.known[k] {
			n, known = n+p.n[k], true
		}
	}
	return n, known
}
