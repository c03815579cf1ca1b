package report

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"vigil/internal/country"
	"vigil/internal/country/fold"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/saying"
	"vigil/internal/tui/widget"
	"vigil/internal/voice"
)

// speech is how the form is filled in by somebody who reads a language: with the words of that language, or the English ones. What
// is saved is always the English vocabulary.
type speech struct {
	figure.Hand
	names country.Naming
}

func (h speech) english() bool { return h.Language == nil }

// word is a word of the vocabulary as it stands in the form.
func (h speech) word(english string) string {
	if h.english() {
		return english
	}
	return h.Words(english)
}

func (h speech) words(english []string) []string {
	list := make([]string, len(english))
	for i, w := range english {
		list[i] = h.word(w)
	}
	return list
}

// offered are the words of a vocabulary that what is typed may stand for, as they stand in the form.
func (h speech) offered(english []string, typed string) []string {
	if list := widget.Begins(h.words(english), typed); len(list) > 0 || h.english() {
		return list
	}
	return h.words(widget.Begins(english, typed))
}

// meant is what a text of a field says to package voice.
func (h speech) meant(f voice.Field, text string) string {
	switch {
	case h.english():
		return text
	case folded(text) == folded(h.Say("unknown")):
		return "unknown"
	case f == voice.When:
		return h.time(text)
	case f == voice.People:
		return each(text, h.person)
	}
	return h.vocable(text, voice.Words(f))
}

// vocable is the word of a vocabulary that a text is in the language; any other text is itself.
func (h speech) vocable(text string, english []string) string {
	for _, w := range english {
		if folded(h.word(w)) == folded(text) {
			return w
		}
	}
	return text
}

// refutation is a reason to refute in English.
func (h speech) refutation(text string) string {
	var words []string
	for _, r := range duty.Refutations() {
		words = append(words, string(r))
	}
	return h.vocable(text, words)
}

// shown is what package voice says of a field as it stands in the form.
func (h speech) shown(f voice.Field, text string) string {
	switch {
	case h.english() || text == "":
		return text
	case f == voice.People:
		return each(text, h.affected)
	case slices.Contains(voice.Words(f), text):
		return h.word(text)
	}
	return text
}

// ago are the ways to say a time that has passed, with their English.
var ago = []string{lang.Msg("%d min ago"), lang.Msg("%d h ago"), lang.Msg("%d days ago")}

// days are the words for times.
var days = []string{lang.Msg("now"), lang.Msg("today"), lang.Msg("yesterday")}

// times are the times that are offered.
func (h speech) times(typed string) []string {
	return widget.Begins([]string{h.Say("now"), h.Sayf("%d min ago", 20), h.Sayf("%d h ago", 1), h.Say("today"), h.Say("yesterday"), h.Say("unknown")}, typed)
}

// time is a text that says when, in English.
func (h speech) time(text string) string {
	for _, d := range days {
		if folded(h.Say(d)) == folded(text) {
			return d
		}
	}
	for _, a := range ago {
		before, after, _ := strings.Cut(h.Say(a), "%d")
		number, begins := strings.CutPrefix(strings.ToLower(text), strings.ToLower(before))
		number, ends := strings.CutSuffix(number, after)
		if number = strings.TrimSpace(number); begins && ends && number != "" && strings.Trim(number, "0123456789") == "" {
			return strings.Replace(a, "%d", number, 1)
		}
	}
	return text
}

// affected is a word of people as it stands in the form: one without blanks.
func (h speech) affected(english string) string {
	if !slices.Contains(voice.PeopleWords(), english) {
		return english
	}
	return strings.ReplaceAll(h.word(strings.ReplaceAll(english, "unknown-", "unknown ")), " ", "-")
}

// unsaid marks the words for what is not known of people.
var _ = []string{lang.Msg("unknown population"), lang.Msg("unknown recruitment"), lang.Msg("unknown sex"), lang.Msg("unknown outcome")}

// person is a word of people in English. Of words that are inflected the ending does not count.
func (h speech) person(text string) string {
	if folded(text) == folded(h.SayAs("people", "and")) {
		return "and"
	}
	for _, same := range []func(string) string{folded, stem} {
		for _, w := range voice.PeopleWords() {
			if same(h.affected(w)) == same(text) {
				return w
			}
		}
	}
	return text
}

// each puts another word in the place of each word of a text, whatever stands between them.
func each(text string, word func(string) string) string {
	var b strings.Builder
	for rest := text; rest != ""; {
		n := strings.IndexAny(rest, " ,;")
		if n < 0 {
			n = len(rest)
		}
		if n > 0 {
			b.WriteString(word(rest[:n]))
		} else {
			n = 1
			b.WriteByte(rest[0])
		}
		rest = rest[n:]
	}
	return b.String()
}

