package three

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/expr-lang/expr/ast"

	"vigil/internal/query"
)

// lowering turns the tree of a person's text into calls of our functions, with what each part is.
type lowering struct {
	schema *Schema
	uses   []string
	kept   int
	err    *failure
}

// fail keeps the first mistake.
func (l *lowering) fail(n ast.Node, format string, args ...any) (ast.Node, Kind) {
	if l.err == nil {
		at := 0
		if n != nil {
			at = n.Location().From
		}
		l.err = &failure{at, fmt.Sprintf(format, args...)}
	}
	return constant(n, query.Maybe), 0
}

// call is a call of one of our functions, at the place of what it stands for.
func call(n ast.Node, name string, args ...ast.Node) ast.Node {
	c := &ast.CallNode{Callee: &ast.IdentifierNode{Value: name}, Arguments: args}
	c.SetLocation(n.Location())
	c.Callee.SetLocation(n.Location())
	return c
}

func constant(n ast.Node, value any) ast.Node {
	c := &ast.ConstantNode{Value: value}
	if n != nil {
		c.SetLocation(n.Location())
	}
	return c
}

func (l *lowering) node(n ast.Node) (ast.Node, Kind) {
	if l.err != nil {
		return constant(n, query.Maybe), 0
	}
	switch n := n.(type) {
	case *ast.BoolNode:
		return constant(n, query.Of(n.Value)), IsTruth
	case *ast.IntegerNode:
		return constant(n, Exactly(n.Value)), IsNumber
	case *ast.FloatNode:
		return constant(n, Exactly(n.Value)), IsNumber
	case *ast.StringNode:
		return constant(n, Say(n.Value)), IsWord
	case *ast.IdentifierNode:
		return l.field(n, n.Value, nil)
	case *ast.CallNode:
		return l.call(n)
	case *ast.UnaryNode:
		return l.unary(n)
	case *ast.BinaryNode:
		return l.binary(n)
	case *ast.NilNode:
		return l.fail(n, "nil means nothing here: to ask whether something is known, write known(killed)")
	case *ast.ConditionalNode:
		return l.fail(n, "a choice (a ? b : c, if) cannot be made where a may be unknown: write a and b or not a and c")
	case *ast.PredicateNode, *ast.PointerNode, *ast.BuiltinNode, *ast.SequenceNode, *ast.VariableDeclaratorNode:
		return l.fail(n, "loops, variables and several expressions cannot be used in a rule: write one that asks yes or no")
	case *ast.ArrayNode:
		return l.fail(n, "a list can only stand right of in, as in act in ['abduction', 'hostage_taking']")
	default:
		return l.fail(n, "this cannot be used in a rule: write fields, comparisons, and, or and not")
	}
}

// field asks the subject.
func (l *lowering) field(n ast.Node, name string, arg ast.Node) (ast.Node, Kind) {
	f, ok := l.schema.field(name)
	if !ok {
		if with, later := l.schema.Later[name]; later {
			return l.fail(n, "%s comes with %s, in a later version", name, with)
		}
		return l.fail(n, "%s is not known here: %s", name, instead(name, l.schema.Names()))
	}
	of := constant(n, absent{})
	switch {
	case arg == nil && f.Takes != nil && !f.Bare:
		return l.fail(n, "%s needs something in parentheses: write %s", name, f.example())
	case arg != nil && f.Takes == nil:
		return l.fail(n, "%s takes nothing in parentheses: write %s", name, name)
	case arg != nil:
		value, ok := l.argument(f, arg)
		if !ok {
			return constant(n, query.Maybe), 0
		}
		of = constant(arg, value)
	}
	if !slices.Contains(l.uses, name) {
		l.uses = append(l.uses, name)
	}
	who := &ast.IdentifierNode{Value: subject}
	who.SetLocation(n.Location())
	asking := map[Kind]string{IsTruth: askTruth, IsNumber: askNumber, IsWord: askWord}[f.Kind]
	return call(n, asking, who, constant(n, name), of), f.Kind
}

// absent stands for an argument that is not given: the library has no constant nil of type any.
type absent struct{}

func (f *Field) example() string {
	if f.Takes.Words != nil {
		return fmt.Sprintf("%s('%s')", f.Name, f.Takes.Words[0])
	}
	return fmt.Sprintf("%s(%v)", f.Name, max(f.Takes.Least, 1))
}

func (l *lowering) argument(f *Field, arg ast.Node) (any, bool) {
	if f.Takes.Words != nil {
		s, is := arg.(*ast.StringNode)
		switch {
		case !is:
			l.fail(arg, "%s takes a word in quotes: write %s", f.Name, f.example())
		case !slices.Contains(f.Takes.Words, s.Value):
			l.fail(arg, "%q is nothing that %s takes: %s", s.Value, f.Name, instead(s.Value, f.Takes.Words))
		default:
			return s.Value, true
		}
		return nil, false
	}
	var v float64
	switch n := arg.(type) {
	case *ast.IntegerNode:
		v = float64(n.Value)
	case *ast.FloatNode:
		v = n.Value
	default:
		l.fail(arg, "%s takes a number: write %s", f.Name, f.example())
		return nil, false
	}
	if v < f.Takes.Least {
		l.fail(arg, "%s takes a number of at least %v", f.Name, f.Takes.Least)
		return nil, false
	}
	return v, true
}

