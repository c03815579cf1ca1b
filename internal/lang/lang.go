// Package lang says the console in the language of whoever reads it.
//
// The English sentence is the name of its translation: code says h.Say("no end stated"), and a catalogue gives the words
// for it in another language. What a catalogue lacks is said in English, never left out. French and Spanish are complete,
// which a test of package tui holds them to; Arabic, Russian and Chinese have the headings and the states.
//
// Catalogues are files of go-i18n, NAME.TAG.toml, of which one may be for each part of the console. A message with forms
// for one and for many is named by the English singular with %s for the number: "%s incident". Where one English word is
// two words elsewhere, [Language.SayAs] tells them apart: its message is named "context|word".
//
// Sentences are put together by fmt's verbs and not by go-i18n's templates: the verbs of each translation are compared with those of
// the English by a test, and a frame of the console says some hundreds of them. Another order is written %[2]s.
//
// What is no word is written by locale as well: thousands and decimals, and the short names of months. Whole times
// stay as ISO 8601 writes them, in UTC: those are read the same everywhere.
//
// A [Language] does not change once it is made and is safe to share. A nil one is English.
package lang

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"

	"vigil/internal/safetext"
	"vigil/internal/saying"
)

//go:embed catalogue/*.toml
var catalogues embed.FS

// Language is how the console is said in one language on one terminal.
type Language struct {
	tag    string
	words  map[string]string
	say    func(english string) string // nil looks in words alone
	many   func(english string, n int) (string, bool)
	fit    func(s string) string // makes a text of the language fit for the terminal; nil leaves it
	locale locale
}

// English is the tag of the language that every text is written in.
const English = "en"

// Tags are the languages that there are, as ISO 639 codes: English first, then those that are complete.
func Tags() []string { return []string{English, "fr", "es", "ar", "ru", "zh"} }

// Complete reports whether all of the console is said in a language, and not only headings and states.
func Complete(tag string) bool { return tag == English || tag == "fr" || tag == "es" }

// Known is the tag of the language that somebody reads: an ISO 639 code with or without a region, such as "fr", "fr_CH" or "zh-Hans". ok is
// false where vigil does not have it.
func Known(reads string) (tag string, ok bool) {
	code, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(reads, "-", "_")), "_")
	return code, slices.Contains(Tags(), code)
}

// Load makes the language of a tag of [Tags]. For a terminal that has only ASCII its words are spelled out; a
// script that cannot be is refused with [ErrScript].
func Load(tag string, ascii bool) (*Language, error) {
	if tag == English {
		return nil, nil //nolint:nilnil // nil is English
	}
	loc, known := locales[tag]
	if !known {
		return nil, fmt.Errorf("there is no language %q: one of %s", tag, strings.Join(Tags(), ", "))
	}
	if ascii && loc.script != "" {
		return nil, fmt.Errorf("%s on a terminal with ASCII alone: %w", tag, ErrScript)
	}
	l := &Language{tag: tag, words: map[string]string{}, locale: loc}
	l.fit = func(s string) string { return s }
	if ascii {
		l.locale, l.fit = loc.ascii(), spell
	} else if loc.rightToLeft {
		l.fit = isolated
	}
	return l, l.read(tag)
}

// ErrScript is that a terminal cannot show the letters of a language.
var ErrScript = errors.New("its letters cannot be shown")

// Catalogue is what the files of a language say, by file.
func Catalogue(tag string) (map[string][]*i18n.Message, error) {
	_, files, err := catalogue(tag)
	return files, err
}

func catalogue(tag string) (*i18n.Bundle, map[string][]*i18n.Message, error) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	names, err := fs.Glob(catalogues, "catalogue/*."+tag+".toml")
	if err != nil {
		return nil, nil, fmt.Errorf("catalogues of %s: %w", tag, err)
	}
	files := make(map[string][]*i18n.Message, len(names))
	for _, name := range names {
		data, err := catalogues.ReadFile(name)
		if err != nil {
			return nil, nil, fmt.Errorf("catalogues of %s: %w", tag, err)
		}
		file, err := bundle.ParseMessageFileBytes(data, name)
		if err != nil {
			return nil, nil, fmt.Errorf("catalogue %s: %w", name, err)
		}
		files[name] = file.Messages
	}
	return bundle, files, nil
}

// read takes the catalogues of a language in, each word made fit for the terminal.
func (l *Language) read(tag string) error {
	bundle, files, err := catalogue(tag)
	if err != nil {
		return err
	}
	for _, messages := range files {
		for _, m := range messages {
			l.words[m.ID] = l.fit(m.Other)
		}
	}
	localizer := i18n.NewLocalizer(bundle, tag)
	l.many = func(english string, n int) (string, bool) {
		s, err := localizer.Localize(&i18n.LocalizeConfig{MessageID: english, PluralCount: n})
		if other, is := l.words[english]; err != nil && is {
			return other, true // the language has another form for the number, and no catalogue says it
		}
		return l.fit(s), err == nil
	}
	return nil
}

