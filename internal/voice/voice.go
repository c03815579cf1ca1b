// Package voice is a report as somebody gives it by telephone or radio, and as the duty officer writes it down: in words, field by
// field, each of which may be unknown or not spoken of at all.
//
// A [Report] says only what was said. [Report.Upon] puts it onto what was known before, so that two people who write down two
// calls about one incident at once lose nothing of each other's.
//
// The words are the same in the console's form, on the command line and in vigil's own format: see [Report.Set].
//
// Everything here is pure: now is passed in.
package voice

import (
	"slices"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// Field is one thing that a report may speak of. Its name is that of the member of a native record, where there is one.
type Field string

// The fields.
const (
	Act          Field = "act"
	Threat       Field = "threat"
	Target       Field = "target"
	Country      Field = "country" // one or several, with commas between them
	Admin1       Field = "admin1"
	Place        Field = "place"
	Position     Field = "position" // lat and lon
	When         Field = "when"
	Source       Field = "source" // who tells
	Grade        Field = "grade"
	Verification Field = "verification"
	People       Field = "people"
	Severity     Field = "severity"
	Handling     Field = "handling"
	Holder       Field = "holder"
	Actor        Field = "actor"
	Means        Field = "means"
	Title        Field = "title"
	Details      Field = "details"
)

// ErrField is wrapped by the errors of [Report.Set].
var ErrField = saying.Errorf("cannot be read")

// Report is what was said. The zero value says nothing.
type Report struct {
	says   incident.Incident
	said   map[Field]bool
	counts []count // of outcomes, beside what is said of the people
}

// count is how many people have an outcome, whoever they are.
type count struct {
	outcome incident.Outcome
	people  int
}

// Says reports whether it speaks of a field, be it to say that it is unknown.
func (r *Report) Says(f Field) bool { return r.said[f] }

// IsZero reports whether it says nothing at all.
func (r *Report) IsZero() bool { return len(r.said)+len(r.counts) == 0 }

// Only reports whether it speaks of one field and no other.
func (r *Report) Only(f Field) bool { return len(r.said) == 1 && r.said[f] && len(r.counts) == 0 }

// Moved is a report that says how far something is established, and no more.
func Moved(to incident.Verification) Report {
	return Report{says: incident.Incident{Verification: incident.Known(to)}, said: map[Field]bool{Verification: true}}
}

// Source is who tells; empty if that is not said.
func (r *Report) Source() safetext.Text { return r.says.Identity.Authority }

// Verification is how far it says that something is established.
func (r *Report) Verification() incident.Verification { return r.says.Verification.Value }

// Unknown reports whether a text says that something is not known.
func Unknown(text string) bool {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "", "?", "-", "unknown", "not known", "unk":
		return true
	}
	return false
}

// Set takes what was said of a field, in words, and tells how it was understood; as is empty where that is no other than what was
// written. Nothing, "?" and "unknown" say that it is not known. An error says what to write.
func (r *Report) Set(f Field, text string, now time.Time) (as string, err error) {
	set, known := setters[f]
	if !known {
		return "", saying.Errorf("%s: there is no field %q", ErrField, f)
	}
	text = strings.TrimSpace(text)
	if Unknown(text) {
		text = ""
	}
	if as, err = set(&r.says, text, now); err != nil {
		return "", saying.Errorf("%s %s: %s", f, ErrField, err)
	}
	if r.said == nil {
		r.said = map[Field]bool{}
	}
	r.said[f] = true
	if err := r.agree(); err != nil {
		delete(r.said, f)
		return "", err
	}
	return as, nil
}

// Count takes how many people have an outcome, whoever they are. Other outcomes stay as they were said before, and so does who those of this
// one were, as far as the number has room for it: see [Report.Unkept]. Where the report itself says of the people what the number contradicts
// the error wraps [ErrPeople].
func (r *Report) Count(o incident.Outcome, people int) error {
	if people < 0 || people > maxPeople {
		return saying.Errorf("%s %s: %d is no number of people", o, ErrField, people)
	}
	r.counts = append(r.counts, count{o, people})
	if err := r.agree(); err != nil {
		r.counts = r.counts[:len(r.counts)-1]
		return err
	}
	return nil
}

// Read tells how a text of a field would be understood, without taking it.
func Read(f Field, text string, now time.Time) (as string, err error) {
	if Unknown(text) {
		return "", nil
	}
	var i incident.Incident
	return setters[f](&i, strings.TrimSpace(text), now)
}

// setter takes a text that is not empty, or the empty text for what is not known.
type setter func(i *incident.Incident, text string, now time.Time) (as string, err error)

