package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vigil/internal/saying"
)

// tokenKind is the kind of a token.
type tokenKind uint8

const (
	tokEnd tokenKind = iota
	tokOpen
	tokClose
	tokOr
	tokAnd
	tokNot
	tokWord // a bare word or a quoted text
	tokTerm // field, operator, value
)

// token is a piece of the query; the positions are bytes.
type token struct {
	kind  tokenKind
	pos   int
	field string // as typed
	opPos int
	op    op
	value string // without its quotes
	valAt int
}

// lexer cuts a query into tokens.
type lexer struct {
	in  string
	pos int
}

// next is the next token.
func (l *lexer) next() (token, error) {
	l.skipSpace()
	t := token{pos: l.pos}
	if l.pos == len(l.in) {
		return t, nil
	}
	switch l.in[l.pos] {
	case '(':
		t.kind = tokOpen
	case ')':
		t.kind = tokClose
	case '|':
		t.kind = tokOr
	case '-':
		t.kind = tokNot
	default:
		return l.term(t)
	}
	l.pos++
	return t, nil
}

// term reads a word, or a field with its operator and value.
func (l *lexer) term(t token) (token, error) {
	var err error
	t.kind, t.valAt = tokWord, l.pos
	if l.in[l.pos] == '"' {
		t.value, err = l.quoted()
		return t, err
	}
	name := l.bare(true)
	t.opPos = l.pos
	var ok bool
	if t.op, ok = l.operator(); !ok {
		t.value = name
		switch name {
		case "OR":
			t.kind = tokOr
		case "AND":
			t.kind = tokAnd
		case "NOT":
			t.kind = tokNot
		}
		return t, nil
	}
	t.kind, t.field = tokTerm, name
	if t.op == opEqual { // killed:>0 is what other tools teach
		if o, more := l.operator(); more {
			t.op = o
		}
	}
	t.valAt = l.pos
	if l.pos < len(l.in) && l.in[l.pos] == '"' {
		t.value, err = l.quoted()
		return t, err
	}
	t.value = l.bare(false)
	return t, nil
}

// bare reads up to a space or sign of the grammar, and up to an operator too where asked.
func (l *lexer) bare(stopAtOperator bool) string {
	rest := l.in[l.pos:]
	n := strings.IndexFunc(rest, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`()|"`, r) || stopAtOperator && strings.ContainsRune(":<>=", r)
	})
	if n < 0 {
		n = len(rest)
	}
	if bang := strings.Index(rest[:min(n+1, len(rest))], "!="); stopAtOperator && bang >= 0 {
		n = bang
	}
	l.pos += n
	return rest[:n]
}

// operators by spelling, the longer first.
var operators = []struct {
	text string
	op   op
}{
	{"!=", opNotEqual}, {"<=", opAtMost}, {">=", opAtLeast}, {":", opEqual}, {"=", opEqual}, {"<", opLess}, {">", opMore},
}

func (l *lexer) operator() (op, bool) {
	for _, o := range operators {
		if strings.HasPrefix(l.in[l.pos:], o.text) {
			l.pos += len(o.text)
			return o.op, true
		}
	}
	return 0, false
}

// quoted reads a text in quotes and gives it without them.
func (l *lexer) quoted() (string, error) {
	start := l.pos
	var b strings.Builder
	for l.pos++; l.pos < len(l.in); l.pos++ {
		c := l.in[l.pos]
		switch {
		case c == '"':
			l.pos++
			return b.String(), nil
		case c == '\\' && l.pos+1 < len(l.in) && (l.in[l.pos+1] == '"' || l.in[l.pos+1] == '\\'):
			l.pos++
			c = l.in[l.pos]
		}
		b.WriteByte(c)
	}
	return "", errorAt(l.in, start, saying.Errorf(`this quote is not closed: add " at the end of the text`))
}

func (l *lexer) skipSpace() {
	for l.pos < len(l.in) {
		r, size := utf8.DecodeRuneInString(l.in[l.pos:])
		if !unicode.IsSpace(r) {
			return
		}
		l.pos += size
	}
}

// appendWord writes s so that the lexer reads it back as one word.
func appendWord(b []byte, s string) []byte {
	if s == "" || s[0] == '-' || strings.ContainsAny(s, `()|":<>=`) || strings.ContainsFunc(s, unicode.IsSpace) ||
		s == "OR" || s == "AND" || s == "NOT" {
		return appendQuoted(b, s)
	}
	return append(b, s...)
}

// appendValue writes s so that the lexer reads it back as one value: signs that would begin an
// operator matter only in front.
func appendValue(b []byte, s string) []byte {
	if s == "" || strings.ContainsRune(":<>=!", rune(s[0])) || strings.ContainsAny(s, `()|"`) ||
		strings.ContainsFunc(s, unicode.IsSpace) {
		return appendQuoted(b, s)
	}
	return append(b, s...)
}

func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	for i := range len(s) {
		if s[i] == '"' || s[i] == '\\' {
			b = append(b, '\\')
		}
		b = append(b, s[i])
	}
	return append(b, '"')
}
