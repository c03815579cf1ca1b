// Package query is the filter language of the console: what is typed after '/' on the
// events screen, in --filter and in saved views.
//
// # The language
//
//	word "two words"     text that stands somewhere in the incident's words
//	field:value          country:MLI  act:abduction  threat:crime  source:radio  staff:national
//	                     verification:confirmed  handling:public  place:"Gao region"  id:R-2026
//	severity>=severe     severities are ordered; : = != < <= > >= all work
//	killed>0             also injured, abducted, detained, affected; in persons
//	since:7d             36h, 2w, 90min, 1y, today, yesterday, 2026, 2026-11, 2026-11-20, 2026-11-20T14:30Z
//	until:2026-11-20     the whole day (month, year) included; until:7d ends seven days ago
//	field:unknown        what nobody said: killed:unknown, since:unknown, country:unknown
//	a b, a AND b         both; binds closer than OR
//	a OR b, a | b        either
//	kind:note by:Oscar   of an entry of the duty log, which has these, words, id, since and until
//	-a, NOT a            not
//	( )                  grouping
//
// Case and diacritics do not matter, and a word matches anywhere, also inside another one. OR,
// AND and NOT are capitals. Inside quotes a backslash stands before a quote or a backslash.
//
// # What is not known
//
// Evaluation is three-valued (Kleene): [Yes], [No], or [Maybe] where the incident does
// not say. killed>0 is Maybe for an incident whose dead nobody counted, and so is -killed>0; a
// month-precise incident is Maybe in since:7d when the month only overlaps. [Query.Match] is true for Yes
// only; a screen that lists those must say how many were Maybe, or list them marked. The
// exception is severity: unknown sorts with the highest, so severity>=severe is Yes for it.
//
// # Guarantees
//
// [Parse] never panics and reads at most [MaxLength] bytes and [MaxDepth] levels of parentheses. Its errors are [*Error]
// values with the column and what to do. A [Query] is immutable and safe for concurrent use; Eval does no I/O,
// does not allocate, and reads the clock nowhere: now is passed in. What a row gives away is
// the row's business: it must be the projection that the viewer may see.
//
// The grammar is written by hand because a parser generator would give neither the columns nor the advice.
package query

import (
	"slices"
	"time"
)

// Limits of a query. They are generous for a person and keep a hostile one cheap.
const (
	MaxLength = 2048 // bytes, as typed and in canonical form
	MaxDepth  = 32   // parentheses inside one another
)

// Unknown is the value that every field but the texts takes for "not said".
const Unknown = "unknown"

// Tri is a truth value that admits not knowing. The order No < Maybe < Yes makes "and" the
// lesser and "or" the greater of two.
type Tri uint8

// The three truth values.
const (
	No Tri = iota
	Maybe
	Yes
)

// Of is Yes or No.
func Of(b bool) Tri {
	if b {
		return Yes
	}
	return No
}

// Not is Yes for No, No for Yes and Maybe for Maybe.
func (t Tri) Not() Tri { return Yes - t }

// String is "no", "maybe" or "yes".
func (t Tri) String() string {
	switch t {
	case No:
		return "no"
	case Maybe:
		return "maybe"
	default:
		return "yes"
	}
}

// Row is one incident, or one entry of the duty log, as its viewer may see it. Its methods must not allocate or block: a
// filter calls them for a million rows at a keystroke. Pass a pointer to one row
// that is moved along, since a struct in an interface is allocated for each.
type Row interface {
	// Text is the text of FieldWord (title, place, first administrative level, details,
	// actor, id, all in one, separated by '\n'), FieldPlace, FieldID or FieldBy, already folded by Fold.
	Text(f Field) string

	// May reports whether the text of a field may hold a folded text. It is asked before Text, which costs
	// more; false is sure.
	May(f Field, text string) bool

	// Has answers for FieldCountry, FieldAct, FieldThreat, FieldSource, FieldStaff,
	// FieldVerification, FieldHandling, FieldClass, FieldEvent and FieldKind, of which an incident may have several values.
	// The value is canonical (as Vocabulary.Resolve gave it) or Unknown. The answer is Maybe where
	// the row does not say; Has(f, Unknown) is Yes in that case.
	Has(f Field, value string) Tri

	// Severity is the place in Severities, counted from 1, if it is known.
	Severity() (rank int, known bool)

	// Count is a number of persons for FieldKilled to FieldAffected. Where exact is false there
	// are at least n, which is 0 when nothing is known.
	Count(f Field) (n int, exact bool)

	// Time is the interval [start, end) in which the incident happened, as wide as its precision; an
	// instant has equal ends.
	Time() (start, end time.Time, known bool)
}

