package aloud

import (
	"regexp"
	"strconv"
	"strings"

	"vigil/internal/lang"
)

// column is how the values under a heading are said.
type column struct {
	format string // of the value, in which %s stands for it; empty is the value alone
	one    string // in place of the format: what the value counts, of one and of more
	more   string
	unsaid string                           // in place of the format where nobody could have said the value
	of     func(t *tongue, s string) string // says the value; nil is as in any column
}

// under says a value under a heading.
func (t *tongue) under(c column, text string) string {
	if c.unsaid != "" && (text == "?" || text == t.l.Say("unknown")) {
		return t.l.Say(c.unsaid)
	}
	of := c.of
	if of == nil {
		of = (*tongue).value
	}
	if c.one != "" {
		return t.l.Shown(of(t, text), whole(text), c.one, c.more)
	}
	if c.format == "" {
		return of(t, text)
	}
	return t.l.Sayf(c.format, of(t, text))
}

// counting is a column of counts, by the words of one and of more of what it counts.
func counting(one, more string) column { return column{one: one, more: more} }

// whole is the number that a text is; what is no number alone counts as more than one.
func whole(text string) int {
	n, err := strconv.Atoi(ungrouped.Replace(text))
	if err != nil {
		return 2
	}
	return n
}

// columns are the headings that are said otherwise than they are written.
var columns = map[string]column{
	"24H": {format: lang.Msg("%s in 24 hours")}, "7D": {format: lang.Msg("%s in 7 days")}, "30D": {format: lang.Msg("%s in 30 days")},
	"×OWN": {format: lang.Msg("%s times its own normal"), unsaid: lang.Msg("own normal unknown")},
	"EST":  {format: lang.Msg("estimate %s")}, "NAT": {format: lang.Msg("%s national staff")}, "INT": {format: lang.Msg("%s international staff")},
	"ALL": {format: lang.Msg("%s in all")}, "F": counting("female", "female"), "M": counting("male", "male"),
	"R?": {format: lang.Msg("%s of unknown recruitment")}, "S?": {format: lang.Msg("%s of unknown sex")},
	"AGE": {of: (*tongue).age}, "STAFF AGE": {format: lang.Msg("staff figures %s"), of: (*tongue).age},
	"LEVEL": {format: lang.Msg("level %s"), of: (*tongue).level}, "THREATS": {format: lang.Msg("threats: %s"), of: (*tongue).threats},
	"30D HARMED": {format: lang.Msg("harmed in 30 days: %s"), of: (*tongue).people}, "CANNOT SEE": {format: lang.Msg("cannot see %s")}, "HAZARDS": {format: lang.Msg("hazards %s")},
	"NO": {format: lang.Msg("number %s")}, "SAID": {of: (*tongue).answer}, "SEEN": {of: (*tongue).seen}, "CODE": {}, "LOCAL": {}, "POP.": {format: lang.Msg("population %s")}, "SEV": {format: lang.Msg("severity %s"), unsaid: lang.Msg("severity unknown")},
	"TIME UTC": {format: utc}, "UTC": {format: utc}, "WHEN UTC": {format: utc},
	"INCID.": counting("incident", "incidents"), "UPD.": counting("update", "updates"), "DUP.": counting("duplicate", "duplicates"), "CONFL.": counting("conflict", "conflicts"),
	"CANC.": counting("cancel", "cancels"), "EXCL.": counting("excluded", "excluded"), "REJ.": counting("rejected", "rejected"), "RET.": counting("retained", "retained"),
	"RECORDS": counting("record", "records"), "REPORTS": counting("report", "reports"), "OTHER": counting("other", "others"),
	"ADVIS.": counting("advisory", "advisories"), "POSIT.": counting("position", "positions"), "AGGR.": counting("aggregate", "aggregates"),
	"KIL": counting("killed", "killed"), "INJ": counting("injured", "injured"), "ABD": counting("abducted", "abducted"), "DET": counting("detained", "detained"), "OTH": counting("harmed otherwise", "harmed otherwise"),
	// What is a name or says by itself what it is.
	"COUNTRY": {}, "WHAT": {}, "ACT": {}, "PLACE": {}, "PEOPLE": {of: (*tongue).people}, "STANDING": {}, "WHO": {}, "ORGANISATION": {}, "AREA": {}, "WHEN": {of: (*tongue).when}, "WHO HAS IT": {},
	"SOURCE": {format: lang.Msg("source %s"), of: (*tongue).source},
	"TITLE":  {of: asItIs}, "TEXT": {of: asItIs},
}

// utc is said of times, which are written in UTC.
const utc = "%s UTC"

func asItIs(_ *tongue, s string) string { return strings.TrimSpace(s) }

// inLines are the headings that also stand before their value in lines that are not made of cells.
var inLines = []string{"LEVEL", "EST", "24H", "7D", "30D", "×OWN", "xOWN", "NAT", "INT", "AGE", "CANNOT SEE", "HAZARDS"}

// headed says a part of a line that is a heading with its value.
func (t *tongue) headed(part string) (said string, ok bool) {
	for _, title := range t.inLines {
		if text, found := strings.CutPrefix(part, title+" "); found && t.figure(text) {
			return t.cell(title, text), true
		}
	}
	return "", false
}

