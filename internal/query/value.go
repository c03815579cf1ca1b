package query

import (
	"strconv"
	"strings"

	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// maxPersons bounds the counts that may be asked for.
const maxPersons = 1_000_000_000

// makeTerm turns a token into a node, its value checked.
func (p *parser) makeTerm(tok token) (*node, error) {
	if tok.kind == tokWord {
		return p.textTerm(tok, FieldWord)
	}
	f, ok := p.vocab.lookup(Fold(tok.field))
	switch {
	case tok.field == "":
		return nil, errorAt(p.lex.in, tok.opPos, saying.Errorf("there is no field right before this: write %s without spaces, or put the text in quotes",
			FieldKilled.Example()))
	case !ok:
		return nil, errorAt(p.lex.in, tok.pos, p.vocab.unknownField(tok.field))
	case strings.TrimSpace(tok.value) == "":
		return nil, errorAt(p.lex.in, tok.valAt, saying.Errorf("%s needs a value here, right after the sign: for example %s", f, f.Example()))
	}
	ordered := fields[f].kind == countKind || fields[f].kind == severityKind
	if !ordered && tok.op != opEqual && tok.op != opNotEqual {
		return nil, errorAt(p.lex.in, tok.opPos, saying.Errorf("%s has no greater or less: write %s", f, f.Example()))
	}
	if tok.op == opNotEqual && fields[f].kind != countKind {
		tok.op = opEqual
		n, err := p.makeTerm(tok)
		if err != nil {
			return nil, err
		}
		return negate(n), nil
	}
	switch fields[f].kind {
	case textKind:
		return p.textTerm(tok, f)
	case countKind:
		return p.countTerm(tok, f)
	case timeKind:
		return p.timeTerm(tok, f)
	default:
		return p.listTerm(tok, f)
	}
}

// textTerm cleans the text as the texts of rows are cleaned, so that both look alike.
func (p *parser) textTerm(tok token, f Field) (*node, error) {
	t := term{field: f, text: strings.TrimSpace(Fold(safetext.Clean(tok.value).String()))}
	if t.text == "" {
		return nil, errorAt(p.lex.in, tok.valAt, saying.Errorf("there is no text between the quotes: write what to search for"))
	}
	return &node{term: t}, nil
}

// listTerm is a term of a coded field or of severity.
func (p *parser) listTerm(tok token, f Field) (*node, error) {
	val, ok := p.vocab.resolve(f, tok.value)
	if !ok {
		return nil, errorAt(p.lex.in, tok.valAt, saying.Errorf("unknown %s %s: %s", f, shown(tok.value), valueAdvice(tok.value, p.vocab.values(f))))
	}
	t := term{field: f, op: tok.op, text: val, unknown: val == Unknown}
	if fields[f].kind != severityKind {
		return &node{term: t}, nil
	}
	if t.unknown {
		if t.op != opEqual {
			return nil, errorAt(p.lex.in, tok.opPos, saying.Errorf("unknown sorts with the highest: write severity:unknown, or severity>=critical for both"))
		}
		return &node{term: t}, nil
	}
	for i, s := range severities {
		if s == val {
			t.n = i + 1
		}
	}
	return &node{term: t}, nil
}

func (p *parser) countTerm(tok token, f Field) (*node, error) {
	if Fold(tok.value) == Unknown {
		n := &node{term: term{field: f, unknown: true, text: Unknown}}
		switch tok.op {
		case opEqual:
			return n, nil
		case opNotEqual:
			return negate(n), nil
		}
		return nil, errorAt(p.lex.in, tok.opPos, saying.Errorf("unknown is neither greater nor less: write %s:unknown", f))
	}
	n, err := strconv.ParseUint(tok.value, 10, 64)
	if err != nil || n > maxPersons {
		return nil, errorAt(p.lex.in, tok.valAt, saying.Errorf("%s counts persons: write a whole number up to %d, or unknown", f, maxPersons))
	}
	return &node{term: term{field: f, op: tok.op, text: strconv.FormatUint(n, 10), n: int(n)}}, nil
}

func (p *parser) timeTerm(tok token, f Field) (*node, error) {
	if Fold(tok.value) == Unknown {
		return &node{term: term{field: f, unknown: true, text: Unknown}}, nil
	}
	when, err := parseMoment(tok.value)
	if err != nil {
		return nil, errorAt(p.lex.in, tok.valAt, saying.Errorf("%s %s: %s", f, shown(tok.value), err))
	}
	return &node{term: term{field: f, text: when.text, when: when}}, nil
}

// appendTo writes the canonical form of the term.
func (t *term) appendTo(b []byte) []byte {
	if t.field == FieldWord {
		return appendWord(b, t.text)
	}
	b = append(b, t.field.String()...)
	return appendValue(append(b, opNames[t.op]...), t.text)
}

// unknownField names the field that was probably meant, or all of them.
func (v Vocabulary) unknownField(typed string) error {
	var names []string
	for _, f := range v.fields()[1:] {
		names = append(names, f.String())
	}
	if near := nearest(Fold(typed), names, 1); len(near) > 0 {
		return saying.Errorf("unknown field %s: did you mean %s? Otherwise, to search for the text itself, put it in quotes", shown(typed), near[0])
	}
	return saying.Errorf("unknown field %s: fields are %s; to search for the text itself, put it in quotes", shown(typed), strings.Join(names, ", "))
}

// listedValues is how many values an error lists in full.
const listedValues = 12

// valueAdvice names the values that were probably meant, or all if they are few, or how
// many there are.
func valueAdvice(typed string, values []string) error {
	switch near := nearest(valueKey(typed), values, 3); len(near) {
	case 0:
	case 1:
		return saying.Errorf("did you mean %s?", near[0])
	case 2:
		return saying.Errorf("did you mean %s or %s?", near[0], near[1])
	default:
		return saying.Errorf("did you mean %s or %s or %s?", near[0], near[1], near[2])
	}
	switch {
	case len(values) == 0:
		return saying.Errorf("check its spelling, or write unknown")
	case len(values) <= listedValues:
		return saying.Errorf("write %s or unknown", strings.Join(values, ", "))
	}
	return saying.Errorf("write %s, one of the %d others, or unknown (completion lists them)",
		strings.Join(values[:listedValues/2], ", "), len(values)-listedValues/2)
}
