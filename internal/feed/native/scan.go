package native

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// The scanner reads the lines that nearly all lines are: known members, each once, with the values that
// the contract asks for. It is several times faster than the exact decoder, and gives up (ok is false) at
// the first thing that is not so, or that would need a warning: the exact decoder then reads the line from
// its beginning, and says what it finds. Fuzzing holds the two against each other.

// scanner eats a line from its start. The first thing that is not as expected turns ok off for good.
type scanner struct {
	s   string // a copy of the line: texts are parts of it
	pos int
	ok  bool
	// plain says that every character is printable ASCII, and none begins an escape.
	plain bool
}

// scan reads the object in line into r, if it is of the common kind.
func (r *reader) scan(line []byte) bool {
	line = bytes.Trim(line, " \t\r\n")
	if len(line) < 2 || line[0] != '{' || line[len(line)-1] != '}' {
		return false
	}
	s := scanner{s: string(line), pos: 1, ok: true}
	if ascii := safetext.Printable(s.s); !ascii && !utf8.ValidString(s.s) {
		return false
	} else if ascii {
		s.plain = strings.IndexByte(s.s, '\\') < 0
	}
	var seen uint64
	for first := true; !s.closes('}', first); first = false {
		bit := memberBit(s.name())
		if bit == 0 || seen&bit != 0 || !s.ok {
			return false
		}
		seen |= bit
		r.scanMember(&s, bit)
		if !s.ok {
			return false
		}
	}
	if s.pos != len(s.s) {
		return false
	}
	r.complete()
	return len(r.refused)+len(r.warnings) == 0
}

// The members, each a bit, so that one that stands twice is noticed.
const (
	mID uint64 = 1 << iota
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

// memberBit is the bit of a member that the scanner reads; 0 for any other. A switch is faster than a map.
//
//nolint:cyclop,funlen,gocyclo // a table
func memberBit(name string) uint64 {
	switch name {
	case "id":
		return mID
	case "source":
		return mSource
	case "class":
		return mClass
	case "version":
		return mVersion
	case "type":
		return mType
	case "status":
		return mStatus
	case "occurred":
		return mOccurred
	case "until":
		return mUntil
	case "reported":
		return mReported
	case "expected_from":
		return mExpectedFrom
	case "expected_to":
		return mExpectedTo
	case "country":
		return mCountry
	case "countries":
		return mCountries
	case "country_text":
		return mCountryText
	case "inferred":
		return mInferred
	case "admin1":
		return mAdmin1
	case "place":
		return mPlace
	case "lat":
		return mLat
	case "lon":
		return mLon
	case "accuracy_km":
		return mAccuracy
	case "threat":
		return mThreat
	case "act":
		return mAct
	case "target":
		return mTarget
	case "holder":
		return mHolder
	case "means":
		return mMeans
	case "actor":
		return mActor
	case "severity":
		return mSeverity
	case "title":
		return mTitle
	case "details":
		return mDetails
	case "affected":
		return mAffected
	case "verification":
		return mVerification
	case "grade":
		return mGrade
	case "handling":
		return mHandling
	case "no_onward":
		return mNoOnward
	case "links":
		return mLinks
	default:
		return 0
	}
}

func (r *reader) scanMember(s *scanner, bit uint64) {
	i := &r.rec.Incident
	switch bit {
	case mID:
		if t, ok := s.text(r); ok {
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
			if t, ok := s.text(r); ok && !t.IsZero() {
				r.hasCountry = true
				i.CountryText = append(i.CountryText, t)
			}
		})
	case mInferred:
		i.Inferred = s.flag()
	case mAffected:
		s.each(func() { s.affected(r) })
	default:
		r.scanFurther(s, bit)
	}
}

func (r *reader) scanFurther(s *scanner, bit uint64) {
	i := &r.rec.Incident
	switch bit {
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
		r.hasThreat = scanCoded(s, r, &i.Threat, incident.ParseThreat) != ""
	case mAct:
		said := scanCoded(s, r, &i.Act, incident.ParseAct)
		r.hasAct = i.Act.Value != incident.ActUnknown || said == incident.ActUnknown.String()
	case mTarget:
		scanCoded(s, r, &i.Target, incident.ParseTarget)
	case mHolder:
		scanCoded(s, r, &i.Holder, incident.ParseHolder)
	case mMeans:
		s.textInto(r, &i.Means)
	case mActor:
		s.textInto(r, &i.Actor)
	case mSeverity:
		scanCoded(s, r, &i.Severity, incident.ParseSeverity)
	case mTitle:
		if t, ok := s.str(); ok {
			i.Title = r.text.Title(t)
		}
	case mDetails:
		if t, ok := s.str(); ok {
			i.Details = r.text.Block(t)
		}
	case mVerification:
		scanCoded(s, r, &i.Verification, incident.ParseVerification)
	case mGrade:
		s.textInto(r, &i.Grade)
	case mHandling:
		scanCoded(s, r, &i.Handling, incident.ParseHandling)
	case mNoOnward:
		i.NoOnward = s.flag()
	case mLinks:
		s.each(func() {
			if t, ok := s.text(r); ok && !t.IsZero() {
				i.Links = append(i.Links, t)
			}
		})
	default:
		s.ok = false
	}
}

