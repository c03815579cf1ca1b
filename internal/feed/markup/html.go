package markup

import (
	"strings"

	"golang.org/x/net/html"
)

// lineElements are those of HTML that stand on lines of their own.
var lineElements = map[string]bool{
	"br": true, "p": true, "div": true, "li": true, "tr": true, "ul": true, "ol": true, "dt": true, "dd": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "hr": true, "blockquote": true,
	"table": true, "section": true, "article": true, "figure": true, "figcaption": true, "pre": true,
}

// hidden are those of which the text is for no reader.
var hidden = map[string]bool{"script": true, "style": true, "iframe": true, "noscript": true, "template": true, "svg": true}

// Text is the plain text of HTML: tags go, entities become characters, what stands on a line of its own gets
// one, and space is reduced to what a browser shows. Text without any markup comes back as it is.
func Text(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return strings.TrimSpace(s)
	}
	var out strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(s))
	for skip := 0; ; {
		kind := tokens.Next()
		switch kind {
		case html.ErrorToken: // the end: reading from a string has no other
			return tidy(out.String())
		case html.TextToken:
			if skip == 0 {
				out.Write(tokens.Text())
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			raw, _ := tokens.TagName()
			name := string(raw)
			if n := strings.LastIndexByte(name, ':'); n >= 0 { // XHTML under a prefix
				name = name[n+1:]
			}
			switch {
			case lineElements[name]:
				out.WriteByte('\n')
			case name == "td" || name == "th":
				out.WriteByte(' ')
			case hidden[name] && kind == html.StartTagToken:
				skip++
			case hidden[name] && kind == html.EndTagToken:
				skip = max(0, skip-1)
			}
		default: // comments and the like
		}
	}
}

// tidy takes out the space that markup was laid out with.
func tidy(s string) string {
	var out strings.Builder
	for line := range strings.Lines(s) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		if out.Len() > 0 {
			out.WriteByte('\n')
		}
		for n, field := range fields {
			if n > 0 {
				out.WriteByte(' ')
			}
			out.WriteString(field)
		}
	}
	return out.String()
}