func (l *lowering) call(n *ast.CallNode) (ast.Node, Kind) {
	callee, is := n.Callee.(*ast.IdentifierNode)
	if !is {
		return l.fail(n, "only fields can be followed by parentheses")
	}
	switch callee.Value {
	case "known", "sure":
		if len(n.Arguments) != 1 {
			return l.fail(n, "%s takes one expression: write %s(killed > 0)", callee.Value, callee.Value)
		}
		return l.aboutKnowledge(n, callee.Value)
	}
	if len(n.Arguments) != 1 {
		if _, ok := l.schema.field(callee.Value); ok {
			return l.fail(n, "%s takes one thing in parentheses, here stand %d", callee.Value, len(n.Arguments))
		}
		return l.field(n, callee.Value, nil)
	}
	return l.field(n, callee.Value, n.Arguments[0])
}

func (l *lowering) aboutKnowledge(n *ast.CallNode, name string) (ast.Node, Kind) {
	arg, kind := l.node(n.Arguments[0])
	switch {
	case l.err != nil:
	case name == "known":
		return call(n, "known "+map[Kind]string{IsTruth: "yesno", IsNumber: "number", IsWord: "word"}[kind], arg), IsTruth
	case kind != IsTruth:
		return l.fail(n.Arguments[0], "sure takes a comparison, and this is %s: write sure(killed > 0)", kind)
	}
	return call(n, name, arg), IsTruth
}

func (l *lowering) unary(n *ast.UnaryNode) (ast.Node, Kind) {
	of, kind := l.node(n.Node)
	switch {
	case l.err != nil:
		return of, 0
	case (n.Operator == "not" || n.Operator == "!") && kind == IsTruth:
		return call(n, "not", of), IsTruth
	case n.Operator == "not" || n.Operator == "!":
		return l.fail(n, "not stands before what is yes or no, and this is %s: put the comparison in parentheses, as in not (killed > 0)", kind)
	case kind != IsNumber:
		return l.fail(n, "%s stands before a number, and this is %s", n.Operator, kind)
	case n.Operator == "-":
		return call(n, "number -", constant(n, Exactly(0)), of), IsNumber
	}
	return of, IsNumber
}

func (l *lowering) binary(n *ast.BinaryNode) (ast.Node, Kind) {
	switch n.Operator {
	case "and", "&&":
		return l.join(n, "and", isNo, query.No)
	case "or", "||":
		return l.join(n, "or", isYes, query.Yes)
	case "in":
		return l.in(n)
	case "matches":
		return l.matches(n)
	case "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "contains", "startsWith", "endsWith":
	case "..":
		return l.fail(n, "a range cannot be used: write killed >= 1 and killed <= 5")
	default:
		return l.fail(n, "%s cannot be used where something may be unknown", n.Operator)
	}
	if a, b, is := l.scaled(n.Left, n.Right); is {
		return l.operate(n, a, b, IsNumber, IsNumber)
	}
	same := n.Operator == "==" || n.Operator == "!="
	if same {
		l.read(n.Left, n.Right)
		l.read(n.Right, n.Left)
	}
	a, left := l.node(n.Left)
	b, right := l.node(n.Right)
	if l.err == nil && same {
		l.listed(n.Left, n.Right)
		l.listed(n.Right, n.Left)
	}
	return l.operate(n, a, b, left, right)
}

func (l *lowering) operate(n *ast.BinaryNode, a, b ast.Node, left, right Kind) (ast.Node, Kind) {
	if l.err != nil {
		return a, 0
	}
	if left != right {
		return l.fail(n, "left of %s stands %s, and right of it %s", n.Operator, left, right)
	}
	switch op := n.Operator; {
	case left == IsNumber && slices.Contains([]string{"+", "-", "*", "/"}, op):
		return call(n, "number "+op, a, b), IsNumber
	case left == IsNumber && slices.Contains([]string{"==", "!=", "<", "<=", ">", ">="}, op):
		return call(n, "number "+op, a, b), IsTruth
	case left == IsTruth && (op == "==" || op == "!="):
		return call(n, "yesno "+op, a, b), IsTruth
	case left == IsWord && op == "!=":
		return call(n, "not", call(n, "word ==", a, b)), IsTruth
	case left == IsWord && slices.Contains([]string{"==", "contains", "startsWith", "endsWith"}, op):
		return call(n, "word "+op, a, b), IsTruth
	default:
		return l.fail(n, "%s cannot be asked of what is %s", op, left)
	}
}

