package three

import (
	"reflect"
	"regexp"
	"strings"

	"github.com/expr-lang/expr/builtin"

	"vigil/internal/query"
)

// The names of the functions that stand for operators hold a character that nobody can write.
const (
	askTruth, askNumber, askWord = "ask yes or no", "ask number", "ask word"
	isNo, isYes                  = "is no", "is yes"
)

func function(name string, of any, do func(p ...any) any) builtin.Function {
	return builtin.Function{Name: name, Types: []reflect.Type{reflect.TypeOf(of)}, Func: func(p ...any) (any, error) { return do(p...), nil }}
}

func number(name string, do func(a, b Number) Number) builtin.Function {
	return function(name, do, func(p ...any) any { return do(p[0].(Number), p[1].(Number)) })
}

func compare(name string, do func(a, b Number) Truth) builtin.Function {
	return function(name, do, func(p ...any) any { return do(p[0].(Number), p[1].(Number)) })
}

func words(name string, is func(a, b string) bool) builtin.Function {
	do := func(a, b Word) Truth { return a.against(b, is) }
	return function(name, do, func(p ...any) any { return do(p[0].(Word), p[1].(Word)) })
}

func truths(name string, do func(a, b Truth) Truth) builtin.Function {
	return function(name, do, func(p ...any) any { return do(p[0].(Truth), p[1].(Truth)) })
}

func same(a, b Truth) Truth {
	switch {
	case a == query.Maybe || b == query.Maybe:
		return query.Maybe
	}
	return query.Of(a == b)
}

var functions = []builtin.Function{
	function(askTruth, func(Subject, string, any) Truth { return 0 }, ask),
	function(askNumber, func(Subject, string, any) Number { return Number{} }, ask),
	function(askWord, func(Subject, string, any) Word { return Word{} }, ask),
	function(isNo, func(Truth) bool { return false }, func(p ...any) any { return p[0].(Truth) == query.No }),
	function(isYes, func(Truth) bool { return false }, func(p ...any) any { return p[0].(Truth) == query.Yes }),

	truths("and", func(a, b Truth) Truth { return min(a, b) }),
	truths("or", func(a, b Truth) Truth { return max(a, b) }),
	truths("yesno ==", same),
	truths("yesno !=", func(a, b Truth) Truth { return same(a, b).Not() }),
	function("not", Truth.Not, func(p ...any) any { return p[0].(Truth).Not() }),
	function("sure", Truth.Not, func(p ...any) any { return query.Of(p[0].(Truth) == query.Yes) }),

	compare("number <", Number.Below),
	compare("number >=", func(a, b Number) Truth { return a.Below(b).Not() }),
	compare("number >", func(a, b Number) Truth { return b.Below(a) }),
	compare("number <=", func(a, b Number) Truth { return b.Below(a).Not() }),
	compare("number ==", Number.Equals),
	compare("number !=", func(a, b Number) Truth { return a.Equals(b).Not() }),
	number("number +", Number.Plus),
	number("number -", Number.Minus),
	number("number *", Number.Times),
	number("number /", Number.Over),

	words("word ==", func(a, b string) bool { return a == b }),
	words("word contains", strings.Contains),
	words("word startsWith", strings.HasPrefix),
	words("word endsWith", strings.HasSuffix),
	function("word matches", func(Word, *regexp.Regexp) Truth { return 0 }, func(p ...any) any {
		return p[0].(Word).any(p[1].(*regexp.Regexp).MatchString)
	}),
	function("known yesno", func(Truth) Truth { return 0 }, func(p ...any) any { return query.Of(p[0].(Truth) != query.Maybe) }),
	function("known number", func(Number) Truth { return 0 }, func(p ...any) any { return query.Of(p[0].(Number).Known()) }),
	function("known word", func(Word) Truth { return 0 }, func(p ...any) any { return query.Of(p[0].(Word).Known) }),
}

func ask(p ...any) any {
	of := p[2]
	if of == (absent{}) {
		of = nil
	}
	return p[0].(Subject).Ask(p[1].(string), of)
}
