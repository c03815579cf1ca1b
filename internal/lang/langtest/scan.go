// Package langtest holds the console to its catalogues: it finds what the code says, and what of a screen nobody could translate.
package langtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// Said is an English text that the code says, and the first place where it does.
type Said struct {
	Text   string // the name of the message, with its context
	Plural bool   // it has a number, and forms for one and for many
	At     string // file:line
	// Heading tells that it is a heading or a state: it is said by a method Title, marked by lang.Heading, or begins in capitals.
	Heading bool
}

// Scan is every text that the Go files under dirs, tests apart, say through package lang: literals, and constants put together of
// literals. What is said of a variable must have been marked by lang.Msg, and is found there.
func Scan(tb testing.TB, dirs ...string) map[string]Said {
	tb.Helper()
	all := map[string]Said{}
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			return scanFile(path, all)
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
	return all
}

func scanFile(path string, all map[string]Said) error {
	files := token.NewFileSet()
	f, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
	if err != nil {
		return fmt.Errorf("scan: %w", err)
	}
	var title [2]token.Pos // of the method that is being gone through, from and to
	inner := map[ast.Expr]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		if fun, is := n.(*ast.FuncDecl); is && fun.Recv != nil && fun.Name.Name == "Title" {
			title = [2]token.Pos{fun.Pos(), fun.End()}
		}
		call, ok := n.(*ast.CallExpr)
		if !ok || inner[call] {
			return true
		}
		for _, s := range saidBy(call) {
			for _, arg := range call.Args {
				inner[arg] = marked(arg) // what is marked where it is said is one text and not two
			}
			at := files.Position(call.Pos())
			s.At = at.Filename + ":" + strconv.Itoa(at.Line)
			s.Heading = s.Heading || capitals(s.Text) || call.Pos() >= title[0] && call.Pos() < title[1]
			if known, is := all[s.Text]; is {
				known.Heading = known.Heading || s.Heading
				s = known
			}
			all[s.Text] = s
		}
		return true
	})
	return nil
}

// capitals reports whether a text is short and begins with a word in capitals, as headings and states do.
func capitals(text string) bool {
	const most = 40 // what is longer, or ends like one, is a sentence
	_, after, has := strings.Cut(text, "|")
	if !has {
		after = text
	}
	word := strings.TrimLeftFunc(verb.ReplaceAllString(after, ""), func(r rune) bool { return !unicode.IsLetter(r) })
	if end := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }); end >= 0 {
		word = word[:end]
	}
	if len(after) > most || strings.HasSuffix(after, ".") {
		return strings.IndexFunc(after, unicode.IsUpper) >= 0 && strings.IndexFunc(verb.ReplaceAllString(after, ""), unicode.IsLower) < 0
	}
	return strings.ToUpper(word) == word && (len(word) > 1 || word != "" && strings.IndexFunc(after, unicode.IsLower) < 0)
}

// marked reports whether an argument is a call of lang.Heading.
func marked(e ast.Expr) bool {
	call, is := e.(*ast.CallExpr)
	if !is {
		return false
	}
	fun, is := call.Fun.(*ast.SelectorExpr)
	return is && fun.Sel.Name == "Heading" && len(call.Args) == 1
}

// saidBy is what a call says.
func saidBy(call *ast.CallExpr) []Said {
	if word, ok := counting(call); ok {
		return []Said{{Text: "%s " + word, Plural: true}}
	}
	fun, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 {
		return nil
	}
	if of, is := fun.X.(*ast.SelectorExpr); is && strings.HasPrefix(of.Sel.Name, "Plain") {
		return nil // the hand of what stays in English
	}
	switch fun.Sel.Name {
	case "Say", "Sayf", "Msg", "Heading":
		if text, ok := literal(call.Args[0]); ok {
			return []Said{{Text: text, Heading: fun.Sel.Name == "Heading" || marked(call.Args[0])}}
		}
	case "Errorf", "Of": // of package saying
		if text, ok := literal(call.Args[0]); ok && isSaying(fun) {
			return []Said{{Text: text}}
		}
	case "Count":
		if isSaying(fun) && len(call.Args) == 3 {
			if word, ok := literal(call.Args[1]); ok {
				return []Said{{Text: "%s " + word, Plural: true}}
			}
		}
	case "SayAs", "MsgAs":
		context, ok := literal(call.Args[0])
		if text, is := literal(call.Args[1]); ok && is {
			return []Said{{Text: context + "|" + text}}
		}
	case "TallyAs":
		context, ok := literal(call.Args[0])
		if word, is := literal(call.Args[2]); ok && is {
			return []Said{{Text: context + "|%s " + word, Plural: true, Heading: marked(call.Args[2])}}
		}
	case "Plural", "Tally", "Forms", "Shown":
		last := len(call.Args) - 1
		if fun.Sel.Name == "Forms" || fun.Sel.Name == "Shown" {
			last-- // the word of one
		}
		if word, ok := literal(call.Args[max(0, last)]); ok {
			return []Said{{Text: "%s " + word, Plural: true, Heading: marked(call.Args[last])}}
		}
	}
	return nil
}

// counting is the word of one in a call of counting, which tables of what is counted are made of.
func counting(call *ast.CallExpr) (string, bool) {
	fun, is := call.Fun.(*ast.Ident)
	if !is || fun.Name != "counting" || len(call.Args) != 2 {
		return "", false
	}
	return literal(call.Args[0])
}

// isSaying reports whether a function is of package saying.
func isSaying(fun *ast.SelectorExpr) bool {
	of, is := fun.X.(*ast.Ident)
	return is && of.Name == "saying"
}

// literal is the text of a literal, or of several that are put together.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.BinaryExpr:
		left, ok := literal(e.X)
		right, is := literal(e.Y)
		return left + right, ok && is && e.Op == token.ADD
	case *ast.ParenExpr:
		return literal(e.X)
	case *ast.CallExpr:
		if marked(e) {
			return literal(e.Args[0])
		}
	}
	return "", false
}

// verb is one of fmt's, with its place where another order is written.
var verb = regexp.MustCompile(`%(?:\[(\d+)\])?([-+# 0]*\d*(?:\.\d+)?[a-zA-Z%])`)

// Verbs are the verbs of a text by the argument that they write: a translation must have the same. A %% is none.
func Verbs(text string) []string {
	var list []string
	next := 1
	for _, m := range verb.FindAllStringSubmatch(text, -1) {
		if m[2] == "%" {
			continue
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		list = append(list, fmt.Sprintf("%d%s", next, m[2]))
		next++
	}
	slices.Sort(list)
	return list
}