// blank passes over what JSON takes for space.
func (s *scanner) blank() byte {
	for s.pos < len(s.s) {
		c := s.s[s.pos]
		if c > ' ' {
			return c
		}
		if c != ' ' && c != '\t' {
			break
		}
		s.pos++
	}
	s.ok = false
	return 0
}

func (s *scanner) eat(c byte) bool {
	if s.blank() != c {
		return false
	}
	s.pos++
	return true
}

// closes reports whether the list or object ends here, with end; otherwise its next element follows.
func (s *scanner) closes(end byte, first bool) bool {
	switch c := s.blank(); {
	case c == end:
		s.pos++
		return true
	case first:
		return !s.ok
	case c == ',':
		s.pos++
		return false
	default:
		s.ok = false
		return true
	}
}

// name is the name of a member, with its colon.
func (s *scanner) name() string {
	n, ok := s.quoted()
	s.ok = s.ok && ok && s.eat(':')
	return n
}

func (s *scanner) quoted() (string, bool) {
	if !s.eat('"') {
		return "", false
	}
	start := s.pos
	end := strings.IndexByte(s.s[start:], '"')
	if end < 0 {
		return "", false
	}
	t := s.s[start : start+end]
	s.pos = start + end + 1
	if s.plain {
		return t, true
	}
	if safetext.Printable(t) {
		if strings.IndexByte(t, '\\') < 0 {
			return t, true
		}
		return s.escaped(start)
	}
	for k := range len(t) {
		if t[k] < ' ' {
			return "", false
		}
	}
	if strings.IndexByte(t, '\\') >= 0 {
		return s.escaped(start)
	}
	return t, true
}

// escaped is a text with the escapes of one character; others are left to the exact decoder.
func (s *scanner) escaped(start int) (string, bool) {
	var b []byte
	for k := start; k < len(s.s); k++ {
		c := s.s[k]
		switch {
		case c == '"':
			s.pos = k + 1
			return string(b), true
		case c < ' ':
			return "", false
		case c == '\\':
			k++
			letter := strings.IndexByte(escapes, s.s[min(k, len(s.s)-1)])
			if letter < 0 {
				return "", false
			}
			c = escaped[letter]
		}
		b = append(b, c)
	}
	return "", false
}

// escapes are the letters of the escapes, and escaped is what each stands for.
const (
	escapes = "\"\\/bfnrt"
	escaped = "\"\\/\b\f\n\r\t"
)

// null passes over a null, which is as good as nothing.
func (s *scanner) null() bool {
	if s.blank() == 'n' && strings.HasPrefix(s.s[s.pos:], "null") {
		s.pos += len("null")
		return true
	}
	return false
}

// str is a text; ok is false when the record says nothing, or what the scanner does not read.
func (s *scanner) str() (t string, ok bool) {
	if s.null() {
		return "", false
	}
	t, ok = s.quoted()
	s.ok = s.ok && ok
	return t, s.ok && t != ""
}

func (s *scanner) text(r *reader) (t safetext.Text, ok bool) {
	raw, ok := s.str()
	if ok {
		t = r.text.Line(raw)
	}
	return t, ok
}

func (s *scanner) textInto(r *reader, to *safetext.Text) {
	if t, ok := s.text(r); ok {
		*to = t
	}
}

func (s *scanner) when(to *incident.When) {
	if t, ok := s.str(); ok {
		w, err := incident.ParseWhen(t)
		*to, s.ok = w, err == nil
	}
}

func (s *scanner) until(i *incident.Incident) {
	t, ok := s.str()
	switch {
	case !ok:
	case strings.EqualFold(strings.TrimSpace(t), ongoing):
		i.Ongoing = true
	default:
		w, err := incident.ParseWhen(t)
		i.Until, s.ok = w, err == nil
	}
}

