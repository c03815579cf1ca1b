package desk

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

const (
	maxYAML    = 256 << 10 // bytes
	maxTokens  = 20_000    // words and marks; the library's parser takes the square of their number
	maxNesting = 32

	maxEmptyLines = 64 // together
)

// yaml reads a YAML document into a tree, nil with a problem when it is none. The library has no
// limits of depth, number or aliases, so its tokens are checked before its parser sees them: 100 kB
// of "[" would end the process, and 250 kB of "," stop it for half a minute.
func (r *reader) yaml(data []byte) *node {
	if len(data) > maxYAML {
		r.errorf(place{}, "the file has %d bytes, of which %d are read at most: divide it into several", len(data), maxYAML)
		return nil
	}
	data = bytes.TrimPrefix(data, byteOrderMark)
	if !utf8.Valid(data) {
		r.errorf(place{}, "the text is not UTF-8: save the file as UTF-8")
		return nil
	}
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(data))
	if !r.plain(text) {
		return nil
	}
	tokens := lexer.Tokenize(text)
	if !r.harmless(tokens) {
		return nil
	}
	file, err := parse(tokens)
	if err != nil {
		at, message := place{}, err.Error()
		if wrong := yaml.Error(nil); errors.As(err, &wrong) {
			message = wrong.GetMessage()
			if t := wrong.GetToken(); t != nil {
				at = tokenPlace(t)
			}
		}
		r.errorf(at, "this is not YAML: %s", message)
		return nil
	}
	var root *node
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		n := r.yamlNode(doc.Body)
		if n == nil {
			continue
		}
		if root != nil {
			r.errorf(n.at, "a second document begins here: write one document to a file")
			return nil
		}
		root = n
	}
	if root == nil {
		r.errorf(place{}, "the file is empty: write what it is for (vigil init makes examples), or remove it")
	}
	return root
}

// plain refuses what the library's lexer takes the square of: tabs, and many empty lines together,
// which in a block of text of 200 kB cost it minutes.
func (r *reader) plain(text string) bool {
	empty, number := 0, 0
	for line := range strings.SplitSeq(text, "\n") {
		number++
		if column := strings.IndexByte(line, '\t'); column >= 0 {
			r.errorf(place{number, utf8.RuneCountInString(line[:column]) + 1}, "a tab stands here: write spaces")
			return false
		}
		if strings.TrimLeft(line, " ") != "" {
			empty = 0
		} else if empty++; empty > maxEmptyLines {
			r.errorf(place{line: number}, "more than %d empty lines stand together: remove some", maxEmptyLines)
			return false
		}
	}
	return true
}

// parse is the library's parser. A panic in it is a mistake of the library about this file, and
// must cost the file and not the console.
func parse(tokens token.Tokens) (file *ast.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			file, err = nil, fmt.Errorf("its structure cannot be followed (%T)", p)
		}
	}()
	return parser.Parse(tokens, 0)
}

// harmless checks what the parser would follow without end: nesting, and what refers elsewhere.
func (r *reader) harmless(tokens token.Tokens) bool {
	if len(tokens) > maxTokens {
		r.errorf(tokenPlace(tokens[maxTokens]), "the file has more than %d words and marks, enough for 200 areas: divide it, or write it as CSV", maxTokens)
		return false
	}
	flow := 0
	var columns []int // of the block collections that are open
	open := func(column int) {
		for len(columns) > 0 && columns[len(columns)-1] > column {
			columns = columns[:len(columns)-1]
		}
		if len(columns) == 0 || columns[len(columns)-1] < column {
			columns = append(columns, column)
		}
	}
	for i, t := range tokens {
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			flow++
		case token.SequenceEndType, token.MappingEndType:
			if flow--; flow < 0 {
				r.errorf(tokenPlace(t), "this bracket closes none that is open: put a text with a bracket in it into quotes")
				return false
			}
		case token.SequenceEntryType:
			open(t.Position.Column)
		case token.MappingValueType:
			if flow == 0 && i > 0 {
				open(tokens[i-1].Position.Column)
			}
		case token.AnchorType, token.AliasType, token.MergeKeyType:
			r.errorf(tokenPlace(t), "anchors, aliases and merge keys (& * <<) are not read: write the value out")
			return false
		case token.TagType, token.DirectiveType, token.MappingKeyType:
			r.errorf(tokenPlace(t), "tags, directives and complex keys (! %% ?) are not read: write plain keys and values")
			return false
		case token.InvalidType:
			r.errorf(tokenPlace(t), "this is not YAML: put a text that begins with @, %% or a backquote into quotes")
			return false
		case token.SingleQuoteType, token.DoubleQuoteType:
			if i > 0 && quotedToken(tokens[i-1]) {
				r.errorf(tokenPlace(t), "a text in quotes follows another: a quote is missing or one too many")
				return false
			}
		}
		if flow+len(columns) > maxNesting {
			r.errorf(tokenPlace(t), "the nesting is deeper than %d levels: no file of a desk needs more than five", maxNesting)
			return false
		}
	}
	return true
}

func quotedToken(t *token.Token) bool {
	return t.Type == token.SingleQuoteType || t.Type == token.DoubleQuoteType
}

func tokenPlace(t *token.Token) place {
	if t == nil || t.Position == nil {
		return place{}
	}
	return place{t.Position.Line, t.Position.Column}
}

// yamlNode makes the tree of a node; nil for a comment.
func (r *reader) yamlNode(n ast.Node) *node {
	at := tokenPlace(n.GetToken())
	scalar := func(k kind) *node { return &node{kind: k, at: at, text: n.GetToken().Value} }
	switch v := n.(type) {
	case *ast.NullNode:
		return &node{kind: nullNode, at: at}
	case *ast.IntegerNode:
		return scalar(integerNode)
	case *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return scalar(floatNode)
	case *ast.BoolNode:
		return scalar(boolNode)
	case *ast.StringNode:
		return &node{kind: textNode, at: at, text: v.Value}
	case *ast.LiteralNode:
		return &node{kind: textNode, at: at, text: v.Value.Value}
	case *ast.SequenceNode:
		list := &node{kind: listNode, at: at}
		for _, item := range v.Values {
			if child := r.yamlNode(item); child != nil {
				list.list = append(list.list, child)
			}
		}
		return list
	case *ast.MappingNode:
		table := &node{kind: tableNode, at: at}
		for _, entry := range v.Values {
			r.yamlField(table, entry)
		}
		if !v.IsFlowStyle && len(table.fields) > 0 {
			table.at = table.fields[0].at // the library gives the place of its first colon
		}
		return table
	case *ast.MappingValueNode:
		table := &node{kind: tableNode, at: tokenPlace(v.Key.GetToken())}
		r.yamlField(table, v)
		return table
	case *ast.CommentGroupNode, *ast.CommentNode:
		return nil
	default:
		r.errorf(at, "this kind of YAML is not read: write plain keys and values")
		return &node{kind: nullNode, at: at}
	}
}

func (r *reader) yamlField(table *node, entry *ast.MappingValueNode) {
	key := entry.Key.GetToken()
	value := r.yamlNode(entry.Value)
	if value == nil {
		value = &node{kind: nullNode, at: tokenPlace(key)}
	}
	table.fields = append(table.fields, &field{key.Value, tokenPlace(key), value})
}
