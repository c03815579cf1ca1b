package georss

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/net/html"
)

var errTime = errors.New("not a time")

// Layouts of RSS 2.0 (RFC 822 with four digits of the year) and the ISO form. Those with a name
// for the zone are for GMT alone: Go takes any other name for an offset of 0.
var layouts = []string{
	time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04 -0700",
	time.RFC3339Nano,
}

// parseTime reads a time. An empty text is none and no error.
func parseTime(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	text := s
	for _, zone := range []string{" GMT", " UTC", " UT", " Z"} {
		if cut, ok := strings.CutSuffix(s, zone); ok {
			text = cut + " +0000"
			break
		}
	}
	for _, layout := range layouts {
		if at, err := time.Parse(layout, text); err == nil {
			at = at.UTC()
			if at.Year() < 1900 || at.Year() > 9999 {
				break
			}
			return at, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is %w", s, errTime)
}

// plain is the text of HTML: tags go, a paragraph or line of its own becomes one.
func plain(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	var out strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(s))
	for skip := 0; ; {
		kind := tokens.Next()
		switch kind {
		case html.ErrorToken: // the end: reading from a string has no other
			return strings.TrimSpace(out.String())
		case html.TextToken:
			if skip == 0 {
				out.Write(tokens.Text())
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := tokens.TagName()
			switch string(name) {
			case "br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4":
				out.WriteByte('\n')
			case "script", "style":
				if kind == html.StartTagToken {
					skip++
				} else {
					skip = max(0, skip-1)
				}
			}
		default: // comments and the like
		}
	}
}
