package app

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"vigil/internal/desk"
	"vigil/internal/feed/answer"
	"vigil/internal/feed/exact"
	"vigil/internal/feed/native"
	"vigil/internal/health"
)

// looks says what a content that is in no known format looks like, from its beginning, and what to do with such a thing.
func looks(head []byte) string {
	kind, _, _ := strings.Cut(http.DetectContentType(head), ";")
	family, name, _ := strings.Cut(kind, "/")
	switch dir := desk.Belongs(head); {
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return "it looks like text in UTF-16, which is read of tables and XML only: save it as UTF-8 (in PowerShell: Out-File -Encoding utf8)"
	case len(bytes.TrimSpace(head)) == 0:
		return "it holds nothing but blanks: fetch it again"
	case dir == desk.CalendarDir:
		return "it looks like a calendar: move it to " + specCalendar
	case dir == desk.LevelsDir:
		return "it looks like official security levels: move it to " + specLevels
	case dir == desk.ProfilesDir:
		return "it looks like the profile of a country: move it to " + specProfiles
	case dir == desk.PresenceDir:
		return "it looks like a roster or a headcount: move it to " + specPresence + " if its rows are staff; if they are incidents, vigil map proposes how to explain it"
	case doctype(head) && !page(head):
		return "it looks like XML" + root(head) + ", with a DOCTYPE or entities of its own, which are refused: take them out"
	case bytes.IndexByte(head, '\r') >= 0 && bytes.IndexByte(head, '\n') < 0 && family == "text":
		return "its lines end in CR alone, as those of old Macintosh programs do, which is not read: save it with LF or CRLF"
	case xml(head), kind == "text/html" && !page(head), kind == "text/xml":
		return "it looks like XML" + root(head) + ", in none of the forms of XML that vigil reads: save its records as CSV, GeoJSON or JSON, which vigil map explains"
	case kind == "text/html":
		return "it looks like an HTML page, as a site sends in place of a file to whoever is not signed in: open it in a browser, and save the data itself"
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0")):
		return "it looks like a document of an old Office (.xls, .doc): save its table as .xlsx or as CSV"
	case kind == "application/zip":
		return "it looks like an archive or an Office document: put the data that is in it here, a table as .xlsx or CSV"
	case kind == "application/x-gzip", kind == "application/x-rar-compressed":
		return "it looks like an archive: put the data that is in it here"
	case kind == "application/pdf":
		return "it looks like a PDF document, of which nothing can be read: ask for the table behind it"
	case family == "image", family == "audio", family == "video", family == "font":
		return fmt.Sprintf("it looks like %s %s (%s): move it out of here", article(family), family, name)
	case kind == "text/plain" && bareList.Match(head):
		return health.NoData + ": an empty list, which does not say of what: fetch it again, or, if that is an answer, write format and empty_ok = true in its [[source]]"
	case kind == "text/plain" && native.Lacking(head) != "":
		return "it looks like incidents of the native format: " + native.Lacking(head)
	case kind == "text/plain" && jsonText(head) && refusal(head):
		return "it looks like the answer of a server that refused the request: see to the account and what it may ask for, then fetch it again"
	case kind == "text/plain" && jsonText(head):
		return "it looks like JSON: if it is a list of records, vigil map proposes how to explain it"
	case kind == "text/plain" && tabular(head):
		return "it looks like a table: vigil map proposes how to explain it"
	case kind == "text/plain":
		return "it looks like text: vigil map proposes how to explain a table"
	default:
		return "it looks like no text at all: move it out of here"
	}
}

// bareList is a list of JSON that holds nothing, or no record of anything.
var bareList = regexp.MustCompile(`^\x{FEFF}?\s*(\[\s*\]|null)\s*$`)

func refusal(body []byte) bool {
	_, is := answer.Refused(exact.Glance(body))
	return is
}

// start is where the text of a content begins, in small letters.
func start(head []byte) []byte {
	return bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(head[:min(len(head), 1<<10)], []byte("\uFEFF"))))
}

// doctype reports whether a content is XML that declares a type or entities.
func doctype(head []byte) bool {
	t := start(head)
	return bytes.HasPrefix(t, []byte("<")) && !bytes.Contains(t, []byte("<!doctype html")) && (bytes.Contains(t, []byte("<!doctype")) || bytes.Contains(t, []byte("<!entity")))
}

// xml reports whether a content begins with an element, with or without a declaration.
func xml(head []byte) bool {
	return !page(head) && xmlStart.Match(start(head))
}

// xmlStart is how XML begins: a declaration, a comment or an element. An address in angle brackets is none.
var xmlStart = regexp.MustCompile(`^<(\?xml|!--|[a-z_][a-z0-9_.:-]*[\s/>])`)

// page reports whether a content begins as a page of the web does. Any element in angle brackets may be taken for one.
func page(head []byte) bool {
	return slices.ContainsFunc([]string{"<!doctype html", "<html", "<head", "<body"}, func(tag string) bool {
		return bytes.HasPrefix(start(head), []byte(tag))
	})
}

func article(word string) string {
	if strings.ContainsRune("aeiou", rune(word[0])) {
		return "an"
	}
	return "a"
}

func jsonText(head []byte) bool {
	t := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\uFEFF")), " \t\r\n")
	return len(t) > 0 && (t[0] == '{' || t[0] == '[')
}

// tabular reports whether the first line that is not empty has cells.
func tabular(head []byte) bool {
	for line := range bytes.Lines(head) {
		cells := 0
		for _, cell := range bytes.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(",;\t|", r) }) {
			if len(bytes.TrimSpace(cell)) > 0 {
				cells++
			}
		}
		if cells > 0 {
			return cells > 1
		}
	}
	return false
}

// element is where an element of XML begins: neither a declaration nor a comment.
var element = regexp.MustCompile(`<([A-Za-z_][A-Za-z0-9_.:-]{0,39})[\s/>]`)

// root names the first element of a text in XML, which is all of a content that is ever quoted: anything else may be the
// name of a person, a heading too where a list has none.
func root(head []byte) string {
	if m := element.FindSubmatch(head); m != nil {
		return fmt.Sprintf(", of elements named %q", m[1])
	}
	return ""
}
