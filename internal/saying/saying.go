// Package saying has what the domain says to people in such a form that it can be said in another language: the English text with
// its values beside it. The domain itself knows English alone, which is also what logs, files and programs get.
package saying

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Voice says English texts in the language of whoever reads them. That of package lang is one; nil is English.
type Voice interface {
	Say(english string) string
	Sayf(english string, args ...any) string
	// SayAs says an English word that is another word in another context.
	SayAs(context, english string) string
	// Forms is a number with what is counted, of which one and more are the English words.
	Forms(n int, one, more string) string
	Decimal(v float64, decimals int) string
	// Number is a whole number with its thousands set apart.
	Number(n int) string
	// Units is an age as package health writes it.
	Units(age string) string
}

// Namer is a voice that knows what countries are called, by their alpha-3 code and their English name.
type Namer interface {
	Nation(alpha3, english string) string
}

// IsEnglish reports whether a voice is known to say everything in English.
func IsEnglish(v Voice) bool {
	tagged, ok := v.(interface{ Tag() string })
	return v == English || ok && tagged.Tag() == "en"
}

// English is the voice of what is not for a certain reader.
var English Voice = plain{}

type plain struct{}

func (plain) Say(english string) string { return english }

func (plain) SayAs(_, english string) string { return english }

func (plain) Sayf(english string, args ...any) string { return fmt.Sprintf(english, args...) }

func (plain) Forms(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return Grouped(n, ",") + " " + more
}

func (plain) Number(n int) string { return Grouped(n, ",") }

func (plain) Decimal(v float64, decimals int) string {
	return strconv.FormatFloat(v, 'f', decimals, 64)
}

func (plain) Units(age string) string { return age }

// failure is an error whose text can be said in another language.
type failure struct {
	english string
	args    []any
}

// Errorf makes an error of a text, which is a literal that the catalogues know, and its values, and keeps them apart for [In]. Errors among
// the values are wrapped; their verb is %s.
func Errorf(english string, args ...any) error { return &failure{english, args} }

func (f *failure) Error() string { return f.In(English) }

// Unwrap is the errors among the values.
func (f *failure) Unwrap() []error {
	var list []error
	for _, a := range f.args {
		if err, ok := a.(error); ok {
			list = append(list, err)
		}
	}
	return list
}

// In is the text in a voice.
func (f *failure) In(v Voice) string {
	args := make([]any, len(f.args))
	for i, a := range f.args {
		args[i] = a
		switch a := a.(type) {
		case error:
			args[i] = In(v, a)
		case int:
			args[i] = shown(v.Number(a))
		}
	}
	return v.Sayf(f.english, args...)
}

// In is the text of an error in a voice, as far as it was made by [Errorf] or says itself in a voice by a method In; the rest of it
// is in English. It is empty for nil.
func In(v Voice, err error) string {
	if err == nil {
		return ""
	}
	var said interface {
		error
		In(v Voice) string
	}
	if !errors.As(err, &said) {
		return err.Error()
	}
	// Either the error itself, or one that stands at its end, as in "poll: not done: …".
	if before, ok := strings.CutSuffix(err.Error(), said.Error()); ok {
		return before + said.In(v)
	}
	return err.Error()
}
