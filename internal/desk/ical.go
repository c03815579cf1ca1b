package desk

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"vigil/internal/calendar"
)

// Limits of iCalendar, which anybody may have written.
const (
	maxICal      = 4 << 20  // bytes
	maxProperty  = 64 << 10 // bytes of one property, unfolded
	maxICalDepth = 8
)

// property is one content line of iCalendar.
type property struct {
	line   int // on which it begins
	name   string
	params map[string]string // the first value of each, by its name in capitals
	value  string
}

// component is what stands between BEGIN and END.
type component struct {
	line  int
	name  string
	props []property
	parts []*component
}

// prop is the first property of a name.
func (c *component) prop(name string) (*property, bool) {
	for i := range c.props {
		if c.props[i].name == name {
			return &c.props[i], true
		}
	}
	return nil, false
}

// text is the text of the first property of a name, with its escapes undone.
func (c *component) text(name string) string {
	p, ok := c.prop(name)
	if !ok {
		return ""
	}
	return unescape(p.value)
}

var unescaper = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";")

func unescape(s string) string { return strings.TrimSpace(unescaper.Replace(s)) }

// icalendar reads the entries of an iCalendar file. refused says that it cannot be used at all.
func (r *reader) icalendar(data []byte) (entries []calendar.Entry, refused bool) {
	if len(data) > maxICal {
		r.errorf(place{}, "the file has %d bytes, of which %d are read at most: export fewer years", len(data), maxICal)
		return nil, true
	}
	text, note := decode(data)
	if note != "" {
		r.warnf(place{}, "%s", note)
	}
	calendars, ok := r.components(text)
	if !ok {
		return nil, true
	}
	seen := make(map[string]bool)
	for _, c := range calendars {
		if c.name != "VCALENDAR" {
			r.errorf(place{line: c.line}, "this is %s, where BEGIN:VCALENDAR should be", quote(c.name))
			return nil, true
		}
		entries = append(entries, r.vcalendar(c)...)
		for i := range c.parts {
			seen[c.parts[i].name] = true
		}
	}
	if len(calendars) == 0 {
		r.errorf(place{}, "this is no iCalendar: BEGIN:VCALENDAR is missing; export the calendar as iCalendar (.ics), or remove the file")
		return nil, true
	}
	for _, name := range []string{"VJOURNAL", "VFREEBUSY"} {
		if seen[name] {
			r.warnf(place{}, "%s components are not read: they expect nothing", name)
		}
	}
	return entries, false
}

// components reads the tree of a file.
func (r *reader) components(text string) (top []*component, ok bool) {
	var open []*component
	for p := range r.properties(text) {
		switch {
		case p.name == "BEGIN":
			c := &component{line: p.line, name: strings.ToUpper(strings.TrimSpace(p.value))}
			if len(open) == maxICalDepth {
				r.errorf(place{line: p.line}, "components stand more than %d deep", maxICalDepth)
				return nil, false
			}
			if len(open) == 0 {
				top = append(top, c)
			} else {
				in := open[len(open)-1]
				in.parts = append(in.parts, c)
			}
			open = append(open, c)
		case p.name == "END":
			name := strings.ToUpper(strings.TrimSpace(p.value))
			if len(open) == 0 || open[len(open)-1].name != name {
				r.errorf(place{line: p.line}, "END:%s ends nothing that is open: the file is damaged, fetch it again", safeWord(name))
				return nil, false
			}
			open = open[:len(open)-1]
		case p.name == "" && len(open) > 0:
			r.warnf(place{line: p.line}, "%s is no property of iCalendar: it is left out", quote(p.value))
		case len(open) == 0:
			r.errorf(place{line: p.line}, "this is no iCalendar: BEGIN:VCALENDAR should stand here; export the calendar as iCalendar (.ics), or remove the file")
			return nil, false
		default:
			in := open[len(open)-1]
			in.props = append(in.props, p)
		}
	}
	if len(open) > 0 {
		c := open[len(open)-1]
		r.errorf(place{line: c.line}, "%s begins here and does not end: the file is being written or was cut off; wait, or export it again", safeWord(c.name))
		return nil, false
	}
	return top, true
}

