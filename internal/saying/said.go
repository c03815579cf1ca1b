package saying

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"vigil/internal/safetext"
)

// Saying is a text that is kept as what it was made of, so that it can be stored and said later in another language: an English message with
// its values, which may be Sayings themselves. [Saying.String] is the English text. The zero Saying says nothing.
//
// A Saying does not change once it is made and is safe to share.
type Saying struct {
	kind kind
	// text is a text from outside, a message, the separator of a list, the word of one, a number with decimals, an age or the English name of
	// a country, by the kind.
	text  string
	more  string // the word of many, or the code of a country
	n     int    // a number, or how many decimals
	parts []Saying
}

type kind uint8

const (
	outside kind = iota // a text that stays as it is
	message             // said by a catalogue, of parts
	list                // parts with text between them
	number              // n, with its thousands set apart
	plural              // n of what text and more name
	decimal             // a number with n decimals
	age                 // how long something lasts, as package health writes it
	nation              // a country
)

// Of makes a Saying of a text, which is a literal that the catalogues know, and its values: texts from outside, whole numbers and
// Sayings. The verb of whole numbers is %d, that of all else %s.
func Of(english string, args ...any) Saying {
	s := Saying{kind: message, text: english}
	for _, a := range args {
		s.parts = append(s.parts, valueOf(a))
	}
	return s
}

func valueOf(a any) Saying {
	switch a := a.(type) {
	case Saying:
		return a
	case int:
		return Saying{kind: number, n: a}
	}
	return Text(fmt.Sprint(a))
}

// Text is a text from outside, which stays as it is in every language.
func Text(s string) Saying { return Saying{text: s} }

// Word is a word of a vocabulary that the catalogues know, such as what an enumeration is called.
func Word(english string) Saying {
	if english == "" {
		return Saying{}
	}
	return Saying{kind: message, text: english}
}

// Count is a number of what there are so many of, of which one and more are the English words. Its message is named "%s one".
func Count(n int, one, more string) Saying { return Saying{kind: plural, n: n, text: one, more: more} }

// Decimal is a number with so many decimals.
func Decimal(v float64, decimals int) Saying {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return Text(strconv.FormatFloat(v, 'f', decimals, 64)) // JSON has no such numbers
	}
	return Saying{kind: decimal, text: strconv.FormatFloat(v, 'f', decimals, 64), n: decimals}
}

// Exact is a number with as many decimals as it has.
func Exact(v float64) Saying {
	_, decimals, _ := strings.Cut(strconv.FormatFloat(v, 'f', -1, 64), ".")
	return Decimal(v, len(decimals))
}

// Age is how long something lasts, as package health writes it: 9d.
func Age(english string) Saying { return Saying{kind: age, text: english} }

// Country is the name of a country, which is known by its alpha-3 code.
func Country(alpha3, english string) Saying {
	return Saying{kind: nation, more: alpha3, text: english}
}

// Join is a list with a separator, of which a catalogue may have another: French has a blank before a semicolon. What says nothing is left out.
func Join(separator string, parts ...Saying) Saying {
	s := Saying{kind: list, text: separator}
	for i := range parts {
		if !parts[i].IsZero() {
			s.parts = append(s.parts, parts[i])
		}
	}
	switch len(s.parts) {
	case 0:
		return Saying{}
	case 1:
		return s.parts[0]
	}
	return s
}

// IsZero reports whether it says nothing.
func (s Saying) IsZero() bool { return s.kind == outside && s.text == "" }

// Equal reports whether two are made of the same.
func (s Saying) Equal(o Saying) bool {
	if s.kind != o.kind || s.text != o.text || s.more != o.more || s.n != o.n || len(s.parts) != len(o.parts) {
		return false
	}
	for i := range s.parts {
		if !s.parts[i].Equal(o.parts[i]) {
			return false
		}
	}
	return true
}

// String is the text in English. Texts from outside are in it as they came.
func (s Saying) String() string {
	switch s.kind {
	case message:
		if len(s.parts) == 0 {
			return s.text
		}
		return fmt.Sprintf(s.text, s.values(English, Saying.String)...)
	case list:
		return s.joined(s.text, Saying.String)
	case number:
		return English.Number(s.n)
	case plural:
		return English.Forms(s.n, s.text, s.more)
	case outside, decimal, age, nation:
	}
	return s.text
}

// In is the text in a voice, on one line and safe to show.
func (s Saying) In(v Voice) string { return safetext.Said(s.in(v)).String() }

func (s Saying) in(v Voice) string {
	in := func(part Saying) string { return part.in(v) }
	switch s.kind {
	case message:
		if len(s.parts) == 0 {
			return v.Say(s.text)
		}
		return v.Sayf(s.text, s.values(v, in)...)
	case list:
		return s.joined(v.Say(s.text), in)
	case number:
		return v.Number(s.n)
	case plural:
		return v.Forms(s.n, s.text, s.more)
	case decimal:
		if f, err := strconv.ParseFloat(s.text, 64); err == nil {
			return v.Decimal(f, s.n)
		}
	case age:
		return v.Units(s.text)
	case nation:
		if namer, ok := v.(Namer); ok {
			return namer.Nation(s.more, s.text)
		}
	case outside:
	}
	return safetext.Block(s.text).OneLine().String()
}

// values are the parts as the verbs of a message want them.
func (s Saying) values(v Voice, text func(Saying) string) []any {
	args := make([]any, len(s.parts))
	for i := range s.parts {
		if s.parts[i].kind == number {
			args[i] = shown(v.Number(s.parts[i].n))
			continue
		}
		args[i] = text(s.parts[i])
	}
	return args
}

func (s Saying) joined(separator string, text func(Saying) string) string {
	words := make([]string, len(s.parts))
	for i := range s.parts {
		words[i] = text(s.parts[i])
	}
	return strings.Join(words, separator)
}
