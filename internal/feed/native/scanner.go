package native

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// scanner eats a line from its start. The first thing that is not as expected turns ok off for good. What it has
// learnt of earlier lines it keeps.
type scanner struct {
	s   string // texts are parts of it
	pos int
	ok  bool

	members, dimensions names
	words               [vocabularies]memo[uint8]
	countries           memo[[]country.Code]
}

func newScanner() *scanner {
	return &scanner{members: names{of: scanned}, dimensions: names{of: scannedDimensions}}
}

// vocabulary is names of members, each with a number from 1.
type vocabulary struct {
	numbers map[string]byte
	written []string // as they stand in a line: in their quotation marks, with the colon
}

// unnamed is nothing that a line holds.
const unnamed = "\n"

func newVocabulary(list ...string) *vocabulary {
	v := &vocabulary{numbers: map[string]byte{}, written: []string{unnamed}}
	for n, name := range list {
		v.numbers[name] = byte(n + 1)
		v.written = append(v.written, `"`+name+`":`)
	}
	return v
}

// names is a vocabulary, and which name followed each when it came last: nearly always it will again.
type names struct {
	of    *vocabulary
	after [64]byte
}

// begin stands for what comes before the first name.
const begin byte = 0

// name is the number of the name of a member, with its colon, that follows another; 0 for one that the scanner
// does not read.
func (s *scanner) name(n *names, before byte) byte {
	m := n.after[before]
	if written := n.of.written[m]; strings.HasPrefix(s.s[s.pos:], written) {
		s.pos += len(written)
	} else {
		word, ok := s.quoted()
		if !ok || !s.eat(':') {
			return 0
		}
		if m = n.of.numbers[word]; m != 0 {
			n.after[before] = m
		}
	}
	s.space()
	return m
}

// space passes over one space, which is what many write behind colons and commas.
func (s *scanner) space() {
	if s.pos < len(s.s) && s.s[s.pos] == ' ' {
		s.pos++
	}
}

// blank passes over what JSON takes for space.
func (s *scanner) blank() byte {
	for s.pos < len(s.s) {
		c := s.s[s.pos]
		if c > ' ' {
			return c
		}
		if c != ' ' && c != '\t' {
			break
		}
		s.pos++
	}
	s.ok = false
	return 0
}

func (s *scanner) eat(c byte) bool {
	if s.blank() != c {
		return false
	}
	s.pos++
	return true
}

// further reports whether another element of the list or object follows. Otherwise it ends here, with end.
func (s *scanner) further(end byte) bool {
	if s.pos < len(s.s) && s.s[s.pos] == ',' || s.blank() == ',' {
		s.pos++
		s.space()
		return true
	}
	s.ok = s.eat(end) && s.ok
	return false
}

// each reads a list.
func (s *scanner) each(read func()) {
	if s.null() {
		return
	}
	if !s.eat('[') {
		s.ok = false
		return
	}
	if s.eat(']') {
		return
	}
	for more := true; more && s.ok; more = s.ok && s.further(']') {
		read()
	}
}

// null passes over a null, which is as good as nothing.
func (s *scanner) null() bool {
	if s.blank() == 'n' && strings.HasPrefix(s.s[s.pos:], "null") {
		s.pos += len("null")
		return true
	}
	return false
}

func (s *scanner) flag() bool {
	for _, word := range [...]string{"true", "false", "null"} {
		if s.blank(); strings.HasPrefix(s.s[s.pos:], word) {
			s.pos += len(word)
			return word == "true"
		}
	}
	s.ok = false
	return false
}

// plain is the text that comes next, if it is not empty and is as it stands there. It is not passed over.
func (s *scanner) plain() (word string, ok bool) {
	if s.pos >= len(s.s) || s.s[s.pos] != '"' {
		return "", false
	}
	end := safetext.Plain(s.s, s.pos+1)
	return s.s[s.pos+1 : end], end > s.pos+1 && end < len(s.s) && s.s[end] == '"'
}

func (s *scanner) quoted() (string, bool) {
	if !s.eat('"') {
		return "", false
	}
	start := s.pos
	end := safetext.Plain(s.s, start)
	if end < len(s.s) && s.s[end] == '"' {
		s.pos = end + 1
		return s.s[start:end], true
	}
	n := strings.IndexByte(s.s[end:], '"')
	if n < 0 {
		return "", false
	}
	t := s.s[start : end+n]
	s.pos = end + n + 1
	if strings.IndexByte(t, '\\') >= 0 {
		return s.escaped(start)
	}
	for k := range len(t) {
		if t[k] < ' ' {
			return "", false
		}
	}
	return t, utf8.ValidString(t)
}

// escaped is a text with the escapes of one character; others are left to the exact decoder.
func (s *scanner) escaped(start int) (string, bool) {
	var b []byte
	for k := start; k < len(s.s); k++ {
		c := s.s[k]
		switch {
		case c == '"':
			s.pos = k + 1
			return string(b), utf8.Valid(b)
		case c < ' ':
			return "", false
		case c == '\\':
			k++
			letter := strings.IndexByte(escapes, s.s[min(k, len(s.s)-1)])
			if letter < 0 {
				return "", false
			}
			c = escaped[letter]
		}
		b = append(b, c)
	}
	return "", false
}

