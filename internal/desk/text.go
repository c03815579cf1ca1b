package desk

import (
	"bytes"
	"sort"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

var byteOrderMark = []byte("\uFEFF")

// decode makes UTF-8 text of what spreadsheets write: UTF-8 with or without a byte order mark, UTF-16
// with one, else Windows-1252. note says what was done, empty when nothing was. A file that is
// UTF-8 but for a few bytes stays that: reading all of it as Windows-1252 would spoil the rest.
func decode(data []byte) (text, note string) {
	switch {
	case bytes.HasPrefix(data, byteOrderMark):
		data = data[len(byteOrderMark):]
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}), bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return decodeUTF16(data[2:], data[0] == 0xFF), ""
	}
	if utf8.Valid(data) {
		return string(data), ""
	}
	invalid, multibyte := 0, 0
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			invalid++
		case size > 1:
			multibyte++
		}
		i += size
	}
	if multibyte > invalid {
		return strings.ToValidUTF8(string(data), "\uFFFD"), "some bytes are not UTF-8 and were replaced: save the file as UTF-8"
	}
	latin, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "\uFFFD"), "the text is not UTF-8: save the file as UTF-8"
	}
	return string(latin), "the text is not UTF-8 and was read as Windows-1252: save the file as UTF-8 to be sure of every letter"
}

func decodeUTF16(data []byte, littleEndian bool) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		a, b := uint16(data[2*i]), uint16(data[2*i+1])
		if littleEndian {
			a, b = b, a
		}
		units[i] = a<<8 | b
	}
	return string(utf16.Decode(units))
}

// lines finds the places of offsets in a text.
type lines struct {
	text   string
	starts []int
}

func linesOf(text string) *lines {
	l := &lines{text: text, starts: []int{0}}
	for i := 0; i < len(text); i++ {
		if text[i] == '\n' {
			l.starts = append(l.starts, i+1)
		}
	}
	return l
}

// place is where the byte at offset stands.
func (l *lines) place(offset int) place {
	n := sort.SearchInts(l.starts, offset+1)
	return l.inLine(n, offset-l.starts[n-1]+1)
}

// inLine makes a column in characters of one in bytes.
func (l *lines) inLine(line, column int) place {
	if line < 1 || line > len(l.starts) {
		return place{line: line}
	}
	start := l.starts[line-1]
	end := min(start+max(0, column-1), len(l.text))
	return place{line, utf8.RuneCountInString(l.text[start:end]) + 1}
}

// line is the text of a line, without its end.
func (l *lines) line(n int) string {
	if n < 1 || n > len(l.starts) {
		return ""
	}
	line, _, _ := strings.Cut(l.text[l.starts[n-1]:], "\n")
	return strings.TrimSuffix(line, "\r")
}

// Unterminated reports whether a text file ends inside a line. Many programs write no line end after
// the last one, so such a file is read; but it may also be one that is being written, whose last
// figure may be cut short. A caller that has a good older content waits until two reads are the same.
func Unterminated(data []byte) bool {
	return len(data) > 0 && data[len(data)-1] != '\n' && data[len(data)-1] != '\r'
}

// whole is the sentinel for a file that cannot be used as it is.
func whole(data []byte) error {
	if Unterminated(data) {
		return ErrHalf
	}
	return ErrRefused
}
