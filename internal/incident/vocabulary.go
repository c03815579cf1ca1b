package incident

import (
	"strings"

	"vigil/internal/safetext"
)

// Coded is a value of a vocabulary together with the source's own word for it. Text is
// set only when the source used a word that the vocabulary does not have: Value is
// then the vocabulary's unknown, and the word is kept, counted and shown, never dropped.
type Coded[T ~uint8] struct {
	Value T
	Text  safetext.Text
}

// Is reports whether the value is v in the vocabulary itself (not an unlisted word).
func (c Coded[T]) Is(v T) bool { return c.Value == v && c.Text.IsZero() }

// Unlisted reports whether the source used a word that the vocabulary does not have.
func (c Coded[T]) Unlisted() bool { return !c.Text.IsZero() }

// of makes a listed Coded value.
func of[T ~uint8](v T) Coded[T] { return Coded[T]{Value: v} }

// Known makes a Coded from a listed value of any vocabulary of this package.
func Known[T ~uint8](v T) Coded[T] { return of(v) }

// vocabulary is a closed list of words in the order of their constants.
type vocabulary[T ~uint8] struct {
	names   []string
	index   map[string]T
	unknown T
}

func newVocabulary[T ~uint8](unknown T, names ...string) *vocabulary[T] {
	v := &vocabulary[T]{names: names, index: make(map[string]T, len(names)), unknown: unknown}
	for i, name := range names {
		if name != "" {
			v.index[name] = T(i)
		}
	}
	return v
}

func (v *vocabulary[T]) name(t T) string {
	if int(t) < len(v.names) {
		return v.names[t]
	}
	return v.names[v.unknown]
}

// parse takes a word in snake case, in any case and with spaces or hyphens for the
// underscores. An unlisted word gives the vocabulary's unknown with its text.
func (v *vocabulary[T]) parse(s string) Coded[T] {
	if t, ok := v.index[s]; ok {
		return of(t)
	}
	if t, ok := v.index[snake(s)]; ok {
		return of(t)
	}
	return Coded[T]{Value: v.unknown, Text: safetext.Clean(s)}
}

func (v *vocabulary[T]) lookup(s string) (T, bool) {
	t, ok := v.index[snake(s)]
	return t, ok
}

func (v *vocabulary[T]) words() []string {
	words := make([]string, 0, len(v.names))
	for _, name := range v.names {
		if name != "" {
			words = append(words, name)
		}
	}
	return words
}

// underscores joins the parts of a word as snake case does.
var underscores = strings.NewReplacer(" ", "_", "-", "_", "/", "_")

func snake(s string) string { return underscores.Replace(strings.ToLower(strings.TrimSpace(s))) }
