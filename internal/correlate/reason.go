package correlate

import (
	"fmt"
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
	sequel
)

const namedToo = apartNamed - apart

// Text is the reason in words, without its points. It names figures of the two records and no word of theirs but ids.
func (r Reason) Text() string {
	act := func(a int) string { return strings.ReplaceAll(incident.Act(a).String(), "_", " ") }
	switch r.note {
	case sameID:
		return "both carry the id " + string(r.key)
	case sameLink:
		return "both refer to " + strings.TrimPrefix(string(r.key), "url:")
	case withinSeconds:
		return fmt.Sprintf("%d s apart", r.x)
	case withinMinutes:
		return fmt.Sprintf("%d min apart", max(0, r.x))
	case withinHours:
		return fmt.Sprintf("within %d h", r.x)
	case sameDay:
		return "the same day"
	case sameMonth:
		return "the same month; one of them gives no day"
	case sameYear:
		return "the same year; one of them gives no month"
	case daysApart:
		return fmt.Sprintf("%s apart", plural(r.x, "day"))
	case otherQuake:
		return fmt.Sprintf("%d min apart: another shock", r.x)
	case apart:
		return fmt.Sprintf("%d km apart", r.x)
	case apartNamed:
		return fmt.Sprintf("%d km apart, and names of the place agree", r.x)
	case apartVague:
		return fmt.Sprintf("%d km apart, which says little: one of them does not know better", r.x)
	case apartVagueNamed:
		return fmt.Sprintf("%d km apart, which one of them does not know better; names of the place agree", r.x)
	case samePlace:
		return "names of the place agree"
	case sameRegion:
		return "the same region"
	case otherRegion:
		return "names of the region differ"
	case onlyCountry:
		return "the same country; no more is known of the place"
	case hazardOrNot:
		return "one is a hazard and the other is not"
	case sameAct:
		return "the same act: " + act(r.x)
	case likeAct:
		return "acts that go together: " + act(r.x) + ", " + act(r.y)
	case otherAct:
		return "acts that do not go together: " + act(r.x) + ", " + act(r.y)
	case samePeople:
		return "the same figures: " + plural(r.x, "person") + " affected"
	case morePeople:
		return fmt.Sprintf("figures differ: %d and %d affected", r.x, r.y)
	case otherPeople:
		return fmt.Sprintf("figures have nobody in common: %d and %d affected", r.x, r.y)
	case noPeople:
		return fmt.Sprintf("%d affected by the one, nobody by the other", r.x)
	case samePopulation:
		return "the same kind of organisation"
	case otherPopulation:
		return "different kinds of organisation"
	case sharedWords:
		return fmt.Sprintf("%s in common that tell, %d %% of the shorter text", plural(r.x, "word"), min(100, r.y))
	case sequel:
		return "one title alone tells of a second one, or of another"
	default:
		return ""
	}
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
