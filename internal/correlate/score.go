package correlate

import (
	"time"

	"vigil/internal/geo"
	"vigil/internal/incident"
)

// Kind is what a comparison comes to.
type Kind uint8

// The kinds, from no to yes.
const (
	Different Kind = iota
	Likely         // proposed to the operator
	Same           // merged without asking
)

// String is the word used in JSON.
func (k Kind) String() string { return [...]string{"different", "likely", "same"}[min(int(k), 2)] }

// Verdict is what the comparison of two records comes to.
type Verdict struct {
	Kind   Kind
	Points int // tenths; the sum of the reasons
	// Contradicts says that the two cannot stand in one group: a bar, or more against than for.
	Contradicts bool
	Bar         Bar
	reasons     [criteria]Reason
}

// Reasons are the criteria that had something to say, in their order; with a bar there are none.
func (v *Verdict) Reasons() []Reason {
	var list []Reason
	for _, r := range v.reasons {
		if r.note != silent {
			list = append(list, r)
		}
	}
	return list
}

// The thresholds, in tenths of points, were chosen on the half of the labelled pairs that is for tuning; see
// TestAWSDAndInsecurityInsight for what they come to on the other half.
const (
	sameFrom   = 90
	likelyFrom = 70
)

// SameFrom is from how many points, in tenths, two records are one event, where their times agree.
const SameFrom = sameFrom

// What is compared, in this order.
const (
	byKey = iota
	byTime
	byPlace
	byAct
	byPeople
	byPopulation
	byWords
	bySequel
	criteria
)

// Reason is one criterion of a comparison: what was found and what it is worth.
type Reason struct {
	Points int // tenths
	note   note
	x, y   int // the figures that the words name
	key    key
}

// Score compares two records. It is the same both ways.
func Score(a, b *Features) Verdict {
	if bar, barred := a.Bars(b); barred {
		return Verdict{Contradicts: true, Bar: bar}
	}
	if a.Name > b.Name {
		a, b = b, a // so that figures stand in one order, whoever asks
	}
	v := besideWords(a, b)
	words := compareTexts(a, b)
	v.reasons[byWords] = compareWords(words)
	v.reasons[bySequel] = compareSequels(a, b)
	for i := range v.reasons {
		v.Points += v.reasons[i].Points
	}
	v.Contradicts = v.Points < 0 || v.reasons[byTime].Points <= impossible || v.reasons[byPlace].Points <= impossible ||
		v.reasons[byAct].Points <= impossible
	switch {
	case v.Contradicts:
	case v.Points >= v.needed(v.wordless(words)) && a.refuted == b.refuted && !a.forecast:
		v.Kind = Same
	case v.Points >= likelyFrom:
		v.Kind = Likely
	}
	return v
}

// besideWords compares all but the words, which cost most.
func besideWords(a, b *Features) (v Verdict) {
	v.reasons[byKey] = compareKeys(a, b)
	v.reasons[byTime] = compareTimes(a, b)
	v.reasons[byPlace] = comparePlaces(a, b)
	v.reasons[byAct] = actReason(a, b)
	if !a.hazard || !b.hazard {
		v.reasons[byPeople] = comparePeople(a, b)
		v.reasons[byPopulation] = comparePopulations(a, b)
	}
	return v
}

// promising reports whether two records could come to something, if their words did.
func promising(a, b *Features) bool {
	if _, barred := a.Bars(b); barred {
		return false
	}
	if a.Name > b.Name {
		a, b = b, a
	}
	v := besideWords(a, b)
	sum := mostByWords
	for i := range v.reasons {
		sum += v.reasons[i].Points
	}
	return sum >= likelyFrom
}

// needed is how many points make two records one event. Without a time and a place of both, only an id that both carry does;
// where the times only come near, or one is a month, or the people are of different organisations, the rest must be better. Two that share no words
// but where it happened and what was done are two of many in a town and on a day: it is for a person to judge, unless it is a shock of an earthquake,
// which its second tells.
func (v *Verdict) needed(wordless bool) int {
	switch t := v.reasons[byTime]; {
	case v.reasons[byKey].Points >= sameFrom:
		return sameFrom
	case wordless && t.note != withinSeconds:
		return never
	case v.reasons[bySequel].note != silent:
		return never
	case t.note == silent || v.reasons[byPlace].note == silent:
		return never
	case t.Points <= 0, v.reasons[byPopulation].note == otherPopulation:
		return sameFrom + 10
	default:
		return sameFrom
	}
}

// never is more points than there can be.
const never = 1 << 20

// impossible is the points of a finding that no other can outweigh.
const impossible = -1000