// properties yields the content lines, unfolded.
func (r *reader) properties(text string) func(func(property) bool) {
	return func(yield func(property) bool) {
		var folded strings.Builder
		begun, number := 0, 0
		flush := func() bool {
			line := folded.String()
			folded.Reset()
			if strings.TrimSpace(line) == "" {
				return true
			}
			p, ok := parseProperty(line)
			if !ok {
				p = property{value: line} // which has no name
			}
			p.line = begun
			return yield(p)
		}
		for line := range strings.SplitSeq(text, "\n") {
			number++
			line = strings.TrimSuffix(line, "\r")
			if len(line) > 0 && (line[0] == ' ' || line[0] == '\t') {
				if folded.Len()+len(line) <= maxProperty {
					folded.WriteString(line[1:])
				}
				continue
			}
			if !flush() {
				return
			}
			begun = number
			folded.WriteString(line[:min(len(line), maxProperty)])
		}
		flush()
	}
}

// parseProperty takes a content line apart: name, parameters and value.
func parseProperty(line string) (p property, ok bool) {
	end := strings.IndexAny(line, ":;")
	if end <= 0 || strings.ContainsAny(line[:end], " \t\"") || !utf8.ValidString(line[:end]) {
		return property{}, false
	}
	p.name = strings.ToUpper(line[:end])
	rest := line[end:]
	if dateProperties[p.name] {
		return p.withZone(rest)
	}
	for strings.HasPrefix(rest, ";") {
		name, after, ok := strings.Cut(rest[1:], "=")
		if !ok {
			return property{}, false
		}
		value, following, ok := parameter(after)
		if !ok {
			return property{}, false
		}
		rest = following
		if p.params == nil {
			p.params = make(map[string]string)
		}
		if name = strings.ToUpper(name); p.params[name] == "" {
			p.params[name] = value
		}
	}
	p.value, ok = strings.CutPrefix(rest, ":")
	return p, ok
}

// dateProperties are those whose value is a date or a time, in which no colon can stand.
var dateProperties = map[string]bool{
	"DTSTART": true, "DTEND": true, "DUE": true, "RECURRENCE-ID": true, "RDATE": true, "EXDATE": true,
}

// withZone takes the rest of a property with dates apart. Programs write the name of a zone as it is, with colons and commas
// and without the quotes that should stand around it, "TZID=(UTC+01:00) Paris, Madrid:20261120T180000": the last colon is the
// one before the value, and the name goes on to the next parameter.
func (p property) withZone(rest string) (property, bool) {
	cut := strings.LastIndexByte(rest, ':')
	if cut < 0 {
		return property{}, false
	}
	p.value = rest[cut+1:]
	p.params = make(map[string]string)
	for m := parameterName.FindStringIndex(rest[:cut]); m != nil; {
		name := strings.ToUpper(rest[m[0]+1 : m[1]-1])
		rest, cut = rest[m[1]:], cut-m[1]
		end := cut
		if m = parameterName.FindStringIndex(rest[:cut]); m != nil {
			end = m[0]
		}
		if p.params[name] == "" {
			p.params[name] = strings.Trim(rest[:end], "\" ")
		}
	}
	return p, true
}

var parameterName = regexp.MustCompile(`;[A-Za-z-]+=`)

// parameter reads the values of a parameter, of which the first is given, up to what follows it.
func parameter(s string) (first, rest string, ok bool) {
	for n := 0; ; n++ {
		var value string
		if strings.HasPrefix(s, `"`) {
			if value, rest, ok = strings.Cut(s[1:], `"`); !ok {
				return "", "", false
			}
		} else {
			end := strings.IndexAny(s, ",;:")
			if end < 0 {
				return "", "", false
			}
			value, rest = s[:end], s[end:]
		}
		if n == 0 {
			first = value
		}
		if s, ok = strings.CutPrefix(rest, ","); !ok {
			return first, rest, true
		}
	}
}