// Query is a parsed filter. The zero value matches everything.
type Query struct {
	root *node
	text string
}

// Eval says whether the row is one that the query asks for, relative times counted from now.
func (q Query) Eval(r Row, now time.Time) Tri {
	if q.root == nil {
		return Yes
	}
	return q.root.eval(r, now)
}

// Match reports whether the row surely matches: Eval is Yes.
func (q Query) Match(r Row, now time.Time) bool { return q.Eval(r, now) == Yes }

// IsZero reports whether the query is empty and matches everything.
func (q Query) IsZero() bool { return q.root == nil }

// String is the canonical form: with the same vocabulary it parses to the same query, and two queries
// with equal strings are the same. It holds no hidden characters.
func (q Query) String() string { return q.text }

// Uses reports whether the answer depends on the field: a store may have text at a
// higher price than codes and counts.
func (q Query) Uses(f Field) bool { return q.root != nil && q.root.uses(f) }

// Asked are the values of a coded field that rows are asked to have: those of terms that stand under no negation, each as often as it stands.
func (q Query) Asked(f Field) []string {
	if q.root == nil {
		return nil
	}
	return q.root.asked(f, false, nil)
}

// nodeKind is the kind of a node.
type nodeKind uint8

const (
	leaf nodeKind = iota
	notNode
	andNode
	orNode
)

// node is a term, a negation of one other node, or two or more nodes joined. Parsing makes them
// minimal: no negation of a negation, no "and" directly inside an "and".
type node struct {
	kind nodeKind
	term term
	kids []*node
}

// negate is "not n".
func negate(n *node) *node {
	if n.kind == notNode {
		return n.kids[0]
	}
	return &node{kind: notNode, kids: []*node{n}}
}

// join is "and" or "or" of the nodes.
func join(kind nodeKind, nodes []*node) *node {
	if len(nodes) == 1 {
		return nodes[0]
	}
	n := &node{kind: kind}
	for _, k := range nodes {
		if k.kind == kind {
			n.kids = append(n.kids, k.kids...)
		} else {
			n.kids = append(n.kids, k)
		}
	}
	return n
}

// appendTo writes the canonical form.
func (n *node) appendTo(b []byte) []byte {
	switch n.kind {
	case leaf:
		return n.term.appendTo(b)
	case notNode:
		return n.kids[0].appendIn(append(b, '-'), n.kids[0].kind != leaf)
	case andNode:
		for i, k := range n.kids {
			if i > 0 {
				b = append(b, ' ')
			}
			b = k.appendIn(b, k.kind == orNode)
		}
	case orNode:
		for i, k := range n.kids {
			if i > 0 {
				b = append(b, " OR "...)
			}
			b = k.appendIn(b, false)
		}
	}
	return b
}

func (n *node) appendIn(b []byte, parens bool) []byte {
	if !parens {
		return n.appendTo(b)
	}
	return append(n.appendTo(append(b, '(')), ')')
}

func (n *node) uses(f Field) bool {
	return n.kind == leaf && n.term.field == f ||
		slices.ContainsFunc(n.kids, func(k *node) bool { return k.uses(f) })
}

func (n *node) asked(f Field, negated bool, values []string) []string {
	if n.kind == leaf && n.term.field == f && !negated {
		return append(values, n.term.text)
	}
	for _, k := range n.kids {
		values = k.asked(f, negated != (n.kind == notNode), values)
	}
	return values
}
