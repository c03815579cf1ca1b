package three

import (
	"errors"
	"fmt"
	"slices"

	"github.com/expr-lang/expr/checker"
	"github.com/expr-lang/expr/compiler"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"

	"vigil/internal/query"
)

// Limits of an expression. They are generous for a person and keep a hostile one cheap.
const (
	MaxLength = 2048 // bytes
	maxNodes  = 500
)

// Error is what is wrong with an expression.
type Error struct {
	Line, Column int // in the text, from 1; the column in characters
	Message      string
}

// Error names the place and what to do.
func (e *Error) Error() string {
	if e.Line > 1 {
		return fmt.Sprintf("line %d, column %d of the text: %s", e.Line, e.Column, e.Message)
	}
	return fmt.Sprintf("column %d of the text: %s", e.Column, e.Message)
}

// Expression is a compiled expression. The zero value answers no.
type Expression struct {
	text    string
	program *vm.Program
	uses    []string
}

// String is the text as it was written.
func (e *Expression) String() string { return e.text }

// Uses reports whether the expression asks for a field.
func (e *Expression) Uses(field string) bool { return slices.Contains(e.uses, field) }

// Machine evaluates expressions. It is for one goroutine, and keeps its memory from one evaluation to the next. The zero
// Machine is ready.
type Machine struct {
	vm  vm.VM
	env map[string]any
}

// Eval is the answer for a subject. What a failing machine cannot tell is maybe: it then rings.
func (m *Machine) Eval(e *Expression, s Subject) Truth {
	if e.program == nil {
		return query.No
	}
	if m.env == nil {
		m.env = map[string]any{}
	}
	m.env[subject] = s
	out, err := m.vm.Run(e.program, m.env)
	if t, is := out.(Truth); is && err == nil {
		return t
	}
	return query.Maybe
}

// Compile reads an expression over the fields of a schema.
func Compile(text string, schema *Schema) (*Expression, error) {
	if len(text) > MaxLength {
		return nil, &Error{1, MaxLength, fmt.Sprintf("it is too long: %d bytes, of which %d can be read", len(text), MaxLength)}
	}
	config := configured()
	tree, err := parser.ParseWithConfig(text, config)
	if err != nil {
		return nil, told(text, err)
	}
	l := lowering{schema: schema}
	node, kind := l.node(tree.Node)
	if l.err == nil && kind != IsTruth {
		l.fail(tree.Node, "this is %s, and a rule asks yes or no: compare it, as in killed > 0 or act == 'abduction'", kind)
	}
	if l.err != nil {
		return nil, l.err.at(text)
	}
	tree.Node = node
	if _, err := checker.Check(tree, config); err != nil {
		return nil, told(text, err)
	}
	program, err := compiler.Compile(tree, config)
	if err != nil {
		return nil, told(text, err)
	}
	return &Expression{text: text, program: program, uses: l.uses}, nil
}

// subject is the one variable of the lowered program.
const subject = "subject"

// configured is what the library is told: the functions that stand for its operators, and nothing of its own.
func configured() *conf.Config {
	c := conf.New(map[string]any{subject: Subject(nil)})
	c.Env = conf.EnvWithCache(&c.NtCache, map[string]Subject{subject: nil})
	c.Optimize, c.MaxNodes = false, maxNodes
	for name := range c.Builtins {
		c.Disabled[name] = true
	}
	clear(c.Builtins)
	for i := range functions {
		c.Functions[functions[i].Name] = &functions[i]
	}
	return c
}

// told is an error of the library as ours.
func told(text string, err error) error {
	var wrong *file.Error
	if !errors.As(err, &wrong) {
		return &Error{1, 1, err.Error()}
	}
	return (&failure{wrong.From, wrong.Message}).at(text)
}

// failure is an error at a character of the text.
type failure struct {
	from    int
	message string
}

func (f *failure) at(text string) *Error {
	e := &Error{Line: 1, Column: 1, Message: f.message}
	n := 0
	for _, r := range text {
		if n++; n > f.from {
			break
		}
		if e.Column++; r == '\n' {
			e.Line, e.Column = e.Line+1, 1
		}
	}
	return e
}