func compareKeys(a, b *Features) Reason {
	switch k, any := sharedKeys(a.keys, b.keys); {
	case !any:
		return Reason{}
	case k.official():
		return Reason{Points: 150, note: sameID, key: k}
	default:
		return Reason{Points: 40, note: sameLink, key: k}
	}
}

// compareTimes asks whether the intervals that the records give overlap, or nearly.
func compareTimes(a, b *Features) Reason {
	if a.start.IsZero() || b.start.IsZero() {
		return Reason{}
	}
	gap := max(a.start.Sub(b.end), b.start.Sub(a.end)) // negative where they overlap
	coarse := min(a.precision, b.precision)
	brief := a.hazard && b.hazard && a.act == incident.Earthquake && b.act == incident.Earthquake
	switch exact := coarse == incident.ToTime; {
	case exact && brief:
		return quakeTimes(gap)
	case exact && gap <= 15*time.Minute:
		return Reason{Points: 50, note: withinMinutes, x: int(gap.Minutes())}
	case exact && gap <= 6*time.Hour:
		return Reason{Points: 40, note: withinHours, x: int(gap.Hours()) + 1}
	case gap < 0 || gap == 0 && coarse == incident.ToTime:
		return overlap(coarse)
	}
	days := int((gap + day - 1) / day)
	if !exactBoth(a, b) {
		days = int(gap/day) + 1 // from one date to the next
	}
	switch {
	case days <= 1:
		return Reason{Points: 0, note: daysApart, x: days}
	case days <= 3:
		return Reason{Points: 10 - 15*(days-1), note: daysApart, x: days}
	case days <= 7:
		return Reason{Points: -50, note: daysApart, x: days}
	default:
		return Reason{Points: impossible, note: daysApart, x: days}
	}
}

const day = 24 * time.Hour

func exactBoth(a, b *Features) bool {
	return a.precision == incident.ToTime && b.precision == incident.ToTime
}

// quakeTimes: agencies agree on when the earth shook to within seconds, and aftershocks follow within minutes.
func quakeTimes(gap time.Duration) Reason {
	switch seconds := int(gap.Seconds()); {
	case gap <= 20*time.Second:
		return Reason{Points: 70, note: withinSeconds, x: seconds}
	case gap <= 2*time.Minute:
		return Reason{Points: 40, note: withinSeconds, x: seconds}
	default:
		return Reason{Points: impossible, note: otherQuake, x: int(gap.Minutes())}
	}
}

func overlap(coarse incident.Precision) Reason {
	switch coarse {
	case incident.ToMonth:
		return Reason{Points: 0, note: sameMonth}
	case incident.ToYear:
		return Reason{Points: -10, note: sameYear}
	default:
		return Reason{Points: 40, note: sameDay}
	}
}

// Radii in kilometres.
const (
	borderRadius = 50  // within which the country that a position was put into may be the wrong one
	usualRadius  = 25  // how exactly sources place what they do not say the accuracy of
	wideRadius   = 100 // what a road, a district or a rough village comes to
	farRadius    = 300 // beyond it two places are not one, unless a source says that it does not know better
)

func distance(a, b *Features) float64 { return geo.Distance(a.point, b.point) }

// comparePlaces compares positions as exactly as the sources know them, and names. Where one source says no more than the
// country, that is all that can be compared.
func comparePlaces(a, b *Features) Reason {
	named := shared(a.places, b.places) > 0 || shared(a.places, b.regions) > 0 || shared(a.regions, b.places) > 0
	region := shared(a.regions, b.regions) > 0
	bonus := 0
	switch {
	case named && (len(a.places) > 0 && len(b.places) > 0):
		bonus = 20
	case a.mentions(b) || b.mentions(a):
		bonus = 20
	case region || named:
		bonus = 10
	}
	if a.hasPoint && b.hasPoint {
		r := byDistance(distance(a, b), max(a.accuracy, b.accuracy), a.hazard && b.hazard)
		if r.Points > impossible {
			r.Points += bonus
		}
		if bonus > 0 {
			r.note += namedToo
		}
		return r
	}
	switch {
	case bonus == 20:
		return Reason{Points: 35, note: samePlace}
	case bonus > 0:
		return Reason{Points: 20, note: sameRegion}
	case len(a.regions) > 0 && len(b.regions) > 0:
		return Reason{Points: -20, note: otherRegion}
	case sameCountry(a, b):
		return Reason{Points: 0, note: onlyCountry}
	default:
		return Reason{}
	}
}

