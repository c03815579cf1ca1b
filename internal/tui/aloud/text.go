package aloud

import (
	"regexp"
	"strings"
)

// arrows are those of keys.
var arrows = map[string]string{"↑": "Up", "↓": "Down", "←": "Left", "→": "Right", "×": "times", "▸": "pointer", "░": "hatch"}

// Text says the short forms of a text in full. Words that are none stay as they are.
func Text(s string) string {
	words := strings.Fields(s)
	last := ""
	for i, w := range words {
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		words[i], last = word(w, last, next), w
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

// word is a word between its neighbours, said.
func word(w, last, next string) string {
	if rest, ok := strings.CutPrefix(w, "?"); ok && strings.Trim(rest, ",;:.)") == "" && (outcomes[next] || asked[last]) {
		return "unknown" + rest
	}
	if rest, less := strings.CutPrefix(w, "<"); less && number.MatchString(rest) {
		return "less than " + rest
	}
	if number.MatchString(last) {
		switch strings.TrimRight(w, ",;:") {
		case "h", "H":
			return "hours" + w[1:]
		case "d":
			return "days" + w[1:]
		}
	}
	if said, ok := short(w); ok {
		return said
	}
	core := strings.TrimLeft(w, "(")
	lead := w[:len(w)-len(core)]
	bare := strings.TrimRight(core, ",;:.)")
	if said, ok := short(bare); ok && bare != "" {
		return lead + said + core[len(bare):]
	}
	if said := symbols.Replace(w); said != w {
		return strings.Join(strings.Fields(said), " ")
	}
	return w
}

var number = regexp.MustCompile(`^[(<]?\d+$`)

// outcomes are before what a "?" stands for a number that nobody said, and asked after what it does for anything.
var (
	outcomes = map[string]bool{"killed": true, "inj.": true, "abd.": true, "det.": true, "kil": true, "inj": true, "abd": true, "det": true, "missing": true}
	asked    = map[string]bool{"people": true, "level": true, "estimate": true, "staff": true, "normal": true, "by": true, "hours": true, "days": true, "h": true, "d": true, "LEVEL": true, "EST": true, "near": true, "km)": true}
)

var symbols = strings.NewReplacer("→", " to ", "↑", " up ", "↓", " down ", "×", "times", "▸", "", "·", ",", "•", "")

// words are the short forms that are words.
var words = map[string]string{
	"inj.": "injured", "abd.": "abducted", "det.": "detained", "kil": "killed", "inj": "injured", "abd": "abducted", "det": "detained", "oth": "otherwise harmed",
	"nat.": "national", "int.": "international", "src": "source", "Att.": "Attack on", "CRIT": "critical", "MED": "medium", "HIGH": "high", "LOW": "low",
	"V.High": "very high", "V.Low": "very low", "ACKED": "acknowledged", "acked": "acknowledged", "?time": "time unknown", "+?": "plus an unknown number of", "×OWN": "times its own normal",
}

// forms are the short forms with a number in them.
var forms = []struct {
	is   *regexp.Regexp
	said string
}{
	{regexp.MustCompile(`^(\d[\d,]*)\+(\d[\d,]*)\?\+$`), "at least $1, and $2 that may belong"},
	{regexp.MustCompile(`^(\d[\d,]*)\+(\d[\d,]*)\?$`), "$1, and $2 that may belong"},
	{regexp.MustCompile(`^(\d[\d,]*)\?\+?$`), "$1 that may belong"},
	{regexp.MustCompile(`^(\d[\d,]*)\+$`), "$1 or more"},
	{regexp.MustCompile(`^\+(\d[\d,]*)$`), "plus $1"},
	{regexp.MustCompile(`^(\d[\d,]*)/(\d[\d,]*)$`), "$1 of $2"},
	{regexp.MustCompile(`^(\d[\d,]*)n$`), "$1 national"},
	{regexp.MustCompile(`^(\d[\d,]*)i$`), "$1 international"},
	{regexp.MustCompile(`^(\d[\d,.]*)[–→](\d[\d,.]*)$`), "$1 to $2"},
	{regexp.MustCompile(`^(\d+\.\d+)!$`), "$1, of days long past"},
	{regexp.MustCompile(`^~(.+)$`), "about $1"},
	{regexp.MustCompile(`^([\pL-]+)\+(\d+)$`), "$1 and $2 more"},
	{regexp.MustCompile(`^([\pL\d-]+)\*$`), "$1 with the word of others"},
}

// short says one short form; ok is false for anything else.
func short(w string) (said string, ok bool) {
	if said, ok = words[w]; ok {
		return said, true
	}
	if fresh, old := strings.CutSuffix(w, "!"); old {
		if said, ok = duration(fresh); ok {
			return said + tooOld, true
		}
	} else if said, ok = duration(w); ok {
		return said, true
	}
	if !strings.ContainsAny(w, "0123456789~*") {
		return "", false
	}
	for _, f := range forms {
		if f.is.MatchString(w) {
			return f.is.ReplaceAllString(w, f.said), true
		}
	}
	return "", false
}
