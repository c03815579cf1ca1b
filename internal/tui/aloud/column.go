package aloud

import (
	"regexp"
	"strings"
)

// column is how the values under a heading are said.
type column struct {
	format string              // of the value, in which % stands for it; empty is the value alone
	unsaid string              // in place of the format where nobody could have said the value
	of     func(string) string // says the value; nil is as in any column
}

func (c column) says(text string) string {
	if c.unsaid != "" && text == "?" {
		return c.unsaid
	}
	of := c.of
	if of == nil {
		of = value
	}
	if c.format == "" {
		return of(text)
	}
	return strings.Replace(c.format, "%", of(text), 1)
}

// columns are the headings that are said otherwise than they are written.
var columns = map[string]column{
	"24H": {format: "% in 24 hours"}, "7D": {format: "% in 7 days"}, "30D": {format: "% in 30 days"},
	"×OWN": {format: "% times its own normal", unsaid: "own normal unknown"},
	"EST":  {format: "estimate %"}, "NAT": {format: "% national staff"}, "INT": {format: "% international staff"},
	"ALL": {format: "% in all"}, "F": {format: "% female"}, "M": {format: "% male"},
	"R?": {format: "% of unknown recruitment"}, "S?": {format: "% of unknown sex"},
	"AGE": {of: age}, "STAFF AGE": {format: "staff figures %", of: age},
	"LEVEL": {format: "level %", of: level}, "THREATS": {format: "threats: %", of: threats},
	"30D HARMED": {format: "harmed in 30 days: %", of: people}, "CANNOT SEE": {format: "cannot see %"}, "HAZARDS": {format: "hazards %"},
	"NO": {format: "number %"}, "SAID": {of: answer}, "CODE": {}, "LOCAL": {}, "POP.": {format: "population %"}, "SEV": {format: "severity %"},
	"TIME UTC": {format: "% UTC"}, "UTC": {format: "% UTC"}, "WHEN UTC": {format: "% UTC"},
	"INCID.": {format: "% incidents"}, "UPD.": {format: "% updates"}, "DUP.": {format: "% duplicates"}, "CONFL.": {format: "% conflicts"},
	"CANC.": {format: "% cancels"}, "EXCL.": {format: "% excluded"}, "REJ.": {format: "% rejected"}, "RET.": {format: "% retained"},
	"RECORDS": {format: "% records"}, "REPORTS": {format: "% reports"}, "OTHER": {format: "% others"},
	"ADVIS.": {format: "% advisories"}, "POSIT.": {format: "% positions"}, "AGGR.": {format: "% aggregates"},
	"KIL": {format: "% killed"}, "INJ": {format: "% injured"}, "ABD": {format: "% abducted"}, "DET": {format: "% detained"}, "OTH": {format: "% harmed otherwise"},
	// What is a name or says by itself what it is.
	"COUNTRY": {}, "WHAT": {}, "ACT": {}, "PLACE": {}, "PEOPLE": {of: people}, "STANDING": {}, "WHO": {}, "ORGANISATION": {}, "AREA": {}, "WHEN": {of: when}, "WHO HAS IT": {},
	"SOURCE": {format: "source %", of: source},
	"TITLE":  {of: strings.TrimSpace}, "TEXT": {of: strings.TrimSpace},
}

// inLines are the headings that also stand before their value in lines that are not made of cells.
var inLines = []string{"LEVEL", "EST", "24H", "7D", "30D", "×OWN", "xOWN", "NAT", "INT", "AGE", "CANNOT SEE", "HAZARDS"}

// headed says a part of a line that is a heading with its value.
func headed(part string) (said string, ok bool) {
	for _, title := range inLines {
		if text, found := strings.CutPrefix(part, title+" "); found && digits(text) {
			return Cell(title, text), true
		}
	}
	return "", false
}

// digits reports whether a text is a figure and not a word that happens to stand after what is a heading elsewhere.
func digits(s string) bool {
	c := s[0]
	return c >= '0' && c <= '9' || c == '?' || c == '-' || s == "High" || s == "V.High" || s == "Medium" || s == "Low" || s == "V.Low"
}

// people are counts by outcome.
func people(s string) string { return outcome.ReplaceAllString(value(s), "$1, $2") }

var outcome = regexp.MustCompile(`(killed|injured|abducted|detained|missing) (\d|unknown)`)

// source is who tells; a sign behind it says that others may tell of the same event.
func source(s string) string {
	if name, ok := strings.CutSuffix(s, " ?"); ok {
		return value(name) + " and perhaps others"
	}
	return value(s)
}

// when is when something happened, which of restricted matters is not told.
func when(s string) string {
	if s == "-" {
		return "time not told"
	}
	return value(s)
}

// answer is what was said to an item.
func answer(s string) string {
	if s == "-" {
		return "not answered"
	}
	return value(s)
}

// age is how long ago something was.
func age(s string) string {
	switch s {
	case "?":
		return "age unknown"
	case "-":
		return "no age"
	}
	short, old := strings.CutSuffix(s, "!")
	said, ok := duration(short)
	if !ok {
		return value(s)
	}
	said += " old"
	if old {
		said += tooOld
	}
	return said
}

const tooOld = ", older than it should be"

var durations = regexp.MustCompile(`^(<?)(\d[\d,]*)(mo|m|h|d|y)(\d\d)?$`)

var units = map[string]string{"m": "minute", "h": "hour", "d": "day", "mo": "month", "y": "year"}

// duration says "2h10" and the like; ok is false for anything else.
func duration(s string) (said string, ok bool) {
	m := durations.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	if m[1] != "" {
		said = "less than "
	}
	said += m[2] + " " + units[m[3]]
	if m[2] != "1" {
		said += "s"
	}
	if m[4] != "" {
		said += " " + m[4]
	}
	return said, true
}

var levels = regexp.MustCompile(`^(\d)(?:[–-](\d))?(?:\s+([^!↑↓]*?))?\s*(!)?([↑↓^v])?$`)

// level is an official level or a range of them, with what drives it.
func level(s string) string {
	m := levels.FindStringSubmatch(s)
	if m == nil {
		return value(s)
	}
	said := m[1]
	if m[2] != "" {
		said += " to " + m[2]
	}
	switch driver, known := categories[m[3]]; {
	case known:
		said += ", driven by " + driver
	case m[3] == "?":
		said += ", driver unknown"
	case m[3] != "":
		said += " " + m[3]
	}
	if m[4] != "" {
		said += ", expired"
	}
	switch m[5] {
	case "↑", "^":
		said += ", raised lately"
	case "↓", "v":
		said += ", lowered lately"
	}
	return said
}

var categories = map[string]string{"A": "armed conflict", "T": "terrorism", "C": "crime", "U": "civil unrest", "H": "hazards"}

// threats are levels by category, such as A4 T5.
func threats(s string) string {
	fields := strings.Fields(s)
	for i, f := range fields {
		if c, ok := categories[f[:1]]; ok && len(f) > 1 {
			fields[i] = c + " " + f[1:]
		}
	}
	if len(fields) == 1 {
		return value(fields[0])
	}
	return strings.Join(fields, ", ")
}
