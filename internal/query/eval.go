package query

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// eval walks the tree; "and" stops at the first No, "or" at the first Yes.
func (n *node) eval(r Row, now time.Time) Tri {
	switch n.kind {
	case leaf:
		return n.term.eval(r, now)
	case notNode:
		return n.kids[0].eval(r, now).Not()
	case andNode:
		t := Yes
		for _, k := range n.kids {
			if t = min(t, k.eval(r, now)); t == No {
				break
			}
		}
		return t
	default:
		t := No
		for _, k := range n.kids {
			if t = max(t, k.eval(r, now)); t == Yes {
				break
			}
		}
		return t
	}
}

// cheapFirst puts what costs little to ask before what costs much, so that a million texts
// are not searched where a country decides. The answer does not depend on the order.
func (n *node) cheapFirst() {
	for _, k := range n.kids {
		k.cheapFirst()
	}
	slices.SortStableFunc(n.kids, func(a, b *node) int { return cmp.Compare(a.cost(), b.cost()) })
}

func (n *node) cost() int {
	if n.kind == leaf {
		switch {
		case n.term.field == FieldWord:
			return 64
		case fields[n.term.field].kind == textKind:
			return 16
		}
		return 1
	}
	sum := 0
	for _, k := range n.kids {
		sum += k.cost()
	}
	return sum
}

// term is one comparison. Which of its values is set follows from the field's kind.
type term struct {
	field   Field
	op      op
	unknown bool   // the value is Unknown
	text    string // folded words, or a canonical value
	n       int    // persons, or the rank of a severity
	when    moment
}

func (t *term) eval(r Row, now time.Time) Tri {
	switch fields[t.field].kind {
	case textKind:
		return Of(r.May(t.field, t.text) && strings.Contains(r.Text(t.field), t.text))
	case codeKind:
		return r.Has(t.field, t.text)
	case severityKind:
		return t.evalSeverity(r)
	case countKind:
		return t.evalCount(r)
	default:
		return t.evalTime(r, now)
	}
}

// evalSeverity sorts the unknown with the highest. Equality with a known severity cannot be
// told of it.
func (t *term) evalSeverity(r Row) Tri {
	rank, known := r.Severity()
	switch {
	case t.unknown:
		return Of(!known)
	case known:
		return Of(t.op.holds(rank, t.n))
	case t.op == opEqual:
		return Maybe
	default:
		return Of(t.op.holds(len(severities), t.n))
	}
}

// evalCount says No or Yes of a count that is only a lower bound where every greater
// number would give the same answer.
func (t *term) evalCount(r Row) Tri {
	n, exact := r.Count(t.field)
	switch {
	case t.unknown:
		return Of(!exact)
	case exact:
		return Of(t.op.holds(n, t.n))
	}
	switch t.op {
	case opMore, opAtLeast:
		if t.op.holds(n, t.n) {
			return Yes
		}
	case opEqual, opNotEqual:
		if n > t.n {
			return Of(t.op == opNotEqual)
		}
	case opLess, opAtMost:
		if !t.op.holds(n, t.n) {
			return No
		}
	}
	return Maybe
}

func (t *term) evalTime(r Row, now time.Time) Tri {
	start, end, known := r.Time()
	switch {
	case t.unknown:
		return Of(!known)
	case !known:
		return Maybe
	}
	from, to := t.when.span(now)
	if t.field == FieldSince {
		switch {
		case !start.Before(from):
			return Yes
		case end.After(from):
			return Maybe
		}
		return No
	}
	switch {
	case !start.Before(to):
		return No
	case end.After(to):
		return Maybe
	}
	return Yes
}

// op is a comparison.
type op uint8

const (
	opEqual op = iota
	opNotEqual
	opLess
	opAtMost
	opMore
	opAtLeast
)

// opNames are the canonical spellings by op.
var opNames = [...]string{opEqual: ":", opNotEqual: "!=", opLess: "<", opAtMost: "<=", opMore: ">", opAtLeast: ">="}

func (o op) holds(a, b int) bool {
	switch o {
	case opEqual:
		return a == b
	case opNotEqual:
		return a != b
	case opLess:
		return a < b
	case opAtMost:
		return a <= b
	case opMore:
		return a > b
	default:
		return a >= b
	}
}
