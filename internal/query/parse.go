package query

import (
	"sort"
	"unicode/utf8"

	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// Error says what is wrong with a query, where, and what to do. It repeats a piece of what was
// typed, which may be a name: it is meant for the screen of whoever typed it, not for a log.
type Error struct {
	Column int   // of the first wrong character, counted in characters from 1
	Why    error // safe to show, and made so that [saying.In] can say it in other languages
}

// Error is the reason with its column.
func (e *Error) Error() string { return e.In(saying.English) }

// In is the same in another language.
func (e *Error) In(v saying.Voice) string {
	return v.Sayf("column %d: %s", e.Column, saying.In(v, e.Why))
}

// errorAt makes an Error for the byte pos of in.
func errorAt(in string, pos int, why error) *Error {
	return &Error{Column: utf8.RuneCountInString(in[:pos]) + 1, Why: why}
}

// shown is text of the query as an error may repeat it.
func shown(s string) string { return `"` + safetext.CleanMax(s, 40).String() + `"` }

// Parse reads a query. An empty one is the zero Query. The error is an [*Error].
func Parse(s string, v Vocabulary) (Query, error) {
	if len(s) > MaxLength {
		pos := MaxLength
		for pos > 0 && !utf8.RuneStart(s[pos]) { // what was pasted may be no UTF-8 at all
			pos--
		}
		return Query{}, errorAt(s, pos, saying.Errorf("the filter is too long: it may have %d bytes", MaxLength))
	}
	if err := checkVisible(s); err != nil {
		return Query{}, err
	}
	p := parser{lex: lexer{in: s}, vocab: v}
	if err := p.advance(); err != nil {
		return Query{}, err
	}
	if p.tok.kind == tokEnd {
		return Query{}, nil
	}
	root, err := p.or()
	if err != nil {
		return Query{}, err
	}
	if p.tok.kind == tokClose {
		return Query{}, p.wrong(saying.Errorf("this ) has no ( before it: remove it, or put it in quotes to search for it"))
	}
	q := Query{root: root, text: string(root.appendTo(nil))}
	if len(q.text) > MaxLength {
		return Query{}, errorAt(s, 0, saying.Errorf("written out the filter is too long: it may have %d bytes", MaxLength))
	}
	root.cheapFirst()
	return q, nil
}

// checkVisible refuses what nobody could see in a prompt and what is not UTF-8.
func checkVisible(s string) error {
	damaged := func(end int) bool {
		_, rep := safetext.CleanReport(s[:end])
		return rep.Replaced+rep.Invalid+rep.Marks > 0
	}
	if !damaged(len(s)) {
		return nil
	}
	ends := make([]int, 0, len(s))
	for i := range s {
		if i > 0 {
			ends = append(ends, i)
		}
	}
	ends = append(ends, len(s))
	at := sort.Search(len(ends), func(i int) bool { return damaged(ends[i]) })
	start := 0
	if at > 0 {
		start = ends[at-1]
	}
	return errorAt(s, start, saying.Errorf("%s cannot be searched for: remove it", shown(s[start:ends[at]])))
}

// parser is a recursive-descent parser with one token of look-ahead.
type parser struct {
	lex   lexer
	tok   token
	vocab Vocabulary
	depth int
}

func (p *parser) advance() (err error) {
	p.tok, err = p.lex.next()
	return err
}

func (p *parser) wrong(why error) error { return errorAt(p.lex.in, p.tok.pos, why) }

// or = and { OR and }
func (p *parser) or() (*node, error) {
	var nodes []*node
	for {
		n, err := p.and()
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
		if p.tok.kind != tokOr {
			return join(orNode, nodes), nil
		}
		if err := p.advance(); err != nil {
			return nil, err
		}
	}
}

// and = unary { [ AND ] unary }
func (p *parser) and() (*node, error) {
	var nodes []*node
	for {
		n, err := p.unary()
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
		switch p.tok.kind {
		case tokEnd, tokClose, tokOr:
			return join(andNode, nodes), nil
		case tokAnd:
			if err := p.advance(); err != nil {
				return nil, err
			}
		}
	}
}

// unary = { - | NOT } primary. Negations are counted, not nested, so they need no limit.
func (p *parser) unary() (*node, error) {
	negated := false
	for p.tok.kind == tokNot {
		pos := p.tok.pos
		if err := p.advance(); err != nil {
			return nil, err
		}
		if p.lex.in[pos] == '-' && p.tok.pos != pos+1 {
			return nil, errorAt(p.lex.in, pos, saying.Errorf(`a - must stand right before what it excludes: -word; write "-" in quotes to search for it`))
		}
		negated = !negated
	}
	n, err := p.primary()
	if err == nil && negated {
		n = negate(n)
	}
	return n, err
}

// primary = "(" or ")" | term
func (p *parser) primary() (*node, error) {
	tok := p.tok
	switch tok.kind {
	case tokEnd:
		return nil, p.wrong(saying.Errorf("something is missing here: a word, or a field such as %s", FieldCountry.Example()))
	case tokOr, tokAnd:
		return nil, p.wrong(saying.Errorf(`there is nothing to the left of this: put something before it, or write it in quotes ("or") to search for it`))
	case tokClose:
		return nil, p.wrong(saying.Errorf("there is nothing before this ): write what the parentheses are to hold, or remove them"))
	case tokOpen:
		return p.group()
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	return p.makeTerm(tok)
}

func (p *parser) group() (*node, error) {
	open := p.tok.pos
	if p.depth++; p.depth > MaxDepth {
		return nil, p.wrong(saying.Errorf("more than %d parentheses inside one another: make it simpler", MaxDepth))
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.tok.kind != tokClose {
		return nil, errorAt(p.lex.in, open, saying.Errorf("this ( is not closed: add )"))
	}
	p.depth--
	return n, p.advance()
}
