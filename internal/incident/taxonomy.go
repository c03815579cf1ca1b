package incident

// Threat is one axis of the taxonomy: the five threat categories of the United Nations
// Security Level System (armed conflict, terrorism, crime, civil unrest, hazards) and
// unknown, which is a value of its own.
type Threat uint8

// The threat categories.
const (
	ThreatUnknown Threat = iota
	ArmedConflict
	Terrorism
	Crime
	CivilUnrest
	Hazard
)

// Threats are the five named categories in the order in which they are listed everywhere.
func Threats() []Threat { return []Threat{ArmedConflict, Terrorism, Crime, CivilUnrest, Hazard} }

var threats = newVocabulary(ThreatUnknown,
	"unknown", "armed_conflict", "terrorism", "crime", "civil_unrest", "hazard")

// String is the word used in files and JSON.
func (t Threat) String() string { return threats.name(t) }

// Letter is the one-letter mark of the board: A, T, C, U, H, or ? for unknown.
func (t Threat) Letter() string {
	return [...]string{"?", "A", "T", "C", "U", "H"}[min(int(t), 5)]
}

// ParseThreat reads a threat category; an unlisted word is kept as text.
func ParseThreat(s string) Coded[Threat] { return threats.parse(s) }

// ThreatWords lists the vocabulary.
func ThreatWords() []string { return threats.words() }

// Act is the other axis: what was done or what happened.
type Act uint8

// The acts.
const (
	ActUnknown Act = iota
	Killing
	ComplexAttack
	Shooting
	Bombing
	Landmine
	Shelling
	AerialAttack
	Assault
	SexualViolence
	ArmedRobbery
	Burglary
	Theft
	Looting
	Hijacking
	Arson
	Abduction
	HostageTaking
	Detention
	Intimidation
	Harassment
	ThreatMade
	Surveillance
	Protest
	Riot
	AccessDenial
	Expulsion
	AttackOnPremises
	AttackOnVehicle
	AttackOnConvoy
	AttackOnMedical
	CyberThreat
	Hoax
	RoadAccident
	AviationAccident
	OtherAccident
	MedicalEmergency
	DiseaseOutbreak
	Earthquake
	Cyclone
	Flood
	Volcano
	Drought
	Wildfire
	Tsunami
	ActOther
)

var acts = newVocabulary(ActUnknown,
	"unknown", "killing", "complex_attack", "shooting", "bombing_ied", "landmine_erw", "shelling",
	"aerial_attack", "assault", "sexual_violence", "armed_robbery", "burglary", "theft", "looting",
	"hijacking", "arson_fire", "abduction", "hostage_taking", "arrest_detention", "intimidation",
	"harassment", "threat", "surveillance", "protest", "riot", "access_denial", "expulsion",
	"attack_on_premises", "attack_on_vehicle", "attack_on_convoy", "attack_on_medical_facility",
	"cyber_threat", "hoax", "road_accident", "aviation_accident", "other_accident",
	"medical_emergency", "disease_outbreak", "earthquake", "cyclone", "flood", "volcano", "drought",
	"wildfire", "tsunami", "other")

// actAliases are the halves of the double names, which people write as often as the whole.
var actAliases = map[string]Act{
	"bombing": Bombing, "ied": Bombing, "landmine": Landmine, "erw": Landmine, "arson": Arson, "fire": Arson,
	"arrest": Detention, "detention": Detention, "kidnapping": Abduction, "airstrike": AerialAttack,
	"attack_premises": AttackOnPremises, "attack_vehicle": AttackOnVehicle, "attack_convoy": AttackOnConvoy,
	"attack_medical_facility": AttackOnMedical, "attack_on_medical": AttackOnMedical,
}

// String is the word used in files and JSON.
func (a Act) String() string { return acts.name(a) }

// Hazard reports whether the act is a natural hazard by itself, whatever threat it is put under.
func (a Act) Hazard() bool { return a >= DiseaseOutbreak && a <= Tsunami }

// ParseAct reads an act; an unlisted word is kept as text.
func ParseAct(s string) Coded[Act] {
	c := acts.parse(s)
	if c.Unlisted() {
		if a, ok := actAliases[snake(s)]; ok {
			return of(a)
		}
	}
	return c
}

// ActWords lists the vocabulary.
func ActWords() []string { return acts.words() }

// Target is what was hit or aimed at.
type Target uint8

// The targets. TargetUnstated is a record that does not say.
const (
	TargetUnstated Target = iota
	TargetUnknown
	TargetPersonnel
	TargetPremises
	TargetVehicle
	TargetConvoy
	TargetAircraft
	TargetMedical
	TargetOther
)

var targets = newVocabulary(TargetUnknown,
	"", "unknown", "personnel", "premises", "vehicle", "convoy", "aircraft", "medical", "other")

// String is the word used in files and JSON; empty when unstated.
func (t Target) String() string { return targets.name(t) }

// ParseTarget reads a target; the empty word is unstated.
func ParseTarget(s string) Coded[Target] { return parseStated(targets, s) }

// TargetWords lists the vocabulary.
func TargetWords() []string { return targets.words() }

