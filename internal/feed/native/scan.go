package native

import (
	"strings"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// The scanner reads the lines that nearly all lines are: known members, each once, with the values that
// the contract asks for. It is several times faster than the exact decoder, and gives up (ok is false) at
// the first thing that is not so, or that would need a warning: the exact decoder then reads the line from
// its beginning, and says what it finds. Fuzzing holds the two against each other.
//
// It is fast because it looks at each byte once, and expects a line to be like those before it: the names of
// its members are compared with those that followed one another there, its words with those that it knows.
// All of this only finds sooner what would be found anyway.

// scan reads the object in line into r, if it is of the common kind.
func (r *reader) scan(line string) bool {
	line = strings.Trim(line, " \t\r\n")
	if len(line) < 2 || line[0] != '{' {
		return false
	}
	s := r.scanner
	s.s, s.pos, s.ok = line, 1, true
	var seen uint64
	for m := begin; ; {
		m = s.name(&s.members, m)
		if m == 0 || seen>>m&1 != 0 {
			return false
		}
		seen |= 1 << m
		if r.scanMember(s, m); !s.ok {
			return false
		}
		if !s.further('}') {
			break
		}
	}
	if !s.ok || s.pos != len(s.s) {
		return false
	}
	r.complete()
	return len(r.refused)+len(r.warnings) == 0
}

// The members that the scanner reads.
const (
	mID byte = iota + 1
	mSource
	mClass
	mVersion
	mType
	mStatus
	mOccurred
	mUntil
	mReported
	mExpectedFrom
	mExpectedTo
	mCountry
	mCountries
	mCountryText
	mInferred
	mAdmin1
	mPlace
	mLat
	mLon
	mAccuracy
	mThreat
	mAct
	mTarget
	mHolder
	mMeans
	mActor
	mSeverity
	mTitle
	mDetails
	mAffected
	mVerification
	mGrade
	mHandling
	mNoOnward
	mLinks
)

var scanned = newVocabulary(
	"id", "source", "class", "version", "type", "status", "occurred", "until", "reported", "expected_from", "expected_to",
	"country", "countries", "country_text", "inferred", "admin1", "place", "lat", "lon", "accuracy_km", "threat", "act",
	"target", "holder", "means", "actor", "severity", "title", "details", "affected", "verification", "grade", "handling",
	"no_onward", "links",
)

// What an entry of "affected" may hold.
const (
	dPopulation byte = iota + 1
	dRecruitment
	dSex
	dOutcome
	dCount
)

var scannedDimensions = newVocabulary("population", "recruitment", "sex", "outcome", "count")

// The vocabularies, of which words are remembered.
const (
	wThreat = iota
	wAct
	wTarget
	wHolder
	wSeverity
	wVerification
	wHandling
	wPopulation
	wRecruitment
	wSex
	wOutcome
	vocabularies
)

func (r *reader) scanMember(s *scanner, m byte) {
	i := &r.rec.Incident
	switch m {
	case mID:
		if t, ok := s.text(r, feed.MaxID); ok {
			i.Identity.ID, r.hasID = t, !t.IsZero()
			s.ok = s.ok && t.Len() <= feed.MaxID
		}
	case mSource:
		s.textInto(r, &r.source)
	case mClass:
		scanListed(s, &i.Class, incident.LookupClass)
	case mVersion:
		i.Version = s.whole(1 << 53)
	case mType:
		scanListed(s, &i.Type, incident.LookupType)
	case mStatus:
		scanListed(s, &i.Status, incident.LookupStatus)
	case mOccurred:
		s.when(&i.Occurred)
	case mUntil:
		s.until(i)
	case mReported:
		var w incident.When
		if s.when(&w); w.Precision == incident.ToTime {
			i.Reported = w.Start
		} else if !w.IsZero() {
			s.ok = false
		}
	case mExpectedFrom:
		s.when(&i.ExpectedFrom)
	case mExpectedTo:
		s.when(&i.ExpectedTo)
	case mCountry:
		s.country(r)
	case mCountries:
		s.each(func() { s.country(r) })
	case mCountryText:
		s.each(func() {
			if t, ok := s.text(r, safetext.MaxLine); ok && !t.IsZero() {
				r.hasCountry = true
				i.CountryText = append(i.CountryText, t)
			}
		})
	case mInferred:
		i.Inferred = s.flag()
	case mAffected:
		s.affected(r)
	default:
		r.scanFurther(s, m)
	}
}

func (r *reader) scanFurther(s *scanner, m byte) {
	i := &r.rec.Incident
	switch m {
	case mAdmin1:
		s.textInto(r, &i.Admin1)
	case mPlace:
		s.textInto(r, &i.Place)
	case mLat:
		i.Point.Lat, r.hasLat = s.number()
	case mLon:
		i.Point.Lon, r.hasLon = s.number()
	case mAccuracy:
		i.Accuracy, _ = s.number()
		s.ok = s.ok && i.Accuracy >= 0 && i.Accuracy <= maxAccuracy
	case mThreat:
		r.hasThreat = scanCoded(s, r, wThreat, &i.Threat, incident.ParseThreat) != ""
	case mAct:
		said := scanCoded(s, r, wAct, &i.Act, incident.ParseAct)
		r.hasAct = i.Act.Value != incident.ActUnknown || said == incident.ActUnknown.String()
	case mTarget:
		scanCoded(s, r, wTarget, &i.Target, incident.ParseTarget)
	case mHolder:
		scanCoded(s, r, wHolder, &i.Holder, incident.ParseHolder)
	case mMeans:
		s.textInto(r, &i.Means)
	case mActor:
		s.textInto(r, &i.Actor)
	case mSeverity:
		scanCoded(s, r, wSeverity, &i.Severity, incident.ParseSeverity)
	case mTitle:
		s.title(r, &i.Title)
	case mDetails:
		s.block(r, &i.Details)
	case mVerification:
		scanCoded(s, r, wVerification, &i.Verification, incident.ParseVerification)
	case mGrade:
		s.textInto(r, &i.Grade)
	case mHandling:
		scanCoded(s, r, wHandling, &i.Handling, incident.ParseHandling)
	case mNoOnward:
		i.NoOnward = s.flag()
	case mLinks:
		s.each(func() {
			if t, ok := s.text(r, safetext.MaxLine); ok && !t.IsZero() {
				i.Links = append(i.Links, t)
			}
		})
	default:
		s.ok = false
	}
}

func (s *scanner) affected(r *reader) {
	i := &r.rec.Incident
	i.Affected = r.spare[:0]
	s.each(func() {
		if !s.null() {
			i.Affected = append(i.Affected, incident.Affected{Count: incident.Uncounted})
			s.entry(r, &i.Affected[len(i.Affected)-1])
		}
	})
	if r.spare = i.Affected; len(i.Affected) == 0 {
		i.Affected = nil
	}
}

// entry reads one entry of "affected".
func (s *scanner) entry(r *reader, a *incident.Affected) {
	if !s.eat('{') {
		s.ok = false
		return
	}
	if s.eat('}') {
		return
	}
	var seen uint64
	for d, more := begin, true; more && s.ok; more = s.further('}') {
		if d = s.name(&s.dimensions, d); d == 0 || seen>>d&1 != 0 {
			s.ok = false
			return
		}
		seen |= 1 << d
		switch d {
		case dPopulation:
			scanCoded(s, r, wPopulation, &a.Population, incident.ParsePopulation)
		case dRecruitment:
			scanCoded(s, r, wRecruitment, &a.Recruitment, incident.ParseRecruitment)
		case dSex:
			scanCoded(s, r, wSex, &a.Sex, incident.ParseSex)
		case dOutcome:
			scanCoded(s, r, wOutcome, &a.Outcome, incident.ParseOutcome)
		case dCount:
			if !s.null() {
				a.Count = int(s.whole(maxCount))
			}
		}
	}
}

func (s *scanner) country(r *reader) {
	i := &r.rec.Incident
	word, plain := s.plain()
	if plain {
		if w := s.countries.at(word); w.word == word {
			r.hasCountry = true
			if i.Countries == nil {
				i.Countries = w.value // of one: nothing can be appended to it in place
			} else {
				i.Countries = append(i.Countries, w.value...)
			}
			s.pos += len(word) + 2
			return
		}
	}
	t, ok := s.text(r, safetext.MaxLine)
	if !ok || t.IsZero() {
		return
	}
	r.hasCountry = true
	if c, known := country.Parse(t.String()); known {
		i.Countries = append(i.Countries, c)
		if plain {
			s.countries.learn(word, []country.Code{c})
		}
	} else {
		s.ok = s.ok && country.IsNone(t.String())
	}
}

// scanListed reads a word that must be one of a vocabulary.
func scanListed[T any](s *scanner, to *T, lookup func(string) (T, bool)) {
	if t, ok := s.str(); ok {
		*to, s.ok = lookup(t)
	}
}

// scanCoded reads a word of a vocabulary, and gives it as it stands there.
func scanCoded[T ~uint8](s *scanner, r *reader, vocabulary int, to *incident.Coded[T], parse func(string) incident.Coded[T]) string {
	m := &s.words[vocabulary]
	word, plain := s.plain()
	if plain {
		if w := m.at(word); w.word == word {
			to.Value = T(w.value)
			s.pos += len(word) + 2
			return w.word
		}
	}
	t, ok := s.str()
	if !ok {
		return ""
	}
	*to = parse(r.text.Line(t).String())
	if s.ok = !to.Unlisted(); s.ok && plain {
		m.learn(word, uint8(to.Value))
	}
	return t
}
