package aloud

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"vigil/internal/lang"
)

// tongue is how one language is said: the tables of this package in its words. What is drawn is looked for in its own words and in English.
type tongue struct {
	l          *lang.Language
	columns    map[string]column
	inLines    []string
	bands      map[string]bool // of the estimate, as they are drawn
	words      map[string]string
	harms      map[string]string // of a short form of an outcome, its English word
	forms      []string
	units      map[string]string // by how it is drawn, the unit as package health writes it
	durations  *regexp.Regexp
	apart      map[string]string // units that stand behind their number with a blank between
	one        map[string]string // of them, the word for one
	whole      map[string]string // of cells and titles that the language cuts short
	outcome    *regexp.Regexp
	outcomes   map[string]bool
	asked      map[string]bool
	escalated  string // of an alarm, before the level
	within     string // how far something is from another at the most
	unplaced   string // behind how many have no position known
	likelihood string // what a likelihood is called
	symbols    *strings.Replacer
	keys       map[string]string // arrows and signs in the names of fields
}

var tongues sync.Map // of *lang.Language to *tongue

// in is the tongue of a language; it is made once.
func in(l *lang.Language) *tongue {
	if t, ok := tongues.Load(l); ok {
		return t.(*tongue)
	}
	t, _ := tongues.LoadOrStore(l, learn(l))
	return t.(*tongue)
}

func learn(l *lang.Language) *tongue {
	t := &tongue{
		l: l, columns: maps.Clone(columns), words: map[string]string{}, whole: map[string]string{}, harms: maps.Clone(harms), units: map[string]string{}, apart: map[string]string{},
		bands: map[string]bool{}, outcomes: set(l, beforeUnknown), asked: set(l, afterUnknown), likelihood: l.Say("likelihood"), escalated: strings.TrimSuffix(strings.TrimPrefix(l.Say(", ESCALATED %d"), ", "), " %d"),
		within:   l.Say("within $1 kilometres,"),
		unplaced: l.Say("without a position"),
		symbols:  strings.NewReplacer("→", " "+l.SayAs("aloud", "to")+" ", "↑", " "+l.SayAs("aloud", "up")+" ", "↓", " "+l.SayAs("aloud", "down")+" ", "×", " "+l.SayAs("aloud", "times"), "▸", "", "·", ",", "•", ""),
		keys: map[string]string{
			"↑": l.SayAs("key", "Up"), "↓": l.SayAs("key", "Down"), "←": l.SayAs("key", "Left"), "→": l.SayAs("key", "Right"),
			"×": l.SayAs("aloud", "times"), "▸": l.SayAs("aloud", "pointer"), "░": l.SayAs("aloud", "hatch"),
		},
	}
	for _, title := range slices.Sorted(maps.Keys(columns)) {
		t.columns[l.Say(title)] = columns[title]
	}
	for _, title := range inLines {
		t.inLines = append(t.inLines, title)
		if said := l.Say(title); said != title {
			t.inLines = append(t.inLines, said)
		}
	}
	for _, band := range []string{lang.Msg("High"), lang.Msg("V.High"), lang.Msg("Medium"), lang.Msg("Low"), lang.Msg("V.Low"), lang.Msg("Unacc.")} {
		t.bands[band], t.bands[l.Say(band)] = true, true
	}
	for short, said := range words {
		t.words[short] = l.Say(said)
	}
	for short, said := range grave {
		grave := l.SayAs("alarm", said)
		t.words[short], t.words[l.Say(short)] = grave, grave
		t.words[strings.ToUpper(said)], t.words[strings.ToUpper(grave)] = grave, grave // what rings has it in full, in capitals
	}
	for short, said := range words { // where both have the word, the one of the language counts
		short, said = l.Say(short), l.Say(said)
		if rest, begins := strings.CutPrefix(said, short); !begins || len(rest) > 1 { // else it is a word by itself, such as tué beside tués
			t.words[short] = said
		}
	}
	for short, word := range harms {
		t.harms[l.Say(short)] = word
	}
	for _, f := range forms {
		t.forms = append(t.forms, l.Say(f.said))
	}
	t.learnWhole()
	t.learnTime()
	t.outcome = regexp.MustCompile(`(` + anyOf(l.Say("killed"), l.Say("injured"), l.Say("abducted"), l.Say("detained"), l.Say("missing")) + `) (\d|` + anyOf(l.Say("unknown")) + `)`)
	return t
}

// abridged are words that have no room in some languages, where they are cut short.
var abridged = []string{lang.MsgAs("aloud", "terror"), lang.MsgAs("aloud", "ack ends"), lang.MsgAs("aloud", "shelf ends")}

// covered are the titles of what sources cover, with the letter of each.
var covered = map[string]string{
	lang.Msg("A conflict"): lang.Msg("armed conflict"), lang.Msg("T terror"): lang.Msg("terrorism"), lang.Msg("C crime"): lang.Msg("crime"),
	lang.Msg("U unrest"): lang.Msg("civil unrest"),
}

// learnWhole is what the language cuts short.
func (t *tongue) learnWhole() {
	for _, short := range abridged {
		if drawn, said := t.l.Say(short), t.l.SayAs("aloud", short); drawn != said {
			t.whole[drawn] = said
		}
	}
	for title, said := range covered {
		if _, drawn, _ := strings.Cut(t.l.Say(title), " "); strings.HasSuffix(drawn, ".") {
			t.whole[drawn] = t.l.Say(said)
		}
	}
	if drawn, said := t.l.SayAs("presence", "counts"), t.l.SayAs("aloud", "counts"); strings.HasSuffix(drawn, ".") {
		t.whole[drawn] = said
	}
}

// learnTime is the units of time.
func (t *tongue) learnTime() {
	for _, unit := range []string{second, minute, hour, day, month, year} {
		t.units[unit] = unit
	}
	for _, unit := range []string{second, minute, hour, day, month, year} {
		t.units[strings.TrimPrefix(t.l.Units("1"+unit), "1")] = unit
	}
	names := slices.SortedFunc(maps.Keys(t.units), func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	t.durations = regexp.MustCompile(`^(<?)(\d[\d,\x{a0}]*)(` + anyOf(names...) + `)(\d\d)?$`)
	hours, days := t.l.Say("hours"), t.l.Say("days")
	t.one = map[string]string{hours: strings.TrimPrefix(t.counted("1", hour), "1 "), days: strings.TrimPrefix(t.counted("1", day), "1 ")}
	t.apart["h"], t.apart["H"], t.apart[strings.TrimPrefix(t.l.Units("1h"), "1")] = hours, hours, hours
	t.apart["d"], t.apart[strings.TrimPrefix(t.l.Units("1d"), "1")] = days, days
}

func anyOf(words ...string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = regexp.QuoteMeta(w)
	}
	return strings.Join(quoted, "|")
}

// set is the words of a list in English and in the language.
func set(l *lang.Language, list string) map[string]bool {
	is := map[string]bool{}
	for _, w := range append(strings.Fields(list), strings.Fields(l.Say(list))...) {
		is[w] = true
	}
	return is
}