// Holder says who holds a detained or abducted person (paragraph 16 against 17 of
// resolution 71/129).
type Holder uint8

// The holders. HolderUnstated is a record that does not say.
const (
	HolderUnstated Holder = iota
	HolderUnknown
	HolderState
	HolderDeFacto
	HolderNonState
)

var holders = newVocabulary(HolderUnknown, "", "unknown", "state", "de_facto_authority", "non_state")

// String is the word used in files and JSON; empty when unstated.
func (h Holder) String() string { return holders.name(h) }

// ParseHolder reads a holder; the empty word is unstated.
func ParseHolder(s string) Coded[Holder] { return parseStated(holders, s) }

// HolderWords lists the vocabulary.
func HolderWords() []string { return holders.words() }

// Severity is the source's own grading of an incident. Unknown sorts with the highest:
// what nobody graded may be the worst.
type Severity uint8

// The severities, in rising order; SeverityUnknown ranks with Critical (see Rank).
const (
	SeverityUnknown Severity = iota
	Negligible
	Minor
	Moderate
	Severe
	Critical
)

var severities = newVocabulary(SeverityUnknown,
	"unknown", "negligible", "minor", "moderate", "severe", "critical")

// String is the word used in files and JSON.
func (s Severity) String() string { return severities.name(s) }

// Rank orders severities 1 (negligible) to 5 (critical and unknown).
func (s Severity) Rank() int {
	if s == SeverityUnknown {
		return int(Critical)
	}
	return int(s)
}

// ParseSeverity reads a severity; an unlisted word is kept as text.
func ParseSeverity(s string) Coded[Severity] { return severities.parse(s) }

// SeverityWords lists the vocabulary.
func SeverityWords() []string { return severities.words() }

// Verification says how far a report is established.
type Verification uint8

// The verification states. Unconfirmed is what a record says that says nothing.
const (
	Unconfirmed Verification = iota
	Probable
	Confirmed
	Refuted
)

var verifications = newVocabulary(Unconfirmed, "unconfirmed", "probable", "confirmed", "refuted")

// String is the word used in files and JSON.
func (v Verification) String() string { return verifications.name(v) }

// ParseVerification reads a verification; an unlisted word is kept and counts as unconfirmed.
func ParseVerification(s string) Coded[Verification] { return verifications.parse(s) }

// VerificationWords lists the vocabulary.
func VerificationWords() []string { return verifications.words() }

// Handling says who may see a record.
type Handling uint8

// The handling marks, in rising order of restriction. HandlingUnstated is a record that
// does not say: see [Incident.Restricted].
const (
	HandlingUnstated Handling = iota
	Public
	Internal
	Restricted
	StrictlyConfidential
)

// An unlisted mark is somebody's restriction that we cannot read, so it counts as the strictest.
var handlings = newVocabulary(StrictlyConfidential, "", "public", "internal", "restricted", "strictly_confidential")

// String is the word used in files and JSON; empty when unstated.
func (h Handling) String() string { return handlings.name(h) }

// ParseHandling reads a handling mark; an unlisted mark counts as strictly confidential.
func ParseHandling(s string) Coded[Handling] { return parseStated(handlings, s) }

// HandlingWords lists the vocabulary.
func HandlingWords() []string { return handlings.words() }

// Type says what a record does to the incident that it names.
type Type uint8

// The record types.
const (
	New Type = iota
	Update
	Cancel
	Withdraw
)

var types = newVocabulary(New, "new", "update", "cancel", "withdraw")

// String is the word used in files and JSON.
func (t Type) String() string { return types.name(t) }

// LookupType reads a record type; ok is false for an unlisted word.
func LookupType(s string) (t Type, ok bool) { return types.lookup(s) }

// Class tells what was done from what was written about it.
type Class uint8

// The classes. A report is what somebody published (a news item, a situation report): it is listed and
// searched, and never counted as something that happened.
const (
	Occurrence Class = iota
	Report
)

var classes = newVocabulary(Occurrence, "incident", "report")

// String is the word used in files and JSON.
func (c Class) String() string { return classes.name(c) }

// LookupClass reads a class; ok is false for an unlisted word.
func LookupClass(s string) (c Class, ok bool) { return classes.lookup(s) }

// Status tells real records from exercise and test ones.
type Status uint8

// The statuses, those of CAP 1.2 (3.2.1). System messages are between machines and drafts are not for
// action: neither is ever in a picture, whatever the desk.
const (
	Actual Status = iota
	Exercise
	Test
	System
	Draft
)

var statuses = newVocabulary(Actual, "actual", "exercise", "test", "system", "draft")

// String is the word used in files and JSON.
func (s Status) String() string { return statuses.name(s) }

// LookupStatus reads a status; ok is false for an unlisted word.
func LookupStatus(s string) (st Status, ok bool) { return statuses.lookup(s) }

// parseStated is parse for vocabularies whose zero value means that the record does not say.
func parseStated[T ~uint8](v *vocabulary[T], s string) Coded[T] {
	if s == "" {
		return Coded[T]{}
	}
	return v.parse(s)
}
