package incident

import "math/bits"

// Population is the group that affected people belong to. Populations are never added
// together (resolution 71/129 reports them apart).
type Population uint8

// The populations. The zero value is a figure that is not broken down by population. PopulationAnybody is
// that of statistics of conflicts: fighters, civilians, whoever was there, and nobody is told apart. PopulationStaff is the
// humanitarian community, where it is not said of which organisation; PopulationUnknown does not say that much.
const (
	PopulationAny Population = iota
	PopulationUnknown
	PopulationUN
	PopulationAssociated
	PopulationNGO
	PopulationRedCross
	PopulationUNRWAArea
	PopulationContractor
	PopulationCivilian
	PopulationOther
	PopulationAnybody
	PopulationStaff
)

var populations = newVocabulary(PopulationUnknown,
	"", "unknown", "un", "associated", "ngo", "red_cross", "unrwa_area", "contractor", "civilian", "other",
	"anybody", "staff")

// String is the word used in files and JSON; empty when not broken down.
func (p Population) String() string { return populations.name(p) }

// ParsePopulation reads a population; the empty word is not broken down.
func ParsePopulation(s string) Coded[Population] { return parseStated(populations, s) }

// PopulationWords lists the vocabulary.
func PopulationWords() []string { return populations.words() }

// Recruitment tells national from international staff.
type Recruitment uint8

// The kinds of recruitment. The zero value is not broken down; unknown is a value.
const (
	RecruitmentAny Recruitment = iota
	RecruitmentUnknown
	National
	International
)

var recruitments = newVocabulary(RecruitmentUnknown, "", "unknown", "national", "international")

// String is the word used in files and JSON; empty when not broken down.
func (r Recruitment) String() string { return recruitments.name(r) }

// ParseRecruitment reads a recruitment; the empty word is not broken down.
func ParseRecruitment(s string) Coded[Recruitment] { return parseStated(recruitments, s) }

// RecruitmentWords lists the vocabulary.
func RecruitmentWords() []string { return recruitments.words() }

// Sex of the people counted.
type Sex uint8

// The sexes. The zero value is not broken down; unknown is a value.
const (
	SexAny Sex = iota
	SexUnknown
	Female
	Male
)

var sexes = newVocabulary(SexUnknown, "", "unknown", "f", "m")

// String is the word used in files and JSON; empty when not broken down.
func (s Sex) String() string { return sexes.name(s) }

// ParseSex reads a sex; the empty word is not broken down.
func ParseSex(s string) Coded[Sex] { return parseStated(sexes, s) }

// SexWords lists the vocabulary.
func SexWords() []string { return sexes.words() }

// Outcome is what happened to people, counted in persons.
type Outcome uint8

// The outcomes. The zero value is a figure that is not broken down by outcome.
const (
	OutcomeAny Outcome = iota
	OutcomeUnknown
	Killed
	Injured
	Abducted
	Detained
	Assaulted
	SexuallyAssaulted
	Robbed
	Burgled
	Hijacked
	Intimidated
	Harassed
	Missing
	Ill
	Unharmed
)

var outcomes = newVocabulary(OutcomeUnknown,
	"", "unknown", "killed", "injured", "abducted", "detained", "assaulted", "sexually_assaulted",
	"robbed", "burgled", "hijacked", "intimidated", "harassed", "missing", "ill", "none")

// String is the word used in files and JSON; empty when not broken down.
func (o Outcome) String() string { return outcomes.name(o) }

// ParseOutcome reads an outcome; the empty word is not broken down.
func ParseOutcome(s string) Coded[Outcome] { return parseStated(outcomes, s) }

// OutcomeWords lists the vocabulary.
func OutcomeWords() []string { return outcomes.words() }

// Affected is one figure: so many people of this description. A dimension at its zero value
// is not broken down.
type Affected struct {
	Population  Coded[Population]
	Recruitment Coded[Recruitment]
	Sex         Coded[Sex]
	Outcome     Coded[Outcome]
	Count       int // persons, 0 or more, or Uncounted
}