func byDistance(km, accuracy float64, hazard bool) Reason {
	r := Reason{note: apart, x: int(km + 0.5)}
	vague := accuracy >= farRadius
	switch {
	case vague && km <= accuracy:
		r.Points, r.note = 0, apartVague
	case hazard && km > farRadius+accuracy:
		r.Points = impossible
	case km <= 5:
		r.Points = 35
	case km <= usualRadius:
		r.Points = 30
	case km <= accuracy || km <= wideRadius:
		r.Points = 15
	case km <= farRadius:
		r.Points = -10
	default:
		r.Points = -30
	}
	return r
}

func actReason(a, b *Features) Reason {
	if a.hazard != b.hazard {
		return Reason{Points: impossible, note: hazardOrNot}
	}
	switch compareActs(a.act, b.act) {
	case equal:
		return Reason{Points: 20, note: sameAct, x: int(a.act)}
	case alike:
		return Reason{Points: 10, note: likeAct, x: int(a.act), y: int(b.act)}
	case unsaid:
		return Reason{Points: 0, note: silent}
	default:
		if a.hazard {
			return Reason{Points: impossible, note: otherAct, x: int(a.act), y: int(b.act)}
		}
		return Reason{Points: -30, note: otherAct, x: int(a.act), y: int(b.act)}
	}
}

// comparePeople asks whether what is said of those affected goes together. The more people, the less likely it is
// that two events have as many. Figures that differ do not part two records of one event; that there is no one of whom both
// speak does.
func comparePeople(a, b *Features) Reason {
	both, common, off := 0, 0, 0
	most := 0
	for k := range outcomes {
		if !a.people.known[k] || !b.people.known[k] {
			continue
		}
		x, y := a.people.n[k], b.people.n[k]
		both++
		common += min(x, y)
		off += max(x, y) - min(x, y)
		most = max(most, x, y)
	}
	x, xKnown := a.people.total()
	y, yKnown := b.people.total()
	switch {
	case both == 0 || !xKnown || !yKnown || x == 0 && y == 0:
		return Reason{}
	case x == 0 || y == 0:
		return Reason{Points: -25, note: noPeople, x: max(x, y)}
	case common == 0:
		// The one counts as killed whom the other counts as abducted, or nobody is in both.
		return Reason{Points: -40, note: otherPeople, x: x, y: y}
	case off == 0:
		return Reason{Points: 20 + 5*min(4, common-1), note: samePeople, x: common}
	case common > 1 && 2*common >= x+y-common: // at least half of all are in both
		return Reason{Points: 10, note: morePeople, x: x, y: y}
	case common > 0 && off == 1:
		return Reason{Points: 0, note: morePeople, x: x, y: y}
	default:
		return Reason{Points: -10, note: morePeople, x: x, y: y}
	}
}

func comparePopulations(a, b *Features) Reason {
	switch p, q := a.people.populations, b.people.populations; {
	case p == 0 || q == 0:
		return Reason{}
	case p&q != 0:
		return Reason{Points: 5, note: samePopulation}
	default:
		return Reason{Points: -30, note: otherPopulation}
	}
}

const mostByWords = 80

// several is how many words each must have, place and act aside, before it counts that they share none.
const several = 3

// fewWords is how many words beyond the place and the act two records must share to be one event: one alone may be chance.
const fewWords = 2

// compareWords: words that only reports of this event would use, and whole phrases, which one source took from the other or both from
// a third. Texts of one language that have words enough and share none speak against it.
func compareWords(l likeWords) Reason {
	switch {
	case !l.foreign && l.telling == 0 && l.common < fewWords && l.least >= several:
		return Reason{Points: -10, note: otherWords}
	case l.share == 0:
		return Reason{}
	}
	points := min(40, 10*l.telling) + min(20, 4*l.phrases) + min(20, l.share/4) // at most mostByWords
	return Reason{Points: points, note: sharedWords, x: l.telling, y: l.share}
}

// wordless reports whether there is nothing in the words that makes two records one event: too few that tell, and where the words of the field must
// do, which many events share, nobody of whom both speak.
func (v *Verdict) wordless(l likeWords) bool {
	if l.telling >= fewWords {
		return false
	}
	people := v.reasons[byPeople].note == samePeople || v.reasons[byPeople].note == morePeople || v.reasons[byPopulation].note == samePopulation
	return l.telling+l.common < fewWords || !people
}

// compareSequels asks whether one title alone tells of a second one, or of another: then the other may be of the first.
func compareSequels(a, b *Features) Reason {
	if a.again == b.again {
		return Reason{}
	}
	return Reason{Points: -20, note: sequel}
}