// join is "and" or "or": what stands right is asked only if what stands left does not decide.
func (l *lowering) join(n *ast.BinaryNode, name, decides string, answer Truth) (ast.Node, Kind) {
	a, left := l.node(n.Left)
	b, right := l.node(n.Right)
	switch {
	case l.err != nil:
		return a, 0
	case left != IsTruth:
		return l.fail(n.Left, "%s joins what is yes or no, and this is %s: compare it, as in killed > 0", n.Operator, left)
	case right != IsTruth:
		return l.fail(n.Right, "%s joins what is yes or no, and this is %s: compare it, as in killed > 0", n.Operator, right)
	}
	l.kept++
	name1 := fmt.Sprintf("kept %d", l.kept)
	kept := func() ast.Node {
		k := &ast.IdentifierNode{Value: name1}
		k.SetLocation(n.Location())
		return k
	}
	choice := &ast.ConditionalNode{Cond: call(n, decides, kept()), Exp1: constant(n, answer), Exp2: call(n, name, kept(), b)}
	choice.SetLocation(n.Location())
	let := &ast.VariableDeclaratorNode{Name: name1, Value: a, Expr: choice}
	let.SetLocation(n.Location())
	return let, IsTruth
}

// in is whether what stands left is one of a list.
func (l *lowering) in(n *ast.BinaryNode) (ast.Node, Kind) {
	list, is := n.Right.(*ast.ArrayNode)
	if !is || len(list.Nodes) == 0 {
		return l.fail(n.Right, "in asks for one of a list: write it as in act in ['abduction', 'hostage_taking']")
	}
	var out ast.Node
	for i, item := range list.Nodes {
		switch item.(type) {
		case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode:
		default:
			return l.fail(item, "in this list stand words in quotes or numbers, and nothing else")
		}
		equal := &ast.BinaryNode{Operator: "==", Left: n.Left, Right: item}
		equal.SetLocation(n.Location())
		one, _ := l.binary(equal)
		if l.err != nil {
			return one, 0
		}
		if i == 0 {
			out = one
		} else {
			out = call(n, "or", out, one)
		}
	}
	return out, IsTruth
}

// matches is a regular expression, which is compiled here.
func (l *lowering) matches(n *ast.BinaryNode) (ast.Node, Kind) {
	a, kind := l.node(n.Left)
	pattern, is := n.Right.(*ast.StringNode)
	switch {
	case l.err != nil:
		return a, 0
	case kind != IsWord:
		return l.fail(n.Left, "matches is asked of a word, and this is %s", kind)
	case !is:
		return l.fail(n.Right, "right of matches stands a regular expression in quotes")
	}
	compiled, err := regexp.Compile(pattern.Value)
	if err != nil {
		return l.fail(n.Right, "this is no regular expression: %v", err)
	}
	return call(n, "word matches", a, constant(n.Right, compiled)), IsTruth
}

// fieldOf is the field that a node asks for, if it does nothing else.
func (l *lowering) fieldOf(n ast.Node) (*Field, bool) {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		return l.schema.field(n.Value)
	case *ast.CallNode:
		if callee, is := n.Callee.(*ast.IdentifierNode); is {
			return l.schema.field(callee.Value)
		}
	}
	return nil, false
}

// scaled reads a number that has names, compared with one of them: severity >= 'severe'.
func (l *lowering) scaled(left, right ast.Node) (a, b ast.Node, is bool) {
	f, asked := l.fieldOf(left)
	word, named := right.(*ast.StringNode)
	if !asked || !named {
		if f, asked = l.fieldOf(right); !asked {
			return nil, nil, false
		}
		if word, named = left.(*ast.StringNode); !named || f.Kind != IsNumber || f.Words == nil {
			return nil, nil, false
		}
		b, _ = l.node(right)
		return l.rank(f, word), b, true
	}
	if f.Kind != IsNumber || f.Words == nil {
		return nil, nil, false
	}
	a, _ = l.node(left)
	return a, l.rank(f, word), true
}

func (l *lowering) rank(f *Field, word *ast.StringNode) ast.Node {
	at := slices.Index(f.Words, word.Value)
	if at < 0 {
		n, _ := l.fail(word, "%q is no %s: %s", word.Value, f.Name, instead(word.Value, f.Words))
		return n
	}
	return constant(word, Exactly(at+1))
}

// listed reports a word that a field cannot be.
func (l *lowering) listed(of, with ast.Node) {
	f, asked := l.fieldOf(of)
	word, is := with.(*ast.StringNode)
	if asked && is && f.Kind == IsWord && f.Words != nil && !slices.Contains(f.Words, word.Value) {
		l.fail(with, "%q is no %s: %s", word.Value, f.Name, instead(word.Value, f.Words))
	}
}

// read puts a word as the field that it is compared with has it.
func (l *lowering) read(of, with ast.Node) {
	f, asked := l.fieldOf(of)
	word, is := with.(*ast.StringNode)
	if !asked || !is || f.Read == nil {
		return
	}
	as, known := f.Read(word.Value)
	if !known {
		l.fail(with, "%q is no %s that is known", word.Value, f.Name)
		return
	}
	word.Value = as
}