// figure reports whether a text is a figure and not a word that happens to stand after what is a heading elsewhere.
func (t *tongue) figure(s string) bool {
	if s == "" {
		return false
	}
	c := s[0]
	return c >= '0' && c <= '9' || c == '?' || c == '-' || t.bands[s]
}

// people are counts by outcome.
func (t *tongue) people(s string) string {
	return t.outcome.ReplaceAllString(t.value(s), "$1, $2")
}

// source is who tells; a sign behind it says that others may tell of the same event.
func (t *tongue) source(s string) string {
	if name, ok := strings.CutSuffix(s, " ?"); ok {
		return t.l.Sayf("%s and perhaps others", t.value(name))
	}
	return t.value(s)
}

// when is when something happened, which of restricted matters is not told.
func (t *tongue) when(s string) string {
	if s == "-" {
		return t.l.Say("time not told")
	}
	return t.value(s)
}

// answer is what was said to an item.
func (t *tongue) answer(s string) string {
	if s == "-" {
		return t.l.Say("not answered")
	}
	return t.value(s)
}

// seen is whether an item was gone through.
func (t *tongue) seen(s string) string {
	if s == "-" {
		return t.l.Say("not seen yet")
	}
	return t.value(s)
}

// age is how long ago something was.
func (t *tongue) age(s string) string {
	switch s {
	case "?":
		return t.l.Say("age unknown")
	case "-":
		return t.l.Say("no age")
	}
	short, old := strings.CutSuffix(s, "!")
	said, ok := t.duration(short)
	if !ok {
		return t.value(s)
	}
	said = t.l.Sayf("%s old", said)
	if old {
		said = t.tooOld(said)
	}
	return said
}

func (t *tongue) tooOld(said string) string { return t.l.Sayf("%s, older than it should be", said) }

// duration says "2h10" and the like; ok is false for anything else.
func (t *tongue) duration(s string) (said string, ok bool) {
	m := t.durations.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	said = t.counted(m[2], t.units[m[3]])
	if m[1] != "" {
		said = t.l.Sayf("less than %s", said)
	}
	if n := whole(m[4]); m[4] != "" && n > 0 {
		said += " " + t.l.Plural(n, "minute")
	}
	return said, true
}

// ungrouped is a number without what stands between its thousands.
var ungrouped = strings.NewReplacer(",", "", "\u00a0", "")

// counted is a number, as it was written, of units of time.
func (t *tongue) counted(number, unit string) string {
	n := whole(number)
	var counted string
	switch unit {
	case second:
		counted = t.l.Plural(n, "second")
	case minute:
		counted = t.l.Plural(n, "minute")
	case hour:
		counted = t.l.Plural(n, "hour")
	case day:
		counted = t.l.Plural(n, "day")
	case month:
		counted = t.l.Plural(n, "month")
	default:
		counted = t.l.Plural(n, "year")
	}
	return strings.Replace(counted, t.l.Number(n), number, 1)
}

// The units of ages, as package health writes them.
const second, minute, hour, day, month, year = "s", "m", "h", "d", "mo", "y"

var levels = regexp.MustCompile(`^(\d)(?:[–-](\d))?(?:\s+([^!↑↓]*?))?\s*(!)?([↑↓^v])?$`)

// level is an official level or a range of them, with what drives it.
func (t *tongue) level(s string) string {
	m := levels.FindStringSubmatch(s)
	if m == nil {
		return t.value(s)
	}
	said := m[1]
	if m[2] != "" {
		said = t.l.Sayf("%s to %s", m[1], m[2])
	}
	switch driver, known := drivers[m[3]]; {
	case known:
		said += ", " + t.l.Say(driver)
	case m[3] == "?":
		said += ", " + t.l.Say("driver unknown")
	case m[3] != "":
		said += " " + m[3]
	}
	if m[4] != "" {
		said += ", " + t.l.Say("expired")
	}
	switch m[5] {
	case "↑", "^":
		said += ", " + t.l.Say("raised lately")
	case "↓", "v":
		said += ", " + t.l.Say("lowered lately")
	}
	return said
}

// categories are the threats by their letters, which are the same in every language.
var categories = map[string]string{
	"A": lang.Msg("armed conflict"), "T": lang.Msg("terrorism"), "C": lang.Msg("crime"), "U": lang.Msg("civil unrest"), "H": lang.Msg("hazards"),
}

// drivers are what drives a level, by the letter of the category.
var drivers = map[string]string{
	"A": lang.Msg("driven by armed conflict"), "T": lang.Msg("driven by terrorism"), "C": lang.Msg("driven by crime"), "U": lang.Msg("driven by civil unrest"), "H": lang.Msg("driven by hazards"),
}

// threats are levels by category, such as A4 T5.
func (t *tongue) threats(s string) string {
	words := lang.Fields(s)
	for i, f := range words {
		if c, ok := categories[f[:1]]; ok && len(f) > 1 {
			words[i] = t.l.Say(c) + " " + f[1:]
		}
	}
	if len(words) == 1 {
		return t.value(words[0])
	}
	return strings.Join(words, ", ")
}