// Uncounted in place of a count is a number that the record does not know: that there may
// have been such people is said, how many is not. It is not 0, and it is never added up.
const Uncounted = -1

// Breakdown is all figures that one record gives about the people affected. Entries with
// the same set of dimensions are one breakdown; entries with different sets describe the
// same people again and are never added to each other.
type Breakdown []Affected

// Cut asks for the people of a description; a dimension at its zero value takes everyone.
type Cut struct {
	Population  Population
	Recruitment Recruitment
	Sex         Sex
	Outcome     Outcome
}

type dimensions uint8

const (
	byPopulation dimensions = 1 << iota
	byRecruitment
	bySex
	byOutcome
	allDimensions = 16
)

func (a *Affected) dimensions() dimensions {
	var d dimensions
	if a.Population.Value != PopulationAny {
		d |= byPopulation
	}
	if a.Recruitment.Value != RecruitmentAny {
		d |= byRecruitment
	}
	if a.Sex.Value != SexAny {
		d |= bySex
	}
	if a.Outcome.Value != OutcomeAny {
		d |= byOutcome
	}
	return d
}

func (c Cut) dimensions() dimensions {
	a := Affected{Population: of(c.Population), Recruitment: of(c.Recruitment), Sex: of(c.Sex), Outcome: of(c.Outcome)}
	return a.dimensions()
}

func (c Cut) holds(a *Affected) bool {
	return (c.Population == PopulationAny || a.Population.Is(c.Population)) &&
		(c.Recruitment == RecruitmentAny || a.Recruitment.Is(c.Recruitment)) &&
		(c.Sex == SexAny || a.Sex.Is(c.Sex)) &&
		(c.Outcome == OutcomeAny || a.Outcome.Is(c.Outcome))
}

// Figure answers a cut from the finest set of dimensions that holds it: the set with the most
// dimensions, and among equals the one that counts more people (the worse figure). A set in
// which some of the people asked for are Uncounted cannot answer; what a set that can does not
// list is 0. known is false when no set of the record can answer.
func (b Breakdown) Figure(c Cut) (n int, known bool) { return b.figure(c.dimensions(), c.holds) }

// figure is Figure of the people whom holds takes, who are told by the dimensions that are wanted.
func (b Breakdown) figure(want dimensions, holds func(*Affected) bool) (n int, known bool) {
	var sums, all [allDimensions]int
	var seen, open [allDimensions]bool
	for i := range b {
		d := b[i].dimensions()
		if d&want != want {
			continue
		}
		seen[d] = true
		if b[i].Count == Uncounted {
			open[d] = open[d] || holds(&b[i])
			continue
		}
		all[d] += b[i].Count
		if holds(&b[i]) {
			sums[d] += b[i].Count
		}
	}
	best, finest, people := -1, -1, -1
	for d := range seen {
		fine := bits.OnesCount8(uint8(d))
		if seen[d] && !open[d] && (fine > finest || fine == finest && all[d] > people) {
			best, finest, people = d, fine, all[d]
		}
	}
	if best < 0 {
		return 0, false
	}
	return sums[best], true
}

// Outcome is the number of people with one outcome, whoever they are.
func (b Breakdown) Outcome(o Outcome) (n int, known bool) { return b.Figure(Cut{Outcome: o}) }

// harmful are the outcomes that count as harm to a person.
var harmful = append(principal[:len(principal):len(principal)], further[:]...)

// Harmed is the sum over the harmful outcomes, or where one of them is not known everyone
// affected, for ordering records by weight; known as in Figure.
func (b Breakdown) Harmed() (n int, known bool) {
	for _, o := range harmful {
		k, ok := b.Outcome(o)
		if !ok {
			return b.Figure(Cut{})
		}
		n += k
	}
	return n, true
}