func (s *scanner) country(r *reader) {
	t, ok := s.text(r)
	if !ok || t.IsZero() {
		return
	}
	r.hasCountry = true
	if c, known := country.Parse(t.String()); known {
		r.rec.Incident.Countries = append(r.rec.Incident.Countries, c)
	} else {
		s.ok = s.ok && country.IsNone(t.String())
	}
}

// each reads a list.
func (s *scanner) each(read func()) {
	if s.null() {
		return
	}
	if !s.eat('[') {
		s.ok = false
		return
	}
	for first := true; s.ok && !s.closes(']', first); first = false {
		read()
	}
}

func (s *scanner) affected(r *reader) {
	if s.null() {
		return
	}
	if !s.eat('{') {
		s.ok = false
		return
	}
	i := &r.rec.Incident
	i.Affected = append(i.Affected, incident.Affected{Count: incident.Uncounted})
	entry := r.entry()
	var names [5]string
	for n := 0; s.ok && !s.closes('}', n == 0); n++ {
		name := s.name()
		if n == len(names) || slices.Contains(names[:n], name) {
			s.ok = false
			return
		}
		names[n] = name
		switch name {
		case "population":
			scanCoded(s, r, &entry.Population, incident.ParsePopulation)
		case "recruitment":
			scanCoded(s, r, &entry.Recruitment, incident.ParseRecruitment)
		case "sex":
			scanCoded(s, r, &entry.Sex, incident.ParseSex)
		case "outcome":
			scanCoded(s, r, &entry.Outcome, incident.ParseOutcome)
		case "count":
			if !s.null() {
				entry.Count = int(s.whole(maxCount))
			}
		default:
			s.ok = false
		}
	}
}

// scanListed reads a word that must be one of a vocabulary.
func scanListed[T any](s *scanner, to *T, lookup func(string) (T, bool)) {
	if t, ok := s.str(); ok {
		*to, s.ok = lookup(t)
	}
}

// scanCoded reads a word of a vocabulary, and gives it as it stands there.
func scanCoded[T ~uint8](s *scanner, r *reader, to *incident.Coded[T], parse func(string) incident.Coded[T]) string {
	t, ok := s.str()
	if !ok {
		return ""
	}
	word := t
	if !s.plain {
		word = r.text.Line(t).String()
	}
	*to = parse(word)
	s.ok = !to.Unlisted()
	return t
}

func (s *scanner) flag() bool {
	for _, word := range [...]string{"true", "false", "null"} {
		if s.blank(); strings.HasPrefix(s.s[s.pos:], word) {
			s.pos += len(word)
			return word == "true"
		}
	}
	s.ok = false
	return false
}

// digits passes over digits and reports how many there are.
func (s *scanner) digits() int {
	start := s.pos
	for s.pos < len(s.s) && s.s[s.pos] >= '0' && s.s[s.pos] <= '9' {
		s.pos++
	}
	return s.pos - start
}

// whole reads a whole number from 0 to limit, or null as 0.
func (s *scanner) whole(limit int64) int64 {
	if s.null() {
		return 0
	}
	start := s.pos
	n := s.digits()
	if n == 0 || n > 17 || n > 1 && s.s[start] == '0' || s.pos < len(s.s) && strings.IndexByte(".eE", s.s[s.pos]) >= 0 {
		s.ok = false
		return 0
	}
	var v int64
	for _, c := range []byte(s.s[start:s.pos]) {
		v = v*10 + int64(c-'0')
	}
	s.ok = s.ok && v <= limit
	return v
}

// number reads a number, or null as none.
func (s *scanner) number() (f float64, ok bool) {
	if s.null() {
		return 0, false
	}
	start := s.pos
	if s.pos < len(s.s) && s.s[s.pos] == '-' {
		s.pos++
	}
	first := s.pos
	if n := s.digits(); n == 0 || n > 1 && s.s[first] == '0' {
		s.ok = false
		return 0, false
	}
	if s.pos < len(s.s) && s.s[s.pos] == '.' {
		s.pos++
		if s.digits() == 0 {
			s.ok = false
			return 0, false
		}
	}
	if s.pos < len(s.s) && (s.s[s.pos] == 'e' || s.s[s.pos] == 'E') {
		s.ok = false // rare, and not worth a rule of its own
		return 0, false
	}
	f, err := strconv.ParseFloat(s.s[start:s.pos], 64)
	s.ok = s.ok && err == nil
	return f + 0, s.ok
}
