package markup

import (
	"fmt"
	"html"
	"regexp"
	"strings"
)

// name is a reference to a character by its name.
var name = regexp.MustCompile(`&[A-Za-z][A-Za-z0-9]*;`)

// Numbered writes the references by which HTML names characters (&eacute;) by their numbers, which XML knows too. XML has five names
// of its own, and sites forget that the others are not among them. Names that nobody knows stay, and are refused. It holds in every
// character set that contains ASCII.
func Numbered(body []byte) []byte {
	return name.ReplaceAllFunc(body, func(ref []byte) []byte {
		text := html.UnescapeString(string(ref))
		if text == string(ref) || strings.ContainsAny(text, "&<>\"'") {
			return ref
		}
		var numbers []byte
		for _, r := range text {
			numbers = fmt.Appendf(numbers, "&#%d;", r)
		}
		return numbers
	})
}
