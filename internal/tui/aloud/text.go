package aloud

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"vigil/internal/lang"
)

func (t *tongue) text(s string) string {
	if said, ok := t.whole[strings.TrimSpace(s)]; ok {
		return said
	}
	s = strings.ReplaceAll(s, t.l.Say("people ?"), t.l.Say("people unknown"))
	words := lang.Fields(radius.ReplaceAllString(unplaced.ReplaceAllString(s, "$1 "+t.unplaced), t.within))
	last := ""
	for i, w := range words {
		if i > 0 && counts(w) && (recruited.MatchString(strings.TrimLeft(last, "(")) || t.harms[last] != "") { // one count after another
			words[i-1] += ","
		}
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		if said, of := t.waiting(words[i:]); of > 1 && t.l != nil && w != "" {
			copy(words[i:], make([]string, of)) // they are said
			words[i], last = said, w
			continue
		}
		if m := group.FindStringSubmatch(w); m != nil && i+2 < len(words) && t.words[next] != "" {
			words[i], last = t.alarms(m[1])+",", w // 13× HIGH NOT ACKED: how many, how grave, what of them
			words[i+1] = t.l.Sayf("severity %s", t.words[next]) + ","
			t.ofMany(words[i+2:])
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
	if rest, ok := strings.CutPrefix(w, "?"); ok && strings.Trim(rest, ",;:.)") == "" && (t.outcomes[next] || t.asked[last] || strings.HasSuffix(t.within, " "+last)) {
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
	if rest, ok := strings.CutSuffix(w, "/h"); ok && number.MatchString(last) {
		return t.l.Sayf("%s an hour", rest)
	}
	if last == t.escalated && number.MatchString(strings.TrimRight(w, ",")) {
		return t.l.Sayf("level %s", w)
	}
	if m := monthTo.FindStringSubmatch(w); m != nil && number.MatchString(last) {
		return t.l.Sayf("%s to %s", m[1], m[2])
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

// counts reports whether a word is a number, known or not, with or without what it counts.
func counts(w string) bool {
	return w == "?" || number.MatchString(w) || recruited.MatchString(strings.TrimRight(w, ")"))
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

// many is what is said of several alarms, in place of what is said of one.
var many = map[string]string{lang.Msg("NOT ACKED"): lang.MsgAs("alarms", "NOT acknowledged"), lang.Msg("ENDED UNSEEN"): lang.MsgAs("alarms", "ENDED UNSEEN")}

// ofMany says how several alarms stand, where words begin with that.
func (t *tongue) ofMany(words []string) {
	for short, said := range many {
		drawn := lang.Fields(t.l.Say(short))
		if len(words) >= len(drawn) && slices.Equal(drawn, words[:len(drawn)]) {
			copy(words, make([]string, len(drawn)))
			words[0] = t.l.SayAs("alarms", said)
			return
		}
	}
}

// unplaced is how many people have no position, as the duty log has it.
var unplaced = regexp.MustCompile(`(\+\d[\d,\x{a0}]*) no fix\b`)

// radius is within how far of an incident people are near it.
var radius = regexp.MustCompile(`\((\d[\d.,]*) km\)`)

// monthTo is between the days of a range of dates: 30 Nov-1 Dec.
var monthTo = regexp.MustCompile(`^(\pL+\.?)[-–](\d+)$`)

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
	lang.Msg("V.High"): lang.Msg("very high"), lang.Msg("V.Low"): lang.Msg("very low"), lang.Msg("Unacc."): lang.Msg("unacceptable"), lang.Msg("ACKED"): lang.Msg("acknowledged"), lang.Msg("acked"): lang.Msg("acknowledged"),
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
	{regexp.MustCompile(`^(\d[\d,.\x{a0}]*)[–→](\d[\d,.\x{a0}]*)$`), lang.Msg("$1 to $2")},
	{regexp.MustCompile(`^(\d\d:\d\d)[-–](\d\d?(?::\d\d)?)$`), lang.Msg("$1 to $2")},
	{regexp.MustCompile(`^(\d[\d,\x{a0}]*)=$`), lang.Msg("$1, at the same time as others")},
	{regexp.MustCompile(`^(\d+[.,]\d+)!$`), lang.Msg("$1, of days long past")},
	{regexp.MustCompile(`^~(.+)$`), lang.Msg("about $1")},
	{regexp.MustCompile(`^([\pL-]+)\+(\d+)$`), lang.Msg("$1 and $2 more")},
	{regexp.MustCompile(`^([\pL\d-]+)\*$`), lang.Msg("$1 with the word of others")},
}

// recruited is how many staff there are of a recruitment.
var recruited = regexp.MustCompile(`^(\d[\d,\x{a0}]*)([ni])$`)

// grave are how grave an alarm is, which agrees with what an alarm is called.
var grave = map[string]string{
	lang.Msg("CRIT"): lang.MsgAs("alarm", "critical"), lang.Msg("MED"): lang.MsgAs("alarm", "medium"), lang.Msg("HIGH"): lang.MsgAs("alarm", "high"), lang.Msg("LOW"): lang.MsgAs("alarm", "low"),
}

// waiting says how many alarms nobody has, where words begin with that in short, and how many of the words that is.
func (t *tongue) waiting(words []string) (said string, of int) {
	if !number.MatchString(words[0]) {
		return "", 0
	}
	n := whole(words[0])
	short := lang.Fields(t.l.Tally(n, "not acked"))
	if len(words) < len(short) || !slices.Equal(short, words[:len(short)]) {
		return "", 0
	}
	return t.l.TallyAs("alarms", n, "not acked"), len(short)
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
	if m := recruited.FindStringSubmatch(w); m != nil {
		if m[2] == "n" {
			return t.l.Shown(m[1], whole(m[1]), "national", "national"), true
		}
		return t.l.Shown(m[1], whole(m[1]), "international", "international"), true
	}
	for i, f := range forms {
		if f.is.MatchString(w) {
			return f.is.ReplaceAllString(w, t.forms[i]), true
		}
	}
	return "", false
}