// Translated makes a language of a function that says each English text in it, for tests.
func Translated(say func(english string) string) *Language {
	return &Language{
		tag: "art", say: say, locale: locales[English],
		many: func(english string, _ int) (string, bool) { return say(english), true },
	}
}

// Tag is the ISO 639 code.
func (l *Language) Tag() string {
	if l == nil {
		return English
	}
	return l.tag
}

// Latin reports whether the language is written in Latin letters, of which ASCII has the likeness.
func (l *Language) Latin() bool { return l == nil || l.locale.script == "" }

// Say says an English text in the language.
func (l *Language) Say(english string) string {
	if l == nil || english == "" {
		return english
	}
	if l.say != nil {
		return l.say(english)
	}
	if s, ok := l.words[english]; ok {
		return s
	}
	return english
}

// SayAs says an English text that is another word in another context.
func (l *Language) SayAs(context, english string) string {
	if l == nil {
		return english
	}
	if s, ok := l.words[context+"|"+english]; ok {
		return s
	}
	return l.Say(english)
}

// Sayf is Say with fmt's verbs in the text.
func (l *Language) Sayf(english string, args ...any) string {
	return fmt.Sprintf(l.Say(english), args...)
}

// Spelled is a text that is in the language already and in no catalogue, such as the name of a country, as the terminal can show it.
func (l *Language) Spelled(s string) string {
	if l == nil || l.fit == nil {
		return s
	}
	return l.fit(s)
}

// Plural is a number with what is counted: "1 source", "2 sources". The English word takes an s.
func (l *Language) Plural(n int, word string) string {
	number := l.Number(n)
	if l != nil {
		if form, ok := l.many("%s "+word, n); ok {
			return fmt.Sprintf(form, number)
		}
	}
	if n == 1 {
		return number + " " + word
	}
	return number + " " + word + "s"
}

// Tally is a number with what is counted, where English has one form for all numbers: "2 killed". Its message is named as that of [Language.Plural].
func (l *Language) Tally(n int, word string) string {
	number := l.Number(n)
	if l != nil {
		if form, ok := l.many("%s "+word, n); ok {
			return fmt.Sprintf(form, number)
		}
	}
	return number + " " + l.Say(word)
}

// TallyAs is Tally where what is counted is another word elsewhere, or of another gender: its message is named "context|%s word".
func (l *Language) TallyAs(context string, n int, word string) string {
	number := l.Number(n)
	if l != nil {
		if form, ok := l.many(context+"|%s "+word, n); ok && l.say == nil {
			return fmt.Sprintf(form, number)
		}
	}
	return l.Tally(n, word)
}

// Shown is Forms with the number as it is shown, such as "4+" or "unknown"; n is what it counts as.
func (l *Language) Shown(shown string, n int, one, more string) string {
	return strings.Replace(l.Forms(n, one, more), l.Number(n), shown, 1)
}

// Forms is a number with what is counted where the English word has no regular plural, or stands in a sentence of which the verb changes,
// too: "2 records came late". Its message is named as that of [Language.Plural], by the words of one.
func (l *Language) Forms(n int, one, more string) string {
	if l == nil {
		return saying.English.Forms(n, one, more)
	}
	number := l.Number(n)
	if form, ok := l.many("%s "+one, n); ok {
		return fmt.Sprintf(form, number)
	}
	if n == 1 {
		return number + " " + l.Say(one)
	}
	return number + " " + l.Say(more)
}

// Room is the room for what takes so many cells in English: a third more in other languages, whose words are longer.
func (l *Language) Room(cells int) int {
	if l == nil {
		return cells
	}
	return cells + (cells+2)/3
}

// Msg marks an English text that is said later, of a table of them for instance: it is what it is given.
func Msg(english string) string { return english }

// Heading marks a text as [Msg] does, and that it is a heading or a state of the console, which stands in every language: the title of a screen
// among others that a table has. Texts that begin in capitals, and those that a method Title says, are taken for headings by themselves.
func Heading(english string) string { return english }

// MsgAs marks an English text that is said later in a context: see [Language.SayAs].
func MsgAs(_, english string) string { return english }

// spell writes a word with the letters of ASCII.
func spell(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return kept(s, safetext.Text.ASCII)
		}
	}
	return s
}

// isolated is text that keeps its own direction in whatever line it stands in.
func isolated(s string) string { return kept(s, safetext.Text.Isolated) }

// kept is what a way of safetext makes of s, with the blanks at its ends.
func kept(s string, way func(safetext.Text) string) string {
	body := strings.TrimLeft(s, " ")
	lead := s[:len(s)-len(body)]
	trail := body[len(strings.TrimRight(body, " ")):]
	return lead + way(safetext.Clean(body)) + trail
}