var setters = map[Field]setter{
	Act:          word(func(i *incident.Incident) *incident.Coded[incident.Act] { return &i.Act }, incident.ParseAct, "act"),
	Threat:       word(func(i *incident.Incident) *incident.Coded[incident.Threat] { return &i.Threat }, incident.ParseThreat, "threat"),
	Target:       word(func(i *incident.Incident) *incident.Coded[incident.Target] { return &i.Target }, incident.ParseTarget, "target"),
	Holder:       word(func(i *incident.Incident) *incident.Coded[incident.Holder] { return &i.Holder }, incident.ParseHolder, "holder"),
	Severity:     word(func(i *incident.Incident) *incident.Coded[incident.Severity] { return &i.Severity }, incident.ParseSeverity, "severity"),
	Verification: word(func(i *incident.Incident) *incident.Coded[incident.Verification] { return &i.Verification }, incident.ParseVerification, "verification"),
	Handling:     word(func(i *incident.Incident) *incident.Coded[incident.Handling] { return &i.Handling }, incident.ParseHandling, "handling"),
	Country:      setCountry,
	Admin1:       line(func(i *incident.Incident) *safetext.Text { return &i.Admin1 }),
	Place:        line(func(i *incident.Incident) *safetext.Text { return &i.Place }),
	Actor:        line(func(i *incident.Incident) *safetext.Text { return &i.Actor }),
	Means:        line(func(i *incident.Incident) *safetext.Text { return &i.Means }),
	Title:        line(func(i *incident.Incident) *safetext.Text { return &i.Title }),
	Source:       setSource,
	Details:      setDetails,
	Grade:        setGrade,
	Position:     setPosition,
	People:       setPeople,
	When: func(i *incident.Incident, text string, now time.Time) (string, error) {
		w, err := ParseWhen(text, now)
		if err != nil {
			return "", err
		}
		i.Occurred = w
		return WhenWords(w, now), nil
	},
}

// word sets a value of a vocabulary. A report is written by us: a word that the vocabulary does not have is refused, since it can be
// put right at once.
func word[T ~uint8](of func(*incident.Incident) *incident.Coded[T], parse func(string) incident.Coded[T], name string) setter {
	return func(i *incident.Incident, text string, _ time.Time) (string, error) {
		if text == "" {
			*of(i) = incident.Coded[T]{}
			return "", nil
		}
		c := parse(text)
		if c.Unlisted() {
			return "", saying.Errorf("%q is no word of %s: write one of %s", text, name, strings.Join(Words(Field(name)), ", "))
		}
		*of(i) = c
		return "", nil
	}
}

// Words lists the vocabulary of a field; nil for one that has none.
func Words(f Field) []string {
	switch f {
	case Act:
		return incident.ActWords()
	case Threat:
		return incident.ThreatWords()
	case Target:
		return incident.TargetWords()
	case Holder:
		return incident.HolderWords()
	case Severity:
		return incident.SeverityWords()
	case Verification:
		return incident.VerificationWords()
	case Handling:
		return incident.HandlingWords()
	}
	return nil
}

// maxLine is the most bytes of a field of one line, maxDetails of the details.
const (
	maxLine    = 400
	maxDetails = 8 << 10
)

func line(of func(*incident.Incident) *safetext.Text) setter {
	return func(i *incident.Incident, text string, _ time.Time) (string, error) {
		if len(text) > maxLine {
			return "", saying.Errorf("it has %d bytes: write at most %d, and the rest into the details", len(text), maxLine)
		}
		*of(i) = safetext.Clean(text)
		return "", nil
	}
}

func setDetails(i *incident.Incident, text string, _ time.Time) (string, error) {
	if len(text) > maxDetails {
		return "", saying.Errorf("they have %d bytes: write at most %d", len(text), maxDetails)
	}
	i.Details = safetext.Block(text)
	return "", nil
}

// setSource takes who tells: the authority of a new incident. It is a name in files, without blanks.
func setSource(i *incident.Incident, text string, _ time.Time) (string, error) {
	name := strings.ToLower(strings.Join(strings.Fields(text), "-"))
	if len(name) > maxLine || strings.Contains(name, "/") {
		return "", saying.Errorf("write a short name without a slash, such as field or police; never a person's")
	}
	i.Identity.Authority = safetext.Clean(name)
	if name != text {
		return name, nil
	}
	return "", nil
}

func setCountry(i *incident.Incident, text string, _ time.Time) (string, error) {
	i.Countries, i.CountryText, i.Inferred = nil, nil, false
	if text == "" {
		return "", nil
	}
	var names []string
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		c, ok := country.Parse(part)
		if !ok {
			return "", saying.Errorf("%q is no country that vigil knows: write a code or a name, such as MLI or Mali", part)
		}
		i.Countries = append(i.Countries, c)
		names = append(names, c.Name())
	}
	slices.Sort(i.Countries)
	i.Countries = slices.Compact(i.Countries)
	return strings.Join(names, ", "), nil
}

var reliability = map[byte]string{
	'A': "completely reliable", 'B': "usually reliable", 'C': "fairly reliable", 'D': "not usually reliable", 'E': "unreliable", 'F': "reliability not known",
}

