package query

import "slices"

// Field names what a term asks about.
type Field uint8

// The fields. FieldWord has no name in the language: it is what a bare word asks about.
const (
	FieldWord Field = iota
	FieldCountry
	FieldPlace
	FieldAct
	FieldThreat
	FieldSeverity
	FieldKilled
	FieldInjured
	FieldAbducted
	FieldDetained
	FieldAffected
	FieldStaff
	FieldSince
	FieldUntil
	FieldSource
	FieldVerification
	FieldHandling
	FieldClass
	FieldEvent
	FieldID

	// The fields that only an entry of the duty log has.
	FieldKind
	FieldBy
)

// kind is what a field's values are.
type kind uint8

const (
	textKind     kind = iota // part of a text
	codeKind                 // one of a list
	severityKind             // one of an ordered list
	countKind                // a number of persons
	timeKind                 // a time
)

// fields is the one table behind parsing, errors, completion and help.
var fields = [...]struct {
	name, example string
	kind          kind
	values        []string // of a closed list that the file contract fixes
}{
	FieldWord:         {"", `abducted "road to Ansongo"`, textKind, nil},
	FieldCountry:      {"country", "country:MLI", codeKind, nil},
	FieldPlace:        {"place", `place:"Gao region"`, textKind, nil},
	FieldAct:          {"act", "act:abduction", codeKind, nil},
	FieldThreat:       {"threat", "threat:crime", codeKind, []string{"armed_conflict", "terrorism", "crime", "civil_unrest", "hazard"}},
	FieldSeverity:     {"severity", "severity>=severe", severityKind, severities[:]},
	FieldKilled:       {"killed", "killed>0", countKind, nil},
	FieldInjured:      {"injured", "injured>=3", countKind, nil},
	FieldAbducted:     {"abducted", "abducted:unknown", countKind, nil},
	FieldDetained:     {"detained", "detained>0", countKind, nil},
	FieldAffected:     {"affected", "affected>=10", countKind, nil},
	FieldStaff:        {"staff", "staff:national", codeKind, []string{"national", "international"}},
	FieldSince:        {"since", "since:7d", timeKind, nil},
	FieldUntil:        {"until", "until:2026-11-20", timeKind, nil},
	FieldSource:       {"source", "source:radio", codeKind, nil},
	FieldVerification: {"verification", "verification:confirmed", codeKind, []string{"unconfirmed", "probable", "confirmed", "refuted"}},
	FieldHandling:     {"handling", "-handling:restricted", codeKind, []string{"public", "internal", "restricted", "strictly_confidential"}},
	FieldClass:        {"class", "class:report", codeKind, []string{"incident", "report"}},
	FieldEvent:        {"event", "event:proposed", codeKind, []string{"single", "merged", "proposed", "conflict"}},
	FieldID:           {"id", "id:R-2026", textKind, nil},
	FieldKind:         {"kind", "kind:note", codeKind, nil},
	FieldBy:           {"by", "by:Oscar", textKind, nil},
}

// severities in order, the lowest first.
var severities = [...]string{"negligible", "minor", "moderate", "severe", "critical"}

// Severities are the known severities, the lowest first: a rank is a place in this list, counted
// from 1.
func Severities() []string { return slices.Clone(severities[:]) }

// Fields lists the fields of an incident in the order in which help shows them, the bare word first.
func Fields() []Field {
	out := make([]Field, FieldID+1)
	for i := range out {
		out[i] = Field(i)
	}
	return out
}

// EntryFields lists the fields of an entry of the duty log.
func EntryFields() []Field {
	return []Field{FieldWord, FieldKind, FieldBy, FieldSince, FieldUntil, FieldID}
}

// String is the name of the field in the language; a bare word's is empty.
func (f Field) String() string {
	if int(f) >= len(fields) {
		return "invalid field"
	}
	return fields[f].name
}

// Example is a term that uses the field, for help.
func (f Field) Example() string { return fields[f].example }

// lookup finds a field by its folded name.
func (v Vocabulary) lookup(name string) (Field, bool) {
	for _, f := range v.fields()[1:] {
		if fields[f].name == name {
			return f, true
		}
	}
	return 0, false
}

// Vocabulary tells which values the coded fields have, so that a misspelt one is an
// error with advice instead of a filter that finds nothing. Both functions may be nil. They must be
// safe for the goroutines that parse.
type Vocabulary struct {
	// Fields are those that may be asked for, FieldWord the first; nil is those of an incident.
	Fields []Field

	// Values lists what may be written for a field, for completion and for errors. The lists
	// that the file contract closes (threat, severity, staff, verification, handling, class, event) are built in and
	// not asked for. Without a list and without Resolve every value is taken as it is typed, folded.
	Values func(f Field) []string

	// Resolve gives the canonical value of what was typed: "mali" is MLI. It must accept each of
	// its own results and return it unchanged. Where it is nil, Values are compared, case, diacritics
	// and the difference of space, '-' and '_' aside.
	Resolve func(f Field, s string) (value string, ok bool)
}

func (v Vocabulary) fields() []Field {
	if v.Fields == nil {
		return Fields()
	}
	return v.Fields
}

// values lists what may be written for f, Unknown aside.
func (v Vocabulary) values(f Field) []string {
	if fields[f].values != nil {
		return fields[f].values
	}
	if v.Values == nil || fields[f].kind != codeKind {
		return nil
	}
	return v.Values(f)
}

// resolve gives the canonical value of s for a coded or ordered field.
func (v Vocabulary) resolve(f Field, s string) (string, bool) {
	key := valueKey(s)
	if key == Unknown {
		return Unknown, true
	}
	list := v.values(f)
	if fields[f].values == nil {
		if v.Resolve != nil {
			return v.Resolve(f, s)
		}
		if len(list) == 0 {
			return key, true
		}
	}
	for _, val := range list {
		if valueKey(val) == key {
			return val, true
		}
	}
	return "", false
}