// folded is a text by which two ways to write it are the same: case, accents, blanks and punctuation do not count.
func folded(s string) string {
	out, ok := fold.Append(make([]byte, 0, utf8.UTFMax*(len(s)+1)), s)
	if !ok {
		return s
	}
	return string(out)
}

// stem is a word without the ending of its gender and number.
func stem(s string) string {
	const shortest = 3
	if s = folded(s); len(s) <= shortest {
		return s
	}
	return s[:shortest] + strings.TrimRight(s[shortest:], "aeosx")
}

// understood is how package voice understands a text of a field, or what is wrong with it.
func (h speech) understood(f voice.Field, text string, now time.Time) (as string, err error) {
	meant := h.meant(f, text)
	as, err = voice.Read(f, meant, now)
	switch {
	case h.english():
		return as, err
	case err != nil:
		return "", errors.New(h.wrong(f, err))
	case as == "":
		return "", nil
	}
	switch f {
	case voice.Country:
		var names []string
		for part := range strings.SplitSeq(meant, ",") {
			c, _ := country.Parse(strings.TrimSpace(part))
			names = append(names, h.CountryName(h.names, c, longest))
		}
		return strings.Join(names, ", "), nil
	case voice.Grade:
		return h.grade(strings.ToUpper(strings.TrimSpace(meant))), nil
	case voice.When:
		w, _ := voice.ParseWhen(meant, now)
		return h.when(w, now), nil
	case voice.People:
		said := strings.Split(as, "; ")
		said[0] = each(said[0], h.affected)
		for i := 1; i < len(said); i++ {
			said[i] = h.Say(said[i])
		}
		return strings.Join(said, "; "), nil
	}
	return as, nil
}

// longest is more cells than any name of a country takes.
const longest = 100

// What is said of people that a text leaves unsaid.
var _ = []string{lang.Msg("neither recruitment nor sex said"), lang.Msg("sex not said"), lang.Msg("recruitment not said"), lang.Msg("not said whether staff")}

// The grades of the Admiralty system, as package voice says them.
var (
	reliability = map[byte]string{
		'A': lang.Msg("source completely reliable"), 'B': lang.Msg("source usually reliable"), 'C': lang.Msg("source fairly reliable"), 'D': lang.Msg("source not usually reliable"),
		'E': lang.Msg("source unreliable"), 'F': lang.Msg("source of unknown reliability"),
	}
	credibility = map[byte]string{
		'1': lang.Msg("confirmed by others"), '2': lang.Msg("probably true"), '3': lang.Msg("possibly true"), '4': lang.Msg("doubtful"), '5': lang.Msg("improbable"), '6': lang.Msg("truth not known"),
	}
)

func (h speech) grade(g string) string {
	if len(g) != 2 {
		return ""
	}
	return h.Say(reliability[g[0]]) + ", " + h.Say(credibility[g[1]])
}

// when is a time as it is understood, with how long ago that is; see [voice.WhenWords].
func (h speech) when(w incident.When, now time.Time) string {
	if w.Precision != incident.ToTime {
		return h.Sayf("%s, no time of day", w)
	}
	at := w.Start.Format("15:04Z")
	if y, m, d := now.UTC().Date(); w.Start.Year() != y || w.Start.Month() != m || w.Start.Day() != d {
		at = h.Sayf("%s on %s", at, h.Date(w.Start, "2 Jan 2006"))
	}
	switch passed := now.Sub(w.Start); {
	case passed < time.Minute:
		return at + ", " + h.Say("now")
	case passed < 2*time.Hour:
		return at + ", " + h.Sayf("%d min ago", int(passed.Minutes()))
	case passed < 72*time.Hour:
		return at + ", " + h.Sayf("%d h ago", int(passed.Hours()))
	default:
		return at + ", " + h.Sayf("%d days ago", int(passed.Hours()/24))
	}
}

// people is an example of how people are written.
func (h speech) people() string { return each("2 national ngo abducted, 1 f killed", h.affected) }

// wrong says what to write where a text of a field cannot be read. What package voice says has examples in English: of people and
// times there are some in the language.
func (h speech) wrong(f voice.Field, err error) string {
	switch {
	case h.english():
	case f == voice.People:
		return h.Sayf("write how many, who and what became of them, such as \"%s\"; \"?\" for how many nobody knows", h.people())
	case f == voice.When:
		return h.Sayf("write 14:20 (UTC), \"%s\", \"%s\", 2026-11-20 14:20, a date, a month, or \"%s\"; nothing that is later than now", h.Sayf("%d min ago", 20), h.Say("now"), h.Say("unknown"))
	}
	return saying.In(h, err)
}