// escapes are the letters of the escapes, and escaped is what each stands for.
const (
	escapes = "\"\\/bfnrt"
	escaped = "\"\\/\b\f\n\r\t"
)

// str is a text; ok is false when the record says nothing, or what the scanner does not read.
func (s *scanner) str() (t string, ok bool) {
	if s.null() {
		return "", false
	}
	t, ok = s.quoted()
	s.ok = s.ok && ok
	return t, s.ok && t != ""
}

// clean is a text that is printable ASCII of no more than maxBytes, as nearly all are. It is not passed over
// when it is another.
func (s *scanner) clean(maxBytes int) (t safetext.Text, any, ok bool) {
	if s.pos >= len(s.s) || s.s[s.pos] != '"' {
		return t, false, false
	}
	start := s.pos + 1
	t, end, ok := safetext.Quoted(s.s, start, maxBytes)
	if ok {
		s.pos = end + 1
	}
	return t, end > start, ok
}

func (s *scanner) text(r *reader, maxBytes int) (t safetext.Text, ok bool) {
	if t, any, ok := s.clean(maxBytes); ok {
		return t, any
	}
	raw, ok := s.str()
	if ok {
		t = r.text.Line(raw)
	}
	return t, ok
}

func (s *scanner) textInto(r *reader, to *safetext.Text) {
	if t, ok := s.text(r, safetext.MaxLine); ok {
		*to = t
	}
}

func (s *scanner) title(r *reader, to *safetext.Text) {
	if t, _, ok := s.clean(feed.MaxTitle); ok {
		*to = t
	} else if raw, ok := s.str(); ok {
		*to = r.text.Title(raw)
	}
}

func (s *scanner) block(r *reader, to *safetext.Text) {
	if t, _, ok := s.clean(safetext.MaxBlock); ok {
		*to = t
	} else if raw, ok := s.str(); ok {
		*to = r.text.Block(raw)
	}
}

func (s *scanner) when(to *incident.When) {
	const usual = len(`"2026-11-20T14:21:00Z"`)
	if rest := s.s[s.pos:]; len(rest) >= usual && rest[0] == '"' && rest[usual-1] == '"' {
		if w, err := incident.ParseWhen(rest[1 : usual-1]); err == nil {
			*to = w
			s.pos += usual
			return
		}
	}
	if t, ok := s.str(); ok {
		w, err := incident.ParseWhen(t)
		*to, s.ok = w, err == nil
	}
}

func (s *scanner) until(i *incident.Incident) {
	t, ok := s.str()
	switch {
	case !ok:
	case strings.EqualFold(strings.TrimSpace(t), ongoing):
		i.Ongoing = true
	default:
		w, err := incident.ParseWhen(t)
		i.Until, s.ok = w, err == nil
	}
}

// digits passes over digits, and gives how many there are and the number that they make, if it is not too large.
func (s *scanner) digits(n uint64) (uint64, int) {
	start := s.pos
	for s.pos < len(s.s) {
		d := s.s[s.pos] - '0'
		if d > 9 {
			break
		}
		n = 10*n + uint64(d)
		s.pos++
	}
	return n, s.pos - start
}

// whole reads a whole number from 0 to limit, or null as 0.
func (s *scanner) whole(limit int64) int64 {
	if s.null() {
		return 0
	}
	start := s.pos
	v, n := s.digits(0)
	if n == 0 || n > 17 || n > 1 && s.s[start] == '0' || s.pos < len(s.s) && strings.IndexByte(".eE", s.s[s.pos]) >= 0 {
		s.ok = false
		return 0
	}
	s.ok = s.ok && int64(v) <= limit
	return int64(v)
}

// tens are the powers of ten that divide a number of up to exactDigits digits to the nearest of all floats.
var tens = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

const exactDigits = len(tens) - 1

// number reads a number, or null as none.
func (s *scanner) number() (f float64, ok bool) {
	if s.null() {
		return 0, false
	}
	start, sign := s.pos, 1.0
	if s.pos < len(s.s) && s.s[s.pos] == '-' {
		s.pos++
		sign = -1
	}
	first := s.pos
	n, digits := s.digits(0)
	if digits == 0 || digits > 1 && s.s[first] == '0' {
		s.ok = false
		return 0, false
	}
	places := 0
	if s.pos < len(s.s) && s.s[s.pos] == '.' {
		s.pos++
		if n, places = s.digits(n); places == 0 {
			s.ok = false
			return 0, false
		}
	}
	if s.pos < len(s.s) && (s.s[s.pos] == 'e' || s.s[s.pos] == 'E') {
		s.ok = false // rare, and not worth a rule of its own
		return 0, false
	}
	if digits+places <= exactDigits {
		return sign*(float64(n)/tens[places]) + 0, s.ok
	}
	f, err := strconv.ParseFloat(s.s[start:s.pos], 64)
	s.ok = s.ok && err == nil
	return f + 0, s.ok
}
