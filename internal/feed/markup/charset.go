package markup

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"

	"vigil/internal/feed"
)

// utf16 reads UTF-16 that begins with its byte order mark.
var utf16 = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)

// decode makes UTF-8 of a content, with spaces for its XML declaration. Lines that end as on old Macs end with line
// feeds then, so that they can be counted.
func decode(body []byte) ([]byte, feed.Repairs, error) {
	clean, repairs, err := convert(body)
	if bytes.IndexByte(clean, '\r') >= 0 && bytes.IndexByte(clean, '\n') < 0 {
		clean = bytes.ReplaceAll(clean, []byte("\r"), []byte("\n"))
	}
	clean, controls := visible(clean)
	repairs.Invalid += controls
	return clean, repairs, err
}

// visible puts U+FFFD for control characters, which XML does not allow and some sites let through: one of them
// is not worth a whole feed. It counts them.
func visible(clean []byte) ([]byte, int) {
	isControl := func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' }
	first := bytes.IndexFunc(clean, isControl)
	if first < 0 {
		return clean, 0
	}
	count := 0
	return bytes.Map(func(r rune) rune {
		if isControl(r) {
			count++
			return utf8.RuneError
		}
		return r
	}, clean), count
}

// convert makes UTF-8 of a content.
func convert(body []byte) ([]byte, feed.Repairs, error) {
	for mark, start := range map[string]string{"\xFE\xFF": "\x00<", "\xFF\xFE": "<\x00"} {
		if bytes.HasPrefix(body, []byte(start)) { // UTF-16 that does not say so
			body = append([]byte(mark), body...)
		}
	}
	if bytes.HasPrefix(body, []byte("\xFE\xFF")) || bytes.HasPrefix(body, []byte("\xFF\xFE")) {
		out, err := utf16.NewDecoder().Bytes(body)
		if err != nil {
			return nil, feed.Repairs{}, fmt.Errorf("the text is no UTF-16, as which it is marked: %w", err)
		}
		return undeclare(out), feed.Repairs{Marks: 1}, nil
	}
	label := declared(body)
	switch label {
	case "", "utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be":
		// A declaration that can be read byte by byte is not in UTF-16, whatever it says.
		clean, repairs := feed.UTF8(body)
		return undeclare(clean), repairs, nil
	}
	encoding, name := charset.Lookup(label)
	if encoding == nil {
		return nil, feed.Repairs{}, fmt.Errorf("%q is no character set that vigil knows: write the file in UTF-8", label)
	}
	if utf8.Valid(body) || name == "utf-8" { // the declaration is wrong, or makes no difference
		clean, repairs := feed.UTF8(body)
		return undeclare(clean), repairs, nil
	}
	out, err := encoding.NewDecoder().Bytes(body)
	if err != nil {
		return nil, feed.Repairs{}, fmt.Errorf("the text is not in %s, as it says: %w", name, err)
	}
	invalid := bytes.Count(out, []byte("\uFFFD"))
	clean, repairs := feed.UTF8(out)
	repairs.Invalid += invalid
	return undeclare(clean), repairs, nil
}

// declaration is the XML declaration with which a content begins; empty without one.
func declaration(body []byte) []byte {
	const longest = 200
	trimmed := bytes.TrimPrefix(body[:min(len(body), longest)], []byte("\xEF\xBB\xBF"))
	if !bytes.HasPrefix(bytes.TrimLeft(trimmed, " \t\r\n"), []byte("<?xml")) {
		return nil
	}
	text, _, ok := bytes.Cut(body[:min(len(body), longest)], []byte("?>"))
	if !ok {
		return nil
	}
	return body[:len(text)+len("?>")]
}

// declared is the character set that the XML declaration names, in lower case.
func declared(body []byte) string {
	_, rest, _ := strings.Cut(strings.ToLower(string(declaration(body))), "encoding")
	quoted := strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune("= \t\r\n\"'?>", r) })
	if len(quoted) == 0 {
		return ""
	}
	return quoted[0]
}

// undeclare puts spaces for the XML declaration, which spoke of the text as it was. White space before it,
// which XML does not allow and some servers send, does no harm then.
func undeclare(clean []byte) []byte {
	text := declaration(clean)
	if len(text) == 0 {
		return clean
	}
	out := bytes.Clone(clean)
	for n := range text {
		if out[n] != '\n' {
			out[n] = ' '
		}
	}
	return out
}