var credibility = map[byte]string{
	'1': "confirmed by others", '2': "probably true", '3': "possibly true", '4': "doubtful", '5': "improbable", '6': "truth not known",
}

// setGrade takes a grade of the Admiralty system: the reliability of the source, A to F, and the credibility of what it says, 1 to 6.
func setGrade(i *incident.Incident, text string, _ time.Time) (string, error) {
	if text == "" {
		i.Grade = safetext.Text{}
		return "", nil
	}
	g := strings.ToUpper(text)
	if len(g) != 2 || reliability[g[0]] == "" || credibility[g[1]] == "" {
		return "", saying.Errorf("write A to F for the source and 1 to 6 for what it says, such as C3")
	}
	i.Grade = safetext.Clean(g)
	return "source " + reliability[g[0]] + ", " + credibility[g[1]], nil
}

// Upon is the version of an incident that the report makes of the last one: what it does not speak of stays as it was. The identity,
// the version and the times of the desk are the caller's.
func (r *Report) Upon(last *incident.Incident) incident.Incident {
	i := *last
	for f := range r.said {
		copyField[f](&i, &r.says)
	}
	for _, c := range r.counts {
		i.Affected, _ = counted(i.Affected, c.outcome, c.people)
	}
	if (r.said[Act] || r.said[Threat]) && i.Act.Value.Hazard() && i.Threat.Is(incident.ThreatUnknown) {
		i.Threat = incident.Known(incident.Hazard) // an earthquake is one, whether that is said or not
	}
	return i
}

var copyField = map[Field]func(to, from *incident.Incident){
	Act:    func(to, from *incident.Incident) { to.Act = from.Act },
	Threat: func(to, from *incident.Incident) { to.Threat = from.Threat },
	Target: func(to, from *incident.Incident) { to.Target = from.Target },
	Country: func(to, from *incident.Incident) {
		to.Countries, to.CountryText, to.Inferred = from.Countries, nil, false
	},
	Admin1:       func(to, from *incident.Incident) { to.Admin1 = from.Admin1 },
	Place:        func(to, from *incident.Incident) { to.Place = from.Place },
	Position:     func(to, from *incident.Incident) { to.Point, to.HasPoint, to.Accuracy = from.Point, from.HasPoint, 0 },
	When:         func(to, from *incident.Incident) { to.Occurred = from.Occurred },
	Source:       func(_, _ *incident.Incident) {}, // of a new one alone, and then it is its authority
	Grade:        func(to, from *incident.Incident) { to.Grade = from.Grade },
	Verification: func(to, from *incident.Incident) { to.Verification = from.Verification },
	People:       func(to, from *incident.Incident) { to.Affected = from.Affected },
	Severity:     func(to, from *incident.Incident) { to.Severity = from.Severity },
	Handling:     func(to, from *incident.Incident) { to.Handling = from.Handling },
	Holder:       func(to, from *incident.Incident) { to.Holder = from.Holder },
	Actor:        func(to, from *incident.Incident) { to.Actor = from.Actor },
	Means:        func(to, from *incident.Incident) { to.Means = from.Means },
	Title:        func(to, from *incident.Incident) { to.Title = from.Title },
	Details:      func(to, from *incident.Incident) { to.Details = from.Details },
}

// Text is a field of an incident in the words that [Report.Set] reads back to the same; empty for what is not known.
func Text(f Field, i *incident.Incident) string {
	switch f {
	case Act:
		return codedText(i.Act, i.Act.Value.String(), incident.ActUnknown)
	case Threat:
		return codedText(i.Threat, i.Threat.Value.String(), incident.ThreatUnknown)
	case Severity:
		return codedText(i.Severity, i.Severity.Value.String(), incident.SeverityUnknown)
	case Target:
		return codedText(i.Target, i.Target.Value.String(), incident.TargetUnstated)
	case Holder:
		return codedText(i.Holder, i.Holder.Value.String(), incident.HolderUnstated)
	case Handling:
		return codedText(i.Handling, i.Handling.Value.String(), incident.HandlingUnstated)
	case Verification:
		return i.Verification.Value.String()
	case Country:
		var codes []string
		for _, c := range i.Countries {
			codes = append(codes, c.Alpha3())
		}
		return strings.Join(codes, ", ")
	case Position:
		return positionText(i)
	case When:
		return i.Occurred.String()
	case People:
		return peopleText(i.Affected)
	case Source:
		return i.Identity.Authority.String()
	case Admin1:
		return i.Admin1.String()
	case Place:
		return i.Place.String()
	case Grade:
		return i.Grade.String()
	case Actor:
		return i.Actor.String()
	case Means:
		return i.Means.String()
	case Title:
		return i.Title.String()
	case Details:
		return i.Details.String()
	}
	return ""
}

// codedText is a word; one that the vocabulary does not have cannot be said again, and is left as it is.
func codedText[T ~uint8](c incident.Coded[T], word string, unknown T) string {
	if c.Unlisted() || c.Value == unknown {
		return ""
	}
	return word
}
