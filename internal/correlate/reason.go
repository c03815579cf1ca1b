package correlate

import (
	"fmt"
	"slices"
	"strings"

	"vigil/internal/incident"
)

// note says which sentence a reason is.
type note uint8

// The notes. Those of distances have a twin after them for "and names of the place agree".
const (
	silent note = iota
	sameID
	sameLink
	withinSeconds
	withinMinutes
	withinHours
	sameDay
	sameMonth
	sameYear
	daysApart
	otherQuake
	apart
	apartNamed
	apartVague
	apartVagueNamed
	samePlace
	sameRegion
	otherRegion
	onlyCountry
	hazardOrNot
	sameAct
	likeAct
	otherAct
	samePeople
	morePeople
	otherPeople
	noPeople
	samePopulation
	otherPopulation
	sharedWords
	otherWords
	sequel
)

const namedToo = apartNamed - apart

// sentences are the notes in words, with verbs for what [Reason.Told] gives.
var sentences = [...]string{
	silent:          "",
	sameID:          "both carry the id %s",
	sameLink:        "both refer to %s",
	withinSeconds:   "%d s apart",
	withinMinutes:   "%d min apart",
	withinHours:     "within %d h",
	sameDay:         "the same day",
	sameMonth:       "the same month; one of them gives no day",
	sameYear:        "the same year; one of them gives no month",
	daysApart:       "%s apart",
	otherQuake:      "%d min apart: another shock",
	apart:           "%d km apart",
	apartNamed:      "%d km apart, and names of the place agree",
	apartVague:      "%d km apart, which says little: one of them does not know better",
	apartVagueNamed: "%d km apart, which one of them does not know better; names of the place agree",
	samePlace:       "names of the place agree",
	sameRegion:      "the same region",
	otherRegion:     "names of the region differ",
	onlyCountry:     "the same country; no more is known of the place",
	hazardOrNot:     "one is a hazard and the other is not",
	sameAct:         "the same act: %s",
	likeAct:         "acts that go together: %s, %s",
	otherAct:        "acts that do not go together: %s, %s",
	samePeople:      "the same figures: %s affected",
	morePeople:      "figures differ: %d and %d affected",
	otherPeople:     "figures have nobody in common: %d and %d affected",
	noPeople:        "%d affected by the one, nobody by the other",
	samePopulation:  "the same kind of organisation",
	otherPopulation: "different kinds of organisation",
	sharedWords:     "%s in common that tell, %d %% of the shorter text",
	otherWords:      "words enough in both, and none in common that tells",
	sequel:          "one title alone tells of a second one, or of another",
}

// Sentences are all that a reason or a bar may be, for whoever says them in another language.
func Sentences() []string { return slices.Concat(sentences[1:], barWords[1:]) }

// Counted is a number with what is counted, in the singular: day, word or person.
type Counted struct {
	N    int
	Word string
}

// Told is the sentence of a reason, of [Sentences], and what its verbs stand for: an [incident.Act], a [Counted], a number, or an
// id of the records.
func (r Reason) Told() (sentence string, args []any) {
	switch r.note {
	case sameID:
		args = []any{string(r.key)}
	case sameLink:
		args = []any{strings.TrimPrefix(string(r.key), "url:")}
	case withinMinutes:
		args = []any{max(0, r.x)}
	case withinSeconds, withinHours, otherQuake, apart, apartNamed, apartVague, apartVagueNamed, noPeople:
		args = []any{r.x}
	case daysApart:
		args = []any{Counted{r.x, "day"}}
	case sameAct:
		args = []any{incident.Act(r.x)}
	case likeAct, otherAct:
		args = []any{incident.Act(r.x), incident.Act(r.y)}
	case samePeople:
		args = []any{Counted{r.x, "person"}}
	case morePeople, otherPeople:
		args = []any{r.x, r.y}
	case sharedWords:
		args = []any{Counted{r.x, "word"}, min(100, r.y)}
	}
	return sentences[r.note], args
}

// Text is the reason in words, without its points. It names figures of the two records and no word of theirs but ids.
func (r Reason) Text() string {
	sentence, args := r.Told()
	for i, a := range args {
		switch a := a.(type) {
		case incident.Act:
			args[i] = strings.ReplaceAll(a.String(), "_", " ")
		case Counted:
			args[i] = plural(a.N, a.Word)
		}
	}
	return fmt.Sprintf(sentence, args...)
}

// String is the reason with what it is worth: "the same day +4.0".
func (r Reason) String() string { return r.Text() + " " + Points(r.Points) }

// Points writes tenths of points: "+4.0", "-1.5".
func Points(tenths int) string { return fmt.Sprintf("%+.1f", float64(tenths)/10) }

func plural(n int, what string) string {
	switch {
	case n == 1:
		return "1 " + what
	case what == "person":
		return fmt.Sprintf("%d people", n)
	default:
		return fmt.Sprintf("%d %ss", n, what)
	}
}
