package feed

import (
	"html"
	"regexp"
	"strings"
)

// entity is an entity of HTML that is written out, with its semicolon: without one "R&D" and the query of an address would be
// mistaken for one.
var entity = regexp.MustCompile(`&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)

// Entities is text with the entities of HTML as what they stand for: publishers whose forms write for web pages leave
// "&nbsp;" in tables and in answers that are no HTML. It is read once, so that what it stands for is not read again. What comes out may hold
// any character, and goes through safetext as all else does.
func Entities(text string) string {
	if !strings.Contains(text, "&") {
		return text
	}
	return entity.ReplaceAllStringFunc(text, html.UnescapeString)
}
