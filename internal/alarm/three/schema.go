package three

import (
	"fmt"
	"slices"
	"strings"

	"vigil/internal/misspelt"
)

// Kind is what a value is.
type Kind uint8

// The kinds.
const (
	IsTruth Kind = iota + 1
	IsNumber
	IsWord
)

// String is the kind as messages call it.
func (k Kind) String() string {
	return [...]string{"nothing", "yes or no", "a number", "a word"}[min(int(k), 3)]
}

// Field is something that a rule can ask of its subject.
type Field struct {
	Name string
	Kind Kind
	// Words is every word that it can be; nil where it can be any. Of a number they are its values from 1, the least first: it is
	// compared with them, as in severity >= 'severe'.
	Words []string
	// Read gives a word as the field has it, where people may write it otherwise, and false of one that it cannot be; nil where any can.
	Read func(string) (string, bool)
	// Takes is what stands in parentheses behind it; nil where nothing does. Bare says that it may also stand alone.
	Takes *Argument
	Bare  bool
	About string // one line for the README and completion
}

// Argument is the one thing that a field takes: a number of at least Least, or one of the words.
type Argument struct {
	Least float64
	Words []string
}

// Schema is what can be asked of a subject. Later names what a later version will know, and what it comes with.
type Schema struct {
	Fields []Field
	Later  map[string]string
}

// Subject answers for the fields of a schema. of is the argument: a float64, a string, or nil where none is given. The answer
// is a [Truth], a [Number] or a [Word], as the field says.
type Subject interface {
	Ask(field string, of any) any
}

func (s *Schema) field(name string) (*Field, bool) {
	i := slices.IndexFunc(s.Fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return nil, false
	}
	return &s.Fields[i], true
}

// Names lists the fields.
func (s *Schema) Names() []string {
	names := make([]string, len(s.Fields))
	for i := range s.Fields {
		names[i] = s.Fields[i].Name
	}
	return names
}

// instead says what to write in place of a word.
func instead(word string, known []string) string {
	const most = 14
	best, near := misspelt.Nearest(word, known)
	switch {
	case near:
		return "did you mean " + best + "?"
	case len(known) > most:
		return fmt.Sprintf("write one of %s …", strings.Join(known[:most], ", "))
	}
	return "write one of " + strings.Join(known, ", ")
}
