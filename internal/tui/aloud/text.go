package aloud

import (
	"regexp"
	"strconv"
	"strings"

	"vigil/internal/lang"
)

func (t *tongue) text(s string) string {
	words := lang.Fields(s)
	last := ""
	for i, w := range words {
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		if m := group.FindStringSubmatch(w); m != nil && i+2 < len(words) && t.words[next] != "" {
			words[i], last = t.alarms(m[1])+",", w // 13× HIGH NOT ACKED: how many, how grave, what of them
			words[i+1] += ","
			continue
		}
		if w == "×" && i > 0 && i+1 < len(words) && !strings.ContainsAny(last, "0123456789") {
			if last == t.likelihood { // of which the two are named, and not what they are
				words[i], last = t.l.SayAs("aloud", "and"), w
				continue
			}
			words[i-1], words[i] = words[i-1]+",", "" // a likelihood with an impact is no product
			continue
		}
		words[i], last = t.word(w, last, next), w
	}
	return strings.Join(lang.Fields(strings.Join(words, " ")), " ")
}

// word is a word between its neighbours, said.
func (t *tongue) word(w, last, next string) string {
	if rest, ok := strings.CutPrefix(w, "?"); ok && strings.Trim(rest, ",;:.)") == "" && (t.outcomes[next] || t.asked[last]) {
		return t.l.Say("unknown") + rest
	}
	if rest, less := strings.CutPrefix(w, "<"); less && number.MatchString(rest) {
		return t.l.Sayf("less than %s", rest)
	}
	if number.MatchString(last) {
		bare := strings.TrimRight(w, ",;:")
		if unit, is := t.apart[bare]; is {
			if strings.TrimLeft(last, "(<") == "1" {
				unit = t.one[unit]
			}
			return unit + w[len(bare):]
		}
	}
	if one, is := t.harms[w]; is && number.MatchString(last) {
		n := whole(last)
		return strings.TrimPrefix(t.l.Shown("", n, one, one), " ")
	}
	if said, ok := t.short(w); ok {
		return said
	}
	core := strings.TrimLeft(w, "(")
	lead := w[:len(w)-len(core)]
	bare := strings.TrimRight(core, ",;:.)")
	if said, ok := t.short(bare); ok && bare != "" {
		return lead + said + core[len(bare):]
	}
	if said := t.symbols.Replace(w); said != w {
		return strings.Join(lang.Fields(said), " ")
	}
	return w
}

// group is how many alarms a group has.
var group = regexp.MustCompile(`^(\d[\d,\x{a0}]*)[×x]$`)

// alarms says how many alarms there are, by the number as it is written.
func (t *tongue) alarms(number string) string {
	n, err := strconv.Atoi(ungrouped.Replace(number))
	if err != nil {
		return number
	}
	return t.l.Plural(n, "alarm")
}

var number = regexp.MustCompile(`^[(<]?\d+$`)

// What a "?" stands before, for a number that nobody said, and after, for anything.
var (
	beforeUnknown = lang.Msg("killed inj. abd. det. kil inj abd det missing")
	afterUnknown  = lang.Msg("people level estimate staff normal by hours days h d LEVEL EST near km)")
)

// words are the short forms that are words.
var words = map[string]string{
	lang.Msg("inj."): lang.Msg("injured"), lang.Msg("abd."): lang.Msg("abducted"), lang.Msg("det."): lang.Msg("detained"),
	lang.Msg("kil"): lang.Msg("killed"), lang.Msg("inj"): lang.Msg("injured"), lang.Msg("abd"): lang.Msg("abducted"), lang.Msg("det"): lang.Msg("detained"), lang.Msg("oth"): lang.Msg("otherwise harmed"),
	lang.Msg("nat."): lang.Msg("national"), lang.Msg("int."): lang.Msg("international"), lang.Msg("src"): lang.Msg("source"), lang.Msg("Att."): lang.Msg("Attack on"),
	lang.Msg("CRIT"): lang.Msg("critical"), lang.Msg("MED"): lang.Msg("medium"), lang.Msg("HIGH"): lang.Msg("high"), lang.Msg("LOW"): lang.Msg("low"),
	lang.Msg("V.High"): lang.Msg("very high"), lang.Msg("V.Low"): lang.Msg("very low"), lang.Msg("ACKED"): lang.Msg("acknowledged"), lang.Msg("acked"): lang.Msg("acknowledged"),
	lang.Msg("?time"): lang.Msg("time unknown"), "+?": lang.Msg("plus an unknown number of"), lang.Msg("×OWN"): lang.Msg("times its own normal"),
}

// harms are the short forms of outcomes, which agree with the number before them.
var harms = map[string]string{"inj.": "injured", "abd.": "abducted", "det.": "detained", "kil": "killed", "inj": "injured", "abd": "abducted", "det": "detained", "oth": "harmed otherwise"}

// forms are the short forms with a number in them.
var forms = []struct {
	is   *regexp.Regexp
	said string
}{
	{regexp.MustCompile(`^(\d[\d,\x{a0}]*)\+(\d[\d,\x{a0}]*)\?\+$`), lang.Msg("at least $1, and $2 that may belong")},
	{regexp.MustCompile(`^(\d[\d,\x{a0}]*)\+(\d[\d,\x{a0}]*)\?$`), lang.Msg("$1, and $2 that may belong")},
	{regexp.MustCompile(`^(\d[\d,\x{a0}]*)\?\+?$`), lang.Msg("$1 that may belong")},
	{regexp.MustCompile(`^(\d[\d,\x{a0}]*)\+$`), lang.Msg("$1 or more")},
	{regexp.MustCompile(`^\+(\d[\d,\x{a0}]*)$`), lang.Msg("plus $1")},
	{regexp.MustCompile(`^(\d[\d,\x{a0}]*)/(\d[\d,\x{a0}]*)$`), lang.Msg("$1 of $2")},
	{regexp.MustCompile(`^1n$`), lang.Msg("1 national")},
	{regexp.MustCompile(`^1i$`), lang.Msg("1 international")},
	{regexp.MustCompile(`^(\d[\d,\x{a0}]*)n$`), lang.Msg("$1 national")},
	{regexp.MustCompile(`^(\d[\d,\x{a0}]*)i$`), lang.Msg("$1 international")},
	{regexp.MustCompile(`^(\d[\d,.\x{a0}]*)[–→](\d[\d,.\x{a0}]*)$`), lang.Msg("$1 to $2")},
	{regexp.MustCompile(`^(\d+[.,]\d+)!$`), lang.Msg("$1, of days long past")},
	{regexp.MustCompile(`^~(.+)$`), lang.Msg("about $1")},
	{regexp.MustCompile(`^([\pL-]+)\+(\d+)$`), lang.Msg("$1 and $2 more")},
	{regexp.MustCompile(`^([\pL\d-]+)\*$`), lang.Msg("$1 with the word of others")},
}

// short says one short form; ok is false for anything else.
func (t *tongue) short(w string) (said string, ok bool) {
	if said, ok = t.words[w]; ok {
		return said, true
	}
	if fresh, old := strings.CutSuffix(w, "!"); old {
		if said, ok = t.duration(fresh); ok {
			return t.tooOld(said), true
		}
	} else if said, ok = t.duration(w); ok {
		return said, true
	}
	if !strings.ContainsAny(w, "0123456789~*") {
		return "", false
	}
	if m := group.FindStringSubmatch(w); m != nil {
		return t.alarms(m[1]), true
	}
	for i, f := range forms {
		if f.is.MatchString(w) {
			return f.is.ReplaceAllString(w, t.forms[i]), true
		}
	}
	return "", false
}
